package terminal

import "time"

// Alarm rings when a view changes by itself. One that is set for an earlier time
// stays. The zero value is not set.
type Alarm struct {
	timer *time.Timer
	due   time.Time // zero: it is not set
}

// Set has the alarm ring after a time; 0: it does not.
func (a *Alarm) Set(after time.Duration) {
	if after <= 0 {
		a.Stop()
		return
	}
	due := time.Now().Add(after)
	if !a.due.IsZero() && !due.Before(a.due) {
		return
	}
	if a.due = due; a.timer == nil {
		a.timer = time.NewTimer(after)
		return
	}
	a.timer.Reset(after)
}

// Rings returns the channel of the alarm; nil while it is not set.
func (a *Alarm) Rings() <-chan time.Time {
	if a.due.IsZero() {
		return nil
	}
	return a.timer.C
}

// Rang is called when it has rung: it is not set any more.
func (a *Alarm) Rang() { a.due = time.Time{} }

// Stop keeps it from ringing.
func (a *Alarm) Stop() {
	if a.due = (time.Time{}); a.timer != nil {
		a.timer.Stop()
	}
}
