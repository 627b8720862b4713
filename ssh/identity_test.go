package ssh

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
)

// typing answers the server's question as a person does.
func typing(code string, asked *[]string) gossh.AuthMethod {
	return gossh.KeyboardInteractive(func(_, instruction string, questions []string, echos []bool) ([]string, error) {
		if asked != nil {
			*asked = append(append(*asked, instruction), questions...)
		}
		return []string{code}[:len(questions)], nil
	})
}

func TestTheJoinCodeSaysWhoSomebodyIs(t *testing.T) {
	h := newHouse(t, 3)
	var asked []string
	for name, l := range map[string]*login{
		"typed":            {user: "党员02", auth: []gossh.AuthMethod{typing(strings.ToLower(h.codes["m02"]), &asked)}},
		"password":         {user: "root", auth: []gossh.AuthMethod{gossh.Password(h.codes["m02"])}},
		"with spaces":      {user: "m01", auth: []gossh.AuthMethod{gossh.Password(" " + strings.ReplaceAll(h.codes["m02"], "-", " "))}},
		"nobody's account": {user: "", auth: []gossh.AuthMethod{gossh.Password(h.codes["m02"])}},
	} {
		c, err := h.try(l)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if a := h.saysOn(c, "whoami", ""); !strings.Contains(a.out, "党员02") || !strings.Contains(a.out, "m02") {
			t.Errorf("%s: %+v", name, a)
		}
		c.Close()
	}
	if text := strings.Join(asked, " "); !strings.Contains(text, "入会码") {
		t.Errorf("the question is not in Chinese: %q", text)
	}
}

func TestAWrongCodeIsToldSoAndNothingElse(t *testing.T) {
	h := newHouse(t, 2)
	for _, code := range []string{"", "AAAAA-AAAAA", "m01", strings.Repeat("A", 100000), "党员02", "\x1b[2J"} {
		l := &login{user: "m01", auth: []gossh.AuthMethod{gossh.Password(code)}}
		if c, err := h.try(l); err == nil {
			c.Close()
			t.Fatalf("%.20q lets somebody in", code)
		}
		if !strings.Contains(l.heard, "入会码不对") {
			t.Errorf("%.20q hears %q", code, l.heard)
		}
		h.later(time.Hour)
	}
	if strings.Contains(h.log.String(), "AAAAA") {
		t.Errorf("a typed code was logged: %s", h.log)
	}
}

func TestFiveWrongCodesCostAnAddressAMinute(t *testing.T) {
	h := newHouse(t, 2)
	wrong := &login{user: "x", auth: []gossh.AuthMethod{gossh.RetryableAuthMethod(gossh.Password("AAAAA-AAAAA"), 5)}}
	if _, err := h.try(wrong); err == nil {
		t.Fatal("a wrong code lets somebody in")
	}
	right := &login{user: "x", auth: []gossh.AuthMethod{gossh.Password(h.codes["m01"])}}
	var asked []string
	for _, l := range []*login{right, {user: "x", auth: []gossh.AuthMethod{typing(h.codes["m01"], &asked)}}} {
		if c, err := h.try(l); err == nil {
			c.Close()
			t.Fatal("the address is not locked out")
		}
		if !strings.Contains(l.heard, "一分钟") {
			t.Errorf("the locked out hears %q", l.heard)
		}
	}
	if len(asked) > 0 {
		t.Errorf("the locked out are asked for a code that nobody looks at: %q", asked)
	}
	h.later(59 * time.Second)
	if c, err := h.try(right); err == nil {
		c.Close()
		t.Error("the minute is short")
	}
	h.later(time.Second)
	c, err := h.try(right)
	if err != nil {
		t.Fatalf("after the minute: %v", err)
	}
	c.Close()
}

func TestOneAddressDoesNotLockAnotherOut(t *testing.T) {
	now := time.Unix(0, 0)
	g := newGuard(func() time.Time { return now })
	no, yes := func() bool { return false }, func() bool { return true }
	for range wrongCodes {
		if v := g.try(stranger("2001:db8::1"), no); v != wrong {
			t.Fatalf("verdict %d", v)
		}
	}
	for ip, want := range map[string]verdict{
		"2001:db8::1": locked, "2001:db8::ffff:1": locked, // one person's network
		"2001:db8:0:1::1": right, "192.0.2.1": right, "::ffff:192.0.2.1": right,
	} {
		if v := g.try(stranger(ip), yes); v != want {
			t.Errorf("%s: verdict %d, want %d", ip, v, want)
		}
	}
	now = now.Add(lockedFor)
	if v := g.try(stranger("2001:db8::1"), yes); v != right {
		t.Errorf("after the minute: %d", v)
	}
}

