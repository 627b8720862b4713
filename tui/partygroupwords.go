package tui

import "pingyi/meeting"

// partyGroupWords are for a large branch that sits by 党小组.
type partyGroupWords struct {
	ByGroups, NoGroup string
	Head, HeadNone, NotFilled, Rated,
	Hint phrase
}

var partyGroupChinese = partyGroupWords{
	ByGroups:  "按党小组进行",
	NoGroup:   meeting.NoGroup,
	Head:      "{1}　记录人 {2}",
	HeadNone:  "{1}　还没有记录人",
	NotFilled: "{1}还没填：{2}",
	Rated:     "{1}　{2}/{3}",
	Hint:      "批评与自我批评、个人自评按党小组进行，各组有自己的记录人：选一位，就是他所在党小组的记录人。现在：{1}。",
}

var partyGroupEnglish = partyGroupWords{
	ByGroups:  "by groups",
	NoGroup:   "no group",
	Head:      "{1}  Recorder: {2}",
	HeadNone:  "{1}  No recorder yet",
	NotFilled: "{1}, not yet: {2}",
	Rated:     "{1}  {2}/{3}",
	Hint:      "Criticism, self-criticism and self-rating are held by Party groups, each with a recorder: whom you choose records their own group. Now: {1}.",
}

// partyGroupSentences say why something is refused and what to do.
var partyGroupSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.NotByGroups:      {"本支部不按党小组进行：人数不多，或名册里没有党小组。请指定全支部的记录人。", "This branch does not sit by groups: it is small, or its roster has no groups. Assign the recorder of the branch."},
	meeting.OtherGroup:       {"{1} 在{2}，批评与自我批评和个人自评按党小组进行：请在自己的党小组里进行。", "{1} is in {2}. Criticism and self-rating are held by Party groups: take part in your own."},
	meeting.GroupsUnrecorded: {"{1} 个党小组还没有记录人：{2}。请在「指定记录人或主持台」里指定。", "Party groups without a recorder: {1} ({2}). Name them under 'Name recorder, console'."},
}
