package tui

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// addressed is how a message begins: its page's name, the language, and whom it is for.
type addressed struct {
	At   string `json:"at"`
	Lang string `json:"lang"`
	Who  string `json:"who,omitempty"`
}

// message is a page as it is sent (STREAM.md).
type message struct {
	addressed
	Head    string        `json:"head,omitempty"`
	Side    string        `json:"side,omitempty"`
	Title   string        `json:"title,omitempty"`
	Beside  []sentSpan    `json:"beside,omitempty"`
	Margin  []sentLine    `json:"margin,omitempty"`
	Aside   []sentLine    `json:"aside,omitempty"`
	Top     []sentLine    `json:"top,omitempty"`
	Lines   []sentLine    `json:"lines,omitempty"`
	Foot    []sentLine    `json:"foot,omitempty"`
	Choices []sentChoice  `json:"choices,omitempty"`
	Radio   bool          `json:"radio,omitempty"`
	Keys    []sentKey     `json:"keys,omitempty"`
	Said    *sentSpan     `json:"said,omitempty"`
	Busy    bool          `json:"busy,omitempty"`
	Secret  bool          `json:"secret,omitempty"`
	Unsent  string        `json:"unsent,omitempty"`
	Clock   *runningClock `json:"clock,omitempty"`
	Wall    *sentWall     `json:"wall,omitempty"`
	Input   *sentInput    `json:"input,omitempty"` // last, so that a text that is written hides no time that runs (ticking)
	means   string        // what an answer to it means, beside what it says
	shared  *sentPage     // what is the same for all who see it alike; nil: it is one person's
	moving  []sentLine    // what is moving, as it stands in Lines
	titled  bool          // the first title is taken
}

type (
	// sentSpan is a text and its tone.
	sentSpan [2]string

	// sentCell is a column of a row: text, tone, width in cells (0: free), and 1 if
	// it stands at the right end of its width.
	sentCell [4]any

	// sentLine is one of: a paragraph, a row, a gap, a rule, some of the choices,
	// bytes, the text that is being written.
	sentLine struct {
		Text    []sentSpan `json:"text,omitempty"`
		Mark    *sentSpan  `json:"mark,omitempty"`
		Row     []sentCell `json:"row,omitempty"`
		Head    bool       `json:"head,omitempty"`
		Gap     int        `json:"gap,omitempty"`
		Rule    int        `json:"rule,omitempty"`
		Choices *[2]int    `json:"choices,omitempty"`
		Hex     string     `json:"hex,omitempty"`
		Writing int        `json:"writing,omitempty"`
	}

	// sentChoice is a choice. Chosen is nil where none of the choices can be.
	sentChoice struct {
		Label  string     `json:"label"`
		Note   string     `json:"note,omitempty"`
		Why    string     `json:"why,omitempty"`
		State  string     `json:"state,omitempty"`
		Chosen *int       `json:"chosen,omitempty"`
		Cells  []sentCell `json:"cells,omitempty"`
		key    string
	}

	// sentKey is something else that can be done.
	sentKey struct {
		Key   string `json:"key"`
		Label string `json:"label"`
		Why   string `json:"why,omitempty"`
		Aside bool   `json:"aside,omitempty"`
	}

	// sentInput is what is written on the page.
	sentInput struct {
		Kind  string `json:"kind"`
		Label string `json:"label,omitempty"`
		Most  int    `json:"most,omitempty"`
		Done  string `json:"done,omitempty"`
		Text  string `json:"text,omitempty"`
	}

	// runningClock is a clock, in seconds.
	runningClock struct {
		Since  int  `json:"since"`
		Limit  int  `json:"limit,omitempty"`
		Paused bool `json:"paused,omitempty"`
		Down   bool `json:"down,omitempty"`
	}

	// sentWall is what the wall shows.
	sentWall struct {
		Head    string        `json:"head,omitempty"`
		Side    string        `json:"side,omitempty"`
		Title   string        `json:"title,omitempty"`
		Above   []sentSpan    `json:"above,omitempty"`
		Kind    string        `json:"kind,omitempty"`
		Text    string        `json:"text,omitempty"`
		Tone    string        `json:"tone,omitempty"`
		Time    string        `json:"time,omitempty"`
		Where   string        `json:"where,omitempty"`
		Browser string        `json:"browser,omitempty"`
		Clock   *runningClock `json:"clock,omitempty"`
		Names   []string      `json:"names,omitempty"`
		Numbers []int         `json:"numbers,omitempty"`
		Rows    []sentScore   `json:"rows,omitempty"`
		Line    *sentCapLine  `json:"line,omitempty"`
		Part    int           `json:"part,omitempty"`
		All     int           `json:"all,omitempty"`
		Below   []sentSpan    `json:"below,omitempty"`
		Footer  []string      `json:"footer,omitempty"`
		Code    string        `json:"code,omitempty"`
		Label   string        `json:"label,omitempty"`
	}

	// sentScore is a subject's row of the result: the counts under the names, and of
	// how many ballots.
	sentScore struct {
		Name    string `json:"name"`
		Numbers []int  `json:"numbers"`
		Ballots int    `json:"ballots"`
		Share   string `json:"share"`
	}

	// sentCapLine stands below so many rows.
	sentCapLine struct {
		After int    `json:"after"`
		Text  string `json:"text"`
	}
)

