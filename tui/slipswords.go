package tui

import "pingyi/meeting"

// slipsWords are for paper slips.
type slipsWords struct {
	PickTitle, PickNote, PickOpen, GiveYes, Agreed, AwaitOther, Title, Returned, Done, Submit,
	ConfirmTitle, ConfirmYes, SavedAgreed, SavedAwait, TakeBack string
	Given, GiveNote, GiveTitle, GiveDone, TakenBack, TakenLate, CountNote, Page, AbstainNote, Review, RowAbstain, ConfirmNote phrase
}

var slipsChinese = slipsWords{
	PickTitle:    "给谁发纸质票？",
	PickNote:     "领纸质票的人不再用电子票，由两位监票人清点录入。",
	PickOpen:     "票箱开着：后到会的、入会码丢了又没投过票的，也可以领。",
	Given:        "已经领了：{1}",
	GiveTitle:    "给 {1} 发纸质票？",
	GiveNote:     "领了纸质票就不在屏幕上投。发出的不到 {1} 张，就不能合计，都要收回。",
	GiveYes:      "是，发纸质票",
	TakeBack:     "收回纸质票",
	TakenBack:    "{1} 的纸质票已收回",
	TakenLate:    "{1} 的纸质票已收回。票箱打开时没有给 TA 电子票：还要投票，请再发一张",
	GiveDone:     "{1} 领了纸质票。",
	Agreed:       "两人录入的一致",
	AwaitOther:   "等另一位监票人录入",
	Title:        "录入纸质票",
	Returned:     "收回纸质票",
	CountNote:    "发出纸质票 {1} 张。请清点收回的张数，再逐人录入各等次的票数。另一位监票人也要录一遍，两人一致才计入。",
	Done:         "填好了",
	Page:         "第 {1} / {2} 页  ",
	AbstainNote:  "收回 {1} 张，没有打钩的算弃权：{2} 张。",
	Review:       "收回 {1} 张。请再对一遍，选一行可以改。",
	Submit:       "录入这些数",
	RowAbstain:   "{1}弃权 {2}",
	ConfirmNote:  "收回纸质票 {1} 张，共 {2} 项。录入后在开箱以前还可以改。",
	ConfirmTitle: "录入纸质票？",
	ConfirmYes:   "是，录入",
	SavedAgreed:  "已录入，与另一位监票人的一致。",
	SavedAwait:   "已录入，等另一位监票人录入同样的数。",
}

var slipsEnglish = slipsWords{
	PickTitle:    "Give a paper slip to whom?",
	PickNote:     "Whoever takes a paper slip no longer votes on screen. Two scrutineers count and record the slips.",
	PickOpen:     "The ballot box is open: latecomers, and who lost the join code and has not voted, can still take one.",
	Given:        "Already given: {1}",
	GiveTitle:    "Give {1} a paper slip?",
	GiveNote:     "Whoever has a slip does not vote on screen. If fewer than {1} slips are out, no sum of them is taken, and all must be taken back.",
	GiveYes:      "Yes, give the slip",
	TakeBack:     "take the slip back",
	TakenBack:    "Paper slip taken back from {1}",
	TakenLate:    "Paper slip taken back from {1}, who has no ballot on screen since the box was opened: to vote they need a slip again",
	GiveDone:     "{1} has a paper slip.",
	Agreed:       "both records agree",
	AwaitOther:   "awaits other scrutineer",
	Title:        "Record paper slips",
	Returned:     "Slips returned",
	CountNote:    "Slips given out: {1}. Count the slips returned, then record for each person how many chose each grade. The other scrutineer does this too: the numbers count only if both agree.",
	Done:         "Done",
	Page:         "Page {1} of {2}  ",
	AbstainNote:  "Slips returned: {1}. Those without a mark count as abstaining: {2}.",
	Review:       "Slips returned: {1}. Check again; choose a row to change it.",
	Submit:       "Record these numbers",
	RowAbstain:   "{1}abstain {2}",
	ConfirmNote:  "Slips returned: {1}, questions: {2}. You can still change this until the box is unsealed.",
	ConfirmTitle: "Record the paper slips?",
	ConfirmYes:   "Yes, record them",
	SavedAgreed:  "Recorded. Your numbers agree with the other scrutineer's.",
	SavedAwait:   "Recorded. Waiting for the other scrutineer to record the same numbers.",
}

