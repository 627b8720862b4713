package tui

import "pingyi/meeting"

// readinessWords are for 会前体检.
type readinessWords struct {
	Title, Red, Amber, Green, WithReason, AllGreen, Found, Clause, Todo string
	Count, PassedWith, Passed                                           phrase

	Gates   map[string]string       // what each is called
	Clauses map[string]string       // where each is written
	Todos   map[meeting.Code]string // what to do about what was found
}

var readinessChinese = readinessWords{
	Title:      "会前体检",
	Red:        "红",
	Amber:      "黄",
	Green:      "绿",
	WithReason: "已写理由",
	AllGreen:   "会前体检：都齐了",
	Found:      "情况：",
	Clause:     "依据：",
	Todo:       "办法：",
	Count:      "会前体检：红 {1} 项，黄 {2} 项，绿 {3} 项",
	PassedWith: "已写明理由：{1}。",
	Passed:     "会前体检没有齐就继续：{1}",
	Gates:      gather(inChinese, gateTitles),
	Clauses:    gather(inChinese, gateClauses),
	Todos:      gather(inChinese, gateTodos),
}

var readinessEnglish = readinessWords{
	Title:      "Ready?",
	Red:        "Red",
	Amber:      "Amber",
	Green:      "Green",
	WithReason: "Reason given",
	AllGreen:   "Ready: everything is there",
	Found:      "Found: ",
	Clause:     "Clause: ",
	Todo:       "To do: ",
	Count:      "Ready? Red {1}, amber {2}, green {3}",
	PassedWith: " Reason given: {1}.",
	Passed:     "Went on although not everything was ready: {1}",
	Gates:      gather(inEnglish, gateTitles),
	Clauses:    gather(inEnglish, gateClauses),
	Todos:      gather(inEnglish, gateTodos),
}

// gateTitles are what the gates are called.
var gateTitles = map[string]twin{
	"plan":        {"方案", "Plan"},
	"notice":      {"会议通知", "Notice"},
	"study":       {"集中学习", "Study together"},
	"hours":       {"学时", "Hours"},
	"opinions":    {"征求意见", "Opinions"},
	"talks":       {"谈心谈话", "Talks"},
	"selfcheck":   {"班子对照检查", "Self-check"},
	"outlines":    {"发言提纲", "Outlines"},
	"written":     {"书面材料", "Written words"},
	"problems":    {"问题清单", "Problems"},
	"ledger":      {"上年度整改", "Last year"},
	"guide":       {"指导领导", "Guide"},
	"quorum":      {"到会人数", "Quorum"},
	"scrutineers": {"监票人", "Scrutineers"},
	"rehearsal":   {"票箱预演", "Rehearsal"},
}

// gateClauses say where it is written that something has to be ready (DOMAIN.md §2,
// §3).
var gateClauses = map[string]twin{
	"plan":        {"工作方案：制定方案，报上级党组织审核", "Work plan: draw up a plan and submit it to the superior"},
	"notice":      {"会前把时间、地点和内容通知党员", "Tell members time, place and matter before the meeting"},
	"study":       {"没有组织集中学习的，不得召开会议", "Without study together there is no meeting"},
	"hours":       {"工作方案：集中学习与自学相结合，缺席的补课", "Work plan: study together and alone, make up what was missed"},
	"opinions":    {"工作方案：广泛征求党员群众意见，汇总梳理", "Work plan: ask members and masses for opinions and sum them up"},
	"talks":       {"班子成员之间必谈，书记与委员、与党员谈，党员相互谈", "The committee among each other, the secretary with everybody, members with each other"},
	"selfcheck":   {"工作方案：形成支部班子对照检查材料", "Work plan: the committee writes its self-check"},
	"outlines":    {"工作方案：党员个人撰写发言提纲", "Work plan: every member writes an outline"},
	"written":     {"工作方案：不能参加的党员提交个人思想汇报材料", "Work plan: who cannot come hands in written words"},
	"problems":    {"工作方案：列出问题清单", "Work plan: list the problems"},
	"ledger":      {"会上通报上次整改情况", "The meeting hears what became of last time's problems"},
	"guide":       {"工作方案：向上级请示指派领导参加指导", "Work plan: ask the superior for a guide"},
	"quorum":      {"《支部工作条例》第十一条：有表决权的党员半数以上到会", "Regulation on branches, art. 11: at least half of the voting members"},
	"scrutineers": {"民主测评当场推选监票人", "Scrutineers are elected in the meeting"},
	"rehearsal":   {"会前预演一次投票，人人会用", "Try the ballot once before the meeting"},
}