// toneNames are what tones are called.
var toneNames = map[draw.Tone]string{
	draw.Plain: "plain", draw.Strong: "strong", draw.Accent: "accent", draw.Banner: "banner", draw.Muted: "muted",
	draw.Warn: "warn", draw.Late: "late", draw.Shade: "shade", draw.Ink: "ink", draw.Filled: "filled",
}

// tapping makes a message of a page.
type tapping struct {
	a     *App
	page  *page
	m     *message
	rows  []choice        // the choices of the page, in the order of the message
	keys  map[string]bind // the binds of the buttons, by their names
	lines []sentLine
}

// messageOf returns a page as it is sent, but for its name.
func (a *App) messageOf(p *page) *message {
	m := &message{addressed: addressed{Lang: a.words.Lang, Who: draw.Drawable(p.who)}, Busy: a.busy, Secret: p.confidential(), Unsent: a.unsent(), Clock: a.floorClock()}
	t := &tapping{a: a, page: p, m: m, rows: rowsOf(p)}
	buf, _ := labels.Get().(*label)
	defer labels.Put(buf)
	l, hangs := t.label((*buf)[:0])
	if *buf = l; !hangs {
		t.fill()
		return m
	}
	return a.Gallery.alike(l, t)
}

// confidential reports whether nobody else may read what the page shows, or what is
// written on it.
func (p *page) confidential() bool {
	return p.secret == secretShown || p.input.text != nil && p.input.text.private
}

// label names in full what a page says that is sent, but for whom it is for. ok is false
// for one that nobody else may share.
func (t *tapping) label(l label) (label, bool) {
	a, p := t.a, t.page
	if !a.hangs() || p.wall != nil || p.input.kind != noInput || t.seeks() != nil {
		return l, false
	}
	l, ok := a.labelOf(l, *p)
	if !ok {
		return l, false
	}
	l = l.text(p.head).text(p.side).span(a.answered(p)).numbers(flags(t.m.Busy, t.m.Secret), int(p.beat))
	for _, b := range p.keys {
		l = l.numbers(flags(b.quiet, b.Enabled()), len(b.Keys())).text(t.called(b)).text(b.why)
		for _, key := range b.Keys() {
			l = l.text(key)
		}
	}
	for _, c := range t.rows {
		l = l.text(c.name()).text(c.key)
	}
	return l, true
}

