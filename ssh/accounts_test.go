package ssh

import (
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
)

// fills opens sessions that stay until there is no place any more, on as many
// connections as it takes, and returns how many there are.
func (h *house) fills(connect func() (*gossh.Client, error)) (open int) {
	h.t.Helper()
	for range 2 * sessionsPerCode {
		c, err := connect()
		if err != nil {
			return open
		}
		h.t.Cleanup(func() { c.Close() })
		for range sessionsPerLink {
			sess, err := c.NewSession()
			if err != nil {
				return open
			}
			if err := sess.Start("status --follow"); err != nil {
				h.t.Fatal(err)
			}
			open++
		}
	}
	h.t.Fatal("there is no limit")
	return open
}

// Whoever holds all places of an old code keeps nobody with the new one out, and
// neither do many walls.
func TestPlacesAreCountedByCode(t *testing.T) {
	h := newHouse(t, 3)
	as := func(user string, who meeting.MemberID) func() (*gossh.Client, error) {
		return func() (*gossh.Client, error) {
			return h.try(&login{user: user, auth: []gossh.AuthMethod{gossh.Password(h.codes[who])}})
		}
	}
	if n := h.fills(as("x", "m02")); n != sessionsPerCode {
		t.Errorf("%d sessions with one code", n)
	}
	h.reissue("m02")
	h.codes["m02"] = "23456-789AB"
	if a := h.says("m02", "whoami", ""); a.exit != exitOK {
		t.Errorf("with the new code: %+v", a)
	}
	for user, who := range map[string]meeting.MemberID{"screen": "screen", "screen+b1": "m01"} {
		if n := h.fills(as(user, who)); n != sessionsPerCode {
			t.Errorf("%d walls with the code of %s", n, who)
		}
	}
	if a := h.says("m01", "whoami", ""); a.exit != exitOK {
		t.Errorf("the console beside its walls: %+v", a)
	}
	c, err := h.here(&login{user: "screen"})
	if err != nil {
		t.Fatalf("the projector: %v", err)
	}
	defer c.Close()
	h.terminal(c, 80, 24).sees(branchName)
}

// Connections without a session are bounded too: the oldest of them goes. Those
// that work stay, and then it is said that there are too many.
func TestConnectionsAreBoundedByCode(t *testing.T) {
	h := newHouse(t, 3)
	working := h.dial("m02")
	s := h.plainly(working, "", "status --follow")
	s.hears(branchName)
	oldest := h.dial("m02")
	gone := make(chan struct{})
	go func() { _ = oldest.Wait(); close(gone) }()
	for range linksPerCode {
		h.dial("m02")
	}
	<-gone // the server hung up
	if a := h.says("m02", "whoami", ""); a.exit != exitOK {
		t.Errorf("one more connection: %+v", a)
	}
	h.Does("m02", meeting.SignIn{})
	s.hears("实到 1")
	if a := h.says("m03", "whoami", ""); a.exit != exitOK {
		t.Errorf("others: %+v", a)
	}
}

func TestOnlyAnIdleConnectionLosesItsPlace(t *testing.T) {
	s, of := newSeats(), account{place{"b1", "m02"}, "hash"}
	newLink := func() *link { return &link{Conn: discard{}, hallway: newHallway(), gone: make(chan struct{})} }
	closed := func(l *link) bool {
		select {
		case <-l.gone:
			return true
		default:
			return false
		}
	}
	var links []*link
	var forgets, leaves []func()
	for range linksPerCode {
		l := newLink()
		forget, ok := s.admit(l, of)
		leave, no := s.enter(&session{link: l, at: of.place, account: of})
		if !ok || no != "" {
			t.Fatalf("%t %q", ok, no)
		}
		links, forgets, leaves = append(links, l), append(forgets, forget), append(leaves, leave)
	}
	late := newLink()
	if _, ok := s.admit(late, of); ok {
		t.Error("one that works lost its place")
	}
	if _, ok := s.admit(newLink(), account{of.place, "another"}); !ok {
		t.Error("another code has no place")
	}
	leaves[7]()
	forget, ok := s.admit(late, of)
	if !ok || !closed(links[7]) || closed(links[0]) {
		t.Errorf("%t: the idle one went: %t, the oldest: %t", ok, closed(links[7]), closed(links[0]))
	}
	for i, leave := range leaves {
		if i != 7 {
			leave()
		}
	}
	for _, forget := range append(forgets, forget, forget) { // twice is once
		forget()
	}
	if len(s.here)+len(s.sessions)+len(s.used)+len(s.links[of])+len(s.all) != 0 {
		t.Errorf("something is counted for ever: %+v", s)
	}
}
