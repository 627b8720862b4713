package tui

// followWords say what is wanted of somebody now.
type followWords struct {
	ForYou, Wait, Listen, Start, FillSlip, CheckReceipt, Hear, RateSelf, Comment, SpeakNext, SignIn,
	SignedIn, Thanks, Withdraw, Withdrawn, AskFloor, FloorAsked, NotAdmitted, Closing string
	Nothing, Speak, WaitWhy, Criticize, SpeakLater, SignInNow phrase
}

var followChinese = followWords{
	ForYou:       "现在请你：",
	Wait:         "请稍候",
	Listen:       "请听",
	Start:        "开会",
	Nothing:      "现在没有要你做的，{1}。接下来：{2}。",
	SignInNow:    "签到。你是{1}吗？是就选 1；不是请⟦press q⟧。",
	Speak:        "{1}。说完请选「结束发言」。",
	FillSlip:     "填好纸质票，交给监票人。",
	WaitWhy:      "等待。{1}",
	Hear:         "听大家对你的批评意见，等主持人请你表态。",
	Criticize:    "对 {1} 提批评意见。可以写下来提交，也可以申请发言。",
	RateSelf:     "给自己评一个等次。",
	Comment:      "作点评。请申请发言，或等主持人请你。",
	SpeakNext:    "准备发言，你是下一位。",
	SpeakLater:   "等候发言，前面还有 {1} 位。",
	SignIn:       "签到",
	SignedIn:     "已签到。请等主持人开会。",
	Thanks:       "发言结束，谢谢。",
	Withdraw:     "不发言了，退出候言",
	Withdrawn:    "已退出候言。",
	AskFloor:     "申请发言",
	FloorAsked:   "已经申请，请等主持人点名。",
	NotAdmitted:  "不能进入会议",
	Closing:      "测评和评定的结果由党组织审定后反馈给本人。谢谢参加。",
	CheckReceipt: "看回执公示，和自己记下的回执核对，一致就⟦press e⟧；不一致请当场提出，票箱还没有开。",
}

var followEnglish = followWords{
	ForYou:       "For you now: ",
	Wait:         "please wait",
	Listen:       "please listen",
	Start:        "the meeting starts",
	Nothing:      "Nothing for you to do now, {1}. Next: {2}.",
	SignInNow:    "Sign in. Are you {1}? If so choose 1; if not ⟦press q⟧.",
	Speak:        "{1}. When you are done, choose 'End speech'.",
	FillSlip:     "Fill in the paper slip and hand it to a scrutineer.",
	WaitWhy:      "Wait. {1}",
	Hear:         "Listen to the criticism of you until the facilitator asks you to respond.",
	Criticize:    "Give criticism of {1}. You can write and submit it, or ask for the floor.",
	RateSelf:     "Give yourself a grade.",
	Comment:      "Give your comments. Ask for the floor, or wait for the facilitator to call you.",
	SpeakNext:    "Get ready to speak. You are next.",
	SpeakLater:   "Wait to speak. Ahead of you: {1}.",
	SignIn:       "Sign in",
	SignedIn:     "Signed in. Please wait for the facilitator to start.",
	Thanks:       "Your speech has ended. Thank you.",
	Withdraw:     "Withdraw from waiting",
	Withdrawn:    "You are no longer waiting to speak.",
	AskFloor:     "Ask for floor",
	FloorAsked:   "You have asked. Please wait for the facilitator to call you.",
	NotAdmitted:  "Cannot enter the meeting",
	Closing:      "The Party organization approves the results of vote and rating, then gives each member their own. Thank you for taking part.",
	CheckReceipt: "Look at the board of receipts and compare with the one you noted; if they agree, ⟦press e⟧. If not, say so now: the box is still closed.",
}
