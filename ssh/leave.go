package ssh

import (
	"context"
	"errors"
	"io"
	"sync"
)

// leave asks the session to end and says why. It never waits, and the first sentence
// stays.
func (s *session) leave(why string) { s.ask(sentence(why)) }

// asked returns the sentence that has asked the session to leave, "" if none did.
func (s *session) asked() string {
	if why, is := errors.AsType[sentence](context.Cause(s.stay)); is {
		return string(why)
	}
	return ""
}

// errInterrupted says that the client has interrupted a word.
var errInterrupted = errors.New("ssh: interrupted")

// heeds returns the context of a word: it ends when the session is asked to
// leave, and the cause is the sentence that says why, or when the client
// interrupts it ([errInterrupted]). over ends the waiting for that.
func (s *session) heeds() (ctx context.Context, over func()) {
	ctx, end := context.WithCancelCause(s.stay)
	s.running.Go(func() {
		select {
		case <-s.breaks:
			end(errInterrupted)
		case <-ctx.Done():
		}
	})
	return ctx, func() { end(nil) }
}

// heededInput is the standard input of a word until its context ends. What was
// sent of a text until then is not taken for the whole.
type heededInput struct {
	ctx     context.Context
	in      io.Reader
	reading *sync.WaitGroup // counts a read that goes on until in ends
}

// Read reads, or returns the cause of the end.
func (r heededInput) Read(p []byte) (int, error) {
	type piece struct {
		n   int
		err error
	}
	read, buf := make(chan piece, 1), make([]byte, len(p))
	r.reading.Go(func() {
		n, err := r.in.Read(buf)
		read <- piece{n, err}
	})
	select {
	case <-r.ctx.Done():
		return 0, context.Cause(r.ctx)
	case got := <-read:
		copy(p, buf[:got.n])
		clear(buf[:got.n])
		if err := context.Cause(r.ctx); err != nil {
			return 0, err
		}
		return got.n, got.err
	}
}
