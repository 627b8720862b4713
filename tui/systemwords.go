package tui

// systemWords are what an operating system's refusals mean.
type systemWords struct {
	NoPermission, NotFolder, NotFile, NotThere, ReadOnly, Full, TooLong, LongName, Failing, Busy, Loop, ManyFiles phrase

	NoHost, NoAnswer, NobodyThere, NoWay, HungUp phrase // of the network
}

var systemChinese = systemWords{
	NoPermission: "没有权限读写 {1}：请用建这个数据文件夹的账户运行，或把它的所有者和权限改回来",
	NotFolder:    "{1} 或它的上一级是文件，不是文件夹：请检查路径",
	NotFile:      "{1} 不是文件，是文件夹、管道或设备：请检查路径",
	NotThere:     "没有 {1}：请检查路径",
	ReadOnly:     "{1} 所在的磁盘是只读的：请换成可以写的，或复制一份再用",
	Full:         "{1} 所在的磁盘满了：请腾出空间",
	TooLong:      "{1} 太大，这里写不下：请写到别的磁盘（FAT 格式的 U 盘一个文件最多 4 GB），或放宽文件大小的限制（ulimit -f）",
	Failing:      "{1} 读写出错，磁盘或 U 盘可能坏了：请换一个，另外留着已有的备份",
	Busy:         "{1} 正被别的程序占用：请关掉它再试",
	Loop:         "{1} 是绕成圈的链接：请检查路径",
	ManyFiles:    "打开的文件太多，{1} 打不开：请关掉别的程序，或放宽限制（ulimit -n）",
	LongName:     "{1} 的名称太长：请换短一些的",
	NoHost:       "找不到主机 {1}：请检查名称，或写 IP 地址",
	NoAnswer:     "{1} 没有应答：请检查那台机器开着没有，防火墙让不让过",
	NobodyThere:  "{1} 上没有程序在听：请检查端口，看那个程序启动了没有",
	NoWay:        "到不了 {1}：请检查网线、Wi-Fi 和地址",
	HungUp:       "{1} 断开了连接：请看那里的程序为什么停了",
}

var systemEnglish = systemWords{
	NoPermission: "no permission for {1}: run this from the account that made the data folder, or give the file back its owner and mode",
	NotFolder:    "{1}, or what it stands in, is a file and no folder: check the path",
	NotFile:      "{1} is no file but a folder, a pipe or a device: check the path",
	NotThere:     "there is no {1}: check the path",
	ReadOnly:     "the disk of {1} is read-only: use one that can be written, or a copy",
	Full:         "the disk of {1} is full: make space",
	TooLong:      "{1} grew too large to be written here: use another disk (FAT takes at most 4 GB a file), or raise the limit (ulimit -f)",
	Failing:      "reading or writing {1} failed, the disk may be bad: use another one, and keep the backups that you have",
	Busy:         "{1} is in use by another program: close that and try again",
	Loop:         "{1} is a link that leads to itself: check the path",
	ManyFiles:    "too many files are open to open {1}: close other programs, or raise the limit (ulimit -n)",
	LongName:     "the name of {1} is too long: take a shorter one",
	NoHost:       "there is no host {1}: check the name, or write an IP address",
	NoAnswer:     "{1} does not answer: check whether the machine is on, and its firewall",
	NobodyThere:  "no program listens at {1}: check the port, and whether that program runs",
	NoWay:        "there is no way to {1}: check the cable, the Wi-Fi and the address",
	HungUp:       "{1} has closed the connection: see why the program there stopped",
}
