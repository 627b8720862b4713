package tui

import "pingyi/meeting"

// undoWords are for taking the last step back.
type undoWords struct {
	Ask, Yes, Done, Pause, Resume, Console, Silence string
	Last, Item, Round, Speak, SignIn, Told          phrase

	Keys map[meeting.Code]string // the screen's sentences, which name the key to press instead
}

var undoChinese = undoWords{
	Ask:     "撤回刚才的一步？",
	Yes:     "是，撤回",
	Done:    "已撤回。",
	Last:    "刚才的一步：{1}。",
	Item:    "撤回后回到「{1}」，现在这一项算没有做完，以后再来；已经记下的都还在。",
	Round:   "{1}，{2}",
	Speak:   "撤回后 {1} 接着说，从 {2} 接着计时；撤回的一步不进会议记录。",
	Silence: "撤回后没有人发言；撤回的一步不进会议记录。",
	Told:    "{1} 撤回了刚才的一步",
	Pause:   "撤回后计时暂停。",
	Resume:  "撤回后计时继续。",
	SignIn:  "撤回后 {1} 记为已签到。",
	Console: "指定以后不能取消：请只指定要一起操作主持台的人。",
	Keys: map[meeting.Code]string{ //nolint:exhaustive // the other codes are no keys
		meeting.UndoByAbsence:  "签到不能撤回：人没有到，请⟦press a⟧ 记缺席。",
		meeting.UndoByCoarsen:  "这一步不用撤回：公布以前可以⟦press j⟧ 再改。",
		meeting.UndoByElection: "这一步不能撤回：投票开始以前可以⟦press s⟧ 重新推选。",
		meeting.UndoByName:     "这一步不用撤回：换记录人请⟦press c⟧ 再指定。",
		meeting.UndoByPaper:    "这一步不用撤回：⟦press r⟧ 可以收回纸质票，也可以再发。",
		meeting.UndoByYield:    "加的时间不能撤回：说完了请⟦press y⟧。",
	},
}

var undoEnglish = undoWords{
	Ask:     "Take back the last step?",
	Yes:     "Yes, take back",
	Done:    "Taken back.",
	Last:    "The last step: {1}. ",
	Item:    "This goes back to '{1}'. The item open now counts as not done and comes again; everything noted stays.",
	Round:   "{1}, {2}",
	Speak:   "This lets {1} go on speaking, with the clock at {2}; the minutes leave out what is taken back.",
	Silence: "After this nobody has the floor; the minutes leave out what is taken back.",
	Told:    "{1} took back the last step",
	Pause:   "This pauses the clock.",
	Resume:  "This lets the clock run.",
	SignIn:  "This notes {1} as signed in.",
	Console: "This cannot be taken back: assign only those who run the console with you.",
	Keys: map[meeting.Code]string{ //nolint:exhaustive // the other codes are no keys
		meeting.UndoByAbsence:  "A sign-in cannot be taken back: if the person is not here, ⟦press a⟧ and note the absence.",
		meeting.UndoByCoarsen:  "There is no need to take this back: before the announcement, ⟦press j⟧ to change it.",
		meeting.UndoByElection: "This cannot be taken back: before voting begins, ⟦press s⟧ to elect scrutineers again.",
		meeting.UndoByName:     "There is no need to take this back: ⟦press c⟧ to assign another recorder.",
		meeting.UndoByPaper:    "There is no need to undo this: ⟦press r⟧ to take a paper slip back, or to give it out again.",
		meeting.UndoByYield:    "More time cannot be taken back: ⟦press y⟧ when the speech is over.",
	},
}

// undoSentences say why something is refused and what to do.
var undoSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.UndoBegan:      {"会议已经开始，不能撤回。", "The meeting has begun: this cannot be taken back."},
	meeting.UndoByAbsence:  {"签到不能撤回：人没有到，请记缺席。", "A sign-in cannot be taken back: if the person is not here, note the absence."},
	meeting.UndoByCoarsen:  {"这一步不用撤回：公布以前可以再改公布的范围。", "There is no need to take this back: before the announcement it can be changed."},
	meeting.UndoByElection: {"这一步不能撤回：投票开始以前可以重新推选监票人。", "This cannot be taken back: before voting begins, scrutineers can be elected again."},
	meeting.UndoByName:     {"这一步不用撤回：换记录人请再指定。", "There is no need to take this back: assign another recorder."},
	meeting.UndoByNote:     {"会议记录只增不改：写错了请在菜单里更正这一条。", "The minutes only grow: correct the note from the menu."},
	meeting.UndoByPaper:    {"这一步不用撤回：纸质票可以收回，也可以再发。", "There is no need to undo this: a paper slip can be taken back, and given out again."},
	meeting.UndoByRating:   {"这一步不用撤回：在评定表里重新选一次就行。", "There is no need to take this back: just pick again in the rating table."},
	meeting.UndoByYield:    {"加的时间不能撤回：说完了请结束发言。", "More time cannot be taken back: end the speech when it is over."},
	meeting.UndoLater:      {"后来又有变动，不能撤回。", "It has changed since and cannot be taken back."},
	meeting.UndoNever:      {"这一步不能撤回。", "This cannot be taken back."},
	meeting.UndoNothing:    {"你还没有可以撤回的一步。", "You have done no step that could be taken back."},
}

// undoActions are what people call what they do.
var undoActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActUndo: {"撤回刚才的一步", "Take back the last step"},
}
