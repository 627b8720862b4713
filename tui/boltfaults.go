package tui

// boltFaults say what is wrong with the data file.
var boltFaults = map[string]twin{
	"bolt.bad-index": {
		"索引坏了",
		"The index is damaged",
	},
	"bolt.checksum": {
		"校验值不符",
		"The checksum is wrong",
	},
	"bolt.cut": {
		"数据文件被截短或改写了：请把完整的文件放回原处；放不回来的，停下服务，用备份恢复（pingyi restore）",
		"The data file was cut short or written over: put the whole one back; if that can't be, stop the server and restore a backup (pingyi restore)",
	},
	"bolt.damaged": {
		"数据文件在支部 {1} 的第 {2} 条记录处损坏，不能打开，请用备份恢复",
		"The data file is damaged at record {2} of branch {1} and can't be opened: restore it from a backup",
	},
	"bolt.disk": {
		"写到一半出了错，没有人知道记下了没有：稍后看一看（投票用 receipt 查回执，其他看 mine 或会议），没有的再做一次",
		"Writing broke off, and nobody knows whether this was recorded: look later (receipt for a ballot, else mine or the meeting), and do it again if it is not there",
	},
	"bolt.empty": {
		"数据文件是空的（0 字节），不是评议系统写的：里面原来的记录要用备份恢复（pingyi restore 备份文件 --data 新的文件夹）；同步或恢复还没有完成的，等它完成",
		"The data file is empty (0 bytes), which this program never leaves: bring its records back from a backup (pingyi restore BACKUP --data NEW-FOLDER); if a sync or restore is under way, wait for it",
	},
	"bolt.failing": {
		"磁盘读写出错：请检查磁盘和它的连接",
		"The disk fails: check it and its connection",
	},
	"bolt.full": {
		"磁盘满了：请在服务器上腾出空间",
		"The disk is full: make space on the server",
	},
	"bolt.gone": {
		"数据文件被移走或删除了：请把它放回原处；放不回来的，停下服务，用备份恢复（pingyi restore）",
		"The data file was moved or deleted: put it back; if that can't be, stop the server and restore a backup (pingyi restore)",
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
	"bolt.not-recorded": {
		"没有记下，因为现在什么都记不下来：恢复以后请再做一次",
		"This was not recorded, as nothing can be at the moment: do it again when that is over",
	},
	"bolt.not-opened": {
		"打不开数据文件 {1}",
		"The data file {1} can't be opened",
	},
	"bolt.not-whole": {
		"支部 {1} 的第 {2} 条记录已损坏",
		"Record {2} of branch {1} is damaged",
	},
	"bolt.old-index": {
		"记着最后写到哪里的那一页坏了，用的是再前一次的",
		"The page that tells where the newest records are is damaged: that of the time before was used",
	},
	"bolt.read-only": {
		"磁盘只读，或者程序没有写的权限",
		"The disk is read-only, or the program may not write there",
	},
	"bolt.replaced": {
		"数据文件被换成了别的（同步软件，或没有停下服务就恢复备份）：请把原来的文件放回原处；放不回来的，停下服务，再启动或用备份恢复（pingyi restore）",
		"Another file stands in the place of the data file (a sync program, or a restore beside the running server): put the right one back; if that can't be, stop the server, then start it again or restore a backup (pingyi restore)",
	},
	"bolt.spoilt": {
		"数据文件读出来不完整：请停下服务再启动，会修复或说明原因；修不好的，用备份恢复（pingyi restore）",
		"The data file is not whole: stop the server and start it again, which mends it or says why not; else restore a backup (pingyi restore)",
	},
	"bolt.to-mend": {
		"数据文件要先修复才能读，这里却不能写：请把整个数据文件夹复制到能写的地方再打开",
		"The data file must be mended before it can be read, and nothing can be written here: copy the whole data folder to where it can be",
	},
	"bolt.unreadable": {
		"文件不是评议系统的数据，或者已经完全损坏；请检查路径，或用备份恢复",
		"The file is none of this program, or wholly damaged; check the path, or restore it from a backup",
	},
}
