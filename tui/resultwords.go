package tui

import "pingyi/meeting"

// resultWords are for receipts and results.
type resultWords struct {
	ReceiptFound, SeeBoard, CheckMine, ReceiptMissing, ReceiptThere, ReceiptUnopened, BoardTitle, Title, Held,
	Masses, Paper, Returned string
	Receipt, BoardNote, Yours, MassesTooFew, PaperTooFew phrase
}

var resultChinese = resultWords{
	Receipt:         "你的回执：{1}",
	ReceiptFound:    "  已在公示中找到。",
	SeeBoard:        "看回执公示",
	CheckMine:       "核对我的回执",
	ReceiptMissing:  "公示里没有你的回执：请马上告诉监票人。",
	ReceiptThere:    "你的回执在公示里，票已计入。",
	ReceiptUnopened: "你的回执在公示里。票太少，票箱永远不打开，都不计票。",
	BoardTitle:      "回执公示",
	BoardNote:       "收回 {1} 张测评票。回执只证明票在箱里，不说明票上写了什么。",
	Yours:           "{1}  这是你的",
	Title:           "测评结果",
	Held:            "结果由党组织掌握，请不要投影、不要拍照。票数供评定参考，不自动定等次。",
	Masses:          "群众票：",
	Returned:        "收回",
	Paper:           "其中纸质票：",
	MassesTooFew:    "群众票收回 {1} 张，不到 {2} 张，不显示分布。",
	PaperTooFew:     "纸质票 {1} 张太少，只计入合计，不单独显示。",
}

var resultEnglish = resultWords{
	Receipt:         "Your receipt: {1}",
	ReceiptFound:    "  Found on the board.",
	SeeBoard:        "See the receipt board",
	CheckMine:       "Check my receipt",
	ReceiptMissing:  "Your receipt is not on the board: tell a scrutineer at once.",
	ReceiptThere:    "Your receipt is on the board: your ballot counts.",
	ReceiptUnopened: "Your receipt is on the board. There are too few ballots: the box is never opened and none is counted.",
	BoardTitle:      "Receipt board",
	BoardNote:       "Ballots returned: {1}. A receipt proves only that the ballot is in the box, not what is on it.",
	Yours:           "{1}  yours",
	Title:           "Vote results",
	Held:            "The Party organization holds the results: do not project or photograph them. The counts inform the rating; they do not set a grade by themselves.",
	Masses:          "Non-Party: ",
	Returned:        "Returned",
	Paper:           "Incl. paper: ",
	MassesTooFew:    "Non-Party ballots returned: {1}, fewer than {2}, so their grades are not shown.",
	PaperTooFew:     "Paper slips: {1}, too few to show apart. They count only in the totals.",
}

// announceWords are for announcing a result.
type announceWords struct {
	Full, FullHeard, Excellent, ExcellentHeard, Counts, CountsHeard, None, NoneHeard, Ask, Yes,
	Done, NoneDone, NoneStep, NoneChosen, NoneAsk, ReadThis string
	Read, ReadBallots, Effect, Committee, Reveals, Anyway, Change, Changed phrase
}

var announceChinese = announceWords{
	Full:           "公布每个人的票数",
	FullHeard:      "每位同志各等次的票数",
	Excellent:      "只公布优秀名单",
	ExcellentHeard: "得票最多的等次是优秀的同志的姓名，不超过优秀名额",
	Counts:         "只公布各等次人数",
	CountsHeard:    "得票最多的等次：各有几名，没有姓名",
	None:           "不公布结果",
	NoneHeard:      "发出和收回的张数，没有任何结果",
	Ask:            "公布测评结果？",
	Effect:         "大家会听到和看到：{1}。公布以后不能收回。",
	Committee:      "{1}的票数也一起公布。",
	Reveals:        "会看出个人的选择：{1} 项全票一致，{2} 项只有一张不同。建议少公布一些。",
	Yes:            "是，公布",
	Done:           "结果已公布。",
	NoneDone:       "已宣布收发票数；结果没有公布，由党组织掌握。",
	NoneStep:       "宣布收发票数（按规定不公布结果）",
	NoneChosen:     "宣布收发票数（已选不公布结果）",
	NoneAsk:        "宣布收发票数？",
	ReadThis:       "宣读和投影的就是下面的话：",
	Read:           "现在宣布民主测评的结果。{1}。",
	ReadBallots:    "现在宣布民主测评的收发票数。{1}。",
	Anyway:         "照样{1}",
	Change:         "改为：{1}",
	Changed:        "已改为：{1}。还没有公布。",
}

