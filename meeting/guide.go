package meeting

// ActGuide assigns a guide.
const ActGuide Action = "guide"

var guideActions = []action{{ActGuide, forSuperior, (*State).mayAssign}}

// AlreadyGuides means that somebody is the branch's guide already.
const AlreadyGuides Code = "already-guides" // name

// guidesMay are the actions of the meeting that are also the assigned guide's.
var guidesMay = []Action{ActSignIn, ActFloor, ActYield}

func (s *State) mayAssign(Member) *Refusal { return need(s.Phase != After, MeetingOver) }

// AssignGuide makes somebody of the organisation the guide (指导领导) of the
// branch's meeting, in place of the one before. They sit in and are counted
// nowhere.
type AssignGuide struct{ Guide Superior }

func (c AssignGuide) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActGuide); no != nil {
		return nil, no
	}
	if s.Guide != nil && *s.Guide == c.Guide {
		return nil, refuse(AlreadyGuides, c.Guide.Name)
	}
	if no := first(CheckID(string(c.Guide.ID)), CheckText(c.Guide.Name, 60)); no != nil {
		return nil, no
	}
	return []Fact{GuideAssigned(c)}, nil
}

// GuideAssigned says who the guide is.
type GuideAssigned struct {
	Guide Superior `json:"guide"`
}

func (f GuideAssigned) apply(s *State, e Event) {
	SuperiorNamed{f.Guide}.apply(s, e)
	s.Guide = &f.Guide
}

// AssignedGuide is the guide whom the superior assigned, "" for nobody.
func (s *State) AssignedGuide() MemberID {
	if s.Guide == nil {
		return ""
	}
	return SuperiorID(s.Guide.ID)
}

// assigned reports whether who is the guide whom the superior assigned.
func (s *State) assigned(who MemberID) bool { return who != "" && who == s.AssignedGuide() }
