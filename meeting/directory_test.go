package meeting_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// found asks a state for everybody whom its roster has, and for somebody whom it
// does not have, and compares with a walk over the roster.
func found(t *testing.T, s *meeting.State) {
	t.Helper()
	for _, want := range append(slices.Clone(s.Roster), meeting.Member{ID: "m98", Name: "某某"}) {
		of := func(p meeting.Member) bool { return p.ID == want.ID }
		i := slices.IndexFunc(s.Roster, of)
		got, ok := s.Member(want.ID)
		same(t, string(want.ID)+" is there", ok, i >= 0)
		name := string(want.ID)
		if i >= 0 {
			same(t, string(want.ID), got, s.Roster[i])
			name = s.Roster[i].Name
		}
		same(t, "the name of "+string(want.ID), s.NameOf(want.ID), name)
		var ids []meeting.MemberID
		for _, p := range s.Roster {
			if p.Name == want.Name {
				ids = append(ids, p.ID)
			}
		}
		same(t, want.Name, s.Named(want.Name), ids)
	}
	chair := meeting.MemberID("")
	for _, post := range []string{"副书记", "书记"} {
		for _, p := range slices.Backward(s.Roster) {
			if p.InParty() && strings.HasPrefix(p.PartyPost, post) {
				chair = p.ID
			}
		}
	}
	same(t, "the chair", s.Chair(), chair)
}

func TestPeopleAreFoundAsByAWalk(t *testing.T) {
	found(t, meeting.NewState())
	h := newTown(t)
	h.log.moved = func() { found(t, h.State()); found(t, h.State().Wall()) }
	h.Founds(meetingtest.Rules(t, "seed-2017"), meetingtest.Branch(6, 1)...)
	old := h.State()
	changed := slices.Clone(old.Roster)
	changed[1].Name, changed[2].Name = changed[0].Name, "新名"
	for i := range changed {
		changed[i].PartyPost = strings.Replace(changed[i].PartyPost, "书记", "委员", 1)
	}
	changed[4].PartyPost = "副书记"
	h.Does(meeting.Keeper, meeting.ImportRoster{People: append(changed, meeting.Member{ID: "m97", Name: changed[0].Name, Kind: meeting.Formal, PartyPost: "书记"}), Yes: true})
	same(t, "the chair", h.State().Chair(), meeting.MemberID("m97"))
	found(t, old) // as it was
	same(t, "by the old name", old.Named("新名"), []meeting.MemberID(nil))

	events, err := meeting.Decide(meeting.NewState(), meeting.Request{By: h.State().Chair(), Do: meeting.Rehearse{Of: h.State(), Subjects: []string{"苹果", "梨"}}})
	found(t, folded(must(t, events, err)))
}

// A log that no rule has seen may name somebody twice.
func TestPeopleOfAForeignLogAreFound(t *testing.T) {
	rules := meetingtest.Rules(t, "seed-2017")
	twice := []meeting.Member{{ID: "m01", Name: "一"}, {ID: "m02", Name: "二"}, {ID: "m01", Name: "三"}, {ID: "", Name: ""}}
	for _, begin := range []meeting.Fact{meeting.Founded{Rules: rules}, meeting.RehearsalBegun{Rules: rules, Roster: twice}} {
		s := folded([]meeting.Event{{Fact: begin}, {Fact: meeting.RosterImported{People: twice}}, {Fact: meeting.RosterImported{People: twice[1:]}}})
		found(t, s)
		found(t, s.Wall())
		same(t, "the last word on m01", s.NameOf("m01"), "三")
	}
}

// A larger roster makes nobody harder to find: the cases take the same time.
func BenchmarkMember(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		s := folded([]meeting.Event{
			{Fact: meeting.Founded{Rules: meetingtest.Rules(b, preset.Default)}},
			{Fact: meeting.RosterImported{People: meetingtest.Branch(n, 0)}},
		})
		last := s.Roster[len(s.Roster)-1]
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, ok := s.Member(last.ID); !ok || s.NameOf(last.ID) != last.Name || len(s.Named(last.Name)) != 1 || s.Chair() == last.ID {
					b.Fatal("not found")
				}
			}
		})
	}
}
