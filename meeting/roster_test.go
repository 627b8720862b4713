package meeting_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/meeting/sheet"
)

// today is a day after all that happens in these tests.
const today = "2026-11-26"

// rowsOf reads a csv as the command line does.
func rowsOf(t *testing.T, text string) [][]string {
	t.Helper()
	tables, err := sheet.Read("名册.csv", []byte(text))
	return must(t, tables, err)[0].Rows
}

// readRows reads the rows of one sheet.
func readRows(s *meeting.State, rows [][]string) ([]meeting.Member, []meeting.RowError) {
	got := meeting.ReadRoster(s, []meeting.Sheet{{Rows: rows}}, today)
	return got.People, got.Errors
}

// founded is a branch without people.
func founded(t *testing.T) *hall { return newHall(t, "seed-2017", nil) }

func TestARosterIsReadByItsHeadersInAnyOrder(t *testing.T) {
	text := "某大学第一党支部党员花名册\r\n" +
		"序号,党内职务,类别,姓  名,出生年月,入党时间,不计入应到原因,党小组\r\n" +
		"1,支部书记,正式,党 员 甲,1970.08,1995年9月1日,,第一组\r\n" +
		",,,,,,,\r\n" +
		"2,,预备党员,党员乙,20011231,2016-11,,\r\n" +
		"3,副书记兼组织委员,正 式,Ana Li,1980/9,2000,长期患病,\r\n" +
		"4,,群众代表,群众丙,,,,\r\n" +
		"5,指导领导,列席,列席丁,,,,\r\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	must(t, gbk, err)
	for name, file := range map[string]string{"UTF-8": text, "UTF-8 with BOM": "\ufeff" + text, "GBK": gbk} {
		people, bad := readRows(founded(t).State(), rowsOf(t, file))
		if len(bad) > 0 {
			t.Fatalf("%s: %+v", name, bad)
		}
		same(t, name, people, []meeting.Member{
			{ID: "m01", Name: "党员甲", Kind: meeting.Formal, PartyPost: "书记", Born: "1970-08", Joined: "1995-09-01", Group: "第一组"},
			{ID: "m02", Name: "党员乙", Kind: meeting.Probationary, Born: "2001-12-31", Joined: "2016-11"},
			{ID: "m03", Name: "Ana Li", Kind: meeting.Formal, PartyPost: "副书记兼组织委员", Born: "1980-09", Joined: "2000", NotCounted: "长期患病"},
			{ID: "m04", Name: "群众丙", Kind: meeting.Mass},
			{ID: "m05", Name: "列席丁", Kind: meeting.Guest, PartyPost: "指导领导"},
		})
	}
}

