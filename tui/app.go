// Package tui is everything that a person sees of a meeting on a terminal: one
// [App] a session, for every seat.
//
// The meeting navigates: which screen somebody sees is a pure function of the
// state and of who they are (place.go). On that base lie at most a few layers
// that a person opened: a menu, a text being written, a question. Nothing is
// pushed from outside: the App waits for the room's token and then pulls the
// newest state. What a person typed stays in the session, or in [Drafts], and
// nobody else's events touch it.
package tui

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"pingyi/meeting"
	"pingyi/tui/draw"
	glass "pingyi/tui/terminal"
)

// Config is what a session's screens need. Room and Who are required.
type Config struct {
	Room    Room
	Who     meeting.MemberID // [meeting.Screen] is the projector, [meeting.Booth] a booth
	Ctx     context.Context  // the session's; everything that waits ends with it
	Drafts  *Drafts          // the branch's, shared by its sessions
	Gallery *Gallery         // the server's, shared by its sessions; nil: nothing is shared

	Env    []string // the session's environment: language (LANG), colours (TERM, NO_COLOR)
	Device string   // the public key that the client proved at this login, as it is kept; "": none
	Hosts  bool     // leaving stops the server, so it is asked twice

	Encrypts bool // choices are encrypted in this process, on the member's own machine, and never pass the server

	Width, Height int // of the window at the start, in cells

	Awoken bool // whoever runs the App waits for what wakes it ([App.Wakes])

	// Turns has a place for each of the sessions that may be at work on what has moved;
	// nil: it is this session's own.
	Turns chan struct{}

	NoVerbs bool // the command line cannot reach this server, which the console says

	OtherAddresses []string // of this machine, beside that of JoinHint, for the console

	JoinHint  string // how to join, such as "ssh -p 2222 192.168.1.5"
	WebLink   string // where browsers join, such as http://192.168.1.5:8080/#PIN; "": nowhere
	WallHint  string // how to show this branch's wall, for the console; "": unknown
	AboveCode string // the superior's join code in a sample, for the console; "": it is no sample

	Fingerprints []string // of the server's host keys: SHA256:… of the first, the others with their kind before it

	// Papers says where the papers of the ended meeting were written, or why they
	// could not be; "" while they are not. It is nil where nobody writes them.
	Papers func() string

	// Uncopied says why the newest automatic copy of the data was not made, ""
	// while all were. It is nil where nobody makes them.
	Uncopied func() string

	// Dates returns those that the organisation has set; nil: it sets none.
	Dates func() Dates

	// Online reports whether somebody of the branch is connected to the server;
	// nil: unknown. It is for the console.
	Online func(who meeting.MemberID) bool

	// Above is every branch, for somebody of the organisation above; nil for
	// everybody else. The room is theirs then: that of the branch they have opened.
	Above Above

	// Admit returns whose join code was typed at a booth; the error is a
	// sentence for the person. It is nil for everybody but [meeting.Booth].
	Admit func(code string) (meeting.MemberID, error)
	// Stays says why who was admitted at the booth last may not stay, as when
	// their code no longer counts; nil: they may. It goes with Admit.
	Stays func() error
}

// grace is how long keys do not count after the screen changed by itself or a
// question appeared: they were meant for what stood there before. A key that
// does not count begins it anew, as it may be held down.
const grace = 400 * time.Millisecond

// blink is how long the page says that a key came too soon.
const blink = 2 * time.Second

// hold is the longest time between two Enters of a console that are one, held
// down.
const hold = 700 * time.Millisecond

