package draw_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pingyi/tui/draw"
)

// What is drawn is what is sent: a style may add attributes and no cell.
func TestAToneChangesNoCell(t *testing.T) {
	text := "  学习 a、b  "
	for _, of := range draw.Schemes() {
		for _, p := range []colorprofile.Profile{colorprofile.ANSI, colorprofile.ANSI256} {
			changesNoCell(t, draw.NewTheme(of, p), text)
		}
	}
}

func changesNoCell(t *testing.T, theme draw.Theme, text string) {
	t.Helper()
	for tone := draw.Plain; tone <= draw.Filled; tone++ {
		painted := theme.Paint(draw.Line{{Text: text, Tone: tone}})
		if got := ansi.Strip(painted); got != text {
			t.Errorf("tone %d draws %q", tone, got)
		}
		if tone == draw.Plain && painted != text {
			t.Errorf("plain text is sent as %q", painted)
		}
		if n := strings.Count(painted, "\x1b"); n > 2 {
			t.Errorf("tone %d sends %d escapes: %q", tone, n, painted)
		}
	}
}

func TestTheColoursFollowTheTerminal(t *testing.T) {
	for _, c := range []struct {
		env  string
		want draw.Scheme
	}{
		{"", draw.Mono},
		{"TERM=dumb", draw.Mono},
		{"TERM=xterm-256color NO_COLOR=1", draw.Mono},
		{"TERM=xterm-256color", draw.AnyGround},
		{"TERM=xterm COLORFGBG=15;0", draw.DarkGround},
		{"TERM=xterm COLORFGBG=0;default;15", draw.LightGround},
		{"TERM=xterm COLORFGBG=0;7", draw.LightGround},
		{"TERM=xterm COLORFGBG=nonsense", draw.AnyGround},
	} {
		if got := draw.SchemeFor(strings.Fields(c.env)); got != c.want {
			t.Errorf("%q: %s, want %s", c.env, got, c.want)
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