func TestEveryBadCellOfARosterIsListedAndNobodyIsTaken(t *testing.T) {
	s := newHall(t, "seed-2017", nil, fifteen()...).State()
	for _, c := range []struct{ name, rows, want string }{
		{"nothing", "", "1/"},
		{"only a header", "姓名,类别", "2/"},
		{"no header at all", "党员01,正式\n党员02,正式", "1/"},
		{"a column is missing", "姓名\n党员21", "1/类别"},
		{"a column twice", "姓名,类别,姓名\n党员21,正式,党员22", "1/姓名"},
		{"no name", "姓名,类别\n,正式", "2/姓名"},
		{"a long name", "姓名,类别\n" + strings.Repeat("长", 31) + ",正式", "2/姓名"},
		{"no kind", "姓名,类别\n党员21,\n党员22,正式", "2/类别"},
		{"an unknown kind", "姓名,类别\n党员21,团员", "2/类别"},
		{"month 13", "姓名,类别,入党时间\n党员21,正式,2017.13", "2/入党时间"},
		{"the 30th of February", "姓名,类别,转正时间\n党员21,正式,2016-02-30", "2/转正时间"},
		{"the day after a leap year's", "姓名,类别,转正时间\n党员21,正式,2017-02-29", "2/转正时间"},
		{"January or October", "姓名,类别,出生年月\n党员21,正式,1990.1", "2/出生年月"},
		{"a number of a day", "姓名,类别,出生年月\n党员21,正式,42810", "2/出生年月"},
		{"another century", "姓名,类别,出生年月\n党员21,正式,1017.03", "2/出生年月"},
		{"a word", "姓名,类别,出生年月\n党员21,正式,去年", "2/出生年月"},
		{"a bad number", "编号,姓名,类别\nm#1,党员21,正式\nscreen,党员22,正式", "2/编号, 3/编号"},
		{"a number twice", "编号,姓名,类别\nm21,党员21,正式\nm21,党员22,正式", "3/编号"},
		{"a row twice", "姓名,类别\n党员21,正式\n党员21,正式", "2/编号, 3/编号"},
		{"two secretaries", "姓名,类别,党内职务\n党员21,正式,书记\n党员03,正式,党支部书记", "3/党内职务"},
		{"a second secretary", "姓名,类别,党内职务\n党员21,正式,书记", "2/党内职务"},
		{"several at once", "编号,姓名,类别,入党时间\n,党员21,正式,2017.13\n,,团员,2017\nm22,党员22,正式,\nm22,党员23,正式,", "2/入党时间, 5/编号"},
		{"a long cell", "姓名,类别,学历\n党员21,正式," + strings.Repeat("长", 101), "2/学历"},
	} {
		var rows [][]string
		for line := range strings.SplitSeq(c.rows, "\n") {
			rows = append(rows, strings.Split(line, ","))
		}
		people, bad := readRows(s, rows)
		var got []string
		for _, e := range bad {
			got = append(got, fmt.Sprintf("%d/%s", e.Row, e.Column))
			if e.Code == "" {
				t.Errorf("%s: row %d says nothing", c.name, e.Row)
			}
		}
		want := strings.Split(c.want, ", ")
		slices.Sort(got)
		slices.Sort(want)
		same(t, c.name, got, want)
		if len(people) > 0 {
			t.Errorf("%s: people are taken in spite of it", c.name)
		}
	}
}

func TestARosterWithFormulasOrInvisibleCharactersDoesNotReachTheMeeting(t *testing.T) {
	for _, cell := range []string{"=HYPERLINK(1)", "@SUM(1)", "党员\u202e01", "党员\x1b[2J", "党员\u200b01"} {
		if rows := rowsOf(t, "姓名,类别\n"+cell+",正式\n"); rows[1][0] != "" {
			t.Errorf("%q is read as a name", cell)
		}
	}
	h := founded(t)
	for _, name := range []string{"党员\x1b[2J", "党员\u202e01", "党员\n01", "党员\xff", "党员\u2028", "党员\u2029", "党员\ufffd", "党员\ue000", ""} {
		h.Refused(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{{ID: "m01", Name: name, Kind: meeting.Formal}}}, meeting.BadRoster)
	}
	h.Refused(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{{ID: "m01", Name: "党员01", Kind: "king"}}}, meeting.BadRoster)
	if len(h.State().Roster) > 0 {
		t.Errorf("the roster has %v", h.State().Roster)
	}
}

// A cell is refused for what is wrong with it, not for all that could be.
func TestABadCellIsToldItsOwnCause(t *testing.T) {
	h := founded(t)
	for name, want := range map[string][]string{
		"党员\ue863":              {"1", "姓名", "roster.cell-private", "U+E863"},
		"党员\u200b01":            {"1", "姓名", "roster.cell-control"},
		"党员\ufffd":              {"1", "姓名", "roster.cell-garbled"},
		strings.Repeat("长", 31): {"1", "姓名", "roster.cell-long", "31", "30"},
	} {
		h.Refused(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{{ID: "m01", Name: name, Kind: meeting.Formal}}}, meeting.BadRoster, want...)
	}
}

func TestANumberThatASpreadsheetProgramCutIsToldAsThat(t *testing.T) {
	for id, code := range map[meeting.MemberID]string{"1.38E+10": "roster.id-cut", "1e+17": "roster.id-cut", "1.38": "roster.id-bad"} {
		founded(t).Refused(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{{ID: id, Name: "党员01", Kind: meeting.Formal}}}, meeting.BadRoster, "1", "编号", code)
	}
}

