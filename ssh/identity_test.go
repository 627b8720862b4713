package ssh

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/creack/pty"
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
	for code, says := range map[string]string{
		"AAAAA-AAAAA": "入会码不对", "": "10 个字母和数字", "m01": "10 个字母和数字", "党员02": "10 个字母和数字",
		strings.Repeat("A", 100000): "10 个字母和数字", "\x1b[2J": "10 个字母和数字",
	} {
		l := &login{user: "m01", auth: []gossh.AuthMethod{gossh.Password(code)}}
		if c, err := h.try(l); err == nil {
			c.Close()
			t.Fatalf("%.20q lets somebody in", code)
		}
		if !strings.Contains(l.heard, says) {
			t.Errorf("%.20q hears %q", code, l.heard)
		}
		if first := l.heard[:len(l.heard)/4]; strings.ContainsFunc(first, func(r rune) bool { return r > '~' }) {
			t.Errorf("without UTF-8 this begins with escape codes: %q", l.heard)
		}
	}
	if strings.Contains(h.log.String(), "AAAAA") {
		t.Errorf("a typed code was logged: %s", h.log)
	}
}

// Somebody who is asked types nonsense, and then wrong codes.
func TestTheThirdWrongCodeEndsTheConnection(t *testing.T) {
	h := newHouse(t, 2)
	typed := []string{"", "党员02", "AAAAA-AAAAA", "K7QF2", "BBBBB-BBBBB", "CCCCC-CCCCC"}
	var heard []string // before each question
	l := &login{user: "m01"}
	l.auth = []gossh.AuthMethod{
		gossh.KeyboardInteractive(func(_, _ string, questions []string, echos []bool) ([]string, error) {
			if len(questions) != 1 || !strings.HasSuffix(questions[0], CodePrompt) || echos[0] || len(heard) == len(typed) {
				t.Errorf("question %d is %q", len(heard)+1, questions)
				return nil, errRefused
			}
			heard = append(heard, strings.TrimSuffix(questions[0], CodePrompt))
			return typed[len(heard)-1 : len(heard)], nil
		}),
	}
	if c, err := h.try(l); err == nil {
		c.Close()
		t.Fatal("a wrong code lets somebody in")
	}
	heard = append(heard, l.heard)
	for i, want := range []string{"", "10 个字母", "10 个字母", "还有 2 次", "10 个字母", "还有 1 次", "这次连接结束"} {
		if i >= len(heard) || !strings.Contains(heard[i], want) || want == "" && heard[i] != "" {
			t.Fatalf("after %d answers %q is heard, want %q", i, heard, want)
		}
	}
	if n := h.server.guard.from[origin(stranger("127.0.0.1"))].wrong; n != 3 {
		t.Errorf("%d wrong codes were counted, want 3: nonsense is no guess", n)
	}
	answers := 0
	l.auth = []gossh.AuthMethod{gossh.KeyboardInteractive(func(string, string, []string, []bool) ([]string, error) {
		answers++
		return []string{""}, nil
	})}
	if c, err := h.try(l); err == nil || answers != questions {
		t.Errorf("nonsense is asked for %d times: %v", answers, c)
	}
}

// A client that tries two methods with what was typed once costs one try.
func TestTheSameWrongCodeCountsOnceInAConnection(t *testing.T) {
	h := newHouse(t, 2)
	asked := 0
	l := &login{user: "x", auth: []gossh.AuthMethod{
		gossh.Password("AAAAA-AAAAA"),
		gossh.KeyboardInteractive(func(string, string, []string, []bool) ([]string, error) {
			if asked++; asked == 1 {
				return []string{"aaaaaaaaaa"}, nil
			}
			return []string{h.codes["m02"]}, nil
		}),
	}}
	c, err := h.try(l)
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	if n := h.server.guard.from[origin(stranger("127.0.0.1"))].wrong; n != 1 || strings.Contains(l.heard, "还有 1 次") {
		t.Errorf("%d wrong codes were counted: %q", n, l.heard)
	}
}

