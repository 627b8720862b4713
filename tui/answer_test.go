package tui

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// sent is how many lines were sent.
func (p tapper) sent() int { return strings.Count(p.out.String(), "\n") }

// afterEach has somebody do the same for every grade and for 弃权, and compares how
// long the lines are that come of it.
func asLong(t *testing.T, what string, does func(m tapper, grade int)) {
	t.Helper()
	var first []int
	for grade := range 5 {
		m := momentOf(t, "ballot-open").tapsAs("m05")
		does(m, grade)
		var long []int
		for _, l := range m.lines() {
			long = append(long, len(l))
		}
		if first == nil {
			first = long
		}
		if !slices.Equal(first, long) {
			t.Errorf("%s: the lines have %v bytes with the choice %d, %v with the first", what, long, grade, first)
		}
	}
}

// Whoever counts the bytes on the line does not learn how somebody votes.
func TestAPageIsAsLongWhateverIsChosen(t *testing.T) {
	each := func(m tapper, grade int) {
		for range 7 {
			m.pick(grade)
		}
	}
	asLong(t, "pages", func(m tapper, grade int) { each(m.pick(0), grade) })
	asLong(t, "going back", func(m tapper, grade int) { m.pick(0).pick(grade).key("b").pick(grade).pick(grade).key("b").key("b") })
	asLong(t, "the overview", func(m tapper, grade int) { m.pick(0).pick(grade).key("o").pick(0).key("b").key("v").key("v") })
	asLong(t, "handing in", func(m tapper, grade int) { each(m.pick(0), grade); m.key("v").pick(7).pick(0).reads("回执") })
	asLong(t, "the table", func(m tapper, grade int) {
		m.sends(`{"columns":120}`).pick(0)
		for i := range 7 {
			m.pick(i).key(fmt.Sprint((grade + 1) % 5))
		}
		m.reads("都填好了").key("v").key("b").pick(3).key("o").key("v")
	})
	lengths := map[int]bool{} // the control: without what makes them even, they are not
	for grade := range 5 {
		m := momentOf(t, "ballot-open").tapsAs("m05").pick(0).pick(grade)
		text := strings.NewReplacer("\u3000", "").Replace(m.key("o").key("v").last())
		lengths[len(text)] = true
	}
	if len(lengths) == 1 {
		t.Error("the lines are as long by themselves, so that this test shows nothing")
	}
}

// A choice that was made is masked as soon as its voter goes on.
func TestWhatWasChosenIsMaskedInThePage(t *testing.T) {
	chosen := func(m tapper) (n int) {
		for _, c := range m.newest().Choices {
			if c.Chosen != nil && *c.Chosen == 1 {
				n++
			}
		}
		return n
	}
	m := momentOf(t, "ballot-open").tapsAs("m05").pick(0).pick(1)
	if m.key("b"); chosen(m) != 0 {
		t.Errorf("it is seen again: %s", m.last())
	}
	m.key("o").readsNo("合格").key("v").reads("合格").pick(0).key("b")
	m.readsNo(`"合格`)
	m = momentOf(t, "ballot-open").tapsAs("m05").sends(`{"columns":120}`).pick(0).key("2")
	m.pick(3)
	for _, c := range m.newest().Choices {
		if strings.Contains(fmt.Sprint(c.Cells[3:]), "合格") {
			t.Errorf("the table shows %v", c.Cells)
		}
	}
}

