package terminal

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"pgregory.net/rapid"
)

// judge is a terminal that says what a person would see.
type judge struct {
	*vt.Emulator
	alternate, paste, wraps, hidden bool
}

func newJudge(width, height int) *judge {
	j := &judge{Emulator: vt.NewEmulator(width, height), wraps: true}
	mode := func(on bool) func(ansi.Mode) {
		return func(m ansi.Mode) {
			switch m {
			case ansi.ModeBracketedPaste:
				j.paste = on
			case ansi.ModeAutoWrap:
				j.wraps = on
			}
		}
	}
	j.SetCallbacks(vt.Callbacks{
		AltScreen: func(on bool) { j.alternate = on }, EnableMode: mode(true), DisableMode: mode(false),
		CursorVisibility: func(on bool) { j.hidden = !on },
	})
	return j
}

// cellsOf draws lines on an empty terminal, each by itself.
func cellsOf(rows []*Row, width, height int) []string {
	e := vt.NewEmulator(width, height)
	for y, row := range rowsFor(rows, height) {
		fmt.Fprint(e, ansi.CursorPosition(1, y+1)+ansi.Truncate(row.String(), width, "")+ansi.ResetStyle)
	}
	return cells(e)
}

// cells is every cell that is seen, with its style.
func cells(e *vt.Emulator) []string {
	var rows []string
	for y := range e.Height() {
		row := ""
		for x := 0; x < e.Width(); {
			c := e.CellAt(x, y)
			row += c.Style.String() + c.Content + ansi.ResetStyle
			x += max(1, c.Width)
		}
		rows = append(rows, row)
	}
	return rows
}

var styles = []string{"", "\x1b[1m", "\x1b[1;91m", "\x1b[1;97;41m", "\x1b[2m", "\x1b[7m"}

// drawnRow is a line as a theme paints it: Chinese, Latin and digits, with
// styles, and sometimes wider than the window.
func drawnRow(width int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		row, room := "", rapid.IntRange(0, width+3).Draw(t, "cells")
		for room > 0 {
			text := rapid.SampledFrom([]string{"党", "员", "，", "（", "a", "7", " ", "é", "优秀", "12/30"}).Draw(t, "text")
			room -= ansi.StringWidth(text)
			if style := rapid.SampledFrom(styles).Draw(t, "style"); style != "" {
				text = style + text
			}
			if rapid.Bool().Draw(t, "reset") {
				text += ansi.ResetStyle
			}
			row += text
		}
		return row
	})
}

func TestATerminalShowsEveryFrame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 30)
		f := frame{windows: 1, width: size.Draw(t, "width"), height: size.Draw(t, "height")}
		j := newJudge(f.width, f.height)
		fmt.Fprint(j, "$ ssh 党支部\r\n")
		g := glass{profile: colorprofile.TrueColor}
		var rows []string
		for range rapid.IntRange(1, 12).Draw(t, "frames") {
			switch rapid.SampledFrom([]string{"row", "row", "row", "all", "nothing", "window"}).Draw(t, "change") {
			case "row":
				if len(rows) > 0 {
					rows[rapid.IntRange(0, len(rows)-1).Draw(t, "y")] = drawnRow(f.width).Draw(t, "row")
				}
			case "all":
				rows = rapid.SliceOfN(drawnRow(f.width), 0, f.height+2).Draw(t, "rows")
			case "window":
				f.width, f.height = size.Draw(t, "width"), size.Draw(t, "height")
				f.windows++
				j.Resize(f.width, f.height)
			}
			f.rows, f.cursor = rowsOf(strings.Join(rows, "\n")), nil
			if rapid.Bool().Draw(t, "cursor") {
				f.cursor = tea.NewCursor(rapid.IntRange(0, f.width).Draw(t, "x"), rapid.IntRange(0, f.height).Draw(t, "y"))
			}
			if _, err := j.Write(shown(&g, f).Bytes()); err != nil {
				t.Fatal(err)
			}
			sees(t, j, f)
			if again := shown(&g, f); again.Len() > 0 {
				t.Fatalf("the same frame sends %q", again)
			}
		}
		if _, err := j.Write(g.leave("再见").Bytes()); err != nil {
			t.Fatal(err)
		}
		if j.alternate || j.hidden || j.paste || !j.wraps {
			t.Fatalf("the terminal is not as it was: %+v", j)
		}
	})
}

func sees(t *rapid.T, j *judge, f frame) {
	got, want := cells(j.Emulator), cellsOf(f.rows, f.width, f.height)
	for y := range want {
		if got[y] != want[y] {
			t.Fatalf("line %d of %d×%d is\n%q, not\n%q", y, f.width, f.height, got[y], want[y])
		}
	}
	if !j.alternate || !j.paste || j.wraps || j.hidden != (f.cursor == nil) {
		t.Fatalf("modes: %+v", j)
	}
	if f.cursor != nil {
		if at, want := tea.Position(j.CursorPosition()), (tea.Position{X: min(f.cursor.X, f.width-1), Y: min(f.cursor.Y, f.height-1)}); at != want {
			t.Fatalf("the cursor is at %v, not %v", at, want)
		}
	}
}

func TestAFrameThatChangesNothingSeenSendsNothing(t *testing.T) {
	var g glass
	shown(&g, frame{rows: rowsOf("一\n二"), width: 10, height: 2, windows: 1})
	if out := shown(&g, frame{rows: rowsOf("一\n二\n三"), width: 10, height: 2, windows: 1}); out.Len() > 0 {
		t.Errorf("a line below the window sends %q", out)
	}
}

func TestTheBellRingsOnce(t *testing.T) {
	var g glass
	shown(&g, frame{rows: rowsOf("一"), width: 10, height: 2, windows: 1})
	rung := frame{rows: rowsOf("一"), width: 10, height: 2, windows: 1, rings: 2}
	if out := shown(&g, rung).String(); out != "\a" {
		t.Errorf("the bell is sent as %q", out)
	}
	if out := shown(&g, rung); out.Len() > 0 {
		t.Errorf("the same frame sends %q", out)
	}
}

func TestATerminalGetsOnlyTheColoursThatItHas(t *testing.T) {
	for profile, want := range map[colorprofile.Profile]string{
		colorprofile.TrueColor: "\x1b[1;38;2;200;0;0m红",
		colorprofile.ANSI256:   "\x1b[1;38;5;160m红",
		colorprofile.ANSI:      "\x1b[1;91m红",
		colorprofile.ASCII:     "\x1b[1m红",
		colorprofile.NoTTY:     "\x1b[01;1H红",
	} {
		g := glass{profile: profile}
		out := shown(&g, frame{rows: rowsOf("\x1b[1;38;2;200;0;0m红\x1b[m"), width: 10, height: 1, windows: 1}).String()
		if !strings.Contains(out, want) {
			t.Errorf("%v: %q, want %q", profile, out, want)
		}
	}
}

// shown is what the glass sends for a frame.
func shown(g *glass, f frame) *bytes.Buffer {
	var out bytes.Buffer
	g.show(&out, f)
	return &out
}