// App is one session's program, a [tea.Model].
type App struct {
	Config
	theme   draw.Theme
	scheme  draw.Scheme
	profile colorprofile.Profile
	words   *Words

	s     *meeting.State
	moved <-chan struct{}
	stop  func()

	place  place
	branch string    // the branch that was opened last, by somebody of the organisation above
	scene  scene     // what a key would mean now
	own    bool      // the console shows the member's own screen
	errand bool      // it does so until they have done what the meeting waits for
	layers []layer   // the first is the base; the last is seen and gets the keys
	sheet  *sheet    // the ballot that is being filled in
	sums   *slipSums // the sums of paper slips that are being entered

	calm     time.Time // keys do not count before it
	missed   time.Time // until then the page says that a key came too soon
	visiting bool      // somebody is using the booth
	until    time.Time // when their visit ends
	said     draw.Span // the answer to the last key
	busy     bool      // a command is being recorded
	heeded   string    // the call that was seen; see call
	leaving  string    // the key that leaves if it is pressed again
	struck   stroke    // the last key
	quick    bool      // it came sooner after the one before than a person types
	scroll   int
	scrolled bool // the last key scrolled, so that the scroll counts and not the selected row
	reads    bool // the page is one that is read

	tapped bool // the page is sent as data, and nothing is drawn (stream.go)
	shown  page // the page as the last Update left it, where it is not drawn

	made  map[*menu]*made // while the page that is seen is made: the choices of menus
	waits waiting         // what waits for who sits here
	day   day             // on which a page was made last
	gates gates           // how ready the branch is

	above struct { // the first line that was drawn last
		topmost
		row *glass.Row
	}
	steady  *page // the page that is drawn, if it is made anew only when something happens to who sits here; nil: another
	drawn   frame
	rows    []*glass.Row  // the same, painted
	warned  bool          // the speaker's last seconds were rung in
	rings   int           // how often the bell has rung
	beat    time.Duration // how soon the view changes by itself
	pending time.Duration // delay of the tick under way
}

// stroke is a key that was pressed.
type stroke struct {
	key string
	at  time.Time
}

// layer is one page that a person sees, and what its keys do.
type layer interface {
	page(a *App) page
	binds(a *App) []bind
	press(a *App, k draw.Stroke) (cmd tea.Cmd, used bool)
	typing() bool // letters are text, not shortcuts
}

type (
	movedMsg struct{}
	tickMsg  struct{ after time.Duration }
	doneMsg  struct {
		err  error
		then func(*App, error) tea.Cmd
	}
)

// New returns the program of one session. It watches the room until the
// session's context ends or the program quits.
func New(c Config) *App { return newApp(c, false) }

// newApp returns one whose pages are drawn, or sent as data.
func newApp(c Config, tapped bool) *App {
	if c.Ctx == nil {
		c.Ctx = context.Background()
	}
	if c.Drafts == nil {
		c.Drafts = &Drafts{}
	}
	if c.Who == meeting.Screen {
		c.Room = wallRoom{c.Room}
	}
	moved, stop := c.Room.Watch() // before the state is read, so that nothing is missed in between
	a := &App{Config: c, words: wordsFor(c.Env), s: c.Room.State(), moved: moved, stop: sync.OnceFunc(stop), tapped: tapped}
	a.dress()
	context.AfterFunc(c.Ctx, a.stop) // a killed program does not call it
	a.place = placeFor(a.s, a.Who, a.own)
	a.scene = sceneOf(a.s, a.Who, a.place)
	a.layers = []layer{a.base()}
	a.render()
	return a
}

// Init begins to watch the room.
func (a *App) Init() tea.Cmd { return tea.Batch(a.watch(), a.tick()) }

// Wakes returns what the App waits for beside keys: the room's token, and how soon
// its page changes by itself.
func (a *App) Wakes() (moved <-chan struct{}, after time.Duration) { return a.moved, a.beat }

// Woken returns the message that the room has moved, or that it is time.
func (a *App) Woken(moved bool) tea.Msg {
	if moved {
		return movedMsg{}
	}
	return tickMsg{}
}

// View returns the screen as the last Update left it.
func (a *App) View() tea.View {
	var text []string
	for _, r := range a.rows {
		text = append(text, r.String())
	}
	v := tea.NewView(strings.Join(text, "\n"))
	v.AltScreen, v.Cursor = true, a.cursor()
	return v
}

// Rows returns the same for a [terminal.Screen].
func (a *App) Rows() ([]*glass.Row, *tea.Cursor) { return a.rows, a.cursor() }

func (a *App) cursor() *tea.Cursor {
	if c := a.drawn.cursor; c != nil {
		return tea.NewCursor(c.X, c.Y)
	}
	return nil
}

// Update takes a key, a paste, a new window size, or the news that the meeting
// has moved.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case movedMsg:
		if a.amongOthers() {
			return a, tea.Batch(a.watch(), a.tick())
		}
		a.pull()
		cmd = a.watch()
	case tickMsg:
		if msg.after == a.pending {
			a.pending = 0
		}
		a.expire()
		if a.ticks() {
			return a, a.tick()
		}
	case doneMsg:
		a.busy = false
		a.pull()
		cmd = msg.then(a, msg.err)
	case tea.WindowSizeMsg:
		a.Width, a.Height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		cmd = a.pressed(msg)
	case tea.PasteMsg:
		cmd = a.paste(msg.Content)
	case glass.NotUTF8:
		a.tell(draw.Warn, a.words.Page.NotUTF8)
	default:
		return a, nil
	}
	a.dismiss()
	a.ring()
	a.render()
	return a, tea.Batch(cmd, a.tick())
}

