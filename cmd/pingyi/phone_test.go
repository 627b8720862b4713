//go:build browser

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// patience is how long a test waits for what must come.
const patience = 30 * time.Second

// wire carries TCP connections to the web door, from an address of its own, keeps
// what went by, and can be cut or frozen.
type wire struct {
	t    *testing.T
	from net.IP // where the server sees the connections come from
	to   string
	in   net.Listener

	mu     sync.Mutex
	moves  *sync.Cond
	frozen bool
	rate   int // bytes in a second; 0: as many as there are
	closed bool
	conns  map[net.Conn]bool
	kept   []*talk
}

// talk is what went by on one connection.
type talk struct {
	up   []byte // what the browser sent
	down []byte // what the server sent
}

// newWire returns a wire on a free port of 127.0.0.1. Its far end is set later.
func newWire(t *testing.T, from string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{t: t, from: net.ParseIP(from), in: l, conns: map[net.Conn]bool{}}
	w.moves = sync.NewCond(&w.mu)
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { w.carry(c) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		w.mu.Lock()
		w.closed = true
		w.mu.Unlock()
		w.cut()
		all.Wait()
	})
	return w
}

// port is where browsers come in.
func (w *wire) port() int { return w.in.Addr().(*net.TCPAddr).Port }

func (w *wire) carry(c net.Conn) {
	w.mu.Lock()
	to := w.to
	w.mu.Unlock()
	far, err := (&net.Dialer{LocalAddr: &net.TCPAddr{IP: w.from}}).Dial("tcp", to)
	if err != nil {
		c.Close()
		return
	}
	w.mu.Lock()
	w.conns[c], w.conns[far] = true, true
	one := &talk{}
	w.kept = append(w.kept, one)
	w.mu.Unlock()
	var both sync.WaitGroup
	pass := func(into, from net.Conn, kept *[]byte) {
		defer into.Close()
		defer from.Close()
		buffer := make([]byte, 64<<10)
		for {
			n, err := from.Read(buffer)
			w.mu.Lock()
			for w.frozen && !w.closed {
				w.moves.Wait()
			}
			*kept = append(*kept, buffer[:n]...)
			rate := w.rate
			w.mu.Unlock()
			if rate > 0 {
				time.Sleep(time.Duration(n) * time.Second / time.Duration(rate))
			}
			if n > 0 {
				if _, err := into.Write(buffer[:n]); err != nil {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}
	both.Go(func() { pass(far, c, &one.up) })
	both.Go(func() { pass(c, far, &one.down) })
	both.Wait()
	w.mu.Lock()
	delete(w.conns, c)
	delete(w.conns, far)
	w.mu.Unlock()
}

// leads sets the far end.
func (w *wire) leads(to string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.to = to
}

// cut resets every connection.
func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.conns {
		if tcp, is := c.(*net.TCPConn); is {
			_ = tcp.SetLinger(0)
		}
		c.Close()
	}
	w.moves.Broadcast()
}

// freeze lets nothing through any more, and says nothing. thaw ends that.
func (w *wire) freeze() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.frozen = true
}

func (w *wire) thaw() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.frozen = false
	w.moves.Broadcast()
}

// paces lets so many bytes through in a second; 0: as many as there are.
func (w *wire) paces(rate int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rate = rate
}

// overheard is all that somebody on the network reads: what went by as it is, and
// what was in the messages of websockets.
func (w *wire) overheard() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all strings.Builder
	for _, one := range w.kept {
		for _, way := range [][]byte{one.up, one.down} {
			all.Write(way)
			for _, m := range messages(way) {
				all.Write(m)
			}
			all.WriteString("\n")
		}
	}
	return all.String()
}

// lengths are those of the messages of websockets that came from the server, or went
// to it, in the order in which they came.
func (w *wire) lengths(up bool) (list []int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, one := range w.kept {
		way := one.down
		if up {
			way = one.up
		}
		for _, m := range messages(way) {
			list = append(list, len(m))
		}
	}
	return list
}

