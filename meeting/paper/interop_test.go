//go:build interop

package paper_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper"
	"pingyi/meeting/paper/doc"
)

var keep = flag.String("keep", "", "leave the papers, and the PDF that LibreOffice makes of them, in this folder")

// Every docx and xlsx opens in LibreOffice, in python-docx or openpyxl, and has no
// fault for a validator: documents of all blocks in all layouts, and the papers of a
// whole meeting.
func TestOtherProgramsReadThePapers(t *testing.T) {
	dir := *keep
	if dir == "" {
		dir = t.TempDir()
	}
	titles := map[string]string{}
	write := func(name, title string, b []byte) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		titles[path] = title
	}
	for _, layout := range []doc.Layout{doc.Letter, doc.Form, doc.Ledger} {
		for _, format := range []doc.Format{doc.Word, doc.Excel} {
			for name, d := range map[string]doc.Document{"all": everyBlock(layout), "none": {Title: "空白", Layout: layout}, "long": longTable(layout)} {
				write(name+"-"+string(layout)+"."+string(format), d.Title, []byte(render(t, d, format)))
			}
		}
	}
	for _, p := range wholePapers(t) {
		for _, format := range []doc.Format{doc.Word, doc.Excel} {
			if p.In(format) {
				write(p.Name+"."+string(format), p.Title, []byte(render(t, p.Document, format)))
			}
		}
	}
	var files []string
	for path := range titles {
		files = append(files, path)
	}
	t.Run("LibreOffice", func(t *testing.T) { convert(t, dir, files, titles) })
	t.Run("python-docx and openpyxl", func(t *testing.T) { silent(t, "/usr/bin/python3", append([]string{"testdata/read.py"}, files...)...) })
	t.Run("ooxml-validator", func(t *testing.T) { silent(t, "node", append([]string{"testdata/npm/validate.mjs"}, files...)...) })
}

// silent runs a program that says nothing but faults.
func silent(t *testing.T, program string, args ...string) {
	t.Helper()
	out, err := exec.Command(program, args...).CombinedOutput()
	for line := range strings.Lines(string(out)) {
		t.Error(strings.TrimSpace(line))
	}
	if err != nil {
		t.Error(err)
	}
}

// convert makes a PDF of every file, in which its title can be read.
func convert(t *testing.T, dir string, files []string, titles map[string]string) {
	t.Helper()
	for _, format := range []doc.Format{doc.Word, doc.Excel} { // a.docx and a.xlsx would both be a.pdf
		args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "pdf", "--outdir", filepath.Join(dir, string(format)+".pdf")}
		for _, path := range files {
			if strings.HasSuffix(path, "."+string(format)) {
				args = append(args, path)
			}
		}
		if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
			t.Fatalf("soffice: %v\n%s", err, out)
		}
	}
	for _, path := range files {
		format := strings.TrimPrefix(filepath.Ext(path), ".")
		pdf := filepath.Join(dir, format+".pdf", strings.TrimSuffix(filepath.Base(path), "."+format)+".pdf")
		text, err := exec.Command("pdftotext", pdf, "-").Output()
		switch {
		case err != nil:
			t.Errorf("%s: LibreOffice cannot open it", path)
		case !strings.Contains(strings.Join(strings.Fields(string(text)), ""), strings.Join(strings.Fields(titles[path]), "")):
			t.Errorf("%s: LibreOffice does not show its title", path)
		}
	}
}

// wholePapers are all papers of a meeting with all that can happen, and those of a
// meeting that has just begun.
func wholePapers(t *testing.T) []paper.Paper {
	t.Helper()
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Whole(meetingtest.Rules(t, "seed-2017"), "学习还不够深入，=1+1，𠮷🎉")
	list := append(paper.All(m.State(), paper.Facts{}), paper.Private(m.State(), paper.Facts{})...)
	if len(list) < 6 {
		t.Fatalf("%d papers", len(list))
	}
	return list
}

