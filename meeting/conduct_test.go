package meeting_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// table is a sheet of conduct.
func table(lines ...string) []meeting.Sheet {
	sh := meeting.Sheet{Name: "表"}
	for _, l := range lines {
		sh.Rows = append(sh.Rows, strings.Split(l, ","))
	}
	return []meeting.Sheet{sh}
}

// The log's facts of a member, and those that were brought along.
func TestConductIsFacts(t *testing.T) {
	h := decided(t, "seed-2017")
	h.Does("m03", meetingtest.Writes("study", 0, "day", "2017-03-14", "form", "集中", "topic", "党章", "hours", "2", "attended", `["m05","m06"]`))
	h.Does("m05", talked("m06"))
	read := meeting.ReadConduct(h.State(), table("平时表现统计", "序号,姓名,志愿服务,获奖", "1,党员05,3 次,", "2,党 员 06,,先进工作者"))
	same(t, "errors", len(read.Errors), 0)
	h.Does("m03", meeting.ImportConduct{Rows: read.Rows})
	r, ok := h.State().ConductOf("m02", "m05")
	same(t, "m05", []any{ok, r.State, r.Value("attendance"), r.Value("studied"), r.Value("hours"), r.Value("talks"), r.Value("lines"), r.Value("facts")},
		[]any{true, meeting.Kept, "到会", "1", "2", "1", "0", `[{"item":"志愿服务","value":"3 次"}]`})
	n := h.State().Chronicle.Len()
	h.Does("m03", meeting.ImportConduct{Rows: read.Rows})
	same(t, "the same again is nothing new", h.State().Chronicle.Len(), n)
	h.Does("m02", meetingtest.Writes("conduct", r.No, "note", "住院两个月"))
	h.Does("m03", meeting.ImportConduct{Rows: meeting.ReadConduct(h.State(), table("编号,志愿服务,捐款", "m05,,有")).Rows})
	r, _ = h.State().ConductOf("m03", "m05")
	same(t, "one is taken away, the note stays", []string{r.Value("facts"), r.Value("note")}, []string{`[{"item":"捐款","value":"有"}]`, "住院两个月"})
	h.Refused("m03", meetingtest.Writes("conduct", r.No, "hours", "99"), meeting.FieldFollows, "学时")
	h.Refused("m03", meeting.ImportConduct{Rows: []meeting.ConductRow{{ID: "m05", Facts: []meeting.ConductFact{{Item: "甲", Value: "乙"}}}, {ID: "g1"}}}, meeting.UnknownMember, "g1")
}

// Only those who grade read it: not the member, the recorder, a guest or the
// superior.
func TestWhoReadsConduct(t *testing.T) {
	h := graded(t, "seed-2017")
	h.Does("m03", meeting.Name{ID: "m07", Seat: meeting.SeatRecorder}, meetingtest.Writes("conduct", 5, "note", "只供评定"))
	for _, who := range ids("m05", "m07", "g1", above) {
		if list := h.State().Records(who, "conduct"); len(list) > 0 {
			t.Errorf("%s reads %+v", who, list)
		}
		if _, ok := h.State().ConductOf(who, "m05"); ok {
			t.Errorf("%s reads m05's conduct", who)
		}
	}
	h.Refused("m07", meeting.ImportConduct{}, meeting.GradersOnly)
	h.Refused("m05", meetingtest.Writes("conduct", 0, "note", "我很好"), meeting.GradersOnly)
	h.Refused("m06", meetingtest.Writes("conduct", 5, "note", "x"), meeting.NoRecord, "5")
}

