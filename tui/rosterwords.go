package tui

import "pingyi/meeting"

// rosterActions are what people call what they do.
var rosterActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActName:   {"指定记录人或主持台", "Name recorder, console"},
	meeting.ActPapers: {"领取会议材料", "Get meeting papers"},
	meeting.ActRoster: {"导入名册", "Import the roster"},
}

// rosterSentences say why something is refused and what to do.
var rosterSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.BadZone:        {"时区「{1}」看不懂：请写成 +08:00。", "The time zone '{1}' cannot be read: write it like +08:00."},
	meeting.AlreadySeated:  {"{1} 已经担任这项工作，不用再指定。", "{1} has this duty already: there is no need to assign it again."},
	meeting.BadID:          {"编号「{1}」不能用：只用字母、数字、- 和 _，最多 20 个。", "The ID '{1}' cannot be used: use only letters, digits, - and _, at most 20."},
	meeting.BadRoster:      {"名册第 {1} 行「{2}」有误：{3}。请改正后再导入。", "Roster row {1}, '{2}', has an error: {3}. Correct it and import again."},
	meeting.BranchExists:   {"支部「{1}」已经建立：请换一个编号。", "The branch '{1}' exists already: choose another ID."},
	meeting.NoChair:        {"名册里没有书记或副书记：请在名册的党内职务一栏填上。", "The roster has no secretary or deputy secretary: fill in the Party post column of the roster."},
	meeting.NotFounded:     {"支部还没有建立：请先在服务器上建立支部并导入名册。", "The branch is not set up yet: set it up on the server and import the roster first."},
	meeting.NotInParty:     {"{1} 不是党员：请选一位党员。", "{1} is not a Party member: choose a member."},
	meeting.NotOnRoster:    {"名册里没有你：请告诉主持人。", "You are not on the roster: tell the facilitator."},
	meeting.WallOnlyShows:  {"这里是投影，只能看：要办事，请用自己的入会码登录，用户名不要写 screen。", "This is the wall, which only shows: to do something, log in with your own join code and another user name than screen."},
	meeting.PartyOnly:      {"这一项由党员参加：有话要说请申请发言。", "This item is for Party members: if you want to say something, ask for the floor."},
	meeting.RemovedTooLate: {"会议已经开始，不能再从名册上移走 {1}：请导入名册，把状态改为 已转出 等，或写上不计入应到的原因。", "The meeting has begun and {1} can't be taken off the roster any more: import the roster with another 状态, e.g. 已转出, or with a reason not to count."},
	meeting.RemovedAfter:   {"会议已经结束，应到的人已经定了，不能再从名册上移走 {1}：下一年度开始时再改名册。", "The meeting is over and who was expected stands: {1} can't be taken off the roster any more; change the roster when the next year begins."},
	meeting.HasLeft:        {"{1} 在名册上的状态是「{2}」，已经不在本支部：还在的，请先改名册。", "{1} is not of this branch any more: the roster has 「{2}」 as 状态. Change the roster first if that is wrong."},
	meeting.HasTakenPart:   {"已经有 {1} 的签到、职责或材料，不能从名册上移走：请导入名册，把状态改为 已转出 等。", "{1} has an attendance, a duty or records and can't be taken off the roster: import the roster with another 状态, e.g. 已转出."},
	meeting.StandsChange:   {"名册里有 {1} 处改动会改变人员的资格，例如 {2} 的{3}：原来是「{4}」，名册里是「{5}」。没有导入；请逐条看过，确实要改就加上 --yes 再导入。", "Changes in the roster that change somebody's standing: {1}, e.g. {3} of {2}: '{4}', now '{5}'. Nothing was imported; look at each of them, and import again with --yes if they are meant."},
	meeting.UnknownMember:  {"名册里没有编号「{1}」：请检查编号。", "The roster has no ID '{1}': check the ID."},
	meeting.UnknownSeat:    {"没有「{1}」这个席位：只能指定主持台、记录人或党小组记录人。", "There is no seat '{1}': only the console, the recorder or a group's recorder can be assigned."},
}

// seats are what they are called.
var seats = map[meeting.Seat]twin{
	meeting.SeatConsole:    {"主持台", "Console"},
	meeting.SeatRecorder:   {"记录人", "Recorder"},
	meeting.SeatGroupNotes: {"党小组记录人", "Group's recorder"},
	meeting.SeatMember:     {"党员", "Member"},
	meeting.SeatCommittee:  {"支部委员", "Committee member"},
	meeting.SeatScrutineer: {"监票人", "Scrutineer"},
	meeting.SeatGuide:      {"指导领导", "Guide"},
	meeting.SeatSuperior:   {"上级", "Superior"},
	meeting.SeatGuest:      {"列席", "Guest"},
	meeting.SeatMass:       {"群众代表", "Non-Party delegate"},
	meeting.SeatProjector:  {"投影", "Projector"},
	meeting.SeatBooth:      {"公用终端", "Booth"},
}

// memberKinds are what they are called.
var memberKinds = map[meeting.Kind]twin{
	meeting.Formal:       {"正式党员", "Full member"},
	meeting.Probationary: {"预备党员", "Probationary member"},
	meeting.Mass:         {"群众代表", "Non-Party delegate"},
	meeting.Guest:        {"列席", "Guest"},
	meeting.Above:        {"上级", "Superior"},
	meeting.Matter:       {"预演题目", "Rehearsal subject"},
}