// messages are those of a websocket in one direction, unmasked; none if the bytes
// are of no websocket.
func messages(way []byte) (list [][]byte) {
	head, rest, ok := bytes.Cut(way, []byte("\r\n\r\n"))
	if !ok || !bytes.Contains(head, []byte("Sec-Websocket")) && !bytes.Contains(head, []byte("Sec-WebSocket")) {
		return nil
	}
	for len(rest) >= 2 {
		length, mask := int(rest[1]&0x7f), rest[1]&0x80 != 0
		rest = rest[2:]
		switch {
		case length == 126 && len(rest) >= 2:
			length, rest = int(rest[0])<<8|int(rest[1]), rest[2:]
		case length == 127 && len(rest) >= 8:
			length, rest = int(rest[5])<<16|int(rest[6])<<8|int(rest[7]), rest[8:]
		}
		var key [4]byte
		if mask && len(rest) >= 4 {
			rest = rest[copy(key[:], rest):]
		}
		if len(rest) < length {
			break
		}
		m := bytes.Clone(rest[:length])
		for i := range m {
			m[i] ^= key[i%4]
		}
		list, rest = append(list, m), rest[length:]
	}
	return list
}

// webRig is a rig whose server has a door for browsers, under a name on plain http.
type webRig struct {
	*rig
	wire *wire // the way of every browser that has none of its own
	web  string
	link string // http://NAME:PORT/#PIN
	pin  string
}

// webName is a name that browsers do not take for a secure context.
const webName = "meeting.test"

// newWebRig makes a folder with a roster of n and starts a server. more are flags of
// init.
func newWebRig(t *testing.T, n int, more ...string) *webRig {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &webRig{rig: newRig(t, sampleRoster(n), more...), wire: newWire(t, "127.0.0.1"), web: free.Addr().String()}
	free.Close()
	s.wire.leads(s.web)
	s.starts()
	return s
}

// starts starts the server.
func (s *webRig) starts() {
	s.t.Helper()
	cmd := exec.Command(binary, "serve", "--addr", "127.0.0.1:0", "--web", s.web, "--web-name", fmt.Sprintf("%s:%d", webName, s.wire.port()))
	cmd.Dir, cmd.Stderr = s.dir, s.log
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	var line ready
	if err := json.NewDecoder(out).Decode(&line); err != nil {
		_ = cmd.Wait()
		s.t.Fatalf("the server did not start: %v\n%s", err, s.log)
	}
	s.server, s.addr, s.print, s.gone = cmd, line.Addr, line.Fingerprint, make(chan struct{})
	_, pin, _ := strings.Cut(line.Web, "#")
	s.pin = pin
	s.link = fmt.Sprintf("http://%s:%d/#%s", webName, s.wire.port(), pin)
	gone := s.gone
	go func() { _ = cmd.Wait(); close(gone) }()
	s.t.Cleanup(func() { _ = cmd.Process.Kill(); <-gone })
}

// stops is a planned restart's first half.
func (s *webRig) stops() {
	s.t.Helper()
	if err := s.server.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	<-s.gone
}

// browser is a Chromium of its own, which comes in through a wire.
func browser(t *testing.T, by *wire) context.Context {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{
		chromedp.Headless, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-features", "WebUIOmniboxPopup,WebUIOmniboxAimPopup"), // pages of the window's own, which no phone has, load beside the first page of ours
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("lang", "zh-CN"), chromedp.Flag("accept-lang", "zh-CN"),
		chromedp.Flag("host-resolver-rules", fmt.Sprintf("MAP %s 127.0.0.1:%d", webName, by.port())),
	}
	ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(end)
	ctx, end = chromedp.NewContext(ctx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx)
		end()
	})
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("chromium does not start (apt-get install chromium): %v", err)
	}
	return ctx
}

// phone is a tab of a browser, seen by one person.
type phone struct {
	t   *testing.T
	ctx context.Context
}

// tab opens a link in a tab of a size.
func tab(of context.Context, t *testing.T, link string, width, height int64, more ...chromedp.Action[chromedp.Void]) *phone {
	t.Helper()
	ctx, end := chromedp.NewContext(of, chromedp.WithNewBrowserContext(), chromedp.WithNewWindow(true))
	t.Cleanup(end)
	p := &phone{t, ctx}
	var said sync.WaitGroup
	said.Go(func() {
		for line, err := range chromedp.Console(ctx) {
			if err != nil {
				return
			}
			t.Log("console:", line)
		}
	})
	small := width < 800
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil { // the tab lives as long as the context of this
		t.Fatal(err)
	}
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1, Mobile: small})
	call(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: small})
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watching})
	p.does(more...)
	p.does(chromedp.Navigate(link))
	return p
}

