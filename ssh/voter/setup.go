package voter

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"unicode"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
)

// person is a member as the server names them.
type person struct {
	ID   meeting.MemberID `json:"id"`
	Name string           `json:"name"`
}

// paper is the answer of the word ballot: what can be chosen.
type paper struct {
	Subjects  []person `json:"subjects"`
	Grades    []string `json:"grades"`
	SelfVote  bool     `json:"self_vote"`
	Comments  bool     `json:"remarks"`
	Committee []string `json:"committee"`
}

// fetch asks for everything that a ballot needs.
func (v *Voter) fetch(ctx context.Context) error {
	var me person
	var p paper
	var own struct {
		Credential string `json:"credential"`
	}
	if err := v.ask(ctx, "whoami", nil, &me); err != nil {
		return err
	}
	setup, err := v.say(ctx, "election --bel", nil)
	if err != nil {
		return err
	}
	e, err := ballot.ReadSetup(bytes.NewReader(setup))
	if err != nil {
		return ErrStrange
	}
	if err := v.ask(ctx, "ballot", nil, &p); err != nil {
		return err
	}
	if err := v.ask(ctx, "credential", nil, &own); err != nil {
		return err
	}
	v.Who, v.credential = me.ID, own.Credential
	if v.state = stateOf(me, p, e); v.state == nil {
		return ErrStrange
	}
	return nil
}

// stateOf makes the state that a voter knows: the open box with themself as its
// voter. It is nil unless what the server says of the ballot are the very
// questions of the election, whose fingerprint is on the wall: otherwise a
// choice could be counted for somebody else.
func stateOf(me person, p paper, e *ballot.Election) *meeting.State {
	questions := e.Questions()
	for _, q := range questions {
		if strange(append(q.Answers, q.Question)...) {
			return nil
		}
	}
	if len(questions) == 0 || me.ID == "" || strange(string(me.ID), me.Name) {
		return nil
	}
	rules := &preset.Rules{Grades: p.Grades, Agenda: []preset.Item{{Kind: preset.Ballot, Title: "民主测评"}}}
	rules.Probationary.Votes = true
	rules.Vote.SelfVote, rules.Vote.Comments = p.SelfVote, p.Comments
	if rules.Vote.Branch = len(p.Committee) > 0; rules.Vote.Branch {
		rules.Vote.BranchTitle, rules.Vote.BranchScale = questions[len(questions)-1].Question, p.Committee
	}
	opened := meeting.Opened{Branch: rules.Vote.Branch, Boxes: []meeting.OpenedBox{{
		Channel: meeting.MemberBox, Voters: []meeting.MemberID{me.ID}, Record: e.Marshal(),
	}}}
	// A voter whom nobody grades is enrolled as one who votes and is not graded.
	roster := []meeting.Member{{ID: me.ID, Name: me.Name, Kind: meeting.Probationary}}
	for _, one := range p.Subjects {
		opened.Subjects = append(opened.Subjects, one.ID)
		m := meeting.Member{ID: one.ID, Name: one.Name, Kind: meeting.Formal}
		if one.ID == me.ID {
			roster = roster[1:]
		}
		roster = append(roster, m)
	}
	s := meeting.NewState()
	for _, f := range []meeting.Fact{
		meeting.Founded{Branch: meeting.Branch{Name: e.Name()}, Rules: rules},
		meeting.RosterImported{People: roster},
		meeting.SignedIn{ID: me.ID},
		meeting.ItemOpened{No: 1},
		meeting.ScrutineersNamed{Vote: 1},
		opened,
	} {
		s = meeting.Apply(s, meeting.Event{Fact: f})
	}
	if !slices.EqualFunc(s.Questions(), questions, sameQuestion) || meeting.May(s, me.ID, meeting.ActVote) != nil {
		return nil
	}
	return s
}

func sameQuestion(a, b ballot.Question) bool {
	return a.Question == b.Question && slices.Equal(a.Answers, b.Answers) && a.Min == b.Min && a.Max == b.Max && b.Blank == nil
}

// strange reports whether a text cannot be shown on a terminal.
func strange(texts ...string) bool {
	return slices.ContainsFunc(texts, func(t string) bool { return strings.ContainsFunc(t, unicode.IsControl) })
}
