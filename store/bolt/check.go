package bolt

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"

	"pingyi/store"
)

// ErrMends says that a file is damaged at its end or in its index: Open puts it aside and rebuilds it.
const ErrMends store.Code = "bolt.mends"

// Check reads the whole file at path as Open does, without changing it, and gives each record, branch by branch, to each. ErrInUse when
// another process has it; ErrMends when Open would mend it; otherwise the errors of Open.
func Check(path string, each func(branch string, rec []byte) error) error {
	if err := plain(path); err != nil {
		return notOpened.Of(path).By(err)
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrMissing
	}
	if err != nil {
		return notOpened.Of(path).By(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return notOpened.Of(path).By(err)
	}
	if held, err := tryLock(f, true); err == nil && held {
		return ErrInUse
	}
	if info.Size() == 0 {
		return ErrEmpty
	}
	found, err := examine(f, info.Size())
	switch {
	case err != nil:
		return err
	case found.damage != nil:
		return ErrMends.By(found.damage)
	case found.alone:
		return ErrMends.By(oldIndex)
	}
	for _, branch := range slices.Sorted(maps.Keys(found.runs)) {
		for _, fr := range found.runs[branch] {
			framed := make([]byte, fr.size)
			if _, err := f.ReadAt(framed, fr.at); err != nil {
				return inRecord.Of(branch, fr.seq).By(err)
			}
			if err := each(branch, framed[frameFixed+len(branch):]); err != nil {
				return err
			}
		}
	}
	return nil
}
