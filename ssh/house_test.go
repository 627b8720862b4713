package ssh

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/ssh/web"
	"pingyi/store"
	"pingyi/store/hall"
	"pingyi/tui/draw"
)

var secret = []byte("a secret of the data folder, 32 bytes")

// house is a server with one branch, reached over TCP as strangers do. Its
// meeting is played in the hall; m01 is its secretary.
type house struct {
	*meetingtest.Meeting
	t      *testing.T
	hall   *hall.Hall  // the branch's own
	venue  *hall.Venue // what people see of it
	server *Server
	web    *web.Door // for browsers; nil: there is none
	codes  map[meeting.MemberID]string
	log    *logBook
	tap    tap
	stop   func() // closes the server and waits for it

	mu  sync.Mutex
	now time.Time // of the guard's clock
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) later(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// logBook keeps what the server logs.
type logBook struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{} // something was logged; capacity 1
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case l.more <- struct{}{}:
	default:
	}
	return l.text.Write(p)
}

// waits waits until a text is logged.
func (l *logBook) waits(t *testing.T, text string) {
	t.Helper()
	timeout := time.After(20 * time.Second)
	for !strings.Contains(l.String(), text) {
		select {
		case <-l.more:
		case <-timeout:
			t.Fatalf("never logged %q: %s", text, l)
		}
	}
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

var id = meetingtest.ID

// newHouse opens a branch of so many members; m01 is its secretary.
func newHouse(t *testing.T, members int, change ...func(*Config)) *house {
	t.Helper()
	return newHouseUnder(t, members, func(*preset.Rules) {}, change...)
}

// newHouseUnder is newHouse under rules that are changed.
func newHouseUnder(t *testing.T, members int, rules func(*preset.Rules), change ...func(*Config)) *house {
	t.Helper()
	h := &house{t: t, now: time.Date(2017, 3, 20, 14, 0, 0, 0, time.UTC), log: &logBook{more: make(chan struct{}, 1)}}
	h.found(t, meetingtest.Members(members).Post(1, "书记"), time.Now, rules)
	h.opens(t, change...)
	return h
}

// opens lets people in.
func (h *house) opens(t *testing.T, change ...func(*Config)) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	config := Config{
		Addr: "127.0.0.1:0", HostKey: key, Secret: secret, Now: h.clock,
		Halls:  func(context.Context) ([]Room, error) { return []Room{h.venue}, nil },
		Logger: slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range change {
		c(&config)
	}
	h.serve(t, config)
}

// found makes the branch, its roster and its join codes.
func (h *house) found(t *testing.T, people meetingtest.People, clock func() time.Time, rules func(*preset.Rules)) {
	t.Helper()
	log, err := store.NewMemory().Log(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	room, err := store.OpenRoom(t.Context(), log, meeting.Machine{Open: hall.OpinionOpener(secret, "b1")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(room.Close)
	h.foundIn(t, room, people, clock, rules)
}

// foundIn is found for a branch that is kept in a room.
func (h *house) foundIn(t *testing.T, room hall.Room, people meetingtest.People, clock func() time.Time, rules func(*preset.Rules)) {
	t.Helper()
	h.hall = hall.New(room, secret, clock)
	h.venue = hall.NewVenue(h.hall)
	h.Meeting = meetingtest.New(t, h.hall)
	h.Founds(meetingtest.Rules(t, "seed-2017", rules), people...)
	h.codes = map[meeting.MemberID]string{}
	hashes := map[meeting.MemberID]string{}
	for _, m := range people {
		code, err := NewCode(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		h.codes[m.ID], hashes[m.ID] = code, HashCode(secret, code)
	}
	for _, id := range []meeting.MemberID{meeting.Screen, meeting.Booth} {
		h.codes[id], hashes[id] = "ABCDE-FGH"+strings.ToUpper(string(id)[:1])+"2", ""
		hashes[id] = HashCode(secret, h.codes[id])
	}
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: hashes})
}

func (h *house) serve(t *testing.T, c Config) {
	t.Helper()
	var err error
	if h.server, err = New(c); err != nil {
		t.Fatal(err)
	}
	if err := h.server.Listen(); err != nil {
		t.Fatal(err)
	}
	if h.web != nil {
		h.server.Also(h.web, "http://"+h.web.Addr().String()+"/#"+Pin(c.HostKey.PublicKey()))
	}
	h.server.listener = tapped{h.server.listener, &h.tap}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- h.server.Serve(ctx) }()
	h.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-served; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	t.Cleanup(h.stop)
}

// toItem brings the meeting to the item of a kind, everybody signed in.
func (h *house) toItem(kind string) {
	h.t.Helper()
	h.SignsIn()
	h.ComesTo(kind)
}

// toOpenBox brings the meeting to the vote; m02 and m03 watch the count.
func (h *house) toOpenBox() {
	h.t.Helper()
	h.toItem(preset.Ballot)
	h.Opened("m02", "m03")
}

// login is how one connects.
type login struct {
	user  string
	hello string // the client's version line; "": the library's
	auth  []gossh.AuthMethod
	heard string // banners
}

// try connects as l says; a projector or booth with the code of its own, if l has
// none.
func (h *house) try(l *login) (*gossh.Client, error) {
	h.t.Helper()
	if id, _, ok := fixture(l.user); ok && l.auth == nil {
		l.auth = []gossh.AuthMethod{gossh.Password(h.codes[id])}
	}
	return gossh.Dial("tcp", h.server.Addr().String(), &gossh.ClientConfig{
		User: l.user, ClientVersion: l.hello, Auth: l.auth, Timeout: 20 * time.Second,
		HostKeyCallback: gossh.FixedHostKey(h.server.config.HostKey.PublicKey()),
		BannerCallback:  func(message string) error { l.heard += message; return nil },
	})
}

// here connects through the control socket.
func (h *house) here(l *login) (*gossh.Client, error) {
	h.t.Helper()
	socket, err := net.Listen("unix", filepath.Join(h.t.TempDir(), "s"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer socket.Close()
	conn, err := net.Dial("unix", socket.Addr().String())
	if err != nil {
		h.t.Fatal(err)
	}
	theirs, err := socket.Accept()
	if err != nil {
		h.t.Fatal(err)
	}
	go h.server.ServeHere(theirs)
	line, news, requests, err := gossh.NewClientConn(conn, "control", &gossh.ClientConfig{
		User: l.user, Auth: l.auth, HostKeyCallback: gossh.FixedHostKey(h.server.config.HostKey.PublicKey()),
		BannerCallback: func(message string) error { l.heard += message; return nil },
	})
	if err != nil {
		return nil, err
	}
	return gossh.NewClient(line, news, requests), nil
}

// dial connects a member.
func (h *house) dial(who meeting.MemberID) *gossh.Client {
	h.t.Helper()
	c, err := h.try(&login{user: "anybody", auth: []gossh.AuthMethod{gossh.Password(h.codes[who])}})
	if err != nil {
		h.t.Fatalf("%s can't come in: %v", who, err)
	}
	h.t.Cleanup(func() { c.Close() })
	return c
}

// said is what a word answered.
type said struct {
	out, err string
	exit     int
}

// says has a member say one word on a connection of its own.
func (h *house) says(who meeting.MemberID, words, input string) said {
	h.t.Helper()
	c := h.dial(who)
	defer c.Close()
	return h.saysOn(c, words, input)
}

func (h *house) saysOn(c *gossh.Client, words, input string) said {
	h.t.Helper()
	sess, err := c.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	defer sess.Close()
	var out, errText bytes.Buffer
	sess.Stdin, sess.Stdout, sess.Stderr = strings.NewReader(input), &out, &errText
	exit := 0
	var status *gossh.ExitError
	switch err := sess.Run(words); {
	case errors.As(err, &status):
		exit = status.ExitStatus()
	case err != nil:
		h.t.Fatalf("%q: %v", words, err)
	}
	if strings.Contains(out.String()+errText.String(), draw.Joiner) {
		h.t.Errorf("%q is answered with marks that only screens take away: %q %q", words, out.String(), errText.String())
	}
	return said{out.String(), errText.String(), exit}
}

// asks has a member say a word with --json and reads the answer into v.
func (h *house) asks(who meeting.MemberID, words, input string, v any) {
	h.t.Helper()
	a := h.says(who, words+" --json", input)
	if a.exit != 0 {
		h.t.Fatalf("%s %s: exit %d: %s", who, words, a.exit, a.err)
	}
	dec := json.NewDecoder(strings.NewReader(a.out))
	if err := dec.Decode(v); err != nil {
		h.t.Fatalf("%s %s: %v in %q", who, words, err, a.out)
	}
	if _, err := dec.Token(); err != io.EOF {
		h.t.Errorf("%s %s: more than one JSON value: %q", who, words, a.out)
	}
}

// screen is a member's terminal.
type screen struct {
	t    *testing.T
	line *gossh.Client
	sess *gossh.Session
	keys io.WriteCloser
	over chan struct{} // closed when the session has ended
	end  error         // how it did

	mu    sync.Mutex
	drawn bytes.Buffer
	more  chan struct{} // capacity 1
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	s.drawn.Write(p)
	s.mu.Unlock()
	select {
	case s.more <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drawn.String()
}

// terminal opens a screen of the given size on a connection.
func (h *house) terminal(c *gossh.Client, width, height int) *screen {
	h.t.Helper()
	sess, err := c.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	s := &screen{t: h.t, line: c, sess: sess, over: make(chan struct{}), more: make(chan struct{}, 1)}
	sess.Stdout, sess.Stderr = s, s
	if s.keys, err = sess.StdinPipe(); err != nil {
		h.t.Fatal(err)
	}
	if err := sess.RequestPty("xterm-256color", height, width, gossh.TerminalModes{}); err != nil {
		h.t.Fatal(err)
	}
	if err := sess.Shell(); err != nil {
		h.t.Fatal(err)
	}
	go func() {
		defer close(s.over)
		s.end = sess.Wait()
	}()
	return s
}

// sees waits until text was drawn.
func (s *screen) sees(text string) {
	s.t.Helper()
	timeout := time.After(20 * time.Second)
	for !strings.Contains(s.text(), text) {
		select {
		case <-s.more:
		case <-s.over:
			if !strings.Contains(s.text(), text) {
				s.t.Fatalf("the screen ended without %q: %q", text, s.text())
			}
		case <-timeout:
			s.t.Fatalf("the screen does not show %q: %q", text, s.text())
		}
	}
}

// catchBreath waits as somebody does who has just pasted or scanned something: what
// comes at once would belong to it.
func catchBreath() { <-time.After(500 * time.Millisecond) }

// sends presses keys; what was drawn before is forgotten.
func (s *screen) sends(keys string) *screen {
	s.t.Helper()
	s.mu.Lock()
	s.drawn.Reset()
	s.mu.Unlock()
	if _, err := s.keys.Write([]byte(keys)); err != nil {
		s.t.Fatal(err)
	}
	return s
}

// frame waits for the end of the next frame and returns what was sent for it.
func (s *screen) frame() string {
	s.t.Helper()
	s.sees(ansi.ResetModeSynchronizedOutput)
	return s.text()
}

// ends waits until the session is over.
func (s *screen) ends() {
	s.t.Helper()
	select {
	case <-s.over:
	case <-time.After(20 * time.Second):
		s.t.Fatal("the session goes on")
	}
}

// exits waits until the session is over, and expects its exit status.
func (s *screen) exits(want int) {
	s.t.Helper()
	s.ends()
	got := 0
	var status *gossh.ExitError
	if errors.As(s.end, &status) {
		got = status.ExitStatus()
	} else if s.end != nil {
		s.t.Fatalf("the session ended with %v: %q", s.end, s.text())
	}
	if got != want {
		s.t.Errorf("exit %d, want %d: %q", got, want, s.text())
	}
}

// settles waits until the process has no more goroutines than before.
func settles(t *testing.T, before int) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for {
		if runtime.NumGoroutine() <= before {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// idle expects that the server's own goroutines have ended, all of them. One that
// is just returning gets a moment.
func idle(t *testing.T) {
	t.Helper()
	var works []string
	for range 1000 {
		stacks := make([]byte, 1<<22)
		works = works[:0]
		for one := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
			frames, _, _ := strings.Cut(one, "created by")
			for _, ours := range []string{"pingyi/ssh.(*Server)", "pingyi/ssh.(*session)", "pingyi/ssh.(*link)", "pingyi/tui"} {
				if strings.Contains(frames, ours) {
					works = append(works, one)
					break
				}
			}
		}
		if len(works) == 0 {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d goroutines work on:\n%s", len(works), strings.Join(works, "\n\n"))
}

// stranger is an address as a connection reports it.
func stranger(ip string) net.Addr { return &net.TCPAddr{IP: net.ParseIP(ip), Port: 40000} }
