package tui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// reply carries out a typed line on the page that is seen: a number takes its
// row, a letter is its key, an empty line is Enter. On a page for writing it is
// text.
func (t *teller) reply(text string) tea.Cmd {
	a := t.a
	if w, ok := a.top().(*write); ok && w.typing() {
		return t.write(w, text)
	}
	keys := typedKeys(text)
	fields := strings.Fields(strings.Join(keys, ""))
	number, err := strconv.Atoi(strings.Join(fields, ""))
	switch l := a.top().(type) {
	case *ratingTable:
		if len(fields) == 2 {
			return t.rate(l, fields)
		}
	case *figures:
		if numbers(fields) && len(fields) == len(l.n) {
			return t.fill(l, fields)
		}
	case *projector:
		if len(fields) == 1 && fields[0] == "q" {
			return t.quit()
		}
		return nil
	}
	switch {
	case len(fields) == 0:
		return t.press("enter")
	case err == nil && len(fields) == 1:
		return t.number(fields[0], number)
	case len([]rune(fields[0])) == 1 && len(fields) == 1:
		return t.letter(fields[0])
	}
	a.tell(warn, a.words.Plain.NotUnderstood)
	return nil
}

// typedKeys returns the names of the keys that write a text. Full-width twins
// count as the keys that they look like.
func typedKeys(text string) []string {
	var keys []string
	for _, r := range text {
		name := keyName(r)
		if name == "space" {
			name = " "
		}
		keys = append(keys, name)
	}
	return keys
}

// press presses keys by name.
func (t *teller) press(names ...string) tea.Cmd {
	var cmds []tea.Cmd
	for _, name := range names {
		k := stroke{name: name}
		if len([]rune(name)) == 1 {
			k.text = name
		}
		cmds = append(cmds, t.a.press(k))
	}
	return tea.Batch(cmds...)
}

// write adds a line to the text being written, or ends the text.
func (t *teller) write(w *write, text string) tea.Cmd {
	keys := strings.TrimSpace(strings.Join(typedKeys(text), ""))
	switch {
	case keys == ".":
		return t.press("tab")
	case w.single:
		if text != "" {
			w.set("")
			w.insert(t.a, text)
		}
		return t.press("enter")
	case keys == "..":
		t.a.tell(muted, t.a.words.Plain.Dropped.of(Clean(w.dropLine())))
		w.keep(t.a)
		return nil
	}
	w.editor.at = len(w.text)
	if n := len(w.text); n > 0 && w.text[n-1] != '\n' {
		w.insert(t.a, "\n")
	}
	w.insert(t.a, text+"\n")
	return nil
}

// dropLine removes the last line of a text and returns it.
func (e *editor) dropLine() string {
	text := strings.TrimSuffix(string(e.text), "\n")
	i := strings.LastIndex(text, "\n") + 1
	e.text = []rune(text[:i])
	e.at = len(e.text)
	return text[i:]
}

// number takes a numbered row, or fills a number in. On a ballot a grade goes
// on to the next page; in the rating table it waits for an empty line.
func (t *teller) number(digits string, n int) tea.Cmd {
	a := t.a
	each := strings.Split(digits, "")
	switch l := a.top().(type) {
	case *ratingTable:
		if len(each) > 1 {
			each = []string{"9"} // not a grade, so the table says how to answer
		}
		return t.press(each...)
	case *figures:
		if l.at == len(l.n) || len(each) > 4 {
			a.tell(warn, a.words.Plain.NotUnderstood)
			return nil
		}
		l.fresh = true
		return t.press(append(each, "enter")...)
	}
	if choosing(a) {
		return t.grade(each)
	}
	switch rows := len(t.rowsOf()); {
	case rows == 0:
		a.tell(warn, a.words.Plain.NotUnderstood)
		return nil
	case n < 1 || n > rows:
		a.tell(warn, a.words.Plain.NoNumber.of(rows))
		return nil
	}
	return t.press(append(strings.Split(strconv.Itoa(n), ""), "enter")...)
}

// numbers reports whether all fields are numbers.
func numbers(fields []string) bool {
	for _, f := range fields {
		if n, err := strconv.Atoi(f); err != nil || n < 0 || n > 9999 {
			return false
		}
	}
	return true
}

