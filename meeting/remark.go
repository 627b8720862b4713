package meeting

import "slices"

// NotRemark means that a note was not taken at 领导点评: its number.
const NotRemark Code = "not-remark"

// At 领导点评 the guides speak, one after another.
var remarkItem = itemKind{step: (*State).remarkStep}

func (s *State) remarkStep(next Step) Step {
	for _, id := range s.Guides() {
		if !s.hadFloor(id) {
			return Step{Act: ActCall, Who: []MemberID{id}, Do: GiveFloor{ID: id}}
		}
	}
	return next
}

// Guides lists the guides (指导领导) in the room.
func (s *State) Guides() []MemberID {
	var ids []MemberID
	for _, m := range s.Roster {
		if s.present(m.ID) && slices.Contains(s.Seats(m.ID), SeatGuide) {
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
