package tui

// jumpWords are for a machine whose clock was set during the meeting, or stood
// wrong before it.
type jumpWords struct{ Ahead, Behind, Days, Hours, Minutes, Seconds phrase }

var jumpChinese = jumpWords{
	Ahead:   "本机的时钟忽然快了 {1}。会议的时间照原来的走，发言计时不受影响，现在记 {2}。请核对本机的日期和时间；如果是本机的对，休会再续会就改用它。",
	Behind:  "本机的时钟比会议的记录慢 {1}。记录的时间不倒退，接着往下走，发言计时不受影响，现在记 {2}。请核对本机的日期和时间；材料上的日期不对的，请在会议记录里更正。",
	Days:    "{1} 天",
	Hours:   "{1} 小时",
	Minutes: "{1} 分钟",
	Seconds: "{1} 秒",
}

var jumpEnglish = jumpWords{
	Ahead:   "This machine's clock jumped ahead by {1}. The meeting keeps its own time, speaking times are right, and it records {2} now. Check the machine's date and time; if they are right, adjourn and resume to take them up.",
	Behind:  "This machine's clock is {1} behind the meeting's record. Recorded time never goes back, speaking times are right, and it records {2} now. Check the machine's date and time; correct wrong dates in the minutes.",
	Days:    "{1} d",
	Hours:   "{1} h",
	Minutes: "{1} min",
	Seconds: "{1} s",
}