// watch waits for the room's token.
func (a *App) watch() tea.Cmd {
	if a.Awoken {
		return nil
	}
	moved, done := a.moved, a.Ctx.Done()
	return func() tea.Msg {
		select {
		case <-done:
			return nil
		case _, ok := <-moved:
			if !ok {
				return nil
			}
			return movedMsg{}
		}
	}
}

// tick wakes the screen when its clock moves on. A screen without a clock has
// no tick.
func (a *App) tick() tea.Cmd {
	if a.Awoken || a.beat == 0 || (a.pending > 0 && a.pending <= a.beat) {
		return nil
	}
	after, done := a.beat, a.Ctx.Done()
	a.pending = after
	return func() tea.Msg {
		timer := time.NewTimer(after)
		defer timer.Stop()
		select {
		case <-done:
			return nil
		case <-timer.C:
			return tickMsg{after}
		}
	}
}

// pull takes the newest state. If the meeting leads this person to another
// screen, the layers on the old one fall; typed texts stay as drafts.
func (a *App) pull() {
	a.s = a.Room.State()
	if a.errand && !mine(a.s, a.Who) && placeFor(a.s, a.Who, true) != placeBallot { // there the receipt is read first
		a.own, a.errand = false, false
	}
	place := placeFor(a.s, a.Who, a.own)
	scene := sceneOf(a.s, a.Who, place)
	if place == a.place && scene == a.scene {
		return
	}
	moved := place != a.place
	a.place, a.scene, a.said = place, scene, draw.Span{}
	if moved {
		a.leave()
	} else {
		a.dropStale()
	}
	a.forget()
	if len(a.layers) == 1 {
		a.calm = a.Room.Now().Add(grace)
		a.unscroll()
	}
}

// amongOthers takes the newest state if nothing has happened but that others have
// signed in before the meeting, or have spoken in it: only what is moving on a steady
// page is drawn anew then.
func (a *App) amongOthers() bool {
	s := a.Room.State()
	_, stale := a.Room.Stale()
	switch {
	case a.steady == nil || stale != nil:
		return false
	case s.OnlySpoke(a.s, a.Who):
	case a.waits.today != a.today() || a.waits.dates != a.dates() || !s.OnlyCame(a.s, a.Who):
		return false
	}
	a.s = s
	a.again()
	return true
}

// leave replaces all layers by a new base.
func (a *App) leave() {
	if v, ok := a.layers[0].(*voting); ok && v.begun && a.sheet != nil && !votes(a.s) {
		a.tell(draw.Warn, a.words.Page.VoteOver)
	}
	for _, l := range a.layers[1:] {
		if w, ok := l.(*write); ok && w.Value() != "" && w.what != "" {
			a.tell(draw.Warn, a.words.Page.DraftKept)
		}
	}
	a.layers = []layer{a.base()}
	a.unscroll()
}

// dropStale closes questions whose subject has changed, and resets the base's
// selection.
func (a *App) dropStale() {
	for i, l := range a.layers {
		if m, ok := l.(*menu); ok && m.scene != (scene{}) && m.scene != a.scene {
			a.layers = a.layers[:i]
			a.tell(draw.Warn, a.words.Page.Stale)
			break
		}
	}
	if _, ok := a.layers[0].(*menu); ok {
		a.layers[0] = a.base()
	}
}

// forget wipes what was typed for a vote that is over.
func (a *App) forget() {
	v := a.s.Vote()
	a.Drafts.dropBallots(v, a.s.Rehearsal)
	if a.sheet != nil && (v == nil || v.No != a.sheet.vote || a.s.Rehearsal != a.sheet.trial || v.State != meeting.BoxOpened) {
		a.sheet.wipe()
		a.sheet = nil
	}
	if a.sums != nil && (v == nil || v.No != a.sums.vote || v.State != meeting.BoxOpened && v.State != meeting.BoxClosed) {
		a.sums = nil
	}
}

// top returns the layer that is seen.
func (a *App) top() layer { return a.layers[len(a.layers)-1] }

