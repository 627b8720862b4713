package tui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// choice is one thing that can be done, a row of a menu.
type choice struct {
	label string
	cells []cell // the columns of its row; nil: the label and the note
	note  string // explanation beside the label
	key   string // the letter that does it at once
	why   string // why it cannot be done now; "": it can
	draft string // names the draft that it opens, so that the row says that one is there; "" for none
	item  string // kind of the item that it belongs to; "": any
	id    string // identifies the row while others come and go; "": the label does
	do    func(*App) tea.Cmd

	states bool // others see it, or it says something about a person: Enter does it only on a row that somebody selected
}

// menu is a page with text and choices. Most screens are menus. Text and
// choices are made from the state each time.
type menu struct {
	title   string
	pinned  func(a *App, f *flow) // text that stays in sight with the title, such as the heads of columns
	say     func(a *App, f *flow)
	choices func(a *App) []choice
	below   func(a *App, f *flow) // text below the choices: it may be long, and they stay in sight
	beat    func(a *App) bool     // whether something on it runs with the clock
	steady  bool                  // only what is moving on it runs with the clock, or is about others who come
	scene   scene                 // a question falls in another scene than this
	opened  bool                  // a person opened it and can close it
	states  bool                  // what each row does others see, as with choice.states
	hidden  bool                  // choices that do not work now are not listed
	folds   bool                  // they stand behind one row
	wide    bool                  // uses the whole width of the window
	direct  bool                  // a digit takes its row at once
	secret  bool                  // it shows what nobody else may read
	chosen  string                // id of the chosen row
	reads   bool                  // it is read before a row is chosen: its beginning is seen first, and PgDn scrolls
	moved   bool                  // a row was chosen since
	letters bool                  // a letter that stands beside a row takes it, whatever the key does elsewhere
	people  bool                  // the rows, or what is read, are people's: letters find them
	query   string                // what is typed to find somebody
	draw.List
}

func (m *menu) typing() bool { return false }

// offered returns the choices that are listed. The selected one stays selected
// when others come or go above it.
func (m *menu) offered(a *App) []choice {
	if m.choices == nil {
		return nil
	}
	made := m.made(a)
	if made.offered == nil {
		made.offered = m.listed(a, made.all)
	}
	return made.offered
}

// listed returns those of all choices that are listed.
func (m *menu) listed(a *App, all []choice) []choice {
	list := make([]choice, 0, len(all))
	for _, c := range all {
		if !m.hidden || c.why == "" {
			list = append(list, c)
		}
	}
	if m.folds {
		list = fold(a, list, m.choices)
	}
	for i := range list {
		list[i].states = list[i].states || m.states
	}
	if m.query != "" {
		list = slices.DeleteFunc(list, func(c choice) bool { return !found(a.s, m.query, c) })
	}
	if i := slices.IndexFunc(list, func(c choice) bool { return c.name() == m.chosen }); i >= 0 {
		m.At = i
	}
	m.At = max(0, min(m.At, len(list)-1))
	return list
}

// made are the choices of a menu. A page and its keys are made of the same: of a long
// list they cost time.
type made struct {
	all     []choice
	offered []choice // nil: it is not known yet
}

func (m *menu) made(a *App) *made {
	if one := a.made[m]; one != nil {
		return one
	}
	one := &made{all: m.choices(a)}
	for i, c := range one.all {
		if c.draft != "" && a.Drafts.text(a.Who, c.draft) != "" {
			one.all[i].note = a.words.drafted(c.note)
		}
	}
	if a.made != nil {
		a.made[m] = one
	}
	return one
}

// name identifies a choice as long as it is offered.
func (c choice) name() string {
	if c.id != "" {
		return c.id
	}
	return c.label
}

func (m *menu) page(a *App) page {
	f := a.flow()
	if m.title != "" {
		f.title(m.title)
		f.gap()
	}
	var top []block
	if m.pinned != nil {
		m.pinned(a, &f)
		top, f = f.blocks, a.flow()
	}
	if m.say != nil {
		m.say(a, &f)
	}
	offered := m.offered(a)
	if m.query != "" && m.choices != nil { // text that is read says it at its top
		m.sayQuery(&f, len(offered))
	}
	if len(offered) > 0 {
		f.gap()
	}
	rows := options{rows: offered, at: m.At, seen: m.moved || !m.reads}
	if len(offered) > 0 && m.unselected(offered[m.At]) {
		rows.at = -1
	}
	f.add(rows)
	if m.below != nil {
		f.gap()
		m.below(a, &f)
	}
	p := a.page(f)
	p.top = top
	p.wide, p.reads, p.direct = m.wide, len(offered) == 0, m.direct
	if m.secret {
		p.secret = secretShown
	}
	p.beat = m.pulse(a)
	return p
}

// pulse is how soon a page of the menu changes by itself; 0: it does not.
func (m *menu) pulse(a *App) time.Duration {
	if m.beat != nil && m.beat(a) {
		return second
	}
	return 0
}

