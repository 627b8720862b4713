package meeting

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A table of daily conduct has a row a member, found by 编号 or 姓名; what stands in
// its other columns is kept as facts under their headers.

// The codes of a table of conduct that is refused, beside those of a roster.
const (
	RowNoConductHead RowCode = "conduct.header-missing"
	RowNoFacts       RowCode = "conduct.no-facts"
	RowHeadBlank     RowCode = "conduct.head-blank"
	RowUnknown       RowCode = "conduct.unknown"
	RowSeveral       RowCode = "conduct.several"
	RowOtherName     RowCode = "conduct.other-name" // the name on the roster
	RowOutside       RowCode = "conduct.outside"
	RowTwice         RowCode = "conduct.twice" // the row before
)

// ConductRow is what a table says of a member: each fact by its header.
type ConductRow struct {
	ID    MemberID
	Facts []ConductFact // in the order of the columns; "" takes one away
}

// ConductFact is one thing that is known of somebody's conduct.
type ConductFact struct{ Item, Value string }

// conductReader reads the sheets of a file.
type conductReader struct {
	s    *State
	many bool // there are several sheets
	Conduct
	seen map[MemberID]int // the row of each
}

// Conduct is what a file says of members.
type Conduct struct {
	Rows    []ConductRow // none if there are errors
	Skipped []RowError   // rows that are about nobody, and sheets that are no such table
	Errors  []RowError
}

// ReadConduct turns sheets into what is known of members. The header begins with the
// first row that says 编号 or 姓名; 序号 is no fact. Totals, remarks, rows that are
// struck out, and sheets without a header beside one that has it, are left out. Every
// bad cell is listed.
func ReadConduct(s *State, sheets []Sheet) Conduct {
	sheets = slices.DeleteFunc(slices.Clone(sheets), func(sh Sheet) bool { return sh.Closed })
	r := conductReader{s: s, many: len(sheets) > 1, seen: map[MemberID]int{}}
	headed := 0
	for i := range sheets {
		bad := r.complains(&sheets[i])
		if head, ok := conductHeadOf(sheets[i].Rows); !ok {
			r.Skipped = append(r.Skipped, RowError{Sheet: sheets[i].Name, Code: RowSheetUnread})
		} else if headed++; head.columns(sheets[i].Rows, bad) {
			r.read(head, &sheets[i], bad)
		}
	}
	switch {
	case headed == 0:
		r.Errors = append(r.Errors, RowError{Row: 1, Code: RowNoConductHead})
	case len(r.Rows)+len(r.Errors) == 0:
		r.Errors = append(r.Errors, RowError{Row: 1, Code: RowNobody})
	}
	if len(r.Errors) > 0 {
		r.Rows = nil
	}
	return r.Conduct
}

// conductHead is where the columns of a sheet stand; -1: there is none.
type conductHead struct {
	row, id, name int            // row is the last of the header
	words         []string       // what stands above each column
	items         map[int]string // by column
}

// complains tells what is wrong with a cell of a sheet.
func (r *conductReader) complains(sh *Sheet) complainOf {
	return func(row int, column, value string, code RowCode, args ...string) {
		r.Errors = append(r.Errors, r.at(sh, RowError{Row: row, Column: column, Value: value, Code: code, Args: args}))
	}
}

// at adds the sheet's name, where there are several.
func (r *conductReader) at(sh *Sheet, e RowError) RowError {
	if r.many {
		e.Sheet = sh.Name
	}
	return e
}

// nobody says why a row is about nobody; "" where it is about somebody.
func (h *conductHead) nobody(sh *Sheet, row []string, no int) RowCode {
	name := said(row, h.name)
	switch struck := func(at int) bool { return at >= 0 && slices.Contains(sh.Struck, Cell{no, at + 1}) }; {
	case struck(h.name), struck(h.id):
		return RowSkipStruck
	case totalWords[folded(name)], isRemark(row, name, max(h.name, h.id)):
		return RowSkipNote
	}
	return ""
}

