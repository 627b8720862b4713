package paper_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// channels is a meeting of nine members at the open box, with so many 群众 who
// vote, and the last so many members on paper. All counts are announced.
func channels(t meetingtest.TB, mass, onPaper int) *play {
	t.Helper()
	h := founded(t, "regulation-2018", members(9).Guide().Mass(mass), func(r *preset.Rules) {
		r.Announce, r.Vote.Mass, r.Vote.MinBallots = preset.AnnounceFull, mass > 0, 3
		if onPaper > 0 {
			r.Vote.MinBallots = min(3, onPaper) // as in a log of before, where two slips were taken
		}
	})
	h.Sits(preset.Ballot)
	h.Names("m04", "m05")
	for i := range onPaper {
		h.Does(chair, meeting.GivePaper{ID: id(9 - i)})
	}
	h.Seals("m04", "m05")
	h.Opens()
	return h
}

// returns puts every ballot into its box, by receipt only, and closes.
func (h *play) returns() {
	h.T.Helper()
	for _, b := range h.State().Vote().Boxes {
		for _, who := range b.Voters {
			h.room.Happens(who, meeting.BallotCast{Channel: b.Channel, Times: 1, Receipt: "回执" + string(who)})
		}
	}
	h.room.Happens(chair, meeting.Closed{})
	h.GoTo(preset.Tally)
}

// alike are sums in which all n ballots give every subject, and the committee,
// the same grade.
func alike(n, grade int) [][]int {
	sums := make([][]int, 8)
	for i := range sums {
		sums[i] = make([]int, 4)
		sums[i][grade] = n
	}
	return sums
}

func (h *play) enters(slips meeting.PaperCount, by ...meeting.MemberID) {
	h.T.Helper()
	for _, who := range by {
		h.Does(who, meeting.EnterPaper{PaperCount: slips})
	}
}

// both are the minutes, and the papers with every count.
func (h *play) both() (minutes, tally string) {
	h.T.Helper()
	papers := h.papers()
	for name, d := range papers {
		for _, bad := range baseless(d) {
			h.T.Errorf("%s: ratio without base: %s", name, bad)
		}
	}
	counts := markdownOf(h.T, papers["tally"])
	if d, voted := papers["committee"]; voted {
		counts += markdownOf(h.T, d)
	}
	return markdownOf(h.T, papers["minutes"]), counts
}

// 群众 stand in tables of their own, with their own base, on both papers.
func TestTheMassStandsApart(t *testing.T) {
	h := channels(t, 4, 0)
	h.returns()
	h.room.Happens("m05", sumsOf(alike(9, 0), alike(4, 1)))
	h.Does(chair, meeting.Announce{})
	minutes, tally := h.both()
	for _, text := range []string{minutes, tally} {
		mustHave(t, text, "**群众测评票数（另计）**", "| 1 | 党员01 | 4 | 0 | 0.0% | 4 | 100.0% |",
			"| 支部班子 | 9 | 9 | 100.0% |", "| 支部班子（群众票，另计） | 4 | 0 | 0.0% | 4 | 100.0% |",
			"群众票单独计票，不与党员票合计。", "- **发出**：9\n", "- **群众票发出**：4\n", "- **群众票收回**：4\n", h.State().Vote().Box(meeting.MassBox).Election.Fingerprint(), "- **本人核对过回执**：0/13（0.0%）")
		mustNotHave(t, text, "| 党员01 | 13 |", "| 正式党员 | 13 |")
	}
	mustHave(t, minutes, "开始测评，发出测评票 9 张，群众测评票 4 张。", "测评截止，收回测评票 9 张，群众测评票 4 张。",
		"群众票另计：有效 4 + 无效 0 = 收回 4 ≤ 发出 4。")
}

func TestTooFewOfTheMassAreNoTable(t *testing.T) {
	h := channels(t, 2, 0)
	h.returns()
	h.room.Happens("m05", sumsOf(alike(9, 0), nil))
	h.Does(chair, meeting.Announce{})
	minutes, tally := h.both()
	for _, text := range []string{minutes, tally} {
		mustHave(t, text, "收回 2 张，不足 3 张：为保护测评人，按规定不开箱、不计票", "| 支部班子 | 9 |")
		mustNotHave(t, text, "（群众票，另计）", "| 1 | 党员01 | 2 |")
	}
}

