package folder

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"pingyi/meeting"
	"pingyi/store"
)

// Files are the files that records name (photographs, scans), beside the database
// by the SHA-256 of what they hold. Logs have the hash only, so every branch and
// every year has the same ones; a copy of the data folder is whole with them. A
// file that is there never changes. One that was kept for a record which was then
// refused stays unknown to everybody.
type Files struct{ dir string }

// What is wrong with a file that was kept.
const (
	fileMissing store.Code = "folder.file-missing" // hash
	fileDamaged store.Code = "folder.file-damaged" // hash
)

// FilesIn returns the files in a folder, which need not be there yet. What a
// server left unfinished when it stopped is removed.
func FilesIn(dir string) Files {
	parts, err := filepath.Glob(filepath.Join(dir, partName))
	for _, part := range parts {
		err = errors.Join(err, os.Remove(part))
	}
	_ = err // it takes room only, and is tried again
	return Files{dir}
}

// Files returns those of the data folder.
func (f *Folder) Files() Files { return f.files }

// partName is what a file is called while it comes in.
const partName = "part-*"

// Keep reads a file of a name to its end and keeps it durably, whole or not at
// all: a *[meeting.Refusal] says what is wrong with it. Of one that is too large
// no more than the limit is read.
func (f Files) Keep(name string, from io.Reader) (kept meeting.File, err error) {
	if no := meeting.CheckFileName(name); no != nil {
		return meeting.File{}, no
	}
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return meeting.File{}, unwritable.Of("files").By(err)
	}
	part, err := os.CreateTemp(f.dir, partName)
	if err != nil {
		return meeting.File{}, unwritable.Of("files").By(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, part.Close(), os.Remove(part.Name()))
		}
	}()
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(part, sum), io.LimitReader(from, meeting.MaxFile+1))
	if err != nil {
		return meeting.File{}, unwritable.Of("files").By(err)
	}
	if no := meeting.CheckFile(name, part, size); no != nil {
		return meeting.File{}, no
	}
	hash := hex.EncodeToString(sum.Sum(nil))
	if err := errors.Join(part.Sync(), part.Close()); err != nil {
		return meeting.File{}, unwritable.Of("files").By(err)
	}
	if err := errors.Join(os.Rename(part.Name(), filepath.Join(f.dir, hash)), syncDir(f.dir)); err != nil {
		return meeting.File{}, unwritable.Of("files").By(err)
	}
	return meeting.File{Hash: hash, Name: name, Size: int(size)}, nil
}

// Read returns what a file holds that was kept, checked against its hash.
func (f Files) Read(file meeting.File) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(f.dir, file.Hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fileMissing.Of(file.Hash)
	}
	if err != nil {
		return nil, unreadable.By(err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != file.Hash {
		return nil, fileDamaged.Of(file.Hash)
	}
	return data, nil
}

// syncDir makes a rename in a folder durable, where the system can.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
