package tui

import "pingyi/meeting"

// inspectionWords are for what an inspector would find in the papers.
type inspectionWords struct {
	Title, None, Must, Warn, Sep string
	Says, Blank                  phrase
}

var inspectionChinese = inspectionWords{
	Title: "材料检查",
	None:  "没有发现问题。",
	Must:  "必须补",
	Warn:  "请看看",
	Says:  "{1}：{2}",
	Blank: "没有填的有{1}：请补上，或打印以后手填。",
}

var inspectionEnglish = inspectionWords{
	Sep:   " ",
	Title: "Check the papers",
	None:  "Nothing is amiss.",
	Must:  "must be mended",
	Warn:  "please look",
	Says:  "{1}: {2}",
	Blank: "Left blank: {1}. Fill it in, or by hand on the printed paper.",
}

// inspectionSentences say what is amiss in a paper and where it is mended.
var inspectionSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.CountsDisagree:   {"{1} 的各等次票和弃权加起来不等于有效票：请核对纸质票的录入。", "The grades and abstentions of {1} are not as many as the valid ballots: check the paper slips."},
	meeting.LastYearMissing:  {"上次整改情况没有通报记录，也没有带来的台账：请补记上次整改情况通报这一项。", "Nothing is recorded of last year's ledger: add a note to that item."},
	meeting.UnheardPeople:    {"有 {1} 人没有作自我批评（{2}）：请回到那一项代人补记，或写明原因。", "Without self-criticism: {1} ({2}): go back to that item and record it, or note why."},
	meeting.Uncriticised:     {"有 {1} 人没有人提批评意见（{2}）：请看看是不是漏记了。", "Criticised by nobody: {1} ({2}): see whether something was left out."},
	meeting.OutsideThePlan:   {"会议在 {1} 召开，方案定的是 {2} 至 {3}：请在会议记录里说明，或改方案重报。", "The meeting was on {1}, the plan says {2} to {3}: note why, or mend the plan."},
	meeting.DayTooLate:       {"{2}的日期 {1} 在会议（{3}）以后：请核对日期。", "The day {1} of {2} is after the meeting ({3}): check it."},
	meeting.DayTooEarly:      {"{2}的日期 {1} 在会议（{3}）以前：请核对日期。", "The day {1} of {2} is before the meeting ({3}): check it."},
	meeting.NoHost:           {"没有主持人签字：请在菜单里指定主持人。", "Nobody signs as chair: name one from the menu."},
	meeting.ArchiveLineShort: {"归档要的 {2} 份，现在有 {1} 份：请补齐，或归档时写明理由。", "The archive wants {2}, there are {1}: complete it, or say why when you close it."},
}
