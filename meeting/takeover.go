package meeting

import (
	"slices"

	"pingyi/meeting/preset"
)

// AlreadyTaken means that something stands in a list already: the title of the
// list, the number there.
const AlreadyTaken Code = "already-taken"

// What a problem is taken over from, and, of a problem, a line of the ledger:
// what [Origin].From holds, and what its number means.
const (
	FromCriticism = "criticism" // that of [State.Speeches]
	FromOpinion   = "opinion"   // that of the record
	FromSelfCheck = "selfcheck" // the row of its problems
	FromRemark    = "remark"    // that of the note taken at 领导点评
	FromProblem   = "problem"   // that of the record
	FromYear      = "year"      // the year before, of a line of the ledger that was open when it ended
)

// onlySpoken is the text of a problem of which nobody has written the words.
const onlySpoken = "（口头提出，没有文字）"

// TakeOver writes a problem of what was found elsewhere, or a line of the ledger
// of a problem. What the origin does not say stays empty.
type TakeOver struct{ Origin }

func (c TakeOver) decide(s *State, r Request) ([]Fact, error) {
	if no := s.MayTakeOver(r.By, c.Origin); no != nil {
		return nil, no
	}
	values, no := s.found(r.By, c.Origin)
	if no != nil {
		return nil, no
	}
	into, _ := c.Into()
	f, _ := into.form()
	f.Fill(values)
	origin := c.Origin
	facts := []Fact{RecordWritten{
		Form: f.Name, No: s.kept[f.Name].Len() + 1, Rev: 1, Version: 1, State: OpenState, Origin: &origin, Values: f.public(values),
	}}
	if c.From == FromProblem {
		p, _ := s.Record(r.By, "problem", c.No)
		facts = append(facts, RecordMoved{Form: "problem", No: p.No, Rev: p.Rev, Word: "ledger", State: InLedger})
	}
	return facts, nil
}

// Into is the list that something is taken over into; ok is false if nothing is
// taken over from there.
func (o Origin) Into() (list FormName, ok bool) {
	switch o.From {
	case FromProblem:
		return "ledger", true
	case FromCriticism, FromOpinion, FromSelfCheck, FromRemark:
		return "problem", true
	}
	return "", false
}

// MayTakeOver says whether who may take something over now; each goes over once.
func (s *State) MayTakeOver(who MemberID, from Origin) *Refusal {
	into, ok := from.Into()
	if !ok {
		return refuse(UnknownAction, from.From)
	}
	f, _ := into.form()
	no := first(May(s, who, Action(f.Name)), s.MayWrite(who, Record{Form: f.Name}), need(s.keepsRecords(who), KeepersOnly))
	if no != nil {
		return no
	}
	if from.From == FromProblem {
		p, gone := s.Record(who, "problem", from.No)
		return first(gone, need(p.State == OpenState, RecordStands, p.State))
	}
	r, stands := s.taken(f.Name, from)
	if now, gone := s.found(who, from); from.From == FromSelfCheck && gone == nil {
		stands = stands && now["text"] == r.Value("text") // another version has other rows
	}
	return need(!stands, AlreadyTaken, f.Title, r.No)
}

// taken finds the record of a kind that was taken over from something, unless it
// was struck or dropped.
func (s *State) taken(into FormName, from Origin) (Record, bool) {
	r := s.kept[into].find(func(r *Record) bool { return r.Origin == from && !r.Struck && r.State != Dropped })
	if r == nil {
		return Record{}, false
	}
	return *r, true
}

// found are the fields that an origin fills, if who may read it.
func (s *State) found(who MemberID, from Origin) (map[string]string, *Refusal) {
	switch from.From {
	case FromCriticism:
		return s.inCriticism(who, from.No)
	case FromOpinion:
		return s.inOpinion(who, from.No)
	case FromSelfCheck:
		return s.inSelfCheck(who, from.No)
	case FromRemark:
		return s.inRemark(from.No)
	case FromProblem:
		p, no := s.Record(who, "problem", from.No)
		return map[string]string{
			"level": p.Value("level"), "member": p.Value("member"), "problem": p.Value("text"), "source": p.Value("source"),
		}, no
	}
	return nil, refuse(UnknownAction, from.From)
}

func (s *State) inCriticism(who MemberID, no int) (map[string]string, *Refusal) {
	all := s.Speeches(who)
	i := slices.IndexFunc(all, func(w NumberedSpeech) bool { return w.No == no })
	if i < 0 {
		return nil, refuse(NoRecord, no)
	}
	values := map[string]string{"member": string(all[i].ID.Of), "text": all[i].Text, "source": "互评"}
	if all[i].ID.Kind != CriticismSpeech {
		values["source"] = "自查"
	}
	if values["text"] == "" {
		values["text"] = onlySpoken
	}
	return values, nil
}

// inOpinion is what an opinion is about: a member, 书记, or 班子.
func (s *State) inOpinion(who MemberID, no int) (map[string]string, *Refusal) {
	r, gone := s.Record(who, "opinion", no)
	if gone != nil {
		return nil, gone
	}
	values := map[string]string{"text": r.Value("text"), "category": r.Value("category"), "source": "征求意见"}
	if m, ok := s.Member(MemberID(r.Value("about"))); ok {
		values["member"] = string(m.ID)
	}
	if i := slices.IndexFunc(s.Roster, Member.leads); i >= 0 && r.Value("about") == "书记" {
		values["member"] = string(s.Roster[i].ID)
	}
	if values["text"] == "" {
		values["text"] = onlySpoken
	}
	return values, nil
}

func (s *State) inSelfCheck(who MemberID, row int) (map[string]string, *Refusal) {
	r, gone := s.Record(who, "selfcheck", 0)
	if gone != nil {
		return nil, gone
	}
	rows, _ := Rows(r.Value("problems")) // what is no table has no rows
	if row < 1 || row > len(rows) {
		return nil, refuse(NoRecord, row)
	}
	cells := rows[row-1]
	values := map[string]string{"text": cells["problem"], "category": cells["aspect"], "source": "自查"}
	if values["text"] == "" {
		values["text"] = cells["example"]
	}
	if values["text"] == "" {
		values["text"] = cells["aspect"]
	}
	return values, nil
}

// inRemark is a note that was taken at 领导点评, as it was corrected last.
func (s *State) inRemark(no int) (map[string]string, *Refusal) {
	if no < 1 || no > len(s.Notes) {
		return nil, refuse(NoRecord, no)
	}
	n := s.Notes[no-1]
	if n.Item < 1 || n.Item > len(s.Agenda) || s.Agenda[n.Item-1].Kind != preset.Remark {
		return nil, refuse(NotRemark, no)
	}
	text := n.Text
	for _, c := range s.Corrections {
		if c.Of == no {
			text = c.Text
		}
	}
	return map[string]string{"text": text, "source": "点评"}, nil
}
