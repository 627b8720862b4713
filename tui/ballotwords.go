package tui

import "pingyi/meeting"

// ballotWords are for voters.
type ballotWords struct {
	Title, Secrecy, OwnSecrecy, Projecting, Begin, Chosen, FilledBefore, HowTo, HasComment, Check, AllFilled,
	Submit, Filled, Empty, InBox, Receipt, KeepReceipt, Again, AgainNote, AgainEffect, AgainTitle, YesAgain, Start, Show, Previous, Next, Overview, NotChosen, Filling, NothingToDo,
	Digits, DigitsNote, Final, AskSubmit, Cast string
	Invite, Page, Committee, Member, Unfilled, Times, UnfilledFinal, Progress, Last, CopyThese, StillOpen, GoOn, Lost phrase
}

var ballotChinese = ballotWords{
	Title:         "民主测评",
	Invite:        "请你给 {1} 位同志评等次，一人一页。",
	Secrecy:       "你的选择只有你看得见。票加密以后才进票箱，只公布合计，任何人不能单独打开你的票。在这里投票由服务器替你加密；在自己的电脑上用 pingyi vote 投票由自己加密，选择不经过服务器。",
	OwnSecrecy:    "你的选择在这台电脑上加密，不经过服务器。票加密以后才交上去，只公布合计，任何人不能单独打开你的票。请把票箱指纹与会场屏幕上的核对。",
	Projecting:    "提醒：这里是主持台。如果这块屏幕正在投影，请先关掉投影再投票。",
	Begin:         "开始填测评票",
	Page:          "第 {1} / {2} 页",
	Committee:     "被评议的班子：{1}",
	Member:        "被评议人：{1}",
	Chosen:        "选好了⟦press enter⟧ 到下一位。",
	FilledBefore:  "这一位已经填过。要改就重新选，不改⟦press enter⟧。",
	HowTo:         "⟦press digits⟧选，选好就到下一位。",
	HasComment:    "有匿名意见，⟦press r⟧ 可以改。",
	Check:         "检查一遍",
	Unfilled:      "还有 {1} 项没有填，不填按弃权计。",
	AllFilled:     "都填好了，票箱关闭以前还可以改投。",
	Submit:        "提交测评票",
	Filled:        "已填",
	Empty:         "未填",
	InBox:         "测评票已经投进票箱",
	Times:         "你投了 {1} 次，最后一次有效。",
	Receipt:       "完整的回执：",
	KeepReceipt:   "不抄也行：关箱后⟦press e|点「核对我的回执」⟧，系统替你核对。",
	Again:         "改投",
	AgainNote:     "⟦press c⟧ 改投：提交新票才换掉这一张。",
	AgainEffect:   "重新填一张。上一张仍然有效，提交新票才替换。",
	AgainTitle:    "改投（上一张仍然有效）",
	YesAgain:      "是，重新填一张",
	Start:         "开始",
	Show:          "看一眼",
	Previous:      "上一位",
	Digits:        "到 4、0 选择",
	DigitsNote:    "请用数字选：不论选哪一项都只按一下。用⟦updown⟧选，按了几下就看得出选的是哪一项。",
	Final:         "票一投进去就看不到了。票箱关闭以前可以重新投，最后一次有效。",
	UnfilledFinal: "还有 {1} 项没有填，按弃权计。{2}",
	Next:          "下一位",
	Overview:      "总览",
	NotChosen:     "还没有选：再⟦press enter⟧ 一次就先跳过。",
	Filling:       "你在填票",
	Progress:      "{1}/{2} 已填{3}",
	Last:          "上一位 {1}：",
	NothingToDo:   "没有要你做的，请等结束投票。",
	CopyThese:     "抄下这 {1} 个（分大小写）：",
	StillOpen:     "已填 {1} 项还没有提交，回来可以接着填。",
	GoOn:          "你已填 {1} / {2} 项，还没有提交：请接着填。",
	Lost:          "已填 {1} 项还没有提交，离开就没有了。",
	AskSubmit:     "提交测评票？",
	Cast:          "测评票已投进票箱。",
}

