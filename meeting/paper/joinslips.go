package paper

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"rsc.io/qr"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// JoinSlip is what one person needs to come in. A join code is known only at
// the moment it is issued, so slips are written then or never.
type JoinSlip struct {
	ID   meeting.MemberID
	Name string
	Code string
}

// Door is where the holders of slips come in.
type Door struct {
	Command string // what is typed on a computer: ssh -p 2222 192.168.1.5
	Link    string // the same place for a phone's camera: ssh://192.168.1.5:2222

	// Web is the place for a browser, with the host key's pin: http://192.168.1.5:8080/#PIN.
	// "": there is none. With it a slip's code leads there and has the join code in it.
	Web string

	// Fingerprints of the host keys, to compare at the first connection: SHA256:… of
	// the one that most clients show, then the others with their kind before it.
	Fingerprints []string
}

// JoinSlipTable returns the join codes as CSV, one person a row, for a spreadsheet
// or a mail merge.
func JoinSlipTable(list []JoinSlip) []byte {
	t := doc.Table{Columns: doc.Columns("编号", "姓名", "入会码")}
	for _, s := range list {
		t.Rows = append(t.Rows, []doc.Cell{doc.Text(doc.Line(string(s.ID))), doc.Text(doc.Line(s.Name)), doc.Text(s.Code)})
	}
	return doc.TableCSV(t)
}

// JoinSlips returns the join codes as a .docx file to print on A4 and cut along the
// dashed lines: two cards in a row, five rows a page, in the order of the list.
// The same arguments give the same bytes. The error is for an empty list or a
// link that no QR code can hold.
func JoinSlips(branch string, d Door, list []JoinSlip) ([]byte, error) {
	if len(list) == 0 {
		return nil, errors.New("没有要发入会码的人：请先导入名册")
	}
	cards := make([]card, len(list))
	for i, s := range list {
		cards[i] = newCard(i+1, branch, d, s)
	}
	pictures, err := d.pictures(list)
	if err != nil {
		return nil, err
	}
	if len(cards)%2 == 1 {
		cards = append(cards, card{})
	}
	var body bytes.Buffer
	sheet := struct {
		Link string
		Rows [][]card
	}{cmp.Or(d.Web, d.Link), slices.Collect(slices.Chunk(cards, 2))}
	if err := slipSheet.Execute(&body, sheet); err != nil {
		return nil, err
	}
	return doc.Zip(append([]doc.Part{
		{Name: "[Content_Types].xml", Data: []byte(slipTypes)},
		{Name: "_rels/.rels", Data: []byte(slipRoot)},
		{Name: "word/document.xml", Data: body.Bytes()},
		{Name: "word/_rels/document.xml.rels", Data: slipParts(len(pictures))},
		{Name: "word/styles.xml", Data: []byte(slipStyles)},
	}, pictures...))
}

// WroteJoinSlips reports whether a file is one of [JoinSlips] or [JoinSlipTable].
func WroteJoinSlips(file []byte) bool {
	if bytes.HasPrefix(file, JoinSlipTable(nil)) {
		return true
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	return err == nil && slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == pictureName(1) })
}

// pictures are the QR codes of slips: one for all, or with a place for browsers one
// for each, which has the join code in it.
func (d Door) pictures(list []JoinSlip) ([]doc.Part, error) {
	links := []string{d.Link}
	if d.Web != "" {
		links = nil
		for _, s := range list {
			links = append(links, d.signOn(s))
		}
	}
	pictures := make([]doc.Part, len(links))
	for i, link := range links {
		code, err := qr.Encode(link, qr.M)
		if err != nil {
			return nil, fmt.Errorf("地址 %s 太长，画不成二维码：请换一个短的", cmp.Or(d.Web, d.Link))
		}
		pictures[i] = doc.Part{Name: pictureName(i + 1), Data: code.PNG()}
	}
	return pictures, nil
}

// signOn returns the link of a slip, which opens the page of its person, or of the
// projector or a booth.
func (d Door) signOn(s JoinSlip) string {
	_, pin, _ := strings.Cut(d.Web, "#")
	site := d.site(s.ID)
	if !meeting.Fixture(s.ID) {
		site += "/"
	}
	return site + "#" + pin + "." + strings.ReplaceAll(s.Code, "-", "")
}

// pictureName is where the picture of a slip lies in the file.
func pictureName(no int) string { return fmt.Sprintf("word/media/door%d.png", no) }

// card is a slip as it is drawn. A card without lines is blank paper beside the
// last slip.
type card struct {
	No     int // from 1: every picture of a document has its own number
	Code   int // which QR code it has
	Lines  []cardLine
	Beside []cardLine // below the QR code
}

// cardLine is a paragraph of a card.
type cardLine struct {
	Text   string
	Size   int // in half-points
	Mono   bool
	Strong bool
}

