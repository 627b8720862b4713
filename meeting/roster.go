package meeting

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// What may be done with the roster, and with the join codes of those on it.
const (
	ActRoster Action = "roster"
	ActCodes  Action = "codes"
)

var rosterActions = []action{
	{ActRoster, forKeeper, (*State).always},
	{ActCodes, forKeeper, (*State).always},
}

// Why something about people is refused.
const (
	NotOnRoster   Code = "not-on-roster"
	UnknownMember Code = "unknown-member" // id
	NotInParty    Code = "not-in-party"   // name
	PartyOnly     Code = "party-only"
	BadRoster     Code = "bad-roster" // row, column, code of the fault, its arguments
)

// Kind is the 类别 of a person on the roster (DOMAIN.md §1.1).
type Kind string

// The kinds.
const (
	Formal       Kind = "formal"       // 正式党员
	Probationary Kind = "probationary" // 预备党员
	Mass         Kind = "mass"         // 群众代表
	Guest        Kind = "guest"        // 列席人员, 指导领导
)

// Member is a person on the roster. Dates are yyyy-mm-dd, yyyy-mm or yyyy; the
// fields are those of the register form (DOMAIN.md §4.1).
type Member struct {
	ID         MemberID `json:"id"`
	Name       string   `json:"name"`
	Kind       Kind     `json:"kind"`
	Sex        string   `json:"sex,omitempty"`
	Ethnic     string   `json:"ethnic,omitempty"` // 民族
	Born       string   `json:"born,omitempty"`
	Native     string   `json:"native,omitempty"` // 籍贯
	Education  string   `json:"education,omitempty"`
	Post       string   `json:"post,omitempty"`        // 职务
	PartyPost  string   `json:"party_post,omitempty"`  // 党内职务
	Group      string   `json:"group,omitempty"`       // 党小组
	Joined     string   `json:"joined,omitempty"`      // 入党时间
	Confirmed  string   `json:"confirmed,omitempty"`   // 转正时间
	Standing   string   `json:"standing,omitempty"`    // 状态: 在册, 流动, …
	NotCounted string   `json:"not_counted,omitempty"` // why 应到 leaves this person out (DOMAIN.md §3.1); "" counts
}

// InParty reports whether m is a 正式 or 预备党员.
func (m Member) InParty() bool { return m.Kind == Formal || m.Kind == Probationary }

func (m Member) guides() bool {
	return strings.Contains(m.PartyPost, "指导") || strings.Contains(m.Post, "指导")
}

// Count returns the number of people of the given kinds.
func (s *State) Count(kinds ...Kind) int {
	n := 0
	for _, m := range s.Roster {
		if slices.Contains(kinds, m.Kind) {
			n++
		}
	}
	return n
}

// HasCommittee reports whether a 支委会 decides on grades: the branch has
// enough 正式党员 for one, and the roster has committee members (DOMAIN.md
// §1.1).
func (s *State) HasCommittee() bool {
	if s.Rules == nil || s.Count(Formal) < s.Rules.Decision.CommitteeFrom {
		return false
	}
	_, there := s.officer(isCommitteePost)
	return there
}

// onCommittee reports whether a person has a post on the 支部委员会.
func (s *State) onCommittee(who MemberID) bool {
	m, ok := s.Member(who)
	return ok && isCommitteePost(m)
}

// committee counts the committee's members in the room, and all of them. It
// meets with at least half (DOMAIN.md §3.1).
func (s *State) committee() (here, all int) {
	for _, i := range s.people.posts {
		if m := s.Roster[i]; isCommitteePost(m) {
			all++
			if s.present(m.ID) {
				here++
			}
		}
	}
	return here, all
}

// leads reports whether m is the 书记; 书记兼组织委员 is one too.
func (m Member) leads() bool { return m.InParty() && strings.HasPrefix(m.PartyPost, "书记") }

// deputises reports whether m is a 副书记.
func (m Member) deputises() bool { return m.InParty() && strings.HasPrefix(m.PartyPost, "副书记") }

// isCommitteePost reports whether m sits on the branch's own committee. A
// 党总支委员 or 党委委员 among the members sits on another one.
func isCommitteePost(m Member) bool {
	if m.leads() || m.deputises() {
		return true
	}
	above := strings.Contains(m.PartyPost, "总支") || strings.Contains(m.PartyPost, "党委") || strings.Contains(m.PartyPost, "纪委")
	member := strings.HasSuffix(m.PartyPost, "委员") || strings.HasSuffix(m.PartyPost, "支委")
	return m.InParty() && member && !above
}

