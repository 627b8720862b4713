package tui

import (
	"regexp"
	"strings"

	"pingyi/tui/draw"
)

// Phrases do not know how keys are pressed: they name a key as ⟦enter⟧, or with
// its verb as ⟦press enter⟧ (⟦Press enter⟧ where a sentence begins). Each
// rendering puts in what the key is called there. ⟦press enter|tap it⟧ says where
// nothing is pressed what stands behind the stroke.
var keyMark = regexp.MustCompile(`⟦(press |Press )?([^⟦⟧ |]+)(?:\|([^⟦⟧]*))?⟧( ?)`)

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
	if !strings.Contains(text, "⟦") {
		return text
	}
	return keyMark.ReplaceAllStringFunc(text, func(mark string) string {
		m := keyMark.FindStringSubmatch(mark)
		verb, name, space := m[1], w.keyName(m[2], spoken), m[4]
		say := map[string]string{"press ": w.Keys.Press, "Press ": w.Keys.PressFirst}
		if spoken && m[2] != "return" { // which ends a line, too
			say = map[string]string{"press ": w.Keys.Type, "Press ": w.Keys.TypeFirst}
		}
		if verb = say[verb]; verb != "" && name[0] < 0x80 {
			verb += " "
		}
		if name[len(name)-1] >= 0x80 {
			space = "" // between two wide characters
		}
		return verb + name + space
	})
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
