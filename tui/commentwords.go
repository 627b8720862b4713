package tui

import "pingyi/meeting"

// commentWords are for anonymous comments.
type commentWords struct {
	Some, None, Cleared, Written, ReadNote, Locked, NoneAtAll, Covered, Stays, Anew, Delete,
	Half, HalfHere, HalfOfBefore, HalfCovered, PutHalf string
	Hint, WriteTitle, HalfFinal phrase
}

var commentChinese = commentWords{
	Some:         "有意见",
	None:         "无",
	Hint:         "可写可不写，最多 {1} 个字，一张票最多写 {2} 位。不署名，计票后支委和本人看得到，请不要写出你是谁。",
	WriteTitle:   "对 {1} 的匿名意见",
	Cleared:      "这一页没有匿名意见。",
	Written:      "匿名意见写好了，和票一起提交。",
	ReadNote:     "只给支委和本人看：请不要投影，不要追问是谁写的。",
	Locked:       "匿名意见没有解开：有监票人的钥匙不在服务器上。",
	NoneAtAll:    "没有匿名意见。",
	Covered:      "断线以前写的一条还在，和票一起提交。为了保密，不再显示。",
	Stays:        "留着，回去",
	Anew:         "重写一条，换掉原来的",
	Delete:       "删去",
	Half:         "没写完",
	HalfHere:     "匿名意见没写完，不在票上：⟦press r⟧ 接着写。",
	HalfOfBefore: "断线以前的匿名意见没写完，不在票上：⟦press r⟧ 决定怎么办。",
	HalfCovered:  "断线以前写的一条没写完，还不在票上。为了保密，不再显示。",
	PutHalf:      "就这样放到票上",
	HalfFinal:    "对 {1} 没写完的匿名意见不随票提交。{2}",
}

var commentEnglish = commentWords{
	Some:         "Remark",
	None:         "None",
	Hint:         "Optional. At most {1} characters, and remarks on at most {2} people on one ballot. Not signed. After the count the committee and the person can read it, so do not write who you are.",
	WriteTitle:   "Anonymous remark on {1}",
	Cleared:      "No anonymous remark on this page.",
	Written:      "Your remark is ready. It is submitted with the ballot.",
	ReadNote:     "Only for the committee and the person: do not project this, and do not ask who wrote it.",
	Locked:       "The anonymous remarks are not unsealed: a scrutineer's key is not on the server.",
	NoneAtAll:    "No anonymous remarks.",
	Covered:      "The remark written before the line broke is kept and is submitted with the ballot. So that it stays secret it is not shown again.",
	Stays:        "Keep it and go back",
	Anew:         "Write another in its place",
	Delete:       "Delete it",
	Half:         "Begun ",
	HalfHere:     "Your remark is not finished, nor on the ballot. ⟦Press r⟧ to go on.",
	HalfOfBefore: "Your remark of before the line broke is not finished, nor on the ballot. ⟦Press r⟧ to decide.",
	HalfCovered:  "The remark that was being written when the line broke is not finished and not on the ballot yet. So that it stays secret it is not shown again.",
	PutHalf:      "Put it on the ballot as it is",
	HalfFinal:    "What you have not finished writing on {1} is not submitted. {2}",
}

// commentSentences say why something is refused and what to do.
var commentSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.NoComments:      {"这次测评不收匿名意见：请只填等次。", "This vote takes no anonymous remarks: choose grades only."},
	meeting.CommentTooLong:  {"匿名意见写了 {1} 个字，最多 {2} 个字：请写短一些。", "The anonymous remark has {1} characters, at most {2} are allowed: make it shorter."},
	meeting.TooManyComments: {"匿名意见写了 {1} 条，最多 {2} 条：请删去一些。", "Anonymous remarks: {1}, at most {2} are allowed. Delete some."},
}

// commentActions are what people call what they do.
var commentActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActComments: {"看匿名意见", "Read the remarks"},
}
