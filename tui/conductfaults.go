package tui

// conductFaults say what is wrong with a table of daily conduct that somebody
// brings.
var conductFaults = map[string]twin{
	"conduct.header-missing": {
		"找不到表头：要有一行写着 姓名 或 编号，人员写在它下面",
		"There is no header: one row should say 姓名 or 编号, with the people below it",
	},
	"conduct.head-blank": {
		"第 {1} 列没有表头：请写上这一列是什么，或删去这一列",
		"Column {1} has no header: say what it is, or delete it",
	},
	"conduct.no-facts": {
		"除了姓名和编号没有别的列：请加上要记的情况",
		"There is no column but names and ids: add what is to be kept",
	},
	"conduct.other-name": {
		"这个编号是{1}的：请核对姓名和编号",
		"This id is that of {1}: check the name and the id",
	},
	"conduct.outside": {
		"不是本支部的党员：请删去这一行",
		"This is no party member of the branch: delete the row",
	},
	"conduct.several": {
		"有几个人叫这个名字：请加上 编号 一列",
		"Several people have this name: add a column 编号",
	},
	"conduct.twice": {
		"这个人在第 {1} 行已经有了：请删去一行",
		"This person stands in row {1} already: delete one",
	},
	"conduct.unknown": {
		"名册上没有这个人：请核对，不是人员的行请删去",
		"There is nobody like this on the roster: check it, or delete the row if it is nobody",
	},
}
