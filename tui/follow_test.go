package tui

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// Who comes while the others vote hears what is so then, and so does everybody
// when the vote is void.
func TestALatecomerHearsWhatIsSoDuringTheVote(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.SignsIn("m06")
	p.ComesTo(preset.Ballot)
	p.as("m04").sees("接下来：投票").seesNo("接下来：计票")
	p.Opened("m01", "m05")
	p.as("m06").sees("现在请你：签到").press("1", "enter").sees("已签到。会议正在进行：民主测评。").seesNo("等主持人开会")
	p.as("m06").sees("现在请你：告诉主持人你到会了", "可以领纸质票").seesNo("现在请你：等待")
	p.as("q1").sees("这次测评没有群众票：不用投票。").seesNo("现在请你", "表决权")
	p.as("g1").sees("没有表决权：不用投票。").seesNo("现在请你")
	p.votes("m04")
	p.Does("m03", meeting.Void{Reason: "名册错了"})
	p.as("m04").sees("已经作废：名册错了", "你投过的票随之作废：重新投票时请再投一次。")
	p.as("m06").sees("接下来：重新投票").seesNo("接下来：计票", "你投过的票")
}

// A 预备党员 does not rate themself, and the page says so.
func TestWhoIsNotGradedIsNotAskedForASelfRating(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.SignsIn()
	p.ComesTo(preset.SelfRating)
	for _, id := range []meeting.MemberID{"m08", "q1", "g1"} {
		p.as(id).sees("这一项不用你填：你不参加评定等次。").seesNo("现在请你")
	}
	p.as("m07").sees("现在请你：给自己评一个等次").seesNo("不用你填")
}

func TestWhoWaitsForTheFloorHearsTheirPlace(t *testing.T) {
	p := newPlay(t, "seed-2017", 14)
	p.SignsIn()
	p.ComesTo(preset.Criticism)
	p.Does("m03", meeting.Turn{}, meeting.Advance{})
	for _, id := range []meeting.MemberID{"m01", "m02", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11"} {
		p.Does(id, meeting.AskFloor{})
	}
	p.as("m01").sees("现在请你：准备发言，你是下一位。").seesNo("也可以申请发言")
	p.as("m11").sees("下一位：党员01；轮到你还有 9 位。")
	p.as("m12").sees("对 党员03 提批评意见。可以写下来提交，也可以申请发言。")
	p.Does("m03", meeting.Advance{})
	p.as("m11").sees("下一位：党员02；轮到你还有 8 位。")
	for range 9 {
		p.Does("m03", meeting.Advance{})
	}
	p.Does("m03", meeting.Advance{}) // the response
	p.Does("m12", meeting.AskFloor{})
	p.Does("m13", meeting.AskFloor{})
	p.as("m12").sees("等候发言：听取批评意见时先请你。").seesNo("你是下一位")
	p.Does("m03", meeting.Advance{}, meeting.Advance{})
	p.as("m13").sees("作自我批评", "听取批评意见时请你，轮到你还有 1 位。")
	p.Does("m03", meeting.Advance{})
	p.as("m12").sees("准备发言，你是下一位。")
	p.ComesTo(preset.SelfRating)
	p.as("m13").seesNo("候言", "等候发言")
}

// While others sign in before the meeting a page is not made anew: it is what a
// terminal shows that is opened now, whatever waits for who sits there.
func TestAPageStaysWhileOthersSignIn(t *testing.T) {
	for _, id := range []string{"annual-2024", "party-history-2021", "regulation-2018", "seed-2017", "university-2019", "vote-only-2024"} {
		for _, size := range []draw.Point{{X: 40, Y: 8}, {X: 40, Y: 20}, {X: 80, Y: 24}, {X: 120, Y: 40}} {
			p := playIn(t, newRoom(t, id, branchOf(12)), size.X, size.Y)
			p.gallery = &Gallery{}
			roster := p.State().Roster
			stayed := 0
			p.allSit()
			comes := func(who meeting.MemberID) {
				t.Helper()
				stayed += p.stay(fmt.Sprint(id, size, " comes ", who), func() { p.Does(who, meeting.SignIn{}) })
			}
			comes("m05")
			comes("m06")
			if p.State().Rules.Has("notice") {
				p.Does("m03", meetingtest.Writes("notice", 0, "time", "2017-03-20T14:30", "place", "行政楼 205 室", "theme", "评议"), meetingtest.Moves("notice", 0, "send", ""))
				comes("m07")
				p.Does("m08", meetingtest.Moves("notice", 0, "confirm", ""))
			}
			if p.State().Rules.Has("outline") {
				p.Does("m09", meetingtest.Writes("outline", 0))
			}
			comes("m08")
			for _, m := range roster[8:] {
				if m.InParty() && m.ID != "m03" {
					comes(m.ID)
				}
			}
			if stayed < 50 {
				t.Errorf("%s at %v: %d pages stayed", id, size, stayed)
			}
		}
	}
}

