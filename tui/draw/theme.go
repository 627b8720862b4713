package draw

import (
	"strings"
	"sync"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// Theme has a style for every tone. It is made for a session's terminal: a style of
// the package would be made for the server's.
//
// Nobody knows the terminal's ground: over SSH it is not told. Text keeps the
// terminal's own colour, or has one that is readable on black and on white, or
// brings its own ground.
//
// Styles never wrap, pad or align: the library pushes a run of Chinese after a
// Latin word to the next line, and lets a line begin with ， (SCREENS.md §4.3).
// Layout is done by wrap and flow.
type Theme [Filled + 1]struct{ begin, end string }

// Scheme is the set of colours for which a theme is made.
type Scheme string

// The schemes.
const (
	Colours Scheme = "colours"
	Mono    Scheme = "mono" // bold and reverse remain
	OnWall  Scheme = "wall" // for a room: colours only on a ground of their own
)

// Schemes lists the schemes of a person's screen in the order in which the key T
// goes through them.
func Schemes() []Scheme { return []Scheme{Colours, Mono} }

// look is how a tone is drawn: colours as lipgloss names them, "" for the
// terminal's own. No bold with a dark colour of the 16: terminals brighten it.
type look struct {
	text, ground  string
	bold, reverse bool
}

type looks [Filled + 1]look

// plain is the look without colours, from which the others differ.
var plain = looks{
	Strong: {bold: true}, Accent: {bold: true}, Banner: {bold: true, reverse: true}, Warn: {bold: true},
	Late: {reverse: true}, blank: {reverse: true}, Filled: {reverse: true},
}

// Red means "now" and "yours"; a warning is black on yellow, or purple. Bright
// grounds are reversed text, as not every terminal has them otherwise. The
// contrasts are measured by TestContrast.
var (
	in16 = plain.with(looks{
		Banner: {text: "15", ground: "1", bold: true},
		Warn:   {text: "11", ground: "0", reverse: true}, Late: {text: "11", ground: "0", reverse: true},
		Shade: {ground: "0"}, Ink: {ground: "0"}, blank: {text: "15", ground: "0", reverse: true},
	})
	in256 = in16.with(looks{
		Accent: {text: "131", bold: true}, Banner: {text: "231", ground: "124", bold: true},
		Muted: {text: "243"}, Warn: {text: "163", bold: true}, Late: {text: "16", ground: "226"}, Shade: {ground: "16"},
	})
	onWall16  = in16.with(looks{Banner: plain[Banner]})
	onWall256 = in16.with(looks{Banner: in256[Banner], Warn: in256[Late], Late: in256[Late], Shade: in256[Shade]})
)

// with returns the looks with other ones for some tones.
func (l looks) with(others looks) looks {
	for tone, o := range others {
		if o != (look{}) {
			l[tone] = o
		}
	}
	return l
}

// looksOf returns the looks of a scheme on a terminal.
func looksOf(k themeKey) looks {
	switch {
	case k.of == Colours && k.many:
		return in256
	case k.of == Colours:
		return in16
	case k.of == OnWall && k.many:
		return onWall256
	case k.of == OnWall:
		return onWall16
	}
	return plain
}

// SchemeFor returns the scheme for what an environment says of a terminal's colours.
// NO_COLOR, and a terminal without colours, say that there are none.
func SchemeFor(profile colorprofile.Profile) Scheme {
	if profile < colorprofile.ANSI {
		return Mono
	}
	return Colours
}

// NewTheme returns a scheme's theme for a terminal of 16 colours, or of 256 and
// more.
func NewTheme(of Scheme, profile colorprofile.Profile) Theme {
	key := themeKey{of, profile >= colorprofile.ANSI256}
	made, _ := themes.Load(key)
	t, ready := made.(Theme)
	if ready {
		return t
	}
	for tone, l := range looksOf(key) {
		// Rendering a style takes longer than everything else in a change of screen:
		// so it is asked once how it begins and ends.
		t[tone].begin, t[tone].end, _ = strings.Cut(l.style().Render("."), ".")
	}
	themes.Store(key, t)
	return t
}

// themes are those that were made, by their [themeKey].
var themes sync.Map

// themeKey is everything that a theme depends on.
type themeKey struct {
	of   Scheme
	many bool // the terminal has 256 colours or more
}

func (l look) style() lipgloss.Style {
	s := lipgloss.NewStyle().Bold(l.bold).Reverse(l.reverse)
	if l.text != "" {
		s = s.Foreground(lipgloss.Color(l.text))
	}
	if l.ground != "" {
		s = s.Background(lipgloss.Color(l.ground))
	}
	return s
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
