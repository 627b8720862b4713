package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// What is drawn is what is sent: a style may add attributes and no cell.
func TestAToneChangesNoCell(t *testing.T) {
	theme := newTheme()
	text := "  学习 a、b  "
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
