package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"iter"
	"slices"

	"go.etcd.io/bbolt"

	"pingyi/store"
)

// chunkBytes is about how many bytes Read copies out of one snapshot.
const chunkBytes = 1 << 20

// log is one handle on a branch's log.
type log struct {
	shelf  *Shelf
	branch string
	head   *store.Head
	life   context.Context
	end    context.CancelFunc
}

// key is the key of a record.
func key(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

// Append is store.Log.Append: one transaction, whatever the number of records.
func (l *log) Append(ctx context.Context, after uint64, rec ...[]byte) (uint64, error) {
	if err := store.CheckSize(rec); err != nil {
		return 0, err
	}
	last := after + uint64(len(rec))
	err := l.shelf.write(ctx, l.life, l.branch, func(tx *bbolt.Tx) (tip, error) {
		b, err := tx.CreateBucketIfNotExists([]byte(l.branch))
		if err != nil {
			return tip{}, err
		}
		if b.Sequence() != after {
			return tip{}, store.ErrConflict
		}
		return l.put(b, frame{branch: l.branch, seq: after, last: last}, rec)
	})
	if err != nil {
		return 0, err
	}
	l.head.Raise(last)
	return last, nil
}

// put frames the records, stores them after the one with number f.seq and returns the last.
func (l *log) put(b *bbolt.Bucket, f frame, rec [][]byte) (tip, error) {
	if f.seq > 0 {
		before, _, err := decodeFrame(b.Get(key(f.seq)))
		if err != nil {
			return tip{}, inRecord.Of(l.branch, f.seq).By(err)
		}
		f.prev = before.sum
	}
	size := 0
	for _, r := range rec {
		size += frameFixed + len(f.branch) + len(r)
	}
	buf := slices.Grow(l.shelf.frames[:0], size) // bbolt wants what it puts as long as the transaction lasts
	for _, r := range rec {
		f.seq++
		start := len(buf)
		buf, f.prev = appendFrame(buf, f, r)
		if err := putFrame(b, f.seq, buf[start:]); err != nil {
			return tip{}, err
		}
	}
	l.shelf.frames = buf
	return tip{f.seq, f.prev}, nil
}

// putFrame stores a frame after the last one in a branch's bucket.
func putFrame(b *bbolt.Bucket, seq uint64, framed []byte) error {
	b.FillPercent = 1 // keys only ever rise: full pages need no room
	if err := b.Put(key(seq), framed); err != nil {
		return err
	}
	return b.SetSequence(seq)
}

// Read is store.Log.Read.
func (l *log) Read(ctx context.Context, after uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for {
			chunk, err := l.chunk(ctx, after)
			for _, rec := range chunk {
				if !yield(rec, nil) {
					return
				}
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if len(chunk) == 0 {
				return
			}
			after += uint64(len(chunk))
		}
	}
}

// chunk copies the next records out of a snapshot: a slow reader must not hold one, as the writer could not grow the file.
func (l *log) chunk(ctx context.Context, after uint64) (chunk [][]byte, err error) {
	err = l.shelf.view(ctx, l.life, func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(l.branch))
		if b == nil {
			return nil
		}
		c, total := b.Cursor(), 0
		for k, v := c.Seek(key(after + 1)); k != nil && total < chunkBytes; k, v = c.Next() {
			seq := after + uint64(len(chunk)) + 1
			f, rec, err := decodeFrame(v)
			if err != nil || f.seq != seq || f.branch != l.branch {
				return inRecord.Of(l.branch, seq).By(store.ErrRecord)
			}
			chunk = append(chunk, bytes.Clone(rec))
			total += len(rec)
		}
		return nil
	})
	return chunk, err
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
