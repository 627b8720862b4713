package tui

import "pingyi/meeting"

// commonWords stand on many pages.
type commonWords struct {
	NoBack, Abstain, OrNumber, OK, NextPage, Comment, YesSubmit, Adjourn, OpenVote, EndSpeech,
	ChooseScrutineers, SeeResult, ReadComments, Back, Ended, SubmitTable, Comma, Stop, OrReason,
	NoAnswer, NotRecorded, CantNow string
	BoxFingerprint, SelfRating, Scrutineers, Join, HostFingerprint, Sentence, CriticismOf, Bracketed,
	Issued, Because, Failed phrase
}

var commonChinese = commonWords{
	NoBack:            "不，回去",
	BoxFingerprint:    "票箱指纹 {1}",
	SelfRating:        "自评：{1}",
	Abstain:           "弃权",
	OrNumber:          "或数字选择",
	OK:                "确定",
	NextPage:          "下一页",
	Comment:           "匿名意见",
	YesSubmit:         "是，提交",
	Adjourn:           "散会",
	Scrutineers:       "监票人：{1}",
	OpenVote:          "开始投票",
	EndSpeech:         "结束发言",
	ChooseScrutineers: "推选监票人",
	SeeResult:         "看测评结果",
	ReadComments:      "看匿名意见",
	Join:              "入会：{1}",
	HostFingerprint:   "主机指纹 {1}",
	Sentence:          "{1}。",
	CriticismOf:       "对 {1} 的批评意见",
	Back:              "返回",
	Ended:             "会议已经结束",
	Bracketed:         "（{1}）",
	Issued:            "发出 {1} 张，收回 {2} 张",
	SubmitTable:       "提交评定表",
	Comma:             "，",
	Stop:              "。",
	OrReason:          "，或写明理由。",
	NoAnswer:          "没有等到结果：请看看现在的状态，需要时再做一次。",
	NotRecorded:       "服务器没有能够记下来：请再做一次，还不行就告诉主持人。",
	Because:           "{1}：{2}",
	Failed:            "没有做成：{1}。",
	CantNow:           "现在不能这样做：请看帮助里能做什么。",
}

var commonEnglish = commonWords{
	NoBack:            "No, go back",
	BoxFingerprint:    "Box fingerprint {1}",
	SelfRating:        "Self-rating: {1}",
	Abstain:           "Abstain",
	OrNumber:          "or a number: choose",
	OK:                "OK",
	NextPage:          "Next page",
	Comment:           "Remark",
	YesSubmit:         "Yes, submit",
	Adjourn:           "Close the meeting",
	Scrutineers:       "Scrutineers: {1}",
	OpenVote:          "Open voting",
	EndSpeech:         "End speech",
	ChooseScrutineers: "Choose scrutineers",
	SeeResult:         "See the vote result",
	ReadComments:      "Read the remarks",
	Join:              "Join: {1}",
	HostFingerprint:   "Host fingerprint {1}",
	Sentence:          "{1}.",
	CriticismOf:       "Criticism of {1}",
	Back:              "Back",
	Ended:             "The meeting has ended",
	Bracketed:         " ({1})",
	Issued:            "Issued {1}, returned {2}",
	SubmitTable:       "Submit rating table",
	Comma:             ", ",
	Stop:              ".",
	OrReason:          ", or give a reason in writing.",
	NoAnswer:          "No answer came: look at how things stand, and do it again if needed.",
	NotRecorded:       "The server could not record this: do it again, and tell the facilitator if it still fails.",
	Because:           "{1}: {2}",
	Failed:            "It failed: {1}.",
	CantNow:           "This cannot be done now: see the help for what can.",
}

// commonSentences say why something is refused and what to do.
var commonSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.BadNumber:         {"数字 {1} 不对：请填 {2} 到 {3}。", "The number {1} is not right: enter {2} to {3}."},
	meeting.ConsoleOnly:       {"这一步由主持人操作：请告诉主持人。", "This step is up to the facilitator: tell the facilitator."},
	meeting.GarbledText:       {"文字里有乱码：请重新输入。", "The text has garbled characters: type it again."},
	meeting.PrivateUse:        {"文字里有自造字（{1}），别的电脑上显示不出来：请换成标准的字。", "The text has a character of somebody's own ({1}) that other computers can't show: use a standard one."},
	meeting.ControlCharacters: {"文字里有看不见的控制字符：请删去后再提交。", "The text has invisible control characters: delete them, then submit."},
	meeting.KeeperOnly:        {"这一步只能在服务器上用命令做：请找管理服务器的人。", "This step can only be done by a command on the server: ask whoever manages the server."},
	meeting.RecorderOnly:      {"记录由记录人或主持人来写：请告诉他们。", "The minutes are written by the recorder or the facilitator: tell them."},
	meeting.TextMissing:       {"还没有写内容：请写上再提交。", "Nothing is written yet: write something, then submit."},
	meeting.TextTooLong:       {"写了 {1} 个字，最多 {2} 个字：请写短一些。", "The text has {1} characters, at most {2} are allowed: make it shorter."},
	meeting.UnknownAction:     {"没有这样的操作：请看帮助里能做什么。", "There is no such action: see the help for what you can do."},
	meeting.UnknownWord:       {"没有「{1}」这个选项：请在 {2} 中选。", "There is no choice '{1}': choose one of {2}."},
}
