package tui

// mineWords are for what somebody looks up: the agenda, the records,
// their own part of the meeting.
type mineWords struct {
	Open, Agenda, Own, Order, You, Notes, Records, Opinion, Given, WasRead, NotRead, WillBeRead string
	Left, WrittenOut                                                                            phrase
}

var mineChinese = mineWords{
	Open:       "议程、材料、我的记录",
	Agenda:     "议程、评议次序、还要多久",
	Left:       "这一项大约还要 {1} 分钟，会议大约还要 {2} 分钟。",
	Order:      "评议次序",
	You:        "（你）",
	Own:        "我的记录：交了什么，记了什么",
	Given:      "我提的批评意见",
	Notes:      "我写的会议记录",
	Records:    "我写的材料",
	Opinion:    "我的本人意见",
	WrittenOut: "{1}，服务器的管理员把只给你们看的材料写进了文件夹，理由：{2}",
	WasRead:    "你交的书面材料，会上已经宣读。",
	NotRead:    "你交的书面材料，会上没有宣读。",
	WillBeRead: "你交的书面材料，会上还没有宣读。",
}

var mineEnglish = mineWords{
	Open:       "Agenda, reading, my part",
	Agenda:     "Agenda, turns, time left",
	Left:       "About {1} min left for this item, about {2} min for the meeting.",
	Order:      "Turns",
	You:        " (you)",
	Own:        "My part: handed in, recorded",
	Given:      "My criticism of others",
	Notes:      "What I wrote into the minutes",
	Records:    "My records",
	Opinion:    "My statement",
	WrittenOut: "On {1} the server's keeper wrote papers with your private text into a folder. Reason: {2}",
	WasRead:    "Your written material was read out at the meeting.",
	NotRead:    "Your written material was not read out at the meeting.",
	WillBeRead: "Your written material has not been read out yet.",
}