// Enough paper slips stand apart; the members' numbers have them in.
func TestPaperSlipsStandApart(t *testing.T) {
	h := channels(t, 0, 3)
	h.enters(meeting.PaperCount{Returned: 3, Grades: map[meeting.MemberID][]int{"m01": {0, 2, 0, 0}}}, "m04", "m05")
	h.returns()
	h.room.Happens("m05", sumsOf(alike(6, 0), nil))
	h.Does(chair, meeting.Announce{})
	minutes, tally := h.both()
	for _, text := range []string{minutes, tally} {
		mustHave(t, text, "其中：纸质票（已计入党员测评票数）", "| 1 | 党员01 | 3 | 0 | 0.0% | 2 | 66.7% | 0 | 0.0% | 0 | 0.0% | 1 |",
			"纸质票：收回 3 ≤ 发出 3，由两名监票人录入同样的合计，计入党员票数。", "- **纸质票发出**：3\n", "- **纸质票收回**：3\n")
	}
	mustHave(t, tally, "| 1 | 党员01 | 正式党员 | 9 | 6 | 66.7% | 2 | 22.2% | 0 | 0.0% | 0 | 0.0% | 1 |")
	mustHave(t, minutes, "| 发给党员09纸质测评票一张。 |", "监票人党员05录入纸质测评票各项合计，收回 3 张。", "≤ 发出 6 ≤ 发票时在场（有权测评）9。")
}

func TestFewPaperSlipsAreOnlyInTheTotal(t *testing.T) {
	h := channels(t, 0, 2)
	h.enters(meeting.PaperCount{Returned: 2, Grades: map[meeting.MemberID][]int{"m01": {0, 2, 0, 0}}}, "m04", "m05")
	h.State().Rules.Vote.MinBallots = 3
	h.returns()
	h.room.Happens("m05", sumsOf(alike(7, 0), nil))
	h.Does(chair, meeting.Announce{})
	minutes, tally := h.both()
	for _, text := range []string{minutes, tally} {
		mustHave(t, text, "收回 2 张，不足 3 张：为保护测评人，只计入合计，不单独列出。")
		mustNotHave(t, text, "| 1 | 党员01 | 2 |")
	}
	mustHave(t, tally, "| 1 | 党员01 | 正式党员 | 9 | 7 | 77.8% | 2 | 22.2% |")
}

// Slips that only one scrutineer entered are not counted, and both papers say so.
func TestPaperSlipsWithoutAgreement(t *testing.T) {
	h := channels(t, 0, 2)
	h.enters(meeting.PaperCount{Returned: 2, Grades: map[meeting.MemberID][]int{"m01": {0, 2, 0, 0}}}, "m04")
	h.returns()
	h.room.Happens("m05", sumsOf(alike(7, 0), nil))
	minutes, tally := h.both()
	for _, text := range []string{minutes, tally} {
		mustHave(t, text, "纸质票：发出 2 张，没有两名监票人录入同样的合计，没有计入。")
		mustNotHave(t, text, "纸质票收回")
	}
	mustHave(t, tally, "| 1 | 党员01 | 正式党员 | 7 | 7 | 100.0% |")
}

// How many of the scrutineers open the box stands in the ceremony.
func TestTheCeremonyTellsWhoseKeysOpenTheBox(t *testing.T) {
	h := founded(t, "seed-2017", branch(9), func(r *preset.Rules) { r.Vote.Scrutineers, r.Vote.Threshold = 3, 2 })
	h.Does(chair, meeting.Next{})
	h.SignsIn("g1", "q1")
	h.GoTo(preset.Ballot)
	h.Does(chair, meeting.NameScrutineers{IDs: []meeting.MemberID{"m04", "m05", "m06"}})
	h.room.Happens(meeting.Keeper, meeting.KeysJoined{})
	mustHave(t, markdownOf(t, h.papers()["minutes"]), "票箱密钥合成，开箱需要：3 名监票人中的任意 2 名，加上服务器密钥。")
}

// The minutes tell what the meeting heard, and why it heard less than it might.
func TestTheMinutesTellWhyLessWasAnnounced(t *testing.T) {
	h := channels(t, 0, 0)
	h.returns()
	h.room.Happens("m05", sumsOf(alike(9, 0), nil))
	minutes, _ := h.both()
	mustHave(t, minutes, "已计票，测评结果尚未在会上公布。")
	mustNotHave(t, minutes, "会上公布：", "100.0% |")
	h.Does(chair, meeting.Coarsen{Level: preset.AnnounceCounts})
	h.Does(chair, meeting.Announce{})
	minutes, tally := h.both()
	mustHave(t, minutes, "在会上公布测评结果：各等次的人数，不公布姓名。", "会上公布：各等次的人数，不公布姓名。",
		"按规定可以公布“每名测评对象的票数”；为防止看出个人选择，主持人缩小了公布范围。", "| 优秀 | 7 | 100.0% |")
	mustNotHave(t, minutes, "党员测评票数")
	mustHave(t, tally, "| 1 | 党员01 | 正式党员 | 9 | 9 | 100.0% |")
}

