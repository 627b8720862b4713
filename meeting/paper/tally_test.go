package paper_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// closedBox is a branch of nine with eight ballots in the closed box. What is
// in them does not matter, since the sums are put in by hand ([play.counts]):
// they are receipts only. least is the least number of ballots for a histogram.
func closedBox(t meetingtest.TB, announce string, least int) *play {
	t.Helper()
	h := founded(t, "seed-2017", branch(9), func(r *preset.Rules) { r.Announce, r.Vote.MinBallots = announce, least })
	h.votes("m09", "g1", "q1")
	return h
}

// votes holds the vote up to its count; the people named are not there.
func (h *play) votes(away ...meeting.MemberID) {
	h.T.Helper()
	h.Does(chair, meeting.Next{})
	h.SignsIn(away...)
	h.GoTo(preset.Ballot)
	h.Sealed("m04", "m05")
	h.Opens()
	for _, who := range h.State().Electorate(meeting.MemberBox) {
		h.room.Happens(who, meeting.BallotCast{Channel: meeting.MemberBox, Times: 1, Receipt: "回执" + string(who)})
	}
	h.room.Happens(chair, meeting.Closed{})
	h.GoTo(preset.Tally)
}

// counted is a closedBox whose sums are known: m01 to m03 are 优秀, m04 to m06 合格
// but three times 基本合格 for m05, and m07 gets only 弃权.
func counted(t meetingtest.TB, announce string) *play {
	t.Helper()
	h := closedBox(t, announce, 5)
	h.counts([][]int{{8, 0, 0, 0}, {8, 0, 0, 0}, {8, 0, 0, 0}, {0, 8, 0, 0}, {0, 5, 3, 0}, {0, 8, 0, 0}, {0, 0, 0, 0}})
	return h
}

// counts puts sums in the place of the scrutineers' count, and announces them.
func (h *play) counts(sums [][]int) {
	h.T.Helper()
	h.room.Happens("m05", meeting.Counted{Sums: map[meeting.Channel][][]int{meeting.MemberBox: sums}})
	h.Does(chair, meeting.Announce{})
}

// other returns the same meeting with other sums.
func (h *play) other(sums [][]int) *play {
	twin := h.copy()
	twin.counts(sums)
	return twin
}

// anySums are sums that n ballots can give in a vote on so many subjects.
func anySums(subjects, n int) *rapid.Generator[[][]int] {
	return rapid.Custom(func(t *rapid.T) [][]int {
		sums := make([][]int, subjects)
		for i := range sums {
			left := n
			for range 4 {
				k := rapid.IntRange(0, left).Draw(t, "count")
				sums[i], left = append(sums[i], k), left-k
			}
		}
		return sums
	})
}

func everything(t *rapid.T, h *play) string {
	files, err := filesOf(paper.All(h.State(), h.facts()), readable...)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "%s\n%s\n", f.Name, f.Bytes)
	}
	return b.String()
}

// With too few ballots nothing on any paper depends on how the members voted,
// whatever the rules announce.
func TestTooFewBallotsTellNothing(t *testing.T) {
	h := closedBox(t, preset.AnnounceFull, 9)
	rapid.Check(t, func(t *rapid.T) {
		a := everything(t, h.other(anySums(7, 8).Draw(t, "a")))
		if b := everything(t, h.other(anySums(7, 8).Draw(t, "b"))); a != b {
			t.Fatal("papers differ")
		}
		if !strings.Contains(a, "收回 8 张，不足 9 张：为保护测评人，按规定不开箱、不计票，不显示任何票数分布。") {
			t.Fatalf("no reason given:\n%s", a)
		}
	})
}

// Where the rules announce nothing, the minutes don't depend on how the members
// voted.
func TestMinutesKeepAHeldResult(t *testing.T) {
	h := closedBox(t, preset.AnnounceNone, 5)
	rapid.Check(t, func(t *rapid.T) {
		a, b := h.other(anySums(7, 8).Draw(t, "a")), h.other(anySums(7, 8).Draw(t, "b"))
		if render(t, a.papers()["minutes"], doc.JSON) != render(t, b.papers()["minutes"], doc.JSON) {
			t.Fatal("the minutes differ")
		}
	})
}

// Where the rules announce how many have which grade, the minutes don't say who.
func TestMinutesNameNobodyInCounts(t *testing.T) {
	h := closedBox(t, preset.AnnounceCounts, 5)
	rapid.Check(t, func(t *rapid.T) {
		sums := anySums(7, 8).Draw(t, "sums")
		shuffled := rapid.Permutation(sums).Draw(t, "shuffled")
		if render(t, h.other(sums).papers()["minutes"], doc.JSON) != render(t, h.other(shuffled).papers()["minutes"], doc.JSON) {
			t.Fatal("the minutes differ")
		}
	})
}

