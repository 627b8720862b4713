package meeting_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A new kind of record is one file in this package and one row in Forms. The toy
// kind of testdata/toy shows it: in a copy of the code with that file and that
// row it is written over a word, on a screen and in plain words, and stands on a
// paper. The tests that do so lie beside it.
func TestANewKindOfRecordIsOneFileAndOneRow(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var overlay struct{ Replace map[string]string }
	overlay.Replace = map[string]string{}
	put := func(target string, text []byte) {
		name := filepath.Join(dir, strings.ReplaceAll(target, "/", "_"))
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[filepath.Join(root, target)] = name
	}
	for target, from := range map[string]string{
		"meeting/toy.go": "toy.go.txt", "ssh/toy_test.go": "ssh.go.txt", "tui/toy_test.go": "tui.go.txt", "meeting/paper/toy_internal_test.go": "paper.go.txt",
	} {
		text, err := os.ReadFile(filepath.Join("testdata", "toy", from))
		put(target, must(t, text, err))
	}
	forms, err := os.ReadFile("form.go")
	row := bytes.Replace(must(t, forms, err), []byte("talkForm()}"), []byte("talkForm(), toyForm()}"), 1)
	if bytes.Equal(row, forms) {
		t.Fatal("Forms has no row to add to")
	}
	put("meeting/form.go", row)
	text, err := json.Marshal(overlay)
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, must(t, text, err), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command("go", "test", "-overlay", list, "-run", "^TestToy$", "-v", "./ssh", "./tui", "./meeting/paper")
	run.Dir = root
	out, err := run.CombinedOutput()
	if err != nil || strings.Count(string(out), "--- PASS: TestToy") != 3 {
		t.Errorf("%v\n%s", err, out)
	}
}