// gateTodos say what to do about what was found.
var gateTodos = map[meeting.Code]twin{ //nolint:exhaustive // the others are found by no gate
	meeting.GateMissing:        {"写好并提交，或发出。", "Write it and hand it in."},
	meeting.GateUnsent:         {"填完必填的栏，提交或发出。", "Fill in what is required and hand it in."},
	meeting.GateAwaits:         {"请上级审定；在纸上批复的，记下文号。", "Ask the superior to decide; record the number of a decision on paper."},
	meeting.GateSentBack:       {"按退回的理由修改，再提交。", "Change it as the superior asks and hand it in again."},
	meeting.GateAhead:          {"办过以后再看；日期写错了的，改正。", "Look again once it has been held; mend the day if it is wrong."},
	meeting.GateLongAgo:        {"请核对年份，改正日期。", "Check the year and mend the day."},
	meeting.GateDayPast:        {"请核对时间；改期的，改好通知再发出。", "Check the time; for another day mend the notice and send it again."},
	meeting.GateOffPlan:        {"请核对时间：改通知再发出，或改方案重报。", "Check the time: mend the notice and send it again, or mend the plan."},
	meeting.DayTooLate:         {"请核对日期。", "Check the day."},
	meeting.NoticeUnconfirmed:  {"请他们登录确认，或打电话告诉他们。", "Ask them to sign on and confirm, or call them."},
	meeting.NoStudyTogether:    {"组织一次集中学习，写学习记录。", "Study together and record it."},
	meeting.StudyLacking:       {"请他们补课，在学习记录里记下。", "Let them make it up, and record it."},
	meeting.NoOpinions:         {"用座谈、个别、问卷等方式征求，记下来。", "Ask for opinions and record them."},
	meeting.OpinionsUnmerged:   {"把意见归并成汇总的几条。", "Merge the opinions into a summary."},
	meeting.TalksShort:         {"请谈得少的人再谈，写谈话记录。", "Let those who have talked with few talk with more, and record it."},
	meeting.TalksLacking:       {"请还没有谈的人谈，写谈话记录。", "Let those talk who have not, and record it."},
	meeting.OutlinesLacking:    {"请他们写好提纲并提交。", "Ask them to write their outlines and hand them in."},
	meeting.WrittenLacking:     {"请他们交书面材料；收到后记缺席时注明。", "Ask them for written words, and note them with the absence."},
	meeting.NoProblems:         {"从意见、谈话和对照检查里列出问题。", "List the problems from opinions, talks and the self-check."},
	meeting.ProblemsUnsorted:   {"给这几条填上类别。", "Fill in their categories."},
	meeting.LastYearOpen:       {"会上通报进展，继续整改到销号。", "Report on them in the meeting and go on until they are closed."},
	meeting.NoGuide:            {"可以向上级请示指派。", "You may ask the superior for one."},
	meeting.GuideAwaited:       {"请上级指派。", "Ask the superior to assign one."},
	meeting.NoQuorum:           {"等人到齐，或改期。", "Wait until enough are here, or hold it another day."},
	meeting.ScrutineersLacking: {"投票前推选监票人。", "Elect scrutineers before voting."},
	meeting.NotRehearsed:       {"会前在控制台「预演一次投票」，至少两人投票，计票后这一项就齐了。", "Rehearse a vote on the console before the meeting: two ballots or more, and count them."},
}

