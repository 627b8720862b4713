package draw

import (
	"rsc.io/qr/coding"
)

// QrLines returns text as a QR code with the light border that it needs, each
// point two cells wide; nil if there is no room.
func QrLines(text string, width, height int) []Line {
	if text == "" {
		return nil
	}
	code := qrOf(text)
	if code == nil {
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

// qrOf returns the smallest code of a text; nil if there is none. What it begins
// with, as far as it has capitals, digits and few signs, takes less than a byte each.
func qrOf(text string) *coding.Code {
	n := 0
	for n < len(text) && coding.Alpha(text[:n+1]).Check() == nil {
		n++
	}
	parts := []coding.Encoding{coding.Alpha(text[:n])}
	if n < len(text) {
		parts = append(parts, coding.String(text[n:]))
	}
	for v := coding.Version(coding.MinVersion); v <= coding.MaxVersion; v++ {
		bits := 0
		for _, p := range parts {
			bits += p.Bits(v)
		}
		if bits > v.DataBytes(coding.L)*8 {
			continue
		}
		plan, err := coding.NewPlan(v, coding.L, 0)
		if err != nil {
			return nil
		}
		code, err := plan.Encode(parts...)
		if err != nil {
			return nil
		}
		return code
	}
	return nil
}
