package paper

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// report is the 情况报告 (DOMAIN.md §4.13) to the superior: the head from the
// facts, the sections as the branch wrote them with their figures filled, and the
// table of the results. It is a draft until it is handed in.
func report(p *pen) (doc.Document, bool) {
	list := p.records("report")
	if len(list) == 0 || list[0].Rev == 0 {
		return doc.Document{}, false
	}
	r := list[0]
	p.write(doc.Addressee(p.s.Branch.Org))
	p.say("%s", p.opening())
	written := ""
	for _, x := range formNamed("report").Fields {
		value := r.Value(x.Name)
		written += value
		p.begin(x.Label)
		p.write(doc.Paragraph{Text: fieldText(p.s, x, cmp.Or(value, blank))})
		switch x.Name {
		case "held":
			if red := p.s.Filled("{red_checks}"); !strings.Contains(value, "{red_checks}") && red != "无" {
				p.say("未按要求完成而继续的环节：%s。", red)
			}
		case "results":
			p.toldGrades()
		}
	}
	var with doc.Attachments
	if p.counted() || p.s.Submitted {
		with = append(with, "民主评议党员测评汇总表")
	}
	if len(p.s.Ledger()) > 0 {
		with = append(with, "整改台账")
	}
	if len(with) > 0 {
		p.write(with)
	}
	p.write(doc.Closing{Unit: p.s.Branch.Name, Day: cmp.Or(p.longDay(p.stepDay(r, meeting.Submitted)), handDay)})
	return doc.Document{
		Title:  fmt.Sprintf("%s关于召开%s情况的报告", p.s.Branch.Name, p.s.Rules.Title),
		Layout: doc.Letter, Draft: r.State == meeting.Draft, Blocks: p.blocks,
	}, true
}

// opening is the 导语: when, where, who, how many, and which guides came. Who else
// was a guest, 群众 say, is not from the superior; a guide who stayed away is not named.
func (p *pen) opening() string {
	guided := blank
	came := slices.DeleteFunc(slices.Clone(p.s.Roll().Guests), func(id meeting.MemberID) bool {
		return !slices.Contains(p.s.Seats(id), meeting.SeatGuide)
	})
	if len(came) > 0 {
		guided = p.guests(came)
	}
	host := blank
	if id := p.s.Host(); id != "" {
		host = p.titled(id)
	}
	return p.s.Filled("{meeting_day}，{branch}在") + cmp.Or(p.s.Where(), blank) + p.s.Filled("召开{title}会议，由") + host +
		p.s.Filled("主持，应到党员{expected}名，实到{present}名，上级到会指导：") + guided + "。现将有关情况报告如下。"
}

// toldGrades is the table of the results, once members may be told theirs: before,
// it is left blank.
func (p *pen) toldGrades() {
	names := []string{"excellent", "qualified", "basic", "unqualified"}
	t := doc.Table{Title: "评议结果"}
	base, counts := 0, []int{}
	for _, name := range names {
		n, err := strconv.Atoi(p.s.Filled("{" + name + "}"))
		if err != nil {
			break
		}
		base, counts = base+n, append(counts, n)
	}
	t.Columns = doc.Columns("等次", "人数", fmt.Sprintf("比例（占评定等次的 %d 名）", base))
	if len(counts) < len(p.s.Rules.Grades) {
		t.Columns = doc.Columns("等次", "人数", "比例")
	}
	for i, g := range p.s.Rules.Grades {
		row := []doc.Cell{doc.Text(g), doc.Text(""), doc.Text("")}
		if len(counts) == len(p.s.Rules.Grades) {
			row = []doc.Cell{doc.Text(g), doc.Number(counts[i]), doc.Ratio{Count: counts[i], Base: base}}
		}
		t.Rows = append(t.Rows, row)
	}
	p.write(t)
}
