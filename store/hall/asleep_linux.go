package hall

import (
	"time"

	"golang.org/x/sys/unix"
)

// asleep returns how long the machine has slept since it was started. Go's
// monotonic clock stands still meanwhile; a meeting does not.
func asleep() time.Duration {
	var running, all unix.Timespec
	if unix.ClockGettime(unix.CLOCK_MONOTONIC, &running) != nil || unix.ClockGettime(unix.CLOCK_BOOTTIME, &all) != nil {
		return 0
	}
	return time.Duration(all.Nano() - running.Nano())
}
