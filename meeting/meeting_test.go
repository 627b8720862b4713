package meeting_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// hall plays a meeting: every command is decided, applied, stored and read
// back, so that the log always leads to the same state.
type hall struct {
	t   *testing.T
	s   *meeting.State
	now time.Time
}

func newHall(t *testing.T, id string, people ...meeting.Member) *hall {
	t.Helper()
	rules, err := preset.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	h := &hall{t: t, s: meeting.NewState(), now: time.Date(2017, 3, 20, 14, 0, 0, 0, time.UTC)}
	h.does(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: "b1", Name: "第一党支部", Org: "某党总支"}, Rules: rules})
	h.does(meeting.Keeper, meeting.ImportRoster{People: people})
	return h
}

func (h *hall) ask(by meeting.MemberID, c meeting.Command) error {
	h.t.Helper()
	h.now = h.now.Add(10 * time.Second)
	events, err := meeting.Decide(h.s, meeting.Request{By: by, At: h.now, Do: c})
	for _, e := range events {
		body, blob, err := meeting.Encode(e)
		if err != nil {
			h.t.Fatal(err)
		}
		back, err := meeting.Decode(body, blob)
		if err != nil {
			h.t.Fatal(err)
		}
		h.s = meeting.Apply(h.s, back)
	}
	return err
}

func (h *hall) does(by meeting.MemberID, c meeting.Command) {
	h.t.Helper()
	if err := h.ask(by, c); err != nil {
		h.t.Fatalf("%s %T: %v", by, c, err)
	}
}

func (h *hall) refused(by meeting.MemberID, c meeting.Command, want meeting.Code) {
	h.t.Helper()
	var no *meeting.Refusal
	if err := h.ask(by, c); !errors.As(err, &no) || no.Code != want {
		h.t.Errorf("%s %T: got %v, want %s", by, c, err, want)
	}
}

// fifteen is a branch of the usual size: a committee of three, two 预备党员, a
// guide, a 群众代表.
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
		meeting.Member{ID: "g1", Name: "列席01", Kind: meeting.Guest, PartyPost: "指导"},
		meeting.Member{ID: "q1", Name: "群众01", Kind: meeting.Mass})
}

func TestSecretarySpeaksFirstThenTheCommittee(t *testing.T) {
	h := newHall(t, "seed-2017", fifteen()...)
	for i := 1; i <= 15; i++ {
		h.does(meeting.MemberID(fmt.Sprintf("m%02d", i)), meeting.SignIn{})
	}
	got := h.s.Participants()
	for i, want := range []meeting.MemberID{"m03", "m02", "m04", "m01", "m05"} {
		if got[i] != want {
			t.Fatalf("order %v", got)
		}
	}
}
