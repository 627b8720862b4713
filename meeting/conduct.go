package meeting

import (
	"slices"
	"strconv"
	"strings"
)

// ActConduct writes what is noted of members' daily conduct.
const ActConduct Action = "conduct"

var conductActions = []action{{ActConduct, forMembers, (*State).gradersOnly}}

// conductForm is the 平时表现 of each member: what the log has of them, and what the
// branch brings along. They are facts for those who grade, who alone read them.
// There is no score, no sum and no order by them: 国办函〔2026〕12号 forbids points
// and ranking, votes and facts inform, people grade.
func conductForm() *Form {
	follows := func(name, label string, t FieldType) Field {
		return Field{Name: name, Label: label, Type: t, Follows: true}
	}
	part := follows("attendance", "本次会议", WordField)
	part.Words = partWords()
	return &Form{
		Name: "conduct", Title: "平时表现", Paper: "conduct", One: PerPerson,
		Fields: []Field{
			follows("member", "姓名", PersonField),
			follows("duties", "所任职务", LineField),
			part,
			follows("studied", "学习次数", NumberField),
			follows("hours", "学时", NumberField),
			follows("talks", "谈话次数", NumberField),
			follows("lines", "整改事项", NumberField),
			follows("closed", "已销号", NumberField),
			{Name: "facts", Label: "其他情况", Type: RowsField, Columns: []Column{{Name: "item", Label: "项目"}, {Name: "value", Label: "情况"}}, Most: mostFact},
			{Name: "note", Label: "备注", Type: TextField, Private: true},
		},
		Each:  (*State).party,
		Show:  (*State).showConduct,
		Phase: (*State).gradersOnly,
		Write: func(s *State, _ MemberID, old, _ Record) *Refusal {
			return need(slices.Contains(s.party(), old.Owner), NotInParty, s.Called(old.Owner))
		},
		Read:   func(s *State, who MemberID, _ Record) bool { return s.GivesFeedback(who) },
		Others: (*State).GivesFeedback,
		Status: func(Record, RecordState) RecordState { return Kept },
	}
}

// mostFact is the longest fact that is brought along, in characters.
const mostFact = 200

// showConduct puts in what the log has of each member.
func (s *State) showConduct(list []Record) {
	times := s.studyTimes()
	for i := range list {
		r := &list[i]
		m, _ := s.Member(r.Owner)
		talks := 0
		for t := range s.kept["talk"].naming(m.ID) {
			if t.State != Draft && t.sides(m.ID) {
				talks++
			}
		}
		lines, closed := s.LedgerOf(m.ID), 0
		for _, l := range lines {
			if l.Closed {
				closed++
			}
		}
		duties := slices.DeleteFunc([]string{m.PartyPost, m.Post}, func(post string) bool { return post == "" })
		r.State = Kept
		r.put("member", string(r.Owner))
		r.put("duties", strings.Join(slices.Compact(duties), "、"))
		r.put("attendance", s.partWord(m.ID))
		r.put("studied", strconv.Itoa(times[m.ID].Sessions))
		r.put("hours", times[m.ID].Hours.String())
		r.put("talks", strconv.Itoa(talks))
		r.put("lines", strconv.Itoa(len(lines)))
		r.put("closed", strconv.Itoa(closed))
	}
}

// ConductOf is what there is of a member's daily conduct, for those who grade; ok
// is false for others, and where the rules have no such records.
func (s *State) ConductOf(who, of MemberID) (r Record, ok bool) {
	if !s.Rules.Has("conduct") || !s.GivesFeedback(who) {
		return r, false
	}
	list := s.Records(who, "conduct")
	i := slices.IndexFunc(list, func(r Record) bool { return r.Owner == of })
	if i < 0 {
		return r, false
	}
	return list[i], true
}
