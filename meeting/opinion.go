package meeting

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// ActOpinion writes opinions, or hands in one without one's name.
const ActOpinion Action = "opinion"

var opinionActions = []action{{ActOpinion, forMembers, (*State).mayOpinion}}

// Why an opinion is not taken.
const (
	OpinionsClosed   Code = "opinions-closed"
	OpinionsHeld     Code = "opinions-held"     // who may read none
	OpinionsFull     Code = "opinions-full"     // most
	OpinionLong      Code = "opinion-long"      // it does not fit into the largest size
	OpinionUnsigned  Code = "opinion-unsigned"  // nobody can change it
	OpinionUnsealed  Code = "opinion-unsealed"  // the server has no key for it
	OpinionNumber    Code = "opinion-number"    // its number is taken: another one has to be drawn
	NothingCollected Code = "nothing-collected" // no opinion is named
)

// What an opinion may be about beside a member.
const (
	AboutCommittee = "班子"
	AboutSecretary = "书记"
)

// The numbers of opinions without an author. They are drawn at random, so that
// no number tells who came first; those that somebody keeps count from 1.
const (
	FirstUnsigned = 1001
	LastUnsigned  = 9999
	maxUnsigned   = 3000
)

// opinionForm is 征求意见 (DOMAIN.md §4.6). The console, the recorder and the
// committee keep what they were told; a member hands one in without a name
// ([HandInOpinion]).
func opinionForm() *Form {
	return &Form{
		Name: "opinion", Title: "征求意见", Paper: "opinions", Main: "text",
		Fields: []Field{
			{Name: "about", Label: "对象", Type: PersonField, Words: []string{AboutCommittee, AboutSecretary}, Must: true},
			{Name: "means", Label: "征求方式", Type: WordField, Words: []string{"座谈", "个别", "问卷", "微信", "意见箱"}, Must: true},
			{Name: "source", Label: "意见来源", Type: WordField, Words: []string{"党员", "群众", "学生", "服务对象"}, Must: true},
			{Name: "category", Label: "类别", Type: LineField, Most: 60},
			{Name: "text", Label: "意见建议", Type: TextField, Must: true, Private: true, Most: 3500},
			{Name: "day", Label: "日期", Type: DayField},
		},
		Phase: (*State).mayKeep,
		Write: (*State).checkOpinion,
		Read: func(s *State, who MemberID, r Record) bool {
			return s.ReadsOpinions(who) || r.Owner == who && who != Keeper
		},
		Others: (*State).ReadsOpinions,
		Show:   singly((*State).showMerged),
		More:   (*State).unsigned,
		Status: func(r Record, _ RecordState) RecordState {
			if len(opinionForm().Missing(r.Values)) > 0 {
				return Draft
			}
			return Kept
		},
	}
}

// ReadsOpinions reports whether who reads all opinions: the console and the
// committee do.
func (s *State) ReadsOpinions(who MemberID) bool { return s.runs(who) || s.onCommittee(who) }

// mayOpinion: who keeps the records always, every party member while opinions are
// collected.
func (s *State) mayOpinion(m Member) *Refusal {
	if s.keepsRecords(m.ID) {
		return nil
	}
	return s.handsIn(m)
}

// handsIn lets party members hand in opinions until collecting is closed.
func (s *State) handsIn(m Member) *Refusal {
	return first(need(m.InParty(), PartyOnly), need(!s.Opinions.Closed, OpinionsClosed))
}

// MayHandIn says whether who may hand in an opinion without their name now.
func (s *State) MayHandIn(who MemberID) *Refusal {
	if no := May(s, who, ActOpinion); no != nil {
		return no
	}
	m, _ := s.Member(who)
	return s.handsIn(m)
}

// checkOpinion refuses an opinion on somebody outside the Party, and to change
// one that nobody has written.
func (s *State) checkOpinion(_ MemberID, old, next Record) *Refusal {
	m, ok := s.Member(MemberID(next.Value("about")))
	return first(
		need(old.No < FirstUnsigned, OpinionUnsigned),
		need(old.No > 0 || s.kept["opinion"].Len() < FirstUnsigned-1, OpinionsFull, FirstUnsigned-1),
		need(old.State != Merged, RecordStands, old.State),
		need(!ok || m.InParty(), NotInParty, s.Called(m.ID)))
}

// Opinions is what is known of the collecting of opinions beside the records:
// what was handed in without a name stays sealed here.
type Opinions struct {
	Closed bool
	Lines  []OpinionLine // the summary

	boxes [][]byte // as they came; nil: pruned
}

