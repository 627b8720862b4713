package meeting_test

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestTheQueueIsInTheOrderOfAsking(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, nil, "m13")
	h.does("m07", meeting.AskFloor{})
	h.does("m08", meeting.AskFloor{})
	h.does("g1", meeting.AskFloor{})
	h.refused("m07", meeting.AskFloor{}, meeting.InQueue)
	h.refused("m13", meeting.AskFloor{}, meeting.SignInFirst)
	h.refused("m08", meeting.GiveFloor{ID: "m07"}, meeting.ConsoleOnly)
	h.refused("m03", meeting.GiveFloor{ID: "m13"}, meeting.NotPresent, "党员13")
	h.refused("m03", meeting.GiveFloor{ID: "m99"}, meeting.UnknownMember, "m99")
	h.does("m03", meeting.GiveFloor{ID: "m08"}) // out of turn
	same(t, "queue", h.s.Floor.Queue, ids("m07", "g1"))
	same(t, "speaker", []any{h.s.Floor.Speaker, h.s.Floor.For, h.s.Floor.Limit}, []any{"m08", meeting.ForSpeech, 600})
	h.refused("m08", meeting.AskFloor{}, meeting.HasFloor, "党员08")
	h.refused("m03", meeting.GiveFloor{ID: "m08"}, meeting.HasFloor, "党员08")
	h.does("m03", meeting.GiveFloor{ID: "m07"}) // who spoke until now has finished
	same(t, "speaker", h.s.Floor.Speaker, "m07")
	same(t, "queue", h.s.Floor.Queue, ids("g1"))
}

func TestASpeechEndsByTheSpeakerOrTheFacilitator(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, nil)
	h.refused("m07", meeting.YieldFloor{}, meeting.NobodySpeaks)
	h.does("m03", meeting.GiveFloor{ID: "m07"})
	h.refused("m08", meeting.YieldFloor{}, meeting.NotYourFloor)
	h.does("m07", meeting.YieldFloor{})
	same(t, "speaker", h.s.Floor.Speaker, "")
	h.does("m03", meeting.GiveFloor{ID: "m08"}, meeting.YieldFloor{})
	same(t, "speaker", h.s.Floor.Speaker, "")
	h.refused("m03", meeting.YieldFloor{}, meeting.NobodySpeaks)
	h.does("m09", meeting.AskFloor{}, meeting.YieldFloor{}) // thinks better of it
	same(t, "queue", h.s.Floor.Queue, nil)
}

func TestThereIsNoFloorOutsideTheMeeting(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.does("m07", meeting.SignIn{})
	h.refused("m07", meeting.AskFloor{}, meeting.NotBegun)
	h.refused("m07", meeting.YieldFloor{}, meeting.NotBegun)
	h.refused("m03", meeting.GiveFloor{ID: "m07"}, meeting.NotBegun)
	h.refused("m03", meeting.PauseClock{}, meeting.NotBegun)
}

func TestAPauseStopsTheClock(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, nil)
	h.refused("m03", meeting.PauseClock{}, meeting.NobodySpeaks)
	h.refused("m07", meeting.PauseClock{}, meeting.ConsoleOnly)
	h.does("m03", meeting.GiveFloor{ID: "m07"})
	began := h.now
	elapsed := func(after time.Duration) int { return int(h.s.Floor.Elapsed(began.Add(after)).Seconds()) }
	same(t, "before it began", elapsed(-time.Minute), 0)
	h.does("m03", meeting.PauseClock{}) // after 10 s
	same(t, "while it stands", []int{elapsed(30 * time.Second), elapsed(time.Hour)}, []int{10, 10})
	h.now = h.now.Add(time.Minute)
	h.does("m03", meeting.PauseClock{}) // after 80 s
	same(t, "when it goes on", elapsed(90*time.Second), 20)
	h.does("m07", meeting.YieldFloor{}) // after 90 s
	last := h.s.Chronicle.Fact.(meeting.FloorYielded)
	same(t, "in the minutes", []any{last.ID, last.Seconds}, []any{"m07", 20})
	same(t, "nobody speaks", h.s.Floor.Elapsed(began.Add(time.Hour)), time.Duration(0))
}

func TestTheFacilitatorGivesMoreTime(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, nil)
	h.refused("m03", meeting.ExtendClock{Seconds: 60}, meeting.NobodySpeaks)
	h.does("m03", meeting.GiveFloor{ID: "m07"})
	for _, n := range []int{-1, 0, 3601} {
		h.refused("m03", meeting.ExtendClock{Seconds: n}, meeting.BadNumber)
	}
	h.refused("m07", meeting.ExtendClock{Seconds: 60}, meeting.ConsoleOnly)
	h.does("m03", meeting.ExtendClock{Seconds: 60})
	same(t, "limit", h.s.Floor.Limit, 660)
	h.does("m03", meeting.YieldFloor{}, meeting.GiveFloor{ID: "m08"})
	same(t, "the next one's limit", h.s.Floor.Limit, 600)
}

func TestASpeechWithoutALimitGetsNoneByMoreTime(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, func(r *preset.Rules) { r.Limits.Speech = 0 })
	h.does("m03", meeting.GiveFloor{ID: "m07"}, meeting.ExtendClock{Seconds: 60})
	same(t, "limit", h.s.Floor.Limit, 0)
}
