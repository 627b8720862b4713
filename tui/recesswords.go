package tui

import "pingyi/meeting"

// recessWords are for a recess (休会).
type recessWords struct {
	AskDay, Yes, Begun, Ended, Title, Wait                      string
	DayHint, Ask, Note, Resting, Until, Resume, Count, ToldOfIt phrase
}

var recessChinese = recessWords{
	AskDay:   "休会到哪一天？",
	DayHint:  "写续会的日期，例如 {1}。",
	Ask:      "休会，{1} 续会？",
	Note:     "现在的发言到此为止，计时都停。续会以前不能发言、投票和评定；投影和每位党员的屏幕都写着「休会」和续会的日期，会议记录写明起止。{1} 再开会时⟦press enter⟧ 续会，接着现在这一项。",
	Yes:      "是，休会",
	Begun:    "已休会。续会时在这里继续；数据都已保存，可以关机。",
	Ended:    "已续会。",
	Title:    "休会",
	Wait:     "没有要你做的，续会时再来。",
	Resting:  "休会中：{1} 起，定于 {2} 续会。",
	Until:    "定于 {1} 续会",
	Resume:   "续会，继续「{1}」",
	Count:    "{1}{2}请先清点人数：上次在场而这次没有来的，⟦press a⟧ 记缺席；这次才到的请他们签到。",
	ToldOfIt: "休会，定于 {1} 续会",
}

var recessEnglish = recessWords{
	AskDay:   "Adjourn until which day?",
	DayHint:  "Write the day on which the meeting goes on, as {1}.",
	Ask:      "Adjourn until {1}?",
	Note:     "The present speech ends, and all clocks stop. Until then nobody can speak, vote or rate. The wall and every member's screen say so, with the day, and the minutes tell both times. On {1} ⟦press enter⟧ to go on with this item.",
	Yes:      "Yes, adjourn",
	Begun:    "The meeting is adjourned. It goes on from here; everything is saved, and the machine may be switched off.",
	Ended:    "The meeting goes on.",
	Title:    "Adjourned",
	Wait:     "There is nothing for you to do. Come back when the meeting goes on.",
	Resting:  "Adjourned since {1}, to go on on {2}.",
	Until:    "Goes on on {1}",
	Resume:   "Resume with '{1}'",
	Count:    "{1} {2} Count who is here first: ⟦press a⟧ for those who were here last time and have not come, and let newcomers sign in.",
	ToldOfIt: "Adjourned until {1}",
}

// recessActions are what people call what they do.
var recessActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActAdjourn: {"休会", "Adjourn until a day"},
	meeting.ActResume:  {"续会", "Resume the meeting"},
}

// recessSentences say why something is refused and what to do.
var recessSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.InRecess:  {"休会中，定于 {1} 续会：请等续会以后再做。", "The meeting is adjourned until {1}: do this when it goes on."},
	meeting.NoRecess:  {"现在没有休会：会议正在进行。", "The meeting is not adjourned: it goes on."},
	meeting.RecessDay: {"「{1}」不是今天或以后的日期：请写成 2017-03-27 这样。", "'{1}' is no day from today on: write it as 2017-03-27."},
}
