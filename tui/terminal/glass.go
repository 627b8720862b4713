package terminal

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// What a terminal is told at the start and at the end. A line never wraps: in a
// terminal that draws some character wider than it is counted here, that line
// loses its end and no other moves.
const (
	enter = ansi.SetModeAltScreenSaveCursor + ansi.SetModeBracketedPaste + ansi.ResetModeAutoWrap +
		ansi.ResetModeTextCursorEnable
	leave = ansi.ResetModeSynchronizedOutput + ansi.ResetStyle + ansi.ResetModeBracketedPaste + ansi.SetModeAutoWrap +
		ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable + "\r"
)

// glass is what a terminal shows, as far as it was told.
type glass struct {
	profile colorprofile.Profile

	windows int      // of the frame that is shown; 0: none
	content string   // of that frame
	rows    []string // the same by lines, as many as the window has
	cursor  tea.Position
	visible bool // the cursor is
}

// show is what turns the glass into a frame: nothing if it is that already.
func (g *glass) show(f frame) *bytes.Buffer {
	var out bytes.Buffer
	fresh := f.windows != g.windows
	if g.windows == 0 {
		out.WriteString(enter)
	}
	if fresh || f.content != g.content {
		g.draw(&out, f, fresh)
	}
	g.point(&out, f, out.Len() > 0)
	g.windows, g.content = f.windows, f.content
	return &out
}

// draw writes the lines that change, in one go for terminals that know how.
func (g *glass) draw(out *bytes.Buffer, f frame, fresh bool) {
	rows := rowsOf(f.content, f.height)
	if !fresh && slices.Equal(rows, g.rows) {
		return
	}
	out.WriteString(ansi.SetModeSynchronizedOutput)
	if fresh {
		out.WriteString(ansi.EraseEntireScreen)
		g.rows = make([]string, len(rows))
	}
	for y, row := range rows {
		if row != g.rows[y] {
			g.row(out, y, row, f.width, !fresh)
		}
	}
	out.WriteString(ansi.ResetModeSynchronizedOutput)
	g.rows = rows
}

// row writes one line, cut to the width. over says that another stands there,
// whose end has to go.
func (g *glass) row(out *bytes.Buffer, y int, row string, width int, over bool) {
	row = ansi.Truncate(row, width, "")
	fmt.Fprintf(out, "\x1b[%02d;1H", y+1) // of one length, so that it does not tell the line
	from := out.Len()
	// It fails only where the buffer does, and that panics.
	_, _ = (&colorprofile.Writer{Forward: out, Profile: g.profile}).WriteString(row)
	if sent := out.Bytes()[from:]; bytes.ContainsRune(sent, ansi.ESC) && !bytes.HasSuffix(sent, []byte(ansi.ResetStyle)) {
		out.WriteString(ansi.ResetStyle)
	}
	// Behind a full line the cursor still stands on its last cell.
	if over && ansi.StringWidth(row) < width {
		out.WriteString(ansi.EraseLineRight)
	}
}

// point puts the cursor where the frame wants it. moved says that it is
// somewhere else now.
func (g *glass) point(out *bytes.Buffer, f frame, moved bool) {
	if f.cursor == nil {
		if g.visible {
			out.WriteString(ansi.ResetModeTextCursorEnable)
		}
		g.visible = false
		return
	}
	at := tea.Position{X: max(0, min(f.cursor.X, f.width-1)), Y: max(0, min(f.cursor.Y, f.height-1))}
	if moved || !g.visible || at != g.cursor {
		out.WriteString(ansi.CursorPosition(at.X+1, at.Y+1))
	}
	if !g.visible {
		out.WriteString(ansi.SetModeTextCursorEnable)
	}
	g.cursor, g.visible = at, true
}

// leave is what gives the terminal back, with a last line of text.
func (g *glass) leave(last string) *bytes.Buffer {
	var out bytes.Buffer
	if g.windows > 0 {
		out.WriteString(leave)
	}
	if last != "" {
		out.WriteString(last + "\r\n")
	}
	return &out
}

// rowsOf are the lines of a text, exactly so many.
func rowsOf(content string, height int) []string {
	rows := make([]string, max(0, height))
	for y := range rows {
		rows[y], content, _ = strings.Cut(content, "\n")
	}
	return rows
}
