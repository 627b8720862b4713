package archive

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"unicode"

	"pingyi/meeting"
	"pingyi/meeting/paper"
	"pingyi/meeting/paper/doc"
)

// StyleName is the file of an exported folder that has the style of its papers, if
// it is not the house's.
const StyleName = "style.toml"

const styleTitle = "版式"

// Press renders papers. The zero press has the house's style and every format.
type Press struct {
	Text    []byte       // a style of one's own as TOML
	Formats []doc.Format // nil: every one; empty: none
	Only    []string     // the kinds that are wanted, of papers and [BoxKind]; none: all
}

// BoxKind is the kind of a box's file.
const BoxKind = "bel"

func (p Press) wants(kind string) bool { return len(p.Only) == 0 || slices.Contains(p.Only, kind) }

// editions are those of papers that are wanted. The error is that of the style.
func (p Press) editions(all []paper.Paper) ([]paper.Edition, error) {
	style, err := doc.NewStyle(p.Text)
	if err != nil {
		return nil, err
	}
	if p.Formats != nil && len(p.Formats) == 0 {
		return nil, nil
	}
	all = slices.DeleteFunc(all, func(x paper.Paper) bool { return !p.wants(paper.KindOf(x.Name)) })
	return paper.Editions(all, style, p.Formats...), nil
}

// render renders papers. The error is that of the style, or of a format.
func (p Press) render(all []paper.Paper) ([]File, error) {
	editions, err := p.editions(all)
	if err != nil {
		return nil, err
	}
	return Rendered(editions)
}

// Rendered renders papers. The error is that of a format.
func Rendered(editions []paper.Edition) ([]File, error) {
	list := make([]File, len(editions))
	for i, e := range editions {
		runtime.Gosched() // one takes milliseconds, and whoever waits for a processor shall not wait for all
		data, err := e.Render()
		if err != nil {
			return nil, err
		}
		list[i] = newFile(e.Name, e.Title, data)
	}
	return list, nil
}

// papers renders every paper that a log gives. An export writes them and a
// verification compares them.
func (p Press) papers(told *Story) ([]File, error) {
	return p.render(paper.All(told.State, told.filed))
}

// For are the papers that a person may have, in every format.
func For(s *meeting.State, f paper.Facts, who meeting.MemberID) ([]paper.Edition, error) {
	return Press{}.editions(paper.For(s, who, f))
}

// Private renders the papers with private text, which are in no folder but where
// somebody gave a reason.
func (p Press) Private(s *meeting.State, f paper.Facts) ([]File, error) {
	return p.render(paper.Private(s, f))
}

// Organisation are the papers of the organisation above its branches. They are not
// bound to a log: they show what the branches are now.
func (p Press) Organisation(name string, branches []*meeting.State) ([]paper.Edition, error) {
	return p.editions(paper.Organisation(name, branches))
}

// file compares a file of the folder with what it should be, and reports
// whether it is the same.
func (r *Findings) file(in source, want File) bool {
	got, err := in.read(want.Name, int64(len(want.Data))+mostExtra)
	if err != nil {
		r.fail(faultOf(want.Name, err))
		return false
	}
	if bytes.Equal(got, want.Data) {
		return true
	}
	line, wanted, there := firstDifference(want.Data, got)
	ours, theirs := apart(wanted, there)
	switch {
	case bytes.HasPrefix(want.Data, []byte("PK")): // its lines say nothing to people
		r.fail(packedDiffers.Of(want.Name))
	case wanted == nil:
		r.fail(paperLonger.Of(want.Name, line, theirs))
	case there == nil:
		r.fail(paperShorter.Of(want.Name, line, ours))
	default:
		r.fail(paperDiffers.Of(want.Name, line, ours, theirs))
	}
	return false
}

// firstDifference returns the number of the first line in which two different
// texts differ, and that line of each; nil where a text has ended.
func firstDifference(a, b []byte) (no int, x, y []byte) {
	for no = 1; bytes.Equal(x, y); no++ {
		x, a = cutLine(a)
		y, b = cutLine(b)
	}
	return no - 1, x, y
}

func cutLine(text []byte) (line, rest []byte) {
	if len(text) == 0 {
		return nil, nil
	}
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return text[:i+1], text[i+1:]
	}
	return text, nil
}

// apart are two different lines as a sentence shows them: from a little before
// where they differ on.
func apart(a, b []byte) (x, y string) {
	newline := []byte("\n")
	if a == nil || b == nil || bytes.HasSuffix(a, newline) == bytes.HasSuffix(b, newline) {
		a, b = bytes.TrimSuffix(a, newline), bytes.TrimSuffix(b, newline)
	}
	ours, theirs := []rune(string(a)), []rune(string(b))
	same := 0
	for same < min(len(ours), len(theirs)) && ours[same] == theirs[same] {
		same++
	}
	return shown(ours, same), shown(theirs, same)
}

// shown is as much of a line as a sentence has room for, with a character that
// matters in it. What can't be seen is written as its number.
func shown(line []rune, matters int) string {
	const most, before = 120, 30
	var b strings.Builder
	if matters > most-before {
		line = line[matters-before:]
		b.WriteString("…")
	}
	for i, r := range line {
		switch {
		case i == most:
			b.WriteString("…")
			return b.String()
		case unicode.IsGraphic(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "<%U>", r)
		}
	}
	return b.String()
}
