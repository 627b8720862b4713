package paper_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"path"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
	"rsc.io/qr"

	"pingyi/meeting"
	"pingyi/meeting/paper"
)

var lan = paper.Door{
	Command: "ssh -p 2222 192.168.1.5",
	Link:    "ssh://192.168.1.5:2222",
	Fingerprints: []string{
		"SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
		"ECDSA SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM",
		"RSA SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDnIqkMSRJqbWPLeAU",
	},
}

// people are n slips: 党员01 with a code of their own, and so on.
func people(n int) []paper.JoinSlip {
	list := make([]paper.JoinSlip, n)
	for i := range list {
		list[i] = paper.JoinSlip{ID: meeting.MemberID(fmt.Sprintf("m%02d", i+1)), Name: fmt.Sprintf("党员%02d", i+1), Code: fmt.Sprintf("K7QF2-M%04d", i+1)}
	}
	return list
}

// wordFile is a .docx as a word processor reads it.
type wordFile struct {
	parts map[string][]byte
	Rows  []struct {
		Height struct {
			Val int `xml:"val,attr"`
		} `xml:"trPr>trHeight"`
		Cells []struct {
			Paragraphs []wordLine `xml:"p"`
		} `xml:"tc"`
	} `xml:"body>tbl>tr"`
}

type wordLine struct {
	Spacing struct {
		After int `xml:"after,attr"`
		Line  int `xml:"line,attr"`
	} `xml:"pPr>spacing"`
	Size struct {
		Val int `xml:"val,attr"` // half-points
	} `xml:"r>rPr>sz"`
	Text  string `xml:"r>t"`
	Image *struct {
		Properties struct {
			ID    int    `xml:"id,attr"`
			Descr string `xml:"descr,attr"`
		} `xml:"docPr"`
		Blip struct {
			Embed string `xml:"embed,attr"`
		} `xml:"graphic>graphicData>pic>blipFill>blip"`
	} `xml:"r>drawing>inline"`
}

// fataler is a *testing.T or a *rapid.T.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// opened unpacks slips; every part must be well-formed.
func opened(t fataler, file []byte) wordFile {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("no zip: %v", err)
	}
	w := wordFile{parts: map[string][]byte{}}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		w.parts[f.Name] = data
		if ext := path.Ext(f.Name); ext == ".xml" || ext == ".rels" {
			wellFormed(t, f.Name, data)
		}
	}
	if err := xml.Unmarshal(w.parts["word/document.xml"], &w); err != nil {
		t.Fatalf("document: %v", err)
	}
	return w
}

func wellFormed(t fataler, name string, data []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, data)
		}
	}
}

// lines are all texts, in reading order.
func (w wordFile) lines() []string {
	var texts []string
	for _, row := range w.Rows {
		for _, cell := range row.Cells {
			for _, p := range cell.Paragraphs {
				if p.Text != "" {
					texts = append(texts, p.Text)
				}
			}
		}
	}
	return texts
}

func slips(t fataler, branch string, d paper.Door, list []paper.JoinSlip) []byte {
	t.Helper()
	file, err := paper.JoinSlips(branch, d, list)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return file
}

// Whoever gets a slip finds everything on it, and nobody else's.
func TestSlipsHaveEveryPersonOnce(t *testing.T) {
	for _, n := range []int{1, 2, 15, 100} {
		w := opened(t, slips(t, "第一党支部", lan, people(n)))
		if len(w.Rows) != (n+1)/2 {
			t.Errorf("%d people: %d rows", n, len(w.Rows))
		}
		lines := w.lines()
		if len(lines)%n != 0 {
			t.Fatalf("%d people: %d lines", n, len(lines))
		}
		each := len(lines) / n
		for i, s := range people(n) {
			card := strings.Join(lines[i*each:(i+1)*each], "\n")
			want := "第一党支部\n" + s.Name + "（" + string(s.ID) + "）\n" + s.Code + "\n" + lan.Command + "\n"
			if !strings.HasPrefix(card, want) || !strings.Contains(strings.ReplaceAll(card, "\n", ""), strings.Join(lan.Fingerprints, "")) || strings.Contains(card, "作废") {
				t.Errorf("the card of %s:\n%s", s.ID, card)
			}
			for _, told := range []string{
				"问 yes/no 时输入 yes", "不分大小写", "输入时不显示", "请保留到反馈以后",
				"主机 192.168.1.5\n", "端口 2222\n", "用户名 随便填一个",
			} {
				if !strings.Contains(card, told) {
					t.Errorf("the card of %s does not say %q:\n%s", s.ID, told, card)
				}
			}
		}
		all := strings.Join(lines, "\n")
		for _, s := range people(n) {
			if strings.Count(all, s.Code) != 1 || strings.Count(all, s.Name+"（") != 1 {
				t.Errorf("%s or %s is not there once", s.Name, s.Code)
			}
		}
	}
}

