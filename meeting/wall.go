package meeting

import (
	"slices"
	"strconv"

	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
)

// The projector is drawn from [State.Wall], a copy that holds only what the
// wall may show (SCREENS.md §1, 4): a mistake in drawing cannot show what is
// not there.

// wall holds answers that the copy for the wall cannot compute, because what
// they rest on was taken out of it.
type wall struct {
	cap    CapMeter
	counts map[MemberID]Histogram // of every subject, where all are announced
	branch *Histogram             // the committee's, where it is announced
	remark []MemberID             // the guides who have not spoken, at 领导点评
}

// withheld replaces a text where the wall may know that there is one, but not
// what it says.
const withheld = "…"

// Wall returns a copy of s with only what everybody in the room may see now. It
// has no text that anybody wrote but the reasons of absence that are read
// aloud, the open item's own words and the sentence that was put on the wall; no grade, code, receipt, key or ballot; how many voted but not who;
// and of the result what was announced. What is public has the same answer as
// in s: [State.Roll], [State.Item], [State.Following], [State.Cap],
// [State.Announced], the floor, the round, how far the vote has come. It is
// built field by field, so that a new field is not on the wall until somebody
// puts it there.
func (s *State) Wall() *State {
	if s.wall != nil {
		return s
	}
	return once(s, func(a *answers) *answer[*State] { return &a.wall }, (*State).makeWall)
}

func (s *State) makeWall() *State {
	roster := wallRoster(s.Roster)
	w := &State{
		Branch: s.Branch, Rules: s.Rules, Phase: s.Phase, Rehearsal: s.Rehearsal,
		Roster: roster, Consoles: s.Consoles, Recorder: s.Recorder, GroupRecorders: s.GroupRecorders,
		Attendance: s.wallAttendance(), Agenda: wallAgenda(s.Agenda), Current: s.Current,
		Floor: s.Floor, Placard: s.Placard, Recesses: s.Recesses, Rounds: wallRounds(s.Rounds), Subject: s.Subject,
		SelfRatings: keysOf(s.SelfRatings), Ratings: keysOf(s.Ratings),
		Coarser: s.Coarser, Submitted: s.Submitted, Table: s.Table, Final: s.Final,
		people: s.index().of(roster), wall: s.answers(),
	}
	if s.Guide != nil {
		guide := Superior{ID: s.Guide.ID, Name: s.Guide.Name}
		w.Guide, w.Superiors = &guide, []Superior{guide}
	}
	if s.ReadsOut() {
		w.ReadFor = []MemberID{s.Floor.Speaker}
	}
	if v := s.Vote(); v != nil {
		w.Votes = []*Vote{v.onWall()}
	}
	if at := s.Ended(); !at.IsZero() {
		w.Chronicle = &Chronicle{Event: Event{At: at, Fact: Adjourned{Roll: *s.Final}}, N: 1}
	}
	return remembering(w)
}

// answers computes what the wall is told while the state is still whole.
func (s *State) answers() *wall {
	w := &wall{cap: s.Cap()}
	if s.at(preset.Remark) {
		w.remark = s.ToRemark()
	}
	heard, said := s.Announced()
	if !said {
		return w
	}
	if heard.Full {
		w.counts = map[MemberID]Histogram{}
		for _, id := range s.Vote().Subjects {
			if h, no := s.Histogram(id); no == nil {
				w.counts[id] = h
			}
		}
	}
	if heard.Full || heard.Leading != nil {
		if h, no := s.BranchHistogram(); no == nil {
			w.branch = &h
		}
	}
	return w
}

// histogram returns a subject's histogram if all of them are announced.
func (w *wall) histogram(id MemberID) (Histogram, *Refusal) {
	h, told := w.counts[id]
	return h, need(told, ResultHeld)
}

func (w *wall) committee() (Histogram, *Refusal) {
	if w.branch == nil {
		return Histogram{}, refuse(ResultHeld)
	}
	return *w.branch, nil
}

// wallRoster keeps of everybody only what the room calls them by.
func wallRoster(roster []Member) []Member {
	list := make([]Member, len(roster))
	for i, m := range roster {
		list[i] = Member{ID: m.ID, Name: m.Name, Kind: m.Kind, PartyPost: m.PartyPost, Group: m.Group, NotCounted: blotted(m.Uncounted())}
	}
	return list
}

