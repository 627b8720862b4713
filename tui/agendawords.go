package tui

import (
	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// agendaActions are what people call what they do.
var agendaActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActNext: {"下一项", "Next item"},
	meeting.ActBack: {"回到上一项", "Back one item"},
	meeting.ActGoto: {"跳到某一项", "Go to an item"},
}

// agendaSentences say why something is refused and what to do.
var agendaSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.FirstItem:   {"这已经是第一项，不能再往回：请按下一项继续。", "This is the first item, so there is none before it: go on with the next item."},
	meeting.ItemIsOpen:  {"现在就是「{1}」这一项：请选别的议项。", "'{1}' is the item open now: choose another item."},
	meeting.ItemsUndone: {"还有 {1} 项议程没有完成：请先完成，或写明理由。", "Agenda items not done yet: {1}. Finish them first, or give a reason in writing."},
	meeting.MeetingOver: {"会议已经结束，不能再改动：需要更正请写进会后材料。", "The meeting is over and cannot be changed: put corrections in the documents after the meeting."},
	meeting.NeedsReason: {"{1}若要继续，请写明理由。", "{1} To go on, give a reason in writing."},
	meeting.NotBegun:    {"会议还没有开始：请等主持人宣布开会。", "The meeting has not begun: wait for the facilitator to open it."},
	meeting.NotOver:     {"会议还没有结束：请散会以后再做。", "The meeting is not over yet: do this after it is closed."},
	meeting.ItemPast:    {"「{1}」这一项已经过去：还要做，请主持人回到那一项。", "The item '{1}' is over: if it is still needed, the facilitator can go back to it."},
	meeting.WrongItem:   {"这要到「{1}」这一项才能做：请等到那一项。", "This belongs to the item '{1}': wait for that item."},
}

// itemTitles are what they are called.
var itemTitles = map[string]twin{
	preset.SignIn:        {"签到", "Sign-in"},
	preset.Opening:       {"开场", "Opening"},
	preset.Study:         {"学习", "Study"},
	preset.LastYear:      {"上次整改情况通报", "Last rectification"},
	preset.Briefing:      {"书记通报", "Secretary's report"},
	preset.SelfCheck:     {"班子对照检查", "Committee self-check"},
	preset.Criticism:     {"批评与自我批评", "Criticism and self-criticism"},
	preset.Rectification: {"提出整改意见", "Rectification proposals"},
	preset.SelfRating:    {"个人自评", "Self-rating"},
	preset.Ballot:        {"民主测评", "Anonymous vote"},
	preset.Tally:         {"计票", "Count"},
	preset.Rating:        {"组织评定", "Rating"},
	preset.Remark:        {"领导点评", "Guide's comments"},
	preset.Closing:       {"表态、散会", "Response and close"},
}

// itemStatuses are what they are called.
var itemStatuses = map[meeting.ItemStatus]twin{
	meeting.Pending: {"", ""},
	meeting.Open:    {"现在", "Now"},
	meeting.Done:    {"完成", "Done"},
	meeting.Skipped: {"跳过", "Skipped"},
}

// phases are what they are called.
var phases = map[meeting.Phase]twin{
	meeting.Before: {"会前", "Before"},
	meeting.Live:   {"会中", "Meeting"},
	meeting.After:  {"会后", "After"},

	meeting.Archived: {"已归档", "Archived"},
}
