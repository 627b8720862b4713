package paper

import (
	"fmt"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// index is the 归档目录: every paper that there is, and what the list of the
// archive misses. It is a draft until the archive is closed.
func index(p *pen) (doc.Document, bool) {
	if p.s.Began().IsZero() {
		return doc.Document{}, false
	}
	t := doc.Table{Title: "材料", Columns: doc.Columns("序号", "材料", "文件", "份数", "格式", "状态", "页数", "备注")}
	for _, one := range filed(p.filed) {
		t.Rows = append(t.Rows, []doc.Cell{
			doc.Number(len(t.Rows) + 1), doc.Text(one.title), doc.Text(one.name), doc.Number(one.copies), doc.Text(one.form), doc.Text(one.state()), doc.Text(""), doc.Text(""),
		})
	}
	p.table(t, "没有。")
	list := doc.Table{Title: "归档清单", Columns: doc.Columns("序号", "归档内容", "已有", "应有", "情况")}
	for i, line := range p.s.ArchiveList() {
		list.Rows = append(list.Rows, []doc.Cell{doc.Number(i + 1), doc.Text(archiveTitles[line.Name]), doc.Number(line.Have), doc.Number(line.Of), doc.Text(levelTitles[line.Level])})
	}
	p.write(list)
	p.closed()
	p.write(doc.Signatures{{Role: "立卷人"}, {Role: "支部书记", Name: p.s.Called(p.s.Chair())}})
	p.proof()
	return doc.Document{Title: "民主评议党员材料归档目录", Layout: doc.Ledger, Day: p.today(), Draft: p.s.Archive == nil, Blocks: p.blocks}, true
}

// closed says when the archive was closed, and why although something was missing.
func (p *pen) closed() {
	a := p.s.Archive
	if a == nil {
		return
	}
	p.say("%s由%s归档。", p.when.date(a.At), p.s.Called(a.By))
	if len(a.Misses) > 0 {
		var names []string
		for _, name := range a.Misses {
			names = append(names, archiveTitles[name])
		}
		p.say("归档时缺少：%s。理由：%s", strings.Join(names, "、"), sentence(a.Reason))
	}
}

// filing is a line of the index: a paper, or those of one name about single people.
type filing struct {
	name, title, form string
	copies, drafts    int
}

func (f filing) state() string {
	switch f.drafts {
	case 0:
		return "定稿"
	case f.copies:
		return "草稿"
	}
	return fmt.Sprintf("草稿 %d 份", f.drafts)
}

// filed are the lines for papers, those about single people together.
func filed(papers []Paper) []filing {
	var list []filing
	at := map[string]int{}
	for _, one := range papers {
		name := one.Name
		for _, x := range personals() {
			if strings.HasPrefix(name, x.name+"-") {
				name = x.name + "-…"
			}
		}
		i, known := at[name]
		if !known {
			i = len(list)
			at[name] = i
			list = append(list, filing{name: name, title: one.Title, form: formTitle(one.Document)})
		}
		list[i].copies++
		if one.Draft {
			list[i].drafts++
		}
	}
	return list
}

// formTitle says how a document is printed.
func formTitle(d doc.Document) string {
	switch d.Layout {
	case doc.Letter:
		return "公文"
	case doc.Ledger:
		return "横表"
	}
	return "文书"
}

// archiveTitles name the lines of the archive's list.
var archiveTitles = map[string]string{
	"plan": "方案和审核意见", "notice": "会议通知", "study": "学习记录", "opinions": "征求意见汇总", "talks": "谈心谈话记录",
	"selfcheck": "班子对照检查", "outline": "个人发言提纲", "problems": "问题清单", "sign-in": "签到表", "minutes": "会议记录",
	"criticisms": "批评意见记录", "tally": "测评票和计票报告单", "ratings": "组织评定表", "registers": "民主评议党员登记表", "request": "请示和审定意见", "feedbacks": "反馈记录",
	"disposals": "处置", "publicity": "公示", "ledger": "整改台账", "report": "情况报告", "assessment": "书记考核", "photographs": "照片",
}

var levelTitles = map[meeting.ArchiveLevel]string{meeting.ArchiveWhole: "齐全", meeting.ArchivePart: "没有做完", meeting.ArchiveMissing: "缺少", meeting.ArchiveSpare: "没有，不是必需的"}
