package tui

// plainWords are for people who read and type line by line.
type plainWords struct {
	Intro, Wall, Late, LateKept, Hidden, Visible, Remains, Replace, OneLine, ManyLines, NotUnderstood,
	Show, Person, Leave, Grades, Question string
	Ask, AskGrade, Rows, Numbers, Empty, Dropped, NoNumber, NoGrade, NoPerson phrase
}

var plainChinese = plainWords{
	Intro:         "这里逐行显示，新的内容写在最后。每次输入一行，再按 Enter。",
	Wall:          "这里逐行显示投影的内容，有变化时写在最后。q 离开。",
	Late:          "页面刚刚变了，你输入的这一行没有执行：请看新的内容再输入。",
	LateKept:      "会议刚刚有了变化，你写的这一行放进了草稿。",
	Hidden:        "填测评票时，你输入的数字不显示。",
	Visible:       "注意：填测评票时，你输入的数字会显示在你自己的屏幕上，旁边的人看得见。",
	Remains:       "上面的内容会留在你的屏幕上：看完请清屏。",
	Replace:       "输入新的内容就换掉原来的；空行不改；只输入一个空格就删去。",
	OneLine:       "请输入一行文字，按 Enter 结束。只有一个点「.」的一行返回。",
	ManyLines:     "请一行一行地写。写完输入只有一个点「.」的一行；只有两个点「..」的一行删去上一行。",
	NotUnderstood: "没有听懂这一行：请照上面的提示输入，? 看能做什么。",
	Show:          "看一遍（会留在屏幕上）",
	Person:        "人的号和等次号（如 3 2）换人，j 下一位，k 上一位",
	Rows:          "{1} 个数可以一次输入，中间空一格，j 下一行，k 上一行",
	Leave:         "q 离开",
	Grades:        "h 再念等次",
	Question:      "再念这一项",
	AskGrade:      "请输入：1 到 {1}，0 弃权，h 再念等次。",
	Ask:           "请输入：{1}。",
	Numbers:       "1 到 {1} 选择",
	Empty:         "空行 {1}",
	Dropped:       "删去了：{1}",
	NoNumber:      "没有这个号：请输入 1 到 {1}。",
	NoGrade:       "请输入 1 到 {1} 中的一个数字，0 是弃权。",
	NoPerson:      "请先输入人的号（1 到 {1}），空一格，再输入等次号（1 到 {2}）。",
}

var plainEnglish = plainWords{
	Intro:         "Everything is shown line by line, the newest last. Type one line at a time, then Enter.",
	Wall:          "The wall line by line: what changes is written last. q leaves.",
	Late:          "The page has just changed and your line was not carried out: please read the new page first.",
	LateKept:      "The meeting has moved on; your line was added to the draft.",
	Hidden:        "While you fill in the ballot, the digits that you type are not shown.",
	Visible:       "Note: while you fill in the ballot, the digits that you type are seen on your own screen, also by people beside you.",
	Remains:       "The lines above stay on your screen: please clear it when you have read them.",
	Replace:       "A new line replaces the text; an empty line keeps it; a single space deletes it.",
	OneLine:       "Please type one line of text, then Enter. A line with only '.' goes back.",
	ManyLines:     "Please write line by line. A line with only '.' ends the text; a line with only '..' deletes the line before.",
	NotUnderstood: "This line was not understood: please type as said above, ? for help.",
	Show:          "show once (it stays on the screen)",
	Person:        "number of a person and of a grade (as 3 2), j next person, k previous person",
	Rows:          "all {1} at once with spaces between, j next row, k previous row",
	Leave:         "q leave",
	Grades:        "h say the grades again",
	Question:      "say this question again",
	AskGrade:      "Please type: 1 to {1}, 0 abstains, h for the grades.",
	Ask:           "Please type: {1}.",
	Numbers:       "1 to {1} to choose",
	Empty:         "an empty line: {1}",
	Dropped:       "Deleted: {1}",
	NoNumber:      "No such number: please type 1 to {1}.",
	NoGrade:       "Please type one digit from 1 to {1}; 0 abstains.",
	NoPerson:      "Please type the person's number (1 to {1}), a space, then the grade's number (1 to {2}).",
}
