package ssh

import (
	"context"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
)

// booth opens a booth's terminal and returns how it asks whose code was typed.
func (h *house) booth(user string) (c *gossh.Client, admit func(code string) (meeting.MemberID, error)) {
	h.t.Helper()
	c, err := h.try(&login{user: user})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { c.Close() })
	h.terminal(c, 80, 24).sees(branchName)
	h.server.seats.mu.Lock()
	defer h.server.seats.mu.Unlock()
	for one := range h.server.seats.all {
		if one.who.id == meeting.Booth {
			return c, h.server.admits(one)
		}
	}
	h.t.Fatal("no booth is open")
	return nil, nil
}

func TestABoothAsksWhoseCodeWasTyped(t *testing.T) {
	h := newHouse(t, 3)
	_, admit := h.booth("booth")
	for _, who := range []meeting.MemberID{"m02", "m01"} { // the console's own holder may vote here too
		if got, err := admit(strings.ToLower(h.codes[who])); err != nil || got != who {
			t.Errorf("%s: %q %v", who, got, err)
		}
	}
	for code, says := range map[string]string{"": "10 个字母", "AAAAA-AAAAA": "入会码不对", "m02": "10 个字母", "\x1b[2J": "10 个字母"} {
		if got, err := admit(code); got != "" || err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "AAAAA") {
			t.Errorf("%q: %q %v", code, got, err)
		}
	}
	if strings.Contains(h.log.String(), "AAAAA") || strings.Contains(h.log.String(), h.codes["m02"]) {
		t.Errorf("a typed code was logged: %s", h.log)
	}
}

func TestACodeThatWasReplacedIsRefusedAtTheBooth(t *testing.T) {
	h := newHouse(t, 2)
	_, admit := h.booth("booth")
	if _, err := admit(h.codes["m02"]); err != nil {
		t.Fatal(err)
	}
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m02": HashCode(secret, "23456-789AB")}})
	if got, err := admit(h.codes["m02"]); err == nil {
		t.Errorf("the old code admits %q", got)
	}
	if got, err := admit("23456789ab"); err != nil || got != "m02" {
		t.Errorf("the new code: %q %v", got, err)
	}
	if err := h.venue.Rehearse(t.Context(), "m01", true); err != nil {
		t.Fatal(err)
	}
	if got, err := admit("23456789ab"); err != nil || got != "m02" {
		t.Errorf("in a rehearsal: %q %v", got, err)
	}
}

func TestABoothKnowsNoOtherBranchesCodes(t *testing.T) {
	one, two := newHouse(t, 2), newHouse(t, 2)
	_, admit := one.booth("booth+b1")
	one.server.config.Halls = func(context.Context) ([]Room, error) { return []Room{one.venue, two.venue}, nil }
	if got, err := admit(two.codes["m02"]); err == nil {
		t.Errorf("another branch's code admits %q", got)
	}
}

// Wrong codes at the booth and at the door are counted together, and cost the
// next voter nothing.
func TestWrongCodesAtTheBoothCostOnlyTheGuesser(t *testing.T) {
	h := newHouse(t, 2)
	_, admit := h.booth("booth")
	if _, err := h.try(&login{user: "x", auth: []gossh.AuthMethod{gossh.Password("AAAAA-AAAAA")}}); err == nil {
		t.Fatal("a wrong code lets somebody in")
	}
	for range freeGuesses - 1 {
		if _, err := admit("BBBBB-BBBBB"); err == nil {
			t.Fatal("a wrong code is right")
		}
	}
	if got, err := admit(h.codes["m02"]); err != nil || got != "m02" {
		t.Errorf("a right code: %q %v", got, err)
	}
	if d := h.server.guard.wrong(stranger("127.0.0.1")); d != firstDelay {
		t.Errorf("the next wrong code waits %s, want %s", d, firstDelay)
	}
}

func TestABoothMayDoNothingAndNeedsATerminal(t *testing.T) {
	h := newHouse(t, 3)
	c, _ := h.booth("booth")
	for _, act := range meeting.Actions() {
		if meeting.May(h.hall.State(), meeting.Booth, act) == nil {
			t.Errorf("a booth may %s", act)
		}
	}
	before := h.hall.State().Chronicle.Len()
	for _, words := range []string{"", "status", "whoami", "signin", "vote", "next"} {
		if a := h.saysOn(c, words, "文字"); a.exit == exitOK || !strings.Contains(a.err, "终端") || a.out != "" {
			t.Errorf("%q: %+v", words, a)
		}
	}
	if h.hall.State().Chronicle.Len() != before {
		t.Error("a booth changed something")
	}
	other, _ := h.booth("booth") // a second one beside it
	for _, one := range []*gossh.Client{c, other} {
		if _, err := one.NewSession(); err != nil {
			t.Errorf("a booth gave way to another: %v", err)
		}
	}
	if _, err := h.try(&login{user: "booth+b9"}); err == nil {
		t.Error("a branch that does not exist has a booth")
	}
}

func TestOnlyABoothAsksForCodes(t *testing.T) {
	h := newHouse(t, 2)
	if h.server.admits(&session{who: person{room: h.venue, id: "m01"}}) != nil {
		t.Error("a member's own screen asks for codes")
	}
}

// The codes of the things in the room are nobody's.
func TestABoothAdmitsNoThing(t *testing.T) {
	h := newHouse(t, 2)
	_, admit := h.booth("booth")
	for _, id := range []meeting.MemberID{meeting.Screen, meeting.Booth} {
		if got, err := admit(h.codes[id]); err == nil {
			t.Errorf("the booth admits %q", got)
		}
	}
}
