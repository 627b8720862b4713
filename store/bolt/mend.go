package bolt

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"go.etcd.io/bbolt"

	"pingyi/store"
)

// newFile ends the name of a file that is being written to replace another. Only the holder of the lock on the other one writes or removes
// it; a leftover was never finished.
const newFile = ".new"

// damagedFile is the middle of the name of a damaged file that was put aside: FILE.damaged-N.
const damagedFile = ".damaged-"

// mend examines the locked file. If it is not fit for use (behind its own records, or damaged) it puts a rebuilt one in its place.
// whole means that the open file is fit; otherwise, without an error, the file at path has to be opened again.
func mend(path string, f *os.File) (whole bool, report *store.Repair, err error) {
	info, err := f.Stat()
	if err != nil {
		return false, nil, err
	}
	if info.Size() == 0 {
		return false, nil, ErrEmpty
	}
	found, err := examine(f, info.Size())
	if err != nil {
		return false, nil, err
	}
	if found.alone {
		found.damage, found.unsure = oldIndex, true // the tree is whole, and perhaps not the newest
	}
	if found.damage != nil {
		slices.SortFunc(found.lost, func(a, b store.Loss) int { return cmp.Compare(a.Branch, b.Branch) })
		report = &store.Repair{Why: found.damage, Lost: found.lost, Unsure: found.unsure}
		if report.Kept, err = putAside(path, f); err != nil {
			return false, nil, err
		}
	}
	if report != nil || found.ahead {
		return false, report, rebuild(path, f, found.runs)
	}
	return true, nil, nil
}

// putAside copies the damaged file to PATH.damaged-N with the first free number and returns that name. It copies and does not rename, so
// that there is a file at path at every moment.
func putAside(path string, f *os.File) (string, error) {
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s%s%d", path, damagedFile, n)
		to, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = io.Copy(to, io.NewSectionReader(f, 0, 1<<62))
		return name, errors.Join(err, to.Sync(), to.Close())
	}
}

// rebuild writes a new file with the frames of runs, taken from f, and renames it to path in one step. f may be nil where there are none.
func rebuild(path string, f *os.File, runs map[string][]*frame) (err error) {
	defer func() { err = store.Asked(err, path+newFile, path) }()
	db, _, err := create(path + newFile)
	if err != nil {
		return err
	}
	for _, branch := range slices.Sorted(maps.Keys(runs)) {
		for part := range slices.Chunk(runs[branch], 64) {
			err = errors.Join(err, db.Update(func(tx *bbolt.Tx) error { return copyFrames(tx, f, part) }))
		}
	}
	if err = errors.Join(err, db.Sync(), db.Close()); err != nil {
		return err
	}
	return errors.Join(os.Rename(path+newFile, path), syncDir(filepath.Dir(path)))
}

// create makes an empty file, replacing any of that name. Nothing in it is durable before its Sync.
func create(path string) (*bbolt.DB, *os.File, error) {
	if err := discard(path); err != nil {
		return nil, nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, nil, err
	}
	o := options(f)
	o.NoSync, o.NoGrowSync = true, true // one Sync at the end instead
	db, err := bbolt.Open(path, 0o600, o)
	if err != nil {
		return nil, nil, err
	}
	// Two commits, so that neither meta page is left that knows of a freelist.
	for range 2 {
		if err := db.Update(func(*bbolt.Tx) error { return nil }); err != nil {
			return nil, nil, errors.Join(err, db.Close())
		}
	}
	return db, f, nil
}

// discard removes a file if it is there.
func discard(path string) error {
	if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// copyFrames appends frames of one branch, as they are in f, to its bucket.
func copyFrames(tx *bbolt.Tx, f *os.File, part []*frame) error {
	b, err := tx.CreateBucketIfNotExists([]byte(part[0].branch))
	if err != nil {
		return err
	}
	for _, fr := range part {
		framed := make([]byte, fr.size)
		if _, err := f.ReadAt(framed, fr.at); err != nil {
			return err
		}
		if err := putFrame(b, fr.seq, framed); err != nil {
			return err
		}
	}
	return nil
}
