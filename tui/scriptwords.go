package tui

// scriptWords stand around the text that is read out, and over the lists at the
// right of the console.
type scriptWords struct {
	Read, Aloud, Prepared, AtHand, Nothing, Wait, Undo, Queue, Silent, NotCome, NotSelf, NotOthers, NotRated, NotVoted, NotChecked, Ungraded string
	Asks, Reason, Does, Count, ReadFor                                                                                                       phrase
}

var scriptChinese = scriptWords{
	Read:       "主持词",
	Aloud:      "请念：",
	Prepared:   "准备好的材料：",
	AtHand:     "这一项的材料在手边：⟦press z⟧ 看。",
	ReadFor:    "宣读 {1} 的书面材料",
	Nothing:    "现在没有要念的。",
	Wait:       "现在只能等，不用按什么。",
	Asks:       "⟦press enter⟧：{1}，先问一句：",
	Reason:     "⟦press enter⟧：{1}，要写理由。",
	Does:       "⟦press enter⟧：{1}。",
	Undo:       "按错了可以⟦press backspace⟧ 撤回。",
	Count:      "{1}（{2}）",
	Queue:      "候言",
	Silent:     "还没有发言",
	NotCome:    "没有签到",
	NotSelf:    "还没有自我批评",
	NotOthers:  "还没有批评过别人",
	NotRated:   "还没有自评",
	NotVoted:   "还没有投票",
	NotChecked: "还没有核对回执",
	Ungraded:   "还没有评定",
}

var scriptEnglish = scriptWords{
	Read:       "Text to read out",
	Aloud:      "Read out:",
	Prepared:   "Prepared for this item:",
	AtHand:     "What was prepared for this item is at hand: ⟦press z⟧.",
	ReadFor:    "Read out the material of {1}",
	Nothing:    "There is nothing to read out now.",
	Wait:       "There is nothing to do but wait.",
	Asks:       "⟦Press enter⟧: {1}, after a question:",
	Reason:     "⟦Press enter⟧: {1}, with a written reason.",
	Does:       "⟦Press enter⟧: {1}.",
	Undo:       " A mistake is taken back with ⟦backspace⟧.",
	Count:      "{1} ({2})",
	Queue:      "Waiting to speak",
	Silent:     "Have not spoken yet",
	NotCome:    "Not signed in",
	NotSelf:    "No self-criticism yet",
	NotOthers:  "No criticism of others",
	NotRated:   "No self-rating yet",
	NotVoted:   "Have not voted yet",
	NotChecked: "Receipt not checked yet",
	Ungraded:   "Not graded yet",
}
