package face

import (
	"bytes"
	"compress/flate"
	_ "embed" // of the packed face
	"encoding/binary"
	"io"
	"sync"
)

// The face is packed from unifont.hex of Debian's package unifont 1:15.0.01-2
// (apt-get install unifont).
//
//go:generate go run pack.go /usr/share/unifont/unifont.hex unifont/glyphs.flate

const unifontHeight = 16

//go:embed unifont/glyphs.flate
var packed []byte

// block is a run of characters of one width. pack.go describes how a block is
// packed.
type block struct {
	first rune
	wide  int    // the width of a glyph, in bytes of eight dots
	dots  []byte // of each glyph one column of eight dots after the other
}

// unifont unpacks the face, about a megabyte, when it is first needed.
var unifont = sync.OnceValue(func() []block {
	data, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		panic(err) // the file is part of the program
	}
	var list []block
	for len(data) > 0 {
		b := block{first: rune(binary.BigEndian.Uint16(data)), wide: int(data[4])}
		end := 5 + int(binary.BigEndian.Uint16(data[2:]))*b.wide*unifontHeight
		b.dots, data = data[5:end], data[end:]
		list = append(list, b)
	}
	return list
})

// unifontGlyph returns the rows of a character in Unifont, nil outside of its
// blocks.
func unifontGlyph(r rune) []string {
	for _, b := range unifont() {
		size := b.wide * unifontHeight
		at := int(r-b.first) * size
		if r < b.first || at >= len(b.dots) {
			continue
		}
		rows := make([]string, unifontHeight)
		for i, dots := range b.dots[at : at+size] {
			for bit := 7; bit >= 0; bit-- {
				rows[i%unifontHeight] += dot(dots>>bit&1 == 1)
			}
		}
		return rows
	}
	return nil
}
