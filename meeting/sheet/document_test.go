package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	utf "golang.org/x/text/encoding/unicode"

	"pingyi/meeting/sheet"
)

// docx is a Word file with a body.
func docx(t testing.TB, name, body string) []byte {
	t.Helper()
	return docxOf(t, "http://schemas.openxmlformats.org/wordprocessingml/2006/main", name, body)
}

// docxOf is a Word file whose text is in an XML namespace.
func docxOf(t testing.TB, space, name, body string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte(`<?xml version="1.0"?><w:document xmlns:w="` + space + `" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>` + body + `</w:body></w:document>`))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestATextFileIsReadWhateverProgramWroteIt(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("学习不够深入\r\n联系群众不够")
	if err != nil {
		t.Fatal(err)
	}
	word := `<w:p><w:r><w:t>学习</w:t></w:r><w:r><w:t xml:space="preserve">不够深入</w:t></w:r><w:del><w:r><w:delText>旧话</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>联系群众不够</w:t></w:r></w:moveFrom></w:p>` +
		`<w:p><mc:AlternateContent><mc:Fallback><w:r><w:t>两遍</w:t></w:r></mc:Fallback></mc:AlternateContent><w:moveTo><w:r><w:t>联系群众不够</w:t></w:r></w:moveTo></w:p>`
	for name, data := range map[string]string{
		"utf-8": "学习不够深入\n联系群众不够", "bom": "\ufeff学习不够深入\r\n联系群众不够", "gb18030": gbk, "utf-16, no mark": string(encode(t, utf.UTF16(utf.LittleEndian, utf.IgnoreBOM), "学习不够深入\n联系群众不够")), "docx": string(docx(t, "word/document.xml", word)),
		"strict docx": string(docxOf(t, "http://purl.oclc.org/ooxml/wordprocessingml/main", "word/document.xml", word)),
	} {
		text, err := sheet.ReadText([]byte(data))
		if err != nil || text != "学习不够深入\n联系群众不够" {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

// What its writer has struck out or hidden is no part of a document; where only a part
// of a paragraph is struck out, they are asked what they mean.
func TestWhatIsStruckOutOrHiddenInADocumentIsNotRead(t *testing.T) {
	run := func(property, text string) string {
		return "<w:r><w:rPr>" + property + "</w:rPr><w:t>" + text + "</w:t></w:r>"
	}
	read := func(paragraphs ...string) (string, error) {
		return sheet.ReadText(docx(t, "word/document.xml", "<w:p>"+strings.Join(paragraphs, "</w:p><w:p>")+"</w:p>"))
	}
	whole := []string{
		run("<w:strike/>", "旧的一段") + run(`<w:dstrike w:val="1"/>`, "都不要"), run("", "学习不够") + run("<w:vanish/>", "批注") + run(`<w:strike w:val="0"/>`, "深入"),
		`<w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>` + run("<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>", "联系群众不够") + run("<w:strike/>", " "),
	}
	if text, err := read(whole...); err != nil || text != "学习不够深入\n联系群众不够" {
		t.Errorf("%q, %v", text, err)
	}
	var bad *sheet.Error
	if _, err := read("<w:r><w:t>一</w:t></w:r>", run("", "学习")+run("<w:strike/>", "很不")+run("", "够")); !errors.As(err, &bad) || bad.Fault.Code != sheet.DocumentStruck || bad.Fault.Args[0] != "很不" {
		t.Errorf("%v", err)
	}
	if _, err := read(run("<w:strike/>", "都不要")); !errors.As(err, &bad) || bad.Fault.Code != sheet.DocumentBlank {
		t.Errorf("%v", err)
	}
}

// Some words are valid in both encodings: in this house they are Chinese, and what
// else people write here in UTF-8 stays as it is.
func TestAWordThatIsValidInBothEncodingsIsChinese(t *testing.T) {
	for _, text := range []string{"学习", `{"topic":"学习"}`, "一些", "学习,学习\n"} {
		gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
		if err != nil || !utf8.ValidString(gbk) {
			t.Fatalf("%q is not valid in both: %v", text, err)
		}
		if got, ok := sheet.UTF8([]byte(gbk)); !ok || string(got) != text {
			t.Errorf("%q is read as %q", text, got)
		}
		if got, err := sheet.ReadText([]byte(gbk)); err != nil || got != text {
			t.Errorf("%q is read as %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "plan", "José", "café é", "党员·零三", "·", "Привет", "ئابدۇ", "学习 ѧϰ", "±3 µm", "α = 0.05"} {
		if got, ok := sheet.UTF8([]byte(text)); !ok || string(got) != text {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}

func TestWhatIsNoTextIsNamed(t *testing.T) {
	for code, list := range map[sheet.Code][][]byte{
		sheet.DocumentBad:   {docx(t, "xl/workbook.xml", ""), docx(t, "word/document.xml", "<w:p>"), []byte("PK\x03\x04")},
		sheet.DocumentBlank: {docx(t, "word/document.xml", ""), docx(t, "word/document.xml", "<w:p><w:r><w:drawing/></w:r></w:p>"), docx(t, "word/document.xml", "<w:p/><w:p><w:r><w:t> </w:t></w:r></w:p>")},
		sheet.NoRunning:     {[]byte("%PDF-1.7"), []byte("甲\x00乙"), []byte("\xff\xff\xff")},
		sheet.DocumentOld:   {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")},
		sheet.DocumentLong:  {docx(t, "word/document.xml", strings.Repeat(" ", 4<<20))},
	} {
		for _, data := range list {
			var bad *sheet.Error
			if _, err := sheet.ReadText(data); !errors.As(err, &bad) || bad.Fault.Code != code {
				t.Errorf("%s: %v", code, err)
			}
		}
	}
}

func FuzzReadText(f *testing.F) {
	f.Add(docx(f, "word/document.xml", "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"))
	f.Add([]byte("甲\r\n乙"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := sheet.ReadText(data)
		if err == nil && strings.ContainsAny(text, "\r\x00") {
			t.Errorf("%q", text)
		}
	})
}