func (r *conductReader) read(head conductHead, sh *Sheet, bad complainOf) {
	faults := map[Cell]BadCell{}
	for _, b := range sh.Bad {
		faults[b.Cell] = b
	}
	for i := head.row + 1; i < len(sh.Rows); i++ {
		row, no, n := sh.Rows[i], i+1, len(r.Errors)
		if !filledRow(row) {
			continue
		}
		if code := head.nobody(sh, row, no); code != "" {
			r.Skipped = append(r.Skipped, r.at(sh, RowError{Row: no, Value: strings.TrimSpace(strings.Join(row, " ")), Code: code}))
			continue
		}
		for at := range max(len(row), MaxRosterColumns) {
			if b, is := faults[Cell{no, at + 1}]; is && head.reads(at) {
				bad(no, head.title(at), b.Value, b.Code, b.Args...)
			}
		}
		if len(r.Errors) > n {
			continue
		}
		one := ConductRow{ID: r.person(head, row, no, bad)}
		for _, at := range slices.Sorted(maps.Keys(head.items)) {
			item, value := head.items[at], ""
			if at < len(row) {
				value = strings.TrimSpace(row[at])
			}
			if length := utf8.RuneCountInString(value); length > mostFact {
				bad(no, item, "", RowCellLong, strconv.Itoa(length), strconv.Itoa(mostFact))
			} else if value != "" && badText(value, mostFact) != nil {
				bad(no, item, "", RowCellControl)
			}
			one.Facts = append(one.Facts, ConductFact{item, value})
		}
		if len(r.Errors) == n {
			r.Rows = append(r.Rows, one)
		}
	}
}

// reads reports whether a column is read.
func (h *conductHead) reads(at int) bool { return at == h.id || at == h.name || h.items[at] != "" }

// title is what a column that is read is called.
func (h *conductHead) title(at int) string {
	switch at {
	case h.id:
		return "编号"
	case h.name:
		return "姓名"
	}
	return h.items[at]
}

// complainOf tells what is wrong with a cell.
type complainOf func(row int, column, value string, code RowCode, args ...string)

// conductHeadOf finds the header.
func conductHeadOf(rows [][]string) (h conductHead, ok bool) {
	h = conductHead{row: -1, id: -1, name: -1, items: map[int]string{}}
	for i, row := range rows {
		for at, cell := range row {
			switch c, _ := columnCalled(headerWord(cell)); {
			case c == nil:
			case c == columnNamed("编号") && h.id < 0:
				h.id = at
			case c == columnNamed("姓名") && h.name < 0:
				h.name = at
			}
		}
		if h.id >= 0 || h.name >= 0 {
			h.row, h.words = i, row
			if i+1 < len(rows) && h.goesOn(rows[i+1]) {
				h.row, h.words = i+1, h.joined(rows[i+1])
			}
			return h, true
		}
	}
	return h, false
}

// goesOn reports whether the row below the header belongs to it: it says the same of
// whom the rows are about, or nothing, and divides what stands above it.
func (h *conductHead) goesOn(row []string) bool {
	divides := false
	for at, cell := range row {
		above := ""
		if at < len(h.words) {
			above = h.words[at]
		}
		whom := at == h.id || at == h.name || folded(above) == rowNumbers
		if whom && cell != "" && cell != above {
			return false
		}
		divides = divides || !whom && above == "" && cell != ""
	}
	return divides
}

// joined are the words of a header of two rows: what is divided stands over the first
// of its columns.
func (h *conductHead) joined(row []string) []string {
	var words []string
	over := "" // what is being divided
	for at := range max(len(row), len(h.words)) {
		above, below := "", ""
		if at < len(h.words) {
			above = h.words[at]
		}
		if at < len(row) {
			below = row[at]
		}
		switch {
		case at == h.id, at == h.name, folded(above) == rowNumbers, below == "", below == above:
			over, below = "", above
		case above != "":
			over, below = above, above+"·"+below
		case over != "":
			below = over + "·" + below
		}
		words = append(words, below)
	}
	return words
}

// columns notes the headers of facts: each stands once, and there is one.
func (h *conductHead) columns(rows [][]string, bad complainOf) (ok bool) {
	ok = true
	complain := func(column string, code RowCode, args ...string) {
		bad(h.row+1, column, "", code, args...)
		ok = false
	}
	width := len(h.words)
	for _, row := range rows[h.row+1:] {
		width = max(width, len(row))
	}
	var seen []string
	for at := range width {
		if at == h.id || at == h.name {
			continue
		}
		item := ""
		if at < len(h.words) {
			item = strings.TrimSpace(h.words[at])
		}
		switch {
		case folded(item) == rowNumbers:
			continue
		case item == "" && slices.ContainsFunc(rows[h.row+1:], func(row []string) bool { return at < len(row) && strings.TrimSpace(row[at]) != "" }):
			complain("", RowHeadBlank, strconv.Itoa(at+1))
		case item == "":
			continue
		case slices.Contains(seen, item):
			complain(item, RowColumnTwice)
		case badText(item, mostFact) != nil:
			complain(item, RowCellControl)
		}
		seen = append(seen, item)
		h.items[at] = item
	}
	if ok && len(h.items) == 0 {
		complain("", RowNoFacts)
	}
	return ok
}

