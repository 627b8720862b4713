package ssh

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"

	charm "charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// late is a channel whose client has hung up before it was opened.
type late struct{ gossh.NewChannel }

func (late) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	return nil, nil, errors.New("EOF")
}

// Who asks for a session and hangs up at once leaves nothing: the server could never
// close.
func TestASessionWhoseClientIsGoneEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one := newSession(&values{life: t.Context()}, person{above: struct{ Organisation }{}, id: "s1"}, nil, newPaces())
		charm.DefaultSessionHandler(&charm.Server{}, nil, &channel{NewChannel: late{}, session: one}, one)
		one.follow()
		one.finish()
		if one.Err() == nil {
			t.Error("the session goes on")
		}
	})
}

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
