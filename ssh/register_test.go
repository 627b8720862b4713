package ssh

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/meeting/sheet"
)

// A member's register form over words: theirs alone until it is handed in, read by
// those who grade, and by the superior as it was sent with the bundle.
func TestTheRegisterFormOverSSH(t *testing.T) {
	h, _ := newOrgHouse(t)
	var r kept
	h.asks("m02", "register add", "一年来做了三件事。", &r)
	h.asks("m02", "register update", `{"work_since":"1998.07","former_name":"曾用名"}`, &r)
	if r.State != "draft" || r.Fields["summary"] != "一年来做了三件事。" || r.Fields["work_since"] != "1998-07" || r.Fields["member"] != "m02" {
		t.Errorf("written: %+v", r)
	}
	for _, input := range []string{`{"grade":"优秀"}`, `{"score":98}`, `{"work_since":"去年"}`, `{"summary":7}`, `{"summary":"` + strings.Repeat("长", 5001) + `"}`} {
		if a := h.says("m02", "register update", input); a.exit != exitFailed || a.out != "" || !oneLine(a.err) {
			t.Errorf("%.40s: %+v", input, a)
		}
	}
	for who, exit := range map[meeting.MemberID]int{"m03": exitFailed, "s1": exitFailed} {
		words := "register show 2"
		if who == "s1" {
			words = "in b1 " + words
		}
		if a := h.says(who, words, ""); a.exit != exit || strings.Contains(a.out+a.err, "三件事") {
			t.Errorf("%s reads it: %+v", who, a)
		}
	}
	r = kept{}
	if h.asks("m01", "register show 2", "", &r); r.Fields["summary"] != nil || r.State != "draft" {
		t.Errorf("the console reads a draft: %+v", r)
	}
	h.asks("m02", "register submit", "", &r)
	var list []kept
	h.asks("m01", "register list", "", &list)
	if len(list) != 5 || list[0].By != "" || list[0].State != "draft" || list[1].Fields["summary"] != "一年来做了三件事。" {
		t.Errorf("the console's list: %+v", list)
	}
	h.toItem(preset.Rating)
	h.Rates("合格")
	h.asks("m01", "submit --yes 5", "", &struct{}{})
	r = kept{}
	if h.asks("m02", "register show", "", &r); r.State != "proposed" || r.Fields["grade"] != nil {
		t.Errorf("a member is told their grade by the form: %+v", r)
	}
	h.Ends()
	h.asks("m01", "submit", "", &struct{}{})
	var b bundleAnswer
	h.asks("s1", "in b1 bundle", "", &b)
	if b.Lines[0].Register != 0 || b.Lines[1].Register != 1 {
		t.Errorf("the bundle: %+v", b.Lines)
	}
	list = nil
	h.asks("s1", "in b1 register list", "", &list)
	if len(list) != 1 || list[0].Fields["summary"] != "一年来做了三件事。" || list[0].Fields["grade"] != "合格" {
		t.Errorf("the forms of the bundle: %+v", list)
	}
	if a := h.says("m02", "register update", "再改"); a.exit != exitFailed || !strings.Contains(a.err, "已经送上级") {
		t.Errorf("changed while the superior has it: %+v", a)
	}
	h.asks("s1", "in b1 approve all", "", &b)
	h.asks("m01", "feedback give m02", "", &struct{}{})
	h.asks("m02", "ack", "接受", &struct{}{})
	if h.asks("m02", "register show", "", &r); r.State != "acknowledged" || r.Fields["decided"] != "合格" || r.Fields["statement"] != "接受" {
		t.Errorf("at the end: %+v", r)
	}
}

// A table of daily conduct is taken whole, csv or xlsx, or every fault is told in
// one line.
func TestConductOverSSH(t *testing.T) {
	h := newHouse(t, 3)
	var list []kept
	h.asks("m01", "conduct add", "姓名,志愿服务,培训\n党员02,3 次,\n党员03,,8 学时\n", &list)
	if len(list) != 3 || list[1].Fields["member"] != "m02" || list[1].State != "kept" || len(list[1].Fields["facts"].([]any)) != 1 {
		t.Errorf("from csv: %+v", list)
	}
	form := sheet.Form{Name: "表", Columns: []sheet.FormColumn{{Header: "编号"}, {Header: "志愿服务"}}, Rows: [][]string{{"m02", "4 次"}}}
	book, err := form.Workbook()
	if err != nil {
		t.Fatal(err)
	}
	h.asks("m01", "conduct update", string(book), &list)
	facts := list[1].Fields["facts"].([]any)
	if got := facts[0].(map[string]any); len(facts) != 1 || got["item"] != "志愿服务" || got["value"] != "4 次" {
		t.Errorf("from xlsx: %+v", list)
	}
	a := h.says("m01", "conduct add", "姓名,志愿服务\n党员02,9 次\n党员99,1\n党员98,10\n合计,20\n")
	if a.exit != exitFailed || !oneLine(a.err) || !strings.Contains(a.err, "第 3 行 姓名「党员99」") || !strings.Contains(a.err, "第 4 行") {
		t.Errorf("faults: %+v", a)
	}
	if a := h.says("m01", "conduct add", "姓名,志愿服务\n党员02,4 次\n合计,4\n"); a.out != "已记下 1 名党员的情况。没有读：第 3 行「合计 4」：合计、说明或落款。\n" {
		t.Errorf("a total: %+v", a)
	}
	var r kept
	h.asks("m01", "conduct update 2", `{"note":"住院两个月"}`, &r)
	if h.asks("m01", "conduct show 2", "", &r); r.Fields["note"] != "住院两个月" || len(r.Fields["facts"].([]any)) != 1 {
		t.Errorf("one row of a bad table was taken: %+v", r)
	}
	for _, words := range []string{"conduct show 2", "conduct show", "conduct update 2"} {
		if a := h.says("m02", words, `{"note":"x"}`); a.exit != exitFailed || strings.Contains(a.out+a.err, "住院") {
			t.Errorf("a member says %s: %+v", words, a)
		}
	}
	if a := h.says("m02", "conduct add", "姓名,甲\n党员02,1\n"); a.exit != exitFailed || !oneLine(a.err) {
		t.Errorf("a member brings a table: %+v", a)
	}
	if a := h.says("m01", "conduct update 2", "姓名,甲\n党员02,1\n"); a.exit != exitUsage {
		t.Errorf("a table for one: %+v", a)
	}
}