// fill makes the rest of the message.
func (t *tapping) fill() {
	a, p, m := t.a, t.page, t.m
	t.buttons()
	m.Radio = p.input.kind == gradeInput && !tabled(a)
	t.choices()
	m.Input = t.input()
	m.Head, m.Side = t.text(p.head), t.text(p.side)
	if p.wall != nil {
		m.Who, m.Head, m.Side, m.Clock = "", "", "", nil
		m.Wall = t.wall(*p.wall)
	}
	_, room := margins(a.Width, p.wide)
	if room >= normalWidth-2 {
		m.Margin = t.blocks(p.margin, agendaWidth)
	}
	if len(p.margin) > 0 && room >= wideWidth-2 {
		m.Aside = t.blocks(p.aside, asideWidth)
	}
	t.m.Choices = m.Choices
	m.Top = t.blocks(p.top, room)
	n := 0
	m.Lines = t.place(t.blocks(p.body, room), &n)
	m.Foot = t.place(t.blocks(slices.Concat(p.alarm, p.foot), room), &n)
	if said := a.answered(p); said.Text != "" {
		m.Said = t.spanned(said)
	}
	m.means = t.meaning()
}

// meaning is what an answer to the page means, beside what it says.
func (t *tapping) meaning() string {
	var b []byte
	for _, c := range t.rows {
		b = append(strconv.AppendQuote(b, c.name()), ' ')
	}
	for _, k := range t.m.Keys {
		b = append(strconv.AppendQuote(append(b, k.Key...), k.Label), ' ')
	}
	if in := t.m.Input; in != nil {
		b = append(append(append(b, in.Kind...), in.Done...), in.Label...)
	}
	return string(b)
}

// floorClock is the clock of the speech that is held; nil: nobody has the floor.
func (a *App) floorClock() *runningClock {
	fl := a.s.Floor
	if fl.Speaker == "" || a.s.Phase != meeting.Live {
		return nil
	}
	return &runningClock{Since: seconds(fl.Elapsed(a.Room.Now())), Limit: fl.Limit, Paused: fl.Paused}
}

func seconds(d time.Duration) int { return int(d / second) }

// answered is the answer to the last thing that was done.
func (a *App) answered(p *page) draw.Span {
	switch {
	case a.tooSoon():
		return draw.Span{Text: a.words.Stream.Early, Tone: draw.Warn}
	case p.said.Text == "" && a.s.Rehearsal && a.place != placeProjector:
		return draw.Span{Text: a.words.Rehearsal.Banner, Tone: draw.Muted}
	}
	return p.said
}

// rowsOf are the choices of a page, however they are taken.
func rowsOf(p *page) []choice {
	var rows []choice
	for _, b := range slices.Concat(p.body, p.foot) {
		if o, is := bare(b).(options); is {
			rows = append(rows, o.rows...)
		}
	}
	return rows
}

// bare is a block without what says when it is drawn.
func bare(b block) block {
	switch x := b.(type) {
	case airy:
		return bare(x.block)
	case unspoken:
		return bare(x.block)
	}
	return b
}

// place says which choices stand where.
func (t *tapping) place(lines []sentLine, n *int) []sentLine {
	for i, l := range lines {
		if l.Choices != nil {
			lines[i].Choices = &[2]int{*n, *n + l.Choices[1]}
			*n += l.Choices[1]
		}
	}
	return lines
}

// text is a text in which things are called what they are called where one taps
// them.
func (t *tapping) text(text string) string {
	text = strings.ReplaceAll(text, draw.Joiner, "")
	if !strings.Contains(text, markBegins) {
		return text
	}
	w := t.a.words
	text = marked(text, func(m keyMark) string {
		verb, says, space := m.verbOf(w.Stream.Tap, w.Stream.TapFirst), m.tap, m.space
		label := ""
		switch {
		case says != "":
		case m.key == "digits" || m.key == "1-4":
			says = verb
		default:
			if label = t.labelOf(m.key); label == "" {
				return m.all // somebody wrote it, who knows of no keys
			}
			says = w.Stream.Button.of(label)
			if verb != "" && verb[0] < 0x80 {
				verb += " "
			}
			says = verb + says
		}
		if says != "" && says[len(says)-1] >= 0x80 {
			space = ""
		}
		return says + space
	})
	return strings.ReplaceAll(text, " 「", "「") // a key's letter has a space before it
}

