package paper

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// before is a branch of eight whose work before the meeting is done: everything
// private in it is one of the canaries.
func before(t meetingtest.TB, change func(*preset.Rules)) *meetingtest.Meeting {
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Founds(meetingtest.Rules(t, "seed-2017", change), meetingtest.Branch(8, 1)...)
	m.Does("m03",
		meetingtest.Writes("plan", 0, "title", "工作方案", "from", "2017-03-18", "to", "2017-03-23", "before", "学习\n谈话", "during", "1．通报；\n2．批评", "after", "整改", "guide_wanted", "true"),
		meetingtest.Writes("notice", 0, "time", "2017-03-20T14:30", "place", "二楼会议室", "theme", "四个合格", "items", "通报\n批评", "bring", "发言提纲"),
		meetingtest.Writes("study", 0, "day", "2017-03-14", "form", "集中", "topic", "《准则》", "hours", "1.5", "attended", `["m03","m05"]`,
			"made_up", `[{"who":"m06","day":"2017-03-16"}]`, "points", "金丝雀甲"),
		meetingtest.Writes("selfcheck", 0, "problems", `[{"aspect":"学习","problem":"不够深入","example":"两次没有讨论"}]`, "causes", "抓得不紧", "direction", "学在前面", "measures", `[{"what":"每月讨论","until":"长期坚持"}]`),
		meetingtest.Writes("problem", 0, "level", "班子", "category", "作风", "text", "=会议偏多", "source", "自查"))
	m.Does("m02", meetingtest.Writes("talk", 0, "kind", meeting.TalkCommittee, "with", `["m03"]`, "at", "2017-03-16T15:30", "means", "面谈", "content", "金丝雀乙", "mood", "金丝雀丙"))
	m.Does("m05", meetingtest.Writes("outline", 0, "problems", `[{"aspect":"学习","problem":"金丝雀丁"}]`, "causes", "金丝雀戊", "measures", `[{"what":"金丝雀己"}]`, "study", "金丝雀庚"))
	return m
}

// text is a paper of a list as Markdown.
func text(t *testing.T, list []Paper, name string) string {
	t.Helper()
	return asMarkdown(t, paperNamed(t, list, name).Document)
}

