package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A rehearsal on the real server: no record, no paper and no restart knows of
// it, and the meeting afterwards goes on as if there had been none.
func TestNothingIsLeftOfARehearsal(t *testing.T) {
	r := newRig(t, sampleRoster(4))
	r.serve()
	r.say("m02", 0, "", "signin")
	log := r.pingyi(0, "log", "--branch", "b1")
	r.say("m01", 0, "", "rehearse")
	r.say("m02", 0, `{"t1":"优秀","t2":"合格"}`, "vote")
	r.say("m03", 0, `{"t1":"不合格"}`, "vote")
	during := r.pingyi(0, "log", "--branch", "b1")
	r.pingyi(0, "papers", "--branch", "b1", "-o", "during")
	r.pingyi(0, "verify", "--branch", "b1")
	r.say("m01", 0, "", "rehearse close")
	r.say("m02", 0, "", "peek")
	if after := r.pingyi(0, "log", "--branch", "b1"); after != log || during != log {
		t.Errorf("the log has grown:\n%s", after)
	}
	r.kill()
	r.serve()
	if s := r.status("m01"); s.Phase != "before" || s.Attendance.Present != 1 || s.Vote.State != "none" {
		t.Errorf("after a crash: %+v", s)
	}
	if after := r.pingyi(0, "log", "--branch", "b1"); after != log {
		t.Errorf("the log has changed:\n%s", after)
	}
	r.say("m01", 0, "", "rehearse")
	r.say("m01", 0, "", "next --reason 没有准备")
	r.say("m01", 1, "", "rehearse")
	var s struct{ Rehearsal bool }
	r.json(r.say("m02", 0, "", "status --json"), &s)
	if s.Rehearsal || r.status("m02").Phase != "meeting" {
		t.Error("the meeting has not begun")
	}
	r.pingyi(0, "papers", "--branch", "b1", "-o", "later")
	for _, dir := range []string{"during", "later"} {
		r.tellsNoRehearsal(filepath.Join(r.dir, dir))
	}
	r.tellsNoRehearsal(filepath.Join(r.dir, "data"))
}

// tellsNoRehearsal looks into every file of a folder.
func (r *rig) tellsNoRehearsal(dir string) {
	r.t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil || len(files) == 0 {
		r.t.Fatalf("%s is empty: %v", dir, err)
	}
	escaped, err := json.Marshal("预演")
	if err != nil {
		r.t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil && f.Type().IsRegular() {
			r.t.Fatal(err)
		}
		for _, trace := range []string{"预演", "西红柿", "rehears", string(escaped)} {
			if strings.Contains(string(text), trace) {
				r.t.Errorf("%s tells %q", f.Name(), trace)
			}
		}
	}
}
