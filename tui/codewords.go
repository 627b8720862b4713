package tui

import "pingyi/meeting"

// codeWords tell what was done with join codes.
type codeWords struct{ DidIssue, DidRevoke phrase }

var codeChinese = codeWords{
	DidIssue:  "发放了 {1} 个入会码",
	DidRevoke: "停用了入会码：{1}",
}

var codeEnglish = codeWords{
	DidIssue:  "Join codes issued: {1}",
	DidRevoke: "join codes ended: {1}",
}

// codeActions are what people call what they do.
var codeActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActCodes: {"发放入会码", "Hand out join codes"},
}

// codeSentences say why a join code no longer counts, and what to do.
var codeSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.CodeReplaced:    {"入会码已经更换：请用新的入会码重新登录。", "The code was replaced: log in again with the new one."},
	meeting.CodeRevoked:     {"这个入会码已经停用：要再进来，请找主持人要新的入会码。", "This code was ended: to come in again ask the facilitator for a new one."},
	meeting.CodeArchived:    {"本支部本年度的材料已经归档，入会码已失效：要看材料请找支部书记，下一年度会发新的入会码。", "The archive of this year is closed and its codes have ended: for papers ask the secretary; next year has new codes."},
	meeting.CodeYearOver:    {"{1} 年度已经开始，上一年度的入会码已失效：请用新的入会码重新登录。", "{1} has begun and the codes of the year before have ended: log in again with the new one."},
	meeting.LeftBranch:      {"名册上写着你已经不在本支部，这个入会码不能再用：有疑问请告诉主持人。", "The roster says that you have left this branch, so this code no longer counts: if that is wrong tell the facilitator."},
	meeting.SuperiorRevoked: {"上级党组织的这个入会码已经停用：要再进来，请找管理服务器的人。", "This code of the superior was ended: to come in again ask whoever manages the server."},
	meeting.NoCode:          {"{1} 没有入会码，不用停用：请检查编号。", "{1} has no join code to end: check the ID."},
}