// push opens a layer.
func (a *App) push(l layer) tea.Cmd {
	a.layers = append(a.layers, l)
	a.unscroll()
	return nil
}

// pop closes n layers, but never the base.
func (a *App) pop(n int) {
	left := max(1, len(a.layers)-n)
	clear(a.layers[left:]) // a page may have shown a secret
	a.layers = a.layers[:left]
	a.unscroll()
}

// unscroll begins a page at what it asks, however the last one was read.
func (a *App) unscroll() { a.scroll, a.scrolled = 0, false }

// tell shows an answer to the last key.
func (a *App) tell(t draw.Tone, text string) { a.said = draw.Span{Text: text, Tone: t} }

// refuse shows why something is not done.
func (a *App) refuse(err error) { a.tell(draw.Warn, a.words.Say(err)) }

// run does work that takes time, and then calls then with its error. Keys do
// not count meanwhile.
func (a *App) run(work func(ctx context.Context) error, then func(*App, error) tea.Cmd) tea.Cmd {
	a.busy = true
	ctx := a.Ctx
	return func() tea.Msg { return doneMsg{work(ctx), then} }
}

// act submits c and shows done when it is recorded.
func (a *App) act(c meeting.Command, done string) tea.Cmd {
	return a.actThen(c, func(a *App) { a.tell(draw.Accent, done) })
}

// doing returns the work of submitting c, once under an id.
func (a *App) doing(id meeting.RequestID, c meeting.Command) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		_, err := a.Room.ActOnce(ctx, id, a.Who, c)
		return err
	}
}

// actThen submits c and calls then when it is recorded.
func (a *App) actThen(c meeting.Command, then func(*App)) tea.Cmd {
	return a.onceThen("", c, then)
}

// onceThen is actThen for a command that may be submitted again under the same
// id.
func (a *App) onceThen(id meeting.RequestID, c meeting.Command, then func(*App)) tea.Cmd {
	return a.run(a.doing(id, c), func(a *App, err error) tea.Cmd {
		if err != nil {
			a.refuse(err)
			return nil
		}
		then(a)
		return nil
	})
}

// pressed handles a key press. It goes to the layer that is seen, then to the
// layer's shortcuts, then to the keys that work everywhere.
func (a *App) pressed(m tea.KeyPressMsg) tea.Cmd {
	keys := draw.StrokesOf(m)
	typing := a.top().typing()
	if typing && m.Text != "" {
		keys = []draw.Stroke{{Text: m.Text}}
	}
	var cmds []tea.Cmd
	for _, k := range keys {
		if k.Name == "delete" && !typing {
			k.Name = "backspace" // some terminals send it for that
		}
		cmds = append(cmds, a.strike(k))
	}
	return tea.Batch(cmds...)
}

// strike presses a key that a person pressed, unless it is only held down.
func (a *App) strike(k draw.Stroke) tea.Cmd {
	now, before := a.Room.Now(), a.struck
	since := now.Sub(before.at)
	if since < 0 { // see left
		since = hold
	}
	a.struck, a.quick = stroke{k.Name, now}, since < bounce
	if before.key != k.Name {
		return a.press(k)
	}
	if v, ok := a.top().(*voting); ok && v.bounces(k, since) {
		return nil
	}
	if k.Name == "enter" && since < a.holdTime() {
		if a.said.Text == "" {
			a.tell(draw.Muted, a.words.Page.Held)
		}
		return nil
	}
	return a.press(k)
}

// holdTime is how soon another Enter is still the last one. On a console Enter
// alone runs the meeting, so that there it is longer than a keyboard waits
// before it repeats a key.
func (a *App) holdTime() time.Duration {
	switch w, writes := a.top().(*write); {
	case writes && w.typing() && !w.Single:
		return 0 // it begins a line
	case a.place == placeConsole:
		return hold
	}
	return bounce
}

func (a *App) press(k draw.Stroke) tea.Cmd {
	leaving := a.leaving
	a.leaving, a.scrolled = "", false
	if k.Name == "ctrl+c" {
		return a.quit(k.Name, leaving)
	}
	switch {
	case a.tooSmall():
		return nil
	case a.early():
		return nil
	case a.busy:
		a.tell(draw.Muted, a.words.Page.Busy)
		return nil
	}
	a.said, a.missed = draw.Span{}, time.Time{}
	if a.visiting {
		a.stay()
	}
	if a.reads && a.scrolls(k.Name) {
		return nil
	}
	if cmd, used := a.top().press(a, k); used {
		return cmd
	}
	if a.top().typing() {
		return nil
	}
	for _, b := range a.keys() {
		if b.has(k) {
			if !b.Enabled() {
				a.tell(draw.Warn, b.why)
				return nil
			}
			return b.do(a)
		}
	}
	if k.Name == "q" {
		return a.quit(k.Name, leaving)
	}
	a.tell(draw.Muted, a.words.Page.NoSuchKey)
	return nil
}

