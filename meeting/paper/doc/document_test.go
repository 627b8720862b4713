package doc_test

import (
	"encoding/csv"
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"pingyi/meeting/paper/doc"
)

// typed is what people type: words, markup, formulas, breaks, and characters
// that act on terminals.
func typed() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{
			"学习", "党员01", "=1+1", "+1", "-1", "@cmd", "＝1", "|", "*", "**", "#", "# 一", "<b>", "&lt;", "`", "~~", "[a](b)", "\\", "\\|",
			"1. ", "2)", "- ", "---", "===", "http://x.y", "www.x.y", ":tada:", "$x$", "14:06", "\n", "\r\n", "\t", " ", "\u3000", "\x1b[2J", "\u202e", "\u2028", "\ue000", "\"", ",", "'",
		}),
		rapid.StringN(0, 5, -1))
	return rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 4).Draw(t, "text"), "") })
}

// anyDocument is a document of every kind of block, full of typed texts.
func anyDocument() *rapid.Generator[doc.Document] {
	return rapid.Custom(func(t *rapid.T) doc.Document {
		text := func() string { return typed().Draw(t, "text") }
		rows := make([][]doc.Cell, rapid.IntRange(0, 3).Draw(t, "rows"))
		for i := range rows {
			n := rapid.IntRange(0, 9).Draw(t, "n")
			rows[i] = []doc.Cell{doc.Number(n), doc.Text(text()), doc.Ratio{Count: n, Base: 9}}
		}
		return doc.Document{Title: text(), Blocks: []doc.Block{
			doc.Heading{Level: rapid.IntRange(1, 3).Draw(t, "level"), Text: text()},
			doc.Paragraph{Lead: text(), Text: text()},
			doc.Fields{{Name: text(), Value: doc.Text(text())}, {Name: "发出", Value: doc.Number(3)}},
			doc.Table{Title: text(), Columns: doc.Columns("序号", "甲"+text(), "比例（占 9 名）"), Rows: rows},
			doc.Signatures{{Role: text(), Name: text()}},
		}}
	})
}

func render(t interface {
	Helper()
	Fatal(...any)
}, d doc.Document, f doc.Format,
) string {
	t.Helper()
	b, err := doc.HouseStyle().Render(d, f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// No format carries a character that acts on a terminal or hides text.
func TestControlCharactersAreNeverWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDocument().Draw(t, "document")
		for _, f := range []doc.Format{doc.Markdown, doc.CSV, doc.JSON} {
			out := strings.TrimPrefix(render(t, d, f), "\ufeff")
			for _, r := range strings.ReplaceAll(out, "\r\n", "\n") {
				if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || r == unicode.ReplacementChar) {
					t.Fatalf("%s has %U:\n%q", f, r, out)
				}
			}
		}
	})
}

// Excel opens the file as UTF-8, and nothing that a person typed is a formula.
func TestCSVCellsAreNoFormulas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		out := render(t, anyDocument().Draw(t, "document"), doc.CSV)
		body, ok := strings.CutPrefix(out, "\ufeff")
		if !ok {
			t.Fatal("no byte order mark")
		}
		if strings.Contains(strings.ReplaceAll(body, "\r\n", ""), "\n") {
			t.Fatalf("a line does not end with CRLF: %q", body)
		}
		r := csv.NewReader(strings.NewReader(body))
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if first := []rune(cell + "字")[0]; strings.ContainsRune("=+-@\t\r\n＝＋－＠ ", first) {
					t.Fatalf("cell %q", cell)
				}
			}
		}
	})
}

