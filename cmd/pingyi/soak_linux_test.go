package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// Two hundred sessions come and go for SOAKTIME (`make soak`: ten minutes; the tests
// of every day: seconds) while the meeting goes on: memory and goroutines stay as
// they were in the first part of it.
func TestSoak(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("SOAKTIME"))
	if err != nil {
		long = 4 * time.Second
	}
	sessions, err := strconv.Atoi(os.Getenv("SOAKSESSIONS"))
	if err != nil {
		sessions = 40
	}
	const members = 30
	s := besiege(t, members+1)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var first, coming sync.WaitGroup
	for i := range members { // each has a ballot prepared once
		first.Go(func() { _ = s.stays(ctx, member(1+i), looking, time.Second) })
	}
	first.Wait()
	var joins atomic.Int64
	var failed sync.Map
	for i := range sessions {
		id := member(1 + i%members)
		coming.Go(func() {
			for pause(ctx, long/20) {
				if err := s.stays(ctx, id, i, long/10); err != nil && ctx.Err() == nil {
					failed.Store(err.Error(), true)
				}
				joins.Add(1)
			}
		})
	}
	pause(ctx, long/3)
	before := s.footprint()
	for range 8 {
		pause(ctx, long/12)
		f := s.footprint()
		if long > time.Minute && (f.Goroutines > before.Goroutines*3/2 || f.Memory > before.Memory*11/10) {
			t.Errorf("%+v after %d joins, %+v in the first part", f, joins.Load(), before)
		}
		t.Logf("%d joins, %d goroutines, %.1f MB", joins.Load(), f.Goroutines, float64(f.Memory)/1e3)
	}
	stop()
	coming.Wait()
	failed.Range(func(why, _ any) bool {
		t.Error(why)
		return true
	})
	// All have left: what is left is no more than while some were there.
	after, took := s.settles(footprint{Memory: before.Memory, Goroutines: 60}, 10*time.Second)
	t.Logf("%d joins; %+v in the first part, %+v %v after the last has left", joins.Load(), before, after, took)
	if took > 10*time.Second {
		t.Errorf("%+v is left of %+v", after, before)
	}
}

// looking is the kind of a session that is a screen.
const looking = 2

// stays has a member come, do what people do for a while, and leave: follow, speak,
// or look, where another of their screens may take over.
func (s *siege) stays(ctx context.Context, id string, kind int, about time.Duration) error {
	c, err := s.joins(id)
	if err != nil {
		return fmt.Errorf("%s can't join: %w", id, err)
	}
	ctx, leave := context.WithTimeout(ctx, about/2+rand.N(about))
	defer leave()
	context.AfterFunc(ctx, func() { c.conn.Close() })
	switch kind % 4 {
	case 0:
		_ = c.try("status --follow --json", "") // until they leave
		return nil
	case 1:
		for err == nil && pause(ctx, time.Second) {
			err = c.try("status --json", "")
		}
	default:
		err = c.looks(ctx, kind)
	}
	if ctx.Err() != nil {
		return nil // they left in the middle of it
	}
	return err
}

// looks shows a member their screen, and has them type now and then, until another
// of their screens takes over.
func (c *client) looks(ctx context.Context, kind int) error {
	sess, err := c.conn.NewSession()
	if err != nil {
		return err
	}
	keys, err := sess.StdinPipe()
	if err != nil {
		return err
	}
	sess.Stdout = io.Discard
	if sess.RequestPty("xterm-256color", 24+kind%30, 80+kind, gossh.TerminalModes{}) != nil || sess.Shell() != nil {
		return nil
	}
	for err == nil && pause(ctx, 500*time.Millisecond) {
		_, err = keys.Write([]byte("?"))
	}
	return nil
}
