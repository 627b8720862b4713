package folder_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"pingyi/meeting"
	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/folder"
)

// Every room says that the database was taken away, also one that is opened then, and that it is back.
func TestRoomsSayWhatTheDatabaseIsIn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := folder.Init(dir, "某党总支", folder.Config{Preset: "seed-2017"}); err != nil {
		t.Fatal(err)
	}
	f, err := folder.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Found(t.Context(), "b1", "第一党支部"); err != nil {
		t.Fatal(err)
	}
	h, err := f.Hall(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	said := make(chan store.Trouble)
	var watching sync.WaitGroup
	watching.Go(func() { f.Watch(ctx, func(t store.Trouble) { said <- t }) })
	defer watching.Wait()
	defer end()
	moved, stop := h.Watch()
	defer stop()
	file := filepath.Join(f.Dir, "pingyi.db")
	if err := os.Rename(file, file+".away"); err != nil {
		t.Fatal(err)
	}
	news := <-said
	<-moved
	if since, why := h.Stale(); !errors.Is(why, store.ErrStopped) || !errors.Is(why, bolt.ErrGone) || since.IsZero() || !errors.Is(news.Why, bolt.ErrGone) {
		t.Errorf("the room says %v since %v, the watch %v", why, since, news.Why)
	}
	if _, err := h.Act(t.Context(), meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{{ID: "m01", Name: "党员01", Kind: meeting.Formal}}}); !errors.Is(err, bolt.ErrNotRecorded) {
		t.Errorf("%v, want ErrNotRecorded", err)
	}
	above, err := f.Organisation(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, why := above.Stale(); !errors.Is(why, bolt.ErrGone) {
		t.Errorf("the superior's room says %v", why)
	}
	if err := os.Rename(file+".away", file); err != nil {
		t.Fatal(err)
	}
	if news := <-said; news.Why != nil {
		t.Errorf("still %v", news.Why)
	}
	<-moved
	if _, why := h.Stale(); why != nil {
		t.Errorf("still %v", why)
	}
}
