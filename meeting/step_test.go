package meeting_test

import (
	"errors"
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// move has somebody do the next sensible thing: the facilitator the next step,
// or those for whom the meeting waits what it waits for. It reports false when
// there is nothing more to do.
func (h *hall) move() bool {
	h.t.Helper()
	step, by := meeting.NextStep(h.s), h.facilitator()
	switch {
	case step.Do != nil:
		h.takes(by, step.Do)
	case step.Act == meeting.ActOpen:
		h.does(by, h.urn.open(h.s))
	case step.Act == meeting.ActRate:
		h.does(by, meeting.Rate{ID: step.Who[0], Grade: "合格", Reason: "平时表现"})
	case len(step.Wait) > 0:
		h.waitedFor(step.Wait[0])
	default:
		return false
	}
	return true
}

// facilitator is who runs the meeting; if the roster has left nobody, the
// keeper names the first member.
func (h *hall) facilitator() meeting.MemberID {
	h.t.Helper()
	if id := h.s.Chair(); id != "" {
		return id
	}
	if len(h.s.Consoles) == 0 {
		i := slices.IndexFunc(h.s.Roster, meeting.Member.InParty)
		h.does(meeting.Keeper, meeting.Name{ID: h.s.Roster[i].ID, Seat: meeting.SeatConsole})
	}
	return h.s.Consoles[0]
}

// takes takes a step; only a reason may be asked for.
func (h *hall) takes(by meeting.MemberID, c meeting.Command) {
	h.t.Helper()
	var no *meeting.Refusal
	switch err := h.ask(by, c); {
	case err == nil:
	case errors.As(err, &no) && no.Code == meeting.NeedsReason:
		h.does(by, meeting.Next{Reason: "会后补"})
	case errors.As(err, &no) && (no.Code == meeting.AwayFromVotes || no.Code == meeting.OverCap):
		for _, id := range h.s.ToGrade() {
			h.does(by, meeting.Rate{ID: id, Grade: h.s.Ratings[id].Grade, Reason: "平时表现"})
		}
	default:
		h.t.Fatalf("the next step %T is refused: %v", c, err)
	}
}

// waitedFor has somebody do what the box waits for.
func (h *hall) waitedFor(id meeting.MemberID) {
	h.t.Helper()
	v := h.s.Vote()
	switch v.State {
	case meeting.BoxSealing:
		h.does(id, h.urn.seal(h.s, id))
		if len(h.s.Sealers()) == 0 && h.s.Threshold() > 0 {
			h.does(meeting.Keeper, h.urn.join(h.s))
		}
	case meeting.BoxOpened:
		h.casts(id, qualified)
	case meeting.BoxClosed:
		if _, agreed := v.AgreedPaper(); len(v.OnPaper) > 0 && !agreed {
			h.entersPaper(v)
			return
		}
		if v.Members().Partials[meeting.Keeper] == nil {
			h.does(meeting.Keeper, h.urn.unseal(v, meeting.Keeper))
		}
		h.does(id, h.urn.unseal(v, id))
	default:
		h.t.Fatalf("nobody can help a box that is %s", v.State)
	}
}

// entersPaper has all scrutineers enter what the first of them did; one alone
// can't, and the vote is void.
func (h *hall) entersPaper(v *meeting.Vote) {
	h.t.Helper()
	if len(v.Scrutineers) == 1 {
		h.does(h.facilitator(), meeting.Void{Reason: "纸质票无人复核"})
		return
	}
	var c meeting.EnterPaper
	for _, c.PaperCount = range v.Paper {
		break
	}
	for _, id := range v.Scrutineers {
		h.does(id, c)
	}
}

// screens.md: the facilitator should be able to run the meeting with Enter alone.
func TestTheNextStepAloneLeadsThroughTheMeeting(t *testing.T) {
	for _, id := range []string{"seed-2017", "regulation-2018"} {
		t.Run(id, func(t *testing.T) {
			h := newHall(t, id, nil, slices.Concat(fifteen()[:7], fifteen()[12:])...)
			for _, m := range h.s.Roster {
				if m.ID != "m13" {
					h.does(m.ID, meeting.SignIn{})
				}
			}
			h.does("m03", meeting.RecordAbsence{ID: "m13", Reason: "病假", Written: true})
			var confirmed []meeting.Action
			for n := 0; h.s.Phase != meeting.After; n++ {
				step := meeting.NextStep(h.s)
				if step.Confirm {
					confirmed = append(confirmed, step.Act)
				}
				if h.s.Vote() != nil && h.s.Vote().State == meeting.BoxOpened && len(step.Wait) > 0 {
					h.waitedFor(step.Wait[0]) // the secretary closes when all have voted
				} else if !h.move() || n > 300 {
					it, _ := h.s.Item()
					t.Fatalf("stuck at %s: %+v", it.Title, step)
				}
			}
			same(t, "agenda", h.status(), "DDDDDDDDDDDDDD")
			for _, it := range h.s.Agenda {
				if it.Reason != "" {
					t.Errorf("%s needed a reason", it.Title)
				}
			}
			same(t, "rounds", len(h.s.Rounds), 10)
			same(t, "ratings", len(h.s.Ratings), 8)
			same(t, "vote", []any{h.s.Vote().State, len(h.s.Vote().Members().Returned)}, []any{meeting.BoxCounted, 9})
			for _, act := range []meeting.Action{meeting.ActOpen, meeting.ActClose, meeting.ActAnnounce, meeting.ActSubmit} {
				if !h.s.Submitted || !slices.Contains(confirmed, act) {
					t.Errorf("confirmed %v", confirmed)
				}
			}
			same(t, "nothing is left", meeting.NextStep(h.s), meeting.Step{})
		})
	}
}

func TestTheNextStepSaysWhomTheMeetingWaitsFor(t *testing.T) {
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Vote.MinBallots = 2 }, slices.Concat(fifteen()[:7], fifteen()[13:])...)
	same(t, "before the meeting", meeting.NextStep(h.s), meeting.Step{Act: meeting.ActNext, Do: meeting.Next{}})
	h.does("m03", meeting.SignIn{}, meeting.Next{})
	step := meeting.NextStep(h.s)
	same(t, "签到", []any{step.Act, len(step.Wait), step.Waits("m01"), step.Waits("m03")}, []any{meeting.ActNext, 8, true, false})
	for _, m := range h.s.Roster {
		if m.ID != "m03" {
			h.does(m.ID, meeting.SignIn{})
		}
	}
	h.goTo(preset.Criticism)
	same(t, "first", meeting.NextStep(h.s).Who, ids("m03"))
	h.does("m03", meeting.Advance{})
	h.does("m05", meeting.AskFloor{})
	same(t, "speaks, whoever waits", meeting.NextStep(h.s).Who, ids("m03"))
	h.does("m03", meeting.Advance{})
	same(t, "next in the queue", meeting.NextStep(h.s).Who, ids("m05"))
	h.goTo(preset.SelfRating)
	same(t, "自评", len(meeting.NextStep(h.s).Wait), 7)
	h.goTo(preset.Ballot)
	step = meeting.NextStep(h.s)
	same(t, "监票人", []any{step.Act, step.Who, step.Confirm, *step.Do.(meeting.NameScrutineers).Hands}, []any{meeting.ActScrutineers, ids("m01", "m05"), true, meeting.Hands{Yes: 7}})
	h.does("m03", step.Do)
	same(t, "封箱", meeting.NextStep(h.s), meeting.Step{Wait: ids("m01", "m05")})
	h.move()
	h.move()
	step = meeting.NextStep(h.s)
	same(t, "开箱投票", []any{step.Act, len(step.Who), step.Do == nil}, []any{meeting.ActOpen, 9, true})
	h.move()
	step = meeting.NextStep(h.s)
	same(t, "nobody has voted", []any{step.Act, len(step.Wait)}, []any{meeting.Action(""), 9})
	h.move()
	step = meeting.NextStep(h.s)
	same(t, "somebody has", []any{step.Act, len(step.Wait)}, []any{meeting.ActClose, 8})
	h.casts("m05", qualified)
	h.move()
	h.move()
	same(t, "计票", meeting.NextStep(h.s), meeting.Step{Wait: ids("m01", "m05")})
	h.move()
	h.move()
	same(t, "公布", meeting.NextStep(h.s), meeting.Step{Act: meeting.ActAnnounce, Do: meeting.Announce{}, Confirm: true})
	h.move()
	same(t, "announced", meeting.NextStep(h.s), meeting.Step{Act: meeting.ActNext, Do: meeting.Next{}})
	h.goTo(preset.Rating)
	step = meeting.NextStep(h.s)
	same(t, "评定", []any{step.Act, len(step.Who), len(step.Wait)}, []any{meeting.ActRate, 7, 0})
	same(t, "before there is a branch", meeting.NextStep(meeting.NewState()), meeting.Step{})
}

