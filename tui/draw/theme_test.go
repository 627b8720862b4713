package draw_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pingyi/tui/draw"
)

// everyTheme calls f with each theme that a session can have.
func everyTheme(f func(of draw.Scheme, name string, theme draw.Theme)) {
	for _, of := range append(draw.Schemes(), draw.OnWall) {
		for _, p := range []colorprofile.Profile{colorprofile.ANSI, colorprofile.ANSI256} {
			f(of, fmt.Sprintf("%s in %s", of, p), draw.NewTheme(of, p))
		}
	}
}

// What is drawn is what is sent: a style may add attributes and no cell.
func TestAToneChangesNoCell(t *testing.T) {
	text := "  学习 a、b  "
	everyTheme(func(_ draw.Scheme, name string, theme draw.Theme) {
		for tone := draw.Plain; tone <= draw.Filled; tone++ {
			painted := theme.Paint(draw.Line{{Text: text, Tone: tone}})
			if got := ansi.Strip(painted); got != text {
				t.Errorf("%s: tone %d draws %q", name, tone, got)
			}
			if tone == draw.Plain && painted != text {
				t.Errorf("%s: plain text is sent as %q", name, painted)
			}
			if n := strings.Count(painted, "\x1b"); n > 2 {
				t.Errorf("%s: tone %d sends %d escapes: %q", name, tone, n, painted)
			}
		}
	})
}

func TestTheColoursFollowTheTerminal(t *testing.T) {
	for _, c := range []struct {
		env  string
		want draw.Scheme
	}{
		{"", draw.Mono},
		{"TERM=dumb", draw.Mono},
		{"TERM=xterm-256color NO_COLOR=1", draw.Mono},
		{"TERM=xterm-256color", draw.Colours},
		{"TERM=linux", draw.Colours},
	} {
		if got := draw.SchemeFor(colorprofile.Env(strings.Fields(c.env))); got != c.want {
			t.Errorf("%q: %s, want %s", c.env, got, c.want)
		}
	}
}

// A row in a theme's colours is sent as it is: nothing in it is beyond its terminal.
func TestAThemeHasOnlyColoursOfItsTerminal(t *testing.T) {
	for _, p := range []colorprofile.Profile{colorprofile.ANSI, colorprofile.ANSI256, colorprofile.TrueColor} {
		for _, scheme := range []draw.Scheme{draw.Colours, draw.Mono, draw.OnWall} {
			theme := draw.NewTheme(scheme, p)
			for tone := draw.Plain; tone <= draw.Filled; tone++ {
				text := theme.Paint(draw.Line{{Text: "等你办", Tone: tone}})
				var out strings.Builder
				if _, err := (&colorprofile.Writer{Forward: &out, Profile: p}).WriteString(text); err != nil || out.String() != text {
					t.Errorf("%s, %s, tone %d: %q is sent as %q, %v", scheme, p, tone, text, out.String(), err)
				}
			}
		}
	}
}

func TestWithoutColoursNoColourIsSent(t *testing.T) {
	theme := draw.NewTheme(draw.Mono, colorprofile.ANSI)
	for tone := draw.Plain; tone <= draw.Filled; tone++ {
		for _, colour := range []string{"[3", "[4", ";3", ";4", "[9"} {
			if out := theme.Paint(draw.Line{{Text: "a", Tone: tone}}); strings.Contains(out, colour) {
				t.Errorf("tone %d sends %q", tone, out)
			}
		}
	}
}

// rgb is a colour, 0xRRGGBB.
type rgb int

// xterm16 are the 16 colours as xterm has them before anybody changes them.
var xterm16 = [16]rgb{
	0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
	0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
}

// colour256 returns one of the 256 colours: the 16, a cube, and greys.
func colour256(n int) rgb {
	level := func(n int) int { return []int{0, 95, 135, 175, 215, 255}[n%6] }
	switch {
	case n < 16:
		return xterm16[n]
	case n < 232:
		n -= 16
		return rgb(level(n/36)<<16 | level(n/6)<<8 | level(n))
	}
	return rgb((8 + 10*(n-232)) * 0x010101)
}

