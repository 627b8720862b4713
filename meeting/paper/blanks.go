package paper

import (
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// Blank is a paper with places that nobody has filled in: each is a line to be
// filled in by hand, and what an inspector asks for first.
type Blank struct {
	Paper  string   // its name, without a person
	Fields []string // as the paper calls them
}

// Blanks lists the papers of a folder that have places left blank. Where somebody
// signs without a name is one.
func Blanks(s *meeting.State) []Blank {
	var list []Blank
	for _, p := range All(s, Facts{}) {
		name := KindOf(p.Name)
		if name == "script" || name == "ballot-paper" { // they are meant to be filled in
			continue
		}
		i := slices.IndexFunc(list, func(b Blank) bool { return b.Paper == name })
		for _, field := range blanksIn(p.Document) {
			if i < 0 {
				list, i = append(list, Blank{Paper: name}), len(list)
			}
			if !slices.Contains(list[i].Fields, field) {
				list[i].Fields = append(list[i].Fields, field)
			}
		}
	}
	return list
}

// blanksIn are the places of a document that are left blank: fields, chapters and
// signatures.
func blanksIn(d doc.Document) []string {
	var list []string
	missing := func(name, text string) {
		if name != "" && (strings.Contains(text, blank) || strings.Contains(text, handwritten) || strings.Contains(text, meeting.Unknown)) {
			list = append(list, name)
		}
	}
	signs := func(signs []doc.Signature) {
		for _, x := range signs {
			if x.Name == "" && x.Role != "" && !strings.Contains(x.Role, "盖章") {
				list = append(list, x.Role)
			}
		}
	}
	chapter := ""
	for _, b := range d.Blocks {
		switch x := b.(type) {
		case doc.Heading:
			chapter = x.Text
		case doc.Paragraph:
			if x.Lead != "" {
				missing(x.Lead, x.Text)
			} else {
				missing(chapter, x.Text)
			}
		case doc.Fields:
			for _, f := range x {
				missing(f.Name, f.Value.String())
			}
		case doc.Boxes:
			for _, row := range x {
				for _, box := range row {
					missing(box.Name, box.Value.String())
				}
			}
		case doc.Signatures:
			signs(x)
		}
	}
	return list
}
