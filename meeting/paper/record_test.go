package paper

import (
	"slices"
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
	if has(All(m.State(), Facts{}), "ledger") {
		t.Error("a ledger before there is one")
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
}

// Register forms and daily conduct are papers once somebody has written one,
// without what is private, for those who read the records themselves.
func TestRegisterFormsAndConductArePapersOfTheirReaders(t *testing.T) {
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Founds(meetingtest.Rules(t, "seed-2017"), meetingtest.Branch(8, 1)...)
	m.Does("m03", meeting.Name{ID: "m07", Seat: meeting.SeatRecorder})
	if list := All(m.State(), Facts{}); has(list, "registers") || has(list, "conduct") {
		t.Errorf("papers of what nobody has written: %+v", list)
	}
	m.Does("m05", meetingtest.Writes("register", 0, "summary", "只给评定的人看", "former_name", "曾用名"))
	m.Does("m03", meetingtest.Writes("conduct", 5, "note", "住院两个月", "facts", `[{"item":"志愿服务","value":"3 次"}]`))
	for name, want := range map[string]string{"registers": "| 5 | 党员05 | 正式党员 | 草稿 |", "conduct": "志愿服务"} {
		p := paperNamed(t, All(m.State(), Facts{}), name)
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
	return has(For(s, who, Facts{}), name)
}

func has(list []Paper, name string) bool {
	return slices.ContainsFunc(list, func(p Paper) bool { return p.Name == name })
}

func paperNamed(t *testing.T, list []Paper, name string) Paper {
	t.Helper()
	for _, p := range list {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("no %s", name)
	return Paper{}
}
