package meeting

import (
	"slices"

	"pingyi/meeting/preset"
)

// ActPublicity writes what is posted.
const ActPublicity Action = "publicity"

var publicityActions = []action{{ActPublicity, forMembers, (*State).mayKeep}}

// Why something is not posted, or its posting not ended.
const (
	NotToAnnounce Code = "not-to-announce" // what
	NothingToPost Code = "nothing-to-post"
	ObjectionOpen Code = "objection-open"
)

// publicityForm is a 公示: what is posted, where, from when until when, and what
// was objected. Only what the rules announce can be posted.
func publicityForm() *Form {
	return &Form{
		Name: "publicity", Title: "公示", Paper: "publicity",
		Fields: []Field{
			{Name: "what", Label: "公示内容", Type: WordField, Words: preset.Postings(preset.AnnounceFull), Must: true},
			{Name: "names", Label: "名单", Type: PeopleField, Follows: true},
			{Name: "from", Label: "公示开始日期", Type: DayField, Must: true},
			{Name: "to", Label: "公示结束日期", Type: DayField, Must: true},
			{Name: "where", Label: "公示地点", Type: LineField},
			{Name: "objections", Label: "异议", Type: RowsField, Columns: []Column{{Name: "day", Label: "日期", Type: DayField}, {Name: "matter", Label: "事项"}, {Name: "handled", Label: "处理情况"}}},
		},
		Moves: []Move{
			{Word: "post", From: []RecordState{Draft}, To: Posted, Whole: true, May: (*State).mayPost},
			{Word: "end", From: []RecordState{Posted}, To: Ended, May: (*State).mayEndPosting},
		},
		Phase: (*State).mayKeep,
		Write: (*State).checkPublicity,
		Show:  singly((*State).showPublicity),
		Read: func(s *State, who MemberID, r Record) bool {
			_, known := s.Member(who)
			return known && (r.State != Draft || s.keepsRecords(who))
		},
		Status: func(_ Record, was RecordState) RecordState {
			if was == Posted {
				return Posted
			}
			return Draft
		},
	}
}

// posts refuses what the rules, or who runs the meeting, keep from being
// announced.
func (s *State) posts(what string) *Refusal {
	return need(what == "" || slices.Contains(preset.Postings(s.Announcing()), what), NotToAnnounce, what)
}

// checkPublicity: what may be announced, in the order of days. Of what is posted
// only objections are added; what has ended stays.
func (s *State) checkPublicity(_ MemberID, old, next Record) *Refusal {
	if old.State == Ended {
		return refuse(RecordStands, old.State)
	}
	for _, x := range publicityForm().Fields {
		if old.State == Posted && !x.Follows && x.Name != "objections" && old.Value(x.Name) != next.Value(x.Name) {
			return refuse(RecordStands, old.State)
		}
	}
	return first(s.posts(next.Value("what")), next.ordered("from", "to"))
}

// mayPost: what tells of grades only once all of them may be told.
func (s *State) mayPost(who MemberID, r Record) *Refusal {
	grades := r.Value("what") == preset.PostExcellent || r.Value("what") == preset.PostCounts
	return first(s.keepsIt(who, r), s.posts(r.Value("what")), need(!grades || s.gradeFact("excellent") != "", NothingToPost))
}

// mayEndPosting: when every objection was handled.
func (s *State) mayEndPosting(who MemberID, r Record) *Refusal {
	rows, _ := Rows(r.Value("objections")) // checked when they were written
	open := slices.ContainsFunc(rows, func(row map[string]string) bool { return row["handled"] == "" })
	return first(s.keepsIt(who, r), need(!open, ObjectionOpen))
}

// showPublicity puts in who is 优秀, where that is what is posted and may be known.
func (s *State) showPublicity(r *Record) {
	if r.Value("what") != preset.PostExcellent || r.State == Draft || s.posts(preset.PostExcellent) != nil || s.gradeFact("excellent") == "" {
		return
	}
	var names []MemberID
	for _, id := range s.graded() {
		if rated, _ := s.GradeOf(id); rated.Grade == s.Excellent() {
			names = append(names, id)
		}
	}
	if len(names) > 0 {
		r.Values["names"] = PeopleValue(names)
	}
}
