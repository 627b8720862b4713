package tui

import "pingyi/meeting"

// placardWords are for what the facilitator puts on the wall.
type placardWords struct {
	Break, Rest, Write, WriteHint, Done, Begin, BreakHint, Begun, TakeDown, Down,
	Resume, ResumeNote, YesResume, Resumed, ToldOfBreak, ToldOfText, ToldOfDown,
	Open, OpenHint string
	Since, Until, Minutes, Breaks, Hangs, ClockStops, ClockGoesOn phrase
}

var placardChinese = placardWords{
	Break:       "会议暂停",
	Rest:        "休息",
	Write:       "在投影上写一句话",
	WriteHint:   "全场都看得到，写短一些：七个字以内最大。它一直在，直到撤下或进入下一项。",
	Done:        "已写在投影上。",
	Begin:       "休息（会议暂停）",
	BreakHint:   "投影写「会议暂停」并倒计时。",
	ClockStops:  "{1} 的发言计时停住。",
	Open:        "不定时间",
	OpenHint:    "可以写一句，例如：投完票继续。不写就直接⟦press enter⟧。",
	Minutes:     "{1} 分钟",
	Until:       "{1} 继续",
	Begun:       "会议暂停。⟦press enter⟧ 继续。",
	TakeDown:    "撤下投影上的那句话",
	Down:        "已撤下，投影照常。",
	Resume:      "继续开会",
	ResumeNote:  "投影回到现在这一项。",
	ClockGoesOn: "{1} 的发言计时接着走。",
	YesResume:   "是，继续",
	Resumed:     "会议继续。",
	ToldOfBreak: "会议暂停",
	ToldOfText:  "投影上写了一句话",
	ToldOfDown:  "投影照常",
	Since:       "{1} 起休息",
	Breaks:      "会议暂停，{1} 起。{2}",
	Hangs:       "投影上写着：{1}",
}

var placardEnglish = placardWords{
	Break:       "The meeting pauses",
	Rest:        "Break",
	Write:       "Put a sentence on the wall",
	WriteHint:   "The whole room sees it: the shorter, the larger. It stays until it is taken down or the next item begins.",
	Done:        "It is on the wall.",
	Begin:       "A break",
	BreakHint:   "The wall says that the meeting pauses, and counts down.",
	ClockStops:  "The clock of {1} stands still.",
	Open:        "No fixed time",
	OpenHint:    "You may add a sentence, as: goes on after the vote. Or just ⟦press enter⟧.",
	Minutes:     "{1} min",
	Until:       "Goes on at {1}",
	Begun:       "The meeting pauses. ⟦press enter⟧ to go on.",
	TakeDown:    "Take the sentence off the wall",
	Down:        "The wall is as before.",
	Resume:      "Go on with the meeting",
	ResumeNote:  "The wall shows the open item again.",
	ClockGoesOn: " The clock of {1} goes on.",
	YesResume:   "Yes, go on",
	Resumed:     "The meeting goes on.",
	ToldOfBreak: "The meeting pauses",
	ToldOfText:  "A sentence was put on the wall",
	ToldOfDown:  "The wall is as before",
	Since:       "Break since {1}",
	Breaks:      "The meeting pauses since {1}. {2}",
	Hangs:       "On the wall: {1}",
}

// placardActions are what people call what they do.
var placardActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActSay: {"在投影上写一句话，或休息", "Sentence on the wall, or a break"},
}