func (m *menu) binds(a *App) []bind {
	binds := make([]bind, 0, 12) // with those that work everywhere
	offered := m.offered(a)
	switch {
	case len(offered) == 1 && !offered[0].states:
		binds = append(binds, on("enter", offered[0].label, offered[0].do).unless(offered[0].why))
	case len(offered) > 0:
		binds = append(binds,
			on("up", a.words.Common.OrNumber, nothing),
			on("enter", a.words.Common.OK, nothing))
	}
	if m.people {
		binds = append(binds, on("a", a.words.Find.Letters, nothing).aside(m.query != ""))
	}
	if m.query != "" {
		binds = append(binds, on("backspace", a.words.Find.TakeBack, nothing))
	}
	if m.opened {
		back := "esc tab b"
		if m.people { // b is a letter of names
			back = "esc tab backspace"
		}
		binds = append(binds, on(back, a.words.Common.Back, shut))
	}
	if m.choices != nil && !m.letters {
		for _, c := range m.made(a).all {
			if c.key != "" {
				binds = append(binds, on(c.key, c.label, c.do).unless(c.why).aside(true))
			}
		}
	}
	return binds
}

func (m *menu) press(a *App, k draw.Stroke) (tea.Cmd, bool) {
	if m.people && m.seeks(k) {
		return nil, true
	}
	offered := m.offered(a)
	if k.Name == "enter" && len(offered) == 0 && m.query != "" && m.choices != nil {
		a.tell(draw.Warn, a.words.Find.Nobody)
		return nil, true
	}
	if m.letters {
		all := m.choices(a)
		if i := slices.IndexFunc(all, func(c choice) bool { return c.key != "" && c.key == k.Name }); i >= 0 {
			return all[i].take(a), true
		}
	}
	if m.reads {
		if m.moved = k.Name != "pgdown" && k.Name != "pgup" && k.Name != "space"; !m.moved {
			return nil, false // scrolls
		}
	}
	taken, used := m.List.Press(k, len(offered), a.leap())
	taken = taken || m.direct && used && k.Digit() >= 0
	if used && !(taken && offered[m.At].states) {
		m.chosen = offered[m.At].name()
	}
	if !taken {
		if !used && len(offered) == 0 && m.opened && k.Name == "enter" {
			a.pop(1)
			return nil, true
		}
		return nil, used
	}
	c := offered[m.At]
	if c.barred() {
		return c.take(a), true
	}
	if m.unselected(c) {
		a.tell(draw.Warn, a.words.Page.SelectFirst)
		return nil, true
	}
	m.query = ""
	if c.states {
		m.chosen = "" // the next Enter does nothing
	}
	return c.do(a), true
}

// drafted is the note of a row that opens a draft.
func (w *Words) drafted(note string) string {
	return strings.TrimSpace(w.Page.HasDraft + "  " + note)
}

// take does what a choice is for, or says why it cannot be done now.
func (c choice) take(a *App) tea.Cmd {
	if c.barred() {
		a.tell(draw.Warn, c.why)
		return nil
	}
	return c.do(a)
}

// unselected reports whether the row with the cursor is a statement on which
// nobody has put the cursor, nor looked for by its name.
func (m *menu) unselected(c choice) bool {
	return c.states && c.name() != m.chosen && m.query == ""
}

// ask shows a question that repeats in words what will happen, and does it on
// confirmation. The question falls when the scene changes. Keys do not count
// for a moment after it appears.
func (a *App) ask(title, text, yes string, do func(*App) tea.Cmd) tea.Cmd {
	a.calm = a.Room.Now().Add(grace)
	return a.push(&menu{
		title: title, scene: a.scene, opened: true,
		say: func(_ *App, f *flow) {
			for l := range strings.SplitSeq(text, "\n") {
				f.say(draw.Plain, l)
			}
		},
		choices: func(*App) []choice {
			return []choice{
				{label: yes, key: "y", do: func(a *App) tea.Cmd { a.pop(1); return do(a) }},
				{label: a.words.Common.NoBack, key: "n", do: shut},
			}
		},
	})
}

// weigh asks like [App.ask] about what others see or what states something: the
// way back is selected, so that a held Enter does nothing, and a digit answers.
func (a *App) weigh(title, text, yes string, do func(*App) tea.Cmd) tea.Cmd {
	cmd := a.ask(title, text, yes, do)
	if m, ok := a.top().(*menu); ok {
		m.chosen, m.direct = a.words.Common.NoBack, true
		a.calm = a.Room.Now().Add(bounce)
	}
	return cmd
}

// refusal is why a command would be refused now, nil if it would not.
func (a *App) refusal(c meeting.Command) error {
	_, err := meeting.Decide(a.s, meeting.Request{By: a.Who, At: a.Room.Now(), Do: c})
	return err
}

// barred says why a command would be refused now, and reports whether it would:
// nobody is asked about what cannot be done.
func (a *App) barred(c meeting.Command) bool {
	err := a.refusal(c)
	if err != nil {
		a.refuse(err)
	}
	return err != nil
}

// weighDoing weighs a command, unless it is barred.
func (a *App) weighDoing(c meeting.Command, title, text, yes string, do func(*App) tea.Cmd) tea.Cmd {
	if a.barred(c) {
		return nil
	}
	return a.weigh(title, text, yes, do)
}

// read opens a page to read.
func (a *App) read(title string, say func(a *App, f *flow)) tea.Cmd {
	return a.push(&menu{title: title, say: say, opened: true})
}

// person returns a choice that stands for somebody on the roster.
func (a *App) person(id meeting.MemberID, note string, do func(*App) tea.Cmd) choice {
	m, _ := a.s.Member(id)
	if m.PartyPost != "" {
		note = a.words.term(m.PartyPost) + "  " + note
	}
	return choice{label: a.name(id), id: string(id), note: note, do: do}
}

// name is a person's name as it may be drawn.
func (a *App) name(id meeting.MemberID) string { return nameOf(a.s, id) }