func TestDatesComeInTheFormsThatSheetsHave(t *testing.T) {
	for text, want := range map[string]string{
		"2017": "2017", "2017年": "2017", "2017.3": "2017-03", "2017.03": "2017-03", "2017-3": "2017-03", "2017/12": "2017-12",
		"2017年8月": "2017-08", "2017.08": "2017-08", "2017-09": "2017-09", "2017.10": "2017-10", "2017年1月": "2017-01", "2017.1.1": "2017-01-01",
		"201709": "2017-09", "20170908": "2017-09-08", "2017-08-09": "2017-08-09", "2017年3月16日": "2017-03-16", "2016.2.29": "2016-02-29",
		"２０１７年３月１６日": "2017-03-16", "２０１７．０３": "2017-03", "2017／12": "2017-12", "２０１７０９": "2017-09",
		"2017年8月9号": "2017-08-09", "2017/8/9 0:00": "2017-08-09", "2017-08-09 00:00:00": "2017-08-09", "2017-08-09T00:00:00.000": "2017-08-09", "2017/1/1 0:00": "2017-01-01",
	} {
		people, bad := readRows(founded(t).State(), [][]string{{"姓名", "类别", "出生年月"}, {"党员01", "正式", text}})
		if len(bad) > 0 || people[0].Born != want {
			t.Errorf("%s: got %v %v, want %s", text, people, bad, want)
		}
	}
}

func TestTheSameSheetTwiceChangesNothing(t *testing.T) {
	h := founded(t)
	rows := rowsOf(t, "姓名,类别,党内职务\n党员01,正式,书记\n党员02,正式,\n党员03,预备,\n")
	people, bad := readRows(h.State(), rows)
	same(t, "bad rows", bad, nil)
	h.Does(meeting.Keeper, meeting.ImportRoster{People: people})
	events := h.State().Chronicle.Len()
	again, bad := readRows(h.State(), rows)
	same(t, "bad rows", bad, nil)
	same(t, "people", again, people)
	h.Does(meeting.Keeper, meeting.ImportRoster{People: again})
	same(t, "events", h.State().Chronicle.Len(), events)
}

func TestANewSheetKeepsNumbersAndTakesTheNextFreeOnes(t *testing.T) {
	h := founded(t)
	h.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{
		{ID: "m02", Name: "党员乙", Kind: meeting.Formal}, {ID: "x-9", Name: "党员丙", Kind: meeting.Probationary},
	}})
	people, bad := readRows(h.State(), rowsOf(t, "姓名,类别,编号\n党员甲,正式,\n党员丙,正式,\n党员丁,正式,m03\n党员戊,正式,\n"))
	same(t, "bad rows", bad, nil)
	var got []meeting.MemberID
	for _, m := range people {
		got = append(got, m.ID)
	}
	same(t, "numbers", got, ids("m01", "x-9", "m03", "m04"))
	h.Does(meeting.Keeper, meeting.ImportRoster{People: people, Yes: true})
	m, _ := h.State().Member("x-9")
	same(t, "the 预备党员 who was confirmed", m.Kind, meeting.Formal)
	same(t, "people", len(h.State().Roster), 5)
}

func TestPeopleOfTheSameNameNeedNumbers(t *testing.T) {
	h := founded(t)
	people, bad := readRows(h.State(), rowsOf(t, "编号,姓名,类别\na,党员甲,正式\nb,党员甲,正式\n"))
	same(t, "bad rows", bad, nil)
	h.Does(meeting.Keeper, meeting.ImportRoster{People: people})
	_, bad = readRows(h.State(), rowsOf(t, "姓名,类别\n党员甲,正式\n"))
	if len(bad) != 1 || bad[0].Column != "编号" {
		t.Errorf("which of the two? %+v", bad)
	}
}

