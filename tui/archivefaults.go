package tui

// archiveFaults say why papers could not be written and what a verification
// found.
var archiveFaults = map[string]twin{
	"archive.ballot-refused": {
		"{1}：{2}",
		"{1}: {2}",
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
		"{1}（记录链）",
		"{1} (the log)",
	},
	"archive.count-incomplete": {
		"{1}：记录里说已经计票，却没有每个票箱的密文之和与计票结果",
		"{1}: the log says that it is counted, but lacks the encrypted sums or the result of a box",
	},
	"archive.credentials-differ": {
		"{1}：投票凭证不同，记录里有 {2} 个（校验值 {3}），{4} 里有 {5} 个（校验值 {6}）",
		"{1}: the voters' credentials differ, {2} in the log (hash {3}), {5} in {4} (hash {6})",
	},
	"archive.election-differs": {
		"{1}：票箱不同，记录里的指纹是 {2}，{3} 的指纹是 {4}",
		"{1}: the box is another one, its fingerprint is {2} in the log and {4} in {3}",
	},
	"archive.file-extra": {
		"多出 {1}：不是这次导出的材料",
		"{1} is not part of this export",
	},
	"archive.file-missing": {
		"缺少 {1}：按记录应当有这个文件",
		"{1} is missing: by the log there should be such a file",
	},
	"archive.file-unreadable": {
		"{1} 读不出",
		"{1} can't be read",
	},
	"archive.folder-not-made": {
		"建不了材料文件夹",
		"The folder of the papers can't be made",
	},
	"archive.key-differs": {
		"{1}：第 {2} 把监票公钥不同，封箱时的校验值是 {3}，开始测评时是 {4}",
		"{1}: key {2} of the scrutineers differs, its hash is {3} at the sealing and {4} at the opening",
	},
	"archive.keys-differ": {
		"{1}：封箱时应有 {2} 把监票公钥，开始测评时有 {3} 把",
		"{1}: the box was sealed with {2} keys and opened with {3}",
	},
	"archive.line-bad": {
		"{1} 第 {2} 行不是一条记录",
		"Line {2} of {1} is no record",
	},
	"archive.lines-differ": {
		"{1} 第 {2} 行的写法与这条记录应有的写法不同",
		"Line {2} of {1} is not written as that record is",
	},
	"archive.log-contradicts": {
		"记录前后矛盾，排不出材料",
		"The records contradict each other, no papers can be made of them",
	},
	"archive.log-empty": {
		"{1} 里一条记录也没有：文件没有拷完，或被清空了，请重新导出或拷贝",
		"There is no record in {1}: it was not copied to its end, or emptied; export or copy it again",
	},
	"archive.log-unreadable": {
		"记录读不出",
		"The records can't be read",
	},
	"archive.no-path": {
		"没有这个文件或文件夹：{1}",
		"There is no file or folder {1}",
	},
	"archive.not-plain": {
		"{1} 不是普通文件，不读",
		"{1} is no plain file and is not read",
	},
	"archive.nothing": {
		"这里既没有 .bel 档案，也没有导出的材料（log.jsonl）；备份要先恢复（pingyi restore）",
		"There is neither a .bel archive here nor an exported folder (log.jsonl); a backup is restored first (pingyi restore)",
	},
	"archive.one-of-folder": {
		"{1} 在导出材料的文件夹里，单独不能核验：请核验整个文件夹 {2}",
		"{1} lies in a folder of exported papers and can't be verified alone: verify the folder {2}",
	},
	"archive.order-differs": {
		"{1}：{2} 里的选票没有按回执排序，与记录写出的不同",
		"{1}: the ballots in {2} are not in the order in which they are written from the log",
	},
	"archive.owner-differs": {
		"{1}：记录里 {2} 开箱应当用第 {3} 把钥匙，用的却是第 {4} 把",
		"{1}: in the log {2} opened the box with key {4}, theirs is key {3}",
	},
	"archive.packed": {
		"{1} 是压缩包或单独的文档：请把整个材料文件夹解压出来，再核验那个文件夹",
		"{1} is a packed file or a single document: unpack the whole folder of papers and verify that",
	},
	"archive.packed-differs": {
		"{1} 与按记录重新排出的不同：请看同名的 md，那里逐行对照",
		"{1} is not what the log gives: see the md of the same name, which is compared line by line",
	},
	"archive.style-bad": {
		"{1} 不能用，docx、xlsx 无法重新排出",
		"{1} can't be used: docx and xlsx can't be rendered again",
	},
	"archive.written-differs": {
		"{1} 与写出时记在记录里的校验值不同",
		"{1} is not the one whose hash the log recorded when it was written",
	},
	"archive.paper-differs": {
		"{1} 第 {2} 行应为「{3}」，文件里是「{4}」",
		"Line {2} of {1} should be '{3}' and is '{4}'",
	},
	"archive.paper-longer": {
		"{1} 到第 {2} 行应当已经结束，文件里还有「{3}」",
		"{1} should end before line {2}, which is '{3}'",
	},
	"archive.paper-shorter": {
		"{1} 第 {2} 行应为「{3}」，文件到这里已经结束",
		"Line {2} of {1} should be '{3}', but the file ends here",
	},
	"archive.partials-differ": {
		"{1}：部分解密不同，记录里是 {2}，{3} 里是 {4}（序号：校验值）",
		"{1}: the partial decryptions differ, {2} in the log, {4} in {3} (number:hash)",
	},
	"archive.pruned-box": {
		"{1}：密文已按审定清除（{2}），共 {3} 张票",
		"{1}: the ciphertexts of {3} ballots were removed as decided ({2})",
	},
	"archive.questions-differ": {
		"{1}：记录里有 {2} 个测评对象，票上有 {3} 题",
		"{1}: the log has {2} subjects, the ballot {3} questions",
	},
	"archive.receipts-differ": {
		"{1}：回执不同，记录里有 {2} 张票，{3} 里有 {4} 张；只在记录里的 {5} 张 {6}，只在档案里的 {7} 张 {8}",
		"{1}: the receipts differ, {2} ballots in the log, {4} in {3}; only in the log {5} {6}, only in the archive {7} {8}",
	},
	"archive.record-unknown": {
		"第 {1} 条记录的内容不认识",
		"The content of record {1} is unknown",
	},
	"archive.subject-differs": {
		"{1}：记录里第 {2} 个测评对象是 {3}，票上第 {2} 题是「{4}」",
		"{1}: subject {2} is {3} in the log, question {2} of the ballot is '{4}'",
	},
	"archive.sum-count-differs": {
		"{1}：密文之和的票数与记录里的 {2} 张不符",
		"{1}: the encrypted sums are not of the {2} ballots of the log",
	},
	"archive.sum-differs": {
		"{1}：「{2}」的票数不同，记录里是 {3}，{4} 里是 {5}",
		"{1}: the sums of '{2}' differ, {3} in the log, {5} in {4}",
	},
	"archive.sums-differ": {
		"{1}：计票结果不同，记录里有 {2} 题，{3} 里得到证实的有 {4} 题",
		"{1}: the results differ, the log has {2} questions, {3} confirms {4}",
	},
	"archive.sums-not-of-shares": {
		"{1}：密文之和与记录的计票结果不一致",
		"{1}: the encrypted sums are not the result of the log",
	},
	"archive.tallies-differ": {
		"{1}：密文之和不同，记录里是 {2}，{3} 里是 {4}（票数：校验值）",
		"{1}: the encrypted sums differ, {2} in the log, {4} in {3} (ballots:hash)",
	},
	"archive.times-differ": {
		"{1}：计票时间不同，记录里是 {2}，{3} 里是 {4}（Unix 秒）",
		"{1}: the time of the count differs, {2} in the log, {4} in {3} (Unix seconds)",
	},
	"archive.too-big": {
		"{1} 有 {2} 字节，最多应为 {3} 字节",
		"{1} has {2} bytes and should have {3} at most",
	},
	"archive.trustees-differ": {
		"{1}：监票人公钥不同，记录里的校验值是 {2}，{3} 里是 {4}",
		"{1}: the scrutineers' keys differ, their hash is {2} in the log and {4} in {3}",
	},
	"archive.unwritable": {
		"写不了 {1}",
		"{1} can't be written",
	},
	"archive.voter-unknown": {
		"{1}：{2} 交回了票，记录里却没有发给 {2}",
		"{1}: {2} returned a ballot that the log did not issue",
	},
	"archive.voters-differ": {
		"{1}：记录里发给 {2} 人，票箱里有 {3} 个投票凭证",
		"{1}: the log has {2} voters, the box {3} credentials",
	},
}
