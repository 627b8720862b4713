package draw

import (
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// Stroke is one key press: its name, for what it does, and its text, for what
// it writes.
type Stroke struct {
	Name string // enter, tab, esc, up, 1, ?, … ; letters in lower case but L and T
	Text string // "" for keys that write nothing
}

// StrokesOf reads a key press. One press may carry several characters, each of
// which counts as a key. Full-width twins (１ ？ ｙ) count as the keys that
// they look like, so that an input method left on stops nobody. So do the ways in
// which terminals send Backspace, Enter and the digits of the keypad.
func StrokesOf(m tea.KeyPressMsg) []Stroke {
	if m.Text == "" || m.Mod&(tea.ModCtrl|tea.ModAlt) != 0 {
		name := m.Keystroke()
		k := Stroke{Name: name}
		if twin, ok := twins[name]; ok {
			k.Name = twin
		} else if k.Digit() >= 0 {
			k.Text = name
		}
		return []Stroke{k}
	}
	var keys []Stroke
	for _, r := range m.Text {
		keys = append(keys, Stroke{Name: KeyName(r), Text: string(r)})
	}
	return keys
}

// twins are what terminals send for other keys, too: ^H and ^J.
var twins = map[string]string{"ctrl+h": "backspace", "ctrl+j": "enter"}

// KeyName returns the name of the key that writes r.
func KeyName(r rune) string {
	switch {
	case r == ' ' || r == '\u3000':
		return "space"
	case r >= '！' && r <= '～': // the full-width forms of ! to ~
		r -= '！' - '!'
	case r == '。':
		r = '.'
	case r == '、': // where / stands
		r = '/'
	}
	if r == 'L' || r == 'T' { // the language, the colours: no letter of a page
		return string(r)
	}
	return string(unicode.ToLower(r))
}

// Digit returns the digit of a key, or -1.
func (k Stroke) Digit() int {
	if len(k.Name) == 1 && k.Name[0] >= '0' && k.Name[0] <= '9' {
		return int(k.Name[0] - '0')
	}
	return -1
}
