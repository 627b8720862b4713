package tui

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// theme has a style for every tone. It uses the sixteen colours and the ground
// that the terminal's owner has chosen, so that it is readable on dark and on
// light ones; without colours bold, faint and reverse remain. Red is deep as a
// ground, and bright as a colour of letters. Every session builds its own: a
// style of the package's would be made for the server's terminal.
//
// Nothing is wrapped, padded or aligned by a style: the library pushes a run of
// Chinese behind a Latin word to the next line, and lets a line begin with ，
// (terminal.md §3). Layout is wrap and flow.
type theme [filled + 1]struct{ begin, end string }

func newTheme() theme {
	style := lipgloss.NewStyle
	var t theme
	for tone, s := range map[tone]lipgloss.Style{
		strong: style().Bold(true),
		accent: style().Bold(true).Foreground(lipgloss.BrightRed),
		banner: style().Bold(true).Foreground(lipgloss.BrightWhite).Background(lipgloss.Red),
		muted:  style().Faint(true),
		warn:   style().Bold(true).Foreground(lipgloss.Magenta),
		filled: style().Reverse(true),
	} {
		// A style works for longer than all else that a change of screen takes:
		// it is asked once how it begins and ends.
		t[tone].begin, t[tone].end, _ = strings.Cut(s.Render("."), ".")
	}
	return t
}

// paint is the line as it is sent to the terminal.
func (t theme) paint(l line) string {
	var out strings.Builder
	for _, s := range l {
		if s.text != "" {
			out.WriteString(t[s.tone].begin + s.text + t[s.tone].end)
		}
	}
	return out.String()
}
