package tui

import "pingyi/meeting/preset"

// projectorWords are on the wall.
type projectorWords struct {
	SignIn, RateYourself, Paused, Sealing, Sealed, Confirm, Closed, Void, AwaitResult, AwaitNumbers string
	Next, Speaker, Limit, Voting, Elapsed                                                           phrase
}

var projectorChinese = projectorWords{
	SignIn:       "请签到",
	RateYourself: "请给自己评一个等次",
	Next:         "下一位：{1}",
	Speaker:      "{1}：{2}",
	Paused:       "计时已暂停",
	Limit:        "限时 {1}",
	Sealing:      "监票人封箱",
	Sealed:       "票箱已经封好",
	Voting:       "发出 {1} 张，已收回",
	Elapsed:      "用时 {1}",
	Confirm:      "投票结束，请核对自己的回执",
	Closed:       "投票结束，等待监票人开箱",
	Void:         "这次测评作废，票不打开",
	AwaitResult:  "等待公布结果",
	AwaitNumbers: "等待宣布收发票数",
}

var projectorEnglish = projectorWords{
	SignIn:       "Please sign in",
	RateYourself: "Give yourself a grade",
	Next:         "Next: {1}",
	Speaker:      "{1}: {2}",
	Paused:       "Clock paused",
	Limit:        "Limit {1}",
	Sealing:      "Sealing by scrutineers",
	Sealed:       "The ballot box is sealed",
	Voting:       "Ballots issued: {1}, returned",
	Elapsed:      "Time {1}",
	Confirm:      "Voting is over: please check your receipt",
	Closed:       "Voting over, waiting for unsealing",
	Void:         "This vote is void, its ballots stay closed",
	AwaitResult:  "Waiting for the results",
	AwaitNumbers: "Waiting for the number of ballots to be announced",
}

// wallWords are on the wall beside stageWords: joining, quiet pages, results.
type wallWords struct {
	Calm                                                                                  map[string]string // what happens in an item, by its kind
	Scan, ScanSite, Excellent, Leading, CalmAssembly                                      string
	Browser, Terminal                                                                     phrase
	NextItem, NextTurn, Then, Left, Over, Every, Recoded, Share, CapLine, CapTied, PageNo phrase
}

var wallChinese = wallWords{
	Calm: map[string]string{
		preset.Opening:       "主持人宣布开会，说明议程和要求",
		preset.Study:         "学习文件，交流体会",
		preset.LastYear:      "通报上次整改措施的落实情况",
		preset.Briefing:      "书记通报支部工作和会前准备",
		preset.SelfCheck:     "班子作对照检查",
		preset.Rectification: "对照大家的意见，提出整改措施",
		preset.Rating:        "支委会正在评定等次，请稍候",
		preset.Remark:        "请指导会议的领导点评",
		preset.Closing:       "表态，小结，散会",
	},
	CalmAssembly: "党员大会正在评定等次",
	Scan:         "扫码得到入会地址，手机上要有 SSH 客户端",
	ScanSite:     "手机扫码入会，不用装别的",
	Browser:      "浏览器打开 {1}",
	Terminal:     "终端用 {1}",
	Excellent:    "得票最多的等次是优秀、在上限以内的党员",
	Leading:      "得票最多的等次，各有几名",
	NextItem:     "下一项：{1}",
	NextTurn:     "接下来：{1}",
	Then:         "随后：{1}",
	Left:         "还剩 {1}，限时 {2}",
	Over:         "已超时 {1}，限时 {2}",
	Every:        "收回数每满 {1} 张更新一次",
	Recoded:      "测评期间重发了入会码：{1}",
	Share:        "{1}/收回",
	CapLine:      "优秀名额 {1} 名",
	CapTied:      "优秀名额 {1} 名，线上下票数相同",
	PageNo:       "第 {1}/{2} 页",
}

var wallEnglish = wallWords{
	Calm: map[string]string{
		preset.Opening:       "The facilitator opens the meeting and explains the agenda",
		preset.Study:         "Reading together, and what members learned from it",
		preset.LastYear:      "What became of the measures of last time",
		preset.Briefing:      "The secretary reports on the branch's work and preparations",
		preset.SelfCheck:     "The committee examines its own work",
		preset.Rectification: "Members propose measures in answer to what was said",
		preset.Rating:        "The committee is grading, please wait",
		preset.Remark:        "Remarks by the guide of the meeting",
		preset.Closing:       "Commitments, a summary, and the end",
	},
	CalmAssembly: "The members' assembly is grading",
	Scan:         "Scan for the address; a phone needs an SSH client",
	ScanSite:     "Scan with a phone to take part, nothing to install",
	Browser:      "Browser: {1}",
	Terminal:     "Terminal: {1}",
	Excellent:    "Excellent by most votes, within the cap",
	Leading:      "Members by the grade that most votes gave",
	NextItem:     "Next item: {1}",
	NextTurn:     "Next: {1}",
	Then:         "Then: {1}",
	Left:         "{1} left, limit {2}",
	Over:         "Over time by {1}, limit {2}",
	Every:        "Shown in steps of {1} ballots",
	Recoded:      "New join codes during the vote: {1}",
	Share:        "{1}/cast",
	CapLine:      "Excellent up to {1}",
	CapTied:      "Excellent up to {1}, tied at the line",
	PageNo:       "Page {1}/{2}",
}
