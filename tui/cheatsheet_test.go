package tui

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
)

const readme = "../README.md"

// The lines of the README between which the keys stand.
const keysBegin, keysEnd = "<!-- keys: make cheatsheet -->\n", "<!-- /keys -->\n"

// sheetPages are the kinds of page that the cheat sheet has, in its order.
var sheetPages = []string{"主持台", "党员、监票人、列席", "测评票", "评定表", "名单和提问", "写字", "填数", "发言提纲", "处处"}

// pageOf is the page of the cheat sheet to which a layer belongs.
func pageOf(l layer, base bool) string {
	switch l.(type) {
	case *console:
		return sheetPages[0]
	case *voting:
		return sheetPages[2]
	case *ratingTable:
		return sheetPages[3]
	case *write:
		return sheetPages[5]
	case *figures:
		return sheetPages[6]
	case outline:
		return sheetPages[7]
	case *menu:
		if base {
			return sheetPages[1]
		}
		return sheetPages[4]
	}
	return ""
}

// keyed is what one key does on one kind of page.
type keyed struct {
	page, key string
	labels    []string
}

// keysOfTheMeeting collects the keys of all pages that the goldens show.
func keysOfTheMeeting(t *testing.T) []keyed {
	var all []keyed
	add := func(page string, b bind) {
		name := chinese.capOf(b.key())
		if strings.HasPrefix(name, "Enter") && (page == sheetPages[1] || page == sheetPages[4]) {
			return // takes what is chosen; its label is the choice
		}
		i := slices.IndexFunc(all, func(k keyed) bool { return k.page == page && k.key == name })
		if i < 0 {
			all = append(all, keyed{page: page, key: name})
			i = len(all) - 1
		}
		if label := b.label(); !slices.Contains(all[i].labels, label) {
			all[i].labels = append(all[i].labels, label)
		}
	}
	look := func(s *seat) {
		if _, helping := s.app.top().(*help); helping || s.app.place == placeProjector {
			return
		}
		own := s.app.top().binds(s.app)
		for _, b := range own {
			add(pageOf(s.app.top(), len(s.app.layers) == 1), b)
		}
		if !s.app.top().typing() {
			for _, b := range s.app.keys()[len(own):] {
				add("处处", b)
			}
		}
	}
	for _, m := range story() {
		p := m.play(t)
		for _, who := range []meeting.MemberID{"m03", "m05", "m02", "g1"} {
			look(p.as(who))
		}
	}
	for _, v := range views {
		for _, width := range []int{80, 120} { // the ballot is a table where there is room
			p := momentOf(t, v.moment)
			p.width = width
			look(p.as(v.who).opens(v.keys))
		}
	}
	return all
}

func cheatSheet(t *testing.T) string {
	all := keysOfTheMeeting(t)
	var b strings.Builder
	for _, page := range sheetPages {
		fmt.Fprintf(&b, "\n**%s**\n\n| 键 | 做什么 |\n|---|---|\n", page)
		for _, k := range all {
			if k.page == page {
				fmt.Fprintf(&b, "| `%s` | %s |\n", k.key, strings.Join(k.labels, "／"))
			}
		}
	}
	return b.String() + "\n"
}

// The keys in the README are those that the pages bind: whoever changes one
// runs make cheatsheet.
func TestTheCheatSheetInTheReadmeIsFresh(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), keysBegin)
	old, after, ok2 := strings.Cut(rest, keysEnd)
	if !ok || !ok2 {
		t.Fatalf("the README has no lines %q and %q", keysBegin, keysEnd)
	}
	fresh := cheatSheet(t)
	if old == fresh {
		return
	}
	if update := flag.Lookup("update"); update == nil || update.Value.String() != "true" {
		t.Fatal("the keys have changed: make cheatsheet")
	}
	if err := os.WriteFile(readme, []byte(before+keysBegin+fresh+keysEnd+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
