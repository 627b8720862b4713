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
	"roster.column-hidden": {
		"这一列是隐藏的，照样读了；不该导入就请删去这一列",
		"This column is hidden and was read all the same; delete it if it should not be imported",
	},
	"roster.column-missing": {
		"缺少 {1} 列：请在表头中加上",
		"The column {1} is missing: add it to the header",
	},
	"roster.column-twice": {
		"这一列出现了两次：请删去一列",
		"This column is there twice: delete one",
	},
	"roster.column-unread": {
		"没有读这一列",
		"This column is not read",
	},
	"roster.confirmed-already": {
		"预备党员不该有转正时间：请看看类别或转正时间是不是填错了",
		"A probationary member has no date of confirmation: perhaps the kind or the date is wrong",
	},
	"roster.confirmed-early": {
		"转正时间不到入党（{1}）满一年以后：请核对",
		"Confirmed less than a year after joining ({1}): check it",
	},
	"roster.count-fixed": {
		"会议已经结束，应到和评议的人已经定了：请改回原来的。会后转出的，到下一年度（branch next）再改名册，入会码可以先用 codes --revoke 停用；不影响应到的状态（流动、困难等）和职务、党小组这些栏现在也能改",
		"The meeting is over and who was expected and evaluated stands: put back what was there; who has left since is changed in the next year's roster (branch next), and their join code can end now (codes --revoke); a 状态 that leaves 应到 as it is (流动, 困难) and columns such as 职务 and 党小组 can still change",
	},
	"roster.date-bad": {
		"日期应当像 2017-03-16、2017.03 或 2017年3月，月份 1 到 12",
		"A date is written like 2017-03-16, 2017.03 or 2017年3月, with a month from 1 to 12",
	},
	"roster.date-future": {
		"日期还没有到：请核对",
		"This day is still to come: check it",
	},
	"roster.date-serial": {
		"{1} 是 Excel 的日期序号，多半是 {2}：请把这一格设成日期格式，或写成 {2}",
		"{1} is a day's number in Excel, probably {2}: give the cell a date format, or write {2}",
	},
	"roster.date-short": {
		"{1} 是 Excel 自己改写的日期，多半是 {2}：请写成 {2}",
		"{1} is what Excel made of a date, probably {2}: write {2}",
	},
	"roster.groups-alike": {
		"有几种写法的党小组像是同一个：{1}；如果是，请写成一样的",
		"These groups look like one: {1}; if they are, write them in the same way",
	},
	"roster.head-missing": {
		"第 {1} 列没有表头，没有读",
		"Column {1} has no header and is not read",
	},
	"roster.header-missing": {
		"找不到表头：要有一行写着 姓名 和 类别，人员写在它下面；可以用 pingyi roster template 生成一张空表",
		"There is no header: one row should say 姓名 and 类别, with the people below it; pingyi roster template makes an empty sheet",
	},
	"roster.hidden": {
		"这一行是隐藏的（也许被筛选掉了），照样读了；这个人不该在册就请删去这一行",
		"This row is hidden (perhaps by a filter) and was read all the same; delete it if this person does not belong here",
	},
	"roster.id-bad": {
		"编号只能用字母、数字、- 和 _，最多 20 个",
		"An id has letters, digits, - and _ only, at most 20",
	},
	"roster.id-cut": {
		"表格软件把这个编号写成了科学记数法，后面的数字已经丢了：请把这一列设成文本格式，再重新填上编号",
		"A spreadsheet program has shortened this number and its last digits are gone: make the column text, then enter the numbers again",
	},
	"roster.id-of-booth": {
		"booth 是公用终端的名字：请换一个编号",
		"booth is the name of the shared terminal: choose another id",
	},
	"roster.id-of-org": {
		"org 是上级组织的名字：请换一个编号",
		"org is the name of the organisation above: choose another id",
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
	"roster.name-marked": {
		"姓名里有括号或别的符号，会照这样写进所有材料：每格只写一位的姓名，说明请写到别的栏",
		"The name has brackets or other signs, and all papers will have it so: write one person's name in each cell, and explanations in another column",
	},
	"roster.name-missing": {
		"姓名是空的：请填上",
		"The name is empty: fill it in",
	},
	"roster.name-odd": {
		"这不是姓名：请填上姓名，不是人员的行请删去",
		"This is no name: fill it in, or delete the row if it is nobody",
	},
	"roster.nobody": {
		"表头下面没有人员：请每人填一行",
		"There is nobody below the header: fill in one row for each person",
	},
	"roster.post-unsure": {
		"看不出 {1} 是不是本支部的书记：是就写成 书记 或 副书记，不是就写到 职务 一栏",
		"Nobody can tell whether {1} is this branch's secretary: write 书记 or 副书记 if so, else put it into 职务",
	},
	"roster.reason-unknown": {
		"不认识这个不计入应到的原因：请从这些里选，说明写在括号里；计入的人请留空：{1}",
		"This is no known reason to leave somebody out of 应到: choose one of these, with more in brackets; leave it empty for who counts: {1}",
	},
	"roster.same-name": {
		"有同名的人：请给每个人填上编号，重复的行请删去",
		"Several people have this name: give everybody an id, and delete rows that are there twice",
	},
	"roster.secretary-lost": {
		"导入以后名册里没有书记了（原来是 {1}）",
		"After this the roster has no secretary any more (it was {1})",
	},
	"roster.secretary-none": {
		"名册里没有书记：请在党内职务一栏写上 书记",
		"The roster has no secretary: write 书记 in the column 党内职务",
	},
	"roster.secretary-there": {
		"名册里已有书记{1}：请在同一张表里改掉其中一位的党内职务",
		"{1} is on the roster as secretary already: change the post of one of them in the same sheet",
	},
	"roster.secretary-twice": {
		"书记只能有一位：{1}已经是书记",
		"There can be one secretary only: {1} is secretary already",
	},
	"roster.sheet-hidden": {
		"这张工作表是隐藏的，没有读",
		"This sheet is hidden and was not read",
	},
	"roster.sheet-taken": {
		"这张工作表也当作名册读了，读到 {1} 人；不是本支部现在的名册就请删去这张工作表再导入",
		"This sheet was read as part of the roster, too; people on it: {1}. If it is not this branch's roster of today, delete the sheet and import again",
	},
	"roster.sheet-unread": {
		"这张工作表里找不到表头，没有读",
		"This sheet has no header and was not read",
	},
	"roster.skip-header": {
		"又是表头",
		"The header again",
	},
	"roster.skip-nobody": {
		"没有姓名和类别",
		"There is no name and no kind",
	},
	"roster.skip-note": {
		"合计、说明或落款",
		"A total, a remark or a signature",
	},
	"roster.skip-section": {
		"标题行：下面的人归到 {1}",
		"A title: the people below it belong to {1}",
	},
	"roster.skip-struck": {
		"姓名划掉了；这个人在册就请去掉删除线",
		"The name is struck out; remove the line if this person belongs here",
	},
	"roster.standing-unknown": {
		"不认识这个状态：请从这些里选，说明写在括号里：{1}",
		"This is no known 状态: choose one of these, with more in brackets: {1}",
	},
	"roster.table-empty": {
		"表是空的：要有一行表头，至少有 姓名 和 类别 两列",
		"The table is empty: there should be a header with at least 姓名 and 类别",
	},
	"roster.ticks-many": {
		"打了不止一个勾：每人只在一个类别下面打勾",
		"There is more than one tick: everybody has one kind",
	},
	"roster.too-late": {
		"会议已经结束，不能再加人：请删去这一行",
		"The meeting is over and nobody can be added any more: delete this row",
	},
	"roster.too-young": {
		"入党时不满十八岁（出生年月是 {1}）：请核对",
		"Younger than eighteen when joining (born {1}): check it",
	},
	"roster.word-unknown": {
		"类别应当是 正式、预备、群众、列席 之一",
		"The kind should be one of 正式、预备、群众、列席",
	},
}