// wallAttendance keeps the reasons of those who are counted as absent: they are
// read aloud with the roll (DOMAIN.md §3.1).
func (s *State) wallAttendance() (m Map[MemberID, Attendance]) {
	for id, a := range s.Attendance.All() {
		a.Reason = ""
		m = m.with(id, &a, true)
	}
	for _, id := range s.Roll().Absent {
		if a, known := s.Attendance.Get(id); known {
			m = m.with(id, &a, true)
		}
	}
	return m
}

// wallAgenda keeps of what was written only the open item's own words, which are
// for everybody.
func wallAgenda(agenda []Item) []Item {
	list := slices.Clone(agenda)
	for i := range list {
		list[i].Reason = blotted(list[i].Reason)
		if list[i].Status != Open {
			list[i].Text = ""
		}
	}
	return list
}

// wallRounds keeps how many speeches there were about whom, without author or
// words.
func wallRounds(rounds List[Round]) (list List[Round]) {
	for r := range rounds.All() {
		on := *r
		on.Own = make([]Speech, len(r.Own))
		on.Criticisms = make([]Speech, len(r.Criticisms))
		on.Responses = make([]Speech, len(r.Responses))
		on.Read = 0
		list = list.with(list.Len(), &on, true)
	}
	return list
}

// onWall returns the vote with numbers only. Paper slips stand for those voters
// of the members' box who got one instead of a ballot, and the others for nobody
// in it.
func (v *Vote) onWall() *Vote {
	first := len(v.Members().Voters) - len(v.Moved(v.Members()))
	w := &Vote{
		No: v.No, State: v.State, Scrutineers: v.Scrutineers, Subjects: v.Subjects, names: v.names, Branch: v.Branch,
		OnPaper: nameless(MemberBox, first+len(v.OnPaper))[first:],
		Recoded: v.Recoded, Heard: v.Heard, Head: v.Head, Confirmed: v.Confirmed.onWall(),
		Opened: v.Opened, Closed: v.Closed, Counted: v.Counted,
		Keys: map[MemberID]ballot.Trustee{},
	}
	for _, id := range v.Scrutineers {
		if v.sealed(id) {
			w.Keys[id] = ballot.Trustee{} // says only that there is a key
		}
	}
	for _, b := range v.Boxes {
		w.Boxes = append(w.Boxes, b.onWall())
	}
	if sums, agreed := v.AgreedPaper(); agreed {
		w.Agreed = &PaperCount{Returned: sums.Returned}
	}
	for _, id := range nameless(MemberBox, v.Checked.Len()) {
		w.Checked = w.Checked.with(id, new(true), true)
	}
	return w.remembering()
}

// onWall leaves out the reason.
func (f *ReceiptsConfirmed) onWall() *ReceiptsConfirmed {
	if f == nil {
		return nil
	}
	return &ReceiptsConfirmed{Voters: f.Voters, Checked: f.Checked}
}

// onWall returns the box with numbers and its fingerprint only.
func (b *Box) onWall() *Box {
	w := &Box{
		Channel: b.Channel, Voters: nameless(b.Channel, len(b.Voters)),
		Partials: emptied(b.Partials), fingerprint: b.Fingerprint(),
	}
	for _, id := range nameless(b.Channel, b.Returned.Len()) {
		w.Returned = w.Returned.with(id, new(ReturnedBallot), true)
	}
	return w
}

// nameless returns n placeholder ids for voters of a box, #1 … #n after its
// channel. They are nobody's, and the same every time.
func nameless(of Channel, n int) []MemberID {
	list := make([]MemberID, n)
	for i := range list {
		list[i] = MemberID(string(of) + "#" + strconv.Itoa(i+1))
	}
	return list
}

// keysOf keeps the keys of m and forgets the values.
func keysOf[V any](m Map[MemberID, V]) (next Map[MemberID, V]) {
	for id := range m.All() {
		next = next.with(id, new(V), true)
	}
	return next
}

// emptied keeps the keys of m and forgets the values.
func emptied[V any](m map[MemberID]V) map[MemberID]V {
	next := make(map[MemberID]V, len(m))
	for id := range m {
		var zero V
		next[id] = zero
	}
	return next
}

// blotted returns withheld for a text, "" for none.
func blotted(text string) string {
	if text == "" {
		return ""
	}
	return withheld
}
