package tui

import "pingyi/meeting"

// archiveWords are for the list of what belongs into the archive, and for closing
// it.
type archiveWords struct {
	Title, Whole, Missing, Spare, Unfinished, Close, Effect, Yes, ReasonHint, Done string
	Part, Summary, Ask, Lacks, Shut, Because, Without, HasShut                     phrase

	Lines map[string]string // what the lines are called, by their names
}

var archiveChinese = archiveWords{
	Title:      "归档清单",
	Whole:      "齐全",
	Missing:    "没有",
	Spare:      "没有，不是必需的",
	Unfinished: "没有办完",
	Part:       "{1} / {2}",
	Summary:    "齐全 {1} 样，没有办完 {2} 样，没有的 {3} 样。",
	Close:      "归档，从此只读",
	Ask:        "{1}年度归档？",
	Effect:     "归档以后这个年度只能看，不能再写，不能撤回。入会码失效；还没有签反馈的，签了才失效。",
	Lacks:      "还没有的：{1}。",
	Yes:        "是，归档",
	ReasonHint: "清单里还有没有的材料。仍要归档，请写明理由，例如：在纸上办理。",
	Done:       "已归档，这个年度从此只读。",
	Shut:       "已于 {1} 归档，这个年度只能看。",
	Because:    "理由：{1}",
	Without:    "归档时没有的：{1}。",
	HasShut:    "{1} 归档，年度从此只读",
	Lines: map[string]string{
		"plan": "方案和审核意见", "notice": "会议通知", "study": "学习记录", "opinions": "征求意见汇总", "talks": "谈心谈话记录",
		"selfcheck": "班子对照检查", "outline": "个人发言提纲", "problems": "问题清单", "sign-in": "签到表", "minutes": "会议记录",
		"criticisms": "批评意见记录", "tally": "测评票和计票报告单", "ratings": "组织评定表", "registers": "民主评议党员登记表", "request": "请示和审定意见", "feedbacks": "反馈记录",
		"disposals": "处置", "publicity": "公示", "ledger": "整改台账", "report": "情况报告", "assessment": "书记考核", "photographs": "照片",
		"talk-matrix": "谈心谈话统计表", "script": "主持词", "ballot-paper": "测评票", "summary": "测评汇总表", "committee": "班子测评表", "excellent": "优秀名单",
		"conduct": "平时表现", "index": "归档目录", "register": "登记表", "written": "书面材料",
	},
}

var archiveEnglish = archiveWords{
	Title:      "Archive list",
	Whole:      "complete",
	Missing:    "missing",
	Spare:      "not there, nor needed everywhere",
	Unfinished: "not finished",
	Part:       "{1} of {2}",
	Summary:    "Complete: {1}; not finished: {2}; missing: {3}.",
	Close:      "Close the archive",
	Ask:        "Close the archive of {1}?",
	Effect:     "This year is then only read; that is not taken back. Join codes end, with feedback unanswered after the answer.",
	Lacks:      "Missing: {1}.",
	Yes:        "Yes, close it",
	ReasonHint: "Something on the list is missing. To close the archive all the same write down why, such as: done on paper.",
	Done:       "The archive is closed: this year is only read.",
	Shut:       "The archive was closed on {1}: this year is only read.",
	Because:    "Reason: {1}",
	Without:    "Missing when it was closed: {1}.",
	HasShut:    "{1} closed the archive of the year",
	Lines: map[string]string{
		"plan": "Plan, approved", "notice": "Notice", "study": "Studies", "opinions": "Summary of opinions", "talks": "Talks",
		"selfcheck": "Committee's self-check", "outline": "Speaking notes", "problems": "List of problems", "sign-in": "Attendance", "minutes": "Minutes",
		"criticisms": "Criticisms", "tally": "Ballots and count", "ratings": "Rating table", "registers": "Register forms", "request": "Request and approval", "feedbacks": "Feedback",
		"disposals": "Disposals", "publicity": "Publicity", "ledger": "Ledger", "report": "Report", "assessment": "Assessment", "photographs": "Photographs",
		"talk-matrix": "Table of talks", "script": "Script", "ballot-paper": "Ballot paper", "summary": "Summary of the ballot", "committee": "Ballot on the committee", "excellent": "List of the excellent",
		"conduct": "Conduct", "index": "Index", "register": "Register form", "written": "Written material",
	},
}

// archiveSentences say why the archive is not closed, or something is not done
// since it is.
var archiveSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.YearArchived:  {"这个年度已于 {1} 归档，只能看：要接着做，请开始下一年度。", "The archive of this year was closed on {1}, and it is only read: begin the next year."},
	meeting.ArchiveMisses: {"归档清单里还有 {1} 样没有：请先补上，或写明理由（--reason）。", "Missing on the archive's list: {1}. Add what is missing, or give a reason (--reason)."},
}

var archiveActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActArchive: {"归档", "Close the archive"},
}
