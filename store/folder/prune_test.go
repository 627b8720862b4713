package folder_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/archive"
	"pingyi/store/folder"
	"pingyi/store/hall"
)

const members = 6

var (
	id   = meetingtest.ID
	code = meetingtest.Code
)

// house is a data folder with a branch whose meeting is over or not.
type house struct {
	t *testing.T
	*folder.Folder
}

func newHouse(t *testing.T) *house {
	t.Helper()
	dir := t.TempDir()
	if err := folder.Init(dir, "某党总支", folder.Config{Preset: "seed-2017"}); err != nil {
		t.Fatal(err)
	}
	h := &house{t: t}
	h.open(dir)
	if err := h.Found(t.Context(), "b1", "第一党支部"); err != nil {
		t.Fatal(err)
	}
	people := meetingtest.Members(members).Post(1, "书记")
	h.meeting().Does(meeting.Keeper, meeting.ImportRoster{People: people, Yes: true})
	return h
}

func (h *house) open(dir string) {
	h.t.Helper()
	f, err := folder.Open(dir)
	if err != nil {
		h.t.Fatal(err)
	}
	h.Folder = f
	h.t.Cleanup(func() { _ = f.Close() })
}

func (h *house) hall() *hall.Hall {
	h.t.Helper()
	one, err := h.Hall(h.t.Context(), "b1")
	if err != nil {
		h.t.Fatal(err)
	}
	return one
}

// meeting is the branch's, as the folder has it now.
func (h *house) meeting() *meetingtest.Meeting {
	h.t.Helper()
	return meetingtest.New(h.t, h.hall())
}

// votes holds the vote: everybody casts a ballot, the first one two.
func (h *house) votes() {
	h.t.Helper()
	m := h.meeting()
	m.Sits(preset.Ballot)
	m.Opened(id(3), id(4))
	for _, i := range []int{1, 2, 3, 4, 5, 6, 1} {
		m.Votes(id(i), meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{id(2): "合格"}})
	}
	m.Closes()
	m.Unseals(id(3), id(4))
}

// ends rates everybody, hands the table in and closes the meeting.
func (h *house) ends() {
	h.t.Helper()
	m := h.meeting()
	m.ComesTo(preset.Rating)
	m.Rates("合格")
	m.Does(id(1), meeting.Submit{Hands: m.State().RatingHands()})
	m.Ends()
}

// windows are 64 bytes out of each ciphertext of the branch.
func (h *house) windows() (list [][]byte) {
	h.t.Helper()
	for _, r := range h.records() {
		if len(r.Blob) > 64 {
			list = append(list, r.Blob[len(r.Blob)/2:][:64])
		}
	}
	return list
}

// found counts those of the windows that are in any file of the folder.
func (h *house) found(windows [][]byte) (n int) {
	h.t.Helper()
	files, err := filepath.Glob(filepath.Join(h.Dir, "*"))
	if err != nil {
		h.t.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, w := range windows {
			if bytes.Contains(b, w) {
				n++
			}
		}
	}
	return n
}

// After the superior's approval no ciphertext is left in the folder; results,
// receipts and the chain are.
func TestPruneAfterTheMeeting(t *testing.T) {
	h := newHouse(t)
	h.votes()
	if _, err := h.Prune(t.Context(), "b1", "批复〔2026〕1号", meeting.Classes()...); code(err) != meeting.NotOver {
		t.Fatalf("during the meeting: %v", err)
	}
	h.ends()
	if _, err := h.Prune(t.Context(), "b1", "", meeting.Classes()...); code(err) != meeting.TextMissing {
		t.Errorf("without a decision: %v", err)
	}
	windows := h.windows()
	if n := h.found(windows); n != members+1 {
		t.Fatalf("the search finds %d ciphertexts before", n)
	}
	before := h.hall().State().Vote()
	seq, _ := h.hall().Head()
	done, err := h.Prune(t.Context(), "b1", "批复〔2026〕1号", meeting.Classes()...)
	if err != nil || done.Removed != members+2 || // the ballots, and what was read of comments
		done.Records != seq+1 || len(done.Copies) != 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	if n := h.found(windows); n != 0 {
		t.Errorf("%d ciphertexts are left", n)
	}
	h.keeps(before, done)
	if _, err := h.Prune(t.Context(), "b1", "再来一次", meeting.Classes()...); code(err) != meeting.AlreadyPruned {
		t.Errorf("again: %v", err)
	}
	dir := h.Dir
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	h.open(dir)
	h.keeps(before, done)
}