// Nothing is sent for a clock that runs, and what changes at a second is sent then.
func TestTimesRunAtTheReader(t *testing.T) {
	p := momentOf(t, "study") // 党员04 speaks
	m, chair, wall := p.tapsAs("m05"), p.tapsAs("m03"), p.tapsAs(meeting.Screen)
	limit := p.State().Floor.Limit
	all := []tapper{m, chair, wall}
	tick := func(seconds int) {
		for range seconds {
			p.room.Later(time.Second)
			for _, x := range all {
				x.update(tickMsg{time.Second})
			}
		}
	}
	m.reads("⟦+48⟧", fmt.Sprintf(`"clock":{"since":48,"limit":%d}`, limit))
	wall.reads(fmt.Sprintf(`"clock":{"since":48,"limit":%d}`, limit))
	before := []int{m.sent(), wall.sent()}
	tick(20)
	if after := []int{m.sent(), wall.sent()}; !slices.Equal(before, after) {
		t.Errorf("%v lines, %v before: %s", after, before, wall.last())
	}
	p.Does("m03", meeting.PauseClock{})
	m.calm()
	m.reads("01:09 / ", `"since":69`, `"paused":true`).readsNo("⟦+")
	tick(30)
	p.Does("m03", meeting.PauseClock{})
	m.calm()
	m.reads("⟦+").readsNo(`"paused"`)
	n := m.sent()
	tick(limit)
	if more := m.sent() - n; more < 2 || more > 6 { // nearly over, over
		t.Errorf("%d lines while the time ran out", more)
	}
	m.reads("超时")
	wall.reads("⟦+", `"tone":"late"`)

	p = momentOf(t, "ballot-open")
	wall = p.tapsAs(meeting.Screen)
	wall.reads("⟦+")
	n = wall.sent()
	all = []tapper{wall}
	if tick(90); wall.sent() != n {
		t.Errorf("the wall is sent %d lines in 90 s: %s", wall.sent()-n, wall.last())
	}
	p.Does("m03", meeting.Say{Break: true, Seconds: 300})
	wall.calm()
	wall.reads(`"down":true`, `"since":300`)
	n = wall.sent()
	if tick(50); wall.sent() != n {
		t.Errorf("a break is sent %d lines in 50 s: %s", wall.sent()-n, wall.last())
	}
}

// A time that somebody writes is theirs, and does not run.
func TestATimeInATextDoesNotRun(t *testing.T) {
	p := momentOf(t, "criticism-critic") // 党员05 speaks
	m := p.tapsAs("m02").picks("批评意见").draft("10:30 开始")
	p.Does("m03", meeting.PauseClock{})
	p.Does("m03", meeting.PauseClock{})
	p.Does("m03", meeting.YieldFloor{})
	p.Does("m03", meeting.GiveFloor{ID: "m02"}) // and is called meanwhile
	m.calm()
	m.reads("请你发言 ⟦+", `"text":"10:30 开始"`)
}

// Sixty people sign in within a second: a page tells it twice.
func TestNewsOfAPageIsSentTwiceASecondAtMost(t *testing.T) {
	p := newPlay(t, "seed-2017", 60)
	wall := p.tapsAs(meeting.Screen)
	n := wall.sent()
	for i := 1; i <= 60; i++ {
		if _, err := p.room.Act(t.Context(), meetingtest.ID(i), meeting.SignIn{}); err != nil {
			t.Fatal(err)
		}
		p.room.Later(time.Second / 60)
		wall.update(movedMsg{})
	}
	wall.calm()
	if more := wall.sent() - n; more > 3 {
		t.Errorf("%d lines", more)
	}
	wall.reads(`"60/60"`)
}

// An answer means the page to which it was given. A tap on a page that is no longer
// there, a second tap, and one right after others have changed it do nothing.
func TestATapMeansThePageThatWasSeen(t *testing.T) {
	p := momentOf(t, "ballot-sealed")
	m := p.tapsAs("m01")
	old := m.newest().At
	p.Opens()
	if m.newest().At == old {
		t.Fatal("another page has the same name")
	}
	m.sends(`{"at":"` + old + `","pick":0}`).reads("页面已经变了").readsNo(`"radio"`)
	m.sends(`{"at":"` + m.newest().At + `","pick":0}`).reads("页面刚变").readsNo(`"radio"`) // still within the grace
	m.pick(0).reads(`"radio"`, "第 1 / 7 页")

	m.calm() // a double tap
	tap := `{"at":"` + m.newest().At + `","pick":1}`
	m.sends(tap + "\n" + tap).reads("第 2 / 7 页").readsNo("页面已经变了")
	p.room.Later(time.Second)
	m.sends(tap).reads("第 2 / 7 页", "页面已经变了")
	if at := m.newest().At; len(at) != len("Qm3xT0aZ-000012") {
		t.Errorf("a page is called %q", at)
	}
	other := p.tapsAs("m04").newest().At
	m.calm()
	m.sends(`{"at":"`+other+`","pick":1}`).reads("第 2 / 7 页", "页面已经变了") // another session's
	if x := m.app.sheet; x.open() != 6 {
		t.Errorf("%d pages are filled in", x.pages()-x.open())
	}
}