// A table is taken whole or not at all: every fault is told with its row and
// column.
func TestEveryFaultOfATableOfConductIsTold(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	read := meeting.ReadConduct(h.State(), table(
		"编号,姓名,志愿服务", "m05,党员05,3", "m99,,1", ",党员05,2", "m06,党员07,1", "g1,,1", "m08,,"+strings.Repeat("长", 201), ",,1", "党员98,,9"))
	same(t, "rows", len(read.Rows), 0)
	var found []string
	for _, e := range read.Errors {
		found = append(found, e.Error())
	}
	same(t, "errors", found, []string{
		"row 3 编号: conduct.unknown ", "row 4 姓名: conduct.twice 2", "row 5 姓名: conduct.other-name 党员06", "row 6 编号: conduct.outside ",
		"row 7 志愿服务: roster.cell-long 201 200", "row 8 姓名: conduct.unknown ", "row 9 编号: conduct.unknown ",
	})
	for _, bad := range [][]meeting.Sheet{table(""), table("党员05,3"), table("姓名"), table("姓名,甲,甲", "党员05,1,2"), table("姓名,甲,", "党员05,1,2"), table("姓名,甲", "合计,3")} {
		if read := meeting.ReadConduct(h.State(), bad); len(read.Errors) == 0 || len(read.Rows) > 0 {
			t.Errorf("%+v is taken: %+v", bad, read.Rows)
		}
	}
	formula := table("姓名,甲", "党员05,")
	formula[0].Bad = []meeting.BadCell{{Cell: meeting.Cell{Row: 2, Column: 2}, Value: "=1+1", Code: "sheet.formula"}}
	errs := meeting.ReadConduct(h.State(), formula).Errors
	same(t, "a cell that would be computed", []any{len(errs), errs[0].Row, errs[0].Column}, []any{1, 2, "甲"})
}

// Offices' tables have titles, headers of two rows, sums and remarks, sheets that explain,
// and rows that were struck out.
func TestATableOfConductIsReadAsOfficesHaveIt(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	explains := meeting.Sheet{Name: "填表说明", Rows: [][]string{{"时长按小时填写"}}}
	for _, lines := range [][]string{
		{"序号,姓名,志愿服务,,获奖", "序号,姓名,次数,时长,获奖"}, // merged downwards
		{"序号,姓名,志愿服务,,获奖", ",,次数,时长,"},
	} {
		sheets := append(table(append(append([]string{"党员平时表现统计表"}, lines...),
			"1,党员05,3,6.5,先进工作者", "2,党员06,,4,", "3,党员07,1,,", ",合计,3,10.5,", "注：时长由团委提供")...), explains)
		sheets[0].Struck = []meeting.Cell{{Row: 6, Column: 2}}
		read := meeting.ReadConduct(h.State(), sheets)
		same(t, "errors", len(read.Errors), 0)
		same(t, "rows", read.Rows, []meeting.ConductRow{
			{ID: "m05", Facts: []meeting.ConductFact{{"志愿服务·次数", "3"}, {"志愿服务·时长", "6.5"}, {"获奖", "先进工作者"}}},
			{ID: "m06", Facts: []meeting.ConductFact{{"志愿服务·次数", ""}, {"志愿服务·时长", "4"}, {"获奖", ""}}},
		})
		var skipped []string
		for _, e := range read.Skipped {
			skipped = append(skipped, fmt.Sprint(e.Sheet, e.Row, e.Code))
		}
		same(t, "skipped", skipped, []string{"表6roster.skip-struck", "表7roster.skip-note", "表8roster.skip-note", "填表说明0roster.sheet-unread"})
	}
	missing := meeting.ReadConduct(h.State(), table("姓名,甲,乙", ",1,2"))
	same(t, "a person without a name under a whole header", []any{len(missing.Errors), missing.Errors[0].Code}, []any{1, meeting.RowUnknown})
}

// 国办函〔2026〕12号: no points, no ranking. There is no field for a score or a sum,
// and whatever the facts are, people stand in the order of the roster.
func TestNothingIsOrderedByConduct(t *testing.T) {
	h := decided(t, "seed-2017")
	h.Does("m03", meetingtest.Writes("study", 0, "day", "2017-03-14", "form", "集中", "topic", "党章", "hours", "8", "attended", `["m15","m07"]`),
		meeting.ImportConduct{Rows: []meeting.ConductRow{{ID: "m06", Facts: []meeting.ConductFact{{Item: "积分", Value: "98"}}}}})
	var order []meeting.MemberID
	for _, r := range h.State().Records("m03", "conduct") {
		order = append(order, r.Owner)
	}
	same(t, "the order", order, ids("m01", "m02", "m03", "m04", "m05", "m06", "m07", "m14", "m15"))
	for _, f := range meeting.Forms() {
		if f.Name != "conduct" {
			continue
		}
		for _, x := range f.Fields {
			for _, word := range []string{"分", "排名", "总", "合计", "名次"} {
				if strings.Contains(x.Label, word) || slices.Contains([]string{"score", "points", "rank", "total", "sum"}, x.Name) {
					t.Errorf("%s %s is a score", x.Name, x.Label)
				}
			}
		}
	}
	list := h.State().ToGrade()
	same(t, "who is graded first", list, ids("m01", "m02", "m03", "m04", "m05", "m06", "m07"))
}
