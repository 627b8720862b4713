package doc_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"pingyi/meeting/paper/doc"
)

// summary is a 测评汇总表 with so many members: all that a ledger can have.
func summary(members int) doc.Document {
	t := doc.Table{Title: "党员测评结果", Columns: []doc.Column{
		{Name: "序号"},
		{Name: "姓名"},
		{Name: "学号"},
		{Name: "类别", Words: []string{"正式党员", "预备党员"}},
		{Name: "票", Group: "优秀", Sum: true},
		{Name: "%", Group: "优秀"},
		{Name: "票", Group: "合格", Sum: true},
		{Name: "%", Group: "合格"},
		{Name: "弃权", Sum: true},
		{Name: "转正时间"},
		{Name: "支部评定等次"},
		{Name: "备注"},
	}, Chart: &doc.Chart{Title: "各党员测评结果", Names: 1, Values: []int{4, 6, 8}, Stacked: true}}
	good, fair, none := 0, 0, 0
	for i := range members {
		x, y, z := i%7, 20-i%7, i%2
		good, fair, none = good+x, fair+y, none+z
		t.Rows = append(t.Rows, []doc.Cell{
			doc.Number(i + 1), doc.Text(fmt.Sprintf("党员%02d", i+1)), doc.Text("201712345678901234"), doc.Text("正式党员"),
			doc.Number(x),
			doc.Ratio{Count: x, Base: 21},
			doc.Number(y),
			doc.Ratio{Count: y, Base: 21},
			doc.Number(z), doc.Day("2017-03-21"), doc.Text("合格"), doc.Text("=1+1，工作认真负责，团结同志，但有时缺乏耐心"),
		})
	}
	blank, all := doc.Text(""), 21*max(1, members)
	t.Total = []doc.Cell{
		doc.Text("合计"), blank, blank, blank, doc.Number(good),
		doc.Ratio{Count: good, Base: all},
		doc.Number(fair),
		doc.Ratio{Count: fair, Base: all},
		doc.Number(none), blank, blank, blank,
	}
	return doc.Document{
		Title: "第一支部民主评议党员测评汇总表", Layout: doc.Ledger, Unit: "第一支部", Day: "2017 年 3 月 21 日", Draft: true,
		Made: time.Date(2017, 3, 21, 14, 6, 0, 0, time.FixedZone("", 8*3600)),
		Blocks: []doc.Block{
			doc.Fields{{Name: "应到", Value: doc.Number(24)}, {Name: "实到", Value: doc.Number(21)}, {Name: "指纹", Value: doc.Text(strings.Repeat("0123456789abcdef", 8))}},
			doc.Paragraph{Text: "各比例以本行有效票为基数，弃权计入基数。"},
			t,
			doc.Paragraph{Lead: "说明", Text: strings.Repeat("票数由密文求和后经监票人开箱得出，没有拆看任何一张测评票。", 6)},
			doc.Heading{Level: 1, Text: "二、整改"},
			doc.Table{Columns: doc.Columns("序号", "问题"), Rows: [][]doc.Cell{{doc.Number(1), doc.Text("学习不够")}}},
			doc.Signatures{{Role: "监票人", Name: "党员05"}, {Role: "支部书记"}},
		},
	}
}

// ledger is a document of one table.
func ledger(t doc.Table) doc.Document {
	return doc.Document{Title: "台账", Layout: doc.Ledger, Blocks: []doc.Block{t}}
}

// opened renders a document for Excel and reads it back.
func opened(t interface {
	Helper()
	Fatal(...any)
	Cleanup(func())
}, d doc.Document,
) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(render(t, d, doc.Excel)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func cellOf(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column, row)
	return name
}