func TestOnlyTheServersKeeperChangesTheRoster(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	one := []meeting.Member{{ID: "m16", Name: "党员16", Kind: meeting.Formal}}
	for _, id := range ids("m03", "m05", "g1", "screen", "nobody") {
		h.Refused(id, meeting.ImportRoster{People: one}, meeting.KeeperOnly)
		h.Refused(id, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m03": "00"}}, meeting.KeeperOnly)
	}
	h.Does(meeting.Keeper, meeting.ImportRoster{People: one})
	h.Refused(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m03": "00", "m99": "01"}}, meeting.UnknownMember, "m99")
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m03": "00", "m04": "01"}},
		meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m04": "02"}}, meeting.IssueCodes{})
	same(t, "codes", maps.Collect(h.State().Codes.All()), map[meeting.MemberID]string{"m03": "00", "m04": "02"})
	h.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{{ID: "m16", Name: "党员16", Kind: meeting.Formal, Standing: "已转出"}}, Yes: true})
	h.Refused(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m16": "03"}}, meeting.HasLeft, "党员16", "已转出")
}

func TestOnceTheMeetingBeganTheKindsOfPeopleStay(t *testing.T) {
	h := seated(t, "seed-2017", preset.Opening, nil)
	change := func(id meeting.MemberID, f func(*meeting.Member)) meeting.ImportRoster {
		m, _ := h.State().Member(id)
		m.ID = id
		f(&m)
		return meeting.ImportRoster{People: []meeting.Member{m}, Yes: true}
	}
	promote := change("m14", func(m *meeting.Member) { m.Kind = meeting.Formal })
	rename := change("m05", func(m *meeting.Member) { m.Name = "党员五" })
	late := change("m16", func(m *meeting.Member) { m.Name, m.Kind = "党员16", meeting.Formal })
	later := change("m17", func(m *meeting.Member) { m.Name, m.Kind = "党员17", meeting.Formal })
	excuse := change("m05", func(m *meeting.Member) { m.NotCounted = "长期患病" })

	h.Refused(meeting.Keeper, promote, meeting.BadRoster)
	h.Does(meeting.Keeper, rename, late)
	same(t, "expected", h.State().Roll().Expected, 16)

	h.GoTo(preset.Closing)
	h.Does("m03", meeting.Next{Reason: "改日再开"})
	h.Refused(meeting.Keeper, promote, meeting.BadRoster)
	h.Refused(meeting.Keeper, later, meeting.BadRoster)
	h.Refused(meeting.Keeper, excuse, meeting.BadRoster)
	h.Does(meeting.Keeper, change("m05", func(m *meeting.Member) { m.Born = "1970-08" }))
	same(t, "expected", h.State().Roll().Expected, 16)
}

func TestTheCommitteeIsTheBranchsOwn(t *testing.T) {
	person := func(id meeting.MemberID, post string) meeting.Member {
		return meeting.Member{ID: id, Name: "党员" + string(id), Kind: meeting.Formal, PartyPost: post}
	}
	h := newHall(t, "seed-2017", nil, person("a", "组织委员"), person("b", "党总支委员"), person("c", "党小组长"),
		person("d", "书记兼宣传委员"), person("e", "副书记"), person("f", "党委委员"), person("g", "支委"))
	var committee []meeting.MemberID
	for _, m := range h.State().Roster {
		if slices.Contains(h.State().Seats(m.ID), meeting.SeatCommittee) {
			committee = append(committee, m.ID)
		}
		h.Does(m.ID, meeting.SignIn{})
	}
	same(t, "committee", committee, ids("a", "d", "e", "g"))
	same(t, "chair", h.State().Chair(), "d")
	same(t, "speakers", h.State().Participants(), ids("d", "e", "a", "g", "b", "c", "f"))
	same(t, "a committee of seven 正式党员", h.State().HasCommittee(), true)
}

func TestASmallBranchHasNoCommittee(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()[:6]...) // six 正式党员, three with a post
	same(t, "committee", h.State().HasCommittee(), false)
}

// Such a person could not sign in: the server takes them for the wall.
func TestNobodyIsNumberedLikeTheWallOrABooth(t *testing.T) {
	for _, id := range []meeting.MemberID{meeting.Screen, meeting.Booth} {
		errs := meeting.CheckRoster([]meeting.Member{{ID: id, Name: "党员01", Kind: meeting.Formal}})
		if len(errs) != 1 || errs[0].Column != "编号" {
			t.Errorf("%s: %v", id, errs)
		}
	}
}