// readinessSentences say what a gate has found.
var readinessSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.GateReady:           {"齐了。", "Ready."},
	meeting.GateUncertain:       {"会上再看。", "This shows during the meeting."},
	meeting.GateRehearsed:       {"{1} 预演过，{2} 人投了票。", "Rehearsed on {1}, ballots: {2}."},
	meeting.NotRehearsed:        {"还没有预演投票。", "The vote was not rehearsed yet."},
	meeting.GateMissing:         {"还没有{1}。", "There is none yet: {1}."},
	meeting.GateUnsent:          {"{1}还没有提交或发出。", "Not handed in yet: {1}."},
	meeting.GateAwaits:          {"{1}还没有经上级审定。", "The superior has not decided yet: {1}."},
	meeting.GateSentBack:        {"{1}被上级退回了。", "The superior has returned it: {1}."},
	meeting.GateAhead:           {"{1}的日期 {2} 还没有到。", "Its day has not come yet: {1}, {2}."},
	meeting.GateLongAgo:         {"{1}的日期 {2} 早于 {3}，不在评议的年度里。", "Its day is before {3}, outside of the year that is evaluated: {1}, {2}."},
	meeting.GateDayPast:         {"{1}的时间 {2} 已经过去，会还没有开。", "Its day has gone by without a meeting: {1}, {2}."},
	meeting.GateOffPlan:         {"{1}的时间 {2} 不在方案定的 {3} 至 {4} 里。", "Its day is outside of the plan's {3} to {4}: {1}, {2}."},
	meeting.NoticeUnconfirmed:   {"还有 {1} 人没有确认通知：{2}。", "Not confirmed the notice yet ({1}): {2}."},
	meeting.NoStudyTogether:     {"还没有集中学习。", "Nothing was studied together yet."},
	meeting.StudyLacking:        {"还有 {1} 人没有学时：{2}。", "No hours of study yet ({1}): {2}."},
	meeting.NoOpinions:          {"还没有征求到意见。", "No opinions were collected yet."},
	meeting.OpinionsUnmerged:    {"{2} 条意见里有 {1} 条没有归并。", "Opinions that are not merged yet: {1} of {2}."},
	meeting.TalksShort:          {"还有 {1} 人谈的人数不够：{2}。", "Have talked with too few ({1}): {2}."},
	meeting.TalksLacking:        {"应谈 {2} 对，还有 {1} 对没有谈：{3}。", "Pairs that have not talked yet: {1} of {2} ({3})."},
	meeting.OutlinesLacking:     {"还有 {1} 人没有提交发言提纲：{2}。", "Outlines not handed in yet ({1}): {2}."},
	meeting.WrittenLacking:      {"缺席的 {1} 人没有书面材料：{2}。", "Absent without written words ({1}): {2}."},
	meeting.NoProblems:          {"还没有列出问题。", "No problems are listed yet."},
	meeting.ProblemsUnsorted:    {"第 {1} 条问题没有类别。", "Problems without a category: {1}."},
	meeting.LastYearOpen:        {"上年度整改还有 {1} 条没有销号。", "Lines of last year's ledger that are open still: {1}."},
	meeting.NoGuide:             {"没有指导领导。", "There is no guide."},
	meeting.GuideAwaited:        {"方案请上级指派指导领导，还没有指派。", "The plan asks the superior for a guide, and none is assigned yet."},
	meeting.ScrutineersLacking:  {"监票人 {1} 名，不足 {2} 名。", "Scrutineers: {1}, fewer than {2}."},
	meeting.ReadyForKeepersOnly: {"会前体检由主持人、支委和上级来看：请问他们。", "The facilitator, the committee and the superior see this: ask them."},
}
