package meeting

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// RowError says what is wrong with one cell of a roster, or worth knowing about
// it. Its sentence is made where the person who mends the sheet reads it.
type RowError struct {
	Sheet  string // its name, where there are several
	Row    int    // as the sheet counts, from 1; 0 for the whole sheet or file
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

// The codes of a roster that is refused. What their arguments are stands behind
// each.
const (
	RowCellControl     RowCode = "roster.cell-control"
	RowCellGarbled     RowCode = "roster.cell-garbled"
	RowCellLong        RowCode = "roster.cell-long"      // characters, most
	RowCellPrivate     RowCode = "roster.cell-private"   // the character, as U+E000
	RowColumnMissing   RowCode = "roster.column-missing" // column
	RowColumnTwice     RowCode = "roster.column-twice"
	RowCountFixed      RowCode = "roster.count-fixed"
	RowDateBad         RowCode = "roster.date-bad"
	RowDateSerial      RowCode = "roster.date-serial" // the number, its date
	RowDateShort       RowCode = "roster.date-short"  // the text, what it may have been
	RowHeaderMissing   RowCode = "roster.header-missing"
	RowIDBad           RowCode = "roster.id-bad"
	RowIDCut           RowCode = "roster.id-cut"
	RowIDOfBooth       RowCode = "roster.id-of-booth"
	RowIDOfOrg         RowCode = "roster.id-of-org"
	RowIDOfScreen      RowCode = "roster.id-of-screen"
	RowIDTwice         RowCode = "roster.id-twice" // name
	RowKindFixed       RowCode = "roster.kind-fixed"
	RowKindUnknown     RowCode = "roster.kind-unknown"
	RowMonthUnsure     RowCode = "roster.month-unsure" // year
	RowNameMissing     RowCode = "roster.name-missing"
	RowNameOdd         RowCode = "roster.name-odd"
	RowNobody          RowCode = "roster.nobody"
	RowPostUnsure      RowCode = "roster.post-unsure"    // post
	RowReasonUnknown   RowCode = "roster.reason-unknown" // the known ones
	RowSameName        RowCode = "roster.same-name"
	RowSecretaryThere  RowCode = "roster.secretary-there"  // name
	RowSecretaryTwice  RowCode = "roster.secretary-twice"  // name
	RowStandingUnknown RowCode = "roster.standing-unknown" // the known ones
	RowTableEmpty      RowCode = "roster.table-empty"
	RowTicksMany       RowCode = "roster.ticks-many"
	RowTooLate         RowCode = "roster.too-late"
	RowWordUnknown     RowCode = "roster.word-unknown"
)

// The codes of rows that are skipped.
const (
	RowSkipHeader  RowCode = "roster.skip-header"
	RowSkipNobody  RowCode = "roster.skip-nobody"
	RowSkipNote    RowCode = "roster.skip-note"
	RowSkipSection RowCode = "roster.skip-section" // what the people below it are
	RowSkipStruck  RowCode = "roster.skip-struck"
)

// The codes of what is worth knowing about a roster.
const (
	RowColumnHidden     RowCode = "roster.column-hidden"
	RowColumnUnread     RowCode = "roster.column-unread"
	RowConfirmedAlready RowCode = "roster.confirmed-already"
	RowConfirmedEarly   RowCode = "roster.confirmed-early" // joined
	RowDateFuture       RowCode = "roster.date-future"
	RowGroupsAlike      RowCode = "roster.groups-alike" // the names
	RowHeadMissing      RowCode = "roster.head-missing" // number of the column
	RowHidden           RowCode = "roster.hidden"
	RowNameMarked       RowCode = "roster.name-marked"
	RowSecretaryLost    RowCode = "roster.secretary-lost" // name
	RowSecretaryNone    RowCode = "roster.secretary-none"
	RowSheetHidden      RowCode = "roster.sheet-hidden"
	RowSheetTaken       RowCode = "roster.sheet-taken" // people
	RowSheetUnread      RowCode = "roster.sheet-unread"
	RowTooYoung         RowCode = "roster.too-young" // born
)

// CheckRoster lists what is wrong with a list of people. Row counts them from
// 1.
func CheckRoster(people []Member) []RowError {
	var errs []RowError
	seen := map[string]string{}
	secretary := ""
	for i, m := range people {
		bad := func(column, value string, code RowCode, args ...string) {
			errs = append(errs, RowError{Row: i + 1, Column: column, Value: value, Code: code, Args: args})
		}
		m.checkName(bad)
		m.checkID(bad)
		if first, twice := seen[foldedID(string(m.ID))]; twice {
			bad("编号", string(m.ID), RowIDTwice, first)
		}
		seen[foldedID(string(m.ID))] = m.Name
		if !slices.Contains([]Kind{Formal, Probationary, Mass, Guest}, m.Kind) {
			bad("类别", string(m.Kind), RowKindUnknown)
		}
		if m.leads() {
			if secretary != "" {
				bad("党内职务", m.PartyPost, RowSecretaryTwice, secretary)
			}
			secretary = m.Name
		}
		m.checkWords(bad)
	}
	return errs
}

// complain notes what is wrong with a cell.
type complain func(column, value string, code RowCode, args ...string)

func (m Member) checkName(bad complain) {
	if m.Name == "" {
		bad("姓名", "", RowNameMissing)
	} else if no := badText(m.Name, 30); no != nil {
		bad("姓名", m.Name, cellFault(no), no.Args...)
	} else if !strings.ContainsFunc(m.Name, unicode.IsLetter) || strings.EqualFold(m.Name, "true") {
		bad("姓名", m.Name, RowNameOdd)
	}
}

// marked are the signs in a name by which a sheet says more than the name, or names two.
const marked = "()（）[]【】〔〕*＊※#/、，,；;：:"

// oddName lists what a name says that is no name: 张三（预备）, 张三、李四. It may be meant,
// and is what all papers then print. Row is 0.
func oddName(m Member) []RowError {
	if !strings.ContainsAny(m.Name, marked) {
		return nil
	}
	return []RowError{{Column: "姓名", Value: m.Name, Code: RowNameMarked}}
}

// cutNumber is what a spreadsheet program makes of a long number: 1.38E+10. The rest
// of its digits is gone.
var cutNumber = regexp.MustCompile(`^\d(\.\d+)?[Ee]\+\d+$`)

func (m Member) checkID(bad complain) {
	switch {
	case cutNumber.MatchString(string(m.ID)):
		bad("编号", string(m.ID), RowIDCut)
	case !validID(string(m.ID)):
		bad("编号", string(m.ID), RowIDBad)
	case strings.EqualFold(string(m.ID), string(Screen)):
		bad("编号", string(m.ID), RowIDOfScreen)
	case strings.EqualFold(string(m.ID), string(Booth)):
		bad("编号", string(m.ID), RowIDOfBooth)
	case strings.EqualFold(string(m.ID), string(organisation)):
		bad("编号", string(m.ID), RowIDOfOrg)
	}
}

// checkWords checks the columns of text, and those that know only their own
// words.
func (m Member) checkWords(bad complain) {
	for _, c := range rosterColumns {
		if v := *c.field(&m); c.name != "姓名" && c.name != "编号" && v != "" {
			if no := badText(v, 100); no != nil {
				bad(c.name, v, cellFault(no), no.Args...)
			}
		}
	}
	if m.Standing != "" && !isStanding(m.Standing) {
		bad("状态", m.Standing, RowStandingUnknown, standingNames)
	}
	if m.NotCounted != "" && !isReason(m.NotCounted) {
		bad("不计入应到原因", m.NotCounted, RowReasonUnknown, reasonNames)
	}
	if post := m.unsurePost(); post != "" {
		bad("党内职务", m.PartyPost, RowPostUnsure, post)
	}
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

// clashes lists where people contradict the roster, or the meeting if it has
// begun. Row counts people from 1.
func (s *State) clashes(people []Member) []RowError {
	var errs []RowError
	stays := func(m Member) bool {
		return m.leads() && !slices.ContainsFunc(people, func(p Member) bool { return p.ID == m.ID })
	}
	for i, m := range people {
		bad := func(column, value string, code RowCode, args ...string) {
			errs = append(errs, RowError{Row: i + 1, Column: column, Value: value, Code: code, Args: args})
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
		case over && old.Uncounted() != m.Uncounted():
			column, value := "不计入应到原因", m.NotCounted
			if old.NotCounted == m.NotCounted {
				column, value = "状态", m.Standing
			}
			bad(column, value, RowCountFixed)
		}
	}
	return errs
}
