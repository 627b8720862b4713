package tui

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/tui/draw"
)

// reply carries out a typed line on the page that is seen: a number takes its
// row, a letter is its key, an empty line is Enter. On a page for writing it is
// text.
func (t *teller) reply(text string) tea.Cmd {
	a := t.a
	p := a.seen()
	if w := p.input.text; w != nil {
		return t.write(w, text)
	}
	keys := typedKeys(text)
	fields := strings.Fields(strings.Join(keys, ""))
	number, err := strconv.Atoi(strings.Join(fields, ""))
	switch {
	case p.wall != nil && (len(fields) != 1 || fields[0] != "q"):
		return nil
	case p.input.kind == tableInput && len(fields) == 2:
		return t.cell(p.input, fields)
	case p.input.kind == numberInput && numbers(fields) && len(fields) == p.input.rows:
		return t.fill(p.input, fields)
	case len(fields) == 0:
		return a.strike(draw.Stroke{Name: "enter"})
	case err == nil && len(fields) == 1:
		return t.number(p, fields[0], number)
	case len([]rune(fields[0])) == 1 && len(fields) == 1:
		return t.letter(p, fields[0])
	}
	a.tell(draw.Warn, a.words.Plain.NotUnderstood)
	return nil
}

// typedKeys returns the names of the keys that write a text. Full-width twins
// count as the keys that they look like.
func typedKeys(text string) []string {
	var keys []string
	for _, r := range text {
		name := draw.KeyName(r)
		if name == "space" {
			name = " "
		}
		keys = append(keys, name)
	}
	return keys
}

// write adds a line to the text being written, or ends the text.
func (t *teller) write(w *write, text string) tea.Cmd {
	keys := strings.TrimSpace(strings.Join(typedKeys(text), ""))
	switch {
	case keys == ".":
		return t.a.presses("tab")
	case w.Single:
		if text != "" {
			w.Set("")
			w.insert(t.a, text)
		}
		return t.a.presses("enter")
	case keys == "..":
		t.a.tell(draw.Muted, t.a.words.Plain.Dropped.of(draw.Clean(w.DropLine())))
		w.keep(t.a)
		return nil
	}
	w.Editor.At = len(w.Text)
	if n := len(w.Text); n > 0 && w.Text[n-1] != '\n' {
		w.insert(t.a, "\n")
	}
	w.insert(t.a, text+"\n")
	return nil
}

// number takes a numbered row, or fills a number in. In the rating table a grade
// waits for an empty line.
func (t *teller) number(p page, digits string, n int) tea.Cmd {
	a := t.a
	each := strings.Split(digits, "")
	switch p.input.kind {
	case tableInput:
		if len(each) > 1 {
			each = []string{"9"} // not a grade, so the table says how to answer
		}
		return t.a.presses(each...)
	case numberInput:
		if p.input.at == p.input.rows || len(each) > 4 {
			a.tell(draw.Warn, a.words.Plain.NotUnderstood)
			return nil
		}
		p.input.pick(p.input.at) // its number begins anew
		return t.a.presses(append(each, "enter")...)
	case gradeInput:
		if n > p.input.most || len(each) > 1 {
			a.tell(draw.Warn, a.words.Plain.NoGrade.of(p.input.most))
			return nil
		}
		return t.a.presses(digits)
	}
	switch rows := len(p.options()); {
	case rows == 0 && bound(p, digits):
		return t.a.presses(digits)
	case rows == 0:
		a.tell(draw.Warn, a.words.Plain.NotUnderstood)
		return nil
	case n < 1 || n > rows:
		a.tell(draw.Warn, a.words.Plain.NoNumber.of(rows))
		return nil
	}
	if p.direct {
		return t.a.presses(digits)
	}
	return t.a.presses(append(strings.Split(strconv.Itoa(n), ""), "enter")...)
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
func (t *teller) fill(in input, fields []string) tea.Cmd {
	in.pick(0)
	var keys []string
	for _, f := range fields {
		keys = append(append(keys, strings.Split(f, "")...), "enter")
	}
	return t.a.presses(keys...)
}

// cell gives a row of a table a digit.
func (t *teller) cell(in input, fields []string) tea.Cmd {
	a := t.a
	row, no := strconv.Atoi(fields[0])
	digit, bad := strconv.Atoi(fields[1])
	if no != nil || bad != nil || row < 1 || row > in.rows || digit < 1 || digit > in.most {
		a.tell(draw.Warn, a.words.Plain.NoPerson.of(in.rows, in.most))
		return nil
	}
	in.pick(row - 1)
	return t.a.presses(strconv.Itoa(digit))
}

// letter presses a letter's key. j and k go down and up where numbers are
// something else; b also goes back where only Esc would.
func (t *teller) letter(p page, name string) tea.Cmd {
	rows := p.input.kind == tableInput || p.input.kind == numberInput
	switch {
	case rows && name == "j":
		return t.a.presses("down")
	case rows && name == "k":
		return t.a.presses("up")
	case name == "q":
		return t.quit()
	case p.input.kind == gradeInput && (name == "h" || name == "?"):
		t.again(name == "h")
		return nil
	case name == "b" && !bound(p, "b") && bound(p, "esc"):
		return t.a.presses("esc")
	}
	return t.a.presses(name)
}

// quit leaves at once where leaving stops nothing else: a typed line is no slip
// of a finger.
func (t *teller) quit() tea.Cmd {
	if (t.a.Hosts || t.a.place == placeConsole) && t.a.leaving == "" {
		return t.a.presses("q")
	}
	t.owed = false
	return t.a.quit("q", "q")
}

// bound reports whether a key does something on a page.
func bound(p page, name string) bool {
	return slices.ContainsFunc(p.keys, func(b bind) bool { return b.has(draw.Stroke{Name: name}) })
}

// sameChoice reports whether two choices are the same row.
func sameChoice(c, d choice) bool { return c.name() == d.name() }

// ask returns what can be typed now.
func (t *teller) ask(p page) string {
	w := t.a.words.Plain
	if in := p.input.text; in != nil {
		if in.Single {
			return w.OneLine
		}
		return w.ManyLines
	}
	var ways []string
	if n := len(p.options()); n > 1 {
		ways = append(ways, w.Numbers.of(n))
	}
	for _, b := range p.keys {
		if way := t.way(p.input, b); way != "" && !b.quiet && b.Enabled() {
			ways = append(ways, way)
		}
	}
	if p.input.kind == gradeInput {
		ways = append(ways, w.Grades)
	}
	return w.Ask.of(strings.Join(append(ways, w.Leave), t.a.words.Common.Comma))
}

// way says how a key is typed in a line and what it does; "" if it cannot be.
func (t *teller) way(in input, b bind) string {
	w := t.a.words.Plain
	name, does := b.key(), b.label()
	switch {
	case name == "enter":
		return w.Empty.of(does)
	case name == "up" && in.kind == tableInput:
		return w.Person
	case name == "up" && in.kind == numberInput:
		return w.Rows.of(in.rows)
	case name == "up":
		return ""
	case name == "?" && in.kind == gradeInput:
		does = w.Question
	case b.aloud != "":
		does = b.aloud
	case name == "esc" || name == "tab":
		name = "b"
	}
	return name + " " + does
}
