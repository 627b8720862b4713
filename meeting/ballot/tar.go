package ballot

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// A .bel file is an old-style (v7) tar that only grows (spec §4.4): every header has mode 0000644, owner 0, the
// archive's one time, and there are no end-of-archive blocks. Every byte of a header follows from its name, size and
// time, so reading compares whole headers.

const tarBlock = 512

// tarHeader is the one right header.
func tarHeader(name string, size, at int64) [tarBlock]byte {
	var h [tarBlock]byte
	copy(h[:100], name)
	copy(h[100:], "0000644")
	copy(h[108:], "0000000")
	copy(h[116:], "0000000")
	copy(h[124:], fmt.Sprintf("%011o", size))
	copy(h[136:], fmt.Sprintf("%011o", at))
	copy(h[148:], "        ")
	h[156] = '0'
	sum := 0
	for _, b := range h {
		sum += int(b)
	}
	copy(h[148:], fmt.Sprintf("%06o\x00 ", sum))
	return h
}

func padding(size int64) int64 { return -size & (tarBlock - 1) }

// A tarWriter appends records.
type tarWriter struct {
	w  io.Writer
	at int64
}

func (t *tarWriter) write(name string, body []byte) error {
	size := int64(len(body))
	h := tarHeader(name, size, t.at)
	for _, b := range [][]byte{h[:], body, make([]byte, padding(size))} {
		if _, err := t.w.Write(b); err != nil {
			return err
		}
	}
	return nil
}

// A tarRecord is one file of the archive.
type tarRecord struct {
	name   string
	body   []byte
	header [tarBlock]byte
	padded bool // the padding is all zeros
}

// exact reports whether the record's bytes are the only right ones for its name, body and time.
func (r *tarRecord) exact(at int64) bool {
	return r.padded && r.header == tarHeader(r.name, int64(len(r.body)), at)
}

// readTar reads the next record. io.EOF is a clean end; BrokenArchive means that nothing more can be read; other errors
// are r's.
func readTar(r io.Reader) (*tarRecord, error) {
	rec := new(tarRecord)
	if _, err := io.ReadFull(r, rec.header[:]); errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, refuse(BrokenArchive, "")
	} else if err != nil {
		return nil, err
	}
	name, _, ok := bytes.Cut(rec.header[:100], []byte{0})
	size, err := strconv.ParseInt(string(rec.header[124:135]), 8, 64)
	if !ok || err != nil || size < 0 || size > recordSize {
		return nil, refuse(BrokenArchive, "")
	}
	rec.name = string(name)
	var body bytes.Buffer // grows with what is really there, not with what the header claims
	n, err := io.CopyN(&body, r, size+padding(size))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if n < size+padding(size) {
		return nil, refuse(BrokenArchive, "")
	}
	rec.body = body.Bytes()[:size]
	rec.padded = len(bytes.Trim(body.Bytes()[size:], "\x00")) == 0
	return rec, nil
}
