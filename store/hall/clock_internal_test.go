package hall

import (
	"testing"
	"time"
)

// The time for which the machine slept counts, once it is known that it did.
func TestAClockRunsWhileTheMachineSleeps(t *testing.T) {
	began, slept, asked := time.Now(), time.Hour, 0
	c := newClock(func() time.Time { return began }, func() time.Duration {
		asked++
		return slept
	})
	ran := func(awake, want time.Duration) {
		t.Helper()
		if got := c.ran(began.Add(awake)); got != want {
			t.Errorf("awake for %v, it has run for %v, want %v", awake, got, want)
		}
	}
	ran(time.Minute, time.Minute)
	slept += 8 * time.Hour
	ran(time.Minute+waking, time.Minute+waking+8*time.Hour)
	before := asked
	for range 1000 { // screens
		ran(time.Minute+waking+waking/2, time.Minute+waking+waking/2+8*time.Hour)
	}
	if asked != before {
		t.Errorf("the kernel was asked %d times", asked-before)
	}
}
