package etcd

import (
	"context"
	"time"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"
)

// list reads all heads and returns the revision at which they were so.
func (s *Shelf) list(ctx context.Context) (rev int64, err error) {
	err = s.ask(ctx, s.life, func(ctx context.Context) error {
		rev, err = s.news(ctx, 0)
		return err
	})
	return rev, err
}

// news reads the heads that changed after a revision, and returns the one of now. That is never older than one that was seen before.
func (s *Shelf) news(ctx context.Context, since int64) (rev int64, err error) {
	s.mu.Lock()
	top := s.top
	s.mu.Unlock()
	r, err := s.client.Get(ctx, s.headKey(""), clientv3.WithPrefix(), clientv3.WithMinModRev(since+1))
	if err != nil {
		return 0, err
	}
	if r.Header.Revision < top {
		return 0, s.ails(ErrBack)
	}
	s.mu.Lock()
	s.seen = max(s.seen, r.Header.Revision)
	s.mu.Unlock()
	s.saw(r.Header.Revision)
	return r.Header.Revision, s.noteAll(r.Kvs)
}

// follow watches the heads from a revision on until the shelf is closed. A watch ends when what it has not told yet was compacted, or when its
// member has lost the leader: then the heads are read, from another member if need be, and a new watch goes on from there.
func (s *Shelf) follow(rev int64) {
	for s.life.Err() == nil {
		rev = s.watch(rev)
		for pause := firstPause; s.life.Err() == nil; pause = min(2*pause, longestPause) {
			now, err := s.list(s.life)
			if err == nil {
				rev = now
				break
			}
			select {
			case <-time.After(pause):
			case <-s.life.Done():
			}
		}
	}
}

// watch takes what one watch tells, until it ends. It returns the last revision that it told of.
func (s *Shelf) watch(rev int64) int64 {
	ctx, end := context.WithCancel(clientv3.WithRequireLeader(s.life))
	defer end()
	for r := range s.client.Watch(ctx, s.headKey(""), clientv3.WithPrefix(), clientv3.WithRev(rev+1)) {
		if r.Err() != nil {
			break
		}
		for _, e := range r.Events {
			if e.Type == mvccpb.DELETE { // nobody deletes a head who only records
				_ = s.ails(ErrBack)
				continue
			}
			if s.noteAll([]*mvccpb.KeyValue{e.Kv}) != nil {
				break
			}
		}
		rev = max(rev, r.Header.Revision)
	}
	return rev
}
