package meeting_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
)

// tb is a test or one run of a property.
type tb interface {
	rapid.TB
	Cleanup(func())
}

// hall plays a meeting: every command is decided and applied, and its events
// are stored and read back, so that at the end the log has led to the same
// state as the meeting itself.
type hall struct {
	t      tb
	s      *meeting.State
	stored *meeting.State
	now    time.Time
	urn    *urn
	chosen map[string][]int // by tracker, what a ballot says: no state knows
	cast   map[string][]int // by vote and voter, what their last ballot says
}

// newTown is a server without a branch.
func newTown(t tb) *hall {
	return &hall{
		t: t, s: meeting.NewState(), stored: meeting.NewState(), now: time.Date(2017, 3, 20, 14, 0, 0, 0, time.UTC),
		urn: &urn{t}, chosen: map[string][]int{}, cast: map[string][]int{},
	}
}

// newHall founds a branch with the rules of a preset, as change has changed
// them, and imports its roster.
func newHall(t tb, id string, change func(*preset.Rules), people ...meeting.Member) *hall {
	t.Helper()
	rules, err := preset.Load(id)
	must(t, rules, err)
	if change != nil {
		change(rules)
	}
	h := newTown(t)
	h.does(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: "b1", Name: "第一党支部", Org: "某党总支"}, Rules: rules})
	h.does(meeting.Keeper, meeting.ImportRoster{People: people})
	t.Cleanup(func() {
		if live, read := dump(t, h.s), dump(t, h.stored); live != read {
			t.Errorf("the log leads to another state:\n%s\n%s", live, read)
		}
		same(t, "chronicle", chronicle(t, h.stored), chronicle(t, h.s))
	})
	return h
}

// seated is a hall in which everybody has signed in, except who stays away,
// and the item of the given kind is open.
func seated(t tb, id, kind string, change func(*preset.Rules), away ...meeting.MemberID) *hall {
	t.Helper()
	h := newHall(t, id, change, fifteen()...)
	h.sits(kind, away...)
	return h
}

// sits has everybody sign in, except who stays away, and opens an item.
func (h *hall) sits(kind string, away ...meeting.MemberID) {
	h.t.Helper()
	for _, m := range h.s.Roster {
		if !slices.Contains(away, m.ID) {
			h.does(m.ID, meeting.SignIn{})
		}
	}
	h.does("m03", meeting.Next{})
	h.goTo(kind)
}

// goTo has the secretary open the item of a kind.
func (h *hall) goTo(kind string) {
	h.t.Helper()
	for _, it := range h.s.Agenda {
		if now, _ := h.s.Item(); it.Kind == kind && now.Kind != kind {
			h.does("m03", meeting.Goto{No: it.No})
		}
	}
}

// item is the item of a kind, as it stands now.
func (h *hall) item(kind string) meeting.Item {
	h.t.Helper()
	i := slices.IndexFunc(h.s.Agenda, func(it meeting.Item) bool { return it.Kind == kind })
	if i < 0 {
		h.t.Fatalf("no item %s", kind)
	}
	return h.s.Agenda[i]
}

func (h *hall) ask(by meeting.MemberID, c meeting.Command) error {
	h.t.Helper()
	h.now = h.now.Add(10 * time.Second)
	before := h.s
	events, err := meeting.Decide(h.s, meeting.Request{By: by, At: h.now, Do: c})
	if err != nil && (len(events) > 0 || h.s != before) {
		h.t.Fatalf("%s %T was refused and still did something", by, c)
	}
	for _, e := range events {
		h.s = meeting.Apply(h.s, e)
		body, _, blob, err := meeting.Encode(e)
		if err != nil {
			h.t.Fatal(err)
		}
		back, err := meeting.Decode(body, blob)
		h.stored = meeting.Apply(h.stored, must(h.t, back, err))
	}
	if cast, ok := c.(meeting.Cast); ok && err == nil {
		h.cast[fmt.Sprint(h.s.Vote().No, by)] = h.chosen[cast.Ballot.Tracker()]
	}
	return err
}

