package ssh

import (
	"os"
	"strings"
	"testing"
)

// DOORS.md promises words to scripts: every word stands there, and whether it
// takes --id.
func TestEveryWordIsInDoors(t *testing.T) {
	text, err := os.ReadFile("DOORS.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{} // by word: whether its cell has the mark
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.ReplaceAll(line, `\|`, "/"), "|")
		if len(cells) < 5 {
			continue
		}
		for _, one := range strings.Split(cells[1], "`") {
			if name, _, _ := strings.Cut(one, " "); name != "" && !strings.ContainsAny(name, "·◦") {
				documented[name] = documented[name] || strings.Contains(cells[1], "◦")
			}
		}
	}
	for _, w := range vocabulary() {
		id, there := documented[w.name]
		if !there {
			t.Errorf("DOORS.md has no %s", w.name)
		}
		if w.once() && !id {
			t.Errorf("DOORS.md does not say that %s takes --id", w.name)
		}
	}
}
