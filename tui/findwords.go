package tui

// findWords are for finding somebody, and what is known of them.
type findWords struct {
	Find, Ask, Letters, TakeBack, Nobody              string
	Query, Attendance, Rounds, Spoken, May, TheirTurn phrase
}

var findChinese = findWords{
	Find:       "找人",
	Ask:        "找谁？",
	Letters:    "到 z 查找",
	TakeBack:   "退一个字",
	Nobody:     "没有这样的人：可以输编号、姓名或拼音，用退格键改。",
	Query:      "查找：{1}",
	Attendance: "出席：{1}",
	Rounds:     "批评与自我批评：{1}；提过 {2} 条，收到 {3} 条",
	Spoken:     "发言 {1} 次，共 {2}",
	May:        "本人现在可以：{1}。",
	TheirTurn:  "轮到 {1}",
}

var findEnglish = findWords{
	Find:       "Find a person",
	Ask:        "Find whom?",
	Letters:    "to z Find",
	TakeBack:   "Delete",
	Nobody:     "Nobody like this: type an ID, a name or pinyin; ⟦backspace|deleting a letter⟧ takes back.",
	Query:      "Find: {1}",
	Attendance: "Attendance: {1}",
	Rounds:     "Criticism and self-criticism: {1}; gave {2}, received {3}",
	Spoken:     "Times spoken: {1}, in all {2}",
	May:        "Can do now: {1}.",
	TheirTurn:  "Turn of {1}",
}
