package tui

// presetFaults say what is wrong with rules that somebody writes. Keys and their
// words stay as they are in the file.
var presetFaults = map[string]twin{
	"preset.ballots-few": {
		"至少要 {1} 张票才显示分布，再少就看得出各人的选择：请写 {1} 或更大的数",
		"A histogram of fewer than {1} ballots would tell who chose what: write {1} or more",
	},
	"preset.box-missing": {
		"议程里没有民主测评（ballot），这个票箱开不了：请在 agenda 里加上，或改成 false",
		"The agenda has no ballot, so this box can't be opened: add one to agenda, or write false",
	},
	"preset.brace-alone": {
		"{ 和 } 要成对，中间是占位符：请改正",
		"{ and } come in pairs around a placeholder: please correct it",
	},
	"preset.closing-last": {
		"最后一项要是散会（closing）：请加在 agenda 末尾，或移到末尾",
		"The last item must be closing: add it at the end of agenda, or move it there",
	},
	"preset.empty": {
		"文件是空的：可用 pingyi preset show seed-2017 得到一份，改好再用",
		"The file is empty: get one with pingyi preset show seed-2017 and edit it",
	},
	"preset.file-too-big": {
		"文件超过 {1} KB，不像是规则：请检查是不是选错了文件",
		"The file has more than {1} KB and does not look like rules: perhaps it is the wrong one",
	},
	"preset.full-width": {
		"这一行有全角的引号、逗号、等号或括号：请换成半角的",
		"There are full-width quotes, commas, equals signs or brackets in this line: replace them by plain ones",
	},
	"preset.id-bad": {
		"编号只能用字母、数字、- 和 _，以字母或数字开头，最多 {1} 个：请改正",
		"An id has letters, digits, - and _, begins with a letter or digit and has at most {1}: please correct it",
	},
	"preset.id-taken": {
		"这是自带预设的编号：请给自己的规则另起一个",
		"This is the id of a preset that comes with the program: give your own rules another",
	},
	"preset.key-twice": {
		"第 {1} 行已经写过：请删去其中一处",
		"Line {1} has it already: delete one of the two",
	},
	"preset.key-unknown": {
		"没有这个键：请删去，或改成 {1} 之一",
		"There is no such key: delete it, or choose one of {1}",
	},
	"preset.kind-missing": {
		"kinds 里没有 {1}：请在 kinds 里加上，或删去这里",
		"kinds does not have {1}: add it there, or delete it here",
	},
	"preset.kind-twice": {
		"议程里已有 {1}，每种只能有一项：请删去一项",
		"The agenda has {1} already and can have one of each kind: delete one",
	},
	"preset.missing": {
		"没有写，或是空的：请补上",
		"It is missing or empty: fill it in",
	},
	"preset.not-day": {
		"「{1}」不是日期：请写成 2017-03-16 这样的一天",
		"'{1}' is no day: write one like 2017-03-16",
	},
	"preset.not-four": {
		"应当正好 4 级，从好到差，现在是 {1} 级：请增减",
		"There must be exactly 4, best first, and there are {1}: add or remove some",
	},
	"preset.not-text": {
		"这不是文本文件：请选 .toml 文件，或在编辑器里另存为 UTF-8 文本",
		"This is no text file: choose a .toml file, or save it as UTF-8 text in the editor",
	},
	"preset.not-utf8": {
		"这一行不是 UTF-8 编码：请在编辑器里另存为 UTF-8",
		"This line is not UTF-8: save the file as UTF-8 in the editor",
	},
	"preset.number-bad": {
		"不能是 {1}：请写 {2} 到 {3} 的整数",
		"It can't be {1}: write a whole number from {2} to {3}",
	},
	"preset.placeholder-unknown": {
		"没有占位符「{1}」：请删去，或改成 {2} 之一",
		"There is no placeholder '{1}': delete it, or choose one of {2}",
	},
	"preset.points-sum": {
		"各项分值加起来应当是 {1}，现在是 {2}：请改正",
		"The points should add up to {1}, and are {2}: please correct them",
	},
	"preset.ratio-over": {
		"这个比例大于全体，永远达不到：请写不超过 {1} 的数",
		"This ratio is more than everybody and can never be reached: write {1} at most",
	},
	"preset.sign-in-first": {
		"第一项要是签到（sign-in）：请加在 agenda 开头，或移到开头",
		"The first item must be sign-in: add it at the beginning of agenda, or move it there",
	},
	"preset.stage-backwards": {
		"早于开始的那天（from = {1}）：请改正",
		"It is before the day that it begins (from = {1}): please correct it",
	},
	"preset.syntax": {
		"这一行的写法不对：应当是「键 = 值」，文字加半角引号，数字不加，开关写 true 或 false，括号要成对；请改正",
		"This line is not well formed: it is 'key = value', with plain quotes around text, none around numbers, true or false for a switch, and brackets in pairs; please correct it",
	},
	"preset.tally-alone": {
		"民主测评（ballot）和计票（tally）要么都有、测评在前，要么都没有：请改正",
		"ballot and tally are both there, the ballot first, or neither: please correct it",
	},
	"preset.template-line": {
		"这一栏只有一行：不能换行，也不能超过 {1} 个字",
		"This field has one line: no line breaks, and at most {1} characters",
	},
	"preset.template-bad": {
		"有控制字符，或超过 {1} 个字：请改正",
		"There are control characters, or more than {1} characters: please correct it",
	},
	"preset.text-bad": {
		"有控制字符、换行，或超过 {1} 个字：请改正",
		"There are control characters or line breaks, or more than {1} characters: please correct it",
	},
	"preset.threshold-over": {
		"开箱要的人数多于监票人（scrutineers = {1}）：请写 {1} 或更小的数，0 表示全体",
		"More are needed to open the box than there are scrutineers ({1}): write {1} or less, or 0 for all",
	},
	"preset.want-list": {
		"应当是一个列表，写在 [ ] 里，各项用逗号隔开：请改正",
		"It should be a list in [ ], with commas between: please correct it",
	},
	"preset.want-number": {
		"应当是整数，不加引号，例如 5：请改正",
		"It should be a whole number without quotes, like 5: please correct it",
	},
	"preset.want-switch": {
		"应当是 true 或 false，不加引号：请改正",
		"It should be true or false without quotes: please correct it",
	},
	"preset.want-table": {
		"应当是一组「键 = 值」，不是单个值：请改正",
		"It should be a table of keys and values: please correct it",
	},
	"preset.want-text": {
		"应当是文字，加半角引号：请改正",
		"It should be text in plain quotes: please correct it",
	},
	"preset.word-twice": {
		"「{1}」出现了两次，就分不清了：请换一个",
		"'{1}' is there twice and can't be told apart: choose another",
	},
	"preset.word-unknown": {
		"不认识「{1}」：请改成 {2} 之一",
		"'{1}' is unknown: choose one of {2}",
	},
}
