package storetest

import (
	"context"
	"iter"
	"sync/atomic"

	"pingyi/store"
)

// Once returns a log that can be folded once: who reads it from its beginning to its
// end again gets as many records in a chain that holds, and no machine knows one of
// them. To look at the first record alone is no reading.
func Once(log store.Log) store.Log { return &once{Log: log} }

type once struct {
	store.Log
	read atomic.Bool
}

// Read is that of a log.
func (o *once) Read(ctx context.Context, after uint64) iter.Seq2[[]byte, error] {
	if after > 0 {
		return o.Log.Read(ctx, after)
	}
	return func(yield func([]byte, error) bool) {
		again, n := o.read.Load(), 0
		var chain store.Chain
		for data, err := range o.Log.Read(ctx, 0) {
			if n++; n == 2 {
				o.read.Store(true)
			}
			if again && err == nil {
				r := chain.Next([]byte(`{"v":1,"do":"nobody-knows"}`), "", nil)
				err, data = chain.Add(r), r.Encode()
			}
			if !yield(data, err) {
				return
			}
		}
	}
}
