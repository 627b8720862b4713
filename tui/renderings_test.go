package tui

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pingyi/meeting"
)

// allOptions are the choices of a page, whether numbers select them or not.
func allOptions(p page) []choice {
	for _, b := range p.body {
		if o, ok := b.(options); ok {
			return o.rows
		}
	}
	return nil
}

// squeezed is a text without spaces and joiners, as it may be broken anywhere.
func squeezed(text string) string { return strings.Join(strings.Fields(plainText(text)), "") }

// agree checks that a page drawn in cells and told in plain words has the same
// choices, the same text and the same keys.
func agree(t *testing.T, what string, drawn, told *seat) {
	t.Helper()
	p, q := drawn.app.seen(), told.app.seen()
	if a, b := allOptions(p), allOptions(q); len(a) != len(b) {
		t.Errorf("%s: %d choices are drawn, %d told", what, len(a), len(b))
		return
	}
	heard := squeezed(strings.Join(told.teller.linesOf(q), " "))
	seen := squeezed(drawn.reads())
	for i, c := range allOptions(p) {
		label := squeezed(c.label)
		if !strings.Contains(seen, label) {
			t.Errorf("%s: the choice %q is not drawn:\n%s", what, c.label, drawn.screen())
		}
		if !strings.Contains(heard, label) || label != squeezed(allOptions(q)[i].label) {
			t.Errorf("%s: the choice %q is not told:\n%s", what, c.label, heard)
		}
	}
	if strings.ContainsAny(seen+heard, "⟦⟧") {
		t.Errorf("%s: a key has no name:\n%s\n%s", what, seen, heard)
	}
	if q.input.kind != textInput && (strings.Contains(heard, "Enter") || strings.Contains(heard, "上下键")) {
		t.Errorf("%s: a key is named where lines are typed:\n%s", what, heard)
	}
	ask := told.teller.ask(q)
	for _, b := range p.keys {
		if b.quiet || !b.Enabled() || q.input.kind == textInput {
			continue
		}
		if !strings.Contains(seen, squeezed(b.label())) {
			t.Errorf("%s: the key %s %q is not drawn", what, b.key(), b.label())
		}
		way := told.teller.way(q.input, b)
		if way != "" && !strings.Contains(ask, way) {
			t.Errorf("%s: the key %s %q is not told in %q", what, b.key(), b.label(), ask)
		}
		if way == "" && b.key() != "up" {
			t.Errorf("%s: the key %s %q has no line", what, b.key(), b.label())
		}
	}
}

// arrives says where somebody has come to: the page, what it offers, and the
// answer that was given.
func (s *seat) arrives() string {
	p := s.app.seen()
	text := fmt.Sprint(len(s.app.layers), p.input.kind, " ", s.app.said.Text)
	for _, b := range p.body {
		if h, ok := b.(title); ok {
			text += " " + h.text
		}
	}
	for _, c := range allOptions(p) {
		text += " / " + c.label
	}
	return text
}

// tall is a terminal on which every page fits.
func tall(p *play) *play {
	p.width, p.height = plainWidth, 200
	return p
}

// The same choices can be reached in both, at every moment and at every seat:
// a number and Enter on the screen lead where the number leads in a line.
func TestBothRenderingsReachTheSame(t *testing.T) {
	people := []meeting.MemberID{"m03", "m05", "m07", "m02", "g1", "q1"}
	for _, m := range story() {
		for _, who := range people {
			what := fmt.Sprintf("%s at %s", who, m.name)
			drawn, told := tall(m.play(t)).as(who), m.play(t).plainly(who)
			agree(t, what, drawn, told.seat)
			for i, c := range told.app.seen().options() {
				number := strconv.Itoa(i + 1)
				x := tall(m.play(t)).as(who).press(append(strings.Split(number, ""), "enter")...)
				y := m.play(t).plainly(who).types(number)
				if x.arrives() != y.arrives() {
					t.Errorf("%s: %s %q leads to\n%s\non the screen and to\n%s\nin words", what, number, c.label, x.arrives(), y.arrives())
				}
			}
		}
	}
}

// The pages that people open say the same in both.
func TestBothRenderingsSayTheSame(t *testing.T) {
	for _, v := range views {
		t.Run(v.name, func(t *testing.T) {
			drawn := tall(momentOf(t, v.moment)).as(v.who).opens(v.keys)
			told := momentOf(t, v.moment).plainly(v.who)
			told.opens(v.keys) // keys as a line would press them
			agree(t, v.name, drawn, told.seat)
		})
	}
}