// Forty people behind one address: what some of them mistype costs the others
// nothing.
func TestARightCodePassesAtOnceWhereOthersGuess(t *testing.T) {
	h := newHouse(t, 2)
	for range 20 {
		h.server.guard.wrong(stranger("127.0.0.1"))
	}
	answered := make(chan string, 1)
	go func() {
		l := &login{user: "x", auth: []gossh.AuthMethod{gossh.Password("AAAAA-AAAAA")}}
		if c, err := h.try(l); err == nil {
			c.Close()
		}
		answered <- l.heard
	}()
	h.log.waits(t, "wrong code")
	for _, auth := range []gossh.AuthMethod{gossh.Password(h.codes["m01"]), typing(h.codes["m02"], nil)} {
		c, err := h.try(&login{user: "x", auth: []gossh.AuthMethod{auth}})
		if err != nil {
			t.Fatalf("a right code is refused: %v", err)
		}
		c.Close()
	}
	select {
	case heard := <-answered:
		t.Errorf("the guesser has the answer already: %q", heard)
	default:
	}
	h.stop() // ends what is held
	<-answered
}

func TestTheDelayGrowsForTheGuesser(t *testing.T) {
	now := time.Unix(0, 0)
	g := newGuard(func() time.Time { return now })
	for i, want := range []time.Duration{0, 0, 0, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 8 * time.Second} {
		if d := g.wrong(stranger("2001:db8::1")); d != want {
			t.Errorf("wrong code %d waits %s, want %s", i+1, d, want)
		}
	}
	for ip, want := range map[string]time.Duration{
		"2001:db8::ffff:1": longestDelay, // one person's network
		"2001:db8:0:1::1":  0, "192.0.2.1": 0,
	} {
		if d := g.wrong(stranger(ip)); d != want {
			t.Errorf("%s: %s, want %s", ip, d, want)
		}
	}
	now = now.Add(forgottenIn + time.Second)
	if d := g.wrong(stranger("2001:db8::1")); d != 0 {
		t.Errorf("after ten quiet minutes: %s", d)
	}
}

