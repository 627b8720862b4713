package sheet

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The limits of an unpacked workbook: 8 MB of zip can unpack to 8 GB, and the
// library keeps about a hundred bytes for the smallest element. A cell with a
// number takes four tags.
const (
	maxUnpacked = 32 << 20
	maxTags     = 5 * MaxRows * MaxColumns
)

// readWorkbook reads the sheets that hold text. Whatever a file does to the
// library, it must not take the server down.
func readWorkbook(data []byte) (tables []Table, fault *Fault) {
	var err error = Damaged
	defer func() {
		_ = recover() // then err is still Damaged
		if err == nil {
			return
		}
		tables, fault = nil, &Fault{Code: Damaged}
		if format := otherFormat(data); format != "" {
			fault = &Fault{Code: OtherFormat, Args: []string{format}}
			if slices.Contains([]string{"docx", "odt", "pptx"}, format) { // their programs write no workbooks
				fault.Code = TextDocument
			}
		}
		if errors.Is(err, WorkbookTooBig) {
			fault.Code = WorkbookTooBig
		}
	}()
	tables, err = readSheets(data)
	return tables, nil
}

func readSheets(data []byte) ([]Table, error) {
	if err := checkZip(data); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit:    maxUnpacked,
		UnzipXMLSizeLimit: maxUnpacked, // above it the library would write the roster into temporary files
		ShortDatePattern:  "yyyy-mm-dd",
		CultureInfo:       excelize.CultureNameZhCN,
	})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sheets, err := sheetsOf(f)
	if err != nil {
		return nil, err
	}
	looks := newLooks(f)
	if looks.shared, err = sharedStrikes(f); err != nil {
		return nil, err
	}
	var tables []Table
	seen := false
	for _, s := range sheets {
		t := Table{Name: s.name, Unread: s.hidden}
		if !s.hidden {
			if err := readSheet(&t, f, s, looks); err != nil {
				return nil, err
			}
			if t.blank() {
				continue
			}
			seen = true
		}
		tables = append(tables, t)
	}
	if !seen {
		return nil, nil
	}
	return tables, nil
}

// checkZip unpacks every part once without keeping it. The zip reader holds a
// part to the size that the table of contents gives.
func checkZip(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	left, tags := uint64(maxUnpacked), 0
	for _, part := range z.File {
		if part.UncompressedSize64 > left {
			return WorkbookTooBig
		}
		left -= part.UncompressedSize64
		n, err := countTags(part)
		if err != nil {
			return err
		}
		if tags += n; tags > maxTags {
			return WorkbookTooBig
		}
	}
	return nil
}

// otherFormat says what a zip is that another program than a spreadsheet, or a
// spreadsheet in another format, has written: how the names of such files end; ""
// for what may be a workbook.
func otherFormat(data []byte) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return ""
	}
	for _, part := range z.File {
		switch part.Name {
		case "word/document.xml":
			return "docx"
		case "ppt/presentation.xml":
			return "pptx"
		case "xl/workbook.bin":
			return "xlsb"
		case "Index/Document.iwa":
			return "numbers"
		case "mimetype":
			if r, err := part.Open(); err == nil {
				kind, _ := io.ReadAll(io.LimitReader(r, 100)) // what is torn is none of these
				_ = r.Close()
				switch string(bytes.TrimSpace(kind)) {
				case "application/vnd.oasis.opendocument.spreadsheet":
					return "ods"
				case "application/vnd.oasis.opendocument.text":
					return "odt"
				}
			}
		}
	}
	return ""
}

