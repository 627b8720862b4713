package bolt

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

	"pingyi/store"
)

// Prune is store.Upkeep.Prune. Other branches stay byte for byte.
//
// bbolt leaves deleted bytes readable in free pages. So everything is copied into a new file, which replaces the old one when it is
// durable. Whenever a crash comes, the old file or the new one is there whole, and the next Open removes an unfinished one. The old file
// then has no name; what the disk keeps of its blocks is beyond this program.
//
// After an error nothing was changed, except with ErrDisk: then the outcome is unknown until the file is opened again.
func (s *Shelf) Prune(ctx context.Context, branch string, classes ...string) (removed int, err error) {
	if err := store.CheckBranch(branch); err != nil {
		return 0, err
	}
	s.use.Lock()
	defer s.use.Unlock()
	if err := store.Alive(ctx, s.life); err != nil {
		return 0, err
	}
	if s.trouble.Why == nil {
		s.seeFile()
	}
	if why := s.trouble.Why; why != nil {
		return 0, notMade.By(why)
	}
	db, f, err := create(s.path + newFile)
	if err != nil {
		return 0, notMade.By(store.Asked(err, s.path+newFile, s.path))
	}
	err = s.guard(func() (err error) {
		removed, err = copyPruned(ctx, db, s.db, branch, classes)
		return err
	})
	if err = errors.Join(err, ctx.Err(), db.Sync()); err == nil {
		err = os.Rename(s.path+newFile, s.path)
	}
	if err != nil {
		return 0, errors.Join(store.Asked(err, s.path+newFile, s.path), db.Close(), discard(s.path+newFile))
	}
	if err := s.moveTo(f, db); err != nil {
		s.doubt = true
		return 0, ErrDisk.By(s.ails(disk(err)))
	}
	return removed, nil
}

// moveTo goes over to a file that has taken the place of the old one. The lock on it was held since before it had the name.
func (s *Shelf) moveTo(f *os.File, db *bbolt.DB) error {
	db.NoSync, db.NoGrowSync = false, false
	old := s.db
	s.f, s.db = f, db
	return errors.Join(s.guard(s.leaves), syncDir(filepath.Dir(s.path)), old.Close())
}

// Copies is store.Upkeep.Copies. Prune leaves these files alone, because they may be the last trace of what another branch lost.
func (s *Shelf) Copies() ([]string, error) {
	dir, base := filepath.Split(s.path)
	files, err := os.ReadDir(filepath.Clean(dir))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range files {
		if strings.HasPrefix(f.Name(), base+damagedFile) {
			names = append(names, filepath.Join(dir, f.Name()))
		}
	}
	return names, nil
}

// copyPruned copies all branches, one of them without its blobs of some classes. It returns how many blobs there were.
func copyPruned(ctx context.Context, to, from *bbolt.DB, branch string, classes []string) (removed int, err error) {
	err = from.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			p := pruner{branch: string(name)}
			if p.branch == branch {
				p.classes = classes
			}
			err := p.copy(ctx, to, b.Cursor())
			removed += p.removed
			return err
		})
	})
	return removed, err
}

// pruner copies the frames of one branch.
type pruner struct {
	branch  string
	classes []string // of the blobs that are left out; empty: the frames stay as they are
	prev    [32]byte // sum of the frame before, as it is written
	removed int
}

// copy writes what the cursor passes over, some records in each commit.
func (p *pruner) copy(ctx context.Context, to *bbolt.DB, from *bbolt.Cursor) error {
	for k, v := from.First(); k != nil; {
		err := to.Update(func(tx *bbolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists([]byte(p.branch))
			for n := 0; err == nil && n < 64 && k != nil; n++ {
				err = p.put(b, v)
				k, v = from.Next()
			}
			return errors.Join(err, ctx.Err())
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// put writes one frame. It refuses a record that is not whole.
func (p *pruner) put(to *bbolt.Bucket, framed []byte) error {
	f, rec, err := decodeFrame(framed)
	if err != nil {
		return inBranch.Of(p.branch).By(err)
	}
	if len(p.classes) == 0 {
		return putFrame(to, f.seq, framed)
	}
	r, err := store.Decode(rec)
	if err != nil {
		return inRecord.Of(p.branch, f.seq).By(err)
	}
	if len(r.Blob) > 0 && slices.Contains(p.classes, r.Class) {
		p.removed++
		rec = r.Prune().Encode()
	}
	f.prev = p.prev
	framed, p.prev = encodeFrame(f, rec)
	return putFrame(to, f.seq, framed)
}
