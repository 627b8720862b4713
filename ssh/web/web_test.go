package web

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"golang.org/x/time/rate"
)

// pin is one of a host key.
const pin = "nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"

// opened is a door whose connections are answered with what they say.
func opened(t *testing.T, c Config) *Door {
	t.Helper()
	c.Addr, c.Pin = "127.0.0.1:0", pin
	d, err := Listen(c)
	if err != nil {
		t.Fatal(err)
	}
	echoes(t, d)
	return d
}

func echoes(t *testing.T, d *Door) {
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			c, err := d.Accept()
			if err != nil {
				return
			}
			serving.Go(func() {
				defer c.Close()
				context.AfterFunc(t.Context(), func() { c.Close() })
				_, _ = io.Copy(c, c)
			})
		}
	})
	t.Cleanup(func() { _ = d.Close(); serving.Wait() })
}

// asks sends a request as it stands and returns the answer.
func asks(t *testing.T, d *Door, request string) *http.Response {
	t.Helper()
	c, err := net.Dial("tcp", d.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	_, _ = io.WriteString(c, request)
	a, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatalf("%.60q: %v", request, err)
	}
	return a
}

func port(d *Door) string {
	_, port, _ := net.SplitHostPort(d.Addr().String())
	return port
}

// socket asks for a websocket with a Host and an Origin; "": without one.
func socket(host, from string) string {
	if from != "" {
		from = "Origin: " + from + "\r\n"
	}
	return "GET /ssh HTTP/1.1\r\nHost: " + host + "\r\n" + from + "Connection: Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
}

// A name that points here may be another's: their page would be of the same origin
// as ours, and reach whoever opens it past every firewall (DNS rebinding). An Origin
// alone does not tell.
func TestOnlyItsOwnNamesAreAnswered(t *testing.T) {
	d := opened(t, Config{Name: "pingyi.example:8443"})
	own := port(d)
	for host, want := range map[string]int{
		"127.0.0.1:" + own: 200, "192.168.1.5:" + own: 200, "[2001:db8::1]:" + own: 200, "localhost:" + own: 200, "LOCALHOST:" + own: 200,
		"127.0.0.1": 200, "[::1]": 200, "localhost": 200, // the port may be the usual one, outside
		"pingyi.example:" + own: 200, "PingYi.Example:8443": 200, "pingyi.example": 200, "127.0.0.1:8443": 200,
		"evil.example": 421, "evil.example:" + own: 421, "pingyi.example.evil:" + own: 421, "pingyi.example.:" + own: 421, "127.0.0.1.evil.example:" + own: 421,
		"localhost.evil:" + own: 421, "127.0.0.1:1": 421, "localhost:" + own + "0": 421, "0x7f.1:" + own: 421, "2130706433:" + own: 421,
		"[fe80::1%25eth0]:" + own: 421, "127.0.0.1:" + own + ":" + own: 421, "": 421,
	} {
		a := asks(t, d, "GET / HTTP/1.1\r\nHost: "+host+"\r\n\r\n")
		if text, _ := io.ReadAll(a.Body); a.StatusCode != want || want != 200 && !strings.Contains(string(text), "--web-name") {
			t.Errorf("Host %q: %d %s", host, a.StatusCode, text)
		}
	}
	if a := asks(t, d, "GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); a.StatusCode != 421 {
		t.Errorf("a request for another server: %d", a.StatusCode)
	}
	rebound := "evil.example:" + own // now an address of this machine
	if a := asks(t, d, socket(rebound, "http://"+rebound)); a.StatusCode != 421 {
		t.Errorf("a page that made its name point here: %d", a.StatusCode)
	}
}

