package hall

import (
	"context"
	"fmt"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// openComments opens the anonymous comments if who is the last scrutineer who
// is needed and every needed key is in memory. Only the texts are stored,
// sorted within each subject, so that they do not tell which ballot they came
// with. A key that was never on the server leaves the comments sealed.
func (h *Hall) openComments(ctx context.Context, who meeting.MemberID) error {
	s := h.State()
	v := s.Vote()
	if !s.Rules.Vote.Comments || v.Comments != nil || !h.last(v, who) {
		return nil
	}
	texts := map[meeting.MemberID][]string{}
	for _, b := range v.OpenedBoxes() {
		opened, ok, err := h.commentsOf(v, b)
		if err != nil {
			return fmt.Errorf("hall: open the remarks: %w", err)
		}
		if !ok {
			return nil
		}
		for _, r := range opened {
			id := v.Subjects[r.Question]
			texts[id] = append(texts[id], r.Text)
		}
	}
	for _, list := range texts {
		slices.Sort(list)
	}
	return h.act(ctx, meeting.Keeper, meeting.OpenComments{Texts: texts})
}

// last reports whether the sums are known once a scrutineer has unsealed.
func (h *Hall) last(v *meeting.Vote, who meeting.MemberID) bool {
	owners := []int{slices.Index(v.Scrutineers, who) + 1}
	box := v.Members()
	for _, p := range box.PartialList() {
		owners = append(owners, p.Owner())
	}
	return box.Election.Ready(owners)
}

// commentsOf opens the comments in one box. ok is false if a key is missing.
func (h *Hall) commentsOf(v *meeting.Vote, b *meeting.Box) (opened []ballot.OpenComment, ok bool, err error) {
	var comments []*ballot.Comment
	for _, slip := range b.Returned.All() {
		comments = append(comments, slip.Comments()...)
	}
	own := h.serverKey(b.Election.UUID())
	keys := []*ballot.SecretKey{own}
	owners := []int{b.Election.Owners()}
	defer func() {
		for _, k := range keys {
			k.Wipe()
		}
	}()
	for i, id := range v.Scrutineers {
		if b.Election.Ready(owners) {
			break // no more keys than are needed
		}
		if entropy := h.keys.of(id); entropy != nil {
			key, err := h.key(v, id, entropy)
			clear(entropy)
			if err != nil {
				return nil, false, err
			}
			keys, owners = append(keys, key), append(owners, i+1)
		}
	}
	if !b.Election.Ready(owners) {
		return nil, false, nil
	}
	var shares []*ballot.CommentShare
	for _, k := range keys {
		share, err := b.Election.ShareComments(comments, k, h.rand)
		if err != nil {
			return nil, false, err
		}
		shares = append(shares, share)
	}
	opened, err = b.Election.OpenComments(comments, shares)
	return opened, err == nil, err
}
