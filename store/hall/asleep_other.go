//go:build !linux

package hall

import "time"

// asleep returns 0: how long the machine has slept is in its monotonic clock
// already, as on Windows, or cannot be told. Then a sleep is a jump of the
// clock.
func asleep() time.Duration { return 0 }