// OpinionLine is a line of the summary: several opinions in one.
type OpinionLine struct {
	No   int // from 1
	Text string
	Of   []int // the numbers of the opinions
}

// Unsigned is how many opinions were handed in without a name.
func (o Opinions) Unsigned() int { return len(o.boxes) }

// OpinionsShown is how many of the opinions without a name may be read. They are
// shown in batches of as many as ballots have to be, so that none appears alone,
// whose text would tell by its time; once no more are collected all are shown.
func (s *State) OpinionsShown() int {
	n := s.Opinions.Unsigned()
	if s.Opinions.Closed {
		return n
	}
	return n - n%max(1, s.Rules.Vote.MinBallots)
}

// RawOpinions is how many opinions there are, read or not.
func (s *State) RawOpinions() int {
	n := s.Opinions.Unsigned()
	for r := range s.kept["opinion"].All() {
		if !r.Struck && r.State != Draft {
			n++
		}
	}
	return n
}

// lateOpinions are the numbers of those that were collected after the meeting. Of those
// without an author nobody knows the day.
func (s *State) lateOpinions() []int {
	var late []int
	for r := range s.kept["opinion"].All() {
		if !r.Struck && r.State != Draft && !s.beforehand(r.Value("day")) {
			late = append(late, r.No)
		}
	}
	return late
}

// UnsignedOpinion is an opinion without an author, before it is sealed.
type UnsignedOpinion struct {
	No     int               `json:"no"` // from FirstUnsigned to LastUnsigned, at random
	Values map[string]string `json:"values"`
}

// sizes are those that a sealed opinion comes in, in bytes.
var sizes = [...]int{1 << 10, 4 << 10, 16 << 10}

// Padded is an opinion as text that is longer than it, so that with what sealing
// adds it is 1, 4 or 16 KB long, and its length tells no more.
func (o UnsignedOpinion) Padded(added int) ([]byte, *Refusal) {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	_ = e.Encode(o) // strings and a number always can be written
	for _, size := range sizes {
		if n := size - added - text.Len(); n >= 0 {
			return append(text.Bytes(), bytes.Repeat([]byte{' '}, n)...), nil
		}
	}
	return nil, refuse(OpinionLong)
}

// opened are those of the first n opinions without an author that can be opened
// here.
func (s *State) opened(n int) []UnsignedOpinion {
	var list []UnsignedOpinion
	for _, box := range s.Opinions.boxes[:n] {
		if o, ok := s.openOpinion(box); ok {
			list = append(list, o)
		}
	}
	return list
}

func (s *State) openOpinion(box []byte) (o UnsignedOpinion, ok bool) {
	if s.open == nil || len(box) == 0 {
		return o, false
	}
	text, ok := s.open(box)
	return o, ok && json.Unmarshal(text, &o) == nil
}

// unsigned are the opinions without an author that may be read: by their numbers,
// which are no order.
func (s *State) unsigned() []Record {
	var list []Record
	for _, o := range s.opened(s.OpinionsShown()) {
		list = append(list, Record{Form: "opinion", No: o.No, Rev: 1, Version: 1, State: Kept, Values: o.Values})
	}
	slices.SortFunc(list, func(a, b Record) int { return a.No - b.No })
	return list
}

// showMerged says of an opinion that it stands in a line of the summary.
func (s *State) showMerged(r *Record) {
	if _, ok := s.OpinionLine(r.No); ok {
		r.State = Merged
	}
}

// OpinionLine is the line of the summary in which an opinion stands.
func (s *State) OpinionLine(no int) (line OpinionLine, ok bool) {
	i := slices.IndexFunc(s.Opinions.Lines, func(l OpinionLine) bool { return slices.Contains(l.Of, no) })
	if i < 0 {
		return OpinionLine{}, false
	}
	return s.Opinions.Lines[i], true
}

// CheckUnsigned refuses an opinion that can't be handed in like this.
func (s *State) CheckUnsigned(who MemberID, values map[string]string) (map[string]string, *Refusal) {
	if no := s.MayHandIn(who); no != nil {
		return nil, no
	}
	f := opinionForm()
	r, no := s.written(f, who, Record{Form: f.Name}, values)
	if no != nil {
		return nil, no
	}
	for _, name := range []string{"about", "text"} {
		if x, _ := f.Field(name); r.Value(name) == "" {
			return nil, refuse(FieldMissing, x.Label)
		}
	}
	r.Values = maps.Clone(r.Values)
	if r.Value("means") == "" {
		r.Values["means"] = "意见箱"
	}
	return r.Values, s.checkOpinion(who, Record{}, r)
}