// person finds whom a row is about: by 编号 where there is one, else by 姓名.
func (r *conductReader) person(h conductHead, row []string, no int, bad complainOf) MemberID {
	id, name := said(row, h.id), said(row, h.name)
	column, value := "姓名", name
	var same []MemberID
	switch {
	case id != "":
		column, value = "编号", id
		for _, m := range r.s.Roster {
			if foldedID(string(m.ID)) == foldedID(id) {
				same = append(same, m.ID)
			}
		}
	case name != "":
		for _, m := range r.s.Roster {
			if folded(m.Name) == folded(name) {
				same = append(same, m.ID)
			}
		}
	}
	if len(same) != 1 {
		code := RowUnknown
		if len(same) > 1 {
			code = RowSeveral
		}
		bad(no, column, value, code)
		return ""
	}
	m, _ := r.s.Member(same[0])
	switch before := r.seen[m.ID]; {
	case name != "" && folded(m.Name) != folded(name):
		bad(no, "姓名", name, RowOtherName, m.Name)
	case !m.InParty():
		bad(no, column, value, RowOutside)
	case before > 0:
		bad(no, column, value, RowTwice, strconv.Itoa(before))
	}
	r.seen[m.ID] = no
	return m.ID
}

// ImportConduct keeps what a table says of members, all rows or none. A fact takes
// the place of the one with its header; the others stay.
type ImportConduct struct{ Rows []ConductRow }

func (c ImportConduct) decide(s *State, r Request) ([]Fact, error) {
	if no := s.MayWrite(r.By, Record{Form: "conduct"}); no != nil {
		return nil, no
	}
	f := conductForm()
	rows := map[MemberID][]ConductFact{}
	for _, row := range c.Rows {
		rows[row.ID] = append(rows[row.ID], row.Facts...)
	}
	var facts []Fact
	last := s.kept[f.Name].Len() // the last record that was begun
	for _, old := range s.all(f.Name) {
		next, no := s.withConduct(f, old, rows[old.Owner])
		delete(rows, old.Owner)
		switch {
		case no != nil:
			return nil, no
		case next == nil:
			continue
		case old.Rev == 0:
			before, _ := s.begun(f, old)
			for _, b := range before {
				if w, is := b.(RecordWritten); is && w.No > last {
					facts = append(facts, b)
				}
			}
			last = old.No
		}
		facts = append(facts, *next)
	}
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		return nil, refuse(UnknownMember, id)
	}
	return facts, nil
}

// withConduct is the fact that a record has some more facts; nil: it has them
// already.
func (s *State) withConduct(f *Form, old Record, more []ConductFact) (*RecordWritten, *Refusal) {
	values := copied(s.typed(old))
	was := values["facts"]
	now := withFacts(was, more)
	if now == was {
		return nil, nil
	}
	x, _ := f.Field("facts")
	if no := s.check(x, now); no != nil {
		return nil, no
	}
	values["facts"] = now
	return &RecordWritten{
		Form: f.Name, No: old.No, Rev: old.Rev + 1, Version: 1, State: Kept, Owner: old.Owner,
		Values: f.public(values), Private: f.values(values, func(x Field) bool { return x.Private }),
	}, nil
}

// withFacts are the rows of facts with others in the place of those of the same
// items.
func withFacts(value string, facts []ConductFact) string {
	rows, _ := Rows(value) // checked when they were written
	for _, fact := range facts {
		i := slices.IndexFunc(rows, func(row map[string]string) bool { return row["item"] == fact.Item })
		row := map[string]string{"item": fact.Item, "value": fact.Value}
		switch {
		case i >= 0 && fact.Value == "":
			rows = slices.Delete(rows, i, i+1)
		case i >= 0:
			rows[i] = row
		case fact.Value != "":
			rows = append(rows, row)
		}
	}
	return RowsValue(rows)
}
