package doc_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pingyi/meeting/paper/doc"
)

// letter has all that a 公文 has.
func letter() doc.Document {
	return doc.Document{
		Title: "关于召开会议的请示", Layout: doc.Letter, Unit: "某党支部", Made: time.Date(2017, 3, 20, 6, 0, 0, 0, time.UTC),
		Blocks: []doc.Block{
			doc.Addressee("某党总支"),
			doc.Heading{Level: 1, Text: "一、基本情况"},
			doc.Heading{Level: 2, Text: "（一）学习"},
			doc.Heading{Level: 3, Text: "1. 集中学习"},
			doc.Heading{Level: 4, Text: "（1）篇目"},
			doc.Paragraph{Text: "“两学一做”……\n第二段。"},
			doc.Table{
				Columns: []doc.Column{{Name: "姓名"}, {Name: "票", Group: "优秀"}, {Name: "比例", Group: "优秀"}, {Name: "备注"}},
				Rows:    [][]doc.Cell{{doc.Text("党员01"), doc.Number(7), doc.Ratio{Count: 7, Base: 24}, doc.Text("")}},
			},
			doc.Attachments{"汇总表", "登记表"},
			doc.Closing{Unit: "某党支部", Day: "2017年3月20日"},
		},
	}
}

// parts are the files in a package for Word, each well-formed.
func parts(t *testing.T, d doc.Document) map[string]string {
	t.Helper()
	return partsIn(t, doc.HouseStyle(), d)
}

func partsIn(t *testing.T, st *doc.Style, d doc.Document) map[string]string {
	t.Helper()
	b, err := st.Render(d, doc.Word)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, ".png") {
			list[f.Name] = string(text)
			continue
		}
		for dec := xml.NewDecoder(bytes.NewReader(text)); ; {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		if f.Modified.Year() < 1980 {
			t.Errorf("%s is of %v", f.Name, f.Modified)
		}
		list[f.Name] = string(text)
	}
	return list
}

func has(t *testing.T, part string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(part, want) {
			t.Errorf("no %s in\n%.2000s", want, part)
		}
	}
}

// A 公文 is what GB/T 9704 says, to the twentieth of a point (DOMAIN.md §5.1).
func TestALetterIsSetAsTheStandardSays(t *testing.T) {
	p := parts(t, letter())
	has(t, p["word/document.xml"],
		`<w:pgSz w:w="11906" w:h="16838"/>`, `w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"`,
		`<w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>`)
	styles := p["word/styles.xml"]
	for style, wants := range map[string][]string{
		`w:styleId="Title"`:    {`<w:jc w:val="center"/>`, `w:eastAsia="方正小标宋简体"`, `<w:sz w:val="44"/>`},
		`w:styleId="Body"`:     {`w:line="560" w:lineRule="exact"`, `w:firstLineChars="200"`, `w:eastAsia="仿宋_GB2312"`, `<w:spacing w:val="-5"/>`, `<w:sz w:val="32"/>`, `w:ascii="Times New Roman"`},
		`w:styleId="Heading1"`: {`w:eastAsia="黑体"`, `<w:outlineLvl w:val="0"/>`, `<w:keepNext/>`},
		`w:styleId="Heading2"`: {`w:eastAsia="楷体_GB2312"`},
		`w:styleId="Heading3"`: {`w:eastAsia="仿宋_GB2312"`, `<w:b/>`},
	} {
		_, rest, found := strings.Cut(styles, style)
		one, _, _ := strings.Cut(rest, "</w:style>")
		if !found {
			t.Errorf("no %s", style)
		}
		has(t, one, wants...)
	}
	has(t, p["word/fontTable.xml"], `<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,`)
	has(t, p["word/settings.xml"], `<w:evenAndOddHeaders/>`)
	has(t, p["word/footer1.xml"], `<w:jc w:val="right"/>`, `PAGE`, `— `)
	has(t, p["word/footer2.xml"], `<w:jc w:val="left"/>`, `PAGE`)
	has(t, p["docProps/core.xml"], `2017-03-20T06:00:00Z`)
}

// The parts of a letter: to whom, what is attached, by whom and when; quotation
// marks are Chinese ones.
func TestALetterHasItsParts(t *testing.T) {
	text := parts(t, letter())["word/document.xml"]
	has(t, text, "某党总支：", "附件：1.汇总表", "　　　2.登记表", "2017年3月20日", `<w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">“两学一做”`)
	if strings.Index(text, "某党支部") > strings.Index(text, "2017年3月20日") {
		t.Error("the day stands before the unit")
	}
}

