package paper

import (
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// What a branch has once is a text with what the superior said to each version,
// not a table of people.
func TestAPaperOfTheBranchTellsItsVersionsAndWhoDecided(t *testing.T) {
	m := meetingtest.New(t, meetingtest.NewRoom())
	rules := meetingtest.Rules(t, "seed-2017", func(r *preset.Rules) { r.SelfCheckApproval = true })
	m.Founds(rules, meetingtest.Branch(8, 1)...)
	check := func(word, text, approval string) meeting.MoveRecord {
		return meeting.MoveRecord{Form: "selfcheck", Word: word, Text: text, Approval: approval}
	}
	m.Does("m03", meetingtest.Writes("selfcheck", 0, "problems", `[{"aspect":"学习","problem":"不够深入"}]`, "causes", "抓得不紧", "direction", "学在前面", "measures", `[{"what":"每月讨论","until":"长期坚持"}]`),
		check("submit", "", ""))
	m.Does(meeting.SuperiorID("s1"), check("return", "事例太少", ""))
	m.Does("m03", meetingtest.Writes("selfcheck", 0, "problems", `[{"aspect":"学习","problem":"不够深入","example":"两次没有讨论"}]`), check("submit", "", ""), check("approve", "", "总支〔2017〕5号"))
	list := All(m.State(), Facts{})
	if len(list) != 1 || list[0].Name != "selfcheck" {
		t.Fatalf("papers: %+v", list)
	}
	for _, format := range []doc.Format{doc.Markdown, doc.CSV, doc.JSON} {
		file, err := doc.HouseStyle().Render(list[0].Document, format)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"班子对照检查", "存在的主要问题", "两次没有讨论", "抓得不紧", "第 2 版，已审定", "上级s1：已退回，事例太少", "党员03：已审定，文号 总支〔2017〕5号"} {
			if !strings.Contains(string(file), want) {
				t.Errorf("%s: no %q in\n%s", format, want, file)
			}
		}
	}
	if text := asMarkdown(t, list[0].Document); strings.Contains(text, "# 党员03") {
		t.Errorf("it is nobody's own:\n%s", text)
	}
}

func TestAPaperOfStudiesHasNothingPrivate(t *testing.T) {
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Founds(meetingtest.Rules(t, "seed-2017"), meetingtest.Branch(8, 1)...)
	m.Does("m03", meetingtest.Writes("study", 0, "day", "2017-03-14", "form", "集中", "topic", "《准则》", "hours", "1.5", "attended", `["m03","m05"]`,
		"made_up", `[{"who":"m06","day":"2017-03-16"}]`, "points", "只给到会的人看"))
	text := asMarkdown(t, All(m.State(), Facts{})[0].Document)
	if !strings.Contains(text, "| 1 | 2017-03-14 | 集中 | 《准则》 |  |  | 1.5 | 党员03、党员05 | 党员06；2017-03-16 |  |  | 已记 |") || strings.Contains(text, "只给到会的人看") || strings.Contains(text, "发言要点") {
		t.Error(text)
	}
}

func TestTheLedgerIsAPaperAndWhatIsPrivateIsNone(t *testing.T) {
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Founds(meetingtest.Rules(t, "seed-2017"), meetingtest.Branch(8, 1)...)
	m.Does("m02", meetingtest.Writes("talk", 0, "kind", meeting.TalkMembers, "with", `["m03"]`, "at", "2017-03-16T15:30", "means", "面谈", "content", "家里的难处"))
	m.Does("m02", meetingtest.Writes("outline", 0, "causes", "自己的原因"))
	if list := All(m.State(), Facts{}); len(list) != 0 {
		t.Errorf("papers before there is a ledger: %+v", list)
	}
	m.Sits(preset.Rectification)
	m.Does(m.Chair(), meetingtest.Writes("ledger", 0, "member", "m03", "problem", "到基层少", "source", "互评", "due", "2017-06-30"),
		meetingtest.Writes("ledger", 0, "problem", "会议|偏多\n还很长", "due", meeting.DueAlways))
	list := All(m.State(), Facts{})
	text := asMarkdown(t, list[slices.IndexFunc(list, func(p Paper) bool { return p.Name == "ledger" })].Document)
	for _, want := range []string{"整改台账", "| 1 | 个人 | 党员03 | 到基层少 | 互评 |", "| 2 | 班子 |", "长期坚持", "未启动"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "家里的难处") || strings.Contains(text, "自己的原因") {
		t.Errorf("what is private:\n%s", text)
	}
	for _, f := range meeting.Forms() { // the control: their reader's paper has it
		if f.Name == "talk" && !strings.Contains(asMarkdown(t, records(m.State(), "m02", f)), "家里的难处") {
			t.Error("m02's own talk is not in m02's paper")
		}
	}
}

// Register forms and daily conduct are papers once somebody has written one,
// without what is private, for those who read the records themselves.
func TestRegisterFormsAndConductArePapersOfTheirReaders(t *testing.T) {
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Founds(meetingtest.Rules(t, "seed-2017"), meetingtest.Branch(8, 1)...)
	m.Does("m03", meeting.Name{ID: "m07", Seat: meeting.SeatRecorder})
	if list := All(m.State(), Facts{}); len(list) > 0 {
		t.Errorf("papers of what nobody has written: %+v", list)
	}
	m.Does("m05", meetingtest.Writes("register", 0, "summary", "只给评定的人看", "former_name", "曾用名"))
	m.Does("m03", meetingtest.Writes("conduct", 5, "note", "住院两个月", "facts", `[{"item":"志愿服务","value":"3 次"}]`))
	for i, want := range []string{"| 5 | 党员05 | 正式党员 | 草稿 |", "志愿服务"} {
		p := All(m.State(), Facts{})[i]
		text := asMarkdown(t, p.Document)
		if !strings.Contains(text, want) || strings.Contains(text, "只给评定的人看") || strings.Contains(text, "住院") {
			t.Errorf("%s: %s", p.Name, text)
		}
		if !gets(m.State(), "m03", p.Name) || !gets(m.State(), "m02", p.Name) || gets(m.State(), "m07", p.Name) || gets(m.State(), "m05", p.Name) {
			t.Errorf("%s: who may have it", p.Name)
		}
	}
	m.Sits(preset.Opening)
	if !gets(m.State(), "m07", "minutes") {
		t.Error("the recorder may not have the minutes")
	}
}

// gets reports whether who may have the paper of a name.
func gets(s *meeting.State, who meeting.MemberID, name string) bool {
	return slices.ContainsFunc(For(s, who, Facts{}), func(p Paper) bool { return p.Name == name })
}
