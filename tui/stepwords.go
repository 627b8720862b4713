package tui

import "pingyi/meeting"

// stepWords say the next step.
type stepWords struct {
	EndVoting, EndEarly, TooFew, AdjournNote, AdjournPlain, SelfDone, Unobjected, InWriting, BoxStays string
	Scrutineers, NotVoted, EndNote, OpenTable, Ballots, MassBallots, PaperTaken, StartNote, AskHands,
	WaitSome, WaitCount, WaitNames, Start, Next, VoteAgain, HearCriticism, AskSelf, SelfDoneHear, AskCriticism,
	AskResponse, AskRemark, AskSpeech, PersonDone, Unconfirmed, WaitOrEnd, NeverOpened, MassNeverOpened phrase
}

var stepChinese = stepWords{
	Scrutineers:   "推选监票人：{1}",
	NotVoted:      "还有 {1} 人没有投。",
	EndVoting:     "结束投票",
	EndEarly:      "提前结束投票",
	WaitOrEnd:     "{1}。都投了就可以结束；要提前结束请⟦press k⟧，要写理由。",
	NeverOpened:   "收回只有 {1} 张，不足 {2} 张：现在结束，票箱就永远不打开，没有测评结果，只能书面研究。",
	InWriting:     "人数不够，不作无记名测评，书面研究",
	BoxStays:      "收回的票不够，票箱不打开，书面研究",
	Unobjected:    "已当场询问，无人提出异议",
	Unconfirmed:   "{1}还没有核对的：{2}。请当场问：谁的回执不在公示里？没有异议才可以开箱，这句话写进会议记录。",
	EndNote:       "{1}结束以后不能再投，也不能改投。",
	OpenTable:     "打开评定表，还有 {1} 名没有评定",
	Ballots:       "给到会的 {1} 位有表决权的党员各发一张测评票。",
	MassBallots:   "群众代表 {1} 位另发群众票，单独计票。",
	PaperTaken:    "另有 {1} 位已领纸质票。",
	StartNote:     "{1}开始以后人员和题目不能再变，晚到的人这次没有电子票。",
	TooFew:        "到会人数不够，举手表决不能通过。先请他们监票；要换人请返回后⟦press s⟧。",
	AskHands:      "请大家举手表决。在场正式党员 {1} 名全部赞成就确定；不是全部赞成，或要换人，请返回后⟦press s⟧。",
	WaitSome:      "等待 {1} 中的 {2} 人{3}",
	WaitCount:     "等待 {1} 人{2}",
	WaitNames:     "等待 {1} {2}",
	Start:         "开会，进入「{1}」",
	AdjournNote:   "会议结束后不能再签到、发言、投票和评定。会议记录和计票报告随后生成。",
	AdjournPlain:  "会议结束后不能再签到、发言和评定。会议记录随后生成。",
	Next:          "进入下一项「{1}」",
	VoteAgain:     "回到「{1}」重新投票",
	HearCriticism: "听取对 {1} 的批评意见",
	AskSelf:       "请 {1} 作自我批评",
	SelfDone:      "自我批评结束，请下一位",
	SelfDoneHear:  "自我批评结束，听取对 {1} 的批评意见",
	AskCriticism:  "请 {1} 提批评意见",
	AskResponse:   "意见听完，请 {1} 表态",
	AskRemark:     "请 {1} 点评",
	AskSpeech:     "请 {1} 发言",
	PersonDone:    "{1} 评议完毕，请下一位",

	MassNeverOpened: "群众票只有 {1} 张，不足 {2} 张：现在结束，群众票就永远不计。",
}

var stepEnglish = stepWords{
	Scrutineers:   "Choose scrutineers: {1}",
	NotVoted:      " Not voted yet: {1}.",
	EndVoting:     "End voting",
	EndEarly:      "End voting early",
	WaitOrEnd:     "{1}. When all have voted, voting can be ended. To end it before, ⟦press k⟧ and give a reason.",
	NeverOpened:   " Only {1} returned, fewer than {2}: if it ends now, the box is never opened, there is no result, and you must deliberate in writing.",
	InWriting:     "Too few for a secret vote, deliberated in writing",
	BoxStays:      "Too few ballots returned, the box stays shut, deliberated in writing",
	Unobjected:    "Asked in the room, nobody objects",
	Unconfirmed:   "{1} Not confirmed: {2}. Ask the room: whose receipt is not on the board? Unseal only if nobody objects; this sentence goes into the minutes.",
	EndNote:       "{1} Once voting ends, nobody can vote or change a vote.",
	OpenTable:     "Open the rating table, not rated yet: {1}",
	Ballots:       "Voting members present get one ballot each: {1}.",
	MassBallots:   " Mass representatives get mass ballots, counted apart: {1}.",
	PaperTaken:    " Already on paper slips: {1}.",
	StartNote:     "{1} Once voting starts, people and questions are fixed, and latecomers get no ballot on screen this time.",
	TooFew:        "Too few are here for a show of hands to pass. Let these be scrutineers for now. To change them, go back and ⟦press s⟧.",
	AskHands:      "Ask for a show of hands. If all full members present ({1}) are for it, it is settled. If not, or to change people, go back and ⟦press s⟧.",
	WaitSome:      "Waiting for {2} of {1}: {3}",
	WaitCount:     "Waiting for {1}: {2}",
	WaitNames:     "Waiting for {1}: {2}",
	Start:         "Start the meeting with '{1}'",
	AdjournNote:   "After the meeting nobody can sign in, speak, vote or rate. The minutes and the count report follow.",
	AdjournPlain:  "After the meeting nobody can sign in, speak or grade. The minutes follow.",
	Next:          "Go to the next item '{1}'",
	VoteAgain:     "Back to '{1}' to vote again",
	HearCriticism: "Hear criticism of {1}",
	AskSelf:       "Ask {1} for a self-criticism",
	SelfDone:      "Self-criticism done, next person",
	SelfDoneHear:  "Self-criticism done, hear criticism of {1}",
	AskCriticism:  "Ask {1} for criticism",
	AskResponse:   "Criticism heard, ask {1} to respond",
	AskRemark:     "Ask {1} for remarks",
	AskSpeech:     "Give the floor to {1}",
	PersonDone:    "{1} is done, next person",

	MassNeverOpened: " Mass ballots: only {1}, fewer than {2}. If it ends now, they are never counted.",
}

// stepActions are what people call what they do.
var stepActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActStep: {"下一步", "Next step"},
}
