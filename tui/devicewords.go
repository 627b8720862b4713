package tui

import "pingyi/meeting"

// deviceWords are for the devices that are remembered.
type deviceWords struct {
	Open, Remember, About, NoKey, None, MayForget, Here, Ask, Yes, Remembered, YesForget, Forgotten string
	Row, Note, AskForget, DidRemember, DidForget                                                    phrase
}

var deviceChinese = deviceWords{
	Open:        "记住的设备",
	Remember:    "记住这台设备",
	About:       "记住这台设备，以后从它登录不用输入会码。",
	NoKey:       "这次登录没有证明任何密钥，没有可记的设备：先在自己的设备上运行 ssh-keygen -t ed25519，再登录一次。",
	None:        "没有记住的设备。",
	MayForget:   "选一台，就可以忘记它。",
	Row:         "{1}  {2}",
	Note:        "第 {1} 号  {2}",
	Here:        "（这台）",
	Ask:         "以后谁能用这台设备，就能不输入会码以你的名义登录、投票。公用的电脑请不要记。",
	Yes:         "是，记住它",
	Remembered:  "已记住这台设备：丢了它，请在这里忘记它。",
	AskForget:   "忘记 {1}？",
	YesForget:   "是，忘记它",
	Forgotten:   "已忘记：它不能再不输入会码就登录。",
	DidRemember: "{1} 的设备已记住（第 {2} 号）",
	DidForget:   "{1} 的设备已忘记（第 {2} 号）",
}

var deviceEnglish = deviceWords{
	Open:        "Remembered devices",
	Remember:    "Remember this device",
	About:       "Once this device is remembered, it signs in without a join code.",
	NoKey:       "This login proved no key, so there is no device to remember: run ssh-keygen -t ed25519 on your own device first, and log in again.",
	None:        "No device is remembered.",
	MayForget:   "Choose one to have it forgotten.",
	Row:         "{1}  {2}",
	Note:        "no. {1}  {2}",
	Here:        " (this one)",
	Ask:         "Whoever can use this device will then log in and vote in your name without a join code. Do not remember a shared computer.",
	Yes:         "Yes, remember it",
	Remembered:  "This device is remembered. If you lose it, forget it here.",
	AskForget:   "Forget {1}?",
	YesForget:   "Yes, forget it",
	Forgotten:   "Forgotten: it no longer comes in without a join code.",
	DidRemember: "Device of {1} remembered (no. {2})",
	DidForget:   "Device of {1} forgotten (no. {2})",
}

// deviceActions are what people call what they do.
var deviceActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActKey: {"记住或忘记设备", "Remember or forget a device"},
}

// deviceSentences say why something is refused and what to do.
var deviceSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.BadKey:          {"这个密钥的写法不对，没有记住：请换一个，ssh-keygen -t ed25519 做的都可以。", "This key is not in the right form, nothing was remembered: use another one; those of ssh-keygen -t ed25519 will do."},
	meeting.KeyKnown:        {"这台设备已经记住了（第 {1} 号）：不用再记。", "This device is remembered already (no. {1}): there is no need to do it again."},
	meeting.KeyTaken:        {"这台设备不能记在你名下：请在自己的设备上用 ssh-keygen -t ed25519 做一个新的密钥。", "This device can't be remembered for you: make a new key with ssh-keygen -t ed25519 on a device of your own."},
	meeting.TooManyKeys:     {"一个人最多记住 {1} 台设备：请先忘记一台。", "At most {1} devices of a person are remembered: forget one first."},
	meeting.DeviceForgotten: {"这台设备已经不再被记住：请用入会码登录。", "This device is no longer remembered: log in with your join code."},
	meeting.DeviceYearOver:  {"{1} 年度已经开始：请重新登录。", "{1} has begun: log in again."},
	meeting.NoSuchDevice:    {"没有这台设备：请看列出的编号。", "There is no such device: look at the numbers in the list."},
}
