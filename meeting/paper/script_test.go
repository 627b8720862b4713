package paper_test

import (
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper"
	"pingyi/meeting/preset"
)

// reads fails unless every one of the texts is read out now.
func (h *play) reads(texts ...string) {
	h.T.Helper()
	script := strings.Join(paper.Script(h.State()), "\n")
	for _, text := range texts {
		if !strings.Contains(script, text) {
			h.T.Fatalf("%q is not read out:\n%s", text, script)
		}
	}
}

// silent fails if one of the texts is read out now.
func (h *play) silent(texts ...string) {
	h.T.Helper()
	for _, text := range texts {
		if script := strings.Join(paper.Script(h.State()), "\n"); strings.Contains(script, text) {
			h.T.Fatalf("%q is read out:\n%s", text, script)
		}
	}
}

func TestTheScriptHasTheFiguresOfTheMoment(t *testing.T) {
	h := founded(t, "seed-2017", branch(9), nil)
	h.reads("请各位同志签到。应到党员 9 名，已经签到 0 名。")
	h.Does(chair, meeting.Name{ID: "m02", Seat: meeting.SeatRecorder}, meeting.Next{})
	h.reads("应到党员 9 名，实到 0 名，缺席 9 名", "还不到规定人数，请大家稍候。")
	h.SignsIn("m06", "m08")
	h.Does(chair, meeting.RecordAbsence{ID: "m06", Reason: "病假"}, meeting.RecordAbsence{ID: "m08", Reason: "公出", Written: true})
	h.reads("应到党员 9 名，实到 7 名，缺席 2 名：党员06（病假）、党员08（公出）。", "其中应到正式党员 7 名，实到 6 名，符合规定人数，可以开会。", "列席今天会议的有：")
	h.ComesTo(preset.Opening)
	h.reads("会议由 党员01 主持，党员02 记录。", "接下来还有 12 项议程：学习，")
	h.ComesTo(preset.Study)
	h.Does("m05", meeting.AskFloor{})
	h.Does("m04", meeting.AskFloor{})
	h.reads("下面进行第 3 项：学习。", "下一位请 党员05 发言，请 党员04 准备。")
	h.ComesTo(preset.LastYear)
	h.reads("请书记 党员01 通报上次整改措施的落实情况")
	h.silent("下一位请")
	h.ComesTo(preset.SelfCheck)
	h.reads("代表支委会作对照检查")
}

// The 主持词 of the whole meeting is a record of what was read out: who comes after
// the sign-in is not counted there.
func TestTheScriptKeepsTheAttendanceOfTheSignIn(t *testing.T) {
	h := founded(t, "seed-2017", members(9), nil)
	h.Does(chair, meeting.Next{})
	h.SignsIn("m08")
	h.Does(chair, meeting.RecordAbsence{ID: "m08", Reason: "公出"})
	h.ComesTo(preset.Opening)
	h.Does("m08", meeting.SignIn{})
	mustHave(t, markdownOf(t, h.papers()["script"]), "应到党员 9 名，实到 8 名，缺席 1 名：党员08（公出）。")
}

// What is written down after an item was not read out at it.
func TestTheScriptKeepsTheFiguresOfItsItems(t *testing.T) {
	h := founded(t, "seed-2017", members(9), nil)
	study := func() meeting.WriteRecord {
		return meetingtest.Writes("study", 0, "day", "2017-03-10", "form", "集中", "topic", "党章", "hours", "2")
	}
	h.Does(chair, study())
	h.ComesTo(preset.Rectification)
	h.Does(chair, meetingtest.Writes("ledger", 0, "level", "班子", "problem", "会议偏多", "measure", "少开会"))
	h.ComesTo(preset.SelfRating)
	h.Does(chair, study(), meetingtest.Writes("ledger", 0, "level", "班子", "problem", "学习不深", "measure", "每月学习"), meetingtest.Writes("ledger", 1, "due", "2017-06-30"))
	text := markdownOf(t, h.papers()["script"])
	mustHave(t, text, "会前组织学习 1 次，共 2 学时。", "第 1 条：少开会，由班子负责，时限待定。")
	mustNotHave(t, text, "每月学习")
}

