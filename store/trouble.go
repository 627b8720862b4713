package store

import "time"

// Trouble says since when and why a shelf records nothing, or may soon record nothing. The zero Trouble is none.
type Trouble struct {
	Since time.Time
	Why   error
}

const (
	// ErrStopped says that nothing is recorded at the moment; its cause says why.
	ErrStopped Code = "store.stopped"
	// ErrLow says that the disk is nearly full.
	ErrLow Code = "store.low" // MB that are free
)
