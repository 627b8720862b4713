package paper

import (
	"cmp"
	"fmt"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// feedbacks is the list of who was told the result, when, and who has answered:
// of 本人意见 only whether there is one. It is a draft until everybody has answered.
func feedbacks(p *pen) (doc.Document, bool) {
	if p.s.Hearings.Len() == 0 {
		return doc.Document{}, false
	}
	t := doc.Table{Columns: doc.Columns("序号", "姓名", "类别", "反馈人", "反馈日期", "审定依据", "本人签收日期", "本人意见", "本人签字")}
	done := true
	for _, m := range p.party() {
		heard, told := p.s.Hearings.Get(m.ID)
		by, opinion := "", ""
		if told {
			by = p.s.Called(heard.By)
		}
		switch {
		case heard.Acknowledged.IsZero():
			done = false
		case heard.Opinion == "":
			opinion = "无意见"
		default:
			opinion = "已填写" // 有意见 would say that they object
		}
		t.Rows = append(t.Rows, []doc.Cell{
			doc.Number(len(t.Rows) + 1), doc.Text(p.s.Called(m.ID)), doc.Text(kindName(m.Kind)), doc.Text(by), doc.Day(day(p.s, heard.At)), doc.Text(p.basis(m.ID)),
			doc.Day(day(p.s, heard.Acknowledged)), doc.Text(opinion), doc.Text(""),
		})
	}
	p.write(t)
	p.write(p.signs("支部书记", p.s.Chair()))
	return doc.Document{Title: "民主评议结果反馈记录", Layout: doc.Ledger, Day: p.today(), Draft: !done, Blocks: p.blocks}, true
}

// basis is the superior's decision that feedback rests on: the number of its paper, or
// that it was made here. It is "" where feedback did not wait for one.
func (p *pen) basis(id meeting.MemberID) string {
	heard, told := p.s.Hearings.Get(id)
	b, _ := p.s.Bundle()
	if told && heard.Approval == "" && b.Approved(id) && !b.Verdicts.Of(id).At.After(heard.At) {
		return decidedHere
	}
	return heard.Approval
}

// feedback is what a member was told, and the place for what they say to it. It is
// for the member alone.
func feedback(p *pen, of meeting.MemberID) (doc.Document, bool) {
	f, told := p.s.FeedbackOf(of)
	if !told {
		return doc.Document{}, false
	}
	p.write(doc.Boxes{
		{{Name: "姓名", Value: doc.Text(p.s.Called(of))}, {Name: "年度", Value: doc.Text(fmt.Sprintf("%d", p.s.Rules.Year))}},
		{{Name: "反馈人", Value: doc.Text(p.s.Called(f.By))}, {Name: "反馈时间", Value: doc.Text(p.when.full(f.At))}},
		{{Name: "评定等次", Value: doc.Text(cmp.Or(string(f.Grade), p.s.Rules.Ungraded))}, {Name: "审定依据", Value: doc.Text(p.basis(of))}},
		{{Name: "评定理由", Value: doc.Text(f.Reason), Lines: 2}},
		{{Name: "测评票", Value: doc.Text(p.ballotWords(f.Ballots)), Lines: 2}},
	})
	t := doc.Table{Title: "批评意见", Columns: doc.Columns("序号", "批评人", "意见")}
	for i, c := range f.Criticisms {
		t.Rows = append(t.Rows, []doc.Cell{doc.Number(i + 1), doc.Text(p.s.Called(c.From)), doc.Text(cmp.Or(c.Text, "（未记录要点）"))})
	}
	p.table(t, "没有记录。")
	lines := doc.Table{Title: "本人整改事项", Columns: doc.Columns("台账序号", "问题", "整改措施", "整改时限", "进展")}
	for _, l := range f.Lines {
		lines.Rows = append(lines.Rows, []doc.Cell{doc.Number(l.No), doc.Text(l.Problem), doc.Text(l.Measure), doc.Day(l.Due), doc.Text(l.Progress)})
	}
	p.table(lines, "没有。")
	opinion := f.Opinion
	if opinion == "" && !f.Acknowledged.IsZero() {
		opinion = "无意见"
	}
	p.write(doc.Boxes{{{Name: "本人意见", Value: doc.Text(opinion), Lines: 7, Signs: p.signs("本人", of)}}}, p.signs("反馈人", f.By))
	return doc.Document{Title: "民主评议结果反馈书", Draft: f.Acknowledged.IsZero(), Blocks: p.blocks}, true
}

// ballotWords are counts in words, or why there are none.
func (p *pen) ballotWords(h *meeting.Histogram) string {
	if h == nil {
		return "不显示"
	}
	var list []string
	for i, g := range p.s.Rules.Grades {
		list = append(list, fmt.Sprintf("%s %d", g, h.Counts[i]))
	}
	return strings.Join(append(list, fmt.Sprintf("弃权 %d", h.Abstain)), "，") + fmt.Sprintf("（有效票 %d）", h.Ballots)
}

// nobodyElse keeps a paper to the person whom it is about.
func nobodyElse(*meeting.State, meeting.MemberID, meeting.MemberID) bool { return false }
