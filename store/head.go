package store

import (
	"context"
	"sync"
)

// Head is the number of the newest durable record of a log in this process. Many may wait for it to grow. Engines keep one for each branch.
type Head struct {
	mu    sync.Mutex
	seq   uint64
	moved chan struct{} // closed and replaced when seq grows
}

// NewHead returns a Head that stands at seq (0: no record yet).
func NewHead(seq uint64) *Head {
	return &Head{seq: seq, moved: make(chan struct{})}
}

// Raise moves the head up to seq and wakes everybody who waits for it. A lower seq changes nothing, so appenders may report in any order.
func (h *Head) Raise(seq uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if seq <= h.seq {
		return
	}
	h.seq = seq
	close(h.moved)
	h.moved = make(chan struct{})
}

// Wait is Log.Wait for an engine whose handles live as long as life. It returns nil once the head is greater than after, ErrClosed when
// life is done, or the error of ctx.
func (h *Head) Wait(ctx, life context.Context, after uint64) error {
	for {
		h.mu.Lock()
		seq, moved := h.seq, h.moved
		h.mu.Unlock()
		switch {
		case life.Err() != nil:
			return ErrClosed
		case seq > after:
			return nil
		}
		select {
		case <-moved:
		case <-life.Done():
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
