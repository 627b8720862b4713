package meeting

import "slices"

// What is amiss with 领导点评, and what is not of it.
const (
	NotRemark   Code = "not-remark"   // a note was not taken at 领导点评: its number
	GuideAbsent Code = "guide-absent" // the assigned guide has not signed in: name
)

// At 领导点评 the guides speak, one after another: first the one whom the superior
// assigned.
var remarkItem = itemKind{step: (*State).remarkStep, check: (*State).checkRemark}

func (s *State) checkRemark(warn warning) {
	guide := s.AssignedGuide()
	warn(guide != "" && !s.Attendance.Of(guide).Came(), false, GuideAbsent, s.Called(guide))
}

func (s *State) remarkStep(next Step) Step {
	if left := s.ToRemark(); len(left) > 0 {
		return Step{Act: ActCall, Who: left[:1], Do: GiveFloor{ID: left[0]}}
	}
	return next
}

// ToRemark lists the guides in the room who have not spoken at the open item.
func (s *State) ToRemark() []MemberID {
	if s.wall != nil {
		return slices.Clone(s.wall.remark)
	}
	return slices.DeleteFunc(s.Guides(), s.hadFloor)
}

// Guides lists the guides (指导领导) in the room, first the one whom the superior
// assigned.
func (s *State) Guides() []MemberID {
	var ids []MemberID
	if guide := s.AssignedGuide(); s.present(guide) {
		ids = append(ids, guide)
	}
	for _, m := range s.Roster {
		if m.Kind == Guest && m.guides() && s.present(m.ID) {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// hadFloor reports whether a person had the floor during the open item.
func (s *State) hadFloor(id MemberID) bool {
	for c := range s.Chronicle.Kept() {
		if f, ok := c.Fact.(FloorGiven); ok && f.ID == id && c.Item == s.itemNo() {
			return true
		}
	}
	return false
}
