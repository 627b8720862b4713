package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store/folder"
	"pingyi/store/hall"
)

const (
	screensMost    = 1000
	screensChanges = 10                     // the number of changes that are measured
	screensSpare   = 10 + screensChanges    // members without a screen, who sign in
	screensQuiet   = 300 * time.Millisecond // without a byte for this long: everybody has seen the change
)

func (d *desk) benchScreensVerb() *cobra.Command {
	var sessions int
	var asJSON bool
	verb := &cobra.Command{
		Use: "screens", Short: "很多人同时看着会议：内存、字节和处理器", Args: exactly(),
		Long: `开一个示范支部的服务，另起一个进程扮演党员：每人一个 SSH 连接、一个 80×24 的屏幕。
量一个屏幕占多少内存（只算服务这一边）；再让别人一个接一个签到，量所有屏幕上变一个数字的代价。`,
		Example: "  pingyi bench screens\n  pingyi bench screens --sessions 500 --json",
		RunE: func(c *cobra.Command, _ []string) error {
			if sessions < 1 || sessions > screensMost {
				return usagef("--sessions 应当是 1 到 %d", screensMost)
			}
			d.progress("屏幕：%d 个会话……", sessions)
			m, err := d.measureScreens(c.Context(), sessions, false)
			if err != nil {
				return err
			}
			if asJSON {
				return d.json(m)
			}
			d.tellScreens(m)
			return nil
		},
	}
	verb.Flags().IntVar(&sessions, "sessions", 200, "会话个数")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	verb.AddCommand(d.watchScreensVerb())
	return verb
}

// screensMeasured is what the server paid. The numbers of a change are medians.
type screensMeasured struct {
	Cores    int     `json:"cores"`
	Sessions int     `json:"sessions"`
	Memory   int64   `json:"memory_bytes"`  // heap and stacks of all sessions
	Join     float64 `json:"join_ms"`       // CPU of one join
	First    int64   `json:"first_bytes"`   // of one session's first screen
	Bytes    int64   `json:"change_bytes"`  // to one session
	CPU      float64 `json:"change_cpu_ms"` // for all sessions
	Last     float64 `json:"change_ms"`     // until the last session had it
	Idle     float64 `json:"idle_cpu_ms"`   // of one second in which nothing happens
	IdleSent int64   `json:"idle_bytes"`    // to all sessions in that second
}

func (d *desk) tellScreens(m screensMeasured) {
	row := func(what, format string, args ...any) { fmt.Fprintf(d.out, what+"\t"+format+"\n", args...) }
	row("规模", "%d 个会话，%d 核", m.Sessions, m.Cores)
	row("内存合计", "%9.1f MB", float64(m.Memory)/1e6)
	row("内存", "%9.1f KB/会话", float64(m.Memory)/1e3/float64(m.Sessions))
	row("进入", "%9.1f 毫秒处理器/会话", m.Join)
	row("第一屏", "%9d 字节/会话", m.First)
	row("一处变化", "%9d 字节/会话", m.Bytes)
	row("处理器", "%9.1f 毫秒/一处变化，全部会话", m.CPU)
	row("最后一个看到", "%9.1f 毫秒", m.Last)
	row("没有变化时", "%9.1f 毫秒处理器/秒，%d 字节/秒，全部会话", m.Idle, m.IdleSent)
}

// measureScreens runs the server in this process and its clients, terminals or
// browsers, in another.
func (d *desk) measureScreens(ctx context.Context, sessions int, browsers bool) (m screensMeasured, err error) {
	m = screensMeasured{Cores: runtime.GOMAXPROCS(0), Sessions: sessions}
	dir, err := os.MkdirTemp("", "pingyi-bench")
	if err != nil {
		return m, err
	}
	defer os.RemoveAll(dir)
	data := filepath.Join(dir, "data")
	if err := folder.Init(data, "示范党总支", folder.Config{Preset: preset.Default}); err != nil {
		return m, err
	}
	f, err := folder.Open(data)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h, err := foundSample(ctx, f, "sample1", sessions+screensSpare)
	if err != nil {
		return m, err
	}
	ctx, stop := context.WithTimeout(ctx, 10*time.Minute)
	defer stop()
	where := location{addr: "127.0.0.1:0"}
	if browsers {
		where.site.addr = "127.0.0.1:0"
	}
	o, err := d.door(ctx, f, where, "", slog.New(slog.DiscardHandler))
	if err != nil {
		return m, err
	}
	defer o.shut()
	serving := o.begin(ctx, stop)
	defer func() { err = errors.Join(err, serving.end()) }()
	return m, m.measure(ctx, f, h, o)
}

