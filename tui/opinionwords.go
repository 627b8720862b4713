package tui

import "pingyi/meeting"

// opinionWords are for 征求意见: handing in without a name, and the summary.
type opinionWords struct {
	HandIn, Hides, Remains, HandedIn, Summary, Merge, MergeHint, Merged, NoneYet, Close, AskClose, CloseEffect, YesClose, Closed string
	Counts, Waits, Line, Chosen                                                                                                  phrase
}

var chineseOpinion = opinionWords{
	HandIn:      "提一条不署名的意见",
	Hides:       "存下来的没有你的名字和时间，写的是密文；攒够几条，打乱了次序，才一批一批给支委和主持人看。投入以后你自己也不能查、不能改。",
	Remains:     "有一点瞒不住：谁拿着服务器的密钥文件，又在每次投入后各拷一份数据库，可以对出先后；不再收的时候，剩下的也给看，可能只有一条；你投的时候，旁人看得到你在操作；笔调、只有你知道的事，也会让人猜到。",
	HandedIn:    "已投入意见箱，没有署名。",
	Summary:     "意见汇总",
	Merge:       "归并几条意见",
	MergeHint:   "把选中的几条写成汇总里的一条。",
	Merged:      "已归并。",
	NoneYet:     "还没有可以看的意见。",
	Close:       "不再收不署名的意见",
	AskClose:    "不再收不署名的意见？",
	CloseEffect: "以后不能再投。已经投的，不够数也都可以看了。",
	YesClose:    "是，不再收",
	Closed:      "不再收不署名的意见。",
	Counts:      "原始 {1} 条，归并 {2} 条",
	Waits:       "还看不到的不署名的 {1} 条：每满 {2} 条一起看一批，不再收以后都可以看。",
	Line:        "{1}  {2}（{3} 条）",
	Chosen:      "选好了：{1} 条",
}

var englishOpinion = opinionWords{
	HandIn:      "Hand in an opinion without your name",
	Hides:       "What is stored has neither your name nor a time, and is encrypted. The committee and the facilitator read them in batches of several, shuffled. Once handed in, you cannot read or change it either.",
	Remains:     "What it cannot hide: whoever holds the server's secret file and a copy of the database after each entry can tell the order; when no more are taken the rest is shown, perhaps a single one; people see you at your terminal; your style, or what only you know, may give you away.",
	HandedIn:    "It is in the box, without a name.",
	Summary:     "Summary of the opinions",
	Merge:       "Sum up several opinions",
	MergeHint:   "Write one line of the summary for those that you have chosen.",
	Merged:      "Summed up.",
	NoneYet:     "There is no opinion to read yet.",
	Close:       "Take no more without a name",
	AskClose:    "Take no more opinions without a name?",
	CloseEffect: "Nobody can hand one in after that. Those that came can all be read, even if they are few.",
	YesClose:    "Yes, take no more",
	Closed:      "No more opinions without a name are taken.",
	Counts:      "{1} came, {2} in the summary",
	Waits:       "{1} without a name wait: they are read in batches of {2}, and all once no more are taken.",
	Line:        "{1}. {2} (of {3})",
	Chosen:      "Chosen: {1}",
}

// opinionSentences say why an opinion is not taken.
var opinionSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.OpinionsClosed:   {"不再收不署名的意见了：有话请直接告诉支委。", "No more opinions without a name are taken: tell the committee."},
	meeting.OpinionsHeld:     {"征求到的意见由支委和主持人看：你可以提一条不署名的。", "The committee and the facilitator read the opinions: you can hand one in without your name."},
	meeting.OpinionsFull:     {"意见太多，装不下了（最多 {1} 条）：请直接告诉支委。", "There are too many opinions ({1} at most): tell the committee."},
	meeting.OpinionLong:      {"意见太长：请缩短，或分成几条。", "This is too long: shorten it, or hand in several."},
	meeting.OpinionUnsigned:  {"不署名的意见谁也不能改、不能撤：请另记一条。", "Nobody can change an opinion without a name or take it away: write another record."},
	meeting.OpinionUnsealed:  {"服务器没有封存意见的密钥，没有收下：请告诉主持人。", "The server has no key to seal opinions with, nothing was taken: tell the facilitator."},
	meeting.OpinionNumber:    {"抽到的号码有人用了，没有收下：请再交一次。", "The number that was drawn is taken, nothing was recorded: hand it in again."},
	meeting.NothingCollected: {"还没有选意见：请先选要归并的几条。", "No opinion is chosen: choose those to sum up first."},
}

var opinionActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActOpinion: {"提意见", "Opinions"},
}
