package meeting_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// move has somebody do the next sensible thing: the facilitator the next step,
// or those for whom the meeting waits what it waits for. It reports false when
// there is nothing more to do.
func (h *hall) move() bool {
	h.T.Helper()
	step, by := meeting.NextStep(h.State()), h.Chair()
	switch {
	case step.Do != nil:
		h.takes(by, step.Do)
	case step.Act == meeting.ActOpen && h.fewSlips(by): // as the sentence of the refusal says
		h.Does(by, meeting.GivePaper{ID: h.State().Vote().OnPaper[0], Back: true})
	case step.Act == meeting.ActOpen:
		h.Does(by, h.urn.Open(h.State()))
	case step.Act == meeting.ActConfirmed:
		h.Does(by, meeting.Confirm{Reason: "无人提出异议"})
	case step.Act == meeting.ActClose:
		h.Does(by, meeting.CloseBox{Reason: "其余的人先走了"})
	case step.Act == meeting.ActRate:
		h.Does(by, meeting.Rate{ID: step.Who[0], Grade: "合格", Reason: "平时表现"})
	case len(step.Wait) > 0:
		h.waitedFor(step.Wait[0])
	default:
		return false
	}
	return true
}

// fewSlips reports whether the box is not opened because few vote on paper.
func (h *hall) fewSlips(by meeting.MemberID) bool {
	no := meeting.May(h.State(), by, meeting.ActOpen)
	return no != nil && no.Code == meeting.TooFewSlips
}

// takes takes a step; only a reason may be asked for, or the time that the server may
// take to join keys.
func (h *hall) takes(by meeting.MemberID, c meeting.Command) {
	h.T.Helper()
	var no *meeting.Refusal
	switch err := h.Tries(by, c); {
	case err == nil:
	case errors.As(err, &no) && no.Code == meeting.NeedsReason:
		h.Does(by, meeting.Next{Reason: "会后补"})
	case errors.As(err, &no) && (no.Code == meeting.AwayFromVotes || no.Code == meeting.OverCap):
		for _, id := range h.State().ToGrade() {
			h.Does(by, meeting.Rate{ID: id, Grade: h.State().Ratings.Of(id).Grade, Reason: "平时表现"})
		}
	case errors.As(err, &no) && no.Code == meeting.KeysJoining:
		h.room.Later(30 * time.Second)
		h.Does(by, c)
	default:
		h.T.Fatalf("the next step %T is refused: %v", c, err)
	}
}

// waitedFor has somebody do what the box waits for.
func (h *hall) waitedFor(id meeting.MemberID) {
	h.T.Helper()
	v := h.State().Vote()
	switch v.State {
	case meeting.BoxSealing:
		h.Does(id, h.urn.Seal(h.State(), id))
		if len(h.State().Sealers()) == 0 && h.State().Threshold() > 0 {
			h.Does(meeting.Keeper, h.urn.Join(h.State()))
		}
	case meeting.BoxOpened:
		h.Casts(id, qualified)
	case meeting.BoxClosed:
		if _, agreed := v.AgreedPaper(); len(v.OnPaper) > 0 && !agreed {
			h.entersPaper(v)
			return
		}
		if v.Members().Partials[meeting.Keeper] == nil {
			h.Does(meeting.Keeper, h.urn.Unseal(v, meeting.Keeper))
		}
		if h.State().Vote().State == meeting.BoxClosed { // the scrutineers before were enough
			h.Does(id, h.urn.Unseal(v, id))
		}
	default:
		h.T.Fatalf("nobody can help a box that is %s", v.State)
	}
}

// entersPaper has all scrutineers enter what the first of them did; one alone
// can't, and the vote is void.
func (h *hall) entersPaper(v *meeting.Vote) {
	h.T.Helper()
	if len(v.Scrutineers) == 1 {
		h.Does(h.Chair(), meeting.Void{Reason: "纸质票无人复核"})
		return
	}
	var c meeting.EnterPaper
	for _, c.PaperCount = range v.Paper {
		break
	}
	for _, id := range v.Scrutineers {
		h.Does(id, c)
	}
}

