package hall_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/hall"
)

// suggested is an opinion without a name on 班子.
func suggested(text string) meeting.HandInOpinion {
	return meeting.HandInOpinion{Values: map[string]string{"about": meeting.AboutCommittee, "text": text}}
}

// onFile is a branch of seven whose records stand in a data file, and the bytes
// of that file as somebody copies it.
func onFile(t *testing.T) (h *house, copied func() []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pingyi.db")
	shelf, err := bolt.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = shelf.Close() })
	log, err := shelf.Log(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	return newHouseOn(t, log, people(7), nil), func() []byte {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
}

// tells reports whether a text stands in a file, plainly or in an encoding that
// a program would use.
func tells(file []byte, text string) bool {
	quoted, _ := json.Marshal(text) // a text always can be written
	for _, form := range [][]byte{[]byte(text), bytes.Trim(quoted, `"`), []byte(fmt.Sprintf("%+q", text))[1:10], []byte(hex.EncodeToString([]byte(text)))} {
		if bytes.Contains(file, form) {
			return true
		}
	}
	for shift := range 3 { // where the text begins within three bytes
		code := base64.StdEncoding.EncodeToString(append(bytes.Repeat([]byte{'x'}, shift), text...))
		if bytes.Contains(file, []byte(code[4:len(code)-4])) {
			return true
		}
	}
	return false
}

// A copy of the database after each entry, without the secret, tells neither what
// was written nor who has. The control stores the text plainly, and is found.
func TestTheFileTellsNothingOfAnOpinionWithoutAName(t *testing.T) {
	h, copied := onFile(t)
	const canary = "金丝雀在七号楼唱歌，食堂的菜太贵了"
	for i := 1; i <= 7; i++ {
		before := h.records()
		if _, err := h.ActOnce(t.Context(), meeting.RequestID(fmt.Sprint("request-", i)), id(i), suggested(fmt.Sprint(canary, i))); err != nil {
			t.Fatal(err)
		}
		file := copied()
		if tells(file, canary) || bytes.Contains(file, []byte("request-")) {
			t.Fatalf("after entry %d the file tells the text or the request", i)
		}
		now := h.records()
		var e, last struct {
			ID, By, Kind string
			At           time.Time
			Fact         json.RawMessage
		}
		if json.Unmarshal(now[len(now)-1].Body, &e) != nil || json.Unmarshal(before[len(before)-1].Body, &last) != nil || len(now) != len(before)+1 {
			t.Fatal("an entry is no record")
		}
		if e.Kind != "opinion-handed-in" || e.ID != "" || e.By != "" || !e.At.Equal(last.At) || string(e.Fact) != "{}" || len(now[len(now)-1].Blob) != 1024 {
			t.Errorf("the record is %s with %d bytes", now[len(now)-1].Body, len(now[len(now)-1].Blob))
		}
	}
	if _, err := h.Act(t.Context(), h.Chair(), meetingtest.Writes("opinion", 0, "about", "班子", "text", canary)); err != nil {
		t.Fatal(err)
	}
	if !tells(copied(), canary) {
		t.Error("the control stores the text plainly and is not found")
	}
}

// The records are the same whoever hands an opinion in.
func TestTheRecordOfAnOpinionIsTheSameWhoeverHandsItIn(t *testing.T) {
	var want [][]byte
	for _, who := range []meeting.MemberID{id(2), id(6)} {
		h := newHouse(t, 7)
		h.DrawsFrom(bytes.NewReader(bytes.Repeat([]byte("0123456789abcdef"), 4)))
		if _, err := h.Act(t.Context(), who, suggested("食堂")); err != nil {
			t.Fatal(err)
		}
		records := h.records()
		last := records[len(records)-1]
		body, _, _ := bytes.Cut(last.Body, []byte(`"at":`)) // the time is that of the record before, which differs
		got := [][]byte{body, last.Blob}
		if want != nil && !slices.EqualFunc(got, want, bytes.Equal) {
			t.Errorf("%s's record differs", who)
		}
		want = got
	}
}

func TestTwoEqualOpinionsDiffer(t *testing.T) {
	h := newHouse(t, 7)
	for i := 1; i <= 2; i++ {
		if _, err := h.Act(t.Context(), id(3), suggested("食堂")); err != nil {
			t.Fatal(err)
		}
	}
	records := h.records()
	a, b := records[len(records)-2].Blob, records[len(records)-1].Blob
	for i := 0; i+16 <= len(a); i += 16 {
		if bytes.Contains(b, a[i:i+16]) {
			t.Fatalf("both have the bytes from %d on", i)
		}
	}
}

// In which order opinions came cannot be read from what is shown: over many
// branches each place is taken by each entry. What was shown stays in its order,
// also after a restart; without the secret nothing is shown.
func TestTheOrderOfOpinionsTellsNothing(t *testing.T) {
	var first, last [5]int
	for range 60 {
		h := newHouse(t, 7)
		for i := 1; i <= 5; i++ {
			if _, err := h.Act(t.Context(), id(i), suggested(fmt.Sprint(i))); err != nil {
				t.Fatal(err)
			}
		}
		shown := h.State().Records(h.Chair(), "opinion")
		if len(shown) != 5 {
			t.Fatalf("%d are shown", len(shown))
		}
		for place, r := range shown {
			switch r.Value("text") {
			case "1":
				first[place]++
			case "5":
				last[place]++
			}
		}
		h.restart()
		again := h.State().Records(h.Chair(), "opinion")
		if !slices.EqualFunc(shown, again, func(a, b meeting.Record) bool { return a.No == b.No && a.Value("text") == b.Value("text") }) {
			t.Fatal("after a restart the order is another")
		}
	}
	for place := range first { // 12 each are expected; none at all happens once in 100,000
		if first[place] == 0 || last[place] == 0 {
			t.Errorf("the first is shown at place %d %d times, the last %d times", place, first[place], last[place])
		}
	}
}

func TestWithoutTheSecretOpinionsStaySealed(t *testing.T) {
	h := newHouse(t, 7)
	for i := 1; i <= 5; i++ {
		if _, err := h.Act(t.Context(), id(i), suggested(strings.Repeat("意", i))); err != nil {
			t.Fatal(err)
		}
	}
	for name, open := range map[string]meeting.OpenBox{"none": nil, "another": hall.OpinionOpener([]byte("another secret of 32 bytes or so"), "b1"), "another branch": hall.OpinionOpener(secret, "b2")} {
		room, err := store.OpenRoom(t.Context(), h.log, meeting.Machine{Open: open})
		if err != nil {
			t.Fatal(err)
		}
		if list := room.State().Records(h.Chair(), "opinion"); len(list) != 0 || room.State().RawOpinions() != 5 {
			t.Errorf("with %s %d are read", name, len(list))
		}
		room.Close()
	}
}
