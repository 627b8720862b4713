package meeting

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Sheet is a table that somebody brings as a roster (package sheet reads it).
type Sheet struct {
	Name   string
	Closed bool // the sheet is hidden: its rows are not known
	Rows   [][]string
	Hidden []int // numbers of rows that are not shown
	Veiled []int // numbers of columns that are not shown
	Struck []Cell
	Bad    []BadCell
}

// Cell is the place of a cell, from 1.
type Cell struct{ Row, Column int }

// BadCell is a cell whose text can't be taken. Rows have nothing in its place.
type BadCell struct {
	Cell
	Value string
	Code  RowCode
	Args  []string
}

// MaxRosterColumns is how many columns of a sheet are looked at.
const MaxRosterColumns = 64

// Reading is what a file says about the people of a branch.
type Reading struct {
	People  []Member   // in the order of their rows; none if there are errors
	Skipped []RowError // rows that are not people, and why
	Notes   []RowError // what is worth knowing before it is taken
	Errors  []RowError
}

// rosterReader reads the sheets of a file.
type rosterReader struct {
	Reading
	s     *State
	today string
	sheet *Sheet
	many  bool // there are several sheets
	head  *rosterHead
	in    section // what the rows between the people said last
	lines []rosterLine
	bad   map[Cell]BadCell
}

// rosterLine is a person as a row says it.
type rosterLine struct {
	Member
	sheet string
	row   int
	says  []*rosterColumn // the columns that the row has
	typed bool            // the row itself says the kind
}

// ReadRoster turns sheets into people. A header may stand anywhere (headOf);
// sheets without one are not read, and neither are columns that nobody knows.
// Somebody on the roster keeps what the sheet has no column for, and the way of
// writing what the sheet only writes in another way. People without a 编号 get
// that of the same name on the roster, or the next free m01, m02 …. Every bad
// cell is listed, and with any error no people are returned. today is a day as
// yyyy-mm-dd.
func ReadRoster(s *State, sheets []Sheet, today string) Reading {
	r := &rosterReader{s: s, today: today, many: len(sheets) > 1}
	r.readSheets(sheets)
	if len(r.Errors) == 0 && len(r.lines) == 0 {
		nobody := RowError{Code: RowNobody}
		if !r.many {
			nobody.Row = r.head.last + 2
		}
		r.Errors = append(r.Errors, nobody)
	}
	r.number()
	r.check()
	if len(r.Errors) > 0 {
		r.People = nil
	}
	return r.Reading
}

// readSheets reads the sheets that are rosters. If none is, it tells what the
// first one lacks; if several are, how many people each of them gave, since the
// second may be an old roster or another branch's.
func (r *rosterReader) readSheets(sheets []Sheet) {
	heads := make([]*rosterHead, len(sheets))
	whole := false // there is a sheet with a whole header
	for i, sh := range sheets {
		h, ok := headOf(sh.Rows)
		if !ok {
			continue
		}
		heads[i] = h
		whole = whole || len(h.faults(sh)) == 0
	}
	if !slices.ContainsFunc(heads, func(h *rosterHead) bool { return h != nil }) {
		r.Errors = append(r.Errors, RowError{Row: 1, Code: whyNoHead(sheets)})
		return
	}
	var taken []RowError // the sheets that people were read from
	for i := range sheets {
		r.sheet, r.head, r.in = &sheets[i], heads[i], section{}
		before := len(r.lines)
		switch {
		case r.sheet.Closed:
			r.Notes = append(r.Notes, r.at(RowError{Code: RowSheetHidden}))
		case r.head == nil, whole && r.head.count() == 1:
			r.Notes = append(r.Notes, r.at(RowError{Code: RowSheetUnread}))
		default:
			r.readSheet()
		}
		if n := len(r.lines) - before; n > 0 {
			taken = append(taken, r.at(RowError{Code: RowSheetTaken, Args: []string{strconv.Itoa(n)}}))
		}
	}
	if len(taken) > 1 {
		r.Notes = append(r.Notes, taken...)
	}
}

func whyNoHead(sheets []Sheet) RowCode {
	for _, sh := range sheets {
		if slices.ContainsFunc(sh.Rows, filledRow) {
			return RowHeaderMissing
		}
	}
	return RowTableEmpty
}

