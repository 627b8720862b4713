package tui

// sheetFaults say what is wrong with a table that somebody brings, and how to
// mend it in a spreadsheet program.
var sheetFaults = map[string]twin{
	"sheet.cells-too-many": {
		"表的格子太多，请只留下要导入的行和列",
		"The table has too many cells: leave only the rows and columns to import",
	},
	"sheet.cell-too-long": {
		"这一格超过 {1} 个字，请缩短",
		"This cell has more than {1} characters: shorten it",
	},
	"sheet.control-hidden": {
		"这一格里有看不见的控制字符（{1}），请删去后重新输入",
		"This cell has a control character that can't be seen ({1}): delete it and type the text again",
	},
	"sheet.damaged": {
		"工作簿已损坏或不是 xlsx，请用 Excel 或 WPS 打开后另存为 xlsx",
		"The workbook is damaged or no xlsx: open it in Excel or WPS and save it as xlsx",
	},
	"sheet.document-bad": {
		"这不是完好的 docx，请用 Word 或 WPS 打开后另存为 docx，或把文字存成 txt、md",
		"This is no sound docx: open it in Word or WPS and save it as docx, or save the text as txt or md",
	},
	"sheet.document-blank": {
		"这份 docx 里没有文字（扫描件、图片里的字读不出来），没有收下：请交有文字的 docx，或把文字存成 txt、md",
		"This docx has no text, and what scans and pictures show can't be read; it was not taken: bring a docx with text, or save the text as txt or md",
	},
	"sheet.document-large": {
		"文档里的文字超过 {1} MB，请只留下要交的部分",
		"The document has more than {1} MB of text: leave only what is to be handed in",
	},
	"sheet.document-old": {
		"这是旧格式的文档（.doc），请另存为 docx，或把文字存成 txt、md",
		"This is a document of the old format (.doc): save it as docx, or save the text as txt or md",
	},
	"sheet.document-struck": {
		"这份 docx 里有一段划掉了一部分（{1}），没有收下：请删去划掉的字，不删的去掉删除线",
		"In a paragraph of this docx a part is struck out ({1}); it was not taken: delete that part, or take the line off it",
	},
	"sheet.no-running": {
		"这既不是文字（UTF-8 或 GBK），也不是 docx，请存成 txt、md 或 docx 再交",
		"This is neither text (UTF-8 or GBK) nor a docx: hand it in as txt, md or docx",
	},
	"sheet.empty": {
		"表里没有内容，请检查是否选错了文件",
		"There is nothing in the table: perhaps it is the wrong file",
	},
	"sheet.error-value": {
		"这一格是公式出错留下的值，请改成它应当有的文字或数值；没有就清空",
		"This cell holds the error of a formula: put the text or number that it should have, or clear it",
	},
	"sheet.file-too-big": {
		"文件超过 {1} MB，请把要导入的表单独存成一个文件再试",
		"The file has more than {1} MB: save the table to import as a file of its own",
	},
	"sheet.formula": {
		"这一格是公式（以 = 或 @ 开头），请改成普通的文字或数值",
		"This cell is a formula (it begins with = or @): make it plain text or a number",
	},
	"sheet.garbled": {
		"这一格里有乱码，请重新输入",
		"This cell has garbled characters: type it again",
	},
	"sheet.half-struck": {
		"这一格的文字划掉了一部分，请删去划掉的字",
		"A part of this cell's text is struck out: delete that part",
	},
	"sheet.not-text": {
		"这里的文字既不是 UTF-8 也不是 GBK（GB18030），请另存为 xlsx 或 UTF-8 的 csv",
		"This text is neither UTF-8 nor GBK (GB18030): save it as xlsx, or as csv in UTF-8",
	},
	"sheet.nul-byte": {
		"文件里有空字节：它的编码可能是 UTF-16 而没有标记，或者它不是表格，请用 Excel 或 WPS 另存为 xlsx 或 UTF-8 的 csv",
		"The file has NUL bytes: its encoding may be UTF-16 without a mark, or it is no table: save it as xlsx, or as csv in UTF-8, with Excel or WPS",
	},
	"sheet.old-workbook": {
		"这是旧格式的工作簿（.xls），请另存为 xlsx 或 csv",
		"This is a workbook of the old format (.xls): save it as xlsx or csv",
	},
	"sheet.other-format": {
		"这是 {1} 文件，不是表格 xlsx 或 csv：请在写它的程序里把表格另存为 xlsx",
		"This is a file of the kind {1}, no table as xlsx or csv: save the table as xlsx in the program that wrote it",
	},
	"sheet.password": {
		"工作簿设了打开密码，请去掉密码后另存为 xlsx",
		"The workbook has a password: take it off and save it as xlsx",
	},
	"sheet.quote-open": {
		"引号不成对，请在每个带引号的格子两头各加一个引号，格子里面的引号写成两个",
		"A quotation mark has no partner: put one at both ends of each quoted cell, and two for one inside",
	},
	"sheet.row-too-long": {
		"这一行超过 {1} 列，请删去多余的列",
		"This row has more than {1} columns: delete those that are too many",
	},
	"sheet.rows-too-many": {
		"表超过 {1} 行，请分成几个文件导入",
		"The table has more than {1} rows: import it as several files",
	},
	"sheet.text-document": {
		"这是 {1} 文件，里面的表格不能直接读：请把表格复制到 Excel 或 WPS 表格里，另存为 xlsx",
		"This is a file of the kind {1}, whose tables can't be read: copy the table into Excel or WPS Spreadsheets and save it as xlsx",
	},
	"sheet.web-page": {
		"这是网页格式的表格，请用 Excel 或 WPS 打开后另存为 xlsx",
		"This table is a web page: open it in Excel or WPS and save it as xlsx",
	},
	"sheet.workbook-too-big": {
		"工作簿里的内容太多，请只把表格的内容复制到新建的工作簿里再试",
		"There is too much in the workbook: copy only the table into a new one",
	},
}
