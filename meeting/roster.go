package meeting

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Kind is the 类别 of a person on the roster (domain.md §1.1).
type Kind string

// The kinds.
const (
	Formal       Kind = "formal"       // 正式党员
	Probationary Kind = "probationary" // 预备党员
	Mass         Kind = "mass"         // 群众代表
	Guest        Kind = "guest"        // 列席人员, 指导领导
)

// Member is a person on the roster. Dates are yyyy-mm-dd, yyyy-mm or yyyy; the
// fields are those of the register form (domain.md §4.1).
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
	NotCounted string   `json:"not_counted,omitempty"` // why 应到 leaves this person out (domain.md §3.1); "" counts
}

// InParty reports whether m is a 正式 or 预备党员.
func (m Member) InParty() bool { return m.Kind == Formal || m.Kind == Probationary }

func (m Member) guides() bool {
	return strings.Contains(m.PartyPost, "指导") || strings.Contains(m.Post, "指导")
}

// Member returns the person with the given id.
func (s *State) Member(id MemberID) (Member, bool) {
	for _, m := range s.Roster {
		if m.ID == id {
			return m, true
		}
	}
	return Member{}, false
}

// NameOf returns the name of a person, or the id of one who is not on the roster.
func (s *State) NameOf(id MemberID) string {
	if m, ok := s.Member(id); ok {
		return m.Name
	}
	return string(id)
}

// Count returns how many people of the given kinds the roster has.
func (s *State) Count(kinds ...Kind) int {
	n := 0
	for _, m := range s.Roster {
		if slices.Contains(kinds, m.Kind) {
			n++
		}
	}
	return n
}

// HasCommittee reports whether a 支委会 decides on grades: the branch has the
// 正式党员 for one, and committee members are on the roster (domain.md §1.1).
func (s *State) HasCommittee() bool {
	if s.Rules == nil || s.Count(Formal) < s.Rules.Decision.CommitteeFrom {
		return false
	}
	return slices.ContainsFunc(s.Roster, func(m Member) bool { return isCommitteePost(m) })
}

// onCommittee reports whether who has a post in the 支部委员会.
func (s *State) onCommittee(who MemberID) bool {
	m, ok := s.Member(who)
	return ok && isCommitteePost(m)
}

// committee counts the committee's members, and those in the room. It meets with
// at least half of them (domain.md §3.1).
func (s *State) committee() (here, all int) {
	for _, m := range s.Roster {
		if isCommitteePost(m) {
			all++
			if s.present(m.ID) {
				here++
			}
		}
	}
	return here, all
}

// leads reports whether m is the 书记, as in 书记 or 书记兼组织委员.
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

// rank orders speakers: the secretary, the deputy, the committee, the others.
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

// ImportRoster adds people and changes those who are on the roster already,
// all of them or none. People who are not named stay as they are. Once the
// meeting has begun the kinds of people who are already there can't change, and
// after it nothing that its counts rest on.
type ImportRoster struct{ People []Member }

func (c ImportRoster) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActRoster); no != nil {
		return nil, no
	}
	if errs := append(CheckRoster(c.People), s.clashes(c.People)...); len(errs) > 0 {
		return nil, refuse(BadRoster, errs[0].Row, errs[0].Column, errs[0].Why)
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

// clashes lists in what people contradict the roster that they come to, and the
// meeting if it has begun; Row counts them from 1.
func (s *State) clashes(people []Member) []RowError {
	var errs []RowError
	stays := func(m Member) bool {
		return m.leads() && !slices.ContainsFunc(people, func(p Member) bool { return p.ID == m.ID })
	}
	for i, m := range people {
		bad := func(column, value, why string) { errs = append(errs, RowError{i + 1, column, value, why}) }
		if j := slices.IndexFunc(s.Roster, stays); m.leads() && j >= 0 {
			bad("党内职务", m.PartyPost, "名册里已有书记"+s.Roster[j].Name+":请在同一张表里改掉其中一位的党内职务")
		}
		old, known := s.Member(m.ID)
		over := s.Phase == After
		switch {
		case s.Phase == Before:
		case known && old.Kind != m.Kind:
			bad("类别", "", "会议已经开始,不能再改类别:请改回原来的")
		case over && !known:
			bad("编号", string(m.ID), "会议已经结束,不能再加人:请删去这一行")
		case over && old.NotCounted != m.NotCounted:
			bad("不计入应到原因", m.NotCounted, "会议已经结束,不能再改应到:请改回原来的")
		}
	}
	return errs
}

// RosterImported carries the people who are new or changed.
type RosterImported struct {
	People []Member `json:"people"`
}

func (f RosterImported) apply(s *State, _ Event) {
	s.Roster = slices.Clone(s.Roster)
	for _, m := range f.People {
		if i := slices.IndexFunc(s.Roster, func(o Member) bool { return o.ID == m.ID }); i >= 0 {
			s.Roster[i] = m
		} else {
			s.Roster = append(s.Roster, m)
		}
	}
}

// IssueCodes replaces the join codes of the named people by new ones, of which
// only keyed hashes reach the log.
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
	return []Fact{CodesIssued{Hashes: c.Hashes}}, nil
}

