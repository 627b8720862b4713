package tui

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

var selfRatingView = itemView{
	goesOn: func(f *flow, s *meeting.State) {
		text := f.words.Happening.SelfRatingDone
		if n := len(s.Unrated()); n > 0 {
			text = f.words.Happening.SelfRating.of(n)
		}
		f.say(draw.Plain, text)
	},
	details:  selfRatingDetails,
	longings: func(a *App) []longing { return []longing{{a.words.Script.NotRated, a.s.Unrated()}} },
	onWall:   (*scenery).selfRatings,
	wanted: func(w *Words, s *meeting.State, who meeting.MemberID) string {
		if !s.SelfRatings.Has(who) && meeting.May(s, who, meeting.ActSelfRate) == nil {
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

// selfRatingDetails names who has not rated themself yet, group by group where the
// branch sits by 党小组.
func selfRatingDetails(a *App, f *flow) {
	left, groups := a.s.Unrated(), a.s.PartyGroups()
	if len(left) > 0 && len(groups) == 0 {
		f.say(draw.Plain, a.words.Console.NotFilled.of(a.words.names(a.s, left)))
	}
	for _, g := range groups {
		if of := ofGroup(a.s, left, g); len(of) > 0 {
			f.say(draw.Plain, a.words.PartyGroup.NotFilled.of(a.words.groupName(g), a.words.names(a.s, of)))
		}
	}
}

// ofGroup are those of a list who sit in a group.
func ofGroup(s *meeting.State, list []meeting.MemberID, g meeting.PartyGroup) []meeting.MemberID {
	return slices.DeleteFunc(slices.Clone(list), func(id meeting.MemberID) bool { return s.PartyGroupOf(id) != g })
}

// selfRatings shows how many have rated themselves.
func (sc *scenery) selfRatings(w *Words, s *meeting.State, _ time.Time) {
	n := len(graders(s))
	sc.above = []draw.Span{{Text: w.Projector.RateYourself, Tone: draw.Strong}}
	sc.piece = digits{fmt.Sprintf("%d/%d", n-len(s.Unrated()), n), draw.Filled}
	for _, g := range s.PartyGroups() {
		if of := len(ofGroup(s, graders(s), g)); of > 0 {
			text := w.PartyGroup.Rated.of(w.groupName(g), of-len(ofGroup(s, s.Unrated(), g)), of)
			sc.below = append(sc.below, draw.Span{Text: text, Tone: draw.Plain})
		}
	}
}

// graders are those who rate themselves.
func graders(s *meeting.State) []meeting.MemberID {
	return slices.DeleteFunc(slices.Clone(s.Participants()), func(id meeting.MemberID) bool { return !s.Graded(id) })
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
		if a.s.SelfRatings.Of(a.Who).Grade == grade {
			note = a.words.SelfRating.Change
		}
		list = append(list, choice{label: a.words.term(g), note: note, states: true, do: func(a *App) tea.Cmd {
			return a.act(meeting.RateSelf{Grade: grade}, a.words.SelfRating.Saved.of(a.words.term(g)))
		}})
	}
	return list
}
