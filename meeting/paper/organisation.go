package paper

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// Organisation returns the papers of the organisation above: the roll-up of all
// branches, what the Party's statistics ask for (第八表 民主评议党员情况), the list
// of the 优秀 of all branches, and the assessments of their secretaries (DOMAIN.md
// §4.3). A grade that the superior has not approved yet is shown as such, and while
// there is one the papers are drafts. They are as of the branches' newest fact.
func Organisation(name string, branches []*meeting.State) []Paper {
	founded := slices.DeleteFunc(slices.Clone(branches), func(s *meeting.State) bool { return s.Rules == nil })
	of := name // whose papers they are, and of which year where it is one
	if len(founded) > 0 && meeting.OneYear(founded) {
		of += fmt.Sprintf("%d年度", founded[0].Rules.Year)
	}
	papers := []Paper{
		{Name: "rollup", Document: rollupOf(name, of, founded)},
		{Name: "statistics", Document: statistics(of, founded)},
		{Name: "excellent-all", Document: allExcellent(of, founded)},
		{Name: "assessments", Document: assessments(of, founded)},
	}
	var made time.Time
	day := ""
	for _, s := range founded {
		if at := s.Chronicle.At; at.After(made) {
			made, day = at, newCalendar(s.Branch.Location(), at).date(at)
		}
	}
	for i := range papers {
		d := &papers[i].Document
		d.Layout, d.Unit, d.Day, d.Made = doc.Ledger, name, day, made
	}
	return papers
}

// rollupOf has a row for each branch, and the sum of all. Ratios of grades are of
// those who took part.
func rollupOf(name, of string, branches []*meeting.State) doc.Document {
	t := rollupTable(meeting.GradesOf(branches))
	var all []meeting.Rollup
	names := meeting.BranchesAddedUp(branches)
	for i, s := range branches {
		r := s.Rollup()
		r.Name = names[i]
		all = append(all, r)
		t.Rows = append(t.Rows, rollupRow(t, doc.Number(i+1), r, disposedWords(s), approvalOf(r)))
	}
	sum := meeting.Total(all)
	sum.Name = "合计"
	t.Total = rollupRow(t, doc.Text(""), sum, "", "")
	d := doc.Document{Title: of + "民主评议党员情况汇总表", Blocks: []doc.Block{t}}
	for _, r := range all {
		d.Draft = d.Draft || r.State != meeting.Approved
		if r.Over {
			d.Blocks = append(d.Blocks, doc.Paragraph{Text: fmt.Sprintf("%s：优秀 %d 名，上限 %d 名，超出 %d 名，理由见支部的优秀党员名单。", r.Name, r.Excellent, r.Cap, r.Excellent-r.Cap)})
		}
	}
	if !meeting.OneYear(branches) {
		d.Blocks = append(d.Blocks, doc.Paragraph{Text: "各支部的年度不同，写在支部后面；合计是各支部所在年度的数之和。"})
	}
	d.Blocks = append(d.Blocks, doc.Paragraph{Text: "参评率以应参评人数为基数，各等次比例以实参评人数为基数。"},
		doc.Signatures{{Role: "填表人"}, {Role: "负责人"}}, doc.Paragraph{Lead: name + "（盖章）", Text: blank + handDay})
	return d
}

// rollupTable is the table without rows: the chart puts the branches' grades beside
// each other.
func rollupTable(grades []string) doc.Table {
	sum := func(name string) doc.Column { return doc.Column{Name: name, Sum: true} }
	t := doc.Table{Columns: []doc.Column{{Name: "序号"}, {Name: "支部"}, sum("正式"), sum("预备"), sum("应参评"), sum("实参评"), {Name: "参评率", Width: 5}}}
	t.Chart = &doc.Chart{Title: "各支部等次人数", Names: 1}
	for _, g := range grades {
		t.Chart.Values = append(t.Chart.Values, len(t.Columns))
		t.Columns = append(t.Columns, doc.Column{Group: g, Name: "人数", Sum: true, Width: 3}, doc.Column{Group: g, Name: "比例", Width: 4})
	}
	t.Columns = append(t.Columns, sum("未评定"), sum("优秀上限"), doc.Column{Name: "处置情况"}, doc.Column{Name: "审定"})
	return t
}

