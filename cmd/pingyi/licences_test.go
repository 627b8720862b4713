package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// platforms are those that the Makefile makes a release for.
var platforms = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}

// terms are the licences that the program may be made of, by words that only
// they have.
var terms = map[string]string{
	"MIT":          "Permission is hereby granted, free of charge, to any person obtaining a copy",
	"BSD":          "Redistribution and use in source and binary forms, with or without modification, are permitted",
	"Apache-2.0":   "Apache License Version 2.0, January 2004",
	"ISC":          "Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee",
	"ISC of old":   "Permission to use, copy, modify, and distribute this software for any purpose with or without fee",
	"CC0 or equal": "CC0 1.0 Universal",
}

// licence names the licence of a text; "" if it is none of those.
func licence(text string) string {
	words := strings.Join(strings.Fields(text), " ")
	for _, name := range []string{"MIT", "BSD", "Apache-2.0", "ISC", "ISC of old", "CC0 or equal"} {
		if strings.Contains(words, terms[name]) && !strings.Contains(words, "GENERAL PUBLIC LICENSE") {
			return name
		}
	}
	return ""
}

// shipped lists the folders of the modules that the program is made of anywhere.
func shipped(t *testing.T) map[string]string {
	t.Helper()
	dirs := map[string]string{}
	for _, p := range platforms {
		system, machine, _ := strings.Cut(p, "/")
		list := exec.Command("go", "list", "-deps", "-json=Module", ".")
		list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+machine)
		out, err := list.Output()
		if err != nil {
			t.Fatal(err)
		}
		for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
			var pkg struct {
				Module *struct {
					Path, Dir string
					Main      bool
				}
			}
			err := dec.Decode(&pkg)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if m := pkg.Module; m != nil && !m.Main {
				dirs[m.Path] = m.Dir
			}
		}
	}
	return dirs
}

func TestEveryDependencyMayBeGivenAway(t *testing.T) {
	dirs := shipped(t)
	if len(dirs) < 40 {
		t.Fatalf("only %d modules: the list goes wrong", len(dirs))
	}
	for module, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "LICEN[CS]E*"))
		if err != nil || len(files) == 0 {
			t.Errorf("%s has no licence: %v", module, err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if licence(string(text)) == "" {
				t.Errorf("%s: %s is no licence of the list", module, filepath.Base(f))
			}
		}
	}
}

// The page in the browser has libraries of its own: what its lock file names, but
// what it is built with, stands in its list with a licence.
func TestThePagesLibrariesMayBeGivenAway(t *testing.T) {
	list, err := os.ReadFile("../../ssh/web/THIRD-PARTY.txt")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, part := range strings.Split("\n"+string(list), "\n==== ")[1:] {
		name, text, _ := strings.Cut(part, "\n")
		found[name] = true
		if licence(text) == "" {
			t.Errorf("%s: no licence of the list", name)
		}
	}
	data, err := os.ReadFile("../../ssh/web/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	var lock struct {
		Packages map[string]struct {
			Version   string
			Integrity string
			Dev       bool
		}
	}
	if err := json.Unmarshal(data, &lock); err != nil {
		t.Fatal(err)
	}
	n := 0
	for path, p := range lock.Packages {
		if path == "" {
			continue
		}
		if !strings.HasPrefix(p.Integrity, "sha512-") {
			t.Errorf("%s has no checksum", path)
		}
		if p.Dev {
			continue
		}
		n++
		if name := strings.TrimPrefix(path, "node_modules/") + " " + p.Version; !found[name] {
			t.Errorf("%s is not listed: make web", name)
		}
	}
	if n < 3 || n != len(found) {
		t.Errorf("%d libraries, %d listed", n, len(found))
	}
}

func TestOtherLicencesAreFound(t *testing.T) {
	for text, want := range map[string]string{
		"GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3, 19 November 2007": "",
		"Mozilla Public License Version 2.0":                             "",
		"all rights reserved":                                            "",
		"  Apache License\n  Version 2.0, January 2004":                  "Apache-2.0",
	} {
		if got := licence(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// The Makefile makes what is looked at here.
func TestTheReleaseIsForThesePlatforms(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(makefile)) {
		if list, ok := strings.CutPrefix(line, "PLATFORMS ?= "); ok {
			if got := strings.Fields(list); !slices.Equal(got, platforms) {
				t.Errorf("the Makefile has %q", got)
			}
			return
		}
	}
	t.Error("the Makefile has no PLATFORMS")
}