// does has somebody do things one after another.
func (h *hall) does(by meeting.MemberID, cmds ...meeting.Command) {
	h.t.Helper()
	for _, c := range cmds {
		if err := h.ask(by, c); err != nil {
			h.t.Fatalf("%s %T: %v", by, c, err)
		}
	}
}

// refused expects that somebody may not do something, for the reason want with
// the given arguments; none given are not compared.
func (h *hall) refused(by meeting.MemberID, c meeting.Command, want meeting.Code, args ...string) {
	h.t.Helper()
	var no *meeting.Refusal
	err := h.ask(by, c)
	if !errors.As(err, &no) || no.Code != want || (len(args) > 0 && !slices.Equal(no.Args, args)) {
		h.t.Errorf("%s %T: got %v, want %s %v", by, c, err, want, args)
	}
}

// greyed expects that a key does not work, and why.
func (h *hall) greyed(who meeting.MemberID, act meeting.Action, want meeting.Code) {
	h.t.Helper()
	if no := meeting.May(h.s, who, act); no == nil || no.Code != want {
		h.t.Errorf("%s may %s: got %v, want %s", who, act, no, want)
	}
}

// sealed names scrutineers and has them seal the box.
func (h *hall) sealed(ids ...meeting.MemberID) {
	h.t.Helper()
	roll, hands := h.s.Roll(), (*meeting.Hands)(nil)
	if 2*roll.HereFormal > roll.ExpectedFormal {
		hands = &meeting.Hands{Yes: roll.HereFormal}
	}
	h.does("m03", meeting.NameScrutineers{IDs: ids, Hands: hands})
	for _, id := range ids {
		h.does(id, h.urn.seal(h.s, id))
	}
	if h.s.Threshold() > 0 {
		h.does(meeting.Keeper, h.urn.join(h.s))
	}
}

// opened is sealed, and the box open.
func (h *hall) opened(ids ...meeting.MemberID) {
	h.t.Helper()
	h.sealed(ids...)
	h.does("m03", h.urn.open(h.s))
}

// ballotOf is what a voter would cast now: rows are answers by question, the
// last one for all questions after it. Like the server it lets nobody grade
// themself where the rules forbid it.
func (h *hall) ballotOf(who meeting.MemberID, rows ...int) *ballot.Ballot {
	h.t.Helper()
	v := h.s.Vote()
	box, ok := v.BoxOf(who)
	if !ok {
		h.t.Fatalf("%s has no ballot", who)
	}
	full := make([]int, len(box.Election.Questions()))
	for i := range full {
		full[i] = rows[min(i, len(rows)-1)]
		if i < len(v.Subjects) && v.Subjects[i] == who && !h.s.Rules.Vote.SelfVote {
			full[i] = ballot.Abstain
		}
	}
	b := h.urn.ballot(box.Election, who, full)
	h.chosen[b.Tracker()] = full
	return b
}

// casts has a voter grade everybody alike, or row by row.
func (h *hall) casts(who meeting.MemberID, rows ...int) {
	h.t.Helper()
	h.does(who, meeting.Cast{Ballot: h.ballotOf(who, rows...)})
}

// unsealed has the server and the scrutineers open the closed box, as many as
// are needed.
func (h *hall) unsealed() {
	h.t.Helper()
	v := h.s.Vote()
	needed := v.Scrutineers
	if n := h.s.Threshold(); n > 0 {
		needed = needed[len(needed)-n:]
	}
	for _, id := range append([]meeting.MemberID{meeting.Keeper}, needed...) {
		h.does(id, h.urn.unseal(v, id))
	}
}

// closed holds a vote up to the closed box: each voter with their rows.
func (h *hall) closed(votes map[meeting.MemberID][]int) {
	h.t.Helper()
	h.opened(h.s.ProposeScrutineers()...)
	for _, b := range h.s.Vote().Boxes {
		for _, id := range b.Voters {
			if rows, ok := votes[id]; ok {
				h.casts(id, rows...)
			}
		}
	}
	h.does("m03", meeting.CloseBox{})
}