func TestOnlyItsOwnPageOpensAWebsocket(t *testing.T) {
	d := opened(t, Config{Name: "pingyi.example"})
	at, name := "192.168.1.5:"+port(d), "pingyi.example:"+port(d)
	for _, c := range []struct {
		host, from string
		want       int
	}{
		{at, "http://" + at, 101},
		{name, "http://" + name, 101},
		{name, "https://" + name, 101}, // behind what does TLS
		{at, "", 403},
		{at, "null", 403},
		{at, "http://evil.example", 403},
		{at, "http://192.168.1.5", 403},
		{at, "http://192.168.1.5:1", 403},
		{at, "http://" + at + "@evil.example", 403},
		{at, "http://" + name, 403},
		{at, "ftp://" + at, 403},
		{at, "//" + at, 403},
		{at, at, 403},
		{at, "http://" + at + " http://evil.example", 403},
	} {
		if a := asks(t, d, socket(c.host, c.from)); a.StatusCode != c.want {
			t.Errorf("%s asks from %q: %d, want %d", c.host, c.from, a.StatusCode, c.want)
		}
	}
}

func TestWhateverElseIsAskedForGetsASentence(t *testing.T) {
	d := opened(t, Config{})
	host := " HTTP/1.1\r\nHost: " + d.Addr().String() + "\r\n"
	for request, want := range map[string]int{
		"POST /" + host + "Content-Length: 5\r\n\r\nhello": 405, "PUT /page.js" + host + "\r\n": 405, "DELETE /" + host + "\r\n": 405,
		"OPTIONS *" + host + "\r\n": 405, "TRACE /" + host + "\r\n": 405, "POST /ssh" + host + "\r\n": 405,
		"GET /nix" + host + "\r\n": 404, "GET /index.html" + host + "\r\n": 404, "GET /../web.go" + host + "\r\n": 404, "GET //" + host + "\r\n": 404,
		"GET /dist/page.js" + host + "\r\n": 404, "GET /%2e%2e/web.go" + host + "\r\n": 404,
		"GET /ssh" + host + "Origin: http://" + d.Addr().String() + "\r\n\r\n": 426,
	} {
		a := asks(t, d, request)
		text, _ := io.ReadAll(a.Body)
		if a.StatusCode != want || !strings.HasSuffix(string(text), "。\n") || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%.40q: %d %q", request, a.StatusCode, text)
		}
	}
	if a := asks(t, d, "GET /pin"+host+"\r\n"); a.Header.Get("Cache-Control") != "no-store" {
		t.Error("a pin is kept")
	} else if text, _ := io.ReadAll(a.Body); string(text) != pin {
		t.Errorf("the pin: %q", text)
	}
}

func TestAPageIsPackedOnceAndAskedForAgain(t *testing.T) {
	files, err := newFiles(fstest.MapFS{
		"dist/index.html": {Data: []byte("<h1>" + strings.Repeat("评议", 500))}, "dist/page.js": {Data: []byte("1")}, "dist/sums": {Data: []byte("x")},
	})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(path string, header ...string) *http.Response {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		files[path].serve(w, r)
		return w.Result()
	}
	packed, plain := ask("/", "Accept-Encoding", "br, gzip;q=0.5"), ask("/", "Accept-Encoding", "gzip; q=0")
	if packed.Header.Get("Content-Encoding") != "gzip" || packed.ContentLength >= plain.ContentLength || plain.Header.Get("Content-Encoding") != "" {
		t.Errorf("packed %d, plain %d bytes", packed.ContentLength, plain.ContentLength)
	}
	if r, err := gzip.NewReader(packed.Body); err != nil {
		t.Error(err)
	} else if text, err := io.ReadAll(r); err != nil || !strings.HasPrefix(string(text), "<h1>评议") {
		t.Errorf("unpacked: %v %.20q", err, text)
	}
	if packed.Header.Get("ETag") == plain.Header.Get("ETag") || packed.Header.Get("Vary") != "Accept-Encoding" || packed.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("%v", packed.Header)
	}
	for _, tag := range []string{packed.Header.Get("ETag"), "W/" + packed.Header.Get("ETag"), `"other", ` + packed.Header.Get("ETag")} {
		if a := ask("/", "Accept-Encoding", "gzip", "If-None-Match", tag); a.StatusCode != http.StatusNotModified || a.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s again: %d", tag, a.StatusCode)
		}
	}
	if a := ask("/", "If-None-Match", packed.Header.Get("ETag")); a.StatusCode != http.StatusOK {
		t.Errorf("with the tag of the packed one: %d", a.StatusCode)
	}
	if a := ask("/page.js", "Accept-Encoding", "gzip"); a.Header.Get("Content-Encoding") != "" || a.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("what does not shrink: %v", a.Header)
	}
	if a := ask("/sums"); a.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%v", a.Header)
	}
}

