package tui

// boothWords are for the terminal that members without a device share.
type boothWords struct{ Title, Hint, Expired, Voted, NoteReceipt, Leave, Leaving string }

var boothChinese = boothWords{
	Title: "公用终端", Hint: "请输入你自己的入会码，再⟦press return⟧。投完票会自动退出，不会留下什么；一分钟没有动静也会退出。",
	Expired: "太久没有按键，已经退出。", Voted: "票已经投进票箱", NoteReceipt: "请记下回执的前几个字，然后退出，把终端让给下一位。",
	Leave: "记好了，退出", Leaving: "离开以后这里不留下你的任何内容。",
}

var boothEnglish = boothWords{
	Title: "Shared terminal", Hint: "Type your own join code, then ⟦press return⟧. After voting you are logged out and nothing stays; also after a minute in which nothing is done.",
	Expired: "No key for too long: logged out.", Voted: "Your ballot is in the box", NoteReceipt: "Note the first characters of your receipt, then leave the terminal to the next.",
	Leave: "Noted, leave", Leaving: "Nothing of yours stays here.",
}
