package tui

import (
	"testing"

	"pingyi/meeting"
)

// Without a scrutineer the box can't be unsealed: the console says so when they
// leave, and asks before the box is opened (first users, B4).
func TestTheConsoleSaysThatAScrutineerHasLeft(t *testing.T) {
	gone := map[meeting.MemberID]bool{}
	at := func(moment string) *seat {
		p := momentOf(t, moment)
		chair := p.as("m03")
		chair.app.Online = func(who meeting.MemberID) bool { return !gone[who] }
		return chair.press("esc")
	}
	at("ballot-sealed").seesNo("没有连着服务器").press("enter").sees("开始投票？", "> 1 是").seesNo("没有连着服务器")
	gone["m05"] = true
	chair := at("ballot-sealed").sees("监票人 党员05 没有连着服务器，或已离会", "换人，重新封箱")
	chair.press("enter").sees("开始投票？", "监票人 党员05 没有连着服务器", "> 2 不，回去")
	for _, moment := range []string{"ballot-open", "ballot-closed", "ballot-confirmed"} {
		at(moment).sees("监票人 党员05 没有连着服务器", "这样开不了箱", "作废重投")
	}
	at("tally").seesNo("没有连着服务器") // counted: nobody's key is needed
	at("ballot-sealing").seesNo("没有连着服务器")

	p := momentOf(t, "ballot-sealed")
	p.Does("m03", meeting.RecordAbsence{ID: "m07", Reason: "公出"})
	p.as("m03").sees("监票人 党员07 没有连着服务器，或已离会")
}

func TestTheConsoleSaysThatTheServerWasRestarted(t *testing.T) {
	for moment, says := range map[string]string{
		"ballot-sealed": "重新推选，重新封箱", "ballot-open": "作废重投", "ballot-closed": "作废重投", "ballot-confirmed": "作废重投",
	} {
		p := momentOf(t, moment)
		chair := p.as("m03").seesNo("重启过")
		p.room.Forgets("m05")
		chair.press("esc").sees("服务器重启过", "党员05 输入恢复码", says)
	}
}
