package tui

import "pingyi/meeting"

// wordingWords are for the words of an item.
type wordingWords struct {
	Hint, Done string
	Title      phrase
}

var wordingChinese = wordingWords{
	Title: "「{1}」的话",
	Hint:  "到这一项时，每个人和投影都看得到，主持词里也有。最多 500 个字；空着交就删去。",
	Done:  "已记下。",
}

var wordingEnglish = wordingWords{
	Title: "Words of '{1}'",
	Hint:  "Everybody and the wall see them while the item is open, and they are read out. 500 characters at most; an empty text takes them away.",
	Done:  "Noted.",
}

// wordingActions are what people call what they do.
var wordingActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActWording: {"给议项写几句话", "Give an item its own words"},
}
