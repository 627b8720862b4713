package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Where the database is missing or empty, no verb makes one or acts as if nothing
// had been recorded: it says how to get it back (door.md #6, #21).
func TestWithoutItsDatabaseAFolderIsRefused(t *testing.T) {
	r := newRig(t, sampleRoster(3))
	file := filepath.Join(r.dir, "data", "pingyi.db")
	kept := file + ".kept"
	if err := os.Rename(file, kept); err != nil {
		t.Fatal(err)
	}
	verbs := []string{
		"branch list", "verify --branch b1", "log --branch b1", "papers --branch b1 -o out", "codes --branch b1",
		"branch add b2 --name 第二党支部", "serve --addr 127.0.0.1:0",
	}
	refused := func(what string) {
		for _, verb := range verbs {
			out, errs, code := r.try(strings.Fields(verb)...)
			if code != 1 || out != "" || !strings.Contains(errs, "备份") || !strings.Contains(errs, "pingyi restore") || strings.Count(errs, "\n") != 1 {
				t.Errorf("%s, %s: exit %d\n%s%s", what, verb, code, out, errs)
			}
		}
	}
	refused("missing")
	if _, err := os.Stat(file); err == nil {
		t.Error("a database was made")
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused("empty")
	if info, err := os.Stat(file); err != nil || info.Size() > 0 {
		t.Errorf("the empty file was changed: %v", err)
	}
	if err := os.Rename(kept, file); err != nil {
		t.Fatal(err)
	}
	r.pingyi(0, "verify", "--branch", "b1")
}
