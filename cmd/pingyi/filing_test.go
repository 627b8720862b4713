package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"pingyi/meeting"
	"pingyi/store/archive"
)

// told is what a log says of papers, line by line.
type told chan string

func (c told) Write(p []byte) (int, error) {
	if strings.Contains(string(p), "papers=") {
		c <- string(p)
	}
	return len(p), nil
}

// The papers are there when the meeting ends, while the server still runs, and
// the console says where; and they are written again after every later step.
func TestThePapersAreWrittenWhenTheMeetingEnds(t *testing.T) {
	dir, f := opened(t)
	h, err := foundSample(t.Context(), f, "b1", 5)
	if err != nil {
		t.Fatal(err)
	}
	news := make(told, 64)
	filing := newFiling(f, slog.New(slog.NewTextHandler(news, nil)))
	filing.breath = 0
	ctx, end := context.WithCancel(t.Context())
	if err := filing.followAll(ctx); err != nil {
		t.Fatal(err)
	}
	for h.State().Phase != meeting.After {
		if filing.said("b1") != "" {
			t.Fatalf("before the end: %s", filing.said("b1"))
		}
		if _, err := h.Act(t.Context(), h.State().Chair(), meeting.Next{Reason: "试开"}); err != nil {
			t.Fatal(err)
		}
	}
	<-news
	papers := filepath.Join(dir, "papers", "b1")
	if said := filing.said("b1"); said != "材料在 "+papers {
		t.Errorf("the console says %q", said)
	}
	text, err := os.ReadFile(filepath.Join(papers, "minutes.md"))
	if err != nil || !strings.Contains(string(text), "散会") || strings.Contains(string(text), "（草稿）") {
		t.Errorf("%v\n%s", err, text)
	}
	if info, err := os.Stat(filepath.Join(papers, "minutes.docx")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the papers: %v %v", info, err)
	}
	if _, err := h.Act(t.Context(), h.State().Chair(), meeting.WriteRecord{Form: "report", Values: map[string]string{"held": "会后补写的报告"}}); err != nil {
		t.Fatal(err)
	}
	<-news
	if text, err := os.ReadFile(filepath.Join(papers, "report.md")); err != nil || !strings.Contains(string(text), "会后补写的报告") {
		t.Errorf("after a later step: %v\n%s", err, text)
	}
	end()
	filing.waiting.Wait()
	if report, err := archive.Verify(papers); err != nil || !report.OK {
		t.Errorf("%+v %v", report, err)
	}
}

// A server without a console writes them too, and its log says where: those of a
// branch that was added while it runs as well, and whoever stops it at once still
// gets them whole.
func TestServeWritesThePapersOfEveryBranch(t *testing.T) {
	r := newRig(t, sampleRoster(3))
	r.serve()
	r.pingyi(0, "branch", "add", "b2", "--name", "第二党支部")
	r.pingyi(0, "roster", "import", "roster.csv", "--branch", "b2")
	ends := func(branch string) {
		var list []issued
		r.json(r.pingyi(0, "codes", "--branch", branch, "--only", "m01", "--json"), &list)
		for r.codes["m01"] = list[0].Code; r.status("m01").Phase != "after"; {
			r.say("m01", 0, "", "next --reason 试开")
		}
	}
	ends("b1")
	ends("b2")
	r.pingyi(0, "branch", "next", "b1", "--preset", "annual-2024")
	ends("b1")
	r.pingyi(0, "branch", "add", "b1-2025", "--name", "编号像年度的支部")
	r.pingyi(0, "branch", "next", "b1", "--preset", "annual-2024", "--year", "2025")
	ends("b1")
	if err := r.server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-r.gone
	for _, branch := range []string{"b1", "b2", "b1-2024", "b1@2025"} {
		dir := filepath.Join(r.dir, "data", "papers", branch)
		var report verified
		if r.json(r.pingyi(0, "verify", "--json", dir), &report); !report.OK {
			t.Errorf("%s: %+v", branch, report)
		}
		if said := "材料在 " + dir; !strings.Contains(r.log.String(), said) {
			t.Errorf("the log has no %q:\n%s", said, r.log)
		}
	}
}