// early reports whether the page has just changed, so that a key does not count.
// The time during which none does begins anew then. At a booth's door there is only
// a code to type.
func (a *App) early() bool {
	if a.left(a.calm, grace) == 0 || a.place == placeBooth {
		return false
	}
	now := a.Room.Now()
	a.calm, a.missed = now.Add(grace), now.Add(blink)
	return true
}

// presses presses keys by name.
func (a *App) presses(names ...string) tea.Cmd {
	var cmds []tea.Cmd
	for _, name := range names {
		k := draw.Stroke{Name: name}
		if len([]rune(name)) == 1 {
			k.Text = name
		}
		cmds = append(cmds, a.press(k))
	}
	return tea.Batch(cmds...)
}

// scrolls moves a page that is read by the keys that choose on others. Enter
// scrolls until the end is in sight.
func (a *App) scrolls(key string) bool {
	switch {
	case key == "down" && a.drawn.below > 0:
		a.scrollTo(a.drawn.first + 1)
	case key == "up" && a.drawn.first > 0:
		a.scrollTo(a.drawn.first - 1)
	case key == "enter" && a.drawn.below > 0:
		a.scrollDown()
	case key == "home":
		a.scrollTo(0)
	case key == "end":
		a.scrollTo(a.drawn.first + a.drawn.below)
	default:
		return false
	}
	return true
}

// scrollTo makes a line of the body the first that is seen.
func (a *App) scrollTo(line int) { a.scroll, a.scrolled = max(0, line), true }

// scrollDown shows the next lines, and after the last the first again: a phone
// may have no key for the way back.
func (a *App) scrollDown() {
	if a.drawn.below == 0 {
		a.scrollTo(0)
		return
	}
	a.scrollTo(a.drawn.first + a.leap())
}

// leap is by how many lines a page scrolls at once: what was last is first then.
func (a *App) leap() int { return max(1, a.drawn.room-2) }

// keys returns the binds of the layer that is seen and those that work
// everywhere.
func (a *App) keys() []bind {
	binds := a.top().binds(a)
	if a.top().typing() {
		return binds
	}
	binds = append(binds,
		on("pgdown space", a.words.Page.ScrollDown, func(a *App) tea.Cmd { a.scrollDown(); return nil }).aside(true),
		on("pgup", a.words.Page.ScrollUp, func(a *App) tea.Cmd { a.scrollTo(a.drawn.first - a.leap()); return nil }).aside(true))
	if _, helping := a.top().(*help); helping || a.place == placeProjector {
		return binds
	}
	if a.own && !a.visiting && len(a.layers) == 1 {
		keys := "tab esc"
		if v, ok := a.top().(*voting); ok && v.handedIn(a) {
			keys = "enter tab esc"
		}
		binds = append(binds, on(keys, a.words.Page.ToConsole, fromOwn))
	}
	if a.s.Rehearsal && a.place != placeBooth {
		binds = append(binds, a.peekBind())
	}
	binds = append(binds, on("T", a.words.Page.ChangeColours, changeColours).aside(true))
	binds = append(binds, on("L", a.words.Page.Language, changeLanguage).aside(a.words == chinese))
	return append(binds, on("?", a.words.Page.Help, func(a *App) tea.Cmd {
		h := &help{of: a.top().binds(a)}
		if a.top().page(a).input.kind == gradeInput {
			h.note = a.words.Ballot.DigitsNote
		}
		return a.push(h)
	}))
}

// quit leaves if the same key came before, and otherwise says what leaving
// means: no slip of a finger ends anything.
func (a *App) quit(name, before string) tea.Cmd {
	switch {
	case before != name:
		a.leaving = name
		a.tell(draw.Warn, a.words.Page.QuitAgain.of(a.words.capOf(name), a.unsent()+a.leavingMeans()))
		return nil
	case a.visiting:
		a.away()
		return nil
	}
	a.stop()
	if a.sheet != nil {
		a.sheet.wipe()
	}
	return tea.Quit
}

