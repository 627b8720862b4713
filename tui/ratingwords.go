package tui

import "pingyi/meeting"

// ratingWords are for 组织评定.
type ratingWords struct {
	Title, BaseFormal, BaseFormalAttending, BaseParticipating, BaseBranchTotal, NotGiven, HasReason,
	SubmittedAlready, KeyPerson, KeyGrade, KeyRecord, KeysHelp, PickFirst, SubmitTitle, SubmitDone, Committee, Assembly, ReopenNote, YesReopen string
	Cap, Earlier, EarlierGrade, CapOver, CapLeft, Totals, Ballots, PickedNote, RatedReason, Rated, PressNumber, PickedCell,
	SelfCell, CapReason, Recorded, SubmitNote, HandsNote, AskReopen phrase
}

var ratingChinese = ratingWords{
	Title:               "组织评定",
	Committee:           "支委会",
	Assembly:            "党员大会",
	Cap:                 "优秀最多 {1} 名（{2} {3}），已评 {4} 名，",
	CapOver:             "{1}超过 {2} 名。",
	CapLeft:             "{1}还可 {2} 名。",
	BaseFormal:          "正式党员",
	BaseFormalAttending: "到会正式党员",
	BaseParticipating:   "参加评议的党员",
	BaseBranchTotal:     "支部党员总数",
	Totals:              "评定：{1}",
	Ballots:             "测评：{1}",
	PickedNote:          "拟评 {1}，⟦press enter⟧ 记下。",
	Earlier:             "以前的等次：{1}",
	EarlierGrade:        "{1} 年度{2}",
	RatedReason:         "评定：{1}。理由：{2}",
	Rated:               "评定：{1}。要改就⟦press 1-4|重选⟧。",
	PressNumber:         "⟦press digits|点等次⟧评定：{1}",
	NotGiven:            "没有填",
	HasReason:           "（有说明）",
	PickedCell:          "拟评 {1}",
	SelfCell:            "自评 {1}",
	CapReason:           "{1}名额有限（上限 {2} 名），经{3}研究评定为{4}",
	SubmittedAlready:    "评定表已经提交。改动以后要再提交一次。",
	AskReopen:           "把 {1} 改为{2}？",
	ReopenNote:          "评定表已经提交：改了就收回，改好要再提交一次。",
	YesReopen:           "是，收回评定表，改",
	KeyPerson:           "选人",
	KeyGrade:            "到 4 选等次",
	KeyRecord:           "记下",
	KeysHelp:            "⟦press 1-4⟧ 选等次，⟦updown|点姓名⟧换人。",
	PickFirst:           "先⟦press 1-4⟧ 选等次，再⟦press enter⟧ 记下。",
	Recorded:            "{1} 评定为 {2}，已记下。",
	SubmitTitle:         "提交评定表？",
	SubmitNote:          "{1}{2}提交后仍在这一项时可以改，改后要再提交。",
	HandsNote:           "{1}请党员大会举手表决，赞成就提交评定表。",
	SubmitDone:          "评定表已提交。",
}

var ratingEnglish = ratingWords{
	Title:               "Rating",
	Committee:           "the committee",
	Assembly:            "the members' assembly",
	Cap:                 "Excellent: at most {1} ({2}: {3}), given {4}, ",
	CapOver:             "{1}over by {2}.",
	CapLeft:             "{1}left {2}.",
	BaseFormal:          "full members",
	BaseFormalAttending: "full members present",
	BaseParticipating:   "members taking part",
	BaseBranchTotal:     "all branch members",
	Totals:              "Rated: {1}",
	Ballots:             "Ballots: {1}",
	PickedNote:          "Picked: {1}. ⟦Press enter⟧ to record it.",
	Earlier:             "Earlier grades: {1}",
	EarlierGrade:        "{2} in {1}",
	RatedReason:         "Rated: {1}. Reason: {2}",
	Rated:               "Rated: {1}. To change it, ⟦press 1-4|choose again⟧.",
	PressNumber:         "⟦Press digits⟧ to rate: {1}",
	NotGiven:            "not given",
	HasReason:           " (reason)",
	PickedCell:          "Picked {1}",
	SelfCell:            "Self {1}",
	CapReason:           "At most {2} may be rated {1}; rated {4} by {3}",
	SubmittedAlready:    "The rating table is submitted. After a change, submit it again.",
	AskReopen:           "Change {1} to {2}?",
	ReopenNote:          "The rating table is submitted: a change takes it back, and it has to be submitted again.",
	YesReopen:           "Yes, take it back and change",
	KeyPerson:           "Person",
	KeyGrade:            "to 4 Grade",
	KeyRecord:           "Record",
	KeysHelp:            "⟦Press 1-4⟧ to pick a grade; ⟦updown|a tap on a name⟧ changes the person.",
	PickFirst:           "First ⟦press 1-4⟧ to pick a grade, then ⟦press enter⟧ to record it.",
	Recorded:            "{1} is rated {2}. Recorded.",
	SubmitTitle:         "Submit the rating table?",
	SubmitNote:          "{1} {2} While this item lasts you can still change it; then submit it again.",
	HandsNote:           "{1} Ask the members' assembly for a show of hands on handing in the table.",
	SubmitDone:          "The rating table is submitted.",
}