// fill fills in all numbers of a page and selects the row that goes on.
func (t *teller) fill(g *figures, fields []string) tea.Cmd {
	g.move(0)
	var keys []string
	for _, f := range fields {
		keys = append(append(keys, strings.Split(f, "")...), "enter")
	}
	return t.press(keys...)
}

// grade gives a grade on a page of the ballot and goes on.
func (t *teller) grade(each []string) tea.Cmd {
	sh := t.a.sheetOf()
	if len(each) == 1 {
		sh.touched = false
		cmd := t.press(each[0])
		if sh.touched {
			return tea.Batch(cmd, t.press("enter"))
		}
	}
	t.a.tell(warn, t.a.words.Plain.NoGrade.of(len(sh.scale(t.a.s, t.a.top().(*voting).leaf))))
	return nil
}

// rate proposes a grade for somebody in the rating table.
func (t *teller) rate(l *ratingTable, fields []string) tea.Cmd {
	a := t.a
	person, no := strconv.Atoi(fields[0])
	grade, bad := strconv.Atoi(fields[1])
	ids, grades := a.s.ToGrade(), a.s.Rules.Grades
	if no != nil || bad != nil || person < 1 || person > len(ids) || grade < 1 || grade > len(grades) {
		a.tell(warn, a.words.Plain.NoPerson.of(len(ids), len(grades)))
		return nil
	}
	l.at, l.picked = person-1, 0
	return t.press(strconv.Itoa(grade))
}

// letter presses a letter's key. j and k go down and up where rows have no
// numbers; b also goes back where only Esc would.
func (t *teller) letter(name string) tea.Cmd {
	rows := false
	switch t.a.top().(type) {
	case *ratingTable, *figures:
		rows = true
	}
	switch {
	case rows && name == "j":
		return t.press("down")
	case rows && name == "k":
		return t.press("up")
	case name == "q":
		return t.quit()
	case name == "b" && !t.bound("b") && t.bound("esc"):
		return t.press("esc")
	}
	return t.press(name)
}

// quit leaves at once where leaving stops nothing else: a typed line is no slip
// of a finger.
func (t *teller) quit() tea.Cmd {
	if (t.a.Hosts || t.a.place == placeConsole) && t.a.leaving == "" {
		return t.press("q")
	}
	t.owed = false
	return t.a.quit("q", "q")
}

// bound reports whether a key does something on this page.
func (t *teller) bound(name string) bool {
	for _, b := range t.a.keys() {
		if b.has(stroke{name: name}) {
			return true
		}
	}
	return false
}

// rowsOf returns what the numbers of the page that is seen stand for.
func (t *teller) rowsOf() []string {
	a := t.a
	switch l := a.top().(type) {
	case *menu:
		var names []string
		for _, c := range l.offered(a) {
			names = append(names, c.name())
		}
		return names
	case *write:
		if l.done {
			return make([]string, len(l.endings(a.words)))
		}
	case *voting:
		switch _, voted := ballotOf(a.s, a.Who); {
		case choosing(a):
		case l.begun && (!voted || l.again):
			return make([]string, a.sheetOf().pages()+1)
		default:
			return make([]string, 1)
		}
	}
	return nil
}

// ask returns what can be typed now.
func (t *teller) ask() string {
	a, w := t.a, t.a.words.Plain
	if l, ok := a.top().(*write); ok && l.typing() {
		if l.single {
			return w.OneLine
		}
		return w.ManyLines
	}
	var ways []string
	if n := len(t.rowsOf()); n > 1 {
		ways = append(ways, w.Numbers.of(n))
	}
	for _, b := range a.keys() {
		if way := t.way(b); way != "" && !b.quiet && b.Enabled() {
			ways = append(ways, way)
		}
	}
	return w.Ask.of(strings.Join(append(ways, w.Leave), a.words.Common.Comma))
}

// way says how a key is typed in a line and what it does; "" if it cannot be.
func (t *teller) way(b bind) string {
	a := t.a
	name, does := b.Help().Key, b.Help().Desc
	_, voting := a.top().(*voting)
	switch {
	case name == "enter":
		return a.words.Plain.Empty.of(does)
	case name == "up":
		switch l := a.top().(type) {
		case *ratingTable:
			return a.words.Plain.Person
		case *figures:
			return a.words.Plain.Rows.of(len(l.n))
		}
		return ""
	case name == "v" && voting:
		does = a.words.Plain.Show
	case name == "esc" || name == "tab":
		name = "b"
	}
	return name + " " + does
}
