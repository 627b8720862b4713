package tui

import (
	"context"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/tui/draw"
)

// plainWidth and plainHeight are the size for which pages are made. The agenda
// does not stand beside the item, because lines are read one after another.
const plainWidth, plainHeight = normalWidth - 4, 24

// ErrBroken says that something panicked behind a plain screen.
var ErrBroken = errors.New("tui: a plain screen broke")

// brokenMsg tells the loop about a panic.
type brokenMsg struct{}

// Plain runs one session's [App] without drawing: its pages are appended as
// lines, and a typed line replaces keys. It is for dumb terminals, screen
// readers and clients without a terminal. The rules and the texts are the
// screen's own. With echo typed characters are written back, for a terminal
// that leaves this to the server.
//
// It returns when the person leaves, the input ends, or ctx does, and waits for
// its goroutines. Only reading may go on until in ends: that is counted in
// reading, for the owner of in.
func Plain(ctx context.Context, c Config, in io.Reader, out io.Writer, echo bool, reading *sync.WaitGroup) error {
	var working sync.WaitGroup
	defer working.Wait()
	ctx, end := context.WithCancel(ctx)
	defer end()
	c.Ctx = ctx
	t := newTeller(c, out, echo)
	defer t.close()
	lines, news := make(chan typed), make(chan tea.Msg)
	reading.Go(func() { t.terminal.read(ctx, in, lines) })
	start := func(cmd tea.Cmd) { start(ctx, &working, cmd, news) }
	start(t.begin())
	for !t.left && t.terminal.err() == nil {
		hears := lines
		if t.a.busy {
			hears = nil // a command being recorded may change what a line means
		}
		var cmd tea.Cmd
		select {
		case <-ctx.Done():
			return nil
		case l, open := <-hears:
			switch {
			case open:
				cmd = t.take(l)
			case t.a.place == placeProjector: // a wall has no keyboard
				lines = nil
			default:
				return nil
			}
		case msg := <-news:
			if _, broken := msg.(brokenMsg); broken {
				return ErrBroken
			}
			cmd = t.update(msg)
		case <-t.calmed():
			t.tell()
		case <-t.rested():
			t.tell()
		case <-t.waits():
			t.waited = true
			t.terminal.print(t.a.words.Page.Busy)
		}
		start(cmd)
	}
	return t.terminal.err()
}

// start runs the App's commands, each in a goroutine that ends with ctx or with
// its work, and sends the messages that they return.
func start(ctx context.Context, working *sync.WaitGroup, cmd tea.Cmd, news chan<- tea.Msg) {
	if cmd == nil {
		return
	}
	working.Go(func() {
		switch msg := outcome(cmd).(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				start(ctx, working, c, news)
			}
		default:
			select {
			case news <- msg:
			case <-ctx.Done():
			}
		}
	})
}

// outcome returns the message of a command. A command that panics ends its own
// session and not the server.
func outcome(cmd tea.Cmd) (msg tea.Msg) {
	defer func() {
		if recover() != nil {
			msg = brokenMsg{}
		}
	}()
	return cmd()
}

// teller prints what an App shows, line by line, and only what is new.
type teller struct {
	a        *App
	terminal *terminal
	left     bool

	page   pageName  // the page that was printed
	lines  []string  // its lines as they were printed last
	news   []string  // its lines as they were looked at last; only numbers of them were not printed
	held   int       // how often only numbers have changed since lines were printed
	moved  time.Time // when they changed last
	head   string    // the head that was printed last
	said   string    // the answer that was printed last
	known  time.Time // the App's calm when it was looked at last
	calm   time.Time // the same until it has passed, then zero
	owed   bool      // how to answer must be printed again
	scale  string    // the grades of the ballot that were printed last
	brief  bool      // the page was printed without its grades
	late   bool      // it was said on this page that a line came too late
	waited bool      // it was said that saving goes on
	call   string    // the call that was told
	draft  string    // names the text that was being written when the page changed
}

func newTeller(c Config, out io.Writer, echo bool) *teller {
	c.Width, c.Height = plainWidth, plainHeight
	a := New(c)
	return &teller{a: a, terminal: &terminal{out: out, echo: echo, foreign: a.words.Page.NotUTF8}}
}

// begin prints the first page.
func (t *teller) begin() tea.Cmd {
	intro := t.a.words.Plain.Intro
	if t.a.place == placeProjector {
		intro = t.a.words.Plain.Wall
	}
	t.terminal.print(intro)
	t.tell()
	return t.a.Init()
}