// A hall full of phones shares one Wi-Fi: all that a phone loads is 40 KB at most. Only
// a wall draws codes.
func TestThePageIsSmall(t *testing.T) {
	all, err := newFiles(dist)
	if err != nil {
		t.Fatal(err)
	}
	sent := 0
	for path, f := range all {
		if path != "/qr.js" {
			sent += min(len(f.gzip.data), len(f.plain.data))
		}
		t.Logf("%6d %s", len(f.gzip.data), path)
	}
	if sent > 40<<10 || all["/"].plain.data == nil {
		t.Errorf("the page takes %d bytes", sent)
	}
}

// What comes with every answer, also with a refusal: no other page frames this one,
// nothing that gets into it runs, and it talks to nobody else.
func TestEveryAnswerIsShutToOtherPages(t *testing.T) {
	d := opened(t, Config{})
	for _, request := range []string{"GET /", "GET /page.js", "GET /pin", "GET /nix", "POST /"} {
		a := asks(t, d, request+" HTTP/1.1\r\nHost: "+d.Addr().String()+"\r\n\r\n")
		policy := a.Header.Get("Content-Security-Policy")
		for _, rule := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self' ws://" + d.Addr().String(), "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} {
			if !strings.Contains(policy+";", rule+";") {
				t.Errorf("%s: no %s in %s", request, rule, policy)
			}
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := a.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", request, name, got)
			}
		}
	}
}

// dials opens a websocket as the page does.
func dials(t *testing.T, d *Door) *websocket.Conn {
	t.Helper()
	ws, _, err := websocket.Dial(t.Context(), "ws://"+d.Addr().String()+"/ssh", &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"http://" + d.Addr().String()}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.CloseNow() })
	ws.SetReadLimit(-1)
	return ws
}

func TestAWebsocketCarriesBytes(t *testing.T) {
	d := opened(t, Config{})
	ws := dials(t, d)
	sent := make([]byte, 3<<20)
	_, _ = rand.Read(sent)
	var sending sync.WaitGroup
	sending.Go(func() {
		for at, n := 0, 1; at < len(sent); at, n = at+n, min(n*3/2+1, longestMessage, len(sent)-at-n) {
			if err := ws.Write(t.Context(), websocket.MessageBinary, sent[at:at+n]); err != nil {
				t.Error(err)
				return
			}
		}
	})
	c := websocket.NetConn(t.Context(), ws, websocket.MessageBinary)
	got := make([]byte, len(sent))
	if _, err := io.ReadFull(c, got); err != nil || !bytes.Equal(got, sent) {
		t.Errorf("they come back otherwise: %v", err)
	}
	sending.Wait()
}

// A key is a packet of 36 bytes and a message with 6 or 8 around it.
func TestWhoTypesIsNoNoise(t *testing.T) {
	d := opened(t, Config{})
	ws := dials(t, d)
	c := websocket.NetConn(t.Context(), ws, websocket.MessageBinary)
	key := make([]byte, 36)
	for range 10_000 {
		if _, err := c.Write(key); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(c, key); err != nil {
			t.Fatal(err)
		}
	}
}

// closings counts how often connections that it accepts are closed.
type closings struct {
	net.Listener
	n atomic.Int64
}

func (l *closings) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return closing{c, &l.n}, err
}

type closing struct {
	net.Conn
	n *atomic.Int64
}

func (c closing) Close() error {
	c.n.Add(1)
	return c.Conn.Close()
}

// Hundreds of pings come in one packet: the websocket ends at the ninth, and those
// behind it are not worked on.
func TestPingsThatHaveComeAreNotWorkedOn(t *testing.T) {
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &closings{Listener: tcp}
	d := open(Config{}, l, nil)
	echoes(t, d)
	c, err := net.Dial("tcp", d.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	asks := "GET /ssh HTTP/1.1\r\nHost: " + d.Addr().String() + "\r\nOrigin: http://" + d.Addr().String() + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
	if _, err := io.WriteString(c, asks+strings.Repeat("\x89\x80\x00\x00\x00\x00", 500)); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, c) // until it ends
	if n := l.n.Load(); n == 0 || n > 16 {
		t.Errorf("it is closed %d times", n)
	}
}

