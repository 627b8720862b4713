// Package bolt keeps the logs of all branches in one bbolt file.
//
// A branch is a bucket, its key the record's number (8 bytes, big-endian), its sequence the number of records. Values are frames
// (frame.go). The freelist is not stored: bbolt finds the free pages when it opens, and there is one thing less to be damaged.
//
// Open trusts nothing: it reads the whole file first (examine.go). A file that is damaged at its end or in its index is rebuilt from the
// whole records; the damaged one is kept beside it, and Repaired tells what was lost. A file that is damaged in the middle is refused.
//
// For that, this package has its own reader of bbolt's pages (tree.go, meta.go, scan.go, examine.go, mend.go), as bbolt v1.5.0 writes them.
// The reader is frozen: it is pinned to this version and gets no features. A test fails when go.mod has another version, and says what to
// compare before the two may meet.
package bolt

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"pingyi/store"
)

// patience is how long Open waits for a file that another process holds.
const patience = 800 * time.Millisecond

// Shelf is a store.Shelf with its Upkeep in one file.
type Shelf struct {
	path     string
	db       *bbolt.DB
	swap     sync.RWMutex // read-locked to use db; locked by Prune, which replaces db
	repaired *store.Repair
	life     context.Context
	end      context.CancelFunc

	failed error // of a commit, see write; guarded by bbolt's write lock, or by the whole of swap

	mu    sync.Mutex
	heads map[string]*store.Head // of the branches that were asked for
}

// Open opens the file at path, or makes a new one with mode 0600. ErrInUse within a second when another process holds it; *DamageError
// when it is damaged in the middle; ErrUnreadable.
func Open(path string) (*Shelf, error) {
	var report *store.Repair
	for range 3 { // a rebuilt file is opened and examined like any other
		f, err := lock(path)
		if err != nil {
			return nil, notOpened.Of(path).By(err)
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
		err = errors.Join(err, f.Close())
		if err != nil {
			return nil, notOpened.Of(path).By(err)
		}
	}
	return nil, notOpened.Of(path).By(ErrUnreadable)
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
	s.swap.RLock()
	defer s.swap.RUnlock()
	return s.db.Close()
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
