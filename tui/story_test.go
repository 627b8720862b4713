package tui

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// moment is one point of a whole meeting.
type moment struct {
	name string
	room *testRoom
}

// story plays a meeting of eight from before its beginning to after its end,
// once, and keeps its moments. m06 is ill; m08 is 预备, abroad, and has handed in
// written material; m05 and m07 are scrutineers; m07 keeps the minutes.
var story = sync.OnceValue(func() []moment {
	t := fatal{}
	p := newPlay(t, "seed-2017", 8)
	var moments []moment
	keep := func(name string) {
		moments = append(moments, moment{name, p.room.copy()})
	}
	next := func(kind string) {
		for !at(p.room.s, kind) {
			p.does("m03", meeting.Next{Reason: p.reason()})
		}
	}
	keep("before")
	next(preset.SignIn)
	for _, id := range []meeting.MemberID{"m03", "m02", "m04", "m05", "m01"} {
		p.does(id, meeting.SignIn{})
	}
	p.does("m03", meeting.RecordAbsence{ID: "m06", Reason: "病假"}, meeting.RecordAbsence{ID: "m08", Reason: "公出", Written: true},
		meeting.Name{ID: "m07", Seat: meeting.SeatRecorder})
	keep("sign-in")
	p.does("m07", meeting.SignIn{})
	p.does("g1", meeting.SignIn{})
	next(preset.Study)
	p.does("m05", meeting.AskFloor{})
	p.does("m01", meeting.AskFloor{})
	p.does("m03", meeting.GiveFloor{ID: "m04"})
	p.room.now = p.room.now.Add(48 * time.Second)
	keep("study")
	p.does("m03", meeting.KeepOutline{Text: "学习不够深入：\n通读《准则》只做到一遍，没有联系支部的实际。\n到基层少。\n改进：每月下一次班级，每季度谈一次心。"})
	next(preset.Criticism)
	keep("criticism-begin")
	p.does("m03", meeting.Turn{})
	keep("criticism-self")
	p.does("m03", meeting.Advance{})
	p.does("m05", meeting.AskFloor{})
	p.does("m07", meeting.AskFloor{})
	p.does("m05", meeting.Criticise{Of: "m03", Text: "到基层少。\n建议每月下一次班级。"})
	p.does("m03", meeting.GiveFloor{ID: "m05"})
	p.room.now = p.room.now.Add(130 * time.Second)
	keep("criticism-critic")
	p.does("m03", meeting.YieldFloor{}, meeting.Advance{}, meeting.YieldFloor{}, meeting.Advance{})
	keep("criticism-response")
	next(preset.SelfRating)
	p.does("m01", meeting.RateSelf{Grade: "合格"})
	p.does("m03", meeting.RateSelf{Grade: "优秀"})
	keep("self-rating")
	next(preset.Ballot)
	keep("ballot-scrutineers")
	p.does("m03", meeting.NameScrutineers{IDs: []meeting.MemberID{"m05", "m07"}, Hands: &meeting.Hands{Yes: 6}})
	keep("ballot-sealing")
	for _, id := range []meeting.MemberID{"m05", "m07"} {
		p.seal(id)
	}
	keep("ballot-sealed")
	if err := p.room.Open(context.Background(), "m03"); err != nil {
		t.Fatal(err)
	}
	p.room.now = p.room.now.Add(time.Minute)
	p.votes("m01", "m02")
	keep("ballot-open")
	p.votes("m03", "m04", "m05", "m07")
	p.does("m03", meeting.CloseBox{})
	keep("ballot-closed")
	next(preset.Tally)
	for _, id := range []meeting.MemberID{"m05", "m07"} {
		if err := p.room.Unseal(context.Background(), id, ""); err != nil {
			t.Fatal(err)
		}
	}
	keep("tally")
	p.does("m03", meeting.Announce{})
	keep("announced")
	next(preset.Rating)
	p.does("m03", meeting.Rate{ID: "m01", Grade: "优秀"}, meeting.Rate{ID: "m02", Grade: "基本合格", Reason: "平时表现"})
	keep("rating")
	for _, id := range []meeting.MemberID{"m03", "m04", "m05", "m06", "m07"} {
		p.does("m03", meeting.Rate{ID: id, Grade: "合格", Reason: "综合平时表现"})
	}
	p.does("m03", meeting.Submit{})
	next(preset.Closing)
	keep("closing")
	p.does("m03", meeting.Next{Reason: p.reason()})
	keep("after")
	p.does("m03", meeting.GiveFeedback{ID: "m05", Approval: "某党总支批复 3 号"}, meeting.GiveFeedback{ID: "m02"},
		meeting.AddLine{Level: meeting.LevelMember, Of: "m05", Problem: "到基层少", Source: "互评", Measure: "每月下一次班级", Due: "2017-06-30"},
		meeting.AddLine{Level: meeting.LevelCommittee, Problem: "例会流于形式", Source: "征求意见", Due: meeting.DueAlways})
	p.does("m02", meeting.Acknowledge{})
	keep("told")
	return moments
})

// fatal stops a story that cannot be told; it stands in for a test where none runs.
type fatal struct{ testing.TB }

func (fatal) Helper()                        {}
func (fatal) Fatal(args ...any)              { panic(args) }
func (fatal) Fatalf(format string, a ...any) { panic(format + fmt.Sprint(a...)) }

// reason is a reason where leaving the item needs one.
func (p *play) reason() string {
	for _, c := range p.room.s.Checks() {
		if c.Red {
			return "按预定安排"
		}
	}
	return ""
}

// seal seals the box with a scrutineer's key.
func (p *play) seal(id meeting.MemberID) {
	p.t.Helper()
	code, err := p.room.Code(id)
	if err == nil {
		err = p.room.Seal(context.Background(), id, code)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	p.settle()
}

// votes casts a ballot for each: 优秀 for m01, 合格 for the others.
func (p *play) votes(ids ...meeting.MemberID) {
	p.t.Helper()
	for _, id := range ids {
		c := meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{}}
		for _, of := range p.room.s.Vote().Subjects {
			c.Grades[of] = "合格"
		}
		c.Grades["m01"] = "优秀"
		if _, err := p.room.Cast(context.Background(), id, c); err != nil {
			p.t.Fatal(err)
		}
	}
	p.settle()
}

// play is a play that begins at a moment of the story.
func (m moment) play(t testing.TB) *play {
	return &play{t: t, room: m.room.copy(), seats: map[meeting.MemberID]*seat{}, drafts: &Drafts{}, width: 80, height: 24}
}

// momentOf is the moment with a name.
func momentOf(t testing.TB, name string) *play {
	t.Helper()
	for _, m := range story() {
		if m.name == name {
			return m.play(t)
		}
	}
	t.Fatalf("no moment %q", name)
	return nil
}
