package ssh

import (
	"sync"

	tempo "golang.org/x/time/rate" // a word here is called rate
)

// What one person may send, by all connections together.
const incoming = 1 << 20 // bytes a second, and at once

// paces knows how fast each person is served, so that nobody who sends without end
// takes the server from the others. What is too much waits; nothing is lost. It is
// safe for concurrent use.
type paces struct {
	mu sync.Mutex
	of map[place]*tempo.Limiter // bytes
}

func newPaces() *paces { return &paces{of: map[place]*tempo.Limiter{}} }

// bytes returns the pace at which what a person sends is read.
func (p *paces) bytes(at place) *tempo.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of[at] == nil {
		p.of[at] = tempo.NewLimiter(incoming, incoming)
	}
	return p.of[at]
}
