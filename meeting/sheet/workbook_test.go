package sheet_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"pingyi/meeting/sheet"
)

// table is what a test writes into the first sheet of a workbook.
type table [][]any

func workbook(t testing.TB, rows table, more ...func(*excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, change := range more {
		if err := change(f); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// shownAs puts a value into a cell with a number format, as a person did who
// chose how the column looks.
func shownAs(cell string, value any, format string) func(*excelize.File) error {
	return func(f *excelize.File) error {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			return err
		}
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			return err
		}
		return f.SetCellStyle("Sheet1", cell, cell, style)
	}
}

// standardDate is the format that a spreadsheet program gives a typed date; its
// look depends on the computer.
func standardDate(f *excelize.File) error {
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return err
	}
	return f.SetCellStyle("Sheet1", "A4", "A4", style)
}

func TestWorkbookCellsAreWhatAPersonSees(t *testing.T) {
	march := time.Date(2017, 3, 16, 0, 0, 0, 0, time.UTC)
	data := workbook(t, table{
		{"花名册"},
		{},
		{"出生\n年月", nil, 20160100123, 1990.05, true},
		{march},
	}, standardDate,
		shownAs("B4", march, "yyyy.mm"), shownAs("C4", march, `yyyy"年"m"月"`), shownAs("D4", march, "yyyy-mm-dd"),
		shownAs("E4", 1990.1, "0.00"), // typed as 1990.10: October, not January
		func(f *excelize.File) error { return f.MergeCell("Sheet1", "A1", "E1") },
	)
	same(t, read(t, data), [][]string{
		{"花名册"},
		nil,
		{"出生 年月", "", "20160100123", "1990.05", "TRUE"},
		{"2017-03-16", "2017-03", "2017-03", "2017-03-16", "1990.10"},
	})
}

func TestEverySheetWithTextIsReadAndAHiddenOneIsNamed(t *testing.T) {
	data := workbook(t, nil, func(f *excelize.File) error {
		for _, name := range []string{"选项", "名单", "汇总"} {
			if _, err := f.NewSheet(name); err != nil {
				return err
			}
			if err := f.SetCellValue(name, "B2", name); err != nil {
				return err
			}
		}
		return f.SetSheetVisible("选项", false)
	})
	got := tables(t, data)
	var names []string
	for _, table := range got {
		names = append(names, fmt.Sprint(table.Name, table.Unread))
	}
	if strings.Join(names, " ") != "选项true 名单false 汇总false" {
		t.Errorf("sheets %v", names)
	}
	same(t, got[1].Rows, [][]string{nil, {"", "名单"}})
}

// A date is what the cell holds, however it is shown.
func TestANumberWithADateFormatIsItsDate(t *testing.T) {
	for format, want := range map[string]string{
		"yyyy-mm-dd h:mm:ss": "2017-10-05", "m/d/yy": "2017-10-05", "d-mmm-yy": "2017-10-05", "m-d": "2017-10-05",
		`[$-804]yyyy"年"m"月"d"日";@`: "2017-10-05", "yyyy-mm": "2017-10", "mmm-yy": "2017-10", "yyyy": "2017",
		"General": "43013", "@": "43013", "0": "43013", "#,##0": "43,013", "0.00E+00": "4.30E+04", `0"日"`: "43013日",
	} {
		data := workbook(t, table{{"x"}}, shownAs("B1", 43013, format))
		if got := read(t, data)[0][1]; got != want {
			t.Errorf("%s: got %s, want %s", format, got, want)
		}
	}
}

// Somebody who merged a group's cells, hid a row or struck it out meant it.
func TestMergedHiddenAndStruckCellsAreTold(t *testing.T) {
	data := workbook(t, table{{"姓名", "党小组"}, {"党员01", "第一组"}, {"党员02"}, {}, {"党员03", "第二组"}, {"党员04", nil, nil, "y"}},
		func(f *excelize.File) error {
			struck, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
			return errors.Join(err, f.MergeCell("Sheet1", "B2", "B4"), f.MergeCell("Sheet1", "B5", "C6"),
				f.SetRowVisible("Sheet1", 3, false), f.SetColVisible("Sheet1", "C:D", false), f.SetCellStyle("Sheet1", "A5", "B5", struck))
		})
	got := tables(t, data)[0]
	same(t, got.Rows, [][]string{{"姓名", "党小组"}, {"党员01", "第一组"}, {"党员02", "第一组"}, nil, {"党员03", "第二组"}, {"党员04", "第二组", "", "y"}})
	if fmt.Sprint(got.Hidden, got.Veiled, got.Struck) != "[3] [3 4] [{5 1} {5 2}]" {
		t.Errorf("hidden %v and %v, struck out %v", got.Hidden, got.Veiled, got.Struck)
	}
}

