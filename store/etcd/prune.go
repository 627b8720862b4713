package etcd

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"pingyi/store"
)

// Prune is store.Upkeep.Prune. It writes the values anew that hold such blobs, and then has the cluster forget the old ones (compaction). Where
// only an administrator may do that, Copies says so. What the members' files keep until they are defragmented is beyond this program (README.md).
func (s *Shelf) Prune(ctx context.Context, branch string, classes ...string) (removed int, err error) {
	if err := store.CheckBranch(branch); err != nil {
		return 0, err
	}
	if err := store.Alive(ctx, s.life); err != nil {
		return 0, err
	}
	handle, err := s.Log(ctx, branch)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, handle.Close()) }()
	for rec, err := range handle.Read(ctx, 0) { // before anything is changed
		if err == nil {
			_, err = store.Decode(rec)
		}
		if err != nil {
			return 0, err
		}
	}
	p := pruner{shelf: s, branch: branch, classes: classes}
	for from := s.logKey(branch, 0); from != ""; {
		if from, err = p.page(ctx, from); err != nil {
			return p.removed, err
		}
	}
	if p.rev == 0 || len(classes) == 0 {
		return p.removed, nil
	}
	err = s.ask(ctx, s.life, func(ctx context.Context) error {
		_, err := s.client.Compact(ctx, p.rev, clientv3.WithCompactPhysical())
		if errors.Is(err, compacted) { // somebody did it meanwhile
			return nil
		}
		return err
	})
	if errors.Is(err, ErrUser) { // in a cluster with users only an administrator may
		err = nil
		s.mu.Lock()
		s.kept = p.rev
		s.mu.Unlock()
	}
	if err != nil {
		return p.removed, notCompacted.By(err)
	}
	return p.removed, nil
}

// pruner writes the batches of one branch anew.
type pruner struct {
	shelf   *Shelf
	branch  string
	classes []string
	removed int
	rev     int64 // the newest revision that was seen
}

// page prunes some batches from a key on, and returns the key to go on from; "" at the end.
func (p *pruner) page(ctx context.Context, from string) (next string, err error) {
	s := p.shelf
	var kvs []*mvccpb.KeyValue
	err = s.ask(ctx, s.life, func(ctx context.Context) error {
		r, err := s.client.Get(ctx, from, clientv3.WithRange(s.logEnd(p.branch)), clientv3.WithLimit(firstPage))
		if err != nil {
			return err
		}
		kvs, next, p.rev = r.Kvs, "", r.Header.Revision
		if r.More {
			next = string(kvs[len(kvs)-1].Key) + "\x00"
		}
		return nil
	})
	for _, kv := range kvs {
		if err == nil {
			err = p.batch(ctx, kv)
		}
	}
	return next, err
}

// batch prunes one batch. Nobody else changes it but by pruning.
func (p *pruner) batch(ctx context.Context, kv *mvccpb.KeyValue) error {
	n, recs, err := decodeBatch(kv.Value)
	if err != nil {
		return notOurs.Of(kv.Key).By(err)
	}
	removed := 0
	for i, rec := range recs {
		r, err := store.Decode(rec)
		if err != nil {
			return err
		}
		if len(r.Blob) > 0 && slices.Contains(p.classes, r.Class) {
			removed++
			recs[i] = r.Prune().Encode()
		}
	}
	if removed == 0 {
		return nil
	}
	key, pruned := string(kv.Key), string(encodeBatch(n, recs))
	err = p.shelf.ask(ctx, p.shelf.life, func(ctx context.Context) error {
		r, err := p.shelf.client.Txn(ctx).If(clientv3.Compare(clientv3.ModRevision(key), "=", kv.ModRevision)).Then(clientv3.OpPut(key, pruned)).Commit()
		if err == nil {
			p.rev = max(p.rev, r.Header.Revision)
		}
		return err
	})
	if err == nil {
		p.removed += removed
	}
	return err
}

// Repaired is store.Upkeep.Repaired: a cluster mends itself.
func (s *Shelf) Repaired() *store.Repair { return nil }

// Copies is store.Upkeep.Copies: the history of the cluster, where Prune was not allowed to have it forgotten.
func (s *Shelf) Copies() ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == 0 {
		return nil, nil
	}
	return []string{fmt.Sprintf("etcd revision %d", s.kept)}, nil
}
