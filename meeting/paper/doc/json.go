package doc

import (
	"bytes"
	"encoding/json"
)

// The JSON form of a document: title and blocks in reading order, each with
// its type. A row of a table is an object by column, so that a script finds a
// value by the word over it; numbers are numbers, a ratio is its count, its
// base and the percentage.
type (
	jsonDocument struct {
		Title  string      `json:"title"`
		Draft  bool        `json:"draft,omitempty"`
		Blocks []jsonBlock `json:"blocks"`
	}
	jsonBlock struct {
		Type       string           `json:"type"`
		Level      int              `json:"level,omitempty"`
		Unit       string           `json:"unit,omitempty"`
		Day        string           `json:"day,omitempty"`
		Title      string           `json:"title,omitempty"`
		Lead       string           `json:"lead,omitempty"`
		Text       string           `json:"text,omitempty"`
		Titles     []string         `json:"titles,omitempty"`
		Fields     []jsonField      `json:"fields,omitempty"`
		Columns    []string         `json:"columns,omitempty"`
		Rows       []map[string]any `json:"rows,omitempty"`
		Signatures []jsonSignature  `json:"signatures,omitempty"`
	}
	jsonField struct {
		Name  string `json:"name"`
		Value any    `json:"value"`
	}
	jsonRatio struct {
		Count   int    `json:"count"`
		Base    int    `json:"base"`
		Percent string `json:"percent"`
	}
	jsonSignature struct {
		Role string `json:"role"`
		Name string `json:"name"`
	}
)

func jsonText(d Document) []byte {
	out := jsonDocument{Title: d.Heading(), Draft: d.Draft, Blocks: []jsonBlock{}}
	for _, block := range d.Blocks {
		out.Blocks = append(out.Blocks, jsonOf(block))
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(out) // strings, numbers and maps of them: it can't fail
	return b.Bytes()
}

func jsonOf(block Block) jsonBlock {
	switch x := block.(type) {
	case Heading:
		return jsonBlock{Type: "heading", Level: x.Level, Text: x.Text}
	case Paragraph:
		return jsonBlock{Type: "paragraph", Lead: x.Lead, Text: x.Text}
	case Fields:
		out := jsonBlock{Type: "fields"}
		for _, f := range x {
			out.Fields = append(out.Fields, jsonField{Name: f.Name, Value: jsonCell(f.Value)})
		}
		return out
	case Addressee:
		return jsonBlock{Type: "addressee", Text: string(x)}
	case Attachments:
		return jsonBlock{Type: "attachments", Titles: x}
	case Closing:
		return jsonBlock{Type: "closing", Unit: x.Unit, Day: x.Day}
	case Picture:
		return jsonBlock{Type: "picture", Text: x.Text}
	case PageBreak:
		return jsonBlock{Type: "page-break"}
	case Boxes:
		return jsonBoxes(x)
	case Table:
		return jsonTable(x)
	case Signatures:
		out := jsonBlock{Type: "signatures"}
		for _, s := range x {
			out.Signatures = append(out.Signatures, jsonSignature(s))
		}
		return out
	}
	return jsonBlock{}
}

// jsonBoxes are named facts like any other, with who signs them.
func jsonBoxes(boxes Boxes) jsonBlock {
	out := jsonBlock{Type: "fields"}
	for _, row := range boxes {
		for _, x := range row {
			out.Fields = append(out.Fields, jsonField{Name: x.Name, Value: jsonCell(x.Value)})
			for _, s := range x.Signs {
				out.Signatures = append(out.Signatures, jsonSignature(s))
			}
		}
	}
	return out
}

func jsonTable(t Table) jsonBlock {
	out := jsonBlock{Type: "table", Title: t.Title}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, c.title())
	}
	for _, cells := range t.rows() {
		row := make(map[string]any, len(cells))
		for i, c := range cells {
			row[out.Columns[i]] = jsonCell(c)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func jsonCell(c Cell) any {
	switch x := c.(type) {
	case Number:
		return int(x)
	case Ratio:
		return jsonRatio{Count: x.Count, Base: x.Base, Percent: x.String()}
	}
	return c.String()
}
