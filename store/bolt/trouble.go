package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"go.etcd.io/bbolt"

	"pingyi/store"
)

// What may come between an open shelf and its file. In every trouble nothing is recorded and reading goes on where it can. Look ends it:
//
//   - The file at the path is not the one that was opened, or not as the last commit left it (seeFile): when the same file is there again
//     and holds everything that was acknowledged.
//   - A commit failed: when it is known what is in the file, that is durable, and the disk takes writes. Until it is known the shelf is in
//     doubt. A record of the failed commit that got into the tree is kept, one beside the tree is wiped out: the next Open would find it,
//     although somebody was told that it was not recorded.
//   - bbolt stumbled over the file, which it maps into memory: the database is given up, and opened anew when the file is whole again.

// left is how a file was left by the last commit.
type left struct {
	info os.FileInfo
	meta meta
	tips map[string]tip // by branch
}

// tip is the newest record of a branch.
type tip struct {
	seq uint64
	sum [32]byte // of its frame
}

// leaves notes how the open database is left.
func (s *Shelf) leaves() error {
	l := left{tips: map[string]tip{}}
	err := s.db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			_, framed := b.Cursor().Last()
			newest, _, err := decodeFrame(framed)
			l.tips[string(name)] = tip{newest.seq, newest.sum}
			return err
		})
	})
	if err == nil {
		err = l.note(s.f)
	}
	if err == nil {
		s.left = l
		s.listed()
	}
	return err
}

// listed notes which branches there are.
func (s *Shelf) listed() {
	names := slices.Sorted(maps.Keys(s.left.tips))
	s.names.Store(&names)
}

// note notes size and newest meta page.
func (l *left) note(f *os.File) (err error) {
	if l.info, err = f.Stat(); err == nil {
		l.meta, err = newestMeta(f)
	}
	return err
}

// noted notes how a commit left the file. The commit itself was done.
func (s *Shelf) noted() {
	if err := s.left.note(s.f); err != nil {
		s.doubt = true
		_ = s.ails(disk(err))
	}
}

// lacks reports whether a tree lacks something that was acknowledged.
func (l left) lacks(tree map[string][]*frame) bool {
	for branch, t := range l.tips {
		if run := tree[branch]; uint64(len(run)) < t.seq || run[t.seq-1].sum != t.sum {
			return true
		}
	}
	return false
}

// ails begins or changes the trouble and returns why.
func (s *Shelf) ails(why error) error {
	if s.trouble.Why == nil {
		s.trouble.Since = time.Now()
	}
	s.trouble.Why = why
	s.tell()
	return why
}

func (s *Shelf) tell() {
	select {
	case s.moved <- struct{}{}:
	default: // nobody has looked since the last one
	}
}

// Moved returns the channel that gets a value when the trouble may have changed, for one who follows it.
func (s *Shelf) Moved() <-chan struct{} { return s.moved }

// Trouble returns what the shelf is in, as far as it knows.
func (s *Shelf) Trouble() store.Trouble {
	s.use.Lock()
	defer s.use.Unlock()
	return s.trouble
}

// Look looks after the file: it notices that it was taken away, replaced or cut short, and ends a trouble that is over. A server calls it
// every second.
func (s *Shelf) Look() store.Trouble {
	s.use.Lock()
	defer s.use.Unlock()
	switch {
	case s.life.Err() != nil, s.reads:
	case s.trouble.Why == nil:
		s.seeFile()
	default:
		if err := s.goOn(); err != nil {
			_ = s.ails(err)
			break
		}
		s.trouble = store.Trouble{}
		s.tell()
	}
	return s.trouble
}

// seeFile begins a trouble unless the file at the path is the open one, as the last commit left it.
func (s *Shelf) seeFile() {
	if err := s.seeName(); err != nil {
		_ = s.ails(err)
		return
	}
	if m, err := newestMeta(s.f); err != nil || m != s.left.meta {
		s.doubt = true
		_ = s.ails(ErrReplaced.By(err))
	}
}

// seeName returns an error unless the path names the file that was opened, and it is not shorter than it was.
func (s *Shelf) seeName() error {
	named, err := os.Stat(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ErrGone
	case err != nil:
		return disk(err)
	case !os.SameFile(named, s.left.info):
		return ErrReplaced
	case named.Size() < s.left.info.Size():
		s.doubt = true
		return ErrCut
	}
	return nil
}

// seeSize begins a trouble and gives the database up if the open file was cut short: bbolt's next look at the missing end would be a fault.
func (s *Shelf) seeSize() {
	info, err := s.f.Stat()
	if err == nil && info.Size() < s.left.info.Size() {
		_ = s.giveUp(ErrCut)
	}
}

// guard runs work inside bbolt. If the file was cut short or overwritten under its map, bbolt panics: then the database is given up.
func (s *Shelf) guard(work func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if fault := recover(); fault != nil {
			err = s.giveUp(ErrCut.Of(fmt.Sprintf("bbolt: %v", fault)))
		}
	}()
	return work()
}

// giveUp leaves the database alone, whose locks may be held for ever, and returns why. The map of the file stays until the process ends.
func (s *Shelf) giveUp(why error) error {
	_ = errors.Join(unlock(s.f), s.f.Close())
	s.f, s.db, s.doubt = nil, nil, true
	return s.ails(why)
}