func rollupRow(t doc.Table, no doc.Cell, r meeting.Rollup, disposed, state string) []doc.Cell {
	cells := []doc.Cell{no, doc.Text(r.Name), doc.Number(r.Formal), doc.Number(r.Probationary), doc.Number(r.Expected), doc.Number(r.TookPart), doc.Ratio{Count: r.TookPart, Base: r.Expected}}
	for _, i := range t.Chart.Values {
		n := r.Grades[meeting.Grade(t.Columns[i].Group)]
		cells = append(cells, doc.Number(n), doc.Ratio{Count: n, Base: r.TookPart})
	}
	return append(cells, doc.Number(r.Ungraded), doc.Number(r.Cap), doc.Text(disposed), doc.Text(state))
}

// disposedWords say how many members of a branch are handled in which way.
func disposedWords(s *meeting.State) string {
	count, list := map[string]int{}, []string{}
	for _, one := range decided(s) {
		count[cmp.Or(one.means, "帮助教育")]++
	}
	for _, means := range slices.Sorted(maps.Keys(count)) {
		list = append(list, fmt.Sprintf("%s %d", means, count[means]))
	}
	return strings.Join(list, "，")
}

// approvalOf says how far a branch's grades have come.
func approvalOf(r meeting.Rollup) string {
	if r.State == "" {
		return "未送审"
	}
	return r.State.Title()
}

// statistics has a row for each member who took part in a meeting that has begun;
// the branches that are counted as holding it are those whose members stand there.
func statistics(of string, branches []*meeting.State) doc.Document {
	held, took := 0, 0
	t := doc.Table{Columns: doc.Columns("序号", "支部", "姓名", "开展评议日期", "结束评议日期", "评议结果", "评议奖惩情况", "评议奖惩原因")}
	removed, draft := []string{}, false
	names := meeting.BranchesAddedUp(branches)
	for i, s := range branches {
		draft = draft || s.Rollup().State != meeting.Approved
		if s.Began().IsZero() {
			continue
		}
		held++
		ended, people := decided(s), s.Participants()
		for _, m := range s.Roster {
			if !m.InParty() || !slices.Contains(people, m.ID) {
				continue
			}
			took++
			one := ended[m.ID]
			if one.means == "" { // help is no sanction
				one.basis = ""
			}
			if one.means == "除名" {
				removed = append(removed, names[i]+" "+s.Called(m.ID))
			}
			t.Rows = append(t.Rows, []doc.Cell{
				doc.Number(took), doc.Text(names[i]), doc.Text(s.Called(m.ID)), doc.Day(day(s, s.Began())), doc.Day(day(s, s.Ended())), doc.Text(gradeText(s, m.ID)),
				doc.Text(one.means), doc.Text(one.basis),
			})
		}
	}
	d := doc.Document{Title: of + "民主评议党员统计", Draft: draft, Blocks: []doc.Block{doc.Fields{
		{Name: "支部数", Value: doc.Number(len(branches))},
		{Name: "开展民主评议的支部数", Value: doc.Number(held)},
		{Name: "参加民主评议的党员数", Value: doc.Number(took)},
	}, t}}
	d.Blocks = append(d.Blocks, doc.Paragraph{Lead: "除名", Text: cmp.Or(strings.Join(removed, "、"), "无")}, doc.Signatures{{Role: "填表人"}, {Role: "负责人"}})
	return d
}

// day is a moment's day in the branch's zone, as forms want it.
func day(s *meeting.State, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(s.Branch.Location()).Format(time.DateOnly)
}

