package meeting

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// RecordState is how far a record has come.
type RecordState string

// The states. Which of them a kind has, its moves say.
const (
	Draft     RecordState = "draft"
	Kept      RecordState = "kept" // everything that has to be filled in is
	Submitted RecordState = "submitted"
	Confirmed RecordState = "confirmed" // all who had to have signed
	OpenState RecordState = "open"
	ShutState RecordState = "closed"

	Approved  RecordState = "approved" // by the superior
	Returned  RecordState = "returned" // by the superior, with a reason
	Received  RecordState = "received"
	Sent      RecordState = "sent"
	Merged    RecordState = "merged"
	Dropped   RecordState = "dropped"
	InLedger  RecordState = "in_ledger"
	Posted    RecordState = "posted"
	Ended     RecordState = "ended"
	Checked   RecordState = "checked"
	Inspected RecordState = "inspected"
	Published RecordState = "published"
	Filed     RecordState = "filed"
	Proposed  RecordState = "proposed"
	Answered  RecordState = "acknowledged" // the member has seen it and said so
)

// stateTitles are what the states are called on papers and Chinese screens.
var stateTitles = map[RecordState]string{
	Draft: "草稿", Kept: "已记", Submitted: "已提交", Confirmed: "已确认", OpenState: "待整改", ShutState: "已销号",
	Approved: "已审定", Returned: "已退回", Received: "已收", Sent: "已发", Merged: "已归并", Dropped: "不列入", InLedger: "已列入台账",
	Posted: "公示中", Ended: "公示结束", Checked: "已自查", Inspected: "已督查", Published: "已通报", Filed: "已存档",
	Proposed: "支部已提出", Answered: "本人已签",
}

// Title is what a state is called on papers and Chinese screens.
func (s RecordState) Title() string {
	if title := stateTitles[s]; title != "" {
		return title
	}
	return string(s)
}

// handedIn reports whether somebody else has got a text in this state: writing it
// again begins the next version.
func (s RecordState) handedIn() bool {
	return slices.Contains([]RecordState{Submitted, Approved, Returned, Sent, Received, Proposed, Answered}, s)
}

// Record is one record of a kind, as it stands now.
type Record struct {
	Form     FormName
	No       int // from 1, within a kind; numbers may have gaps for who may not read some
	Rev      int // how often it was written
	Version  int // grows when one that was handed in is written again
	State    RecordState
	Owner    MemberID // who began it
	By       MemberID // who wrote it last
	At       time.Time
	Values   map[string]string // by field; see [FieldType]
	Signed   map[MemberID]time.Time
	Struck   bool   // it no longer stands
	Reason   string // why it was struck
	Approval string // the number of the paper on which the superior decided on this version
	Origin   Origin // from what it was taken over
	History  []RecordStep
	Earlier  []RecordVersion // the versions before, the first one first
}

// RecordVersion is a version of a record as it stood when the next was begun.
type RecordVersion struct {
	State    RecordState
	By       MemberID // who wrote it last
	At       time.Time
	Values   map[string]string
	Approval string // the number of the paper on which the superior decided on it
}

// Was is the record in one of the versions before, from 1. Only the version that there is
// now is moved.
func (r Record) Was(version int) Record {
	old := r.Earlier[version-1]
	r.Version, r.State, r.By, r.At, r.Values, r.Approval = version, old.State, old.By, old.At, old.Values, old.Approval
	return r
}

// handed is a record as those have it who got it: while its next version is a draft, the
// one before.
func (r Record) handed() Record {
	n := len(r.Earlier)
	if r.State != Draft || n == 0 {
		return r
	}
	r = r.Was(n)
	r.Earlier, r.History = r.Earlier[:n-1], r.History[:len(r.History)-1]
	return r
}

// RecordStep is a state that a record came to.
type RecordStep struct {
	State  RecordState
	By     MemberID
	At     time.Time
	Reason string
}

// Origin is what a record was taken over from: a criticism, another record, a
// line of one.
type Origin struct {
	From string `json:"from"` // [FromCriticism] and the others
	No   int    `json:"no"`
}

// Value is what a field holds.
func (r Record) Value(field string) string { return r.Values[field] }

