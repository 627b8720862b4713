package meeting_test

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
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
	h.Refused("m07", meeting.YieldFloor{}, meeting.NotYourFloor) // who does not call people is not told to
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

// The facilitator, who waits for the floor too, ends another's speech and still waits.
func TestWhoWaitsEndsTheSpeechOfAnother(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, nil)
	h.Does("m03", meeting.GiveFloor{ID: "m07"}, meeting.AskFloor{})
	h.Does("m08", meeting.AskFloor{})
	h.Refused("m08", meeting.YieldFloor{Of: "m07"}, meeting.NotYourFloor)
	h.Refused("m03", meeting.YieldFloor{Of: "m08"}, meeting.NobodySpeaks)
	h.Does("m03", meeting.YieldFloor{Of: "m07"})
	same(t, "speaker", h.State().Floor.Speaker, "")
	same(t, "queue", h.State().Floor.Queue, []meeting.MemberID{"m03", "m08"})
	h.Does("m03", meeting.YieldFloor{})
	same(t, "queue", h.State().Floor.Queue, []meeting.MemberID{"m08"})
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

// A screen stays as it is while others speak: who has nothing to do with the floor,
// then or now, is told from who has.
func TestTheFloorOfOthersIsToldFromOnesOwn(t *testing.T) {
	room := meetingtest.NewRoom()
	m := meetingtest.New(t, room)
	m.Founds(meetingtest.Rules(t, "seed-2017"), meetingtest.Branch(8, 1)...)
	m.Sits(preset.Study)
	m.Does("m03", meeting.GiveFloor{ID: "m04"})
	before := m.State()
	m.Does("m05", meeting.AskFloor{})
	m.Does("m03", meeting.GiveFloor{ID: "m02"}, meeting.ExtendClock{Seconds: 60})
	for who, want := range map[meeting.MemberID]bool{"m01": true, "m06": true, "m04": false, "m05": false, "m02": false} {
		if got := m.State().OnlySpoke(before, who); got != want {
			t.Errorf("%s: %v, want %v", who, got, want)
		}
	}
	for what, c := range map[string]meeting.Command{"over": meeting.YieldFloor{}, "the next item's": meeting.Next{Reason: meetingtest.Reason}} {
		then := room.Copy()
		meetingtest.New(t, then).Does("m03", c)
		if then.State().OnlySpoke(m.State(), "m06") {
			t.Errorf("a speech that is %s is the same to others", what)
		}
	}
	if m.State().OnlySpoke(nil, "m06") || !m.State().OnlySpoke(m.State(), "m06") {
		t.Error("no state is told from the same")
	}
}
