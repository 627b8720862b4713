package tui

// streamWords are for pages that are sent as data, on which things are tapped.
type streamWords struct {
	Tap, TapFirst string // the verb for what is tapped
	Leave         string // what the button that leaves is called

	Help, Finish, PutDown, Back, Find, Early, Late, LateKept, NotJSON, NotUTF8, Control, Several, Nothing, TooLong,
	NoChoice, NoButton, NoText, NoNumber string

	Button, Unknown phrase
}

var streamChinese = streamWords{
	Tap: "点", TapFirst: "点", Leave: "退出", Button: "「{1}」",
	Help:     "点一项就选它，点按钮就做按钮上写的事。",
	Finish:   "写完了",
	PutDown:  "放下（草稿留着）",
	Back:     "返回",
	Find:     "查找：姓名、拼音或编号",
	Early:    "页面刚变，刚才点的没有算：看清楚再点。",
	Late:     "页面已经变了，刚才点的没有算：请看新的内容再点。",
	LateKept: "会议刚刚有了变化，你写的内容留作草稿。",
	NotJSON:  "这一行不是一个 JSON 对象，什么也没有做：请照 STREAM.md 写。",
	NotUTF8:  "这一行不是 UTF-8，什么也没有做：请用 UTF-8 再发。",
	Control:  "内容里有控制字符，没有收下：请删去再交。",
	Several:  "一行里有几个回答，什么也没有做：请一行只写一个。",
	Nothing:  "这一行没有说要做什么：pick、key、text、draft、quit 里写一个。",
	Unknown:  "不认识「{1}」，什么也没有做：请照 STREAM.md 写。",
	TooLong:  "这一行超过 64 KB，没有收下：请缩短再发。",
	NoChoice: "没有这一项：请在这一页里选。",
	NoButton: "这一页没有这个按钮。",
	NoText:   "这一页不用写字。",
	NoNumber: "请填一个数字，0 到 9999。",
}

var streamEnglish = streamWords{
	Tap: "tap", TapFirst: "Tap", Leave: "Leave", Button: "'{1}'",
	Help:     "Tap a choice to take it, and a button to do what it says.",
	Finish:   "Done",
	PutDown:  "Put down (the draft is kept)",
	Back:     "Back",
	Find:     "Look for: a name, pinyin or an ID",
	Early:    "The page has just changed and your tap was not taken: look, then tap again.",
	Late:     "The page has changed and your tap was not taken: look at what is new, then tap again.",
	LateKept: "The meeting has moved on; your text is kept as a draft.",
	NotJSON:  "This line is no JSON object and nothing was done: please write it as STREAM.md says.",
	NotUTF8:  "This line is not UTF-8 and nothing was done: please send it as UTF-8.",
	Control:  "The text has control characters and was not taken: please remove them and hand it in again.",
	Several:  "There are several answers in one line and nothing was done: please send one a line.",
	Nothing:  "This line does not say what to do: one of pick, key, text, draft and quit.",
	Unknown:  "'{1}' is not known and nothing was done: please write it as STREAM.md says.",
	TooLong:  "This line is longer than 64 KB and was not taken: please shorten it.",
	NoChoice: "There is no such choice: please choose on this page.",
	NoButton: "This page has no such button.",
	NoText:   "Nothing is written on this page.",
	NoNumber: "Please give a number from 0 to 9999.",
}