// says fails unless a text has all of what is wanted.
func says(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// The papers of the work before the meeting, letter by letter, and the private ones
// of those who had the talk and wrote the outline.
func TestPapersOfTheWorkBefore(t *testing.T) {
	m := before(t, func(r *preset.Rules) { r.SelfCheckApproval = true })
	m.Does("m03", meetingtest.Moves("notice", 0, "send", ""), meetingtest.Moves("plan", 0, "submit", ""),
		meetingtest.Writes("opinion", 0, "about", "班子", "means", "座谈", "source", "学生", "category", "作风", "text", "金丝雀", "day", "2017-03-15"),
		meeting.MergeOpinions{Nos: []int{1}, Text: "会议偏多"}, meeting.CloseOpinions{})
	m.Does(meeting.SuperiorID("s1"), meetingtest.Moves("plan", 0, "approve", ""))
	for _, p := range append(folder(m), Private(m.State(), Facts{})...) {
		t.Run(p.Name, func(t *testing.T) { golden.RequireEqual(t, asMarkdown(t, p.Document)) })
	}
}

func folder(m *meetingtest.Meeting) []Paper { return All(m.State(), Facts{}) }

func TestThePlanIsALetterWithWhatTheSuperiorSaid(t *testing.T) {
	m := before(t, nil)
	move := func(word, text, approval string) meeting.MoveRecord {
		return meeting.MoveRecord{Form: "plan", Word: word, Text: text, Approval: approval}
	}
	says(t, text(t, folder(m), "plan"), "# 工作方案（草稿）", "## 一、指导思想\n\n＿＿＿＿＿＿", "## 三、时间要求\n\n会议时间：2017年3月18日至2017年3月23日。\n\n完成期限：＿＿＿＿＿＿。",
		"### （一）会前\n\n1\\. 学习\n\n2\\. 谈话", "### （二）会上\n\n1\\. 通报；\n\n2\\. 批评", "### （三）会后\n\n整改", "## 五、书记考核", "## 六、工作要求", "**请上级派人指导**：是", "年　　月　　日")
	if gets(m.State(), meeting.SuperiorID("s1"), "plan") {
		t.Error("the superior reads a draft")
	}
	m.Does("m03", move("submit", "", ""))
	m.Does(meeting.SuperiorID("s1"), move("return", "日期太晚", ""))
	m.Does("m03", meetingtest.Writes("plan", 0, "to", "2017-03-19"), move("submit", "", ""), move("approve", "", "总支〔2017〕5号"))
	p := paperNamed(t, folder(m), "plan")
	if p.Draft || p.Layout != doc.Letter {
		t.Errorf("draft %v, layout %s", p.Draft, p.Layout)
	}
	says(t, asMarkdown(t, p.Document), "第一党支部\n\n2017年3月20日", "## 审核意见", "第 1 版，已退回：日期太晚", "**审核人**：上级s1（党总支书记）", "第 2 版，已审定", "**文号**：总支〔2017〕5号")
	if !gets(m.State(), meeting.SuperiorID("s1"), "plan") || !gets(m.State(), "m08", "plan") || gets(m.State(), "q1", "plan") {
		t.Error("who has the plan")
	}
}

func TestTheNoticeIsALetterForEverybody(t *testing.T) {
	m := before(t, nil)
	if gets(m.State(), "m05", "notice") || !gets(m.State(), "m03", "notice") {
		t.Error("a notice that is not sent is for its writers")
	}
	m.Does("m03", meetingtest.Moves("notice", 0, "send", ""))
	says(t, text(t, folder(m), "notice"), "各位党员：", "## 一、会议时间\n\n2017年3月20日 14:30", "## 二、会议地点\n\n二楼会议室", "## 三、主题\n\n四个合格",
		"## 四、议程\n\n1\\. 通报\n\n2\\. 批评", "## 五、请准备和带来\n\n发言提纲", "第一党支部\n\n2017年3月20日")
	if !gets(m.State(), "m05", "notice") || !gets(m.State(), "q1", "notice") {
		t.Error("who is invited does not have it")
	}
}

func TestStudyIsAPageASessionAndTheHoursOfEverybody(t *testing.T) {
	m := before(t, nil)
	all := text(t, folder(m), "study")
	says(t, all, "**日期**：2017年3月14日", "**应到/实到**：8/2", "**到会**：党员03、党员05", "党员06（2017年3月16日 补课）", "| 5 | 党员05 | 正式党员 | 1 | 0 | 1.5 |", "| 6 | 党员06 | 正式党员 | 1 | 1 | 1.5 |")
	if strings.Contains(all, "发言要点") {
		t.Error("the folder has a place for what was said")
	}
	says(t, text(t, For(m.State(), "m05", Facts{}), "study"), "**发言要点**：金丝雀甲") // who was there
	if other := text(t, For(m.State(), "m06", Facts{}), "study"); strings.Contains(other, "金丝雀") || strings.Contains(other, "发言要点") {
		t.Error("who was not there reads what was said:\n" + other)
	}
}

func TestTalksAreForThoseWhoHadThem(t *testing.T) {
	m := before(t, nil)
	m.Does("m03", meetingtest.Moves("talk", 1, "confirm", ""), meetingtest.Writes("talk", 0, "kind", meeting.TalkMember, "with", `["m05","m06"]`, "at", "2017-03-17", "means", "集体", "content", "再谈"))
	mine := text(t, For(m.State(), "m02", Facts{}), "talks")
	says(t, mine, "**编号**：1", "**谈话类型**：班子互谈", "**谈话人·职务**：党员02·组织委员", "**谈话对象·身份**：党员03·书记", "**时间（起止）**：2017年3月16日 15:30 至 ＿＿＿", "**方式**：面谈",
		"**记录人**：党员02", "**谈话内容要点**：金丝雀乙", "**肯定的成绩**：", "**思想动态·困难**：金丝雀丙", "党员03 2017年3月20日", "谈话人 党员02（签字）", "谈话对象 党员03（签字）")
	if strings.Contains(mine, "再谈") {
		t.Error("somebody else's talk")
	}
	says(t, text(t, For(m.State(), "m06", Facts{}), "talks"), "党员05·正式党员、党员06·正式党员", "谈话对象 党员05（签字）", "谈话对象 党员06（签字）")
	if gets(m.State(), "m07", "talks") || has(folder(m), "talks") {
		t.Error("talks of others")
	}
	all := text(t, Private(m.State(), Facts{}), "talks")
	if strings.Count(all, "金丝雀乙") != 1 || strings.Count(all, "再谈") != 1 {
		t.Errorf("each talk once:\n%s", all)
	}
}

func TestTheMatrixNamesTheGapsAndNothingThatWasSaid(t *testing.T) {
	m := before(t, nil)
	m.Does("m03", meetingtest.Writes("talk", 0, "kind", meeting.TalkSecretary, "with", `["m02"]`, "at", "2017-03-17", "means", "电话", "content", "再谈"))
	says(t, text(t, folder(m), "talk-matrix"), "| 书记委员 | 2 | 1 | 50.0% | 2 | 1 |", "| 合计 | 28 | 1 | 3.6% | 2 | 1 |",
		"| 2 | 党员02（组织委员） | 未谈 | — | 2 | 未谈 |", "| 1 | 党员03（书记） | 党员04（宣传委员） | 书记委员 |", "| 1 | 党员03（书记） | 党员02（组织委员） | 书记委员 | 2 | 面谈、电话 |")
	if !gets(m.State(), "m03", "talk-matrix") || gets(m.State(), "m02", "talk-matrix") || gets(m.State(), "m05", "talk-matrix") {
		t.Error("who has the matrix")
	}
}

func TestTheOutlineIsForItsWriterAndTheSelfCheckForAll(t *testing.T) {
	m := before(t, func(r *preset.Rules) { r.SelfCheckApproval = true })
	mine := text(t, For(m.State(), "m05", Facts{}), "outline-m05")
	says(t, mine, "# 党员05个人发言提纲（草稿）", "个人基本情况", "**姓名**：党员05", "学习体会\n\n金丝雀庚", "| 1 | 学习 | 金丝雀丁 |  |", "原因\n\n金丝雀戊", "| 1 | 金丝雀己 |  |  |", "**自评等次**：＿＿＿＿＿＿", "本人 党员05（签字）")
	if gets(m.State(), "m03", "outline-m05") || has(folder(m), "outline-m05") || !has(Private(m.State(), Facts{}), "outline-m05") {
		t.Error("who has an outline")
	}
	m.Does("m05", meetingtest.Moves("outline", 0, "submit", ""), meetingtest.Moves("outline", 0, "share", ""))
	if !gets(m.State(), "m03", "outline-m05") || gets(m.State(), "m06", "outline-m05") {
		t.Error("it was shown to who keeps the minutes")
	}
	check := meeting.MoveRecord{Form: "selfcheck", Word: "submit"}
	m.Does("m03", check)
	m.Does(meeting.SuperiorID("s1"), meeting.MoveRecord{Form: "selfcheck", Word: "return", Text: "事例太少"})
	says(t, text(t, folder(m), "selfcheck"), "班子对照检查材料（草稿）", "一、基本情况\n\n＿＿＿＿＿＿", "二、上年度整改落实情况", "| 1 | 学习 | 不够深入 | 两次没有讨论 |", "四、原因剖析\n\n抓得不紧", "五、努力方向和整改措施\n\n学在前面",
		"| 1 | 每月讨论 | 长期坚持 |  |", "第 1 版，已退回：事例太少", "支部书记 党员03（签字）")
	if !gets(m.State(), "m08", "selfcheck") || gets(m.State(), "q1", "selfcheck") {
		t.Error("who has the self-check")
	}
}

func TestThePapersBeforeTheMeetingHaveBlanksForItsFigures(t *testing.T) {
	m := before(t, func(r *preset.Rules) {
		r.Vote.Branch, r.Vote.BranchTitle, r.Vote.BranchScale, r.Vote.Mass = true, "支部班子", []string{"好", "较好", "一般", "差"}, true
	})
	says(t, text(t, folder(m), "script"), "主持词（草稿）", "## 一、签到", "应到党员 8 名，实到 ＿＿＿ 名，缺席 ＿＿＿ 名：＿＿＿＿＿＿。", "会议由 ＿＿＿＿＿＿ 主持，＿＿＿＿＿＿ 记录。", "接下来还有 12 项议程：学习，",
		"首先请 党员03 作自我批评，不超过 5 分钟。", "下面请 党员08 作自我批评", "＿＿＿ 位同志都已评议，共提出批评意见 ＿＿＿ 条。", "提议由 ＿＿＿＿＿＿ 担任监票人。", "发出测评票 ＿＿＿ 张；收回 ＿＿＿ 张。", "计票完毕。", "请 ＿＿＿＿＿＿ 点评", "散会。")
	sheet := paperNamed(t, folder(m), "ballot-paper")
	if sheet.Draft {
		t.Error("a blank ballot is no draft")
	}
	says(t, asMarkdown(t, sheet.Document), "党员测评票", "群众评议票", "**党支部**：第一党支部", "**日期**：2017年3月20日", "| 7 | 党员07 |  |  |  |  |  |  |", "存在问题（情形代码）", "**支部班子测评**", "| 总体评价 |  |  |  |  |", "**意见建议**：")
	if strings.Contains(asMarkdown(t, sheet.Document), "党员08") {
		t.Error("who is not graded is on the ballot")
	}
	for _, name := range []string{"script", "ballot-paper"} {
		if !gets(m.State(), "m03", name) || gets(m.State(), "m06", name) || gets(m.State(), "q1", name) {
			t.Errorf("who has %s", name)
		}
	}
	if has(folder(m), "sign-in") || has(folder(m), "criticisms") || has(folder(m), "minutes") {
		t.Error("a paper of a meeting that has not begun")
	}
	m.Does("m05", meeting.SignIn{})
	says(t, text(t, folder(m), "sign-in"), "签到表（草稿）", "| 5 | 党员05 | 正式党员 |  |  | 2017年3月20日 22:00 |  |", "| 6 | 党员06 | 正式党员 |  |  |  | 缺席：未说明原因，请补记 |", "主持人（签字）", "记录人（签字）")
}

func TestTheCriticismsAreForThoseWhoMayReadThem(t *testing.T) {
	m := before(t, nil)
	m.Sits(preset.Criticism, "m05")
	m.Does("m03", meeting.RecordAbsence{ID: "m05", Reason: "病假", Written: true}, meeting.Turn{}, meeting.CriticiseSelf{Text: "学得不深"}, meeting.Advance{})
	m.Does("m04", meeting.Criticise{Of: "m03", Text: "到基层少"})
	m.Does("m03", meeting.Advance{}, meeting.Respond{Text: "接受"}, meeting.Advance{})
	says(t, text(t, folder(m), "criticisms"), "批评意见记录（草稿）", "自我批评 1 条，相互批评 1 条。", "| 发言顺序 | 被批评人 | 批评人 | 类型 | 意见要点 | 被批评人表态 | 时间 |",
		"| 1 | 党员03 | 党员03 | 自我批评 | 学得不深 |  |", "| 2 | 党员03 | 党员04 | 相互批评 | 到基层少 | 接受 |")
	own := text(t, For(m.State(), "m04", Facts{}), "criticisms")
	if strings.Contains(own, "学得不深") || !strings.Contains(own, "到基层少") || gets(m.State(), "m06", "criticisms") || gets(m.State(), "q1", "criticisms") {
		t.Errorf("who reads criticisms:\n%s", own)
	}
	says(t, text(t, folder(m), "written-m05"), "# 党员05书面材料（草稿）", "**缺席原因**：病假", "**书面材料**：已交", "**材料内容**：")
	says(t, text(t, For(m.State(), "m05", Facts{}), "written-m05"), "金丝雀丁")
	if !gets(m.State(), "m03", "written-m05") || gets(m.State(), "m06", "written-m05") || strings.Contains(text(t, For(m.State(), "m03", Facts{}), "written-m05"), "金丝雀") {
		t.Error("who has written material")
	}
	for _, p := range folder(m) {
		for _, f := range []doc.Format{doc.Markdown, doc.JSON} {
			if b, err := doc.HouseStyle().Render(p.Document, f); err != nil || strings.Contains(string(b), "金丝雀") {
				t.Errorf("%s.%s has what is private (%v):\n%s", p.Name, f, err, b)
			}
		}
	}
}
