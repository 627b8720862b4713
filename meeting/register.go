package meeting

import (
	"fmt"
	"strings"
	"time"

	"pingyi/meeting/preset"
)

// ActRegister writes one's own register form.
const ActRegister Action = "register"

var registerActions = []action{{ActRegister, forMembers, (*State).mayRegister}}

// RegisterFixed means that a register form that was handed in can't be changed any
// more: the superior has got it, or its member was told the result.
const RegisterFixed Code = "register-fixed"

// registerForm is the 民主评议党员登记表 (DOMAIN.md §4.1), one of each member. The
// member writes 个人小结 and a few lines; the rest follows from the roster, the
// meeting, the rating, the superior's decision and the feedback. A member reads
// what the branch and the superior say of them once they were told.
func registerForm() *Form {
	follows := func(name, label string, t FieldType) Field {
		return Field{Name: name, Label: label, Type: t, Follows: true}
	}
	outcome := func(name, label string, t FieldType) Field {
		return Field{Name: name, Label: label, Type: t, Follows: true, Read: (*State).readsOutcome}
	}
	grade := func(x Field) Field {
		x.Words = []string{"优秀", "合格", "基本合格", "不合格"} // those of most presets
		return x
	}
	kind := follows("kind", "类别", WordField)
	kind.Words = []string{KindWord(Formal), KindWord(Probationary)}
	part := follows("part", "参评方式", WordField)
	part.Words = partWords()
	return &Form{
		Name: "register", Title: "登记表", Paper: "registers", Main: "summary", One: PerPerson,
		Fields: []Field{
			follows("year", "年度", LineField),
			follows("branch", "所在支部", LineField),
			follows("member", "姓名", PersonField),
			{Name: "former_name", Label: "曾用名", Type: LineField, Most: 60},
			follows("sex", "性别", LineField),
			follows("born", "出生年月", LineField),
			follows("ethnic", "民族", LineField),
			follows("native", "籍贯", LineField),
			kind,
			follows("joined", "入党时间", LineField),
			follows("confirmed", "转正时间", LineField),
			{Name: "work_since", Label: "参加工作时间", Type: LineField, Most: 20},
			{Name: "education", Label: "学历", Type: LineField, Most: 60},
			{Name: "post", Label: "现任职务", Type: LineField, Most: 100},
			follows("party_post", "党内职务", LineField),
			follows("group", "党小组", LineField),
			{Name: "summary", Label: "个人小结", Type: TextField, Must: true, Private: true},
			part,
			grade(follows("self_grade", "自评等次", WordField)),
			{Name: "review", Label: "民主评议情况", Type: TextField, Follows: true, Read: (*State).readsReview},
			grade(outcome("grade", "支部评定等次", WordField)),
			outcome("opinion", "支部意见", TextField),
			grade(outcome("decided", "上级审定等次", WordField)),
			outcome("superior", "上级党组织意见", TextField),
			follows("statement", "本人意见", TextField),
		},
		Moves:  []Move{{Word: "submit", From: []RecordState{Draft}, To: Submitted, Whole: true, May: (*State).ownRegister}},
		Each:   (*State).party,
		Show:   singly((*State).showRegister),
		Phase:  (*State).mayRegister,
		Fill:   fillRegister,
		Write:  (*State).checkRegister,
		Read:   func(s *State, who MemberID, r Record) bool { return r.Owner == who || s.seesRegister(who, r.Owner) },
		Others: func(s *State, who MemberID) bool { return s.GivesFeedback(who) || s.above(who) },
		ReadPrivate: func(s *State, who MemberID, r Record) bool {
			return r.Owner == who || r.State != Draft && s.seesRegister(who, r.Owner) && (!s.above(who) || s.sentRegister(r.Owner) == r.Version)
		},
	}
}

// How somebody took part in the meeting.
const (
	partCame    = "到会"
	partWritten = "书面材料"
	partNone    = "未参加"
)

func partWords() []string { return []string{partCame, partWritten, partNone} }

// mayRegister: a party member of the branch, theirs.
func (s *State) mayRegister(m Member) *Refusal {
	return first(need(m.InParty(), PartyOnly), need(!m.Gone(), HasLeft, s.Called(m.ID), m.Standing))
}

func (s *State) ownRegister(who MemberID, r Record) *Refusal {
	m, _ := s.Member(who)
	return first(need(r.Owner == who, NotYourRecord), s.mayRegister(m))
}