// Every row of the tally sheet adds up, and every ratio stands with its base.
func TestTallyRowsAddUp(t *testing.T) {
	h := closedBox(t, preset.AnnounceNone, 5)
	rapid.Check(t, func(t *rapid.T) {
		sums := anySums(7, 8).Draw(t, "sums")
		d := h.other(sums).papers()["tally"]
		if bad := baseless(d); len(bad) > 0 {
			t.Fatalf("ratios without base: %v", bad)
		}
		for _, block := range d.Blocks {
			table, ok := block.(doc.Table)
			if !ok || table.Title != "党员测评结果" {
				continue
			}
			for i, row := range table.Rows[:7] {
				checkRow(t, row, sums[i])
			}
		}
	})
}

// checkRow: 序号 姓名 类别 有效票, then count and ratio of each grade, then 弃权.
func checkRow(t *rapid.T, row []doc.Cell, want []int) {
	t.Helper()
	sum := int(row[12].(doc.Number))
	for g := range 4 {
		n, ratio := row[4+2*g].(doc.Number), row[5+2*g].(doc.Ratio)
		if int(n) != want[g] || ratio != (doc.Ratio{Count: want[g], Base: 8}) {
			t.Fatalf("grade %d: %v %v, want %d of 8", g, n, ratio, want[g])
		}
		sum += int(n)
	}
	if row[3] != doc.Cell(doc.Number(8)) || sum != 8 {
		t.Fatalf("row %v adds up to %d", row, sum)
	}
}

// The 2018 rules: criticism after all, the committee's own ballot; here nobody
// grades themselves, and all counts are announced.
func TestPapersUnderTheRegulation(t *testing.T) {
	h := founded(t, "regulation-2018", branch(9), func(r *preset.Rules) { r.Vote.SelfVote, r.Announce = false, preset.AnnounceFull })
	h.Does(chair, meeting.Next{})
	h.SignsIn("g1", "q1")
	h.GoTo(preset.Ballot)
	h.Sealed("m04", "m05")
	h.Opens()
	for _, who := range h.State().Electorate(meeting.MemberBox) {
		c := meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{"m01": "优秀", "m04": "不合格"}, Branch: "较好"}
		delete(c.Grades, who)
		h.Votes(who, c)
	}
	h.Closes()
	h.GoTo(preset.Tally)
	h.Unsealed()
	h.Does(chair, meeting.Announce{})
	for _, name := range []string{"minutes", "tally", "summary", "committee"} {
		t.Run(name, func(t *testing.T) { golden.RequireEqual(t, h.steady(markdownOf(t, h.papers()[name]))) })
	}
	mustHave(t, markdownOf(t, h.papers()["tally"]),
		"被测评人自己的一票不计入本行",
		"| 1 | 党员01 | 正式党员 | 8 | 8 | 100.0% | 0 | 0.0% | 0 | 0.0% | 0 | 0.0% | 0 |")
	mustHave(t, markdownOf(t, h.papers()["committee"]), "| 支部班子 | 9 | 0 | 0.0% | 9 | 100.0% |")
}

// A vote that is set aside after its count leaves no number of it behind.
func TestVoidAfterTheCountTellsNothing(t *testing.T) {
	h := closedBox(t, preset.AnnounceFull, 5)
	rapid.Check(t, func(t *rapid.T) {
		a, b := h.other(anySums(7, 8).Draw(t, "a")), h.other(anySums(7, 8).Draw(t, "b"))
		for _, x := range []*play{a, b} {
			x.room.Happens(chair, meeting.Voided{Reason: "有人代投。"})
		}
		if everything(t, a) != everything(t, b) {
			t.Fatal("papers differ")
		}
		if _, ok := a.papers()["tally"]; ok {
			t.Fatal("a void vote has a tally sheet")
		}
	})
	h = counted(t, preset.AnnounceFull)
	h.room.Happens(chair, meeting.Voided{Reason: "有人代投。"})
	mustHave(t, markdownOf(t, h.papers()["minutes"]), "测评作废，原因：有人代投。", "计票后作废，票数不采用")
}

// The tally sheet has all counts though the meeting heard none.
func TestTallyHasAllCounts(t *testing.T) {
	papers := counted(t, preset.AnnounceNone).papers()
	mustHave(t, markdownOf(t, papers["tally"]), "| 5 | 党员05 | 正式党员 | 8 | 0 | 0.0% | 5 | 62.5% | 3 | 37.5% | 0 | 0.0% | 0 | 0 |  |",
		"| 9 | 党员09 | 预备党员 |  |", "不评定等次；缺席 |")
	mustHave(t, markdownOf(t, papers["summary"]), "| 5 | 党员05 | 正式 | 8 | 0 | 0.0% | 5 | 62.5% | 3 | 37.5% | 0 | 0.0% | 0 | 0 | （未评定） |",
		"不评定等次；缺席 |", "优秀上限：支部党员总数 9 名的 1/3，向下取整为 3 名")
}