// count returns how many columns are read.
func (h *rosterHead) count() int {
	n := 0
	for i := range h.words {
		if h.reads(i) {
			n++
		}
	}
	return n
}

func (r *rosterReader) readSheet() {
	rows := r.sheet.Rows
	if !r.mayRead() {
		return
	}
	r.unread(rows)
	for _, no := range r.sheet.Veiled {
		if r.head.reads(no - 1) {
			r.Notes = append(r.Notes, r.at(RowError{Row: r.head.last + 1, Column: r.head.title(no - 1), Code: RowColumnHidden}))
		}
	}
	if sec, ok := sectionOf([]string{r.sheet.Name}); ok {
		r.in.enter(sec)
	}
	r.bad = map[Cell]BadCell{}
	for _, b := range r.sheet.Bad {
		r.bad[b.Cell] = b
	}
	for i := r.head.last + 1; i < len(rows); i++ {
		switch {
		case hasNameHeader(rows[i]):
			r.skip(rows[i], i+1, RowSkipHeader)
			r.head = newHead(rows, i, nil)
			if i = r.head.last; !r.mayRead() {
				return
			}
			r.unread(rows)
		case filledRow(rows[i]):
			r.readRow(rows[i], i+1)
		}
	}
}

// unread notes the columns of a header that are not read; each once.
func (r *rosterReader) unread(rows [][]string) {
	for _, e := range r.head.unread(rows) {
		e = r.at(e)
		told := func(o RowError) bool {
			return o.Code == e.Code && o.Sheet == e.Sheet && o.Column == e.Column && slices.Equal(o.Args, e.Args)
		}
		if !slices.ContainsFunc(r.Notes, told) {
			r.Notes = append(r.Notes, e)
		}
	}
}

// mayRead notes what is wrong with a header.
func (r *rosterReader) mayRead() bool {
	errs := r.head.faults(*r.sheet)
	for _, e := range errs {
		r.Errors = append(r.Errors, r.at(e))
	}
	return len(errs) == 0
}

// skip notes why a row is nobody.
func (r *rosterReader) skip(row []string, no int, code RowCode, args ...string) {
	value := row[slices.IndexFunc(row, func(c string) bool { return strings.TrimSpace(c) != "" })]
	r.Skipped = append(r.Skipped, r.at(RowError{Row: no, Value: value, Code: code, Args: args}))
}

// at adds the sheet's name, where there are several.
func (r *rosterReader) at(e RowError) RowError {
	if r.many {
		e.Sheet = r.sheet.Name
	}
	return e
}

