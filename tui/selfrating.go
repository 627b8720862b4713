package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

var selfRatingView = itemView{
	goesOn: func(f *flow, s *meeting.State) { f.say(draw.Plain, f.words.Happening.SelfRating.of(len(s.Unrated()))) },
	details: func(a *App, f *flow) {
		if left := a.s.Unrated(); len(left) > 0 {
			f.say(draw.Plain, a.words.Console.NotFilled.of(a.words.names(a.s, left)))
		}
	},
	longings: func(a *App) []longing { return []longing{{a.words.Script.NotRated, a.s.Unrated()}} },
	onWall:   (*scenery).selfRatings,
	wanted: func(w *Words, s *meeting.State, who meeting.MemberID) string {
		if _, done := s.SelfRatings[who]; !done && meeting.May(s, who, meeting.ActSelfRate) == nil {
			return w.Follow.RateSelf
		}
		return ""
	},
	spared: func(w *Words, s *meeting.State, who meeting.MemberID) string {
		if !s.Graded(who) {
			return w.Follow.Unrated
		}
		return ""
	},
}

// selfRatings shows how many have rated themselves.
func (sc *scenery) selfRatings(w *Words, s *meeting.State, _ time.Time) {
	n := graders(s)
	sc.above = []draw.Span{{Text: w.Projector.RateYourself, Tone: draw.Strong}}
	sc.piece = digits{fmt.Sprintf("%d/%d", n-len(s.Unrated()), n), draw.Filled}
}

// graders returns how many rate themselves.
func graders(s *meeting.State) int {
	n := 0
	for _, id := range s.Participants() {
		if s.Graded(id) {
			n++
		}
	}
	return n
}

// selfRatingChoices are the grades with which a member rates themself. The
// rating can be changed while the item is open.
func selfRatingChoices(a *App) []choice {
	if !at(a.s, preset.SelfRating) || meeting.May(a.s, a.Who, meeting.ActSelfRate) != nil {
		return nil
	}
	var list []choice
	for _, g := range a.s.Rules.Grades {
		grade := meeting.Grade(g)
		note := ""
		if a.s.SelfRatings[a.Who].Grade == grade {
			note = a.words.SelfRating.Change
		}
		list = append(list, choice{label: a.words.term(g), note: note, states: true, do: func(a *App) tea.Cmd {
			return a.act(meeting.RateSelf{Grade: grade}, a.words.SelfRating.Saved.of(a.words.term(g)))
		}})
	}
	return list
}
