package tui

// systemWords are what an operating system's refusals mean.
type systemWords struct{ NoPermission, NotFolder, NotFile, NotThere, ReadOnly, Full, LongName phrase }

var systemChinese = systemWords{
	NoPermission: "没有权限读写 {1}：请用建这个数据文件夹的账户运行，或把它的所有者和权限改回来",
	NotFolder:    "{1} 或它的上一级是文件，不是文件夹：请检查路径",
	NotFile:      "{1} 不是文件，是文件夹、管道或设备：请检查路径",
	NotThere:     "没有 {1}：请检查路径",
	ReadOnly:     "{1} 所在的磁盘是只读的：请换成可以写的，或复制一份再用",
	Full:         "{1} 所在的磁盘满了：请腾出空间",
	LongName:     "{1} 的名称太长：请换短一些的",
}

var systemEnglish = systemWords{
	NoPermission: "no permission for {1}: run this from the account that made the data folder, or give the file back its owner and mode",
	NotFolder:    "{1}, or what it stands in, is a file and no folder: check the path",
	NotFile:      "{1} is no file but a folder, a pipe or a device: check the path",
	NotThere:     "there is no {1}: check the path",
	ReadOnly:     "the disk of {1} is read-only: use one that can be written, or a copy",
	Full:         "the disk of {1} is full: make space",
	LongName:     "the name of {1} is too long: take a shorter one",
}