// tableWords are the columns and marks of the rating table.
type tableWords struct {
	Name, Self, Grade, Over, KeyReason string
	Tied, TiedNote, ReasonHint         phrase
}

var tableChinese = tableWords{
	Name:       "姓名",
	Self:       "自评",
	Grade:      "评定",
	Over:       "超过优秀名额",
	Tied:       "并列，由{1}研究",
	KeyReason:  "写理由",
	TiedNote:   "并列：{1} 的票数相同，优秀名额不够都给，由{2}研究。",
	ReasonHint: "{1} 评定为 {2}，理由记入会议记录。",
}

var tableEnglish = tableWords{
	Name:       "Name",
	Self:       "Self",
	Grade:      "Rated",
	Over:       "over the cap",
	Tied:       "tied, up to {1}",
	KeyReason:  "Reason",
	TiedNote:   "Tied: {1} have equal votes, and there are not enough places for excellent. To be decided by {2}.",
	ReasonHint: "{1} is rated {2}. The reason goes into the minutes.",
}

// ratingActions are what people call what they do.
var ratingActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActRate:   {"组织评定", "Rating"},
	meeting.ActSubmit: {"提交评定表", "Submit rating table"},
}

// ratingSentences say why something is refused and what to do.
var ratingSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.AlreadySubmitted: {"评定表已经提交：要改等次，要作废或重新测评，请先改动评定。", "The rating table is submitted: to change a grade, or to void or repeat the vote, change the rating first."},
	meeting.AwayFromVotes:    {"给 {1} 的等次不是得票最多的等次：请写明理由。", "The grade for {1} is not the one with the most ballots: give a reason in writing."},
	meeting.CommitteeOnly:    {"组织评定由支部委员会进行：请支委操作。", "The rating is done by the branch committee: let a committee member do this."},
	meeting.CommitteeShort:   {"支部委员在场 {1} 名，共 {2} 名，不到一半：请等委员到齐，或写明理由。", "Committee members present: {1} of {2}, less than half. Wait until they are here, or give a reason in writing."},
	meeting.HandsMissing:     {"没有支委会，等次由党员大会举手表决：请写明举手的人数。", "There is no committee, so the members' assembly decides by show of hands: give the number of hands."},
	meeting.NeverSubmitted:   {"会上没有提交评定表，散会以后不能再提交：没有等次可以送审、反馈，请写进情况报告。", "The rating table was not submitted in the meeting, and now it is over: there are no grades to send or to tell. Say so in the report."},
	meeting.NotSubmitted:     {"评定表还没有提交：请先提交，或写明理由。", "The rating table is not submitted yet: submit it first, or give a reason in writing."},
	meeting.GradedAnyway:     {"{1} 是预备党员，按通知不定等次：确要评定，请写明理由。", "{1} is a probationary member and gets no grade by the notice: to grade them all the same, give a reason in writing."},
	meeting.OverCap:          {"优秀最多 {1} 名（基数 {2} 名），再给就超过比例：请写明理由。", "Excellent: at most {1} (of {2}), one more exceeds the cap: give a reason in writing."},
	meeting.SomeUngraded:     {"还有 {1} 位没有评定等次：请先评定完。", "Not graded yet: {1}. Grade them all first."},
}