// slipsActions are what people call what they do.
var slipsActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActPaper: {"发纸质票", "Give a paper slip"},
	meeting.ActSlips: {"录入纸质票", "Enter paper slips"},
}

// slipsSentences say why something is refused and what to do.
var slipsSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.NoPaper:        {"这次测评没有发纸质票：不用录入。", "No paper slips were given out in this vote: there is nothing to record."},
	meeting.NotOnPaper:     {"{1} 没有领纸质票，不用收回。", "{1} has no paper slip: there is none to take back."},
	meeting.HasVoted:       {"{1} 的票已经在票箱里：不能再领纸质票。", "{1} has a ballot in the box already: there is no paper slip for them."},
	meeting.OnPaperAlready: {"{1} 已经领了纸质票：不用再发。", "{1} has a paper slip already: there is no need to give another."},
	meeting.PaperDiffers:   {"与另一位监票人录入的数不同：请两人对照纸质票再录一次。", "Your numbers differ from the other scrutineer's: compare the paper slips together and record them again."},
	meeting.PaperSums:      {"{1} 一栏的数不对：各等次合计不能超过收回的 {2} 张，请重新清点。", "The numbers for {1} are not right: all grades together cannot exceed the slips returned, {2}. Count again."},
	meeting.SlipsMissing:   {"纸质票的数还没有由两位监票人录成一样：请先录入，再开箱。", "The paper slips are not recorded alike by two scrutineers yet: record them first, then unseal."},
	meeting.TooFewSlips:    {"纸质票只有 {1} 张，不到 {2} 张：这么少的票会说出是谁选的，不能单独合计。请改在共用终端上投（在「发纸质票」里收回，或用单词 paper 编号 --back），或再多发几张纸质票。", "Paper slips: only {1}, fewer than {2}: so few would tell who chose what, and no sum of them is taken. Let these people vote at a booth (take the slip back under 'Give a paper slip', or with the word paper ID --back), or give out more slips."},
	meeting.FewSlipsOut:    {"发出的纸质票只有 {1} 张，不到 {2} 张：这么少的票会说出是谁选的，不能单独合计，所以还不能结束投票。请收回纸质票（在「发纸质票」里，或用单词 paper 编号 --back），或再多发几张。开始投票时领了票的人收回后仍在终端上投；后到的人收回后这次不投票。", "Paper slips given out: only {1}, fewer than {2}: so few would tell who chose what, and no sum of them is taken, so voting cannot end yet. Take the slips back (under 'Give a paper slip', or with the word paper ID --back), or give out more. Who had a ballot when voting began casts it on a terminal again; who came later does not vote this time."},
	meeting.FewSlipsBack:   {"收回的纸质票只有 {1} 张，不到 {2} 张：这么少的票会说出是谁选的，不能单独合计。请两位监票人都录成收回 0 张（这几张票不计入，请写进记录），或写明理由作废这次测评，重新投票。", "Paper slips returned: only {1}, fewer than {2}: so few would tell who chose what, and no sum of them is taken. Let both scrutineers record 0 returned (these slips do not count; put that into the minutes), or make the vote void with a reason and vote again."},
	meeting.TwoScrutineers: {"纸质票要由两位监票人各录一次：请先推选至少两位监票人。", "Two scrutineers must each record the paper slips: elect at least two scrutineers first."},
	meeting.VotesOnPaper:   {"你领了纸质票：请填好投进票箱，不用在这里投。", "You have a paper slip: fill it in and put it in the ballot box. There is no need to vote here."},
}
