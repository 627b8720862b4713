package hall_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/store"
)

// head is what stands before the answers in a stored ballot in Ed25519: the
// length of the ballot, a version, the credential and the signature.
const head = 4 + 1 + 32 + 64

// chosenByTwo is what m02 chose, and nobody else.
var chosenByTwo = map[meeting.MemberID]meeting.Grade{
	id(1): "不合格", id(3): "优秀", id(4): "基本合格", id(5): "合格", id(6): "优秀", id(7): "合格",
}

// castBySeven is a branch whose seven members voted: m02 with a choice of their
// own, m07 abstaining everywhere.
func castBySeven(t *testing.T) *house {
	t.Helper()
	h := newHouse(t, 7)
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	for i := 1; i <= 7; i++ {
		c := one(id(1), "优秀")
		switch i {
		case 2:
			c.Grades = chosenByTwo
		case 7:
			c = meeting.Choices{}
		}
		h.Votes(id(i), c)
	}
	return h
}

// castRecord is a ballot's record while somebody changes it.
type castRecord struct {
	by   meeting.MemberID
	fact map[string]any
	blob []byte
}

// rewritten is the house after somebody wrote to the stopped server's database:
// change is given every ballot, and the log is chained anew.
func (h *house) rewritten(change func(c *castRecord)) *house {
	h.t.Helper()
	log, err := store.NewMemory().Log(h.t.Context(), "b1")
	if err != nil {
		h.t.Fatal(err)
	}
	var chain store.Chain
	for _, r := range h.records() {
		body, blob := r.Body, r.Blob
		switch {
		case r.Class == string(meeting.BallotBlob):
			body, blob = rewrite(h.t, r, change)
		case bytes.Contains(body, []byte(`"closing-noted"`)): // the new chain's own
			body, _ = rewrite(h.t, r, func(c *castRecord) {
				seq, hash := chain.Head()
				c.fact["seq"], c.fact["hash"] = seq, hex.EncodeToString(hash[:])
			})
		}
		next := chain.Next(body, r.Class, blob)
		if err := chain.Add(next); err != nil {
			h.t.Fatal(err)
		}
		if _, err := log.Append(h.t.Context(), next.Seq-1, next.Encode()); err != nil {
			h.t.Fatal(err)
		}
	}
	again := &house{Meeting: meetingtest.New(h.t, nil), t: h.t, log: log}
	again.restart()
	return again
}

func rewrite(t testing.TB, r store.Record, change func(c *castRecord)) (body, blob []byte) {
	t.Helper()
	var stored map[string]any
	if err := json.Unmarshal(r.Body, &stored); err != nil {
		t.Fatal(err)
	}
	c := castRecord{by: meeting.MemberID(stored["by"].(string)), fact: stored["fact"].(map[string]any), blob: bytes.Clone(r.Blob)}
	change(&c)
	body, err := json.Marshal(stored)
	if err != nil {
		t.Fatal(err)
	}
	return body, c.blob
}

// emptied replaces a ballot by one with the same credential whose answers are
// those of m07, who abstained. Its receipt is its own.
func emptied(t *testing.T, h *house) func(c *castRecord) {
	t.Helper()
	e := h.State().Vote().Members().Election
	var nothing []byte
	for _, r := range h.records() {
		if bytes.Contains(r.Body, []byte(`"by":"m07"`)) && r.Class == string(meeting.BallotBlob) {
			nothing = r.Blob
		}
	}
	return func(c *castRecord) {
		if c.by == id(2) {
			return
		}
		c.blob = append(slices.Clone(c.blob[:head]), nothing[head:]...)
		n := binary.BigEndian.Uint32(c.blob)
		forged, err := ballot.DecodeBallot(e, c.blob[4:4+n])
		if err != nil {
			t.Fatal(err)
		}
		c.fact["receipt"] = forged.Tracker()
	}
}