// rank orders speakers: secretary, deputy, committee, others.
func rank(m Member) int {
	switch {
	case m.leads():
		return 0
	case m.deputises():
		return 1
	case isCommitteePost(m):
		return 2
	}
	return 3
}

// ImportRoster adds people and changes known ones, all of them or none. People
// who are not named stay as they are. Once the meeting has begun the kinds of
// known people cannot change, and after it nothing that its counts rest on.
type ImportRoster struct{ People []Member }

func (c ImportRoster) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActRoster); no != nil {
		return nil, no
	}
	if errs := append(CheckRoster(c.People), s.clashes(c.People)...); len(errs) > 0 {
		return nil, errs[0].refusal()
	}
	var news []Member
	for _, m := range c.People {
		if old, ok := s.Member(m.ID); !ok || old != m {
			news = append(news, m)
		}
	}
	if len(news) == 0 {
		return nil, nil
	}
	return []Fact{RosterImported{People: news}}, nil
}

// clashes lists where people contradict the roster, or the meeting if it has
// begun. Row counts people from 1.
func (s *State) clashes(people []Member) []RowError {
	var errs []RowError
	stays := func(m Member) bool {
		return m.leads() && !slices.ContainsFunc(people, func(p Member) bool { return p.ID == m.ID })
	}
	for i, m := range people {
		bad := func(column, value string, code RowCode, args ...string) {
			errs = append(errs, RowError{i + 1, column, value, code, args})
		}
		if old, there := s.officer(stays); m.leads() && there {
			bad("党内职务", m.PartyPost, RowSecretaryThere, old.Name)
		}
		old, known := s.Member(m.ID)
		over := s.Phase == After
		switch {
		case s.Phase == Before:
		case known && old.Kind != m.Kind:
			bad("类别", "", RowKindFixed)
		case over && !known:
			bad("编号", string(m.ID), RowTooLate)
		case over && old.NotCounted != m.NotCounted:
			bad("不计入应到原因", m.NotCounted, RowCountFixed)
		}
	}
	return errs
}

// RosterImported carries the people who are new or changed.
type RosterImported struct {
	People []Member `json:"people"`
}

func (f RosterImported) apply(s *State, _ Event) {
	roster, at := slices.Clone(s.Roster), places(s.Roster)
	for _, m := range f.People {
		if i, known := at[m.ID]; known {
			roster[i] = m
		} else {
			at[m.ID] = len(roster)
			roster = append(roster, m)
		}
	}
	s.enrol(roster)
}

// IssueCodes replaces the join codes of the named people. Only keyed hashes of
// the new ones reach the log. Whoever prints a code can vote in its owner's
// name, so the wall and the minutes tell of codes that were issued while the
// boxes were open.
type IssueCodes struct{ Hashes map[MemberID]string }

func (c IssueCodes) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActCodes); no != nil {
		return nil, no
	}
	for _, id := range slices.Sorted(maps.Keys(c.Hashes)) {
		if _, ok := s.Member(id); !ok {
			return nil, refuse(UnknownMember, id)
		}
	}
	if len(c.Hashes) == 0 {
		return nil, nil
	}
	return []Fact{CodesIssued(c)}, nil
}

// CodesIssued carries the keyed hashes of new join codes.
type CodesIssued struct {
	Hashes map[MemberID]string `json:"hashes"` // hexadecimal
}

func (f CodesIssued) apply(s *State, _ Event) {
	for id, h := range f.Hashes {
		s.Codes = with(s.Codes, id, h)
	}
	s.changeVote(func(v *Vote) {
		for _, id := range f.People() {
			if v.State == BoxOpened && !slices.Contains(v.Recoded, id) {
				v.Recoded = added(v.Recoded, id)
			}
		}
	})
}

// People lists who got a new code, by id.
func (f CodesIssued) People() []MemberID { return slices.Sorted(maps.Keys(f.Hashes)) }

// RowError says what is wrong with one cell of a roster. Its sentence is made
// where the person who mends the sheet reads it.
type RowError struct {
	Row    int    // as the sheet counts, the header is row 1
	Column string // its header; "" for the whole row, or a column without one
	Value  string
	Code   RowCode
	Args   []string
}

