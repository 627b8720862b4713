package main

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/ssh/robot"
	"pingyi/store/folder"
	"pingyi/store/hall"
)

// After the meeting of `host --sample --robots` the members and the superior do
// what waits for them, and leave to the secretary what is the secretary's.
func TestTheSampleGoesOnAfterItsMeeting(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	dir := t.TempDir() + "/data"
	if err := folder.Init(dir, "示范党总支", folder.Config{Preset: "vote-only-2024"}); err != nil {
		t.Fatal(err)
	}
	f, err := folder.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	h, err := foundSample(ctx, f, "sample1", 8)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{out: io.Discard, err: io.Discard}
	o, err := d.door(ctx, f, location{addr: "127.0.0.1:0"}, "", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer o.shut()
	serving := o.begin(ctx, stop)
	above, err := sampleAbove(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	chair := h.State().Chair()
	people, err := gather(ctx, f, h, o, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	people.follow(ctx, h, above, nil)
	if err := robot.Facilitate(ctx, people.server, robot.Chair{Code: people.codes[chair]}); err != nil {
		t.Fatal(err)
	}

	comesTo(ctx, t, h, "the others' register forms", func(s *meeting.State) bool { return len(s.NoRegister()) == 1 })
	if h.State().NoRegister()[0] != chair || len(h.State().Bundles) > 0 {
		t.Errorf("the secretary's part is done: %v", h.State().Bundles)
	}
	for _, c := range []meeting.Command{meetingtest.Writes("register", 0, "summary", "按时参加学习。"), meetingtest.Moves("register", 0, "submit", ""), meeting.Submit{}} {
		if _, err := h.Act(ctx, chair, c); err != nil {
			t.Fatal(err)
		}
	}
	comesTo(ctx, t, h, "the superior's decision", func(s *meeting.State) bool {
		b, _ := s.Bundle()
		return len(b.Returned()) == 1 && len(b.Waiting()) == 0
	})
	if err := serving.end(); err != nil {
		t.Error(err)
	}
	if err := people.wait(); err != nil {
		t.Error(err)
	}
}

// comesTo waits until a branch has come to something.
func comesTo(ctx context.Context, t *testing.T, h *hall.Hall, what string, done func(*meeting.State) bool) {
	t.Helper()
	moved, stop := h.Watch()
	defer stop()
	for !done(h.State()) {
		select {
		case <-moved:
		case <-ctx.Done():
			t.Fatalf("never comes to %s", what)
		}
	}
}
