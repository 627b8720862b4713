package meeting_test

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// takesBack expects that somebody's last step is named by a fact and is taken
// back by a command, and does so.
func (h *hall) takesBack(who meeting.MemberID, fact meeting.Fact, back meeting.Command) {
	h.T.Helper()
	last := meeting.LastStep(h.State(), who)
	if last.Why != nil {
		h.T.Fatalf("%s can't take back: %v", who, last.Why)
	}
	same(h.T, "step", last.Step.Fact, fact)
	same(h.T, "way back", last.Back, back)
	if no := meeting.May(h.State(), who, meeting.ActUndo); no != nil {
		h.T.Errorf("%s may not undo: %v", who, no)
	}
	h.Does(who, last.Back)
}

// keeps expects that somebody's last step can't be taken back, and why.
func (h *hall) keeps(who meeting.MemberID, want meeting.Code) {
	h.T.Helper()
	if why := meeting.LastStep(h.State(), who).Why; why == nil || why.Code != want {
		h.T.Errorf("the last step of %s: got %v, want %s", who, why, want)
	}
	h.Greyed(who, meeting.ActUndo, want)
}

func TestTheLastStepIsTakenBackWhereThereIsAWayBack(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	it := h.Item(preset.Study)
	h.Does("m03", meeting.Next{})
	h.takesBack("m03", meeting.ItemOpened{No: it.No + 1}, meeting.Goto{No: it.No})
	same(t, "item", h.State().Current+1, it.No)
	h.takesBack("m03", meeting.ItemOpened{No: it.No}, meeting.Goto{No: it.No + 1}) // forward again
	h.Does("m03", meeting.GiveFloor{ID: "m05"}, meeting.PauseClock{})
	h.takesBack("m03", meeting.ClockPaused{Paused: true}, meeting.PauseClock{})
	same(t, "paused", h.State().Floor.Paused, false)
	h.takesBack("m03", meeting.ClockPaused{Paused: false}, meeting.PauseClock{})
	h.Does("m03", meeting.YieldFloor{})
	h.takesBack("m03", meeting.FloorYielded{ID: "m05", For: meeting.ForSpeech, Seconds: 20}, meeting.TakeBack{Event: h.State().Chronicle.Len()})
	same(t, "speaker", h.State().Floor.Speaker, "m05")
	h.Does("m03", meeting.RecordAbsence{ID: "m07", Reason: "事假"})
	h.takesBack("m03", meeting.AbsenceRecorded{ID: "m07", Reason: "事假", Left: true}, meeting.SignInFor{ID: "m07"})
	same(t, "m07 is there", h.State().Attendance.Of("m07").Present, true)
}

func TestARoundGoesBackToWhereItStood(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.undoes(meeting.Turn{ID: "m05"})
	same(t, "rounds", h.State().Rounds.Len(), 0)
	h.Does("m03", meeting.Turn{ID: "m05"})
	h.undoes(meeting.Advance{}) // to the criticism
	h.Does("m03", meeting.Advance{}, meeting.GiveFloor{ID: "m06"})
	h.undoes(meeting.Advance{}) // to the response
	h.Does("m03", meeting.Advance{})
	h.undoes(meeting.Advance{}) // done
}

// undoes expects that a step of the chair's is taken back wholly: floor, rounds
// and what the minutes tell are as before it.
func (h *hall) undoes(step meeting.Command) {
	h.T.Helper()
	before := h.State()
	h.Does("m03", step)
	h.Does("m03", meeting.LastStep(h.State(), "m03").Back)
	s := h.State()
	was, is := before.Floor, s.Floor
	was.Spent, was.Since, is.Spent, is.Since = 0, s.Floor.Since, 0, s.Floor.Since // the clock: below
	same(h.T, "floor", is, was)
	same(h.T, "rounds", s.Rounds, before.Rounds)
	same(h.T, "turn", s.Subject, before.Subject)
	same(h.T, "minutes", h.kept(s), h.kept(before))
}

// kept lists the events that the minutes tell.
func (*hall) kept(s *meeting.State) []int {
	var list []int
	for c := range s.Chronicle.Kept() {
		list = append(list, c.N)
	}
	return list
}