// cameAt is when a record came to the state in which it is.
func (r Record) cameAt() time.Time {
	if n := len(r.History); n > 0 {
		return r.History[n-1].At
	}
	return r.At
}

// People are those whom a field names.
func (r Record) People(field string) []MemberID { return People(r.Values[field]) }

// all are the records of a kind that stand, whoever asks: those that were
// written, and those that there are without.
func (s *State) all(form FormName) []Record {
	a := s.asked()
	if a == nil {
		return s.stand(form)
	}
	kept, known := a.forms.Load(form)
	if !known {
		kept, _ = a.forms.LoadOrStore(form, new(answer[[]Record]))
	}
	return kept.(*answer[[]Record]).get(func() []Record { return slices.Clip(s.stand(form)) })
}

func (s *State) stand(form FormName) []Record {
	var list []Record
	for r := range s.kept[form].All() {
		if !r.Struck {
			list = append(list, *r)
		}
	}
	f, ok := form.form()
	if !ok {
		return list
	}
	list = append(list, s.unwritten(f)...)
	if f.More != nil {
		list = append(list, f.More(s)...)
	}
	return f.shown(s, list)
}

// shown fills in what follows from other things.
func (f *Form) shown(s *State, list []Record) []Record {
	if f.Show != nil {
		for i := range list {
			list[i].Values = copied(list[i].Values)
		}
		f.Show(s, list)
	}
	return list
}

// singly makes [Form.Show] of what is shown of one record at a time.
func singly(show func(*State, *Record)) func(*State, []Record) {
	return func(s *State, list []Record) {
		for i := range list {
			show(s, &list[i])
		}
	}
}

// unwritten are the records of a kind that nobody has begun to write, behind the
// others.
func (s *State) unwritten(f *Form) []Record {
	if f.Each == nil {
		return nil
	}
	begun := map[MemberID]bool{}
	for r := range s.kept[f.Name].All() {
		begun[r.Owner] = begun[r.Owner] || !r.Struck
	}
	var list []Record
	for _, id := range f.Each(s) {
		if !begun[id] {
			list = append(list, Record{Form: f.Name, No: s.kept[f.Name].Len() + len(list) + 1, State: Draft, Owner: id})
		}
	}
	return list
}

// copied is a map that may be written to.
func copied(values map[string]string) map[string]string {
	next := maps.Clone(values)
	if next == nil {
		next = map[string]string{}
	}
	return next
}

// Records are the records of a kind that who may read, private fields only if
// they may read these. It is the only way in.
func (s *State) Records(who MemberID, form FormName) []Record {
	f, ok := form.form()
	if !ok {
		return nil
	}
	if f.Others != nil && !f.Others(s, who) {
		return s.readBy(f, who, s.naming(f, who))
	}
	return s.readBy(f, who, s.all(form))
}

// naming are the records of a kind that stand and are a person's own or name them, as
// they stand in [State.all].
func (s *State) naming(f *Form, who MemberID) []Record {
	var list []Record
	begun := false
	for r := range s.kept[f.Name].naming(who) {
		list = append(list, *r)
		begun = begun || r.Owner == who
	}
	list = f.shown(s, list)
	if f.Each == nil || begun {
		return list
	}
	return append(list, having(s.all(f.Name), func(r Record) bool { return r.Owner == who && r.Rev == 0 })...)
}

// readBy are those of some records that who may read, as they may. From whom the draft
// of the branch's next version is kept, they read the one that was handed in.
func (s *State) readBy(f *Form, who MemberID, list []Record) []Record {
	list = slices.Clone(list)
	for i, r := range list {
		if f.One == PerBranch && !f.Read(s, who, r) {
			list[i] = r.handed()
		}
	}
	list = having(list, func(r Record) bool { return f.Read(s, who, r) })
	for i := range list {
		list[i] = s.shownTo(f, who, list[i])
	}
	return list
}

// ownRecords are the records of a kind that somebody has begun, as [State.Records] has
// them, without a walk over those of others.
func (s *State) ownRecords(who MemberID, f *Form) []Record {
	var list []Record
	for r := range s.kept[f.Name].ownedBy(who) {
		list = append(list, *r)
	}
	return s.readBy(f, who, f.shown(s, list))
}

