package sheet_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	utf "golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"pingyi/meeting/sheet"
)

// read returns the rows of a file that must be one table without faults.
func read(t *testing.T, data []byte) [][]string {
	t.Helper()
	table := tables(t, data)
	if len(table) != 1 || len(table[0].Faults) > 0 {
		t.Fatalf("want one sound table, got %+v", table)
	}
	return table[0].Rows
}

func tables(t *testing.T, data []byte) []sheet.Table {
	t.Helper()
	list, err := sheet.Read("花名册", data)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// faults returns what is wrong with a file that is refused, or with the cells of
// its tables, and holds that each fault has a code, and shows nothing that a
// terminal obeys.
func faults(t *testing.T, data []byte) []sheet.Fault {
	t.Helper()
	list, err := sheet.Read("花名册", data)
	var bad *sheet.Error
	var found []sheet.Fault
	for _, table := range list {
		found = append(found, table.Faults...)
	}
	if errors.As(err, &bad) {
		found = append(found, bad.Fault)
	}
	if len(found) == 0 || err != nil && list != nil {
		t.Fatalf("want faults, got %v %v", list, err)
	}
	for _, f := range found {
		if f.Code == "" || strings.ContainsFunc(f.Value+f.Error(), invisible) {
			t.Fatalf("no code, or not for a terminal: %+q", f)
		}
	}
	return found
}

func invisible(r rune) bool { return !unicode.IsGraphic(r) }

func same(t *testing.T, got, want [][]string) {
	t.Helper()
	if len(got) == len(want) {
		for i := range got {
			if len(got[i]) != len(want[i]) || len(got[i]) > 0 && !reflect.DeepEqual(got[i], want[i]) {
				break
			}
			if i == len(got)-1 {
				return
			}
		}
	}
	t.Fatalf("got  %q\nwant %q", got, want)
}

// encode writes text as a program on an older Windows would.
func encode(t rapid.TB, e encoding.Encoding, text string) []byte {
	data, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var encodings = map[string]func(t rapid.TB, text string) []byte{
	"utf-8":     func(_ rapid.TB, s string) []byte { return []byte(s) },
	"utf-8 BOM": func(_ rapid.TB, s string) []byte { return []byte("\ufeff" + s) },
	"gb18030":   func(t rapid.TB, s string) []byte { return encode(t, simplifiedchinese.GB18030, s) },
	"utf-16le":  func(t rapid.TB, s string) []byte { return encode(t, utf.UTF16(utf.LittleEndian, utf.UseBOM), s) },
	"utf-16be":  func(t rapid.TB, s string) []byte { return encode(t, utf.UTF16(utf.BigEndian, utf.UseBOM), s) },
	"bare le":   func(t rapid.TB, s string) []byte { return encode(t, utf.UTF16(utf.LittleEndian, utf.IgnoreBOM), s) },
	"bare be":   func(t rapid.TB, s string) []byte { return encode(t, utf.UTF16(utf.BigEndian, utf.IgnoreBOM), s) },
}

func TestEveryEncodingAndSeparatorGivesTheSameRows(t *testing.T) {
	want := [][]string{
		{"姓名", "类别", "出生年月", "备注"},
		{"党员01", "正式", "1990.05", "说,要\"改\";好"},
		{"䶮㐂", "预备", "2001-12-31"}, // GB18030 writes these in four bytes
	}
	for name, enc := range encodings {
		for _, comma := range ",\t;" {
			for _, end := range []string{"\n", "\r\n", "\r"} {
				t.Run(fmt.Sprintf("%s %q %q", name, comma, end), func(t *testing.T) {
					text := "姓名,类别,出生年月,备注|党员01,正式,1990.05,\"说+要\"\"改\"\";好\"|䶮㐂,预备,2001-12-31,|"
					text = strings.NewReplacer(",", string(comma), "+", ",", "|", end).Replace(text)
					same(t, read(t, enc(t, text)), want)
				})
			}
		}
	}
}

func TestBytesAsAnOldWindowsWroteThem(t *testing.T) {
	data := []byte("\xd0\xd5\xc3\xfb,\xc0\xe0\xb1\xf0\r\n\xb5\xb3\xd4\xb101,\xd5\xfd\xca\xbd\r\n") // GBK
	same(t, read(t, data), [][]string{{"姓名", "类别"}, {"党员01", "正式"}})
}

func TestRowsHaveTheNumbersThatASpreadsheetShows(t *testing.T) {
	text := "花名册\n\n\"出生\n年月\",类别\n\n,,\n1990.05,\"正\r\n式\"\n\n党员03\n,,,\n\n"
	same(t, read(t, []byte(text)), [][]string{
		{"花名册"}, nil, {"出生 年月", "类别"}, nil, nil, {"1990.05", "正 式"}, nil, {"党员03"},
	})
	f := append(faults(t, []byte("\"a\nb\nc\",1\n\n党员01,=1+1\n\n党员02,\"@x\"\n")), faults(t, []byte("\"a\nb\",1\n\n党员\"03\"\n"))...)
	for i, want := range []struct{ row, column int }{{3, 2}, {5, 2}, {3, 0}} {
		if f[i].Row != want.row || f[i].Column != want.column {
			t.Errorf("fault %d is at row %d column %d, want %v", i, f[i].Row, f[i].Column, want)
		}
	}
}

func TestSeparatorIsTheOneOfTheHeader(t *testing.T) {
	for text, want := range map[string][]string{
		"花名册（2017 年）\n姓名\t备注\n党员01\t一,二,三,四\n":      {"党员01", "一,二,三,四"},
		"姓名;\"甲,乙,丙,丁\"\n党员01;一\n":                  {"党员01", "一"},
		"姓名,备注\n党员01,一;二;三\t四\n":                    {"党员01", "一;二;三 四"},
		"姓名\n\n党员01\n":                              {"党员01"},
		"姓名，类别，编号\n党员01，正式，m01\n":                   {"党员01", "正式", "m01"},
		"姓名，别名,类别\n党员01,正式\n":                       {"党员01", "正式"},
		" 党员01 ,\u3000正式\u00a0,\t2017.03\t, , \n\n": {"党员01", "正式", "2017.03"},
	} {
		rows := read(t, []byte(text))
		same(t, rows[len(rows)-1:], [][]string{want})
	}
}

func TestRefusedCells(t *testing.T) {
	for _, c := range []struct{ cell, value, why string }{
		{"=1+1", "=1+1", "formula"},
		{" =cmd|' /C calc'!A0", "=cmd|' /C calc'!A0", "formula"},
		{"\t@SUM(A1)", "@SUM(A1)", "formula"},
		{"#N/A", "#N/A", "error-value"},
		{" #ref! ", "#ref!", "error-value"},
		{"党\x1b[2J员", "党\uFFFD[2J员", "U+001B"},
		{"党\x07员", "党\uFFFD员", "U+0007"},
		{"党\u009b员", "党\uFFFD员", "U+009B"},
		{"党\u202e员", "党\uFFFD员", "U+202E"},
		{"党\u200b员", "党\uFFFD员", "U+200B"},
		{"党\ufeff员", "党\uFFFD员", "U+FEFF"},
		{"党\u2028员", "党\uFFFD员", "U+2028"},
		{strings.Repeat("党", sheet.MaxCell+1), strings.Repeat("党", 60) + "…", "cell-too-long 2000"},
	} {
		files := map[string][]byte{"csv": []byte("姓名,类别\n党员01,正式\n党员02,\"" + c.cell + "\"\n")}
		if !strings.ContainsAny(c.cell, "\x07\x1b") { // XML has no such characters
			files["xlsx"] = workbook(t, table{{"姓名", "类别"}, {"党员01", "正式"}, {"党员02", c.cell}})
		}
		for kind, data := range files {
			f := faults(t, data)
			if len(f) != 1 || f[0].Row != 3 || f[0].Column != 2 || f[0].Value != c.value || !strings.Contains(f[0].Error(), c.why) {
				t.Errorf("%s with %.40q: %+v", kind, c.cell, f)
			}
		}
	}
	long := strings.Repeat("党", sheet.MaxCell)
	same(t, read(t, []byte("+86 138,-1,a@b.cn,1=1,"+long)), [][]string{{"+86 138", "-1", "a@b.cn", "1=1", long}})
}

func TestEveryRefusedCellIsListedInOrder(t *testing.T) {
	f := faults(t, []byte("=a,b,=c\nd,=e,f\n"+strings.Repeat(",", sheet.MaxColumns)+"x\n\n\ng,h,=i"))
	var got []string
	for _, x := range f {
		got = append(got, fmt.Sprint(x.Row, x.Column))
	}
	if want := []string{"1 1", "1 3", "2 2", "3 65", "6 3"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// What is wrong in a column that nobody needs must not keep the others from being
// read.
func TestABadCellIsBlankAndTheOthersAreRead(t *testing.T) {
	for name, data := range map[string][]byte{
		"csv":  []byte("序号,姓名\n=ROW()-1,党员01\n\"=1\",党员02\n=\"003\",党员03\n"),
		"xlsx": workbook(t, table{{"序号", "姓名"}, {"=ROW()-1", "党员01"}, {"\u200b1", "党员02"}, {"=1", "党员03"}}),
	} {
		got := tables(t, data)
		same(t, got[0].Rows, [][]string{{"序号", "姓名"}, {"", "党员01"}, {"", "党员02"}, {"", "党员03"}})
		if len(got[0].Faults) != 3 || !got[0].Faults[0].OfCell() {
			t.Errorf("%s: %+v", name, got[0].Faults)
		}
	}
}

func TestTheErrorIsOneLineWithThePlace(t *testing.T) {
	for text, want := range map[string]string{
		"姓名\n\n党\"员\n": "花名册.csv: row 3: sheet.quote-open",
		"\n\n":         "花名册.csv: sheet.empty",
	} {
		if _, err := sheet.Read("花名册.csv", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("%q:\ngot  %v\nwant %s", text, err, want)
		}
	}
	if _, err := sheet.Read("花\x1b]0;名\n册", nil); err == nil || strings.ContainsFunc(err.Error(), invisible) {
		t.Errorf("a file's name reaches the terminal as it is: %+q", err)
	}
}

func TestLimits(t *testing.T) {
	row := strings.Repeat("x,", sheet.MaxColumns-1) + "x"
	if rows := read(t, []byte(row+",,\n"+strings.Repeat("y\n", sheet.MaxRows-1)+"\n,\n\n")); len(rows) != sheet.MaxRows || len(rows[0]) != sheet.MaxColumns {
		t.Errorf("%d rows of %d columns", len(rows), len(rows[0]))
	}
	for name, text := range map[string]string{
		"rows-too-many 5000": strings.Repeat("x\n", sheet.MaxRows+1),
		"row-too-long 64":    row + ",x\n",
		"cells-too-many":     strings.Repeat(",", sheet.MaxRows*sheet.MaxColumns+1),
		"file-too-big 8":     strings.Repeat("\n", sheet.MaxBytes+1),
	} {
		if f := faults(t, []byte(text)); len(f) != 1 || !strings.Contains(f[0].Error(), name) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestFilesThatAreNoTable(t *testing.T) {
	rng := rand.NewChaCha8([32]byte{7})
	garbage := make([]byte, 3<<20)
	_, _ = rng.Read(garbage) // never fails
	printable := bytes.Map(func(r rune) rune { return ' ' + r%95 }, garbage)
	old := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	encrypted := old + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	for _, c := range []struct{ name, data, why string }{
		{"nothing", "", "empty"},
		{"blank", " \r\n,,,\n\u3000\n", "empty"},
		{"3 MB of garbage", string(garbage), ""},
		{"3 MB of printable garbage", string(printable), ""},
		{"3 MB of one letter", strings.Repeat("x", 3<<20), "cell-too-long 2000"},
		{"3 MB of quotes", strings.Repeat("\"", 3<<20), "cell-too-long 2000"},
		{"an open quote", "姓名,类别\n\"党员01,正式\n" + strings.Repeat("党员02,正式\n", 1000), "quote-open"},
		{"NUL", "姓名,类别\n党员01,\x00正式\n", "nul-byte"},
		{"NUL in pairs of ASCII", "name,kind\n\x00m01,a\n", "nul-byte"},
		{"half a letter", "\xef\xbb\xbf姓名\n党\xe5\x91", "not-text"},
		{"no letter of GBK", "\xd0\xd5\xc3\xfb\n\xff\xff", "not-text"},
		{"half of UTF-16", "\xff\xfe\x00", "not-text"},
		{"garbled before", "姓名\n\uFFFD\uFFFD", "not-text"},
		{"a page called .xls", "\r\n <html><table><tr><td>姓名</td></tr></table></html>", "web-page"},
		{"xls", old, "old-workbook"},
		{"xlsx with a password", encrypted, "password"},
		{"a zip of nothing", "PK\x05\x06" + strings.Repeat("\x00", 18), "damaged"},
		{"the letters PK", "PK,a\n", "damaged"},
		{"PDF", "%PDF-1.7\n\x00\x01", "other-format pdf"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if f := faults(t, []byte(c.data)); !strings.Contains(f[0].Error(), c.why) {
				t.Errorf("%+v", f[0])
			}
		})
	}
}

// cells draws rows that Read gives back as they are: no text that it refuses,
// no blank ends.
func cells(t *rapid.T) [][]string {
	letters := rapid.SampledFrom([]rune("党员01正式一二,;\"'= @+-.年月日 䶮"))
	cell := rapid.Map(rapid.StringOfN(letters, 0, 8, -1), func(s string) string {
		return strings.TrimLeft(strings.TrimSpace(s), "=@ ")
	})
	rows := rapid.SliceOfN(rapid.SliceOfN(cell, 0, 6), 1, 12).Draw(t, "rows")
	for i, row := range rows {
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		rows[i] = row
	}
	for len(rows) > 0 && len(rows[len(rows)-1]) == 0 {
		rows = rows[:len(rows)-1]
	}
	return rows
}

func TestWhatWasWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := append([][]string{{"姓名", "类别", "备注"}}, cells(t)...) // the header decides on the separator
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.Comma = rapid.SampledFrom([]rune(",\t;")).Draw(t, "comma")
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		for _, row := range rows {
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		name := rapid.SampledFrom([]string{"utf-8", "utf-8 BOM", "gb18030", "utf-16le", "utf-16be", "bare le", "bare be"}).Draw(t, "encoding")
		list, err := sheet.Read("", encodings[name](t, b.String()))
		if err != nil || len(list[0].Faults) > 0 {
			t.Fatal(list, err)
		}
		got := list[0].Rows
		if len(got) != len(rows) {
			t.Fatalf("got %q, want %q", got, rows)
		}
		for i := range rows {
			if strings.Join(got[i], "|") != strings.Join(rows[i], "|") {
				t.Fatalf("row %d: got %q, want %q", i+1, got[i], rows[i])
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("姓名,类别\n党员01,正式\n"))
	f.Add([]byte("\xd0\xd5\xc3\xfb\t\xc0\xe0\xb1\xf0\r\n"))
	f.Add([]byte("\xff\xfea\x00;\x00\"\x00b\x00\n\x00\"\x00"))
	f.Add([]byte("\"a\n\n\"\"b\",=c\r\r,@\x1b\n"))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Add(workbook(f, table{{"姓名", "类别"}, {}, {"党员01", 2017.03}}))
	f.Fuzz(holds)
}

// holds checks what is promised of any file: rows within the limits that hold
// nothing harmful, or faults.
func holds(t *testing.T, data []byte) {
	list, err := sheet.Read("花名册", data)
	if err != nil {
		faults(t, data)
		return
	}
	for _, table := range list {
		if table.Unread || len(table.Rows) == 0 && len(table.Faults) > 0 {
			continue
		}
		holdsRows(t, table.Rows)
	}
}

func holdsRows(t *testing.T, rows [][]string) {
	if len(rows) == 0 || len(rows) > sheet.MaxRows || len(rows[len(rows)-1]) == 0 {
		t.Fatalf("%d rows, or a blank last one", len(rows))
	}
	for _, row := range rows {
		if len(row) > sheet.MaxColumns || len(row) > 0 && row[len(row)-1] == "" {
			t.Fatalf("%d columns, or a blank last one", len(row))
		}
		for _, c := range row {
			if c != strings.TrimSpace(c) || !utf8.ValidString(c) || utf8.RuneCountInString(c) > sheet.MaxCell ||
				strings.HasPrefix(c, "=") || strings.HasPrefix(c, "@") || strings.ContainsFunc(c, unicode.IsControl) {
				t.Fatalf("cell %q", c)
			}
		}
	}
}
