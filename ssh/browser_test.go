package ssh

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/ssh/web"
)

// newSite is newHouse with a door for browsers.
func newSite(t *testing.T, members int) *house {
	t.Helper()
	h := &house{t: t, now: time.Date(2017, 3, 20, 14, 0, 0, 0, time.UTC), log: &logBook{more: make(chan struct{}, 1)}}
	h.found(t, meetingtest.Members(members).Post(1, "书记"), time.Now, func(*preset.Rules) {})
	var err error
	if h.web, err = web.Listen(web.Config{Addr: "127.0.0.1:0"}); err != nil {
		t.Fatal(err)
	}
	h.opens(t)
	return h
}

// socket is a browser's websocket, from an address of this machine; "": its usual.
func (h *house) socket(from string) (net.Conn, error) {
	h.t.Helper()
	dialer := &net.Dialer{}
	if from != "" {
		dialer.LocalAddr = &net.TCPAddr{IP: net.ParseIP(from)}
	}
	transport := &http.Transport{DialContext: dialer.DialContext}
	h.t.Cleanup(transport.CloseIdleConnections)
	at := h.web.Addr().String()
	ws, _, err := websocket.Dial(h.t.Context(), "ws://"+at+"/ssh", &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: transport}, HTTPHeader: http.Header{"Origin": {"http://" + at}},
	})
	if err != nil {
		return nil, err
	}
	return websocket.NetConn(context.Background(), ws, websocket.MessageBinary), nil
}

// browses connects by a websocket as l says.
func (h *house) browses(from string, l *login) (*gossh.Client, error) {
	h.t.Helper()
	conn, err := h.socket(from)
	if err != nil {
		return nil, err
	}
	line, news, requests, err := gossh.NewClientConn(conn, "browser", &gossh.ClientConfig{
		User: l.user, Auth: l.auth, HostKeyCallback: gossh.FixedHostKey(h.server.config.HostKey.PublicKey()),
		BannerCallback: func(message string) error { l.heard += message; return nil },
	})
	if err != nil {
		conn.Close()
		return nil, err
	}
	c := gossh.NewClient(line, news, requests)
	h.t.Cleanup(func() { c.Close() })
	return c, nil
}

// by is a login with somebody's code.
func (h *house) by(user string, who meeting.MemberID) *login {
	return &login{user: user, auth: []gossh.AuthMethod{gossh.Password(h.codes[who])}}
}

func TestABrowserComesInAsAnyClient(t *testing.T) {
	h := newSite(t, 3)
	c, err := h.browses("", h.by("anybody", "m02"))
	if err != nil {
		t.Fatal(err)
	}
	if a := h.saysOn(c, "whoami --json", ""); !strings.Contains(a.out, `"m02"`) {
		t.Errorf("%+v", a)
	}
	if a := h.saysOn(c, "signin", ""); a.exit != 0 {
		t.Errorf("%+v", a)
	}
	long := strings.Repeat("我在联系群众方面做得不够。", 380) // many packets
	if a := h.saysOn(c, "outline add", long); a.exit != 0 {
		t.Errorf("a long text: %+v", a)
	}
	screen := h.terminal(c, 80, 24)
	screen.sees("党员02")
	h.plainly(c, "", "page").hears(`"who":"党员02"`)
}

// A page in a browser on the server's machine is not the server's user: only the
// control socket lets a wall in without a code.
func TestABrowserIsNeverTheServersOwnMachine(t *testing.T) {
	h := newSite(t, 2)
	for _, user := range []string{"screen", "booth", "screen+b1", "booth+b1"} {
		if _, err := h.browses("", &login{user: user}); err == nil {
			t.Errorf("%s comes in without a code", user)
		}
		if _, err := h.browses("", h.by(user, "m02")); err == nil {
			t.Errorf("%s comes in with a member's code", user)
		}
		id, _, _ := fixture(user)
		if _, err := h.browses("", h.by(user, id)); err != nil {
			t.Errorf("%s has its code and stays out: %v", user, err)
		}
	}
}

