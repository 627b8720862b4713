package tui

import (
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// stroke is one key press: its name, for what it does, and its text, for what
// it writes.
type stroke struct {
	name string // enter, tab, esc, up, 1, ?, … ; letters in lower case but L and T
	text string // "" for keys that write nothing
}

// strokesOf reads a key press. One press may carry several characters, each of
// which counts as a key. Full-width twins (１ ？ ｙ) count as the keys that
// they look like, so that an input method left on stops nobody.
func strokesOf(m tea.KeyPressMsg) []stroke {
	if m.Text == "" || m.Mod&(tea.ModCtrl|tea.ModAlt) != 0 {
		return []stroke{{name: m.Keystroke()}}
	}
	var keys []stroke
	for _, r := range m.Text {
		keys = append(keys, stroke{name: keyName(r), text: string(r)})
	}
	return keys
}

// keyName returns the name of the key that writes r.
func keyName(r rune) string {
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

// digit returns the digit of a key, or -1.
func (k stroke) digit() int {
	if len(k.name) == 1 && k.name[0] >= '0' && k.name[0] <= '9' {
		return int(k.name[0] - '0')
	}
	return -1
}
