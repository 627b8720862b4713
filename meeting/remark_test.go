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