func TestWhoHasLeftTheBranchHasNoCode(t *testing.T) {
	h := newHouse(t, 3)
	gone, _ := h.State().Member("m02")
	gone.Standing = "除名"
	h.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{gone}, Yes: true})
	l := &login{user: "m02", auth: []gossh.AuthMethod{gossh.Password(h.codes["m02"])}}
	if c, err := h.try(l); err == nil {
		c.Close()
		t.Fatal("the code still lets somebody in")
	}
	if !strings.Contains(l.heard, "不在本支部") {
		t.Errorf("what is heard is %q", l.heard)
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

// TestWhoTypesAnOldCodeIsToldSo: "check the slip" helps nobody who holds the old slip.
func TestWhoTypesAnOldCodeIsToldSo(t *testing.T) {
	h := newHouse(t, 3)
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m02": HashCode(secret, "23456-789AB")}})
	h.Does(meeting.Keeper, meeting.RevokeCodes{IDs: []meeting.MemberID{"m03"}})
	for id, says := range map[meeting.MemberID]string{"m02": "入会码已经更换", "m03": "停用"} {
		l := &login{user: string(id), auth: []gossh.AuthMethod{gossh.Password(h.codes[id])}}
		if c, err := h.try(l); err == nil {
			c.Close()
			t.Fatal("an old code lets somebody in")
		}
		if !strings.Contains(l.heard, says) {
			t.Errorf("with the old code of %s is heard %q", id, l.heard)
		}
	}
}

func TestTheProjectorMayDoNothing(t *testing.T) {
	h := newHouse(t, 2)
	for name, comes := range map[string]func(*login) (*gossh.Client, error){"its code": h.try, "the control socket": h.here} {
		c, err := comes(&login{user: "screen"})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		defer c.Close()
		if a := h.saysOn(c, "whoami", ""); !strings.Contains(a.out, "投影") {
			t.Errorf("%s: %+v", name, a)
		}
		before := h.hall.State().Chronicle.Len()
		for _, words := range []string{"signin", "next", "step", "floor", "vote", "name m02 console", "seal", "note", "papers", "record m02 self-criticise"} {
			if a := h.saysOn(c, words, "文字"); a.exit != exitFailed || a.err == "" {
				t.Errorf("%s: %s: %+v", name, words, a)
			}
		}
		if h.hall.State().Chronicle.Len() != before {
			t.Error("a projector changed something")
		}
		if _, err := comes(&login{user: "screen+b9"}); err == nil {
			t.Error("a branch that does not exist has a projector")
		}
	}
}

// What comes over TCP is asked for a code on this machine too: other accounts and
// relays look the same.
func TestLoopbackNeedsACodeToo(t *testing.T) {
	h := newHouse(t, 2)
	for _, user := range []string{"screen", "booth", "screen+b1", "booth+b1"} {
		if c, err := h.try(&login{user: user, auth: []gossh.AuthMethod{}}); err == nil {
			c.Close()
			t.Errorf("%s comes in without a code", user)
		}
	}
	if c, err := h.here(&login{user: "m01"}); err == nil {
		c.Close()
		t.Error("the control socket lets anybody in")
	}
}

// A projector and a booth have codes of their own; a console's opens both.
func TestWhichCodeOpensWhat(t *testing.T) {
	h := newHouse(t, 2)
	d := &doorman{Server: h.server, ctx: t.Context(), link: &link{Conn: discard{}, hallway: newHallway()}}
	for _, one := range []struct {
		user string
		code meeting.MemberID
		is   meeting.MemberID // "": refused
	}{
		{"screen", "screen", "screen"},
		{"screen+b1", "screen", "screen"},
		{"screen", "m01", "screen"},
		{"screen+b1", "m01", "screen"},
		{"Screen", "m01", "screen"}, // as a phone begins a name: the console must not come up on the wall
		{" BOOTH ", "m01", "booth"},
		{"Ｓｃｒｅｅｎ＋b1", "m01", "screen"},
		{"Screen+b2", "m01", ""},
		{"booth", "booth", "booth"},
		{"booth+b1", "m01", "booth"},
		{"anybody", "screen", "screen"},
		{"", "booth", "booth"},
		{"screen", "booth", ""},
		{"booth", "screen", ""},
		{"screen", "m02", ""},
		{"booth", "m02", ""},
		{"screen+b2", "screen", ""},
		{"screen+b2", "m01", ""},
	} {
		p, err := d.byCode(meta{one.user}, []byte(h.codes[one.code]))
		switch {
		case one.is == "" && err == nil:
			t.Errorf("%s@ is opened with the code of %s", one.user, one.code)
		case one.is != "" && err != nil:
			t.Errorf("%s@ with the code of %s: %v", one.user, one.code, err)
		case err == nil:
			if got := p.ExtraData[personKey{}].(person); got.id != one.is || got.owner != one.code || got.ended() != nil {
				t.Errorf("%s@ with the code of %s is %+v", one.user, one.code, got)
			}
		}
	}
	for _, user := range []string{"screen", "booth"} {
		if _, err := d.byName(meta{user}); err == nil {
			t.Errorf("a stranger opens %s without a code", user)
		}
	}
}

func TestTheProjectorShowsTheMeetingThatIsOn(t *testing.T) {
	one, two := newHouse(t, 2), newHouse(t, 2)
	d := &doorman{Server: one.server, ctx: t.Context()}
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
	d := &doorman{Server: one.server, ctx: t.Context()}
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

// Who joins does not have the machine's addresses looked up: many who come at once
// would have them looked up for each.
func TestManyWhoJoinHaveTheAddressLookedUpOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		s := &Server{config: Config{JoinHint: func(net.Addr) string { asked++; return fmt.Sprint("ssh -p 2222 192.168.1.", asked) }}, listener: nowhere{}}
		for range 1000 {
			if hint := s.joinHint(); hint != "ssh -p 2222 192.168.1.1" {
				t.Fatalf("it says %q", hint)
			}
		}
		time.Sleep(addressTime)
		if hint := s.joinHint(); hint != "ssh -p 2222 192.168.1.2" {
			t.Errorf("when the address has changed it says %q", hint)
		}
	})
}

