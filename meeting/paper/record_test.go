package paper

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

func TestTheLedgerIsAPaperAndWhatIsPrivateIsNone(t *testing.T) {
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Founds(meetingtest.Rules(t, "seed-2017"), meetingtest.Branch(8, 1)...)
	m.Does("m02", meetingtest.Writes("talk", 0, "kind", meeting.TalkMembers, "with", `["m03"]`, "at", "2017-03-16T15:30", "means", "面谈", "content", "家里的难处"))
	m.Does("m02", meetingtest.Writes("outline", 0, "causes", "自己的原因"))
	if list := forms(m.State()); len(list) != 0 {
		t.Errorf("papers before there is a ledger: %+v", list)
	}
	m.Sits(preset.Rectification)
	m.Does(m.Chair(), meetingtest.Writes("ledger", 0, "member", "m03", "problem", "到基层少", "source", "互评", "due", "2017-06-30"),
		meetingtest.Writes("ledger", 0, "problem", "会议|偏多\n还很长", "due", meeting.DueAlways))
	list := forms(m.State())
	if len(list) != 1 || list[0].Name != "ledger" {
		t.Fatalf("papers: %+v", list)
	}
	text := string(markdown(list[0].Document.plain()))
	for _, want := range []string{"整改台账", "| 1 | 个人 | 党员03 | 到基层少 | 互评 |", "| 2 | 班子 |", "长期坚持", "未启动"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "家里的难处") || strings.Contains(text, "自己的原因") {
		t.Errorf("what is private:\n%s", text)
	}
	for _, f := range meeting.Forms() { // the control: their reader's paper has it
		if f.Name == "talk" && !strings.Contains(string(markdown(records(m.State(), "m02", f).plain())), "家里的难处") {
			t.Error("m02's own talk is not in m02's paper")
		}
	}
}
