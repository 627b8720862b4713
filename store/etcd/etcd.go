// Package etcd keeps the logs of all branches in an etcd cluster, so that several servers share them.
//
//	PREFIX/head/BRANCH           the number of the branch's records, in decimal
//	PREFIX/log/BRANCH/NUMBER     the records of one Append, under the number of the last of them (batch.go)
//	PREFIX/files/…               files, a shelf of their own
//	PREFIX/label                 what the folder says of the whole
//
// An Append is one transaction: if the head was not changed since it was read, put the records and the new head. So of all servers that
// append after the same record one succeeds. A transaction that was not answered is sent again as it is: at most one of the two can be done,
// and the random name in its value tells whether it was this Append's (log.go).
//
// A watch on the heads tells what other servers appended. Whatever ends it (compaction, a member without a leader), the heads are read again
// and it goes on (follow.go).
//
// A cluster that cannot be reached, refuses the user or is full is a store.Trouble: nothing is recorded until it is over (trouble.go).
package etcd

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"

	"pingyi/store"
)

// How long a request may take, and how long requests that were not answered are made again.
const (
	attemptTime  = 2 * time.Second // one request: another member is asked then
	patience     = 8 * time.Second
	firstPause   = 20 * time.Millisecond
	longestPause = 500 * time.Millisecond
)

// Shelf is a store.Shelf with its Upkeep in a cluster.
type Shelf struct {
	*link
	prefix string // ends with a slash

	mu    sync.Mutex
	heads map[string]*head
	ids   []string // of the branches that have records, sorted
	seen  int64    // revision up to which the heads are known
	top   int64    // the newest revision of which something is known
	kept  int64    // revision up to which the cluster may still have what was pruned, because the user may not compact; 0: none
}

// link is a connection to a cluster, and how that is.
type link struct {
	client *clientv3.Client
	config Config
	life   context.Context
	end    context.CancelFunc
	work   sync.WaitGroup
	use    sync.RWMutex  // read-locked by a request, so that Close waits for it
	moved  chan struct{} // has a value when the trouble has changed

	ill     sync.Mutex
	trouble store.Trouble
}

// head is what is known of the end of a branch's log.
type head struct {
	*store.Head
	begins func() // is called with the first record
	mu     sync.Mutex
	seq    uint64
	rev    int64 // ModRevision of the key; 0: there is none
}

// note takes what was read of the key. What is older than what is known is dropped.
func (h *head) note(seq uint64, rev int64) {
	h.mu.Lock()
	first := h.seq == 0
	if rev > h.rev {
		h.seq, h.rev = seq, rev
	}
	h.mu.Unlock()
	if first && seq > 0 {
		h.begins()
	}
	h.Raise(seq)
}

func (h *head) known() (seq uint64, rev int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.seq, h.rev
}

// Open connects to a cluster. The error says what is in the way: ErrURL, ErrCertificate, ErrUnreachable, ErrMajority, ErrUser.
func Open(ctx context.Context, c Config) (*Shelf, error) {
	options, err := c.options()
	if err != nil {
		return nil, err
	}
	if err := c.diagnose(ctx); !errors.Is(err, ErrMajority) { // nobody can be asked
		return nil, err
	}
	options.Logger = zap.NewNop()
	client, err := clientv3.New(options)
	if err != nil {
		return nil, c.why(ctx, err)
	}
	life, end := context.WithCancel(context.Background())
	s := &Shelf{
		link:   &link{client: client, config: c, life: life, end: end, moved: make(chan struct{}, 1)},
		prefix: c.prefix(), heads: map[string]*head{},
	}
	rev, err := s.list(ctx)
	if err != nil {
		return nil, errors.Join(s.cause(ctx, err), s.Close())
	}
	s.work.Go(func() { s.follow(rev) })
	return s, nil
}

// Files returns the files in the cluster.
func (s *Shelf) Files() store.Files {
	return store.FilesOn(&Shelf{link: s.link, prefix: s.prefix + "files/", heads: map[string]*head{}})
}

