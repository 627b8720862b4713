package tui

import (
	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// ActionName is what a person calls an action: on keys, in menus and help.
func ActionName(a meeting.Action) string { return word(actionNames, a) }

// ItemKindTitle is the usual title of an item of a kind; a meeting's own title
// stands in its agenda.
func ItemKindTitle(kind string) string { return word(kindTitles, kind) }

// SeatName is what a seat is called.
func SeatName(s meeting.Seat) string { return word(seatNames, s) }

// PurposeName says what a speaker has the floor for.
func PurposeName(p meeting.Purpose) string { return word(purposeNames, p) }

// StageName says how far a round of 批评与自我批评 has come.
func StageName(s meeting.Stage) string { return word(stageNames, s) }

// BoxStateName says how far a vote has come.
func BoxStateName(b meeting.BoxState) string { return word(boxNames, b) }

// PhaseName says where the branch's work stands.
func PhaseName(p meeting.Phase) string { return word(phaseNames, p) }

// KindName is the 类别 of a person.
func KindName(k meeting.Kind) string { return word(personKinds, k) }

// ItemStatusName says how far an item has come; it is "" for one that waits.
func ItemStatusName(s meeting.ItemStatus) string { return itemStatuses[s] }

// word looks a name up; an unknown one stands for itself.
func word[K ~string](names map[K]string, k K) string {
	if n, ok := names[k]; ok {
		return n
	}
	return Clean(string(k))
}

var actionNames = map[meeting.Action]string{
	meeting.ActSignIn:        "签到",
	meeting.ActAbsent:        "记签到和缺席",
	meeting.ActName:          "指定记录人或主持台",
	meeting.ActNext:          "下一项",
	meeting.ActBack:          "回到上一项",
	meeting.ActGoto:          "跳到某一项",
	meeting.ActStep:          "下一步",
	meeting.ActFloor:         "申请发言",
	meeting.ActCall:          "请人发言",
	meeting.ActYield:         "结束发言",
	meeting.ActPause:         "暂停或继续计时",
	meeting.ActExtend:        "延长时间",
	meeting.ActTurn:          "轮到谁",
	meeting.ActSelfCriticise: "写自我批评",
	meeting.ActCriticise:     "提批评意见",
	meeting.ActRespond:       "写表态",
	meeting.ActRecord:        "代人记录",
	meeting.ActSelfRate:      "个人自评",
	meeting.ActOutline:       "写发言提纲",
	meeting.ActNote:          "写会议记录",
	meeting.ActResolve:       "举手表决",
	meeting.ActScrutineers:   "推选监票人",
	meeting.ActSeal:          "封箱",
	meeting.ActOpen:          "开始投票",
	meeting.ActVote:          "投票",
	meeting.ActClose:         "结束投票",
	meeting.ActUnseal:        "开箱",
	meeting.ActVoid:          "作废这次测评",
	meeting.ActReceipt:       "核对回执",
	meeting.ActBoard:         "看回执公示",
	meeting.ActResult:        "看测评结果",
	meeting.ActRemarks:       "看匿名意见",
	meeting.ActPaper:         "发纸质票",
	meeting.ActSlips:         "录入纸质票",
	meeting.ActCoarsen:       "少公布一些结果",
	meeting.ActAnnounce:      "公布测评结果",
	meeting.ActPrune:         "清除测评票密文",
	meeting.ActRate:          "组织评定",
	meeting.ActSubmit:        "提交评定表",
	meeting.ActFeedback:      "反馈评议结果",
	meeting.ActAck:           "确认反馈",
	meeting.ActLedger:        "写整改台账",
	meeting.ActPapers:        "领取会议材料",
	meeting.ActRoster:        "导入名册",
	meeting.ActCodes:         "发放入会码",
}

var kindTitles = map[string]string{
	preset.SignIn:        "签到",
	preset.Opening:       "开场",
	preset.Study:         "学习",
	preset.LastYear:      "上次整改情况通报",
	preset.Report:        "书记通报",
	preset.SelfCheck:     "班子对照检查",
	preset.Criticism:     "批评与自我批评",
	preset.Rectification: "提出整改意见",
	preset.SelfRating:    "个人自评",
	preset.Ballot:        "民主测评",
	preset.Tally:         "计票",
	preset.Rating:        "组织评定",
	preset.Remark:        "领导点评",
	preset.Closing:       "表态、散会",
}

var seatNames = map[meeting.Seat]string{
	meeting.SeatConsole:    "主持台",
	meeting.SeatRecorder:   "记录人",
	meeting.SeatMember:     "党员",
	meeting.SeatCommittee:  "支部委员",
	meeting.SeatScrutineer: "监票人",
	meeting.SeatGuide:      "指导领导",
	meeting.SeatGuest:      "列席",
	meeting.SeatMass:       "群众代表",
	meeting.SeatProjector:  "投影",
}

var purposeNames = map[meeting.Purpose]string{
	meeting.ForSpeech:        "发言",
	meeting.ForSelfCriticism: "自我批评",
	meeting.ForCriticism:     "提批评意见",
	meeting.ForResponse:      "表态",
}

var stageNames = map[meeting.Stage]string{
	meeting.StageNone:      "还没有轮到",
	meeting.StageSelf:      "自我批评",
	meeting.StageHeard:     "已作自我批评",
	meeting.StageCriticism: "听取批评意见",
	meeting.StageResponse:  "表态",
	meeting.StageDone:      "评议完毕",
}

var boxNames = map[meeting.BoxState]string{
	meeting.BoxNone:    "还没有测评",
	meeting.BoxSealing: "等待封箱",
	meeting.BoxSealed:  "已经封箱",
	meeting.BoxOpened:  "正在投票",
	meeting.BoxClosed:  "投票结束，等待开箱",
	meeting.BoxCounted: "已经计票",
	meeting.BoxVoid:    "已经作废",
}

var phaseNames = map[meeting.Phase]string{
	meeting.Before:   "会前",
	meeting.Live:     "会中",
	meeting.After:    "会后",
	meeting.Archived: "已归档",
}

var personKinds = map[meeting.Kind]string{
	meeting.Formal:       "正式党员",
	meeting.Probationary: "预备党员",
	meeting.Mass:         "群众代表",
	meeting.Guest:        "列席",
}

var itemStatuses = map[meeting.ItemStatus]string{
	meeting.Pending: "",
	meeting.Open:    "现在",
	meeting.Done:    "完成",
	meeting.Skipped: "跳过",
}