// Somebody asks for the floor while the facilitator taps on the list.
func TestATapMeansTheRowThatWasSeen(t *testing.T) {
	p := momentOf(t, "study")
	p.Does("m03", meeting.YieldFloor{})
	chair := p.tapsAs("m03").key("f").reads("党员05")
	at := chair.newest().At
	p.Does("m05", meeting.YieldFloor{})
	chair.calm()
	chair.sends(`{"at":"` + at + `","pick":0}`).reads("页面已经变了")
	if who := p.State().Floor.Speaker; who != "" {
		t.Errorf("%s has the floor", who)
	}
}

// A text is kept while it is written, and also if the meeting moves on meanwhile.
func TestATextIsKeptWhileItIsWritten(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	m := p.tapsAs("m02").picks("批评意见")
	n := m.sent()
	m.draft("调查研究").draft("调查研究不够")
	if m.sent() != n {
		t.Errorf("a draft is answered: %s", m.last())
	}
	p.as("m03").press("enter") // the next speaker: the page goes on, and the text
	m.reads(`"text":"调查研究不够"`).draft("调查研究不够\n二、")
	at := m.newest().At
	p.Does("m03", meeting.Goto{No: 10})
	p.Does("m03", meeting.NameScrutineers{IDs: []meeting.MemberID{"m02", "m05"}})
	m.reads("留作草稿")
	m.calm()
	m.sends(`{"at":"` + at + `","draft":"调查研究不够\n二、建议"}`)
	m.sends(`{"at":"`+at+`","text":"调查研究不够\n二、建议多听意见"}`).reads("你写的内容留作草稿", "封箱")
	if got := p.drafts.text("m02", "criticism m03"); got != "调查研究不够\n二、建议多听意见" {
		t.Errorf("the draft is %q", got)
	}
	m.sends(`{"at":"XXXXXXXX-000001","draft":"别处"}`).sends(`{"at":"` + at + `","draft":"又改"}`)
	if got := p.drafts.text("m02", "criticism m03"); got != "又改" {
		t.Errorf("the draft is %q", got)
	}

	p = momentOf(t, "criticism-critic") // what was handed in has no draft any more
	m = p.tapsAs("m02").picks("批评意见")
	at = m.newest().At
	m.text("调查研究不够。").picks("提交").reads("已提交").sends(`{"at":"` + at + `","draft":"调查研究不够。"}`)
	if got := p.drafts.text("m02", "criticism m03"); got != "" {
		t.Errorf("the draft is %q", got)
	}

	p = momentOf(t, "criticism-critic") // one that is too long stays to be shortened
	m = p.tapsAs("m02").picks("批评意见").text(strings.Repeat("长", longText+1)).reads("最多 5000 个字", `"kind":"text"`)
	m.text("短").reads("你写了 1 个字")
}

// A line broke in mid-text: whoever comes anew finds what was kept.
func TestADraftOutlivesTheLine(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	p.tapsAs("m02").picks("批评意见").draft("联系群众").streamer.close()
	p.seats["m02"].drops()
	p.tapsAs("m02").picks("批评意见").reads(`"text":"联系群众"`, "上次没有交的草稿")
}

// In a list of people one writes, and taps; the line that was late counts.
func TestLookingForSomebody(t *testing.T) {
	p := momentOf(t, "study")
	p.Does("m03", meeting.YieldFloor{})
	chair := p.tapsAs("m03").key("/").reads(`"kind":"find"`)
	chair.text("d")
	at := chair.newest().At
	chair.text("dy0").sends(`{"at":"` + at + `","text":"dy05"}`).reads(`"text":"dy05"`)
	if list := chair.newest().Choices; len(list) != 1 || list[0].Label != "党员05" {
		t.Errorf("found %v", list)
	}
	chair.pick(0).reads(`"title":"党员05"`)
}

// Numbers are filled in one by one.
func TestNumbersAreFilledIn(t *testing.T) {
	p := momentOf(t, "study")
	chair := p.tapsAs("m03").key("h").text("通过整改措施").reads(`"kind":"number"`, "赞成")
	chair.pick(1).text("1").pick(0).text("４").reads("请填一个数字").text("4").text("x").reads("请填一个数字").pick(3).reads("表决结果已记下")
	if got := p.State().Resolutions[0].Hands; got != (meeting.Hands{Yes: 4, No: 1}) {
		t.Errorf("recorded %+v", got)
	}
}

