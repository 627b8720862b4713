package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/sheet"
	"pingyi/store/folder"
	"pingyi/store/hall"
	"pingyi/tui/draw"
)

func (d *desk) rosterImportVerb() *cobra.Command {
	var branch string
	var how importing
	verb := &cobra.Command{
		Use: "import 文件", Short: "导入名册；有一行不对就一行也不导入", Args: exactly("文件"),
		Long: `导入名册。哪一行是表头、列的次序都不限，不认识的列不读：
  姓名、类别（必有；类别为 正式、预备、群众、列席）
  编号、性别、民族、出生年月、籍贯、学历、职务、党内职务（书记、副书记、组织委员…）、
  党小组、入党时间、转正时间、状态、不计入应到原因
可读 csv（UTF-8 或 GBK）和 xlsx。已在册的人按编号（没有编号时按姓名）更新，表里没有的列不变。
先列出每一处改动；谁的资格会变（类别、应到、党内职务、姓名对应的编号），就要加上 --yes 才导入。`,
		Example: "  pingyi roster import 名册.csv --branch b1 --dry-run\n  pingyi roster import 名册.xlsx --branch b1",
		RunE: d.withFolder(func(ctx context.Context, f *folder.Folder, args []string) error {
			if branch == "" {
				return branchMissing()
			}
			h, err := f.Hall(ctx, branch)
			if err != nil {
				return err
			}
			return d.importRoster(ctx, h, args[0], how)
		}),
	}
	verb.Flags().StringVar(&branch, "branch", "", "支部编号")
	verb.Flags().BoolVar(&how.dry, "dry-run", false, "只检查并列出改动，不写入")
	verb.Flags().BoolVar(&how.yes, "yes", false, "已经看过改变资格的改动，照样导入")
	verb.Flags().BoolVar(&how.json, "json", false, "输出 JSON")
	return verb
}

// importing is how a roster is imported.
type importing struct{ dry, yes, json bool }

// imported is the answer of roster import.
type imported struct {
	Added     int            `json:"added"`
	Changed   int            `json:"changed"`
	Unchanged int            `json:"unchanged"`
	Kinds     map[string]int `json:"kinds"`
	Groups    map[string]int `json:"groups"`
	Changes   []rosterChange `json:"changes"`
	Skipped   []badCell      `json:"skipped"`
	Warnings  []badCell      `json:"warnings"`
	Errors    []badCell      `json:"errors"`

	news   []string // names of those who are added
	groups []string // names of the groups, in the order of the rows
}

// rosterChange is a change of somebody who is on the roster.
type rosterChange struct {
	ID       meeting.MemberID `json:"id"`
	Name     string           `json:"name"`
	Field    string           `json:"field"`
	Old      string           `json:"old"`
	New      string           `json:"new"`
	Standing bool             `json:"standing"`
}

