package paper_test

import (
	"fmt"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper"
	"pingyi/meeting/preset"
)

// BenchmarkPapersOfABranch writes every paper of a branch of fifty in every format,
// from the first item to the rating.
func BenchmarkPapersOfABranch(b *testing.B) {
	s := ratedBranch(b, 50)
	b.ReportAllocs()
	for b.Loop() {
		files, err := filesOf(paper.All(s, paper.Facts{}))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(files)), "files")
	}
}

// BenchmarkPapersOfTheOrganisation adds up forty branches of twenty.
func BenchmarkPapersOfTheOrganisation(b *testing.B) {
	var branches []*meeting.State
	one := ratedBranch(b, 20)
	for i := range 40 {
		s := *one
		s.Branch.ID = fmt.Sprintf("b%d", i+1)
		branches = append(branches, &s)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := filesOf(paper.Organisation("某党总支", branches)); err != nil {
			b.Fatal(err)
		}
	}
}

// ratedBranch is a branch of n whose meeting is over: everybody has said something of
// themself, heard the next one's criticism, and was voted on and rated.
func ratedBranch(b *testing.B, n int) *meeting.State {
	b.Helper()
	h := founded(b, "seed-2017", members(n), nil)
	h.Sits(preset.Criticism)
	people := h.State().Participants()
	for i := range people {
		h.Does(chair, meeting.Turn{})
		who := h.State().Subject
		h.Does(who, meeting.CriticiseSelf{Text: strings.Repeat("学习还不够深入。", 20)})
		h.Does(chair, meeting.Advance{})
		critic := people[(i+1)%len(people)]
		if critic == who {
			critic = people[i]
		}
		if critic != who {
			h.Does(critic, meeting.Criticise{Of: who, Text: strings.Repeat("到基层少。", 10)})
		}
		h.Does(chair, meeting.Advance{})
		h.Does(who, meeting.Respond{Text: "接受。"})
		h.Does(chair, meeting.Advance{})
	}
	h.ComesTo(preset.Ballot)
	h.Counted(meetingtest.Everybody(h.State(), 1))
	h.ComesTo(preset.Rating)
	h.Rates("合格")
	h.Does(h.Chair(), meeting.Submit{})
	h.Ends()
	return h.State()
}
