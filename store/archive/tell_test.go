package archive_test

import (
	"bytes"
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/store"
	"pingyi/store/archive"
	"pingyi/store/storetest"
)

// What a room has folded is not folded again for its papers, and they are those that
// the log alone gives, whatever the room could open.
func TestPapersOfAStateAreThoseOfItsLog(t *testing.T) {
	a, _ := held(t)
	log := storetest.Once(a.log)
	state, files := toldBy(t, a.log, log)
	if len(files) != len(a.files) {
		t.Fatalf("%d files, not %d", len(files), len(a.files))
	}
	for _, f := range files {
		if !bytes.Equal(f.Data, a.files[f.Name]) {
			t.Errorf("%s differs", f.Name)
		}
	}
	if _, err := archive.Make(t.Context(), log, archive.Press{}); err == nil {
		t.Fatal("the log could be folded twice: nothing would be seen here")
	}
	told, err := archive.Tell(t.Context(), log, state)
	if err != nil {
		t.Fatalf("it was folded again: %v", err)
	}
	if _, err := told.Files(archive.Press{}); err != nil {
		t.Error(err)
	}
}

// Records that came after the state are in none of its papers; a log that is shorter
// than the state is another one.
func TestPapersOfAStateKnowNothingLater(t *testing.T) {
	a, _ := held(t)
	var all [][]byte
	for data, err := range a.log.Read(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data)
	}
	first := func(n int) store.Log {
		log, err := store.NewMemory().Log(t.Context(), "b1")
		if err != nil {
			t.Fatal(err)
		}
		after := uint64(0)
		for some := range slices.Chunk(all[:n], 10) {
			if after, err = log.Append(t.Context(), after, some...); err != nil {
				t.Fatal(err)
			}
		}
		return log
	}
	short := first(len(all) / 2)
	state, got := toldBy(t, a.log, short)
	want := made(t, short)
	for _, f := range got {
		if !bytes.Equal(f.Data, want[f.Name]) {
			t.Errorf("%s knows what came later", f.Name)
		}
	}
	if _, err := archive.Tell(t.Context(), first(3), state); err == nil {
		t.Error("the papers of a log that has not got them")
	}
}

// toldBy returns the papers of a log by the room that has folded another.
func toldBy(t *testing.T, log, folded store.Log) (*meeting.State, []archive.File) {
	t.Helper()
	room, err := store.OpenRoom(t.Context(), folded, meeting.Machine{Open: meetingtest.Plainly})
	if err != nil {
		t.Fatal(err)
	}
	defer room.Close()
	told, err := archive.Tell(t.Context(), log, room.State())
	if err != nil {
		t.Fatal(err)
	}
	files, err := told.Files(archive.Press{})
	if err != nil {
		t.Fatal(err)
	}
	return room.State(), files
}
