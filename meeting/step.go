package meeting

import "slices"

// ActStep takes the next sensible step.
const ActStep Action = "step"

var stepActions = []action{{ActStep, forConsole, (*State).untilOver}}

// Step is what the facilitator would sensibly do next: Enter on the console,
// `step` over SSH. A normal meeting is a sequence of steps.
type Step struct {
	Act  Action
	Who  []MemberID // whom the step concerns: the next speaker, the proposed scrutineers, the members to grade
	Do   Command    // nil where it needs secrets or thought: opening the box, a grade, a reason
	Wait []MemberID // whom the meeting waits for; with Act "" there is nothing to do but wait

	// Confirm asks for a confirmation in words first, because the step
	// cannot be undone or speaks for the meeting.
	Confirm bool
}

// NextStep returns the next sensible step; Act is "" when the facilitator can
// only wait, or the meeting is over.
func NextStep(s *State) Step {
	if s.Phase == After || s.Rules == nil {
		return Step{}
	}
	if _, rests := s.Resting(); rests {
		return Step{Act: ActResume, Do: EndRecess{}, Confirm: true}
	}
	if s.Placard.Break {
		return Step{Act: ActSay, Do: Say{}, Confirm: true}
	}
	it, _ := s.Item()
	next := Step{Act: ActNext, Do: Next{}}
	step := next
	if own := itemKinds[it.Kind].step; own != nil {
		step = own(s, next)
	}
	if id := s.waiting(); step.Act == ActNext && id != "" {
		return Step{Act: ActCall, Who: []MemberID{id}, Do: GiveFloor{ID: id}}
	}
	return step
}

// waiting returns the first person in the queue who can be given the floor: who
// asked for it is heard before the item is left, which empties the queue.
func (s *State) waiting() MemberID {
	for _, id := range s.Floor.Queue {
		if s.present(id) && s.apartNow(id) == nil {
			return id
		}
	}
	return ""
}

// Waits reports whether the meeting waits for a person.
func (s Step) Waits(who MemberID) bool { return slices.Contains(s.Wait, who) }
