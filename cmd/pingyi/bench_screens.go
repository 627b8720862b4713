package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
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
	"pingyi/tui"
)

const (
	screensMost     = 2000
	screensChanges  = 10                                  // the number of changes that are measured
	browsersChanges = 40                                  // and of terminals and browsers, which are fewer
	screensSignIns  = 100                                 // and of sign-ins one after another
	screensSpare    = 8 + screensChanges + screensSignIns // members without a screen, who sign in
	screensQuiet    = 300 * time.Millisecond              // without a byte for this long: everybody has seen the change
	browsersQuiet   = 700 * time.Millisecond              // the same for browsers, who are told news of a page twice a second at most
	screensPatience = 5 * time.Second                     // and if that never comes, for so long
	screensRounds   = 4                                   // in which screens are opened, ours and the floor's in turn
	screensSpeech   = 3 * time.Second                     // how long a speaking clock is measured
)

func (d *desk) benchScreensVerb() *cobra.Command {
	var sessions int
	var asJSON, libraries bool
	verb := &cobra.Command{
		Use: "screens", Short: "很多人同时看着会议：内存、字节和处理器", Args: exactly(),
		Long: `开一个示范支部的服务，另起进程扮演党员：每人一个 SSH 连接、一个 80×24 的屏幕。
量进入、一个屏幕占多少内存、开会前和开会时一处变化、发言计时的一秒、别人签到要等多久，只算服务这一边。
旁边量两样，写出倍数：底线是另一个进程里只把同样多的字节写给同样多人的 SSH 服务，轮流量；
通用库是 wish 和 Bubble Tea 照原样显示同一页，之后量（--libraries=false 不量）。`,
		Example: "  pingyi bench screens\n  pingyi bench screens --sessions 1000 --json",
		RunE: func(c *cobra.Command, _ []string) error {
			if sessions < 1 || sessions > screensMost {
				return usagef("--sessions 应当是 1 到 %d", screensMost)
			}
			d.progress("屏幕：%d 个会话……", sessions)
			m, err := d.measureScreensBeside(c.Context(), sessions, libraries)
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
	verb.Flags().BoolVar(&libraries, "libraries", true, "也量通用库")
	verb.AddCommand(d.watchScreensVerb(), d.floorVerb())
	return verb
}

// screensMeasured is what the server paid. The numbers of a change are medians.
type screensMeasured struct {
	Cores      int     `json:"cores"`
	Sessions   int     `json:"sessions"`
	Memory     int64   `json:"memory_bytes"`  // heap and stacks of all sessions
	Goroutines float64 `json:"goroutines"`    // of one session
	Join       float64 `json:"join_ms"`       // CPU of one join
	First      int64   `json:"first_bytes"`   // of one session's first screen
	Bytes      int64   `json:"change_bytes"`  // to one session
	CPU        float64 `json:"change_cpu_ms"` // for all sessions
	Last       float64 `json:"change_ms"`     // until the last session had it
	Idle       float64 `json:"idle_cpu_ms"`   // of one second in which nothing happens
	IdleSent   int64   `json:"idle_bytes"`    // to all sessions in that second

	SignIn     float64 `json:"signin_p99_ms"` // of somebody who signs in while all look
	LiveBytes  int64   `json:"live_bytes"`    // of a change in the meeting, to one session
	LiveCPU    float64 `json:"live_cpu_ms"`   // for all sessions
	Live       float64 `json:"live_ms"`       // until the last session had it
	Speech     float64 `json:"speech_cpu_ms"` // of one second in which somebody speaks
	SpeechSent int64   `json:"speech_bytes"`  // to one session in that second

	joined int // sessions so far
}

// screensCompared is the same beside the floor and the libraries as they come, in
// one run.
type screensCompared struct {
	screensMeasured
	Floor     screensMeasured  `json:"floor"`
	Libraries *screensMeasured `json:"libraries,omitempty"`
	Ratios    screensRatios    `json:"ratios"` // ours to the floor's
	Others    *screensRatios   `json:"libraries_ratios,omitempty"`
}

// screensRatios are how many times as much one pays as the floor.
type screensRatios struct {
	Join       float64 `json:"join"`
	Memory     float64 `json:"memory"`
	Goroutines float64 `json:"goroutines"`
	CPU        float64 `json:"change_cpu"`
	Last       float64 `json:"change_last"`
	LiveCPU    float64 `json:"live_cpu"`
	Live       float64 `json:"live_last"`
	Speech     float64 `json:"speech_cpu"`
}

// to returns how many times as much m is as another.
func (m screensMeasured) to(o screensMeasured) screensRatios {
	return screensRatios{
		m.Join / o.Join, float64(m.Memory) / float64(o.Memory), m.Goroutines / o.Goroutines,
		m.CPU / o.CPU, m.Last / o.Last, m.LiveCPU / o.LiveCPU, m.Live / o.Live, m.Speech / o.Speech,
	}
}

func (d *desk) tellScreens(m screensCompared) {
	line := "规模\t%d 个会话，%d 核\t底线\t倍"
	if m.Others != nil {
		line += "\t通用库\t倍"
	}
	fmt.Fprintf(d.out, line+"\n", m.Sessions, m.Cores)
	row := func(what, unit string, of func(screensMeasured) float64) {
		ours, floor := of(m.screensMeasured), of(m.Floor)
		fmt.Fprintf(d.out, "%s\t%9.1f %s\t%9.1f\t×%.2f", what, ours, unit, floor, ours/floor)
		if m.Libraries != nil {
			libraries := of(*m.Libraries)
			fmt.Fprintf(d.out, "\t%9.1f\t×%.2f", libraries, libraries/floor)
		}
		fmt.Fprintln(d.out)
	}
	row("内存", "KB/会话", func(m screensMeasured) float64 { return float64(m.Memory) / 1e3 / float64(m.Sessions) })
	row("协程", "个/会话", func(m screensMeasured) float64 { return m.Goroutines })
	row("进入", "毫秒处理器/会话", func(m screensMeasured) float64 { return m.Join })
	row("一处变化", "毫秒处理器，全部会话", func(m screensMeasured) float64 { return m.CPU })
	row("最后一个看到", "毫秒", func(m screensMeasured) float64 { return m.Last })
	row("会上一处变化", "毫秒处理器，全部会话", func(m screensMeasured) float64 { return m.LiveCPU })
	row("最后一个看到", "毫秒", func(m screensMeasured) float64 { return m.Live })
	row("发言计时", "毫秒处理器/秒，全部会话", func(m screensMeasured) float64 { return m.Speech })
	row("没有变化时", "毫秒处理器/秒，全部会话", func(m screensMeasured) float64 { return m.Idle })
	fmt.Fprintf(d.out, "第一屏\t%9d 字节/会话\n一处变化\t%9d 字节/会话\n会上一处变化\t%9d 字节/会话\n发言计时\t%9d 字节/秒/会话\n没有变化时\t%9d 字节/秒，全部会话\n",
		m.First, m.Bytes, m.LiveBytes, m.SpeechSent, m.IdleSent)
	fmt.Fprintf(d.out, "大家看着时签到\t%9.1f 毫秒（一百次里第二慢的）\n", m.SignIn)
}

// screensBench is one run: the server in this process, and its clients, terminals or
// browsers, in another.
type screensBench struct {
	screensMeasured
	h     *hall.Hall
	venue *hall.Venue
	key   gossh.Signer // of the server, and of those beside it
	plan  watchPlan
	codes []string
	w     *watchers
}

// withScreens opens a sample branch of so many members with screens, and measures.
func (d *desk) withScreens(ctx context.Context, sessions int, browsers bool, measure func(context.Context, *screensBench) error) (err error) {
	dir, err := os.MkdirTemp("", "pingyi-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	data := filepath.Join(dir, "data")
	if err := folder.Init(data, "示范党总支", folder.Config{Preset: preset.Default}); err != nil {
		return err
	}
	f, err := folder.Open(data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h, err := foundSample(ctx, f, "sample1", sessions+screensSpare)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, 10*time.Minute)
	defer stop()
	where := location{addr: "127.0.0.1:0"}
	if browsers {
		where.site.addr = "127.0.0.1:0"
	}
	o, err := d.door(ctx, f, where, "", slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer o.shut()
	serving := o.begin(ctx, stop)
	defer func() { err = errors.Join(err, serving.end()) }()
	b, err := newScreensBench(ctx, f, h, o, sessions)
	if err != nil {
		return err
	}
	return errors.Join(measure(ctx, b), b.w.leave())
}

func newScreensBench(ctx context.Context, f *folder.Folder, h *hall.Hall, o door, sessions int) (*screensBench, error) {
	b := &screensBench{screensMeasured: measuredOn(sessions), h: h}
	list, err := issueMemberCodes(ctx, h, f.Secret)
	if err != nil {
		return nil, err
	}
	if b.venue, err = f.Venue(ctx, h.State().Branch.ID); err != nil {
		return nil, err
	}
	keys, err := f.HostKeys()
	if err != nil {
		return nil, err
	}
	b.key = keys[0]
	b.plan = watchPlan{Addr: localAddr(o.Addr()), Link: o.web, Key: b.key.PublicKey().Marshal()}
	for _, one := range list[screensSpare : screensSpare+sessions] {
		b.codes = append(b.codes, one.Code)
	}
	b.w, err = newWatchers(ctx, here)
	return b, err
}

func measuredOn(sessions int) screensMeasured {
	return screensMeasured{Cores: runtime.NumCPU(), Sessions: sessions}
}

// measureScreensBeside measures our screens, and beside them the floor in turn;
// then, once these are closed, the libraries as they come.
func (d *desk) measureScreensBeside(ctx context.Context, sessions int, libraries bool) (m screensCompared, err error) {
	var key gossh.Signer
	page := ""
	err = d.withScreens(ctx, sessions, false, func(ctx context.Context, b *screensBench) error {
		key = b.key
		page = tui.New(tui.Config{Room: b.venue, Who: "m04", Ctx: ctx, Width: 80, Height: 24}).View().Content
		floor, err := b.compare(ctx)
		m.screensMeasured, m.Floor = b.screensMeasured, floor
		return err
	})
	if err != nil {
		return m, err
	}
	m.Ratios = m.to(m.Floor)
	if !libraries {
		return m, nil
	}
	d.progress("通用库：%d 个会话……", sessions)
	others, err := measureLibraries(ctx, key, page, m.screensMeasured)
	ratios := others.to(m.Floor)
	m.Libraries, m.Others = &others, &ratios
	return m, err
}

// compare measures our screens and the floor in turn: people come, before the
// meeting others sign in, in the meeting the chair gives the floor, and somebody
// speaks.
func (b *screensBench) compare(ctx context.Context) (floor screensMeasured, err error) {
	floor = measuredOn(b.Sessions)
	bare, err := newFloor(ctx)
	if err != nil {
		return floor, err
	}
	defer func() { err = errors.Join(err, bare.leave()) }()
	w, err := newWatchers(ctx, bare.paid)
	if err != nil {
		return floor, err
	}
	defer func() { err = errors.Join(err, w.leave()) }()
	plan := watchPlan{Addr: bare.addr, Key: bare.key}
	for part := range slices.Chunk(b.codes, (b.Sessions+screensRounds-1)/screensRounds) {
		if err := b.join(b.w, b.plan, part); err != nil {
			return floor, err
		}
		if err := bare.begins(b.First); err != nil {
			return floor, err
		}
		if err := floor.join(w, plan, part); err != nil {
			return floor, err
		}
	}
	if err := errors.Join(b.idle(b.w), floor.idle(w)); err != nil {
		return floor, err
	}
	var ours, theirs series
	for i := range screensChanges {
		if err := errors.Join(ours.take(b.w, b.signIn(ctx, i)), theirs.take(w, bare.writes(ours.bytes(b.Sessions)))); err != nil {
			return floor, err
		}
	}
	b.CPU, b.Last, b.Bytes = ours.medians(b.Sessions)
	floor.CPU, floor.Last, floor.Bytes = theirs.medians(b.Sessions)
	if err := errors.Join(b.signsIn(ctx), b.begins(ctx)); err != nil {
		return floor, err
	}
	ours, theirs = series{}, series{}
	for i := range screensChanges {
		if err := errors.Join(ours.take(b.w, b.floor(ctx, i)), b.pauses(ctx), theirs.take(w, bare.writes(ours.bytes(b.Sessions)))); err != nil {
			return floor, err
		}
	}
	b.LiveCPU, b.Live, b.LiveBytes = ours.medians(b.Sessions)
	floor.LiveCPU, floor.Live, floor.LiveBytes = theirs.medians(b.Sessions)
	if err := b.speaks(ctx); err != nil {
		return floor, err
	}
	floor.SpeechSent = b.SpeechSent
	floor.Speech, _, err = idle(w, screensSpeech, bare.writes(int(b.SpeechSent)))
	return floor, err
}

// measureLibraries measures the libraries as they come, with a page of ours.
func measureLibraries(ctx context.Context, key gossh.Signer, page string, ours screensMeasured) (m screensMeasured, err error) {
	m = measuredOn(ours.Sessions)
	s, err := serveWish(key, page)
	if err != nil {
		return m, err
	}
	w, err := newWatchers(ctx, here)
	if err != nil {
		return m, errors.Join(err, s.end())
	}
	defer func() { err = errors.Join(err, s.end(), w.leave()) }()
	codes := slices.Repeat([]string{"any"}, ours.Sessions)
	if err := errors.Join(m.join(w, watchPlan{Addr: s.Addr().String(), Key: key.PublicKey().Marshal()}, codes), m.idle(w)); err != nil {
		return m, err
	}
	var changes series
	changes.idle = m.Idle // their renderer works all the time
	for range screensChanges {
		if err := changes.take(w, s.change); err != nil {
			return m, err
		}
	}
	m.CPU, m.Last, m.Bytes = changes.medians(m.Sessions)
	m.LiveCPU, m.Live, m.LiveBytes = m.CPU, m.Last, m.Bytes
	m.Speech, m.SpeechSent, err = idle(w, screensSpeech, s.change)
	m.SpeechSent /= int64(m.Sessions)
	return m, err
}

// join measures some more who join.
func (m *screensMeasured) join(w *watchers, plan watchPlan, codes []string) error {
	held, err := w.pays(true)
	if err != nil {
		return err
	}
	plan.Codes = codes
	var opened watched
	worked, err := w.worked(func() error {
		opened, err = w.ask(plan)
		return err
	})
	if err != nil {
		return err
	}
	holds, err := w.pays(true)
	share := float64(len(codes)) / float64(m.Sessions)
	m.Join += worked / float64(m.Sessions)
	m.joined += len(codes)
	m.First = opened.Bytes / int64(m.joined)
	m.Memory += holds.Memory - held.Memory
	m.Goroutines += float64(holds.Goroutines-held.Goroutines) / float64(len(codes)) * share
	return err
}

// idle measures a second without a change.
func (m *screensMeasured) idle(w *watchers) (err error) {
	m.Idle, m.IdleSent, err = idle(w, time.Second, nil)
	return err
}

// idle measures a second of some time: what the server works and what all get. each
// is done every second; nil: nothing is.
func idle(w *watchers, d time.Duration, each func() error) (cpu float64, sent int64, err error) {
	worked, err := w.worked(func() error {
		for range d / time.Second {
			if each != nil {
				if err := each(); err != nil {
					return err
				}
			}
			seen, err := w.ask(watchPlan{Idle: time.Second})
			if err != nil {
				return err
			}
			sent += seen.Bytes
		}
		return nil
	})
	seconds := d.Seconds()
	return worked / seconds, int64(float64(sent) / seconds), err
}

// series are changes that were measured one after another.
type series struct {
	idle            float64 // what the server works in a second without a change, in ms
	cpu, last, sent []float64
}

// take measures a change.
func (s *series) take(w *watchers, change func() error) error {
	if _, err := w.ask(watchPlan{Mark: true}); err != nil {
		return err
	}
	var moved time.Time
	var seen watched
	worked, err := w.worked(func() (err error) {
		moved = time.Now()
		if err := change(); err != nil {
			return err
		}
		seen, err = w.ask(watchPlan{})
		return err
	})
	if err != nil {
		return err
	}
	s.cpu = append(s.cpu, worked-s.idle*time.Since(moved).Seconds())
	s.last, s.sent = append(s.last, ms(time.Unix(0, seen.Last).Sub(moved))), append(s.sent, float64(seen.Bytes))
	return nil
}

// bytes is how many bytes the last change has brought to each.
func (s *series) bytes(sessions int) int {
	if len(s.sent) == 0 {
		return 0
	}
	return int(s.sent[len(s.sent)-1]) / sessions
}

func (s *series) medians(sessions int) (cpu, last float64, bytes int64) {
	return median(s.cpu), median(s.last), int64(median(s.sent) / float64(sessions))
}

// spare is somebody without a screen.
func spare(i int) meeting.MemberID { return meeting.MemberID(fmt.Sprintf("m%02d", 8+i)) }

// signIn is that one more member signs in.
func (b *screensBench) signIn(ctx context.Context, i int) func() error {
	return func() error {
		_, err := b.h.Act(ctx, spare(i), meeting.SignIn{})
		return err
	}
}

// chair does something as the chair.
func (b *screensBench) chair(ctx context.Context, c meeting.Command) error {
	_, err := b.h.Act(ctx, b.h.State().Chair(), c)
	return err
}

// floor is that the next of two has the floor.
func (b *screensBench) floor(ctx context.Context, i int) func() error {
	speaker := meeting.MemberID(fmt.Sprintf("m%02d", 4+i%2))
	return func() error { return b.chair(ctx, meeting.GiveFloor{ID: speaker}) }
}

// speaks measures what it costs that somebody speaks.
func (b *screensBench) speaks(ctx context.Context) (err error) {
	if err := errors.Join(b.chair(ctx, meeting.GiveFloor{ID: "m06"}), b.w.settle()); err != nil {
		return err
	}
	if b.Speech, b.SpeechSent, err = idle(b.w, screensSpeech, nil); err != nil {
		return err
	}
	b.SpeechSent /= int64(b.Sessions)
	return b.pauses(ctx)
}

// pauses stops the speaker's clock, and waits for what still ticks.
func (b *screensBench) pauses(ctx context.Context) error {
	err := b.chair(ctx, meeting.PauseClock{})
	_, late := b.w.ask(watchPlan{Idle: 1500 * time.Millisecond})
	return errors.Join(err, late)
}

// signsIn measures how long those wait who sign in while all look.
func (b *screensBench) signsIn(ctx context.Context) error {
	var waits []float64
	for i := range screensSignIns {
		began := time.Now()
		if err := b.signIn(ctx, screensChanges+i)(); err != nil {
			return err
		}
		waits = append(waits, ms(time.Since(began)))
	}
	slices.Sort(waits)
	b.SignIn = waits[len(waits)*99/100-1]
	return b.w.settle()
}

// begins signs everybody in and begins the meeting.
func (b *screensBench) begins(ctx context.Context) error {
	var absent []meeting.MemberID
	for _, id := range b.h.State().Roll().Absent {
		if b.h.State().Attendance.Of(id).Reason == "" {
			absent = append(absent, id)
		}
	}
	for some := range slices.Chunk(absent, 50) {
		if err := b.chair(ctx, meeting.SignInMany{IDs: some}); err != nil {
			return err
		}
	}
	for b.h.State().Current < 1 {
		if err := b.chair(ctx, meeting.Next{Reason: "测速"}); err != nil {
			return err
		}
	}
	return b.w.settle()
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

	Mark  bool
	Quiet bool
	Idle  time.Duration
}

// settle waits until everybody is quiet.
func (w *watchers) settle() error {
	_, err := w.ask(watchPlan{Quiet: true})
	return err
}

// watched is the answer of the clients' process, since the last mark.
type watched struct {
	Bytes int64
	Last  int64 // when the last byte came, in Unix nanoseconds
}

// watchers is the clients' process of a server.
type watchers struct {
	*beside[watchPlan, watched]
	pays payer // of the server
}

func newWatchers(ctx context.Context, pays payer) (*watchers, error) {
	b, err := startBeside[watchPlan, watched](ctx, "watch")
	return &watchers{b, pays}, err
}

// worked is how long the server works while something is done, in ms of a processor.
func (w *watchers) worked(do func() error) (float64, error) {
	began, err := w.pays(false)
	if err != nil {
		return 0, err
	}
	if err := do(); err != nil {
		return 0, err
	}
	ended, err := w.pays(false)
	return ms(ended.CPU - began.CPU), err
}

func (d *desk) watchScreensVerb() *cobra.Command {
	return &cobra.Command{Use: "watch", Hidden: true, Args: exactly(), RunE: func(*cobra.Command, []string) error {
		a := audience{quiet: screensQuiet}
		return answers(d, a.answer)
	}}
}

// audience is many screens that nobody looks at.
type audience struct {
	all   []*watcher
	quiet time.Duration // without a byte for this long: everybody has seen the change
}

// watcher counts what one screen gets, and when the first and the last of it came.
type watcher struct{ bytes, first, last atomic.Int64 }

func (w *watcher) Write(p []byte) (int, error) {
	now := time.Now().UnixNano()
	w.bytes.Add(int64(len(p)))
	w.first.CompareAndSwap(0, now)
	w.last.Store(now)
	return len(p), nil
}

func (a *audience) answer(p watchPlan) (watched, error) {
	if len(p.Codes) > 0 {
		if err := a.open(p); err != nil {
			return watched{}, err
		}
	}
	switch {
	case p.Mark:
		for _, w := range a.all {
			w.bytes.Store(0)
			w.first.Store(0)
		}
		return watched{}, nil
	case p.Quiet:
		return a.settled(false)
	case p.Idle > 0:
		before := a.seen()
		time.Sleep(p.Idle)
		after := a.seen()
		return watched{Bytes: after.Bytes - before.Bytes, Last: after.Last}, nil
	}
	return a.settled(true)
}

// open connects everybody, a few at a time.
func (a *audience) open(p watchPlan) error {
	key, err := gossh.ParsePublicKey(p.Key)
	if err != nil {
		return err
	}
	if p.Link != "" {
		a.quiet = browsersQuiet
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

// settled waits until all screens are quiet, and with all until every one has got
// something. Where a clock runs they are never quiet: then the last of all to get
// something at all counts.
func (a *audience) settled(all bool) (watched, error) {
	began := time.Now()
	for {
		missing, first := 0, int64(0)
		for _, w := range a.all {
			if w.bytes.Load() == 0 {
				missing++
			}
			first = max(first, w.first.Load())
		}
		sum := a.seen()
		there := missing == 0 || !all
		switch {
		case there && time.Since(time.Unix(0, sum.Last)) > a.quiet:
			return sum, nil
		case there && time.Since(began) > screensPatience:
			sum.Last = first
			return sum, nil
		case time.Since(began) > time.Minute:
			return watched{}, failf("有 %d 个屏幕没有动静", missing)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
