package meeting

import (
	"slices"
	"strings"
)

// rosterHead is what the header of a sheet says about its columns.
type rosterHead struct {
	last    int             // the index of the header's last row
	words   []string        // what stands above each column
	columns []*rosterColumn // what is read from each; nil is nothing
	ticks   []Kind          // the kind that a tick in a column gives; "" is none
}

// headOf finds the header of a sheet: the first row with a 姓名 and another known
// header, else the first with a 姓名. It may have several rows, and a title, notes
// and explanations may stand above. ok is false if there is none.
func headOf(rows [][]string) (h *rosterHead, ok bool) {
	at := -1
	for i, row := range rows {
		known := 0
		for _, cell := range row {
			if isHeader(cell) {
				known++
			}
		}
		if !hasNameHeader(row) || known == 1 && at >= 0 {
			continue
		}
		if at = i; known > 1 {
			break
		}
	}
	if at < 0 {
		return nil, false
	}
	var above []string
	if at > 0 {
		above = rows[at-1]
	}
	return newHead(rows, at, above), true
}

func hasNameHeader(row []string) bool {
	return slices.ContainsFunc(row, func(cell string) bool {
		c, _ := columnCalled(headerWord(cell))
		return c == columnNamed("姓名")
	})
}

// isHeader reports whether a cell says what stands below it.
func isHeader(cell string) bool {
	c, _ := columnCalled(headerWord(cell))
	_, kind := kindCalled(cell)
	return c != nil || kind
}

// newHead reads a header whose row with the 姓名 is known. What a column is called
// may stand above, or in the rows below.
func newHead(rows [][]string, at int, above []string) *rosterHead {
	h := &rosterHead{last: at, words: slices.Clone(rows[at])}
	h.adopt(above, func(old string) bool { return old == "" })
	for h.last+1 < len(rows) && h.goesOn(rows[h.last+1]) {
		h.last++
		h.adopt(rows[h.last], func(string) bool { return true })
	}
	h.columns = make([]*rosterColumn, len(h.words))
	h.ticks = make([]Kind, len(h.words))
	for _, c := range rosterColumns {
		if i := h.best(c); i >= 0 {
			h.columns[i] = c
		}
	}
	if h.find("类别") < 0 {
		for i, w := range h.words {
			h.ticks[i], _ = kindCalled(w)
		}
	}
	return h
}

// adopt takes known headers from another row, where may allows it.
func (h *rosterHead) adopt(row []string, may func(old string) bool) {
	for i, word := range row {
		for len(h.words) <= i && isHeader(word) {
			h.words = append(h.words, "")
		}
		if isHeader(word) && may(h.words[i]) {
			h.words[i] = word
		}
	}
}

// goesOn reports whether a row below the header belongs to it: it has headers,
// and no person. One 正式 alone is somebody's whose name is missing.
func (h *rosterHead) goesOn(row []string) bool {
	if hasNameHeader(row) {
		return true
	}
	columns, kinds := 0, 0
	for i, cell := range row {
		c, _ := columnCalled(headerWord(cell))
		_, kind := kindCalled(cell)
		switch {
		case cell == "":
		case i < len(h.words) && headerWord(h.words[i]) == "姓名":
			return false
		case c != nil:
			columns++
		case kind:
			kinds++
		}
	}
	return columns > 0 || kinds > 1
}

// best returns the index of the column that fits best; -1 if there is none.
func (h *rosterHead) best(c *rosterColumn) int {
	at, best := -1, 0
	for i, word := range h.words {
		if called, fit := columnCalled(headerWord(word)); called == c && (at < 0 || fit < best) {
			at, best = i, fit
		}
	}
	return at
}

// find returns the index of a column that is read; -1 if there is none.
func (h *rosterHead) find(name string) int {
	return slices.Index(h.columns, columnNamed(name))
}

// hasTicks reports whether the kinds are columns to tick.
func (h *rosterHead) hasTicks() bool {
	return slices.ContainsFunc(h.ticks, func(k Kind) bool { return k != "" })
}

// reads reports whether anything is read from a column.
func (h *rosterHead) reads(i int) bool {
	return i < len(h.columns) && (h.columns[i] != nil || h.ticks[i] != "")
}

// faults lists what is wrong with a header. It needs a 姓名; the kinds may be
// columns to tick, or stand in rows between the people or in the sheet's name.
func (h *rosterHead) faults(sh Sheet) []RowError {
	var errs []RowError
	bad := func(column, value string, code RowCode, args ...string) {
		errs = append(errs, RowError{Row: h.last + 1, Column: column, Value: value, Code: code, Args: args})
	}
	for i, c := range h.columns {
		if c == nil {
			continue
		}
		again := slices.IndexFunc(h.words[i+1:], func(w string) bool { return headerWord(w) == headerWord(h.words[i]) })
		if again >= 0 {
			bad(c.name, h.words[i], RowColumnTwice)
		}
	}
	sectioned := slices.ContainsFunc(slices.Concat(sh.Rows[h.last+1:], [][]string{{sh.Name}}), func(row []string) bool {
		sec, ok := sectionOf(row)
		return ok && sec.kind != ""
	})
	if h.find("类别") < 0 && !h.hasTicks() && !sectioned {
		bad("类别", "", RowColumnMissing, "类别")
	}
	return errs
}

// unread lists the columns with text, as far as the next header, that are not read.
func (h *rosterHead) unread(rows [][]string) []RowError {
	var list []RowError
	used := map[int]bool{}
	for _, row := range rows[h.last+1:] {
		if hasNameHeader(row) {
			break
		}
		for i, cell := range row {
			used[i] = used[i] || cell != ""
		}
	}
	for i := range MaxRosterColumns {
		word := ""
		if i < len(h.words) {
			word = h.words[i]
		}
		switch {
		case h.reads(i), headerWord(word) == rowNumbers:
		case strings.TrimSpace(word) != "":
			list = append(list, RowError{Row: h.last + 1, Column: word, Code: RowColumnUnread})
		case used[i]:
			list = append(list, RowError{Row: h.last + 1, Code: RowHeadMissing, Args: []string{columnNumber(i)}})
		}
	}
	return list
}