// A box with too few ballots stays closed, and the minutes say so.
func TestABoxThatStaysClosed(t *testing.T) {
	h := closedBox(t, preset.AnnounceFull, 9)
	text := markdownOf(t, h.papers()["minutes"])
	const why = "收回 8 张，不足 9 张：为保护测评人，按规定不开箱、不计票，不显示任何票数分布。"
	if strings.Count(text, why) != 2 { // at the vote and at the count
		t.Errorf("not said twice:\n%s", text)
	}
	if _, ok := h.papers()["tally"]; ok {
		t.Error("there is a tally sheet")
	}
}

// The minutes have the number of the anonymous comments and nothing of them.
func TestCommentsAreNumberedOnly(t *testing.T) {
	h := closedBox(t, preset.AnnounceFull, 5)
	rapid.Check(t, func(t *rapid.T) {
		papers := func(label string) string {
			texts := map[meeting.MemberID][]string{id(rapid.IntRange(1, 7).Draw(t, label)): rapid.SliceOfN(rapid.String(), 2, 2).Draw(t, label)}
			twin := h.copy()
			twin.room.Happens(meeting.Keeper, meeting.CommentsOpened{Count: 2, Texts: texts})
			return everything(t, twin.other(alike(8, 1)[:7]))
		}
		a := papers("a")
		if a != papers("b") {
			t.Fatal("papers differ")
		}
		if !strings.Contains(a, "打开匿名意见 2 条。") || !strings.Contains(a, "2 条，内容只给支委会和本人看，不写入会议材料") {
			t.Fatalf("not numbered:\n%s", a)
		}
	})
}

// The log has the comments before the last scrutineer's 开箱, whose key opens both; the
// minutes have them behind it.
func TestTheCommentsAreOpenedWithTheBox(t *testing.T) {
	h := closedBox(t, preset.AnnounceFull, 5)
	h.room.Happens("m04", meeting.Unsealed{})
	h.room.Happens(meeting.Keeper, meeting.CommentsOpened{Count: 2})
	h.room.Happens("m05", meeting.Unsealed{})
	minutes := markdownOf(t, h.papers()["minutes"])
	at := func(text string) int { mustHave(t, minutes, text); return strings.Index(minutes, text) }
	if first, last, comments := at("监票人党员04开箱。"), at("监票人党员05开箱。"), at("打开匿名意见 2 条。"); first > last || last > comments {
		t.Errorf("out of order:\n%s", minutes)
	}
}

// After pruning both papers name the decision.
func TestPrunedCiphertextsAreNamed(t *testing.T) {
	h := counted(t, preset.AnnounceNone)
	mustNotHave(t, markdownOf(t, h.papers()["minutes"]), "测评票密文")
	h.room.Happens(meeting.Keeper, meeting.BlobsPruned{Approval: "某党总支批复〔2017〕3 号", Classes: []meeting.Class{meeting.BallotBlob}})
	minutes, tally := h.both()
	for _, text := range []string{minutes, tally} {
		mustHave(t, text, "- **测评票密文**：审定后已清除，依据：某党总支批复〔2017〕3 号；")
	}
}

// sumsOf are the sums of the members' box and, if there are any, of 群众's.
func sumsOf(members, mass [][]int) meeting.Counted {
	f := meeting.Counted{Sums: map[meeting.Channel][][]int{meeting.MemberBox: members}}
	if mass != nil {
		f.Sums[meeting.MassBox] = mass
	}
	return f
}

// Where the meeting held no vote, the minutes do not speak of one that is to be
// counted or was looked at.
func TestMinutesOfAMeetingWithoutAVote(t *testing.T) {
	h := founded(t, "seed-2017", members(6), nil)
	h.Sits(preset.Tally)
	tally := paperOf(t, h.Meeting, "minutes")
	mustHave(t, tally, "未进行测评，没有票可计。")
	mustNotHave(t, tally, "尚未计票")
	rating := paperOf(t, rated(t, "b1"), "minutes")
	mustHave(t, rating, "研究评定等次。会上未进行测评。评定表已提交。")
	mustNotHave(t, rating, "测评结果供评定参考")
}
