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
// An open shelf does not trust its file either: a commit that failed, a file that was taken away, replaced or cut short is a Trouble, in
// which nothing is recorded until the file is known and the disk works again (trouble.go).
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
	"slices"
	"sync"
	"sync/atomic"

	"go.etcd.io/bbolt"

	"pingyi/store"
)

// Shelf is a store.Shelf with its Upkeep in one file.
type Shelf struct {
	path     string
	folder   *os.File // locked; nil where folders cannot be
	reads    bool     // nothing is ever written
	repaired *store.Repair
	life     context.Context
	end      context.CancelFunc
	moved    chan struct{}            // has a value when the trouble has changed
	names    atomic.Pointer[[]string] // of the branches that there are, sorted: who asks for them waits for no disk

	use     sync.Mutex // held to use the file: one at a time is inside bbolt, so that a fault there leaves nobody waiting in it
	f       *os.File   // nil after a fault
	db      *bbolt.DB  // on f; nil after a fault
	left    left
	doubt   bool // the file may hold more than left says, or not all of it durably
	worn    bool // bbolt may know too little of the file: it is to be opened anew
	trouble store.Trouble
	frames  []byte // memory for those of one Append after the other

	mu    sync.Mutex
	heads map[string]*store.Head // of the branches that were asked for
}