func TestMessagesOfNoSSHEndIt(t *testing.T) {
	for name, sends := range map[string]func(ctx context.Context, ws *websocket.Conn) error{
		"text": func(ctx context.Context, ws *websocket.Conn) error {
			return ws.Write(ctx, websocket.MessageText, []byte("SSH-2.0-x\r\n"))
		},
		"nothing": func(ctx context.Context, ws *websocket.Conn) error {
			return ws.Write(ctx, websocket.MessageBinary, nil)
		},
		"too large": func(ctx context.Context, ws *websocket.Conn) error {
			return ws.Write(ctx, websocket.MessageBinary, make([]byte, longestMessage+1))
		},
		"pings": func(ctx context.Context, ws *websocket.Conn) error {
			for {
				if err := ws.Ping(ctx); err != nil {
					return nil //nolint:nilerr // it ends with the websocket
				}
			}
		},
		"a message that never ends": func(ctx context.Context, ws *websocket.Conn) error {
			w, err := ws.Writer(ctx, websocket.MessageBinary)
			for err == nil {
				_, err = w.Write(nil)
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			ws := dials(t, opened(t, Config{}))
			ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
			defer stop()
			var sending sync.WaitGroup
			sending.Go(func() {
				if err := sends(ctx, ws); err != nil {
					t.Error(err)
				}
			})
			for err := error(nil); err == nil; {
				_, _, err = ws.Read(ctx)
			}
			_ = ws.CloseNow()
			sending.Wait()
			if ctx.Err() != nil {
				t.Error("it goes on")
			}
		})
	}
}

// A browser that has gone, half or whole, ends what is read; one that is frozen ends
// what is written, at the deadline, and closing does not wait for it.
func TestWhoIsGoneOrFrozenHoldsNobodyUp(t *testing.T) {
	d, err := Listen(Config{Addr: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	comes := func() (ours, theirs net.Conn) {
		theirs, err := net.Dial("tcp", d.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { theirs.Close() })
		_, _ = io.WriteString(theirs, socket(d.Addr().String(), "http://"+d.Addr().String()))
		if ours, err = d.Accept(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { ours.Close() })
		_ = ours.SetDeadline(time.Now().Add(20 * time.Second))
		return ours, theirs
	}
	if ours, _ := comes(); ours.RemoteAddr().(*net.TCPAddr).Port == d.Addr().(*net.TCPAddr).Port { //nolint:forcetypeassert // it is TCP
		t.Error("its address is the door's")
	}
	half, theirs := comes()
	_ = theirs.(*net.TCPConn).CloseWrite() //nolint:forcetypeassert // it is TCP
	if _, err := half.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("half closed: %v", err)
	}
	said, theirs := comes()
	_, _ = io.WriteString(theirs, "\x88\x82\x00\x00\x00\x00\x03\xe9") // goes away
	if _, err := said.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("it says goodbye: %v", err)
	}
	frozen, _ := comes()
	_ = frozen.SetDeadline(time.Now().Add(100 * time.Millisecond))
	for err = nil; err == nil; {
		_, err = frozen.Write(make([]byte, 1<<20))
	}
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("frozen: %v", err)
	}
	busy, _ := comes()
	var writing sync.WaitGroup
	writing.Go(func() {
		for err := error(nil); err == nil; {
			_, err = busy.Write(make([]byte, 1<<20))
		}
	})
	writing.Go(func() { _, _ = busy.Read(make([]byte, 1)) })
	began := time.Now()
	if err := busy.Close(); err != nil {
		t.Error(err)
	}
	writing.Wait()
	if took := time.Since(began); took > 4*time.Second { // a farewell of websockets waits for 5
		t.Errorf("closing takes %v", took)
	}
}

// pipes is a listener of connections without a network, so that hours pass at once.
type pipes struct {
	came chan net.Conn
	end  chan struct{}
	once sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.came:
		return c, nil
	case <-p.end:
		return nil, net.ErrClosed
	}
}
func (p *pipes) Close() error   { p.once.Do(func() { close(p.end) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 168, 1, 5), Port: 8080} }

