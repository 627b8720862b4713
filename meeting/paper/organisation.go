package paper

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// Organisation returns the papers of the organisation above: the roll-up of all
// branches, what the Party's statistics ask for (第八表 民主评议党员情况), the list
// of the 优秀 of all branches, and the assessments of their secretaries (DOMAIN.md
// §4.3). A grade that the superior has not approved yet is shown as such.
func Organisation(name string, branches []*meeting.State) []Paper {
	founded := slices.DeleteFunc(slices.Clone(branches), func(s *meeting.State) bool { return s.Rules == nil })
	return []Paper{
		{Name: "rollup", Document: rollupOf(name, founded)},
		{Name: "statistics", Document: statistics(name, founded)},
		{Name: "excellent-all", Document: allExcellent(name, founded)},
		{Name: "assessments", Document: assessments(name, founded)},
	}
}

// gradesOf are the grades of all branches, in the order of the first that has
// them.
func gradesOf(branches []*meeting.State) []string {
	var grades []string
	for _, s := range branches {
		for _, g := range s.Rules.Grades {
			if !slices.Contains(grades, g) {
				grades = append(grades, g)
			}
		}
	}
	return grades
}

func rollupOf(name string, branches []*meeting.State) doc.Document {
	grades := gradesOf(branches)
	t := doc.Table{Columns: doc.Columns("序号", "支部", "正式党员", "预备党员", "应参评", "实参评", "参评率（以应参评为基数）")}
	t.Columns = append(t.Columns, doc.Columns(grades...)...)
	t.Columns = append(t.Columns, doc.Columns("未评定", "优秀上限", "审定")...)
	row := func(no doc.Cell, called string, r meeting.Rollup, state string) []doc.Cell {
		cells := []doc.Cell{no, doc.Text(called), doc.Number(r.Formal), doc.Number(r.Probationary), doc.Number(r.Expected), doc.Number(r.TookPart), doc.Ratio{Count: r.TookPart, Base: r.Expected}}
		for _, g := range grades {
			cells = append(cells, doc.Number(r.Grades[meeting.Grade(g)]))
		}
		return append(cells, doc.Number(r.Ungraded), doc.Number(r.Cap), doc.Text(state))
	}
	var all []meeting.Rollup
	for i, s := range branches {
		r := s.Rollup()
		all = append(all, r)
		t.Rows = append(t.Rows, row(doc.Number(i+1), s.Branch.Name, r, approvalOf(r)))
	}
	total := meeting.Total(all)
	t.Rows = append(t.Rows, row(doc.Text(""), "合计", total, ""))
	d := doc.Document{Title: name + "民主评议党员情况汇总表", Blocks: []doc.Block{t}}
	for _, r := range all {
		if r.Over {
			d.Blocks = append(d.Blocks, doc.Paragraph{Text: fmt.Sprintf("%s：优秀 %d 名，超过上限 %d 名，理由见支部的评定表。", r.Name, r.Excellent, r.Cap)})
		}
	}
	return d
}

// approvalOf says how far a branch's grades have come.
func approvalOf(r meeting.Rollup) string {
	if r.State == "" {
		return "未送审"
	}
	return r.State.Title()
}

// statistics has a row for each member who took part.
func statistics(name string, branches []*meeting.State) doc.Document {
	held, took := 0, 0
	t := doc.Table{Columns: doc.Columns("序号", "支部", "姓名", "开展评议日期", "结束评议日期", "评议结果", "评议奖惩情况", "评议奖惩原因")}
	removed := []string{}
	for _, s := range branches {
		if s.Phase == meeting.After {
			held++
		}
		ended, people := disposals(s), s.Participants()
		for _, m := range s.Roster {
			if !m.InParty() || !slices.Contains(people, m.ID) {
				continue
			}
			took++
			one := ended[m.ID]
			if one.means == "除名" {
				removed = append(removed, s.Branch.Name+" "+s.Called(m.ID))
			}
			t.Rows = append(t.Rows, []doc.Cell{
				doc.Number(took), doc.Text(s.Branch.Name), doc.Text(s.Called(m.ID)), doc.Text(day(s, s.Began())), doc.Text(day(s, s.Ended())), doc.Text(gradeText(s, m.ID)),
				doc.Text(one.means), doc.Text(one.basis),
			})
		}
	}
	d := doc.Document{Title: name + "民主评议党员统计", Blocks: []doc.Block{doc.Fields{
		{Name: "支部数", Value: doc.Number(len(branches))},
		{Name: "开展民主评议的支部数", Value: doc.Number(held)},
		{Name: "参加民主评议的党员数", Value: doc.Number(took)},
	}, t}}
	if len(removed) > 0 {
		d.Blocks = append(d.Blocks, doc.Paragraph{Lead: "除名", Text: strings.Join(removed, "、")})
	}
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

// disposals are those of a branch, by member.
func disposals(s *meeting.State) map[meeting.MemberID]disposal {
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
func allExcellent(name string, branches []*meeting.State) doc.Document {
	t := doc.Table{Columns: doc.Columns("序号", "支部", "姓名", "理由", "审定")}
	for _, s := range branches {
		b, _ := s.Bundle()
		for _, m := range s.Roster {
			r, graded := s.GradeOf(m.ID)
			if !graded || r.Grade != s.Excellent() {
				continue
			}
			state := "未审定"
			if b.Approved(m.ID) {
				state = meeting.Approved.Title()
			}
			t.Rows = append(t.Rows, []doc.Cell{doc.Number(len(t.Rows) + 1), doc.Text(s.Branch.Name), doc.Text(s.Called(m.ID)), doc.Text(r.Reason), doc.Text(state)})
		}
	}
	d := doc.Document{Title: name + "民主评议优秀党员名单"}
	if len(t.Rows) == 0 {
		d.Blocks = []doc.Block{doc.Paragraph{Text: "没有。"}}
		return d
	}
	d.Blocks = []doc.Block{t}
	return d
}

// assessments has a row for each branch's secretary.
func assessments(name string, branches []*meeting.State) doc.Document {
	t := doc.Table{Columns: doc.Columns("序号", "支部", "书记", "考核", "结果", "理由")}
	for i, s := range branches {
		state, outcome, reason := "未考核", "", ""
		for _, r := range handedIn(s, "assess") {
			state, outcome, reason = r.State.Title(), r.Value("outcome"), r.Value("reason")
		}
		t.Rows = append(t.Rows, []doc.Cell{doc.Number(i + 1), doc.Text(s.Branch.Name), doc.Text(s.NameOf(s.Chair())), doc.Text(state), doc.Text(outcome), doc.Text(reason)})
	}
	return doc.Document{Title: name + "党支部书记考核情况", Blocks: []doc.Block{t}}
}