// call says a command of the DevTools.
func call[P, R any](p *phone, command cdp.Command[P, R], params P) (result R) {
	p.t.Helper()
	ctx, end := context.WithTimeout(p.ctx, patience)
	defer end()
	result, err := chromedp.Call(ctx, command, params)
	if err != nil {
		p.t.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

// watching notes in a page when its controls last changed, when the first page of the
// meeting was there, and the lines that came.
const watching = `const parse = JSON.parse;
window.lines = [];
JSON.parse = text => { window.lines.push(text); return parse(text); };
addEventListener("DOMContentLoaded", () => {
	window.changedAt = performance.now();
	new MutationObserver(() => {
		window.changedAt = performance.now();
		if (!window.firstPageAt && document.querySelector(".who")) window.firstPageAt = performance.now();
	}).observe(document.getElementById("page") || document.body, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["aria-checked", "aria-disabled"]});
});`

// onPhone opens a link on a phone.
func onPhone(of context.Context, t *testing.T, link string) *phone {
	t.Helper()
	return tab(of, t, link, 390, 844)
}

// does runs actions of the DevTools.
func (p *phone) does(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, end := context.WithTimeout(p.ctx, patience)
	defer end()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("%v\n%s", err, p.reads())
	}
}

// asks evaluates an expression in a page; a promise is awaited.
func asks[T any](p *phone, expression string) (T, error) {
	ctx, end := context.WithTimeout(p.ctx, patience)
	defer end()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// reads is what stands on the page.
func (p *phone) reads() string {
	text, err := asks[string](p, "document.body.innerText")
	if err != nil {
		return err.Error()
	}
	return text
}

// awaits waits until an expression is true.
func (p *phone) awaits(what, expression string) *phone {
	p.t.Helper()
	done, err := asks[bool](p, fmt.Sprintf(`new Promise(done => {
		const look = () => { let is = false; try { is = (%s); } catch (e) {} if (is) { watch.disconnect(); clearInterval(beat); done(true); } return is; };
		const watch = new MutationObserver(look), beat = setInterval(look, 50);
		watch.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
		setTimeout(() => { watch.disconnect(); clearInterval(beat); done(false); }, %d);
		look();
	})`, expression, (patience-5*time.Second).Milliseconds()))
	if err != nil || !done {
		p.t.Fatalf("%s did not come (%v):\n%s", what, err, p.reads())
	}
	return p
}

// sees waits until texts stand on the page.
func (p *phone) sees(texts ...string) *phone {
	p.t.Helper()
	for _, text := range texts {
		p.awaits(text, "document.body.innerText.includes("+quotedJS(text)+")")
	}
	return p
}

// seesNo fails if a text stands on the page.
func (p *phone) seesNo(texts ...string) *phone {
	p.t.Helper()
	all := p.reads()
	for _, text := range texts {
		if strings.Contains(all, text) {
			p.t.Errorf("%q stands on the page:\n%s", text, all)
		}
	}
	return p
}

func quotedJS(text string) string {
	b, _ := json.Marshal(text)
	return string(b)
}

// button is the first button that is called so, or begins so.
func button(label string) string {
	return `[...document.querySelectorAll("button")].find(b => b.innerText.trim().startsWith(` + quotedJS(label) + `))`
}

// tap taps a button, after a look at a page that has stood still as long as a
// person needs to read it.
func (p *phone) tap(label string) *phone {
	p.t.Helper()
	p.awaits("the button "+label, button(label)+` && performance.now() - window.changedAt > 500`)
	return p.tapsNow(label)
}

// tapsNow taps a button at once.
func (p *phone) tapsNow(label string) *phone {
	p.t.Helper()
	x, y := p.placeOf(label)
	p.tapsAt(x, y)
	return p
}

// tapsAt taps a place.
func (p *phone) tapsAt(x, y float64) {
	p.t.Helper()
	p.does(chromedp.TapXY(x, y))
}

// evaluates is an action that evaluates an expression; a promise is awaited.
func evaluates(expression string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, of *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.EvaluateAsDevTools[any]("(async () => { await ("+expression+"); })()", chromedp.EvalAwaitPromise)(ctx, of)
		return chromedp.Void{}, err
	}
}

// reloads is an action that loads the page again.
func reloads() chromedp.Action[chromedp.Void] { return chromedp.Reload() }

// placeOf is the middle of a button that is brought into sight.
func (p *phone) placeOf(label string) (x, y float64) {
	p.t.Helper()
	at, err := asks[[]float64](p, `(() => { const b = `+button(label)+`; b.scrollIntoView({block: "center"}); const r = b.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`)
	if err != nil || len(at) != 2 {
		p.t.Fatalf("no button %q (%v):\n%s", label, err, p.reads())
	}
	return at[0], at[1]
}

// types writes into the field that has the focus, without an input method.
func (p *phone) types(text string) *phone {
	p.t.Helper()
	call(p, input.InsertText, input.InsertTextParams{Text: text})
	return p
}

// focuses puts the cursor into a field.
func (p *phone) focuses(id string) *phone {
	p.t.Helper()
	p.awaits("the field "+id, "document.getElementById("+quotedJS(id)+")")
	p.does(chromedp.Focus(chromedp.CSS("#" + id)))
	return p
}

// composes shows what an input method composes in the field, which is not text yet.
func (p *phone) composes(text string) *phone {
	p.t.Helper()
	n := int64(len([]rune(text)))
	call(p, input.ImeSetComposition, input.ImeSetCompositionParams{Text: text, SelectionStart: n, SelectionEnd: n})
	return p
}

// holds waits until the field holds a text.
func (p *phone) holds(text string) *phone {
	p.t.Helper()
	return p.awaits("the text "+text, `document.getElementById("field").value === `+quotedJS(text))
}

// joins opens the link with a member's code.
func (s *webRig) joins(of context.Context, id string) *phone {
	s.t.Helper()
	return onPhone(of, s.t, s.link+"."+s.codes[id])
}

// lines are those that the page has read of the server.
func (p *phone) lines() string {
	p.t.Helper()
	lines, err := asks[string](p, `window.lines.join("\n")`)
	if err != nil {
		p.t.Fatal(err)
	}
	return lines
}

// picture keeps what is seen for the README, if PICTURES names a folder.
func (p *phone) picture(name string) *phone {
	p.t.Helper()
	dir := os.Getenv("PICTURES")
	if dir == "" {
		return p
	}
	p.awaits("quiet", `performance.now() - window.changedAt > 400`)
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		p.t.Fatal(err)
	}
	return p
}