// must returns what an accessor of excelize found.
func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// part returns a part of a package.
func part(t *testing.T, file, name string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestExcelIsTheSameEveryTime(t *testing.T) {
	many := make([]string, 60)
	for i := range many {
		many[i] = fmt.Sprintf("措施%02d，逐项落实", i)
	}
	for name, d := range map[string]doc.Document{
		"a chart": summary(2), "a chart on its own sheet": summary(60), "nothing": {Layout: doc.Ledger},
		"words": ledger(doc.Table{Columns: []doc.Column{{Name: "措施", Words: many}}, Rows: [][]doc.Cell{{doc.Text("")}}}),
	} {
		one := render(t, d, doc.Excel)
		for range 20 {
			if render(t, d, doc.Excel) != one {
				t.Fatalf("%s: other bytes", name)
			}
		}
	}
}

// The parts are in a fixed order, well formed, and say nothing of a clock or of a
// version of a library.
func TestExcelPackage(t *testing.T) {
	file := render(t, summary(60), doc.Excel)
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		in := xml.NewDecoder(strings.NewReader(part(t, file, f.Name)))
		for {
			if _, err := in.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	if names[0] != "[Content_Types].xml" || names[1] != "_rels/.rels" || !slices.IsSorted(names[2:]) {
		t.Errorf("parts in the order %q", names)
	}
	core := part(t, file, "docProps/core.xml")
	if strings.Count(core, ">2017-03-21T06:06:00Z<") != 2 || strings.Contains(core, "xuri") || !strings.Contains(core, "（草稿）") {
		t.Error(core)
	}
	if app := part(t, file, "docProps/app.xml"); !strings.Contains(app, "<Application>pingyi</Application>") {
		t.Error(app)
	}
}

// Every value is what it is: a number, a percentage, a date, words.
func TestExcelCellsAreTyped(t *testing.T) {
	f := opened(t, ledger(doc.Table{
		Columns: []doc.Column{{Name: "学号"}, {Name: "票", Sum: true}, {Name: "比例"}, {Name: "日期"}, {Name: "早"}, {Name: "无"}},
		Rows: [][]doc.Cell{
			{doc.Text("201712345678901234"), doc.Number(7), doc.Ratio{Count: 7, Base: 24}, doc.Day("2017-03-21"), doc.Day("1899-01-01"), doc.Ratio{}},
			{doc.Text("=SUM(A1)"), doc.Number(9), doc.Ratio{Count: 9, Base: 24}, doc.Day("长期坚持"), doc.Day("9999-12-31"), doc.Text("@a")},
		},
		Total: []doc.Cell{doc.Text("合计"), doc.Number(16), doc.Ratio{Count: 16, Base: 48}, doc.Text(""), doc.Text(""), doc.Text("")},
	}))
	sheet := f.GetSheetName(0)
	for _, c := range []struct {
		cell, raw, shown, format string
		number                   bool
	}{
		{"A3", "201712345678901234", "201712345678901234", "@", false},
		{"B3", "7", "7", "0", true},
		// excelize reads 15 digits of what is written.
		{"C3", "0.291666666666666", "29.2%", "0.0%", true},
		{"D3", "42815", "2017-03-21", "yyyy-mm-dd", true},
		{"E3", "1899-01-01", "1899-01-01", "@", false},
		{"F3", "", "", "@", true},
		{"A4", "=SUM(A1)", "=SUM(A1)", "@", false},
		{"D4", "长期坚持", "长期坚持", "@", false},
		{"E4", "2958465", "9999-12-31", "yyyy-mm-dd", true},
		{"B5", "16", "16", "0", true},
		{"C5", "0.333333333333333", "33.3%", "0.0%", true},
	} {
		raw := must(f.GetCellValue(sheet, c.cell, excelize.Options{RawCellValue: true}))
		shown := must(f.GetCellValue(sheet, c.cell))
		style := must(f.GetStyle(must(f.GetCellStyle(sheet, c.cell))))
		format := map[int]string{49: "@", 1: "0"}[style.NumFmt]
		if style.CustomNumFmt != nil {
			format = *style.CustomNumFmt
		}
		number := slices.Contains([]excelize.CellType{excelize.CellTypeNumber, excelize.CellTypeUnset}, must(f.GetCellType(sheet, c.cell)))
		if raw != c.raw || shown != c.shown || format != c.format || number != c.number {
			t.Errorf("%s: %q, shown %q, as %s, number %v, want %+v", c.cell, raw, shown, format, number, c)
		}
		if len(style.Border) != 4 {
			t.Errorf("%s: %d borders", c.cell, len(style.Border))
		}
	}
	if got := must(f.GetCellFormula(sheet, "B5")); got != "SUM(B3:B4)" {
		t.Errorf("total %q", got)
	}
}

// Whatever a document holds, the numbers read back are those written, no cell has a
// formula but a sum in the total, and its value is what the formula computes.
func TestExcelHoldsTheNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.OneOf(
			rapid.Map(rapid.IntRange(-1e9, 1e9), func(n int) doc.Cell { return doc.Number(n) }),
			rapid.Map(rapid.IntRange(0, 40), func(n int) doc.Cell { return doc.Ratio{Count: n, Base: 40} }),
			rapid.Map(typed(), func(s string) doc.Cell { return doc.Text(s) }),
			rapid.Just[doc.Cell](doc.Day("2017-03-21")))
		columns := rapid.IntRange(1, 5).Draw(t, "columns")
		table := doc.Table{Title: typed().Draw(t, "title"), Rows: rapid.SliceOfN(rapid.SliceOfN(cell, columns, columns), 0, 6).Draw(t, "rows")}
		for i := range columns {
			table.Columns = append(table.Columns, doc.Column{Name: fmt.Sprintf("第 %d 列", i), Sum: rapid.Bool().Draw(t, "sum")})
		}
		if rapid.Bool().Draw(t, "total") {
			for i := range columns {
				sum := 0
				for _, r := range table.Rows {
					n, _ := r[i].(doc.Number)
					sum += int(n)
				}
				table.Total = append(table.Total, rapid.SampledFrom([]doc.Cell{doc.Number(sum), doc.Number(sum + 1), doc.Text("=1")}).Draw(t, "total"))
			}
		}
		d := ledger(table)
		d.Title, d.Unit = typed().Draw(t, "title"), typed().Draw(t, "unit")
		f := opened(t, d)
		sheet := f.GetSheetName(0)
		head := 1
		for must(f.GetCellValue(sheet, cellOf(1, head))) != "第 0 列" {
			head++
		}
		all := must(f.GetRows(sheet))
		for r := range all {
			for c := range columns {
				if formula := must(f.GetCellFormula(sheet, cellOf(c+1, r+1))); formula != "" {
					if r != head+len(table.Rows) || !table.Columns[c].Sum {
						t.Fatalf("%s has the formula %q", cellOf(c+1, r+1), formula)
					}
					computed := must(f.CalcCellValue(sheet, cellOf(c+1, r+1), excelize.Options{RawCellValue: true}))
					if written := table.Total[c].String(); must(strconv.ParseFloat(computed, 64)) != must(strconv.ParseFloat(written, 64)) {
						t.Fatalf("%s: %s, written %s", formula, computed, written)
					}
				}
			}
		}
		for i, r := range table.Rows {
			for j, c := range r {
				got := must(f.GetCellValue(sheet, cellOf(j+1, head+1+i), excelize.Options{RawCellValue: true}))
				switch x := c.(type) {
				case doc.Number:
					if got != x.String() {
						t.Fatalf("%q, want %s", got, x)
					}
				case doc.Ratio:
					if math.Abs(must(strconv.ParseFloat(got, 64))-float64(x.Count)/float64(x.Base)) > 1e-14 {
						t.Fatalf("%q, want %s", got, x)
					}
				case doc.Text:
					if visible(got) != visible(x.String()) {
						t.Fatalf("%q, want %q", got, x)
					}
				}
			}
		}
	})
}