// Record is one record of a kind that who may read; NO 0 is their own where the
// kind has one per person, and the only one where it has one per branch.
func (s *State) Record(who MemberID, form FormName, no int) (Record, *Refusal) {
	f, ok := form.form()
	if ok {
		if list := s.readBy(f, who, s.find(f, who, no)); len(list) > 0 {
			return list[0], nil
		}
	}
	switch {
	case no > 0:
		return Record{Form: form}, refuse(NoRecord, no)
	case ok && f.One == PerBranch:
		return Record{Form: form}, refuse(NotWritten)
	}
	m, ok := s.Member(who)
	return Record{Form: form}, first(need(ok && m.InParty(), NoneOfYours), refuse(NoOwnRecord))
}

// find are the records that [State.Record] may mean, whoever may read them. Only one
// that nobody has begun to write is looked for among all.
func (s *State) find(f *Form, who MemberID, no int) []Record {
	written := s.kept[f.Name]
	if no > 0 && no <= written.Len() {
		if r := written.get(no - 1); !r.Struck {
			return f.shown(s, []Record{*r})
		}
		return nil
	}
	if no == 0 && f.One == PerPerson {
		for r := range written.ownedBy(who) {
			return f.shown(s, []Record{*r})
		}
	}
	return having(s.all(f.Name), func(r Record) bool {
		return r.No == no || no == 0 && (f.One == PerBranch || f.One == PerPerson && r.Owner == who)
	})
}

// shownTo is a record without what who may not read.
func (s *State) shownTo(f *Form, who MemberID, r Record) Record {
	hidden := slices.ContainsFunc(f.Fields, func(x Field) bool { return !f.Reads(s, who, r, x) })
	if !hidden {
		return r
	}
	whole := r
	read := func(x Field) bool { return f.Reads(s, who, whole, x) }
	r.Values = f.values(r.Values, read)
	earlier := slices.Clone(r.Earlier)
	for i, old := range earlier {
		earlier[i].Values = f.values(old.Values, read)
	}
	r.Earlier = earlier
	return r
}

// public are the values that are not private.
func (f *Form) public(values map[string]string) map[string]string {
	return f.values(values, func(x Field) bool { return !x.Private })
}

// values are those of the fields that are wanted.
func (f *Form) values(values map[string]string, want func(Field) bool) map[string]string {
	some := map[string]string{}
	for _, x := range f.Fields {
		if v := values[x.Name]; v != "" && want(x) {
			some[x.Name] = v
		}
	}
	return some
}

// MayWrite says whether who may write records of a kind now: new ones with No 0,
// or this one.
func (s *State) MayWrite(who MemberID, r Record) *Refusal {
	f, ok := r.Form.form()
	switch {
	case s.Rules == nil:
		return refuse(NotFounded)
	case !ok:
		return refuse(UnknownAction, r.Form)
	}
	if no := first(s.followed(), s.archived()); no != nil {
		return no
	}
	m, known := s.Member(who)
	if !known {
		return NotListed(who)
	}
	if s.Rehearsal {
		return refuse(RehearsalIsOn)
	}
	if no := s.keeps(f); no != nil {
		return no
	}
	if f.Phase != nil {
		if no := f.Phase(s, m); no != nil {
			return no
		}
	}
	return nil
}

// keeps refuses a kind of record that the rules do not have.
func (s *State) keeps(f *Form) *Refusal {
	if s.Rules.Has(string(f.Name)) {
		return nil
	}
	return refuse(NoSuchKind, f.Title, s.Rules.Title)
}

