package tui

// matrixWords are for who spoke and who criticised whom.
type matrixWords struct {
	Legend, Gave, Got, Spoke, Unheard, Longest, Silent string
	SpokeFor, Note                                     phrase
}

var matrixChinese = matrixWords{
	Legend:   "每一行是谁提的，每一列是对谁提的，格子里是条数。",
	Gave:     "提出",
	Got:      "收到",
	Spoke:    "发言",
	Unheard:  "没有发言",
	Longest:  "说得最长",
	Silent:   "没提意见",
	SpokeFor: "发言 {1}",
	Note:     "{1}：{2}",
}

var matrixEnglish = matrixWords{
	Legend:   "A row is who criticised, a column who was criticised; the cells count.",
	Gave:     "Gave",
	Got:      "Received",
	Spoke:    "Spoke",
	Unheard:  "not heard",
	Longest:  "longest",
	Silent:   "gave none",
	SpokeFor: "spoke {1}",
	Note:     "{1}: {2}",
}
