//go:build linux || darwin

package meeting_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/storetest"
)

// Anybody tries anything, as in TestAnybodyMayTryAnything, in a meeting on a disk:
// between the commands and in the middle of them the process is killed, the power
// is cut, the disk is full, or somebody takes the file away for a while. State,
// events and refusals are those of the meeting in memory, which knows nothing of
// all this. More than 100 meetings: go test -run Mishaps -rapid.checks=1000.
func TestAMeetingOutlivesMishaps(t *testing.T) {
	if !storetest.Alone(t) {
		return
	}
	had := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		d := rapidDice{rt}
		p := newPlay(rt, d)
		w := newTwin(rt, d, p.log, had)
		p.room.Door = w
		for range 10 + d.pick(40) {
			p.turn(d)
		}
		w.agrees("at the end")
	})
	t.Log(had)
}

// twin is a meeting in memory and the same one on a disk.
type twin struct {
	*log
	rt    *rapid.T
	dice  dice
	had   map[string]int // mishaps
	path  string
	shelf *bolt.Shelf
	room  *store.Room[*meeting.State, meeting.Request, meeting.Event]
	asked int
}

// newTwin writes what has happened in memory to a new file.
func newTwin(rt *rapid.T, d dice, l *log, had map[string]int) *twin {
	rt.Helper()
	w := &twin{log: l, rt: rt, dice: d, had: had}
	dir, err := os.MkdirTemp("", "twin")
	if err != nil {
		rt.Fatal(err)
	}
	rt.Cleanup(func() { w.closes(); os.RemoveAll(dir) })
	w.path = filepath.Join(dir, "db")
	if w.shelf, err = bolt.Create(w.path); err != nil {
		rt.Fatal(err)
	}
	out, err := w.shelf.Log(context.Background(), "b1")
	if err != nil {
		rt.Fatal(err)
	}
	var chain store.Chain
	for _, c := range l.State().Chronicle.Forward() {
		body, class, blob, err := meeting.Encode(c.Event)
		rec := chain.Next(body, string(class), blob)
		if err = errors.Join(err, chain.Add(rec)); err == nil {
			_, err = out.Append(context.Background(), rec.Seq-1, rec.Encode())
		}
		if err != nil {
			rt.Fatal(err)
		}
	}
	w.enters()
	return w
}

// enters opens the room of the open shelf.
func (w *twin) enters() {
	w.rt.Helper()
	l, err := w.shelf.Log(context.Background(), "b1")
	if err == nil {
		w.room, err = store.OpenRoom(context.Background(), l, meeting.Machine{Open: meetingtest.Plainly})
	}
	if err != nil {
		w.rt.Fatal(err)
	}
}

func (w *twin) closes() {
	if w.room != nil {
		w.room.Close()
	}
	_ = w.shelf.Close()
}

// restarts goes on with a file of these bytes, as a new process does.
func (w *twin) restarts(left []byte) {
	w.rt.Helper()
	w.closes()
	err := os.WriteFile(w.path, left, 0o600)
	if err == nil {
		w.shelf, err = bolt.Open(w.path)
	}
	if err != nil || w.shelf.Repaired() != nil {
		w.rt.Fatal(err, w.shelf.Repaired())
	}
	w.enters()
}

// file returns the bytes of the file.
func (w *twin) file() []byte {
	w.rt.Helper()
	b, err := os.ReadFile(w.path)
	if err != nil {
		w.rt.Fatal(err)
	}
	return b
}

// Do has a request done twice: in memory, and on the disk, where it may meet a
// mishap and is then sent again under its id.
func (w *twin) Do(ctx context.Context, r meeting.Request) ([]meeting.Event, error) {
	w.rt.Helper()
	w.asked++
	if r.ID == "" {
		r.ID = meeting.RequestID(fmt.Sprint("request ", w.asked))
	}
	w.mishap(ctx, r)
	want, no := w.log.Do(ctx, r)
	got, err := w.room.Do(ctx, r)
	same(w.rt, fmt.Sprintf("%T on the disk", r.Do), fmt.Sprint(refused(err)), fmt.Sprint(refused(no)))
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) || !bytes.Equal(body(w.rt, want[i]), body(w.rt, got[i])) {
			w.rt.Fatalf("%T: %d and %d events, another at %d", r.Do, len(want), len(got), i)
		}
	}
	return want, no
}

func body(t meetingtest.TB, e meeting.Event) []byte {
	body, _, blob, err := meeting.Encode(e)
	return append(must(t, body, err), blob...)
}

// refused is a refusal with its arguments, or an error as it is.
func refused(err error) any {
	var no *meeting.Refusal
	if errors.As(err, &no) {
		return *no
	}
	return err
}

// agrees fails the test unless both are in the same state.
func (w *twin) agrees(when string) {
	w.rt.Helper()
	if disk, memory := meetingtest.Dump(w.room.State()), meetingtest.Dump(w.State()); disk != memory {
		w.rt.Fatalf("%s the disk leads to another state:\n%s\n%s", when, disk, memory)
	}
}

// mishap has something happen before a request, or to it.
func (w *twin) mishap(ctx context.Context, r meeting.Request) {
	w.rt.Helper()
	what := oneOf(w.dice, "", "", "", "", "", "", "killed", "cut", "full", "taken")
	if _, unsigned := r.Do.(meeting.HandInOpinion); unsigned && (what == "cut" || what == "full") {
		return // it has no id by which it could be sent again
	}
	switch what {
	case "":
		return
	case "killed":
		w.restarts(w.file())
	case "cut":
		w.cut(ctx, r)
	case "full":
		storetest.FullDisk(w.rt, 4096*uint64(1+w.dice.pick(99)), func() { w.meets(ctx, r, what) })
	case "taken":
		away := w.path + ".away"
		if err := os.Rename(w.path, away); err != nil {
			w.rt.Fatal(err)
		}
		w.meets(ctx, r, what)
		if err := os.Rename(away, w.path); err != nil {
			w.rt.Fatal(err)
		}
	}
	w.had[what]++
	w.shelf.Look()
	if why := w.shelf.Look().Why; why != nil {
		w.rt.Fatalf("after %s it does not go on: %v", what, why)
	}
}

// meets sends a request that may meet a mishap. What is refused, by the rules or
// because nothing is recorded, has changed nothing.
func (w *twin) meets(ctx context.Context, r meeting.Request, what string) {
	w.rt.Helper()
	var no *meeting.Refusal
	switch _, err := w.room.Do(ctx, r); {
	case errors.As(err, &no), errors.Is(err, bolt.ErrNotRecorded):
		w.agrees(what)
	case errors.Is(err, bolt.ErrDisk):
		w.had["unknown"]++
	case err != nil:
		w.rt.Fatalf("%s: %T: %v", what, r.Do, err)
	}
}

// cut sends a request, but the power is cut before somebody hears of it: of the
// pages that were written some are on the disk, and the page that makes them
// count is not. The meeting is where it was, or a request further if all of it
// came to the disk.
func (w *twin) cut(ctx context.Context, r meeting.Request) {
	w.rt.Helper()
	left := w.file()
	_, _ = w.room.Do(ctx, r)
	after := w.file()
	const page = 4096
	for at := 2 * page; at < len(after); at += page {
		if w.dice.pick(3) == 0 {
			continue
		}
		if grown := at + page - len(left); grown > 0 {
			left = append(left, make([]byte, grown)...)
		}
		copy(left[at:at+page], after[at:])
	}
	w.restarts(left)
}
