package ssh

import (
	"strings"

	"pingyi/meeting"
)

// try is something that every seat says in every phase.
type try struct {
	words, input string
	who          string // the seats that may at some time, after DOORS.md; nobody else ever
}

// Groups of seats.
const (
	members   = "console committee recorder scrutineer member other probationary"
	voters    = members
	graders   = "console committee"
	keepers   = "console committee recorder"
	recorders = "console recorder"
	inBranchB = members + " guest mass"
	there     = inBranchB + " guide"
	above     = "superior guide"
	everybody = inBranchB + " " + above + " wall"
	nobody    = ""
)

const (
	allQualified = `{"m01":2,"m02":2,"m03":2,"m04":2,"m05":2,"m06":2,"m07":2,"m08":2,"m09":2,"m10":2,"m11":2}`
	noSlips      = `{"returned":0,"counts":{}}`
)

// wordTries say every word of the branch but those of kinds of records.
var wordTries = []try{
	{"help", "", everybody},
	{"plain", "", inBranchB + " " + above + " booth"},
	{"page", "", inBranchB + " " + above + " booth"},
	{"whoami", "", everybody},
	{"status", "", everybody},
	{"people", "", everybody},
	{"script", "", "console"},
	{"agenda", "", everybody},
	{"mine", "", everybody},
	{"tasks", "", everybody},
	{"tasks --ics", "", everybody},
	{"signin", "", there},
	{"signin m11", "", "console"},
	{"absent m10 病假", "", "console"},
	{"name m10 recorder", "", "console"},
	{"ready", "", "console committee " + above},
	{"step --reason 按预定安排", "", "console"},
	{"next --reason 按预定安排", "", "console"},
	{"back", "", "console"},
	{"goto 2", "", "console"},
	{"adjourn --until 2017-03-27", "", "console"},
	{"resume", "", "console"},
	{"undo", "", "console"},
	{"say 请签到", "", "console"},
	{"floor", "", there},
	{"floor m10", "", "console"},
	{"call m10", "", "console"},
	{"yield", "", there},
	{"pause", "", "console"},
	{"extend 60", "", "console"},
	{"countdown 60", "", "console"},
	{"queue m10 1", "", "console"},
	{"limits", "", everybody},
	{"limits --speech 100", "", "console"},
	{"wording 1 请大家签到", "", "console"},
	{"turn m10", "", "console"},
	{"self-criticise", "学习不够。", members},
	{"criticise m10", "会议太长。", members},
	{"respond", "诚恳接受。", members},
	{"criticisms", "", members},
	{"criticisms mend 1", "改一改。", members},
	{"criticisms withdraw 1", "", members},
	{"read-out", "", members},
	{"self-rate 合格", "", members},
	{"record m11 self-criticise", "书面：学习不够。", recorders},
	{"note", "学习了一份文件。", recorders},
	{"place 行政楼 205", "", recorders},
	{"resolve 通过方案 --yes 9", "", recorders},
	{"scrutineers m04 m08 --yes 9", "", "console"},
	{"paper m10", "", "console"},
	{"seal", "", "scrutineer"},
	{"open", "", "console"},
	{"ballot", "", inBranchB + " wall"},
	{"vote", allQualified, voters + " mass"},
	{"election", "", voters + " mass"},
	{"credential", "", voters + " mass"},
	{"cast", "{}", nobody}, // no ballot
	{"receipt", "", inBranchB},
	{"close --reason 有人先走了", "", "console"},
	{"slips", noSlips, "scrutineer"},
	{"box", "", voters},
	{"confirmed --reason 无人提出异议", "", "console"},
	{"unseal", "", "scrutineer"},
	{"void --reason 重来", "", "console"},
	{"board", "", inBranchB},
	{"result", "", inBranchB},
	{"remarks", "", members},
	{"remarks m06", "", graders + " member"},
	{"announce --preview", "", "console"},
	{"announce", "", "console"},
	{"coarsen none", "", "console"},
	{"rate m09 合格 --reason 综合评定", "", "console committee"},
	{"submit", "", graders},
	{"bundle", "", graders + " " + above},
	{"approve all", "", above},
	{"approve all --approval 党字一号", "", "console " + above},
	{"return m06 --reason 再议", "", above},
	{"amend m06 合格 --reason 比例", "", above},
	{"guide s1", "", above},
	{"audit", "", "console " + above},
	{"feedback", "", members},
	{"feedback give m10", "", graders},
	{"feedback list", "", graders},
	{"ack", "同意", members},
	{"rehearse", "", "console"},
	{"peek", "", voters},
	{"file add 照片.jpg", "\xff\xd8\xff\xe0xyz", members},
	{"file get 0000000000", "", nobody}, // there is none
	{"key list", "", inBranchB},
	{"key forget 99", "", nobody}, // there is none
	{"archive", "", "console"},
	{"archive close --reason 先归档", "", "console"},
	{"papers", "", everybody},
	{"papers get ../../etc/passwd", "", nobody}, // there is none
}

// aboveTries say the words of the organisation.
var aboveTries = []try{
	{"help", "", above},
	{"status", "", above},
	{"tasks", "", above},
	{"branches", "", above},
	{"rollup", "", above},
	{"audit", "", above},
	{"key list", "", above},
	{"in b1 people", "", above},
}

// kindTry is how a kind of record is tried: what is written, and who may read,
// write, take away and move one.
type kindTry struct {
	no              string // of the record that is tried; "" where everybody has their own
	input           string
	read            string
	add, update, rm string
	moves           map[string]string // who, by the word
}

