package hall_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/hall"
)

// record writes the meeting of the next test down as the one that every later
// build has to read (meeting/history_test.go). It is never used once a meeting
// has been held with this program.
var record = flag.Bool("record", false, "write the recorded meeting anew")

// Where the recorded meeting lies: as records, as what they lead to, and as the
// database.
const (
	recordedLines = "../../meeting/testdata/recorded.jsonl"
	recordedDump  = "../../meeting/testdata/recorded.dump"
	recordedFile  = "testdata/recorded.db"
)

// unsteady is a hall on a data file that is closed and opened again now and
// then: the scrutineers' keys are gone each time.
type unsteady struct {
	*hall.Hall
	t     *testing.T
	path  string
	shelf *bolt.Shelf
	room  *hall.Live
}

// opens opens the file, and closes it first if it was open.
func (u *unsteady) opens() {
	u.t.Helper()
	u.closes()
	var err error
	if u.shelf, err = bolt.Open(u.path); err != nil {
		u.t.Fatal(err)
	}
	log, err := u.shelf.Log(u.t.Context(), "b1")
	if err != nil {
		u.t.Fatal(err)
	}
	if u.room, err = store.OpenRoom(u.t.Context(), log, meeting.Machine{Open: hall.OpinionOpener(secret, "b1")}); err != nil {
		u.t.Fatal(err)
	}
	u.Hall = hall.New(u.room, secret, time.Now)
}

func (u *unsteady) closes() {
	if u.shelf == nil {
		return
	}
	u.Wipe()
	u.room.Close()
	if err := u.shelf.Close(); err != nil {
		u.t.Error(err)
	}
	u.shelf = nil
}

// Act restarts before the box is closed, and before the feedback.
func (u *unsteady) Act(ctx context.Context, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	switch c.(type) {
	case meeting.CloseBox, meeting.GiveFeedback:
		u.opens()
	}
	if p := meetingtest.Above(who); p != nil {
		return u.ActAbove(ctx, "", *p, c)
	}
	return u.Hall.Act(ctx, who, c)
}

// A whole meeting is held on a file, with restarts in the middle: what the file
// says in the end is what everybody saw.
func TestAWholeMeetingOutlivesRestarts(t *testing.T) {
	u := &unsteady{t: t, path: filepath.Join(t.TempDir(), "pingyi.db")}
	if s, err := bolt.Create(u.path); err != nil || s.Close() != nil {
		t.Fatal(err)
	}
	u.opens()
	t.Cleanup(u.closes)
	rules := meetingtest.Rules(t, "regulation-2018", func(r *preset.Rules) {
		r.Vote.Mass, r.Probationary.Graded, r.Announce = true, true, preset.AnnounceFull
	})
	meetingtest.New(t, u).Whole(rules, "认识深刻，措施要落实")
	seen := meetingtest.Dump(u.State())
	u.opens()
	if read := meetingtest.Dump(u.State()); read != seen {
		t.Errorf("the file leads to another state:\n%s\n%s", seen, read)
	}
	if *record {
		u.writesDown(seen)
	}
}

// writesDown writes the recorded meeting anew.
func (u *unsteady) writesDown(dump string) {
	u.t.Helper()
	log, err := u.shelf.Log(u.t.Context(), "b1")
	if err != nil {
		u.t.Fatal(err)
	}
	var lines bytes.Buffer
	out := json.NewEncoder(&lines)
	out.SetEscapeHTML(false)
	for b, err := range log.Read(u.t.Context(), 0) {
		if err != nil {
			u.t.Fatal(err)
		}
		r, err := store.Decode(b)
		if err != nil {
			u.t.Fatal(err)
		}
		line := struct {
			Body  json.RawMessage `json:"body"`
			Class string          `json:"class,omitempty"`
			Blob  []byte          `json:"blob,omitempty"`
		}{r.Body, r.Class, r.Blob}
		if err := out.Encode(line); err != nil {
			u.t.Fatal(err)
		}
	}
	u.closes()
	file, err := os.ReadFile(u.path)
	if err != nil {
		u.t.Fatal(err)
	}
	for name, text := range map[string][]byte{recordedLines: lines.Bytes(), recordedDump: []byte(dump), recordedFile: file} {
		if err := os.WriteFile(name, text, 0o644); err != nil { //nolint:gosec // a sample that everybody may read
			u.t.Fatal(err)
		}
	}
}

// The file of the recorded meeting opens in this build, and says what it said.
func TestTheRecordedFileIsReadable(t *testing.T) {
	file, err := os.ReadFile(recordedFile)
	if err != nil {
		t.Fatal(err)
	}
	u := &unsteady{t: t, path: filepath.Join(t.TempDir(), "pingyi.db")}
	if err := os.WriteFile(u.path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	u.opens()
	t.Cleanup(u.closes)
	want, err := os.ReadFile(recordedDump)
	if err != nil {
		t.Fatal(err)
	}
	if got := meetingtest.Dump(u.State()); got != string(want) {
		t.Errorf("the recorded file has become another meeting:\n%s", got)
	}
}
