package tui

import (
	"fmt"

	"pingyi/meeting"
)

// told is one event as the console's log tells it; "" for what nobody needs to
// hear. It never holds a text that somebody wrote, nor anything about a choice.
func told(s *meeting.State, c *meeting.Chronicle) string {
	by := nameOf(s, c.By)
	name := func(id meeting.MemberID) string { return nameOf(s, id) }
	switch f := c.Fact.(type) {
	case meeting.SignedIn:
		return name(f.ID) + " 签到"
	case meeting.AbsenceRecorded:
		return name(f.ID) + " 缺席：" + Clean(f.Reason)
	case meeting.Named:
		return name(f.ID) + " 担任" + SeatName(f.Seat)
	case meeting.ItemOpened:
		return "进入「" + titleOf(s, f.No) + "」"
	case meeting.ItemEnded:
		if f.Skipped {
			return "跳过「" + titleOf(s, f.No) + "」：" + Clean(f.Reason)
		}
		return "「" + titleOf(s, f.No) + "」完成"
	case meeting.Adjourned:
		return "散会"
	case meeting.FloorAsked:
		return name(f.ID) + " 申请发言"
	case meeting.FloorWithdrawn:
		return name(f.ID) + " 退出候言"
	case meeting.FloorGiven:
		return "请 " + name(f.ID) + " " + PurposeName(f.For)
	case meeting.FloorYielded:
		return fmt.Sprintf("%s 说完了（%d 秒）", name(f.ID), f.Seconds)
	case meeting.SelfCriticised:
		return name(f.ID) + " 提交自我批评"
	case meeting.Criticised:
		return name(f.From) + " 对 " + name(f.Of) + " 提交批评意见"
	case meeting.Responded:
		return name(f.ID) + " 提交表态"
	case meeting.SelfRated:
		return name(f.ID) + " 填了自评"
	case meeting.Noted:
		return by + " 写了会议记录"
	}
	return toldOfVotes(s, c)
}

func toldOfVotes(s *meeting.State, c *meeting.Chronicle) string {
	by := nameOf(s, c.By)
	switch f := c.Fact.(type) {
	case meeting.Resolved:
		return fmt.Sprintf("举手表决：赞成 %d，反对 %d，弃权 %d", f.Yes, f.No, f.Abstain)
	case meeting.ScrutineersNamed:
		return "监票人：" + names(s, f.IDs)
	case meeting.Sealed:
		return by + " 封箱"
	case meeting.Opened:
		return "开始投票"
	case meeting.PaperGiven:
		return nameOf(s, f.ID) + " 领纸质票"
	case meeting.SlipsEntered:
		return by + " 录入纸质票"
	case meeting.Closed:
		return "投票结束"
	case meeting.Unsealed:
		if c.By == meeting.Keeper {
			return ""
		}
		return by + " 开箱"
	case meeting.Counted:
		return "计票完成"
	case meeting.ResultAnnounced:
		return "公布测评结果"
	case meeting.KeysJoined:
		return "票箱封好"
	case meeting.Coarsened:
		return "少公布一些结果"
	case meeting.Voided:
		return "测评作废：" + Clean(f.Reason)
	case meeting.Rated:
		return nameOf(s, f.ID) + " 已评定"
	case meeting.RatingSubmitted:
		return "评定表已提交"
	}
	return ""
}

// titleOf is the title of the item with a number.
func titleOf(s *meeting.State, no int) string {
	if no < 1 || no > len(s.Agenda) {
		return ""
	}
	return Clean(s.Agenda[no-1].Title)
}