// HandInOpinion hands in an opinion without its author. Nothing that is recorded
// says who it was, by which request, or when. The server seals what Values says
// into Box before it asks.
type HandInOpinion struct {
	Values map[string]string
	Box    []byte
}

func (c HandInOpinion) decide(s *State, r Request) ([]Fact, error) {
	if no := s.MayHandIn(r.By); no != nil {
		return nil, no
	}
	o, ok := s.openOpinion(c.Box)
	if !ok {
		return nil, refuse(OpinionUnsealed)
	}
	if _, no := s.CheckUnsigned(r.By, o.Values); no != nil {
		return nil, no
	}
	taken := slices.ContainsFunc(s.opened(s.Opinions.Unsigned()), func(other UnsignedOpinion) bool { return other.No == o.No })
	if no := first(
		need(s.Opinions.Unsigned() < maxUnsigned, OpinionsFull, maxUnsigned),
		need(!taken && o.No >= FirstUnsigned && o.No <= LastUnsigned, OpinionNumber)); no != nil {
		return nil, no
	}
	return []Fact{OpinionHandedIn{Box: c.Box}}, nil
}

// OpinionHandedIn carries an opinion that has no author, sealed.
type OpinionHandedIn struct {
	Box []byte `json:"-"`
}

func (f OpinionHandedIn) split() (Class, []byte) { return PrivateBlob, f.Box }

func (f OpinionHandedIn) joined(blob []byte) (Fact, error) { //nolint:unparam // a splitter may refuse
	return OpinionHandedIn{Box: blob}, nil
}

func (f OpinionHandedIn) apply(s *State, _ Event) { s.Opinions.boxes = append(s.Opinions.boxes, f.Box) }

// unnamed is the event of a fact that has no author: nobody's, of no request, at
// the time of the event before it.
func (s *State) unnamed(f OpinionHandedIn) Event {
	e := Event{Fact: f}
	if s.Chronicle != nil {
		e.At = s.Chronicle.At
	}
	return e
}

// MergeOpinions makes one line of the summary of several opinions. Those that
// stand in another line leave it; a line that nothing stands in is gone.
type MergeOpinions struct {
	Nos  []int
	Text string
}

func (c MergeOpinions) decide(s *State, r Request) ([]Fact, error) {
	if no := s.MayCollect(r.By); no != nil {
		return nil, no
	}
	if len(c.Nos) == 0 {
		return nil, refuse(NothingCollected)
	}
	if no := badSpeech(c.Text); no != nil {
		return nil, no
	}
	of := slices.Compact(slices.Sorted(slices.Values(c.Nos)))
	for _, no := range of {
		one, gone := s.Record(r.By, "opinion", no)
		if gone != nil {
			return nil, gone
		}
		if one.State == Draft {
			return nil, refuse(RecordStands, one.State)
		}
	}
	return []Fact{OpinionsMerged{No: s.nextLine(), Of: of, Text: tidy(c.Text)}}, nil
}

func (s *State) nextLine() int {
	if n := len(s.Opinions.Lines); n > 0 {
		return s.Opinions.Lines[n-1].No + 1
	}
	return 1
}

// MayCollect says whether who may sum opinions up, and close the collecting: the
// console may.
func (s *State) MayCollect(who MemberID) *Refusal {
	return first(s.MayWrite(who, Record{Form: "opinion"}), need(s.runs(who), ConsoleOnly))
}

// OpinionsMerged says which opinions are one line of the summary.
type OpinionsMerged struct {
	No   int    `json:"no"`
	Of   []int  `json:"of"`
	Text string `json:"text"`
}

func (f OpinionsMerged) apply(s *State, _ Event) {
	var lines []OpinionLine
	for _, l := range s.Opinions.Lines {
		l.Of = slices.DeleteFunc(slices.Clone(l.Of), func(no int) bool { return slices.Contains(f.Of, no) })
		if len(l.Of) > 0 {
			lines = append(lines, l)
		}
	}
	s.Opinions.Lines = append(lines, OpinionLine{No: f.No, Text: f.Text, Of: f.Of})
}

// CloseOpinions ends the collecting of opinions without a name.
type CloseOpinions struct{}

func (c CloseOpinions) decide(s *State, r Request) ([]Fact, error) {
	if no := first(s.MayCollect(r.By), need(!s.Opinions.Closed, OpinionsClosed)); no != nil {
		return nil, no
	}
	return []Fact{CollectingClosed{}}, nil
}

// CollectingClosed says that no opinion without a name is taken any more.
type CollectingClosed struct{}

func (f CollectingClosed) apply(s *State, _ Event) { s.Opinions.Closed = true }
