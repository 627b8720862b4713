package hall_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// shelf keeps a head outside the log, as a file does.
type shelf struct {
	head meeting.Head
	is   bool
}

func (s *shelf) Keep(h meeting.Head) error { s.head, s.is = h, true; return nil }

func (s *shelf) Kept() (meeting.Head, bool, error) { return s.head, s.is, nil }

// anchoredHouse is a branch of seven who have voted, whose heads are kept.
func anchoredHouse(t *testing.T) (*house, *shelf) {
	t.Helper()
	h, s := newHouse(t, 7), &shelf{}
	h.AnchorAt(s)
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	for i := 1; i <= 7; i++ {
		h.Votes(id(i), one(id(1), "优秀"))
	}
	return h, s
}

// The head at closing is kept outside the log, noted in it, and shown.
func TestTheHeadAtClosingIsKeptAndCompared(t *testing.T) {
	h, s := anchoredHouse(t)
	h.Closes()
	if head := h.State().Vote().Head; head != s.head || head.Vote != 1 || len(head.Hash) != 64 || len(head.Short()) < 24 {
		t.Fatalf("noted %+v, kept %+v", head, s.head)
	}
	h.Confirms()
	for what, refused := range map[string]struct {
		change func()
		want   meeting.Code
	}{
		"another log":  {func() { s.head.Hash = s.head.Hash[1:] + "0" }, meeting.HeadDiffers},
		"another vote": {func() { s.head.Vote++ }, meeting.HeadDiffers},
		"nothing":      {func() { s.is = false }, meeting.HeadMissing},
	} {
		was := *s
		refused.change()
		if err := h.Unseal(t.Context(), id(3), ""); code(err) != refused.want {
			t.Errorf("%s: %v", what, err)
		}
		*s = was
	}
	h.Unseals(id(3), id(4))
	if h.State().Vote().State != meeting.BoxCounted {
		t.Error("not counted")
	}
}

// A log that was chained anew after the closing is not opened, also if it was
// cut back to before the closing and closed again.
func TestAChainThatWasMadeAnewIsNotOpened(t *testing.T) {
	h, s := anchoredHouse(t)
	open := h.rewritten(func(*castRecord) {})
	h.Closes()
	h.Confirms()
	forged := h.rewritten(func(c *castRecord) { c.fact["receipt"] = "x" })
	forged.AnchorAt(s)
	if err := forged.Unseal(t.Context(), id(3), h.CodeOf(id(3))); code(err) != meeting.HeadDiffers {
		t.Errorf("chained anew: %v", err)
	}
	open.AnchorAt(s)
	open.Later()
	open.Closes()
	open.Confirms()
	if err := open.Unseal(t.Context(), id(3), h.CodeOf(id(3))); code(err) != meeting.HeadDiffers {
		t.Errorf("closed again: %v", err)
	}
}

// Later has somebody write something, so that the log goes on in another way.
func (h *house) Later() {
	h.t.Helper()
	h.Does(id(1), meeting.TakeNote{Text: "另一条记录"})
}