var kindTries = map[meeting.FormName]kindTry{
	"plan": {"1", `{"demands":"守时"}`, members + " " + above, keepers, keepers, keepers, map[string]string{
		"submit": keepers, "approve": above, "return --reason 再改改": above,
	}},
	"notice":  {"1", `{"time":"2017-03-20T15:00","place":"行政楼 206","theme":"组织生活会"}`, inBranchB + " " + above, keepers, keepers, keepers, map[string]string{"send": keepers, "confirm": members}},
	"study":   {"1", `{"day":"2017-03-13","form":"集中","topic":"《准则》","hours":2,"attended":["m01"]}`, members + " " + above, keepers, keepers, keepers, nil},
	"opinion": {"1", `{"about":"班子","means":"座谈","source":"群众","text":"会议太长"}`, graders, keepers, keepers, keepers, map[string]string{"merge": graders, "close": graders}},
	"talk":    {"1", `{"kind":"党员互谈","with":["m03"],"at":"2017-03-15T16:00","means":"面谈","content":"谈学习"}`, "console member", members, "member", "member", map[string]string{"confirm": nobody, "pairs": members}},
	"outline": {"", `{"problems":[{"aspect":"学习","problem":"不够"}],"causes":"忙","measures":[{"what":"每周学习"}]}`, members, members, members, members, map[string]string{"submit": members, "share": members}},
	"selfcheck": {"1", `{"causes":"抓得不紧"}`, members + " " + above, keepers, keepers, keepers, map[string]string{
		"submit": keepers, "approve": above, "return --reason 再改改": above,
	}},
	"problem":  {"1", `{"level":"班子","text":"走访太少","source":"自查"}`, members + " " + above, keepers, keepers, keepers, map[string]string{"drop --reason 已解决": keepers, "from criticism": nobody}},
	"ledger":   {"1", `{"level":"班子","problem":"会议太长","source":"征求意见"}`, members + " " + above, keepers, keepers, keepers, map[string]string{"close --reason 同意": keepers, "from problem": keepers}},
	"register": {"", `{"summary":"按时参加学习。"}`, members + " " + above, members, members, members, map[string]string{"submit": members}},
	"disposal": {"1", `{"member":"m10","facts":"三次缺席","until":"2017-06-30","plan":[{"what":"按时参加"}],"basis":"党章","relation_checked":true}`, graders + " " + above, graders, graders, graders, map[string]string{
		"submit": graders, "approve": above, "return --reason 再改改": above,
	}},
	"conduct":   {"6", `{"note":"值班三次"}`, graders, graders, graders, graders, nil},
	"publicity": {"1", `{"what":"会议情况通报","from":"2017-03-21","to":"2017-03-27"}`, inBranchB + " " + above, keepers, keepers, keepers, map[string]string{"post": keepers, "end": keepers}},
	"report": {"1", `{"held":"会议开得好"}`, members + " " + above, keepers, keepers, keepers, map[string]string{
		"submit": keepers, "receive": above, "return --reason 再改改": above,
	}},
	"assess": {"1", `{"indicators":[{"id":"a","self":50,"self_note":"缺一次"},{"id":"b","self":40}]}`, members + " " + above, graders, graders, graders, map[string]string{
		"submit": graders, "inspect": above, "publish": above, "file": graders,
	}},
}

// kindWords are the words of a kind of record that are tried.
func kindWords(f *meeting.Form) []try {
	k, kind := kindTries[f.Name], string(f.Name)
	list := []try{
		{kind + " list", "", k.read},
		{strings.TrimSpace(kind + " show " + k.no), "", k.read},
		{kind + " add", k.input, k.add},
		{strings.TrimSpace(kind + " update " + k.no), k.input, k.update},
		{strings.TrimSpace(kind + " remove " + k.no + " --reason 写错了"), "", k.rm},
	}
	for _, m := range f.Moves {
		for words, who := range k.moves {
			word, rest, _ := strings.Cut(words, " ")
			if word != m.Word {
				continue
			}
			if word == "share" {
				word, rest = "show", "--to console"
			}
			list = append(list, try{strings.Join(strings.Fields(kind+" "+word+" "+k.no+" "+rest), " "), "", who})
			if m.Decides {
				list = append(list, try{list[len(list)-1].words + " --approval 党字一号", "", who + " console"})
			}
		}
	}
	switch f.Name {
	case "talk":
		list = append(list, try{"talk show 2", "", "console member"}, try{"talk show 3", "", "console"}, try{"talk confirm 2", "", "member"}, try{"talk pairs", "", members})
	case "outline":
		list = append(list, try{"outline show 1", "", recorders + " member"}, try{"outline update 1", k.input, "member"})
	case "register":
		list = append(list, try{"register show 6", "", graders + " member " + above}, try{"register update 6", k.input, "member"})
	case "opinion":
		list = append(list,
			try{"opinion add ", `{"anonymous":true,"about":"班子","text":"走访太少"}`, members},
			try{"opinion merge 1", "会议太长", keepers}, try{"opinion close", "", keepers})
	case "problem":
		list = append(list, try{"problem from opinion 1", "", graders}, try{"problem from criticism 1", "", keepers}, try{"problem from selfcheck 1", "", keepers}, try{"problem from remark 1", "", keepers})
	case "ledger":
		list = append(list, try{"ledger from problem 1", "", keepers}, try{"ledger update 2", `{"evidence":"走访记录"}`, keepers + " member"})
	}
	return list
}

// allTries are those of a branch, in the order of its words.
func allTries() []try {
	list := wordTries
	for _, f := range meeting.Forms() {
		list = append(list, kindWords(f)...)
	}
	return list
}
