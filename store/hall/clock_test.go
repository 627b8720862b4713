package hall_test

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store"
)

// jumps are what happens to the clock of a machine: somebody sets it, or it is
// corrected over the network.
var jumps = map[string]time.Duration{"five days on": 5 * 24 * time.Hour, "two hours back": -2 * time.Hour}

// The clock of the machine is set while somebody speaks, while ballots are
// cast, in a recess. Speaking times are what passed, and the meeting stays on
// its day. A jump is told, and a recess takes up the machine's clock.
func TestAClockThatJumpsDuringTheMeeting(t *testing.T) {
	for what, by := range jumps {
		t.Run(what, func(t *testing.T) {
			h := newHouse(t, 7)
			h.Sits(preset.Study)
			began := h.Now()
			h.Does(id(1), meeting.GiveFloor{ID: id(2)})
			h.Passes(3 * time.Minute)
			h.Jumps(by)
			h.sees(by)
			if spoken := h.State().Floor.Elapsed(h.Now()); !about(spoken, 3*time.Minute) {
				t.Errorf("the wall shows %v", spoken)
			}
			h.Passes(time.Minute)
			h.Does(id(2), meeting.YieldFloor{})
			if spoken := h.State().SpeakingTimes(h.Now())[id(2)].Time; !about(spoken, 4*time.Minute) {
				t.Errorf("spoke %v", spoken)
			}
			h.GoTo(preset.Ballot)
			h.Opened(id(3), id(4))
			h.Jumps(-by)
			h.sees(0)
			h.Jumps(by)
			h.Passes(time.Minute)
			h.Votes(id(5), one(id(2), "合格"))
			if open := h.Now().Sub(h.State().Vote().Opened); !about(open, time.Minute) {
				t.Errorf("the box is open for %v", open)
			}
			h.Does(id(1), meeting.Void{Reason: "改期再投"})
			if passed := h.Now().Sub(began); !about(passed, 5*time.Minute) {
				t.Errorf("the meeting took %v", passed)
			}
			h.Does(id(1), meeting.BeginRecess{Until: "2099-01-01"})
			h.Does(id(1), meeting.EndRecess{})
			h.sees(min(0, by).Truncate(time.Hour))
			h.inOrder()
		})
	}
}

// about reports whether a time is the wanted one, and what the test itself has taken.
func about(took, want time.Duration) bool {
	return took >= want-time.Second && took < want+30*time.Second
}

// A clock that was wrong before the meeting and is corrected is right in it. One
// that was ahead has left records that are not undone: the meeting runs from
// them, evenly, and that is told.
func TestAClockThatWasCorrectedBeforeTheMeeting(t *testing.T) {
	for what, by := range jumps {
		t.Run(what, func(t *testing.T) {
			h := newHouse(t, 7)
			h.SignsIn()
			h.Jumps(by)
			told := min(0, by)
			h.sees(told)
			h.Sits(preset.Study)
			h.sees(told)
			if day := time.Now().Add(max(0, by)).UTC(); h.State().Chronicle.At.Sub(day).Abs() > time.Minute {
				t.Errorf("the meeting is on %v, want %v", h.State().Chronicle.At, day)
			}
			h.Does(id(1), meeting.GiveFloor{ID: id(2)})
			h.Passes(2 * time.Minute)
			h.Does(id(2), meeting.YieldFloor{})
			if spoken := h.State().SpeakingTimes(h.Now())[id(2)].Time; !about(spoken, 2*time.Minute) {
				t.Errorf("spoke %v", spoken)
			}
			h.inOrder()
		})
	}
}

// The server was away for days while somebody had the floor. That is no speech.
func TestASpeechOverARestartDaysLater(t *testing.T) {
	h := newHouse(t, 7)
	h.Sits(preset.Study)
	h.Does(id(1), meeting.GiveFloor{ID: id(2)})
	h.restart()
	h.Passes(5 * 24 * time.Hour)
	h.Does(id(1), meeting.GiveFloor{ID: id(3)})
	if spoken := h.State().SpeakingTimes(h.Now())[id(2)]; spoken.Times != 1 || spoken.Time != 0 {
		t.Errorf("spoke %+v", spoken)
	}
	h.inOrder()
}

// A correction that nobody would notice is taken up and not told.
func TestASmallCorrectionIsTakenUp(t *testing.T) {
	h := newHouse(t, 7)
	h.Sits(preset.Study)
	for range 5 {
		h.Jumps(time.Second)
		h.sees(0)
	}
	if ahead := time.Until(h.Now()).Round(time.Second); ahead != 5*time.Second {
		t.Errorf("the hall is %v ahead", ahead)
	}
	h.Jumps(-time.Second)
	h.sees(0)
}

// sees expects that the machine's clock is told to be so far ahead.
func (h *house) sees(want time.Duration) {
	h.t.Helper()
	if ahead := h.Ahead(); (ahead-want).Abs() > 30*time.Second || (ahead == 0) != (want == 0) {
		h.t.Errorf("the machine's clock is told to be %v ahead, want %v", ahead, want)
	}
}

// inOrder expects that no record is older than the one before it.
func (h *house) inOrder() {
	h.t.Helper()
	var last time.Time
	for b, err := range h.log.Read(h.t.Context(), 0) {
		if err != nil {
			h.t.Fatal(err)
		}
		rec, err := store.Decode(b)
		if err != nil {
			h.t.Fatal(err)
		}
		e, err := meeting.Decode(rec.Body, rec.Blob)
		if err != nil {
			h.t.Fatal(err)
		}
		if e.At.Before(last) {
			h.t.Errorf("record %d is of %v, after one of %v", rec.Seq, e.At, last)
		}
		last = e.At
	}
}