// close forgets what was typed for a vote and no longer watches the room.
func (t *teller) close() {
	t.a.stop()
	if t.a.sheet != nil {
		t.a.sheet.wipe()
	}
}

// update passes a message to the App, and prints what changed.
func (t *teller) update(msg tea.Msg) tea.Cmd {
	a := t.a
	if _, quits := msg.(tea.QuitMsg); quits {
		t.left = true
		return nil
	}
	before := a.seen()
	draft := ""
	if w := before.input.text; w != nil {
		draft = w.what
	}
	name, rows := t.a.nameOf(&before), before.options()
	_, cmd := a.Update(msg)
	if now := a.seen(); name == t.a.nameOf(&now) && !slices.EqualFunc(rows, now.options(), sameChoice) {
		a.calm = a.Room.Now().Add(grace) // a number on its way was meant for another row
		t.page = pageName{}
	}
	if t.turned() {
		t.draft = draft
	}
	t.tell()
	return cmd
}

// turned reports whether the page has changed so that lines begun before do not
// count. It then starts the time during which no line counts.
func (t *teller) turned() bool {
	if t.a.calm.Equal(t.known) {
		return false
	}
	t.known, t.calm = t.a.calm, t.a.calm
	t.terminal.turn()
	return true
}

// settling reports whether the page has just changed, so that no line counts
// yet.
func (t *teller) settling() bool { return t.a.left(t.a.calm, grace) > 0 }

// calmed is ready when lines count again.
func (t *teller) calmed() <-chan time.Time {
	if t.calm.IsZero() {
		return nil
	}
	return time.After(t.a.left(t.calm, grace))
}

// Numbers that move by themselves, such as how many have signed in, are printed
// when they have been quiet for a pause, or have moved often.
const (
	pause = 3 * time.Second
	often = 10
)

// rested is ready when numbers that have moved are to be printed.
func (t *teller) rested() <-chan time.Time {
	if t.held == 0 {
		return nil
	}
	return time.After(t.a.left(t.moved.Add(pause), pause))
}

// long is the delay before it is printed that saving still goes on.
const long = 2 * time.Second

// waits is ready when saving has taken long.
func (t *teller) waits() <-chan time.Time {
	if !t.a.busy || t.waited {
		return nil
	}
	return time.After(long)
}

// tell prints what is new: a new page, or the new lines of the same page; then
// the answer to the last line; then, when lines count, how to answer.
func (t *teller) tell() {
	a := t.a
	if !t.calm.IsZero() && !t.settling() {
		t.calm = time.Time{}
		t.terminal.turn()
	}
	if a.busy {
		return // the outcome is printed as soon as it is there
	}
	t.waited = false
	p := a.seen()
	t.terminal.hush(p.input.kind == gradeInput)
	name := t.a.nameOf(&p)
	t.tellCall(p)
	if name != t.page {
		t.tellPage(p)
	} else {
		t.tellChanges(p)
	}
	t.page = name
	if a.said.Text != t.said {
		if t.said = a.said.Text; t.said != "" {
			t.terminal.print(plainText(a.words.named(t.said, true)))
		}
	}
	if t.owed && !t.settling() {
		t.owed, t.late = false, false
		ask := t.ask(p)
		if t.brief {
			ask = a.words.Plain.AskGrade.of(p.input.most)
		}
		t.terminal.print(ask)
	}
}

// tellPage prints a whole page.
func (t *teller) tellPage(p page) {
	a := t.a
	head, lines := t.headOf(), t.linesOf(p)
	t.lines, t.news, t.held, t.owed = lines, lines, 0, p.wall == nil
	scale := scaleOf(p)
	t.brief = scale != "" && scale == t.scale
	if t.brief {
		t.terminal.print(t.question(p))
		return
	}
	if scale != "" {
		t.scale = scale
	}
	out := []string{""}
	if head != t.head && len(a.layers) == 1 && p.wall == nil {
		t.head, out = head, append(out, head)
	}
	out = append(out, lines...)
	if note := t.note(p); note != "" {
		out = append(out, note)
	}
	t.terminal.print(out...)
	t.remask(p)
}

