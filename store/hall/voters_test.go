package hall_test

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"pingyi/meeting"
)

// A voter changes their mind as often as anybody does, and is not told to wait. One
// who casts without end is told how long; the others never are.
func TestNobodyCastsWithoutEnd(t *testing.T) {
	h := opened(t, 5)
	var wait *meeting.Refusal
	taken := 0
	for range 781 {
		_, err := h.Cast(t.Context(), id(2), one(id(1), "优秀"))
		if err == nil {
			taken++
		} else if !errors.As(err, &wait) || wait.Code != meeting.CastTooOften {
			t.Fatal(err)
		}
	}
	if taken < 20 || taken > 30 || h.State().Vote().Members().Returned.Of(id(2)).Times != taken {
		t.Errorf("%d ballots of 781 were taken", taken)
	}
	if _, err := h.Cast(t.Context(), id(3), one(id(1), "优秀")); err != nil {
		t.Errorf("another waits: %v", err)
	}
	seconds, err := strconv.Atoi(wait.Args[0])
	if err != nil || seconds < 1 {
		t.Fatalf("to wait %q seconds", wait.Args)
	}
	h.Passes(time.Duration(seconds) * time.Second)
	if _, err := h.Cast(t.Context(), id(2), one(id(1), "合格")); err != nil {
		t.Errorf("after the time that was said: %v", err)
	}
}