// MayMove says whether who may move a record with a word now.
func (s *State) MayMove(who MemberID, r Record, word string) *Refusal {
	f, ok := r.Form.form()
	if !ok {
		return refuse(UnknownAction, r.Form)
	}
	m, ok := f.Move(word)
	if !ok {
		return refuse(UnknownAction, word)
	}
	if no := first(s.followed(), s.archived()); no != nil {
		return no
	}
	if list := s.kept[r.Form]; r.No >= 1 && r.No <= list.Len() && r.Version < list.get(r.No-1).Version {
		return refuse(NextDrafted)
	}
	if m.May != nil {
		if no := m.May(s, who, r); no != nil {
			return no
		}
	}
	if m.Decides && !s.above(who) && !s.runs(who) {
		return refuse(SuperiorOnly)
	}
	if !slices.Contains(m.From, r.State) {
		return m.unfit(r.State)
	}
	if m.Signers != nil {
		_, done := r.Signed[who]
		return first(need(m.signs(s, r, who), NotYourRecord), need(!done, AlreadySigned))
	}
	if missing := f.Missing(r.Values); m.Whole && len(missing) > 0 {
		return refuse(FieldMissing, missing[0].Label)
	}
	return nil
}

// unfit is why a move does not fit the state of a record. What was handed in is written
// again before it is handed in or decided again.
func (m Move) unfit(state RecordState) *Refusal {
	written := slices.Contains([]RecordState{Submitted, Approved, Returned, Received, Sent}, state)
	switch {
	case written && slices.Contains(m.From, Draft):
		return refuse(HandedIn, state, m.Word)
	case written && m.Decides:
		return refuse(Decided, state)
	case m.Decides && state == Draft:
		return refuse(NotHandedIn, state)
	}
	return refuse(RecordStands, state)
}

// Moves are the words with which who may move a record now.
func (s *State) Moves(who MemberID, r Record) []string {
	f, ok := r.Form.form()
	if !ok {
		return nil
	}
	words := []string{}
	for _, m := range f.Moves {
		if s.MayMove(who, r, m.Word) == nil {
			words = append(words, m.Word)
		}
	}
	return words
}

// WriteRecord writes fields of a record: those that it names, "" empties one.
// No 0 begins a new one, or means one's own where a kind has one per person. Rev
// is the revision that the writer saw; 0 is whatever there is now. Of two who
// change one revision the second is refused and told which fields differ. New says
// that the writer begins what there is once: if others have begun it meanwhile, it is
// not written over.
type WriteRecord struct {
	Form   FormName
	No     int
	Rev    int
	New    bool
	Values map[string]string
}

func (c WriteRecord) decide(s *State, r Request) ([]Fact, error) {
	f, ok := c.Form.form()
	if !ok {
		return nil, refuse(UnknownAction, c.Form)
	}
	old, no := s.toWrite(f, r.By, c.No)
	if no != nil {
		return nil, no
	}
	if no := s.MayWrite(r.By, old); no != nil {
		return nil, no
	}
	before, owner := s.begun(f, old)
	next, no := s.written(f, r.By, old, c.Values)
	if no != nil {
		return nil, no
	}
	if c.Rev > 0 && c.Rev != old.Rev {
		return nil, refuse(RecordChanged, f.differing(old, c.Values))
	}
	blank := old.No == 0 && f.One == Numbered && len(next.Values) == 0
	if f.Fill != nil {
		f.Fill(next.Values)
	}
	if f.Write != nil {
		if no := f.Write(s, r.By, old, next); no != nil {
			return nil, no
		}
	}
	if blank {
		return nil, refuse(TextMissing)
	}
	taken, no := s.takenFiles(f, r.By, old.Values, next.Values)
	if no != nil {
		return nil, no
	}
	s.fillBlanks(f, r, next)
	if maps.Equal(next.Values, s.typed(old)) && old.Rev > 0 {
		return nil, nil
	}
	if c.New && old.Rev > 0 {
		return nil, refuse(RecordThere)
	}
	fact := RecordWritten{
		Form: c.Form, No: old.No, Rev: old.Rev + 1, Version: max(1, old.Version), State: Draft, Owner: owner,
		Values: f.public(next.Values), Private: f.values(next.Values, func(x Field) bool { return x.Private }),
	}
	if fact.No == 0 {
		fact.No = s.kept[c.Form].Len() + 1
	}
	if old.State.handedIn() {
		fact.Version++
	}
	if f.Status != nil {
		fact.State = f.Status(next, old.State)
	}
	facts := append(before, fact)
	if len(taken) > 0 {
		facts = append(facts, FilesTaken{taken})
	}
	return facts, nil
}

