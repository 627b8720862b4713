package meeting_test

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// 15 people in 60 minutes have 4 minutes each: half of what 5, 2 and 1 add up to.
func TestLimitsAreProposedFromTheTimeAndThePeople(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	p, ok := h.State().ProposeLimits(h.room.Now())
	same(t, "proposal", []any{p, ok}, []any{meeting.LimitProposal{
		Limits: preset.Limits{SelfCriticism: 150, Criticism: 60, Response: 30, Speech: 600}, Time: 60 * time.Minute, People: 15,
	}, true})
	h.Does("m03", meeting.SetLimits{Limits: p.Limits})
	if again, ok := h.State().ProposeLimits(h.room.Now()); ok {
		t.Errorf("what was accepted is proposed again: %+v", again)
	}
	h.Does("m03", meeting.Advance{})
	same(t, "self-criticism", h.State().Floor.Limit, 150)
	h.Does("m03", meeting.Advance{})
	h.Does("m04", meeting.AskFloor{})
	h.Does("m03", meeting.Advance{})
	same(t, "criticism", h.State().Floor.Limit, 60)
	h.Does("m03", meeting.Advance{})
	same(t, "response", h.State().Floor.Limit, 30)
}

// Later the time that is left is shared among those who are left.
func TestLimitsAreProposedForWhatIsLeft(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Does("m03", meeting.Advance{}, meeting.Advance{}, meeting.Advance{}, meeting.Advance{})
	h.lasts(32 * time.Minute)
	p, ok := h.State().ProposeLimits(h.room.Now())
	if !ok || p.People != 14 || p.Time < 26*time.Minute || p.Time > 28*time.Minute || p.Limits.SelfCriticism != 60 || p.Limits.Response != 30 {
		t.Errorf("%+v, %v", p, ok)
	}
	h.lasts(2 * time.Hour)
	if p, ok := h.State().ProposeLimits(h.room.Now()); ok {
		t.Errorf("no time is left, and %+v is proposed", p)
	}
}

func TestNoLimitsAreProposedWhereTheyFit(t *testing.T) {
	for _, minutes := range []int{0, 120} {
		h := seated(t, "seed-2017", preset.Criticism, func(r *preset.Rules) {
			for i := range r.Agenda {
				if r.Agenda[i].Kind == preset.Criticism {
					r.Agenda[i].Minutes = minutes
				}
			}
		})
		if p, ok := h.State().ProposeLimits(h.room.Now()); ok {
			t.Errorf("%d minutes: %+v is proposed", minutes, p)
		}
	}
}

func TestLimitsAreRefusedOutOfBounds(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Refused("m03", meeting.SetLimits{Limits: preset.Limits{SelfCriticism: -1}}, meeting.BadNumber, "-1", "0", "3600")
	h.Refused("m03", meeting.SetLimits{Limits: preset.Limits{Speech: 3601}}, meeting.BadNumber, "3601", "0", "3600")
	h.Refused("m05", meeting.SetLimits{}, meeting.ConsoleOnly)
	h.Does("m03", meeting.SetLimits{Limits: preset.Limits{Speech: 60}})
	same(t, "limits", h.State().Limits(), preset.Limits{Speech: 60})
}

// A countdown runs from the moment at which it is set.
func TestACountdownRunsFromNow(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Refused("m03", meeting.Countdown{Seconds: 60}, meeting.NobodySpeaks)
	h.Does("m03", meeting.GiveFloor{ID: "m04"})
	h.lasts(90 * time.Second)
	h.Does("m03", meeting.Countdown{Seconds: 120})
	left := time.Duration(h.State().Floor.Limit)*time.Second - h.State().Floor.Elapsed(h.room.Now())
	if left < 110*time.Second || left > 121*time.Second {
		t.Errorf("%v are left", left)
	}
	h.Refused("m03", meeting.Countdown{}, meeting.BadNumber, "0", "1", "3600")
}
