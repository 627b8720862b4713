package tui

import "pingyi/meeting"

// rehearsalWords are for a rehearsal before the meeting.
type rehearsalWords struct {
	Begin, AskBegin, Begun, Close, AskClose, End, AskEnd, Ended, WaitBallots, WaitOrEnd, TooFew, Peek, PeekTitle, InFile, InBackup, OnConsole, Nothing, Banner, Same string
	FileSize, Returned, Unconfirmed                                                                                                                                  phrase
}

var rehearsalChinese = rehearsalWords{
	Same:  "与文件里的一字不差。",
	Begin: "预演一次投票", AskBegin: "大家用三个玩笑题目试投一次，约三分钟。预演只在内存里，不进会议记录，随时可以结束；计了票的，记录里只留哪天预演、几人投票。", Begun: "预演开始了。请大家试投。",
	Close: "结束试投", AskClose: "结束以后不能再试投；大家核对回执以后计票。", End: "结束预演", AskEnd: "预演的票和结果都会清除，回到会前。", Ended: "预演结束，票和结果都没有留下。",
	WaitBallots: "等待大家试投", WaitOrEnd: "等待大家试投。要提前结束请⟦press k⟧。", TooFew: "试投的票太少，现在结束就不开箱：这也是规则，免得看出是谁选的。",
	Peek: "试着偷看", PeekTitle: "试着偷看我的票", InFile: "存在文件里的", InBackup: "存在备份里的", OnConsole: "主持人看得到的",
	Nothing: "这里面没有你的选择：它加了密，只有合计能解开。同样的话对正式的票也成立。", Banner: "这是预演，不算数。",
	FileSize: "{1} 条记录，{2} 字节，最后一段：", Returned: "发出 {1} 张，已交：{2}",
	Unconfirmed: "{1}还没有核对的：{2}。请当场问：谁的回执不在公示里？没有异议才可以开箱。开会时这句话写进会议记录，预演不写。",
}

var rehearsalEnglish = rehearsalWords{
	Same:  "Byte for byte the same as in the file.",
	Begin: "Rehearse a vote", AskBegin: "Everybody tries a vote on three jokes, about three minutes. It is in memory only, not in the minutes, and can be ended at any time; of one that was counted only the day and the number of ballots are kept.", Begun: "The rehearsal has begun. Everybody may try.",
	Close: "End the trial vote", AskClose: "Nobody can try any more then; it is counted once the receipts are confirmed.", End: "End the rehearsal", AskEnd: "All ballots and results of it are wiped; the meeting has not begun.", Ended: "The rehearsal is over, no ballot or result of it is left.",
	WaitBallots: "Waiting for trial ballots", WaitOrEnd: "Waiting for trial ballots. To end before, ⟦press k⟧.", TooFew: "Too few trial ballots: if it ends now, the box stays closed. That is the rule, so that nobody's choice can be seen.",
	Peek: "Try to peek", PeekTitle: "Try to peek at my ballot", InFile: "In the file", InBackup: "In the backup", OnConsole: "What the facilitator sees",
	Nothing: "Your choice is not in here: it is encrypted, and only sums can be decrypted. The same is true of the real vote.", Banner: "This is a rehearsal, it does not count.",
	FileSize: "Records: {1}, bytes: {2}, the last of them:", Returned: "Issued: {1}, returned by: {2}",
	Unconfirmed: "{1} Not confirmed: {2}. Ask the room: whose receipt is not on the board? Unseal only if nobody objects. In the meeting this sentence goes into the minutes, in a rehearsal it does not.",
}

// rehearsalActions are what people call what they do.
var rehearsalActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActRehearse: {"预演", "Rehearse"},
	meeting.ActPeek:     {"试着偷看", "Try to peek"},
}

// rehearsalSentences say why something is refused and what to do.
var rehearsalSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.NoRehearsal:       {"现在没有预演：请等主持人开始预演。", "No rehearsal is on: wait for the facilitator to begin one."},
	meeting.NothingToPeek:     {"还没有你的票：请先投一张，再来看它存成了什么样子。", "There is no ballot of yours yet: cast one, then look at what was kept of it."},
	meeting.RehearsalIsOn:     {"现在是预演，只练投票：请等预演结束再做。", "This is a rehearsal, only voting is tried: do that when it is over."},
	meeting.TooLateToRehearse: {"会议已经开始，不能再预演：请直接按议程进行。", "The meeting has begun, it is too late to rehearse: go on with the agenda."},
}
