package meeting

import (
	"slices"
	"strings"
)

// ActNotice writes the notice of the meeting.
const ActNotice Action = "notice"

var noticeActions = []action{{ActNotice, forMembers, (*State).mayKeep}}

// noticeForm is the 会议通知: when, where and what about. Once it is sent every
// party member sees it on signing on, and confirms it.
func noticeForm() *Form {
	return &Form{
		Name: "notice", Title: "会议通知", Paper: "notice", Main: "items", One: PerBranch,
		Fields: []Field{
			{Name: "time", Label: "会议时间", Type: MomentField, Must: true},
			{Name: "place", Label: "会议地点", Type: LineField, Must: true},
			{Name: "theme", Label: "主题", Type: LineField, Must: true},
			{Name: "items", Label: "议程", Type: TextField},
			{Name: "bring", Label: "请准备和带来", Type: TextField},
		},
		Moves: []Move{
			{Word: "send", From: []RecordState{Draft}, To: Sent, Whole: true, May: (*State).keepsIt},
			{Word: "confirm", From: []RecordState{Sent}, Signers: func(s *State, _ Record) []MemberID { return s.party() }, Signs: (*State).inParty},
		},
		Phase: (*State).mayKeep,
		Read: func(s *State, who MemberID, r Record) bool {
			_, known := s.Member(who)
			return known && (r.State != Draft || s.keepsRecords(who))
		},
		Fresh: func(s *State, _ MemberID) map[string]string {
			var items []string
			for _, it := range s.Agenda {
				items = append(items, it.Title)
			}
			return map[string]string{"theme": s.Rules.Title, "items": strings.Join(items, "\n")}
		},
	}
}

// party are the party members who belong to the branch, in roster order.
func (s *State) party() []MemberID {
	d := s.index()
	return d.party.get(func() []MemberID {
		var list []MemberID
		for _, m := range d.roster {
			if m.inBranchParty() {
				list = append(list, m.ID)
			}
		}
		return slices.Clip(list)
	})
}

// inParty reports whether somebody is one of them.
func (s *State) inParty(who MemberID) bool {
	m, known := s.Member(who)
	return known && m.inBranchParty()
}

func (m Member) inBranchParty() bool { return m.InParty() && !m.Gone() }

// Notice is the notice that was sent last, an empty one while there is none. Unread
// reports whether who has yet to confirm it.
func (s *State) Notice(who MemberID) (r Record, unread bool) {
	now, ok := s.only("notice")
	if r = now.handed(); !ok || r.State != Sent {
		return Record{}, false
	}
	return r, now.State == Sent && r.Signed[who].IsZero() && s.inParty(who) && first(s.followed(), s.archived()) == nil
}

// Unconfirmed are the party members who have not confirmed the notice that was
// sent, in roster order; sent is false while there is none.
func (s *State) Unconfirmed() (list []MemberID, sent bool) {
	r, ok := s.only("notice")
	if !ok || r.State != Sent {
		return nil, false
	}
	for _, id := range s.party() {
		if r.Signed[id].IsZero() {
			list = append(list, id)
		}
	}
	return list, true
}
