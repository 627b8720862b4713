package tui

import "pingyi/meeting"

// criticismWords are for 批评与自我批评.
type criticismWords struct {
	WriteSelf, WriteResponse, ReadOwn, NoneYet, WriteOther, RespondLater, Hint, SelfTitle, Minuted,
	ResponseTitle, ResponseHint, AskWhom, Given, OwnTitle, Spoken string
	Count, Write, Submitted phrase
}

var criticismChinese = criticismWords{
	WriteSelf:     "写自我批评",
	WriteResponse: "写表态",
	ReadOwn:       "看给我的批评意见",
	Count:         "{1} 条",
	NoneYet:       "还没有给你的批评意见。",
	WriteOther:    "对别人提批评意见",
	RespondLater:  "还没有给你的批评意见：听到意见以后再表态。",
	Write:         "写对 {1} 的批评意见",
	Hint:          "写要点就行：问题、表现、建议。",
	SelfTitle:     "我的自我批评",
	Minuted:       "已提交，记入会议记录。",
	Submitted:     "对 {1} 的批评意见已提交。",
	ResponseTitle: "我的表态",
	ResponseHint:  "对大家的意见表个态：接受什么，怎么改。",
	AskWhom:       "对谁提批评意见？",
	Given:         "你已提过",
	OwnTitle:      "给我的批评意见",
	Spoken:        "口头提出，没有文字。",
}

var criticismEnglish = criticismWords{
	WriteSelf:     "Write self-criticism",
	WriteResponse: "Write response",
	ReadOwn:       "Read criticism of me",
	Count:         "{1} so far",
	NoneYet:       "There is no criticism of you yet.",
	WriteOther:    "Criticise another",
	RespondLater:  "There is no criticism of you yet: hear it first, then respond.",
	Write:         "Write criticism of {1}",
	Hint:          "The main points are enough: problem, how it shows, advice.",
	SelfTitle:     "My self-criticism",
	Minuted:       "Submitted and entered in the minutes.",
	Submitted:     "The criticism of {1} has been submitted.",
	ResponseTitle: "My response",
	ResponseHint:  "Respond to the criticism: what you accept, what you will change.",
	AskWhom:       "Criticise whom?",
	Given:         "given by you",
	OwnTitle:      "Criticism of me",
	Spoken:        "Spoken, no text.",
}

// criticismActions are what people call what they do.
var criticismActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActTurn:          {"轮到谁", "Whose turn"},
	meeting.ActSelfCriticise: {"写自我批评", "Write self-criticism"},
	meeting.ActCriticise:     {"提批评意见", "Give criticism"},
	meeting.ActRespond:       {"写表态", "Write response"},
	meeting.ActRecord:        {"代人记录", "Record for another"},
}

// criticismSentences say why something is refused and what to do.
var criticismSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.AllHeard:       {"每个人都已经评议过了：可以进入下一项。", "Everyone has been heard: go on to the next item."},
	meeting.CriticisesSelf: {"批评意见是对别人的：对自己请写自我批评。", "Criticism is for others: for yourself, write self-criticism."},
	meeting.SomeSilent:     {"还有 {1} 位没有给别人提过批评意见：可以点名请他们发言。", "Have not criticized anyone else yet: {1}. You can call them to speak."},
	meeting.SomeUnheard:    {"还有 {1} 位没有作自我批评：请先听他们发言，或写明理由。", "No self-criticism yet: {1}. Hear them first, or give a reason in writing."},
	meeting.SomeUnreviewed: {"还有 {1} 位作了自我批评、没有听完意见：请先听完，或写明理由。", "Self-criticism made, but criticism not all heard: {1}. Hear it first, or give a reason in writing."},
}

// roundParts are what they are called.
var roundParts = map[meeting.RoundPart]twin{
	meeting.PartNone:      {"还没有轮到", "Not yet"},
	meeting.PartSelf:      {"自我批评", "Self-criticism"},
	meeting.PartHeard:     {"已作自我批评", "Self-criticism heard"},
	meeting.PartCriticism: {"听取批评意见", "Hearing criticism"},
	meeting.PartResponse:  {"表态", "Response"},
	meeting.PartDone:      {"评议完毕", "Done"},
}
