package etcd

import (
	"context"
	"errors"
	"iter"
	"strconv"
	"strings"
	"sync"

	pb "go.etcd.io/etcd/api/v3/etcdserverpb"
	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"pingyi/store"
)

// log is one handle on a branch's log.
type log struct {
	shelf  *Shelf
	branch string
	head   *head
	life   context.Context
	end    context.CancelFunc

	mu   sync.Mutex
	last end // what the handle read or appended last
}

// end is where an Append ends: the number of its last record, and its name.
type end struct {
	seq  uint64
	name name
}

// knows notes an Append that the handle read or did. One that has taken the place of another is none that follows: the cluster has gone back.
func (l *log) knows(last uint64, n name) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case last > l.last.seq:
		l.last = end{last, n}
	case last == l.last.seq && n != l.last.name:
		return l.shelf.ails(ErrBack)
	}
	return nil
}

// known returns the last Append that the handle knows.
func (l *log) known() end {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last
}

// Append is store.Log.Append. A cancelled ctx is looked at before the first request only: what was sent is followed up, so that nobody is told
// the wrong thing.
//
// ErrNotRecorded: the records are not there and will not be. ErrDoubt: nobody knows.
func (l *log) Append(ctx context.Context, after uint64, rec ...[]byte) (uint64, error) {
	if err := store.CheckSize(rec); err != nil {
		return 0, err
	}
	if err := store.Alive(ctx, l.life); err != nil {
		return 0, err
	}
	if why := l.shelf.Trouble().Why; why != nil {
		return 0, ErrNotRecorded.By(why)
	}
	a := appending{log: l, after: after, last: after + uint64(len(rec)), name: newName()}
	a.batch = encodeBatch(a.name, rec)
	err := l.shelf.ask(context.WithoutCancel(ctx), l.life, a.try)
	switch {
	case err == nil:
		return a.last, l.knows(a.last, a.name)
	case errors.Is(err, store.ErrConflict):
		return 0, err
	case a.unsure && a.settled():
		return a.last, l.knows(a.last, a.name)
	case a.unsure:
		return 0, ErrDoubt.By(l.shelf.ails(err))
	case errors.Is(err, store.ErrClosed), errors.Is(err, store.ErrRecord):
		return 0, err
	}
	return 0, ErrNotRecorded.By(l.shelf.ails(err))
}

// appending is an Append under way.
type appending struct {
	*log
	after, last uint64
	name        name
	batch       []byte
	unsure      bool // a request was sent and not answered
}

// try makes the transaction once. Of several tries at most one is done: it changes the head, on which the others depend.
func (a *appending) try(ctx context.Context) error {
	for {
		seq, rev := a.head.known()
		if seq < a.after {
			if err := a.look(ctx); err != nil {
				return err
			}
			if seq, rev = a.head.known(); seq < a.after {
				if a.known().seq >= a.after {
					return a.back()
				}
				return store.ErrConflict
			}
		}
		if seq > a.after {
			if !a.unsure {
				return store.ErrConflict
			}
			rev = never // only looks whose records are there
		}
		done, err := a.commit(ctx, rev)
		if done || err != nil {
			return err
		}
	}
}

// never is a revision that no key has.
const never = -1

// settled reports whether the records are there after all. A cluster that is full refuses the next try, and yet may have done the one before.
func (a *appending) settled() (found bool) {
	s := a.shelf
	err := attempt(s.life, func(ctx context.Context) error {
		r, err := s.client.Get(ctx, s.logKey(a.branch, a.after+1), clientv3.WithRange(s.logEnd(a.branch)), clientv3.WithLimit(1))
		if err == nil && len(r.Kvs) > 0 {
			n, _, bad := decodeBatch(r.Kvs[0].Value)
			found = bad == nil && n == a.name
		}
		return err
	})
	return found && err == nil
}

// look reads the head.
func (l *log) look(ctx context.Context) error {
	r, err := l.shelf.client.Get(ctx, l.shelf.headKey(l.branch))
	if err != nil {
		return err
	}
	return l.shelf.noteAll(r.Kvs)
}

// commit makes the transaction on a revision of the head, and returns whether it or an earlier try was done. Without an error it was not, and
// the head is known better.
func (a *appending) commit(ctx context.Context, rev int64) (done bool, err error) {
	s := a.shelf
	headKey := s.headKey(a.branch)
	unsure := a.unsure
	a.unsure = true
	r, err := s.client.Txn(ctx).
		If(append(a.follows(), clientv3.Compare(clientv3.ModRevision(headKey), "=", rev))...).
		Then(clientv3.OpPut(s.logKey(a.branch, a.last), string(a.batch)), clientv3.OpPut(headKey, strconv.FormatUint(a.last, 10))).
		Else(clientv3.OpGet(headKey), clientv3.OpGet(s.logKey(a.branch, a.after+1), clientv3.WithRange(s.logEnd(a.branch)), clientv3.WithLimit(1))).
		Commit()
	if err != nil {
		a.unsure = unsure || passes(err)
		return false, err
	}
	if r.Succeeded {
		s.saw(r.Header.Revision)
		a.head.note(a.last, r.Header.Revision)
		return true, nil
	}
	heads := ranged(r, 0)
	if err := s.noteAll(heads); err != nil {
		return false, err
	}
	if kvs := ranged(r, 1); len(kvs) > 0 {
		if n, _, err := decodeBatch(kvs[0].Value); err == nil && n == a.name {
			return true, nil // an earlier try, whose answer was lost
		}
		a.unsure = false // somebody else's records are there: this Append can no longer be done
		return false, store.ErrConflict
	}
	if now := append(heads, &mvccpb.KeyValue{})[0].ModRevision; now <= rev { // it was newer, or it is the same and its records are not
		return false, a.back()
	}
	if seq, _ := a.head.known(); seq != a.after {
		return false, store.ErrConflict
	}
	return false, nil
}

