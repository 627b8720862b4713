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
	DocumentBad   Code = "sheet.document-bad"   // a damaged docx, or none at all
	DocumentBlank Code = "sheet.document-blank" // a docx without text, as of scanned pages
	DocumentLong  Code = "sheet.document-large" // most MB
	DocumentOld   Code = "sheet.document-old"
	NoRunning     Code = "sheet.no-running" // neither text nor docx
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
	if err != nil {
		return "", &Fault{Code: DocumentBad}
	}
	if text = strings.TrimSpace(text); text == "" {
		return "", &Fault{Code: DocumentBlank}
	}
	return text, nil
}

// paragraphs are the words of a document, a line a paragraph. What was deleted or
// moved away while changes were tracked, and the second form of a drawing, are left
// out.
func paragraphs(d *xml.Decoder) (string, error) {
	var text strings.Builder
	inText := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return text.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Local == "Fallback", ofWord(t.Name) && t.Name.Local == "moveFrom":
				if err := d.Skip(); err != nil {
					return "", err
				}
			case !ofWord(t.Name):
			case t.Name.Local == "t":
				inText = true
			case t.Name.Local == "tab":
				text.WriteByte('\t')
			case t.Name.Local == "br" || t.Name.Local == "cr":
				text.WriteByte('\n')
			}
		case xml.EndElement:
			switch {
			case !ofWord(t.Name):
			case t.Name.Local == "t":
				inText = false
			case t.Name.Local == "p":
				text.WriteByte('\n')
			}
		case xml.CharData:
			if inText {
				text.Write(t)
			}
		}
	}
}

// ofWord reports whether an element is one of the text of a docx.
func ofWord(name xml.Name) bool { return name.Space == wordSpace || name.Space == strictSpace }