func TestTheScriptOfCriticismCallsEverybody(t *testing.T) {
	h := founded(t, "seed-2017", members(4), nil)
	h.Sits(preset.Criticism, "m04")
	h.reads("依次进行，每人自我批评不超过 5 分钟。", "接着提批评意见，每条不超过 2 分钟", "首先请 党员01 作自我批评，不超过 5 分钟。")
	h.Does(chair, meeting.Advance{})
	h.reads("现在请 党员01 作自我批评")
	h.Does(chair, meeting.Advance{})
	h.reads("下面请大家对 党员01 提批评意见")
	h.Does("m03", meeting.AskFloor{})
	h.Does("m02", meeting.AskFloor{})
	h.reads("下面请 党员03 对 党员01 提意见，请 党员02 准备。")
	h.Does(chair, meeting.Advance{}, meeting.Advance{}, meeting.YieldFloor{})
	h.reads("对 党员01 已提 2 条意见。哪位同志还有意见？没有的话，请 党员01 表态。")
	h.Does(chair, meeting.Advance{})
	h.reads("请 党员01 表态，不超过 1 分钟。")
	h.Does(chair, meeting.Advance{})
	h.reads("下面请 党员02 作自我批评")
	h.Does(chair, meeting.RecordAbsence{ID: "m04", Reason: "公出", Written: true})
	for h.State().NextSubject() != "m04" || h.State().Subject != "" {
		h.Does(chair, meeting.Advance{})
	}
	h.reads("党员04 因公出没有到会，下面请记录人宣读书面材料。")
	for h.State().NextSubject() != "" || h.State().Subject != "" {
		h.Does(chair, meeting.Advance{})
	}
	h.reads("4 位同志都已评议，共提出批评意见 2 条。")
}

// Who was there and goes away before their turn is not told as somebody who did not come.
func TestTheScriptTellsWhoHasLeftFromWhoDidNotCome(t *testing.T) {
	h := founded(t, "seed-2017", members(4), nil)
	h.Sits(preset.Criticism)
	h.Does(chair, meeting.RecordAbsence{ID: "m02", Reason: "急事", Written: true}, meeting.Turn{ID: "m01"}, meeting.Advance{}, meeting.Advance{}, meeting.Advance{})
	h.reads("党员02 因急事提前离会，下面请记录人宣读书面材料。")
}

func TestTheScriptOfAVoteTellsOnlyWhatWasAnnounced(t *testing.T) {
	h := founded(t, "seed-2017", members(7), func(r *preset.Rules) { r.Announce = preset.AnnounceFull })
	h.Sits(preset.Ballot, "m07")
	h.reads("采用无记名投票，先推选监票人。", "提议由 ", " 担任监票人。同意的请举手")
	h.Names("m04", "m05")
	h.reads("监票人 党员04、党员05 已经推选。请监票人封箱")
	h.Seals("m04", "m05")
	h.reads("每人一张，共 6 张。", "对 5 名党员逐个评定：优秀、合格、基本合格、不合格；")
	h.Opens()
	h.reads("现在开始投票，发出测评票 6 张。")
	h.silent("收回")
	for _, id := range meetingtest.Voters(h.State()) {
		h.Casts(id, 0, 1, 1, 1, 1)
	}
	h.reads("票已全部收回。")
	h.Closes()
	h.reads("发出测评票 6 张；收回 6 张。收回的票数不多于发出的票数，投票有效。", "请大家核对自己的回执。")
	h.Confirms()
	h.reads("请监票人 党员04、党员05 开箱计票。")
	h.ComesTo(preset.Tally)
	h.Unsealed()
	h.reads("计票完毕。", "有效 6 张，无效 0 张。", "下面公布测评结果。")
	h.silent("优秀")
	h.Does(chair, meeting.Announce{})
	h.reads("党员01：优秀 6，合格 0，基本合格 0，不合格 0，弃权 0。", "党员02：优秀 0，合格 6，")
}

func TestTheScriptOfTheRestOfTheMeeting(t *testing.T) {
	h := founded(t, "seed-2017", members(7).Guide(), nil)
	h.Sits(preset.SelfRating, "g1")
	h.reads("请参加评定的 5 位党员对照合格党员标准", "还有 5 位没有填。")
	h.ComesTo(preset.Rating)
	h.reads("由党员大会综合民主测评和平时表现，对 5 名党员提出等次。优秀不超过 2 名（")
	h.Rates("合格")
	h.reads("下面举手表决。同意以上等次的请举手；")
	h.Does(chair, meeting.Submit{Hands: h.State().RatingHands()})
	h.reads("党员大会已对 5 名党员提出等次，报某党总支审定以后，由支部向本人反馈。")
	h.ComesTo(preset.Remark)
	h.reads("今天没有指导会议的领导到会，「领导点评」这一项从略。")
	h.Does("g1", meeting.SignIn{})
	h.reads("点评，大家欢迎。")
	h.Does(chair, meeting.GiveFloor{ID: "g1"}, meeting.YieldFloor{})
	h.reads("感谢 ", "会后逐条研究")
	h.Does(chair, meeting.Say{Break: true, Text: "十点继续"})
	h.reads("现在休息。十点继续")
	h.Does(chair, meeting.Say{}, meeting.BeginRecess{Until: "2017-03-27"})
	h.reads("现在休会，定于 2017-03-27 续会")
	h.Does(chair, meeting.EndRecess{})
	h.ComesTo(preset.Closing)
	h.reads("今天的会议到此结束，散会。")
	h.Ends()
	if script := paper.Script(h.State()); script != nil {
		t.Fatalf("read out after the meeting: %q", script)
	}
}

