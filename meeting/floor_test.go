package meeting_test

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestTheQueueIsInTheOrderOfAsking(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, nil, "m13")
	h.Does("m07", meeting.AskFloor{})
	h.Does("m08", meeting.AskFloor{})
	h.Does("g1", meeting.AskFloor{})
	h.Refused("m07", meeting.AskFloor{}, meeting.InQueue)
	h.Refused("m13", meeting.AskFloor{}, meeting.SignInFirst)
	h.Refused("m08", meeting.GiveFloor{ID: "m07"}, meeting.ConsoleOnly)
	h.Refused("m03", meeting.GiveFloor{ID: "m13"}, meeting.NotPresent, "党员13")
	h.Refused("m03", meeting.GiveFloor{ID: "m99"}, meeting.UnknownMember, "m99")
	h.Does("m03", meeting.GiveFloor{ID: "m08"}) // out of turn
	same(t, "queue", h.State().Floor.Queue, ids("m07", "g1"))
	same(t, "speaker", []any{h.State().Floor.Speaker, h.State().Floor.For, h.State().Floor.Limit}, []any{"m08", meeting.ForSpeech, 600})
	h.Refused("m08", meeting.AskFloor{}, meeting.HasFloor, "党员08")
	h.Refused("m03", meeting.GiveFloor{ID: "m08"}, meeting.HasFloor, "党员08")
	h.Does("m03", meeting.GiveFloor{ID: "m07"}) // who spoke until now has finished
	same(t, "speaker", h.State().Floor.Speaker, "m07")
	same(t, "queue", h.State().Floor.Queue, ids("g1"))
}

// Who waits for the floor waits in the item in which they asked.
func TestTheQueueOfAnEndedItemIsEmpty(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	for _, goesOn := range []meeting.Command{meeting.Next{}, meeting.Back{}, meeting.Goto{No: 6}, meeting.Goto{No: 14}, meeting.Next{Reason: "按预定安排"}} {
		h.Does("m07", meeting.AskFloor{})
		h.Does("m03", goesOn)
		same(t, "queue", h.State().Floor.Queue, nil)
	}
	same(t, "phase", h.State().Phase, meeting.After)
}

func TestASpeechEndsByTheSpeakerOrTheFacilitator(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, nil)
	h.Refused("m07", meeting.YieldFloor{}, meeting.NobodySpeaks)
	h.Does("m03", meeting.GiveFloor{ID: "m07"})
	h.Refused("m08", meeting.YieldFloor{}, meeting.NotYourFloor)
	h.Does("m07", meeting.YieldFloor{})
	same(t, "speaker", h.State().Floor.Speaker, "")
	h.Does("m03", meeting.GiveFloor{ID: "m08"}, meeting.YieldFloor{})
	same(t, "speaker", h.State().Floor.Speaker, "")
	h.Refused("m03", meeting.YieldFloor{}, meeting.NobodySpeaks)
	h.Does("m09", meeting.AskFloor{}, meeting.YieldFloor{}) // thinks better of it
	same(t, "queue", h.State().Floor.Queue, nil)
}

func TestThereIsNoFloorOutsideTheMeeting(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m07", meeting.SignIn{})
	h.Refused("m07", meeting.AskFloor{}, meeting.NotBegun)
	h.Refused("m07", meeting.YieldFloor{}, meeting.NotBegun)
	h.Refused("m03", meeting.GiveFloor{ID: "m07"}, meeting.NotBegun)
	h.Refused("m03", meeting.PauseClock{}, meeting.NotBegun)
}

func TestAPauseStopsTheClock(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, nil)
	h.Refused("m03", meeting.PauseClock{}, meeting.NobodySpeaks)
	h.Refused("m07", meeting.PauseClock{}, meeting.ConsoleOnly)
	h.Does("m03", meeting.GiveFloor{ID: "m07"})
	began := h.room.Now()
	elapsed := func(after time.Duration) int { return int(h.State().Floor.Elapsed(began.Add(after)).Seconds()) }
	same(t, "before it began", elapsed(-time.Minute), 0)
	h.Does("m03", meeting.PauseClock{}) // after 10 s
	same(t, "while it stands", []int{elapsed(30 * time.Second), elapsed(time.Hour)}, []int{10, 10})
	h.room.Later(time.Minute)
	h.Does("m03", meeting.PauseClock{}) // after 80 s
	same(t, "when it goes on", elapsed(90*time.Second), 20)
	h.Does("m07", meeting.YieldFloor{}) // after 90 s
	last := h.State().Chronicle.Fact.(meeting.FloorYielded)
	same(t, "in the minutes", []any{last.ID, last.Seconds}, []any{"m07", 20})
	same(t, "nobody speaks", h.State().Floor.Elapsed(began.Add(time.Hour)), time.Duration(0))
}

func TestTheFacilitatorGivesMoreTime(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, nil)
	h.Refused("m03", meeting.ExtendClock{Seconds: 60}, meeting.NobodySpeaks)
	h.Does("m03", meeting.GiveFloor{ID: "m07"})
	for _, n := range []int{-1, 0, 3601} {
		h.Refused("m03", meeting.ExtendClock{Seconds: n}, meeting.BadNumber)
	}
	h.Refused("m07", meeting.ExtendClock{Seconds: 60}, meeting.ConsoleOnly)
	h.Does("m03", meeting.ExtendClock{Seconds: 60})
	same(t, "limit", h.State().Floor.Limit, 660)
	h.Does("m03", meeting.YieldFloor{}, meeting.GiveFloor{ID: "m08"})
	same(t, "the next one's limit", h.State().Floor.Limit, 600)
}

func TestASpeechWithoutALimitGetsNoneByMoreTime(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, func(r *preset.Rules) { r.Limits.Speech = 0 })
	h.Does("m03", meeting.GiveFloor{ID: "m07"}, meeting.ExtendClock{Seconds: 60})
	same(t, "limit", h.State().Floor.Limit, 0)
}