// scaleOf returns the grades that a page of the ballot offers, "" for another
// page.
func scaleOf(p page) string {
	if p.input.kind != gradeInput {
		return ""
	}
	scale := ""
	for _, b := range p.body {
		if o, ok := b.(options); ok {
			for _, c := range o.rows {
				scale += c.label + "\n"
			}
		}
	}
	return scale
}

// question returns a page of the ballot as one line: who is graded, without the
// grades, which were printed before.
func (t *teller) question(p page) string {
	var blocks []block
	for _, b := range slices.Concat(p.top, p.body) {
		if a, ok := b.(airy); ok {
			b = a.block
		}
		switch b := b.(type) {
		case options:
		case title:
			blocks = append(blocks, paragraph{spans: b.beside})
		default:
			blocks = append(blocks, b)
		}
	}
	var parts []string
	for _, l := range t.a.words.spoken(blocks) {
		if text := plainText(l.Text()); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "  ")
}

// again prints the page once more, with the grades of the ballot if whole.
func (t *teller) again(whole bool) {
	t.page = pageName{}
	if whole {
		t.scale = ""
	}
}

// tellChanges prints the lines that the page did not have before. A row that is
// no longer selected is not new, and neither is a clock that has moved on.
func (t *teller) tellChanges(p page) {
	if p.input.kind == textInput {
		return // the writer knows what they have written
	}
	lines := t.linesOf(p)
	if t.holds(lines) {
		return
	}
	old := map[string]bool{}
	for _, l := range t.lines {
		old[timeless(l)], old[timeless(unmarked(l))] = true, true
	}
	var fresh []string
	for _, l := range lines {
		if l != "" && !old[timeless(l)] {
			fresh = append(fresh, l)
		}
	}
	t.lines, t.news, t.held = lines, lines, 0
	if len(fresh) == 0 {
		return
	}
	t.terminal.print(fresh...)
	t.remask(p)
}

// holds reports whether lines wait to be printed, because only numbers in them
// have changed and may change again at once. Who has typed a line waits for
// nothing.
func (t *teller) holds(lines []string) bool {
	now := t.a.Room.Now()
	same := func(form func(string) string) func(a, b string) bool {
		return func(a, b string) bool { return form(a) == form(b) }
	}
	if !slices.EqualFunc(lines, t.news, same(timeless)) {
		t.held, t.moved = t.held+1, now
	}
	t.news = lines
	return t.held > 0 && !t.owed && t.held < often && t.a.left(t.moved.Add(pause), pause) > 0 && slices.EqualFunc(lines, t.lines, same(numberless))
}

// numberless returns a line without the numbers that stand by themselves, as
// those in names do not, and without the mark of the selection.
func numberless(l string) string { return numberText.ReplaceAllString(unmarked(l), "${1}0") }

// tellCall says once, to somebody who writes, that they are called. On other
// pages it is a new line.
func (t *teller) tellCall(p page) {
	a := t.a
	now := a.called()
	if w := p.input.text; now != t.call && w != nil && w.putsDown(a) {
		t.terminal.print(a.sayCalled(a.words.Call.SpeakPlain, a.words.Call.RatePlain))
	}
	t.call = now
}

// remask masks again what was shown for a moment: printed text stays anyway.
func (t *teller) remask(p page) {
	if p.mask == nil {
		return
	}
	p.mask()
	t.lines = t.linesOf(t.a.seen())
	t.terminal.print(t.a.words.Plain.Remains)
}

// headOf returns where the meeting is.
func (t *teller) headOf() string {
	a := t.a
	head := a.words.meetingTitle(a.s) + "  " + a.words.itemNo(a.s)
	if me := a.me(); me != "" {
		return plainText(me) + "  " + head
	}
	return head
}

// linesOf returns the lines of a page.
func (t *teller) linesOf(p page) []string {
	a := t.a
	if p.wall != nil {
		lines := append([]string{t.headOf()}, p.wall.plain(a.words)...)
		for _, l := range a.words.spoken(slices.Concat(p.alarm, p.foot)) {
			lines = append(lines, plainText(l.Text()))
		}
		return lines
	}
	var lines []string
	for _, l := range a.words.spoken(slices.Concat(p.top, p.body, p.alarm, p.foot)) {
		text := plainText(l.Text())
		if text == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue
		}
		lines = append(lines, text)
	}
	return lines
}