// Whatever people type stands in a cell, letter by letter.
func TestExcelLosesNoText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDocument().Draw(t, "document")
		d.Layout = doc.Ledger
		f := opened(t, d)
		var all strings.Builder
		for _, sheet := range f.GetSheetList() {
			for _, row := range must(f.GetRows(sheet)) {
				all.WriteString(strings.Join(row, "\n") + "\n")
			}
		}
		shown := visible(all.String())
		must := func(texts ...string) {
			for _, text := range texts {
				if !strings.Contains(shown, visible(text)) {
					t.Fatalf("%q is not in %q", text, shown)
				}
			}
		}
		must(d.Title)
		for _, b := range d.Blocks {
			switch x := b.(type) {
			case doc.Heading:
				must(x.Text)
			case doc.Paragraph:
				must(x.Lead, x.Text)
			case doc.Fields:
				must(x[0].Name, x[0].Value.String())
			case doc.Table:
				must(x.Title, x.Columns[1].Name)
				for _, r := range x.Rows {
					must(r[0].String(), r[1].String(), r[2].String())
				}
			case doc.Signatures:
				must(x[0].Role, x[0].Name)
			}
		}
	})
}

// A total has its value beside the formula, so that a reader that computes nothing
// shows it; one that is not the sum has no formula.
func TestExcelTotals(t *testing.T) {
	table := doc.Table{
		Columns: []doc.Column{{Name: "票", Sum: true}, {Name: "差", Sum: true}, {Name: "日", Sum: true}, {Name: "不计"}},
		Rows:    [][]doc.Cell{{doc.Number(3), doc.Number(1), doc.Day("2017-03-21"), doc.Number(1)}, {doc.Text(""), doc.Number(1), doc.Number(1), doc.Number(1)}},
		Total:   []doc.Cell{doc.Number(3), doc.Number(5), doc.Number(1), doc.Number(2)},
	}
	xml := part(t, render(t, ledger(table), doc.Excel), "xl/worksheets/sheet1.xml")
	if !strings.Contains(xml, "<f>SUM(A3:A4)</f><v>3</v>") || strings.Count(xml, "<f>") != 1 {
		t.Error(xml[strings.Index(xml, "<sheetData>"):])
	}
	table.Rows = nil
	if xml := part(t, render(t, ledger(table), doc.Excel), "xl/worksheets/sheet1.xml"); strings.Contains(xml, "<f>") {
		t.Error("the sum of nothing is a formula")
	}
}