// seesRegister reports whether who reads the register form of somebody else: those
// who grade do, and the superior what was sent to them.
func (s *State) seesRegister(who, of MemberID) bool {
	return s.GivesFeedback(who) || s.above(who) && s.sentRegister(of) > 0
}

// sentRegister is the version of a member's register form that the superior has
// got with the newest bundle, 0 for none.
func (s *State) sentRegister(of MemberID) int {
	b, _ := s.Bundle()
	l, _ := b.Line(of)
	return l.Register
}

// readsOutcome reports whether who reads what the branch and the superior say of a
// member: the member once they were told, those who grade, and the superior unless
// they have returned it and the branch may be changing it.
func (s *State) readsOutcome(who MemberID, r Record) bool {
	if s.GivesFeedback(who) || s.above(who) && !s.sentBack(r.Owner) {
		return true
	}
	told := s.Hearings.Has(r.Owner)
	return told && r.Owner == who
}

// readsReview reports whether who reads how a member was graded by the ballots: of
// those who read the outcome, a console only where it knows the votes.
func (s *State) readsReview(who MemberID, r Record) bool {
	return s.readsOutcome(who, r) && (r.Owner == who || s.above(who) || s.KnowsVotes(who) || s.announcedAll())
}

// fillRegister writes a month or a day as the roster does.
func fillRegister(values map[string]string) {
	if day, code, _ := readDate(values["work_since"]); code == "" && day != "" {
		values["work_since"] = day
	}
}

// checkRegister: one's own, until somebody has decided on it.
func (s *State) checkRegister(who MemberID, old, next Record) *Refusal {
	since := next.Value("work_since")
	_, bad, _ := readDate(since)
	return first(need(old.Owner == who, NotYourRecord), need(!s.registerFixed(old), RegisterFixed), need(bad == "", FieldDay, "参加工作时间", since))
}

// registerFixed reports whether a register form stays as it was handed in: it is
// with the superior, who has not returned it, or its member was told the result.
func (s *State) registerFixed(r Record) bool {
	told := s.Hearings.Has(r.Owner)
	return r.State != Draft && (told || s.sentRegister(r.Owner) > 0 && !s.sentBack(r.Owner))
}

// registerOf is the version of the register form that a member has handed in, 0 if
// there is none.
func (s *State) registerOf(id MemberID) int {
	for r := range s.kept["register"].ownedBy(id) {
		if r.State != Draft {
			return r.Version
		}
	}
	return 0
}

