package tui

import "pingyi/meeting"

// floorWords are for the queue.
type floorWords struct {
	First, Up, Down, Out, AtEnd string
	Moved, Gone                 phrase
}

var floorChinese = floorWords{
	First: "提到最前",
	Up:    "往前一位",
	Down:  "往后一位",
	Out:   "移出候言",
	AtEnd: "已经在头上或末尾，不能再移。",
	Moved: "{1} 换了位置。",
	Gone:  "{1} 不再候言。",
}

var floorEnglish = floorWords{
	First: "Make them next",
	Up:    "One place up",
	Down:  "One place down",
	Out:   "Take them out",
	AtEnd: "They are first or last already.",
	Moved: "{1} has another place.",
	Gone:  "{1} waits no longer.",
}

// floorActions are what people call what they do.
var floorActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActFloor:  {"申请发言", "Ask for the floor"},
	meeting.ActCall:   {"请人发言", "Give the floor"},
	meeting.ActYield:  {"结束发言", "End speech"},
	meeting.ActPause:  {"暂停或继续计时", "Pause or resume clock"},
	meeting.ActExtend: {"延长时间", "Extend time"},
	meeting.ActQueue:  {"调整候言顺序", "Change the queue"},
}

// floorSentences say why something is refused and what to do.
var floorSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.HasFloor:     {"{1} 正在发言，不用再申请。", "{1} has the floor already: there is no need to ask for it."},
	meeting.InQueue:      {"已经在候言名单里：请等主持人点名。", "Already waiting for the floor: wait until the facilitator calls."},
	meeting.NobodySpeaks: {"现在没有人发言：请先点名请人发言。", "Nobody is speaking now: call someone to speak first."},
	meeting.QueueEmpty:   {"现在没有人候言。", "Nobody waits for the floor now."},
	meeting.NotInQueue:   {"{1} 没有在候言：请看名单再选。", "{1} does not wait for the floor: choose from the list."},
	meeting.NotYourFloor: {"现在不是你发言：请先申请发言。", "You do not have the floor now: ask for the floor first."},
}

// purposes are what they are called.
var purposes = map[meeting.Purpose]twin{
	meeting.ForSpeech:        {"发言", "Speech"},
	meeting.ForSelfCriticism: {"自我批评", "Self-criticism"},
	meeting.ForCriticism:     {"提批评意见", "Criticism"},
	meeting.ForResponse:      {"表态", "Response"},
}