// Heads with a group over them span, and every row of a head is repeated on the
// next page.
func TestHeadsSpanAndAreRepeated(t *testing.T) {
	text := parts(t, letter())["word/document.xml"]
	has(t, text, `<w:gridSpan w:val="2"/>`, `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`, "29.2%")
	if n := strings.Count(text, "<w:tblHeader/>"); n != 2 {
		t.Errorf("%d rows are repeated, want 2", n)
	}
}

// A wide table lies on its side; a form has its boxes, and places to sign in them.
func TestLayoutsOfWord(t *testing.T) {
	wide := letter()
	wide.Layout = doc.Ledger
	has(t, parts(t, wide)["word/document.xml"], `w:orient="landscape"`, "某党支部")
	form := doc.Document{Title: "登记表", Draft: true, Blocks: []doc.Block{doc.Boxes{
		{{Name: "姓名", Value: doc.Text("党员01")}, {Name: "性别", Value: doc.Text("")}},
		{{Name: "支部意见", Value: doc.Text("合格"), Lines: 6, Signs: []doc.Signature{{Role: "支部书记"}}}},
	}}}
	has(t, parts(t, form)["word/document.xml"], "登记表（草稿）", "姓名", "支部意见", "支部书记（签字）", `w:hRule="atLeast"`)
}

// The blank lines above signatures end with the page, however a style mixes wide
// lines and small type.
func TestABoxEndsWithItsPage(t *testing.T) {
	st, err := doc.NewStyle([]byte("[form]\nbody = { font = \"宋体\", size = 12, line = 200 }\ncell = { font = \"宋体\", size = 5, line = 5 }\n"))
	if err != nil {
		t.Fatal(err)
	}
	form := doc.Document{Title: "登记表", Blocks: []doc.Block{doc.Boxes{
		{{Name: "支部意见", Value: doc.Text("合格"), Lines: 30, Signs: []doc.Signature{{Role: "支部书记"}}}},
	}}}
	if n := strings.Count(partsIn(t, st, form)["word/document.xml"], "<w:p>"); n > 150 { // of 5 points in 250 mm
		t.Errorf("%d paragraphs", n)
	}
}

// A picture is in the package, as wide as it should be; what is no picture is told.
func TestPicturesOfWord(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	p := parts(t, doc.Document{Title: "图", Blocks: []doc.Block{doc.Picture{PNG: b.Bytes(), Width: 30, Text: "二维码"}, doc.Picture{PNG: []byte("x"), Text: "坏的"}}})
	has(t, p["word/document.xml"], `<wp:extent cx="1080000" cy="540000"/>`, `r:embed="picture1"`, `descr="二维码"`, "（图：坏的）")
	has(t, p["word/_rels/document.xml.rels"], `Target="media/picture1.png"`)
	if p["word/media/picture1.png"] != b.String() {
		t.Error("another picture")
	}
}

// In the widest table, with the votes of 群众, no name and no ratio is broken into two
// lines: the remarks give way.
func TestAWideTableBreaksNoNameAndNoRatio(t *testing.T) {
	table := doc.Table{Columns: doc.Columns("序号", "姓名", "类别", "有效票")}
	row := []doc.Cell{doc.Number(1), doc.Text("党员01"), doc.Text("正式"), doc.Number(11)}
	for _, grade := range []string{"优秀", "合格", "基本合格", "不合格"} {
		table.Columns = append(table.Columns, doc.Column{Group: grade, Name: "票"}, doc.Column{Group: grade, Name: "比例"})
		row = append(row, doc.Number(6), doc.Ratio{Count: 6, Base: 11})
	}
	table.Columns = append(table.Columns, doc.Columns("弃权", "本行无效")...)
	for _, name := range []string{"有效", "优秀", "合格", "基本合格", "不合格", "弃权"} {
		table.Columns = append(table.Columns, doc.Column{Group: "群众票（另计）", Name: name})
	}
	table.Columns = append(append(table.Columns, doc.Columns("支部评定等次", "上级审定等次")...), doc.Column{Name: "备注", Width: 9})
	for len(row) < len(table.Columns) {
		row = append(row, doc.Text(""))
	}
	row[len(row)-2] = doc.Text("不评定等次")
	table.Rows = [][]doc.Cell{row}
	body := parts(t, doc.Document{Title: "汇总表", Layout: doc.Ledger, Blocks: []doc.Block{table}})["word/document.xml"]
	const size, margins = 10.5 * 20, 2 * 57 // twips
	all := 0
	for i, grid := range regexp.MustCompile(`<w:gridCol w:w="(\d+)"`).FindAllStringSubmatch(body, -1) {
		wide, _ := strconv.Atoi(grid[1])
		all += wide
		need := 0.0
		switch row[i].(type) {
		case doc.Ratio:
			need = 2.6 // 54.5% in Times New Roman
		case doc.Number:
			need = 1
		default:
			if i == 1 {
				need = 3.25
			}
		}
		if float64(wide-margins) < need*size {
			t.Errorf("column %d, %s: %d twips are too few for %v characters", i+1, row[i], wide, need)
		}
	}
	if house := doc.HouseStyle().Ledger; float64(all) > (house.Width-house.Left-house.Right)/25.4*1440+1 {
		t.Errorf("%d twips are wider than the page", all)
	}
}

