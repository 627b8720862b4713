package folder

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"pingyi/meeting"
	"pingyi/store"
)

// Files are the files that records name (photographs, scans), by the SHA-256 of
// what they hold. Logs have the hash only, so every branch and every year has the
// same ones. One that was kept for a record which was then refused stays unknown
// to everybody.
type Files struct{ kept store.Files }

// FilesIn returns the files in a folder, which need not be there yet. What a
// server left unfinished when it stopped is removed.
func FilesIn(dir string) Files {
	parts, err := filepath.Glob(filepath.Join(dir, partName))
	for _, part := range parts {
		err = errors.Join(err, os.Remove(part))
	}
	_ = err // it takes room only, and is tried again
	return Files{plainFiles{dir}}
}

// Files returns those of the data folder.
func (f *Folder) Files() Files { return f.files }

// Keep reads a file of a name to its end and keeps it durably, whole or not at
// all: a *[meeting.Refusal] says what is wrong with it. Of one that is too large
// no more than the limit is read.
func (f Files) Keep(name string, from io.Reader) (kept meeting.File, err error) {
	if no := meeting.CheckFileName(name); no != nil {
		return meeting.File{}, no
	}
	var read bytes.Buffer
	size, err := io.Copy(&read, io.LimitReader(from, meeting.MaxFile+1))
	if err != nil {
		return meeting.File{}, unwritable.Of("files").By(err)
	}
	if no := meeting.CheckFile(name, bytes.NewReader(read.Bytes()), size); no != nil {
		return meeting.File{}, no
	}
	hash, err := f.kept.Put(context.Background(), read.Bytes())
	if err != nil {
		return meeting.File{}, err
	}
	return meeting.File{Hash: hash, Name: name, Size: int(size)}, nil
}

// MissingFiles are the hashes, sorted, of files that branches have added and that are
// gone: a backup has them no more than the folder.
func (f *Folder) MissingFiles(ctx context.Context) ([]string, error) {
	there, err := f.files.kept.Hashes(ctx)
	if err != nil {
		return nil, err
	}
	halls, err := f.Halls(ctx)
	var list []string
	for _, h := range halls {
		list = append(list, gone(h.State(), there)...)
	}
	slices.Sort(list)
	return slices.Compact(list), err
}

// gone are the hashes of files that a branch has added and that are not there.
func gone(s *meeting.State, there []string) []string {
	return slices.DeleteFunc(s.FileHashes(), func(hash string) bool {
		_, is := slices.BinarySearch(there, hash)
		return is
	})
}

// Read returns what a file holds that was kept, checked against its hash.
func (f Files) Read(file meeting.File) ([]byte, error) {
	return f.kept.Get(context.Background(), file.Hash)
}

// plainFiles keeps each file as a file of its own, whose name is its hash. They lie
// beside the database and not in it: the database, which is read whole at every
// start, stays small, a light copy of the folder need not move photographs, and a
// person finds them.
type plainFiles struct{ dir string }

// partName is what a file is called while it comes in.
const partName = "part-*"

// Put is [store.Files.Put]. A damaged file of the same hash is replaced.
func (f plainFiles) Put(ctx context.Context, data []byte) (hash string, err error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return "", unwritable.Of("files").By(err)
	}
	part, err := os.CreateTemp(f.dir, partName)
	if err != nil {
		return "", unwritable.Of("files").By(store.Asked(err, "", f.dir))
	}
	hash = store.FileHash(data)
	_, err = part.Write(data)
	if err = errors.Join(err, part.Sync(), part.Close()); err == nil {
		err = os.Rename(part.Name(), filepath.Join(f.dir, hash))
	}
	if err != nil {
		return "", unwritable.Of("files").By(errors.Join(store.Asked(err, part.Name(), f.dir), os.Remove(part.Name())))
	}
	if err := syncDir(f.dir); err != nil {
		return "", unwritable.Of("files").By(err)
	}
	return hash, nil
}

// Get is [store.Files.Get].
func (f plainFiles) Get(ctx context.Context, hash string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !store.IsFileHash(hash) {
		return nil, store.ErrNoFile.Of(hash)
	}
	data, err := os.ReadFile(filepath.Join(f.dir, hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, store.ErrNoFile.Of(hash)
	}
	if err != nil {
		return nil, unreadable.By(err)
	}
	if store.FileHash(data) != hash {
		return nil, store.ErrFileDamaged.Of(hash)
	}
	return data, nil
}

// Hashes is [store.Files.Hashes].
func (f plainFiles) Hashes(ctx context.Context) (hashes []string, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(f.dir) // sorted
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, unreadable.By(err)
	}
	for _, e := range entries {
		if store.IsFileHash(e.Name()) {
			hashes = append(hashes, e.Name())
		}
	}
	return hashes, nil
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