func (m *screensMeasured) measure(ctx context.Context, f *folder.Folder, h *hall.Hall, o door) error {
	list, err := issueMemberCodes(ctx, h, f.Secret)
	if err != nil {
		return err
	}
	keys, err := f.HostKeys()
	if err != nil {
		return err
	}
	plan := watchPlan{Addr: localAddr(o.Addr()), Link: o.web, Key: keys[0].PublicKey().Marshal()}
	for _, one := range list[screensSpare : screensSpare+m.Sessions] {
		plan.Codes = append(plan.Codes, one.Code)
	}
	w, err := newWatchers(ctx)
	if err != nil {
		return err
	}
	before, began := memory(), processorTime()
	opened, err := w.ask(plan)
	if err != nil {
		return errors.Join(err, w.leave())
	}
	m.Join = ms(processorTime()-began) / float64(m.Sessions)
	m.First = opened.Bytes / int64(m.Sessions)
	m.Memory = memory() - before
	if err := m.idle(w); err != nil {
		return errors.Join(err, w.leave())
	}
	return errors.Join(m.change(ctx, h, w), w.leave())
}

// idle measures a second without a change.
func (m *screensMeasured) idle(w *watchers) error {
	began := processorTime()
	seen, err := w.ask(watchPlan{Idle: time.Second})
	m.Idle, m.IdleSent = ms(processorTime()-began), seen.Bytes
	return err
}

// change measures the cost of one more member signing in.
func (m *screensMeasured) change(ctx context.Context, h *hall.Hall, w *watchers) error {
	var cpu, last, sent []float64
	for i := range screensChanges {
		if _, err := w.ask(watchPlan{Mark: true}); err != nil {
			return err
		}
		began, moved := processorTime(), time.Now()
		if _, err := h.Act(ctx, meeting.MemberID(fmt.Sprintf("m%02d", i+1)), meeting.SignIn{}); err != nil {
			return err
		}
		seen, err := w.ask(watchPlan{})
		if err != nil {
			return err
		}
		cpu, last = append(cpu, ms(processorTime()-began)), append(last, ms(time.Unix(0, seen.Last).Sub(moved)))
		sent = append(sent, float64(seen.Bytes)/float64(m.Sessions))
	}
	m.CPU, m.Last, m.Bytes = median(cpu), median(last), int64(median(sent))
	return nil
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }

// memory returns how many bytes the process holds.
func memory() int64 {
	runtime.GC()
	runtime.GC() // frees what the first run moved out of pools
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return int64(s.HeapAlloc + s.StackInuse)
}

// watchPlan is what the clients' process is asked to do: open screens, forget
// what has come, tell what comes in some time, or tell what has come when every
// screen has got something.
type watchPlan struct {
	Addr  string
	Link  string // for browsers; "": they are terminals
	Key   []byte
	Codes []string

	Mark bool
	Idle time.Duration
}

// watched is the answer of the clients' process, since the last mark.
type watched struct {
	Err   string
	Bytes int64
	Last  int64 // when the last byte came, in Unix nanoseconds
}

// watchers is the clients' process.
type watchers struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	enc *json.Encoder
	dec *json.Decoder
}

func newWatchers(ctx context.Context) (*watchers, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "bench", "screens", "watch")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &watchers{cmd, in, json.NewEncoder(in), json.NewDecoder(bufio.NewReader(out))}, cmd.Start()
}

func (w *watchers) ask(p watchPlan) (seen watched, err error) {
	if err := w.enc.Encode(p); err != nil {
		return seen, failf("模拟党员的进程不听：%w", err)
	}
	if err := w.dec.Decode(&seen); err != nil {
		return seen, failf("模拟党员的进程没有应答：%w", err)
	}
	if seen.Err != "" {
		return seen, failf("%s", seen.Err)
	}
	return seen, nil
}

