package hall

import (
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// A data folder that was restored without its secret file has a new one. Stamps
// and credentials of before cannot be told from it, so a box that was opened under
// the old one is read back by the proofs of its ballots alone; and it is never
// counted, because the server's own key is one of those that decrypt (BALLOT.md §2).

// KnowsSecret reports whether the log tells the secret that it was written with,
// as a vote that was opened does, and whether that is the hall's.
func (h *Hall) KnowsSecret() (told, same bool) {
	for _, v := range slices.Backward(h.State().Votes) {
		if b := v.Members(); b != nil && b.Election != nil {
			return true, h.owned(b.Election)
		}
	}
	return false, false
}

// owned reports whether the server's key of an election is the hall's.
func (h *Hall) owned(e *ballot.Election) bool {
	key := h.serverKey(e.UUID())
	defer key.Wipe()
	public, err := key.Public(h.rand)
	return err == nil && slices.ContainsFunc(e.Trustees(), func(t ballot.Trustee) bool {
		return slices.Equal(t.Keys(), public.Keys())
	})
}

// Foreign refuses a vote that waits to be counted under another secret: nobody can
// count it here. It is nil for every other.
func (h *Hall) Foreign() *meeting.Refusal {
	v := h.State().Vote()
	if v == nil || v.State != meeting.BoxOpened && v.State != meeting.BoxClosed || h.owned(v.Members().Election) {
		return nil
	}
	return &meeting.Refusal{Code: meeting.BoxForeign}
}
