package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pingyi/store"
	"pingyi/store/folder"
)

// After the superior's approval the secretary prunes, also while the server
// runs: no ciphertext is in the folder any more, and everything still verifies.
func TestPruneAfterApproval(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	r.serve()
	r.holdsMeeting(6)
	decision := []string{"prune", "--branch", "b1", "--approval", "批复〔2026〕3号"}
	result := r.say("m01", 0, "", "result --json")
	r.kill()

	r.pingyi(0, "papers", "--branch", "b1", "-o", "before")
	windows := r.windows()
	if n := r.found(windows); len(windows) != 6 || n <= 6 { // in the database, and in the automatic copies
		t.Fatalf("%d of %d ciphertexts are found before", n, len(windows))
	}
	var done folder.Pruned
	r.serve()
	r.json(r.pingyi(0, append(decision, "--json")...), &done)
	if again := r.say("m01", 0, "", "result --json"); again != result {
		t.Errorf("the result was %s and is %s", result, again)
	}
	r.kill()
	if done.Removed != 7 || // the ballots, and what was read of comments
		len(done.Copies) != 0 {
		t.Errorf("%+v", done)
	}
	if n := r.found(windows); n != 0 {
		t.Errorf("%d ciphertexts are left", n)
	}
	if errs := r.refused(1, decision...); !strings.Contains(errs, "已经清除") {
		t.Errorf("again: %s", errs)
	}
	r.verifiesPruned(done.Head)
	var old verified
	r.json(r.pingyi(0, "verify", "--json", "before"), &old)
	if old.Checked.Ballots != 6 || old.Checked.Pruned != 0 {
		t.Errorf("what was exported before: %+v", old)
	}
	r.serve()
	if again := r.say("m01", 0, "", "result --json"); again != result {
		t.Errorf("the result was %s and is %s", result, again)
	}
	if out := r.pingyi(0, append(decision, "--class", "private")...); !strings.Contains(out, "--private") || strings.Contains(out, ".bel") {
		t.Errorf("where private text still is: %s", out)
	}
}

// verifiesPruned checks the log and the papers, and that only a decision in the
// log excuses missing ciphertexts.
func (r *rig) verifiesPruned(head string) {
	r.t.Helper()
	files := r.pingyi(0, "papers", "--branch", "b1", "-o", "after")
	if strings.Contains(files, ".bel") {
		r.t.Errorf("papers with ciphertexts: %s", files)
	}
	for _, args := range [][]string{{"--branch", "b1"}, {"after"}} {
		var report verified
		r.json(r.pingyi(0, append([]string{"verify", "--json"}, args...)...), &report)
		if !report.OK || report.Checked.Pruned != 6 || report.Checked.Ballots != 0 || report.Checked.Trustees != 3 || report.Head != head {
			r.t.Errorf("verify %v: %+v", args, report)
		}
		if out := r.pingyi(0, append([]string{"verify"}, args...)...); !strings.Contains(out, "密文已按审定清除（批复〔2026〕3号）") {
			r.t.Errorf("verify %v says %s", args, out)
		}
	}
	bel, err := filepath.Glob(filepath.Join(r.dir, "before", "*.bel"))
	if err != nil || len(bel) != 1 {
		r.t.Fatal(bel, err)
	}
	away := bel[0] + ".away"
	if err := os.Rename(bel[0], away); err != nil {
		r.t.Fatal(err)
	}
	if errs := r.pingyi(1, "verify", "before"); !strings.Contains(errs, "缺失") {
		r.t.Errorf("an archive is missing without a decision: %s", errs)
	}
	if err := os.Rename(away, bel[0]); err != nil {
		r.t.Fatal(err)
	}
}

// holdsMeeting leads a branch of n through a vote to the end of the meeting.
func (r *rig) holdsMeeting(n int) {
	r.t.Helper()
	r.comesToVote(n)
	codes := r.opensBox("m04", "m05")
	for i := 1; i <= n; i++ {
		r.say(member(i), 0, choice(i), "vote")
	}
	r.say("m01", 0, "", "close --reason 其余的人先走了")
	r.say("m01", 0, "", "confirmed --reason 无人提出异议")
	for id, code := range codes {
		r.say(id, 0, code, "unseal")
	}
	r.toItem("m01", "rating")
	for i := 1; i < n; i++ { // the 预备党员 gets no grade
		r.say("m01", 0, "", "rate "+member(i)+" 合格 --reason 测试")
	}
	r.say("m01", 0, "", fmt.Sprintf("submit --yes %d --no 0 --abstain 0", n-1)) // no committee: the assembly decides
	for range 20 {
		if r.status("m01").Phase == "after" {
			return
		}
		r.say("m01", 0, "", "next --reason 测试")
	}
	r.t.Fatal("the meeting does not end")
}

