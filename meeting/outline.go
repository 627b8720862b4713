package meeting

import "pingyi/meeting/preset"

// ActOutline writes one's own outline.
const ActOutline Action = "outline"

var outlineActions = []action{{ActOutline, forMembers, (*State).mayOutline}}

// outlineForm is a member's own 发言提纲 (DOMAIN.md §4.9): notes to speak from.
// Only they read it, until they say that the console may: that is their
// signature. Handed in, the console sees that it is. That of an absent member is
// the written material that is read out in their turn, and shown to who reads it
// out as long as that lasts.
func outlineForm() *Form {
	return &Form{
		Name: "outline", Title: "发言提纲", Paper: "outline", Main: "problems", One: PerPerson,
		Fields: []Field{
			{Name: "study", Label: "学习体会", Type: TextField, Private: true},
			{Name: "problems", Label: "查摆的问题", Type: RowsField, Columns: problemColumns(), Must: true, Private: true},
			{Name: "causes", Label: "原因", Type: TextField, Must: true, Private: true},
			{Name: "measures", Label: "整改措施", Type: RowsField, Columns: measureColumns(), Must: true, Private: true},
			{Name: "self_grade", Label: "自评等次", Type: LineField, Private: true},
		},
		Moves: []Move{
			{Word: "submit", From: []RecordState{Draft}, To: Submitted, Whole: true, May: (*State).ownOutline},
			{Word: "share", From: []RecordState{Draft, Submitted}, May: (*State).ownOutline, Signers: func(_ *State, r Record) []MemberID { return []MemberID{r.Owner} }},
		},
		Phase: (*State).mayOutline,
		Write: func(s *State, who MemberID, old, _ Record) *Refusal { return need(old.Owner == who, NotYourRecord) },
		Read: func(s *State, who MemberID, r Record) bool {
			return r.Owner == who || r.State == Submitted && s.RecordsFor(who, r.Owner)
		},
		Others: func(s *State, who MemberID) bool { return s.records(who) || s.ByGroups() },
		ReadPrivate: func(s *State, who MemberID, r Record) bool {
			return r.Owner == who || !r.Signed[r.Owner].IsZero() || s.RecordsFor(who, r.Owner) && s.readOut(r.Owner) == r.Rev
		},
	}
}

func problemColumns() []Column {
	return []Column{{Name: "aspect", Label: "方面"}, {Name: "problem", Label: "问题"}, {Name: "example", Label: "事例"}}
}

func measureColumns() []Column {
	return []Column{{Name: "what", Label: "措施"}, {Name: "until", Label: "时限", Type: DayField}, {Name: "who", Label: "责任人"}}
}

// mayOutline: a party member, until the meeting is over.
func (s *State) mayOutline(m Member) *Refusal {
	return first(need(m.InParty(), PartyOnly), s.untilOver(m))
}

func (s *State) ownOutline(who MemberID, r Record) *Refusal {
	m, _ := s.Member(who)
	return first(need(r.Owner == who, NotYourRecord), s.mayOutline(m))
}

// OutlineOf is a person's outline, to show to that person; ok is false if they
// have none, or it was pruned.
func (s *State) OutlineOf(who MemberID) (r Record, ok bool) {
	r, none := s.Record(who, "outline", 0)
	return r, none == nil && len(r.Values) > 0
}

// outlineBy is the newest outline of a person; nil if they have begun none.
func (s *State) outlineBy(who MemberID) (newest *Record) {
	for r := range s.kept["outline"].ownedBy(who) {
		newest = r
	}
	return newest
}

// handedIn is the outline that a person has handed in, and not changed since.
func (s *State) handedIn(who MemberID) (r Record, ok bool) {
	for r := range s.kept["outline"].ownedBy(who) {
		if r.State == Submitted {
			return *r, true
		}
	}
	return Record{}, false
}

// Outlined reports whether a person has handed in their outline.
func (s *State) Outlined(who MemberID) bool {
	_, ok := s.handedIn(who)
	return ok
}

// handsInWords notes with an absence that was recorded already that the member's
// written words are there now: their outline is handed in.
func (s *State) handsInWords(f RecordMoved, who MemberID) []Fact {
	a := s.Attendance.Of(who)
	if f.Form != "outline" || f.State != Submitted || a.Reason == "" || a.Present || a.Written {
		return nil
	}
	return []Fact{AbsenceRecorded{ID: who, Reason: a.Reason, Written: true, Left: a.Came()}}
}

// readOut is the revision of a person's outline that is read out for them now: it
// is their turn for self-criticism, they are absent, and have handed it in. 0
// means that none is.
func (s *State) readOut(who MemberID) int {
	round, _ := s.Round(who)
	if !s.at(preset.Criticism) || s.Subject != who || round.Part != PartSelf || s.present(who) {
		return 0
	}
	r, _ := s.handedIn(who)
	return r.Rev
}

// ToReadOut is the outline of the absent member whose turn it is, for who reads it
// out: the console and the recorders. ok is false for others, and at other times.
func (s *State) ToReadOut(who MemberID) (r Record, ok bool) {
	if !s.RecordsFor(who, s.Subject) || s.readOut(s.Subject) == 0 {
		return Record{}, false
	}
	for _, r := range s.Records(who, "outline") {
		if r.Owner == s.Subject {
			return r, true
		}
	}
	return Record{}, false
}
