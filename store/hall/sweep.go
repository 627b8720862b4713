package hall

import (
	"time"

	"pingyi/meeting/erase"
)

// quiet is how long no secret must have passed through the server before what
// is left of them in its memory is overwritten: by then the connections that
// brought them have ended, and nobody is kept waiting.
const quiet = 5 * time.Second

// Sweep says that a secret has passed through the memory: what is left of it is
// overwritten when it is quiet again. It returns at once.
func (h *Hall) Sweep() { h.sweep.Reset(quiet) }

// newSweep returns the timer of [Hall.Sweep], which does not run yet.
func (h *Hall) newSweep() *time.Timer {
	t := time.AfterFunc(quiet, func() { h.begin(erase.Freed) })
	t.Stop()
	return t
}
