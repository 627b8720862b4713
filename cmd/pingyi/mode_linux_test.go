package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A shell with a umask that takes everything away, the owner's too: what is made
// can be used by who made it, and by nobody else.
func TestAFolderIsItsMakersWhateverTheUmask(t *testing.T) {
	dir := t.TempDir()
	made := exec.Command("sh", "-c", `umask 0777; "$0" init --org 某党总支 && "$0" branch add b1 --name 第一党支部 && "$0" backup a.backup && "$0" restore a.backup --data b && "$0" papers --branch b1 -o papers`, binary)
	made.Dir = dir
	if out, err := made.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, want := range map[string]os.FileMode{
		"data": 0o700, "data/pingyi.db": 0o600, "a.backup": 0o600, "b": 0o700, "b/pingyi.db": 0o600, "papers": 0o700, "papers/manifest.json": 0o600,
	} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Error(err)
		} else if info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", name, info.Mode().Perm(), want)
		}
	}
}
