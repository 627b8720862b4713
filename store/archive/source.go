package archive

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
)

// The most bytes that a file of an exported folder may have.
const (
	mostLog     = 256 << 20
	mostBox     = 1 << 30
	mostWritten = 64 << 20 // of a paper with private text
	mostExtra   = 4 << 10  // by which a paper may be longer than it should be, to show where
)

// MaxStyle is the most bytes that a style may have, in a folder or before it comes there.
const MaxStyle = 64 << 10

// source is a folder that somebody brings. Nothing outside of it is read: a link
// is no file.
type source struct{ *os.Root }

// open opens a plain file of at most so many bytes.
func (s source) open(name string, most int64) (*os.File, error) {
	info, err := s.Lstat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, notPlain.Of(name)
	case info.Size() > most:
		return nil, tooBig.Of(name, info.Size(), most)
	}
	return s.Open(name)
}

// read returns the bytes of a plain file of at most so many.
func (s source) read(name string, most int64) ([]byte, error) {
	f, err := s.open(name, most)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var b bytes.Buffer
	if n, err := b.ReadFrom(io.LimitReader(f, most+1)); err != nil {
		return nil, err
	} else if n > most {
		return nil, tooBig.Of(name, n, most)
	}
	return b.Bytes(), nil
}

// names lists what is in the folder, by name.
func (s source) names() ([]string, error) {
	entries, err := fs.ReadDir(s.FS(), ".")
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, err
}

// faultOf returns what is wrong with a file: the fault itself, or that the file
// is missing or can't be read.
func faultOf(name string, err error) error {
	var known interface{ Reason() (string, []string) }
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return fileMissing.Of(name)
	}
	return fileUnreadable.Of(name).By(err)
}