// unsent says what is lost of a ballot that is not handed in, "" for nothing.
func (a *App) unsent() string {
	if a.sheet == nil || !votes(a.s) {
		return ""
	}
	n := a.sheet.pages() - a.sheet.open()
	if n == 0 {
		return ""
	}
	if a.visiting {
		return a.words.Ballot.Lost.of(n)
	}
	return a.words.Ballot.StillOpen.of(n)
}

// leavingMeans says what happens to the meeting, or to what was typed at a
// booth.
func (a *App) leavingMeans() string {
	switch {
	case a.Hosts:
		return a.words.Page.StopsServer
	case a.visiting:
		return a.words.Booth.Leaving
	}
	return a.words.Page.Leaving
}

// paste inserts pasted text where text is being written. One line with its end at
// the door is a code that was scanned: it goes in.
func (a *App) paste(text string) tea.Cmd {
	if a.busy || a.tooSmall() {
		return nil
	}
	w, ok := a.top().(*write)
	if !ok || !w.typing() {
		a.tell(draw.Muted, a.words.Page.NoPaste)
		return nil
	}
	a.said = draw.Span{}
	line := strings.TrimRight(text, "\r\n")
	scanned := w.secret && line != text && !strings.ContainsAny(line, "\r\n")
	if w.Single {
		text = line
	}
	w.insert(a, text)
	if !scanned {
		return nil
	}
	return w.submit(a, w.Value())
}

// tooSmall reports whether the window shows nothing but a sentence that asks for
// a larger one. Keys do nothing then: nobody sees what they would do.
func (a *App) tooSmall() bool { return a.Width < leastWidth || a.Height < leastHeight }

// render draws the screen.
func (a *App) render() {
	a.heed()
	p := a.seen()
	a.steady = nil
	if m, is := a.top().(*menu); is && m.steady && len(p.alarm) == 0 && len(a.layers) == 1 && !a.visiting && !a.busy && !a.tooSoon() {
		a.steady = &p
	}
	if !a.tapped {
		a.sayKeys(&p)
	}
	a.frame(p)
	a.wakes()
}

// sayKeys lets a page that is drawn say what the keys do now, and that a rehearsal does
// not count: in its head where that would take the place of the keys.
func (a *App) sayKeys(p *page) {
	rehearses := a.s.Rehearsal && a.place != placeProjector
	if rehearses && a.Height < lowHeight {
		p.brief = strings.TrimRight(a.words.ActionName(meeting.ActRehearse)+" "+p.brief, " ")
	}
	switch {
	case a.busy:
		p.said = draw.Span{Text: a.words.Page.Busy, Tone: draw.Muted}
	case a.tooSoon():
		p.said = draw.Span{Text: a.words.Page.TooSoon, Tone: draw.Warn}
	case p.said.Text == "" && rehearses && a.Height >= lowHeight:
		p.said = draw.Span{Text: a.words.Rehearsal.Banner, Tone: draw.Muted}
	}
}

// ticks draws the page anew on which nothing but a clock has moved since it was
// made, and reports whether there is one.
func (a *App) ticks() bool {
	if a.steady == nil {
		return false
	}
	a.again()
	return true
}

// again draws the steady page, of which only what is moving has changed: on a screen
// its lines alone, if they are as many as they were.
func (a *App) again() {
	if m, is := a.top().(*menu); is { // a clock may have stopped or gone on
		a.steady.beat = m.pulse(a)
	}
	at := a.drawn.moving
	m, only := a.steady.moving()
	if a.Gallery == nil || a.tapped || at.to == 0 || !only {
		a.frame(*a.steady)
		return
	}
	before := draw.Line{{Text: " "}} // a gap of its own would show
	s := &setting{width: at.width, page: at.page, words: a.words, kept: a.Gallery, low: a.Height < lowHeight, lines: []draw.Line{before}}
	if m.set(s); s.moving.to == 0 || s.moving.to-s.moving.from != at.to-at.from {
		a.frame(*a.steady)
		return
	}
	left, _ := margins(a.Width, a.steady.wide)
	a.beat = a.steady.beat
	a.rows = slices.Clone(a.rows) // those of before are being sent
	copy(a.rows[at.from:at.to], a.Gallery.paint(a, left, s.lines[1:]))
}

