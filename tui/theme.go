package tui

import (
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// theme has a style for every tone, always on the terminal's own background.
// Without colours bold, faint and reverse remain. Every session builds its own:
// a style of the package would be made for the server's terminal.
//
// Styles never wrap, pad or align: the library pushes a run of Chinese after a
// Latin word to the next line, and lets a line begin with ， (SCREENS.md §4.3).
// Layout is done by wrap and flow.
type theme [filled + 1]struct{ begin, end string }

// scheme is the set of colours for which a theme is made.
type scheme string

const (
	anyGround   scheme = "any" // colours that are readable on dark and on light
	darkGround  scheme = "dark"
	lightGround scheme = "light"
	mono        scheme = "mono"
)

// schemes lists the schemes in the order in which the key T goes through them.
var schemes = []scheme{anyGround, darkGround, lightGround, mono}

// palette has the colours of a scheme, as lipgloss names them. Red means "now"
// and "yours"; "" leaves the terminal's own colour.
type palette struct{ red, ground, onGround, grey, warn string }

var (
	in16 = map[scheme]palette{
		anyGround:   {red: "9", ground: "1", onGround: "15", warn: "5"},
		darkGround:  {red: "9", ground: "1", onGround: "15", grey: "7", warn: "13"},
		lightGround: {red: "1", ground: "1", onGround: "15", grey: "8", warn: "5"},
		mono:        {},
	}
	in256 = map[scheme]palette{
		anyGround:   {red: "196", ground: "124", onGround: "231", grey: "244", warn: "133"},
		darkGround:  {red: "203", ground: "124", onGround: "231", grey: "246", warn: "176"},
		lightGround: {red: "124", ground: "124", onGround: "231", grey: "242", warn: "90"},
		mono:        {},
	}
)

// schemeFor returns the scheme that an environment asks for. COLORFGBG=15;0
// says that the background is dark; NO_COLOR, and a terminal without colours,
// that there are none.
func schemeFor(env []string) scheme {
	if colorprofile.Env(env) < colorprofile.ANSI {
		return mono
	}
	for _, v := range env {
		colours, ok := strings.CutPrefix(v, "COLORFGBG=")
		if !ok {
			continue
		}
		ground, err := strconv.Atoi(colours[strings.LastIndex(colours, ";")+1:])
		switch {
		case err != nil:
		case ground == 7 || ground > 8:
			return lightGround
		default:
			return darkGround
		}
	}
	return anyGround
}

// newTheme makes a scheme's theme for a terminal of 16 colours, or of 256 and
// more.
func newTheme(of scheme, profile colorprofile.Profile) theme {
	p := in16[of]
	if profile >= colorprofile.ANSI256 {
		p = in256[of]
	}
	style := lipgloss.NewStyle
	colour := func(s lipgloss.Style, name string) lipgloss.Style {
		if name == "" {
			return s
		}
		return s.Foreground(lipgloss.Color(name))
	}
	head := style().Bold(true).Reverse(true)
	if p.ground != "" {
		head = colour(style().Bold(true), p.onGround).Background(lipgloss.Color(p.ground))
	}
	dark, light := style(), style().Reverse(true) // of a QR code
	if p.ground != "" {
		dark, light = dark.Background(lipgloss.Black), light.Foreground(lipgloss.BrightWhite).Background(lipgloss.Black)
	}
	past := style().Faint(true)
	if p.grey != "" {
		past = colour(style(), p.grey)
	}
	var t theme
	for tone, s := range map[tone]lipgloss.Style{
		plain:  style(),
		strong: style().Bold(true),
		accent: colour(style().Bold(true), p.red),
		banner: head,
		muted:  past,
		warn:   colour(style().Bold(true), p.warn),
		late:   colour(style().Reverse(true), p.warn),
		ink:    dark,
		blank:  light,
		filled: style().Reverse(true),
	} {
		// Rendering a style takes longer than everything else in a change of screen:
		// so it is asked once how it begins and ends.
		t[tone].begin, t[tone].end, _ = strings.Cut(s.Render("."), ".")
	}
	return t
}

// paint returns the line as it is sent to the terminal.
func (t theme) paint(l line) string {
	var out strings.Builder
	for _, s := range l {
		if s.text != "" {
			out.WriteString(t[s.tone].begin + s.text + t[s.tone].end)
		}
	}
	return out.String()
}
