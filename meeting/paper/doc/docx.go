package doc

import (
	"encoding/xml"
	"fmt"
	"math"
	"strings"
	"time"
)

// docx writes a document for Word. It is written by hand for what the libraries
// lack: page numbers on odd and even pages, cells that span, and the same bytes
// twice. docxstyle.go has the styles, docxtable.go the tables.
func (st *Style) docx(d Document) ([]byte, error) {
	w := &word{st: st, page: st.of(d.Layout), layout: d.Layout}
	w.body(d)
	parts := []Part{
		{"[Content_Types].xml", []byte(wordTypes)},
		{"_rels/.rels", []byte(wordRoot)},
		{"docProps/core.xml", coreProperties(d)},
		{"word/document.xml", []byte(w.String())},
		{"word/_rels/document.xml.rels", w.relations()},
		{"word/styles.xml", st.wordStyles(w.page)},
		{"word/fontTable.xml", st.wordFonts(w.page)},
		{"word/settings.xml", []byte(wordSettings)},
		{"word/footer1.xml", w.footer("right")},
		{"word/footer2.xml", w.footer("left")},
	}
	for i, p := range w.pictures {
		parts = append(parts, Part{fmt.Sprintf("word/media/picture%d.png", i+1), p})
	}
	return Zip(parts)
}

// word is a document on its way to Word.
type word struct {
	strings.Builder
	st       *Style
	page     *Page
	layout   Layout
	pictures [][]byte
	keep     string // what keeps the rows of a short table, or fields and their picture, on one page; "" elsewhere
}

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

func (w *word) body(d Document) {
	w.WriteString(xml.Header + `<w:document ` + wordSpace + `><w:body>`)
	w.paragraph("Title", "", d.Heading())
	if d.Layout == Letter {
		w.paragraph("Body", "", "") // the text begins a line below the title
	}
	if line := d.head(); line != "" {
		w.paragraph("Unit", "", line)
	}
	for i, b := range d.Blocks {
		if _, fields := b.(Fields); fields && i+1 < len(d.Blocks) {
			if _, picture := d.Blocks[i+1].(Picture); picture {
				w.keep = `<w:keepNext/>` // what a picture shows is named beside it
			}
		}
		w.block(b)
		w.keep = ""
		if _, table := b.(Table); table && i+1 == len(d.Blocks) {
			w.paragraph("Gap", "", "") // a paragraph must follow a table
		}
	}
	w.section()
	w.WriteString(`</w:body></w:document>`)
}

func (w *word) block(b Block) {
	switch x := b.(type) {
	case Heading:
		w.paragraph(fmt.Sprintf("Heading%d", max(1, min(headings, x.Level))), "", x.Text)
	case Paragraph:
		w.text(x)
	case Addressee:
		w.paragraph("Flush", "", string(x)+"：")
	case Attachments:
		w.attachments(x)
	case Closing:
		w.closing(x)
	case Picture:
		w.picture(x)
	case PageBreak:
		w.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
	case Fields:
		for _, f := range x {
			w.text(Paragraph{Lead: f.Name, Text: f.Value.String()})
		}
	case Boxes:
		w.boxes(x)
	case Table:
		w.table(x)
	case Signatures:
		w.paragraph("Sign", `<w:keepNext/>`, "") // room for the hand above the first
		for _, s := range x {
			w.paragraph("Sign", "", s.line())
		}
	}
}

// line is what stands where somebody signs.
func (s Signature) line() string {
	return strings.TrimSpace(s.Role+" "+s.Name) + "（签字）：" + signLine + "　　　年　　月　　日"
}

// text writes running text, a paragraph for each line.
func (w *word) text(p Paragraph) {
	lead := ""
	if p.Lead != "" {
		lead = p.Lead + "："
	}
	for line := range strings.SplitSeq(strings.TrimRight(p.Text, "\n"), "\n") {
		side := ""
		if unbroken(line) {
			side = `<w:jc w:val="left"/>`
		}
		w.WriteString(`<w:p><w:pPr><w:pStyle w:val="Body"/>` + w.keep + side + `</w:pPr>`)
		if lead != "" {
			w.run(`<w:b/>`, lead)
			lead = ""
		}
		w.run("", strings.TrimSpace(line))
		w.WriteString(`</w:p>`)
	}
}

// unbroken reports whether a text holds a word too long to be divided, as a hash
// is: the line before it would be drawn apart to both margins.
func unbroken(text string) bool {
	n := 0
	for _, r := range text {
		if n++; r <= ' ' || r > '~' {
			n = 0
		}
		if n > 24 {
			return true
		}
	}
	return false
}

// attachments write the 附件说明: a blank line under the text, then a line each,
// names without punctuation, the numbers below each other.
func (w *word) attachments(list Attachments) {
	w.paragraph("Body", "", "")
	for i, a := range list {
		no, before := "", "附件："
		if len(list) > 1 {
			no = fmt.Sprintf("%d.", i+1)
		}
		if i > 0 {
			before = "　　　"
		}
		w.paragraph("Body", "", before+no+a)
	}
}