// The wrong person was called in the middle of a self-criticism: the speech
// goes on, its clock from where it stood, and the minutes know nothing of it.
func TestAWrongCallInTheMiddleOfASpeechIsTakenBack(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Does("m03", meeting.Turn{ID: "m05"})
	h.Does("m06", meeting.AskFloor{})
	h.Does("m07", meeting.AskFloor{})
	h.Does("m08", meeting.AskFloor{})
	spoken := h.State().Floor.Elapsed(h.room.Now())
	h.Does("m03", meeting.GiveFloor{ID: "m07"})
	h.Does("m06", meeting.YieldFloor{}) // no longer waits
	h.Does("m09", meeting.AskFloor{})
	h.Does("m03", meeting.LastStep(h.State(), "m03").Back)
	same[meeting.Fact](t, "gone from the log", meeting.LastStep(h.State(), "m03").Step.Fact, meeting.RoundMoved{ID: "m05", Part: meeting.PartSelf})
	floor := h.State().Floor
	same(t, "floor", []any{floor.Speaker, floor.For, floor.Limit, floor.Paused}, []any{"m05", meeting.ForSelfCriticism, h.State().Rules.Limits.SelfCriticism, false})
	same(t, "queue", floor.Queue, ids("m07", "m08", "m09"))
	if got := floor.Elapsed(floor.Since); got < spoken || got > spoken+20*time.Second {
		t.Errorf("the clock goes on at %v, it stood at %v", got, spoken)
	}
	talks := h.State().SpeakingTimes(floor.Since)
	same(t, "m07 and m05 spoke", []int{talks["m07"].Times, talks["m05"].Times}, []int{0, 1})
}

// A criticism that was broken off by mistake counts once, when it has ended.
func TestABrokenOffCriticismCountsOnce(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Does("m03", meeting.Turn{ID: "m05"}, meeting.Advance{}, meeting.GiveFloor{ID: "m06"})
	h.undoes(meeting.GiveFloor{ID: "m07"})
	h.Does("m03", meeting.Advance{})
	round, _ := h.State().Round("m05")
	same(t, "critics", round.Critics(), ids("m06"))
}

// Whoever spoke has left meanwhile, or the floor went on: the step stays.
func TestAStepOfTheFloorStaysOnceItIsPast(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatConsole}, meeting.GiveFloor{ID: "m06"}, meeting.GiveFloor{ID: "m07"})
	h.Does("m05", meeting.RecordAbsence{ID: "m06", Reason: "事假"})
	h.keeps("m03", meeting.NotPresent)
	h.Does("m07", meeting.YieldFloor{})
	h.keeps("m03", meeting.UndoLater)
	h.Refused("m07", meeting.TakeBack{Event: h.State().Chronicle.Len()}, meeting.ConsoleOnly)
}

func TestWhatCantBeTakenBackSaysWhatToDoInstead(t *testing.T) {
	for _, c := range []struct {
		item string
		do   meeting.Command
		want meeting.Code
	}{
		{preset.Study, meeting.ExtendClock{Seconds: 60}, meeting.UndoByYield},
		{preset.Study, meeting.TakeNote{Text: "讨论热烈"}, meeting.UndoByNote},
		{preset.Study, meeting.Resolve{Text: "同意", Hands: meeting.Hands{Yes: 9}}, meeting.UndoByNote},
		{preset.Study, meeting.Name{ID: "m05", Seat: meeting.SeatRecorder}, meeting.UndoByName},
		{preset.Study, meeting.Name{ID: "m05", Seat: meeting.SeatConsole}, meeting.UndoNever},
		{preset.Study, meeting.SignInFor{ID: "m13"}, meeting.UndoByAbsence},
		{preset.Ballot, meeting.NameScrutineers{IDs: ids("m05", "m06"), Hands: &meeting.Hands{Yes: 9}}, meeting.UndoByElection},
		{preset.Rating, meeting.Rate{ID: "m05", Grade: "合格", Reason: "平时表现"}, meeting.UndoByRating},
	} {
		h := seated(t, "seed-2017", c.item, nil, "m13")
		h.Does("m03", meeting.GiveFloor{ID: "m05"}, c.do)
		h.keeps("m03", c.want)
	}
}

