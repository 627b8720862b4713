package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// following is the screen of everybody who sits in the meeting: where it is,
// what is wanted of me now, how to do it.
func following() *menu {
	return &menu{
		hidden:  true,
		say:     followingSays,
		choices: followingChoices,
		beat:    func(a *App) bool { return running(a.s) },
	}
}

func followingSays(a *App, f *flow) {
	f.title(itemTitle(a.s))
	f.gap()
	happening(f, a.s, a.Room.Now())
	f.gap()
	if text := wanted(a.s, a.Who); text != "" {
		f.put(span{"现在请你：", accent}, span{text, strong})
	} else {
		do := "请稍候"
		if a.s.Floor.Speaker != "" {
			do = "请听"
		}
		next := nextTitle(a.s)
		if a.s.Phase == meeting.Before {
			next = "开会"
		}
		f.say(plain, "现在没有要你做的，"+do+"。接下来："+next+"。")
	}
	if text := receipt(a.s, a.Who); text != "" {
		f.gap()
		f.say(muted, text)
	}
}

// wanted is what the meeting wants of a person now, "" for nothing.
func wanted(s *meeting.State, who meeting.MemberID) string {
	round, _ := s.Round(s.Subject)
	place := before(s, who)
	v := s.Vote()
	switch {
	case meeting.May(s, who, meeting.ActSignIn) == nil:
		return "签到。按 Enter 就行。"
	case s.Phase != meeting.Live:
		return ""
	case s.Floor.Speaker == who:
		return PurposeName(s.Floor.For) + "。说完请选「结束发言」。"
	case at(s, preset.Ballot) && v != nil && slices.Contains(v.OnPaper, who) && v.State == meeting.BoxOpened:
		return "填好纸质票，交给监票人。"
	case at(s, preset.Ballot) && v != nil && v.State == meeting.BoxOpened:
		return "等待。" + why(s, who, meeting.ActVote)
	case at(s, preset.Criticism) && s.Subject == who && round.Stage == meeting.StageCriticism:
		return "听大家对你的批评意见，等主持人请你表态。"
	case at(s, preset.Criticism) && round.Stage == meeting.StageCriticism && meeting.May(s, who, meeting.ActCriticise) == nil:
		return "对 " + nameOf(s, s.Subject) + " 提批评意见。可以写下来提交，也可以申请发言。"
	case unrated(s, who):
		return "给自己评一个等次。"
	case at(s, preset.Remark) && slices.Contains(s.Seats(who), meeting.SeatGuide):
		return "作点评。请申请发言，或等主持人请你。"
	case place == 0:
		return "准备发言，你是下一位。"
	case place > 0:
		return fmt.Sprintf("等候发言，前面还有 %d 位。", place)
	}
	return ""
}

func unrated(s *meeting.State, who meeting.MemberID) bool {
	_, done := s.SelfRatings[who]
	return meeting.May(s, who, meeting.ActSelfRate) == nil && !done
}

// followingChoices are what a person can do beside listening, the wanted first.
func followingChoices(a *App) []choice {
	var list []choice
	if w := why(a.s, a.Who, meeting.ActSignIn); w == "" {
		list = append(list, choice{label: "签到", do: func(a *App) tea.Cmd {
			return a.act(meeting.SignIn{}, "已签到。请等主持人开会。")
		}})
	}
	if a.s.Floor.Speaker == a.Who {
		list = append(list, floorChoices(a)[:1]...)
	}
	list = append(list, criticismChoices(a)...)
	list = append(list, selfRatingChoices(a)...)
	if a.s.Floor.Speaker != a.Who {
		list = append(list, floorChoices(a)...)
	}
	list = append(list, slipChoices(a)...)
	list = append(list, recordChoices(a)...)
	list = append(list, resultChoices(a)...)
	return list
}

// floorChoices ask for the floor and give it back.
func floorChoices(a *App) []choice {
	yield := choice{label: "结束发言", key: "y", why: why(a.s, a.Who, meeting.ActYield), do: func(a *App) tea.Cmd {
		return a.act(meeting.YieldFloor{}, "发言结束，谢谢。")
	}}
	if before(a.s, a.Who) >= 0 {
		yield.label = "不发言了，退出候言"
		yield.do = func(a *App) tea.Cmd { return a.act(meeting.YieldFloor{}, "已退出候言。") }
	}
	if yield.why == "" && a.s.Floor.Speaker != a.Who && before(a.s, a.Who) < 0 {
		yield.why = Say(&meeting.Refusal{Code: meeting.NotYourFloor})
	}
	ask := choice{label: "申请发言", key: "f", why: why(a.s, a.Who, meeting.ActFloor), do: func(a *App) tea.Cmd {
		return a.act(meeting.AskFloor{}, "已经申请，请等主持人点名。")
	}}
	return []choice{yield, ask}
}

// stranger is for somebody whom the branch does not know.
func stranger() *menu {
	return &menu{say: func(a *App, f *flow) {
		f.title("不能进入会议")
		f.gap()
		if a.s.Rules == nil {
			f.say(plain, Say(&meeting.Refusal{Code: meeting.NotFounded}))
			return
		}
		f.say(plain, Say(&meeting.Refusal{Code: meeting.NotOnRoster}))
	}}
}

// closing is what stays after the meeting.
func closing() *menu {
	return &menu{hidden: true, choices: resultChoices, say: func(a *App, f *flow) {
		f.title("会议已经结束")
		f.gap()
		f.say(plain, lasted(a.s, a.Room.Now().Location()))
		f.say(plain, roll(a.s))
		f.gap()
		f.say(plain, "测评和评定的结果由党组织审定后反馈给本人。谢谢参加。")
		if text := receipt(a.s, a.Who); text != "" {
			f.gap()
			f.say(muted, text)
		}
	}}
}
