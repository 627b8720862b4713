package hall_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"pingyi/meeting/preset"
)

// atWork counts the goroutines that work for a hall or a room.
func atWork() (n int) {
	stacks := make([]byte, 1<<20)
	for stack := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
		if strings.Contains(stack, "prepareAll") || strings.Contains(stack, "(*Venue).follow") || strings.Contains(stack, "(*Room[...])") || strings.Contains(stack, "(*writer[...])") {
			n++
		}
	}
	return n
}

// comesTo waits until at least so many are at work.
func comesTo(t *testing.T, n int) {
	t.Helper()
	for began := time.Now(); atWork() < n; time.Sleep(time.Millisecond) {
		if time.Since(began) > 20*time.Second {
			t.Fatalf("%d are at work, never %d", atWork(), n)
		}
	}
}

// Who closes a venue and wipes its hall has nothing of them at work any more,
// also when the box has just been opened.
func TestNothingIsAtWorkAfterTheEnd(t *testing.T) {
	before := atWork()
	h, st := rehearsing(t, 30, func(*preset.Rules) {})
	comesTo(t, before+5) // two of each room, who follows the rehearsal; and perhaps who prepares its ballots
	st.Close()
	if n := atWork() - before; n != 2 { // the branch's own room: it belongs to who opened it
		t.Errorf("%d are at work after the rehearsal", n)
	}
	if err := st.Rehearse(t.Context(), id(1), true); err == nil || st.Rehearsing() {
		t.Errorf("a rehearsal after the end: %v", err)
	}
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	comesTo(t, before+3)
	h.Wipe()
	if n := atWork() - before; n != 2 {
		t.Errorf("%d are at work after the end", n)
	}
}