// SCREENS.md: the facilitator should be able to run the meeting with Enter alone.
func TestTheNextStepAloneLeadsThroughTheMeeting(t *testing.T) {
	for _, id := range []string{"seed-2017", "regulation-2018"} {
		t.Run(id, func(t *testing.T) {
			h := newHall(t, id, nil, slices.Concat(fifteen()[:7], fifteen()[12:])...)
			for _, m := range h.State().Roster {
				if m.ID != "m13" {
					h.Does(m.ID, meeting.SignIn{})
				}
			}
			h.Does("m03", meeting.RecordAbsence{ID: "m13", Reason: "病假", Written: true})
			var confirmed []meeting.Action
			for n := 0; h.State().Phase != meeting.After; n++ {
				step := meeting.NextStep(h.State())
				if step.Confirm {
					confirmed = append(confirmed, step.Act)
				}
				if h.State().Vote() != nil && h.State().Vote().State == meeting.BoxOpened && len(step.Wait) > 0 {
					h.waitedFor(step.Wait[0]) // the secretary closes when all have voted
				} else if !h.move() || n > 300 {
					it, _ := h.State().Item()
					t.Fatalf("stuck at %s: %+v", it.Title, step)
				}
			}
			same(t, "agenda", h.status(), "DDDDDDDDDDDDDD")
			for _, it := range h.State().Agenda {
				if it.Reason != "" {
					t.Errorf("%s needed a reason", it.Title)
				}
			}
			same(t, "rounds", h.State().Rounds.Len(), 10)
			same(t, "ratings", h.State().Ratings.Len(), 8)
			same(t, "vote", []any{h.State().Vote().State, h.State().Vote().Members().Returned.Len()}, []any{meeting.BoxCounted, 9})
			for _, act := range []meeting.Action{meeting.ActOpen, meeting.ActClose, meeting.ActAnnounce, meeting.ActSubmit} {
				if !h.State().Submitted || !slices.Contains(confirmed, act) {
					t.Errorf("confirmed %v", confirmed)
				}
			}
			same(t, "nothing is left", meeting.NextStep(h.State()), meeting.Step{})
		})
	}
}

func TestTheNextStepSaysWhomTheMeetingWaitsFor(t *testing.T) {
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Vote.MinBallots = 2 }, slices.Concat(fifteen()[:7], fifteen()[13:])...)
	same(t, "before the meeting", meeting.NextStep(h.State()), meeting.Step{Act: meeting.ActNext, Do: meeting.Next{}})
	h.Does("m03", meeting.SignIn{}, meeting.Next{})
	step := meeting.NextStep(h.State())
	same(t, "签到", []any{step.Act, len(step.Wait), step.Waits("m01"), step.Waits("m03")}, []any{meeting.ActNext, 8, true, false})
	for _, m := range h.State().Roster {
		if m.ID != "m03" {
			h.Does(m.ID, meeting.SignIn{})
		}
	}
	h.GoTo(preset.Criticism)
	same(t, "first", meeting.NextStep(h.State()).Who, ids("m03"))
	h.Does("m03", meeting.Advance{})
	h.Does("m05", meeting.AskFloor{})
	same(t, "speaks, whoever waits", meeting.NextStep(h.State()).Who, ids("m03"))
	h.Does("m03", meeting.Advance{})
	same(t, "next in the queue", meeting.NextStep(h.State()).Who, ids("m05"))
	h.GoTo(preset.Rectification)
	h.Does("m06", meeting.AskFloor{})
	step = meeting.NextStep(h.State())
	same(t, "who asked is heard before the item is left", step, meeting.Step{Act: meeting.ActCall, Who: ids("m06"), Do: meeting.GiveFloor{ID: "m06"}})
	h.Does("m03", step.Do)
	same(t, "then", meeting.NextStep(h.State()).Act, meeting.ActNext)
	h.GoTo(preset.SelfRating)
	same(t, "自评", len(meeting.NextStep(h.State()).Wait), 7)
	h.GoTo(preset.Ballot)
	step = meeting.NextStep(h.State())
	same(t, "监票人", []any{step.Act, step.Who, step.Confirm, *step.Do.(meeting.NameScrutineers).Hands}, []any{meeting.ActScrutineers, ids("m01", "m05"), true, meeting.Hands{Yes: 7}})
	h.Does("m03", step.Do)
	same(t, "封箱", meeting.NextStep(h.State()), meeting.Step{Wait: ids("m01", "m05")})
	h.move()
	h.move()
	step = meeting.NextStep(h.State())
	same(t, "开箱投票", []any{step.Act, len(step.Who), step.Do == nil}, []any{meeting.ActOpen, 9, true})
	h.move()
	step = meeting.NextStep(h.State())
	same(t, "nobody has voted", []any{step.Act, len(step.Wait)}, []any{meeting.Action(""), 9})
	h.move()
	step = meeting.NextStep(h.State())
	same(t, "somebody has", []any{step.Act, len(step.Wait)}, []any{meeting.ActClose, 8})
	h.Casts("m05", qualified)
	h.move()
	same(t, "核对回执", meeting.NextStep(h.State()), meeting.Step{Act: meeting.ActConfirmed, Wait: ids("m01", "m05")})
	h.move()
	h.move()
	same(t, "计票", meeting.NextStep(h.State()), meeting.Step{Wait: ids("m01", "m05")})
	h.move()
	h.move()
	same(t, "公布", meeting.NextStep(h.State()), meeting.Step{Act: meeting.ActAnnounce, Do: meeting.Announce{}, Confirm: true})
	h.move()
	same(t, "announced", meeting.NextStep(h.State()), meeting.Step{Act: meeting.ActNext, Do: meeting.Next{}})
	h.GoTo(preset.Rating)
	step = meeting.NextStep(h.State())
	same(t, "评定", []any{step.Act, len(step.Who), len(step.Wait)}, []any{meeting.ActRate, 7, 0})
	same(t, "before there is a branch", meeting.NextStep(meeting.NewState()), meeting.Step{})
}

