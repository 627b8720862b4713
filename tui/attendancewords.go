package tui

import "pingyi/meeting"

// attendanceWords record who is there.
type attendanceWords struct {
	Ask, Present, Missing, SignInFor, OtherReason, OneSentence, AskWritten, HasOutline,
	NothingWritten, HandedIn, SignInMany, AbsentMany, YesMany string
	ManyHint, AskMany, DoneMany, Left, Written, NotCounted, SignedIn, Absent, WhyAbsent, Recorded phrase
}

var attendanceChinese = attendanceWords{
	Ask:            "记谁的签到或缺席？",
	Present:        "已签到",
	Left:           "提前离开：{1}",
	Written:        "{1}，有书面材料",
	NotCounted:     "不计入应到：{1}",
	Missing:        "没有签到",
	SignInFor:      "到会了，代为签到",
	SignedIn:       "{1} 已签到。",
	Absent:         "缺席：{1}",
	OtherReason:    "缺席：其他原因",
	WhyAbsent:      "{1} 为什么缺席？",
	OneSentence:    "写一句话。",
	Recorded:       "{1} 缺席（{2}），已记下。",
	AskWritten:     "有没有交书面材料？交了的由记录人宣读，照常评议。",
	HasOutline:     "本人提交了发言提纲，它就是书面材料：轮到时由主持人或记录人宣读，照常评议。",
	NothingWritten: "没有交",
	HandedIn:       "交了书面材料",
	SignInMany:     "成批签到（写编号）",
	AbsentMany:     "成批记缺席（写编号）",
	ManyHint:       "写编号，例如 1-12,15。还没有记的：{1}。",
	AskMany:        "替这 {1} 位签到？",
	YesMany:        "是，都到了",
	DoneMany:       "{1} 位已签到。",
}

var attendanceEnglish = attendanceWords{
	Ask:            "Whose sign-in or absence?",
	Present:        "Signed in",
	Left:           "Left early: {1}",
	Written:        "{1}, with written material",
	NotCounted:     "Not in expected: {1}",
	Missing:        "Not signed in",
	SignInFor:      "Present, sign in for them",
	SignedIn:       "{1} is signed in.",
	Absent:         "Absent: {1}",
	OtherReason:    "Absent: other reason",
	WhyAbsent:      "Why is {1} absent?",
	OneSentence:    "Write one sentence.",
	Recorded:       "Recorded: {1} absent ({2}).",
	AskWritten:     "Was written material handed in? If so, the recorder reads it out and it is reviewed as usual.",
	HasOutline:     "They have handed in their notes, which are the written material: in their turn the facilitator or the recorder reads them out, and they are reviewed as usual.",
	NothingWritten: "Not handed in",
	HandedIn:       "Written material handed in",
	SignInMany:     "Sign in many by numbers",
	AbsentMany:     "Note many as absent by numbers",
	ManyHint:       "Write numbers, for example 1-12,15. Not noted yet: {1}.",
	AskMany:        "Sign in these {1}?",
	YesMany:        "Yes, all are here",
	DoneMany:       "Signed in: {1}.",
}

// attendanceActions are what people call what they do.
var attendanceActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActSignIn: {"签到", "Sign in"},
	meeting.ActAbsent: {"记签到和缺席", "Record attendance"},
}

// attendanceSentences say why something is refused and what to do.
var attendanceSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.SeveralMeant:        {"「{1}」不止一个人：请写完整的编号。", "Several people are meant by '{1}': write the whole id."},
	meeting.AbsentWithoutReason: {"还有 {1} 位没有签到，也没有记下缺席原因：请补签到，或记下原因。", "Not signed in and no reason noted: {1}. Sign them in, or note why they are absent."},
	meeting.AlreadySignedIn:     {"已经签到，不用再签。", "Signed in already: there is no need to sign in again."},
	meeting.HoldsBallot:         {"{1} 手里有测评票：请等票箱关闭后再记缺席。", "{1} holds a ballot: note the absence after the ballot box is closed."},
	meeting.HoldsFloor:          {"{1} 正在发言：请先结束发言再记缺席。", "{1} is speaking: end the speech first, then note the absence."},
	meeting.NoQuorum:            {"到会正式党员 {1} 名，应到 {2} 名，不到规定人数：请等人到齐，或写明理由。", "Full members present: {1}, expected: {2}, fewer than required. Wait for more to come, or give a reason in writing."},
	meeting.NotPresent:          {"{1} 没有签到：请先签到。", "{1} is not signed in: sign in first."},
	meeting.SignInFirst:         {"你还没有签到：请先签到。", "You have not signed in yet: sign in first."},
	meeting.TakesNoPart:         {"{1} 没有到会，也没有交书面材料：请先签到，或记下书面材料。", "{1} is not here and has handed in nothing in writing: sign in first, or note what was handed in."},
}