// Names beside votes are those that were sealed with the ballots. A roster that
// changes one afterwards, even to swap two people, is told with old and new.
func TestANameThatChangedAfterTheCount(t *testing.T) {
	h := counted(t, preset.AnnounceFull)
	var people []meeting.Member
	for i, name := range map[meeting.MemberID]string{"m01": "党员05", "m05": "党员01"} {
		m, _ := h.State().Member(i)
		m.Name = name
		people = append(people, m)
	}
	h.Does(meeting.Keeper, meeting.ImportRoster{People: people, Yes: true})
	mustHave(t, markdownOf(t, h.papers()["tally"]),
		"| 1 | 党员01（m01） | 正式党员 | 8 | 8 | 100.0% |", "| 5 | 党员05（m05） | 正式党员 | 8 | 0 | 0.0% | 5 |",
		"开始测评以后名册改了姓名：m01 测评票上是党员01，现为党员05。", "m05 测评票上是党员05，现为党员01。")
	mustHave(t, markdownOf(t, h.papers()["minutes"]),
		"| 1 | 党员01（m01） | 8 | 8 |", "| 5 | 党员05（m05） | 8 | 0 |", "开始测评以后名册改了姓名：m01 测评票上是党员01，现为党员05。")
}

// Whoever prints codes could vote for somebody: codes that were issued while the
// box was open stand in the minutes, others don't.
func TestCodesThatWereIssuedDuringTheVote(t *testing.T) {
	h := founded(t, "seed-2017", branch(9), nil)
	codes := func(ids ...meeting.MemberID) {
		c := meeting.IssueCodes{Hashes: map[meeting.MemberID]string{}}
		for _, id := range ids {
			c.Hashes[id] = "8f14e45f"
		}
		h.Does(meeting.Keeper, c)
	}
	h.Does(chair, meeting.Next{})
	h.SignsIn("g1", "q1")
	h.GoTo(preset.Ballot)
	h.Sealed("m04", "m05")
	codes("m02")
	h.Opens()
	codes("m06", "m03")
	h.Casts("m06", 0)
	h.Closes()
	codes("m07")
	text := markdownOf(t, h.papers()["minutes"])
	mustHave(t, text, "测评期间重发入会码：党员03、党员06。")
	if strings.Count(text, "重发入会码") != 1 {
		t.Errorf("codes of another time are told as of the vote:\n%s", text)
	}
}

// Slips that were given after the opening stand apart in the minutes, and every
// equation still holds.
func TestPaperSlipsOfLatecomersAndLostCodes(t *testing.T) {
	h := founded(t, "seed-2017", branch(9), func(r *preset.Rules) { r.Vote.MinBallots = 1 })
	h.Does(chair, meeting.Next{})
	h.SignsIn("m06", "g1", "q1")
	h.GoTo(preset.Ballot)
	h.Opened("m04", "m05")
	h.Does("m06", meeting.SignIn{})
	h.Does(chair, meeting.GivePaper{ID: "m06"}, meeting.GivePaper{ID: "m07"})
	for _, who := range h.State().Vote().Missing() {
		h.Casts(who, 1)
	}
	h.Closes()
	mustHave(t, markdownOf(t, h.papers()["minutes"]),
		"党员06在测评开始后到会，发给纸质测评票一张。", "党员07不再用终端，改用纸质测评票一张。",
		"**发出**：9\n", "**终端票发出**：8\n", "**终端票收回**：7\n", "**终端票未交回**：0\n", "**终端票改用纸质票**：1\n", "**纸质票发出**：2\n",
		"收回 7 ≤ 发出 8 ≤ 发票时在场（有权测评）8。", "测评开始后另发纸质票 2 张：后到会 1 张，改用纸质票 1 张。")
}

// A slip that was taken back is no slip: the minutes say so, and no number counts it.
func TestPaperSlipsThatWereTakenBack(t *testing.T) {
	h := founded(t, "seed-2017", branch(9), func(r *preset.Rules) { r.Vote.MinBallots = 1 })
	h.Does(chair, meeting.Next{})
	h.SignsIn("m06", "g1", "q1")
	h.GoTo(preset.Ballot)
	h.Sealed("m04", "m05")
	h.Does(chair, meeting.GivePaper{ID: "m02"}, meeting.GivePaper{ID: "m02", Back: true})
	h.Opens()
	h.Does("m06", meeting.SignIn{})
	for _, who := range []meeting.MemberID{"m06", "m07"} {
		h.Does(chair, meeting.GivePaper{ID: who}, meeting.GivePaper{ID: who, Back: true})
	}
	h.Does(chair, meeting.GivePaper{ID: "m06"})
	for _, who := range h.State().Vote().Missing() {
		h.Casts(who, 1)
	}
	h.Closes()
	text := markdownOf(t, h.papers()["minutes"])
	mustHave(t, text, "收回党员02的纸质测评票。", "收回党员06的纸质测评票。", "收回党员07的纸质测评票，仍用终端。",
		"**发出**：9\n", "**终端票发出**：8\n", "**终端票收回**：8\n", "**纸质票发出**：1\n",
		"收回 8 ≤ 发出 8 ≤ 发票时在场（有权测评）8。", "测评开始后另发纸质票 1 张：后到会 1 张，改用纸质票 0 张。")
	if n := strings.Count(text, "党员07不再用终端"); n != 1 {
		t.Errorf("党员07 changes to paper %d times", n)
	}
}
