package main

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store/archive"
	"pingyi/store/folder"
)

// copiesTold is what a log says of automatic copies.
type copiesTold chan string

func (c copiesTold) Write(p []byte) (int, error) {
	if strings.Contains(string(p), "copy=") {
		c <- string(p)
	}
	return len(p), nil
}

// filesOthers checks that a server on a folder, which begins nothing itself, tells its
// console of a branch and of a next year that other begins on the same records, copies
// at the ends of their items, and writes their papers when they end.
func filesOthers(t *testing.T, one, other *folder.Folder) {
	t.Helper()
	news, copies := make(told, 64), make(copiesTold, 64)
	filing := newFiling(one, slog.New(slog.NewTextHandler(io.MultiWriter(news, copies), nil)))
	filing.breath, filing.pulse = 0, time.Millisecond
	ctx, end := context.WithCancel(t.Context())
	if err := filing.followAll(ctx); err != nil {
		t.Fatal(err)
	}
	if one.Config.Etcd == nil { // else it follows them unasked
		filing.waiting.Go(func() { filing.followOthers(ctx) })
	}
	h, err := foundSample(t.Context(), other, "b1", 5)
	if err != nil {
		t.Fatal(err)
	}
	years := []string{"b1"}
	for {
		<-filing.begun // the console has it now
		for h.State().Phase != meeting.After {
			if _, err := h.Act(t.Context(), h.State().Chair(), meeting.Next{Reason: "试开"}); err != nil {
				t.Fatal(err)
			}
		}
		for !strings.Contains(<-news, years[len(years)-1]+`"`) { // those of the year before are written again when it ends
		}
		if len(years) == 2 {
			break
		}
		rules, err := preset.Load("annual-2024")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.Next(t.Context(), "b1", rules); err != nil {
			t.Fatal(err)
		}
		if h, err = other.Hall(t.Context(), "b1"); err != nil {
			t.Fatal(err)
		}
		years = append(years, "b1-2024")
	}
	<-copies
	end()
	filing.waiting.Wait()
	for _, name := range years {
		dir := filepath.Join(one.Dir, "papers", name)
		if report, err := archive.Verify(dir); err != nil || !report.OK {
			t.Errorf("%s: %+v %v", name, report, err)
		}
	}
}

// What is begun behind a server's back is followed like what it begins itself.
func TestWhatOthersBeginIsFiled(t *testing.T) {
	_, f := opened(t)
	filesOthers(t, f, f)
}
