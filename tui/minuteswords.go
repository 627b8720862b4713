package tui

import "pingyi/meeting"

// minutesWords are for who keeps the minutes.
type minutesWords struct {
	WriteMinutes, ForOthers, ShowOfHands, MinutesHint, MinutesDone, WhatTitle, Criticism, SelfCriticism,
	Response, SelfRating, InWriting, CriticismOfWhom, SelfRatingWho, ResolutionTitle, ResolutionHint,
	ResolutionDone string
	MinutesTitle, SpeechWho, SpeechTitle, SpeechDone, CriticismByWhom, CriticismTitle, CriticismDone,
	SelfRatingTitle, SelfRatingDone phrase
}

var minutesChinese = minutesWords{
	WriteMinutes:    "写会议记录",
	ForOthers:       "代人记录发言",
	ShowOfHands:     "记举手表决",
	MinutesTitle:    "会议记录：{1}",
	MinutesHint:     "记下这一项的要点。",
	MinutesDone:     "已记入会议记录。",
	WhatTitle:       "代人记录什么？",
	Criticism:       "批评意见",
	SelfCriticism:   "自我批评",
	Response:        "表态",
	SelfRating:      "个人自评",
	InWriting:       "书面",
	SpeechWho:       "记谁的{1}？",
	SpeechTitle:     "{1} 的{2}",
	SpeechDone:      "已记下 {1} 的{2}。",
	CriticismOfWhom: "记对谁的批评意见？",
	CriticismByWhom: "谁对 {1} 提的批评意见？",
	CriticismTitle:  "{1} 对 {2} 的批评意见",
	CriticismDone:   "已记下{1}。",
	SelfRatingWho:   "记谁的自评？",
	SelfRatingTitle: "{1} 的自评",
	SelfRatingDone:  "已记下 {1} 的自评。",
	ResolutionTitle: "举手表决什么？",
	ResolutionHint:  "写下要表决的事，比如：通过整改措施。",
	ResolutionDone:  "表决结果已记下。",
}

var minutesEnglish = minutesWords{
	WriteMinutes:    "Write minutes",
	ForOthers:       "Record for others",
	ShowOfHands:     "Record show of hands",
	MinutesTitle:    "Minutes: {1}",
	MinutesHint:     "Write down the main points of this item.",
	MinutesDone:     "Added to the minutes.",
	WhatTitle:       "Record what for others?",
	Criticism:       "Criticism",
	SelfCriticism:   "Self-criticism",
	Response:        "Response",
	SelfRating:      "Self-rating",
	InWriting:       "in writing",
	SpeechWho:       "{1}: by whom?",
	SpeechTitle:     "{2} by {1}",
	SpeechDone:      "{2} by {1} recorded.",
	CriticismOfWhom: "Criticism of whom?",
	CriticismByWhom: "Criticism of {1}: by whom?",
	CriticismTitle:  "Criticism of {2} by {1}",
	CriticismDone:   "{1} recorded.",
	SelfRatingWho:   "Self-rating: by whom?",
	SelfRatingTitle: "Self-rating by {1}",
	SelfRatingDone:  "Self-rating by {1} recorded.",
	ResolutionTitle: "Show of hands on what?",
	ResolutionHint:  "Write what is to be decided, for example: Adopt the measures for improvement.",
	ResolutionDone:  "The result of the show of hands is recorded.",
}

// handsWords are for a show of hands.
type handsWords struct {
	Title, For, Against, Record string
	Rule                        phrase
}

var handsChinese = handsWords{
	Title:   "举手表决",
	For:     "赞成",
	Against: "反对",
	Record:  "记下结果",
	Rule:    "在场正式党员 {1} 名，应到 {2} 名。赞成超过应到的一半才通过。",
}

var handsEnglish = handsWords{
	Title:   "Show of hands",
	For:     "For",
	Against: "Against",
	Record:  "Record result",
	Rule:    "Full members present: {1}, expected: {2}. To pass, more than half of the expected must be for it.",
}

// minutesActions are what people call what they do.
var minutesActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActNote:    {"写会议记录", "Write minutes"},
	meeting.ActResolve: {"举手表决", "Show of hands"},
}

// minutesSentences say why something is refused and what to do.
var minutesSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.TooManyHands: {"举手合计 {1} 名，到会正式党员 {2} 名：请重新清点。", "Hands raised: {1}, full members present: {2}. Count again."},
}
