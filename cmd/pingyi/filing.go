package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"pingyi/meeting"
	"pingyi/store/archive"
	"pingyi/store/folder"
	"pingyi/store/hall"
	"pingyi/tui"
)

// filing writes the papers of a branch when its meeting ends, and again after every
// later step, not only when the server stops: people look for them at once.
type filing struct {
	folder  *folder.Folder
	log     *slog.Logger // says where they are, for whom has no console here
	waiting sync.WaitGroup
	writing sync.Mutex    // one branch after the other
	breath  time.Duration // the least time between two writings of a branch's papers
	pulse   time.Duration // how often it looks for what other servers have begun
	begun   chan struct{} // has a value when a branch, or the next year of one, has begun
	copying *copying      // follows the same branches

	mu    sync.Mutex
	where map[string]string   // by branch
	known map[*hall.Hall]bool // those that are followed
}

func newFiling(f *folder.Folder, log *slog.Logger) *filing {
	return &filing{
		folder: f, log: log, breath: 5 * time.Second, pulse: 5 * time.Second, begun: make(chan struct{}, 1), where: map[string]string{}, known: map[*hall.Hall]bool{},
		copying: &copying{folder: f, log: log},
	}
}

// followAll follows every branch of the folder.
func (w *filing) followAll(ctx context.Context) error {
	halls, err := w.folder.Halls(ctx)
	for _, h := range halls {
		w.follow(ctx, h)
	}
	if err == nil && w.folder.Config.Etcd != nil {
		w.waiting.Go(func() { w.followOthers(ctx) })
	}
	return err
}

// followOthers follows the branches and years that other servers begin.
func (w *filing) followOthers(ctx context.Context) {
	pulse := time.NewTicker(w.pulse)
	defer pulse.Stop()
	for {
		select {
		case <-pulse.C:
		case <-ctx.Done():
			return
		}
		halls, _ := w.folder.Halls(ctx) // what cannot be read now is looked at again
		for _, h := range halls {
			if w.follow(ctx, h) {
				w.begins()
			}
		}
	}
}

// begins tells the console that a branch, or the next year of one, has begun.
func (w *filing) begins() {
	select {
	case w.begun <- struct{}{}:
	default: // nobody has looked since the last one
	}
}

// follow begins to wait for the end of a branch's meeting, and then writes its
// papers whenever they have changed. Those of a meeting that has ended before are
// written at once. It returns false for one that is followed already.
func (w *filing) follow(ctx context.Context, h *hall.Hall) (first bool) {
	w.mu.Lock()
	first = !w.known[h]
	w.known[h] = true
	w.mu.Unlock()
	if !first {
		return false
	}
	w.waiting.Go(func() { w.copying.follow(ctx, h) })
	moved, stop := h.Watch()
	w.waiting.Go(func() {
		defer stop()
		for last := 0; ; { // the number of the event that was written last
			s := h.State()
			due := s.Phase == meeting.After && s.Filed().N != last
			if due {
				w.write(context.WithoutCancel(ctx), s) // what is begun is finished
				last = s.Filed().N
			}
			if ctx.Err() != nil && !due {
				return
			}
			rest := time.After(w.breath)
			select {
			case <-moved:
			case <-ctx.Done():
				continue
			}
			if due {
				select {
				case <-rest:
				case <-ctx.Done():
				}
			}
		}
	})
	return true
}

func (w *filing) write(ctx context.Context, s *meeting.State) {
	w.writing.Lock()
	defer w.writing.Unlock()
	branch := s.Branch.ID
	text, err := writePapers(ctx, w.folder, branch+"@"+strconv.Itoa(s.Rules.Year)) // the next year may have begun
	if err != nil {
		text = "材料没有写成：" + tui.Chinese().Explain(err)
	}
	w.mu.Lock()
	w.where[branch] = text
	w.mu.Unlock()
	w.log.Info("the meeting is over", "branch", branch, "papers", text)
}

// follows has the server that does this verb follow a branch that has begun.
func (d *desk) follows(ctx context.Context, f *folder.Folder, branch string) error {
	if d.filing == nil {
		return nil
	}
	h, err := f.Hall(ctx, branch)
	if err != nil {
		return err
	}
	d.filing.follow(d.life, h)
	d.filing.begins()
	return nil
}

// said is where the papers of a branch are, or why they are not there; "" before
// its meeting has ended.
func (w *filing) said(branch string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.where[branch]
}

// writePapers writes the papers of a branch beside its data and says where they
// are.
func writePapers(ctx context.Context, f *folder.Folder, branch string) (string, error) {
	told, err := storyOf(ctx, f, branch)
	if err != nil {
		return "", err
	}
	files, err := told.Files(archive.Press{})
	if err != nil {
		return "", err
	}
	s := told.State
	name := s.Branch.ID
	if len(s.Earlier) > 0 { // the papers of the years before stay where they are
		year := strconv.Itoa(s.Rules.Year)
		branches, err := f.Branches(ctx)
		if err != nil {
			return "", err
		}
		if name += "-" + year; slices.Contains(branches, name) { // these are another branch's
			name = s.Branch.ID + "@" + year
		}
	}
	dir := filepath.Join(f.Dir, "papers", name)
	if err := archive.Write(ctx, dir, files); err != nil {
		return "", err
	}
	return "材料在 " + dir, nil
}