// labelOf is what somebody taps where others press a key, on this page or on the one
// below all others; "" if that is unknown.
func (t *tapping) labelOf(key string) string {
	for _, k := range t.m.Keys {
		if t.keys[k.Key].has(draw.Stroke{Name: key}) {
			return k.Label
		}
	}
	for _, c := range t.rows {
		if c.key == key {
			return t.plain(c.label)
		}
	}
	switch in := t.m.Input; {
	case in != nil && in.Done != "" && (key == "enter" || key == "return" || key == "tab"):
		return in.Done
	case key == "q":
		return t.a.words.Stream.Leave
	}
	for _, b := range t.a.layers[0].binds(t.a) {
		if b.has(draw.Stroke{Name: key}) {
			return t.called(b)
		}
	}
	return ""
}

// plain is a text without joiners.
func (t *tapping) plain(text string) string { return strings.ReplaceAll(text, draw.Joiner, "") }

// called is what the button of a key is called.
func (t *tapping) called(b bind) string {
	if b.touch != "" {
		return t.plain(b.touch)
	}
	return t.plain(b.label())
}

// span is a text with its tone.
func (t *tapping) span(s draw.Span) sentSpan { return sentSpan{t.text(s.Text), toneNames[s.Tone]} }

func (t *tapping) spanned(s draw.Span) *sentSpan {
	one := t.span(s)
	return &one
}

func (t *tapping) spans(list []draw.Span) []sentSpan {
	var out []sentSpan
	for _, s := range list {
		if s.Text != "" {
			out = append(out, t.span(s))
		}
	}
	return out
}

func (t *tapping) cells(r row) []sentCell {
	var out []sentCell
	for _, c := range r {
		right := 0
		if c.right {
			right = 1
		}
		out = append(out, sentCell{t.text(c.text), toneNames[c.tone], c.width, right})
	}
	return out
}

// choices sends the choices of the page. Where one of them is chosen every one says
// whether it is.
func (t *tapping) choices() {
	kind := t.page.input.kind
	for _, b := range slices.Concat(t.page.body, t.page.foot) {
		o, is := bare(b).(options)
		if !is {
			continue
		}
		for i, c := range o.rows {
			one := sentChoice{Label: t.plain(c.label), Note: t.text(c.note), Why: t.text(c.why), key: c.key}
			if c.barred() {
				one.State = "shut"
			}
			if kind != noInput {
				chosen := 0
				if i == o.at {
					chosen = 1
				}
				one.Chosen = &chosen
			}
			if !t.m.Radio { // there all have the same cells, and say the same
				one.Cells = t.cells(c.cells)
			}
			t.m.Choices = append(t.m.Choices, one)
		}
	}
}

// buttons sends what else can be done. What chooses, scrolls or writes needs none,
// and neither does what a choice does.
func (t *tapping) buttons() {
	p, m := t.page, t.m
	t.keys = map[string]bind{}
	if p.wall != nil {
		return
	}
	seeks := t.seeks() != nil
	add := func(b bind, key, label string) {
		if _, has := t.keys[key]; !has {
			t.keys[key] = b
			m.Keys = append(m.Keys, sentKey{Key: key, Label: label, Why: t.text(b.why), Aside: b.quiet})
		}
	}
	for _, b := range p.keys {
		key := b.key()
		switch {
		case slices.Contains([]string{"up", "0", "pgdown", "pgup", "?", "T"}, key):
		case key == "1":
			for _, g := range t.grades() {
				one := b
				one.SetKeys(strconv.Itoa(g.digit))
				add(one, strconv.Itoa(g.digit), g.label)
			}
		case key == "enter" && (p.input.kind == textInput || p.input.kind == numberInput || p.input.kind == noInput && len(t.rows) > 0):
		case p.input.kind == textInput && !p.input.text.Single: // finishing is its input's
		case seeks && (len([]rune(key)) == 1 || key == "backspace"): // letters belong to what is looked for
		case slices.ContainsFunc(t.rows, func(c choice) bool { return c.key == key && c.label == b.label() }):
		default:
			add(b, key, t.called(b))
		}
	}
}

