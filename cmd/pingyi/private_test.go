//go:build unix

package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// open runs the program where new files are open to everybody, as some machines
// are set up; office is a folder with a soffice of its own.
func (r *rig) open(args ...string) {
	r.t.Helper()
	cmd := exec.Command("sh", append([]string{"-c", `umask 0; exec "$0" "$@"`, binary}, args...)...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "PATH="+filepath.Join(r.dir, "office")+":"+os.Getenv("PATH"))
	var told bytes.Buffer
	cmd.Stderr = &told
	if err := cmd.Run(); err != nil {
		r.t.Fatalf("pingyi %s: %v\n%s", strings.Join(args, " "), err, &told)
	}
}

// soffice is a LibreOffice that writes files for everybody.
const soffice = `#!/bin/sh
while [ "$1" != --outdir ]; do shift; done
mkdir -p "$2"; out=$2; shift 2
for f; do name=$(basename "$f"); echo "%PDF" >"$out/${name%.*}.pdf"; done
`

// Whatever a verb writes, only its owner reads: new files and folders, and folders
// that were there before and open to all.
func TestWhateverIsWrittenIsPrivate(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	if err := os.Mkdir(filepath.Join(r.dir, "office"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.dir, "office", "soffice"), []byte(soffice), 0o700); err != nil { //nolint:gosec // it is run
		t.Fatal(err)
	}
	out := filepath.Join(r.dir, "out")
	for _, dir := range []string{"out/papers", "out/org", "out/pdf"} { // papers of an older build among them
		if err := os.MkdirAll(filepath.Join(r.dir, dir), 0o755); err != nil {
			t.Fatal(err)
		}
		for name, mode := range map[string]os.FileMode{"script.md": 0o644, "rollup.md": 0o644} {
			at := filepath.Join(r.dir, dir, name)
			if err := os.WriteFile(at, []byte("an older one"), mode); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, old := range []string{"out/org/script.md", "out/pdf/script.md", "out/pdf/rollup.md", "out/papers/rollup.md"} {
		if err := os.Remove(filepath.Join(r.dir, old)); err != nil {
			t.Fatal(err)
		}
	}
	for _, line := range []string{
		"init --org 某党总支 --data out/data", "branch add b1 --name 第一党支部 --data out/data", "roster import roster.csv --branch b1 --data out/data",
		"codes --branch b1 -o out/codes.docx", "codes --branch b1 -o out/codes.csv", "superior add u1 --name 上级01", "superior codes -o out/above.csv",
		"roster template -o out/template.xlsx", "roster export --branch b1 -o out/roster.csv", "roster export --branch b1 -o out/roster.xlsx",
		"papers --branch b1 -o out/papers", "papers --branch b1 -o out/new/papers", "papers --org -o out/org", "papers --branch b1 -o out/pdf --format pdf,docx",
		"papers --branch b1 -o out/newpdf --format pdf", "trustee init -o out/key", "backup out/a.backup", "restore out/a.backup --data out/restored", "doctor",
	} {
		r.open(strings.Fields(line)...)
	}
	if err := os.WriteFile(filepath.Join(r.dir, "out/codes.csv"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(r.dir, "out/codes.csv"), 0o666); err != nil {
		t.Fatal(err)
	}
	r.open("codes", "--branch", "b1", "-o", "out/codes.csv")
	n := 0
	err := filepath.WalkDir(out, func(at string, e fs.DirEntry, err error) error {
		if err != nil || at == out || at == filepath.Join(out, "new") {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		n++
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others may read %s: %v", strings.TrimPrefix(at, out), info.Mode())
		}
		return nil
	})
	if err != nil || n < 40 {
		t.Errorf("%d files, %v", n, err)
	}
	for _, name := range []string{"pdf/script.pdf", "newpdf/script.pdf", "codes.docx", "restored/secret", "data/pingyi.db"} {
		if !isThere(filepath.Join(out, name)) {
			t.Errorf("%s was not written", name)
		}
	}
}

// A folder that holds other things is not shut: it is not the papers' own.
func TestAFolderOfOtherThingsStaysOpen(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	shared := filepath.Join(r.dir, "shared")
	if err := os.MkdirAll(filepath.Join(shared, "photos"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(shared, 0o755); err != nil { //nolint:gosec // shared with others
		t.Fatal(err)
	}
	r.open("papers", "--branch", "b1", "-o", "shared")
	if info, err := os.Stat(shared); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("a folder with folders in it: %v %v", info.Mode(), err)
	}
	if files, _ := filepath.Glob(filepath.Join(shared, "*.*")); len(files) == 0 {
		t.Error("no papers")
	}
}
