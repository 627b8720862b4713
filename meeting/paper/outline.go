package paper

import (
	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// outline is a member's 发言提纲 (DOMAIN.md §4.9).
func outline(p *pen, of meeting.MemberID) (doc.Document, bool) {
	for _, r := range p.s.Records(of, "outline") {
		if r.Owner == of && r.Rev > 0 {
			return doc.Document{Title: p.s.Called(of) + "发言提纲", Blocks: recordParts(p.s, formNamed("outline"), r)}, true
		}
	}
	return doc.Document{}, false
}

// shownOutline reports whether somebody showed theirs.
func shownOutline(s *meeting.State, who, of meeting.MemberID) bool {
	for _, r := range s.Records(who, "outline") {
		if r.Owner == of {
			return r.Value("problems") != ""
		}
	}
	return false
}