var ballotEnglish = ballotWords{
	Title:         "Anonymous vote",
	Invite:        "Please choose a grade for each comrade, one page each. Comrades: {1}.",
	Secrecy:       "Only you can see your choices. Your ballot is encrypted before it enters the ballot box, only totals are announced, and nobody can open your ballot alone. Here the server encrypts it for you; with pingyi vote your own machine does, and your choices do not pass the server.",
	OwnSecrecy:    "Your choices are encrypted on this machine and do not pass the server. Only totals are announced, and nobody can open your ballot alone. Compare the ballot box's fingerprint with the one on the wall.",
	Projecting:    "Careful: this is the console. If this screen is being projected, turn the projection off before you vote.",
	Begin:         "Fill in the ballot",
	Page:          "Page {1} / {2}",
	Committee:     "Committee reviewed: {1}",
	Member:        "Member reviewed: {1}",
	Chosen:        "⟦Press enter⟧ for the next one.",
	FilledBefore:  "This one is filled in. Choose again to change it, or ⟦press enter⟧ to keep it.",
	HowTo:         "⟦Press digits⟧ to choose; the next one follows.",
	HasComment:    "There is a remark. ⟦Press r⟧ to change it.",
	Check:         "Check",
	Unfilled:      "Not filled in: {1}. They are abstentions.",
	AllFilled:     "All filled in. You can still vote again.",
	Submit:        "Submit the ballot",
	Filled:        "Filled in",
	Empty:         "Not filled",
	InBox:         "Your ballot is in the ballot box",
	Times:         "Times you voted: {1}. The last counts.",
	Receipt:       "The whole receipt: ",
	KeepReceipt:   "You need not: after the box is closed, ⟦press e|tap 'Check my receipt'⟧ and it is checked for you.",
	Again:         "Vote again",
	AgainNote:     "⟦Press c⟧ to vote again: this ballot counts until a new one is handed in.",
	AgainEffect:   "You fill in a new ballot. The one in the box counts until the new one is handed in.",
	AgainTitle:    "Voting again (the last ballot counts)",
	YesAgain:      "Yes, fill in a new one",
	Start:         "Start",
	Show:          "Show",
	Previous:      "Previous",
	Digits:        "to 4, or 0: choose",
	DigitsNote:    "Choose with a number: one key, whatever you choose. With ⟦updown⟧, how often you press one tells your choice.",
	Final:         "Once in the ballot box, your ballot can no longer be seen. You can vote again until the ballot box closes; the last ballot counts.",
	UnfilledFinal: "Not filled in: {1}. Each counts as an abstention. {2}",
	Next:          "Next",
	Overview:      "Overview",
	NotChosen:     "Nothing is chosen: ⟦press enter⟧ again to leave it open for now.",
	Filling:       "Your ballot",
	Progress:      "{1}/{2}, filled in {3}",
	Last:          "Before, {1}: ",
	NothingToDo:   "Nothing to do: wait until voting ends.",
	CopyThese:     "Copy these {1} (case matters):",
	StillOpen:     "Filled in and not submitted: {1}; you can go on when you come back.",
	GoOn:          "Filled in so far: {1} of {2}, not submitted yet. Please go on.",
	Lost:          "Filled in and not submitted: {1}; leaving drops it.",
	AskSubmit:     "Submit the ballot?",
	Cast:          "Your ballot is in the ballot box.",
}

// sheetWords are on the ballot where it is one table.
type sheetWords struct {
	Name, Post, SelfRating, Choice, HowTo, Rows, Next, Previous string
	Invite, Filled                                              phrase
}

var sheetChinese = sheetWords{
	Name:       "姓名",
	Post:       "党内职务",
	SelfRating: "自评",
	Choice:     "你的选择",
	HowTo:      "⟦press digits⟧选这一行的等次。离开这一行，选择就遮住。",
	Rows:       "换行",
	Next:       "下一行",
	Previous:   "上一行",
	Invite:     "请你给 {1} 位同志评等次，一人一行。",
	Filled:     "已填 {1} / {2}",
}

var sheetEnglish = sheetWords{
	Name:       "Name",
	Post:       "Post",
	SelfRating: "Self-rating",
	Choice:     "Your choice",
	HowTo:      "⟦Press digits⟧ to choose for this row. When you leave the row, your choice is covered.",
	Rows:       "change row",
	Next:       "Next row",
	Previous:   "Previous row",
	Invite:     "Please choose a grade for each comrade, one row each. Comrades: {1}.",
	Filled:     "Filled in: {1} / {2}",
}

// ballotActions are what people call what they do.
var ballotActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActVoid:    {"作废这次测评", "Void this vote"},
	meeting.ActOpen:    {"开始投票", "Open voting"},
	meeting.ActVote:    {"投票", "Vote"},
	meeting.ActReceipt: {"核对回执", "Check a receipt"},
	meeting.ActBoard:   {"看回执公示", "See the board"},
}

