package tui

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// moment is one point of a whole meeting.
type moment struct {
	name string
	room *meetingtest.Room
}

// story plays a meeting of eight from before its beginning to after its end,
// once, and keeps its moments. m06 is ill; m08 is 预备, abroad, and has handed in
// written material; m05 and m07 are scrutineers; m07 keeps the minutes.
var story = sync.OnceValue(func() []moment {
	t := fatal{}
	p := newPlay(t, "seed-2017", 8)
	var moments []moment
	keep := func(name string) {
		moments = append(moments, moment{name, copyOf(p.room)})
	}
	keep("before")
	p.ComesTo(preset.SignIn)
	for _, id := range []meeting.MemberID{"m03", "m02", "m04", "m05", "m01"} {
		p.Does(id, meeting.SignIn{})
	}
	p.Does("m03", meeting.RecordAbsence{ID: "m06", Reason: "病假"}, meeting.RecordAbsence{ID: "m08", Reason: "公出", Written: true},
		meeting.Name{ID: "m07", Seat: meeting.SeatRecorder})
	p.Does("m05", meetingtest.Writes("talk", 0, "kind", "书记党员", "with", `["m03"]`, "at", "2017-03-16T15:30", "place", "205 室", "means", "面谈",
		"content", "谈了学习和工作。", "problems", "到基层少。", "agreed", "每月再谈一次。"))
	keep("sign-in")
	p.Does("m07", meeting.SignIn{})
	p.Does("g1", meeting.SignIn{})
	p.ComesTo(preset.Study)
	p.Does("m05", meeting.AskFloor{})
	p.Does("m01", meeting.AskFloor{})
	p.Does("m03", meeting.GiveFloor{ID: "m04"})
	p.room.Later(48 * time.Second)
	keep("study")
	p.Does("m03", meetingtest.Writes("outline", 0,
		"problems", `[{"aspect":"学习","problem":"学习不够深入","example":"通读《准则》只做到一遍，没有联系支部的实际。"},{"problem":"到基层少。"}]`,
		"causes", "忙于事务，\n自我要求放松了。",
		"measures", `[{"what":"每月下一次班级，每季度谈一次心","until":"年底","who":"自己"}]`))
	p.ComesTo(preset.Criticism)
	keep("criticism-begin")
	p.Does("m03", meeting.Turn{})
	keep("criticism-self")
	p.Does("m03", meeting.Advance{})
	p.Does("m05", meeting.AskFloor{})
	p.Does("m07", meeting.AskFloor{})
	p.Does("m05", meeting.Criticise{Of: "m03", Text: "到基层少。\n建议每月下一次班级。"})
	p.Does("m03", meeting.GiveFloor{ID: "m05"})
	p.room.Later(130 * time.Second)
	keep("criticism-critic")
	p.Does("m03", meeting.YieldFloor{}, meeting.Advance{}, meeting.YieldFloor{}, meeting.Advance{})
	keep("criticism-response")
	p.ComesTo(preset.SelfRating)
	p.Does("m01", meeting.RateSelf{Grade: "合格"})
	p.Does("m03", meeting.RateSelf{Grade: "优秀"})
	keep("self-rating")
	p.ComesTo(preset.Ballot)
	keep("ballot-scrutineers")
	p.Does("m03", meeting.NameScrutineers{IDs: []meeting.MemberID{"m05", "m07"}, Hands: &meeting.Hands{Yes: 6}})
	keep("ballot-sealing")
	for _, id := range []meeting.MemberID{"m05", "m07"} {
		p.Seals(id)
	}
	keep("ballot-sealed")
	p.Opens()
	p.room.Later(time.Minute)
	p.votes("m01", "m02")
	keep("ballot-open")
	p.votes("m03", "m04", "m05", "m07")
	p.Closes()
	keep("ballot-closed")
	p.Confirms()
	keep("ballot-confirmed")
	p.ComesTo(preset.Tally)
	p.Unseals("m05", "m07")
	keep("tally")
	p.Does("m03", meeting.Announce{})
	keep("announced")
	p.ComesTo(preset.Rating)
	p.Does("m03", meeting.Rate{ID: "m01", Grade: "优秀"}, meeting.Rate{ID: "m02", Grade: "基本合格", Reason: "平时表现"})
	keep("rating")
	for _, id := range []meeting.MemberID{"m03", "m04", "m05", "m06", "m07"} {
		p.Does("m03", meeting.Rate{ID: id, Grade: "合格", Reason: "综合平时表现"})
	}
	p.Does("m03", meeting.Submit{})
	p.ComesTo(preset.Closing)
	keep("closing")
	p.Does("m03", meeting.Next{Reason: meetingtest.Reason})
	keep("after")
	p.Does("m03", meeting.GiveFeedback{ID: "m05", Approval: "某党总支批复 3 号"}, meeting.GiveFeedback{ID: "m02"},
		meetingtest.Writes("ledger", 0, "level", "个人", "member", "m05", "problem", "到基层少", "source", "互评", "measure", "每月下一次班级", "due", "2017-06-30"),
		meetingtest.Writes("ledger", 0, "level", "班子", "problem", "例会流于形式", "source", "征求意见", "due", meeting.DueAlways))
	p.Does("m02", meeting.Acknowledge{})
	keep("told")
	return moments
})

// fatal stops a story that cannot be told; it stands in for a test where none runs.
type fatal struct{ testing.TB }

func (fatal) Helper()                        {}
func (fatal) Fatal(args ...any)              { panic(args) }
func (fatal) Fatalf(format string, a ...any) { panic(format + fmt.Sprint(a...)) }

// votes casts a ballot for each: 优秀 for m01, 合格 for the others.
func (p *play) votes(ids ...meeting.MemberID) {
	p.t.Helper()
	for _, id := range ids {
		c := meetingtest.Alike(p.State(), "合格")
		c.Grades["m01"] = "优秀"
		p.Votes(id, c)
	}
}

// play is a play that begins at a moment of the story.
func (m moment) play(t testing.TB) *play {
	return playIn(t, copyOf(m.room), 80, 24)
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
