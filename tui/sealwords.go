package tui

import "pingyi/meeting"

// sealWords are for scrutineers.
type sealWords struct {
	Title, Alone, CodeAhead, ShowCode, CopyTitle, CopyNote, Copied, TypeTitle, RetypeHint, Done,
	Latin, Characters, OpenTitle, SlipsFirst, OpenNote, KeyGone, KeyGoneLater, Open, ConfirmTitle, ConfirmNote, ConfirmYes, OpenWithCode,
	CodeHint, CodeHintLater, OpenDone string
	WithOthers, Away, AwayLater, Lost, LostLater phrase
}

var sealChinese = sealWords{
	Title:         "请你封箱",
	WithOthers:    "你是监票人。票箱要用你们 {1} 人的钥匙封上，{2} 人中 {3} 人到场即可开箱。",
	Alone:         "你是监票人。票箱要用你的钥匙封上，开箱时也要你在场。",
	CodeAhead:     "下一页会显示 12 个字的恢复码。请准备纸笔抄下，不要拍照，不要给别人看。用读屏软件的请先戴耳机：它会把恢复码念出来。",
	ShowCode:      "显示恢复码",
	CopyTitle:     "抄下恢复码",
	CopyNote:      "封箱以后不再显示。服务器如果中途重启，要用它才能开箱。计票以后请把纸条销毁。",
	Copied:        "抄好了，现在输入一遍",
	Latin:         "改用英文单词",
	Characters:    "改用汉字",
	TypeTitle:     "输入恢复码",
	RetypeHint:    "照抄下的 12 个字（或 12 个英文单词）输入，中间可以有空格，再⟦press return⟧。没有抄全就返回再看，还是同一个。",
	Done:          "已经封箱。请收好恢复码。",
	OpenTitle:     "请你开箱",
	SlipsFirst:    "纸质票还没有两位监票人录入一致：请先录入，再开箱。",
	OpenNote:      "开箱只解开各等次的合计，不会解开任何一张票。开箱后不能收回。",
	KeyGone:       "服务器重启过，内存里没有你的钥匙：要输入你抄下的恢复码。码丢了请告诉主持人：只能作废重投。",
	KeyGoneLater:  "散会以后服务器不留钥匙：要输入你抄下的恢复码。码丢了就开不了箱：请告诉主持人，写进情况报告。",
	Open:          "开箱",
	ConfirmTitle:  "现在开箱？",
	ConfirmNote:   "你同意解开这次测评的合计。",
	ConfirmYes:    "是，开箱",
	OpenWithCode:  "输入恢复码，开箱",
	CodeHint:      "照抄下的 12 个字输入，再⟦press return⟧。码丢了请告诉主持人：只能作废重投。",
	CodeHintLater: "照抄下的 12 个字输入，再⟦press return⟧。码丢了就开不了箱：请告诉主持人，写进情况报告。",
	OpenDone:      "你已开箱。",
	Away:          "监票人 {1} 没有连着服务器，或已离会：这样开不了箱。请先叫回来；来不了就⟦press s⟧ 换人，重新封箱。",
	AwayLater:     "监票人 {1} 没有连着服务器，或已离会：这样开不了箱。请叫回来；来不了只能⟦press x⟧ 作废重投。",
	Lost:          "服务器重启过：开箱时要 {1} 输入恢复码。码丢了，现在就⟦press s⟧ 重新推选，重新封箱。",
	LostLater:     "服务器重启过：开箱要等 {1} 输入恢复码。码丢了，只能⟦press x⟧ 作废重投。",
}

