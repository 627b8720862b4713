package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"pingyi/meeting"
)

// sizes are those at which every screen is looked at.
var sizes = []struct{ w, h int }{{40, 8}, {40, 20}, {80, 24}, {120, 40}}

// views are the pages that people open on their screens: at which moment of
// the story, at whose terminal, with which keys.
var views = []struct {
	name, moment string
	who          meeting.MemberID
	keys         string // separated by spaces; a ~ writes the text behind it
}{
	{"menu", "study", "m03", "m"},
	{"help", "study", "m03", "?"},
	{"help-member", "criticism-critic", "m02", "?"},
	{"why-not", "study", "m03", "o x"},
	{"call-speaker", "study", "m03", "f"},
	{"absence", "sign-in", "m03", "a"},
	{"absence-reason", "sign-in", "m03", "a 1 enter"},
	{"absence-written", "sign-in", "m03", "a 1 enter 2 enter"},
	{"goto", "criticism-self", "m03", "g"},
	{"undo", "study", "m03", "backspace"},
	{"undo-item", "study", "m03", "k 1 backspace"},
	{"seat-console", "study", "m03", "c 2 enter"},
	{"back", "study", "m03", "b"},
	{"skip-reason", "criticism-self", "m03", "k 1"},
	{"note", "study", "m03", "n ~领学《准则》第一章，讨论热烈。 enter ~二、党员04 谈体会"},
	{"note-done", "study", "m03", "n ~领学《准则》第一章。 tab"},
	{"note-recorder", "study", "m07", ""},
	{"record", "criticism-critic", "m07", "d"},
	{"record-from", "criticism-critic", "m07", "d 1 enter"},
	{"resolution", "study", "m03", "h ~通过整改措施 enter"},
	{"script", "criticism-critic", "m03", "z"},
	{"matrix", "criticism-response", "m03", "i"},
	{"find", "study", "m03", "/"},
	{"find-query", "study", "m03", "f d y 0 5"},
	{"find-nobody", "study", "m03", "/ ~张"},
	{"card", "criticism-critic", "m03", "/ m 0 5 enter"},
	{"card-absent", "sign-in", "m03", "/ m 0 6 enter"},
	{"seat", "study", "m03", "c 1 enter"},
	{"scrutineers", "ballot-scrutineers", "m03", "s"},
	{"scrutineers-hands", "ballot-scrutineers", "m03", "s 1 enter"},
	{"confirm-scrutineers", "ballot-scrutineers", "m03", "enter"},
	{"confirm-open", "ballot-sealed", "m03", "enter"},
	{"confirm-close", "ballot-open", "m03", "k"},
	{"missing", "ballot-open", "m03", "w"},
	{"void", "ballot-open", "m03", "x ~名单有误 enter"},
	{"own", "ballot-open", "m03", "v"},
	{"seal-code", "ballot-sealing", "m05", "enter"},
	{"seal-retype", "ballot-sealing", "m05", "enter enter ~天地玄黄"},
	{"seal-wrong", "ballot-sealing", "m05", "enter enter ~天地玄黄 enter"},
	{"confirm-receipts", "ballot-closed", "m03", "enter"},
	{"receipt-checked", "ballot-closed", "m05", "1 enter"},
	{"unseal", "ballot-confirmed", "m05", "enter"},
	{"vote-subject", "ballot-open", "m05", "enter"},
	{"vote-chosen", "ballot-open", "m05", "enter 2"},
	{"vote-masked", "ballot-open", "m05", "enter 2 b"},
	{"vote-overview", "ballot-open", "m05", "enter 1 2 0 enter enter 2 2 2"},
	{"vote-shown", "ballot-open", "m05", "enter 1 2 0 2 2 2 2 v"},
	{"vote-confirm", "ballot-open", "m05", "enter 1 2 0 2 2 2 2 enter"},
	{"vote-passed", "ballot-open", "m05", "enter enter"},
	{"vote-receipt", "ballot-open", "m05", "enter 1 2 0 2 2 2 2 enter y"},
	{"board", "tally", "m05", "2 enter"},
	{"result", "tally", "m02", "2 enter"},
	{"rating-table", "rating", "m03", "enter"},
	{"rating-picked", "rating", "m02", "3 down 1"},
	{"rating-reason", "rating", "m02", "down 1 enter"},
	{"rating-submit", "rating", "m02", "8 up"},
	{"rating-explain", "rating", "m03", "enter n"},
	{"rating-conduct", "rating", "m02", "f"},
	{"conduct", "rating", "m03", "m @records @kind:conduct"},
	{"registers", "told", "m03", "m @records @kind:register"},
	{"register-own", "told", "m05", "m @records @mine:register"},
	{"confirm-adjourn", "closing", "m03", "enter"},
	{"criticise", "criticism-critic", "m02", "1 enter"},
	{"criticise-whom", "criticism-critic", "m02", "c"},
	{"own-criticisms", "criticism-response", "m03", "v i"},
	{"self-rated", "self-rating", "m05", "2 enter"},
	{"outline", "criticism-self", "m03", "v o"},
	{"self-criticism-outline", "criticism-self", "m03", "v s"},
	{"feedback-whom", "told", "m03", "enter"},
	{"feedback-approval", "after", "m03", "enter 1 enter ~批复"},
	{"feedback-give", "told", "m03", "enter 1 enter"},
	{"feedback-answer", "told", "m05", "1 enter ~接受，继续努力。 tab enter"},
	{"ledger", "told", "m03", "m @records @kind:ledger"},
	{"ledger-line", "told", "m03", "m @records @kind:ledger 2 enter"},
	{"ledger-level", "told", "m03", "m @records @kind:ledger 1 enter"},
	{"ledger-member", "told", "m03", "m @records @kind:ledger 1 enter 2 enter"},
	{"ledger-review", "told", "m03", "m @records @kind:ledger 1 enter 1 enter 1 enter ~不调研 tab enter"},
	{"ledger-due", "told", "m03", "m @records @kind:ledger 2 enter 8 enter"},
	{"ledger-close", "told", "m03", "m @records @kind:ledger 2 enter up up enter ~同意。 enter"},
	{"ledger-remove", "told", "m03", "m @records @kind:ledger 2 enter up enter ~重复了。 enter"},
	{"ledger-own", "told", "m05", "m @records @mine:ledger 1 enter"},
	{"ledger-others", "told", "m05", "m @records @kind:ledger 3 enter"},
	{"outline-study", "study", "m05", "o"},
	{"outline-problem", "study", "m05", "o tab enter ~学习 enter"},
	{"outline-problems", "study", "m05", "o tab enter ~学习 enter ~不够深入 enter enter"},
	{"outline-record", "criticism-self", "m03", "v o e"},
	{"outline-submit", "criticism-self", "m03", "v o e 6 enter"},
	{"talks", "sign-in", "m03", "m @records @kind:talk"},
	{"talks-member", "sign-in", "m02", "m @records @kind:talk"},
	{"talk-pairs", "sign-in", "m03", "m @records @kind:talk 3 enter"},
	{"talk-kind", "sign-in", "m02", "m @records @kind:talk 1 enter"},
	{"talk-with", "sign-in", "m02", "m @records @kind:talk 1 enter 4 enter"},
	{"talk-owed", "sign-in", "m02", "m @records @kind:talk 2 enter"},
	{"talk-content", "sign-in", "m02", "m @records @kind:talk 2 enter ~2017-03-16 enter enter 1 enter"},
	{"talk-review", "sign-in", "m02", "m @records @kind:talk 2 enter ~2017-03-16 enter enter 1 enter tab enter"},
	{"talk-record", "sign-in", "m05", "m @records @kind:talk 2 enter"},
	{"talk-others", "sign-in", "m03", "m @records @kind:talk 2 enter"},
	{"talk-confirm", "sign-in", "m03", "m @records @kind:talk 2 enter enter"},
	{"mine", "criticism-critic", "m05", "m"},
	{"mine-agenda", "criticism-critic", "m05", "m 1 enter"},
	{"mine-own", "criticism-response", "m05", "m @own"},
	{"ready", "sign-in", "m03", "m @ready"},
	{"ready-member", "sign-in", "m02", "m @ready 4 enter"},
	{"archive", "told", "m03", "m @archive"},
	{"archive-close", "told", "m03", "m @archive @close ~其余在纸上办理 enter"},
	{"audit", "told", "m03", "m @audit"},
	{"audit-person", "told", "m03", "m @audit m 0 5"},
	{"audit-nobody", "told", "m03", "m @audit x q"},
	{"tasks", "before", "m03", "m @tasks"},
	{"tasks-member", "before", "m05", "@tasks"},
	{"tasks-enter", "before", "m05", "@tasks 2 enter"},
	{"calendar", "before", "m05", "@tasks @calendar"},
	{"leaving", "study", "m03", "ctrl+c"},
}