// spoken sets blocks for somebody who reads line by line: the margin and the
// background of a title are not there.
func (w *Words) spoken(blocks []block) []draw.Line {
	s := &setting{width: plainWidth, words: w, spoken: true}
	s.add(blocks...)
	return s.lines
}

// plain returns the wall in words, without a speaker's clock.
func (sc scenery) plain(w *Words) []string {
	lines := []string{sc.title}
	for _, l := range sc.above {
		lines = append(lines, l.Text)
	}
	switch p := sc.piece.(type) {
	case nil:
	case headline:
		if !strings.Contains(strings.Join(lines, "\n"), p.text) {
			lines = append(lines, p.text)
		}
	case digits:
		if !strings.Contains(p.text, ":") {
			lines[len(lines)-1] += "  " + p.text
		}
	case entrance:
		lines[len(lines)-1] += "  " + p.came.text
		if p.browser != "" {
			lines = append(lines, p.browser)
		}
		lines = append(lines, p.command)
	default:
		for _, l := range p.set(plainWidth, 1<<10) {
			if text := strings.TrimSpace(l.Text()); text != "" {
				lines = append(lines, text)
			}
		}
	}
	for _, l := range sc.below {
		if !ticks(w, l.Text) {
			lines = append(lines, l.Text)
		}
	}
	lines = append(append(lines, sc.footer...), sc.roomy...)
	for i, l := range lines {
		lines[i] = plainText(l)
	}
	return lines
}

// ticks reports whether a line of the wall changes with the clock alone.
func ticks(w *Words, text string) bool {
	for _, p := range []phrase{w.Projector.Elapsed, w.Wall.Left, w.Wall.Over} {
		if head, _, _ := strings.Cut(string(p), "{"); strings.HasPrefix(text, head) {
			return true
		}
	}
	return false
}

// plainText returns a text as it is printed.
func plainText(text string) string {
	return strings.TrimRight(strings.ReplaceAll(text, draw.Joiner, ""), " ")
}

// unmarked returns a row of a list without the mark of the selection.
func unmarked(l string) string {
	if rest, marked := strings.CutPrefix(l, "> "); marked {
		return "  " + rest
	}
	return l
}

var (
	clockText  = regexp.MustCompile(`(^|/ )?\d+:\d\d`)
	numberText = regexp.MustCompile(`(^|[ /])\d+`)
)

// timeless returns a line without times that move by themselves. A time at the
// beginning is when something happened, and one after a stroke is a limit:
// those stay.
func timeless(l string) string {
	return clockText.ReplaceAllStringFunc(l, func(c string) string {
		if strings.HasPrefix(c, "/ ") || strings.HasPrefix(l, c) {
			return c
		}
		return ":"
	})
}

// note returns what must be known about a page that is printed and not drawn.
func (t *teller) note(p page) string {
	w := t.a.words.Plain
	switch {
	case p.secret == secretTyped && t.terminal.echo:
		return w.Hidden
	case p.secret == secretTyped:
		return w.Visible
	case p.secret == secretShown:
		return w.Remains
	case p.input.text != nil && p.input.text.Single && len(p.input.text.Text) > 0:
		return w.Replace
	}
	return ""
}

// take carries out a typed line, unless it was begun before the present page
// appeared.
func (t *teller) take(l typed) tea.Cmd {
	a := t.a
	if l.ends {
		t.left = true
		return nil
	}
	if l.turn != t.terminal.now() || t.settling() {
		return t.refuseLate(l)
	}
	t.owed, t.said, a.said, t.draft = true, "", draw.Span{}, ""
	if w := a.seen().input.text; w != nil && !w.Single {
		t.owed = false // nothing is printed between the lines of a text
	}
	cmd := t.reply(l.text)
	a.render()
	t.turned()
	t.tell()
	return tea.Batch(cmd, a.tick())
}

// refuseLate says, once a page, that a line is not carried out. A line of a
// text that was being written is added to its draft.
func (t *teller) refuseLate(l typed) tea.Cmd {
	a := t.a
	switch {
	case t.draft != "" && strings.TrimSpace(l.text) != "":
		text := a.Drafts.text(a.Who, t.draft)
		a.Drafts.keep(a.Who, t.draft, text+l.text+"\n")
		t.draft = ""
		t.terminal.print(a.words.Plain.LateKept)
	case !t.late:
		t.terminal.print(a.words.Plain.Late)
	default:
		return nil
	}
	t.late, t.page = true, pageName{}
	t.tell()
	return nil
}