// grade is a grade that a digit gives.
type grade struct {
	digit int
	label string
}

// grades are those that can be given to the chosen row of a table.
func (t *tapping) grades() []grade {
	var list []grade
	switch p := t.page; {
	case p.input.kind == tableInput && t.chosen() < p.input.rows:
		for i, g := range t.a.s.Rules.Grades {
			list = append(list, grade{i + 1, t.a.words.term(g)})
		}
	case p.input.kind == gradeInput && tabled(t.a):
		v, is := t.a.top().(*voting)
		if !is {
			return nil
		}
		for i, g := range t.a.sheetOf().scale(t.a.s, v.leaf) {
			list = append(list, grade{i + 1, t.a.words.term(g)})
		}
		list = append(list, grade{0, t.a.words.Common.Abstain})
	}
	return list
}

// chosen is the index of the chosen row of the page.
func (t *tapping) chosen() int {
	for _, b := range t.page.body {
		if o, is := bare(b).(options); is {
			return o.at
		}
	}
	return -1
}

// seeks is the list of people in which somebody can be looked for; nil: there is
// none.
func (t *tapping) seeks() *menu {
	if m, is := t.a.top().(*menu); is && m.people {
		return m
	}
	return nil
}

// input sends what is written on the page. Nobody sends back what is secret.
func (t *tapping) input() *sentInput {
	p, w := t.page, t.a.words
	switch in := p.input; in.kind {
	case textInput:
		done := ""
		for _, b := range p.keys {
			if key := b.key(); key == "enter" && in.text.Single || key == "tab" && !in.text.Single {
				done = t.called(b)
			}
		}
		one := &sentInput{Kind: "text", Text: string(in.text.Text), Most: in.text.Most, Done: done, Label: t.plain(in.text.title)}
		switch {
		case in.text.secret:
			one.Kind, one.Text = "secret", ""
		case in.text.Single:
			one.Kind = "line"
		}
		return one
	case numberInput:
		if in.at >= in.rows || in.at >= len(t.rows) {
			return nil
		}
		c := t.rows[in.at]
		return &sentInput{Kind: "number", Label: t.plain(c.label), Text: strings.TrimSpace(c.cells[len(c.cells)-1].text), Most: 4, Done: w.Common.OK}
	case noInput, gradeInput, tableInput:
	}
	if m := t.seeks(); m != nil {
		return &sentInput{Kind: "find", Label: w.Stream.Find, Text: m.query, Most: longestQuery}
	}
	return nil
}

// blocks are blocks as lines.
func (t *tapping) blocks(list []block, width int) []sentLine {
	before := t.lines
	defer func() { t.lines = before }()
	t.lines = nil
	t.add(list, width)
	for n := len(t.lines); n > 0 && t.lines[n-1].Gap > 0; n-- {
		t.lines = t.lines[:n-1]
	}
	return t.lines
}

func (t *tapping) put(l sentLine) { t.lines = append(t.lines, l) }

// gap is never a second one, and never the first line.
func (t *tapping) gap() {
	if n := len(t.lines); n > 0 && t.lines[n-1].Gap == 0 {
		t.put(sentLine{Gap: 1})
	}
}

func (t *tapping) row(r row, head bool) {
	if cells := t.cells(r); cells != nil {
		t.put(sentLine{Row: cells, Head: head})
	}
}