// opens presses keys as views write them: ~ types a text, @ takes the row with an
// id or a label.
func (s *seat) opens(keys string) *seat {
	s.t.Helper()
	for k := range strings.FieldsSeq(keys) {
		text, types := strings.CutPrefix(k, "~")
		row, takes := strings.CutPrefix(k, "@")
		switch {
		case types:
			s.types(text)
		case takes:
			s.takes(row)
		default:
			s.press(k)
		}
	}
	return s
}

// takes takes the row with an id, or whose label holds a text.
func (s *seat) takes(row string) *seat {
	s.t.Helper()
	return s.press(append(strings.Split(fmt.Sprint(s.row(row)+1), ""), "enter")...)
}

// row is the index of the row with an id, or whose label holds a text.
func (s *seat) row(row string) int {
	s.t.Helper()
	i := slices.IndexFunc(s.app.seen().options(), func(c choice) bool { return c.id == row || strings.Contains(c.label, row) })
	if i < 0 {
		s.t.Fatalf("%s sees no row %q but\n%s", s.who, row, s.screen())
	}
	return i
}

// tongues are the languages of the goldens: the suffix of their names, and what
// the session says.
var tongues = []struct {
	suffix string
	env    []string
}{{"", nil}, {"-en", []string{"LANG=en_US.UTF-8"}}}