// nowhere is a listener to which nobody comes.
type nowhere struct{ net.Listener }

func (nowhere) Addr() net.Addr { return &net.TCPAddr{} }

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
	if err := os.WriteFile(ask, []byte("#!/bin/sh\necho '"+h.codes["screen"]+"'\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if out, exit := run("", "screen@"+host, "whoami", "--json"); exit != 0 || !strings.Contains(out, `"projector"`) {
		t.Errorf("screen: exit %d %s", exit, out)
	}
	if err := os.WriteFile(ask, []byte("#!/bin/sh\necho '"+h.codes["m02"]+"'\n"), 0o700); err != nil {
		t.Fatal(err)
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

// TestOpenSSHIsAskedThreeTimesAndNeverForAPassword is what a person sees who
// mistypes the code, in a terminal that shows Chinese and in one that does not.
func TestOpenSSHIsAskedThreeTimesAndNeverForAPassword(t *testing.T) {
	program, err := exec.LookPath("ssh")
	if err != nil {
		t.Fatal("OpenSSH's client is needed: apt-get install openssh-client")
	}
	for locale, seen := range map[string][]string{
		"C.UTF-8": {CodePrompt, "Wrong code, tries left: 2 / 入会码不对，还有 2 次", CodePrompt, "Wrong code, tries left: 1 / 入会码不对，还有 1 次", CodePrompt, "Wrong code / 入会码不对，这次连接结束"},
		"C":       {"Join code / ", "Wrong code, tries left: 2 / ", "Join code / ", "Wrong code, tries left: 1 / ", "Join code / ", "Wrong code / "},
	} {
		t.Run(locale, func(t *testing.T) {
			h := newHouse(t, 2)
			host, port, _ := strings.Cut(h.server.Addr().String(), ":")
			cmd := exec.CommandContext(t.Context(), program, "-F", "none", "-p", port, "-o", "StrictHostKeyChecking=no",
				"-o", "UserKnownHostsFile="+filepath.Join(t.TempDir(), "known"), "-o", "PubkeyAuthentication=no", host)
			cmd.Env = append(os.Environ(), "LC_ALL="+locale, "SSH_ASKPASS_REQUIRE=never")
			there, err := pty.Start(cmd)
			if err != nil {
				t.Fatal(err)
			}
			defer there.Close()
			screen := bufio.NewReader(there)
			all := ""
			for i, text := range seen {
				for read := ""; !strings.Contains(read, text); {
					r, _, err := screen.ReadRune()
					if err != nil {
						t.Fatalf("it ended without %q: %q", text, all)
					}
					read, all = read+string(r), all+string(r)
				}
				if i%2 == 0 {
					if _, err := there.WriteString([]string{"AAAAA-AAAAA", "BBBBB-BBBBB", "CCCCC-CCCCC"}[i/2] + "\r"); err != nil {
						t.Fatal(err)
					}
				}
			}
			rest, _ := io.ReadAll(screen) // a terminal whose program has ended fails to be read
			if all += string(rest); strings.Contains(all, "assword") || strings.Contains(all, "AAAAA") {
				t.Errorf("on the screen: %q", all)
			}
			if cmd.Wait() == nil {
				t.Error("ssh says that it came in")
			}
		})
	}
}

// discard is the other side of no connection.
type discard struct{ net.Conn }

func (discard) SetDeadline(time.Time) error { return nil }
func (discard) Close() error                { return nil }
func (discard) RemoteAddr() net.Addr        { return nil }

// Clients that show no banners, or show them as escape codes, learn from the next
// question why the last answer was not good. Whatever is said before the login
// begins in ASCII.
func TestTheNextQuestionSaysWhyTheLastAnswerWasNotGood(t *testing.T) {
	h := newHouse(t, 2)
	var asked []string
	answers := []string{"", "x", "K7QF2-M9DWO", "AAAAA-AAAAA", h.codes["m02"]}
	l := &login{user: "anybody", auth: []gossh.AuthMethod{gossh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
		asked = append(asked, questions...)
		return answers[len(asked)-1 : len(asked)], nil
	})}}
	c, err := h.try(l)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	bad := "Not a code: 10 letters and digits / 入会码是纸条上的 10 个字母和数字：请对照纸条再输。\n" + CodePrompt
	look := "Not a code: codes have no 0 O 1 I L / 入会码里没有 0、O、1、I、L：请对照纸条，看清那是哪个字母再输。\n" + CodePrompt
	want := []string{CodePrompt, bad, bad, look, "Wrong code, tries left: 2 / 入会码不对，还有 2 次：请对照纸条再输。\n" + CodePrompt}
	if !slices.Equal(asked, want) || l.heard != "" {
		t.Errorf("asked %q, heard %q", asked, l.heard)
	}
	if CodePrompt != "Join code / 入会码（纸条上 10 个字母和数字，输入时不显示）: " {
		t.Errorf("the prompt is %q", CodePrompt)
	}
}

