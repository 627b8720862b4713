package draw

import (
	"strings"
	"unicode"
)

// Clean returns typed text as it may be drawn on somebody else's terminal: one
// line, without control and formatting characters, and with quotation marks and
// dashes whose width terminals disagree about (SCREENS.md §4.3) replaced.
func Clean(text string) string {
	if harmless(text) {
		return text
	}
	return Drawable(narrow.Replace(text))
}

// harmless reports whether a text has nothing but letters of ASCII, Chinese characters
// and their punctuation, as most names and lists of names do: nothing in it needs a look.
func harmless(text string) bool {
	for _, r := range text {
		switch {
		case r >= ' ' && r < 0x7f:
		case r >= '一' && r <= '鿿', r >= '！' && r <= '～', r >= '、' && r <= '】':
		default:
			return false
		}
	}
	return true
}

// Drawable returns text without the characters that could act on a terminal or
// hide text, line ends among them. All others stay as they are: in a file's
// name they matter.
func Drawable(text string) string { return strings.Map(DrawableRune, text) }

// narrow replaces characters of ambiguous width that preset titles and typed
// texts often carry.
var narrow = strings.NewReplacer(
	"“", "「", "”", "」", "‘", "『", "’", "』", "…", "...", "—", "-", "·", "・", "×", "x",
	"\r\n", " ", "\n", " ", "\r", " ", "\t", " ",
)

// cleanRune is Clean of one character of a text.
func cleanRune(r rune) string {
	if r < 0x80 {
		return string(r)
	}
	return Clean(string(r))
}

// DrawableRune returns r, or -1 for a character that could act on a terminal or
// hide text.
func DrawableRune(r rune) rune {
	if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) ||
		r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar {
		return -1
	}
	return r
}

// CleanLines is Clean for texts of several lines.
func CleanLines(text string) []string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
	for i, l := range lines {
		lines[i] = Clean(l)
	}
	return lines
}
