package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pingyi/meeting"
)

// The papers are there when the meeting ends, while the server still runs, and
// the console says where.
func TestThePapersAreWrittenWhenTheMeetingEnds(t *testing.T) {
	dir, f := opened(t)
	h, err := foundSample(t.Context(), f, "b1", 5)
	if err != nil {
		t.Fatal(err)
	}
	filing := (&desk{err: io.Discard}).files(t.Context(), f, h)
	for h.State().Phase != meeting.After {
		if filing.said() != "" {
			t.Fatalf("before the end: %s", filing.said())
		}
		if _, err := h.Act(t.Context(), h.State().Chair(), meeting.Next{Reason: "试开"}); err != nil {
			t.Fatal(err)
		}
	}
	filing.waiting.Wait()
	papers := filepath.Join(dir, "papers", "b1")
	if said := filing.said(); said != "材料在 "+papers {
		t.Errorf("the console says %q", said)
	}
	text, err := os.ReadFile(filepath.Join(papers, "minutes.md"))
	if err != nil || !strings.Contains(string(text), "散会") || strings.Contains(string(text), "（草稿）") {
		t.Errorf("%v\n%s", err, text)
	}
}
