package hall

import (
	"context"
	"errors"
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/erase"
)

// Unseal gives a scrutineer's partial decryption of the sums. code is their
// recovery code, needed when the key is no longer in memory. With the last
// scrutineer who is needed the sums are known and every key is wiped.
func (h *Hall) Unseal(ctx context.Context, who meeting.MemberID, code string) (err error) {
	h.Sweep()
	erase.After(func() { err = h.unsealAs(ctx, who, code) })
	return err
}

func (h *Hall) unsealAs(ctx context.Context, who meeting.MemberID, code string) error {
	s := h.State()
	if no := meeting.May(s, who, meeting.ActUnseal); no != nil {
		return no
	}
	if err := h.examined(ctx); err != nil {
		return err
	}
	return h.unsealWith(ctx, s.Vote(), who, code)
}

// examined refuses to open a box whose log or ballots are not those of before.
func (h *Hall) examined(ctx context.Context) error {
	if no := h.Foreign(); no != nil {
		return no
	}
	if err := h.anchored(ctx); err != nil {
		return err
	}
	return h.authentic()
}

// unsealWith is Unseal of a box that is known to be authentic.
func (h *Hall) unsealWith(ctx context.Context, v *meeting.Vote, who meeting.MemberID, code string) error {
	entropy := h.keys.of(who)
	defer func() { clear(entropy) }()
	if code == "" && entropy == nil {
		return &meeting.Refusal{Code: meeting.CodeMissing}
	}
	defer func() { clear(entropy) }()
	if code != "" {
		clear(entropy)
		var no *meeting.Refusal
		if entropy, no = readCode(code); no != nil {
			return no
		}
	}
	unseal, err := h.unseal(v, who, func(*meeting.Box) (*ballot.SecretKey, error) { return h.key(v, who, entropy) })
	if errors.Is(err, errCode) {
		return &meeting.Refusal{Code: meeting.CodeWrong}
	} else if err != nil {
		return err
	}
	h.keys.hold(who, entropy)
	return h.open(ctx, who, unseal)
}

// UnsealOwn gives the partial decryptions that a scrutineer made on their own
// machine: of the members' sums, then of 群众's if there are any.
func (h *Hall) UnsealOwn(ctx context.Context, who meeting.MemberID, records ...[]byte) (err error) {
	erase.After(func() { err = h.unsealFrom(ctx, who, records) })
	return err
}

func (h *Hall) unsealFrom(ctx context.Context, who meeting.MemberID, records [][]byte) error {
	s := h.State()
	if no := meeting.May(s, who, meeting.ActUnseal); no != nil {
		return no
	}
	if err := h.examined(ctx); err != nil {
		return err
	}
	boxes := s.Vote().OpenedBoxes()
	if len(records) < len(boxes) {
		return &meeting.Refusal{Code: meeting.BadPartial}
	}
	partials := map[meeting.Channel]*ballot.Partial{}
	for i, b := range boxes {
		p, err := b.Election.ParsePartial(records[i])
		if err != nil {
			return &meeting.Refusal{Code: meeting.BadPartial}
		}
		partials[b.Channel] = p
	}
	return h.open(ctx, who, meeting.Unseal{Partials: partials})
}

// open records a scrutineer's partial decryptions. The server's own come first,
// and the comments are opened just before the sums are.
func (h *Hall) open(ctx context.Context, who meeting.MemberID, unseal meeting.Unseal) error {
	h.count.Lock()
	defer h.count.Unlock()
	if err := h.unsealOwn(ctx); err != nil {
		return err
	}
	if err := h.openComments(ctx, who); err != nil {
		return err
	}
	return h.act(ctx, who, unseal)
}

// unsealOwn records the server's own partial decryptions, once.
func (h *Hall) unsealOwn(ctx context.Context) error {
	v := h.State().Vote()
	if v.Members().Partials[meeting.Keeper] != nil {
		return nil
	}
	unseal, err := h.unseal(v, meeting.Keeper, func(b *meeting.Box) (*ballot.SecretKey, error) { return h.serverKey(b.Election.UUID()), nil })
	if err != nil {
		return err
	}
	return h.act(ctx, meeting.Keeper, unseal)
}

// unseal decrypts the sums of every box for somebody, with the key that keyFor
// returns for it, and wipes the key.
func (h *Hall) unseal(v *meeting.Vote, who meeting.MemberID, keyFor func(*meeting.Box) (*ballot.SecretKey, error)) (meeting.Unseal, error) {
	partials := map[meeting.Channel]*ballot.Partial{}
	for _, b := range v.OpenedBoxes() {
		key, err := keyFor(b)
		if err != nil {
			return meeting.Unseal{}, fmt.Errorf("hall: unseal: %w", err)
		}
		p, err := b.Election.DecryptAs(v.Owner(who), b.Tally, key, h.rand)
		key.Wipe()
		if err != nil {
			return meeting.Unseal{}, fmt.Errorf("hall: unseal: %w", err)
		}
		partials[b.Channel] = p
	}
	return meeting.Unseal{Partials: partials}, nil
}