// CodesIssued carries the keyed hashes of new join codes.
type CodesIssued struct {
	Hashes map[MemberID]string `json:"hashes"` // hexadecimal
}

func (f CodesIssued) apply(s *State, _ Event) {
	for id, h := range f.Hashes {
		s.Codes = with(s.Codes, id, h)
	}
}

// RowError says what is wrong with one cell of a roster. Why is a Chinese
// sentence: the person who mends the sheet reads it as it is.
type RowError struct {
	Row    int    `json:"row"` // as the sheet counts, the header is row 1
	Column string `json:"column"`
	Value  string `json:"value"`
	Why    string `json:"why"`
}

// rosterColumns are the headers of a roster sheet, each with the field it fills.
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

// rowNumbers is a column that sheets have and nobody needs.
const rowNumbers = "序号"

var kindWords = map[string]Kind{
	"正式": Formal, "正式党员": Formal, "预备": Probationary, "预备党员": Probationary,
	"群众": Mass, "群众代表": Mass, "列席": Guest, "列席人员": Guest,
}

// ReadRoster turns the rows of a sheet into people, in the order of the rows.
// The header (doors.md) is the first row with a 姓名; a title may stand above it
// (domain.md §5.2). People without a 编号 get the one of the same name on the
// roster already, or the next free m01, m02 …. Every bad cell is listed; with
// any error no people are returned.
func ReadRoster(s *State, rows [][]string) ([]Member, []RowError) {
	head := headerRow(rows)
	if head < 0 {
		return nil, []RowError{{Row: 1, Why: "表是空的:第一行应当是表头,至少有 姓名 和 类别 两列"}}
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
		errs = append(errs, RowError{Row: head + 2, Why: "表头下面没有人员:请每人填一行"})
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

// headerRow finds the header: the first row with a 姓名, or else the first that
// is not empty; -1 if all are.
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
			errs = append(errs, RowError{no, c, c, "不认识的列:请删去这一列,或改成模板里的列名"})
		} else if slices.Contains(columns, c) {
			errs = append(errs, RowError{no, c, c, "这一列出现了两次:请删去一列"})
		}
		columns[i] = c
	}
	for _, need := range []string{"姓名", "类别"} {
		if !slices.Contains(columns, need) {
			errs = append(errs, RowError{no, need, "", "缺少 " + need + " 列:请在表头中加上"})
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
			errs = append(errs, RowError{no, fmt.Sprintf("第 %d 列", i+1), cell, "这一格没有表头:请删去,或补上列名"})
		} else if field, ok := m.fieldOf(columns[i]); ok {
			*field = cell
		}
	}
	word := string(m.Kind)
	kind, ok := kindWords[unspaced(word)]
	m.Kind = kind
	if !ok {
		errs = append(errs, RowError{no, "类别", word, "类别应当是 正式、预备、群众、列席 之一"})
	}
	if name := unspaced(m.Name); strings.IndexFunc(name, notHan) < 0 {
		m.Name = name
	}
	m.PartyPost = strings.TrimPrefix(strings.TrimPrefix(m.PartyPost, "党支部"), "支部")
	for _, col := range []string{"出生年月", "入党时间", "转正时间"} {
		field, _ := m.fieldOf(col)
		date, why := readDate(*field)
		if why != "" {
			errs = append(errs, RowError{no, col, *field, why})
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
		same := s.named(name)
		switch {
		case len(same) > 1 || (name != "" && times[name] > 1):
			errs = append(errs, RowError{at[i], "编号", "", "有同名的人:请给每个人填上编号,重复的行请删去"})
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

func (s *State) named(name string) []MemberID {
	var ids []MemberID
	for _, m := range s.Roster {
		if m.Name == name {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// CheckRoster lists what is wrong with a list of people; Row counts them from 1.
func CheckRoster(people []Member) []RowError {
	var errs []RowError
	seen := map[MemberID]string{}
	secretary := ""
	for i, m := range people {
		bad := func(column, value, why string) { errs = append(errs, RowError{i + 1, column, value, why}) }
		if m.Name == "" {
			bad("姓名", "", "姓名是空的:请填上")
		} else if no := badText(m.Name, 30); no != nil {
			bad("姓名", m.Name, "姓名里有控制字符、换行,或超过 30 个字:请改正")
		}
		if !validID(string(m.ID)) {
			bad("编号", string(m.ID), "编号只能用字母、数字、- 和 _,最多 20 个")
		} else if m.ID == Screen {
			bad("编号", string(m.ID), "screen 是投影的名字:请换一个编号")
		} else if m.ID == Booth {
			bad("编号", string(m.ID), "booth 是公用终端的名字:请换一个编号")
		}
		if first, twice := seen[m.ID]; twice {
			bad("编号", string(m.ID), "编号与"+first+"重复:每人一个编号")
		}
		seen[m.ID] = m.Name
		if !slices.Contains([]Kind{Formal, Probationary, Mass, Guest}, m.Kind) {
			bad("类别", string(m.Kind), "没有这个类别")
		}
		if m.leads() {
			if secretary != "" {
				bad("党内职务", m.PartyPost, "书记只能有一位:"+secretary+"已经是书记")
			}
			secretary = m.Name
		}
		for _, c := range rosterColumns {
			if v := *c.field(&people[i]); c.name != "姓名" && c.name != "编号" && v != "" && badText(v, 100) != nil {
				bad(c.name, v, "有控制字符、换行,或超过 100 个字:请改正")
			}
		}
	}
	return errs
}

var (
	dateForm = regexp.MustCompile(`^(\d{4})(?:年|[-./年](\d{1,2})(?:月|[-./月](\d{1,2})日?)?)?$`)
	digits   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})?$`)
	idForm   = regexp.MustCompile(`^[A-Za-z0-9_-]{1,20}$`)
)

// readDate turns 2017.3, 2017年3月16日, 201703, 2017-03-16 … into yyyy[-mm[-dd]],
// or says why not. 2017.1 may be what a spreadsheet left of 2017.10.
func readDate(text string) (date, why string) {
	if text == "" {
		return "", ""
	}
	part := dateForm.FindStringSubmatch(text)
	if part == nil {
		part = digits.FindStringSubmatch(text)
	}
	if part == nil {
		return text, whyNoDate
	}
	if part[2] == "1" && part[3] == "" && strings.HasSuffix(text, ".1") {
		return text, "看不出是 1 月还是 10 月:请写成 " + part[1] + ".01 或 " + part[1] + ".10"
	}
	part = slices.DeleteFunc(part[1:], func(p string) bool { return p == "" })
	n := len(part)
	at, err := time.Parse("2006-1-2"[:2+2*n], strings.Join(part, "-"))
	if err != nil || at.Year() < 1900 || at.Year() > 2100 {
		return text, whyNoDate
	}
	return at.Format("2006-01-02"[:1+3*n]), ""
}

const whyNoDate = "日期应当像 2017-03-16、2017.03 或 2017年3月,月份 1 到 12"

func validID(id string) bool { return idForm.MatchString(id) }

// badText refuses text with control or formatting characters, blank text, and
// text of more than so many characters. Line breaks are only for longer texts:
// see [badSpeech].
func badText(text string, most int) *Refusal {
	n := utf8.RuneCountInString(text)
	switch {
	case !utf8.ValidString(text) || strings.IndexFunc(text, unprintable) >= 0:
		return refuse(ControlCharacters)
	case strings.TrimSpace(text) == "":
		return refuse(TextMissing)
	case n > most:
		return refuse(TextTooLong, n, most)
	}
	return nil
}

// unprintable reports runes that could act on somebody's terminal or hide text:
// controls, bidirectional overrides, private use.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) ||
		r == '\u2028' || r == '\u2029' || r == utf8.RuneError
}

// badSpeech is [badText] for texts of several lines.
func badSpeech(text string) *Refusal {
	return badText(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(text), maxSpeech)
}

// maxSpeech is the longest text that one command may carry, in characters.
const maxSpeech = 5000

// tidy is a text of several lines as it is stored: one kind of line break, no
// tabs, nothing around it.
func tidy(text string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(text))
}