var sealEnglish = sealWords{
	Title:         "Seal the box",
	WithOthers:    "You are a scrutineer. The box is sealed with the keys of all {1} of you; to unseal it, {3} of the {2} must be here.",
	Alone:         "You are a scrutineer. The box is sealed with your key; you must be here to unseal it.",
	CodeAhead:     "The next page shows a recovery code of 12 characters. Have pen and paper ready and copy it. Do not photograph it or show it to anyone. With a screen reader put on headphones first: it reads the code aloud.",
	ShowCode:      "Show recovery code",
	CopyTitle:     "Copy the recovery code",
	CopyNote:      "Once the box is sealed, the code is not shown again. If the server restarts, this code is needed to unseal the box. Destroy the paper after the count.",
	Copied:        "Copied, now type it once",
	Latin:         "Show English words instead",
	Characters:    "Show characters instead",
	TypeTitle:     "Type the recovery code",
	RetypeHint:    "Type the 12 characters (or 12 English words) as you copied them, spaces allowed, then ⟦press return⟧. If something is missing, go back and look again: it is the same code.",
	Done:          "The box is sealed. Keep the recovery code safe.",
	OpenTitle:     "Unseal the box",
	SlipsFirst:    "The paper slips are not recorded alike by two scrutineers yet: record them first, then unseal.",
	OpenNote:      "Unsealing opens only the totals of each grade, never a single ballot. It cannot be undone.",
	KeyGone:       "The server has restarted and no longer has your key: type the recovery code that you copied. If you have lost it, tell the facilitator: the vote can only be voided and held again.",
	KeyGoneLater:  "The meeting is over, and the server keeps no keys after it: type the recovery code that you copied. If you have lost it, the box stays shut: tell the facilitator, who puts it into the situation report.",
	Open:          "Unseal",
	ConfirmTitle:  "Unseal now?",
	ConfirmNote:   "You agree to open the totals of this vote.",
	ConfirmYes:    "Yes, unseal",
	OpenWithCode:  "Type the code and unseal",
	CodeHint:      "Type the 12 characters as you copied them, then ⟦press return⟧. If you have lost them, tell the facilitator: the vote can only be voided and held again.",
	CodeHintLater: "Type the 12 characters as you copied them, then ⟦press return⟧. If you have lost them, the box stays shut: tell the facilitator, who puts it into the situation report.",
	OpenDone:      "You have unsealed the box.",
	Away:          "Scrutineers not connected, or gone: {1}. Their keys are needed to unseal. Call them back first; if they can't come, ⟦press s⟧ to choose others and seal again.",
	AwayLater:     "Scrutineers not connected, or gone: {1}. The box can't be unsealed without them. Call them back; if they can't come, all you can do is ⟦press x⟧ to void the vote and hold it again.",
	Lost:          "The server was restarted. To unseal, recovery codes must be typed by: {1}. If a code is lost, ⟦press s⟧ now to choose scrutineers and seal again.",
	LostLater:     "The server was restarted. To unseal, recovery codes must be typed by: {1}. If a code is lost, all you can do is ⟦press x⟧ to void the vote and hold it again.",
}

// sealSentences say why something is refused and what to do.
var sealSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.AlreadySealed:  {"你已经封过箱了：请等其他监票人封箱。", "You have sealed already: wait for the other scrutineers."},
	meeting.AllNeeded:      {"这次测评要全体监票人一起开箱，没有合成的钥匙：请直接用 trustee init 写出的公开部分封箱。", "Every scrutineer opens this box, so there is no joint key: seal with the public part that trustee init wrote."},
	meeting.BadTrustee:     {"封箱的钥匙没有通过校验：请监票人重新封箱。", "The key for sealing failed its check: let the scrutineer seal again."},
	meeting.CodeNotShown:   {"还没有显示恢复码：请先按封箱，抄下恢复码再输入。", "The recovery code has not been shown yet: press seal first, copy the code, then type it."},
	meeting.CodeMissing:    {"没有输入恢复码：服务器不保存钥匙，重启或散会以后要输入抄下的 12 个字。", "There is no recovery code: the server keeps no key: after a restart, or after the meeting, it needs the 12 characters that you copied."},
	meeting.CodeWrong:      {"恢复码不对：请对照抄下的 12 个字再输一次。", "The recovery code is not right: compare the 12 characters that you copied and type them again."},
	meeting.CodeWordWrong:  {"第 {1} 个字不对：请对照抄下的再输一次。", "Word {1} is not right: compare what you copied and type it again."},
	meeting.CodeLength:     {"恢复码是 12 个字，你输入了 {1} 个：请再输一次。", "The recovery code has 12 words, you typed {1}: type it again."},
	meeting.KeysJoining:    {"服务器正在合成各位监票人的钥匙：请等半分钟再按。到那时还没有合成，就是服务器重启过、钥匙丢了，再按就重新推选监票人。", "The server is joining the scrutineers' keys: try again in half a minute. If they are not joined by then, it was restarted and lost them, and scrutineers are elected again."},
	meeting.KeysLost:       {"封箱中途服务器重启过，前面的钥匙已经丢失：请主持人重新推选监票人，再封箱。", "The server restarted during sealing and the earlier keys are lost: the facilitator has the scrutineers elected again, then they seal again."},
	meeting.NamedTwice:     {"{1} 写了两次：每人只写一次。", "{1} is named twice: name each person only once."},
	meeting.NoScrutineers:  {"还没有监票人：请先推选监票人。", "There are no scrutineers yet: elect scrutineers first."},
	meeting.NotPassed:      {"赞成 {1} 名，应到正式党员 {2} 名，没有超过 {3}/{4}：请研究后重新表决。", "In favor: {1}, full members expected: {2}, not more than {3}/{4}. Deliberate, then vote again."},
	meeting.HandsNoQuorum:  {"在场正式党员 {1} 名，应到 {2} 名，不到规定人数，表决不能通过：请等人到齐后再表决。", "Full members in the room: {1}, expected: {2}, fewer than required, so nothing can pass. Wait for more to come, then vote."},
	meeting.NotSealed:      {"还有 {1} 位监票人没有封箱：请等他们封箱。", "Scrutineers who have not sealed yet: {1}. Wait until they have."},
	meeting.ScrutineerOnly: {"这一步由监票人操作：请监票人来做。", "This step is up to the scrutineers: let a scrutineer do it."},
}

// sealActions are what people call what they do.
var sealActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActScrutineers: {"推选监票人", "Choose scrutineers"},
	meeting.ActSeal:        {"封箱", "Seal the box"},
}