// frame draws a page, or shows it to who draws it by themselves.
func (a *App) frame(p page) {
	if a.tapped {
		a.shown, a.reads, a.beat = p, false, p.beat
		return
	}
	f, rows := a.framed(p)
	a.reads = p.reads
	a.drawn, a.rows, a.beat, a.scroll = f, rows, p.beat, min(a.scroll, f.first)
}

// framed is the frame of a page, and its painted rows.
func (a *App) framed(p page) (frame, []*glass.Row) {
	if a.tooSmall() {
		f := a.words.tooSmall(a.said, a.Width, a.Height)
		return f, a.paint(f.lines)
	}
	drawn := func(kept *Gallery) frame {
		return a.words.layout(p, a.Width, a.Height, kept).draw(a.scroll, a.scrolled)
	}
	left, _ := margins(a.Width, p.wide)
	alone := func() (frame, []*glass.Row) {
		f := drawn(nil)
		f.lines[0] = a.words.headOf(p, a.Width)
		for i, l := range f.lines[1:] {
			f.lines[i+1] = fitted(l, left, a.Width)
		}
		return f, a.paint(f.lines)
	}
	if !a.hangs() {
		return alone()
	}
	buf, _ := labels.Get().(*label)
	defer labels.Put(buf)
	l, ok := a.labelOf((*buf)[:0], p)
	if *buf = l; !ok {
		return alone()
	}
	f, rows := a.Gallery.see(l, func() (frame, []*glass.Row) {
		f := drawn(a.Gallery)
		rows := a.Gallery.paint(a, left, f.lines[1:])
		f.lines = nil // the rows are all that is shown
		return f, rows
	})
	return f, append([]*glass.Row{a.headed(p)}, rows...)
}

// headed returns the first line of a page's screen: mostly that of the page before.
func (a *App) headed(p page) *glass.Row {
	is := topmost{head{p.head, p.brief, p.side}, p.who, p.wide, a.Width, a.scheme}
	if a.above.row == nil || a.above.topmost != is {
		a.above.topmost, a.above.row = is, a.painted(a.words.headOf(p, a.Width))
	}
	return a.above.row
}

// topmost is everything that the first line of a screen depends on.
type topmost struct {
	head
	who    string
	wide   bool
	width  int
	scheme draw.Scheme
}

// left is how much is left of a pause of at most a length that ends at a time. Of a
// longer one nothing is: it began before a recess, or the meeting's end, took up the
// machine's clock, which had been set back.
func (a *App) left(until time.Time, most time.Duration) time.Duration {
	left := until.Sub(a.Room.Now())
	if left > most {
		return 0
	}
	return max(0, left)
}

// wakes lets the view change when a visit to the booth ends, and when it no longer
// says that a key came too soon.
func (a *App) wakes() {
	if a.visiting {
		a.wake(a.until)
	}
	if a.tooSoon() {
		a.wake(a.missed)
	}
}

// wake lets the view change by itself at a time.
func (a *App) wake(at time.Time) {
	if left := max(at.Sub(a.Room.Now()), time.Millisecond); a.beat == 0 || left < a.beat {
		a.beat = left
	}
}

// tooSoon reports whether a key was not taken a moment ago, because the page had
// just changed. A wall says nothing of its keys.
func (a *App) tooSoon() bool { return a.place != placeProjector && a.left(a.missed, blink) > 0 }

// paint returns lines as they are sent to the terminal.
func (a *App) paint(lines []draw.Line) []*glass.Row {
	rows := make([]*glass.Row, len(lines))
	for i, l := range lines {
		rows[i] = a.painted(l)
	}
	return rows
}

// painted returns a line as it is sent to the terminal.
func (a *App) painted(l draw.Line) *glass.Row {
	return glass.PaintedRow(a.theme.Paint(l), l.Width(), a.profile)
}

// behind says that the screen may not be the newest or that nothing is recorded,
// to the console also that the disk is nearly full; "" if all is well.
func (a *App) behind() string {
	since, why := a.Room.Stale()
	if why == nil || stale(why) == low && !slices.Contains(a.s.Seats(a.Who), meeting.SeatConsole) {
		return ""
	}
	return a.words.SayStale(since, why)
}

// jumped tells the console that the machine's clock was set, "" if it was not.
func (a *App) jumped() string {
	if a.place != placeConsole {
		return ""
	}
	return a.words.SayJump(a.Room.Now(), a.Room.Ahead())
}