// Error gives the place and the code, for logs.
func (e RowError) Error() string {
	return fmt.Sprintf("row %d %s: %s %s", e.Row, e.Column, e.Code, strings.Join(e.Args, " "))
}

// Reason gives the code and its arguments.
func (e RowError) Reason() (code string, args []string) { return string(e.Code), e.Args }

// refusal refuses a roster for its first error.
func (e RowError) refusal() *Refusal {
	return &Refusal{BadRoster, append([]string{fmt.Sprint(e.Row), e.Column, string(e.Code)}, e.Args...)}
}

// RowCode names what is wrong with a cell, a row or a table of a roster.
type RowCode string

// The codes of a roster. What their arguments are stands behind each.
const (
	RowCellControl    RowCode = "roster.cell-control"
	RowCellGarbled    RowCode = "roster.cell-garbled"
	RowCellLong       RowCode = "roster.cell-long"      // characters, most
	RowCellPrivate    RowCode = "roster.cell-private"   // the character, as U+E000
	RowColumnMissing  RowCode = "roster.column-missing" // column
	RowColumnTwice    RowCode = "roster.column-twice"
	RowColumnUnknown  RowCode = "roster.column-unknown"
	RowCountFixed     RowCode = "roster.count-fixed"
	RowDateBad        RowCode = "roster.date-bad"
	RowHeadMissing    RowCode = "roster.head-missing" // number of the column
	RowIDBad          RowCode = "roster.id-bad"
	RowIDOfBooth      RowCode = "roster.id-of-booth"
	RowIDOfScreen     RowCode = "roster.id-of-screen"
	RowIDTwice        RowCode = "roster.id-twice" // name
	RowKindFixed      RowCode = "roster.kind-fixed"
	RowKindUnknown    RowCode = "roster.kind-unknown"
	RowMonthUnsure    RowCode = "roster.month-unsure" // year
	RowNameMissing    RowCode = "roster.name-missing"
	RowNobody         RowCode = "roster.nobody"
	RowSameName       RowCode = "roster.same-name"
	RowSecretaryThere RowCode = "roster.secretary-there" // name
	RowSecretaryTwice RowCode = "roster.secretary-twice" // name
	RowTableEmpty     RowCode = "roster.table-empty"
	RowTooLate        RowCode = "roster.too-late"
	RowWordUnknown    RowCode = "roster.word-unknown"
)

// rosterColumns lists the headers of a roster sheet and the field that each
// fills.
var rosterColumns = []struct {
	name  string
	field func(*Member) *string
}{
	{"姓名", func(m *Member) *string { return &m.Name }},
	{"编号", func(m *Member) *string { return (*string)(&m.ID) }},
	{"类别", func(m *Member) *string { return (*string)(&m.Kind) }},
	{"性别", func(m *Member) *string { return &m.Sex }},
	{"民族", func(m *Member) *string { return &m.Ethnic }},
	{"出生年月", func(m *Member) *string { return &m.Born }},
	{"籍贯", func(m *Member) *string { return &m.Native }},
	{"学历", func(m *Member) *string { return &m.Education }},
	{"职务", func(m *Member) *string { return &m.Post }},
	{"党内职务", func(m *Member) *string { return &m.PartyPost }},
	{"党小组", func(m *Member) *string { return &m.Group }},
	{"入党时间", func(m *Member) *string { return &m.Joined }},
	{"转正时间", func(m *Member) *string { return &m.Confirmed }},
	{"状态", func(m *Member) *string { return &m.Standing }},
	{"不计入应到原因", func(m *Member) *string { return &m.NotCounted }},
}

// fieldOf returns the field that a column fills; ok is false if there is none.
func (m *Member) fieldOf(column string) (field *string, ok bool) {
	for _, c := range rosterColumns {
		if c.name == column {
			return c.field(m), true
		}
	}
	return nil, false
}

// rowNumbers is a column that many sheets have and that is ignored.
const rowNumbers = "序号"

var kindWords = map[string]Kind{
	"正式": Formal, "正式党员": Formal, "预备": Probationary, "预备党员": Probationary,
	"群众": Mass, "群众代表": Mass, "列席": Guest, "列席人员": Guest,
}