// keeps checks what pruning must leave.
func (h *house) keeps(before *meeting.Vote, done folder.Pruned) {
	h.t.Helper()
	one := h.hall()
	if _, hash := one.Head(); hex.EncodeToString(hash[:]) != done.Head {
		h.t.Error("the head is another")
	}
	s := one.State()
	after := s.Vote()
	if s.Pruned[meeting.BallotBlob] != "批复〔2026〕1号" || len(after.Members().Ballots()) != 0 || after.Members().Returned.Len() != members {
		h.t.Errorf("pruned %v: %d ballots, %d slips", s.Pruned, len(after.Members().Ballots()), after.Members().Returned.Len())
	}
	if fmt.Sprint(after.Members().Sums, after.Board()) != fmt.Sprint(before.Members().Sums, before.Board()) {
		h.t.Error("the result or the receipts changed")
	}
}

// Who is in the meeting when it is pruned stays there, and nothing in memory
// keeps the ciphertexts. Each class goes on its own decision.
func TestALiveMeetingSurvivesPruning(t *testing.T) {
	h := newHouse(t)
	h.meeting().Does(id(2), meetingtest.Writes("outline", 0, "causes", "发言提纲"))
	h.votes()
	h.ends()
	one := h.hall()
	moved, stop := one.Watch()
	defer stop()
	again := func() {
		t.Helper()
		codes := meeting.IssueCodes{Hashes: map[meeting.MemberID]string{id(2): "abc"}}
		if _, err := one.ActOnce(t.Context(), "codes-1", meeting.Keeper, codes); err != nil {
			t.Fatal(err)
		}
	}
	again()
	if _, err := h.Prune(t.Context(), "b1", "批复〔2026〕1号", meeting.BallotBlob); err != nil {
		t.Fatal(err)
	}
	<-moved
	if h.hall() != one {
		t.Error("the hall is another")
	}
	for c := range one.State().Chronicle.Backward() {
		if f, cast := c.Fact.(meeting.BallotCast); cast && len(f.Ciphertext) > 0 {
			t.Error("a ciphertext is in memory")
		}
	}
	seq, _ := one.Head()
	again()
	if now, _ := one.Head(); now != seq {
		t.Error("what was done before is done twice")
	}
	if o, ok := one.State().OutlineOf(id(2)); !ok || o.Value("causes") != "发言提纲" {
		t.Errorf("an outline went with the ballots: %+v", o)
	}
	if _, err := h.Prune(t.Context(), "b1", "再来一次", meeting.BallotBlob); code(err) != meeting.AlreadyPruned {
		t.Errorf("again: %v", err)
	}
	if done, err := h.Prune(t.Context(), "b1", "批复〔2026〕2号", meeting.PrivateBlob); err != nil || done.Removed != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	if o, _ := one.State().OutlineOf(id(2)); o.Value("causes") != "" {
		t.Errorf("the outline is still in memory: %+v", o)
	}
}

// A crash between the decision and the removal leaves ciphertexts and a log that
// says pruned: the next call removes them, on the first decision.
func TestPruneGoesOnAfterACrash(t *testing.T) {
	h := newHouse(t)
	h.votes()
	h.ends()
	windows, before := h.windows(), h.hall().State().Vote()
	ctx, crash := context.WithCancel(t.Context())
	h.meeting().Does(meeting.Keeper, meeting.Prune{Approval: "批复〔2026〕1号", Classes: meeting.Classes()})
	crash()
	if _, err := h.Prune(ctx, "b1", "另一个", meeting.Classes()...); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if n := h.found(windows); n != members+1 {
		t.Fatalf("%d ciphertexts", n)
	}
	done, err := h.Prune(t.Context(), "b1", "另一个", meeting.Classes()...)
	if err != nil || h.found(windows) != 0 {
		t.Fatalf("%v, or ciphertexts are left", err)
	}
	h.keeps(before, done)
}