func filledRow(row []string) bool {
	return slices.ContainsFunc(row, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// readRow reads a person, or tells why a row is none.
func (r *rosterReader) readRow(row []string, no int) {
	name := r.cell(row, "姓名")
	if sec, ok := sectionOf(row); ok {
		r.in.enter(sec)
		r.skip(row, no, RowSkipSection, sec.word)
		return
	}
	m, errs := r.person(row, no)
	_, formula := r.bad[Cell{no, r.head.find("姓名") + 1}]
	switch {
	case slices.Contains(r.sheet.Struck, Cell{no, r.head.find("姓名") + 1}):
		r.skip(row, no, RowSkipStruck)
	case totalWords[folded(name)], !m.typed && isRemark(row, name, r.head.find("姓名")):
		r.skip(row, no, RowSkipNote)
	case name == "" && !formula && !m.typed:
		r.skip(row, no, RowSkipNobody)
	default:
		if slices.Contains(r.sheet.Hidden, no) {
			r.Notes = append(r.Notes, r.at(RowError{Row: no, Column: "姓名", Value: m.Name, Code: RowHidden}))
		}
		r.lines = append(r.lines, m)
		r.Errors = append(r.Errors, errs...)
	}
}

// cell returns what a row says in a column; "" also for a word for none.
func (r *rosterReader) cell(row []string, column string) string {
	return said(row, r.head.find(column))
}

// said returns what stands in a cell; "" also for a word for none.
func said(row []string, i int) string {
	if i < 0 || i >= len(row) || isNone(row[i]) {
		return ""
	}
	return strings.TrimSpace(row[i])
}

var (
	remarkWord = regexp.MustCompile(`^(合计|总计|小计|共计|共\d|共[一二三四五六七八九十百]|注[:：0-9一]|说明|备注|填表|填报|制表|审核|单位|联系)|盖章|签字|签名|[:：]`)
	figures    = regexp.MustCompile(`^[\d.,%]+[人名位个]?$`)
)

// isRemark reports whether a row without a kind is a total or a remark, and not
// somebody whose kind is missing: it says so where a name stands, or before.
func isRemark(row []string, name string, at int) bool {
	if figures.MatchString(name) {
		return true
	}
	return slices.ContainsFunc(row[:min(at+1, len(row))], func(c string) bool {
		return remarkWord.MatchString(unspaced(c)) || utf8.RuneCountInString(c) > 30
	})
}

// section is what a row between the people says about those below it: they are of
// one group, or of one kind.
type section struct {
	word     string
	group    string
	kind     Kind
	groupsIn bool // groups stand inside the kinds
	kindsIn  bool // kinds stand inside the groups
}

// enter begins a section. What it stands in goes on; what stood in the one before
// ends.
func (in *section) enter(next section) {
	if next.group != "" {
		in.groupsIn = in.kind != "" && !in.kindsIn
		in.group = next.group
		if !in.groupsIn {
			in.kind = ""
		}
		return
	}
	in.kindsIn = in.group != "" && !in.groupsIn
	in.kind = next.kind
	if !in.kindsIn {
		in.group = ""
	}
}

var (
	sectionNumber = regexp.MustCompile(`^[（(]?[一二三四五六七八九十\d]+[）)、.．]`)
	sectionCount  = regexp.MustCompile(`[:：]?\d*[人名]?$`)
)

// sectionOf reads a row that says only a group or a kind: 一、正式党员（14 人）.
func sectionOf(row []string) (sec section, ok bool) {
	text := ""
	for _, cell := range row {
		switch {
		case cell == "" || cell == text:
		case text != "":
			return section{}, false
		default:
			text = cell
		}
	}
	text = sectionNumber.ReplaceAllString(withoutBrackets(unspaced(text)), "")
	if text = sectionCount.ReplaceAllString(text, ""); text == "" {
		return section{}, false
	}
	if kind, ok := kindCalled(text); ok && utf8.RuneCountInString(text) > 2 {
		return section{word: text, kind: kind}, true
	}
	if isGroup(text) {
		return section{word: text, group: text}, true
	}
	return section{}, false
}

// person reads the cells of a row.
func (r *rosterReader) person(row []string, no int) (rosterLine, []RowError) {
	m := rosterLine{row: no}
	m.sheet = r.at(RowError{}).Sheet
	var errs []RowError
	bad := func(column, value string, code RowCode, args ...string) {
		if slices.ContainsFunc(errs, func(e RowError) bool { return e.Column == column }) {
			return
		}
		errs = append(errs, r.at(RowError{Row: no, Column: column, Value: value, Code: code, Args: args}))
	}
	for i, c := range r.head.columns {
		if b, ok := r.bad[Cell{no, i + 1}]; ok && r.head.reads(i) {
			bad(r.head.title(i), b.Value, b.Code, b.Args...)
		}
		if c != nil {
			*c.field(&m.Member) = said(row, i)
			m.says = append(m.says, c)
		}
	}
	word := string(m.Kind)
	if m.Kind, m.typed = r.kind(row, word, bad); !m.typed && word == "" {
		m.Kind = r.in.kind
	}
	if m.Kind == "" {
		bad("类别", word, RowWordUnknown)
	}
	if m.Group == "" && r.in.group != "" {
		m.Group = r.in.group
		m.says = append(m.says, columnNamed("党小组"))
	}
	m.Name = tidyName(m.Name)
	m.PartyPost = strings.TrimPrefix(strings.TrimPrefix(unspaced(m.PartyPost), "党支部"), "支部")
	for _, c := range dateColumns {
		field := c.field(&m.Member)
		date, code, args := readDate(*field)
		if code != "" {
			bad(c.name, *field, code, args...)
		}
		*field = date
	}
	return m, errs
}

// title returns the name of a column that is read.
func (h *rosterHead) title(i int) string {
	if h.columns[i] != nil {
		return h.columns[i].name
	}
	return h.words[i]
}

// kind returns the kind that a row says in a word or with a tick.
func (r *rosterReader) kind(row []string, word string, bad complain) (kind Kind, said bool) {
	kind, said = kindCalled(word)
	ticked := 0
	for i, k := range r.head.ticks {
		if k != "" && hasTick(row, i) {
			kind, said = k, true
			ticked++
		}
	}
	if ticked > 1 {
		bad("类别", "", RowTicksMany)
	}
	return kind, said
}

// hasTick reports whether there is a tick in a cell. Where programs wrote the table it is
// a 1, and 0 is none.
func hasTick(row []string, i int) bool { return said(row, i) != "" && said(row, i) != "0" }

// number finds out who everybody is, and takes over what the roster knows of
// them already.
func (r *rosterReader) number() {
	known, named, times := map[string]MemberID{}, map[string][]MemberID{}, map[string]int{}
	taken := map[string]bool{}
	for _, m := range r.s.Roster {
		id := foldedID(string(m.ID))
		known[id], taken[id] = m.ID, true
		named[folded(m.Name)] = append(named[folded(m.Name)], m.ID)
	}
	for _, l := range r.lines {
		taken[foldedID(string(l.ID))] = true
		times[folded(l.Name)]++
	}
	next := 1
	for _, l := range r.lines {
		same := named[folded(l.Name)]
		id, there := known[foldedID(string(l.ID))]
		switch {
		case there:
			l.ID = id
		case l.ID != "":
			l.ID = MemberID(width.Fold.String(unspaced(string(l.ID))))
		case len(same) > 1 || l.Name != "" && times[folded(l.Name)] > 1:
			r.Errors = append(r.Errors, RowError{Sheet: l.sheet, Row: l.row, Column: "编号", Code: RowSameName})
		case len(same) == 1:
			l.ID = same[0]
		default:
			for taken[foldedID(nextID(next))] {
				next++
			}
			l.ID = MemberID(nextID(next))
			taken[foldedID(nextID(next))] = true
		}
		r.People = append(r.People, r.merged(l))
	}
}

func nextID(n int) string { return fmt.Sprintf("m%02d", n) }

// merged returns a person as the roster and the row together say it.
func (r *rosterReader) merged(l rosterLine) Member {
	m, known := r.s.Member(l.ID)
	if !known {
		return l.Member
	}
	m.Kind = l.Kind
	for _, c := range l.says {
		old, now := c.field(&m), *c.field(&l.Member)
		if c.name != "编号" && folded(*old) != folded(now) {
			*old = now
		}
	}
	return m
}

// check lists what is wrong with the people and what is odd about them.
func (r *rosterReader) check() {
	for _, e := range append(CheckRoster(r.People), r.s.clashes(r.People)...) {
		l := r.lines[e.Row-1]
		e.Sheet, e.Row = l.sheet, l.row
		same := func(o RowError) bool { return o.Sheet == e.Sheet && o.Row == e.Row && o.Column == e.Column }
		if !slices.ContainsFunc(r.Errors, same) {
			r.Errors = append(r.Errors, e)
		}
	}
	for i, m := range r.People {
		if len(r.Errors) > 0 {
			break
		}
		for _, e := range append(oddName(m), oddDates(m, r.today)...) {
			e.Sheet, e.Row = r.lines[i].sheet, r.lines[i].row
			r.Notes = append(r.Notes, e)
		}
	}
	if len(r.Errors) == 0 {
		r.Notes = append(r.Notes, r.s.oddRoster(r.People)...)
	}
	order := map[string]int{}
	for i, l := range r.lines {
		if _, seen := order[l.sheet]; !seen {
			order[l.sheet] = i
		}
	}
	slices.SortStableFunc(r.Errors, func(a, b RowError) int {
		if a.Sheet != b.Sheet {
			return order[a.Sheet] - order[b.Sheet]
		}
		return a.Row - b.Row
	})
}

func columnNumber(i int) string { return strconv.Itoa(i + 1) }
