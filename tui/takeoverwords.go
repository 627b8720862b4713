package tui

import "pingyi/meeting"

// takeOverWords are for the list of problems, and what is taken over into it and
// from it into the ledger.
type takeOverWords struct {
	From map[string]string // what a record was taken over from

	IntoList, IntoLedger, Effect, Yes, Origin string
	Of, Ask, Done, Numbered, OfYear           phrase
}

var chineseTakeOver = takeOverWords{
	From: map[string]string{
		meeting.FromCriticism: "批评意见", meeting.FromOpinion: "征求意见", meeting.FromSelfCheck: "对照检查的问题", meeting.FromRemark: "领导点评",
		meeting.FromProblem: "问题清单",
	},
	IntoList:   "列入问题清单",
	IntoLedger: "列入整改台账",
	Effect:     "文字、层面、人和来源照抄过去，之后可以改。原来的那一条不变。",
	Yes:        "是，列入",
	Origin:     "来自：",
	Of:         "从{1}里列入",
	Ask:        "{1}：列入{2}？",
	Done:       "已列入{1}。",
	Numbered:   "{1}第 {2} 条",
	OfYear:     "{1} 年度没有销号的台账",
}

var englishTakeOver = takeOverWords{
	From: map[string]string{
		meeting.FromCriticism: "criticisms", meeting.FromOpinion: "opinions", meeting.FromSelfCheck: "problems of the self-check", meeting.FromRemark: "remarks of the guide",
		meeting.FromProblem: "list of problems",
	},
	IntoList:   "Put it on the list of problems",
	IntoLedger: "Put it into the ledger",
	Effect:     "Text, level, person and source are copied, and can be changed there. What it is taken from stays as it is.",
	Yes:        "Yes, put it there",
	Origin:     "From: ",
	Of:         "Take from the {1}",
	Ask:        "{1}: put it there? ({2})",
	Done:       "It stands there now: {1}.",
	Numbered:   "{1}, no. {2}",
	OfYear:     "open in the ledger of {1}",
}

// takeOverSentences say why something is not taken over.
var takeOverSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.AlreadyTaken: {"这一条已经列入{1}，是第 {2} 条：请直接改那一条。", "This stands there already ({1}, no. {2}): change it there."},
	meeting.NotRemark:    {"第 {1} 条记录不是领导点评时记的：请检查号码。", "Note {1} was not taken during the guide's remarks: check the number."},
}

var takeOverActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActProblem: {"写问题清单", "The list of problems"},
}
