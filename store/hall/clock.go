package hall

import (
	"sync"
	"time"

	"pingyi/meeting"
)

// tolerance is how far the machine's clock may be corrected in one step without
// anything being said: the records simply take it up.
const tolerance = 2 * time.Second

// clock is the time of a hall. While no meeting is on it is the machine's.
// During a meeting it runs on evenly from where it stood, however the machine's
// clock is set meanwhile, so that speaking times are right and the day in the
// minutes stays the day on which the meeting began. A recess or the end of the
// meeting takes up the machine's clock again.
//
// No record is older than the one before it ([meeting.Decide]); a meeting that
// begins while the machine's clock is behind the newest record therefore runs
// from that record's time.
type clock struct {
	now func() time.Time                  // the machine's clock
	ran func(now time.Time) time.Duration // how long the machine has run at a reading of now; used under mu

	mu sync.Mutex
	on bool          // a meeting is on
	at time.Time     // its time at the anchor
	up time.Duration // ran at the anchor
}

// waking is how soon it is known that the machine has slept. A thousand screens that
// are drawn anew ask for the time within that, and the kernel is asked once for all.
const waking = 10 * time.Millisecond

// newClock returns a clock over now, whose readings tell how long the machine
// has run where they have a monotonic part, as those of time.Now do, and over asleep,
// which says how long it has slept beside that.
func newClock(now func() time.Time, asleep func() time.Duration) *clock {
	start, before := now(), asleep()
	asked, slept := start, before
	return &clock{now: now, ran: func(now time.Time) time.Duration {
		if now.Sub(asked).Abs() >= waking {
			asked, slept = now, asleep()
		}
		return now.Sub(start) + slept - before
	}}
}

// read returns the time in a state, and by how much the machine's clock is
// ahead of it; 0 within the tolerance.
func (c *clock) read(s *meeting.State) (now time.Time, ahead time.Duration) {
	now = c.now()
	newest := now
	if s.Chronicle != nil {
		newest = s.Chronicle.At
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	_, rests := s.Resting()
	if s.Phase != meeting.Live || rests {
		c.on = false
		return now, beyond(min(0, now.Round(0).Sub(newest)))
	}
	even, up := now.Round(0), c.ran(now)
	if c.on {
		even = c.at.Add(up - c.up)
	}
	if even.Before(newest) {
		even = newest
	}
	c.on, c.at, c.up = true, even, up
	if ahead = beyond(now.Round(0).Sub(even)); ahead != 0 {
		return even, ahead
	}
	c.at = now.Round(0)
	return now, 0
}

// beyond returns d, 0 within the tolerance.
func beyond(d time.Duration) time.Duration {
	if d.Abs() <= tolerance {
		return 0
	}
	return d
}
