package hall_test

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/store"
	"pingyi/store/hall"
)

// loses is a server that goes on with a new secret: the folder was restored
// without the old one.
func (h *house) loses() {
	h.t.Helper()
	other := []byte("another secret of the folder, 32 bytes")
	room, err := store.OpenRoom(h.t.Context(), h.log, meeting.Machine{Open: hall.OpinionOpener(other, "b1")})
	if err != nil {
		h.t.Fatal(err)
	}
	h.goesOnIn(hall.New(room, other, time.Now))
}

// A box that was opened under another secret is whole by its proofs, can neither
// be cast into nor counted, and is held again.
func TestABoxOfAnotherSecretIsHeldAgain(t *testing.T) {
	h := castBySeven(t)
	if told, same := h.KnowsSecret(); !told || !same || h.Foreign() != nil {
		t.Fatal("its own secret is not known")
	}
	h.loses()
	if told, same := h.KnowsSecret(); !told || same {
		t.Errorf("the log tells a secret: %v, the hall's: %v", told, same)
	}
	if got := code(h.Examine()); got != meeting.BoxForeign {
		t.Errorf("at the start it is said that %q", got)
	}
	_, err := h.Cast(t.Context(), id(5), one(id(1), "优秀"))
	if got := code(err); got != meeting.BoxForeign {
		t.Errorf("a ballot is refused with %v", err)
	}
	if _, err := h.Credential(id(5)); code(err) != meeting.BoxForeign {
		t.Errorf("a credential is refused with %v", err)
	}
	h.Closes()
	h.Confirms()
	if got := code(h.Unseal(t.Context(), id(3), "")); got != meeting.BoxForeign {
		t.Errorf("opening is refused with %q", got)
	}
	h.Does(id(1), meeting.Void{Reason: "恢复时没有 secret 文件"})
	h.Opened(id(3), id(4))
	for i := 1; i <= 7; i++ {
		h.Votes(id(i), one(id(1), "优秀"))
	}
	h.Closes()
	h.Unsealed()
	if counts, no := h.State().Histogram(id(1)); no != nil || counts.Counts[0] != 7 {
		t.Errorf("held again: %+v %v", counts, no)
	}
}

// The proofs find a ballot that was replaced although no stamp can be compared.
func TestProofsTellAnAlteredBoxOfAnotherSecret(t *testing.T) {
	h := castBySeven(t)
	broken := h.rewritten(func(c *castRecord) {
		if c.by == id(2) {
			c.blob[head+40] ^= 1
		}
	})
	broken.loses()
	if got := code(broken.Examine()); got != meeting.BoxAltered {
		t.Errorf("a broken ballot of another secret: %q", got)
	}
	sound := h.rewritten(func(*castRecord) {})
	sound.loses()
	if got := code(sound.Examine()); got != meeting.BoxForeign {
		t.Errorf("a sound box of another secret: %q", got)
	}
}