func TestSlowRequestsEnd(t *testing.T) {
	for name, c := range map[string]struct {
		sends string
		more  string // a byte of it every second, for ever
		most  time.Duration
	}{
		"nothing":                   {"", "", headerTime},
		"half a request":            {"GET / HTTP/1.1\r\nHo", "", headerTime},
		"a header a byte at a time": {"GET / HTTP/1.1\r\nX: ", "a", headerTime},
		"half a websocket":          {"GET /ssh HTTP/1.1\r\nHost: 192.168.1.5:8080\r\nUpgrade: websocket\r\n", "", headerTime},
		"nothing after a page":      {"GET /nix HTTP/1.1\r\nHost: 192.168.1.5:8080\r\n\r\n", "", idleTime},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := &pipes{came: make(chan net.Conn), end: make(chan struct{})}
				d := open(Config{}, l, nil)
				defer d.Close()
				ours, theirs := net.Pipe()
				l.came <- ours
				began, over := time.Now(), make(chan struct{})
				var typing sync.WaitGroup
				typing.Go(func() {
					_, err := io.WriteString(theirs, c.sends)
					for err == nil && c.more != "" {
						select {
						case <-over:
							return
						case <-time.After(time.Second):
							_, err = io.WriteString(theirs, c.more)
						}
					}
				})
				_, _ = io.Copy(io.Discard, theirs)
				close(over)
				typing.Wait()
				if took := time.Since(began); took > c.most+time.Second {
					t.Errorf("it may take %v", took)
				}
			})
		})
	}
}

// Who asks for a page and does not take it does not keep the place.
func TestAnUnreadPageEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &pipes{came: make(chan net.Conn), end: make(chan struct{})}
		large := content{make([]byte, 1<<20), `"x"`}
		d := open(Config{}, l, files{"/": file{plain: large, gzip: large}})
		defer d.Close()
		ours, theirs := net.Pipe()
		l.came <- ours
		_, _ = io.WriteString(theirs, "GET / HTTP/1.1\r\nHost: 192.168.1.5:8080\r\n\r\n")
		time.Sleep(responseTime + time.Second)
		if got, _ := io.ReadAll(theirs); len(got) >= len(large.data) {
			t.Error("it waited until somebody took it")
		}
	})
}

func TestAHugeHeaderIsRefused(t *testing.T) {
	d := opened(t, Config{})
	host := "GET / HTTP/1.1\r\nHost: " + d.Addr().String() + "\r\nX: "
	if a := asks(t, d, host+strings.Repeat("a", longestHeader/2)+"\r\n\r\n"); a.StatusCode != 200 {
		t.Errorf("one that browsers send: %d", a.StatusCode)
	}
	if a := asks(t, d, host+strings.Repeat("a", 4*longestHeader)); a.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a huge one: %d", a.StatusCode)
	}
}