func TestTheMeetingsTurningPointsStay(t *testing.T) {
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Vote.MinBallots = 1 }, fifteen()...)
	h.keeps("m03", meeting.UndoNothing)
	h.Does("m03", meeting.SignIn{})
	h.keeps("m03", meeting.UndoNothing) // one's own
	h.Does("m03", meeting.Next{})
	h.keeps("m03", meeting.UndoBegan)
	h.Sits(preset.Ballot, "m03")
	h.Sealed("m05", "m06")
	h.Does("m03", meeting.GivePaper{ID: "m07"})
	h.keeps("m03", meeting.UndoByPaper)
	h.Does("m03", meeting.GivePaper{ID: "m07", Back: true})
	h.keeps("m03", meeting.UndoByPaper)
	h.Does("m03", h.urn.Open(h.State()))
	h.keeps("m03", meeting.UndoNever)
	h.Casts("m05", qualified)
	h.Closes()
	h.keeps("m03", meeting.UndoNever)
	h.Does("m03", meeting.Void{Reason: "重来"})
	h.keeps("m03", meeting.UndoNever)
	h.GoTo(preset.Closing)
	h.Does("m03", meeting.GiveFloor{ID: "m05"}, meeting.Next{Reason: "以后再来"})
	same[meeting.Fact](t, "step", meeting.LastStep(h.State(), "m03").Step.Fact, meeting.Adjourned{Roll: h.State().Roll()}) // and not that m05's speech ended
	h.keeps("m03", meeting.UndoNever)
}

func TestAnAnnouncementStays(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Announce = preset.AnnounceFull })
	h.Counted(everybodyQualified)
	h.Does("m03", meeting.Coarsen{Level: preset.AnnounceCounts})
	h.keeps("m03", meeting.UndoByCoarsen)
	h.Does("m03", meeting.Announce{})
	h.keeps("m03", meeting.UndoNever)
}

func TestOnlyWhoRunsTheMeetingTakesBack(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Does("m03", meeting.GiveFloor{ID: "m07"})
	h.Does("m07", meeting.YieldFloor{})
	h.Greyed("m07", meeting.ActUndo, meeting.ConsoleOnly)
	h.Greyed(meeting.Keeper, meeting.ActUndo, meeting.NotOnRoster)
	h.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatConsole})
	h.keeps("m05", meeting.UndoNothing)
}

func TestAStepThatOthersHaveChangedStays(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatConsole}, meeting.Next{})
	h.Does("m05", meeting.Next{})
	h.keeps("m03", meeting.UndoLater)
	h.Does("m03", meeting.GiveFloor{ID: "m06"}, meeting.PauseClock{})
	h.Does("m05", meeting.PauseClock{})
	h.keeps("m03", meeting.UndoLater)
	h.Does("m03", meeting.YieldFloor{})
	h.Does("m05", meeting.GiveFloor{ID: "m07"})
	h.keeps("m03", meeting.UndoLater)
	h.Does("m03", meeting.RecordAbsence{ID: "m06", Reason: "事假"})
	h.Does("m06", meeting.SignIn{})
	h.keeps("m03", meeting.AlreadySignedIn)
}

// A way back that the rules refuse is none: here the box has opened since.
func TestTheWayBackKeepsTheRules(t *testing.T) {
	h := seated(t, "seed-2017", preset.SelfRating, nil)
	h.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatConsole}, meeting.Goto{No: h.Item(preset.Ballot).No})
	h.Does("m05", meeting.NameScrutineers{IDs: ids("m06", "m07"), Hands: &meeting.Hands{Yes: 13}})
	for _, id := range ids("m06", "m07") {
		h.Does(id, h.urn.Seal(h.State(), id))
	}
	h.Does("m05", h.urn.Open(h.State()))
	h.keeps("m03", meeting.BoxIsOpen)
}

// In one write several requests of a person may have the same time: their ids
// tell them apart. Without one, the facts of one time are one request.
func TestTheFactsOfOneRequestAreOneStep(t *testing.T) {
	at := time.Date(2017, 3, 20, 15, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		first, second meeting.RequestID
		want          meeting.Fact
	}{
		{"a", "b", meeting.FloorGiven{ID: "m06", For: meeting.ForSpeech, Limit: 600}},
		{"a", "a", meeting.ItemOpened{No: 4}},
		{"", "", meeting.ItemOpened{No: 4}},
	} {
		h := seated(t, "seed-2017", preset.Study, nil)
		s := h.State()
		for _, r := range []meeting.Request{
			{ID: c.first, By: "m03", At: at, Do: meeting.Next{}},
			{ID: c.second, By: "m03", At: at, Do: meeting.GiveFloor{ID: "m06"}},
		} {
			events, err := meeting.Decide(s, r)
			for _, e := range must(t, events, err) {
				s = meeting.Apply(s, e)
			}
		}
		same(t, "step", meeting.LastStep(s, "m03").Step.Fact, c.want)
	}
}
