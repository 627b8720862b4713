package bolt

import (
	"errors"
	"io/fs"
	"os"
	"time"
)

// patience is how long Open waits for a file or a folder that another process holds.
const patience = 800 * time.Millisecond

// lock opens the file at path and locks it. It makes sure that the file is still the one at path, because the holder before may have
// replaced it by a rebuilt one. Who only reads shares the lock.
func lock(path string, reads bool) (*os.File, error) {
	mode := os.O_RDWR
	if reads {
		mode = os.O_RDONLY
	}
	return patiently(func() (*os.File, bool, error) {
		f, err := os.OpenFile(path, mode, 0)
		if errors.Is(err, fs.ErrNotExist) {
			err = ErrMissing
		}
		if err != nil {
			return nil, false, disk(err)
		}
		held, err := tryLock(f, reads)
		return f, held || !isAt(f, path), err
	})
}

// lockFolder locks a folder, so that one process works in it whatever becomes of the files. It returns nil where folders cannot be locked:
// on Windows, where nobody can replace a file that is open, and on some file systems of other machines.
func lockFolder(dir string, reads bool) (*os.File, error) {
	if !foldersLock {
		return nil, nil
	}
	return patiently(func() (*os.File, bool, error) {
		d, err := os.Open(dir)
		if err != nil {
			return nil, false, err
		}
		held, err := tryLock(d, reads)
		if err != nil {
			return nil, false, d.Close()
		}
		return d, held, nil
	})
}

// Hold locks a folder for somebody's work in it until free, as Open locks that of a file: ErrInUse if another one holds it. Where
// folders cannot be locked it holds nothing.
func Hold(dir string) (free func() error, err error) {
	d, err := lockFolder(dir, false)
	return func() error { return unlockFolder(d) }, err
}

// unlockFolder lets others work in the folder, if it was locked.
func unlockFolder(d *os.File) error {
	if d == nil {
		return nil
	}
	return d.Close()
}

// patiently tries again while something is held, and then returns ErrInUse. It closes the files of tries that failed.
func patiently(try func() (f *os.File, held bool, err error)) (*os.File, error) {
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		f, held, err := try()
		if f == nil || err == nil && !held {
			return f, err
		}
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
		if time.Now().After(deadline) {
			return nil, ErrInUse
		}
	}
}

// isAt reports whether path still names the open file.
func isAt(f *os.File, path string) bool {
	open, err := f.Stat()
	named, nameErr := os.Stat(path)
	return err == nil && nameErr == nil && os.SameFile(open, named)
}
