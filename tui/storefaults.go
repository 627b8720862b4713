package tui

// storeFaults say what is wrong with the records, with writing them, or with a
// request to a hall.
var storeFaults = map[string]twin{
	"hall.id-used": {
		"这个编号的请求已经做过，是别的事：请换一个编号",
		"A request of this id was done already, and it was another one: take another id",
	},
	"hall.id-earlier-vote": {
		"这个编号是以前那次测评投票用过的，这次的票没有投进去：请换一个编号再投",
		"A ballot of an earlier vote had this id, and this one was not cast: vote again with another id",
	},
	"store.bad-blob": {
		"第 {1} 条的密文与校验值不符",
		"The ciphertext of record {1} does not have its hash",
	},
	"store.bad-body": {
		"第 {1} 条的正文与校验值不符",
		"The text of record {1} does not have its hash",
	},
	"store.bad-class": {
		"第 {1} 条的密文类别不对",
		"The class of the ciphertext of record {1} is wrong",
	},
	"store.bad-format": {
		"不认识的格式 {1}（{2}）",
		"An unknown format {1} ({2})",
	},
	"store.bad-hash": {
		"第 {1} 条的内容与校验值不符",
		"The content of record {1} does not have its hash",
	},
	"store.bad-length": {
		"第 {1} 条的长度不符",
		"The length of record {1} is wrong",
	},
	"store.bad-payload": {
		"第 {1} 条的 payload 不对",
		"The payload of record {1} is wrong",
	},
	"store.bad-prev": {
		"第 {1} 条的 prev 不是 64 位十六进制数",
		"prev of record {1} is no hexadecimal number of 64 digits",
	},
	"store.branch": {
		"支部编号只能用 1 到 64 个字节的字母、数字、- 和 _",
		"The id of a branch is 1 to 64 bytes of letters, digits, - and _",
	},
	"store.chain-breaks": {
		"记录链在第 {1} 条断开",
		"The chain breaks at record {1}",
	},
	"store.class-unknown": {
		"密文类别「{1}」不对",
		"'{1}' is no class of ciphertexts",
	},
	"store.closed": {
		"数据已经关闭，请重新连接",
		"The data is closed: connect again",
	},
	"store.conflict": {
		"别处刚写入了新的记录，请重试",
		"Something new was just written elsewhere: try again",
	},
	"store.copy-kept": {
		"损坏的原文件保存在 {1}",
		"The damaged file was kept as {1}",
	},
	"store.file-damaged": {
		"服务器上的文件 {1} 损坏了：请从备份的 files 文件夹恢复它",
		"The file {1} on the server is damaged: restore it from the folder files of a backup",
	},
	"store.loss-unsure": {
		"文件末尾是否还有别的记录已无法确认，请核对最近的操作",
		"Whether there were more records at the end can't be told any more: check what was done last",
	},
	"store.low": {
		"服务器的磁盘只剩 {1} MB：请腾出空间，满了就什么都记不下来",
		"The server's disk has {1} MB left: make space, as nothing can be recorded on a full disk",
	},
	"store.no-blob": {
		"第 {1} 条没有密文，却标为已清除",
		"Record {1} has no ciphertext and is marked as pruned",
	},
	"store.no-file": {
		"服务器上没有文件 {1}：请从备份的 files 文件夹恢复它",
		"The file {1} is not on the server: restore it from the folder files of a backup",
	},
	"store.no-number": {
		"序号为 0",
		"Its number is 0",
	},
	"store.nothing-lost": {
		"记录没有丢失",
		"No record was lost",
	},
	"store.other": {
		"支部 {1} 的记录和要拷贝的不是同一套：目标要是空的，或是同一次没有拷完的",
		"The records of branch {1} are not those that are copied: the target must be empty, or the same copy unfinished",
	},
	"store.other-hash": {
		"与前一条的校验值不符",
		"It does not follow the hash of the one before",
	},
	"store.other-number": {
		"此处的记录编号却是 {1}",
		"The record there has the number {1}",
	},
	"store.panicked": {
		"程序内部出错，这一操作没有执行，会议可以继续；请把服务器的日志交给维护人员",
		"The program failed inside and this was not done; the meeting can go on; give the server's log to its maintainers",
	},
	"store.record": {
		"记录已损坏",
		"The record is damaged",
	},
	"store.record-unknown": {
		"第 {1} 条记录无法识别",
		"Record {1} can't be understood",
	},
	"store.records-lost": {
		"支部 {1} 保留到第 {2} 条记录，丢失 {3} 条",
		"Branch {1} has its records up to {2}, and lost {3}",
	},
	"store.repaired": {
		"数据文件有损坏，已修复",
		"The data file was damaged and is mended",
	},
	"store.size": {
		"一次提交的内容过大，请分开提交",
		"This is too much at once: hand it in piece by piece",
	},
	"store.stopped": {
		"现在什么都记不下来",
		"Nothing is recorded at the moment",
	},
	"store.too-short": {
		"只有 {1} 字节",
		"It has {1} bytes only",
	},
}