// A text is struck out in its own font too: wholly as in the cell's, or in part, and
// then nobody knows what is meant.
func TestStruckTextOfACellIsTold(t *testing.T) {
	out, stands := &excelize.Font{Strike: true}, &excelize.Font{Bold: true}
	data := workbook(t, table{{"姓名", "职务"}, {"x", "书记"}, {"x", "x"}, {"x", "=1"}}, func(f *excelize.File) error {
		return errors.Join(
			f.SetCellRichText("Sheet1", "A2", []excelize.RichTextRun{{Text: "党员"}, {Text: "01", Font: stands}}),
			f.SetCellRichText("Sheet1", "A3", []excelize.RichTextRun{{Text: "党员", Font: out}, {Text: " "}, {Text: "02", Font: out}}),
			f.SetCellRichText("Sheet1", "B3", []excelize.RichTextRun{{Text: "书记", Font: out}, {Text: "委员", Font: stands}}),
			f.SetCellRichText("Sheet1", "A4", []excelize.RichTextRun{{Text: "党员03", Font: stands}}))
	})
	inline := repack(t, workbook(t, table{{"姓名"}, {7}, {8}}), "xl/worksheets/sheet1.xml", func(s string) string {
		s = strings.Replace(s, `<c r="A2"><v>7</v></c>`, `<c r="A2" t="inlineStr"><is><r><rPr><strike/></rPr><t>党员01</t></r></is></c>`, 1)
		return strings.Replace(s, `<c r="A3"><v>8</v></c>`, `<c r="A3" t="inlineStr"><is><r><rPr><strike val="0"/></rPr><t>党员</t></r><r><rPr><strike val="1"/></rPr><t>02</t></r></is></c>`, 1)
	})
	got := tables(t, data)[0]
	same(t, got.Rows, [][]string{{"姓名", "职务"}, {"党员01", "书记"}, {"党员 02"}, {"党员03"}})
	if fmt.Sprint(got.Struck) != "[{3 1}]" || fmt.Sprint(got.Faults) != "[B3: sheet.half-struck B4: sheet.formula]" {
		t.Errorf("struck out %v, faults %v", got.Struck, got.Faults)
	}
	got = tables(t, inline)[0]
	if fmt.Sprint(got.Struck) != "[{2 1}]" || fmt.Sprint(got.Faults) != "[A3: sheet.half-struck]" {
		t.Errorf("in the sheet itself: struck out %v, faults %v", got.Struck, got.Faults)
	}
}

func TestFormulasOfAWorkbookAreRefused(t *testing.T) {
	data := workbook(t, table{{"姓名", "年龄"}, {"党员01", 30}}, func(f *excelize.File) error {
		if err := f.SetCellFormula("Sheet1", "B2", "2017-1987"); err != nil { // over the value that was computed
			return err
		}
		return f.SetCellFormula("Sheet1", "D4", "SUM(B2:B3)") // alone, without a value
	})
	f := faults(t, data)
	if len(f) != 2 || f[0].Row != 2 || f[0].Column != 2 || f[0].Value != "=2017-1987" || f[1].Row != 4 || f[1].Column != 4 {
		t.Errorf("%+v", f)
	}
}

func TestEscapedControlCharactersOfAWorkbookAreRefused(t *testing.T) {
	data := repack(t, workbook(t, table{{"姓名"}, {"党员01"}}), "xl/sharedStrings.xml", func(s string) string {
		return strings.Replace(s, "党员01", "党员_x000D_01_x001B_[2J", 1)
	})
	f := faults(t, data)
	if len(f) != 1 || f[0].Row != 2 || f[0].Column != 1 || f[0].Value != "党员 01\uFFFD[2J" {
		t.Errorf("%+q", f)
	}
	if f := faults(t, workbook(t, table{{"党\uFFFD员"}})); !strings.Contains(f[0].Error(), "garbled") {
		t.Errorf("%+q", f)
	}
}