func newCard(no int, branch string, d Door, s JoinSlip) card {
	lines := []cardLine{
		{Text: branch, Size: 16},
		{Text: s.Name + "（" + string(s.ID) + "）", Size: 24, Strong: true},
		{Text: s.Code, Size: 44, Mono: true, Strong: true},
	}
	if d.Web != "" {
		lines = append(lines, cardLine{Text: d.site(s.ID), Size: 18, Mono: true, Strong: true})
		lines = append(lines, d.forDoubters()...)
		lines = append(lines,
			cardLine{Text: "手机扫右边的码；或用浏览器打开上面的地址，", Size: 14},
			cardLine{Text: "填入会码（不分大小写）。", Size: 14},
			cardLine{Text: "也可以用 " + d.command(s.ID), Size: 14},
			cardLine{Text: "请勿转借，请保留到反馈以后。", Size: 16, Strong: true},
		)
		return card{No: no, Code: no, Lines: fitted(lines, 160), Beside: fitted(forBrowsers(s.ID), 80)}
	}
	lines = append(lines, cardLine{Text: d.command(s.ID), Size: 18, Mono: true, Strong: true})
	lines = append(lines, d.forDoubters()...)
	lines = append(lines,
		cardLine{Text: "输入上面的命令，问 yes/no 时输入 yes，", Size: 14},
		cardLine{Text: "再按提示填入会码（不分大小写，输入时不显示）。", Size: 14},
		cardLine{Text: "请勿转借，请保留到反馈以后。", Size: 16, Strong: true},
	)
	return card{No: no, Code: 1, Lines: fitted(lines, 160), Beside: fitted(d.forApps(), 80)}
}

// site is the address for browsers, as somebody types it: of a person, or of the
// projector or a booth.
func (d Door) site(id meeting.MemberID) string {
	site, _, _ := strings.Cut(d.Web, "#")
	if meeting.Fixture(id) {
		return site + "?as=" + string(id)
	}
	return strings.TrimSuffix(site, "/")
}

// command is what is typed on a computer, under the name of the projector or a booth
// for theirs.
func (d Door) command(id meeting.MemberID) string {
	if at := strings.LastIndex(d.Command, " ") + 1; at > 0 && meeting.Fixture(id) {
		return d.Command[:at] + string(id) + "@" + d.Command[at:]
	}
	return d.Command
}

// forBrowsers says what the QR code of a slip is.
func forBrowsers(id meeting.MemberID) []cardLine {
	opens := "手机扫码就进会"
	switch id {
	case meeting.Screen:
		opens = "扫码就打开投影"
	case meeting.Booth:
		opens = "扫码就打开公用终端"
	}
	return []cardLine{
		{Text: opens, Size: 16, Strong: true},
		{Text: "码里有入会码：", Size: 14},
		{Text: "不要拍照外传", Size: 14},
	}
}

// forDoubters are the fingerprints: the one that most clients show in two lines,
// the others small.
func (d Door) forDoubters() []cardLine {
	var lines []cardLine
	for i, text := range d.Fingerprints {
		if i > 0 {
			lines = append(lines, cardLine{Text: text, Size: 9, Mono: true})
			continue
		}
		half := (len(text) + 1) / 2
		lines = append(lines, cardLine{Text: "主机指纹 " + text[:half], Size: 14, Mono: true}, cardLine{Text: text[half:], Size: 14, Mono: true})
	}
	return lines
}

// forApps is what somebody fills in whose app does not read the QR code.
func (d Door) forApps() []cardLine {
	lines := []cardLine{{Text: "手机扫码连接", Size: 14}}
	_, at, _ := strings.Cut(d.Link, "://")
	if i := strings.LastIndex(at, ":"); i > 0 {
		lines = append(lines, cardLine{Text: "或在 App 里填：", Size: 14}, cardLine{Text: "主机 " + strings.Trim(at[:i], "[]"), Size: 14},
			cardLine{Text: "端口 " + at[i+1:], Size: 14}, cardLine{Text: "用户名 随便填一个", Size: 14})
	}
	return lines
}

// fitted makes lines fit into a column of so many points.
func fitted(lines []cardLine, column int) []cardLine {
	for i := range lines {
		lines[i].Text = doc.Line(lines[i].Text)
		lines[i].Size = fitting(lines[i].Text, lines[i].Size, column)
	}
	return lines
}

// fitting returns the font size, in half-points, at which a text takes at most
// two lines of a column, whose width is in points: a row has a fixed height, and
// a longer text would be cut off. The longest name that a roster may have stays
// readable.
func fitting(text string, size, column int) int {
	room := 2 * column * 2 // two lines, in half-points
	tenths := 0            // of an em
	for _, r := range text {
		if tenths += 10; r < 0x80 {
			tenths -= 4
		}
	}
	return min(size, max(1, room*10/max(1, tenths)))
}

