package paper

import (
	"fmt"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// talkMatrix says who owes whom a talk and who has had it (DOMAIN.md §4.5), without
// a word of what was said. It is there from the first talk on, or once the meeting
// has begun; a draft until the meeting is over.
func talkMatrix(p *pen) (doc.Document, bool) {
	pairs := p.s.TalkPairs()
	held := slices.ContainsFunc(pairs, func(x meeting.TalkPair) bool { return x.Done > 0 })
	if len(pairs) == 0 || !p.s.Rules.Has("talk") || !held && p.s.Began().IsZero() {
		return doc.Document{}, false
	}
	p.write(talkStatistics(pairs), p.matrix(pairs))
	p.write(doc.Paragraph{Text: "表中：数字是已谈次数，“未谈”是应谈而未谈，“另 n”是不在应谈之列而谈了 n 次，空格是不应谈也未谈。反馈谈话不在内。"})
	p.table(p.talkGaps(pairs), "无")
	p.table(p.pairList(pairs), "无")
	return doc.Document{Title: p.s.Branch.Name + "谈心谈话统计表", Layout: doc.Ledger, Draft: p.s.Ended().IsZero(), Blocks: p.blocks}, true
}

// talkStatistics counts the pairs by the kind of talk that they owe: 应谈, 已谈, the
// coverage with 应谈 as its base, and who talked more than once (反复谈).
func talkStatistics(pairs []meeting.TalkPair) doc.Table {
	t := doc.Table{Title: "应谈已谈", Columns: doc.Columns("谈话类型", "应谈（对）", "已谈（对）", "覆盖率（以应谈为基数）", "谈话次数", "反复谈（对）")}
	t.Columns[1].Sum, t.Columns[2].Sum, t.Columns[4].Sum, t.Columns[5].Sum = true, true, true, true
	row := func(title string, of func(meeting.TalkPair) bool) []doc.Cell {
		owed, held, times, again := 0, 0, 0, 0
		for _, x := range pairs {
			if !of(x) {
				continue
			}
			times += x.Done
			if x.Done > 1 {
				again++
			}
			if x.Owed {
				owed++
				held += min(1, x.Done)
			}
		}
		return []doc.Cell{doc.Text(title), doc.Number(owed), doc.Number(held), doc.Ratio{Count: held, Base: owed}, doc.Number(times), doc.Number(again)}
	}
	for _, kind := range []string{meeting.TalkSecretary, meeting.TalkCommittee, meeting.TalkMember, meeting.TalkMembers} {
		t.Rows = append(t.Rows, row(kind, func(x meeting.TalkPair) bool { return x.Why == kind }))
	}
	t.Rows = append(t.Rows, row("不在应谈之列", func(x meeting.TalkPair) bool { return !x.Owed }))
	t.Total = row("合计", func(meeting.TalkPair) bool { return true })
	return t
}

// matrix has a row and a column for every party member of the branch.
func (p *pen) matrix(pairs []meeting.TalkPair) doc.Table {
	words := map[[2]meeting.MemberID]string{}
	for _, x := range pairs {
		word := fmt.Sprint(x.Done)
		switch {
		case !x.Owed:
			word = fmt.Sprintf("另 %d", x.Done)
		case x.Done == 0:
			word = "未谈"
		}
		words[[2]meeting.MemberID{x.By, x.With}], words[[2]meeting.MemberID{x.With, x.By}] = word, word
	}
	t := doc.Table{Title: "谈话对照", Columns: []doc.Column{{Name: "序号", Width: 3}, {Name: "姓名", Width: 11}}}
	people := slices.DeleteFunc(slices.Clone(p.s.Roster), func(m meeting.Member) bool { return !m.InParty() })
	for i := range people {
		t.Columns = append(t.Columns, doc.Column{Name: fmt.Sprint(i + 1), Width: 3})
	}
	for i, m := range people {
		row := []doc.Cell{doc.Number(i + 1), doc.Text(p.titled(m.ID))}
		for _, other := range people {
			word := words[[2]meeting.MemberID{m.ID, other.ID}]
			if other.ID == m.ID {
				word = "—"
			}
			row = append(row, doc.Text(word))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// talkGaps names the pairs that have not had the talk that they owe.
func (p *pen) talkGaps(pairs []meeting.TalkPair) doc.Table {
	t := doc.Table{Title: "应谈未谈", Columns: doc.Columns("序号", "一方", "另一方", "应谈类型")}
	for _, x := range pairs {
		if x.Owed && x.Done == 0 {
			t.Rows = append(t.Rows, []doc.Cell{doc.Number(len(t.Rows) + 1), doc.Text(p.titled(x.By)), doc.Text(p.titled(x.With)), doc.Text(x.Why)})
		}
	}
	return t
}

// pairList says of the pairs that have talked how often and by what means.
func (p *pen) pairList(pairs []meeting.TalkPair) doc.Table {
	t := doc.Table{Title: "已谈", Columns: doc.Columns("序号", "一方", "另一方", "应谈类型", "已谈次数", "方式")}
	for _, x := range pairs {
		if x.Done > 0 {
			t.Rows = append(t.Rows, []doc.Cell{
				doc.Number(len(t.Rows) + 1), doc.Text(p.titled(x.By)), doc.Text(p.titled(x.With)), doc.Text(x.Why), doc.Number(x.Done), doc.Text(joined("、", x.Means...)),
			})
		}
	}
	return t
}