// Somebody has to watch the box, and the facilitator is not stuck.
func TestTheNextStepNamesScrutineersWithoutAQuorumToo(t *testing.T) {
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Vote.MinBallots = 2 }, fifteen()...)
	h.Does("m03", meeting.Next{}, meeting.Next{Reason: "等人"})
	h.GoTo(preset.Ballot)
	same(t, "nobody is there", meeting.NextStep(h.State()).Act, meeting.ActNext)
	h.Does("m05", meeting.SignIn{})
	h.Does("m06", meeting.SignIn{})
	step := meeting.NextStep(h.State())
	same(t, "two of thirteen", []any{step.Act, step.Who, step.Do.(meeting.NameScrutineers).Hands == nil}, []any{meeting.ActScrutineers, ids("m05", "m06"), true})
	h.Does("m03", step.Do)
}

// A box that stays closed keeps nobody waiting: the minutes get the reason.
func TestTheNextStepAfterTooFewBallotsGoesOn(t *testing.T) {
	h := five(t, nil)
	h.Closed(map[meeting.MemberID][]int{"m03": {1}, "m04": {1}, "m05": {1}, "m14": {1}})
	h.move()
	same(t, "计票", meeting.NextStep(h.State()), meeting.Step{Act: meeting.ActNext, Do: meeting.Next{}})
	same(t, "what is amiss", h.State().Checks(), []meeting.Check{{Code: meeting.TooFewBallots, Args: []string{"4", "5"}, Red: true}})
	h.move()
	it, _ := h.State().Item()
	same(t, "next", it.Kind, preset.Rating)
	same(t, "the reason", h.Item(preset.Tally).Reason, "会后补")
}

// The keys were joined by nobody, as after a restart in the middle.
func TestTheNextStepAfterLostSharesNamesScrutineersAgain(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.Threshold = 1 })
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04")})
	h.Does("m03", h.urn.Seal(h.State(), "m03"))
	same(t, "one has sealed", meeting.NextStep(h.State()).Wait, ids("m04"))
	h.Does("m04", h.urn.Seal(h.State(), "m04"))
	same(t, "both have", meeting.NextStep(h.State()).Act, meeting.ActScrutineers)
	h.Refused("m03", meeting.NextStep(h.State()).Do, meeting.KeysJoining) // the server may be at it
	h.room.Later(30 * time.Second)
	h.Does("m03", meeting.NextStep(h.State()).Do)
	same(t, "and seal again", h.State().Sealers(), h.State().Vote().Scrutineers)
}

func TestTheNextStepAfterAVoidVoteIsAnother(t *testing.T) {
	h := five(t, nil)
	h.Opened("m03", "m04")
	h.Does("m03", meeting.Void{Reason: "重来"})
	same(t, "step", meeting.NextStep(h.State()).Act, meeting.ActScrutineers)
}

// It is so at the tally too, unless the meeting has decided to go on without a
// vote: else the step would lead in a circle.
func TestTheNextStepAfterAVoteThatIsVoidAtTheTallyLeadsBackToIt(t *testing.T) {
	h := five(t, nil)
	h.Closed(map[meeting.MemberID][]int{"m03": {1}, "m04": {1}, "m05": {1}, "m14": {1}, "m15": {1}})
	h.Does("m03", meeting.Confirm{Reason: "无人提出异议"}, meeting.Next{}, meeting.Void{Reason: "重来"})
	step := meeting.NextStep(h.State())
	same(t, "back to the vote", step, meeting.Step{Act: meeting.ActGoto, Do: meeting.Goto{No: h.Item(preset.Ballot).No}})
	h.Does("m03", step.Do)
	same(t, "another vote", meeting.NextStep(h.State()).Act, meeting.ActScrutineers)
	h.Does("m03", meeting.Next{Reason: "时间不够，书面研究"})
	same(t, "decided", meeting.NextStep(h.State()), meeting.Step{Act: meeting.ActNext, Do: meeting.Next{}})
}

// And so it is for who has gone past the tally when it turns out that the vote must
// be held again.
func TestTheNextStepAfterAVoteThatIsVoidAtTheRatingLeadsBackToIt(t *testing.T) {
	h := five(t, nil)
	h.Closed(map[meeting.MemberID][]int{"m03": {1}, "m04": {1}, "m05": {1}, "m14": {1}, "m15": {1}})
	h.GoTo(preset.Rating)
	h.Does("m03", meeting.Void{Reason: "重来"})
	again := meeting.Step{Act: meeting.ActGoto, Do: meeting.Goto{No: h.Item(preset.Ballot).No}}
	same(t, "back to the vote", meeting.NextStep(h.State()), again)
	h.Does("m03", again.Do, meeting.Next{Reason: "时间不够，书面研究"})
	h.GoTo(preset.Rating)
	same(t, "decided", meeting.NextStep(h.State()).Act, meeting.ActRate)
}