func (t *tapping) add(list []block, width int) {
	for _, b := range list {
		switch b := bare(b).(type) {
		case title:
			if !t.m.titled {
				t.m.titled, t.m.Title, t.m.Beside = true, t.text(b.text), t.spans(b.beside)
				continue
			}
			t.put(sentLine{Text: append([]sentSpan{{t.text(b.text), toneNames[draw.Banner]}}, t.spans(b.beside)...)})
		case paragraph:
			spans := t.spans(b.spans)
			switch {
			case len(spans) == 0 && strings.TrimSpace(b.mark.Text) == "":
				t.gap()
			case b.mark.Text == "":
				t.put(sentLine{Text: spans})
			default:
				t.put(sentLine{Text: spans, Mark: t.spanned(b.mark)})
			}
		case row:
			t.row(b, false)
		case hint: // which names keys only where they are pressed
			if text := string(b); !strings.Contains(text, "⟦") {
				t.put(sentLine{Text: []sentSpan{{t.text(text), toneNames[draw.Muted]}}})
			}
		case keyRow:
			t.put(sentLine{Text: t.spans(b.says)})
		case gap:
			t.gap()
		case rule:
			t.put(sentLine{Rule: 1})
		case options:
			if len(b.head) > 0 {
				t.row(b.head, true)
			}
			if len(b.rows) > 0 {
				t.put(sentLine{Choices: &[2]int{0, len(b.rows)}})
			}
		case versions:
			for _, one := range b {
				if width >= one.least {
					t.add(one.blocks(), width)
					break
				}
			}
		case countsHead:
			t.row(b.row(width), true)
		case countsRow:
			t.row(b.row(width), false)
		case writing:
			if !b.ended {
				t.put(sentLine{Writing: 1})
				continue
			}
			for _, l := range draw.CleanLines(string(b.Text)) {
				t.put(sentLine{Text: []sentSpan{{l, toneNames[draw.Plain]}}})
			}
		case dump:
			t.put(sentLine{Hex: hex.EncodeToString(b)})
		case moving:
			from, titled := len(t.lines), t.m.titled
			if t.add(b(), width); t.m.titled == titled {
				t.m.moving = t.lines[from:]
			}
		case current:
		default: // what is only drawn
			for _, l := range t.a.words.set([]block{b}, width).lines {
				t.put(sentLine{Text: t.spans(l)})
			}
		}
	}
}

// wall is what the wall shows.
func (t *tapping) wall(sc scenery) *sentWall {
	w := &sentWall{
		Head: t.text(sc.head), Side: t.text(sc.side), Title: t.text(sc.title), Above: t.spans(sc.above), Below: t.spans(sc.below),
		Part: sc.part, All: sc.all, Code: sc.code, Label: sc.label, Clock: sc.clock,
	}
	for _, text := range slices.Concat(sc.footer, sc.roomy) {
		w.Footer = append(w.Footer, t.text(text))
	}
	switch p := sc.piece.(type) {
	case digits:
		w.Kind, w.Text, w.Tone = "number", p.text, toneNames[p.tone]
	case headline:
		w.Kind, w.Text, w.Tone, w.Time = "headline", t.text(p.text), toneNames[p.clock.tone], p.clock.text
	case entrance:
		w.Kind, w.Text, w.Tone, w.Where, w.Browser = "entrance", p.came.text, toneNames[p.came.tone], p.command, p.browser
	case tallies:
		w.Kind, w.Names, w.Numbers = "tallies", p.names, p.n
	case rollCall:
		w.Kind = "names"
		for _, name := range p {
			w.Names = append(w.Names, t.text(name))
		}
	case scoreboard:
		p.send(w)
	}
	return w
}

// send puts a board into what is sent of the wall.
func (b scoreboard) send(w *sentWall) {
	w.Kind, w.Names = "board", b.heads
	for _, r := range b.rows {
		one := sentScore{Name: strings.ReplaceAll(r.name, draw.Joiner, ""), Numbers: append(slices.Clone(r.Counts), r.Abstain), Ballots: r.Ballots, Share: b.share(r)}
		w.Rows = append(w.Rows, one)
	}
	w.Line = &sentCapLine{After: min(b.cap, len(b.rows)), Text: b.capText()}
}