func TestTheScreensOfAWholeMeeting(t *testing.T) {
	people := []meeting.MemberID{"m03", "m05", "m07", "m02", "g1", "q1", meeting.Screen}
	for _, tongue := range tongues {
		for _, size := range sizes {
			for _, m := range story() {
				t.Run(fmt.Sprintf("%s-%dx%d%s", m.name, size.w, size.h, tongue.suffix), func(t *testing.T) {
					p := m.play(t)
					p.width, p.height, p.env = size.w, size.h, tongue.env
					var all strings.Builder
					for _, who := range people {
						fmt.Fprintf(&all, "==== %s\n%s\n", who, p.as(who).screen())
					}
					golden.RequireEqual(t, all.String())
				})
			}
		}
	}
}

func TestThePagesThatPeopleOpen(t *testing.T) {
	for _, tongue := range tongues {
		for _, v := range views {
			t.Run(v.name+tongue.suffix, func(t *testing.T) {
				var all strings.Builder
				for _, size := range sizes {
					p := momentOf(t, v.moment)
					p.width, p.height, p.env = size.w, size.h, tongue.env
					s := p.as(v.who).opens(v.keys)
					fmt.Fprintf(&all, "==== %dx%d\n%s\n", size.w, size.h, s.screen())
					if c := s.app.drawn.cursor; c != nil {
						fmt.Fprintf(&all, "---- cursor %d,%d\n", c.X, c.Y)
					}
				}
				golden.RequireEqual(t, all.String())
			})
		}
	}
}
