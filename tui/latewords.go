package tui

// lateWords are for a meeting that lasts longer than planned.
type lateWords struct{ Item, Meeting, Both phrase }

var lateChinese = lateWords{
	Item:    "「{1}」预计超时 {2} 分钟。",
	Meeting: "会议预计超时 {1} 分钟。",
	Both:    "「{1}」预计超时 {2} 分钟，会议预计超时 {3} 分钟。",
}

var lateEnglish = lateWords{
	Item:    "'{1}' will probably last {2} min longer than planned.",
	Meeting: "The meeting will probably last {1} min longer than planned.",
	Both:    "'{1}' will probably last {2} min longer than planned, the meeting {3} min.",
}