// TestAClientThatAnswersByItselfIsToldWhy: a script's client shows no question, in
// which the reason stands.
func TestAClientThatAnswersByItselfIsToldWhy(t *testing.T) {
	h := newHouse(t, 2)
	var told strings.Builder
	_, err := gossh.Dial("tcp", h.server.Addr().String(), &gossh.ClientConfig{
		User: "booth", HostKeyCallback: gossh.InsecureIgnoreHostKey(),
		Auth: []gossh.AuthMethod{gossh.KeyboardInteractive(func(_, _ string, qs []string, _ []bool) ([]string, error) {
			return []string{h.codes["m02"]}[:len(qs)], nil
		})},
		BannerCallback: func(text string) error { told.WriteString(text); return nil },
	})
	if err == nil || !strings.Contains(told.String(), "这里要用 booth 的入会码") || !strings.Contains(told.String(), "问了太多次") {
		t.Errorf("%v: %q", err, told.String())
	}
}

// A code that has ended is told in a last question, which clients show that show no banner; whose
// client answers by itself, and so shows no question, hears it.
func TestAnEndedCodeIsToldInALastQuestion(t *testing.T) {
	h := newHouse(t, 3)
	h.Does(meeting.Keeper, meeting.RevokeCodes{IDs: []meeting.MemberID{"m03"}})
	code := h.codes["m03"]
	for second, hears := range map[string]bool{"": false, code: true} {
		var asked []string
		l := &login{user: "anybody", auth: []gossh.AuthMethod{gossh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
			asked = append(asked, questions...)
			return []string{code, second}[len(asked)-1 : len(asked)], nil
		})}}
		if c, err := h.try(l); err == nil {
			c.Close()
			t.Fatal("it came in")
		}
		if len(asked) != 2 || !strings.Contains(asked[1], "已经停用") || !strings.HasSuffix(asked[1], LeavePrompt) || strings.Contains(l.heard, "已经停用") != hears {
			t.Errorf("%q: asked %q, heard %q", second, asked, l.heard)
		}
	}
}

// The page in a browser connects anew for each code: nothing is left there to count.
func TestAWrongCodeInABrowserIsNotCountedDown(t *testing.T) {
	h := newHouse(t, 2)
	l := &login{user: "anybody", hello: pageHello, auth: []gossh.AuthMethod{gossh.Password("AAAAA-AAAAA")}}
	if c, err := h.try(l); err == nil {
		c.Close()
		t.Fatal("it came in")
	}
	if !strings.Contains(l.heard, "入会码不对：请对照纸条再输") || strings.Contains(l.heard, "还有") {
		t.Errorf("heard %q", l.heard)
	}
	source, err := os.ReadFile("web/src/ssh.js")
	if err != nil || !strings.Contains(string(source), strconv.Quote(pageHello)) {
		t.Errorf("the page's client says something else: %v", err)
	}
}
