package tui

import (
	"strings"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// recordWords are for records of all kinds. What a kind's fields are called in
// Chinese stands in its form; in English it stands in Forms.
type recordWords struct {
	States map[meeting.RecordState]string // where they are not called by their own titles
	Types  map[meeting.FieldType]string
	Moves  map[string]moveWords // by their word, or by kind.word where a kind says it otherwise
	Forms  map[meeting.FormName]formWords

	All, Add, Empty, Private, Concerned, State, History, Others, Later, Yes, Not, WriteDay, DayHint, MomentHint, Edit, SignedBy,
	NumberHint, AddRow, RowsDone, Take, Record, Recorded, Updated, Resumed, Drop, Dropped, Remove, RemoveHint,
	RemoveNote, YesRemove, Removed, Overdue, Paper, PaperHint, NoFiles, Door, StudyPlan, Conduct, ConductFrom, SeeConduct, FormsIn, Unwritten, This, Matrix, Unheld, Ahead, StudyTime, FactsHint, CellSep string
	Mine, Says, No, Wanted, Numbered, Count, Required, Write, Chosen, Cell, Missing, AskRemove, AskMove, YesMove, AskChange, ChangeFrom, YesChange,
	FormsOwed, OnPaper, Studied, MadeUp, Owed, Owing, Pair, Held, Until, HasWritten, HasMoved, HasSigned, File, FileGet, FilesHint, PlanHours, HasRemoved phrase

	AtHand, StartsFrom, Scroll, On, Change string // of an outline, while its member speaks

	Received    string // asks to confirm the notice
	NotReceived phrase // how many have not, and who
}

// moveWords are for one of the words that move records.
type moveWords struct {
	Name   string
	Hint   string // for the text that it asks for
	Effect string // said before it is confirmed
	Done   string
}

// formWords are what a kind is called in a language that is not its own: its
// title, and its labels by field, those of columns by field.column.
type formWords struct {
	Title  string
	Labels map[string]string
}

// RecordState says how far a record has come.
func (w *Words) RecordState(state meeting.RecordState) string {
	if name, ok := w.Record.States[state]; ok {
		return name
	}
	return draw.Clean(state.Title())
}

// RecordTitle is what a kind of record is called.
func (w *Words) RecordTitle(f *meeting.Form) string {
	if title := w.Record.Forms[f.Name].Title; title != "" {
		return title
	}
	return f.Title
}

// mineTitle is what a person's own records of a kind are called.
func (w *Words) mineTitle(f *meeting.Form) string {
	return w.Record.Mine.of(strings.ToLower(w.RecordTitle(f)))
}

// label is what a field is called.
func (w *Words) label(f *meeting.Form, x meeting.Field) string {
	if label := w.Record.Forms[f.Name].Labels[x.Name]; label != "" {
		return label
	}
	return x.Label
}

// columnLabel is what a column of a small table is called.
func (w *Words) columnLabel(f *meeting.Form, x meeting.Field, c meeting.Column) string {
	if label := w.Record.Forms[f.Name].Labels[x.Name+"."+c.Name]; label != "" {
		return label
	}
	return c.Label
}

// move is what is said of a word that moves records of a kind.
func (w *Words) move(form meeting.FormName, word string) moveWords {
	said, own := w.Record.Moves[string(form)+"."+word]
	if !own {
		said = w.Record.Moves[word]
	}
	if said.Name == "" {
		said.Name = draw.Clean(word)
	}
	return said
}

// recordArgs are the arguments of a refusal of a record, in words: the codes name
// fields by their Chinese labels, and states, types and what is wrong with a text
// by their names.
func (w *Words) recordArgs(code meeting.Code, args []string) []string {
	if len(args) == 0 {
		return args
	}
	said := append([]string{}, args...)
	switch code {
	case meeting.RecordStands, meeting.HandedIn, meeting.NotHandedIn, meeting.Decided:
		said[0] = w.RecordState(meeting.RecordState(args[0]))
		return said
	case meeting.FieldStands:
		return []string{w.labels(args[0]), w.RecordState(meeting.RecordState(args[len(args)-1]))}
	case meeting.GateMissing, meeting.GateUnsent, meeting.GateAwaits, meeting.GateSentBack, meeting.GateAhead, meeting.GateLongAgo, meeting.GateDayPast, meeting.GateOffPlan:
		said[0] = w.whatTitle(args[0])
		return said
	case meeting.DayTooLate, meeting.DayTooEarly:
		said[1] = w.whatTitle(args[1])
		return said
	case meeting.RecordChanged, meeting.ReadAgain, meeting.FieldDay, meeting.FieldForbidden, meeting.FieldFollows, meeting.FieldOnMove, meeting.FieldKind, meeting.FieldMissing, meeting.FieldMoment,
		meeting.FieldNumber, meeting.FieldPerson, meeting.FieldPlaceholder, meeting.FieldRows, meeting.FieldText, meeting.FieldTooMany, meeting.FieldWord, meeting.FieldYes, meeting.FieldFile, meeting.DaysReversed:
	default:
		return args
	}
	said[0] = w.labels(args[0])
	switch {
	case code == meeting.FieldText && len(args) > 1:
		said = []string{said[0], w.sentence(meeting.Code(args[1]), args[2:])}
	case code == meeting.DaysReversed && len(args) > 1:
		said[1] = w.labels(args[1])
	case code == meeting.FieldKind && len(args) > 2:
		said[2] = word(w.Record.Types, meeting.FieldType(args[2]))
	}
	return said
}

// labels translates the Chinese labels in a list, as A、B or A·B.
func (w *Words) labels(text string) string {
	if text == "" {
		return w.Record.This
	}
	names := map[string]string{}
	for _, f := range meeting.Forms() {
		for _, x := range f.Fields {
			names[x.Label] = w.label(f, x)
			for _, c := range x.Columns {
				names[c.Label] = w.columnLabel(f, x, c)
			}
		}
	}
	parts := strings.Split(text, "、")
	for i, p := range parts {
		field, column, inside := strings.Cut(p, "·")
		if name := names[field]; name != "" {
			field = name
		} else {
			field = w.term(field)
		}
		if name := names[column]; name != "" {
			column = name
		}
		parts[i] = field
		if inside {
			parts[i] += " " + column
		}
	}
	return strings.Join(parts, w.Happening.NameSep)
}

var chineseRecords = recordWords{
	Types: map[meeting.FieldType]string{
		meeting.LineField: "一行文字", meeting.TextField: "文字", meeting.DayField: "日期", meeting.MomentField: "时间", meeting.PersonField: "一个编号",
		meeting.PeopleField: "几个编号", meeting.WordField: "一个选项", meeting.NumberField: "一个数", meeting.YesField: "true 或 false", meeting.RowsField: "小表",
		meeting.FilesField: "几个交来的文件",
	},
	Moves: map[string]moveWords{
		"outline.submit": {Name: "提交", Effect: "提交以后，主持人看得到你交了，看不到写了什么；你没有到会的话，它就是书面材料，轮到你时宣读。会前还可以改，改了要再提交。", Done: "已提交。"},
		"submit":         {Name: "提交", Effect: "提交以后还可以改，改了是新的一版，要再提交。", Done: "已提交。"},
		"approve":        {Name: "同意", Effect: "同意的是现在这一版。以后改了，要再送一次。", Done: "已同意。"},
		"return":         {Name: "退回", Hint: "为什么退回，要改哪里，写清楚。", Effect: "退回以后由支部修改，再送一次。两版都留着。", Done: "已退回。"},
		"post":           {Name: "开始公示", Effect: "公示以后内容和日期不能再改，只能记异议和处理情况。", Done: "已开始公示。"},
		"assess.submit":  {Name: "提交自查", Effect: "提交以后由上级督查，自查得分和说明不能再改。", Done: "已提交，等上级督查。"},
		"inspect":        {Name: "督查完毕", Effect: "督查完毕以后，得分、原因和结果不能再改。结果由上级选定，不按得分计算。", Done: "督查完毕。"},
		"publish":        {Name: "通报", Effect: "通报以后，支部的每个党员都看得到得分、原因和结果。", Done: "已通报。"},
		"file":           {Name: "存档", Effect: "存档以后不能再改。", Done: "已存档。"},
		"end":            {Name: "结束公示", Effect: "结束以后这一条不能再改。", Done: "公示结束。"},
		"receive":        {Name: "收下", Effect: "收下以后，支部看得到你收到了。", Done: "已收下。"},
		"send":           {Name: "发出", Effect: "发出以后，每个党员登录时都看得到，要各自确认。", Done: "已发出。"},
		"share":          {Name: "给主持人看", Effect: "提交以后，主持人和记录人就看得到全文。改了以后要重新同意。", Done: "主持人可以看你的提纲了。"},
		"notice.confirm": {Name: "确认收到", Effect: "主持人看得到你收到了通知。通知改了再发，要重新确认。", Done: "已确认收到通知。"},
		"confirm":        {Name: "确认谈过", Effect: "确认以后，记录就算双方都认可。写的人改动以后要重新确认。", Done: "已确认。"},
		"drop":           {Name: "不列入", Hint: "为什么不列入整改，写一句话。", Effect: "不列入的留在清单上，写明理由，不能再改。", Done: "已标为不列入。"},
		"close":          {Name: "销号", Hint: "谁验收的，怎么看的，写一句话。", Effect: "销号以后这一条不能再改。", Done: "已经销号。"},

		"register.submit": {Name: "提交", Effect: "提交以后，主持人和支委看得到，会后同等次一起送上级。送出以前还可以改，改了要再提交。", Done: "已提交。"},
	},
	All:         "会前会后的材料",
	Add:         "加一条",
	Edit:        "改这一条",
	SignedBy:    "确认的人：",
	No:          "第 {1} 条",
	Wanted:      "请你{1}",
	Empty:       "这里还没有你可以看的条目。",
	Private:     "其余的内容只有当事人看得到。",
	Concerned:   "这一栏只有当事人看得到。",
	State:       "状态：",
	History:     "经过：",
	Others:      "其余的栏",
	Later:       "先空着",
	Yes:         "是",
	Not:         "否",
	WriteDay:    "写日期",
	DayHint:     "写成 2017-06-30 这样，现在不填就空着⟦press return⟧。",
	MomentHint:  "写成 2017-06-30 14:30 这样，只写日期也行，现在不填就空着⟦press return⟧。",
	NumberHint:  "写一个数，最多两位小数，现在不填就空着⟦press return⟧。",
	Paper:       "上级批复的文号",
	PaperHint:   "上级在纸上批复的，写上文号。上级自己登录时不用你记。",
	OnPaper:     "上级书面批复，文号：{1}",
	NoFiles:     "你还没有交来文件。",
	FilesHint:   "照片、扫描件、PDF、Word、Excel，每个不超过 5 MB。在自己的电脑上：{1} file add 文件名 < 文件，交来的就列在这里。",
	FileGet:     "取文件，在自己的电脑上：{1} file get {2} > 文件名",
	File:        "{1}（{2}，编号 {3}）",
	Door:        "ssh 服务器",
	StudyPlan:   "上级的逐月学习计划",
	PlanHours:   "{1} 学时",
	Conduct:     "供评定时参考，不打分、不排名。",
	ConductFrom: "学时、谈话、整改从记录里来；别的情况可以带一张表，有姓名或编号一列，在自己的电脑上：ssh 服务器 conduct add < 表.xlsx。",
	FormsOwed:   "还没有交的：{1}",
	FormsIn:     "都交了。",
	Unwritten:   "还没有写",
	SeeConduct:  "平时表现",
	AddRow:      "加一行",
	RowsDone:    "这一栏好了",
	Take:        "写好了，下一步",
	Record:      "记下来",
	Recorded:    "已记下。",
	Updated:     "已更新。",
	Resumed:     "接着写上次没有交的。",
	Drop:        "不写了，丢掉草稿",
	Dropped:     "草稿已经丢掉。",
	Remove:      "撤去这一条",
	RemoveHint:  "为什么撤去，写一句话。",
	RemoveNote:  "撤去以后不再列出，序号不再用。",
	YesRemove:   "是，撤去",
	Removed:     "已撤去。",
	Overdue:     "已逾期",
	This:        "这一条",
	Matrix:      "谁和谁该谈",
	Unheld:      "还没有谈",
	FactsHint:   "大括号里的是数字，读的时候按事实填，不会过时，照样留着；不要的可以删。",
	Ahead:       "日期还没有到",
	StudyTime:   "各人的学时",
	Studied:     "{1} 学时，{2} 次",
	MadeUp:      "其中补课 {1} 次",
	CellSep:     "；",
	Mine:        "我的{1}",
	Says:        "{1}：{2}",
	Numbered:    "{1}第 {2} 条",
	Count:       "{1} 条",
	Required:    "{1}（必填）",
	Write:       "写：{1}",
	Chosen:      "选好了：{1}",
	Cell:        "第 {1} 行：{2}",
	Missing:     "还没有填：{1}。可以先记下，以后再补。",
	AskRemove:   "撤去{1}？",
	AskMove:     "{1}：{2}？",
	YesMove:     "是，{1}",
	AskChange:   "改「{1}」？",
	ChangeFrom:  "{1}：由「{2}」改为「{3}」。",
	YesChange:   "是，改为「{1}」",
	Owed:        "还要和 {1} 谈",
	Owing:       "还差 {1} 次",
	Pair:        "{1} 和 {2}",
	Held:        "谈过 {1} 次，{2}",
	Until:       "{1}，时限 {2}",
	HasWritten:  "{1} 更新了{2}",
	HasMoved:    "{1}第 {2} 条：{3}",
	HasSigned:   "{1} {2}（{3}）",
	HasRemoved:  "{1}第 {2} 条撤去了",
	Received:    "看上面的会议通知，看过请⟦press w⟧ 确认收到。",
	NotReceived: "还没有确认会议通知的 {1} 位：{2}",

	AtHand:     "你的提纲在手边：⟦press o⟧ 看。",
	StartsFrom: "从你的提纲开始写，可以改。",
	Scroll:     "上下看",
	On:         "往下看",
	Change:     "改提纲",
}

var englishRecords = recordWords{
	States: map[meeting.RecordState]string{
		meeting.Draft: "draft", meeting.Kept: "recorded", meeting.Submitted: "handed in", meeting.Confirmed: "confirmed",
		meeting.OpenState: "open", meeting.ShutState: "closed", meeting.Approved: "approved", meeting.Returned: "returned", meeting.Received: "received",
		meeting.Sent: "sent", meeting.Merged: "merged", meeting.Dropped: "dropped", meeting.InLedger: "in the ledger", meeting.Posted: "posted",
		meeting.Ended: "ended", meeting.Checked: "checked by the branch", meeting.Inspected: "inspected", meeting.Published: "published",
		meeting.Filed: "filed", meeting.Proposed: "proposed by the branch", meeting.Answered: "acknowledged",
	},
	Types: map[meeting.FieldType]string{
		meeting.LineField: "a line of text", meeting.TextField: "text", meeting.DayField: "a date", meeting.MomentField: "a time", meeting.PersonField: "an ID",
		meeting.PeopleField: "a list of IDs", meeting.WordField: "one of its choices", meeting.NumberField: "a number", meeting.YesField: "true or false", meeting.RowsField: "a table",
		meeting.FilesField: "a list of files that were handed in",
	},
	Moves: map[string]moveWords{
		"submit":         {Name: "Hand in", Effect: "It can still be changed; that begins a new version, which has to be handed in again.", Done: "Handed in."},
		"approve":        {Name: "Approve", Effect: "It is this version that is approved. One that is changed later has to be handed in again.", Done: "Approved."},
		"return":         {Name: "Return", Hint: "Write why it is returned, and what has to be changed.", Effect: "The branch changes it and hands it in again. Both versions are kept.", Done: "Returned."},
		"post":           {Name: "Post", Effect: "After that its content and days stay; only objections are added.", Done: "Posted."},
		"assess.submit":  {Name: "Hand the self-check in", Effect: "The superior inspects it then. Your own points and remarks can't be changed any more.", Done: "Handed in: the superior inspects it."},
		"inspect":        {Name: "The inspection is done", Effect: "After that points, reasons and outcome can't be changed. The superior chooses the outcome; it is not computed from the points.", Done: "The inspection is done."},
		"publish":        {Name: "Tell the branch", Effect: "After that every member of the branch sees points, reasons and outcome.", Done: "The branch was told."},
		"file":           {Name: "File it", Effect: "After that it can't be changed.", Done: "Filed."},
		"end":            {Name: "End the posting", Effect: "After that it cannot be changed.", Done: "Ended."},
		"receive":        {Name: "Receive", Effect: "The branch sees that you have got it.", Done: "Received."},
		"send":           {Name: "Send", Effect: "Every member sees it when they sign on, and confirms it.", Done: "Sent."},
		"outline.submit": {Name: "Hand in", Effect: "The facilitator sees that it is handed in, not what it says; if you are absent it is read out in your turn. Before the meeting you can change it and hand it in again.", Done: "Handed in."},
		"share":          {Name: "Show to the facilitator", Effect: "Once handed in, the facilitator and the recorder can read it all. After a change you have to agree again.", Done: "The facilitator can read your notes."},
		"notice.confirm": {Name: "Confirm that I have it", Effect: "The facilitator sees that you have the notice. If it is changed and sent again, it has to be confirmed again.", Done: "Confirmed: you have the notice."},
		"confirm":        {Name: "Confirm", Effect: "Both sides then stand by this record. If its writer changes it, it has to be confirmed again.", Done: "Confirmed."},
		"drop":           {Name: "Drop it", Hint: "Write in a sentence why it does not go into the ledger.", Effect: "It stays on the list with the reason and can't be changed any more.", Done: "Dropped."},
		"close":          {Name: "Close the line", Hint: "Write in a sentence who accepted it and how.", Effect: "After that the line cannot be changed.", Done: "Closed."},

		"register.submit": {Name: "Hand in", Effect: "The facilitator and the committee can read it; after the meeting it goes to the superior with the grades. Until then it can be changed and has to be handed in again.", Done: "Handed in."},
	},
	Forms:       englishForms,
	All:         "Before and after the meeting",
	Add:         "Add one",
	Edit:        "Change it",
	SignedBy:    "Confirmed by: ",
	No:          "no. {1}",
	Wanted:      "for you: {1}",
	Empty:       "There is nothing here yet that you may read.",
	Private:     "The rest is for those concerned only.",
	Concerned:   "Only those concerned can see this field.",
	State:       "State: ",
	History:     "History: ",
	Others:      "The other fields",
	Later:       "Leave it empty",
	Yes:         "yes",
	Not:         "no",
	WriteDay:    "A date",
	DayHint:     "Write it as 2017-06-30, or ⟦press return⟧ to leave it empty.",
	MomentHint:  "Write it as 2017-06-30 14:30, or the date alone, or ⟦press return⟧ to leave it empty.",
	NumberHint:  "Write a number, with two decimals at most, or ⟦press return⟧ to leave it empty.",
	Paper:       "Number of the superior's paper",
	PaperHint:   "If the superior has decided on paper, write its number. A superior who signs in decides there.",
	OnPaper:     "decided on paper, number {1}",
	NoFiles:     "You have handed in no file yet.",
	FilesHint:   "Photographs, scans, PDF, Word, Excel, at most 5 MB each. On your own machine: {1} file add NAME < FILE. What you hand in is listed here.",
	FileGet:     "To fetch a file, on your own machine: {1} file get {2} > NAME",
	File:        "{1} ({2}, number {3})",
	Door:        "ssh SERVER",
	StudyPlan:   "The superior's study plan by month",
	PlanHours:   "hours: {1}",
	Conduct:     "Facts for those who grade: no points, no ranking.",
	ConductFrom: "Studies, talks and the ledger come from the records; for the rest bring a table with a column of names or IDs. On your own machine: ssh SERVER conduct add < TABLE.xlsx.",
	FormsOwed:   "not handed in yet: {1}",
	FormsIn:     "All are handed in.",
	Unwritten:   "not written yet",
	SeeConduct:  "daily conduct",
	AddRow:      "Add a row",
	RowsDone:    "This field is done",
	Take:        "Done, go on",
	Record:      "Record it",
	Recorded:    "Recorded.",
	Updated:     "Updated.",
	Resumed:     "This goes on where you stopped.",
	Drop:        "Drop this draft",
	Dropped:     "The draft is dropped.",
	Remove:      "Take this record away",
	RemoveHint:  "Write in a sentence why.",
	RemoveNote:  "It is no longer listed, and its number is not used again.",
	YesRemove:   "Yes, take it away",
	Removed:     "Taken away.",
	Overdue:     "overdue",
	This:        "This record",
	Matrix:      "Who should talk with whom",
	Unheld:      "not yet",
	FactsHint:   "What stands in braces is a figure, filled in from the facts whenever this is read. Leave it as it is, or delete it.",
	Ahead:       "its day is still to come",
	StudyTime:   "Hours of each",
	Studied:     "hours: {1}, sessions: {2}",
	MadeUp:      "made up: {1}",
	CellSep:     "; ",
	Mine:        "My {1}",
	Says:        "{1}: {2}",
	Numbered:    "{1}, no. {2}",
	Count:       "{1}",
	Required:    "{1} (required)",
	Write:       "Write: {1}",
	Chosen:      "Chosen: {1}",
	Cell:        "Row {1}: {2}",
	Missing:     "Not filled in yet: {1}. You can record it now and complete it later.",
	AskRemove:   "Take away: {1}?",
	AskMove:     "{1}: {2}?",
	YesMove:     "Yes: {1}",
	AskChange:   "Change {1}?",
	ChangeFrom:  "{1}: '{2}' becomes '{3}'.",
	YesChange:   "Yes, change to '{1}'",
	Owed:        "Still to talk with: {1}",
	Owing:       "still to hold: {1}",
	Pair:        "{1} and {2}",
	Held:        "held: {1}, {2}",
	Until:       "{1}, due {2}",
	HasWritten:  "{1} wrote: {2}",
	HasMoved:    "{1}, no. {2}: {3}",
	HasSigned:   "{1}: {2} ({3})",
	HasRemoved:  "{1}, no. {2} was taken away",
	Received:    "Read the notice above, then ⟦press w⟧ to confirm that you have it.",
	NotReceived: "Have not confirmed the notice ({1}): {2}",

	AtHand:     "Your notes are at hand: ⟦press o⟧.",
	StartsFrom: "This begins with your notes; change what you like.",
	Scroll:     "scroll",
	On:         "Further down",
	Change:     "Change",
}

// englishForms are the English words of every kind of record.
var englishForms = map[meeting.FormName]formWords{
	"plan": {Title: "Plan", Labels: map[string]string{
		"title": "Title", "guidance": "Guiding thought", "attendees": "Who takes part", "from": "First day of the meeting", "to": "Last day of the meeting",
		"deadline": "All done by", "before": "Before the meeting", "during": "In the meeting", "after": "After the meeting",
		"assessment": "Assessment of the secretary", "demands": "Demands", "guide_wanted": "A guide is wanted",
	}},
	"notice": {Title: "Notice of the meeting", Labels: map[string]string{
		"time": "When", "place": "Where", "theme": "Theme", "items": "Agenda", "bring": "To prepare and to bring",
	}},
	"study": {Title: "Studies", Labels: map[string]string{
		"day": "Day", "form": "Form", "topic": "Topic", "content": "What was studied", "leader": "Led by", "hours": "Hours", "attended": "Attended",
		"made_up": "Made up", "made_up.who": "Who", "made_up.day": "On", "files": "Photographs and signatures", "points": "What was said", "recorder": "Recorded by",
	}},
	"selfcheck": {Title: "Committee's self-check", Labels: map[string]string{
		"basics": "The branch", "last_year": "Rectified since last year", "problems": "Main problems", "causes": "Causes", "direction": "Direction", "measures": "Measures",
		"problems.aspect": "Aspect", "problems.problem": "Problem", "problems.example": "Example",
		"measures.what": "Measure", "measures.until": "Until", "measures.who": "Who",
	}},
	"opinion": {Title: "Opinions asked for", Labels: map[string]string{
		"about": "About", "means": "How it was asked for", "source": "From", "category": "Category", "text": "Opinion", "day": "Day",
	}},
	"outline": {Title: "Speaking notes", Labels: map[string]string{
		"study": "What I learned", "problems": "Problems found", "causes": "Causes", "measures": "Measures", "self_grade": "Self-rating",
		"problems.aspect": "Aspect", "problems.problem": "Problem", "problems.example": "Example",
		"measures.what": "Measure", "measures.until": "Until", "measures.who": "Who",
	}},
	"problem": {Title: "List of problems", Labels: map[string]string{
		"level": "Level", "member": "Person", "category": "Category", "text": "Problem", "source": "Source",
	}},
	"ledger": {Title: "Ledger", Labels: map[string]string{
		"level": "Level", "member": "Responsible", "problem": "Problem", "source": "Source", "measure": "Measure", "goal": "Goal",
		"helper": "Helper", "due": "Due", "progress": "Progress", "done": "Done on", "evidence": "Evidence", "files": "Files of evidence", "acceptance": "Acceptance",
	}},
	"conduct": {Title: "Daily conduct", Labels: map[string]string{
		"member": "Member", "duties": "Duties", "attendance": "In the meeting", "studied": "Studies attended", "hours": "Study hours", "talks": "Talks held",
		"lines": "Own lines of the ledger", "closed": "Of these closed", "facts": "Other facts", "facts.item": "Item", "facts.value": "Value", "note": "Note",
	}},
	"register": {Title: "Register form", Labels: map[string]string{
		"year": "Year", "branch": "Branch", "member": "Name", "former_name": "Former name", "sex": "Sex", "born": "Born", "ethnic": "Ethnic group", "native": "From",
		"kind": "Kind", "joined": "Joined", "confirmed": "Confirmed", "work_since": "In work since", "education": "Education", "post": "Post",
		"party_post": "Party post", "group": "Group", "summary": "Summary of the year", "part": "Took part", "self_grade": "Self-rating",
		"review": "Votes and criticism", "grade": "Grade by the branch", "opinion": "Branch's opinion", "decided": "Grade approved", "superior": "Superior's opinion",
		"statement": "Member's opinion",
	}},
	"publicity": {Title: "Posting", Labels: map[string]string{
		"what": "What is posted", "names": "Names", "from": "From", "to": "To", "where": "Where", "objections": "Objections",
		"objections.day": "Day", "objections.matter": "Matter", "objections.handled": "How it was handled",
	}},
	"disposal": {Title: "Disposal", Labels: map[string]string{
		"member": "Member", "facts": "Facts", "means": "Means", "until": "To be mended by", "helper": "Helper", "plan": "Plan of help", "basis": "Basis",
		"relation_checked": "Membership relation checked", "relation_note": "What was found",
		"plan.what": "Measure", "plan.until": "Until", "plan.who": "Who",
	}},
	"report": {Title: "Report to the superior", Labels: map[string]string{
		"prepared": "Before the meeting", "held": "The meeting", "results": "Results", "problems": "Main problems found", "next": "Measures and what comes next",
	}},
	"assess": {Title: "Assessment of the secretary", Labels: map[string]string{
		"indicators": "Indicators", "indicators.id": "Indicator's id", "indicators.group": "Group", "indicators.text": "Indicator", "indicators.points": "Points",
		"indicators.self": "Own points", "indicators.self_note": "Own remark", "indicators.score": "Superior's points", "indicators.why": "Why fewer", "indicators.evidence": "Evidence",
		"self_total": "Own points in all", "score_total": "Superior's points in all", "files": "Files of evidence", "outcome": "Outcome", "reason": "Why this outcome",
	}},
	"talk": {Title: "Talks", Labels: map[string]string{
		"kind": "Kind of talk", "with": "With", "at": "When", "place": "Where", "means": "How", "content": "What was said", "praise": "What was praised",
		"problems": "Problems named", "their_opinion": "Their opinion", "mood": "Mood and hardships", "agreed": "What was agreed",
	}},
}

// recordSentences say why something is refused and what to do.
var recordSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.CommitteeLine:    {"班子的问题没有责任党员：请把责任党员留空，或把层面写成个人。", "Nobody is responsible for the committee's own problems: leave the member empty, or make the line a member's."},
	meeting.LineClosed:       {"台账第 {1} 条已经销号，不能再改：有新问题请另加一条。", "Line {1} of the ledger is closed: add a new line for a new problem."},
	meeting.LedgerOnly:       {"整改台账由支委和记录人来写：你可以更新自己那几条的进展、完成日期和佐证。", "The committee and the recorder write the ledger: of your own lines you may report progress, the day and the evidence."},
	meeting.ApprovalNumber:   {"这要上级决定：上级在纸上批复的，请写上文号（命令用 --approval 文号）。", "The superior decides this: if they have decided on paper, give the number of the paper (--approval NUMBER)."},
	meeting.FieldFile:        {"「{1}」里的「{2}」不是交来的文件：请先用 file add 交来，再写它的名字和 sha256。", "{1}: '{2}' is no list of files: hand them in with file add first, then give name and sha256."},
	meeting.FileKind:         {"「{1}」这种文件不收：只收 {2}。", "'{1}' is no kind of file that is kept: only {2}."},
	meeting.FileName:         {"「{1}」不能作文件名：只写名字，不带路径，不超过 100 个字。", "'{1}' can't be the name of a file: give the name alone, no path, at most 100 characters."},
	meeting.FileTooBig:       {"文件超过 {1} MB，没有收下：请压缩后再交。", "The file has more than {1} MB and was not taken: make it smaller."},
	meeting.FileEmpty:        {"文件是空的，没有收下：请检查命令里 < 后面的文件。", "The file is empty and was not taken: check the file behind < in the command."},
	meeting.FileContent:      {"「{1}」的内容不是名字说的那种文件，没有收下：请检查文件，或另存为照片、PDF、Word 再交。", "What is in '{1}' is not the kind of file that its name says: check the file, or save it as a picture, PDF or Word file."},
	meeting.FilesUnused:      {"你交来的文件有 {1} 个还没有写进记录：请先把它们写进记录，再交新的。", "Files that you handed in and that stand in no record yet: {1}. Put them into records first, then hand in more."},
	meeting.UnknownFile:      {"没有这个文件，或者它不给你看（{1}）：请检查 sha256。", "There is no such file, or it is not for you to read ({1}): check the sha256."},
	meeting.NoSuchKind:       {"「{2}」没有{1}这一项：不用写。", "There is no such record ({1}) in '{2}': it need not be written."},
	meeting.AssessOnly:       {"书记考核由主持人和支委自查、上级督查：通报以后你看得到。", "The facilitator and the committee check it themselves and the superior inspects it: you see it once the branch is told."},
	meeting.NoIndicators:     {"这一年没有考核指标：请在规则里写 [[indicators]]，或请上级导入（pingyi org import）。", "There are no indicators for this year: write [[indicators]] into the rules, or let the superior import them (pingyi org import)."},
	meeting.UnknownIndicator: {"没有编号为「{1}」的考核指标：请用 assess show 看有哪些。", "There is no indicator '{1}': see assess show for those that there are."},
	meeting.PointsOver:       {"「{1}」最多 {2} 分：请改小。", "'{1}' gives {2} points at most: write fewer."},
	meeting.SelfMissing:      {"「{1}」等 {2} 条还没有自查得分：请先填上。", "Indicators without points of your own yet: {2}, the first is '{1}'. Fill them in first."},
	meeting.ScoreMissing:     {"「{1}」等 {2} 条还没有督查得分：请先填上。", "Indicators without points of the superior's yet: {2}, the first is '{1}'. Fill them in first."},
	meeting.WhyMissing:       {"「{1}」等 {2} 条的督查得分和自查不同，还没有写原因：请先写上。", "Of {2} indicators the superior's points differ from the branch's own and nothing says why, the first is '{1}': write it first."},
	meeting.SuperiorOnly:     {"这要上级决定：请等上级，或由主持人记下书面批复的文号。", "The superior decides this: wait for them, or let the facilitator record the number of their paper."},
	meeting.OutsideMeeting:   {"这是支部里的人做的：上级在这里只审定和查看。", "This is for the people of the branch: the superior decides and reads here."},
	meeting.AlreadySigned:    {"这一步你已经做过：不用再做。", "You have done this already: there is no need to do it again."},
	meeting.ClosesOwnLine:    {"责任人不能给自己这一条销号：请别的支委来做。", "Who is responsible for a line cannot close it: let another member of the committee do it."},
	meeting.DaysReversed:     {"「{1}」在「{2}」后面：请把日期改对。", "{1} is later than {2}: mend the days."},
	meeting.KeepersOnly:      {"这由主持人、记录人和支委来写：请告诉他们。", "The facilitator, the recorder and the committee write this: tell them."},
	meeting.FieldDay:         {"「{1}」里的「{2}」不是日期：请写成 2017-06-30 这样。", "{1}: '{2}' is no date: write it as 2017-06-30."},
	meeting.FieldStands:      {"这一条现在是「{2}」，「{1}」不在这时候写：请先看它到了哪一步，由谁写。", "This record is '{2}' now, and '{1}' is not written then: look how far it has come and who writes it."},
	meeting.FieldOnMove:      {"「{1}」在办 {2} 时写：请用 {2}，在那里写上。", "{1}: this is written when the record is moved with {2}: use {2}, and write it there."},
	meeting.FieldForbidden:   {"「{1}」不由你来写：请告诉写这一条的人。", "{1}: this is not yours to write: tell whoever writes this record."},
	meeting.FieldKind:        {"「{1}」不能写成 {2}：应当是{3}。", "{1}: this cannot be {2}: it has to be {3}."},
	meeting.FieldMissing:     {"「{1}」还没有填：请先填上。", "{1}: this is not filled in yet: fill it in first."},
	meeting.FieldMoment:      {"「{1}」里的「{2}」不是时间：请写成 2017-06-30 14:30，只写日期也行。", "{1}: '{2}' is no time: write it as 2017-06-30 14:30, or the date alone."},
	meeting.FieldNumber:      {"「{1}」里的「{2}」不是数：请写 2 或 1.5 这样，最多两位小数。", "{1}: '{2}' is no number: write it as 2 or 1.5."},
	meeting.GradersOnly:      {"这由主持人和支委来写：请告诉他们。", "The facilitator and the committee write this: tell them."},
	meeting.FieldFollows:     {"「{1}」不用写：它从名册和会议记录里来，要改请改那里。", "{1}: nobody writes this: it comes from the roster and the meeting, mend it there."},
	meeting.RegisterFixed:    {"登记表已经送上级，或者已经向你反馈，不能再改：要改请告诉支委，上级退回以后就可以改。", "The superior has this form, or you were told your result, so it can't be changed: tell the committee; once the superior returns it you can."},
	meeting.NotToDispose:     {"{1}的等次不是基本合格或不合格：不用写处置，请检查选的是谁。", "{1} is neither basic nor unqualified: no disposal is due; check whom you chose."},
	meeting.MeansUnqualified: {"{1}的等次是{2}：三种处置方式只用于不合格，请把处置方式留空，写帮助教育计划。", "The grade of {1} is {2}: the three means are for the unqualified only; leave them empty and write the plan of help."},
	meeting.NotToAnnounce:    {"按规则不公布「{1}」：请换一项能公示的内容。", "By the rules '{1}' is not announced: choose something that may be posted."},
	meeting.NothingToPost:    {"等次还没有审定，现在不能公示：请等上级审定以后再发。", "The grades are not decided yet: post them once the superior has decided."},
	meeting.ObjectionOpen:    {"还有异议没有写处理情况：请先处理，写上结果，再结束公示。", "An objection has not been handled: write how it was, then end the posting."},
	meeting.FieldPlaceholder: {"「{1}」里没有 {{2}} 这个数字：大括号里只能写 {3}。", "{1}: there is no figure '{{2}}'. In braces there can be: {3}."},
	meeting.FieldPerson:      {"「{1}」里的「{2}」不在名册上：请检查编号。", "{1}: '{2}' is not on the roster: check the ID."},
	meeting.FieldRows:        {"「{1}」的小表写错了：只有这些栏：{2}。", "{1}: this is no table of these columns: {2}."},
	meeting.FieldText:        {"「{1}」：{2}", "{1}: {2}"},
	meeting.FieldTooMany:     {"「{1}」有 {2} 项，最多 {3} 项：请合并或分几条写。", "{1} has {2} entries; there may be {3}: join some, or write several records."},
	meeting.FieldTwice:       {"「{1}」写了两次，不知道是哪一个：请只写一次。", "'{1}' is written twice, and nobody knows which is meant: write it once."},
	meeting.FieldUnknown:     {"没有「{1}」这一栏：请检查名字。", "There is no field '{1}': check its name."},
	meeting.FieldWord:        {"「{1}」没有「{2}」这个选项：请在 {3} 中选。", "{1}: '{2}' is no choice: choose one of {3}."},
	meeting.FieldYes:         {"「{1}」里的「{2}」不对：请写 true 或 false。", "{1}: '{2}' is not right: write true or false."},
	meeting.NoneOfYours:      {"这是党员一人一份的，没有你的：请在清单里看有哪些，写出那一份的序号。", "Every Party member has one, and none is yours: look in the list and give the number of one."},
	meeting.NoOwnRecord:      {"你自己的还没有写：请先写上。", "You have written none of your own yet: write it first."},
	meeting.NoRecord:         {"没有第 {1} 条，或者它不给你看：请检查序号。", "There is no record {1}, or it is not for you to read: check the number."},
	meeting.NotWritten:       {"这一份还没有写，或者还在起草、不给你看：请等写它的人，归你写的先写上。", "This is not written yet, or still a draft that is not for you to read: wait for whoever writes it, or write it if it is yours."},
	meeting.NotYourRecord:    {"这一条不是你的：请告诉写它的人。", "This record is not yours: tell whoever wrote it."},
	meeting.RecordChanged:    {"「{1}」刚才有人改过：请看现在的内容。你写的留作草稿，再交一次就换成你的。", "{1}: somebody has just changed this: read what it says now. Yours is kept as a draft; hand it in again to replace theirs."},
	meeting.ReadAgain:        {"「{1}」刚才有人改过：请先看现在的内容，再决定。", "{1}: somebody has just changed this: read what it says now before you decide."},
	meeting.RecordThere:      {"这一份已经写了，没有覆盖它：请先看现在的内容（命令用 show），再改要改的栏（命令用 update）。", "This is written already and was not replaced: read what it says now (show), then change the fields that need it (update)."},
	meeting.RecordStands:     {"这一条已经是「{1}」：现在不能这样做。", "This record is '{1}': that cannot be done now."},
	meeting.HandedIn:         {"这一条已经是「{1}」：要再交，请先改好（命令用 update），再交上去（命令用 {2}）。", "This record is '{1}': to hand it in again change it first (update), then hand it in ({2})."},
	meeting.NextDrafted:      {"支部正在改写这一份，这里是交出来的上一稿：请等新的一稿交出来，再办。", "The branch is rewriting this; what you see is the version before: wait for the new one."},
	meeting.NotHandedIn:      {"这一条还是「{1}」：支部要先提交（命令用 submit），才能决定。", "This record is still '{1}': the branch hands it in first (submit), then it can be decided."},
	meeting.Decided:          {"这一条已经是「{1}」，决定过了：支部改好再交上来，才能再决定。", "This record is '{1}', which is decided: once the branch has changed it and handed it in again it can be decided anew."},
	meeting.TalkWithSelf:     {"谈话对象是别人：请不要选自己。", "A talk is with somebody else: do not choose yourself."},
}

// recordActions are what people call what they do.
var recordActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActPlan:      {"写方案", "Write the plan"},
	meeting.ActNotice:    {"写会议通知", "Write the notice"},
	meeting.ActStudy:     {"写学习记录", "Studies"},
	meeting.ActSelfcheck: {"写班子对照检查", "The committee's self-check"},
	meeting.ActOutline:   {"写发言提纲", "Speaking notes"},
	meeting.ActLedger:    {"写整改台账", "The ledger"},
	meeting.ActConduct:   {"写平时表现", "Daily conduct"},
	meeting.ActRegister:  {"写登记表", "Your register form"},
	meeting.ActPublicity: {"写公示", "Postings"},
	meeting.ActDisposal:  {"写处置", "Disposals"},
	meeting.ActReport:    {"写情况报告", "The report"},
	meeting.ActAssess:    {"写书记考核", "The secretary's assessment"},
	meeting.ActTalk:      {"写谈心谈话记录", "Talks"},
}