// contrast returns the ratio of WCAG 2: 1 for equal colours, 21 for black on
// white.
func contrast(a, b rgb) float64 {
	luminance := func(c rgb) float64 {
		part := func(v rgb) float64 {
			x := float64(v&0xff) / 255
			if x <= 0.04045 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*part(c>>16) + 0.7152*part(c>>8) + 0.0722*part(c)
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// seen returns the colours of text and ground in a terminal with its own ones.
// Bold text in one of the eight dark colours is brightened, as many do.
func seen(t *testing.T, theme draw.Theme, tone draw.Tone, text, ground rgb) (rgb, rgb) {
	t.Helper()
	painted := theme.Paint(draw.Line{{Text: "x", Tone: tone}})
	begin, _, _ := strings.Cut(painted, "x")
	bold, reverse, own := false, false, -1
	codes := strings.FieldsFunc(begin, func(r rune) bool { return r == ';' || r == '\x1b' || r == '[' || r == 'm' })
	for i := 0; i < len(codes); i++ {
		n, err := strconv.Atoi(codes[i])
		if err != nil {
			t.Fatalf("tone %d begins with %q", tone, begin)
		}
		switch {
		case n == 1:
			bold = true
		case n == 7:
			reverse = true
		case n >= 30 && n < 38:
			own = n - 30
		case n >= 90 && n < 98:
			own = n - 90 + 8
		case n >= 40 && n < 48:
			ground = xterm16[n-40]
		case (n == 38 || n == 48) && i+2 < len(codes) && codes[i+1] == "5":
			c, _ := strconv.Atoi(codes[i+2])
			if i += 2; n == 38 {
				text = colour256(c)
			} else {
				ground = colour256(c)
			}
		default:
			t.Fatalf("tone %d has an attribute whose contrast is not known: %q", tone, begin)
		}
	}
	if own >= 0 {
		if bold && own < 8 {
			own += 8
		}
		text = xterm16[own]
	}
	if reverse {
		return ground, text
	}
	return text, ground
}

// The terminal's own colours are black on white or white on black; which, nobody
// knows.
func TestContrast(t *testing.T) {
	everyTheme(func(of draw.Scheme, name string, theme draw.Theme) {
		least := 4.5
		if of == draw.OnWall {
			least = 7
		}
		for _, own := range [][2]rgb{{0xffffff, 0x000000}, {0x000000, 0xffffff}} {
			for tone := draw.Plain; tone <= draw.Filled; tone++ {
				if tone == draw.Shade || tone == draw.Ink {
					continue // empty cells, which the two below are measured against
				}
				text, ground := seen(t, theme, tone, own[0], own[1])
				if got := contrast(text, ground); got < least {
					t.Errorf("%s on %06x: tone %d is %06x on %06x, %.2f:1", name, own[1], tone, text, ground, got)
				}
			}
			_, late := seen(t, theme, draw.Late, own[0], own[1])
			_, shade := seen(t, theme, draw.Shade, own[0], own[1])
			if got := contrast(late, shade); got < least {
				t.Errorf("%s on %06x: a cell that is late is %06x beside %06x, %.2f:1", name, own[1], late, shade, got)
			}
			_, filled := seen(t, theme, draw.Filled, own[0], own[1])
			if got := contrast(filled, own[1]); got < least {
				t.Errorf("%s on %06x: a cell is %06x, %.2f:1", name, own[1], filled, got)
			}
		}
	})
}

func TestTheMeasureOfContrast(t *testing.T) {
	for _, c := range []struct {
		a, b rgb
		want float64
	}{{0, 0xffffff, 21}, {0xff0000, 0xffffff, 4.0}, {0x777777, 0xffffff, 4.48}, {0xcd0000, 0xffffff, 5.84}} {
		if got := contrast(c.a, c.b); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%06x on %06x: %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}
