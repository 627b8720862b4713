package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
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

	page   string    // the page that was printed; see pageName
	lines  []string  // its lines as they were printed last
	head   string    // the head that was printed last
	said   string    // the answer that was printed last
	known  time.Time // the App's calm when it was looked at last
	calm   time.Time // the same until it has passed, then zero
	owed   bool      // how to answer must be printed again
	late   bool      // it was said on this page that a line came too late
	waited bool      // it was said that saving goes on
	draft  string    // names the text that was being written when the page changed
}

func newTeller(c Config, out io.Writer, echo bool) *teller {
	c.Width, c.Height = plainWidth, plainHeight
	return &teller{a: New(c), terminal: &terminal{out: out, echo: echo}}
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
	draft := ""
	if w, ok := a.top().(*write); ok && w.typing() {
		draft = w.what
	}
	page, rows := t.pageName(), t.rowsOf()
	_, cmd := a.Update(msg)
	if page == t.pageName() && !slices.Equal(rows, t.rowsOf()) {
		a.calm = a.Room.Now().Add(grace) // a number on its way was meant for another row
		t.page = ""
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
func (t *teller) settling() bool { return t.a.Room.Now().Before(t.a.calm) }

// calmed is ready when lines count again.
func (t *teller) calmed() <-chan time.Time {
	if t.calm.IsZero() {
		return nil
	}
	return time.After(max(0, t.calm.Sub(t.a.Room.Now())))
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
	t.terminal.hush(choosing(a))
	page := t.pageName()
	if page != t.page {
		t.tellPage()
	} else {
		t.tellChanges()
	}
	t.page = page
	if a.said.text != t.said {
		if t.said = a.said.text; t.said != "" {
			t.terminal.print(plainText(t.said))
		}
	}
	if t.owed && !t.settling() {
		t.owed, t.late = false, false
		t.terminal.print(t.ask())
	}
}

func (t *teller) tellPage() {
	a := t.a
	head, lines := t.pageLines()
	out := []string{""}
	if head != t.head && len(a.layers) == 1 {
		t.head, out = head, append(out, head)
	}
	out = append(out, lines...)
	if note := t.note(); note != "" {
		out = append(out, note)
	}
	t.terminal.print(out...)
	t.lines, t.owed = lines, a.place != placeProjector
	t.remask()
}

// tellChanges prints the lines that the page did not have before. A row that is
// no longer selected is not new, and neither is a clock that has moved on.
func (t *teller) tellChanges() {
	if w, ok := t.a.top().(*write); ok && w.typing() {
		return // the writer knows what they have written
	}
	_, lines := t.pageLines()
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
	t.lines = lines
	if len(fresh) == 0 {
		return
	}
	t.terminal.print(fresh...)
	t.remask()
}

// remask masks choices again that were shown because their voter asked: printed
// text stays anyway.
func (t *teller) remask() {
	sh := t.a.sheet
	if sh == nil || sh.until.IsZero() {
		return
	}
	sh.until = time.Time{}
	_, t.lines = t.pageLines()
	t.terminal.print(t.a.words.Plain.Remains)
}

// pageLines returns where the meeting is, and the lines of the page that is
// seen.
func (t *teller) pageLines() (head string, lines []string) {
	a := t.a
	if behind := a.behind(); behind != "" {
		defer func() { lines = append(lines, plainText(behind)) }()
	}
	if l, ok := a.top().(*projector); ok {
		return "", append([]string{a.words.meetingTitle(a.s) + "  " + a.words.itemNo(a.s)}, l.scenery(a).plain(a.words)...)
	}
	p := a.top().page(a, a.flow(plainWidth))
	for _, l := range slices.Concat(p.lines, p.foot) {
		text := plainText(l.told())
		if text != "" && strings.Trim(text, "-") == "" || text == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue // a ruled line is not printed
		}
		lines = append(lines, text)
	}
	return a.words.meetingTitle(a.s) + "  " + a.words.itemNo(a.s), lines
}

// plain returns the wall in words, without a speaker's clock.
func (sc scenery) plain(w *Words) []string {
	lines := []string{sc.title}
	for _, l := range sc.above {
		lines = append(lines, l.text)
	}
	switch p := sc.piece.(type) {
	case nil:
	case digits:
		if !strings.Contains(p.text, ":") {
			lines[len(lines)-1] += "  " + p.text
		}
	case entrance:
		lines[len(lines)-1] += "  " + p.came.text
		lines = append(lines, p.command)
	default:
		for _, l := range p.set(plainWidth, 1<<10) {
			if text := strings.TrimSpace(l.told()); text != "" {
				lines = append(lines, text)
			}
		}
	}
	for _, l := range sc.below {
		if !ticks(w, l.text) {
			lines = append(lines, l.text)
		}
	}
	lines = append(lines, sc.footer...)
	for i, l := range lines {
		lines[i] = plainText(l)
	}
	return lines
}

// ticks reports whether a line of the wall changes with the clock alone.
func ticks(w *Words, text string) bool {
	for _, p := range []phrase{w.Projector.Elapsed, w.Wall.Over} {
		if head, _, _ := strings.Cut(string(p), "{"); strings.HasPrefix(text, head) {
			return true
		}
	}
	return false
}

// told returns the text of a line without the background around a title.
func (l line) told() string {
	text := l.text()
	if len(l) > 0 && l[0].tone == banner {
		text = strings.TrimSpace(l[0].text) + " " + strings.TrimLeft(l[1:].text(), " ")
	}
	return text
}

// plainText returns a text as it is printed.
func plainText(text string) string {
	return strings.TrimRight(strings.ReplaceAll(text, joiner, ""), " ")
}

// unmarked returns a row of a list without the mark of the selection.
func unmarked(l string) string {
	if rest, marked := strings.CutPrefix(l, "> "); marked {
		return "  " + rest
	}
	return l
}

var clockText = regexp.MustCompile(`(^|/ )?\d+:\d\d`)

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

// pageName identifies the page that is seen. A page with another name is
// printed whole.
func (t *teller) pageName() string {
	a := t.a
	name := fmt.Sprintf("%s %p", a.words.Lang, a.top())
	if len(a.layers) == 1 {
		name = fmt.Sprintf("%s %s", a.words.Lang, a.scene)
	}
	switch l := a.top().(type) {
	case *projector:
		it, _ := a.s.Item()
		return fmt.Sprint(a.words.Lang, a.s.Phase, it.No)
	case *write:
		return fmt.Sprint(name, l.done)
	case *ratingTable:
		return fmt.Sprint(name, l.at)
	case *figures:
		return fmt.Sprint(name, l.at)
	case *voting:
		_, voted := ballotOf(a.s, a.Who)
		return fmt.Sprint(name, voted, l.again, l.begun, l.leaf)
	}
	return name
}

// note returns what must be known about a page that is printed and not drawn.
func (t *teller) note() string {
	switch l := t.a.top().(type) {
	case *voting:
		_, voted := ballotOf(t.a.s, t.a.Who)
		first := !voted && !l.begun || l.again && l.begun && l.leaf == 0
		switch {
		case first && t.terminal.echo:
			return t.a.words.Plain.Hidden
		case first:
			return t.a.words.Plain.Visible
		}
	case *menu:
		if l.secret {
			return t.a.words.Plain.Remains
		}
	case *write:
		if l.single && len(l.text) > 0 {
			return t.a.words.Plain.Replace
		}
	}
	return ""
}

// choosing reports whether the ballot asks for a grade: typed characters are
// not written back then.
func choosing(a *App) bool {
	v, ok := a.top().(*voting)
	if !ok {
		return false
	}
	_, voted := ballotOf(a.s, a.Who)
	return (!voted || v.again) && v.begun && v.leaf >= 0
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
	t.owed, t.said, a.said, t.draft = true, "", span{}, ""
	if w, ok := a.top().(*write); ok && w.typing() && !w.single {
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
	t.late, t.page = true, ""
	t.tell()
	return nil
}