func TestBlankRowsAndColumnsOfAWorkbookAreFree(t *testing.T) {
	data := workbook(t, table{{"姓名"}, {"党员01"}}, shownAs("ZZ1", "", "0"), shownAs("A9000", "", "0"))
	same(t, read(t, data), [][]string{{"姓名"}, {"党员01"}})
	for cell, why := range map[string]string{"BM1": "row-too-long 64", "A5001": "rows-too-many 5000"} {
		f := faults(t, workbook(t, table{{"姓名"}}, shownAs(cell, "x", "0")))
		if len(f) != 1 || !strings.Contains(f[0].Error(), why) {
			t.Errorf("%s: %+v", cell, f)
		}
	}
}

// A form is read again as it was written, and its lists are there.
func TestAFormIsReadAsItWasWritten(t *testing.T) {
	form := sheet.Form{
		Name: "名册", Columns: []sheet.FormColumn{{Header: "编号"}, {Header: "类别", Choices: []string{"正式", "预备"}}, {Header: "状态", Choices: []string{"流动"}, Open: true}},
		Rows: [][]string{{"001", "正式"}, {"1-2", "", "说,要\"改\""}}, Guide: []string{"说明"}, GuideAs: "填表说明",
	}
	want := [][]string{{"编号", "类别", "状态"}, {"001", "正式"}, {"1-2", "", "说,要\"改\""}}
	text, err := form.CSV()
	if err != nil || !bytes.HasPrefix(text, []byte("\ufeff")) {
		t.Fatalf("%q %v", text, err)
	}
	same(t, read(t, text), want)
	book, err := form.Workbook()
	if err != nil {
		t.Fatal(err)
	}
	got := tables(t, book)
	same(t, got[0].Rows, want)
	same(t, got[1].Rows, [][]string{{"说明"}})
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	lists, err := f.GetDataValidations("名册")
	if err != nil || len(lists) != 2 || !lists[0].ShowErrorMessage || lists[1].ShowErrorMessage || lists[0].Formula1 != `"正式,预备"` {
		t.Errorf("lists %+v %v", lists, err)
	}
}

const sheetPart = "xl/worksheets/sheet1.xml"

// repack returns a workbook with one part changed; an empty result leaves the
// part out.
func repack(t testing.TB, data []byte, name string, change func(string) string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	changed := false
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if part.Name == name {
			changed = true
			if text = []byte(change(string(text))); len(text) == 0 {
				continue
			}
		}
		p, err := w.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if !changed {
		t.Fatalf("the workbook has no part %s", name)
	}
	return b.Bytes()
}

func sheetXML(rows string) func(string) string {
	return func(string) string {
		return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
	}
}

func TestRowsAndCellsWithoutNamesFollowEachOther(t *testing.T) {
	data := repack(t, workbook(t, table{{"x"}}), sheetPart, sheetXML(
		`<row><c t="inlineStr"><is><t>党员01</t></is></c><c/><c><v>3</v></c></row><row r="3"><c r="B3"><v>2</v></c><c><v>4</v></c></row><row/><row><c><v>5</v></c></row>`))
	same(t, read(t, data), [][]string{{"党员01", "", "3"}, nil, {"", "2", "4"}, nil, {"5"}})
}

func TestDamagedWorkbooksAreRefusedNotGuessed(t *testing.T) {
	whole := workbook(t, table{{"姓名", "类别"}, {"党员01", "正式"}, {"党员02", "预备"}})
	for name, change := range map[string]func(string) string{
		"breaks off after a row":   func(s string) string { return s[:strings.Index(s, "</row>")+len("</row>")] },
		"breaks off in a cell":     func(s string) string { return s[:strings.LastIndex(s, "<v>")] },
		"a row twice":              sheetXML(`<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`),
		"rows backwards":           sheetXML(`<row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`),
		"cells backwards":          sheetXML(`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>`),
		"a cell in another row":    sheetXML(`<row r="1"><c r="A2"><v>1</v></c></row>`),
		"a cell that has no place": sheetXML(`<row r="1"><c r="Æ1"><v>1</v></c></row>`),
		"a row that is no number":  sheetXML(`<row r="one"><c><v>1</v></c></row>`),
		"a row beyond the sheet":   sheetXML(`<row r="1048577"><c><v>1</v></c></row>`),
		"tags in tags":             sheetXML(strings.Repeat("<c>", 100)),
		"no sheet":                 func(string) string { return "" },
		"not XML":                  func(string) string { return "姓名,类别" },
	} {
		t.Run(name, func(t *testing.T) {
			if f := faults(t, repack(t, whole, sheetPart, change)); len(f) != 1 || !strings.Contains(f[0].Error(), "damaged") {
				t.Errorf("%+v", f)
			}
		})
	}
	for _, part := range []string{"_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"} {
		for _, text := range []string{"", "<", "<a><b/></a>"} {
			faults(t, repack(t, whole, part, func(string) string { return text }))
		}
	}
}