// follows are the conditions under which the record before is the one that the handle read or appended, whatever revisions say: those of a
// cluster that was restored from an older snapshot come a second time. Nothing is asked of who has not read.
func (a *appending) follows() []clientv3.Cmp {
	at := a.known()
	if at.seq != a.after || at.seq == 0 {
		return nil
	}
	key, begins := a.shelf.logKey(a.branch, a.after), batchMagic+string(at.name[:])
	return []clientv3.Cmp{
		clientv3.Compare(clientv3.Value(key), ">", begins),
		clientv3.Compare(clientv3.Value(key), "<", clientv3.GetPrefixRangeEnd(begins)),
	}
}

// back ends an Append to a cluster that has gone back: what it rests on is no longer there.
func (a *appending) back() error {
	a.unsure = false
	return a.shelf.ails(ErrBack)
}

// ranged returns what an answer of a transaction holds.
func ranged(r *clientv3.TxnResponse, i int) []*mvccpb.KeyValue {
	if ranged, ok := r.Responses[i].Response.(*pb.ResponseOp_ResponseRange); ok {
		return ranged.ResponseRange.Kvs
	}
	return nil
}

// noteAll takes heads that were read.
func (s *Shelf) noteAll(kvs []*mvccpb.KeyValue) error {
	for _, kv := range kvs {
		seq, err := strconv.ParseUint(string(kv.Value), 10, 64)
		if err != nil {
			return notOurs.Of(kv.Key).By(store.ErrRecord)
		}
		s.saw(kv.ModRevision)
		s.head(strings.TrimPrefix(string(kv.Key), s.headKey(""))).note(seq, kv.ModRevision)
	}
	return nil
}

// A page is what Read gets at once: from a few batches, then twice as many, until it has about pageBytes.
const (
	firstPage = 8 // batches, of at most 1 MB each
	pageBytes = 4 << 20
	lastPage  = 4096
)

// Read is store.Log.Read.
func (l *log) Read(ctx context.Context, after uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for limit := int64(firstPage); ; {
			page, size, more, err := l.page(ctx, after, limit)
			for _, rec := range page {
				if !yield(rec, nil) {
					return
				}
			}
			if err != nil {
				yield(nil, err)
			}
			if err != nil || !more {
				return
			}
			after += uint64(len(page))
			if size < pageBytes/2 && limit < lastPage {
				limit *= 2
			}
		}
	}
}

// page reads the next records, of some batches.
func (l *log) page(ctx context.Context, after uint64, limit int64) (page [][]byte, size int, more bool, err error) {
	s := l.shelf
	err = s.ask(ctx, l.life, func(ctx context.Context) error {
		r, err := s.client.Get(ctx, s.logKey(l.branch, after+1), clientv3.WithRange(s.logEnd(l.branch)), clientv3.WithLimit(limit))
		if err != nil {
			return err
		}
		page, size, more = nil, 0, r.More
		for _, kv := range r.Kvs {
			size += len(kv.Value)
			if page, err = l.take(page, after, kv); err != nil {
				return err
			}
		}
		return nil
	})
	return page, size, more, err
}

// take appends to a page, which begins behind after, the records of a batch.
func (l *log) take(page [][]byte, after uint64, kv *mvccpb.KeyValue) ([][]byte, error) {
	want := after + uint64(len(page)) + 1
	last, err := strconv.ParseUint(string(kv.Key[len(kv.Key)-20:]), 10, 64)
	if err != nil {
		return nil, notOurs.Of(kv.Key).By(store.ErrRecord)
	}
	n, rec, err := decodeBatch(kv.Value)
	first := last - uint64(len(rec)) + 1
	if err != nil || first > want || last < want || len(page) > 0 && first != want {
		return nil, inRecord.Of(l.branch, want).By(store.ErrRecord)
	}
	if err := l.knows(last, n); err != nil {
		return nil, err
	}
	return append(page, rec[want-first:]...), nil
}

// Wait is store.Log.Wait.
func (l *log) Wait(ctx context.Context, after uint64) error {
	return l.head.Wait(ctx, l.life, after)
}

// Close is store.Log.Close.
func (l *log) Close() error {
	l.end()
	return nil
}
