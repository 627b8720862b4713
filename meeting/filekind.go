package meeting

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
)

// fileKind is a kind of file that is kept: how its names end, how its content
// begins, and, where it is a zip archive, what has to be in it.
type fileKind struct {
	name   string
	ends   []string
	begins string
	part   string
}

func fileKinds() []fileKind {
	return []fileKind{
		{"jpeg", []string{".jpg", ".jpeg"}, "\xff\xd8\xff", ""},
		{"png", []string{".png"}, "\x89PNG\r\n\x1a\n", ""},
		{"pdf", []string{".pdf"}, "%PDF-", ""},
		{"docx", []string{".docx"}, "PK\x03\x04", "word/document.xml"},
		{"xlsx", []string{".xlsx"}, "PK\x03\x04", "xl/workbook.xml"},
	}
}

// FileKinds are the endings of the names of files that are kept.
func FileKinds() []string {
	var ends []string
	for _, k := range fileKinds() {
		ends = append(ends, k.ends...)
	}
	return ends
}

// fileKindOf is the kind that a name says.
func fileKindOf(name string) (fileKind, bool) {
	for _, k := range fileKinds() {
		if slices.ContainsFunc(k.ends, func(end string) bool { return strings.HasSuffix(strings.ToLower(name), end) }) {
			return k, true
		}
	}
	return fileKind{}, false
}

// CheckFile refuses a file that is empty, too large, or not what its name says.
func CheckFile(name string, content io.ReaderAt, size int64) *Refusal {
	switch {
	case size < 1:
		return refuse(FileEmpty)
	case size > MaxFile:
		return refuse(FileTooBig, MaxFile>>20)
	}
	k, kept := fileKindOf(name)
	return first(CheckFileName(name), need(kept && k.fits(content, size), FileContent, name))
}

// fits reports whether a content is of the kind.
func (k fileKind) fits(content io.ReaderAt, size int64) bool {
	head := make([]byte, len(k.begins))
	if n, _ := content.ReadAt(head, 0); n < len(head) || !bytes.Equal(head, []byte(k.begins)) { // what can't be read is too short
		return false
	}
	if k.part == "" {
		return true
	}
	z, err := zip.NewReader(content, size)
	return err == nil && slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == k.part })
}
