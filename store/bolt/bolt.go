// Package bolt keeps the logs of all branches in one bbolt file.
//
// A branch is a bucket, its key the record's number (8 bytes, big-endian), its sequence the number of records. Values are frames
// (frame.go). The freelist is not stored: bbolt finds the free pages when it opens, and there is one thing less to be damaged.
//
// Only Create makes a file. While a shelf is open its folder is locked with it, because a file can be replaced behind a lock and a folder's
// files cannot take the folder's lock away.
//
// Open trusts nothing: it reads the whole file first (examine.go). A file that is damaged at its end or in its index is rebuilt from the
// whole records; the damaged one is kept beside it, and Repaired tells what was lost. A file that is damaged in the middle is refused.
//
// For that, this package has its own reader of bbolt's pages (tree.go, meta.go, scan.go, examine.go, mend.go), as bbolt v1.5.0 writes them.
// The reader is frozen: it is pinned to this version and gets no features. A test fails when go.mod has another version, and says what to
// compare before the two may meet.
package bolt

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"pingyi/store"
)

// Shelf is a store.Shelf with its Upkeep in one file.
type Shelf struct {
	path     string
	folder   *os.File // locked; nil where folders cannot be
	db       *bbolt.DB
	swap     sync.RWMutex // read-locked to use db; locked by Prune, which replaces db
	repaired *store.Repair
	life     context.Context
	end      context.CancelFunc

	failed error // of a commit, see write; guarded by bbolt's write lock, or by the whole of swap

	mu    sync.Mutex
	heads map[string]*store.Head // of the branches that were asked for
}

// Create makes a new file at path with mode 0600 and opens it. fs.ErrExist when there is a file; ErrInUse within a second when another
// process works in the folder.
func Create(path string) (*Shelf, error) {
	return inFolder(path, func() (*Shelf, error) {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return nil, cmp.Or(err, fs.ErrExist)
		}
		if err := rebuild(path, nil, nil); err != nil {
			return nil, err
		}
		return examined(path)
	})
}

// Open opens the file at path. ErrMissing and ErrEmpty when there is none; ErrInUse within a second when another process holds it or works
// in its folder; *DamageError when it is damaged in the middle; ErrUnreadable.
func Open(path string) (*Shelf, error) {
	return inFolder(path, func() (*Shelf, error) { return examined(path) })
}

// inFolder opens a file while its folder is locked, which stays so until the shelf is closed.
func inFolder(path string, open func() (*Shelf, error)) (*Shelf, error) {
	folder, err := lockFolder(filepath.Dir(path))
	if err != nil {
		return nil, notOpened.Of(path).By(err)
	}
	s, err := open()
	if err != nil {
		return nil, notOpened.Of(path).By(errors.Join(err, unlockFolder(folder)))
	}
	s.folder = folder
	return s, nil
}

// examined opens a file that is whole, after it was mended where that was needed.
func examined(path string) (*Shelf, error) {
	var report *store.Repair
	for range 3 { // a rebuilt file is opened and examined like any other
		f, err := lock(path)
		if err != nil {
			return nil, err
		}
		done, repair, err := mend(path, f)
		if repair != nil {
			report = repair
		}
		if done {
			err = errors.Join(err, discard(path+newFile))
		}
		if err == nil && done {
			return open(path, f, report)
		}
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
	}
	return nil, ErrUnreadable
}

// open hands the examined and locked file to bbolt.
func open(path string, f *os.File, report *store.Repair) (*Shelf, error) {
	db, err := bbolt.Open(path, 0o600, options(f))
	if err != nil {
		return nil, err
	}
	life, end := context.WithCancel(context.Background())
	return &Shelf{path: path, db: db, repaired: report, life: life, end: end, heads: map[string]*store.Head{}}, nil
}

// options returns the options of every file. f is the open file, or nil to open it by its name.
func options(f *os.File) *bbolt.Options {
	o := &bbolt.Options{Timeout: patience, NoFreelistSync: true, NoStatistics: true}
	if f != nil {
		o.OpenFile = func(string, int, os.FileMode) (*os.File, error) { return f, nil }
	}
	return o
}

// Repaired is store.Upkeep.Repaired.
func (s *Shelf) Repaired() *store.Repair { return s.repaired }

// Branches is store.Shelf.Branches.
func (s *Shelf) Branches(ctx context.Context) (ids []string, err error) {
	err = s.view(ctx, s.life, func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, _ *bbolt.Bucket) error {
			ids = append(ids, string(name))
			return nil
		})
	})
	return ids, err
}

// Log is store.Shelf.Log.
func (s *Shelf) Log(ctx context.Context, branch string) (store.Log, error) {
	if err := store.CheckBranch(branch); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.heads[branch] == nil {
		var seq uint64
		err := s.view(ctx, s.life, func(tx *bbolt.Tx) error {
			if b := tx.Bucket([]byte(branch)); b != nil {
				seq = b.Sequence()
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		s.heads[branch] = store.NewHead(seq)
	}
	life, end := context.WithCancel(s.life)
	return &log{shelf: s, branch: branch, head: s.heads[branch], life: life, end: end}, store.Alive(ctx, life)
}

// Close is store.Shelf.Close. It waits for the Append that is under way.
func (s *Shelf) Close() error {
	s.end()
	s.swap.Lock()
	defer s.swap.Unlock()
	folder := s.folder
	s.folder = nil
	return errors.Join(s.db.Close(), unlockFolder(folder))
}

// view runs fn over a snapshot. fn must be short: while it runs, a writer that grows the file waits.
func (s *Shelf) view(ctx, life context.Context, fn func(*bbolt.Tx) error) error {
	if err := store.Alive(ctx, life); err != nil {
		return err
	}
	s.swap.RLock()
	defer s.swap.RUnlock()
	return closed(s.db.View(fn))
}

// write runs fn in a transaction of its own and commits it. An error of fn writes nothing. After a failed commit nobody knows what the disk
// holds, and bbolt would go on; so nothing more is written until the file is opened and examined again.
func (s *Shelf) write(ctx, life context.Context, fn func(*bbolt.Tx) error) error {
	s.swap.RLock()
	defer s.swap.RUnlock()
	tx, err := s.db.Begin(true)
	if err != nil {
		return closed(err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if err := store.Alive(ctx, life); err != nil {
		return err
	}
	if s.failed != nil {
		return s.failed
	}
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		s.failed = ErrDisk.By(err)
		return s.failed
	}
	return nil
}

// closed turns bbolt's error for a closed file into ours.
func closed(err error) error {
	if errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		return store.ErrClosed
	}
	return err
}
