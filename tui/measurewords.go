package tui

// measureWords write measures down at 提出整改意见.
type measureWords struct {
	Add, Problem, ProblemHint, What, Who, Until, Day, Done string
	Line                                                   phrase
}

var measureChinese = measureWords{
	Add:         "记一条整改措施",
	Problem:     "针对什么问题？",
	ProblemHint: "写一句。接着写措施、责任人和时限，这一条就进整改台账。",
	What:        "怎么改？",
	Who:         "谁负责？",
	Until:       "什么时候完成？",
	Day:         "到某一天",
	Done:        "已记入整改台账。",
	Line:        "第 {1} 条：{2}：{3}（{4}）",
}

var measureEnglish = measureWords{
	Add:         "Write down a measure",
	Problem:     "For which problem?",
	ProblemHint: "One sentence. The measure, who is responsible and until when come next; together they are a line of the ledger.",
	What:        "What will be done?",
	Who:         "Who is responsible?",
	Until:       "Until when?",
	Day:         "Until a day",
	Done:        "It stands in the ledger.",
	Line:        "No. {1}, problem: {2}, measure: {3}, who and when: {4}",
}
