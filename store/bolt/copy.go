package bolt

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"

	"go.etcd.io/bbolt"

	"pingyi/store"
)

// Copy writes a new file at path, in the place of any of that name, with the records of all branches that there are at one moment.
//
// Appends go on meanwhile: the moment is one snapshot of every branch's number of records, and records below it never change, so they are
// copied a piece at a time. A blob that is pruned meanwhile may be in the copy or not. Nothing that was deleted is in it. The file is
// durable on return; after an error there is none.
func (s *Shelf) Copy(ctx context.Context, path string) (err error) {
	counts := map[string]uint64{}
	err = s.view(ctx, s.life, func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			counts[string(name)] = b.Sequence()
			return nil
		})
	})
	if err != nil {
		return err
	}
	db, _, err := create(path)
	if err != nil {
		return notMade.By(err)
	}
	for _, branch := range slices.Sorted(maps.Keys(counts)) {
		c := copier{shelf: s, branch: branch}
		for err == nil && c.seq < counts[branch] {
			err = c.piece(ctx, db, counts[branch])
		}
	}
	if err = errors.Join(err, db.Sync(), db.Close()); err != nil {
		return errors.Join(err, discard(path))
	}
	return nil
}

// copier copies the records of one branch, in order.
type copier struct {
	shelf  *Shelf
	branch string
	seq    uint64   // of the record that was copied last
	prev   [32]byte // sum of its frame in the copy: pruning may change the one in the shelf
}

// piece copies the next records, at most up to number last.
func (c *copier) piece(ctx context.Context, to *bbolt.DB, last uint64) error {
	var framed [][]byte
	err := c.shelf.view(ctx, c.shelf.life, func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(c.branch))
		if b == nil {
			return inBranch.Of(c.branch).By(store.ErrRecord)
		}
		at, total := b.Cursor(), 0
		for k, v := at.Seek(key(c.seq + 1)); k != nil && total < chunkBytes && c.seq+uint64(len(framed)) < last; k, v = at.Next() {
			framed = append(framed, bytes.Clone(v))
			total += len(v)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(framed) == 0 {
		return inRecord.Of(c.branch, c.seq+1).By(store.ErrRecord)
	}
	return to.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists([]byte(c.branch))
		for _, v := range framed {
			err = errors.Join(err, c.put(b, v))
			if err != nil {
				return err
			}
		}
		return err
	})
}

// put writes the frame of the next record, chained to the one before it in the copy.
func (c *copier) put(to *bbolt.Bucket, framed []byte) error {
	f, rec, err := decodeFrame(framed)
	if err != nil || f.branch != c.branch || f.seq != c.seq+1 {
		return inRecord.Of(c.branch, c.seq+1).By(store.ErrRecord)
	}
	f.prev = c.prev
	framed, c.prev = encodeFrame(f, rec)
	c.seq = f.seq
	return putFrame(to, f.seq, framed)
}