func countTags(part *zip.File) (int, error) {
	r, err := part.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	buf := make([]byte, 32<<10)
	for tags := 0; ; {
		n, err := r.Read(buf)
		tags += bytes.Count(buf[:n], []byte("<"))
		if errors.Is(err, io.EOF) {
			return tags, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

// worksheet is a sheet of a workbook: its name, and the part of the file that
// holds its cells.
type worksheet struct {
	name, part string
	hidden     bool
}

// sheetsOf returns the sheets with cells in the order of their tabs. The
// library knows their parts too, but keeps them to itself.
func sheetsOf(f *excelize.File) ([]worksheet, error) {
	top, err := relations(f, "_rels/.rels")
	if err != nil {
		return nil, err
	}
	var book string
	for _, rel := range top {
		if strings.HasSuffix(rel.Type, "/officeDocument") {
			book = strings.TrimPrefix(rel.Target, "/")
		}
	}
	dir, file := path.Split(book)
	rels, err := relations(f, dir+"_rels/"+file+".rels")
	if err != nil {
		return nil, err
	}
	var tabs struct {
		Sheet []struct {
			Name  string `xml:"name,attr"`
			ID    string `xml:"id,attr"`
			State string `xml:"state,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := unmarshal(f, book, &tabs); err != nil {
		return nil, err
	}
	var sheets []worksheet
	for _, tab := range tabs.Sheet {
		rel := rels[tab.ID]
		if !strings.HasSuffix(rel.Type, "/worksheet") {
			continue
		}
		hidden := tab.State != "" && tab.State != "visible"
		part := path.Join("/", dir, rel.Target)
		if path.IsAbs(rel.Target) {
			part = path.Clean(rel.Target)
		}
		sheets = append(sheets, worksheet{tab.Name, strings.TrimPrefix(part, "/"), hidden})
	}
	return sheets, nil
}

// relation is how one part of a workbook names another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// relations returns the relations that a part lists, by their ids.
func relations(f *excelize.File, part string) (map[string]relation, error) {
	var list struct {
		Relationship []relation
	}
	if err := unmarshal(f, part, &list); err != nil {
		return nil, err
	}
	byID := map[string]relation{}
	for _, rel := range list.Relationship {
		byID[rel.ID] = rel
	}
	return byID, nil
}

func unmarshal(f *excelize.File, part string, to any) error {
	d, err := decoder(f, part)
	if err != nil {
		return err
	}
	return d.Decode(to)
}

func decoder(f *excelize.File, part string) (*xml.Decoder, error) {
	content, _ := f.Pkg.Load(part)
	data, ok := content.([]byte)
	if !ok {
		return nil, Damaged
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = f.CharsetReader
	return d, nil
}

// readSheet reads one sheet. A formula is put as its text, so that it is refused
// like one in a csv.
func readSheet(t *Table, f *excelize.File, s worksheet, looks *looks) error {
	found, err := scan(f, s.part, looks)
	if err != nil {
		return err
	}
	rows, err := f.Rows(s.name)
	if err != nil {
		return err
	}
	for no := 1; rows.Next(); no++ {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		for i := range cells {
			at := Cell{no, i + 1}
			if date, ok := found.dates[at]; ok {
				cells[i] = date
			}
			if formula, ok := found.formulas[at]; ok {
				cells[i] = "=" + formula
			}
			if found.half[at] {
				t.refuse(no, i+1, cells[i], HalfStruck)
				cells[i] = ""
			}
		}
		if !t.put(no, cells) {
			break
		}
	}
	slices.SortStableFunc(t.Faults, func(a, b Fault) int { return cmp.Or(a.Row-b.Row, a.Column-b.Column) })
	t.Hidden, t.Veiled, t.Struck = found.hidden, found.veiled, found.struck
	return errors.Join(t.fillDown(found.merged), rows.Close())
}

// fillDown puts what merged cells say into each of their rows, in their first
// column. Blank rows stay blank.
func (t *Table) fillDown(merged []string) error {
	left := MaxRows * MaxColumns
	for _, m := range merged {
		from, to, _ := strings.Cut(m, ":")
		column, top, err := excelize.CellNameToCoordinates(from)
		if err != nil || column > MaxColumns || top > len(t.Rows) || len(t.Rows[top-1]) < column {
			continue
		}
		_, bottom, err := excelize.CellNameToCoordinates(to)
		if err != nil {
			continue
		}
		text := t.Rows[top-1][column-1]
		for no := top + 1; no <= min(bottom, len(t.Rows)) && text != ""; no++ {
			if left--; left < 0 {
				return WorkbookTooBig
			}
			row := t.Rows[no-1]
			if len(row) == 0 {
				continue
			}
			for len(row) < column {
				row = append(row, "")
			}
			if row[column-1] == "" {
				row[column-1] = text
			}
			t.Rows[no-1] = row
		}
	}
	return nil
}

// scanned is what the library does not say about the cells of a sheet.
type scanned struct {
	formulas map[Cell]string
	dates    map[Cell]string // what stands in cells with a date
	struck   []Cell
	half     map[Cell]bool // of whose text a part is struck out
	hidden   []int
	veiled   []int
	merged   []string // as A1:B2
}

// scan walks through a sheet. It refuses what the library would take silently: a
// sheet that breaks off, which would lose people, and rows or cells out of order,
// which would end up in the wrong column.
func scan(f *excelize.File, part string, looks *looks) (*scanned, error) {
	d, err := decoder(f, part)
	if err != nil {
		return nil, err
	}
	found := &scanned{formulas: map[Cell]string{}, dates: map[Cell]string{}, half: map[Cell]bool{}}
	at := &reading{looks: looks}
	for depth := 0; ; {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && at.whole:
			return found, nil
		case err != nil:
			return nil, err // io.EOF too: there was no end of the sheet's data
		}
		switch el := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return nil, Damaged
			}
			leaf, err := found.take(d, el, at)
			if err != nil {
				return nil, err
			}
			if leaf {
				depth--
			}
		case xml.EndElement:
			depth--
			at.whole = at.whole || el.Name.Local == "sheetData"
		}
	}
}

// reading is how far a sheet was read.
type reading struct {
	Cell
	looks  *looks
	look   look // of the cell, if it holds a number
	shares bool // the cell holds the number of a text
	whole  bool // the rows are behind
}

// take notes an element of a sheet. It reports whether it read it to its end.
func (s *scanned) take(d *xml.Decoder, el xml.StartElement, at *reading) (leaf bool, err error) {
	var text string
	switch name := el.Name.Local; {
	case name == "mergeCell":
		s.merged = append(s.merged, attribute(el, "ref"))
	case at.whole:
	case name == "row":
		err = at.nextRow(el)
		if isHidden(el) {
			s.hidden = append(s.hidden, at.Row)
		}
	case name == "col" && isHidden(el):
		first, _ := strconv.Atoi(attribute(el, "min"))
		last, _ := strconv.Atoi(attribute(el, "max"))
		for i := max(first, 1); i <= min(last, MaxColumns); i++ {
			s.veiled = append(s.veiled, i)
		}
	case name == "c":
		err = at.nextCell(el)
		at.look = at.looks.of(attribute(el, "s"))
		if at.look.struck {
			s.struck = append(s.struck, at.Cell)
		}
		kind := attribute(el, "t")
		if at.shares = kind == "s"; kind != "" && kind != "n" {
			at.look = look{}
		}
	case name == "is":
		var own richText
		err = d.DecodeElement(&own, &el)
		s.strikes(at.Cell, own.strike())
		return true, err
	case name == "f":
		err = d.DecodeElement(&text, &el)
		s.formulas[at.Cell] = text
		return true, err
	case name == "v":
		err = d.DecodeElement(&text, &el)
		if date := at.look.date(text, at.looks.from1904); date != "" {
			s.dates[at.Cell] = date
		}
		if no, bad := strconv.Atoi(strings.TrimSpace(text)); at.shares && bad == nil && no >= 0 && no < len(at.looks.shared) {
			s.strikes(at.Cell, at.looks.shared[no])
		}
		return true, err
	}
	return false, err
}

// strikes notes how much of a cell's text is struck out.
func (s *scanned) strikes(at Cell, much strike) {
	switch much {
	case standing:
	case halfStruck:
		s.half[at] = true
	case allStruck:
		s.struck = append(s.struck, at)
	}
}

// maxDepth is deeper than the elements of a sheet's data nest. The decoder
// keeps every open element.
const maxDepth = 32

// nextRow moves to a row element: to the row that it names, or to the one below.
func (p *Cell) nextRow(row xml.StartElement) error {
	next := p.Row + 1
	if r := attribute(row, "r"); r != "" {
		next, _ = strconv.Atoi(r)
	}
	if next <= p.Row || next > excelize.TotalRows {
		return Damaged
	}
	*p = Cell{Row: next}
	return nil
}

// nextCell moves to a cell element: to the one that it names, or to the right.
func (p *Cell) nextCell(c xml.StartElement) error {
	next := Cell{p.Row, p.Column + 1}
	if r := attribute(c, "r"); r != "" {
		var err error
		if next.Column, next.Row, err = excelize.CellNameToCoordinates(r); err != nil {
			return err
		}
	}
	if next.Row != p.Row || next.Column <= p.Column {
		return Damaged
	}
	*p = next
	return nil
}

// isHidden reports whether a row or a range of columns is hidden.
func isHidden(el xml.StartElement) bool {
	hidden := attribute(el, "hidden")
	return hidden == "1" || hidden == "true"
}

func attribute(el xml.StartElement, name string) string {
	for _, a := range el.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
