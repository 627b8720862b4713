package hall

import "io"

// DrawsFrom replaces the hall's source of randomness.
func (h *Hall) DrawsFrom(rand io.Reader) { h.rand = rand }

// Rests waits until nothing is worked ahead any more.
func (h *Hall) Rests() { h.work.Wait() }