// The wall says where to go, and still how a terminal does.
func TestTheWallShowsTheLinkForBrowsers(t *testing.T) {
	h := newSite(t, 3)
	h.server.config.JoinHint = func(net.Addr) string { return "ssh -p 2222 192.168.1.5" }
	c, err := h.browses("", h.by("screen", "screen"))
	if err != nil {
		t.Fatal(err)
	}
	wall := h.terminal(c, 80, 24)
	wall.sees("http://" + h.web.Addr().String())
	wall.sees("ssh -p 2222 192.168.1.5")
	h.plainly(c, "", "page").hears(`"code":"HTTP://` + h.web.Addr().String() + `/#` + Pin(h.server.config.HostKey.PublicKey()) + `"`)
}

// Wrong codes count for the browser's address, not for the door's nor for all.
func TestWrongCodesInABrowserCountForItsAddress(t *testing.T) {
	h := newSite(t, 3)
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere 127.0.0.9 is no address of this machine")
	}
	for _, guess := range []string{"22222-22222", "33333-33333", "44444-44444"} {
		if _, err := h.browses("127.0.0.9", &login{user: "x", auth: []gossh.AuthMethod{gossh.Password(guess)}}); err == nil {
			t.Fatal("a wrong code opens")
		}
	}
	waits := func(ip string) time.Duration { return h.server.guard.wrong(stranger(ip)) }
	if guilty, others := waits("127.0.0.9"), waits("127.0.0.1"); guilty != firstDelay || others != 0 {
		t.Errorf("the next wrong code waits %v from the guesser's address, %v from another", guilty, others)
	}
	if _, err := h.browses("127.0.0.9", h.by("x", "m02")); err != nil {
		t.Errorf("a right code from the same address: %v", err)
	}
}

// A websocket is a stranger in the hallway like any connection.
func TestASilentWebsocketIsShownOut(t *testing.T) {
	t.Parallel()
	h := newSite(t, 2)
	conn, err := h.socket("")
	if err != nil {
		t.Fatal(err)
	}
	h.server.hallway.mu.Lock()
	waiting := h.server.hallway.waiting
	h.server.hallway.mu.Unlock()
	if waiting > 1 {
		t.Errorf("%d wait", waiting)
	}
	began := time.Now()
	if _, err := io.Copy(io.Discard, conn); err == nil && time.Since(began) < helloTime/2 {
		t.Error("it ended at once")
	}
	h.log.waits(t, string(timedOut))
	if took := time.Since(began); took > helloTime+10*time.Second {
		t.Errorf("it stayed for %v", took)
	}
}

func TestAWebsocketThatIsNotSSHIsShownOut(t *testing.T) {
	h := newSite(t, 2)
	conn, err := h.socket("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte("GET / HTTP/1.1\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, conn)
	h.log.waits(t, string(notSSH))
}

// Who browses hears that the server closes, and nothing of it stays behind.
func TestTheServersClosingEndsBrowsersToo(t *testing.T) {
	before := runtime.NumGoroutine()
	h := newSite(t, 3)
	c, err := h.browses("", h.by("x", "m02"))
	if err != nil {
		t.Fatal(err)
	}
	screen := h.terminal(c, 80, 24)
	screen.sees("党员02")
	silent, err := h.socket("")
	if err != nil {
		t.Fatal(err)
	}
	page, err := net.Dial("tcp", h.web.Addr().String()) // a browser's line that is kept
	if err != nil {
		t.Fatal(err)
	}
	h.stop()
	screen.sees("服务器关闭了")
	screen.exits(1)
	for _, conn := range []net.Conn{silent, page} {
		_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		var late net.Error
		if _, err := io.Copy(io.Discard, conn); errors.As(err, &late) && late.Timeout() {
			t.Errorf("a connection outlives the server: %v", err)
		}
		conn.Close()
	}
	c.Close()
	if _, err := net.DialTimeout("tcp", h.web.Addr().String(), time.Second); err == nil {
		t.Error("the door still listens")
	}
	idle(t)
	settles(t, before+2) // those of the test's own hall
}
