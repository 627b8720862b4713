package doc

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/png"
	"math"
	"strings"
)

// relations names the parts of the package, the pictures last.
func (w *word) relations() []byte {
	var b strings.Builder
	b.WriteString(xml.Header + wordParts)
	for i := range w.pictures {
		fmt.Fprintf(&b, `<Relationship Id="picture%[1]d" Type="%[2]simage" Target="media/picture%[1]d.png"/>`, i+1, relations)
	}
	b.WriteString(`</Relationships>`)
	return []byte(b.String())
}

const wordDrawing = `xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

// picture writes a picture in a line of its own. What is no PNG is told in words.
func (w *word) picture(p Picture) {
	size, err := png.DecodeConfig(bytes.NewReader(p.PNG))
	if err != nil || size.Width == 0 {
		w.paragraph("Flush", "", "（图："+p.Text+"）")
		return
	}
	w.pictures = append(w.pictures, p.PNG)
	const emu = 36000 // to a millimetre
	wide := math.Min(p.Width, w.page.Width-w.page.Left-w.page.Right)
	cx, cy := int(wide*emu), int(wide*emu*float64(size.Height)/float64(size.Width))
	n := len(w.pictures)
	// The line is as high as the picture, whatever the style says.
	fmt.Fprintf(w, `<w:p><w:pPr><w:pStyle w:val="Flush"/><w:spacing w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:drawing><wp:inline %s distT="0" distB="0" distL="0" distR="0">`, wordDrawing)
	fmt.Fprintf(w, `<wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="picture%[3]d" descr="%[4]s"/>`, cx, cy, n, Escaped(p.Text))
	fmt.Fprintf(w, `<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%[1]d" name="picture%[1]d.png"/><pic:cNvPicPr/></pic:nvPicPr>`, n)
	fmt.Fprintf(w, `<pic:blipFill><a:blip r:embed="picture%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`, n)
	fmt.Fprintf(w, `<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`, cx, cy)
}
