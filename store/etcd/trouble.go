package etcd

import (
	"context"
	"errors"
	"time"

	"pingyi/store"
)

// ails begins or changes the trouble and returns why. A cluster that has gone back stays that: what was read of it is not there any more.
func (s *link) ails(why error) error {
	s.ill.Lock()
	defer s.ill.Unlock()
	if errors.Is(s.trouble.Why, ErrBack) {
		return s.trouble.Why
	}
	if s.trouble.Why == nil {
		s.trouble.Since = time.Now()
	}
	s.trouble.Why = why
	s.tell()
	return why
}

func (s *link) tell() {
	select {
	case s.moved <- struct{}{}:
	default: // nobody has looked since the last one
	}
}

// Moved returns the channel that gets a value when the trouble may have changed, for one who follows it.
func (s *link) Moved() <-chan struct{} { return s.moved }

// Trouble returns what the shelf is in, as far as it knows.
func (s *link) Trouble() store.Trouble {
	s.ill.Lock()
	defer s.ill.Unlock()
	return s.trouble
}

// lookTime is how long a look may take: longer than the cluster needs for a new leader.
const lookTime = 5 * time.Second

// Look asks the cluster for what is new, so that a watch that has come to a standstill delays nobody by more than the time between two looks.
// A cluster that does not answer is a trouble; one that takes writes again ends it. A server calls it every second.
func (s *Shelf) Look() store.Trouble {
	was := s.Trouble()
	if s.life.Err() != nil || errors.Is(was.Why, ErrBack) {
		return was
	}
	s.use.RLock()
	defer s.use.RUnlock()
	ctx, cancel := context.WithTimeout(s.life, lookTime)
	defer cancel()
	err := s.look(ctx, was.Why != nil)
	switch {
	case s.life.Err() != nil:
	case err != nil:
		why := s.cause(s.life, err)
		if was.Why == nil || why.Error() != was.Why.Error() {
			_ = s.ails(why)
		}
	case was.Why != nil:
		s.recovers()
	}
	return s.Trouble()
}

// recovers ends the trouble, unless the cluster has gone back.
func (s *link) recovers() {
	s.ill.Lock()
	defer s.ill.Unlock()
	if !errors.Is(s.trouble.Why, ErrBack) {
		s.trouble = store.Trouble{}
		s.tell()
	}
}

// look reads what is new, until it is answered or ctx ends; with write it first writes something.
func (s *Shelf) look(ctx context.Context, write bool) (err error) {
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		err = attempt(ctx, func(ctx context.Context) error {
			if write {
				if _, err := s.client.Put(ctx, s.prefix+"pulse", ""); err != nil {
					return err
				}
			}
			s.mu.Lock()
			since := s.seen
			s.mu.Unlock()
			_, err := s.news(ctx, since)
			return err
		})
		if err == nil || write || !passes(err) {
			return err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return err
		}
	}
}
