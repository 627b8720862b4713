package tui

import (
	"strings"

	"pingyi/tui/draw"
)

// Phrases do not know how keys are pressed: they name a key as ⟦enter⟧, or with
// its verb as ⟦press enter⟧ (⟦Press enter⟧ where a sentence begins). Each
// rendering puts in what the key is called there. ⟦press enter|tap it⟧ says where
// nothing is pressed what stands behind the stroke.
type keyMark struct {
	all   string // as it is written
	verb  string // "press " or "Press "; "": none
	key   string
	tap   string // what stands behind the stroke
	space string // the space behind the mark
}

const markBegins, markEnds = "⟦", "⟧"

// marked replaces the marks of keys in a text.
func marked(text string, by func(keyMark) string) string {
	var out strings.Builder
	for {
		at := strings.Index(text, markBegins)
		if at < 0 {
			out.WriteString(text)
			return out.String()
		}
		out.WriteString(text[:at])
		text = text[at:]
		if m, ok := markAt(text); ok {
			out.WriteString(by(m))
			text = text[len(m.all):]
		} else { // somebody wrote it, who knows of no keys
			out.WriteString(markBegins)
			text = text[len(markBegins):]
		}
	}
}

// markAt returns the mark with which a text begins.
func markAt(text string) (m keyMark, ok bool) {
	inside, rest, ended := strings.Cut(text[len(markBegins):], markEnds)
	if !ended || strings.Contains(inside, markBegins) {
		return m, false
	}
	name, tap, _ := strings.Cut(inside, "|")
	for _, verb := range []string{"press ", "Press "} {
		if key, has := strings.CutPrefix(name, verb); has {
			m.verb, name = verb, key
			break
		}
	}
	if strings.HasPrefix(rest, " ") {
		m.space = " "
	}
	m.key, m.tap = name, tap
	m.all = text[:len(markBegins)+len(inside)+len(markEnds)+len(m.space)]
	return m, name != "" && !strings.Contains(name, " ")
}

// keyWords are what keys are called.
type keyWords struct {
	Press, PressFirst string            // a key
	Type, TypeFirst   string            // a line
	Names             map[string]string // of keys that are called otherwise than themselves
	Lines             map[string]string // what is typed in a line for a key, if it is not its letter
}

// named returns a text in which keys are called what they are called on a
// screen or, spoken, where lines are typed.
func (w *Words) named(text string, spoken bool) string {
	if !strings.Contains(text, markBegins) {
		return text
	}
	return marked(text, func(m keyMark) string {
		name, press, first := w.keyName(m.key, spoken), w.Keys.Press, w.Keys.PressFirst
		if spoken && m.key != "return" { // which ends a line, too
			press, first = w.Keys.Type, w.Keys.TypeFirst
		}
		verb := m.verbOf(press, first)
		if verb != "" && name[0] < 0x80 {
			verb += " "
		}
		if name[len(name)-1] >= 0x80 {
			m.space = "" // between two wide characters
		}
		return verb + name + m.space
	})
}

// verbOf returns the verb, of those within a sentence and at its beginning; "" if the
// mark has none.
func (m keyMark) verbOf(within, first string) string {
	switch m.verb {
	case "":
		return ""
	case "press ":
		return within
	}
	return first
}

// keyName returns what a key is called.
func (w *Words) keyName(key string, spoken bool) string {
	if line, ok := w.Keys.Lines[key]; ok && spoken {
		return line
	}
	if name, ok := w.Keys.Names[key]; ok {
		return name
	}
	return w.capOf(key)
}

// named returns the line with its keys named.
func (s *setting) named(l []draw.Span) draw.Line {
	out := make(draw.Line, len(l))
	for i, t := range l {
		out[i] = draw.Span{Text: s.words.named(t.Text, s.spoken), Tone: t.Tone}
	}
	return out
}