// Create makes a new file at path with mode 0600 and opens it. fs.ErrExist when there is a file; ErrInUse within a second when another
// process works in the folder.
func Create(path string) (*Shelf, error) {
	return inFolder(path, false, func() (*Shelf, error) {
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
// in its folder; ErrReadOnly when file and folder cannot be written; *DamageError when it is damaged in the middle; ErrUnreadable.
func Open(path string) (*Shelf, error) {
	return inFolder(path, false, func() (*Shelf, error) {
		if err := mayWrite(filepath.Dir(path)); err != nil {
			return nil, disk(err)
		}
		return examined(path)
	})
}

// OpenToRead opens a file where nothing can be written, which is then its trouble for good; why says why. It changes nothing: a file that
// would have to be mended is refused with ErrToMend. Several may read at once.
func OpenToRead(path string, why error) (*Shelf, error) {
	return inFolder(path, true, func() (*Shelf, error) {
		f, err := lock(path, true)
		if err != nil {
			return nil, err
		}
		if err := whole(f); err != nil {
			return nil, errors.Join(err, f.Close())
		}
		s := newShelf(path, f)
		s.reads = true
		_ = s.ails(why)
		return s, s.start()
	})
}

// whole returns an error unless a file can be read as it is.
func whole(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() == 0 {
		return ErrEmpty
	}
	found, err := examine(f, info.Size())
	if err == nil && (found.damage != nil || found.ahead) {
		err = ErrToMend.By(found.damage)
	}
	return err
}

// inFolder opens a file while its folder is locked, which stays so until the shelf is closed.
func inFolder(path string, reads bool, open func() (*Shelf, error)) (*Shelf, error) {
	if err := plain(path); err != nil {
		return nil, notOpened.Of(path).By(err)
	}
	folder, err := lockFolder(filepath.Dir(path), reads)
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

// plain refuses a folder, a pipe or a device in the place of the file. It is not opened: who opens a pipe to read may wait for ever.
func plain(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return ErrUnreadable.By(&fs.PathError{Op: "open", Path: path, Err: fs.ErrInvalid})
	}
	return nil
}

// examined opens a file that is whole, after it was mended where that was needed.
func examined(path string) (*Shelf, error) {
	var report *store.Repair
	for range 3 { // a rebuilt file is opened and examined like any other
		f, err := lock(path, false)
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
	s := newShelf(path, f)
	s.repaired = report
	if err := s.start(); err != nil {
		return nil, err
	}
	return s, nil
}

func newShelf(path string, f *os.File) *Shelf {
	life, end := context.WithCancel(context.Background())
	return &Shelf{path: path, life: life, end: end, moved: make(chan struct{}, 1), f: f, heads: map[string]*store.Head{}}
}

// start opens the locked file f with bbolt and notes how it is left. With an error the file is closed.
func (s *Shelf) start() error {
	o := options(s.f)
	o.ReadOnly = s.reads
	db, err := bbolt.Open(s.path, 0o600, o)
	if err != nil {
		s.f = nil
		return err
	}
	s.db = db
	if err := s.guard(s.leaves); err != nil {
		return errors.Join(err, s.shut())
	}
	return nil
}

// A file that is full grows to twice its size, or by growMost bytes: each time costs one more sync.
const growLeast, growMost = 1 << 14, 16 << 20

// options returns the options of every file. f is the open file.
func options(f *os.File) *bbolt.Options {
	return &bbolt.Options{
		Timeout: patience, NoFreelistSync: true, NoStatistics: true, InitialMmapSize: mapBytes,
		OpenFile: func(string, int, os.FileMode) (*os.File, error) { return f, nil },
	}
}

// Repaired is store.Upkeep.Repaired.
func (s *Shelf) Repaired() *store.Repair { return s.repaired }

// Branches is store.Shelf.Branches.
func (s *Shelf) Branches(ctx context.Context) (ids []string, err error) {
	if err := store.Alive(ctx, s.life); err != nil {
		return nil, err
	}
	return slices.Clone(*s.names.Load()), nil
}

// Log is store.Shelf.Log.
func (s *Shelf) Log(ctx context.Context, branch string) (store.Log, error) {
	if err := store.CheckBranch(branch); err != nil {
		return nil, err
	}
	head, err := s.head(ctx, branch)
	if err != nil {
		return nil, err
	}
	life, end := context.WithCancel(s.life)
	return &log{shelf: s, branch: branch, head: head, life: life, end: end}, store.Alive(ctx, life)
}

// head returns the head of a branch's log, which all its handles share.
func (s *Shelf) head(ctx context.Context, branch string) (*store.Head, error) {
	if err := store.Alive(ctx, s.life); err != nil {
		return nil, err
	}
	s.use.Lock()
	defer s.use.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.heads[branch] == nil {
		s.heads[branch] = store.NewHead(s.left.tips[branch].seq)
	}
	return s.heads[branch], nil
}

// Close is store.Shelf.Close. It waits for the Append that is under way.
func (s *Shelf) Close() error {
	s.end()
	s.use.Lock()
	defer s.use.Unlock()
	folder := s.folder
	s.folder = nil
	return errors.Join(s.shut(), unlockFolder(folder))
}

// view runs fn over a snapshot. fn must be short: everybody else waits.
func (s *Shelf) view(ctx, life context.Context, fn func(*bbolt.Tx) error) error {
	s.use.Lock()
	defer s.use.Unlock()
	if err := store.Alive(ctx, life); err != nil {
		return err
	}
	if s.db != nil {
		s.seeSize()
	}
	if s.db == nil {
		return s.trouble.Why
	}
	return s.guard(func() error { return s.db.View(fn) })
}

// write has fn put records of a branch into a transaction and commits it. fn returns the last of them. An error of fn writes nothing.
//
// ErrNotRecorded: they are not in the file. ErrDisk: nobody knows. nil: they are durable, be it that the commit failed and they were
// found in the file.
func (s *Shelf) write(ctx, life context.Context, branch string, fn func(*bbolt.Tx) (tip, error)) error {
	s.use.Lock()
	defer s.use.Unlock()
	if err := store.Alive(ctx, life); err != nil {
		return err
	}
	if s.trouble.Why == nil {
		s.seeFile()
	}
	if why := s.trouble.Why; why != nil {
		return ErrNotRecorded.By(why)
	}
	var put tip
	begun := false
	err := s.guard(func() error {
		s.db.AllocSize = int(min(max(s.left.info.Size(), growLeast), growMost))
		tx, err := s.db.Begin(true)
		if err != nil {
			s.doubt = true // bbolt's map of the file is gone
			return s.ails(disk(err))
		}
		defer func() { _ = tx.Rollback() }() // does nothing after Commit
		if put, err = fn(tx); err != nil {
			return err
		}
		begun = true
		return tx.Commit()
	})
	switch {
	case err == nil:
		_, known := s.left.tips[branch]
		s.left.tips[branch] = put
		if !known {
			s.listed()
		}
		s.noted()
		return nil
	case begun:
		return s.outcome(branch, put, err)
	case s.trouble.Why != nil:
		return ErrNotRecorded.By(err)
	}
	return err
}