// ReadRoster turns the rows of a sheet into people, in the order of the rows.
// The header (DOORS.md) is the first row with a 姓名; a title may stand above
// it (DOMAIN.md §5.2). People without a 编号 get that of the same name on the
// roster, or the next free m01, m02 …. Every bad cell is listed, and with any
// error no people are returned.
func ReadRoster(s *State, rows [][]string) ([]Member, []RowError) {
	head := headerRow(rows)
	if head < 0 {
		return nil, []RowError{{Row: 1, Code: RowTableEmpty}}
	}
	columns, errs := rosterHeader(rows[head], head+1)
	if len(errs) > 0 {
		return nil, errs
	}
	var people []Member
	var at []int
	for i := head + 1; i < len(rows); i++ {
		if emptyRow(rows[i]) {
			continue
		}
		m, bad := readPerson(columns, rows[i], i+1)
		errs = append(errs, bad...)
		people, at = append(people, m), append(at, i+1)
	}
	if len(people) == 0 && len(errs) == 0 {
		errs = append(errs, RowError{Row: head + 2, Code: RowNobody})
	}
	errs = append(errs, numberPeople(s, people, at)...)
	for _, e := range append(CheckRoster(people), s.clashes(people)...) {
		e.Row = at[e.Row-1]
		if !slices.ContainsFunc(errs, func(o RowError) bool { return o.Row == e.Row && o.Column == e.Column }) {
			errs = append(errs, e)
		}
	}
	slices.SortStableFunc(errs, func(a, b RowError) int { return a.Row - b.Row })
	if len(errs) > 0 {
		return nil, errs
	}
	return people, nil
}

// headerRow returns the index of the header: the first row with a 姓名, else
// the first that is not empty; -1 if all are empty.
func headerRow(rows [][]string) int {
	named := func(row []string) bool {
		return slices.ContainsFunc(row, func(c string) bool { return unspaced(c) == "姓名" })
	}
	if i := slices.IndexFunc(rows, named); i >= 0 {
		return i
	}
	return slices.IndexFunc(rows, func(row []string) bool { return !emptyRow(row) })
}

