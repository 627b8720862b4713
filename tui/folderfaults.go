package tui

// folderFaults say what is wrong with the data folder on the server's machine.
var folderFaults = map[string]twin{
	"folder.branches-are": {
		"现有 {1}",
		"There are {1}",
	},
	"folder.branch-unreadable": {
		"支部 {1} 的记录打不开",
		"The records of branch {1} can't be opened",
	},
	"folder.branch-reserved": {
		"编号「{1}」留给上级党组织：请换一个",
		"the id {1} is kept for the organisation: choose another",
	},
	"folder.config-broken": {
		"pingyi.json 损坏",
		"pingyi.json is damaged",
	},
	"folder.database-there": {
		"这里有数据库 pingyi.db，却没有 pingyi.json：再 init 会换掉它的 secret，库里的入会码和票箱就都作废了；请把 pingyi.json 从备份放回来，要另建一个请用 --data 指定别的文件夹",
		"There is a database pingyi.db here but no pingyi.json: a new init would replace its secret, and the join codes and boxes in it would be lost; put pingyi.json back from a backup, or name another folder with --data",
	},
	"folder.exists": {
		"这个数据文件夹已经建好了，不能重复 init；要另建一个，请用 --data 指定别的文件夹",
		"This data folder is there already and can't be made again; for another one, name another folder with --data",
	},
	"folder.group-unknown": {
		"没有群「{1}」，可用的有：Ed25519、BELENIOS-2048",
		"There is no group '{1}'; there are Ed25519 and BELENIOS-2048",
	},
	"folder.head-unreadable": {
		"读不了 {1}（关箱时记下的链头）：请查清谁动过它；票箱不开",
		"{1} (the chain's head at closing) can't be read: find out who touched it; the box is not opened",
	},
	"folder.key-broken": {
		"{1} 损坏",
		"{1} is damaged",
	},
	"folder.key-unreadable": {
		"读不了 {1}",
		"{1} can't be read",
	},
	"folder.no-branch": {
		"没有这个支部「{1}」",
		"There is no branch '{1}'",
	},
	"folder.no-branches": {
		"请先用 pingyi branch add 建一个",
		"Found one first with pingyi branch add",
	},
	"folder.none": {
		"这里没有数据文件夹；请先运行 pingyi init --org 名称",
		"There is no data folder here; first run pingyi init --org NAME",
	},
	"folder.no-year": {
		"支部 {1} 没有 {2} 年度的记录，现有 {3}",
		"Branch {1} has no records of {2}; there are {3}",
	},
	"folder.not-made": {
		"建不了数据文件夹",
		"The data folder can't be made",
	},
	"folder.org-missing": {
		"请用 --org 写明上级党组织（党总支）的名称",
		"Give the name of the superior Party organisation with --org",
	},
	"folder.org-unreadable": {
		"上级党组织的记录打不开",
		"the organisation's records can't be opened",
	},
	"folder.preset-unknown": {
		"没有规则预设「{1}」，可用的有：{2}",
		"There is no preset '{1}'; there are {2}",
	},
	"folder.secret-missing": {
		"数据文件夹里的 secret 文件缺失或损坏：请从备份恢复它，否则入会码和票箱都打不开",
		"The file secret of the data folder is missing or damaged: restore it from a backup, or no join code is known and no ballot box opens",
	},
	"folder.to-read": {
		"这个数据文件夹在这里只能读，开会要能写：请把整个文件夹复制到能写的地方，或者给程序写的权限",
		"This data folder can only be read here, and a meeting writes: copy the whole folder to where it can be written, or give the program leave to write",
	},
	"folder.unreadable": {
		"读不了数据文件夹",
		"The data folder can't be read",
	},
	"folder.unwritable": {
		"写不了 {1}",
		"{1} can't be written",
	},
}
