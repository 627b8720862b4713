//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/store/archive"
	"pingyi/store/folder"
	"pingyi/store/storetest"
)

// twoYears is a data folder with a branch whose meeting of the first year has ended,
// and which has begun the next.
func twoYears(t *testing.T) (dir, firstYear string) {
	t.Helper()
	dir, f := opened(t)
	h, err := foundSample(t.Context(), f, "b1", 5)
	if err != nil {
		t.Fatal(err)
	}
	for h.State().Phase != meeting.After {
		if _, err := h.Act(t.Context(), h.State().Chair(), meeting.Next{Reason: "试开"}); err != nil {
			t.Fatal(err)
		}
	}
	firstYear = fmt.Sprint(h.State().Rules.Year)
	var told bytes.Buffer
	d := &desk{in: strings.NewReader(""), out: &told, err: &told, dir: dir, running: f}
	if code := d.run(t.Context(), []string{"branch", "next", "b1", "--preset", "annual-2024"}); code != exitOK {
		t.Fatal(&told)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, firstYear
}

// foldedOnce opens a folder in which nothing can be folded twice.
func foldedOnce(t *testing.T, dir string) *folder.Folder {
	t.Helper()
	f, err := folder.OpenWith(dir, folder.Access{Logs: storetest.Once})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Folding is most of what a verb costs on a long log: none folds one twice, and a
// server that has folded it never does again.
func TestNoVerbFoldsALogTwice(t *testing.T) {
	dir, first := twoYears(t)
	out := t.TempDir()
	if err := os.WriteFile(filepath.Join(out, "soffice"), []byte(soffice), 0o700); err != nil { //nolint:gosec // it is run
		t.Fatal(err)
	}
	t.Setenv("PATH", out+string(filepath.ListSeparator)+os.Getenv("PATH"))
	for _, line := range []string{
		"papers --branch b1 -o all", "papers --branch b1@" + first + " -o first --format md,pdf", "papers --branch b1@" + first + " -o some --only minutes,tally",
		"papers --branch b1 -o private --private --reason 上级调阅", "papers --branch b1 --check", "papers --org -o org",
		"verify --branch b1", "verify --branch b1@" + first, "log --branch b1", "log --branch b1@" + first,
		"branch list", "branch add b2 --name 第二党支部", "roster export --branch b1 -o roster.csv", "codes --branch b1 -o codes.csv", "superior list", "backup one.backup", "doctor",
	} {
		f := foldedOnce(t, dir)
		var told bytes.Buffer
		d := &desk{in: strings.NewReader(""), out: &told, err: &told, dir: out, running: f}
		if code := d.run(t.Context(), strings.Fields(line)); code != exitOK {
			t.Errorf("pingyi %s: %s", line, &told)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	f := foldedOnce(t, dir)
	defer f.Close()
	filing := newFiling(f, slog.New(slog.DiscardHandler))
	ctx, end := context.WithCancel(t.Context())
	defer filing.waiting.Wait()
	defer end()
	if err := filing.followAll(ctx); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if where, err := writePapers(t.Context(), f, "b1@"+first); err != nil {
			t.Errorf("%s %v", where, err)
		}
	}
	log, err := f.Log(t.Context(), "b1@"+first)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	for range 2 {
		_, err = archive.VerifyLog(t.Context(), log)
	}
	if err == nil {
		t.Error("a log could be folded twice: nothing would be seen here")
	}
}