func emptyRow(row []string) bool {
	return !slices.ContainsFunc(row, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// unspaced drops the white space that sheets put between characters to fill a
// column: 姓  名.
func unspaced(text string) string { return strings.Join(strings.Fields(text), "") }

func rosterHeader(row []string, no int) ([]string, []RowError) {
	var errs []RowError
	columns := make([]string, len(row))
	for i, c := range row {
		c = unspaced(c)
		if c == "" {
			continue
		}
		if _, known := new(Member).fieldOf(c); !known && c != rowNumbers {
			errs = append(errs, RowError{no, c, c, RowColumnUnknown, nil})
		} else if slices.Contains(columns, c) {
			errs = append(errs, RowError{no, c, c, RowColumnTwice, nil})
		}
		columns[i] = c
	}
	for _, need := range []string{"姓名", "类别"} {
		if !slices.Contains(columns, need) {
			errs = append(errs, RowError{no, need, "", RowColumnMissing, []string{need}})
		}
	}
	return columns, errs
}

func readPerson(columns, row []string, no int) (Member, []RowError) {
	var m Member
	var errs []RowError
	for i, cell := range row {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		if i >= len(columns) || columns[i] == "" {
			errs = append(errs, RowError{no, "", cell, RowHeadMissing, []string{fmt.Sprint(i + 1)}})
		} else if field, ok := m.fieldOf(columns[i]); ok {
			*field = cell
		}
	}
	word := string(m.Kind)
	kind, ok := kindWords[unspaced(word)]
	m.Kind = kind
	if !ok {
		errs = append(errs, RowError{no, "类别", word, RowWordUnknown, nil})
	}
	if name := unspaced(m.Name); strings.IndexFunc(name, notHan) < 0 {
		m.Name = name
	}
	m.PartyPost = strings.TrimPrefix(strings.TrimPrefix(m.PartyPost, "党支部"), "支部")
	for _, col := range []string{"出生年月", "入党时间", "转正时间"} {
		field, _ := m.fieldOf(col)
		date, code, args := readDate(*field)
		if code != "" {
			errs = append(errs, RowError{no, col, *field, code, args})
		}
		*field = date
	}
	return m, errs
}

func notHan(r rune) bool { return !unicode.Is(unicode.Han, r) }

// numberPeople gives ids to people who have none.
func numberPeople(s *State, people []Member, at []int) []RowError {
	var errs []RowError
	taken := map[MemberID]bool{}
	for _, m := range s.Roster {
		taken[m.ID] = true
	}
	times := map[string]int{}
	for _, m := range people {
		taken[m.ID] = true
		times[m.Name]++
	}
	next := 1
	for i := range people {
		if people[i].ID != "" {
			continue
		}
		name := people[i].Name
		same := s.Named(name)
		switch {
		case len(same) > 1 || (name != "" && times[name] > 1):
			errs = append(errs, RowError{at[i], "编号", "", RowSameName, nil})
		case len(same) == 1:
			people[i].ID = same[0]
		default:
			for taken[MemberID(fmt.Sprintf("m%02d", next))] {
				next++
			}
			people[i].ID = MemberID(fmt.Sprintf("m%02d", next))
			taken[people[i].ID] = true
		}
	}
	return errs
}

// CheckRoster lists what is wrong with a list of people. Row counts them from
// 1.
func CheckRoster(people []Member) []RowError {
	var errs []RowError
	seen := map[MemberID]string{}
	secretary := ""
	for i, m := range people {
		bad := func(column, value string, code RowCode, args ...string) {
			errs = append(errs, RowError{i + 1, column, value, code, args})
		}
		if m.Name == "" {
			bad("姓名", "", RowNameMissing)
		} else if no := badText(m.Name, 30); no != nil {
			bad("姓名", m.Name, cellFault(no), no.Args...)
		}
		if !validID(string(m.ID)) {
			bad("编号", string(m.ID), RowIDBad)
		} else if m.ID == Screen {
			bad("编号", string(m.ID), RowIDOfScreen)
		} else if m.ID == Booth {
			bad("编号", string(m.ID), RowIDOfBooth)
		}
		if first, twice := seen[m.ID]; twice {
			bad("编号", string(m.ID), RowIDTwice, first)
		}
		seen[m.ID] = m.Name
		if !slices.Contains([]Kind{Formal, Probationary, Mass, Guest}, m.Kind) {
			bad("类别", string(m.Kind), RowKindUnknown)
		}
		if m.leads() {
			if secretary != "" {
				bad("党内职务", m.PartyPost, RowSecretaryTwice, secretary)
			}
			secretary = m.Name
		}
		for _, c := range rosterColumns {
			if v := *c.field(&people[i]); c.name != "姓名" && c.name != "编号" && v != "" {
				if no := badText(v, 100); no != nil {
					bad(c.name, v, cellFault(no), no.Args...)
				}
			}
		}
	}
	return errs
}

// cellFault says of a cell why its text is refused.
func cellFault(no *Refusal) RowCode {
	switch no.Code {
	case TextTooLong:
		return RowCellLong
	case PrivateUse:
		return RowCellPrivate
	case GarbledText:
		return RowCellGarbled
	}
	return RowCellControl
}

var (
	dateForm = regexp.MustCompile(`^(\d{4})(?:年|[-./年](\d{1,2})(?:月|[-./月](\d{1,2})日?)?)?$`)
	digits   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})?$`)
	idForm   = regexp.MustCompile(`^[A-Za-z0-9_-]{1,20}$`)
)

// readDate turns 2017.3, 2017年3月16日, 201703, 2017-03-16 … into
// yyyy[-mm[-dd]], or returns why not. 2017.1 is refused as unsure: a
// spreadsheet may have cut 2017.10.
func readDate(text string) (date string, code RowCode, args []string) {
	if text == "" {
		return "", "", nil
	}
	part := dateForm.FindStringSubmatch(text)
	if part == nil {
		part = digits.FindStringSubmatch(text)
	}
	if part == nil {
		return text, RowDateBad, nil
	}
	if part[2] == "1" && part[3] == "" && strings.HasSuffix(text, ".1") {
		return text, RowMonthUnsure, part[1:2]
	}
	part = slices.DeleteFunc(part[1:], func(p string) bool { return p == "" })
	n := len(part)
	at, err := time.Parse("2006-1-2"[:2+2*n], strings.Join(part, "-"))
	if err != nil || at.Year() < 1900 || at.Year() > 2100 {
		return text, RowDateBad, nil
	}
	return at.Format("2006-01-02"[:1+3*n]), "", nil
}

func validID(id string) bool { return idForm.MatchString(id) }
