package archive

import (
	"bytes"

	"pingyi/meeting"
	"pingyi/meeting/paper"
	"pingyi/meeting/paper/doc"
	"pingyi/store"
)

// papers renders every paper that a log gives, in every format. An export writes
// them and a verification compares them.
func papers(s *meeting.State, chain store.Chain) ([]File, error) {
	seq, hash := chain.Head()
	return rendered(paper.All(s, paper.Facts{Seq: seq, Head: hash}))
}

// For renders the papers that a person may have, in every format.
func For(s *meeting.State, f paper.Facts, who meeting.MemberID) ([]File, error) {
	return rendered(paper.For(s, who, f))
}

// Organisation renders the papers of the organisation above its branches, in every
// format. They are not bound to a log: they show what the branches are now.
func Organisation(name string, branches []*meeting.State) ([]File, error) {
	return rendered(paper.Organisation(name, branches))
}

func rendered(all []paper.Paper) ([]File, error) {
	rendered, err := paper.Files(all, doc.HouseStyle())
	list := make([]File, len(rendered))
	for i, f := range rendered {
		list[i] = newFile(f.Name, f.Title, f.Bytes)
	}
	return list, err
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
	switch {
	case wanted == nil:
		r.fail(paperLonger.Of(want.Name, line, shown(there)))
	case there == nil:
		r.fail(paperShorter.Of(want.Name, line, shown(wanted)))
	default:
		r.fail(paperDiffers.Of(want.Name, line, shown(wanted), shown(there)))
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

// shown is as much of a line as a sentence has room for.
func shown(line []byte) string {
	const most = 120
	text := []rune(string(bytes.TrimSpace(line)))
	if len(text) > most {
		return string(text[:most]) + "…"
	}
	return string(text)
}
