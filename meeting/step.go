package meeting

import (
	"slices"

	"pingyi/meeting/preset"
)

// ActStep takes the next step.
const ActStep Action = "step"

var stepActions = []action{{ActStep, forConsole, (*State).untilOver}}

// Step is what the facilitator would sensibly do next: Enter on the console,
// `step` over SSH. A normal meeting is a sequence of steps.
type Step struct {
	Act  Action
	Who  []MemberID // whom it concerns: the next speaker, the scrutineers proposed, whom to grade
	Do   Command    // nil for what needs secrets or thought: opening the box, a grade
	Wait []MemberID // whom the meeting waits for; with Act "" nothing else can be done

	// Confirm: it can't be undone, or it speaks for the meeting, so that it is
	// said in words and confirmed first.
	Confirm bool
}

// NextStep returns the next sensible step; Act is "" when the facilitator can
// only wait, or the meeting is over.
func NextStep(s *State) Step {
	if s.Phase == After || s.Rules == nil {
		return Step{}
	}
	it, _ := s.Item()
	next := Step{Act: ActNext, Do: Next{}}
	switch it.Kind {
	case preset.SignIn:
		next.Wait = s.unexplained(s.Roll())
	case preset.Criticism:
		return s.criticismStep(next)
	case preset.SelfRating:
		next.Wait = s.Unrated()
	case preset.Ballot:
		return s.ballotStep(next)
	case preset.Tally:
		if v := s.Vote(); v != nil && v.State == BoxClosed && s.enough(v) {
			return Step{Wait: v.Unsealers()}
		} else if v != nil && v.State == BoxCounted && v.Heard == nil {
			return Step{Act: ActAnnounce, Do: Announce{}, Confirm: true}
		}
	case preset.Rating:
		if ids := s.Ungraded(); len(ids) > 0 {
			return Step{Act: ActRate, Who: ids}
		}
		if !s.Submitted {
			return Step{Act: ActSubmit, Do: Submit{}, Confirm: true}
		}
	case preset.Closing:
		next.Confirm = true
	}
	return next
}

func (s *State) criticismStep(next Step) Step {
	step := Step{Act: ActTurn, Do: Advance{}}
	round, _ := s.Round(s.Subject)
	switch {
	case s.Subject == "" && s.NextSubject() == "":
		return next
	case s.Subject == "":
		step.Who = []MemberID{s.NextSubject()}
	case round.Part == PartCriticism && s.nextInQueue() != "":
		step.Who = []MemberID{s.nextInQueue()}
	default:
		step.Who = []MemberID{s.Subject}
	}
	return step
}

func (s *State) ballotStep(next Step) Step {
	v, state := s.Vote(), BoxNone
	if v != nil {
		state = v.State
	}
	switch {
	case state == BoxNone, state == BoxVoid, state == BoxSealing && len(s.Sealers()) == 0:
		return s.scrutineersStep(next) // in the last case the keys were lost before they were joined
	case state == BoxSealing:
		return Step{Wait: s.Sealers()}
	case state == BoxSealed && s.votable() == nil:
		return Step{Act: ActOpen, Who: s.Electorate(MemberBox), Confirm: true}
	case state == BoxOpened && len(v.Members().Returned) == 0:
		return Step{Wait: v.Missing()}
	case state == BoxOpened:
		return Step{Act: ActClose, Do: CloseBox{}, Wait: v.Missing(), Confirm: true}
	case s.Rehearsal:
		return Step{Act: ActRehearse, Do: EndRehearsal{}}
	}
	return next
}

func (s *State) scrutineersStep(next Step) Step {
	ids, hands := s.ProposeScrutineers(), &Hands{Yes: s.Roll().HereFormal}
	if len(ids) == 0 || s.votable() != nil {
		return next // nobody to watch, or to vote
	}
	if !s.weigh("", *hands).Passed {
		hands = nil // without a quorum nothing is passed, yet somebody has to watch
	}
	return Step{Act: ActScrutineers, Who: ids, Do: NameScrutineers{IDs: ids, Hands: hands}, Confirm: true}
}

// Waits reports whether the meeting waits for who.
func (s Step) Waits(who MemberID) bool { return slices.Contains(s.Wait, who) }