func TestEveryKindOfItemHasAScript(t *testing.T) {
	for _, id := range preset.IDs() {
		h := founded(t, id, branch(9), nil)
		h.SignsIn()
		for {
			h.Does(chair, meeting.Next{Reason: meetingtest.Reason})
			if h.State().Phase == meeting.After {
				break
			}
			script := paper.Script(h.State())
			if it, _ := h.State().Item(); len(script) == 0 || slices.Contains(script, "") {
				t.Errorf("%s: nothing is read out: %q", it.Title, script)
			}
		}
	}
}

// prepared expects what is at hand of an item for somebody.
func (h *play) prepared(who meeting.MemberID, want ...string) {
	h.T.Helper()
	if got := paper.Material(h.State(), who); !slices.Equal(got, want) {
		h.T.Fatalf("prepared for %s: %q", who, got)
	}
}

func TestTheMeetingUsesWhatWasPrepared(t *testing.T) {
	h := founded(t, "seed-2017", branch(9), nil)
	h.Does(chair, meetingtest.Writes("study", 0, "day", "2017-03-10", "form", "集中", "topic", "《准则》", "hours", "2.5"),
		meetingtest.Writes("talk", 0, "kind", "书记委员", "with", `["m02"]`, "at", "2017-03-11", "means", "面谈", "content", "私下说的"),
		meetingtest.Writes("opinion", 0, "about", "班子", "means", "座谈", "source", "群众", "text", "原话"),
		meetingtest.Writes("opinion", 0, "about", "班子", "means", "座谈", "source", "群众", "text", "又一句"),
		meeting.MergeOpinions{Nos: []int{1, 2}, Text: "调查研究不够"},
		meetingtest.Writes("selfcheck", 0, "causes", "抓得不紧", "problems", `[{"aspect":"学习","problem":"不深入"}]`))
	h.Does("m06", meetingtest.Writes("outline", 0, "problems", `[{"problem":"提纲"}]`, "causes", "忙", "measures", `[{"what":"改"}]`), meetingtest.Moves("outline", 0, "submit", ""))
	h.Does(chair, meeting.Next{}, meeting.Name{ID: "m02", Seat: meeting.SeatRecorder})
	h.SignsIn("m06")
	h.Does(chair, meeting.RecordAbsence{ID: "m06", Reason: "病假"})
	h.ComesTo(preset.Briefing)
	h.reads("会前组织学习 1 次，共 2.5 学时。", "征求意见 2 条，归并为 1 条。", "已谈 1 对，共 1 人次。")
	h.silent("私下说的", "原话")
	h.prepared(chair, "意见 1（归并 2 条）：调查研究不够。")
	h.prepared("m05")
	h.ComesTo(preset.SelfCheck)
	h.prepared(chair, "存在的主要问题：", "学习；不深入", "原因剖析：", "抓得不紧")
	h.ComesTo(preset.Criticism)
	h.prepared(chair)
	h.Does(chair, meeting.Turn{ID: "m06"})
	h.reads("请记录人宣读书面材料")
	h.prepared("m02", "查摆的问题：", "提纲", "原因：", "忙", "整改措施：", "改")
	h.prepared("m03")
	h.Does(chair, meeting.Advance{})
	h.prepared("m02")
	text := markdownOf(t, h.papers()["minutes"])
	mustHave(t, text, "宣读了本人提交的发言提纲。")
	mustNotHave(t, text, "忙")
}

// The lines that were open when the year before ended are what is reported at
// 上次整改情况通报.
func TestLastYearsLedgerIsReported(t *testing.T) {
	old := meetingtest.New(t, meetingtest.NewRoom())
	old.Whole(meetingtest.Rules(t, "seed-2017"), "学习不深入。")
	old.Does(meeting.Keeper, meeting.EndYear{Next: 2018})
	h := &play{Meeting: meetingtest.New(t, meetingtest.NewRoom())}
	h.Does(meeting.Keeper, meeting.BeginYear{Of: old.State(), Seq: 99, Hash: "c0ffee", Rules: meetingtest.Rules(t, "regulation-2018")})
	h.Does("m03", meeting.Next{})
	h.SignsIn()
	h.ComesTo(preset.LastYear)
	h.reads("上年度转来整改台账 1 条，已销号 0 条，还在整改 1 条。")
	h.prepared("m03", "第 1 条：学习不深入，由班子负责，未启动。")
	h.Does("m03", meetingtest.Writes("ledger", 0, "level", "班子", "problem", "走访不够", "due", meeting.DueNow))
	h.Does("m03", meetingtest.Moves("ledger", 1, "close", "已改"))
	h.reads("已销号 1 条，还在整改 0 条。")
	h.prepared("m03", "第 1 条：学习不深入，由班子负责，已销号。")
	h.ComesTo(preset.Rectification)
	h.reads("第 2 条：走访不够，由班子负责，立行立改。")
	h.silent("第 1 条")
}
