package main_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// text is something that may cite documents: a comment, or a document itself.
type text struct{ where, words string }

// citation is one place of a document that a text cites. Section and item are
// "" where the document as a whole is meant.
type citation struct{ document, section, item string }

var (
	// A document is written in capitals, as in DOORS.md. Behind it may come
	// sections, and behind a section items of its list or rows of its table.
	citationForm = regexp.MustCompile(`\b([A-Z][A-Z0-9]*\.md)((?:[,;]?(?: and)? §\d+(?:\.\d+)*(?:, \d+\b(?: and \d+\b)*)?)*)`)
	sectionForm  = regexp.MustCompile(`§(\d+(?:\.\d+)*)((?:, \d+\b(?: and \d+\b)*)?)`)
	itemForm     = regexp.MustCompile(`\d+`)
	// These were the names of notes outside the repository.
	oldNames = regexp.MustCompile(`\b(domain|ballot|design|records|doors|screens|terminal|style)\.md\b`)
	headings = regexp.MustCompile(`(?m)^#+ (\d+(?:\.\d+)*)\.? `)
	links    = regexp.MustCompile(`\]\(([^)#:]+)\)`)
)

// citations returns what a text cites, in its order.
func citations(words string) []citation {
	var found []citation
	for _, m := range citationForm.FindAllStringSubmatch(words, -1) {
		sections := sectionForm.FindAllStringSubmatch(m[2], -1)
		if len(sections) == 0 {
			found = append(found, citation{document: m[1]})
		}
		for _, s := range sections {
			items := itemForm.FindAllString(s[2], -1)
			if len(items) == 0 {
				items = []string{""}
			}
			for _, item := range items {
				found = append(found, citation{m[1], s[1], item})
			}
		}
	}
	return found
}

// section returns the text of a numbered section with those below it; ok is
// false if the document has none of that number.
func section(document, number string) (words string, ok bool) {
	if number == "" {
		return document, true
	}
	for _, at := range headings.FindAllStringSubmatchIndex(document, -1) {
		n := document[at[2]:at[3]]
		switch {
		case !ok && n == number:
			words, ok = document[at[0]:], true
		case ok && !strings.HasPrefix(n, number+"."):
			return words[:len(words)-len(document)+at[0]], true
		}
	}
	return words, ok
}

// resolves reports whether a document has the section and the item that c names.
func (c citation) resolves(document string) bool {
	words, ok := section(document, c.section)
	if !ok || c.item == "" {
		return ok
	}
	return regexp.MustCompile(`(?m)^(?:` + c.item + `\. |\| ` + c.item + ` \|)`).MatchString(words)
}

// texts returns the comments of all Go files and presets, and all documents; the
// documents also by their names.
func texts(t *testing.T) (all []text, documents map[string]string) {
	t.Helper()
	house := os.DirFS("../..")
	ignored := ignoredNames(t, house)
	set := token.NewFileSet()
	documents = map[string]string{}
	err := fs.WalkDir(house, ".", func(name string, d fs.DirEntry, err error) error {
		switch base := d.Name(); {
		case err != nil:
			return err
		case d.IsDir():
			if name != "." && (base[0] == '.' || base == "testdata" || base == "node_modules" || ignored(name)) {
				return fs.SkipDir
			}
			return nil
		}
		data, err := fs.ReadFile(house, name)
		if err != nil {
			return err
		}
		switch path.Ext(name) {
		case ".go":
			file, err := parser.ParseFile(set, name, data, parser.SkipObjectResolution|parser.ParseComments)
			if err != nil {
				return err
			}
			for _, group := range file.Comments {
				all = append(all, text{set.Position(group.Pos()).String(), group.Text()})
			}
		case ".toml":
			all = append(all, text{name, strings.ReplaceAll(string(data), "\n# ", " ")})
		case ".md":
			if base := path.Base(name); base != "README.md" {
				if _, twice := documents[base]; twice {
					t.Errorf("%s: another document has this name", name)
				}
				documents[base] = string(data)
			}
			all = append(all, text{name, string(data)})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, documents
}

// A reader who follows a citation must find what it promises.
func TestEveryCitationResolves(t *testing.T) {
	all, documents := texts(t)
	resolved := 0
	for _, one := range all {
		words := strings.Join(strings.Fields(one.words), " ")
		for _, old := range oldNames.FindAllString(words, -1) {
			t.Errorf("%s cites %s, which is not in the repository", one.where, old)
		}
		for _, c := range citations(words) {
			document, here := documents[c.document]
			switch {
			case c.document == "README.md": // many folders have one
			case !here:
				t.Errorf("%s cites %s, which is not in the repository", one.where, c.document)
			case !c.resolves(document):
				t.Errorf("%s cites %s §%s, %q, which is not there", one.where, c.document, c.section, c.item)
			default:
				resolved++
			}
		}
	}
	if resolved < 90 {
		t.Errorf("%d citations were found: the walk goes wrong", resolved)
	}
}

// Links between documents lead to files.
func TestLinksOfDocumentsLeadSomewhere(t *testing.T) {
	all, _ := texts(t)
	house := os.DirFS("../..")
	for _, one := range all {
		if path.Ext(one.where) != ".md" {
			continue
		}
		for _, link := range links.FindAllStringSubmatch(one.words, -1) {
			if _, err := fs.Stat(house, path.Join(path.Dir(one.where), link[1])); err != nil {
				t.Errorf("%s: %v", one.where, err)
			}
		}
	}
}

func TestCitationsAreRead(t *testing.T) {
	for words, want := range map[string][]citation{
		"as DOORS.md promises":                  {{"DOORS.md", "", ""}},
		"(DOMAIN.md §3.1)":                      {{"DOMAIN.md", "3.1", ""}},
		"DOMAIN.md §3.2, §3.6":                  {{"DOMAIN.md", "3.2", ""}, {"DOMAIN.md", "3.6", ""}},
		"DOMAIN.md §2.2, 11; §3.4":              {{"DOMAIN.md", "2.2", "11"}, {"DOMAIN.md", "3.4", ""}},
		"DOMAIN.md §2.1, 8 and 13.":             {{"DOMAIN.md", "2.1", "8"}, {"DOMAIN.md", "2.1", "13"}},
		"(DOMAIN.md §3.6, BALLOT.md §2 and §3)": {{"DOMAIN.md", "3.6", ""}, {"BALLOT.md", "2", ""}, {"BALLOT.md", "3", ""}},
		"spec §4.18, and minutes.md":            nil,
	} {
		if got := citations(words); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", words, got, want)
		}
	}
	const document = "# A\n\n## 1. B\n\n1. one\n\n### 1.1 C\n\n| 3 | three |\n\n## 2. D\n\n2. two\n"
	for c, want := range map[citation]bool{
		{"", "", ""}: true, {"", "1", "1"}: true, {"", "1", "3"}: true, {"", "1.1", "3"}: true, {"", "2", "2"}: true,
		{"", "1.1", "1"}: false, {"", "1", "2"}: false, {"", "3", ""}: false, {"", "1.2", ""}: false, {"", "2", "1"}: false,
	} {
		if c.resolves(document) != want {
			t.Errorf("§%s, %q: want %v", c.section, c.item, want)
		}
	}
}
