package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"time"
)

// beside is another process of this program that takes part in a measurement: it
// answers what it is asked, a line of JSON for a line of JSON.
type beside[Q, A any] struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	enc *json.Encoder
	dec *json.Decoder
}

// besideAnswer is an answer, or why there is none.
type besideAnswer[A any] struct {
	Err    string
	Answer A
}

// startBeside starts a hidden verb of bench screens.
func startBeside[Q, A any](ctx context.Context, verb string) (*beside[Q, A], error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "bench", "screens", verb)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &beside[Q, A]{cmd, in, json.NewEncoder(in), json.NewDecoder(bufio.NewReader(out))}, cmd.Start()
}

func (b *beside[Q, A]) ask(q Q) (A, error) {
	var told besideAnswer[A]
	if err := b.enc.Encode(q); err != nil {
		return told.Answer, failf("另起的进程不听：%w", err)
	}
	if err := b.dec.Decode(&told); err != nil {
		return told.Answer, failf("另起的进程没有应答：%w", err)
	}
	if told.Err != "" {
		return told.Answer, failf("%s", told.Err)
	}
	return told.Answer, nil
}

func (b *beside[Q, A]) leave() error { return errors.Join(b.in.Close(), b.cmd.Wait()) }

// answers answers what such a process is asked, until its input ends.
func answers[Q, A any](d *desk, answer func(Q) (A, error)) error {
	dec := json.NewDecoder(d.in)
	for {
		var q Q
		if err := dec.Decode(&q); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		var told besideAnswer[A]
		var err error
		if told.Answer, err = answer(q); err != nil {
			told.Err = sentence(err)
		}
		if err := d.json(told); err != nil {
			return err
		}
	}
}

// paid is what a server's process has worked so far, and what it holds.
type paid struct {
	CPU        time.Duration
	Memory     int64 // heap and stacks; 0: nobody asked
	Goroutines int
}

// payer tells what a server's process has paid; settled: once its garbage is
// collected, with its memory.
type payer func(settled bool) (paid, error)

// here is what this process has paid.
func here(settled bool) (p paid, err error) {
	if settled {
		p.Memory = memory()
	}
	p.Goroutines, p.CPU = runtime.NumGoroutine(), processorTime()
	return p, nil
}