// Whose window is known before the first page comes gets it in that width, and not
// another one first; what is no width leaves it as it is.
func TestTheFirstPageIsAsWideAsItsReaders(t *testing.T) {
	told := momentOf(t, "ballot-open").tapsAs("m05").sends(`{"columns":120}`)
	for columns, want := range map[string]int{"120": 120, "9": leastColumns, "4000": mostColumns, "": streamWidth, "x": streamWidth} {
		p := momentOf(t, "ballot-open")
		p.env = []string{"LANG=zh_CN.UTF-8", "COLUMNS=" + columns}
		m := p.tapsAs("m05")
		if got := m.app.Width; got != want {
			t.Errorf("COLUMNS=%s: %d columns, not %d", columns, got, want)
		}
		if first, second := m.newest(), told.newest(); columns == "120" {
			if first.At, second.At = "", ""; !reflect.DeepEqual(first, second) || len(m.lines()) != 1 {
				t.Errorf("it is another page than who says so later gets, or not the first: %+v, %+v", first, second)
			}
		}
	}
}

// A ballot as a table, and the rating table: a row is selected, then graded.
func TestTables(t *testing.T) {
	m := momentOf(t, "ballot-open").tapsAs("m05").sends(`{"columns":120}`).pick(0).reads("优秀", "弃权").readsNo(`"radio"`)
	m.pick(2).key("1").key("0")
	if got := m.app.sheet.picks[2:4]; !slices.Equal(got, []int{0, abstain}) {
		t.Errorf("chose %v", got)
	}
	p := momentOf(t, "rating")
	m = p.tapsAs("m02").pick(2).key("2").key("enter").reads("党员03 评定为 合格")
	if got := p.State().Ratings.Of("m03").Grade; got != "合格" {
		t.Errorf("rated %q", got)
	}
	m.pick(len(m.newest().Choices) - 1).reads("还有 4 位没有评定")
}

// What is no answer is said to be none, and does nothing.
func TestLinesThatAreNoAnswers(t *testing.T) {
	p := momentOf(t, "study")
	m := p.tapsAs("m05")
	was := p.State().Chronicle.Len()
	at := `"at":"` + m.newest().At + `"`
	pick := `{` + at + `,"key":"y"}`
	for line, says := range map[string]string{
		"hello":                            "不是一个 JSON 对象",
		"[]":                               "不是一个 JSON 对象",
		"null":                             "不是一个 JSON 对象",
		pick[:len(pick)-1]:                 "不是一个 JSON 对象",
		pick + "x":                         "不是一个 JSON 对象",
		pick + pick:                        "几个回答",
		`{` + at + `,"key":"y","pick":0}`:  "几个回答",
		`{` + at + `,"key":"y","key":"y"}`: "几个回答",
		`{` + at + `,"at":"x","key":"y"}`:  "几个回答",
		`{` + at + `}`:                     "没有说要做什么",
		`{}`:                               "没有说要做什么",
		`{` + at + `,"Key":"y"}`:           "不认识「Key」",
		`{` + at + `,"run":"y"}`:           "不认识「run」",
		`{` + at + `,"key":1}`:             "不认识「key」",
		`{` + at + `,"key":null}`:          "不认识「key」",
		`{` + at + `,"key":{"key":"y"}}`:   "不认识「key」",
		`{` + at + `,"pick":-1}`:           "不认识「pick」",
		`{` + at + `,"pick":0.5}`:          "不认识「pick」",
		`{` + at + `,"pick":1e3}`:          "不认识「pick」",
		`{` + at + `,"pick":99999999999999999999}`:                  "不认识「pick」",
		`{` + at + `,"pick":99}`:                                    "没有这一项",
		`{` + at + `,"quit":false}`:                                 "不认识「quit」",
		`{` + at + `,"key":"nosuch"}`:                               "没有这个按钮",
		`{` + at + `,"key":"ctrl+c"}`:                               "没有这个按钮",
		`{` + at + `,"text":"y"}`:                                   "这一页不用写字",
		`{` + at + `,"key":"\u001b[2J"}`:                            "控制字符",
		`{` + at + `,"text":"a\u0000"}`:                             "控制字符",
		"{" + at + ",\"key\":\"\x01\"}":                             "不是一个 JSON 对象",
		"{" + at + ",\"key\":\"\xb5\xda\"}":                         "不是 UTF-8",
		"\xff\xfe{\x00":                                             "不是 UTF-8",
		`{` + at + `,"text":"` + strings.Repeat("长", 30_000) + `"}`: "超过 64 KB",
		`{"at":["x"],"key":"y"}`:                                    "不认识「at」",
		`{"` + strings.Repeat("长", 2000) + `":1}`:                   "不认识「长长",
	} {
		m.calm()
		n := m.sent()
		m.sends(strings.ReplaceAll(line, at, `"at":"`+m.newest().At+`"`)).reads(says)
		if m.sent() == n || p.State().Chronicle.Len() != was {
			t.Errorf("%.60q does something, or nothing is said", line)
		}
		if len(m.last()) > 8<<10 {
			t.Errorf("%.60q is answered with %d bytes", line, len(m.last()))
		}
	}
	n := m.sent()
	if m.sends("").sends("  \r"); m.sent() != n {
		t.Errorf("an empty line is answered: %s", m.last())
	}
}