// shut closes database and file.
func (s *Shelf) shut() (err error) {
	switch {
	case s.db != nil:
		err = s.guard(s.db.Close)
	case s.f != nil:
		err = s.f.Close()
	}
	s.f, s.db = nil, nil
	return err
}

// outcome returns what became of a commit that failed: nil if its last record is in the file, durably; ErrNotRecorded if it is not in it;
// ErrDisk if that cannot be known now.
func (s *Shelf) outcome(branch string, put tip, failure error) error {
	s.doubt = true
	if s.trouble.Why == nil {
		_ = s.ails(disk(failure))
	}
	if err := s.know(); err != nil {
		_ = s.ails(err)
	}
	switch {
	case s.doubt:
		return ErrDisk.By(s.trouble.Why)
	case s.left.tips[branch] == put:
		return nil
	}
	return ErrNotRecorded.By(s.trouble.Why)
}

// goOn ends a trouble, or returns what is in the way.
func (s *Shelf) goOn() error {
	if err := s.know(); err != nil {
		return err
	}
	return s.prove()
}

// know opens the file again if it must, and returns nil when it is the one that was open, holds what was acknowledged, and is durable.
func (s *Shelf) know() error {
	if err := s.seeName(); err != nil {
		return err
	}
	if s.f == nil {
		f, err := lock(s.path, false)
		if err != nil {
			return disk(err)
		}
		s.f = f
	}
	if m, err := newestMeta(s.f); !s.doubt && !s.worn && s.db != nil && err == nil && m == s.left.meta {
		return nil
	}
	s.worn = true
	if err := s.settle(); err != nil {
		return err
	}
	if err := s.restart(); err != nil {
		return disk(err)
	}
	s.worn = false
	return nil
}

// restart opens the file anew with bbolt, which after a failed commit knows too little of it. Until that has worked, what is open can be read.
func (s *Shelf) restart() error {
	if s.db == nil {
		return s.start()
	}
	if !foldersLock { // nobody else may have the file for a moment
		if err := s.shut(); err != nil {
			return err
		}
	}
	f, db := s.f, s.db
	if db != nil {
		_ = unlock(f)
	}
	again, err := lock(s.path, false)
	if s.f = again; err == nil {
		err = s.start()
	}
	switch {
	case db == nil:
	case err == nil:
		err = db.Close()
	default:
		_, _ = tryLock(f, false)
		s.f, s.db = f, db
	}
	return err
}

// settle reads the whole file and ends the doubt: what its tree holds becomes durable, and what lies beside the tree is wiped out. After a
// failed sync the system may never write the newest meta page. Its records are durable all the same, as bbolt syncs them before it writes
// that page, and Open finds them beside an older tree.
func (s *Shelf) settle() error {
	info, err := s.f.Stat()
	if err != nil {
		return disk(err)
	}
	found, err := examine(s.f, info.Size())
	if err == nil {
		err = found.damage
	}
	switch {
	case err != nil:
		return ErrSpoilt.By(err)
	case s.left.lacks(found.tree):
		return ErrReplaced
	}
	m, err := newestMeta(s.f)
	if err != nil {
		return ErrSpoilt.By(err)
	}
	if m != s.left.meta || len(found.beside) > 0 { // else nothing of the failed commit is there
		for _, f := range found.beside {
			if _, err := s.f.WriteAt(make([]byte, len(frameMagic)), f.at); err != nil {
				return disk(err)
			}
		}
		if err := errors.Join(s.f.Sync(), syncDir(filepath.Dir(s.path))); err != nil {
			return disk(err)
		}
	}
	s.doubt = false
	s.mu.Lock()
	defer s.mu.Unlock()
	for branch, run := range found.tree {
		s.left.tips[branch] = tip{uint64(len(run)), run[len(run)-1].sum}
		if head := s.heads[branch]; head != nil {
			head.Raise(uint64(len(run)))
		}
	}
	s.listed()
	return nil
}

// room is how much the disk must take before a shelf goes on.
const room = 2 << 20

// prove returns an error unless both the file and its disk take writes.
func (s *Shelf) prove() error {
	err := s.guard(func() error { return s.db.Update(func(*bbolt.Tx) error { return nil }) })
	if err != nil {
		s.doubt = true
		return disk(err)
	}
	if err := s.left.note(s.f); err != nil {
		return disk(err)
	}
	if err := takes(s.path + newFile); err != nil {
		return disk(store.Asked(err, s.path+newFile, s.path))
	}
	return nil
}

// takes writes a file, syncs and removes it.
func takes(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	piece := make([]byte, 1<<16)
	for i := range piece {
		piece[i] = byte(i * i >> 3)
	}
	for n := 0; err == nil && n < room; n += len(piece) {
		_, err = f.Write(piece)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close(), os.Remove(path))
}

// disk gives an error of the system its code. One that has a code keeps it.
func disk(err error) error {
	var coded store.Code
	var fault *store.Fault
	switch {
	case errors.As(err, &coded), errors.As(err, &fault):
		return err
	case is(err, syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG):
		return ErrFull.By(err)
	case is(err, syscall.EROFS, syscall.EACCES, syscall.EPERM):
		return ErrReadOnly.By(err)
	}
	return ErrFailing.By(err)
}

// is reports whether err is one of these. Where bbolt grows the file, it keeps the text of an error only.
func is(err error, these ...syscall.Errno) bool {
	for _, e := range these {
		if errors.Is(err, e) || strings.HasSuffix(err.Error(), e.Error()) {
			return true
		}
	}
	return false
}
