package main

import (
	"context"
	"path/filepath"
	"sync"
	"sync/atomic"

	"pingyi/meeting"
	"pingyi/store/archive"
	"pingyi/store/folder"
	"pingyi/store/hall"
	"pingyi/tui"
)

// filing writes the papers of a meeting when it ends, not only when its server
// stops: people look for them at once.
type filing struct {
	waiting sync.WaitGroup
	where   atomic.Pointer[string]
}

// files begins to wait for the end of a branch's meeting, and then writes its
// papers once. Those of a meeting that has ended before are written at once.
func (d *desk) files(ctx context.Context, f *folder.Folder, h *hall.Hall) *filing {
	w := &filing{}
	moved, stop := h.Watch()
	w.waiting.Go(func() {
		defer stop()
		for h.State().Phase != meeting.After {
			select {
			case <-moved:
			case <-ctx.Done():
				return
			}
		}
		text, err := writePapers(ctx, f, h.State().Branch.ID)
		if err != nil {
			text = "材料没有写成：" + tui.Chinese().Explain(err)
		}
		w.where.Store(&text)
	})
	return w
}

// said is where the papers are, or why they are not there; "" before the meeting
// has ended.
func (w *filing) said() string {
	if text := w.where.Load(); text != nil {
		return *text
	}
	return ""
}

// writePapers writes the papers of a branch beside its data and says where they
// are.
func writePapers(ctx context.Context, f *folder.Folder, branch string) (string, error) {
	files, err := makePapers(ctx, f, branch)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(f.Dir, "papers", branch)
	if err := archive.Write(dir, files); err != nil {
		return "", err
	}
	return "材料在 " + dir, nil
}
