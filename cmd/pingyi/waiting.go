package main

import (
	"context"
	"fmt"
	"os"
	"sync"

	"github.com/charmbracelet/x/term"
)

// waited returns what comes of waiting for a person, for another program behind a
// pipe, or for what takes long to reckon. A signal that ends the verb ends the waiting:
// nothing has been done yet.
func waited[T any](ctx context.Context, wait func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	come := make(chan answer, 1)
	var waiting sync.WaitGroup // of what is given up nobody waits for the end: the process ends with its verb
	waiting.Go(func() {
		value, err := wait()
		come <- answer{value, err}
	})
	select {
	case a := <-come:
		return a.value, a.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// broken says of a verb that a signal has ended what has become of its work.
func broken(ctx context.Context, err *error, became string) {
	if ctx.Err() != nil && *err != nil {
		*err = failf("已经中断，%s", became)
	}
}

// hidden asks for what the terminal does not show, and leaves the terminal as it was.
func (d *desk) hidden(ctx context.Context, prompt string) (string, error) {
	in, _ := d.in.(*os.File)
	was, err := term.GetState(in.Fd())
	if err != nil {
		return "", err
	}
	fmt.Fprint(d.err, prompt)
	typed, err := waited(ctx, func() ([]byte, error) { return term.ReadPassword(in.Fd()) })
	fmt.Fprintln(d.err)
	if ctx.Err() != nil {
		_ = term.Restore(in.Fd(), was)
	}
	return string(typed), err
}
