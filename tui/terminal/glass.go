package terminal

import (
	"bytes"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// What is sent at the start and at the end. Lines never wrap: on a terminal
// that draws some character wider than it is counted here, that line loses its
// end and no other moves.
const (
	enter = ansi.SetModeAltScreenSaveCursor + ansi.SetModeBracketedPaste + ansi.ResetModeAutoWrap +
		ansi.ResetModeTextCursorEnable
	// Leave gives a terminal back as it was. It is exported for who finds that the
	// program that drew on it could not.
	Leave = ansi.ResetModeSynchronizedOutput + ansi.ResetStyle + ansi.ResetModeBracketedPaste + ansi.SetModeAutoWrap +
		ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable + "\r"
)

// glass is what a terminal shows, as far as it was sent.
type glass struct {
	profile colorprofile.Profile

	windows int    // the window count of the frame that is shown; 0: none
	rings   int    // the rings that were heard
	rows    []*Row // the rows of that frame, as many as the window has
	cursor  tea.Position
	visible bool // the cursor is visible
}

// anew is the glass after it was left: nothing of ours is on the terminal.
func (g *glass) anew() glass { return glass{profile: g.profile, rings: g.rings} }

// show writes the bytes that turn the glass into a frame, none if it shows the frame
// already.
func (g *glass) show(out *bytes.Buffer, f frame) {
	fresh := f.windows != g.windows
	if g.windows == 0 {
		out.WriteString(enter)
	}
	g.draw(out, f, fresh)
	g.point(out, f, out.Len() > 0)
	if f.rings > g.rings {
		out.WriteByte(ansi.BEL)
	}
	g.windows, g.rings = f.windows, f.rings
}

// draw writes the rows that change, as one update for terminals that support it.
func (g *glass) draw(out *bytes.Buffer, f frame, fresh bool) {
	rows := rowsFor(f.rows, f.height)
	if !fresh && slices.EqualFunc(rows, g.rows, (*Row).same) {
		return
	}
	out.WriteString(ansi.SetModeSynchronizedOutput)
	if fresh {
		out.WriteString(ansi.EraseEntireScreen)
		g.rows = rowsFor(nil, len(rows))
	}
	for y, row := range rows {
		if !row.same(g.rows[y]) {
			g.row(out, y, row, f.width, !fresh)
		}
	}
	out.WriteString(ansi.ResetModeSynchronizedOutput)
	g.rows = rows
}

// row writes one row, cut to the width. over says that another row is there, whose
// end must be cleared.
func (g *glass) row(out *bytes.Buffer, y int, row *Row, width int, over bool) {
	out.WriteString("\x1b[")
	if y+1 < 10 {
		out.WriteByte('0') // always of one length, so that it does not tell which line
	}
	out.Write(strconv.AppendInt(out.AvailableBuffer(), int64(y+1), 10))
	out.WriteString(";1H")
	sent := row.sent(width, g.profile)
	out.Write(sent.bytes)
	// After a full line the cursor is still on its last cell.
	if over && !sent.full {
		out.WriteString(ansi.EraseLineRight)
	}
}

// point puts the cursor where the frame wants it. moved says that it is
// elsewhere now.
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

// leave returns the bytes that give the terminal back, with a last line of
// text.
func (g *glass) leave(last string) *bytes.Buffer {
	var out bytes.Buffer
	if g.windows > 0 {
		out.WriteString(Leave)
	}
	if last != "" {
		out.WriteString(last + "\r\n")
	}
	return &out
}