// Without the ballots the proofs of the scrutineers still hold the result: a log
// that was forged with all its hashes right is refused, and so is one that lost
// its ciphertexts without a decision.
func TestForgedPrunedLog(t *testing.T) {
	h := newHouse(t)
	h.votes()
	h.ends()
	kept := h.records()
	if _, err := h.Prune(t.Context(), "b1", "批复〔2026〕1号", meeting.Classes()...); err != nil {
		t.Fatal(err)
	}
	decision := h.records()[len(kept)].Body
	for what, c := range map[string]struct {
		bodies [][]byte // behind what was kept
		alter  func(body []byte) []byte
		wrong  string // code of the one failure; "" for none
	}{
		"as it is":    {bodies: [][]byte{decision}},
		"no decision": {wrong: "archive.box-missing"},
		"result":      {[][]byte{decision}, replace(`"sums":{"members":[[0,0,`, `"sums":{"members":[[0,1,`), "archive.sums-not-of-shares"},
		"ballots":     {[][]byte{decision}, recounted, "archive.sum-count-differs"},
	} {
		report := h.forged(kept, c.bodies, c.alter)
		if c.wrong == "" && (!report.OK || report.Checked.Pruned != members || len(report.Notes) != 1) {
			t.Errorf("%s: %+v", what, report)
		}
		if c.wrong != "" && (len(report.Failures) != 1 || !strings.Contains(report.Failures[0].Error(), c.wrong)) {
			t.Errorf("%s: %+v, want %s", what, report, c.wrong)
		}
	}
}

func replace(old, by string) func([]byte) []byte {
	return func(body []byte) []byte { return bytes.ReplaceAll(body, []byte(old), []byte(by)) }
}

// recounted says that there was a ballot less in the sums.
func recounted(body []byte) []byte {
	return regexp.MustCompile(`"tallies":{"members":"[^"]+`).ReplaceAllFunc(body, func(field []byte) []byte {
		field = bytes.TrimPrefix(field, []byte(`"tallies":{"members":"`))
		tally, err := base64.StdEncoding.AppendDecode(nil, field)
		if err != nil {
			panic(err)
		}
		tally = replace(`"num_tallied":6,"total_weight":6`, `"num_tallied":5,"total_weight":5`)(tally)
		return base64.StdEncoding.AppendEncode([]byte(`"tallies":{"members":"`), tally)
	})
}

// records are those of the branch.
func (h *house) records() (list []store.Record) {
	h.t.Helper()
	log, err := h.Log(h.t.Context(), "b1")
	if err != nil {
		h.t.Fatal(err)
	}
	for b, err := range log.Read(h.t.Context(), 0) {
		if err != nil {
			h.t.Fatal(err)
		}
		r, err := store.Decode(b)
		if err != nil {
			h.t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

// forged verifies a log of altered bodies and pruned blobs whose chain is right.
func (h *house) forged(records []store.Record, more [][]byte, alter func([]byte) []byte) *archive.Findings {
	h.t.Helper()
	for _, body := range more {
		records = append(slices.Clip(records), store.Record{Body: body})
	}
	log, err := store.NewMemory().Log(h.t.Context(), "b1")
	if err != nil {
		h.t.Fatal(err)
	}
	var chain store.Chain
	changed := alter == nil
	for i, r := range records {
		if alter != nil {
			body := alter(r.Body)
			changed = changed || !bytes.Equal(body, r.Body)
			r.Body = body
		}
		next := chain.Next(r.Body, r.Class, r.Blob)
		if err := chain.Add(next); err != nil {
			h.t.Fatal(err)
		}
		if _, err := log.Append(h.t.Context(), uint64(i), next.Prune().Encode()); err != nil {
			h.t.Fatal(err)
		}
	}
	if !changed {
		h.t.Fatal("the forger found nothing to change")
	}
	report, err := archive.VerifyLog(h.t.Context(), log)
	if err != nil {
		h.t.Fatal(err)
	}
	return report
}