// begun are the facts that number the records before one that nobody has begun
// yet, so that each keeps its number, and whose that one is.
func (s *State) begun(f *Form, r Record) (before []Fact, owner MemberID) {
	if f.Each == nil || r.Rev > 0 {
		return nil, ""
	}
	for _, other := range s.unwritten(f) {
		if other.No < r.No {
			before = append(before, RecordWritten{Form: f.Name, No: other.No, State: Draft, Owner: other.Owner, Values: map[string]string{}})
		}
	}
	return before, r.Owner
}

// toWrite is the record that a number means to a writer; a new one has No 0.
func (s *State) toWrite(f *Form, who MemberID, no int) (Record, *Refusal) {
	if no > 0 {
		return s.Record(who, f.Name, no)
	}
	if f.One != Numbered {
		if own, none := s.Record(who, f.Name, 0); none == nil {
			return own, nil
		}
	}
	return Record{Form: f.Name, Owner: who}, nil
}

// typed are the values of a record that somebody has written, whoever may read
// them, without those that follow from the meeting.
func (s *State) typed(r Record) map[string]string {
	if list := s.kept[r.Form]; r.No >= 1 && r.No <= list.Len() {
		return list.get(r.No - 1).Values
	}
	return nil
}

// written is a record with other values in some fields, or why they can't be.
func (s *State) written(f *Form, who MemberID, old Record, values map[string]string) (Record, *Refusal) {
	was := s.typed(old)
	next := old
	next.Values = copied(was)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		field, ok := f.Field(name)
		if !ok {
			return next, refuse(FieldUnknown, name)
		}
		value := field.stored(values[name])
		if field.Follows {
			if value != old.Values[name] {
				return next, refuse(FieldFollows, field.Label)
			}
			continue
		}
		if field.Key != "" && value != "" {
			if key := field.twice(values[name]); key != "" {
				return next, refuse(FieldTwice, key)
			}
			value = field.merged(old.Values[name], values[name])
		}
		if no := s.check(field, value); no != nil {
			return next, no
		}
		if field.Key != "" {
			if no := s.mayWriteCells(field, who, old, value); no != nil {
				return next, no
			}
		}
		if field.By != nil && value != was[name] && !field.By(s, who, old) {
			return next, first(s.filledOnMove(f, field, who, old), s.forbidden(field.By, who, old, field.Label))
		}
		if value == "" {
			delete(next.Values, name)
		} else {
			next.Values[name] = value
		}
	}
	return next, nil
}

// differing names the fields that somebody else has changed since.
func (f *Form) differing(now Record, values map[string]string) string {
	var labels []string
	for _, x := range f.Fields {
		if v, set := values[x.Name]; set && x.stored(v) != now.Values[x.Name] {
			labels = append(labels, x.Label)
		}
	}
	return joinWords(labels)
}

// RecordWritten carries what a record says now: all its values, and the state
// that it has come to by it.
type RecordWritten struct {
	Form    FormName          `json:"form"`
	No      int               `json:"no"`
	Rev     int               `json:"rev"` // 0: it has its number, and nobody has written it yet
	Version int               `json:"version"`
	State   RecordState       `json:"state"`
	Owner   MemberID          `json:"owner,omitempty"` // "": who wrote it first
	Origin  *Origin           `json:"origin,omitempty"`
	Values  map[string]string `json:"values"`
	Private map[string]string `json:"-"`
}

func (f RecordWritten) split() (Class, []byte) {
	if len(f.Private) == 0 {
		return NoBlob, nil
	}
	blob, err := json.Marshal(f.Private)
	if err != nil {
		return PrivateBlob, nil // strings always can be written
	}
	return PrivateBlob, blob
}

func (f RecordWritten) joined(blob []byte) (Fact, error) {
	if len(blob) == 0 {
		return f, nil
	}
	return f, json.Unmarshal(blob, &f.Private)
}

