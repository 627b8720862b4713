package draw

import (
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// Theme has a style for every tone, always on the terminal's own background.
// Without colours bold, faint and reverse remain. Every session builds its own:
// a style of the package would be made for the server's terminal.
//
// Styles never wrap, pad or align: the library pushes a run of Chinese after a
// Latin word to the next line, and lets a line begin with ， (SCREENS.md §4.3).
// Layout is done by wrap and flow.
type Theme [Filled + 1]struct{ begin, end string }

// Scheme is the set of colours for which a theme is made.
type Scheme string

// The schemes.
const (
	AnyGround   Scheme = "any" // colours that are readable on dark and on light
	DarkGround  Scheme = "dark"
	LightGround Scheme = "light"
	Mono        Scheme = "mono"
)

// Schemes lists the schemes in the order in which the key T goes through them.
func Schemes() []Scheme { return []Scheme{AnyGround, DarkGround, LightGround, Mono} }

// palette has the colours of a scheme, as lipgloss names them. Red means "now"
// and "yours"; "" leaves the terminal's own colour.
type palette struct{ red, ground, onGround, grey, warn string }

var (
	in16 = map[Scheme]palette{
		AnyGround:   {red: "9", ground: "1", onGround: "15", warn: "5"},
		DarkGround:  {red: "9", ground: "1", onGround: "15", grey: "7", warn: "13"},
		LightGround: {red: "1", ground: "1", onGround: "15", grey: "8", warn: "5"},
		Mono:        {},
	}
	in256 = map[Scheme]palette{
		AnyGround:   {red: "196", ground: "124", onGround: "231", grey: "244", warn: "133"},
		DarkGround:  {red: "203", ground: "124", onGround: "231", grey: "246", warn: "176"},
		LightGround: {red: "124", ground: "124", onGround: "231", grey: "242", warn: "90"},
		Mono:        {},
	}
)

// SchemeFor returns the scheme that an environment asks for. COLORFGBG=15;0
// says that the background is dark; NO_COLOR, and a terminal without colours,
// that there are none.
func SchemeFor(env []string) Scheme {
	if colorprofile.Env(env) < colorprofile.ANSI {
		return Mono
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
			return LightGround
		default:
			return DarkGround
		}
	}
	return AnyGround
}

// NewTheme makes a scheme's theme for a terminal of 16 colours, or of 256 and
// more.
func NewTheme(of Scheme, profile colorprofile.Profile) Theme {
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
	var t Theme
	for tone, s := range map[Tone]lipgloss.Style{
		Plain:  style(),
		Strong: style().Bold(true),
		Accent: colour(style().Bold(true), p.red),
		Banner: head,
		Muted:  past,
		Warn:   colour(style().Bold(true), p.warn),
		Late:   colour(style().Reverse(true), p.warn),
		Ink:    dark,
		blank:  light,
		Filled: style().Reverse(true),
	} {
		// Rendering a style takes longer than everything else in a change of screen:
		// so it is asked once how it begins and ends.
		t[tone].begin, t[tone].end, _ = strings.Cut(s.Render("."), ".")
	}
	return t
}

// Paint returns the line as it is sent to the terminal.
func (t Theme) Paint(l Line) string {
	var out strings.Builder
	for _, s := range l {
		if s.Text != "" {
			out.WriteString(t[s.Tone].begin + s.Text + t[s.Tone].end)
		}
	}
	return out.String()
}
