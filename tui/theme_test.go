package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// What is drawn is what is sent: a style may add attributes and no cell.
func TestAToneChangesNoCell(t *testing.T) {
	text := "  学习 a、b  "
	for _, of := range schemes {
		for _, p := range []colorprofile.Profile{colorprofile.ANSI, colorprofile.ANSI256} {
			changesNoCell(t, newTheme(of, p), text)
		}
	}
}

func changesNoCell(t *testing.T, theme theme, text string) {
	t.Helper()
	for tone := plain; tone <= filled; tone++ {
		painted := theme.paint(line{{text, tone}})
		if got := ansi.Strip(painted); got != text {
			t.Errorf("tone %d draws %q", tone, got)
		}
		if tone == plain && painted != text {
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
		want scheme
	}{
		{"", mono},
		{"TERM=dumb", mono},
		{"TERM=xterm-256color NO_COLOR=1", mono},
		{"TERM=xterm-256color", anyGround},
		{"TERM=xterm COLORFGBG=15;0", darkGround},
		{"TERM=xterm COLORFGBG=0;default;15", lightGround},
		{"TERM=xterm COLORFGBG=0;7", lightGround},
		{"TERM=xterm COLORFGBG=nonsense", anyGround},
	} {
		if got := schemeFor(strings.Fields(c.env)); got != c.want {
			t.Errorf("%q: %s, want %s", c.env, got, c.want)
		}
	}
}

func TestWithoutColoursNoColourIsSent(t *testing.T) {
	theme := newTheme(mono, colorprofile.ANSI)
	for tone := plain; tone <= filled; tone++ {
		for _, colour := range []string{"[3", "[4", ";3", ";4", "[9"} {
			if out := theme.paint(line{{"a", tone}}); strings.Contains(out, colour) {
				t.Errorf("tone %d sends %q", tone, out)
			}
		}
	}
}

func TestAKeyChangesColoursAndLanguage(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	m := p.as("m05")
	m.press("L").sees("Sign in").press("L").sees("签到")
	momentOf(t, "ballot-sealing").as("m05").press("L").sees("recovery code").seesNo("恢复码")
	before := m.app.theme
	if m.press("T"); m.app.theme == before {
		t.Error("T changes nothing")
	}
}