// Only who has left no trace is taken off the roster; their code ends.
func TestSomebodyIsTakenOffTheRosterBeforeTheMeeting(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	off := func(id meeting.MemberID) meeting.RemoveMember {
		return meeting.RemoveMember{ID: id, Reason: "导错了"}
	}
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m09": "00", "m10": "01"}})
	h.Does("m05", meeting.SignIn{})
	h.Does("m06", meetingtest.Writes("outline", 0, "causes", "学习不够"))
	h.Refused("m03", off("m09"), meeting.KeeperOnly)
	h.Refused(meeting.Keeper, off("m99"), meeting.UnknownMember, "m99")
	h.Refused(meeting.Keeper, meeting.RemoveMember{ID: "m09"}, meeting.ReasonMissing)
	h.Refused(meeting.Keeper, off("m05"), meeting.HasTakenPart, "党员05")
	h.Refused(meeting.Keeper, off("m06"), meeting.HasTakenPart, "党员06")
	old, people := h.State(), len(h.State().Roster)
	h.Does(meeting.Keeper, off("m09"))
	if _, there := h.State().Member("m09"); there || len(h.State().Roster) != people-1 || len(old.Roster) != people {
		t.Error("m09 is still there, or gone from the state before")
	}
	same(t, "codes", maps.Collect(h.State().Codes.All()), map[meeting.MemberID]string{"m10": "01"})
	began := seated(t, "seed-2017", preset.Opening, nil)
	began.Refused(meeting.Keeper, off("m09"), meeting.RemovedTooLate, "党员09")
	over := decided(t, "seed-2017")
	over.Refused(meeting.Keeper, off("m06"), meeting.RemovedAfter, "党员06")
	left, _ := over.State().Member("m06")
	left.Standing = "已转出"
	over.Refused(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{left}, Yes: true}, meeting.BadRoster, "1", "状态", string(meeting.RowCountFixed))
	left.Standing, left.Post, left.Group = "流动", "讲师", "第二党小组" // who is expected stays the same
	over.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{left}, Yes: true})
}

// Who has left the branch before the meeting is on no ballot, gets no grade and is
// owed no feedback; who leaves once the ballots are out stays on them.
func TestWhoHasLeftIsNotEvaluated(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	leave := func(id meeting.MemberID, standing string) {
		m, _ := h.State().Member(id)
		m.Standing = standing
		h.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{m}, Yes: true})
	}
	before := len(h.State().ToGrade())
	leave("m05", "转出")
	leave("m06", "去世")
	same(t, "graded", len(h.State().ToGrade()), before-2)
	same(t, "questions", len(h.State().Questions()), before-2)
	same(t, "told", slices.ContainsFunc(h.State().Untold(), func(id meeting.MemberID) bool { return id == "m05" || id == "m06" }), false)
	h.Sits(preset.Ballot, "m05", "m06")
	h.Opened("m07", "m08")
	leave("m09", "转出")
	m, _ := h.State().Member("m09")
	graded := graded(t, "seed-2017")
	graded.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{{ID: "m16", Name: "党员16", Kind: meeting.Formal, Standing: "已转出"}}, Yes: true})
	graded.Refused("m02", meeting.Rate{ID: "m16", Grade: "合格", Reason: "研究"}, meeting.HasLeft, "党员16", "已转出")
	same(t, "was on a ballot", []any{h.State().Evaluated(m), h.State().Graded("m09")}, []any{true, true})
}

// Who leaves the branch after having signed in, before the meeting has gone on from
// 签到, is neither expected nor there; later they were there.
func TestWhoHasLeftBeforeTheMeetingIsNotThere(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	leave := func(id meeting.MemberID) {
		t.Helper()
		m, _ := h.State().Member(id)
		m.Standing = "已转出"
		h.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{m}, Yes: true})
	}
	for _, id := range ids("m03", "m05", "m06", "m07") {
		h.Does(id, meeting.SignIn{})
	}
	count := func() []int { r := h.State().Roll(); return []int{r.Present, r.Expected, len(r.NotCounted)} }
	same(t, "signed in", count(), []int{4, 15, 0})
	leave("m05")
	same(t, "m05 has left", count(), []int{3, 14, 1})
	h.Refused("m05", meeting.SignIn{}, meeting.HasLeft, "党员05", "已转出")
	h.Refused("m03", meeting.SignInFor{ID: "m05"}, meeting.HasLeft, "党员05", "已转出")
	h.Does("m03", meeting.Next{})
	leave("m06")
	same(t, "during 签到", count(), []int{2, 13, 2})
	h.GoTo(preset.Opening)
	leave("m07")
	same(t, "m07 was there", count(), []int{2, 13, 2})
}