// Height is the distance of the card's lines in twips: a quarter more than the
// letters, whatever the font prescribes.
func (l cardLine) Height() int { return l.Size * 10 * 5 / 4 }

const (
	slipTypes = xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
</Types>`

	slipRoot = xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>`

	// Fonts by name, never embedded (DOMAIN.md §5.1).
	slipStyles = xml.Header + `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:docDefaults>
<w:rPrDefault><w:rPr><w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体" w:cs="Times New Roman"/><w:noProof/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault>
</w:docDefaults>
</w:styles>`
)

// slipParts are the parts of the document beside its text: the styles and so many
// pictures.
func slipParts(pictures int) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
`)
	for no := range pictures {
		name := strings.TrimPrefix(pictureName(no+1), "word/")
		fmt.Fprintf(&b, `<Relationship Id="code%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="%s"/>`+"\n", no+1, name)
	}
	b.WriteString("</Relationships>")
	return b.Bytes()
}

// slipSheet draws the cards on A4 (11906 × 16838 twips) with 1 cm around. A card
// is a cell with the words, 65 mm wide, and a cell with the QR code, 30 mm; five
// rows of 3090 twips (54.5 mm) and the paragraph that must follow a table fill a
// page and never begin another one.
var slipSheet = template.Must(template.New("slips").Funcs(template.FuncMap{"xml": doc.Escaped}).Parse(xml.Header + `<w:document
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">
<w:body>
<w:tbl>
<w:tblPr>
 <w:tblW w:w="10772" w:type="dxa"/><w:jc w:val="center"/>
 <w:tblBorders>
  <w:top w:val="dashed" w:sz="4" w:space="0" w:color="808080"/>
  <w:bottom w:val="dashed" w:sz="4" w:space="0" w:color="808080"/>
  <w:insideH w:val="dashed" w:sz="4" w:space="0" w:color="808080"/>
 </w:tblBorders>
 <w:tblLayout w:type="fixed"/>
 <w:tblCellMar><w:left w:w="170" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>
</w:tblPr>
<w:tblGrid><w:gridCol w:w="3685"/><w:gridCol w:w="1701"/><w:gridCol w:w="3685"/><w:gridCol w:w="1701"/></w:tblGrid>
{{- range .Rows}}
<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="3090" w:hRule="exact"/></w:trPr>
{{- range .}}
<w:tc><w:tcPr><w:tcW w:w="3685" w:type="dxa"/>
 <w:tcBorders><w:left w:val="dashed" w:sz="4" w:space="0" w:color="808080"/></w:tcBorders><w:vAlign w:val="center"/></w:tcPr>
{{- range .Lines}}
<w:p><w:pPr><w:spacing w:after="20" w:line="{{.Height}}" w:lineRule="exact"/></w:pPr><w:r><w:rPr>
 {{- if .Mono}}<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>{{else if .Strong}}<w:rFonts w:ascii="黑体" w:eastAsia="黑体" w:hAnsi="黑体"/>{{end}}
 {{- if .Strong}}<w:b/>{{end}}<w:sz w:val="{{.Size}}"/><w:szCs w:val="{{.Size}}"/></w:rPr><w:t xml:space="preserve">{{xml .Text}}</w:t></w:r></w:p>
{{- else}}<w:p/>{{end}}
</w:tc>
<w:tc><w:tcPr><w:tcW w:w="1701" w:type="dxa"/>
 <w:tcBorders><w:right w:val="dashed" w:sz="4" w:space="0" w:color="808080"/></w:tcBorders>
 <w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tcMar><w:vAlign w:val="center"/></w:tcPr>
{{- if .Lines}}
<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">
 <wp:extent cx="1008000" cy="1008000"/><wp:docPr id="{{.No}}" name="{{.No}}" descr="{{xml $.Link}}"/>
 <a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
  <pic:nvPicPr><pic:cNvPr id="{{.No}}" name="door{{.Code}}.png"/><pic:cNvPicPr/></pic:nvPicPr>
  <pic:blipFill><a:blip r:embed="code{{.Code}}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
  <pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1008000" cy="1008000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
 </pic:pic></a:graphicData></a:graphic>
</wp:inline></w:drawing></w:r></w:p>
{{- range .Beside}}
<w:p><w:pPr><w:spacing w:after="20" w:line="{{.Height}}" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="{{.Size}}"/><w:szCs w:val="{{.Size}}"/></w:rPr><w:t xml:space="preserve">{{xml .Text}}</w:t></w:r></w:p>
{{- end}}
{{- else}}<w:p/>{{end}}
</w:tc>
{{- end}}
</w:tr>
{{- end}}
</w:tbl>
<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>
<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="567" w:right="567" w:bottom="567" w:left="567" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>
</w:body>
</w:document>`))
