package archive_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/archive"
)

// random is the system's randomness.
type random struct{}

func (random) Read(p []byte) (int, error) { return rand.Read(p) }

// export is a meeting that was held to its end, and the files of its folder by
// name.
type export struct {
	log   store.Log
	state *meeting.State
	files map[string][]byte
}

// held returns two exports of meetings with the same people, rules and course,
// and different secrets, ballots and words. They are made once.
func held(t *testing.T) (a, b export) {
	t.Helper()
	once.Do(func() { exports = [2]export{holds(t, "第一句"), holds(t, "第二句")} })
	if exports[1].files == nil {
		t.Fatal("the meetings could not be held")
	}
	return exports[0], exports[1]
}

var (
	once    sync.Once
	exports [2]export
)

func holds(t *testing.T, text string) export {
	t.Helper()
	log, err := store.NewMemory().Log(context.Background(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	room, err := store.OpenRoom(context.Background(), log, meeting.Machine{Open: meetingtest.Plainly})
	if err != nil {
		t.Fatal(err)
	}
	defer room.Close()
	hall := meetingtest.NewRoomOn(room)
	hall.Urn.Dice = random{}
	rules := meetingtest.Rules(t, "seed-2017", func(r *preset.Rules) { r.Vote.Mass = true })
	meetingtest.New(t, hall).Whole(rules, text)
	return export{log, room.State(), made(t, log)}
}

// made returns the files that a log gives.
func made(t *testing.T, log store.Log) map[string][]byte {
	t.Helper()
	list, err := archive.Make(t.Context(), log, archive.Press{})
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range list {
		files[f.Name] = f.Data
	}
	return files
}

// box is the name of the members' archive.
func (e export) box() string { return e.state.Vote().Members().Election.UUID() + ".bel" }

// papers are the names of all files but the archives and the log.
func (e export) papers() (names []string) {
	for name := range e.files {
		if name != archive.LogName && !strings.HasSuffix(name, ".bel") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// folder writes the files into a new folder; changed are in the place of those
// of the same name, and are left out where they are nil.
func (e export) folder(t *testing.T, changed map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for _, files := range []map[string][]byte{e.files, changed} {
		for name, data := range files {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			if data == nil {
				_ = os.Remove(path)
			}
		}
	}
	return dir
}

// verdict is the verification of a folder.
func verdict(t *testing.T, dir string) *archive.Findings {
	t.Helper()
	found, err := archive.Verify(dir)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// blames checks that a verification fails and that its failures name each of
// some words.
func blames(t *testing.T, what string, found *archive.Findings, words ...string) {
	t.Helper()
	all := fmt.Sprint(found.Failures)
	if found.OK || len(found.Failures) == 0 {
		t.Errorf("%s: verified", what)
	}
	for _, w := range words {
		if !strings.Contains(all, w) {
			t.Errorf("%s: nothing about %s: %s", what, w, all)
		}
	}
}

// The same log always gives the same files, and they verify. What a person
// compares is told.
func TestAnExportIsAFunctionOfItsLog(t *testing.T) {
	a, _ := held(t)
	for name, data := range made(t, a.log) {
		if !bytes.Equal(data, a.files[name]) {
			t.Errorf("%s is another one the second time", name)
		}
	}
	found := verdict(t, a.folder(t, nil))
	v := a.state.Vote()
	members, mass := v.Members(), v.Box(meeting.MassBox)
	want := archive.Checked{
		Ballots: members.Returned.Len() + mass.Returned.Len(), Slips: members.Returned.Len()*len(members.Sums) + mass.Returned.Len()*len(mass.Sums),
		Trustees: 6, Records: a.state.Chronicle.Len(), Papers: len(a.papers()) - 1,
	}
	if !found.OK || found.Checked != want {
		t.Errorf("%+v, want %+v: %v", found.Checked, want, found.Failures)
	}
	if found.Name != a.state.Branch.Name || found.Fingerprint != members.Fingerprint() || len(found.Head) != 64 {
		t.Errorf("%+v", found)
	}
	if len(found.Boxes) != 2 || found.Boxes[1].Fingerprint != mass.Fingerprint() || found.Boxes[0].Ballots != members.Returned.Len() {
		t.Errorf("%+v", found.Boxes)
	}
	live, err := archive.VerifyLog(t.Context(), a.log)
	if err != nil || !live.OK || live.Head != found.Head || live.Fingerprint != found.Fingerprint {
		t.Errorf("%+v, %v", live, err)
	}
	alone, err := archive.Verify(filepath.Join(a.folder(t, nil), a.box()))
	if err != nil || !alone.OK || alone.Name != members.Election.Name() || alone.Fingerprint != found.Fingerprint {
		t.Errorf("%+v, %v", alone, err)
	}
}

// Every edit of every file is found, and the file is named. The forger mends
// what the list says of it.
func TestEveryEditOfAFileIsFound(t *testing.T) {
	a, _ := held(t)
	for what, edit := range map[string]func([]byte) []byte{
		"a line more": func(b []byte) []byte { return append(slices.Clip(b), '\n') },
		"a byte less": func(b []byte) []byte { return b[:len(b)-1] },
		"another byte": func(b []byte) []byte {
			b = slices.Clone(b)
			b[len(b)/2] ^= 1
			return b
		},
		"removed": func([]byte) []byte { return nil },
	} {
		changed := map[string][]byte{}
		for _, name := range a.papers() {
			changed[name] = edit(a.files[name])
		}
		blames(t, what, verdict(t, a.folder(t, changed)), a.papers()...)
		for name := range a.files {
			if slices.Contains(a.papers(), name) {
				continue
			}
			changed := a.relisted(map[string][]byte{name: edit(a.files[name])})
			found, err := archive.Verify(a.folder(t, changed))
			if name == archive.LogName && changed[name] == nil {
				if !errors.Is(err, archive.ErrNothing) {
					t.Errorf("%s %s: %v", name, what, err)
				}
				continue
			}
			blames(t, name+" "+what, found, name)
		}
	}
}

// Who names one paper, or the folder as it was packed, is told what to name instead;
// a log of which nothing is left is the cause, not every paper beside it.
func TestWhatCannotBeVerifiedIsToldWhy(t *testing.T) {
	a, _ := held(t)
	dir := a.folder(t, map[string][]byte{archive.LogName: {}})
	if found := verdict(t, dir); len(found.Failures) != 1 || found.Failures[0].Error() != "archive.log-empty log.jsonl" {
		t.Errorf("an empty log: %v", found.Failures)
	}
	for _, name := range []string{"minutes.docx", "tally.md", archive.ManifestName, archive.LogName} {
		if _, err := archive.Verify(filepath.Join(dir, name)); err == nil || err.Error() != "archive.one-of-folder "+name+" "+dir {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, text := range map[string]string{"papers.zip": "PK\x03\x04", "papers.tgz": "\x1f\x8b\x08\x00", "other": "x"} {
		path, want := filepath.Join(t.TempDir(), name), "archive.packed "+name
		if name == "other" {
			want = archive.ErrNothing.Error()
		}
		if err := os.WriteFile(path, []byte(text+"and more"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Verify(path); err == nil || err.Error() != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A sentence about a line shows what differs in it, however far behind that is and
// although nobody can see it.
func TestADifferenceIsShown(t *testing.T) {
	a, _ := held(t)
	minutes, list := a.files["minutes.md"], a.files[archive.ManifestName]
	title, rest, _ := bytes.Cut(minutes, []byte("\n"))
	hash := []byte(hashOf(minutes))
	for what, c := range map[string]struct {
		name string
		data []byte
		want string
	}{
		"a hash at the end of a line": {archive.ManifestName, bytes.Replace(list, hash, append(hash[:60:60], "zzzz"...), 1), "zzzz"},
		"a line end of Windows":       {"minutes.md", slices.Concat(title, []byte("\r\n"), rest), "<U+000D>"},
		"a space at the end":          {"minutes.md", slices.Concat(title, []byte(" \n"), rest), string(title) + " "},
		"no end of the last line":     {"minutes.md", bytes.TrimSuffix(minutes, []byte("\n")), "<U+000A>"},
		"a line more":                 {"minutes.md", append(slices.Clone(minutes), "多出一行\n"...), "多出一行"},
	} {
		found := verdict(t, a.folder(t, map[string][]byte{c.name: c.data}))
		var fault *store.Fault
		for _, err := range found.Failures {
			if errors.As(err, &fault) && fault.Args[0] == c.name {
				break
			}
		}
		if fault == nil || !strings.Contains(strings.Join(fault.Args[1:], "|")+"|", c.want) {
			t.Errorf("%s: %v", what, found.Failures)
		} else if n := len(fault.Args); n == 4 && fault.Args[2] == fault.Args[3] {
			t.Errorf("%s: the same is shown twice: %v", what, fault)
		}
	}
}

// Every paper alone may be missing: the list can't leave it out.
func TestAPaperThatTheListLeavesOutIsMissed(t *testing.T) {
	a, _ := held(t)
	list := string(a.files[archive.ManifestName])
	from := strings.Index(list, `    {"file":"tally.md"`)
	to := from + strings.IndexByte(list[from:], '\n') + 1
	changed := map[string][]byte{archive.ManifestName: []byte(list[:from] + list[to:]), "tally.md": nil}
	blames(t, "no tally", verdict(t, a.folder(t, changed)), "archive.file-missing tally.md", archive.ManifestName)
}

// No file of one export passes in another one.
func TestFilesOfTwoExportsDoNotMix(t *testing.T) {
	a, b := held(t)
	changed, differ := map[string][]byte{}, []string{}
	for _, name := range a.papers() {
		if changed[name] = b.files[name]; !bytes.Equal(a.files[name], b.files[name]) {
			differ = append(differ, name)
		}
	}
	if len(differ) < 10 {
		t.Fatalf("the exports hardly differ: %v", differ)
	}
	blames(t, "papers", verdict(t, a.folder(t, changed)), differ...)
	changed = a.relisted(map[string][]byte{a.box(): b.files[b.box()]})
	found := verdict(t, a.folder(t, changed))
	blames(t, "archive", found, a.box(), "archive.election-differs", a.state.Vote().Members().Fingerprint(), b.state.Vote().Members().Fingerprint())
	blames(t, "both archives", verdict(t, a.folder(t, map[string][]byte{b.box(): b.files[b.box()]})), "archive.file-extra "+b.box())
	blames(t, "log", verdict(t, a.folder(t, map[string][]byte{archive.LogName: b.files[archive.LogName]})), "minutes.md", "archive.box-missing", a.box())
}

// A folder that somebody brings leads nowhere else and costs nothing.
func TestAHostileFolder(t *testing.T) {
	a, _ := held(t)
	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.WriteFile(outside, a.files["minutes.md"], 0o600); err != nil {
		t.Fatal(err)
	}
	dir := a.folder(t, map[string][]byte{"minutes.md": nil, "tally.md": nil, "\x1b]0;x\a.md": []byte("x")})
	if err := os.Symlink(outside, filepath.Join(dir, "minutes.md")); err != nil {
		t.Skip("no links here: ", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "tally.md"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(dir, "minutes.csv"), 1<<40); err != nil {
		t.Skip("no sparse files here: ", err)
	}
	blames(t, "hostile", verdict(t, dir), "archive.not-plain minutes.md", "archive.not-plain tally.md", "archive.too-big minutes.csv", "archive.file-extra")
	if err := os.Truncate(filepath.Join(dir, a.box()), 1<<40); err != nil {
		t.Fatal(err)
	}
	blames(t, "hostile", verdict(t, dir), "archive.too-big "+a.box())
	log := filepath.Join(dir, archive.LogName)
	if err := os.Truncate(log, 1<<40); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Verify(dir); err == nil || !strings.Contains(err.Error(), "archive.too-big") {
		t.Errorf("a huge log: %v", err)
	}
	if err := errors.Join(os.Remove(log), os.Symlink(outside, log)); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Verify(dir); err == nil || !strings.Contains(err.Error(), "archive.not-plain") {
		t.Errorf("a log that is a link: %v", err)
	}
}
