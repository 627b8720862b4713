package ssh

import (
	"fmt"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/tui"
	"pingyi/tui/draw"
)

// bundleAnswer is a version of what was sent to the superior.
type bundleAnswer struct {
	Version int                 `json:"version"`
	State   meeting.RecordState `json:"state"`
	By      meeting.MemberID    `json:"by"`
	At      time.Time           `json:"at"`
	Cap     meeting.CapMeter    `json:"cap"`
	Lines   []bundleLine        `json:"lines"`
}

type bundleLine struct {
	ID       meeting.MemberID `json:"id"`
	Name     string           `json:"name"`
	Grade    meeting.Grade    `json:"grade"` // "": not graded
	Reason   string           `json:"reason"`
	Over     bool             `json:"over"`
	Away     bool             `json:"away"`
	Register int              `json:"register"` // version of the register form; 0: there is none
	Decision *decided         `json:"decision"` // null: it waits
}

type decided struct {
	Decision meeting.Decision `json:"decision"`
	Grade    meeting.Grade    `json:"grade"`
	Reason   string           `json:"reason"`
	Approval string           `json:"approval"`
	By       meeting.MemberID `json:"by"`
	At       time.Time        `json:"at"`
}

// showBundle shows what was sent to the superior: to them, and to those who
// rate.
func showBundle(c *call) (answer, error) {
	s := c.state()
	if !s.SeesBundle(c.who) {
		return answer{}, &meeting.Refusal{Code: meeting.CommitteeOnly}
	}
	b, sent := s.Bundle()
	if !sent {
		return answer{}, s.Unsent()
	}
	read, err := c.bundleRead()
	if err != nil {
		return answer{}, err
	}
	if read != nil {
		b = *read
	}
	return answer{value: bundleOf(s, b), text: sayBundle(s, b)}, nil
}

// bundleRead is the version of the bundle that --version names; nil without it, where
// there is no bundle, and for who does not read it.
func (c *call) bundleRead() (*meeting.Bundle, error) {
	v, set := c.flags["version"]
	if !set {
		return nil, nil
	}
	n, err := number(v, "版本")
	if err != nil {
		return nil, err
	}
	s := c.state()
	b, sent := s.Bundle()
	switch {
	case !sent || !s.SeesBundle(c.who):
		return nil, nil
	case n < 1 || n > b.Version:
		return nil, &meeting.Refusal{Code: meeting.BadNumber, Args: []string{v, "1", fmt.Sprint(b.Version)}}
	}
	return &s.Bundles[n-1], nil
}

func bundleOf(s *meeting.State, b meeting.Bundle) bundleAnswer {
	a := bundleAnswer{Version: b.Version, State: b.State(), By: b.By, At: b.At, Cap: b.Cap, Lines: []bundleLine{}}
	for _, l := range b.Lines {
		line := bundleLine{ID: l.ID, Name: s.NameOf(l.ID), Grade: l.Grade, Reason: l.Reason, Over: l.Over, Away: l.Away, Register: l.Register}
		if v, done := b.Verdicts.Get(l.ID); done {
			line.Decision = &decided{v.Decision, v.Grade, v.Reason, v.Approval, v.By, v.At}
		}
		a.Lines = append(a.Lines, line)
	}
	return a
}

func sayBundle(s *meeting.State, b meeting.Bundle) string {
	var text strings.Builder
	limit := b.CapNow(s.Excellent())
	fmt.Fprintf(&text, "第 %d 稿　%s　优秀 %d 名，上限 %d 名\n", b.Version, tui.Chinese().RecordState(b.State()), limit.Used, limit.Cap)
	for _, l := range b.Lines {
		fmt.Fprintf(&text, "%s　%s　%s\n", l.ID, draw.Clean(s.Called(l.ID)), tui.Chinese().SayLine(s, b, l))
	}
	return text.String()
}

// decide is the word of one decision about the bundle.
func decide(decision meeting.Decision) func(*call) (answer, error) {
	return func(c *call) (answer, error) {
		read, err := c.bundleRead()
		if err != nil {
			return answer{}, err
		}
		cmd := meeting.DecideBundle{Read: read, Decision: decision, Reason: c.flags["reason"], Approval: c.flags["approval"]}
		if c.args[0] != "all" {
			cmd.IDs = []meeting.MemberID{c.person(c.args[0])}
		}
		if decision == meeting.LineAmended {
			cmd.Grade = meeting.Grade(c.args[1])
		}
		left := leftOut(c, cmd)
		if err := c.act(cmd); err != nil {
			return answer{}, err
		}
		s := c.state()
		b, _ := s.Bundle()
		return answer{value: bundleOf(s, b), text: sayBundle(s, b) + left}, nil
	}
}

// leftOut says, each on a line of its own, about whom a decision about all is not.
func leftOut(c *call, cmd meeting.DecideBundle) string {
	_, out := cmd.About(c.state(), c.who)
	var text strings.Builder
	for _, no := range out {
		text.WriteString(tui.Chinese().Say(no) + "\n")
	}
	return text.String()
}

// submitted is the answer of the word submit.
type submitted struct {
	What    string `json:"what"` // ratings or bundle
	Version int    `json:"version"`
}

// submit hands in the rating table, where there is no committee with the show of
// hands that passed it, and after the meeting sends the bundle.
func submit(c *call) (answer, error) {
	h, err := c.hands()
	if err != nil {
		return answer{}, err
	}
	events, err := c.events(meeting.Submit{Hands: h})
	if err != nil {
		return answer{}, err
	}
	for _, e := range events {
		if f, sent := e.Fact.(meeting.BundleSubmitted); sent {
			return answer{value: submitted{"bundle", f.Version}, text: fmt.Sprintf("第 %d 稿已送上级审定。", f.Version)}, nil
		}
	}
	version := 0
	for e := range c.state().Chronicle.Kept() {
		if _, handed := e.Fact.(meeting.RatingSubmitted); handed {
			version++
		}
	}
	return answer{value: submitted{"ratings", version}, text: "评定表已提交。"}, nil
}

// assignGuide makes somebody of the organisation the branch's guide.
func assignGuide(c *call) (answer, error) {
	guide, known := c.server.superiorOf(meeting.MemberID(c.args[0]))
	if !known {
		return answer{}, sentence("上级党组织里没有这个编号：请用编号，不用姓名。")
	}
	if err := c.act(meeting.AssignGuide{Guide: guide}); err != nil {
		return answer{}, err
	}
	return done("已指派" + draw.Clean(guide.Name) + "为指导领导。")
}
