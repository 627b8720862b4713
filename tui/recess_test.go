package tui

import (
	"testing"
	"time"

	"pingyi/meeting"
)

// The meeting rests for a week and goes on: the console asks for the day, says
// what will happen and leads back; members and the wall know; keys that would go
// on with the meeting say why they don't.
func TestTheMeetingRestsAndGoesOn(t *testing.T) {
	p := momentOf(t, "criticism-self")
	chair, member, wall := p.as("m03"), p.as("m05"), p.as(meeting.Screen)
	day := p.room.Now().Add(7 * 24 * time.Hour).Format(time.DateOnly)
	chair.picks("休会").types("明天").press("enter").sees("「明天」不是今天或以后的日期")
	chair.press("esc").picks("休会").types(day).press("enter").sees("休会，"+day+" 续会？", "现在的发言到此为止", "会议记录写明起止").press("1").sees("已休会", "续会，继续「批评与自我批评」")
	member.sees("休会中", "定于 "+day+" 续会", "没有要你做的，续会时再来").seesNo("申请发言")
	wall.sees("休  会", "定于 "+day+" 续会").seesNo("党员03")
	chair.press("f").sees("休会中，定于 " + day + " 续会：请等续会以后再做。")
	p.room.Later(7 * 24 * time.Hour)
	chair.press("enter").sees("续会，继续「批评与自我批评」？", "请先清点人数", "记着在场党员 6 名").press("enter").sees("自我批评结束")
	if _, rests := p.State().Resting(); rests {
		t.Error("the meeting still rests")
	}
	member.seesNo("休会中")
	wall.seesNo("休  会")
}

// picks chooses a row of the console's menu by its name.
func (s *seat) picks(label string) *seat {
	s.t.Helper()
	return s.press("m").takes(label)
}