func (w *watchers) leave() error { return errors.Join(w.in.Close(), w.cmd.Wait()) }

func (d *desk) watchScreensVerb() *cobra.Command {
	return &cobra.Command{Use: "watch", Hidden: true, Args: exactly(), RunE: func(c *cobra.Command, _ []string) error {
		dec := json.NewDecoder(d.in)
		var a audience
		for {
			var p watchPlan
			if err := dec.Decode(&p); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			if err := d.json(a.answer(p)); err != nil {
				return err
			}
		}
	}}
}

// audience is many screens that nobody looks at.
type audience struct{ all []*watcher }

// watcher counts what one screen gets.
type watcher struct{ bytes, last atomic.Int64 }

func (w *watcher) Write(p []byte) (int, error) {
	w.bytes.Add(int64(len(p)))
	w.last.Store(time.Now().UnixNano())
	return len(p), nil
}

func (a *audience) answer(p watchPlan) watched {
	if len(p.Codes) > 0 {
		if err := a.open(p); err != nil {
			return watched{Err: sentence(err)}
		}
	}
	switch {
	case p.Mark:
		for _, w := range a.all {
			w.bytes.Store(0)
		}
		return watched{}
	case p.Idle > 0:
		before := a.seen()
		time.Sleep(p.Idle)
		after := a.seen()
		return watched{Bytes: after.Bytes - before.Bytes, Last: after.Last}
	}
	return a.settled()
}

// open connects everybody, a few at a time.
func (a *audience) open(p watchPlan) error {
	key, err := gossh.ParsePublicKey(p.Key)
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	errs := make([]error, len(p.Codes))
	places := make(chan struct{}, 8)
	for i, code := range p.Codes {
		w := &watcher{}
		a.all = append(a.all, w)
		places <- struct{}{}
		group.Go(func() {
			errs[i] = w.open(p, key, code)
			<-places
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

func (w *watcher) open(p watchPlan, key gossh.PublicKey, code string) error {
	conn, err := p.dial()
	if err != nil {
		return err
	}
	c, chans, reqs, err := gossh.NewClientConn(conn, p.Addr, &gossh.ClientConfig{
		User: "screens", Auth: []gossh.AuthMethod{gossh.Password(code)}, HostKeyCallback: gossh.FixedHostKey(key),
		HostKeyAlgorithms: []string{key.Type()},
	})
	if err != nil {
		return err
	}
	sess, err := gossh.NewClient(c, chans, reqs).NewSession()
	if err != nil {
		return err
	}
	sess.Stdout = w
	if _, err := sess.StdinPipe(); err != nil { // it stays open, so that nobody seems to have left
		return err
	}
	if p.Link != "" {
		return sess.Start("page")
	}
	if err := sess.RequestPty("xterm-256color", 24, 80, gossh.TerminalModes{}); err != nil {
		return err
	}
	return sess.Shell()
}

// dial connects as a terminal's SSH client does, or as a browser's.
func (p watchPlan) dial() (net.Conn, error) {
	if p.Link == "" {
		return net.Dial("tcp", p.Addr)
	}
	at, err := url.Parse(p.Link)
	if err != nil {
		return nil, err
	}
	ws, _, err := websocket.Dial(context.Background(), "ws://"+at.Host+"/ssh", &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"http://" + at.Host}}})
	if err != nil {
		return nil, err
	}
	return websocket.NetConn(context.Background(), ws, websocket.MessageBinary), nil
}

func (a *audience) seen() (sum watched) {
	for _, w := range a.all {
		sum.Bytes += w.bytes.Load()
		sum.Last = max(sum.Last, w.last.Load())
	}
	return sum
}

// settled waits until every screen has got something and all are quiet.
func (a *audience) settled() watched {
	deadline := time.Now().Add(time.Minute)
	for {
		missing := 0
		for _, w := range a.all {
			if w.bytes.Load() == 0 {
				missing++
			}
		}
		sum := a.seen()
		switch {
		case missing == 0 && time.Since(time.Unix(0, sum.Last)) > screensQuiet:
			return sum
		case time.Now().After(deadline):
			return watched{Err: fmt.Sprintf("有 %d 个屏幕没有动静", missing)}
		}
		time.Sleep(5 * time.Millisecond)
	}
}