// counted holds a whole vote.
func (h *hall) counted(votes map[meeting.MemberID][]int) {
	h.t.Helper()
	h.closed(votes)
	h.unsealed()
}

// fifteen is a branch of the usual size: a committee of three (m03 the
// secretary), two 预备党员 (m14, m15), a guide and a 群众代表.
func fifteen() []meeting.Member {
	var people []meeting.Member
	for i := 1; i <= 15; i++ {
		m := meeting.Member{ID: meeting.MemberID(fmt.Sprintf("m%02d", i)), Name: fmt.Sprintf("党员%02d", i), Kind: meeting.Formal}
		switch i {
		case 2:
			m.PartyPost = "组织委员"
		case 3:
			m.PartyPost = "书记"
		case 4:
			m.PartyPost = "宣传委员"
		case 14, 15:
			m.Kind = meeting.Probationary
		}
		people = append(people, m)
	}
	return append(people,
		meeting.Member{ID: "g1", Name: "列席01", Kind: meeting.Guest, PartyPost: "指导领导"},
		meeting.Member{ID: "q1", Name: "群众01", Kind: meeting.Mass})
}

func ids(s ...string) []meeting.MemberID {
	var list []meeting.MemberID
	for _, id := range s {
		list = append(list, meeting.MemberID(id))
	}
	return list
}

func same[T any](t tb, what string, got, want T) {
	t.Helper()
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		t.Errorf("%s: got %s, want %s", what, g, w)
	}
}

// chronicle writes everything that happened.
func chronicle(t tb, s *meeting.State) []string {
	t.Helper()
	var lines []string
	for c := range s.Chronicle.Backward() {
		body, _, blob, err := meeting.Encode(c.Event)
		lines = append(lines, fmt.Sprintf("%d %d %s %x", c.N, c.Item, must(t, body, err), blob))
	}
	return lines
}

// dump writes everything that a state holds, ballots and sums included, in a
// form in which equal states are equal. Of the chronicle it has the length.
func dump(t tb, s *meeting.State) string {
	t.Helper()
	type vote struct {
		meeting.Vote
		Keys  map[meeting.MemberID]string
		Joint string
		Boxes []string
		// what is flattened above, or has no form of its own
		Box, Mass, Election, Slips, Tally, Partials, Shares *struct{}
	}
	flat := struct {
		meeting.State
		Votes     []vote
		Chronicle int
	}{State: *s, Chronicle: s.Chronicle.Len()}
	for _, v := range s.Votes {
		f := vote{Vote: *v, Keys: map[meeting.MemberID]string{}, Joint: fmt.Sprint(v.Shares.Certificates, v.Shares.Encrypted)}
		for id, k := range v.Keys {
			f.Keys[id] = string(k.JSON())
		}
		if (v.Shares.Trustee != ballot.Trustee{}) {
			f.Joint += string(v.Shares.Trustee.JSON())
		}
		for _, b := range v.Boxes {
			f.Boxes = append(f.Boxes, dumpBox(b))
		}
		flat.Votes = append(flat.Votes, f)
	}
	text, err := json.Marshal(flat)
	return string(must(t, text, err))
}

func dumpBox(b *meeting.Box) string {
	slips, partials := map[meeting.MemberID]string{}, map[meeting.MemberID]string{}
	for id, slip := range b.Returned {
		slips[id] = fmt.Sprint(slip.Receipt, slip.Times, slip.Ballot != nil)
		if slip.Ballot != nil {
			slips[id] += fmt.Sprintf(" %x", slip.Ballot.Marshal())
		}
		for _, r := range slip.Comments {
			slips[id] += fmt.Sprintf(" %x", r.Marshal())
		}
	}
	for id, p := range b.Partials {
		partials[id] = string(p.Marshal())
	}
	text := fmt.Sprint(b.Voters, slips, b.Sums, partials)
	if b.Election != nil {
		text += string(b.Election.Marshal())
	}
	if b.Tally != nil {
		text += string(b.Tally.Marshal())
	}
	return text
}
