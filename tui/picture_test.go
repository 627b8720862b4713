//go:build pictures

package tui

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"pingyi/meeting"
)

// pictures are the screens that the README shows.
var pictures = []struct {
	name, moment string
	who          meeting.MemberID
	keys         string // as views have them
	w, h         int
	ground       color.Color
}{
	{"wall-join", "sign-in", meeting.Screen, "", 120, 40, dark},
	{"wall-speaker", "criticism-critic", meeting.Screen, "", 80, 24, dark},
	{"wall-vote", "ballot-open", meeting.Screen, "", 80, 24, dark},
	{"console", "criticism-critic", "m03", "", 120, 40, dark},
	{"console-light", "criticism-critic", "m03", "", 80, 24, light},
	{"rating", "rating", "m02", "3 down 1", 120, 40, dark},
	{"ballot-phone", "ballot-open", "m05", "enter 2", 40, 20, dark},
	{"ballot-wide", "ballot-open", "m05", "enter 2", 120, 40, dark},
	{"member-phone", "criticism-critic", "m02", "", 40, 20, light},
}

var dark, light = color.RGBA{24, 24, 28, 255}, color.RGBA{250, 250, 246, 255}

// A cell of a picture, in pixels; letters stand so far below its top.
const cellWidth, cellHeight, baseLine = 10, 22, 17

// mono is a font in which a 汉字 is twice as wide as a letter (Debian's
// fonts-noto-cjk).
const (
	fontFile = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
	fontName = "Noto Sans Mono CJK SC"
)

func letters(t *testing.T) font.Face {
	t.Helper()
	data, err := os.ReadFile(fontFile)
	if err != nil {
		t.Fatalf("apt-get install fonts-noto-cjk: %v", err)
	}
	all, err := opentype.ParseCollection(data)
	if err != nil {
		t.Fatal(err)
	}
	for i := range all.NumFonts() {
		f, err := all.Font(i)
		if err != nil {
			t.Fatal(err)
		}
		if name, _ := f.Name(nil, 1); name != fontName {
			continue
		}
		face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 20, DPI: 72, Hinting: font.HintingFull})
		if err != nil {
			t.Fatal(err)
		}
		return face
	}
	t.Fatalf("%s has no %s", fontFile, fontName)
	return nil
}

// draws what a terminal shows of a screen.
func (s *seat) picture(face font.Face, ground, ink color.Color) image.Image {
	buf := uv.NewScreenBuffer(s.width, s.height)
	uv.NewStyledString(s.app.View().Content).Draw(buf, buf.Bounds())
	img := image.NewPaletted(image.Rect(0, 0, s.width*cellWidth, s.height*cellHeight), palette256(ground, ink))
	for y := range s.height {
		for x := range s.width {
			c := buf.CellAt(x, y)
			if c == nil || c.Width == 0 {
				continue
			}
			fg, bg := ink, ground
			if c.Style.Fg != nil {
				fg = c.Style.Fg
			}
			if c.Style.Bg != nil {
				bg = c.Style.Bg
			}
			if c.Style.Attrs&uv.AttrReverse != 0 {
				fg, bg = bg, fg
			}
			box := image.Rect(x*cellWidth, y*cellHeight, (x+c.Width)*cellWidth, (y+1)*cellHeight)
			draw.Draw(img, box, image.NewUniform(bg), image.Point{}, draw.Src)
			d := font.Drawer{Dst: img, Src: image.NewUniform(fg), Face: face, Dot: fixed.P(box.Min.X, box.Min.Y+baseLine)}
			d.DrawString(c.Content)
			if c.Style.Attrs&uv.AttrBold != 0 {
				d.Dot = fixed.P(box.Min.X+1, box.Min.Y+baseLine)
				d.DrawString(c.Content)
			}
		}
	}
	return img
}

// palette256 keeps the pictures small: greys between ground and ink, and reds.
func palette256(ground, ink color.Color) color.Palette {
	p := color.Palette{ground, ink, color.White, color.Black}
	mix := func(a, b color.Color, n int) {
		ar, ag, ab, _ := a.RGBA()
		br, bg, bb, _ := b.RGBA()
		for i := range n {
			at := func(x, y uint32) uint8 { return uint8((x*uint32(n-1-i) + y*uint32(i)) / uint32(n-1) >> 8) }
			p = append(p, color.RGBA{at(ar, br), at(ag, bg), at(ab, bb), 255})
		}
	}
	mix(ground, ink, 60)
	for _, red := range []color.Color{color.RGBA{175, 95, 95, 255}, color.RGBA{215, 0, 175, 255}} {
		mix(ground, red, 25)
	}
	mix(color.RGBA{175, 0, 0, 255}, color.White, 25)
	mix(color.RGBA{255, 255, 0, 255}, color.Black, 25)
	mix(color.White, color.Black, 10)
	return p
}

func TestThePicturesOfTheReadme(t *testing.T) {
	face := letters(t)
	for _, pic := range pictures {
		p := momentOf(t, pic.moment)
		p.width, p.height = pic.w, pic.h
		p.env = []string{"TERM=xterm-256color"}
		ink := color.RGBA{222, 222, 222, 255}
		if pic.ground == light {
			ink = color.RGBA{30, 30, 30, 255}
		}
		file, err := os.Create(filepath.Join("pictures", fmt.Sprintf("%s.png", pic.name)))
		if err != nil {
			t.Fatal(err)
		}
		enc := png.Encoder{CompressionLevel: png.BestCompression}
		if err := enc.Encode(file, p.as(pic.who).opens(pic.keys).picture(face, pic.ground, ink)); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