func TestCSVKeepsNumbersAsNumbers(t *testing.T) {
	d := doc.Document{Title: "表", Blocks: []doc.Block{doc.Table{
		Columns: doc.Columns("姓名", "票", "比例（占 24 名）"),
		Rows:    [][]doc.Cell{{doc.Text("=SUM(A1)"), doc.Number(7), doc.Ratio{Count: 7, Base: 24}}},
	}}}
	want := "\ufeff表\r\n\r\n姓名,票,比例（占 24 名）\r\n'=SUM(A1),7,29.2%\r\n"
	if got := render(t, d, doc.CSV); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What a script reads is what was written, text by text and number by number.
func TestJSONParsesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDocument().Draw(t, "document")
		var got struct {
			Title  string
			Blocks []map[string]any
		}
		if err := json.Unmarshal([]byte(render(t, d, doc.JSON)), &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Blocks) != len(d.Blocks) {
			t.Fatalf("%d blocks, want %d", len(got.Blocks), len(d.Blocks))
		}
		table := d.Blocks[3].(doc.Table)
		columns, _ := got.Blocks[3]["columns"].([]any)
		rows, _ := got.Blocks[3]["rows"].([]any)
		if len(rows) != len(table.Rows) {
			t.Fatalf("%d rows, want %d", len(rows), len(table.Rows))
		}
		for i, row := range table.Rows {
			cells := rows[i].(map[string]any)
			n := float64(row[0].(doc.Number))
			if cells["序号"] != n {
				t.Fatalf("number %v, want %v", cells["序号"], n)
			}
			ratio := map[string]any{"count": n, "base": 9.0, "percent": row[2].String()}
			if !reflect.DeepEqual(cells["比例（占 9 名）"], ratio) {
				t.Fatalf("ratio %v, want %v", cells["比例（占 9 名）"], ratio)
			}
			if text, head := cells[columns[1].(string)].(string), row[1].String(); visible(text) != visible(head) {
				t.Fatalf("text %q, want %q", text, head)
			}
		}
	})
}

// visible is a text without all that a paper may leave out or put elsewhere:
// spaces, breaks and characters that are no letters.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Noncharacter_Code_Point) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, text)
}

// A typed text stands in Markdown letter by letter, and makes no row, heading
// or list that was not there.
func TestMarkdownShowsTypedTextAsItIs(t *testing.T) {
	escaped := regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)
	rapid.Check(t, func(t *rapid.T) {
		text := typed().Draw(t, "text")
		d := doc.Document{Title: "表", Blocks: []doc.Block{
			doc.Table{Columns: doc.Columns("姓名"), Rows: [][]doc.Cell{{doc.Text(text)}}},
			doc.Paragraph{Text: text},
		}}
		lines := strings.Split(strings.TrimSuffix(render(t, d, doc.Markdown), "\n"), "\n")
		if lines[0] != "# 表" || lines[2] != "| 姓名 |" || lines[3] != "| --- |" || !strings.HasPrefix(lines[4], "| ") {
			t.Fatalf("table broken: %q", lines)
		}
		cell := strings.TrimSuffix(strings.TrimPrefix(lines[4], "| "), " |")
		if shown := visible(escaped.ReplaceAllString(strings.ReplaceAll(cell, "<br>", ""), "$1")); shown != visible(text) {
			t.Fatalf("shown %q of %q", shown, text)
		}
		if bare := escaped.ReplaceAllString(strings.ReplaceAll(cell, "<br>", ""), ""); strings.ContainsAny(bare, "\\`*_[]<>|~&$#@") {
			t.Fatalf("markup left in %q", cell)
		}
		for _, line := range lines[5:] {
			if regexp.MustCompile(`^([#>|+=-]|\d+[.)]( |$)|    )`).MatchString(line) {
				t.Fatalf("a line of %q begins a block: %q", text, line)
			}
		}
	})
}

func TestRatiosRoundToOneDecimal(t *testing.T) {
	for _, c := range []struct {
		count, base int
		want        string
	}{
		{7, 24, "29.2%"}, {17, 24, "70.8%"}, {1, 3, "33.3%"}, {2, 3, "66.7%"}, {1, 16, "6.3%"}, {0, 5, "0.0%"}, {5, 5, "100.0%"}, {1, 2000, "0.1%"}, {0, 0, ""},
	} {
		if got := (doc.Ratio{Count: c.count, Base: c.base}).String(); got != c.want {
			t.Errorf("%d/%d: %s, want %s", c.count, c.base, got, c.want)
		}
	}
}

func TestUnknownFormatIsRefused(t *testing.T) {
	_, err := doc.HouseStyle().Render(doc.Document{}, "exe")
	if err == nil || !strings.Contains(err.Error(), "md、csv 或 json") {
		t.Errorf("got %v", err)
	}
}