// While others speak in the meeting, too, whatever it is at; also one's own turn to
// speak comes and goes as it does on a terminal that is opened then.
func TestAPageStaysWhileOthersSpeak(t *testing.T) {
	sizes := []draw.Point{{X: 40, Y: 8}, {X: 40, Y: 20}, {X: 80, Y: 24}, {X: 120, Y: 40}}
	for _, id := range []string{"annual-2024", "party-history-2021", "regulation-2018", "seed-2017", "university-2019", "vote-only-2024"} {
		p := playIn(t, newRoom(t, id, branchOf(8)), 0, 0)
		p.gallery = &Gallery{}
		p.SignsIn("m07")
		stayed, made := 0, 0
		for i := 0; ; i++ {
			p.goesOnOrEnds()
			if p.State().Phase != meeting.Live {
				break
			}
			size := sizes[(i+len(id))%len(sizes)]
			p.width, p.height, p.seats = size.X, size.Y, map[meeting.MemberID]*seat{}
			p.allSit()
			look := func(what string, does func()) {
				t.Helper()
				stayed += p.stay(fmt.Sprint(id, size, " item ", p.State().Current+1, ": ", what), does)
				made += len(p.seats)
			}
			as := func(who meeting.MemberID, c meeting.Command) {
				t.Helper()
				look(fmt.Sprintf("%s %T", who, c), func() { p.Does(who, c) })
			}
			second := func() {
				t.Helper()
				look("a second", func() {
					p.room.Later(time.Second)
					for _, s := range p.seats {
						s.update(tickMsg{})
					}
				})
			}
			if p.At(preset.Criticism) {
				as("m03", meeting.Turn{})
				as("m03", meeting.Advance{}) // their own words
				as("m03", meeting.Advance{}) // those of others
			}
			as("m05", meeting.AskFloor{})
			as("m03", meeting.GiveFloor{ID: "m04"})
			second()
			as("m06", meeting.AskFloor{})
			as("m02", meeting.AskFloor{})
			as("m02", meeting.YieldFloor{})
			as("m03", meeting.PauseClock{})
			second()
			as("m03", meeting.PauseClock{})
			as("m03", meeting.ExtendClock{Seconds: 60})
			as("m03", meeting.Countdown{Seconds: 31})
			second()
			second()
			as("m03", meeting.GiveFloor{ID: "m05"})
			as("m03", meeting.GiveFloor{ID: "m06"})
			as("m03", meeting.YieldFloor{})
			look("two at once", func() {
				p.room.Happens("m03", meeting.FloorGiven{ID: "m02", For: meeting.ForSpeech, Limit: 60})
				p.Does("m03", meeting.GiveFloor{ID: "m04"})
			})
		}
		if stayed*3 < made {
			t.Errorf("%s: %d of %d pages stayed", id, stayed, made)
		}
	}
}

// allSit opens a terminal for everybody.
func (p *play) allSit() {
	for _, m := range p.State().Roster {
		p.as(m.ID)
	}
}

// stay has something happen, and compares every terminal with one that is opened then.
// It returns on how many the page has stayed.
func (p *play) stay(what string, does func()) (stayed int) {
	p.t.Helper()
	was := map[meeting.MemberID]*page{}
	for id, s := range p.seats {
		was[id] = s.app.steady
	}
	does()
	open := p.seats
	for id, s := range open {
		if s.app.steady != nil && s.app.steady == was[id] {
			stayed++
		}
		p.seats = map[meeting.MemberID]*seat{}
		if now := p.as(id).screen(); now != s.screen() {
			p.t.Errorf("%s: at %s stands\n%s\nand not\n%s", what, s.who, s.screen(), now)
		}
		if now := p.as(id).app.beat; now != s.app.beat {
			p.t.Errorf("%s: at %s the page changes by itself after %v, and not after %v", what, s.who, s.app.beat, now)
		}
	}
	p.seats = open
	return stayed
}

// goesOnOrEnds has the chair open the next item, or end the meeting after the last.
func (p *play) goesOnOrEnds() {
	p.t.Helper()
	for was := p.State(); p.State().Current == was.Current && p.State().Phase == was.Phase; {
		next := meeting.Next{}
		if shut := p.State().Phase == meeting.Before || slices.ContainsFunc(p.State().Checks(), func(c meeting.Check) bool { return c.Red }); shut {
			next.Reason = meetingtest.Reason
		}
		p.Does("m03", next)
	}
}

// Of what nobody is missing from, no zero is counted.
func TestWhenNobodyIsMissingThatIsSaid(t *testing.T) {
	p := newPlay(t, "seed-2017", 5)
	p.SignsIn()
	p.ComesTo(preset.SelfRating)
	p.as("m01").sees("还有 4 位没有填").seesNo("都填了")
	for _, id := range p.State().Unrated() {
		p.Does(id, meeting.RateSelf{Grade: "合格"})
	}
	p.as("m01").sees("参加评定的党员都填了自评。").seesNo("0 位")
	p.ComesTo(preset.Ballot)
	p.Opened("m01", "m05")
	p.as("m03").sees("还差 5 人")
	p.votes("m01", "m02", "m03", "m04", "m05")
	p.as("m03").sees("电子票都投了").seesNo("还差")
}
