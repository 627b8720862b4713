package main

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store/folder"
)

// The sample branch of every preset comes with its two weeks before: nothing holds
// its meeting up, and something waits for the secretary, a member and the
// superior still.
func TestTheSampleComesWithItsTwoWeeksBefore(t *testing.T) {
	for _, p := range preset.IDs() {
		dir := t.TempDir() + "/data"
		if err := folder.Init(dir, "示范党总支", folder.Config{Preset: p}); err != nil {
			t.Fatal(err)
		}
		f, err := folder.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		h, err := foundSample(t.Context(), f, "sample1", sampleMembers)
		if err != nil {
			t.Errorf("%s: %v", p, err)
			continue
		}
		s, today := h.State(), h.Now().Format(time.DateOnly)
		for _, g := range s.Readiness(today) {
			if g.Level == preset.Red {
				t.Errorf("%s: %s holds the meeting up: %s %v", p, g.Gate, g.Code, g.Args)
			}
		}
		for _, who := range []meeting.MemberID{s.Chair(), "m05"} {
			for _, task := range s.Tasks(who, today, nil) {
				if task.Level == preset.Red {
					t.Errorf("%s: %s is late: %s", p, who, task.Code)
				}
			}
		}
		if s.Rules.Has("outline") && len(s.Tasks("m05", today, nil)) == 0 {
			t.Errorf("%s: nothing waits for a member", p)
		}
		if s.Rules.Has("selfcheck") && s.Phase == meeting.Before && len(s.Tasks(s.Chair(), today, nil)) == 0 {
			t.Errorf("%s: nothing waits for the secretary", p)
		}
		code, err := sampleAbove(t.Context(), f)
		again, err2 := sampleAbove(t.Context(), f)
		if err != nil || err2 != nil || code == "" || code == again {
			t.Errorf("%s: the superior's codes %q %q: %v %v", p, code, again, err, err2)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
