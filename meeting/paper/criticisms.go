package paper

import (
	"cmp"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// criticisms are the 批评意见记录 (DOMAIN.md §4.10), from the first words on: those
// that the paper's reader may read, in the order in which they came. It is a draft
// until the meeting is over.
func criticisms(p *pen) (doc.Document, bool) {
	own, mutual := p.s.CountCriticism()
	rows := p.criticismRows()
	if own+mutual == 0 || len(rows) == 0 {
		return doc.Document{}, false
	}
	p.say("自我批评 %d 条，相互批评 %d 条。", own, mutual)
	p.write(doc.Table{
		Columns: []doc.Column{
			{Name: "发言顺序", Width: 4},
			{Name: "被批评人", Width: 7},
			{Name: "批评人", Width: 7},
			{Name: "类型", Width: 7},
			{Name: "意见要点", Width: 34},
			{Name: "被批评人表态", Width: 16},
			{Name: "时间", Width: 7},
		},
		Rows: rows,
	})
	return doc.Document{Title: p.s.Branch.Name + "批评意见记录", Layout: doc.Ledger, Day: p.when.date(p.s.Began()), Draft: p.s.Ended().IsZero(), Blocks: p.blocks}, true
}

// said is a self-criticism or a criticism: a row of the table.
type said struct {
	of, from       meeting.MemberID
	kind, text, at string
	answer         string
}

// criticismRows has a row for each; what the person then said to them stands in
// the last of theirs.
func (p *pen) criticismRows() [][]doc.Cell {
	list, answers := p.allSaid()
	last := map[meeting.MemberID]int{}
	for i, x := range list {
		last[x.of] = i
	}
	var rows [][]doc.Cell
	for i, x := range list {
		if last[x.of] == i {
			x.answer = answers[x.of]
		}
		rows = append(rows, []doc.Cell{
			doc.Number(i + 1), doc.Text(p.s.Called(x.of)), doc.Text(p.s.Called(x.from)), doc.Text(x.kind), doc.Text(x.text), doc.Text(x.answer), doc.Text(x.at),
		})
	}
	return rows
}

// allSaid lists them, and what each person answered. A self-criticism without
// words has no time: it stands before the first criticism of its round.
func (p *pen) allSaid() (list []said, answers map[meeting.MemberID]string) {
	answers = map[meeting.MemberID]string{}
	for _, w := range p.s.Speeches(p.seat()) {
		x := said{of: w.ID.Of, from: w.From, kind: "相互批评", text: cmp.Or(w.Text, unrecorded), at: p.when.clock(w.At)}
		switch w.ID.Kind {
		case meeting.SelfSpeech:
			x.kind = "自我批评"
		case meeting.ResponseSpeech:
			answers[x.of] = joined("\n", answers[x.of], x.text)
			continue
		case meeting.CriticismSpeech:
		}
		list = append(list, x)
	}
	for r := range p.s.Rounds.All() {
		if !r.Spoke || len(r.Own) > 0 || !p.readsRound(r.Subject) {
			continue
		}
		x := said{of: r.Subject, from: r.Subject, kind: "自我批评", text: unrecorded}
		if r.Read > 0 {
			x.text = "宣读了本人提交的发言提纲"
		}
		at := slices.IndexFunc(list, func(o said) bool { return o.of == r.Subject })
		if at < 0 {
			at = len(list)
		}
		list = slices.Insert(list, at, x)
	}
	return list, answers
}

// unrecorded stands for words that nobody wrote down.
const unrecorded = "要点未记录"

// readsRound reports whether the reader may read everything about somebody: it is
// theirs, or they keep the minutes.
func (p *pen) readsRound(of meeting.MemberID) bool { return p.seat() == of || taker(p.s, p.seat()) }
