package tui

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/width"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pingyi/meeting"
)

// fits checks that a screen stays within its window, as a terminal counts.
func fits(t *testing.T, s *seat, what string, w, h int) {
	t.Helper()
	rows := strings.Split(s.app.View().Content, "\n")
	if len(rows) > h {
		t.Fatalf("%s: %d rows at %dx%d:\n%s", what, len(rows), w, h, s.screen())
	}
	for _, row := range rows {
		if n := ansi.StringWidth(row); n > w {
			t.Fatalf("%s: a row of %d cells at %dx%d: %q", what, n, w, h, row)
		}
	}
	if c := s.app.View().Cursor; c != nil && (c.X >= w || c.Y >= h || c.X < 0 || c.Y < 0) {
		t.Fatalf("%s: the cursor stands at %d,%d of %dx%d", what, c.X, c.Y, w, h)
	}
}

// On a phone whose keyboard is up a question is not cut at its beginning: an answer to
// the rest of it would be one to something else.
func TestAPhoneShowsTheWholeQuestion(t *testing.T) {
	for moment, question := range map[string][2]string{
		"before":        {"现在请你：签到。你是党员05吗？", "For you now: Sign in. Are you 党员05?"},
		"ballot-closed": {"现在请你：看回执公示", "For you now: Find your receipt"},
	} {
		for i, lang := range []string{"zh_CN", "en_US"} {
			p := momentOf(t, moment)
			p.width, p.height, p.env = 40, 8, []string{"LANG=" + lang + ".UTF-8"}
			p.as("m05").sees(question[i]).sees("  1 ")
		}
	}
}

// What has no room above the next step is cut at its end, with a mark.
func TestAPhoneShowsWhereAReminderBegins(t *testing.T) {
	for lang, words := range map[string][]string{
		"zh_CN": {"提醒：自我批评 1 人、批评意见 1 条只记了", "...", "> Enter 散会"},
		"en_US": {"Note: Only known who spoke, not what:", "...", "> Enter Close the meeting"},
	} {
		p := momentOf(t, "closing")
		p.width, p.height, p.env = 40, 8, []string{"LANG=" + lang + ".UTF-8"}
		p.as("m03").sees(words...)
	}
}

func TestEveryScreenFitsEveryWindow(t *testing.T) {
	for i, m := range story() {
		p := m.play(t)
		for _, who := range []meeting.MemberID{"m03", "m05", "m02", meeting.Screen} {
			s := p.as(who)
			for w := 20 + i%2; w <= 200; w += 2 { // the other widths at the next moment
				h := 10 + w%35
				s.app.Update(tea.WindowSizeMsg{Width: w, Height: h})
				fits(t, s, fmt.Sprintf("%s at %s", who, m.name), w, h)
			}
		}
	}
}

func TestEveryPageFitsEveryWindow(t *testing.T) {
	for i, tongue := range tongues {
		for _, v := range views {
			p := momentOf(t, v.moment)
			p.env = tongue.env
			s := p.as(v.who).opens(v.keys)
			for w := 20 + 2*i; w <= 200; w += 3 {
				h := 10 + w%35
				s.app.Update(tea.WindowSizeMsg{Width: w, Height: h})
				fits(t, s, v.name+tongue.suffix, w, h)
			}
		}
	}
}

func TestAbsurdWindowsAreAnswered(t *testing.T) {
	p := momentOf(t, "study")
	s := p.as("m05")
	for _, size := range []struct{ w, h int }{{0, 0}, {1, 1}, {-5, 3}, {39, 30}, {40, 7}, {400, 200}} {
		s.app.Update(tea.WindowSizeMsg{Width: size.w, Height: size.h})
		if rows := strings.Count(s.app.View().Content, "\n"); rows > max(0, size.h) {
			t.Errorf("%d rows in a window of %dx%d", rows, size.w, size.h)
		}
	}
	s.app.Update(tea.WindowSizeMsg{Width: 39, Height: 20})
	s.sees("请放大到 40 列 8 行以上")
}

