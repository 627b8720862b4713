package tui

import (
	"fmt"

	"pingyi/meeting"
)

// stepWords says a step on one line, and what it will do where that is asked
// before.
func stepWords(s *meeting.State, step meeting.Step) (label, question string) {
	switch step.Act {
	case "":
		if len(step.Wait) > 0 {
			return waiting(s, step), ""
		}
		return "会议已经结束", ""
	case meeting.ActNext:
		return nextWords(s)
	case meeting.ActTurn:
		return turnWords(s, step), ""
	case meeting.ActScrutineers:
		return "推选监票人：" + names(s, step.Who), scrutineerWords(step)
	case meeting.ActOpen:
		return "开始投票", openWords(s, step)
	case meeting.ActAnnounce:
		return ActionName(step.Act), "" // confirmAnnounce asks
	case meeting.ActClose:
		text := issued(s.Vote()) + "。"
		if n := len(step.Wait); n > 0 {
			text += fmt.Sprintf("还有 %d 人没有投。", n)
		}
		return "结束投票", text + "结束以后不能再投，也不能改投。"
	case meeting.ActRate:
		return fmt.Sprintf("打开评定表，还有 %d 名没有评定", len(step.Who)), ""
	case meeting.ActSubmit:
		return "提交评定表", handIn(s) + capMeter(s)
	}
	return ActionName(step.Act), ""
}

func openWords(s *meeting.State, step meeting.Step) string {
	text := fmt.Sprintf("给到会的 %d 位有表决权的党员各发一张测评票。", len(step.Who))
	if n := len(s.MassElectorate()); n > 0 {
		text += fmt.Sprintf("群众代表 %d 位另发群众票，单独计票。", n)
	}
	if n := len(s.Vote().OnPaper); n > 0 {
		text += fmt.Sprintf("另有 %d 位已领纸质票。", n)
	}
	return text + "开始以后人员和题目不能再变，晚到的人这次不能投。"
}

func scrutineerWords(step meeting.Step) string {
	named, _ := step.Do.(meeting.NameScrutineers)
	if named.Hands == nil {
		return "到会人数不够，举手表决不能通过。先请他们监票；要换人请返回后按 s。"
	}
	return fmt.Sprintf("请大家举手表决。在场正式党员 %d 名全部赞成就确定；不是全部赞成，或要换人，请返回后按 s。", named.Hands.Yes)
}

// waiting says whom the meeting waits for, and for what.
func waiting(s *meeting.State, step meeting.Step) string {
	what := ActionName(meeting.ActVote)
	if v := s.Vote(); v != nil {
		switch v.State {
		case meeting.BoxSealing:
			what = ActionName(meeting.ActSeal)
		case meeting.BoxClosed:
			if n := unsealsMissing(s); n < len(step.Wait) {
				return fmt.Sprintf("等待 %s 中的 %d 人%s", names(s, step.Wait), n, ActionName(meeting.ActUnseal))
			}
			what = ActionName(meeting.ActUnseal)
		}
	}
	if len(step.Wait) > 4 {
		return fmt.Sprintf("等待 %d 人%s", len(step.Wait), what)
	}
	return "等待 " + names(s, step.Wait) + " " + what
}

func nextWords(s *meeting.State) (label, question string) {
	switch {
	case s.Phase == meeting.Before:
		return "开会，进入「" + nextTitle(s) + "」", ""
	case s.Current == len(s.Agenda)-1:
		return "散会", "会议结束后不能再签到、发言、投票和评定。会议记录和计票报告随后生成。"
	}
	return "进入下一项「" + nextTitle(s) + "」", ""
}

func turnWords(s *meeting.State, step meeting.Step) string {
	who := names(s, step.Who)
	round, _ := s.Round(s.Subject)
	switch {
	case s.Subject == "" && round.Stage == meeting.StageHeard:
		return "听取对 " + who + " 的批评意见"
	case s.Subject == "":
		if next, _ := s.Round(s.NextSubject()); next.Stage == meeting.StageHeard {
			return "听取对 " + who + " 的批评意见"
		}
		return "请 " + who + " 作自我批评"
	case round.Stage == meeting.StageSelf && s.Rules.MutualReview == "after_all":
		return "自我批评结束，请下一位"
	case round.Stage == meeting.StageSelf:
		return "自我批评结束，听取对 " + who + " 的批评意见"
	case round.Stage == meeting.StageCriticism && len(step.Who) == 1 && step.Who[0] != s.Subject:
		return "请 " + who + " 提批评意见"
	case round.Stage == meeting.StageCriticism && s.Attendance[s.Subject].Present:
		return "意见听完，请 " + who + " 表态"
	}
	return who + " 评议完毕，请下一位"
}