// The QR code of a checksum does not stand alone on a page: the lines before it stay
// with it, those of other fields are free.
func TestFieldsStayWithTheirPicture(t *testing.T) {
	fields := doc.Fields{{Name: "校验值", Value: doc.Text("ab")}, {Name: "时间", Value: doc.Text("十点")}}
	p := parts(t, doc.Document{Title: "图", Blocks: []doc.Block{fields, doc.Heading{Level: 1, Text: "记录校验"}, fields, doc.Picture{PNG: []byte("x"), Text: "码"}, fields}})
	body := p["word/document.xml"]
	if n := strings.Count(body, `<w:pStyle w:val="Body"/><w:keepNext/>`); n != 2 || strings.Count(body, `<w:pStyle w:val="Body"/></w:pPr>`) != 4 {
		t.Errorf("%d lines stay with the picture: %s", n, body)
	}
}

// The same document is the same bytes, whatever the clock says.
func TestWordIsTheSameEveryTime(t *testing.T) {
	first, err := doc.HouseStyle().Render(letter(), doc.Word)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if again, err := doc.HouseStyle().Render(letter(), doc.Word); err != nil || !bytes.Equal(first, again) {
			t.Fatalf("another file: %v", err)
		}
	}
}

// A style of one's own changes what it names and nothing else, and says where it is
// wrong.
func TestStyles(t *testing.T) {
	st, err := doc.NewStyle([]byte("[letter]\ntop = 35\nbody = { font = \"仿宋\", size = 16, line = 29 }\n"))
	if err != nil {
		t.Fatal(err)
	}
	house := doc.HouseStyle()
	if st.Letter.Top != 35 || st.Letter.Body.Line != 29 || st.Letter.Left != house.Letter.Left || st.Form.Top != house.Form.Top || len(st.Letter.Levels) != 4 {
		t.Errorf("%+v", st.Letter)
	}
	for text, want := range map[string]string{
		"[letter]\nwide = 3": "第 2 行第 1 列：没有 letter.wide 这一项", "[letter\n": "第 1 行第 8 列：不是 TOML 的写法",
		"[letter]\nwidth = \"3\"": "第 2 行第 9 列：letter.width 的值", "[fallback]\n\"宋体\" = 3": "第 2 行第 8 列：fallback.宋体 的值", "digits = “a”": "不是 TOML 的写法",
		"[letter]\ntop = 250": "50 毫米", "[letter]\ntop = -1": "页边距",
		"[form]\nbody = { font = \"\", size = 16 }": "font", "[ledger]\nlevels = []": "levels", "x = [": "行",
		"[form]\ntop = nan": "页边距", "[form]\nfooter = inf": "页边距", "[form]\nwidth = nan": "50 毫米", "[form]\nheight = inf": "50 毫米",
		"[form]\ncell = { font = \"宋体\", size = nan, line = 16 }":  "size",
		"[form]\ncell = { font = \"宋体\", size = 12, line = nan }":  "line",
		"[form]\ncell = { font = \"宋体\", size = 12, line = 1e-9 }": "line",
		"[form]\ncell = { font = \"宋体\", size = 12, line = 1.5 }":  "line",
	} {
		if _, err := doc.NewStyle([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		} else if strings.Contains(err.Error(), "toml:") || strings.Contains(err.Error(), "float64") {
			t.Errorf("%q is told in the library's words: %v", text, err)
		}
	}
}

// The words before a hash are not drawn apart to both margins.
func TestALineWithAHashIsNotDrawnApart(t *testing.T) {
	d := doc.Document{Title: "会议记录", Blocks: []doc.Block{
		doc.Paragraph{Lead: "监票人", Text: "党员04、党员05"},
		doc.Paragraph{Lead: "票箱指纹", Text: "TQY2D-4AGCN-RBCKH-727SK（KIK4ssHxQWdeCqpht4vkoROkOCQS2H4fggH4lUXJJw4）"},
	}}
	if n := strings.Count(parts(t, d)["word/document.xml"], `<w:jc w:val="left"/>`); n != 1 {
		t.Errorf("%d lines begin at the left and end where they end", n)
	}
}