// windows are 64 bytes out of each ballot's ciphertexts in the data folder.
func (r *rig) windows() (list [][]byte) {
	r.t.Helper()
	f, err := folder.Open(filepath.Join(r.dir, "data"))
	if err != nil {
		r.t.Fatal(err)
	}
	defer f.Close()
	log, err := f.Log(r.t.Context(), "b1")
	if err != nil {
		r.t.Fatal(err)
	}
	for b, err := range log.Read(r.t.Context(), 0) {
		if err != nil {
			r.t.Fatal(err)
		}
		rec, err := store.Decode(b)
		if err != nil {
			r.t.Fatal(err)
		}
		if len(rec.Blob) > 1000 {
			list = append(list, bytes.Clone(rec.Blob[len(rec.Blob)/2:][:64]))
		}
	}
	return list
}

// found counts those of the windows that any file of the data folder has.
func (r *rig) found(windows [][]byte) (n int) {
	r.t.Helper()
	data := os.DirFS(filepath.Join(r.dir, "data"))
	err := fs.WalkDir(data, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := fs.ReadFile(data, name)
		for _, w := range windows {
			if bytes.Contains(b, w) {
				n++
			}
		}
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return n
}

// Who prunes too early, or without a decision, hears why not.
func TestPruneTooEarly(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	before := r.pingyi(0, "log", "--branch", "b1")
	for _, c := range []struct {
		code int
		args []string
		says string
	}{
		{2, []string{"prune", "--branch", "b1"}, "--approval"},
		{2, []string{"prune", "--branch", "b1", "--approval", " "}, "--approval"},
		{2, []string{"prune", "--approval", "批复"}, "--branch"},
		{2, []string{"prune", "--branch", "b1", "--approval", "批复", "--class", "all"}, "ballots"},
		{1, []string{"prune", "--branch", "b9", "--approval", "批复"}, "b1"},
		{1, []string{"prune", "--branch", "b1", "--approval", "批复"}, "会"},
	} {
		if errs := r.refused(c.code, c.args...); !strings.Contains(errs, c.says) {
			t.Errorf("pingyi %v says %q, want %q in it", c.args, errs, c.says)
		}
	}
	if after := r.pingyi(0, "log", "--branch", "b1"); after != before {
		t.Error("a refused verb changed the log")
	}
}

// The measuring verb tells the same facts as a table and as JSON.
func TestBenchBallot(t *testing.T) {
	r := &rig{t: t, dir: t.TempDir()}
	var m measured
	r.json(r.pingyi(0, "bench", "ballot", "--voters", "6", "--subjects", "4", "--json"), &m)
	if m.Voters != 6 || m.Subjects != 4 || m.Stored < 1000 || m.Archive < 6*m.Stored {
		t.Errorf("%+v", m)
	}
	for what, ms := range map[string]float64{
		"prepare": m.Prepare, "choose": m.Choose, "confirm": m.Confirm, "ballot": m.Ballot, "check": m.Check, "count": m.Count, "write": m.Write,
	} {
		if ms <= 0 {
			t.Errorf("%s took %v ms", what, ms)
		}
	}
	if out := r.pingyi(0, "bench", "ballot", "--voters", "2", "--subjects", "1"); !strings.Contains(out, "档案大小") {
		t.Error(out)
	}
	r.refused(2, "bench", "ballots")
	r.refused(2, "bench", "ballot", "--voters", "0")
	r.refused(2, "bench", "ballot", "--subjects", "99999")
}

func TestBenchScreens(t *testing.T) {
	r := &rig{t: t, dir: t.TempDir()}
	var m screensMeasured
	r.json(r.pingyi(0, "bench", "screens", "--sessions", "5", "--json"), &m)
	if m.Sessions != 5 || m.Memory <= 0 || m.First <= 0 || m.Bytes <= 0 || m.CPU <= 0 || m.Last <= 0 {
		t.Errorf("%+v", m)
	}
	if m.IdleSent > 0 {
		t.Errorf("unchanged screens send %d bytes", m.IdleSent)
	}
	r.refused(2, "bench", "screens", "--sessions", "0")
}

// Every figure of the votes' bench is there, beside its floor.
func TestBenchVotes(t *testing.T) {
	r := &rig{t: t, dir: t.TempDir()}
	var m votesMeasured
	r.json(r.pingyi(0, "bench", "votes", "--writers", "32", "--rounds", "1", "--dir", ".", "--json"), &m)
	if len(m.Durable) != 1 || len(m.Words) != 2 || m.Record < 1000 {
		t.Fatalf("%+v", m)
	}
	one := m.Durable[0]
	for what, f := range map[string]flow{
		"append": one.Append, "update": one.Update, "grouped": one.Grouped, "room": one.Room,
		"confirm": m.Confirm.flow, "prepared": m.Words[0].flow, "again": m.Words[1].flow,
	} {
		if f.Rate <= 0 || f.P50 <= 0 || f.P99 < f.P50 {
			t.Errorf("%s: %+v", what, f)
		}
	}
	if one.RateRatio <= 0 || one.P99Ratio <= 0 || !m.Words[0].Prepared || m.Words[1].Own <= m.Words[0].Own || m.Words[1].Ratio <= 0 {
		t.Errorf("%+v", m)
	}
	r.refused(2, "bench", "votes", "--rounds", "0")
	r.refused(2, "bench", "votes", "--writers", "0")
	r.refused(1, "bench", "votes", "--dir", "nowhere")
}