func (f RecordWritten) apply(s *State, e Event) {
	s.changeRecord(f.Form, f.No, func(r *Record) {
		if r.Rev == 0 {
			r.Owner = e.By
			if f.Owner != "" {
				r.Owner = f.Owner
			}
		}
		if f.Rev == 0 {
			r.State = f.State
			return
		}
		if f.Origin != nil {
			r.Origin = *f.Origin
		}
		if r.Version > 0 && f.Version > r.Version {
			r.Earlier = added(r.Earlier, RecordVersion{r.State, r.By, r.At, r.Values, r.Approval})
			r.Approval = "" // what was decided was another text
		}
		values := maps.Clone(f.Values)
		if values == nil {
			values = map[string]string{}
		}
		maps.Copy(values, f.Private)
		r.Rev, r.Version, r.By, r.At, r.Values = f.Rev, f.Version, e.By, e.At, values
		r.Signed = nil // who has signed has signed another text
		r.come(f.State, e, "")
	})
}

// come notes that a record has come to a state.
func (r *Record) come(state RecordState, e Event, reason string) {
	if state != r.State {
		r.State = state
		r.History = added(r.History, RecordStep{State: state, By: e.By, At: e.At, Reason: reason})
	}
}

// changeRecord replaces a record by a changed copy; the one behind the last
// begins a new one.
func (s *State) changeRecord(form FormName, no int, f func(*Record)) {
	list := s.kept[form]
	if no < 1 || no > list.Len()+1 {
		return
	}
	r := Record{Form: form, No: no}
	if no <= list.Len() {
		r = *list.get(no - 1)
	}
	f(&r)
	s.kept = put(s, s.kept, form, list.with(&r, s.enrolled, s.alone))
}

// MoveRecord moves a record with one of its kind's words. Text is a reason, or
// fills the field that the move fills. Rev is the revision that the mover saw; 0
// is whatever there is now. Approval is the number of the paper on which the
// superior has decided, where the console records it.
type MoveRecord struct {
	Form     FormName
	No       int
	Rev      int
	Word     string
	Text     string
	Approval string
}

func (c MoveRecord) decide(s *State, r Request) ([]Fact, error) {
	f, ok := c.Form.form()
	if !ok {
		return nil, refuse(UnknownAction, c.Form)
	}
	old, no := s.Record(r.By, c.Form, c.No)
	if no != nil {
		return nil, no
	}
	m, _ := f.Move(c.Word)
	if c.Rev > 0 && c.Rev != old.Rev {
		return nil, refuse(ReadAgain, f.sinceVersion(old))
	}
	if no := s.MayMove(r.By, old, c.Word); no != nil {
		return nil, no
	}
	approval := tidy(c.Approval)
	switch {
	case approval != "":
		if no := CheckField("批复文号", approval, 60); no != nil {
			return nil, no
		}
		if !m.Decides || s.above(r.By) {
			approval = ""
		}
	case m.Decides && !s.above(r.By):
		return nil, refuse(ApprovalNumber)
	}
	fact := RecordMoved{Form: c.Form, No: old.No, Rev: old.Rev, Word: c.Word, State: m.To, Signed: m.Signers != nil, Approval: approval}
	if m.ToBy != nil {
		fact.State = m.ToBy(s)
	} else if m.To == "" || m.Signers != nil && !signedBy(m.Signers(s, old), old, r.By) {
		fact.State = old.State
	}
	fact.Values = maps.Clone(m.Sets)
	text := tidy(c.Text)
	switch field, fills := f.Field(m.Fills); {
	case text == "" && m.Text && fills:
		return nil, refuse(FieldMissing, field.Label)
	case text == "" && m.Text:
		return nil, refuse(ReasonMissing)
	case text == "":
	case fills:
		if no := s.check(field, text); no != nil {
			return nil, no
		}
		fact.Values = with(fact.Values, m.Fills, text)
	default:
		if no := named("理由", badSpeech(text)); no != nil {
			return nil, no
		}
		fact.Reason = text
	}
	return append([]Fact{fact}, s.handsInWords(fact, old.Owner)...), nil
}

// sinceVersion names the fields that differ from the version before.
func (f *Form) sinceVersion(r Record) string {
	if len(r.Earlier) == 0 {
		return ""
	}
	return f.differing(r, r.Earlier[len(r.Earlier)-1].Values)
}