// Close is store.Shelf.Close. It waits for requests under way.
func (s *Shelf) Close() error {
	s.end()
	s.work.Wait()
	s.use.Lock()
	defer s.use.Unlock()
	if err := s.client.Close(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// Keys of a shelf.
func (s *Shelf) headKey(branch string) string { return s.prefix + "head/" + branch }

func (s *Shelf) logKey(branch string, seq uint64) string {
	number := strconv.FormatUint(seq, 10)
	return s.prefix + "log/" + branch + "/" + strings.Repeat("0", 20-len(number)) + number
}

// logEnd is a key behind all of a branch's records.
func (s *Shelf) logEnd(branch string) string { return s.prefix + "log/" + branch + "0" } // '0' follows '/'

// Heads returns the numbers of records of all branches at one moment.
func (s *Shelf) Heads(ctx context.Context) (map[string]uint64, error) {
	heads := map[string]uint64{}
	err := s.ask(ctx, s.life, func(ctx context.Context) error {
		r, err := s.client.Get(ctx, s.headKey(""), clientv3.WithPrefix())
		if err != nil {
			return err
		}
		for _, kv := range r.Kvs {
			seq, err := strconv.ParseUint(string(kv.Value), 10, 64)
			if err != nil {
				return notOurs.Of(kv.Key).By(store.ErrRecord)
			}
			heads[strings.TrimPrefix(string(kv.Key), s.headKey(""))] = seq
		}
		return nil
	})
	return heads, err
}

// Branches is store.Shelf.Branches, as far as the watch has told: those of other servers may come a moment later. It asks nobody, because for
// every person who comes in all branches are looked through.
func (s *Shelf) Branches(ctx context.Context) (ids []string, err error) {
	if err := store.Alive(ctx, s.life); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.ids), nil
}

// Log is store.Shelf.Log.
func (s *Shelf) Log(ctx context.Context, branch string) (store.Log, error) {
	if err := store.CheckBranch(branch); err != nil {
		return nil, err
	}
	if err := store.Alive(ctx, s.life); err != nil {
		return nil, err
	}
	life, end := context.WithCancel(s.life)
	return &log{shelf: s, branch: branch, head: s.head(branch), life: life, end: end}, nil
}

// head returns what is known of a branch, which all its handles share.
func (s *Shelf) head(branch string) *head {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.heads[branch] == nil {
		s.heads[branch] = &head{Head: store.NewHead(0), begins: func() { s.begins(branch) }}
	}
	return s.heads[branch]
}

// begins notes a branch that has a record.
func (s *Shelf) begins(branch string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at, known := slices.BinarySearch(s.ids, branch); !known {
		s.ids = slices.Insert(s.ids, at, branch)
	}
}

// saw notes a revision of which something is known.
func (s *Shelf) saw(rev int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.top = max(s.top, rev)
}

// Label returns the text that was put with SetLabel; "" for none.
func (s *Shelf) Label(ctx context.Context) (label string, err error) {
	err = s.ask(ctx, s.life, func(ctx context.Context) error {
		r, err := s.client.Get(ctx, s.prefix+"label")
		if err == nil && len(r.Kvs) > 0 {
			label = string(r.Kvs[0].Value)
		}
		return err
	})
	return label, err
}

// SetLabel puts a text in the place of another one that is there; ErrConflict if it is not.
func (s *Shelf) SetLabel(ctx context.Context, old, label string) error {
	key := s.prefix + "label"
	is := clientv3.Compare(clientv3.Value(key), "=", old)
	if old == "" {
		is = clientv3.Compare(clientv3.CreateRevision(key), "=", 0)
	}
	return s.ask(ctx, s.life, func(ctx context.Context) error {
		r, err := s.client.Txn(ctx).If(is).Then(clientv3.OpPut(key, label)).Else(clientv3.OpGet(key)).Commit()
		switch {
		case err != nil:
			return err
		case r.Succeeded:
			return nil
		}
		if kvs := r.Responses[0].GetResponseRange().Kvs; len(kvs) > 0 && string(kvs[0].Value) == label {
			return nil // it was done, and the answer was lost
		}
		return store.ErrConflict
	})
}

// ask makes a request, and makes it again while it is not answered. A shelf in trouble asks once, and one whose cluster has gone back no more:
// a backup of what is there now would be taken for a whole one.
func (s *link) ask(ctx, life context.Context, request func(context.Context) error) error {
	s.use.RLock()
	defer s.use.RUnlock()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	until := time.Now().Add(patience)
	if why := s.Trouble().Why; errors.Is(why, ErrBack) {
		return why
	} else if why != nil {
		until = time.Now()
	}
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		if err := store.Alive(ctx, life); err != nil {
			return err
		}
		err := attempt(ctx, request)
		switch {
		case err == nil, !passes(err):
			return s.cause(ctx, err)
		case time.Now().Add(pause).After(until):
			if dead := store.Alive(ctx, life); dead != nil {
				return dead
			}
			return s.cause(ctx, err)
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		case <-life.Done():
		}
	}
}

// attempt makes a request once, to a member that has a leader.
func attempt(ctx context.Context, request func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(clientv3.WithRequireLeader(ctx), attemptTime)
	defer cancel()
	return request(ctx)
}
