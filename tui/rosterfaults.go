package tui

// rosterFaults say what is wrong with a roster that somebody brings. Headers
// and words in cells stay as they are in the sheet.
var rosterFaults = map[string]twin{
	"roster.cell-control": {
		"有看不见的控制字符或换行：请删去后重新输入",
		"There is an invisible control character or a line break: delete it and type the text again",
	},
	"roster.cell-garbled": {
		"有乱码：请重新输入",
		"There are garbled characters: type the text again",
	},
	"roster.cell-long": {
		"有 {1} 个字，最多 {2} 个：请缩短",
		"There are {1} characters, at most {2} fit: shorten it",
	},
	"roster.cell-private": {
		"有自造字（{1}），别的电脑上显示不出来：请换成标准的字",
		"There is a character of somebody's own ({1}) that other computers can't show: use a standard one",
	},
	"roster.column-missing": {
		"缺少 {1} 列：请在表头中加上",
		"The column {1} is missing: add it to the header",
	},
	"roster.column-twice": {
		"这一列出现了两次：请删去一列",
		"This column is there twice: delete one",
	},
	"roster.column-unknown": {
		"不认识的列：请删去这一列，或改成模板里的列名",
		"An unknown column: delete it, or give it a name from the template",
	},
	"roster.count-fixed": {
		"会议已经结束，不能再改应到：请改回原来的",
		"The meeting is over and who is expected can't change any more: put back what was there",
	},
	"roster.date-bad": {
		"日期应当像 2017-03-16、2017.03 或 2017年3月，月份 1 到 12",
		"A date is written like 2017-03-16, 2017.03 or 2017年3月, with a month from 1 to 12",
	},
	"roster.head-missing": {
		"这一格没有表头：请删去，或补上列名",
		"This cell has no header: delete it, or name the column",
	},
	"roster.id-bad": {
		"编号只能用字母、数字、- 和 _，最多 20 个",
		"An id has letters, digits, - and _ only, at most 20",
	},
	"roster.id-of-booth": {
		"booth 是公用终端的名字：请换一个编号",
		"booth is the name of the shared terminal: choose another id",
	},
	"roster.id-of-screen": {
		"screen 是投影的名字：请换一个编号",
		"screen is the name of the projector: choose another id",
	},
	"roster.id-twice": {
		"编号与{1}重复：每人一个编号",
		"{1} has the same id: everybody has one of their own",
	},
	"roster.kind-fixed": {
		"会议已经开始，不能再改类别：请改回原来的",
		"The meeting has begun and the kinds of people can't change any more: put back what was there",
	},
	"roster.kind-unknown": {
		"没有这个类别",
		"There is no such kind",
	},
	"roster.month-unsure": {
		"看不出是 1 月还是 10 月：请写成 {1}.01 或 {1}.10",
		"This may be month 1 or 10: write {1}.01 or {1}.10",
	},
	"roster.name-missing": {
		"姓名是空的：请填上",
		"The name is empty: fill it in",
	},
	"roster.nobody": {
		"表头下面没有人员：请每人填一行",
		"There is nobody below the header: fill in one row for each person",
	},
	"roster.same-name": {
		"有同名的人：请给每个人填上编号，重复的行请删去",
		"Several people have this name: give everybody an id, and delete rows that are there twice",
	},
	"roster.secretary-there": {
		"名册里已有书记{1}：请在同一张表里改掉其中一位的党内职务",
		"{1} is on the roster as secretary already: change the post of one of them in the same sheet",
	},
	"roster.secretary-twice": {
		"书记只能有一位：{1}已经是书记",
		"There can be one secretary only: {1} is secretary already",
	},
	"roster.table-empty": {
		"表是空的：第一行应当是表头，至少有 姓名 和 类别 两列",
		"The table is empty: the first row should be a header with at least 姓名 and 类别",
	},
	"roster.too-late": {
		"会议已经结束，不能再加人：请删去这一行",
		"The meeting is over and nobody can be added any more: delete this row",
	},
	"roster.word-unknown": {
		"类别应当是 正式、预备、群众、列席 之一",
		"The kind should be one of 正式、预备、群众、列席",
	},
}