// wellMade checks what people need who do not see the page, or see it badly: one
// heading of the first level, a name for every control, one group for the radio
// buttons, a place where answers are read aloud, nothing beside the screen, letters
// that stand out from their ground by day and by night.
func (p *phone) wellMade() *phone {
	p.t.Helper()
	roles := map[string]int{}
	for _, n := range call(p, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{}).Nodes {
		if n.Ignored || n.Role == nil {
			continue
		}
		var role, name string
		_ = json.Unmarshal(n.Role.Value, &role)
		if n.Name != nil {
			_ = json.Unmarshal(n.Name.Value, &name)
		}
		if role == "heading" {
			for _, of := range n.Properties {
				if of.Name == "level" && string(of.Value.Value) == "1" {
					role = "h1"
				}
			}
		}
		roles[role]++
		if slices.Contains([]string{"button", "radio", "radiogroup", "textbox", "h1"}, role) && strings.TrimSpace(name) == "" {
			p.t.Errorf("a %s has no name:\n%s", role, p.reads())
		}
	}
	if roles["h1"] != 1 || roles["button"]+roles["radio"] == 0 || roles["radio"] > 0 && roles["radiogroup"] != 1 {
		p.t.Errorf("roles %v:\n%s", roles, p.reads())
	}
	if live, err := asks[string](p, `document.getElementById("said").getAttribute("aria-live")`); err != nil || live != "polite" {
		p.t.Errorf("answers are not read aloud: %q %v", live, err)
	}
	if wide, err := asks[bool](p, "document.documentElement.scrollWidth > innerWidth"); err != nil || wide {
		p.t.Errorf("the page is wider than the screen (%v):\n%s", err, p.reads())
	}
	for _, scheme := range []string{"dark", "light"} {
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		pale, err := asks[[]string](p, paleLetters)
		if err != nil || len(pale) > 0 {
			p.t.Errorf("%s: these stand out too little: %v %v", scheme, pale, err)
		}
	}
	return p
}

// paleLetters are the texts of a page whose contrast is below 4.5 : 1.
const paleLetters = `(() => {
	const rgb = text => text.match(/[\d.]+/g).map(Number);
	const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
	const ground = node => { for (; node; node = node.parentElement) { const c = rgb(getComputedStyle(node).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
	return [...document.querySelectorAll("#page *, #said")].filter(n => [...n.childNodes].some(t => t.nodeType === 3 && t.data.trim())).map(n => {
		const [a, b] = [light(rgb(getComputedStyle(n).color)), light(ground(n))].sort((x, y) => y - x);
		return [(a + 0.05) / (b + 0.05), n.innerText];
	}).filter(([ratio]) => ratio < 4.5).map(([ratio, text]) => ratio.toFixed(1) + " " + text);
})()`
