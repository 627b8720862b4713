package tui

import "pingyi/tui/draw"

// pageWords are what every page has: keys, questions, help, writing.
type pageWords struct {
	ChangeColours string
	Colours       map[draw.Scheme]string
	StopsServer   string
	Language      string // the other one, in its own words
	VoteOver, DraftKept, Stale, Busy, NoSuchKey, ScrollDown, ScrollUp, ToConsole, Help, Leaving,
	NoPaste, NextRow, ChangeRow, Digits, PickRow, HelpIntro, HelpSelf, HelpQuit, UpDown, Draft,
	Submit, KeepWriting, KeepDraft, Finish, GiveReason, NewLine, SelectFirst, TooSoon, BackByDot string
	Behind, QuitAgain, NotNow, Above, Below, TooSmall, TooLong, Written, ReasonMinuted phrase
}

var pageChinese = pageWords{
	ChangeColours: "换配色",
	Colours: map[draw.Scheme]string{ //nolint:exhaustive // nobody chooses the wall's
		draw.Colours: "配色：有颜色。", draw.Mono: "配色：不用颜色。",
	},
	StopsServer:   "离开控制台会停止服务；会议记录已经保存，再次启动后接着开。",
	Language:      "English",
	VoteOver:      "投票已经结束，你正在填的这张没有提交。",
	DraftKept:     "会议有了变化。你写的内容留作草稿，再打开时还在。",
	Stale:         "现场有了变化，请再看一遍再操作。",
	Behind:        "这里可能不是最新的：{1} 起读不到新的记录，正在重试。",
	Busy:          "正在记下，请稍候。",
	TooSoon:       "页面刚变，刚才按的没有算：看清楚再按。",
	NoSuchKey:     "这个键现在没有用。能用的键在最下面一行。",
	ScrollDown:    "往下看",
	ScrollUp:      "往上看",
	ToConsole:     "回主持台",
	Help:          "帮助",
	Leaving:       "会议照常进行，随时可以回来。",
	QuitAgain:     "再按一次 {1} 就退出。{2}",
	NoPaste:       "这里不能粘贴。",
	NextRow:       "下一行",
	ChangeRow:     "换行",
	Digits:        "到 9 填数",
	PickRow:       "先用⟦updown⟧选一行，再填数。",
	HelpIntro:     "数字和⟦updown⟧选择，⟦enter⟧ 确定，就能做所有的事。字母是捷径。全角的字母和数字也可以用。",
	NotNow:        "  现在不行：{1}",
	HelpSelf:      "这一页",
	HelpQuit:      "按两次退出；会议照常进行，随时可以回来",
	UpDown:        "上下键",
	Above:         "（上面还有 {1} 行，{2}翻看）",
	Below:         "（下面还有 {1} 行，{2}往下看）",
	TooSmall:      "窗口太小了：请放大到 {1} 列 {2} 行以上，或把字调小一些。",
	Draft:         "这是你上次没有交的草稿。",
	TooLong:       "最多 {1} 个字，多出来的没有写进去。",
	Written:       "你写了 {1} 个字：",
	Submit:        "提交",
	KeepWriting:   "接着写",
	KeepDraft:     "放下，留作草稿",
	Finish:        "或单独一行「。」写完了",
	BackByDot:     "或只写「。」返回",
	ReasonMinuted: "{1}理由记入会议记录。",
	GiveReason:    "请写明理由",
	NewLine:       "换行",
	SelectFirst:   "还没有选：先⟦press digits⟧选一项，再⟦press enter⟧。",
}

var pageEnglish = pageWords{
	ChangeColours: "Colours",
	Colours: map[draw.Scheme]string{ //nolint:exhaustive // nobody chooses the wall's
		draw.Colours: "Colours.", draw.Mono: "No colours.",
	},
	StopsServer:   "Leaving the console stops the server; everything is recorded, start it again to go on.",
	Language:      "中文",
	VoteOver:      "Voting has ended. The ballot you were filling in was not submitted.",
	DraftKept:     "The meeting has moved on. Your text is kept as a draft for when you open this again.",
	Stale:         "The meeting has moved on. Look again before you act.",
	Behind:        "This may be out of date: since {1} no new records can be read. Trying again.",
	Busy:          "Recording, please wait.",
	TooSoon:       "The page has just changed and your key was not taken: look, then press again.",
	NoSuchKey:     "This key does nothing now. The keys that work are on the bottom line.",
	ScrollDown:    "Scroll down",
	ScrollUp:      "Scroll up",
	ToConsole:     "To the console",
	Help:          "Help",
	Leaving:       "The meeting goes on. You can come back at any time.",
	QuitAgain:     "Press {1} again to quit. {2}",
	NoPaste:       "You cannot paste here.",
	NextRow:       "Next row",
	ChangeRow:     "Change row",
	Digits:        "to 9: fill in",
	PickRow:       "Choose a row with ⟦up⟧ first, then type a number.",
	HelpIntro:     "Numbers, ⟦up⟧ and ⟦enter⟧ are enough for everything. Letters are shortcuts. Full-width letters and numbers work too.",
	NotNow:        "  not now: {1}",
	HelpSelf:      "This page",
	HelpQuit:      "Press twice to quit; the meeting goes on and you can come back at any time",
	UpDown:        "Up/Down",
	Above:         "(lines above: {1}, {2} to scroll)",
	Below:         "(lines below: {1}, {2} to scroll)",
	TooSmall:      "The window is too small: enlarge it to at least {1} columns and {2} rows, or make the font smaller.",
	Draft:         "This is your draft from last time, not submitted.",
	TooLong:       "At most {1} characters; the rest was left out.",
	Written:       "Your text (characters: {1}):",
	Submit:        "Submit",
	KeepWriting:   "Keep writing",
	KeepDraft:     "Leave as a draft",
	Finish:        "or '.' line: finish",
	BackByDot:     "or '.': back",
	ReasonMinuted: "{1} The reason goes into the minutes.",
	GiveReason:    "Give a reason",
	NewLine:       "New line",
	SelectFirst:   "Nothing is selected: ⟦press digits⟧ first, then ⟦enter⟧.",
}
