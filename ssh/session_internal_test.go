package ssh

import (
	"context"
	"runtime"
	"testing"

	charm "charm.land/ssh"
)

// A thousand screens wait for the end of their sessions, and no goroutine waits for each of them.
func TestWhatEndsWithASessionNeedsNoGoroutine(t *testing.T) {
	life, end := context.WithCancel(t.Context())
	one := &session{Context: struct{ charm.Context }{}, life: life, end: end}
	before := runtime.NumGoroutine()
	ended := make(chan struct{})
	inner, stop := context.WithCancel(one)
	defer stop()
	context.AfterFunc(inner, func() { close(ended) })
	if n := runtime.NumGoroutine() - before; n > 0 {
		t.Errorf("%d more goroutines", n)
	}
	end()
	<-ended
	if inner.Err() == nil || one.Err() == nil {
		t.Error("it did not end with the session")
	}
}
