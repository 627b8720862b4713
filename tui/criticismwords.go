package tui

import "pingyi/meeting"

// criticismWords are for 批评与自我批评.
type criticismWords struct {
	WriteSelf, WriteResponse, ReadOwn, NoneYet, WriteOther, RespondLater, Hint, SelfTitle, Minuted,
	ResponseTitle, ResponseHint, AskWhom, GivenOnce, OwnTitle, Spoken, OwnWords, Mend, MendHint, Mended, Withdraw,
	AskWithdraw, WithdrawEffect, YesWithdraw, Withdrawn, YoursNext, AskReading, ReadingAsked, NoReading, ReadingOff string
	Count, Write, Submitted, HintOf, Given, DraftsOn, YoursAfter, NextSelf, NextHeard, NextResponse, ReadThis, ToBeRead, ReadBy, BeingRead phrase
}

var criticismChinese = criticismWords{
	WriteSelf:      "写自我批评",
	WriteResponse:  "写表态",
	ReadOwn:        "看给我的批评意见",
	Count:          "{1} 条",
	NoneYet:        "还没有给你的批评意见。",
	WriteOther:     "对别人提批评意见",
	RespondLater:   "还没有给你的批评意见：听到意见以后再表态。",
	Write:          "写对 {1} 的批评意见",
	Hint:           "署你的名，记入会议记录，听取完意见以前可以改。写要点就行：问题、表现、打算。",
	HintOf:         "署你的名，{1}、主持人和记录人看得到，记入会议记录；这一轮结束前可以改。写要点就行：问题、表现、建议。",
	SelfTitle:      "我的自我批评",
	Minuted:        "已提交，记入会议记录。",
	Submitted:      "对 {1} 的批评意见已提交。",
	ResponseTitle:  "我的表态",
	ResponseHint:   "对大家的意见表个态：接受什么，怎么改。署你的名，记入会议记录。",
	AskWhom:        "对谁提批评意见？",
	GivenOnce:      "你已提过",
	Given:          "你已提 {1} 条",
	DraftsOn:       "有草稿：{1}",
	OwnWords:       "看、改、收回我写的",
	Mend:           "改",
	MendHint:       "改成现在的文字，原来的不再记入会议记录。",
	Mended:         "已改好。",
	Withdraw:       "收回",
	AskWithdraw:    "收回这一条？",
	WithdrawEffect: "收回后不记入会议记录。说过的话还在：发过言的，会议记录里仍写你发过言；记录链里也有这一条和收回的时间。",
	YesWithdraw:    "是，收回",
	Withdrawn:      "已收回。",
	OwnTitle:       "给我的批评意见",
	Spoken:         "口头提出，没有文字。",
	AskReading:     "请人宣读我写的（不便出声时）",
	ReadingAsked:   "轮到你发言时，由主持人宣读你写的。",
	NoReading:      "不用人宣读，我自己说",
	ReadingOff:     "好，轮到你时你自己说。",
	ReadThis:       "请宣读 {1} 写的：",
	ToBeRead:       "候言的要宣读书面意见：{1}",
	ReadBy:         "书面意见，由 {1} 宣读",
	BeingRead:      "请听 {1} 宣读你写的。",
	NextSelf:       "{1} 作自我批评",
	NextHeard:      "听取对 {1} 的批评意见",
	NextResponse:   "{1} 表态",
	YoursNext:      "下一位评议你。",
	YoursAfter:     "下一位评议 {1}；轮到评议你还有 {2} 位。",
}

var criticismEnglish = criticismWords{
	WriteSelf:      "Write self-criticism",
	WriteResponse:  "Write response",
	ReadOwn:        "Read criticism of me",
	Count:          "{1} so far",
	NoneYet:        "There is no criticism of you yet.",
	WriteOther:     "Criticise another",
	RespondLater:   "There is no criticism of you yet: hear it first, then respond.",
	Write:          "Write criticism of {1}",
	Hint:           "Signed with your name, it goes into the minutes; you can change it until criticism has been heard. The main points are enough: problem, how it shows, what you will do.",
	HintOf:         "Signed with your name: {1}, the facilitator and the recorder read it, and it goes into the minutes; you can change it until the round ends. The main points are enough: problem, how it shows, advice.",
	SelfTitle:      "My self-criticism",
	Minuted:        "Submitted and entered in the minutes.",
	Submitted:      "The criticism of {1} has been submitted.",
	ResponseTitle:  "My response",
	ResponseHint:   "Respond to the criticism: what you accept, what you will change. Signed with your name, it goes into the minutes.",
	AskWhom:        "Criticise whom?",
	GivenOnce:      "given by you",
	Given:          "given by you: {1}",
	DraftsOn:       "draft kept: {1}",
	OwnWords:       "Read, change, take back my words",
	Mend:           "Change",
	MendHint:       "Change it to what it should say; the old words are no longer in the minutes.",
	Mended:         "Changed.",
	Withdraw:       "Take back",
	AskWithdraw:    "Take this back?",
	WithdrawEffect: "It is not in the minutes then. That you spoke from the floor stays there; the chain of records keeps the words and when you took them back.",
	YesWithdraw:    "Yes, take it back",
	Withdrawn:      "Taken back.",
	OwnTitle:       "Criticism of me",
	Spoken:         "Spoken, no text.",
	AskReading:     "Have my words read out (I can't speak)",
	ReadingAsked:   "When you have the floor the facilitator reads out what you wrote.",
	NoReading:      "I speak for myself",
	ReadingOff:     "You speak for yourself when you have the floor.",
	ReadThis:       "Please read out what {1} wrote:",
	ToBeRead:       "Waiting, to be read out: {1}",
	ReadBy:         "In writing, read out by {1}",
	BeingRead:      "{1} reads out what you wrote: please listen.",
	NextSelf:       "{1}'s self-criticism",
	NextHeard:      "criticism of {1}",
	NextResponse:   "{1}'s response",
	YoursNext:      "Your turn is next.",
	YoursAfter:     "Next in turn: {1}; ahead of you: {2}.",
}

// criticismActions are what people call what they do.
var criticismActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActTurn:          {"轮到谁", "Whose turn"},
	meeting.ActSelfCriticise: {"写自我批评", "Write self-criticism"},
	meeting.ActCriticise:     {"提批评意见", "Give criticism"},
	meeting.ActRespond:       {"写表态", "Write response"},
	meeting.ActRecord:        {"代人记录", "Record for another"},
	meeting.ActMend:          {"改或收回我写的", "Change or take back my words"},
	meeting.ActReadOut:       {"请人宣读我写的", "Have my words read out"},
}

// criticismSentences say why something is refused and what to do.
var criticismSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.AllHeard:       {"每个人都已经评议过了：可以进入下一项。", "Everyone has been heard: go on to the next item."},
	meeting.CriticisesSelf: {"批评意见是对别人的：对自己请写自我批评。", "Criticism is for others: for yourself, write self-criticism."},
	meeting.NoSpeech:       {"你没有交过这样的文字：请先写，或先看有哪些。", "You have handed in no such words: write some first, or look at the list."},
	meeting.RoundIsOver:    {"对 {1} 的评议已经结束：要更正请告诉记录人。", "The review of {1} is over: tell the recorder what to correct."},
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