func gradeText(s *meeting.State, id meeting.MemberID) string {
	r, graded := s.GradeOf(id)
	switch {
	case !s.Graded(id) && r.Grade == "":
		return s.Rules.Ungraded
	case !graded:
		return "未评定"
	}
	return string(r.Grade)
}

// disposal is what the superior has approved about a member.
type disposal struct{ means, basis string }

// decided are those of a branch on which the superior has decided, by member.
func decided(s *meeting.State) map[meeting.MemberID]disposal {
	list := map[meeting.MemberID]disposal{}
	for _, r := range handedIn(s, "disposal") {
		if r.State == meeting.Approved {
			list[meeting.MemberID(r.Value("member"))] = disposal{r.Value("means"), r.Value("basis")}
		}
	}
	return list
}

// handedIn are the records of a kind that the superior reads.
func handedIn(s *meeting.State, form meeting.FormName) []meeting.Record {
	reader := meeting.Superior{ID: "papers"}
	return s.Knowing(&reader).Records(meeting.SuperiorID(reader.ID), form)
}

// allExcellent lists everybody graded 优秀.
func allExcellent(of string, branches []*meeting.State) doc.Document {
	t := doc.Table{Columns: doc.Columns("序号", "支部", "姓名", "职务", "理由", "审定")}
	draft := false
	names := meeting.BranchesAddedUp(branches)
	for i, s := range branches {
		draft = draft || s.Rollup().State != meeting.Approved
		for _, m := range s.Roster {
			r, graded := s.GradeOf(m.ID)
			if !graded || r.Grade != s.Excellent() {
				continue
			}
			state := "未审定"
			if s.ApprovedLine(m.ID) {
				state = meeting.Approved.Title()
			}
			t.Rows = append(t.Rows, []doc.Cell{doc.Number(len(t.Rows) + 1), doc.Text(names[i]), doc.Text(s.Called(m.ID)), doc.Text(postOf(m)), doc.Text(r.Reason), doc.Text(state)})
		}
	}
	d := doc.Document{Title: of + "民主评议优秀党员名单", Draft: draft, Blocks: []doc.Block{t}}
	if len(t.Rows) == 0 {
		d.Blocks = []doc.Block{doc.Paragraph{Text: "没有。"}}
	}
	d.Blocks = append(d.Blocks, doc.Signatures{{Role: "负责人"}})
	return d
}

// assessments has a row for the secretary of each branch whose rules have the
// assessment.
func assessments(of string, branches []*meeting.State) doc.Document {
	t := doc.Table{Columns: doc.Columns("序号", "支部", "书记", "考核", "自查总分", "督查总分", "结果", "理由")}
	draft := false
	names := meeting.BranchesAddedUp(branches)
	for i, s := range branches {
		if !s.Rules.Has("assess") {
			continue
		}
		row := []doc.Cell{doc.Number(len(t.Rows) + 1), doc.Text(names[i]), doc.Text(s.NameOf(s.Chair())), doc.Text("未考核"), doc.Text(""), doc.Text(""), doc.Text(""), doc.Text("")}
		state := meeting.Draft
		for _, r := range handedIn(s, "assess") {
			state = r.State
			row = append(row[:3], doc.Text(state.Title()), number(r.Value("self_total")), number(r.Value("score_total")), doc.Text(r.Value("outcome")), doc.Text(r.Value("reason")))
		}
		draft = draft || state != meeting.Published && state != meeting.Filed
		t.Rows = append(t.Rows, row)
	}
	d := doc.Document{Title: of + "党支部书记考核情况", Draft: draft, Blocks: []doc.Block{
		t, doc.Paragraph{Text: "考核结果由上级党组织确定，不由分数算出。"}, doc.Signatures{{Role: "负责人"}},
	}}
	if len(t.Rows) == 0 {
		d.Blocks[0] = doc.Paragraph{Text: "没有：各支部的规则都不考核书记。"}
	}
	return d
}
