package draw

import (
	"rsc.io/qr"
)

// QrLines returns text as a QR code with the light border that it needs, each
// point two cells wide; nil if there is no room.
func QrLines(text string, width, height int) []Line {
	if text == "" {
		return nil
	}
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return nil
	}
	for _, border := range []int{4, 2} {
		n := code.Size + 2*border
		if 2*n > width || n > height {
			continue
		}
		lines := make([]Line, n)
		for y := range lines {
			for x := range n {
				t := blank
				if code.Black(x-border, y-border) {
					t = Ink
				}
				lines[y] = append(lines[y], Span{"  ", t})
			}
			lines[y] = lines[y].joined()
		}
		return lines
	}
	return nil
}