// Nobody grades anybody behind the sentence that asks for a larger window.
func TestKeysThatNobodySeesDoNothing(t *testing.T) {
	p := momentOf(t, "ballot-open")
	m := p.as("m05").press("enter")
	m.app.Update(tea.WindowSizeMsg{Width: 40, Height: leastHeight - 1})
	m.press("2", "enter", "1", "f").types("优秀")
	m.app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	m.sees("第 1 / 7 页").seesNo("已经填过", "> ")
	if at := p.State().Floor.Queue; len(at) > 0 {
		t.Errorf("%v wait for the floor", at)
	}
}

func TestTheSmallestWindowShowsTheQuestionAndTheKeys(t *testing.T) {
	p := momentOf(t, "ballot-open")
	p.width, p.height = 40, 12
	p.as("m05").press("enter", "down").sees("被评议人：党员01", "> 1 优秀", "2 合格", "3 基本合格", "4 不合格", "0 弃权", "o 总览")
	q := momentOf(t, "sign-in")
	q.width, q.height = 40, 12
	q.as("m03").sees("> Enter 进入下一项「开场」")
	q.as("m07").sized(40, 8).sees("你是党员07吗", "  1 签到")
	q.as("m07").sized(40, 12).sees("你是党员07吗", "  1 签到", "党员07  第一党支部")
}

func TestALongRosterStaysReadable(t *testing.T) {
	p := playIn(t, newRoom(t, "seed-2017", branchOf(99)), 40, 20)
	p.SignsIn()
	p.Does("m03", meeting.Next{})
	p.as("m03").press("f").press("9", "7").sees(">  97 党员97", "上面还有").press("enter").sees("发言：党员97")
}

// ambiguous are the characters whose width terminals disagree about
// (SCREENS.md §4.3).
func ambiguous(text string) string {
	bad := ""
	for _, r := range text {
		if r > 0x7f && width.LookupRune(r).Kind() == width.EastAsianAmbiguous {
			bad += string(r)
		}
	}
	return bad
}

// TestPhrasesStandInWordsOnly keeps Chinese out of every other file: what is
// written there would not be translated.
func TestPhrasesStandInWordsOnly(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") ||
			strings.HasSuffix(e.Name(), "faults.go") ||
			strings.HasSuffix(e.Name(), "words.go") || slices.Contains([]string{"clean.go", "text.go"}, e.Name()) {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil && strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
					t.Errorf("%s: %q belongs into Words", e.Name(), text)
				}
			}
			return true
		})
	}
}

func TestNoScreenHasACharacterOfUncertainWidth(t *testing.T) {
	for _, m := range story() {
		p := m.play(t)
		for _, who := range []meeting.MemberID{"m03", "m05", meeting.Screen} {
			if bad := ambiguous(p.as(who).screen()); bad != "" {
				t.Errorf("%s at %s shows %q", who, m.name, bad)
			}
		}
	}
}

// What stands above the choices on a low window can be read: Space leads there
// and back, and the next choice is in sight again.
func TestALowWindowIsReadWithSpace(t *testing.T) {
	p := momentOf(t, "told")
	m := p.as("m05").sized(40, 8).sees("上面还有").press(" ")
	for range 9 {
		if strings.Contains(m.screen(), "会议已经结束") {
			break
		}
		m.press(" ")
	}
	m.sees("会议已经结束").seesNo("> 1").press("down").seesNo("会议已经结束").sees("> ")
}

// What does not fit into the head says so.
func TestALongHeadIsCutWithAMark(t *testing.T) {
	for _, who := range []meeting.MemberID{"m03", "m05", meeting.Screen} {
		for _, w := range []int{40, 80} {
			p := momentOf(t, "study")
			p.width = w
			s := p.as(who)
			named := *s.app.s
			named.Branch.Name = "离退休教职工第一党支部和机关后勤联合党支部委员会"
			s.app.s = &named
			s.app.render()
			head, _, _ := strings.Cut(s.screen(), "\n")
			if !strings.Contains(head, "...") || !strings.Contains(head, "/") {
				t.Errorf("%s at %d: %q", who, w, head)
			}
		}
	}
}
