package tui

// boltFaults say what is wrong with the data file.
var boltFaults = map[string]twin{
	"bolt.checksum": {
		"校验值不符",
		"The checksum is wrong",
	},
	"bolt.damaged": {
		"数据文件在支部 {1} 的第 {2} 条记录处损坏，不能打开，请用备份恢复",
		"The data file is damaged at record {2} of branch {1} and can't be opened: restore it from a backup",
	},
	"bolt.disk": {
		"写入数据文件失败，已停止保存；请检查磁盘空间，然后重新启动程序",
		"Writing the data file failed and nothing is saved any more; check the disk's space and start the program again",
	},
	"bolt.empty": {
		"数据文件是空的（0 字节），不是评议系统写的：里面原来的记录要用备份恢复（pingyi restore 备份文件 --data 新的文件夹）；同步或恢复还没有完成的，等它完成",
		"The data file is empty (0 bytes), which this program never leaves: bring its records back from a backup (pingyi restore BACKUP --data NEW-FOLDER); if a sync or restore is under way, wait for it",
	},
	"bolt.in-branch": {
		"支部 {1}",
		"Branch {1}",
	},
	"bolt.in-record": {
		"支部 {1} 第 {2} 条",
		"Branch {1}, record {2}",
	},
	"bolt.in-use": {
		"数据文件正被另一个程序使用，请先关闭那个程序",
		"Another program has the data file: close it first",
	},
	"bolt.missing": {
		"数据文件不在了：把它放回原处，或用备份恢复（pingyi restore 备份文件 --data 新的文件夹）；只有 pingyi init 会建新的",
		"The data file is missing: put it back, or bring it back from a backup (pingyi restore BACKUP --data NEW-FOLDER); only pingyi init makes a new one",
	},
	"bolt.not-made": {
		"写不了新的数据文件",
		"The new data file can't be written",
	},
	"bolt.not-opened": {
		"打不开数据文件 {1}",
		"The data file {1} can't be opened",
	},
	"bolt.not-whole": {
		"支部 {1} 的第 {2} 条记录已损坏",
		"Record {2} of branch {1} is damaged",
	},
	"bolt.unreadable": {
		"文件不是评议系统的数据，或者已经完全损坏；请检查路径，或用备份恢复",
		"The file is none of this program, or wholly damaged; check the path, or restore it from a backup",
	},
}