// Three hundred lines of one browser, or of one that looks like it, keep nobody
// out: neither those who share its address nor others.
func TestIdleConnectionsKeepNobodyOut(t *testing.T) {
	d := opened(t, Config{})
	for range mostVisitors + 44 {
		c, err := net.Dial("tcp", d.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
	}
	for range 3 {
		if a := asks(t, d, "GET / HTTP/1.1\r\nHost: "+d.Addr().String()+"\r\n\r\n"); a.StatusCode != 200 {
			t.Errorf("%d", a.StatusCode)
		}
	}
	ws := websocket.NetConn(t.Context(), dials(t, d), websocket.MessageBinary)
	if _, err := ws.Write([]byte("here")); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(ws, make([]byte, 4)); err != nil {
		t.Error(err)
	}
}

// visits makes a visitor of an address.
func visits(ip string, since int) *visitor {
	ours, theirs := net.Pipe()
	theirs.Close()
	return &visitor{Conn: ours, tcp: ours, origin: netip.MustParsePrefix(ip + "/32"), since: time.Unix(int64(since), 0), gone: make(chan struct{})}
}

func TestTheBusiestAddressMakesRoomForAPage(t *testing.T) {
	vs := newVisitors(nil, nil)
	var crowd []*visitor
	for i := range mostVisitors - 1 {
		v := visits("192.0.2.66", i)
		v.busy = i < 10
		if vs.enter(v) != nil {
			t.Fatal("somebody has to go while there is room")
		}
		crowd = append(crowd, v)
	}
	alone := visits("192.0.2.1", -1) // the oldest of all
	vs.enter(alone)
	for i, newcomer := range []*visitor{visits("192.0.2.2", 1000), visits("192.0.2.66", 1001)} {
		if out := vs.enter(newcomer); out != crowd[10+i] {
			t.Errorf("newcomer %d: the oldest idle one of the busiest address does not go", i)
		}
	}
	if vs.is(alone, http.StateHijacked); vs.all != mostVisitors-1 || vs.from[alone.origin] != nil {
		t.Errorf("a websocket still has a place: %d", vs.all)
	}
	for _, v := range crowd {
		vs.is(v, http.StateClosed)
		vs.is(v, http.StateClosed) // twice gives back nothing twice
	}
	if vs.all != 2 || len(vs.from) != 2 {
		t.Errorf("%d places of %d addresses are lost", vs.all, len(vs.from))
	}
}

// Who loads the page without end waits, and an address that was quiet is forgotten.
func TestAnAddressAsksAtItsPace(t *testing.T) {
	vs := newVisitors(nil, nil)
	pace := vs.paceOf(visits("192.0.2.66", 0).origin)
	for phones := range 120 {
		if late := pace.ReserveN(time.Now(), 5*(400+effort)).Delay(); late > 0 {
			t.Errorf("phone %d of a hall waits %v for its page", phones, late)
		}
	}
	if pace.ReserveN(time.Now(), asksAtOnce).Delay() == 0 {
		t.Error("nobody waits")
	}
	for i := range 10 * mostVisitors {
		vs.paceOf(netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}), 32))
	}
	if len(vs.pace) > 4*mostVisitors || vs.paceOf(visits("192.0.2.66", 0).origin) != pace {
		t.Errorf("%d paces are kept, or the guilty one is forgotten", len(vs.pace))
	}
}

// However short a request is, it counts as the work that it makes.
func TestAShortRequestCountsAsWork(t *testing.T) {
	d, err := Listen(Config{Addr: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	v := visits("192.0.2.66", 0)
	v.pace = rate.NewLimiter(0, asksAtOnce)
	for _, path := range []string{"/", "/page.js", "/nothing", "/ssh"} {
		before := v.pace.Tokens()
		r := httptest.NewRequestWithContext(withVisitor(t.Context(), v), http.MethodGet, "http://"+d.Addr().String()+path, nil)
		d.ServeHTTP(httptest.NewRecorder(), r)
		if cost := before - v.pace.Tokens(); cost < effort {
			t.Errorf("%s costs %v bytes of the pace, less than %d", path, cost, effort)
		}
	}
}

func TestPeopleAreCountedByAddress(t *testing.T) {
	for addr, want := range map[string]string{"192.0.2.7": "192.0.2.7/32", "::ffff:192.0.2.7": "192.0.2.7/32", "2001:db8:1:2:3::4": "2001:db8:1:2::/64"} {
		if got := origin(&net.TCPAddr{IP: net.ParseIP(addr), Port: 1}); got.String() != want {
			t.Errorf("%s is counted as %s", addr, got)
		}
	}
}

func TestClosingLeavesNothingBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	d, err := Listen(Config{Addr: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	asks(t, d, "GET / HTTP/1.1\r\nHost: "+d.Addr().String()+"\r\n\r\n")
	c, err := net.Dial("tcp", d.Addr().String()) // a websocket that nobody accepts
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, _ = io.WriteString(c, socket(d.Addr().String(), "http://"+d.Addr().String()))
	if _, err := http.ReadResponse(bufio.NewReader(c), nil); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if err := d.Close(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("closing twice: %v", err)
	}
	if _, err := d.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("it accepts: %v", err)
	}
	if _, err := io.Copy(io.Discard, c); err != nil {
		t.Log(err) // reset or ended
	}
	for deadline := time.Now().Add(20 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}