// Whatever is sent, nothing breaks: it is an answer, or said to be none.
func FuzzAnswers(f *testing.F) {
	for _, line := range []string{`{"at":"A-1","pick":2}`, `{"at":"A-1","key":"c"}`, `{"at":"A-1","text":"一\n二"}`, `{"draft":""}`, `{"quit":true}`, `{"columns":120}`, `[1]`, `{"a":{"b":[]}}`, "\xff", `{"pick":1}{`, "\n\n{}"} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		answers := make(chan *arrival, 1+bytes.Count(in, []byte("\n")))
		hear(t.Context(), bytes.NewReader(in), answers)
		var lines []string
		for line := range strings.SplitAfterSeq(string(in), "\n") {
			if strings.HasSuffix(line, "\n") && len(strings.TrimSpace(line)) > 0 {
				lines = append(lines, line)
			}
		}
		for h := range answers {
			line := lines[0]
			lines = lines[1:]
			if h.wrong != nil {
				if h.wrong(&chinese.Stream) == "" || h.wrong(&english.Stream) == "" {
					t.Errorf("%q is refused without a word", in)
				}
				continue
			}
			var v map[string]any
			if err := json.Unmarshal([]byte(line), &v); err != nil || v[h.does] == nil || !utf8.ValidString(h.text) || h.pick < 0 || h.columns < 0 {
				t.Errorf("%q is taken for %+v", in, h.answer)
			}
		}
	})
}

// A line without an end takes no memory.
func TestALineWithoutEndIsNotKept(t *testing.T) {
	r := bufio.NewReader(strings.NewReader(strings.Repeat("x", 10<<20) + "\n{}\n"))
	if _, err := lineOf(r); err == nil {
		t.Error("it is taken")
	}
	if line, err := lineOf(r); err != nil || string(line) != "{}\n" {
		t.Errorf("the next line is %q, %v", line, err)
	}
}

var (
	placeOfTime = regexp.MustCompile(`⟦[+-]\d+⟧`)
	wallKinds   = []string{"number", "headline", "entrance", "tallies", "names", "board", "zh"}
)

// The wall as data is what the wall shows, and no more.
func TestTheWallAsData(t *testing.T) {
	for _, m := range story() {
		t.Run(m.name, func(t *testing.T) {
			p := m.play(t)
			p.width, p.height = 200, 60
			data := p.tapsAs(meeting.Screen)
			line := data.last()
			p.seats = map[meeting.MemberID]*seat{}
			shown := squeezed(p.as(meeting.Screen).reads())
			var v map[string]any
			if err := json.Unmarshal([]byte(line), &v); err != nil {
				t.Fatal(err)
			}
			for name := range v {
				if !slices.Contains([]string{"at", "lang", "wall"}, name) {
					t.Errorf("%q is sent to a wall: %s", name, line)
				}
			}
			now := squeezed(strings.Join(p.as(meeting.Screen).app.seen().wall.plain(chinese), ""))
			if p, is := p.as(meeting.Screen).app.seen().wall.piece.(headline); is {
				now += p.clock.text // drawn in large type
			}
			for _, text := range sentTexts(t, line) {
				text = squeezed(placeOfTime.ReplaceAllStringFunc(text, func(place string) string {
					n, _ := strconv.Atoi(strings.Trim(place, "⟦+-⟧"))
					return clock(time.Duration(n) * time.Second)
				}))
				if !strings.Contains(shown, text) && !strings.Contains(now, text) && !slices.Contains(slices.Collect(maps.Values(toneNames)), text) && !slices.Contains(wallKinds, text) {
					t.Errorf("%q is sent, and not on the wall:\n%s", text, p.as(meeting.Screen).screen())
				}
			}
		})
	}
}
