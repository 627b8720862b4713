package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// At 领导点评 the step calls the guide, and only then goes on: nobody is passed
// by, and nobody is called twice.
func TestTheGuideIsCalledForTheirRemarks(t *testing.T) {
	h := seated(t, "seed-2017", preset.Remark, nil)
	guides := h.State().Guides()
	same(t, "guides", len(guides), 1)
	step := meeting.NextStep(h.State())
	same(t, "step", []any{step.Act, step.Who, step.Do}, []any{meeting.ActCall, guides, meeting.GiveFloor{ID: guides[0]}})
	h.Does("m03", step.Do)
	same(t, "while they speak", meeting.NextStep(h.State()).Act, meeting.ActNext)
	h.Does("m03", meeting.Next{})
	h.Does("m03", meeting.Back{})
	same(t, "they have spoken", meeting.NextStep(h.State()).Act, meeting.ActNext)
}

func TestWithoutAGuideTheMeetingGoesOn(t *testing.T) {
	h := seated(t, "seed-2017", preset.Remark, nil, "g1")
	same(t, "step", meeting.NextStep(h.State()).Act, meeting.ActNext)
}

// The guide whom the superior assigned stands on no roster: they sign in, are
// asked first, and are counted nowhere.
func TestTheAssignedGuideIsAskedFirst(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does(party, meeting.AssignGuide{Guide: meeting.Superior{ID: "s2", Name: "上级02"}})
	guide := meeting.SuperiorID("s2")
	h.Does("m03", meeting.Next{})
	h.SignsIn()
	before := h.State().Roll()
	h.Refused(party, meeting.SignIn{}, meeting.OutsideMeeting)
	h.ComesTo(preset.Remark)
	same(t, "asked without them", h.State().Guides(), []meeting.MemberID{"g1"})
	same(t, "what is amiss", h.State().Checks(), []meeting.Check{{Code: meeting.GuideAbsent, Args: []string{"上级02"}}})
	h.Does(guide, meeting.SignIn{})
	h.Refused(guide, meeting.GiveFloor{ID: "m03"}, meeting.OutsideMeeting)
	h.Refused(guide, meeting.Criticise{Of: "m03", Text: "x"}, meeting.OutsideMeeting)
	after := h.State().Roll()
	same(t, "guests", after.Guests[len(after.Guests)-1], guide)
	after.Guests = before.Guests
	same(t, "the others", after, before)
	same(t, "asked", h.State().Guides(), []meeting.MemberID{guide, "g1"})
	same(t, "amiss", len(h.State().Checks()), 0)
	step := meeting.NextStep(h.State())
	same(t, "step", step.Do, meeting.Command(meeting.GiveFloor{ID: guide}))
	h.Does("m03", step.Do)
	same(t, "on the wall", h.State().Wall().Called(h.State().Floor.Speaker), "上级02")
	h.Does(guide, meeting.YieldFloor{})
	same(t, "then", meeting.NextStep(h.State()).Do, meeting.Command(meeting.GiveFloor{ID: "g1"}))
}