// Who can write the stopped server's database, and has neither its memory nor
// its secret, replaces everybody's ballots but m02's, so that the sums would be
// m02's choices. Nothing is decrypted.
func TestReplacedBallotsAreNotOpened(t *testing.T) {
	h := castBySeven(t)
	replace := emptied(t, h)
	stripped := func(c *castRecord) { delete(c.fact, "mac") }
	swap := map[meeting.MemberID]castRecord{}
	h.rewritten(func(c *castRecord) { swap[c.by] = *c })
	for what, change := range map[string]func(c *castRecord){
		"replaced":                 replace,
		"replaced, without stamps": func(c *castRecord) { replace(c); stripped(c) },
		"replaced, old receipts": func(c *castRecord) {
			receipt := c.fact["receipt"]
			replace(c)
			c.fact["receipt"] = receipt
		},
		"swapped, without stamps": func(c *castRecord) {
			if other, ok := swap[map[meeting.MemberID]meeting.MemberID{id(1): id(3), id(3): id(1)}[c.by]]; ok {
				c.blob, c.fact["receipt"] = other.blob, other.fact["receipt"]
			}
			stripped(c)
		},
		"another number of times": func(c *castRecord) { c.fact["times"] = 2 },
	} {
		forged := h.rewritten(change)
		if err := forged.Tries(id(1), meeting.CloseBox{}); code(err) != meeting.BoxAltered {
			t.Errorf("%s: closing: %v", what, err)
		}
		if what != "replaced, without stamps" && what != "swapped, without stamps" && code(forged.Examine()) != meeting.BoxAltered {
			t.Errorf("%s: not seen at the start", what)
		}
	}
	h.Closes()
	h.Confirms()
	forged := h.rewritten(replace)
	for _, who := range []meeting.MemberID{id(3), id(4)} {
		if err := forged.Unseal(t.Context(), who, h.CodeOf(who)); code(err) != meeting.BoxAltered {
			t.Errorf("opened for %s: %v", who, err)
		}
	}
	if v := forged.State().Vote(); len(v.Members().Partials) != 0 || v.Members().Sums != nil {
		t.Error("something was decrypted")
	}
}

// The control of [TestReplacedBallotsAreNotOpened]: a server that does not
// examine the ballots would decrypt what m02 chose.
func TestReplacedBallotsWouldTell(t *testing.T) {
	h := castBySeven(t)
	forged := h.rewritten(emptied(t, h))
	if _, err := forged.Do(t.Context(), meeting.Request{By: id(1), At: forged.Now(), Do: meeting.CloseBox{}}); err != nil {
		t.Fatal(err)
	}
	forged.Confirms()
	for _, who := range []meeting.MemberID{id(3), id(4)} {
		if err := forged.UnsealUnexamined(t.Context(), who, h.CodeOf(who)); err != nil {
			t.Fatal(err)
		}
	}
	s := forged.State()
	for i, who := range s.Vote().Subjects {
		want := make([]int, 4)
		if g := s.GradeIndex(chosenByTwo[who]); g >= 0 {
			want[g] = 1
		}
		if got := s.Vote().Members().Sums[i]; !slices.Equal(got, want) {
			t.Errorf("%s: %v, m02 chose %v", who, got, want)
		}
	}
}

// A log of before has ballots without stamps: their proofs are verified, and
// they count.
func TestBallotsWithoutStampsCountByTheirProofs(t *testing.T) {
	h := castBySeven(t)
	old := h.rewritten(func(c *castRecord) { delete(c.fact, "mac") })
	if err := old.Examine(); err != nil {
		t.Fatal(err)
	}
	old.Closes()
	old.Confirms()
	for _, who := range []meeting.MemberID{id(3), id(4)} {
		if err := old.Unseal(t.Context(), who, h.CodeOf(who)); err != nil {
			t.Fatal(err)
		}
	}
	if got, no := old.State().Histogram(id(1)); no != nil || fmt.Sprint(got.Counts, got.Abstain) != "[5 0 0 1] 1" {
		t.Errorf("%+v %v", got, no)
	}
}
