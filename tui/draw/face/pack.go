//go:build ignore

// Pack makes the embedded file of Unifont from its table unifont.hex:
//
//	go run pack.go unifont.hex OUT
//
// OUT is deflated. It has one block after the other: the first character (two
// bytes), the number of characters (two), the width of a glyph in bytes (one),
// and for each character its glyph, one column of 16 bytes after the other,
// which packs better than rows. A character that Unifont lacks is blank.
package main

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/hex"
	"log"
	"os"
	"strconv"
	"strings"
)

const height = 16

// blocks are the characters that names and short sentences consist of.
var blocks = []struct{ first, end, wide int }{
	{0x20, 0x250, 1},    // Latin, with the interpunct
	{0x2010, 0x2027, 1}, // dashes and quotation marks
	{0x3000, 0x3100, 2}, // Chinese marks, kana
	{0x3400, 0xa000, 2}, // extension A and 汉字
	{0xf900, 0xfb00, 2}, // compatibility 汉字, some of them in GBK
	{0xff00, 0xff60, 2}, // full-width letters
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: go run pack.go unifont.hex OUT")
	}
	glyphs := read(os.Args[1])
	var out bytes.Buffer
	for _, b := range blocks {
		out.Write(binary.BigEndian.AppendUint16(nil, uint16(b.first)))
		out.Write(binary.BigEndian.AppendUint16(nil, uint16(b.end-b.first)))
		out.WriteByte(byte(b.wide))
		for r := b.first; r < b.end; r++ {
			out.Write(columns(glyphs[r], b.wide))
		}
	}
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	check(err)
	_, err = w.Write(out.Bytes())
	check(err)
	check(w.Close())
	check(os.WriteFile(os.Args[2], packed.Bytes(), 0o644))
}

// read returns the glyphs of a table whose lines are CODE:DOTS, in hexadecimal.
func read(name string) map[int][]byte {
	file, err := os.Open(name)
	check(err)
	glyphs := map[int][]byte{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		code, dots, _ := strings.Cut(lines.Text(), ":")
		r, err := strconv.ParseUint(code, 16, 32)
		check(err)
		glyphs[int(r)], err = hex.DecodeString(dots)
		check(err)
	}
	check(lines.Err())
	return glyphs
}

// columns turns the rows of a glyph into columns of eight dots; a glyph of
// another width is blank.
func columns(rows []byte, wide int) []byte {
	list := make([]byte, wide*height)
	if len(rows) == len(list) {
		for i, dots := range rows {
			list[i%wide*height+i/wide] = dots
		}
	}
	return list
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
