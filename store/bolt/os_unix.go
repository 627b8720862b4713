//go:build unix && !solaris && !aix

package bolt

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// foldersLock says that a folder can be locked like a file.
const foldersLock = true

// mapBytes is how much of a file's address space is mapped from the start: while the file grows up to it, bbolt neither maps it anew nor
// copies what the transaction under way has read of the old map. It costs no memory and no disk.
const mapBytes = 64 << 20

// tryLock takes the lock on an open file that bbolt takes too, so that nobody changes the file between examining and opening it. held says
// that another process has it. bbolt may lock the same open file again. Who only reads shares the lock.
func tryLock(f *os.File, reads bool) (held bool, err error) {
	how := syscall.LOCK_EX
	if reads {
		how = syscall.LOCK_SH
	}
	err = syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return true, nil
	}
	return false, err
}

// unlock lets the lock go. Closing the file does not while it is mapped.
func unlock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }

// mayWrite returns an error unless files may be made in a folder.
func mayWrite(dir string) error {
	if err := unix.Access(dir, unix.W_OK); err != nil {
		return &os.PathError{Op: "write", Path: dir, Err: err}
	}
	return nil
}

// syncDir makes a rename in a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