// Somebody has to watch the box, and the facilitator is not stuck.
func TestTheNextStepNamesScrutineersWithoutAQuorumToo(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.does("m03", meeting.Next{}, meeting.Next{Reason: "等人"})
	h.goTo(preset.Ballot)
	same(t, "nobody is there", meeting.NextStep(h.s).Act, meeting.ActNext)
	h.does("m05", meeting.SignIn{})
	h.does("m06", meeting.SignIn{})
	step := meeting.NextStep(h.s)
	same(t, "two of thirteen", []any{step.Act, step.Who, step.Do.(meeting.NameScrutineers).Hands == nil}, []any{meeting.ActScrutineers, ids("m05", "m06"), true})
	h.does("m03", step.Do)
}

// A box that stays closed keeps nobody waiting: the minutes get the reason.
func TestTheNextStepAfterTooFewBallotsGoesOn(t *testing.T) {
	h := five(t, nil)
	h.closed(map[meeting.MemberID][]int{"m03": {1}, "m04": {1}, "m05": {1}, "m14": {1}})
	h.move()
	same(t, "计票", meeting.NextStep(h.s), meeting.Step{Act: meeting.ActNext, Do: meeting.Next{}})
	same(t, "what is amiss", h.s.Checks(), []meeting.Check{{Code: meeting.NotCountedYet, Red: true}})
	h.move()
	it, _ := h.s.Item()
	same(t, "next", it.Kind, preset.Rating)
	same(t, "the reason", h.item(preset.Tally).Reason, "会后补")
}

// The keys were joined by nobody, as after a restart in the middle.
func TestTheNextStepAfterLostSharesNamesScrutineersAgain(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.Threshold = 1 })
	h.does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04")})
	h.does("m03", h.urn.seal(h.s, "m03"))
	same(t, "one has sealed", meeting.NextStep(h.s).Wait, ids("m04"))
	h.does("m04", h.urn.seal(h.s, "m04"))
	same(t, "both have", meeting.NextStep(h.s).Act, meeting.ActScrutineers)
	h.does("m03", meeting.NextStep(h.s).Do)
	same(t, "and seal again", h.s.Sealers(), h.s.Vote().Scrutineers)
}

func TestTheNextStepAfterAVoidVoteIsAnother(t *testing.T) {
	h := five(t, nil)
	h.opened("m03", "m04")
	h.does("m03", meeting.Void{Reason: "重来"})
	same(t, "step", meeting.NextStep(h.s).Act, meeting.ActScrutineers)
}