// A file of another program is named, whatever its name ends with.
func TestAFileOfAnotherProgramIsNamed(t *testing.T) {
	packed := func(name, text string) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err := errors.Join(err, z.Close()); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	for want, files := range map[sheet.Code]map[string][]byte{
		sheet.OtherFormat: {
			"xlsb": packed("xl/workbook.bin", ""), "numbers": packed("Index/Document.iwa", "x"),
			"ods": packed("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "pdf": []byte("%PDF-1.7\n"),
		},
		sheet.TextDocument: { // a word processor can't save its tables as a workbook
			"docx": packed("word/document.xml", "<a/>"), "pptx": packed("ppt/presentation.xml", "<a/>"),
			"odt": packed("mimetype", "application/vnd.oasis.opendocument.text"),
			"doc": []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00"),
		},
	} {
		for format, data := range files {
			if f := faults(t, data); len(f) != 1 || f[0].Code != want || f[0].Args[0] != format {
				t.Errorf("%s: %+v", format, f)
			}
		}
	}
	for _, data := range [][]byte{packed("mimetype", "something else"), packed("a.txt", "姓名")} {
		if f := faults(t, data); len(f) != 1 || f[0].Code != sheet.Damaged {
			t.Errorf("%+v", f)
		}
	}
}

func TestATornOrFlippedWorkbookNeverCrashesTheReader(t *testing.T) {
	whole := workbook(t, table{{"姓名", "类别"}, {"党员01", "正式"}})
	for n := 2; n < len(whole); n += 61 {
		faults(t, whole[:n])
	}
	for n := 0; n < len(whole); n += 61 {
		torn := bytes.Clone(whole)
		torn[n] ^= 0x10
		if list, err := sheet.Read("", torn); err == nil {
			same(t, list[0].Rows, [][]string{{"姓名", "类别"}, {"党员01", "正式"}})
		}
	}
}

// bomb returns a zip whose one part unpacks to size bytes, whatever its table of
// contents claims.
func bomb(t *testing.T, size int, claimed uint64) []byte {
	t.Helper()
	var packed bytes.Buffer
	d, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 1<<20)
	for range size / len(block) {
		if _, err := d.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	p, err := w.CreateRaw(&zip.FileHeader{
		Name: sheetPart, Method: zip.Deflate, UncompressedSize64: claimed, CompressedSize64: uint64(packed.Len()),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(packed.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestZipBombsAreRefusedBeforeTheyUnfold(t *testing.T) {
	const size = 64 << 20
	dense := func(element string) func(string) string {
		return func(string) string { return "<sst>" + strings.Repeat(element, 2_000_000) + "</sst>" }
	}
	whole := workbook(t, table{{"姓名"}})
	for name, c := range map[string]struct {
		data []byte
		why  string
	}{
		"honest":         {bomb(t, size, size), "workbook-too-big"},
		"lies":           {bomb(t, size, 100), "damaged"},
		"huge":           {bomb(t, 1<<20, 1<<63+5), "workbook-too-big"},
		"shared strings": {repack(t, whole, "xl/sharedStrings.xml", dense("<si/>")), "workbook-too-big"},
		"styles":         {repack(t, whole, "xl/styles.xml", dense("<xf/>")), "workbook-too-big"},
	} {
		t.Run(name, func(t *testing.T) {
			if f := faults(t, c.data); !strings.Contains(f[0].Error(), c.why) {
				t.Errorf("%+v", f)
			}
		})
	}
}

// FuzzWorkbook puts any text in the place of one part of a sound workbook: the
// checksums of a zip keep FuzzRead from getting that far.
func FuzzWorkbook(f *testing.F) {
	march := time.Date(2017, 3, 16, 0, 0, 0, 0, time.UTC)
	whole := workbook(f, table{{"姓名", "入党时间"}, {"党员01", 2}}, shownAs("B2", march, "yyyy.mm"))
	parts := []string{sheetPart, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
	for i, part := range parts {
		repack(f, whole, part, func(s string) string {
			f.Add(uint8(i), s)
			return s
		})
	}
	f.Fuzz(func(t *testing.T, part uint8, text string) {
		holds(t, repack(t, whole, parts[int(part)%len(parts)], func(string) string { return text }))
	})
}