var announceEnglish = announceWords{
	Full:           "Announce each member's count",
	FullHeard:      "for each comrade, the number of votes in each grade",
	Excellent:      "Announce the Excellent list only",
	ExcellentHeard: "the names of those whose most frequent grade is Excellent, up to the cap",
	Counts:         "Announce grade counts only",
	CountsHeard:    "of how many comrades each grade is the most frequent, without names",
	None:           "Announce no result",
	NoneHeard:      "how many ballots were issued and returned, and no result",
	Ask:            "Announce the vote result?",
	Effect:         "Everybody will hear and see: {1}. Once announced, it cannot be taken back.",
	Committee:      " The counts of the {1} are announced with it.",
	Reveals:        "This would show how individuals voted. Results where all votes agree: {1}; where only one differs: {2}. It is better to announce less.",
	Yes:            "Yes, announce",
	Done:           "The result has been announced.",
	NoneDone:       "The number of ballots is announced; the result is not, and stays with the Party organization.",
	NoneStep:       "Announce the number of ballots (by the rules no result)",
	NoneChosen:     "Announce the number of ballots (no result, as was chosen)",
	NoneAsk:        "Announce the number of ballots?",
	ReadThis:       "This is what is read out and shown on the wall:",
	Read:           "The result of the anonymous vote. {1}.",
	ReadBallots:    "The number of ballots of the anonymous vote. {1}.",
	Anyway:         "Anyway: {1}",
	Change:         "Instead: {1}",
	Changed:        "Changed to: {1}. Not announced yet.",
}

// resultActions are what people call what they do.
var resultActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActPrune:     {"清除测评票密文", "Erase encrypted ballots"},
	meeting.ActBox:       {"取票箱（密文）", "Take the box (encrypted)"},
	meeting.ActWriteOut:  {"写出只给本人看的材料", "Write papers with private text"},
	meeting.ActConfirmed: {"核对回执完毕", "Receipts are confirmed"},
	meeting.ActClose:     {"结束投票", "Close voting"},
	meeting.ActUnseal:    {"开箱", "Unseal the box"},
	meeting.ActResult:    {"看测评结果", "See the vote result"},
	meeting.ActCoarsen:   {"少公布一些结果", "Announce less"},
	meeting.ActAnnounce:  {"公布测评结果", "Announce the result"},
}

// resultSentences say why something is refused and what to do.
var resultSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.NothingWritten:   {"没有写出材料：请重新运行 pingyi papers --private。", "No paper was written: run pingyi papers --private again."},
	meeting.AlreadyPruned:    {"这些内容已经清除，不用再清除。", "This is erased already: there is nothing left to do."},
	meeting.AlreadyAnnounced: {"这次测评的情况已经公布，不能再改：请继续下一步。", "What this vote lets the meeting hear is announced and cannot be changed: go on to the next step."},
	meeting.AlreadyConfirmed: {"回执已经核对完毕，不用再核对。", "The receipts were confirmed before."},
	meeting.AlreadyCounted:   {"这次测评已经计票，不用再开箱了。", "This vote is counted already: there is no need to unseal again."},
	meeting.AlreadyUnsealed:  {"你已经开过箱了：请等其他监票人开箱。", "You have unsealed already: wait for the other scrutineers."},
	meeting.BadPartial:       {"开箱的钥匙没有通过校验：请监票人重新开箱。", "The key for unsealing failed its check: let the scrutineer unseal again."},
	meeting.UnboundPartial:   {"有一份部分解密没有第二份证明（旧格式，或别的工具所做），不能计票和公布：请用 pingyi trustee open 重做。", "A partial decryption lacks the second proof (old format, or another tool's), so nothing is counted or announced: make it again with pingyi trustee open."},
	meeting.NoBallots:        {"还没有收到一张票，不能结束投票：请等大家投票，或写明理由作废；预演就直接结束预演。", "No ballot has been returned yet, so voting cannot end: wait for the votes, or void the vote with a reason in writing; a rehearsal can simply be ended."},
	meeting.NotCoarser:       {"公布的范围只能比规定小：请选更小的一档。", "Less can be announced than the rules say, but not more: choose a narrower level."},
	meeting.NotConfirmed:     {"核对回执还没有结束：{2} 名投票人中 {1} 名已核对。请大家核对，再由主持人结束核对，然后开箱。", "Receipts are still being confirmed: {1} of {2} voters have. Confirm yours; the facilitator ends the confirming, then the box is unsealed."},
	meeting.NotCountedYet:    {"还没有计票：请监票人先开箱。", "The vote is not counted yet: let the scrutineers unseal first."},
	meeting.ResultHeld:       {"按照规定，结果由党组织掌握，不在这里公布：请等会后反馈。", "By the rules, the Party organization holds the results and they are not shown here: wait for the feedback after the meeting."},
	meeting.ResultLater:      {"还没有计票结果：请等监票人开箱。", "There are no results yet: wait for the scrutineers to unseal."},
	meeting.Revealing:        {"公布出来会看出个人的选择：{1} 项全票一致，{2} 项只有一张不同。请少公布一些。", "Announcing this would show how people chose: {1} unanimous, {2} with all but one ballot alike. Announce less."},
	meeting.VotersMissing:    {"还有 {1} 人没有投票；收回 {2} 张，不足 {3} 张的票箱永远不打开：请等他们投票，或写明理由。", "Not voted yet: {1}. Ballots returned: {2}. A box with fewer than {3} is never opened: wait for their votes, or give a reason in writing."},
	meeting.SomeUnconfirmed:  {"{2} 名投票人中 {1} 名核对了回执：请其他人核对，或当场询问有没有异议，写明理由（--reason）。", "{1} of {2} voters confirmed their receipt: let the others confirm theirs, or ask the room for objections and give a reason (--reason)."},
	meeting.TooFewBallots:    {"收回 {1} 票，不到 {2} 票，为了保密不显示分布：请以书面研究代替。", "Ballots returned: {1}, fewer than {2}, so the grades are not shown, to keep the vote secret: deliberate in writing instead."},
}
