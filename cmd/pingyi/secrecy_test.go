package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// canary is what somebody writes into their ballot, and song what somebody
// writes into the minutes: a search that does not find the song finds nothing.
const canary, song = "金丝雀只在票箱里", "这一句记在会议记录里"

var gradeNames = []string{"优秀", "合格", "基本合格", "不合格"}

// slip is what voter i chooses in a turn: in every turn everybody chooses
// something else for everybody.
func slip(turn, i int, more string) string {
	var cells []string
	for j := 1; j < 6; j++ { // the last is a 预备党员, who gets no grade
		if g := (turn + i*j) % 5; g < 4 {
			cells = append(cells, fmt.Sprintf("%q:%q", member(j), gradeNames[g]))
		} else {
			cells = append(cells, fmt.Sprintf("%q:null", member(j)))
		}
	}
	return "{" + strings.Join(cells, ",") + more + "}"
}

// database is the file that holds the branch's records.
func (r *rig) database() []byte {
	r.t.Helper()
	var largest []byte
	err := filepath.WalkDir(filepath.Join(r.dir, "data"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(name)
		if len(b) > len(largest) {
			largest = b
		}
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return largest
}

// toOpenBox brings a branch of six to the open box.
func (r *rig) toOpenBox() {
	r.t.Helper()
	r.comesToVote(6)
	r.say("m01", 0, song, "note")
	r.opensBox("m04", "m05")
}

// Nothing that anybody puts into the box is to be found before it is closed: not
// in the folder, not in the log, not in any paper. And papers written while
// everybody has chosen one thing are those written when everybody has chosen
// another.
func TestACanaryIsNowhereBeforeClosing(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	r.serve()
	r.toOpenBox()
	votes := func(turn int) (papers map[string]string) {
		for i := 1; i <= 6; i++ {
			r.say(member(i), 0, slip(turn, i, fmt.Sprintf(`,"remarks":{%q:%q}`, member(turn+1), canary)), "vote")
		}
		papers = map[string]string{}
		var list []struct{ File string }
		r.json(r.say("m01", 0, "", "papers --json"), &list)
		for _, f := range list {
			papers[f.File] = unpacked(t, f.File, r.say("m01", 0, "", "papers get "+f.File))
		}
		return papers
	}
	first, second := votes(0), votes(1)
	if len(first) == 0 || len(first) != len(second) {
		t.Fatalf("%d papers and then %d", len(first), len(second))
	}
	for name, text := range first {
		if again := second[name]; unhashed(text) != unhashed(again) {
			t.Errorf("%s depends on what was chosen:\n%s\n%s", name, text, again)
		}
	}
	for _, word := range []string{"result", "remarks", "board"} {
		r.say("m01", 1, "", word)
	}
	r.kill()
	r.pingyi(0, "papers", "--branch", "b1", "-o", "early")
	places := map[string]string{"the log": r.log.String(), "the database": string(r.database())}
	for name, text := range first {
		places["paper "+name] = text
	}
	err := filepath.WalkDir(filepath.Join(r.dir, "early"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(name)
		places[filepath.Base(name)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	heard := 0
	for place, text := range places {
		if strings.Contains(text, canary) {
			t.Errorf("the canary sings in %s", place)
		}
		if strings.Contains(text, song) {
			heard++
		}
	}
	if heard < 3 || !strings.Contains(places["the database"], song) {
		t.Errorf("the search finds what stands in the minutes in %d places only", heard)
	}
}

// unhashed is a paper without what changes with every record, whatever it says:
// how many there are, when the last one was, and their fingerprints.
func unhashed(text string) string {
	text = regexp.MustCompile(`日志末条时间[^0-9]*[0-9年月日 :]+`).ReplaceAllString(text, "")
	text = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`).ReplaceAllString(text, "") // of the files for Word and Excel
	text = regexp.MustCompile(`日志记录数[^0-9]*[0-9]+`).ReplaceAllString(text, "")
	return regexp.MustCompile(`[0-9a-f]{16,}`).ReplaceAllString(text, "")
}

// sight is what a copy of the database shows of the vote before: how large it
// is, how many of its pages have changed, and how often it names each grade.
type sight struct {
	size, pages int
	names       [4]int
}

func look(before, after []byte) (s sight) {
	const page = 4096
	s.size = len(after)
	for at := 0; at < len(after); at += page {
		if end := min(at+page, len(after)); end > len(before) || !bytes.Equal(before[at:end], after[at:end]) {
			s.pages++
		}
	}
	for i, g := range gradeNames {
		s.names[i] = bytes.Count(after, []byte(g))
	}
	return s
}

// Somebody copies the database after every vote, so that they know the voter of
// each difference. It is the same whatever the voter has chosen.
func TestCopiesAfterEveryVoteShowNoChoice(t *testing.T) {
	copies := func(turn int, leak func([]byte, string) []byte) (seen []sight) {
		r := newRig(t, sampleRoster(6))
		r.serve()
		r.toOpenBox()
		last := r.database()
		for i := 1; i <= 6; i++ {
			r.say(member(i), 0, slip(turn, i, ""), "vote")
			next := leak(r.database(), slip(turn, i, ""))
			seen = append(seen, look(last, next))
			last = next
		}
		return seen
	}
	tight := func(file []byte, _ string) []byte { return file }
	want := copies(0, tight)
	for turn := 1; turn < 4; turn++ {
		if got := copies(turn, tight); !slices.Equal(got, want) {
			t.Errorf("other choices leave other traces:\n%v\n%v", got, want)
		}
	}
	leaky := func(file []byte, slip string) []byte { return append(file, slip...) }
	if slices.Equal(copies(0, leaky), copies(1, leaky)) {
		t.Error("the test would not see a leak")
	}
}

// unpacked is the text of a paper, of one for Word or Excel that of all its parts.
func unpacked(t *testing.T, name, paper string) string {
	t.Helper()
	if ext := filepath.Ext(name); ext != ".docx" && ext != ".xlsx" {
		return paper
	}
	z, err := zip.NewReader(strings.NewReader(paper), int64(len(paper)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var all strings.Builder
	for _, f := range z.File {
		if filepath.Ext(f.Name) == ".png" { // the head's hash as a picture: hashes are not compared
			continue
		}
		part, err := f.Open()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := io.Copy(&all, part); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		part.Close()
	}
	return all.String()
}
