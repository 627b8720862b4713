package tui

// archiveFaults say why papers could not be written and what a verification
// found.
var archiveFaults = map[string]twin{
	"archive.ballot-refused": {
		"{1}：{2}",
		"{1}: {2}",
	},
	"archive.ballots-differ": {
		"{1}：档案里有 {2} 张有效票，记录里有 {3} 张",
		"{1}: the archive has {2} valid ballots, the log has {3}",
	},
	"archive.bound-bad": {
		"{1}：第 {2} 把钥匙的部分解密，第二份证明不成立",
		"{1}: the second proof of the partial decryption with key {2} is wrong",
	},
	"archive.bound-elsewhere": {
		"{1}：单独一个票箱档案证明不了部分解密没有被改动；第二份证明在记录里，请核验导出的整个文件夹",
		"{1}: an archive alone does not prove that no partial decryption was shifted; the second proofs are in the log, so verify the whole exported folder",
	},
	"archive.bound-missing": {
		"{1}：{3} 份部分解密里只有 {2} 份有第二份证明",
		"{1}: only {2} of {3} partial decryptions have the second proof",
	},
	"archive.bound-old": {
		"{1}：旧格式，部分解密没有第二份证明；掌握一把钥匙又投最后一票的人可以改动结果，这里看不出",
		"{1}: old format, the partial decryptions have no second proof; who holds a key and cast the last ballot could have shifted the result unseen",
	},
	"archive.box-missing": {
		"{1}的票箱档案 {2} 缺失",
		"{1}: the archive {2} is missing",
	},
	"archive.box-unreadable": {
		"{1} 读不出",
		"{1} can't be read",
	},
	"archive.box-unwritable": {
		"{1}的票箱档案写不出",
		"{1}: its archive can't be written",
	},
	"archive.chain-broken": {
		"记录链",
		"The log",
	},
	"archive.folder-not-made": {
		"建不了材料文件夹",
		"The folder of the papers can't be made",
	},
	"archive.line-bad": {
		"{1} 第 {2} 行不是一条记录",
		"Line {2} of {1} is no record",
	},
	"archive.log-unreadable": {
		"记录读不出",
		"The records can't be read",
	},
	"archive.minutes-differ": {
		"会议记录 minutes.md 里的记录链校验值与 {1} 不符：不是同一次导出",
		"The minutes in minutes.md name another hash than {1}: they were not exported together",
	},
	"archive.no-path": {
		"没有这个文件或文件夹：{1}",
		"There is no file or folder {1}",
	},
	"archive.nothing": {
		"这里既没有 .bel 档案，也没有导出的材料（log.jsonl）",
		"There is neither a .bel archive here nor an exported folder (log.jsonl)",
	},
	"archive.pruned-box": {
		"{1}：密文已按审定清除（{2}），共 {3} 张票",
		"{1}: the ciphertexts of {3} ballots were removed as decided ({2})",
	},
	"archive.record-unknown": {
		"第 {1} 条记录的内容不认识",
		"The content of record {1} is unknown",
	},
	"archive.sum-count-differs": {
		"{1}：密文之和的票数与记录里的 {2} 张不符",
		"{1}: the encrypted sums are not of the {2} ballots of the log",
	},
	"archive.sums-differ": {
		"{1}：密文之和与记录的计票结果不一致",
		"{1}: the encrypted sums are not the result of the log",
	},
	"archive.unwritable": {
		"写不了 {1}",
		"{1} can't be written",
	},
}
