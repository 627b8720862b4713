package terminal

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Waker is a model that says what wakes it, so that no goroutine of its own waits
// for that.
type Waker interface {
	tea.Model
	// Wakes returns a channel that gets a token when something has moved, and how soon
	// the view changes by itself; 0: it does not.
	Wakes() (moved <-chan struct{}, after time.Duration)
	// Woken returns the message that one of them has happened.
	Woken(moved bool) tea.Msg
}

// Run shows a model, which is ready for a window of this size, until it quits,
// [Screen.Quit] asks, ctx ends, or nobody is there to see it. It does for the many
// screens of a server what [Screen.Program] does, without goroutines that wait: a
// session has one for this, and one while a frame is sent. What moves waits for one
// of [Screen.Turns], what is sent to the model does not, and neither does a new size
// from [Screen.Sizes]. The error is that of ctx, or [ErrBroken].
func (s *Screen) Run(ctx context.Context, m Waker, width, height int) (err error) {
	defer close(s.over)
	s.stop = s.Quit
	defer func() {
		if recover() != nil { // it was hushed
			err = s.fault()
		}
	}()
	model := seen{m, s}
	s.resize(width, height)
	s.show(m)
	s.start(model.Init())
	update := func(msg tea.Msg) {
		updated, cmd := model.Update(msg)
		model, _ = updated.(seen)
		m, _ = model.Model.(Waker)
		s.start(cmd)
	}
	var alarm Alarm
	defer alarm.Stop()
	gone := false    // nothing moves any more
	var news tea.Msg // waits for a turn
	inTurn := func() {
		defer func() { <-s.Turns }()
		update(news)
		news = nil
	}
	done, sizes := ctx.Done(), s.Sizes
	var next <-chan time.Time // when the next size is taken
	for {
		if news != nil { // mostly there is one, and nothing else has to be looked at
			select {
			case s.Turns <- struct{}{}:
				inTurn()
			default:
			}
		}
		moved, after := m.Wakes()
		alarm.Set(after)
		rings, turn := alarm.Rings(), (chan struct{})(nil)
		if gone {
			moved = nil
		}
		if news != nil {
			moved, rings, turn = nil, nil, s.Turns
		}
		select {
		case <-done:
			return context.Cause(ctx)
		case <-s.quit:
			return s.fault()
		case _, open := <-moved:
			if gone = !open; open {
				news = m.Woken(true)
			}
		case <-rings:
			alarm.Rang()
			news = m.Woken(false)
		case turn <- struct{}{}:
			inTurn()
		case size := <-sizes:
			update(size)
			sizes, next = nil, time.After(s.Pause)
		case <-next:
			sizes, next = s.Sizes, nil
		case msg := <-s.msgs:
			switch msg := msg.(type) {
			case tea.QuitMsg:
				return nil
			case tea.BatchMsg:
				for _, cmd := range msg {
					s.start(cmd)
				}
			default:
				update(msg)
			}
		}
	}
}

// start runs a command, whose message comes back.
func (s *Screen) start(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	s.running.Go(func() {
		defer func() {
			if recover() != nil { // it was hushed
				s.Quit()
			}
		}()
		s.Send(cmd())
	})
}

// Send gives the model a message. It waits until the model takes it, or has ended.
func (s *Screen) Send(msg tea.Msg) {
	if msg == nil {
		return
	}
	select {
	case s.msgs <- msg:
	case <-s.over:
	}
}

// Quit asks [Screen.Run] to return.
func (s *Screen) Quit() {
	select {
	case s.quit <- struct{}{}:
	default: // it was asked
	}
}
