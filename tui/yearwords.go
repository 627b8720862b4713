package tui

import "pingyi/meeting"

// yearSentences say why a year does not follow another, or takes no more facts.
var yearSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.StillLive:    {"会议正在进行：请等散会以后再开始下一年度。", "The meeting is being held: begin the next year when it is over."},
	meeting.YearGoesOn:   {"{1} 年度还没有结束：请先结束它。", "The year {1} goes on: end it first."},
	meeting.YearNotLater: {"规则的年度 {1} 不晚于现在的 {2}：请换规则，或另写年度。", "The rules are for {1}, and the branch is at {2}: choose others, or give another year."},
	meeting.YearOver:     {"这个年度已经结束，只能看；{1} 年度已经开始：请到那里去做。", "This year is over and only to be read; {1} has begun: do that there."},
}