// closing writes the 落款: the day four characters from the right edge, the unit
// centred over it.
func (w *word) closing(c Closing) {
	w.paragraph("Body", "", "")
	w.paragraph("Body", "", "")
	day := 4.0
	unit := day + (ems(c.Day)-ems(c.Unit))/2
	if unit < 0 {
		unit, day = 0, day-unit
	}
	for _, x := range []struct {
		text string
		from float64
	}{{c.Unit, unit}, {c.Day, day}} {
		indent := fmt.Sprintf(`<w:keepNext/><w:ind w:right="%d" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="right"/>`, int(math.Round(x.from*w.page.Body.Size*20)))
		w.paragraph("Body", indent, x.text)
	}
}

// ems is the width of a text in Chinese characters: figures and Latin letters
// have half of one.
func ems(text string) float64 {
	n := 0.0
	for _, r := range text {
		if r < 0x2e80 {
			n += 0.5
		} else {
			n++
		}
	}
	return n
}

// paragraph writes a paragraph of a style; more are its own properties.
func (w *word) paragraph(style, more, text string) {
	w.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + more + `</w:pPr>`)
	w.run("", text)
	w.WriteString(`</w:p>`)
}

// run writes words; more are their own properties. Quotation marks and dashes are
// Chinese ones: without the hint Word takes them for Latin.
func (w *word) run(more, text string) {
	if text == "" {
		return
	}
	hint := ""
	if strings.ContainsAny(text, "“”‘’…—·") {
		hint = `<w:rFonts w:hint="eastAsia"/>`
	}
	w.WriteString(`<w:r>`)
	if hint+more != "" {
		w.WriteString(`<w:rPr>` + hint + more + `</w:rPr>`)
	}
	w.WriteString(`<w:t xml:space="preserve">` + Escaped(text) + `</w:t></w:r>`)
}

// Escaped writes a text between tags or in an attribute; what XML cannot hold
// becomes U+FFFD.
func Escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}

// section ends the body with the page.
func (w *word) section() {
	p := w.page
	turned := ""
	if p.Width > p.Height {
		turned = ` w:orient="landscape"`
	}
	w.WriteString(`<w:sectPr>`)
	w.WriteString(`<w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>`)
	fmt.Fprintf(w, `<w:pgSz w:w="%d" w:h="%d"%s/>`, twips(p.Width), twips(p.Height), turned)
	fmt.Fprintf(w, `<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
		twips(p.Top), twips(p.Right), twips(p.Bottom), twips(p.Left), twips(p.Top/2), twips(p.Footer))
	w.WriteString(`</w:sectPr>`)
}

// twips is a length in millimetres as Word counts it: 1440 to an inch.
func twips(mm float64) int { return int(math.Round(mm * 1440 / 25.4)) }

// footer writes the number of a page between dashes, one character from the edge:
// odd pages on the right, even ones on the left.
func (w *word) footer(side string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, xml.Header+`<w:ftr %s><w:p><w:pPr><w:pStyle w:val="PageNumber"/><w:ind w:%s="%d"/><w:jc w:val="%s"/></w:pPr>`,
		wordSpace, side, points(w.page.Number.Size), side)
	b.WriteString(`<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">— </w:t></w:r>`)
	b.WriteString(`<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>`)
	b.WriteString(`<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`)
	return []byte(b.String())
}

// points is a length in points as Word counts it.
func points(pt float64) int { return int(math.Round(pt * 20)) }

// coreProperties name the document and its day. Without a day there is none.
func coreProperties(d Document) []byte {
	var b strings.Builder
	b.WriteString(xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	b.WriteString(`<dc:title>` + Escaped(d.Heading()) + `</dc:title>`)
	if d.Unit != "" {
		b.WriteString(`<dc:creator>` + Escaped(d.Unit) + `</dc:creator>`)
	}
	if !d.Made.IsZero() {
		at := d.Made.UTC().Format(time.RFC3339)
		b.WriteString(`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + `</dcterms:modified>`)
	}
	b.WriteString(`</cp:coreProperties>`)
	return []byte(b.String())
}

const (
	wordMain  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

	wordTypes = xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + wordMain + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + wordMain + `styles+xml"/>` +
		`<Override PartName="/word/fontTable.xml" ContentType="` + wordMain + `fontTable+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="` + wordMain + `settings+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="` + wordMain + `footer+xml"/>` +
		`<Override PartName="/word/footer2.xml" ContentType="` + wordMain + `footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

	wordRoot = xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="document" Type="` + relations + `officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="core" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

	wordParts = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="styles" Type="` + relations + `styles" Target="styles.xml"/>` +
		`<Relationship Id="fonts" Type="` + relations + `fontTable" Target="fontTable.xml"/>` +
		`<Relationship Id="settings" Type="` + relations + `settings" Target="settings.xml"/>` +
		`<Relationship Id="odd" Type="` + relations + `footer" Target="footer1.xml"/>` +
		`<Relationship Id="even" Type="` + relations + `footer" Target="footer2.xml"/>`

	wordSettings = xml.Header + `<w:settings ` + wordSpace + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>` +
		`<w:characterSpacingControl w:val="compressPunctuation"/>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
)
