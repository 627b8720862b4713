package tui

import "pingyi/meeting"

// feedbackWords are for telling members their results, and for what they say to it.
type feedbackWords struct {
	Told, Grade, Answer, NoOpinionGiven, OpinionGiven, WriteOpinion, NoOpinion, OpinionHint, None,
	AskAnswer, Answered, Give, AskWhom, GiveNote, ToldOnly, ToldAnswered, ToldOpinion, Approval,
	ApprovalHint, GiveEffect, YesGive string
	OnApproval, Reason, Received, AnswerNote, Untold, AskGive, Given, HasAnswered phrase
}

var feedbackChinese = feedbackWords{
	Told:           "支部已向你反馈评议结果",
	Grade:          "评定等次：",
	Answer:         "看完以后写本人意见，或者确认没有意见。",
	NoOpinionGiven: "你已经确认，没有意见。",
	OpinionGiven:   "你已经确认。本人意见：",
	WriteOpinion:   "写本人意见",
	NoOpinion:      "没有意见，确认",
	OpinionHint:    "对评定等次和反馈的意见有什么话，写在这里。",
	None:           "无意见",
	AskAnswer:      "确认反馈？",
	Answered:       "已经确认。",
	Give:           "反馈给本人",
	AskWhom:        "向谁反馈？",
	GiveNote:       "反馈以后，本人在自己的屏幕上看到自己的结果。已反馈的，选中可以看本人意见。",
	ToldOnly:       "已反馈，等待确认",
	ToldAnswered:   "已确认，无意见",
	ToldOpinion:    "已确认，有本人意见",
	Approval:       "上级批复文号",
	ApprovalHint:   "按照规定，结果由上级审定以后才能反馈。写一次就行，后面的人不再问。",
	GiveEffect:     "本人会看到自己的等次、理由、票数（够保密时）、收到的批评意见和整改台账，看不到别人的。反馈不能收回。",
	YesGive:        "是，反馈",
	OnApproval:     "批复：{1}",
	Reason:         "理由：{1}",
	Received:       "收到批评意见 {1} 条，整改台账 {2} 条。",
	AnswerNote:     "确认只有一次，以后不能改。本人意见：{1}",
	Untold:         "还有 {1} 名没有反馈",
	AskGive:        "向 {1} 反馈？",
	Given:          "已向 {1} 反馈",
	HasAnswered:    "{1} 确认了反馈",
}

var feedbackEnglish = feedbackWords{
	Told:           "The branch has given you the feedback",
	Grade:          "Grade: ",
	Answer:         "Read it, then write your opinion or confirm that you have none.",
	NoOpinionGiven: "You have acknowledged it, without an opinion.",
	OpinionGiven:   "You have acknowledged it. Your opinion:",
	WriteOpinion:   "Write my opinion",
	NoOpinion:      "No opinion, acknowledge",
	OpinionHint:    "Write what you have to say to the grade and the feedback.",
	None:           "none",
	AskAnswer:      "Acknowledge the feedback?",
	Answered:       "Acknowledged.",
	Give:           "Give feedback",
	AskWhom:        "Who gets feedback?",
	GiveNote:       "After that they see their own result on their own screen. Choose somebody who has had it to read what they said.",
	ToldOnly:       "told, not acknowledged yet",
	ToldAnswered:   "acknowledged, no opinion",
	ToldOpinion:    "acknowledged, with an opinion",
	Approval:       "The superior's decision",
	ApprovalHint:   "By the rules the superior decides before feedback is given. Write the number once; it stands for the others.",
	GiveEffect:     "They will see their own grade, its reason, the counts where there are enough, the criticisms they received and their lines of the ledger, and nothing of others. It cannot be taken back.",
	YesGive:        "Yes, tell them",
	OnApproval:     "Decision: {1}",
	Reason:         "Reason: {1}",
	Received:       "Criticisms received: {1}. Lines of the ledger: {2}.",
	AnswerNote:     "You can acknowledge once; it cannot be changed. Your opinion: {1}",
	Untold:         "Not told yet: {1}",
	AskGive:        "Give {1} the feedback?",
	Given:          "{1} was given the feedback",
	HasAnswered:    "{1} acknowledged the feedback",
}

// feedbackActions are what people call what they do.
var feedbackActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActFeedback: {"反馈评议结果", "Giving feedback"},
	meeting.ActAck:      {"确认反馈", "Acknowledging feedback"},
}

// feedbackSentences say why something is refused and what to do.
var feedbackSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.AlreadyAcknowledged: {"反馈已经确认过，本人意见不能再改：有话要说请找支部。", "You have acknowledged the feedback, and what you said to it stands: to say more, speak to the branch."},
	meeting.AlreadyTold:         {"已经向 {1} 反馈过，不用再反馈。", "{1} has had the feedback already."},
	meeting.ApprovalMissing:     {"按照规定，要上级审定以后才能反馈：请写明批复文号。", "By the rules the superior decides before feedback is given: please write the number of the decision."},
	meeting.FeedbackOnly:        {"反馈由主持人和支委进行：请告诉他们。", "The facilitator and the committee give feedback: please tell them."},
	meeting.FeedbackOfYearOver: {
		"{1} 年度的反馈要等散会以后；{2} 年度已经结束，不能再反馈、再确认，自己的用命令 feedback --year {2} 看。",
		"The feedback of {1} comes after its meeting; {2} is over: nothing more is given or acknowledged there, and the command feedback --year {2} shows your own.",
	},
	meeting.NoFeedback:    {"支部还没有向你反馈：请等支部反馈。", "The branch has not given you feedback yet: please wait for it."},
	meeting.NothingToTell: {"这次会议不评定等次：没有评定结果要反馈。", "This meeting grades nobody: there are no results to tell."},
}
