package doc

import (
	"encoding/xml"
	"fmt"
	"math"
	"slices"
	"strings"
)

// wordStyles writes the styles of a page. The names of Word's own styles (Title,
// heading 1 …) make its outline and its contents work.
func (st *Style) wordStyles(p *Page) []byte {
	var b strings.Builder
	b.WriteString(xml.Header + `<w:styles ` + wordSpace + `><w:docDefaults><w:rPrDefault><w:rPr>`)
	b.WriteString(st.fontsOf(p.Body, 0) + `<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>`)
	b.WriteString(`<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`)
	add := func(id, name, more string, f Face) {
		b.WriteString(`<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>`)
		closer := 0
		if f.Size == p.Body.Size {
			closer = p.closer()
		}
		b.WriteString(paragraphOf(f, more) + `</w:pPr><w:rPr>` + st.fontsOf(f, closer) + `</w:rPr></w:style>`)
	}
	indent := fmt.Sprintf(`<w:ind w:firstLine="%d" w:firstLineChars="%d"/>`, points(p.Body.Size*float64(p.Indent)), p.Indent*100)
	add("Title", "Title", `<w:jc w:val="center"/>`, p.Title)
	add("Unit", "Unit", `<w:jc w:val="center"/>`, p.Body)
	for i, f := range p.Levels {
		add(fmt.Sprintf("Heading%d", i+1), fmt.Sprintf("heading %d", i+1), indent+fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, i), f)
	}
	add("Body", "Body Text", indent+`<w:jc w:val="both"/>`, p.Body)
	add("Flush", "Flush", "", p.Body)
	add("Sign", "Signature", "", p.Body)
	add("Gap", "Gap", "", Face{Font: p.Body.Font, Size: 1, Line: 2})
	add("Head", "Table Head", `<w:jc w:val="center"/>`, p.Head)
	add("Caption", "caption", `<w:jc w:val="center"/>`, p.Head)
	add("Cell", "Table Cell", "", p.Cell)
	add("PageNumber", "footer", "", p.Number)
	b.WriteString(`</w:styles>`)
	return []byte(b.String())
}

// paragraphOf are the properties of a paragraph of a face, in the order that the
// schema wants; a heading stays with what follows it.
func paragraphOf(f Face, more string) string {
	keep, rest := "", more
	if strings.Contains(more, "outlineLvl") {
		keep = `<w:keepNext/>`
	}
	line := ""
	if f.Line > 0 {
		line = fmt.Sprintf(`<w:spacing w:line="%d" w:lineRule="exact"/>`, points(f.Line))
	}
	return keep + line + rest
}

// fontsOf names the fonts of a face, for Chinese and for figures, with its size in
// half points; its letters stand closer by so many twentieths of a point.
func (st *Style) fontsOf(f Face, closer int) string {
	bold := ""
	if f.Bold {
		bold = `<w:b/>`
	}
	if closer != 0 {
		bold += fmt.Sprintf(`<w:spacing w:val="%d"/>`, closer)
	}
	size := int(math.Round(f.Size * 2))
	return fmt.Sprintf(`<w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:eastAsia="%[2]s" w:cs="%[1]s"/>%[3]s<w:sz w:val="%[4]d"/><w:szCs w:val="%[4]d"/>`,
		Escaped(st.Digits), Escaped(f.Font), bold, size)
}

// wordFonts lists the fonts with what is used where one is missing.
func (st *Style) wordFonts(p *Page) []byte {
	var b strings.Builder
	b.WriteString(xml.Header + `<w:fonts ` + wordSpace + `>`)
	fmt.Fprintf(&b, `<w:font w:name="%s"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>`, Escaped(st.Digits))
	var names []string
	for _, f := range append(slices.Clone(p.Levels), p.Title, p.Body, p.Cell, p.Head, p.Number) {
		if !slices.Contains(names, f.Font) && f.Font != st.Digits {
			names = append(names, f.Font)
		}
	}
	slices.Sort(names)
	for _, n := range names {
		b.WriteString(`<w:font w:name="` + Escaped(n) + `">`)
		if others := st.Fallback[n]; len(others) > 0 {
			b.WriteString(`<w:altName w:val="` + Escaped(strings.Join(others, ",")) + `"/>`)
		}
		b.WriteString(`<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`)
	}
	b.WriteString(`</w:fonts>`)
	return []byte(b.String())
}
