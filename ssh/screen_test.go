package ssh

import (
	"context"
	"io"
	"net"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	charm "charm.land/ssh"
	"github.com/charmbracelet/x/vt"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

const branchName = "第一党支部"

func TestAMemberGetsTheirScreenAndTheirTerminalBack(t *testing.T) {
	h := newHouse(t, 2)
	s := h.terminal(h.dial("m02"), 80, 24)
	s.sees(branchName)
	s.types("\x03\x03") // Ctrl+C
	s.ends()
	text := s.text()
	if !strings.Contains(text, "已退出") || strings.LastIndex(text, "\x1b[?1049l") < strings.LastIndex(text, "\x1b[?1049h") {
		t.Errorf("the terminal is not as it was: %q", text)
	}
}

// A console's terminal that pastes without marks, on a line that splits what it
// sends: no key of it counts, and no held Enter behind it.
func TestWhatIsPastedIntoAConsoleMovesNothing(t *testing.T) {
	h := newHouse(t, 3)
	s := h.terminal(h.dial("m01"), 80, 24)
	s.sees(branchName)
	before := h.hall.State()
	s.types("会议通知\r1\ry\r1\r\r")
	s.types("\r\ry\r")
	s.types("各位同志：y\r")
	s.sees("这里不能粘贴")
	s.types("\x1b[<0;12;5M\x1b[M !!\x1b]11;rgb:1111/2222/3333\x1b\\")
	s.types("\x1b[A?") // a key, with which the paste is over
	s.sees("这一页")
	if h.hall.State() != before {
		t.Error("the meeting has moved")
	}
}

// A console that came in by SSH, as with pingyi serve, is told what is wrong with
// the server's machine; nobody else is.
func TestAConsoleIsToldOfTheServersMachine(t *testing.T) {
	h := newHouse(t, 3, func(c *Config) {
		c.NoVerbs = func() bool { return true }
		c.OtherAddresses = func(net.Addr) []string { return []string{"10.9.8.7"} }
		c.Uncopied = func() string { return "磁盘满了。" }
		c.JoinHint = func(net.Addr) string { return "ssh -p 2222 192.168.1.5" }
	})
	h.toItem("sign-in")
	told := []string{"控制口", "10.9.8.7", "自动备份没有写成"}
	console := h.terminal(h.dial("m01"), 120, 40)
	for _, text := range told {
		console.sees(text)
	}
	member := h.terminal(h.dial("m02"), 120, 40)
	member.sees(branchName)
	member.types("?")
	member.sees("这一页")
	for _, text := range told {
		if strings.Contains(member.text(), text) {
			t.Errorf("a member reads %s", text)
		}
	}
}

// TestOneNumberIsFewBytes looks at the member's terminal as a terminal does.
func TestOneNumberIsFewBytes(t *testing.T) {
	h := newHouse(t, 30)
	s := h.terminal(h.dial("m02"), 80, 24)
	s.sees("实到 0")
	s.sees("\x1b[?2026l")
	before := len(s.text())
	h.Does("m03", meeting.SignIn{})
	s.sees("实到 1")
	s.sees("\x1b[?2026l")
	leaving := len(s.text())
	s.types("\x03\x03") // Ctrl+C
	s.ends()
	text := s.text()
	if n := leaving - before; n <= 0 || n >= 400 {
		t.Errorf("one number is %d bytes: %q", n, text[before:leaving])
	}
	terminal := vt.NewEmulator(80, 24)
	hidden := false
	terminal.SetCallbacks(vt.Callbacks{CursorVisibility: func(on bool) { hidden = !on }})
	for _, part := range []struct{ bytes, shows string }{
		{"$ ssh 党支部\r\n", "$ ssh 党支部"}, {text[:before], "实到 0"}, {text[before:leaving], "实到 1"}, {text[leaving:], "已退出"},
	} {
		if _, err := terminal.WriteString(part.bytes); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(terminal.String(), part.shows) {
			t.Errorf("after %q there is no %q:\n%s", part.bytes, part.shows, terminal)
		}
	}
	if hidden || !strings.Contains(terminal.String(), "$ ssh 党支部") {
		t.Errorf("the terminal is not as it was:\n%s", terminal)
	}
}

// TestAScreenThatNobodyReadsGivesWay to a newer one, and ends, although its
// client goes on with the connection.
func TestAScreenThatNobodyReadsGivesWay(t *testing.T) {
	h := newHouse(t, 2)
	h.server.paces.sizes = time.Millisecond // a window takes megabytes before it is full
	c := h.dial("m02")
	sess, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for _, open := range []func() (io.Reader, error){sess.StdoutPipe, sess.StderrPipe} { // and never read
		if _, err := open(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := sess.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := sess.RequestPty("xterm-256color", 60, 200, gossh.TerminalModes{}); err != nil {
		t.Fatal(err)
	}
	if err := sess.Shell(); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); !heldUp(); {
		if time.Since(began) > time.Minute {
			t.Fatal("the server is not held up: this test shows nothing")
		}
		for range 100 { // each is a screen as a whole
			if err := sess.WindowChange(60, 199); err != nil {
				t.Fatal(err)
			}
		}
	}
	over := make(chan struct{})
	go func() { _ = sess.Wait(); close(over) }()
	newer := h.terminal(c, 80, 24)
	newer.sees(branchName)
	select {
	case <-over:
	case <-time.After(20 * time.Second):
		t.Fatal("the older screen goes on")
	}
	if !strings.Contains(h.log.String(), "a screen did not hear the last word") {
		t.Error("it was held up, and nobody noticed")
	}
	if a := h.saysOn(c, "whoami", ""); a.exit != 0 {
		t.Errorf("the connection died: %+v", a)
	}
}

// heldUp reports whether somebody waits until a client has read.
func heldUp() bool {
	stacks := make([]byte, 1<<20)
	for _, one := range strings.Split(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
		if strings.Contains(one, "ssh.(*window).reserve") && strings.Contains(one, "sync.(*Cond).Wait") {
			return true
		}
	}
	return false
}

func TestWhatCanBeDrawnOfAWindow(t *testing.T) {
	for in, want := range map[charm.Window][2]int{
		{Width: 80, Height: 24}:          {80, 24},
		{Width: 40, Height: 20}:          {40, 20},
		{Width: 0, Height: 0}:            {80, 24},
		{Width: 80, Height: 0}:           {80, 24},
		{Width: -1, Height: 10}:          {80, 24},
		{Width: 4000, Height: 4000}:      {200, 60},
		{Width: 1 << 31, Height: 1}:      {200, 1},
		{Width: 120, Height: 4294967295}: {120, 60},
	} {
		if w, h := clamp(in); [2]int{w, h} != want {
			t.Errorf("%+v: %d×%d, want %v", in, w, h, want)
		}
	}
}

// TestAbsurdWindowsCostNothing has a client begin with, and change to, sizes
// that would take gigabytes.
func TestAbsurdWindowsCostNothing(t *testing.T) {
	h := newHouse(t, 2)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, size := range [][2]int{{0, 0}, {4000, 4000}, {1 << 30, 1 << 30}, {1, 1}} {
		s := h.terminal(h.dial("m02"), size[0], size[1])
		if size[0] != 1 {
			s.sees(branchName)
		}
		for _, to := range [][2]int{{4000, 4000}, {0, 0}, {1 << 30, 1}, {80, 24}} {
			if err := s.sess.WindowChange(to[1], to[0]); err != nil {
				t.Fatal(err)
			}
		}
		s.sees(branchName)
		s.sess.Close()
		s.ends()
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 400<<20 {
		t.Errorf("%d MB", used>>20)
	}
}

func TestANewerScreenTakesOverAndTheOlderIsTold(t *testing.T) {
	h := newHouse(t, 2)
	older := h.terminal(h.dial("m02"), 80, 24)
	older.sees(branchName)
	c := h.dial("m02")
	if a := h.saysOn(c, "status", ""); a.exit != 0 {
		t.Fatal(a)
	}
	other := h.terminal(h.dial("m01"), 80, 24)
	other.sees(branchName)
	newer := h.terminal(c, 80, 24)
	newer.sees(branchName)
	older.sees("你已在另一个终端登录")
	older.ends()
	h.Does("m01", meeting.SignIn{})
	if a := h.saysOn(c, "signin", ""); a.exit != 0 {
		t.Error(a)
	}
	for who, s := range map[string]*screen{"the newer screen": newer, "another member's": other} {
		select {
		case <-s.over:
			t.Errorf("%s ended too", who)
		default:
		}
	}
}

func TestProjectorsHangOnSeveralWalls(t *testing.T) {
	h := newHouse(t, 2)
	var walls []*screen
	for range 3 {
		c, err := h.try(&login{user: "screen"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		s := h.terminal(c, 120, 40)
		s.sees(branchName)
		walls = append(walls, s)
	}
	for _, s := range walls {
		select {
		case <-s.over:
			t.Error("a wall went dark")
		default:
		}
	}
}

// TestAClosedSessionEndsItsProgram although its connection stays, as with
// OpenSSH's ControlMaster.
func TestAClosedSessionEndsItsProgram(t *testing.T) {
	h := newHouse(t, 2)
	c := h.dial("m02")
	h.saysOn(c, "status", "")
	before := runtime.NumGoroutine()
	for range 5 {
		s := h.terminal(c, 80, 24)
		s.sees(branchName)
		s.sess.Close()
		follow, err := c.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		out, err := follow.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := follow.Start("status --follow --json"); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 10)); err != nil {
			t.Fatal(err)
		}
		follow.Close()
	}
	settles(t, before)
	if a := h.saysOn(c, "whoami", ""); a.exit != 0 {
		t.Errorf("the connection died: %+v", a)
	}
}

// TestAHundredScreensFollowAndLeaveNothingBehind beside somebody who has
// stopped reading, and although half of them break off without a word.
func TestAHundredScreensFollowAndLeaveNothingBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	h := newHouse(t, 101)
	wake := h.stalled("m101")
	for range 300 { // more than the stalled client's buffers hold
		h.Does("m01", meeting.Name{ID: "m02", Seat: meeting.SeatRecorder})
		h.Does("m01", meeting.Name{ID: "m03", Seat: meeting.SeatRecorder})
	}
	var screens []*screen
	for i := 1; i <= 100; i++ {
		screens = append(screens, h.terminal(h.dial(id(i)), 80, 24))
	}
	for _, s := range screens {
		s.sees(branchName)
	}
	h.Does("m01", meeting.Next{})
	for _, s := range screens {
		s.sees("第 1/14 项")
	}
	for i, s := range screens {
		switch {
		case i%4 == 0:
			s.sess.Close()
		case i%4 == 1:
			s.line.Close()
		}
	}
	closing := time.Now()
	h.stop()
	if time.Since(closing) < closingTime {
		t.Error("nobody had stopped reading: this test shows nothing")
	}
	idle(t)
	wake()
	for _, s := range screens {
		s.ends()
	}
	h.hall.Room.(interface{ Close() }).Close()
	settles(t, before)
}

// stuckRoom is a branch whose disk takes its time.
type stuckRoom struct {
	Room
	acts, acted chan struct{}
	done        atomic.Bool
}

func (r *stuckRoom) ActOnce(context.Context, meeting.RequestID, meeting.MemberID, meeting.Command) ([]meeting.Event, error) {
	close(r.acts)
	<-r.acted
	r.done.Store(true)
	return nil, nil
}

// TestAServerIsOverWhenNothingWorksForAnybody although the connection is closed:
// what holds the folder closes it next.
func TestAServerIsOverWhenNothingWorksForAnybody(t *testing.T) {
	room := &stuckRoom{acts: make(chan struct{}), acted: make(chan struct{})}
	h := newHouse(t, 2, func(c *Config) {
		c.Halls = func(context.Context) ([]Room, error) { return []Room{room}, nil }
	})
	room.Room = h.venue
	c := h.dial("m02")
	sess, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := sess.Start("signin"); err != nil {
		t.Fatal(err)
	}
	<-room.acts
	stopped := make(chan bool, 1)
	go func() { h.stop(); stopped <- room.done.Load() }()
	_ = c.Wait() // the connection is closed: nothing else holds the server
	close(room.acted)
	if !<-stopped {
		t.Error("the server was over before the word had acted")
	}
	idle(t)
}

// deaf is a connection whose owner stops reading.
type deaf struct {
	net.Conn
	ears  atomic.Bool
	never chan struct{}
}

func (d *deaf) Read(p []byte) (int, error) {
	if d.ears.Load() {
		<-d.never
		return 0, net.ErrClosed
	}
	return d.Conn.Read(p)
}

// stalled follows the meeting on a connection that nobody reads from until wake.
func (h *house) stalled(who meeting.MemberID) (wake func()) {
	h.t.Helper()
	raw, err := net.Dial("tcp", h.server.Addr().String())
	if err != nil {
		h.t.Fatal(err)
	}
	if err := raw.(*net.TCPConn).SetReadBuffer(4096); err != nil {
		h.t.Fatal(err)
	}
	d := &deaf{Conn: raw, never: make(chan struct{})}
	conn, chans, reqs, err := gossh.NewClientConn(d, "", &gossh.ClientConfig{
		User: "x", Auth: []gossh.AuthMethod{gossh.Password(h.codes[who])},
		HostKeyCallback: gossh.FixedHostKey(h.server.config.HostKey.PublicKey()),
	})
	if err != nil {
		h.t.Fatal(err)
	}
	c := gossh.NewClient(conn, chans, reqs)
	h.terminal(c, 200, 60).sees(branchName)
	for range 4 {
		follow, err := c.NewSession()
		if err != nil {
			h.t.Fatal(err)
		}
		if err := follow.Start("status --follow --json"); err != nil {
			h.t.Fatal(err)
		}
	}
	d.ears.Store(true)
	return func() { close(d.never) }
}

func TestAClosingServerTellsEverybody(t *testing.T) {
	h := newHouse(t, 3)
	s := h.terminal(h.dial("m02"), 80, 24)
	s.sees(branchName)
	began := time.Now()
	h.stop()
	s.ends()
	if !strings.Contains(s.text(), "服务器关闭了") {
		t.Errorf("nobody said why: %q", s.text())
	}
	if took := time.Since(began); took > closingTime {
		t.Errorf("closing took %v", took)
	}
}

// What a neighbour on the network can measure is how much is sent after each
// key. On a wide terminal that is one table, in which every choice is as long as
// every other, and once it is masked the same.
func TestWhatIsSentDoesNotTellTheChoice(t *testing.T) {
	var chosen, masked string
	for _, digit := range []string{"1", "2", "3", "4", "0"} {
		h := newHouse(t, 5, stopTheClock)
		h.toOpenBox()
		s := h.terminal(h.dial("m04"), 120, 40)
		s.sees("开始填测评票")
		s.sends("\r").sees("已填 0 / 5")
		s.frame()
		seen := s.sends(digit).frame()
		left := s.sends("j").frame()
		if chosen == "" {
			chosen, masked = seen, left
		}
		if len(seen) != len(chosen) {
			t.Errorf("%d bytes are sent after %s and %d after another:\n%q\n%q", len(seen), digit, len(chosen), seen, chosen)
		}
		if left != masked {
			t.Errorf("a masked %s is sent as\n%q\n%q", digit, left, masked)
		}
		s.sess.Close()
		s.ends()
	}
	if cell := "优秀\u3000"; !strings.Contains(chosen, cell) || strings.Contains(masked, cell) {
		t.Errorf("the choice is not seen, or not masked: %q, %q", chosen, masked)
	}
}

// The console hears that a scrutineer's line broke although nothing is recorded:
// the box can't be unsealed without them.
func TestTheConsoleSeesAScrutineerLeave(t *testing.T) {
	h := newHouse(t, 4)
	h.toItem(preset.Ballot)
	h.Sealed("m02", "m03")
	staying, leaving := h.terminal(h.dial("m02"), 80, 24), h.terminal(h.dial("m03"), 80, 24)
	staying.sees(branchName)
	leaving.sees(branchName)
	console := h.terminal(h.dial("m01"), 120, 40)
	console.sees("开始投票")
	if strings.Contains(console.text(), "没有连着") {
		t.Errorf("both are there: %q", console.text())
	}
	leaving.sess.Close()
	leaving.ends()
	console.sees("没有连着服务器")
}
