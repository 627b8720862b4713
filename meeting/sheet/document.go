package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Codes of running text.
const (
	DocumentBad    Code = "sheet.document-bad"   // a damaged docx, or none at all
	DocumentBlank  Code = "sheet.document-blank" // a docx without text, as of scanned pages
	DocumentLong   Code = "sheet.document-large" // most MB
	DocumentOld    Code = "sheet.document-old"
	DocumentStruck Code = "sheet.document-struck" // the struck text
	NoRunning      Code = "sheet.no-running"      // neither text nor docx
)

// maxDocument is the most that the text part of a docx may hold, in bytes.
const maxDocument = 4 << 20

// The XML namespaces of the text of a docx: as Word writes it, and as Strict Open XML.
const (
	wordSpace   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	strictSpace = "http://purl.oclc.org/ooxml/wordprocessingml/main"
)

// ReadText reads running text that people bring: md and txt in the encodings of
// [Read], and the paragraphs of a docx, a line each. The error is an [*Error].
func ReadText(data []byte) (string, error) {
	text, fault := readRunning(data)
	if fault != nil {
		return "", &Error{Fault: *fault}
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(text, "\ufeff")), nil
}

// UTF8 returns what people bring as text in UTF-8, whatever encoding of [Read] it
// is in. A document, whose bytes are no text, stays as it is. ok is false where
// data is in none of these encodings.
func UTF8(data []byte) (text []byte, ok bool) {
	for _, magic := range []string{zipMagic, oleMagic, pdfMagic} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return data, true
		}
	}
	if utf8.Valid(data) && !alsoGB(data) && bytes.IndexByte(data, 0) < 0 {
		return bytes.TrimPrefix(data, []byte("\ufeff")), true
	}
	decoded := decode(data)
	return []byte(decoded), !strings.ContainsRune(decoded, utf8.RuneError)
}

// The beginnings of documents.
const (
	zipMagic = "PK\x03\x04" // docx, xlsx
	oleMagic = "\xd0\xcf\x11\xe0"
	pdfMagic = "%PDF"
)

func readRunning(data []byte) (string, *Fault) {
	switch {
	case bytes.HasPrefix(data, []byte(zipMagic)):
		return readDocx(data)
	case bytes.HasPrefix(data, []byte(oleMagic)):
		return "", &Fault{Code: DocumentOld}
	case bytes.HasPrefix(data, []byte(pdfMagic)):
		return "", &Fault{Code: NoRunning}
	}
	text := decode(data)
	if i := strings.IndexAny(text, "\x00"+string(utf8.RuneError)); i >= 0 {
		return "", &Fault{Row: line(text, i), Code: NoRunning}
	}
	return text, nil
}

// readDocx reads the text of a docx.
func readDocx(data []byte) (string, *Fault) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", &Fault{Code: DocumentBad}
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		return "", &Fault{Code: DocumentBad}
	}
	body, err := io.ReadAll(io.LimitReader(f, maxDocument+1))
	switch err = errors.Join(err, f.Close()); {
	case len(body) > maxDocument:
		return "", &Fault{Code: DocumentLong, Args: []string{strconv.Itoa(maxDocument >> 20)}}
	case err != nil:
		return "", &Fault{Code: DocumentBad}
	}
	text, err := paragraphs(xml.NewDecoder(bytes.NewReader(body)))
	var struck *Fault
	if errors.As(err, &struck) {
		return "", struck
	} else if err != nil {
		return "", &Fault{Code: DocumentBad}
	}
	if text = strings.TrimSpace(text); text == "" {
		return "", &Fault{Code: DocumentBlank}
	}
	return text, nil
}

// paragraphs are the words of a document, a line a paragraph. What was deleted or
// moved away while changes were tracked, the second form of a drawing, text that is
// hidden, and paragraphs that are struck out are left out. Of a paragraph of which a
// part is struck out nobody knows what its writer means: it is refused, with that part.
func paragraphs(d *xml.Decoder) (string, error) {
	var p page
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return p.text.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "Fallback" || ofWord(t.Name) && t.Name.Local == "moveFrom" {
				err = d.Skip()
			} else {
				p.begins(t)
			}
		case xml.EndElement:
			err = p.ends(t)
		case xml.CharData:
			if p.inText {
				p.writes(string(t))
			}
		}
		if err != nil {
			return "", err
		}
	}
}

// page is a document as far as it has been read. Where a run or a paragraph holds a
// drawing with words of its own, its runs and paragraphs lie within.
type page struct {
	text   strings.Builder
	inText bool
	within []string // the elements around, the innermost last; "" is none of Word's
	runs   []run
	paras  []para
}

// run is how a run of a paragraph looks.
type run struct{ struck, hidden bool }

// para is what has been read of a paragraph.
type para struct {
	struck string // its struck text
	stands bool   // there is other text
}

func (p *page) begins(t xml.StartElement) {
	name := ""
	if ofWord(t.Name) {
		name = t.Name.Local
	}
	switch name {
	case "p":
		p.paras = append(p.paras, para{})
	case "r":
		p.runs = append(p.runs, run{})
	case "t":
		p.inText = true
	case "tab":
		p.writes("\t")
	case "br", "cr":
		p.writes("\n")
	case "strike", "dstrike":
		if p.ofRun() && switchedOn(t) {
			p.runs[len(p.runs)-1].struck = true
		}
	case "vanish":
		if p.ofRun() && switchedOn(t) {
			p.runs[len(p.runs)-1].hidden = true
		}
	}
	p.within = append(p.within, name)
}

// ofRun reports whether what begins is a property of a run: not of the mark at a
// paragraph's end, nor one that the run had before a tracked change.
func (p *page) ofRun() bool {
	n := len(p.within)
	return n > 1 && p.within[n-1] == "rPr" && p.within[n-2] == "r"
}

// switchedOn reports whether a property that is on or off is on.
func switchedOn(t xml.StartElement) bool {
	for _, a := range t.Attr {
		if a.Name.Local == "val" {
			return a.Value != "0" && a.Value != "false" && a.Value != "off"
		}
	}
	return true
}

func (p *page) ends(t xml.EndElement) error {
	p.within = p.within[:len(p.within)-1]
	switch {
	case !ofWord(t.Name):
	case t.Name.Local == "t":
		p.inText = false
	case t.Name.Local == "r":
		p.runs = p.runs[:len(p.runs)-1]
	case t.Name.Local == "p":
		last := p.paras[len(p.paras)-1]
		p.paras = p.paras[:len(p.paras)-1]
		if last.struck == "" {
			p.text.WriteByte('\n')
		} else if last.stands {
			return &Fault{Code: DocumentStruck, Args: []string{shown(last.struck)}}
		}
	}
	return nil
}

// writes adds text where it stands; what is struck or hidden is not.
func (p *page) writes(text string) {
	var own run
	if n := len(p.runs); n > 0 {
		own = p.runs[n-1]
	}
	if own.hidden {
		return
	}
	blank := strings.TrimSpace(text) == ""
	if n := len(p.paras); n > 0 && !blank {
		if own.struck {
			p.paras[n-1].struck += text
		} else {
			p.paras[n-1].stands = true
		}
	}
	if !own.struck {
		p.text.WriteString(text)
	}
}

// ofWord reports whether an element is one of the text of a docx.
func ofWord(name xml.Name) bool { return name.Space == wordSpace || name.Space == strictSpace }
