package tui

import "pingyi/meeting"

// selfRatingWords are for 个人自评.
type selfRatingWords struct {
	Change string
	Saved  phrase
}

var selfRatingChinese = selfRatingWords{
	Change: "你的自评，可以改",
	Saved:  "自评已记下：{1}。这一项结束前可以改。",
}

var selfRatingEnglish = selfRatingWords{
	Change: "Your self-rating (editable)",
	Saved:  "Self-rating recorded: {1}. You can change it until this item ends.",
}

// selfratingSentences say why something is refused and what to do.
var selfratingSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.NotGraded:    {"{1} 这次不评定等次：不用填写。", "{1} is not graded this time: leave this empty."},
	meeting.SomeUnrated:  {"还有 {1} 位没有个人自评：请提醒他们填写。", "No self-rating yet: {1}. Remind them to fill it in."},
	meeting.UnknownGrade: {"没有「{1}」这个等次：请在 {2} 中选。", "There is no grade '{1}': choose one of {2}."},
}

// selfratingActions are what people call what they do.
var selfratingActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActSelfRate: {"个人自评", "Self-rating"},
}