// everyBlock is a document with every kind of block and rare characters.
func everyBlock(layout doc.Layout) doc.Document {
	const rare = "𠮷🎉“引号”……\ufffe<&>\"'，=1+1"
	table := doc.Table{
		Title: "表一" + rare, Columns: []doc.Column{
			{Name: "序号"},
			{Name: "姓名"},
			{Name: "票", Group: "优秀", Sum: true},
			{Name: "比例", Group: "优秀"},
			{Name: "日期"},
			{Name: "进展", Words: []string{"未启动", "已完成"}},
			{Name: "措施", Words: strings.Fields(strings.Repeat("措施，逐项落实 ", 60))},
		},
		Total: []doc.Cell{doc.Text("合计"), doc.Text(""), doc.Number(7), doc.Ratio{Count: 7, Base: 48}, doc.Text(""), doc.Text(""), doc.Text("")},
		Chart: &doc.Chart{Title: "图" + rare, Names: 1, Values: []int{2}, Stacked: layout == doc.Form},
	}
	for i := range 2 {
		table.Rows = append(table.Rows, []doc.Cell{doc.Number(i + 1), doc.Text(rare), doc.Number(3 + i), doc.Ratio{Count: 3 + i, Base: 24}, doc.Day("2017-03-21"), doc.Text("未启动"), doc.Text("一\n二")})
	}
	return doc.Document{
		Title: "各种内容", Layout: layout, Unit: "第一支部" + rare, Day: "2017 年 3 月 21 日", Draft: true,
		Blocks: []doc.Block{
			doc.Addressee("上级党委"),
			doc.Heading{Level: 1, Text: "一、" + rare},
			doc.Heading{Level: 2, Text: "（一）标题"},
			doc.Heading{Level: 3, Text: "1. 标题"},
			doc.Heading{Level: 4, Text: "（1）标题"},
			doc.Paragraph{Lead: "党员01", Text: rare + "\n第二行\n"},
			doc.Fields{{Name: "应到", Value: doc.Number(24)}, {Name: "实到", Value: doc.Ratio{Count: 20, Base: 24}}, {Name: "备注", Value: doc.Text(rare)}},
			table,
			doc.Boxes{
				{{Name: "姓名", Value: doc.Text("党员01")}, {Name: "性别", Value: doc.Text("")}, {Name: "出生年月", Value: doc.Day("1997-03")}, {Name: "民族", Value: doc.Text("汉族")}},
				{{Name: "个人自评", Value: doc.Text(rare), Lines: 6, Signs: []doc.Signature{{Role: "本人", Name: "党员01"}}}},
				{},
			},
			doc.PageBreak{},
			doc.Heading{Level: 1, Text: "二、没有行的表"},
			doc.Table{Columns: doc.Columns("序号", "问题")},
			doc.Attachments{"台账"},
			doc.Attachments{"台账", "汇总表"},
			doc.Closing{Unit: "第一支部", Day: "2017 年 3 月 21 日"},
			doc.Signatures{{Role: "监票人", Name: "党员05"}, {Role: "支部书记"}},
		},
	}
}

// longTable is a table of many rows, one of which is longer than a page.
func longTable(layout doc.Layout) doc.Document {
	t := doc.Table{Columns: doc.Columns("序号", "姓名", "内容", "备注"), Chart: &doc.Chart{Names: 1, Values: []int{0}}}
	for i := range 60 {
		text := "学习还不够深入，联系群众不够。"
		if i == 5 {
			text = strings.Repeat(text, 700)
		}
		t.Rows = append(t.Rows, []doc.Cell{doc.Number(i + 1), doc.Text("党员01"), doc.Text(text), doc.Text("")})
	}
	return doc.Document{Title: "长表", Layout: layout, Blocks: []doc.Block{t, doc.Signatures{{Role: "支部书记"}}}}
}