// badCell is what is wrong with a cell or a row, in words.
type badCell struct {
	Sheet  string `json:"sheet,omitempty"`
	Row    int    `json:"row"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Why    string `json:"why"`
}

// importRoster tells what a file would change, and then changes it.
func (d *desk) importRoster(ctx context.Context, h *hall.Hall, name string, how importing) error {
	data, err := readAtMost(d.path(name), sheet.MaxBytes)
	if err != nil {
		return err
	}
	s := h.State()
	if no := meeting.May(s, meeting.Keeper, meeting.ActRoster); no != nil {
		return no
	}
	people, result, err := readRoster(s, filepath.Base(name), data)
	if err != nil {
		return err
	}
	if !how.json {
		d.tellReading(result)
	}
	var done error
	switch n := len(result.Errors); {
	case n > 0:
		done = failf("名册有 %d 处不对，一行也没有导入；请改好后再导入", n)
	case !how.dry:
		_, done = h.Act(ctx, meeting.Keeper, meeting.ImportRoster{People: people, Yes: how.yes})
	}
	if how.json {
		return errors.Join(d.json(result), done)
	}
	if done == nil {
		d.tellImport(result, how.dry)
	}
	return done
}

// readRoster reads a file as a roster, and says in words what it finds.
func readRoster(s *meeting.State, name string, data []byte) ([]meeting.Member, imported, error) {
	result := imported{
		Kinds: map[string]int{}, Groups: map[string]int{},
		Changes: []rosterChange{}, Skipped: []badCell{}, Warnings: []badCell{}, Errors: []badCell{},
	}
	tables, err := sheet.Read(name, data)
	var bad *sheet.Error
	if errors.As(err, &bad) {
		f := bad.Fault
		result.Errors = append(result.Errors, badCell{Row: f.Row, Column: columnName(f.Column), Value: f.Value, Why: sentence(f)})
		return nil, result, nil
	} else if err != nil {
		return nil, result, err
	}
	sheets, faults := rosterSheets(tables)
	read := meeting.ReadRoster(s, sheets, time.Now().In(s.Branch.Location()).Format(time.DateOnly))
	result.Errors = append(append(result.Errors, faults...), badCells(read.Errors)...)
	result.Skipped = append(result.Skipped, badCells(read.Skipped)...)
	result.Warnings = append(result.Warnings, badCells(read.Notes)...)
	if len(faults) > 0 {
		return nil, result, nil
	}
	result.compare(s, read.People)
	return read.People, result, nil
}

// rosterSheets turns the tables of a file into sheets of a roster. Faults that
// cut a table off are told apart from those of its cells.
func rosterSheets(tables []sheet.Table) (sheets []meeting.Sheet, faults []badCell) {
	for _, t := range tables {
		sh := meeting.Sheet{Name: t.Name, Closed: t.Unread, Rows: t.Rows, Hidden: t.Hidden, Veiled: t.Veiled}
		for _, c := range t.Struck {
			sh.Struck = append(sh.Struck, meeting.Cell(c))
		}
		for _, f := range t.Faults {
			if f.OfCell() {
				sh.Bad = append(sh.Bad, meeting.BadCell{
					Cell: meeting.Cell{Row: f.Row, Column: f.Column}, Value: f.Value, Code: meeting.RowCode(f.Code), Args: f.Args,
				})
				continue
			}
			faults = append(faults, badCell{Sheet: t.Name, Row: f.Row, Column: columnName(f.Column), Value: f.Value, Why: sentence(f)})
		}
		sheets = append(sheets, sh)
	}
	return sheets, faults
}

func badCells(errs []meeting.RowError) []badCell {
	list := make([]badCell, len(errs))
	for i, e := range errs {
		list[i] = badCell{e.Sheet, e.Row, e.Column, e.Value, sentence(e)}
	}
	return list
}

// compare notes what would become of whom.
func (r *imported) compare(s *meeting.State, people []meeting.Member) {
	for _, m := range people {
		old, known := s.Member(m.ID)
		switch {
		case !known:
			r.Added++
			r.news = append(r.news, fmt.Sprintf("%s（%s）", m.Name, m.ID))
		case old != m:
			r.Changed++
		default:
			r.Unchanged++
		}
		r.Kinds[meeting.KindWord(m.Kind)]++
		if m.Group == "" {
			continue
		}
		if r.Groups[m.Group]++; r.Groups[m.Group] == 1 {
			r.groups = append(r.groups, m.Group)
		}
	}
	for _, c := range s.Changes(people) {
		r.Changes = append(r.Changes, rosterChange{c.ID, c.Name, c.Column, c.Old, c.New, c.Standing})
	}
}

// columnName returns what a spreadsheet program calls a column that has no
// known header.
func columnName(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("第 %d 列", n)
}

// tellReading lists what was read, what was not, and what would change.
func (d *desk) tellReading(r imported) {
	if counts := r.counts(); counts != "" {
		fmt.Fprintln(d.out, draw.Drawable(counts))
	}
	for _, c := range r.Skipped {
		fmt.Fprintf(d.out, "跳过：%s\n", c.line())
	}
	for _, c := range r.Warnings {
		fmt.Fprintf(d.out, "提醒：%s\n", c.line())
	}
	for _, c := range r.Changes {
		fmt.Fprintf(d.out, "改动：%s\n", c.line())
	}
	if len(r.news) > 0 {
		fmt.Fprintf(d.out, "新增：%s\n", draw.Drawable(strings.Join(r.news, "、")))
	}
	for _, c := range r.Errors {
		if c.Row == 0 && c.Sheet == "" {
			c.Why = "整个文件：" + c.Why
		}
		fmt.Fprintln(d.out, c.line())
	}
}

// counts says how many people of each kind and group were read.
func (r imported) counts() string {
	var kinds, groups []string
	for _, k := range []meeting.Kind{meeting.Formal, meeting.Probationary, meeting.Mass, meeting.Guest} {
		if word := meeting.KindWord(k); r.Kinds[word] > 0 {
			kinds = append(kinds, fmt.Sprintf("%s %d 人", word, r.Kinds[word]))
		}
	}
	for _, g := range r.groups {
		groups = append(groups, fmt.Sprintf("%s %d 人", g, r.Groups[g]))
	}
	text := ""
	if len(kinds) > 0 {
		text = "读到：" + strings.Join(kinds, "、")
	}
	if len(groups) > 0 {
		text += "；党小组：" + strings.Join(groups, "、")
	}
	return text
}

// line says where something is and what about it.
func (c badCell) line() string {
	var place []string
	if c.Sheet != "" {
		place = append(place, "工作表「"+c.Sheet+"」")
	}
	if c.Row > 0 {
		place = append(place, fmt.Sprintf("第 %d 行", c.Row))
	}
	if c.Column != "" {
		place = append(place, c.Column)
	}
	if c.Value != "" {
		place = append(place, fmt.Sprintf("“%s”", shortened(c.Value)))
	}
	if len(place) == 0 {
		return c.Why
	}
	return draw.Drawable(strings.Join(place, " ")) + "：" + c.Why
}

// shortened returns the beginning of a cell's text.
func shortened(text string) string {
	const most = 20
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}

// line says what changes.
func (c rosterChange) line() string {
	if c.Field == "编号" { // nobody's is changed: whoever stands under the old one stays
		return draw.Drawable(fmt.Sprintf("%s（%s） 名册上另有同名的 %s：编号不会改，两个人都在名册上；是同一个人就写原来的编号", c.Name, c.ID, c.Old))
	}
	text := draw.Drawable(fmt.Sprintf("%s（%s） %s：%s → %s", c.Name, c.ID, c.Field, cmp.Or(c.Old, "（空）"), cmp.Or(c.New, "（空）")))
	if c.Standing {
		text += "（改变资格）"
	}
	return text
}

func (d *desk) tellImport(r imported, dry bool) {
	if dry {
		fmt.Fprintf(d.out, "检查通过：将新增 %d 人，更新 %d 人，不变 %d 人（没有写入）\n", r.Added, r.Changed, r.Unchanged)
		return
	}
	fmt.Fprintf(d.out, "已导入：新增 %d 人，更新 %d 人，不变 %d 人\n", r.Added, r.Changed, r.Unchanged)
}