// signedBy reports whether a record has all its signatures once who has signed.
func signedBy(signers []MemberID, r Record, who MemberID) bool {
	return !slices.ContainsFunc(signers, func(id MemberID) bool {
		_, done := r.Signed[id]
		return !done && id != who
	})
}

// RecordMoved says that a revision of a record came to a state, by which word,
// and what else that brought: a reason, values of fields, a signature.
type RecordMoved struct {
	Form   FormName          `json:"form"`
	No     int               `json:"no"`
	Rev    int               `json:"rev"`
	Word   string            `json:"word"`
	State  RecordState       `json:"state"`
	Reason string            `json:"reason,omitempty"`
	Values map[string]string `json:"values,omitempty"`
	Signed bool              `json:"signed,omitempty"`

	Approval string `json:"approval,omitempty"`
}

func (f RecordMoved) apply(s *State, e Event) {
	s.changeRecord(f.Form, f.No, func(r *Record) {
		for name, value := range f.Values {
			r.Values = with(r.Values, name, value)
		}
		if f.Signed {
			r.Signed = with(r.Signed, e.By, e.At)
		}
		if f.Approval != "" {
			r.Approval = f.Approval
		}
		r.come(f.State, e, f.Reason)
	})
}

// StrikeRecord takes a record away that should not be there; of somebody else's
// only with a reason. Its number stays unused.
type StrikeRecord struct {
	Form   FormName
	No     int
	Reason string
}

func (c StrikeRecord) decide(s *State, r Request) ([]Fact, error) {
	old, no := s.Record(r.By, c.Form, c.No)
	if no != nil {
		return nil, no
	}
	f, _ := c.Form.form()
	if no := first(s.MayWrite(r.By, old), need(f.Each == nil || old.Rev > 0, NoRecord, old.No)); no != nil {
		return nil, no
	}
	strike := f.Strike
	if strike == nil && f.Write != nil {
		strike = func(s *State, who MemberID, r Record) *Refusal { return f.Write(s, who, r, r) }
	}
	if strike != nil {
		if no := strike(s, r.By, old); no != nil {
			return nil, no
		}
	}
	if no := need(old.State == Draft || old.State == Kept || old.State == OpenState, RecordStands, old.State); no != nil {
		return nil, no
	}
	if c.Reason == "" && old.Owner != r.By {
		return nil, refuse(ReasonMissing)
	}
	if c.Reason != "" {
		if no := badReason(c.Reason, 200); no != nil {
			return nil, no
		}
	}
	return []Fact{RecordStruck{Form: c.Form, No: old.No, Reason: tidy(c.Reason)}}, nil
}

// RecordStruck says that a record no longer stands, and why.
type RecordStruck struct {
	Form   FormName `json:"form"`
	No     int      `json:"no"`
	Reason string   `json:"reason"`
}

func (f RecordStruck) apply(s *State, _ Event) {
	s.changeRecord(f.Form, f.No, func(r *Record) { r.Struck, r.Reason = true, f.Reason })
}

// KeepersOnly means that a kind is written by the console, the recorder and the
// committee.
const KeepersOnly Code = "keepers-only"

// keepsRecords reports whether who writes the branch's own records: the console,
// the recorder and the committee do.
func (s *State) keepsRecords(who MemberID) bool { return s.records(who) || s.onCommittee(who) }

// mayKeep is the rule for the branch's own records.
func (s *State) mayKeep(m Member) *Refusal { return need(s.keepsRecords(m.ID), KeepersOnly) }

// keepsIt is the rule for moving a record of the branch's own.
func (s *State) keepsIt(who MemberID, _ Record) *Refusal {
	return need(s.keepsRecords(who), KeepersOnly)
}

// readsBranch lets every party member and the superior read a record of the
// branch's own; the superior not what is still a draft.
func (s *State) readsBranch(who MemberID, r Record) bool {
	m, ok := s.Member(who)
	return ok && (m.InParty() || m.Kind == Above && r.State != Draft)
}

// readsWithKeepers lets only who keeps the records read one, and the superior
// what was handed in.
func (s *State) readsWithKeepers(who MemberID, r Record) bool {
	return s.keepsRecords(who) || s.above(who) && r.State != Draft
}
