package tui

// auditWords are for who did what when.
type auditWords struct{ Title, None, Server string }

var auditChinese = auditWords{
	Title:  "谁在什么时候做了什么",
	None:   "还没有记录。",
	Server: "服务器",
}

var auditEnglish = auditWords{
	Title:  "Who did what when",
	None:   "There are no records yet.",
	Server: "The server",
}
