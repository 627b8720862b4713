package tui

import "pingyi/meeting"

// limitsWords are for how long people may speak.
type limitsWords struct {
	Digits, Accept, Choose, Other, Seconds, None, Self, Criticism, Response, Speech string
	Counted, Proposal, Round, Each, Set, Now, ByRules                               phrase
}

var limitsChinese = limitsWords{
	Digits:    "从现在起 1 分钟，数字几就几分钟",
	Accept:    "采用建议的时限",
	Choose:    "发言时限",
	Other:     "自己定（秒）",
	Seconds:   "写秒数，0 是不限时。正在发言的人不受影响。",
	None:      "不限",
	Self:      "自我批评",
	Criticism: "批评意见",
	Response:  "表态",
	Speech:    "其他发言",
	Counted:   "{1} 还有 {2} 分钟。",
	Proposal:  "按 {1} 分钟、{2} 人，建议每人 {3}：{4}。",
	Round:     "自我批评 {1}，意见每条 {2}，表态 {3}",
	Each:      "自我批评 {1}，意见每条 {2}，表态 {3}，其他发言 {4}",
	Set:       "发言时限：{1}。",
	Now:       "现在：{1}。",
	ByRules:   "照规定：{1}",
}

var limitsEnglish = limitsWords{
	Digits:    "1 min from now, any digit for as many",
	Accept:    "Take the proposed limits",
	Choose:    "Speaking limits",
	Other:     "Other limits (seconds)",
	Seconds:   "Write seconds; 0 is no limit. Whoever speaks now keeps theirs.",
	None:      "none",
	Self:      "Self-criticism",
	Criticism: "Criticism",
	Response:  "Response",
	Speech:    "Other speeches",
	Counted:   "{1} has {2} min left.",
	Proposal:  "For {2} people in {1} minutes, {3} each is proposed: {4}.",
	Round:     "self-criticism {1}, each criticism {2}, response {3}",
	Each:      "self-criticism {1}, each criticism {2}, response {3}, other speeches {4}",
	Set:       "Speaking limits: {1}.",
	Now:       "Now: {1}.",
	ByRules:   "As the rules say: {1}",
}

// limitsActions are what people call what they do.
var limitsActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActLimits:    {"定发言时限", "Set speaking limits"},
	meeting.ActCountdown: {"给发言人定还剩多久", "Set how long the speaker has"},
}
