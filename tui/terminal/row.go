package terminal

import (
	"bytes"
	"strings"
	"sync/atomic"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Row is one line of a view: text and styles. A row that several screens show is
// made ready for sending once, for the width and the colours of the first of them.
// It is never changed, and safe for concurrent use.
type Row struct {
	text    string
	cells   int                  // that it takes; -1: unknown
	profile colorprofile.Profile // whose colours the styles have; [colorprofile.Unknown]: it may be any
	ready   atomic.Pointer[sentRow]
}

// sentRow is a row as it is sent to a terminal.
type sentRow struct {
	width   int
	profile colorprofile.Profile
	bytes   []byte
	full    bool // no cell of the line is free
}

// NewRow returns a row of text and styles, without other control characters.
func NewRow(text string) *Row { return &Row{text: text, cells: -1} }

// PaintedRow returns a row that takes so many cells, whose styles are those of a
// terminal of a profile.
func PaintedRow(text string, cells int, profile colorprofile.Profile) *Row {
	return &Row{text: text, cells: cells, profile: profile}
}

// String returns the text and its styles.
func (r *Row) String() string { return r.text }

// none is a row without anything.
var none = NewRow("")

// same reports whether two rows look alike.
func (r *Row) same(o *Row) bool { return r == o || r.text == o.text }

// sent returns the row cut to a width, in the colours of a profile.
func (r *Row) sent(width int, profile colorprofile.Profile) *sentRow {
	if s := r.ready.Load(); s != nil && s.width == width && s.profile == profile {
		return s
	}
	text, wide := r.text, r.cells
	if wide < 0 {
		wide = ansi.StringWidth(text)
	}
	if wide > width {
		text = ansi.Truncate(text, width, "")
		wide = ansi.StringWidth(text)
	}
	var out bytes.Buffer
	if profile == r.profile && profile >= colorprofile.ANSI {
		out.WriteString(text)
	} else {
		// It fails only if the buffer does, which would panic.
		_, _ = (&colorprofile.Writer{Forward: &out, Profile: profile}).WriteString(text)
	}
	if bytes.ContainsRune(out.Bytes(), ansi.ESC) && !bytes.HasSuffix(out.Bytes(), []byte(ansi.ResetStyle)) {
		out.WriteString(ansi.ResetStyle)
	}
	s := &sentRow{width, profile, out.Bytes(), wide >= width}
	r.ready.Store(s)
	return s
}

// rowsFor returns exactly n rows.
func rowsFor(rows []*Row, n int) []*Row {
	if len(rows) == n {
		return rows
	}
	all := make([]*Row, max(0, n))
	for y := range all {
		if all[y] = none; y < len(rows) {
			all[y] = rows[y]
		}
	}
	return all
}

// rowsOf returns the lines of a text.
func rowsOf(content string) []*Row {
	var rows []*Row
	for line := range strings.SplitSeq(content, "\n") {
		rows = append(rows, NewRow(line))
	}
	return rows
}
