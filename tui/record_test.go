package tui

import (
	"errors"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// A kind of record needs no code here: a talk is written question by question,
// stands in the list, and the other side confirms it.
func TestATalkIsWrittenFieldByFieldAndConfirmed(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.width, p.height = 40, 20
	two := p.as("m02").press("m").takes("records").takes("kind:talk").sees("还没有你可以看的条目", "还要和 党员03 谈", "书记委员")
	two.press("1", "enter").sees("谈话类型（必填）").press("1", "enter").sees("谈话对象（必填）").types("m04").press("enter", "1", "enter")
	two.sees("时间（必填）").types("昨天").press("enter").sees("「时间」里的「昨天」不是时间").press("backspace", "backspace").types("2017-03-16 15:30").press("enter")
	two.sees("地点").press("esc").sees("时间（必填）").press("enter", "enter").sees("方式（必填）").press("1", "enter").sees("谈话内容要点（必填）")
	two.types("谈了分工。").press("tab", "enter").sees("谈话类型：班子互谈", "谈话对象：党员04", "时间：2017-03-16 15:30")
	two.press("1", "enter").sees("已记下", "党员02 和 党员04", "已记").seesNo("谈了分工")

	four := p.as("m04").opens("m @records @kind:talk").sees("党员02 和 党员04", "请你确认谈过").press("2", "enter").sees("谈话内容要点：谈了分工。")
	four.press("2", "enter").sees("这一条不是你的").press("1", "enter").sees("谈心谈话记录第 1 条：确认谈过？").press("1").sees("已确认", "确认的人：党员04")
	two.sees("已确认").press("2", "enter").sees("状态：已确认").seesNo("写：")
	p.as("m03").opens("m @records @kind:talk").sees("党员02 和 党员04", "还差 27 次").press("2", "enter").sees("只有当事人看得到").seesNo("谈了分工")
	p.as("m01").opens("m @records @kind:talk").seesNo("党员02 和 党员04")
	p.as("g1").seesNo("会前会后")
}

func TestATalkIsWrittenAndConfirmedInPlainWords(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	two := p.plainly("m02").types("m").takes("records").takes("kind:talk").hears("还要和 党员03 谈").types("2").hears("时间（必填）", "2017-06-30 14:30").types("2017-03-16").hears("地点").types("").
		hears("方式（必填）", "1 面谈").types("1").hears("谈话内容要点").types("谈了学习。", "谈了生活。", ".").hears("1 写好了，下一步").types("1")
	two.hears("谈话对象：党员03", "谈了生活。").types("1").hears("党员02 和 党员03", "已记下")
	p.plainly("m03").types("v", "m").takes("records").takes("kind:talk").hears("已记，请你确").types("2").hears("谈了学习。", "1 确认谈过").types("1").hears("确认谈过？").types("1").hears("状态：已确认", "已确认。")
	r, _ := p.State().Record("m02", "talk", 1)
	if r.State != meeting.Confirmed || r.Value("content") != "谈了学习。\n谈了生活。" || r.Value("kind") != "书记委员" {
		t.Errorf("recorded %+v", r)
	}
}

// The line breaks after a new record was recorded and before its writer hears of
// it: the answers are there, and handed in again they are recorded once.
func TestANewRecordHandedInAgainIsRecordedOnce(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.as("m02").opens("m @records @kind:talk 1 enter 2 enter ~m03 enter 1 enter ~2017-03-16 enter enter 1 enter ~谈了学习。 tab enter").sees("记下来")
	p.room.Lost = errors.New("the line broke")
	p.as("m02").press("1", "enter")
	p.seats["m02"].drops()
	p.room.Lost = nil
	p.as("m02").opens("m @records @kind:talk").sees("有草稿").opens("1 enter").sees("接着写上次没有交的", "地点").press("enter").sees("谈话对象：党员03", "谈了学习").press("1", "enter").sees("已记下")
	if n := len(p.State().Records("m02", "talk")); n != 1 {
		t.Errorf("recorded %d times", n)
	}
	p.as("m02").opens("1 enter").sees("谈话类型").seesNo("接着写").opens("2 enter ~m03 enter 1 enter ~2017-03-16 enter enter 1 enter tab enter").sees("还没有填：谈话内容要点").press("up").sees("丢掉草稿").press("enter").sees("草稿已经丢掉")
	p.as("m02").opens("1 enter").sees("谈话类型").seesNo("接着写")
}

// Of two who change the same field at once the second reads what it says now,
// and finds their own text again; what others changed elsewhere is no matter.
func TestOfTwoWhoChangeAFieldTheSecondIsTold(t *testing.T) {
	p := momentOf(t, "told")
	m := p.as("m05").opens("m @records @mine:ledger 1 enter 3 enter ~下班级三次")
	p.Does("m03", meetingtest.Writes("ledger", 1, "progress", "进行中"))
	m.press("tab", "enter").sees("已更新", "佐证材料：下班级三次", "进展：进行中")
	m.press("3", "enter").types("，附照片")
	p.Does("m03", meetingtest.Writes("ledger", 1, "evidence", "见记录"))
	m.press("tab", "enter").sees("「佐证材料」刚才有人改过", "佐证材料：见记录")
	m.sees("有草稿").press("3", "enter").sees("草稿", "下班级三次，附照片").press("tab", "enter").seesNo("有草稿").sees("已更新", "佐证材料：下班级三次，附照片")
}

// Two fill in the notice at once: the second reads that of the first, and finds their
// own words in its fields.
func TestOfTwoWhoBeginTheSameTheSecondKeepsTheirWords(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	m := p.as("m02").opens("m @records @kind:notice ~2017-03-20 enter ~三楼会议室 enter").sees("会议地点：三楼会议室", "记下来")
	p.Does("m03", meetingtest.Writes("notice", 0, "time", "2017-03-21", "place", "一楼", "theme", "主题"))
	m.takes("record").sees("没有覆盖", "会议地点：一楼", "会议时间：2017-03-21").seesNo("三楼")
	m.press("2", "enter").sees("草稿", "三楼会议室").press("enter").sees("已更新", "会议地点：三楼会议室", "会议时间：2017-03-21")
}

func TestARecordIsTakenAwayWithAReason(t *testing.T) {
	p := momentOf(t, "told")
	m := p.as("m03").opens("m @records @kind:ledger 2 enter up enter ~重复了。 enter").sees("撤去整改台账第 1 条？").press("1").sees("已撤去", "例会流于形式").seesNo("到基层少")
	m.press("2", "enter").sees("整改台账第 2 条")
	p.as("m05").press("m").takes("records").seesNo("我的整改台账")
}

// A long record is read from its beginning, on the smallest screen too.
func TestALongRecordIsReadFromItsBeginning(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.width, p.height = 40, 20
	p.Does("m05", meetingtest.Writes("talk", 0, "kind", "书记党员", "with", `["m03"]`, "at", "2017-03-16", "means", "面谈", "content", strings.Repeat("谈了学习。\n", 30)+"最后一句。"))
	m := p.as("m05").opens("m @records @kind:talk 2 enter").sees("谈话类型：书记党员", "下面还有").seesNo("最后一句")
	for range 6 {
		if !strings.Contains(m.screen(), "最后一句") {
			m.press("pgdown")
		}
	}
	m.sees("最后一句").press("1").sees("> ")
}

// Every kind has its English words: a title, labels, and the words of its lists;
// every move has words in both languages.
func TestEveryKindOfRecordHasItsWords(t *testing.T) {
	for _, f := range meeting.Forms() {
		words := english.Record.Forms[f.Name]
		if words.Title == "" {
			t.Errorf("%s has no English title", f.Name)
		}
		labels := 0
		for _, x := range f.Fields {
			labels += 1 + len(x.Columns)
			if words.Labels[x.Name] == "" {
				t.Errorf("%s.%s has no English label", f.Name, x.Name)
			}
			for _, c := range x.Columns {
				if words.Labels[x.Name+"."+c.Name] == "" {
					t.Errorf("%s.%s.%s has no English label", f.Name, x.Name, c.Name)
				}
			}
			for _, word := range x.Words {
				if english.Terms[word] == "" {
					t.Errorf("%s.%s: %s has no English word", f.Name, x.Name, word)
				}
			}
		}
		if len(words.Labels) != labels {
			t.Errorf("%s: %d labels for %d fields and columns", f.Name, len(words.Labels), labels)
		}
		for _, m := range f.Moves {
			for _, w := range languages {
				move := w.move(f.Name, m.Word)
				if move.Name == "" || move.Name == m.Word || move.Effect == "" || move.Done == "" || (move.Hint == "") == m.Text {
					t.Errorf("%s: the move %s lacks words in %s", f.Name, m.Word, w.Lang)
				}
				if m.To != "" && (w == english && w.Record.States[m.To] == "" || w == chinese && m.To.Title() == string(m.To)) {
					t.Errorf("%s: the state %s has no name in %s", f.Name, m.To, w.Lang)
				}
			}
		}
	}
}

// What was studied is called by its day and topic; a day to come is said, and
// hours are counted for everybody.
func TestStudiesAreListedWithTheirHours(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.Does("m03", meetingtest.Writes("study", 0, "day", "2017-03-14", "form", "集中", "topic", "《准则》", "hours", "1.5", "attended", `["m03","m05"]`, "made_up", `[{"who":"m02","day":"2017-03-16"}]`),
		meetingtest.Writes("study", 0, "day", "2099-03-14", "form", "自学", "topic", "《条例》", "hours", "2"))
	m := p.as("m03").opens("m @records @kind:study").sees("2017-03-14  集中  《准则》", "2099-03-14  自学  《条例》", "已记，日期还没有到", "1.5 学时，1 次")
	m.takes("hours").sees("党员02：1.5 学时，1 次，其中补课 1 次", "党员04：0 学时，0 次").press("esc").takes("record 2").sees("日期还没有到", "状态：已记")
	p.as("m06").opens("m @records @kind:study").sees("0 学时").takes("record 1").sees("到会：党员03、党员05", "其余的内容只有当事人看得到", "这由主持人、记录人和支委来写")
	p.plainly("m05").types("m").takes("records").takes("kind:study").hears("2017-03-14  集中  《准则》", "日期还没有到")
}

// The self-check is good once it is handed in, where nobody has to approve it.
func TestTheSelfCheckIsWrittenAndHandedIn(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.width, p.height = 40, 20
	m := p.as("m03").opens("m @records @kind:selfcheck").sees("上年度整改落实情况").opens("tab enter").sees("存在的主要问题（必填）").opens("~学习 enter ~不够深入 enter enter enter").sees("原因剖析（必填）")
	m.opens("~抓得不紧。 tab enter").sees("努力方向（必填）").opens("~学在前面。 tab enter").sees("整改措施（必填）").opens("~每月讨论 enter ~2017-06-30 enter enter enter")
	m.sees("有党员 8 名", "方面：学习").press("1", "enter").sees("已记下").takes("提交").sees("提交以后还可以改").press("1").sees("已提交。")
	p.as("m05").opens("m @records @kind:selfcheck").sees("基本情况")
	if r, _ := p.State().Record("m05", "selfcheck", 0); r.State != meeting.Approved {
		t.Errorf("recorded %+v", r)
	}
}

// The report is drafted with its figures in braces: who edits it sees these with
// a hint, who reads it what they stand for.
func TestTheReportIsReadWithItsFigures(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.Does("m03", meeting.WriteRecord{Form: "report", Values: p.State().Draft("m03", "report")})
	m := p.as("m03").opens("m @records @kind:report").sees("第一党支部召开", "整改台账共0条").seesNo("{branch}")
	m.takes("写：整改措施").sees("大括号里的是数字", "{ledger_lines}").types("{谁知道}").press("tab", "enter").sees("没有 {谁知道} 这个数字", "ledger_lines")
	p.plainly("m05").types("m").takes("records").takes("kind:report").hears("整改台账共0条")
}

// What is posted is called by its days; what may not be announced says why.
func TestAPostingIsWrittenAndPosted(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	m := p.as("m03").opens("m @records @kind:publicity 1 enter").sees("公示内容（必填）", "按规则不公布「优秀名单」").takes("会议情况通报")
	m.sees("公示开始日期").types("2017-03-24").press("enter").sees("公示结束日期").types("2017-03-20").press("enter").sees("在「公示结束日期」后面")
	for range 2 {
		m.press("backspace")
	}
	m.types("28").press("enter").sees("会议情况通报").press("1", "enter").sees("已记下", "会议情况通报  2017-03-24  2017-03-28")
	m.takes("record 1").takes("开始公示").sees("只能记异议").press("1").sees("已开始公示", "公示中")
	p.plainly("m05").types("m").takes("records").takes("kind:publicity").hears("会议情况通报  2017-03-24  2017-03-28", "公示中")
}

// Nobody but the console and the committee learns of a disposal.
func TestADisposalIsNotListedForOthers(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.as("m03").opens("m @records @kind:disposal").sees("处置", "还没有你可以看的条目").press("1", "enter").sees("党员（必填）").takes("m05").sees("等次不是基本合格或不合格")
	p.as("m05").opens("m @records").seesNo("处置")
}