func TestAnOwnCodeBuysNoMoreGuesses(t *testing.T) {
	now := time.Unix(0, 0)
	g := newGuard(func() time.Time { return now })
	for i := range wrongCodes {
		if v := g.try(stranger("192.0.2.1"), func() bool { return false }); v != wrong {
			t.Fatalf("guess %d: verdict %d", i, v)
		}
		g.try(stranger("192.0.2.1"), func() bool { return true })
	}
	if v := g.try(stranger("192.0.2.1"), func() bool { return true }); v != locked {
		t.Errorf("verdict %d", v)
	}
}

func TestANewCodeEndsWhatTheOldOneMayDo(t *testing.T) {
	h := newHouse(t, 2)
	c := h.dial("m02")
	if a := h.saysOn(c, "whoami", ""); a.exit != 0 {
		t.Fatal(a)
	}
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m02": HashCode(secret, "23456-789AB")}})
	if _, err := c.NewSession(); err == nil {
		t.Error("a replaced code still opens sessions")
	}
}

func TestTheProjectorNeedsNoCodeAtTheServerItself(t *testing.T) {
	h := newHouse(t, 2)
	c, err := h.try(&login{user: "screen"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if a := h.saysOn(c, "whoami", ""); !strings.Contains(a.out, "投影") {
		t.Errorf("%+v", a)
	}
	before := h.hall.State().Chronicle.Len()
	for _, words := range []string{"signin", "next", "step", "floor", "vote", "name m02 console", "seal", "note", "papers", "record m02 self-criticise"} {
		if a := h.saysOn(c, words, "文字"); a.exit != exitFailed || a.err == "" {
			t.Errorf("%s: %+v", words, a)
		}
	}
	if h.hall.State().Chronicle.Len() != before {
		t.Error("a projector changed something")
	}
	if _, err := h.try(&login{user: "screen+b9"}); err == nil {
		t.Error("a branch that does not exist has a projector")
	}
	if _, err := h.try(&login{user: "screenx"}); err == nil {
		t.Error("any name that begins like screen comes in")
	}
}

func TestElsewhereTheProjectorNeedsTheConsolesCode(t *testing.T) {
	h := newHouse(t, 2)
	d := doorman{Server: h.server, ctx: t.Context(), link: &link{Conn: discard{}, hallway: newHallway()}}
	if _, err := d.byName(meta{"screen"}); err == nil {
		t.Error("a stranger sees the projector without a code")
	}
	if _, err := d.byCode(meta{"screen"}, []byte(h.codes["m02"])); err == nil {
		t.Error("any member opens projectors")
	}
	p, err := d.byCode(meta{"screen+b1"}, []byte(h.codes["m01"]))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.ExtraData[personKey{}].(person); got.id != meeting.Screen || !got.admitted() {
		t.Errorf("who: %q", got.id)
	}
	if _, err := d.byCode(meta{"screen+b2"}, []byte(h.codes["m01"])); err == nil {
		t.Error("a secretary opens another branch's projector")
	}
}

func TestTheProjectorShowsTheMeetingThatIsOn(t *testing.T) {
	one, two := newHouse(t, 2), newHouse(t, 2)
	d := doorman{Server: one.server, ctx: t.Context()}
	d.config.Halls = func(context.Context) ([]Room, error) { return []Room{one.venue, two.venue}, nil }
	two.Does("m01", meeting.Next{})
	if room, err := d.stage(""); err != nil || room != Room(two.venue) {
		t.Errorf("the branch that meets is not shown: %v", err)
	}
	one.Does("m01", meeting.Next{})
	if room, err := d.stage(""); err == nil {
		t.Errorf("with two meetings on, one is guessed: %s", room.State().Branch.Name)
	}
	d.config.Hosted = "b1"
	if room, err := d.stage(""); err != nil || room != Room(one.venue) {
		t.Errorf("the branch that is hosted is not shown: %v", err)
	}
}

// An unfinished meeting of another branch is not shown where one branch is
// hosted that has not begun.
func TestTheProjectorShowsTheBranchThatIsHosted(t *testing.T) {
	one, two := newHouse(t, 2), newHouse(t, 2)
	d := doorman{Server: one.server, ctx: t.Context()}
	renamed := elsewhere{two.venue}
	d.config.Halls = func(context.Context) ([]Room, error) { return []Room{one.venue, renamed}, nil }
	one.Does("m01", meeting.Next{})
	d.config.Hosted = "b2"
	if room, err := d.stage(""); err != nil || room != Room(renamed) {
		t.Errorf("another branch is shown: %v", err)
	}
	if room, err := d.stage("b1"); err != nil || room != Room(one.venue) {
		t.Errorf("a branch that is named is not shown: %v", err)
	}
	if hint := one.server.wallHint("b2"); hint != "" {
		t.Errorf("nobody knows the address, and it says %q", hint)
	}
	one.server.config.JoinHint = func(net.Addr) string { return "ssh -p 2222 192.168.1.5" }
	if hint := one.server.wallHint("b2"); hint != "ssh -p 2222 screen+b2@192.168.1.5" {
		t.Errorf("the command for the wall: %q", hint)
	}
}

// elsewhere is a room as that of branch b2.
type elsewhere struct{ Room }

func (e elsewhere) State() *meeting.State {
	s := *e.Room.State()
	s.Branch.ID = "b2"
	return &s
}

// meta is a connection from somewhere on the network.
type meta struct{ user string }

func (m meta) User() string        { return m.user }
func (meta) SessionID() []byte     { return nil }
func (meta) ClientVersion() []byte { return nil }
func (meta) ServerVersion() []byte { return nil }
func (meta) RemoteAddr() net.Addr  { return stranger("192.0.2.7") }
func (meta) LocalAddr() net.Addr   { return stranger("192.0.2.1") }

// TestOpenSSHComesIn is what a person's own computer does.
func TestOpenSSHComesIn(t *testing.T) {
	program, err := exec.LookPath("ssh")
	if err != nil {
		t.Fatal("OpenSSH's client is needed: apt-get install openssh-client")
	}
	h := newHouse(t, 2)
	dir := t.TempDir()
	ask := filepath.Join(dir, "ask")
	if err := os.WriteFile(ask, []byte("#!/bin/sh\necho '"+strings.ToLower(h.codes["m02"])+"'\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	host, port, _ := strings.Cut(h.server.Addr().String(), ":")
	run := func(input string, args ...string) (string, int) {
		args = append([]string{
			"-F", "none", "-p", port, "-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR",
			"-o", "UserKnownHostsFile=" + filepath.Join(dir, "known"), "-o", "PubkeyAuthentication=no",
		}, args...)
		cmd := exec.CommandContext(t.Context(), program, args...)
		cmd.Env = append(os.Environ(), "SSH_ASKPASS="+ask, "SSH_ASKPASS_REQUIRE=force", "DISPLAY=none", "HOME="+dir)
		cmd.Stdin = strings.NewReader(input)
		out, err := cmd.CombinedOutput()
		if err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return string(out), cmd.ProcessState.ExitCode()
	}
	if out, exit := run("", host, "signin"); exit != 0 || !strings.Contains(out, "实到 1") {
		t.Errorf("signin: exit %d %s", exit, out)
	}
	if out, exit := run("", host, "signin"); exit != 1 || strings.Count(out, "\n") != 1 {
		t.Errorf("a second signin: exit %d %q", exit, out)
	}
	if out, exit := run("", "screen@"+host, "whoami", "--json"); exit != 0 || !strings.Contains(out, `"projector"`) {
		t.Errorf("screen: exit %d %s", exit, out)
	}
	h.toItem("criticism")
	if out, exit := run("学习抓得还不够紧。\n第二行。\n", host, "criticise", "m01"); exit != 0 {
		t.Errorf("criticise: exit %d %s", exit, out)
	}
	if r, _ := h.hall.State().Round("m01"); len(r.Criticisms) != 1 || r.Criticisms[0].From != "m02" {
		t.Errorf("the criticism did not arrive: %+v", r)
	}
	master := filepath.Join(dir, "master")
	if out, exit := run("", "-o", "ControlMaster=auto", "-o", "ControlPersist=yes", "-o", "ControlPath="+master, host, "status"); exit != 0 {
		t.Errorf("status: %d %s", exit, out)
	}
	if out, exit := run("", "-o", "ControlPath="+master, host, "whoami"); exit != 0 || !strings.Contains(out, "m02") {
		t.Errorf("a second session on the same line: %d %s", exit, out)
	}
	run("", "-o", "ControlPath="+master, "-O", "exit", host)
}

// discard is the other side of no connection.
type discard struct{ net.Conn }

func (discard) SetDeadline(time.Time) error { return nil }
func (discard) Close() error                { return nil }
