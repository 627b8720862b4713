package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
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

// readWorkbook puts the first visible sheet that holds text into g. Whatever a
// file does to the library, it must not take the server down.
func readWorkbook(g *grid, data []byte) {
	var err error = Damaged
	defer func() {
		_ = recover() // then err is still Damaged
		if err == nil {
			return
		}
		code := Damaged
		if errors.Is(err, WorkbookTooBig) {
			code = WorkbookTooBig
		}
		*g = grid{}
		g.refuseFile(code)
	}()
	err = readFirstSheet(g, data)
}

func readFirstSheet(g *grid, data []byte) error {
	if err := checkZip(data); err != nil {
		return err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit:    maxUnpacked,
		UnzipXMLSizeLimit: maxUnpacked, // above it the library would write the roster into temporary files
		ShortDatePattern:  "yyyy-mm-dd",
		CultureInfo:       excelize.CultureNameZhCN,
	})
	if err != nil {
		return err
	}
	defer f.Close()
	sheets, err := visibleSheets(f)
	if err != nil {
		return err
	}
	for _, s := range sheets {
		if err := readSheet(g, f, s); err != nil {
			return err
		}
		if len(g.rows) > 0 || len(g.faults) > 0 {
			break
		}
	}
	return nil
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
type worksheet struct{ name, part string }

// visibleSheets returns the sheets with cells in the order of their tabs. The
// library knows their parts too, but keeps them to itself.
func visibleSheets(f *excelize.File) ([]worksheet, error) {
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
		if tab.State != "" && tab.State != "visible" || !strings.HasSuffix(rel.Type, "/worksheet") {
			continue
		}
		part := path.Join("/", dir, rel.Target)
		if path.IsAbs(rel.Target) {
			part = path.Clean(rel.Target)
		}
		sheets = append(sheets, worksheet{tab.Name, strings.TrimPrefix(part, "/")})
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

// readSheet puts the rows of one sheet into g. A formula is put as its text, so
// that it is refused like one in a csv.
func readSheet(g *grid, f *excelize.File, s worksheet) error {
	formulas, err := checkSheet(f, s.part)
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
			if formula, ok := formulas[place{no, i + 1}]; ok {
				cells[i] = "=" + formula
			}
		}
		if !g.put(no, cells) {
			break
		}
	}
	return rows.Close()
}

// place is a cell's row and column, from 1.
type place struct{ row, column int }

// checkSheet returns the formulas of a sheet. It refuses what the library would
// take silently: a sheet that breaks off, which would lose people, and rows or
// cells out of order, which would end up in the wrong column.
func checkSheet(f *excelize.File, part string) (map[place]string, error) {
	d, err := decoder(f, part)
	if err != nil {
		return nil, err
	}
	formulas := map[place]string{}
	var at place
	for depth := 0; ; {
		token, err := d.Token()
		if err != nil {
			return nil, err // io.EOF too: there was no end of the sheet's data
		}
		switch el := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return nil, Damaged
			}
			switch el.Name.Local {
			case "row":
				err = at.nextRow(el)
			case "c":
				err = at.nextCell(el)
			case "f":
				var formula string
				err = d.DecodeElement(&formula, &el)
				formulas[at] = formula
				depth--
			}
			if err != nil {
				return nil, err
			}
		case xml.EndElement:
			if depth--; el.Name.Local == "sheetData" {
				return formulas, nil
			}
		}
	}
}

// maxDepth is deeper than the elements of a sheet's data nest. The decoder
// keeps every open element.
const maxDepth = 32

// nextRow moves to a row element: to the row that it names, or to the one below.
func (p *place) nextRow(row xml.StartElement) error {
	next := p.row + 1
	if r := attribute(row, "r"); r != "" {
		next, _ = strconv.Atoi(r)
	}
	if next <= p.row || next > excelize.TotalRows {
		return Damaged
	}
	*p = place{row: next}
	return nil
}

// nextCell moves to a cell element: to the one that it names, or to the right.
func (p *place) nextCell(c xml.StartElement) error {
	next := place{p.row, p.column + 1}
	if r := attribute(c, "r"); r != "" {
		var err error
		if next.column, next.row, err = excelize.CellNameToCoordinates(r); err != nil {
			return err
		}
	}
	if next.row != p.row || next.column <= p.column {
		return Damaged
	}
	*p = next
	return nil
}

func attribute(el xml.StartElement, name string) string {
	for _, a := range el.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
