package tui

var chineseKeys = keyWords{
	Press: "按", PressFirst: "按", Type: "输入", TypeFirst: "输入",
	Names: map[string]string{"digits": "数字", "1-4": "1 到 4", "updown": "上下键", "return": "Enter", "first": "第 1 行", "space": "空格", "down": "上下键"},
	Lines: map[string]string{"enter": "空行", "up": "j k", "updown": "j 和 k", "tab": "b", "esc": "b"},
}

var englishKeys = keyWords{
	Press: "press", PressFirst: "Press", Type: "type", TypeFirst: "Type",
	Names: map[string]string{"digits": "a number", "1-4": "1 to 4", "updown": "the up and down keys", "return": "Enter", "first": "line 1", "space": "Space", "down": "Up/Down"},
	Lines: map[string]string{"enter": "an empty line", "up": "j k", "updown": "j and k", "tab": "b", "esc": "b"},
}
