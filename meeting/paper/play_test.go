package paper_test

import (
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/paper"
	"pingyi/meeting/preset"
)

// play is a meeting that is played through the real core with real ballots.
type play struct {
	t    testing.TB
	s    *meeting.State
	now  time.Time
	keys map[meeting.MemberID]*ballot.SecretKey // of the scrutineers, and the server's under Keeper
	cred map[meeting.MemberID]string            // private credentials of the open vote
}

// founded begins a branch with a preset, whose rules may be changed before.
func founded(t testing.TB, id string, people []meeting.Member, change func(*preset.Rules)) *play {
	t.Helper()
	rules, err := preset.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(rules)
	}
	h := &play{t: t, s: meeting.NewState(), now: time.Date(2017, 3, 20, 6, 0, 0, 0, time.UTC)}
	h.does(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: "b1", Name: "第一党支部", Org: "某党总支"}, Rules: rules})
	h.does(meeting.Keeper, meeting.ImportRoster{People: people})
	return h
}

func (h *play) does(by meeting.MemberID, c meeting.Command) {
	h.t.Helper()
	h.now = h.now.Add(20 * time.Second)
	events, err := meeting.Decide(h.s, meeting.Request{By: by, At: h.now, Do: c})
	if err != nil {
		h.t.Fatalf("%s %T: %v", by, c, err)
	}
	for _, e := range events {
		h.s = meeting.Apply(h.s, e)
	}
}

// happens applies a fact that nobody decided: for what the core would take a
// whole ceremony to reach.
func (h *play) happens(by meeting.MemberID, f meeting.Fact) {
	h.now = h.now.Add(20 * time.Second)
	h.s = meeting.Apply(h.s, meeting.Event{By: by, At: h.now, Fact: f})
}

// goTo brings the meeting to the item of a kind.
func (h *play) goTo(kind string) {
	h.t.Helper()
	for _, it := range h.s.Agenda {
		if it.Kind == kind {
			h.does(chair, meeting.Goto{No: it.No})
		}
	}
}

const chair meeting.MemberID = "m01"

func id(i int) meeting.MemberID { return meeting.MemberID(fmt.Sprintf("m%02d", i)) }

// branch is n party members, the last two of them 预备, with a committee of
// three, a guide and a 群众代表.
func branch(n int) []meeting.Member {
	var people []meeting.Member
	for i := 1; i <= n; i++ {
		m := meeting.Member{ID: id(i), Name: fmt.Sprintf("党员%02d", i), Kind: meeting.Formal}
		switch i {
		case 1:
			m.PartyPost = "书记"
		case 2:
			m.PartyPost = "组织委员"
		case 3:
			m.PartyPost = "纪检委员"
		}
		if i > n-2 {
			m.Kind = meeting.Probationary
		}
		people = append(people, m)
	}
	return append(people,
		meeting.Member{ID: "g1", Name: "列席01", Kind: meeting.Guest, PartyPost: "指导领导"},
		meeting.Member{ID: "q1", Name: "群众01", Kind: meeting.Mass})
}

// seal names the scrutineers with the hands of everybody and lets each of them
// seal the box.
func (h *play) seal(scrutineers ...meeting.MemberID) {
	h.t.Helper()
	h.does(chair, meeting.NameScrutineers{IDs: scrutineers, Hands: &meeting.Hands{Yes: h.s.Roll().HereFormal}})
	h.keys = map[meeting.MemberID]*ballot.SecretKey{}
	for _, who := range scrutineers {
		h.does(who, meeting.Seal{Trustee: h.newKey(who)})
	}
}

func (h *play) newKey(who meeting.MemberID) ballot.Trustee {
	h.t.Helper()
	key, err := ballot.NewSecretKey(meeting.Group, rand.Reader)
	if err != nil {
		h.t.Fatal(err)
	}
	h.keys[who] = key
	trustee, err := key.Public(rand.Reader)
	if err != nil {
		h.t.Fatal(err)
	}
	return trustee
}

// open opens the box for everybody who is there, and 群众's if they vote.
func (h *play) open() {
	h.t.Helper()
	h.cred = map[meeting.MemberID]string{}
	h.newKey(meeting.Keeper)
	c := meeting.OpenBoxes{Elections: map[meeting.Channel]*ballot.Election{}}
	for _, channel := range meeting.Channels() {
		if voters := h.s.Electorate(channel); len(voters) > 0 {
			c.Elections[channel] = h.election(voters)
		}
	}
	h.does(chair, c)
}

func (h *play) election(voters []meeting.MemberID) *ballot.Election {
	h.t.Helper()
	uuid, err := ballot.NewUUID(rand.Reader)
	if err != nil {
		h.t.Fatal(err)
	}
	var public []string
	for _, who := range voters {
		private, err := ballot.NewCredential(rand.Reader)
		if err != nil {
			h.t.Fatal(err)
		}
		h.cred[who] = private
		p, err := ballot.PublicCredential(meeting.Group, uuid, private)
		if err != nil {
			h.t.Fatal(err)
		}
		public = append(public, p)
	}
	v := h.s.Vote()
	server, err := h.keys[meeting.Keeper].Public(rand.Reader)
	if err != nil {
		h.t.Fatal(err)
	}
	e, err := ballot.NewElection(ballot.Setup{
		UUID: uuid, Name: h.s.Branch.Name, Description: v.Title(), Group: meeting.Group,
		Questions: h.s.Questions(), Trustees: append(v.Trustees(), server), Credentials: public,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

// vote encrypts a member's choices and puts them into the box.
func (h *play) vote(who meeting.MemberID, c meeting.Choices) {
	h.t.Helper()
	rows, no := h.s.Rows(who, c)
	if no != nil {
		h.t.Fatal(no)
	}
	sheet, err := ballot.NewSheet(h.s.Vote().Members().Election, h.cred[who])
	if err != nil {
		h.t.Fatal(err)
	}
	for i, answer := range rows {
		if err := sheet.Choose(i, answer, rand.Reader); err != nil {
			h.t.Fatal(err)
		}
	}
	b, err := sheet.Seal(rand.Reader)
	if err != nil {
		h.t.Fatal(err)
	}
	h.does(who, meeting.Cast{Ballot: b})
}

// unseal lets the server and every scrutineer open the closed box.
func (h *play) unseal() {
	h.t.Helper()
	v := h.s.Vote()
	for _, who := range append([]meeting.MemberID{meeting.Keeper}, v.Scrutineers...) {
		partial, err := v.Members().Election.Decrypt(v.Members().Tally, h.keys[who], rand.Reader)
		if err != nil {
			h.t.Fatal(err)
		}
		h.does(who, meeting.Unseal{Partials: map[meeting.Channel]*ballot.Partial{meeting.MemberBox: partial}})
	}
}

// facts are those of a printing of the moment.
func (h *play) facts() paper.Facts {
	var head [32]byte
	for i := range head {
		head[i] = byte(i)
	}
	return paper.Facts{Head: head, Seq: 321, PrintedAt: h.now.Add(time.Hour)}
}

// papers are all papers of the moment, by name.
func (h *play) papers() map[string]paper.Document {
	list := map[string]paper.Document{}
	for _, p := range paper.All(h.s, h.facts()) {
		list[p.Name] = p.Document
	}
	return list
}
