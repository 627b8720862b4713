package main

import (
	"context"
	"log/slog"
	"sync"

	"pingyi/meeting"
	"pingyi/store/folder"
	"pingyi/store/hall"
	"pingyi/tui"
)

// copying makes an automatic copy of the data folder when an item of a branch's
// meeting has ended. A rehearsal is in a hall of its own, which nobody follows.
type copying struct {
	folder *folder.Folder
	log    *slog.Logger

	mu     sync.Mutex // one copy at a time
	failed string     // why the newest copy was not made, "" if it was; guarded by said
	said   sync.Mutex
}

// stage is what an item's end changes.
type stage struct {
	phase   meeting.Phase
	current int
}

func stageOf(s *meeting.State) stage { return stage{s.Phase, s.Current} }

// follow copies at the ends of the items of a branch until ctx ends. Nobody in the
// meeting waits for it: where several items end during a copy, one more follows.
func (c *copying) follow(ctx context.Context, h *hall.Hall) {
	moved, stop := h.Watch()
	defer stop()
	for last := stageOf(h.State()); ; {
		if now := stageOf(h.State()); now != last {
			if last.phase == meeting.Live {
				c.copy(ctx, h.State().Branch.ID)
			}
			last = now
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return
		}
	}
}

// copy makes one copy. A failure is said in the log and to the console, and changes
// nothing else.
func (c *copying) copy(ctx context.Context, branch string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	path, err := c.folder.Copy(ctx)
	if ctx.Err() != nil {
		return // the server stops
	}
	why := ""
	if err != nil {
		why = tui.Chinese().Explain(err)
		c.log.Error("no automatic copy was made", "branch", branch, "why", why)
	} else {
		c.log.Info("an item has ended", "branch", branch, "copy", path)
	}
	c.said.Lock()
	defer c.said.Unlock()
	c.failed = why
}

// failure is why the newest copy was not made, "" if it was or none was needed.
func (c *copying) failure() string {
	c.said.Lock()
	defer c.said.Unlock()
	return c.failed
}
