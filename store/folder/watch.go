package folder

import (
	"context"
	"fmt"
	"time"

	"pingyi/store"
)

// lowSpace is how many bytes should be free on the disk of a server.
const lowSpace = 200 << 20

// Watch looks after the database every second until ctx ends. Every room tells what is wrong ([store.Room.Stale]); say is called when that
// begins, becomes something else, and, with the zero Trouble, when it is over.
func (f *Folder) Watch(ctx context.Context, say func(store.Trouble)) {
	pulse := time.NewTicker(time.Second)
	defer pulse.Stop()
	for last := (store.Trouble{}); ; {
		var t store.Trouble
		select {
		case <-ctx.Done():
			return
		case <-f.shelf.Moved():
			t = f.shelf.Trouble()
		case <-pulse.C:
			t = f.shelf.Look()
		}
		if t.Why != nil {
			t.Why = store.ErrStopped.By(t.Why)
		} else if free, known := FreeSpace(f.Dir); known && f.Config.Etcd == nil {
			t.Why = tight(free)
		}
		if fmt.Sprint(t.Why) != fmt.Sprint(last.Why) {
			if t.Why != nil && t.Since.IsZero() {
				t.Since = time.Now()
			}
			last = t
			say(t)
			f.tell(t)
		}
	}
}

// tight returns what is to be said of so much free space, nil for enough.
func tight(free uint64) error {
	if free >= lowSpace {
		return nil
	}
	return store.ErrLow.Of(free >> 20)
}

// tell has every room tell a trouble, also those that are opened later.
func (f *Folder) tell(t store.Trouble) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.trouble = t
	for _, o := range f.halls {
		o.room.Ails(t)
	}
	if f.org != nil {
		f.org.Ails(t)
	}
}
