package tui

// orgFaults say what is wrong with the organisation's people, or with a file of
// its year.
var orgFaults = map[string]twin{
	"org.day-bad": {
		"没有「{1}」这一天：请写成 2017-03-16",
		"There is no day '{1}': write it as 2017-03-16",
	},
	"org.days-backwards": {
		"截止的一天早于开始的 {1}：请改正",
		"The last day is before the first, {1}: please correct it",
	},
	"org.file-empty": {
		"文件是空的：可用 pingyi org template 得到一份，改好再用",
		"The file is empty: get one with pingyi org template and edit it",
	},
	"org.id-reserved": {
		"编号 {1} 另有用处（screen 投影，booth 公用终端，org 上级党组织）：请换一个编号",
		"The ID {1} is kept for something else (screen, booth, org): choose another",
	},
	"org.id-taken": {
		"编号 {1} 是 {2} 的：请换一个编号",
		"The ID {1} is that of {2}: choose another",
	},
	"org.month-bad": {
		"「{1}」不是月份：请写成 2017-03",
		"'{1}' is no month: write it as 2017-03",
	},
	"org.person-unknown": {
		"上级党组织里没有编号 {1}：用 pingyi superior list 看有哪些",
		"The organisation has no ID {1}: pingyi superior list names them",
	},
}