// The page: title, unit and seal above, two rows of heads that stay and are repeated,
// as wide as the paper, places to sign below.
func TestExcelPage(t *testing.T) {
	f := opened(t, summary(60))
	if got := f.GetSheetList(); !slices.Equal(got, []string{"党员测评结果", "图 各党员测评结果", "表3"}) {
		t.Fatalf("sheets %q", got)
	}
	sheet := "党员测评结果"
	rows := must(f.GetRows(sheet))
	for i, want := range []string{
		"第一支部民主评议党员测评汇总表（草稿）", "第一支部（盖章）　　2017 年 3 月 21 日", "应到：24　　实到：21",
		"指纹：" + strings.Repeat("0123456789abcdef", 8), "各比例以本行有效票为基数，弃权计入基数。", "党员测评结果",
	} {
		if rows[i][0] != want {
			t.Errorf("row %d: %q, want %q", i+1, rows[i][0], want)
		}
	}
	var merged []string
	for _, m := range must(f.GetMergeCells(sheet)) {
		merged = append(merged, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	for _, want := range []string{"A1:L1", "A2:L2", "E7:F7", "G7:H7", "A7:A8", "I7:I8"} {
		if !slices.Contains(merged, want) {
			t.Errorf("%s is not merged: %s", want, merged)
		}
	}
	if rows[6][4] != "优秀" || rows[7][4] != "票" || rows[7][5] != "%" || rows[6][8] != "弃权" || rows[8][1] != "党员01" || rows[68][0] != "合计" {
		t.Errorf("heads %q %q", rows[6], rows[7])
	}
	if panes := must(f.GetPanes(sheet)); !panes.Freeze || panes.YSplit != 8 || panes.TopLeftCell != "A9" {
		t.Errorf("panes %+v", panes)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Scope+" "+n.Name] = n.RefersTo
	}
	if names[sheet+" _xlnm.Print_Titles"] != "'党员测评结果'!$7:$8" || names[sheet+" _xlnm.Print_Area"] != fmt.Sprintf("'党员测评结果'!$A$1:$L$%d", len(rows)) {
		t.Errorf("names %q of %d rows", names, len(rows))
	}
	layout, margins, props := must(f.GetPageLayout(sheet)), must(f.GetPageMargins(sheet)), must(f.GetSheetProps(sheet))
	if *layout.FitToWidth != 1 || *layout.FitToHeight != 0 || *layout.Orientation != "landscape" || *layout.Size != 9 || !*props.FitToPage {
		t.Errorf("layout %d %d %s %d", *layout.FitToWidth, *layout.FitToHeight, *layout.Orientation, *layout.Size)
	}
	if math.Abs(*margins.Left*25.4-18) > 0.1 || math.Abs(*margins.Top*25.4-20) > 0.1 {
		t.Errorf("margins %v %v", *margins.Left, *margins.Top)
	}
	if footer := must(f.GetHeaderFooter(sheet)); !strings.Contains(footer.OddFooter, "&P") {
		t.Errorf("footer %+v", footer)
	}
	if last := rows[len(rows)-1][0]; !strings.HasPrefix(last, "支部书记（签字）：＿") || !strings.HasSuffix(last, "年　　月　　日") {
		t.Errorf("last row %q", last)
	}
	if got := must(f.GetRows("表3")); got[2][0] != "二、整改" || got[3][1] != "问题" || got[4][1] != "学习不够" {
		t.Errorf("third sheet %q", got)
	}
	if xml := part(t, render(t, summary(60), doc.Excel), "xl/worksheets/sheet1.xml"); !strings.Contains(xml, `numberStoredAsText="true"`) {
		t.Error("Excel marks student numbers as faults")
	}
	if font := must(f.GetDefaultFont()); font != "仿宋_GB2312" {
		t.Errorf("default font %s", font)
	}
}

// Every text is as high as the lines it takes, and its row is as high as they.
func TestExcelRowsShowTheirTexts(t *testing.T) {
	text := strings.Repeat("学习不够深入", 20)
	f := opened(t, ledger(doc.Table{Columns: []doc.Column{{Name: "一", Width: 4}, {Name: "二", Width: 12}, {Name: "三", Width: 50}}, Rows: [][]doc.Cell{
		{doc.Text("短"), doc.Text(text), doc.Text("短")}, {doc.Text("短"), doc.Text("短"), doc.Text("甲\n乙\n丙")}, {doc.Text("短"), doc.Text("短"), doc.Text("短")},
	}}))
	sheet := f.GetSheetName(0)
	width := must(f.GetColWidth(sheet, "B")) * 5.25 // points
	least := math.Ceil(120*10.5/width) * 16
	for row, want := range map[int]float64{3: least, 4: 48, 5: 16} {
		if got := must(f.GetRowHeight(sheet, row)); got < want || got > 1.35*want+4 {
			t.Errorf("row %d: %v points, want %v", row, got, want)
		}
	}
}

// A text that no row can show goes on in the next one, without loss; the other cells
// of its row stand beside it.
func TestExcelLongTexts(t *testing.T) {
	for name, text := range map[string]string{
		"10,000 characters": strings.Repeat("对照检查𠮷", 2000), "40,000 characters": strings.Repeat("a", 40_000), "2,000 lines": strings.Repeat("一行\n", 2000) + "完",
	} {
		d := ledger(doc.Table{Columns: doc.Columns("序号", "内容"), Rows: [][]doc.Cell{{doc.Number(1), doc.Text(text)}, {doc.Number(2), doc.Text("短")}}})
		d.Blocks = append(d.Blocks, doc.Paragraph{Text: text})
		f := opened(t, d)
		sheet := f.GetSheetName(0)
		var inTable, below strings.Builder
		rows := must(f.GetRows(sheet))
		last := slices.IndexFunc(rows, func(r []string) bool { return r[0] == "2" })
		for i, r := range rows {
			if high := must(f.GetRowHeight(sheet, i+1)); high > 409 {
				t.Errorf("%s: row %d is %v points high", name, i+1, high)
			}
			switch {
			case i >= 2 && i < last:
				inTable.WriteString(r[1] + "\n")
			case i > last:
				below.WriteString(r[0] + "\n")
			}
			for _, c := range r {
				if len(utf16.Encode([]rune(c))) > 32767 {
					t.Errorf("%s: row %d has a cell that is too long", name, i+1)
				}
			}
		}
		if visible(inTable.String()) != visible(text) || visible(below.String()) != visible(text) {
			t.Errorf("%s: the text is another one", name)
		}
		if merged := must(f.GetMergeCells(sheet)); !slices.ContainsFunc(merged, func(m excelize.MergeCell) bool {
			return m.GetStartAxis() == "A3" && m.GetEndAxis() == cellOf(1, last)
		}) {
			t.Errorf("%s: the number does not stand beside the whole text: %v", name, merged)
		}
	}
}

func TestExcelRareCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"𠮷田🎉": "𠮷田🎉", "a\ufffeb": "a\ufffdb", "a\x00\x1b[2Jb": "a[2Jb", "_x0041_": "_x0041_", "<&>\"'": "<&>\"'", " 甲\n乙 ": " 甲\n乙 ", "e\u0301\u202e": "e\u0301",
	} {
		f := opened(t, ledger(doc.Table{Columns: doc.Columns("甲"), Rows: [][]doc.Cell{{doc.Text(text)}}}))
		if got := must(f.GetCellValue(f.GetSheetName(0), "A3")); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestExcelWithoutRowsOrTables(t *testing.T) {
	f := opened(t, ledger(doc.Table{Columns: doc.Columns("序号", "问题")}))
	if rows := must(f.GetRows(f.GetSheetName(0))); len(rows) != 2 || rows[1][1] != "问题" {
		t.Errorf("an empty table: %q", rows)
	}
	f = opened(t, doc.Document{Title: "无表", Layout: doc.Ledger, Blocks: []doc.Block{doc.Table{}, doc.Paragraph{Text: "甲"}}})
	if rows := must(f.GetRows("无表")); len(rows) != 2 || rows[1][0] != "甲" {
		t.Errorf("no table: %q", rows)
	}
}

func TestExcelSheetNames(t *testing.T) {
	long := strings.Repeat("𠮷", 40)
	d := doc.Document{Title: "台账", Layout: doc.Ledger}
	for _, title := range []string{"问题[1]:*?/\\清单", "'引号'", long, long, "", "台账", "台账", "'"} {
		d.Blocks = append(d.Blocks, doc.Table{Title: title, Columns: doc.Columns("甲")})
	}
	want := []string{"问题-1------清单", "引号", strings.Repeat("𠮷", 15), strings.Repeat("𠮷", 14) + "（2）", "表5", "台账", "台账（2）", "表"}
	if got := opened(t, d).GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A column of words has a list to choose from; one that the cell cannot hold stands on
// a hidden sheet.
func TestExcelWords(t *testing.T) {
	var many []string
	for i := range 60 {
		many = append(many, fmt.Sprintf("措施%02d", i))
	}
	blank := doc.Text("")
	f := opened(t, ledger(doc.Table{Columns: []doc.Column{
		{Name: "进展", Words: []string{"未启动", "已完成"}}, {Name: "措施", Words: many}, {Name: "逗号", Words: []string{"甲,乙", "丙"}}, {Name: "别的"},
	}, Rows: [][]doc.Cell{{blank, blank, blank, blank}, {blank, blank, blank, blank}}}))
	var got []string
	for _, v := range must(f.GetDataValidations(f.GetSheetName(0))) {
		got = append(got, v.Sqref+" "+v.Type+" "+v.Formula1)
	}
	if want := []string{`A3:A4 list "未启动,已完成"`, "B3:B4 list '选项'!$A$1:$A$60", "C3:C4 list '选项'!$B$1:$B$2"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if visible := must(f.GetSheetVisible("选项")); visible || must(f.GetCellValue("选项", "A60")) != "措施59" || must(f.GetCellValue("选项", "B1")) != "甲,乙" {
		t.Error("the list is not there, or not hidden")
	}
}

// A chart has a series for each column, named by its group, and stands on blank rows
// over the width of the table: under a short one, else on a sheet of its own.
func TestExcelCharts(t *testing.T) {
	short := summary(2)
	short.Blocks = short.Blocks[:3]
	for members, d := range map[int]doc.Document{2: short, 60: summary(60)} {
		file, sheet := render(t, d, doc.Excel), "xl/worksheets/_rels/sheet1.xml.rels"
		if members == 60 {
			sheet = "xl/worksheets/_rels/sheet2.xml.rels"
		}
		if rels := part(t, file, sheet); !strings.Contains(rels, "drawing1.xml") {
			t.Errorf("%d members: %s", members, rels)
		}
		last := 8 + members
		chart := part(t, file, "xl/charts/chart1.xml")
		for _, want := range []string{
			`<grouping val="stacked">`, "!$E$7<", "!$G$7<", "!$I$7<", "各党员测评结果",
			fmt.Sprintf("!$B$9:$B$%d<", last), fmt.Sprintf("!$E$9:$E$%d<", last), fmt.Sprintf("!$I$9:$I$%d<", last),
		} {
			if !strings.Contains(chart, want) {
				t.Errorf("%d members: no %s in %s", members, want, chart)
			}
		}
		if drawing := part(t, file, "xl/drawings/drawing1.xml"); !strings.Contains(drawing, "<xdr:to><xdr:col>12</xdr:col><xdr:colOff>0</xdr:colOff>") || !strings.Contains(drawing, `descr="各党员测评结果"`) {
			t.Errorf("%d members: %s", members, drawing)
		}
	}
	f := opened(t, short)
	rows, book := must(f.GetRows("党员测评结果")), part(t, render(t, short, doc.Excel), "xl/workbook.xml")
	drawing := part(t, render(t, short, doc.Excel), "xl/drawings/drawing1.xml")
	if begin := fmt.Sprintf("<xdr:row>%d</xdr:row>", len(rows)+1); !strings.Contains(drawing, begin) || !strings.Contains(drawing, "<xdr:row>24</xdr:row>") || !strings.Contains(book, "$A$1:$L$24<") {
		t.Errorf("%d rows; the chart: %s; the names: %s", len(rows), drawing, book)
	}
}

// What stays when one rolls down leaves a place for the table.
func TestExcelFreezesNoWholeScreen(t *testing.T) {
	d := summary(3)
	d.Blocks[1] = doc.Paragraph{Text: strings.Repeat("说明。\n", 30)}
	if panes := must(opened(t, d).GetPanes("党员测评结果")); panes.Freeze {
		t.Errorf("panes %+v", panes)
	}
}

func BenchmarkExcel(b *testing.B) {
	for _, members := range []int{60, 2000} {
		d := summary(members)
		for i := range d.Blocks {
			if t, is := d.Blocks[i].(doc.Table); is && len(t.Columns) == 12 { // 16 columns, as the widest ledger has
				t.Columns = append(slices.Clip(t.Columns), doc.Columns("一", "二", "三", "四")...)
				for j := range t.Rows {
					t.Rows[j] = append(t.Rows[j], doc.Text("学习不够深入，联系群众不够"), doc.Text("已完成"), doc.Text("党员01"), doc.Day("2017-03-21"))
				}
				t.Total = append(t.Total, doc.Text(""), doc.Text(""), doc.Text(""), doc.Text(""))
				d.Blocks[i] = t
			}
		}
		b.Run(fmt.Sprint(members), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := doc.HouseStyle().Render(d, doc.Excel); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Nothing in the file depends on the style but what the style says.
func TestExcelHasTheStyle(t *testing.T) {
	st, err := doc.NewStyle([]byte("[ledger]\nwidth = 420\nheight = 297\ntitle = { font = \"华文中宋\", size = 20, line = 30 }\n"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := st.Render(summary(1), doc.Excel)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	title := must(f.GetStyle(must(f.GetCellStyle("党员测评结果", "A1"))))
	if layout := must(f.GetPageLayout("党员测评结果")); *layout.Size != 8 || title.Font.Family != "华文中宋" || title.Font.Size != 20 {
		t.Errorf("size %d, title %+v", *layout.Size, title.Font)
	}
}

// A number, a day, a name and a short word stand on one line, however many columns
// there are; the table is as wide as the page.
func TestExcelColumnsAreWideEnough(t *testing.T) {
	long := doc.Text(strings.Repeat("学习还不够深入，联系实际不够", 3))
	table := doc.Table{Columns: doc.Columns("序号", "姓名", "日期", "票", "问题", "来源", "措施", "目标", "责任人", "协助人", "时限", "进展", "材料", "意见", "销号", "公示")}
	table.Rows = [][]doc.Cell{{
		doc.Number(1), doc.Text("党员02"), doc.Day("2017-03-21"), doc.Number(123456789), long, doc.Text("征求意见"), long, long, doc.Text("党员02"), doc.Text("党员03"),
		doc.Text("长期坚持"), doc.Text("进行中"), long, long, doc.Text("否"), doc.Text("已公示"),
	}}
	f := opened(t, ledger(table))
	sheet, all := f.GetSheetName(0), 0.0
	for i, c := range table.Rows[0] {
		name, _ := excelize.ColumnNumberToName(i + 1)
		width := must(f.GetColWidth(sheet, name))
		all += width
		letters := 0.0
		for _, r := range c.String() {
			if letters++; r > 0x2000 {
				letters++
			}
		}
		if want := min(10, letters) + 1.5; width < want {
			t.Errorf("column %s of %s is %v wide, want %v", name, c, width, want)
		}
	}
	if page := 261 / 25.4 * 72 / 5.25; all < page || all > 1.3*page {
		t.Errorf("the table is %v wide, the page %v", all, page)
	}
}