// ballotSentences say why something is refused and what to do.
var ballotSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.BoxForeign:       {"这次测评的票箱是用另一个 secret 文件开的（数据从备份恢复时没有带上它），在这里不能投票、不能计票。请作废这次测评后重新投票；旧的 secret 文件还在的话，请停下服务，用它重新恢复。", "The box of this vote was opened under another secret file, which the restored backup did not have: nothing can be cast or counted here. Make the vote void and vote again; if the old secret file is still there, stop the server and restore with it."},
	meeting.BoxAltered:       {"票箱里 {2} 张票中有 {1} 张不是投票时收下的那一张：数据被改动过，不计票、不解密。请作废这次测评后重新投票，并查清谁动过数据文件。", "{1} of the {2} ballots in the box are not those that were cast: the data was altered, nothing is counted or decrypted. Make the vote void, vote again, and find out who touched the data file."},
	meeting.BadElection:      {"票箱与现场的人员或题目不符，没有开始投票：请再按一次。", "The ballot box does not match the people here or the questions, so voting has not started: press again."},
	meeting.CastTooOften:     {"选票没有收下：刚才已经改投了很多次，票箱里是您上一张票。请等 {1} 秒再投。", "The ballot was not taken: you have changed your vote many times just now, the one before is in the box. Wait {1} seconds, then vote again."},
	meeting.BadBallot:        {"选票没有通过校验，没有计入：请重新提交一次。", "The ballot failed its check and was not counted: submit it again."},
	meeting.VoteVoided:       {"第 {1} 次测评已经作废，投过的票随之作废：请等主持人重新测评。", "Vote {1} is void, and the ballots cast in it with it: wait for the facilitator to hold the vote again."},
	meeting.BoardLater:       {"回执公示和票箱要等投票结束：请稍后再看。", "The receipts and the ballot box are there once voting has ended: look again later."},
	meeting.BoxIsOpen:        {"票箱还开着：请先结束投票。", "The ballot box is still open: end the voting first."},
	meeting.BoxNotOpen:       {"现在没有打开的票箱：请等主持人宣布投票。", "No ballot box is open now: wait for the facilitator to announce the vote."},
	meeting.CameAfterOpening: {"投票开始以后才签到，这次没有发给你测评票：请告诉主持人，可以领纸质票。", "You signed in after voting began, so you have no ballot this time: tell the facilitator, who can give you a paper slip."},
	meeting.CameTooLate:      {"投票开始以后才签到，没有发给你测评票：这次不用投票。", "You signed in after voting began and have no ballot: there is no need to vote this time."},
	meeting.ChoiceUnknown:    {"「{1}」一栏的选择不对：请在 {2} 中选一个，或留空表示弃权。", "The choice for '{1}' is not right: choose one of {2}, or leave it empty to abstain."},
	meeting.BoxForVoters:     {"票箱只给能投票的党员和监票人：要核验，请他们取，或向支部要会后的档案。", "The box is for members who could vote, and scrutineers: ask one of them, or the branch for the archive after the meeting."},
	meeting.NoMassBallots:    {"这次测评没有群众票：不用投票。", "This vote has no ballots for the masses: there is no need to vote."},
	meeting.NotAmongFirst:    {"这是重新投票，票只发给第一次能投票的人：这次不用投票。", "This vote is held again, with ballots only for who could vote the first time: there is no need to vote this time."},
	meeting.NoSelfVote:       {"这次测评不给自己打分：请把自己一栏留空。", "In this vote nobody grades themselves: leave your own row empty."},
	meeting.NoVote:           {"现在没有测评：请等主持人开始。", "There is no vote now: wait for the facilitator to start one."},
	meeting.NeverVoted:       {"这次会议没有投票测评，没有票箱、回执和结果。", "There was no vote in this meeting: there is no ballot box, no receipt and no result."},
	meeting.NoVoters:         {"没有可以投票的人，或没有要评议的人：请先签到，并检查名册。", "There is nobody to vote, or nobody to vote on: sign in first, and check the roster."},
	meeting.NoVotingRight:    {"{1} 在这次测评中没有表决权：不用投票。", "{1} has no right to vote this time: there is no need to vote."},
	meeting.NotOnBallot:      {"测评票上没有「{1}」：请只填票上的人。", "'{1}' is not on the ballot: choose only for those on it."},
	meeting.TooFewVoters:     {"能领票的到会人员 {1} 名，不足 {2} 名：投了也永远不开箱，请以书面研究代替。", "Only {1} here would get a ballot, fewer than {2}: the box would never be opened. Deliberate in writing instead."},
	meeting.NotVoted:         {"还没有投票：请先完成投票，或写明理由。", "There has been no vote yet: finish the vote first, or give a reason in writing."},
	meeting.VoteGoesOn:       {"这次测评已经在进行：请先做完，或写明理由作废。", "This vote is under way already: finish it first, or void it with a reason in writing."},
}

// boxStates are what they are called.
var boxStates = map[meeting.BoxState]twin{
	meeting.BoxNone:    {"还没有测评", "No vote yet"},
	meeting.BoxSealing: {"等待封箱", "Waiting for seal"},
	meeting.BoxSealed:  {"已经封箱", "Sealed"},
	meeting.BoxOpened:  {"正在投票", "Voting"},
	meeting.BoxClosed:  {"投票结束，等待开箱", "Closed, waiting for unsealing"},
	meeting.BoxCounted: {"已经计票", "Counted"},
	meeting.BoxVoid:    {"已经作废", "Void"},
}