// NoRegister lists the party members who have not handed in their register form,
// in roster order; nobody where the rules have no such forms.
func (s *State) NoRegister() []MemberID {
	if s.Rules == nil || !s.Rules.Has("register") {
		return nil
	}
	in := map[MemberID]bool{}
	for r := range s.kept["register"].All() {
		if !r.Struck && r.State != Draft {
			in[r.Owner] = true
		}
	}
	var ids []MemberID
	for _, id := range s.party() {
		if !in[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// showRegister puts in what follows from the roster, the meeting and what came
// after it.
func (s *State) showRegister(r *Record) {
	m, known := s.Member(r.Owner)
	if !known {
		return
	}
	self := s.SelfRatings.Of(m.ID).Grade
	for name, value := range map[string]string{
		"year": fmt.Sprint(s.Rules.Year), "branch": s.Branch.Name, "member": string(m.ID), "kind": KindWord(m.Kind),
		"sex": m.Sex, "born": m.Born, "ethnic": m.Ethnic, "native": m.Native, "joined": m.Joined, "confirmed": m.Confirmed,
		"party_post": m.PartyPost, "group": m.Group, "part": s.partWord(m.ID), "self_grade": string(self),
	} {
		r.put(name, value)
	}
	for name, value := range map[string]string{"education": m.Education, "post": m.Post} {
		if r.Value(name) == "" {
			r.put(name, value)
		}
	}
	if s.Submitted {
		s.showOutcome(r)
	}
	s.showWay(r)
}

// put sets a value that is not "".
func (r *Record) put(name, value string) {
	if value != "" {
		r.Values[name] = value
	}
}

// partWord says how somebody took part in the meeting; "" before it.
func (s *State) partWord(id MemberID) string {
	at := s.Attendance.Of(id)
	switch {
	case at.Came():
		return partCame
	case at.Written:
		return partWritten
	case s.Phase == After:
		return partNone
	}
	return ""
}

// showOutcome puts in what was said of a member, once the rating table is handed
// in.
func (s *State) showOutcome(r *Record) {
	rating := s.rated().Of(r.Owner)
	b, _ := s.Bundle()
	v, decided := b.Verdicts.Get(r.Owner)
	if l, sent := b.Line(r.Owner); sent && decided && v.Decision != LineSentBack {
		rating.Grade, rating.Reason = l.Grade, l.Reason
	}
	if rating.Grade == "" && !s.Graded(r.Owner) {
		rating.Grade = Grade(s.Rules.Ungraded)
	}
	r.put("review", s.reviewWords(r.Owner))
	r.put("grade", string(rating.Grade))
	r.put("opinion", rating.Reason)
	if s.ApprovedLine(r.Owner) {
		final, _ := s.GradeOf(r.Owner)
		r.put("decided", string(final.Grade))
		r.put("superior", s.superiorWords(r.Owner))
	}
	if heard := s.Hearings.Of(r.Owner); !heard.Acknowledged.IsZero() {
		r.put("statement", heard.Opinion)
		if heard.Opinion == "" {
			r.put("statement", "无意见")
		}
	}
}

// reviewWords are what the ballots and the criticism say of a member, in numbers:
// those of the ballots where there are enough to show any.
func (s *State) reviewWords(id MemberID) string {
	var parts []string
	if h, no := s.Histogram(id); no == nil {
		var counts []string
		for i, g := range s.Rules.Grades {
			counts = append(counts, fmt.Sprintf("%s %d", g, h.Counts[i]))
		}
		parts = append(parts, "民主测评："+strings.Join(append(counts, fmt.Sprintf("弃权 %d", h.Abstain)), "，")+"。")
	}
	if round, _ := s.Round(id); len(round.Criticisms) > 0 {
		parts = append(parts, fmt.Sprintf("批评意见 %d 条。", len(round.Criticisms)))
	}
	return strings.Join(parts, "")
}

// ApprovedLine reports whether the superior has approved a member's line, here or
// on paper.
func (s *State) ApprovedLine(id MemberID) bool {
	b, sent := s.Bundle()
	return s.Rules.Approval != preset.ApprovalNone && (b.Approved(id) || !sent && s.Approval() != "")
}

// superiorWords are the superior's decision about a member as a form has it.
func (s *State) superiorWords(id MemberID) string {
	text := "同意。"
	b, _ := s.Bundle()
	if v := b.Verdicts.Of(id); v.Decision == LineAmended {
		text = "改为" + string(v.Grade) + "：" + v.Reason
	}
	if number := s.ApprovalOf(id); number != "" {
		text += "（" + number + "）"
	}
	return text
}

// showWay says how far a form that was handed in has come, in the order of the
// rules: a step counts when those before it are done.
func (s *State) showWay(r *Record) {
	if r.State != Submitted {
		return
	}
	b, _ := s.Bundle()
	v, heard := b.Verdicts.Of(r.Owner), s.Hearings.Of(r.Owner)
	approved := wayStep{Approved, s.ApprovedLine(r.Owner), v.By, v.At}
	answered := wayStep{Answered, !heard.Acknowledged.IsZero(), r.Owner, heard.Acknowledged}
	way := []wayStep{{state: Proposed, done: s.Submitted}}
	switch s.Rules.Approval {
	case preset.ApprovalFirst:
		way = append(way, approved, answered)
	case preset.ApprovalFiling:
		way = append(way, answered, approved)
	default:
		way = append(way, answered)
	}
	for _, step := range way {
		if !step.done {
			return
		}
		r.State = step.state
		if !step.at.IsZero() {
			r.History = added(r.History, RecordStep{State: step.state, By: step.by, At: step.at})
		}
	}
}

// wayStep is a state to which a form comes by what others do.
type wayStep struct {
	state RecordState
	done  bool
	by    MemberID
	at    time.Time
}

// registers wait for each member's own part until it is handed in, or the member
// was told the result. A member is reminded once the meeting has begun.
func (d *desk) registers() {
	if d.s.Phase == Before && d.who != "" {
		return
	}
	done := map[MemberID]bool{}
	for r := range d.s.kept["register"].naming(d.who) {
		done[r.Owner] = done[r.Owner] || r.State == Submitted
	}
	for _, id := range d.people() {
		if !done[id] && !d.s.Hearings.Has(id) {
			d.put(0, d.until("register"), SubmitRegister)
		}
	}
}
