package folder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"pingyi/store"
)

// CopiesName is the folder in a data folder that holds automatic copies.
const CopiesName = "backups"

// CopiesKept is how many automatic copies there are: older ones are removed when a
// newer one is whole.
const CopiesKept = 10

// copyEnd ends the name of an automatic copy: NUMBER-yyyymmdd-hhmmss.backup. The
// number only rises, because the clock may be set back.
const copyEnd = ".backup"

// CopyFile is an automatic copy.
type CopyFile struct {
	Path string
	At   time.Time // when it was written, as the disk tells
	no   int
}

// Copies lists the automatic copies of a data folder, the oldest first.
func Copies(dir string) ([]CopyFile, error) {
	entries, err := os.ReadDir(filepath.Join(dir, CopiesName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, unreadable.By(err)
	}
	var list []CopyFile
	for _, e := range entries {
		number, _, _ := strings.Cut(e.Name(), "-")
		no, err := strconv.Atoi(number)
		if err != nil || !strings.HasSuffix(e.Name(), copyEnd) || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // removed meanwhile
		}
		list = append(list, CopyFile{filepath.Join(dir, CopiesName, e.Name()), info.ModTime(), no})
	}
	slices.SortFunc(list, func(a, b CopyFile) int { return a.no - b.no })
	return list, nil
}

// forgetCopies removes the automatic copies, and reports whether there were any.
func (f *Folder) forgetCopies() (had bool, err error) {
	list, err := Copies(f.Dir)
	for _, c := range list {
		err = errors.Join(err, os.Remove(c.Path))
	}
	return len(list) > 0, err
}

// filesNotHere says that an automatic copy is whole, and that not all files that it
// names could be brought from the etcd.
const filesNotHere store.Code = "folder.files-not-here"

// Copy makes an automatic copy, a light [Backup] without the secret, and then
// removes those that are older than the newest [CopiesKept]. What it costs does not
// grow with the files that records name: those stay where they are. Where that is an
// etcd, the new ones are brought from there, so that a copy can be restored without it.
func (f *Folder) Copy(ctx context.Context) (path string, err error) {
	dir := filepath.Join(f.Dir, CopiesName)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", backupUnwritten.Of(CopiesName).By(err)
	}
	left, _ := filepath.Glob(filepath.Join(dir, partBackup)) // of a server that was killed
	for _, part := range left {
		os.Remove(part)
	}
	list, err := Copies(f.Dir)
	if err != nil {
		return "", err
	}
	no := 1
	if len(list) > 0 {
		no = list[len(list)-1].no + 1
	}
	path = filepath.Join(dir, fmt.Sprintf("%06d-%s%s", no, time.Now().Format("20060102-150405"), copyEnd))
	if _, err := f.Backup(ctx, path, Backup{Light: true}); err != nil {
		return "", err
	}
	if f.Config.Etcd != nil {
		err = f.bringFiles(ctx)
	}
	for _, old := range list[:max(0, len(list)+1-CopiesKept)] {
		err = errors.Join(err, os.Remove(old.Path))
	}
	return path, err
}

// bringFiles keeps those files of the etcd that are not in the folder yet.
func (f *Folder) bringFiles(ctx context.Context) error {
	here := FilesIn(filepath.Join(f.Dir, "files")).kept
	have, err := here.Hashes(ctx)
	if err != nil {
		return filesNotHere.By(err)
	}
	all, err := f.files.kept.Hashes(ctx)
	for _, hash := range all {
		if _, is := slices.BinarySearch(have, hash); is || ctx.Err() != nil {
			continue
		}
		data, bad := f.files.kept.Get(ctx, hash)
		if bad == nil {
			_, bad = here.Put(ctx, data)
		}
		if err == nil {
			err = bad // the others are brought all the same
		}
	}
	if err != nil {
		return filesNotHere.By(err)
	}
	return ctx.Err()
}
