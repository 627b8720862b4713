package tui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// sized gives the window of a seat another size.
func (s *seat) sized(w, h int) *seat {
	s.update(tea.WindowSizeMsg{Width: w, Height: h})
	return s
}

// atTheTable is a voter with a wide window who has begun.
func atTheTable(t *testing.T) *seat {
	t.Helper()
	p := momentOf(t, "ballot-open")
	p.width, p.height = 120, 40
	return p.as("m05").sees("一人一行").press("enter").sees("已填 0 / 7")
}

func TestAWideBallotIsOneTable(t *testing.T) {
	s := atTheTable(t).sees("> 1 党员01", "7 党员07", "书记", "党员01  1 优秀  2 合格  3 基本合格  4 不合格  0 弃权")
	s.press("2").sees("已填 1 / 7", "> 2 党员02", "组织委员").press("0").sees("弃权", "> 3 党员03").press("down", "k", "up", "up").sees("> 1 党员01")
	s.press("end", "k", "j", "3").sees("检查一遍", "> 3 党员03").press("b", "pgup", "home").sees("> 1 党员01").press("7").sees("现在没有用").press("up").sees("> 1 党员01")
	s.press("enter").sees("> 2 党员02").press("b", "b").sees("开始填测评票").press("enter").sees("已填 3 / 7")
	s.press("end", "enter").sees("检查一遍", "还有 4 项没有填", "> 3 党员03").press("enter").sees("> 3 党员03", "已填 3 / 7")
	for range 4 { // each leads back to the overview
		s.press("1").sees("检查一遍").press("enter")
	}
	s.sees("提交测评票？").press("n").sees("都填好了").press("b").sees("> 7 党员07").press("enter", "enter", "1", "enter").sees("回执", "投了 1 次")
	s.press("c", "1", "enter").sees("已填 0 / 7", "未填", "上一张仍然有效")
}

// Columns stand under each other, also where a row is chosen, masked or empty.
func TestTheRowsOfTheTableHaveOneWidth(t *testing.T) {
	s := atTheTable(t).press("1", "4", "3")
	want := 0
	for _, l := range s.app.drawn.lines {
		if text := l.Text(); slices.ContainsFunc([]string{"> 3 ", "  1 ", "  2 ", "  7 "}, func(mark string) bool { return len(text) > 12 && text[8:12] == mark }) {
			if want == 0 {
				want = l.Width()
			}
			if l.Width() != want {
				t.Errorf("%d cells and not %d: %q", l.Width(), want, text)
			}
		}
	}
	if want == 0 {
		t.Fatal("no rows")
	}
}

func TestAChoiceOfTheTableIsSeenWhileTheCursorStays(t *testing.T) {
	s := atTheTable(t)
	column := func() string { // without the line that says what can be chosen
		text := ""
		for _, l := range s.app.drawn.lines {
			if !strings.Contains(l.Text(), "4 不合格") {
				text += l.Text()
			}
		}
		return text
	}
	without := column()
	for _, leave := range []string{"j", "k", "down", "up", "enter", "right", "b", "end", "home", "pgdown"} {
		s.press("home", "4")
		if column() == without {
			t.Fatal("a choice is not seen while it is made")
		}
		s.press(leave)
		if seen := column(); strings.Contains(seen, "不合格") {
			t.Errorf("%s leaves the choice on the screen:\n%s", leave, s.screen())
		}
		if s.press("home", "j"); strings.Contains(column(), "不合格") {
			t.Errorf("a choice is seen again on coming back:\n%s", s.screen())
		}
	}
	s.press("v").sees("已填 1 / 7")
	if !strings.Contains(column(), "不合格") {
		t.Errorf("v does not show the choices:\n%s", s.screen())
	}
	s.room.Later(shown)
	s.update(tickMsg{s.app.pending})
	if strings.Contains(column(), "不合格") {
		t.Errorf("the choices are seen for longer than they should:\n%s", s.screen())
	}
}

func TestAWindowThatChangesItsSizeKeepsTheBallot(t *testing.T) {
	s := atTheTable(t).press("2", "4", "3")
	s.sized(40, 20).sees("第 4 / 7 页", "上一位 党员03：基本合格").press("1").sees("第 5 / 7 页").press("b", "b", "b").sees("第 2 / 7 页", "已经填过")
	s.sized(100, 20).sees("> 2 党员02", "已填 4 / 7").press("1").sized(99, 30).sees("第 3 / 7 页", "上一位 党员02：优秀")
	s.sized(120, 40).press("end", "enter", "enter").sees("检查一遍").sized(60, 20).sees("检查一遍", "还有 3 项没有填")
	if got := s.app.sheet.picks[:4]; !slices.Equal(got, []int{1, 0, 2, 0}) {
		t.Errorf("the choices are %v", got)
	}
}

func TestALargeBranchScrollsThroughItsTable(t *testing.T) {
	p := playIn(t, newRoom(t, "seed-2017", branchOf(99)), 120, 24)
	p.SignsIn()
	p.Does("m03", meeting.Next{})
	p.ComesTo(preset.Ballot)
	p.Does("m03", meeting.NameScrutineers{IDs: []meeting.MemberID{"m05", "m07"}, Hands: &meeting.Hands{Yes: 98}})
	p.Seals("m05")
	p.Seals("m07")
	p.Opens()
	s := p.as("m01").press("enter").sees(">  1 党员01", "下面还有")
	for i := range 98 {
		s.press("2")
		if n := len(s.app.drawn.lines); n != 24 {
			t.Fatalf("%d lines at row %d", n, i+1)
		}
		if i < 97 {
			s.sees("> ", "  1 优秀")
		}
	}
	s.sees("> 99 提交测评票").press("b").sees("> 98 党员98").press("home").sees(">  1 党员01").press("pgdown").sees("> 17 党员17").press(" ").sees("> 33 党员33").press("pgup").sees("> 17 党员17").press("end", "enter").sees("> 99 提交测评票")
}

// What is sent to a terminal is as long whatever is chosen: also while the
// choice is seen.
func TestNoChoiceOfTheTableIsLongerThanAnother(t *testing.T) {
	for _, w := range languages {
		want := 0
		for _, digit := range []string{"1", "2", "3", "4", "0"} {
			p := momentOf(t, "ballot-open")
			p.width, p.height = 120, 40
			s := p.as("m05")
			s.app.words = w
			content := s.press("enter", digit).app.View().Content
			if want == 0 {
				want = len(content)
			}
			if len(content) != want {
				t.Errorf("%s: %d bytes after %s, %d after another", w.Lang, len(content), digit, want)
			}
		}
	}
}
