package tui

import "pingyi/meeting"

// minutesWords are for who keeps the minutes.
type minutesWords struct {
	WriteMinutes, ForOthers, ShowOfHands, MinutesHint, MinutesDone, WhatTitle, Criticism, SelfCriticism,
	Response, SelfRating, InWriting, CriticismOfWhom, SelfRatingWho, ResolutionTitle, ResolutionHint,
	ResolutionDone, OtherItem, Correct, AskCorrect, Corrected, NothingToCorrect, PlaceHint, PlaceDone,
	More, Draft, HeadTitle, HeadNote, NameRecorder, Later string
	CorrectHint, Gap, MinutesTitle, SpeechWho, SpeechTitle, SpeechDone, CriticismByWhom, CriticismTitle, CriticismDone,
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

	More:             "会议记录：草稿、补记、更正、地点",
	OtherItem:        "补记别的议项",
	Correct:          "更正一条记录",
	AskCorrect:       "更正哪一条？",
	CorrectHint:      "原文：{1} 写下正确的话：原文不删，更正写在它下面。",
	Corrected:        "更正已记下。",
	NothingToCorrect: "还没有会议记录，没有可以更正的。",
	PlaceHint:        "写进会议记录，例如：行政楼 205 室。先不写就⟦press enter⟧。",
	PlaceDone:        "地点已记下。",
	Draft:            "看会议记录草稿",
	HeadTitle:        "会议记录的开头还缺",
	HeadNote:         "现在可以补上；先不写也可以往下走，散会以前还会提醒。",
	NameRecorder:     "指定记录人",
	Later:            "以后再定",
	Gap:              "会议记录还缺：{1}",
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

	More:             "Minutes: draft, more notes, corrections",
	OtherItem:        "Note on another item",
	Correct:          "Correct a note",
	AskCorrect:       "Correct which note?",
	CorrectHint:      "As written: {1} Write what is right: the note stays, and the correction stands below it.",
	Corrected:        "The correction is noted.",
	NothingToCorrect: "There are no notes yet, so nothing to correct.",
	PlaceHint:        "For the minutes, for example: Room 205. To leave it out for now, ⟦press enter⟧.",
	PlaceDone:        "The place is noted.",
	Draft:            "Read the draft of the minutes",
	HeadTitle:        "The head of the minutes lacks",
	HeadNote:         "Add it now, or go on: there is a reminder before the meeting ends.",
	NameRecorder:     "Name the recorder",
	Later:            "Later",
	Gap:              "The minutes lack: {1}",
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
	meeting.ActPlace:   {"写会议地点", "Note the place"},
}

// minutesSentences say why something is refused and what to do.
var minutesSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.NoSuchNote:      {"没有第 {1} 条会议记录可以更正：更正请写原来那一条的号。", "There is no note {1} to correct: give the number of the note as it was first written."},
	meeting.NoPlace:         {"会议地点没有记：请在菜单里写会议地点。", "The place is not noted: note it from the menu."},
	meeting.NoRecorder:      {"没有指定记录人：请在菜单里指定。", "No recorder is named: name one from the menu."},
	meeting.ItemsUnrecorded: {"有 {1} 项没有记录（{2}）：请在菜单里补记。", "Items without a note: {1} ({2}). Add notes from the menu."},
	meeting.WordsMissing:    {"自我批评 {1} 人、批评意见 {2} 条只记了是谁说的，没有内容：请回到那一项代人补记，或者补记一条。", "Only known who spoke, not what: self-criticisms {1}, criticisms {2}. Go back to that item and record for them, or add a note."},
	meeting.TooManyHands:    {"举手合计 {1} 名，到会正式党员 {2} 名：请重新清点。", "Hands raised: {1}, full members present: {2}. Count again."},
}