// A phone's camera finds the server: the picture is there, belongs to every card
// and is the link's code.
func TestSlipsHaveTheLinkAsAPicture(t *testing.T) {
	w := opened(t, slips(t, "第一党支部", lan, people(3)))
	ids := map[int]bool{}
	for _, row := range w.Rows {
		for _, cell := range row.Cells {
			for _, p := range cell.Paragraphs {
				if p.Image == nil {
					continue
				}
				ids[p.Image.Properties.ID] = true
				if p.Image.Properties.Descr != lan.Link || w.target(t, p.Image.Blip.Embed) != "media/door1.png" {
					t.Errorf("%+v", p.Image)
				}
			}
		}
	}
	if len(ids) != 3 {
		t.Errorf("%d pictures with numbers of their own, want 3", len(ids))
	}
	w.shows(t, "word/media/door1.png", lan.Link)
}

// shows expects a picture of a link.
func (w wordFile) shows(t *testing.T, name, link string) {
	t.Helper()
	got, err := png.Decode(bytes.NewReader(w.parts[name]))
	if err != nil {
		t.Fatal(err)
	}
	want, err := qr.Encode(link, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	for y := range want.Size {
		for x := range want.Size {
			if black(got, (x+4)*want.Scale, (y+4)*want.Scale) != want.Black(x, y) {
				t.Fatalf("%s is no picture of %s: module %d,%d differs", name, link, x, y)
			}
		}
	}
}

// With a door for browsers every slip has a picture of its own, which signs its
// person on; nowhere else does the code stand in a link.
func TestASlipForABrowserSignsItsPersonOn(t *testing.T) {
	hall := lan
	hall.Web = "http://192.168.1.5:8080/#nThbg6kXUpJWGl7E1IGOCs"
	list := people(3)
	list[2].ID = meeting.Screen
	w := opened(t, slips(t, "第一党支部", hall, list))
	var cards [][]wordLine
	for _, row := range w.Rows {
		for i := 0; i+1 < len(row.Cells); i += 2 {
			cards = append(cards, append(row.Cells[i].Paragraphs, row.Cells[i+1].Paragraphs...))
		}
	}
	for i, s := range list {
		text, pictures, link := "", 0, hall.Web
		site, opens, command := "http://192.168.1.5:8080\n", "手机扫码就进会", "ssh -p 2222 192.168.1.5\n"
		if s.ID == meeting.Screen {
			link = "http://192.168.1.5:8080/?as=screen#nThbg6kXUpJWGl7E1IGOCs"
			site, opens, command = "http://192.168.1.5:8080/?as=screen\n", "扫码就打开投影", "ssh -p 2222 screen@192.168.1.5\n"
		}
		for _, p := range cards[i] {
			text += p.Text + "\n"
			if p.Image != nil {
				pictures++
				w.shows(t, "word/"+w.target(t, p.Image.Blip.Embed), link+"."+strings.ReplaceAll(s.Code, "-", ""))
			}
		}
		if pictures != 1 {
			t.Errorf("the slip of %s has %d pictures", s.ID, pictures)
		}
		for _, told := range []string{s.Name, s.Code, site, command, opens, "不要拍照外传", "请保留到反馈以后"} {
			if !strings.Contains(text, told) {
				t.Errorf("the slip of %s does not say %q:\n%s", s.ID, told, text)
			}
		}
	}
	if document := string(w.parts["word/document.xml"]); strings.Contains(document, "#nThbg6kXUpJWGl7E1IGOCs.") {
		t.Error("a code stands in the description of a picture")
	}
}

func black(m image.Image, x, y int) bool {
	r, _, _, _ := m.At(x, y).RGBA()
	return r < 0x8000
}

// target is the part that a relationship of the document leads to; it must exist.
func (w wordFile) target(t *testing.T, id string) string {
	t.Helper()
	var rels struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := xml.Unmarshal(w.parts["word/_rels/document.xml.rels"], &rels); err != nil {
		t.Fatal(err)
	}
	for _, r := range rels.List {
		if r.ID == id && w.parts["word/"+r.Target] != nil {
			return r.Target
		}
	}
	t.Errorf("relationship %q leads nowhere", id)
	return ""
}

// A row has a fixed height: the longest words that a roster, a branch and an
// address may have must not push the code or the warning off the slip.
func TestSlipsHoldTheLongestNames(t *testing.T) {
	long := lan
	long.Command = "ssh -p 65535 " + strings.Repeat("h", 100)
	long.Link = "ssh://" + strings.Repeat("h", 100) + ":65535"
	site := long
	site.Web = "https://" + strings.Repeat("h", 100) + ":65535/#nThbg6kXUpJWGl7E1IGOCs"
	for i, name := range []string{strings.Repeat("买", 30), "Konstantinopolsky Alexandra Jr", "𠮷野䶮㛃𬀩", strings.Repeat("买", 30), "Konstantinopolsky Alexandra Jr"} {
		if i >= 3 {
			long = site
		}
		w := opened(t, slips(t, strings.Repeat("某", 60), long, []paper.JoinSlip{{ID: meeting.MemberID(strings.Repeat("m", 20)), Name: name, Code: "WWWWW-WWWWW"}}))
		for cell, column := range []int{1720, 850} { // in tenths of a point: 65 and 30 mm less the cell's margins
			height := 0
			for _, p := range w.Rows[0].Cells[cell].Paragraphs {
				if p.Image != nil {
					height += 1600 // 28 mm
					continue
				}
				width := 0 // in tenths of a point
				for _, r := range p.Text {
					if width += p.Size.Val * 5; r < 0x80 {
						width -= p.Size.Val * 2
					}
				}
				height += (width+column-1)/column*p.Spacing.Line + p.Spacing.After
				if p.Size.Val < 8 && cell == 0 {
					t.Errorf("%s: nobody can read %g pt", p.Text, float64(p.Size.Val)/2)
				}
			}
			if most := w.Rows[0].Height.Val; height > most {
				t.Errorf("%s: %d twips in a row of %d", name, height, most)
			}
		}
	}
}

// The same slips can be made again: a difference between two files is a
// difference between the people.
func TestSlipsAreTheSameTwice(t *testing.T) {
	if !bytes.Equal(slips(t, "第一党支部", lan, people(15)), slips(t, "第一党支部", lan, people(15))) {
		t.Error("the same slips are not the same bytes")
	}
}

// Whatever stands in a roster is text on the slip: no markup, no control
// characters, and nothing that a word processor would call a damaged file.
func TestSlipsTakeAnyName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := people(2)
		list[0].Name = typed().Draw(t, "name") + "\ufffe]]>"
		w := opened(t, slips(t, typed().Draw(t, "branch"), lan, list))
		all := strings.Join(w.lines(), "\n")
		for _, r := range all {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				t.Fatalf("%U in %q", r, all)
			}
		}
		for _, s := range list {
			if strings.Count(all, s.Code) != 1 {
				t.Fatalf("%s is not there once: %q", s.Code, all)
			}
		}
	})
}

func TestSlipsOfNobodyAreRefused(t *testing.T) {
	if _, err := paper.JoinSlips("第一党支部", lan, nil); err == nil {
		t.Error("a file without a slip")
	}
	far := lan
	far.Link = "ssh://" + strings.Repeat("h", 3000)
	if _, err := paper.JoinSlips("第一党支部", far, people(1)); err == nil {
		t.Error("a link that no QR code can hold")
	}
}

// Excel opens the table as UTF-8, and no name or id is a formula.
func TestSlipTableCellsAreNoFormulas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := people(3)
		list[1].Name = typed().Draw(t, "name")
		list[2].ID = meeting.MemberID(typed().Draw(t, "id"))
		out := string(paper.JoinSlipTable(list))
		text, ok := strings.CutPrefix(out, "\ufeff")
		if !ok || strings.Count(text, "\n") != 4 || strings.Count(text, "\r\n") != 4 {
			t.Fatalf("%q", out)
		}
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
					t.Fatalf("a formula: %q", cell)
				}
			}
			if i > 0 && row[2] != list[i-1].Code {
				t.Fatalf("%q has not the code %s", row, list[i-1].Code)
			}
		}
	})
}
