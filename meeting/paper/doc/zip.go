package doc

import (
	"archive/zip"
	"bytes"
	"time"
)

// Part is a file in a package as Word and Excel have it (ECMA-376 part 2).
type Part struct {
	Name string
	Data []byte
}

// zipDay is the earliest day that a package can hold.
var zipDay = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Zip packs parts, in their order and without the machine's clock: the same parts
// are the same bytes.
func Zip(parts []Part) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.Name, Method: zip.Deflate, Modified: zipDay})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(p.Data); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}
