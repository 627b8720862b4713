package tui

// backupFaults say what is wrong with a backup, or with where it shall go.
var backupFaults = map[string]twin{
	"folder.backup-altered": {
		"备份里的 {1} 和清单对不上：备份损坏或被改动过，没有恢复；请换一份备份",
		"{1} in the backup is not what its list says: the backup is damaged or was altered, nothing is restored; take another one",
	},
	"folder.backup-changed": {
		"{1} 在备份的时候变了：请再试一次",
		"{1} changed while it was copied: try again",
	},
	"folder.backup-differs": {
		"写下的备份读回来不一样：磁盘可能有问题，请换一个地方",
		"The backup that was written reads differently: the disk may be bad, write it elsewhere",
	},
	"folder.backup-folder": {
		"{1} 是文件夹：请写明里面的一个文件名，例如 {1}/评议.backup",
		"{1} is a folder: name a file in it, as {1}/pingyi.backup",
	},
	"folder.backup-empty": {
		"备份文件是空的（0 字节）：没有备份成，或者没有复制完；请换一份备份",
		"The backup is empty (0 bytes): it was not written, or not copied to its end; take another one",
	},
	"folder.backup-foreign": {
		"这不是 pingyi backup 写的备份文件",
		"This is no file that pingyi backup has written",
	},
	"folder.backup-newer": {
		"这份备份的格式是第 {1} 版，这个程序不认识：请用更新的 pingyi 恢复",
		"The backup has format {1}, which this program does not know: restore it with a newer pingyi",
	},
	"folder.backup-odd": {
		"{1} 不是普通文件，备份写不进去：U 盘要先挂载，再写明它的文件夹里的一个文件名",
		"{1} is no plain file, a backup can't be written there: mount the disk and name a file in its folder",
	},
	"folder.backup-own": {
		"{1} 是数据文件夹自己的文件，没有动它：请把备份写到别的地方",
		"{1} belongs to the data folder and was not touched: write the backup elsewhere",
	},
	"folder.backup-plain": {
		"带 secret 文件的备份必须加密：请加 --to 或 --passphrase",
		"A backup with the secret file has to be encrypted: add --to or --passphrase",
	},
	"folder.backup-strange": {
		"备份里有不该有的文件 {1}：没有恢复；请换一份备份",
		"There is a file {1} in the backup that no backup has: nothing is restored; take another one",
	},
	"folder.backup-sum": {
		"备份的校验和不对：它损坏或被改动过，没有恢复；请换一份备份",
		"The backup's checksum is wrong: it is damaged or was altered, nothing is restored; take another one",
	},
	"folder.backup-there": {
		"已经有 {1}，不覆盖：请换一个文件名，或者加 --force",
		"There is {1} already, it is not replaced: take another name, or add --force",
	},
	"folder.backup-torn": {
		"备份不完整，后面的部分没有了：没有恢复；请换一份备份",
		"The backup is torn, its end is missing: nothing is restored; take another one",
	},
	"folder.backup-unread": {
		"读不了备份",
		"The backup can't be read",
	},
	"folder.backup-unwritten": {
		"备份没有写成 {1}",
		"The backup {1} was not written",
	},
	"bolt.mends": {
		"数据文件的末尾或索引损坏",
		"The data file is damaged at its end or in its index",
	},
	"folder.files-not-here": {
		"记录留好了，附件没有从 etcd 取齐：缺的还只在 etcd 里",
		"The records are copied, and not all files were brought from the etcd: the others are only there still",
	},
	"folder.not-empty": {
		"{1} 里已经有东西：只写进新的或空的文件夹，请写明另一个；正在用的数据文件夹不会被动",
		"There is something in {1}: only a new or empty folder is written to, name another one; a folder in use is never touched",
	},
	"folder.not-restored": {
		"没有恢复",
		"Nothing is restored",
	},
	"folder.secret-length": {
		"--secret 指的不是 secret 文件：它正好是 32 个字节",
		"--secret is no secret file: one has just 32 bytes",
	},
	"folder.snapshot-failed": {
		"抄不出数据文件，没有备份",
		"The data file can't be copied, there is no backup",
	},
}
