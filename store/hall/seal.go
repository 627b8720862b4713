package hall

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/erase"
)

// Code makes a key for a scrutineer and returns its recovery code. [Hall.Seal]
// seals the box when the code is typed again; until then a second call returns
// the same code.
func (h *Hall) Code(who meeting.MemberID) (code string, err error) {
	h.Sweep()
	erase.After(func() { code, err = h.code(who) })
	return code, err
}

func (h *Hall) code(who meeting.MemberID) (string, error) {
	if no := meeting.May(h.State(), who, meeting.ActSeal); no != nil {
		return "", no
	}
	if shown := h.keys.shown(who); shown != nil {
		defer clear(shown)
		return codeOf(shown)
	}
	entropy := make([]byte, codeEntropy)
	if _, err := io.ReadFull(h.rand, entropy); err != nil {
		return "", fmt.Errorf("hall: %w", err)
	}
	code, err := codeOf(entropy)
	if err != nil {
		return "", err
	}
	h.keys.show(who, entropy)
	return code, nil
}

// Seal seals the box with the key whose code [Hall.Code] has shown, once the
// person has typed the code again.
func (h *Hall) Seal(ctx context.Context, who meeting.MemberID, code string) (err error) {
	h.Sweep()
	erase.After(func() { err = h.seal(ctx, who, code) })
	return err
}

func (h *Hall) seal(ctx context.Context, who meeting.MemberID, code string) error {
	s := h.State()
	if no := meeting.May(s, who, meeting.ActSeal); no != nil {
		return no
	}
	shown := h.keys.shown(who)
	if shown == nil {
		return &meeting.Refusal{Code: meeting.CodeNotShown}
	}
	defer clear(shown)
	if strings.TrimSpace(code) == "" {
		return &meeting.Refusal{Code: meeting.CodeMissing}
	}
	if no := retyped(code, shown); no != nil {
		return no
	}
	seal, err := h.sealWith(s, who, shown)
	if err != nil {
		return fmt.Errorf("hall: seal: %w", err)
	}
	h.keys.hold(who, shown) // before it is recorded: who seals last finds the keys of all
	if err := h.act(ctx, who, seal); err != nil {
		h.keys.release(who)
		return err
	}
	err = h.joinKeys(ctx)
	if h.shared && h.State().Vote().State != meeting.BoxSealing { // another server was first
		return nil
	}
	return err
}

// sealWith returns the public part of a scrutineer's key.
func (h *Hall) sealWith(s *meeting.State, who meeting.MemberID, entropy []byte) (seal meeting.Seal, err error) {
	if needed := s.Threshold(); needed > 0 {
		v := s.Vote()
		key := h.shareKey(who, entropy)
		defer key.Wipe()
		place := ballot.Position{Index: slices.Index(v.Scrutineers, who) + 1, Size: len(v.Scrutineers), Threshold: needed}
		seal.Certificate, err = key.Certificate(place, h.rand)
		return seal, err
	}
	key := h.wholeKey(who, entropy)
	defer key.Wipe()
	seal.Trustee, err = key.Public(h.rand)
	return seal, err
}

// SealOwn seals the box with a key that a scrutineer made on their own machine.
// record is its public part, Belenios' trustee_kind; where some scrutineers are
// enough it is the next record for the joint key ([meeting.Ceremony]). The
// server never has the key.
func (h *Hall) SealOwn(ctx context.Context, who meeting.MemberID, record []byte) error {
	s := h.State()
	if s.Threshold() == 0 {
		trustee, err := ballot.ParseTrustee(s.Group(), record)
		if err != nil {
			return &meeting.Refusal{Code: meeting.BadTrustee}
		}
		return h.act(ctx, who, meeting.Seal{Trustee: trustee, Own: true})
	}
	var c meeting.Command = meeting.Seal{Certificate: record, Own: true}
	if s.Vote().Own[who] {
		c = meeting.Deal{Record: record}
	}
	if err := h.act(ctx, who, c); err != nil {
		return err
	}
	return h.joinKeys(ctx)
}

// joinKeys makes the joint key, where some scrutineers are enough, as far as the
// records are there: it gives the polynomials and the shares of all whose keys
// are in memory, and joins the keys with the last share. If the server was
// restarted meanwhile, scrutineers are named again.
func (h *Hall) joinKeys(ctx context.Context) error {
	h.joining.Lock()
	defer h.joining.Unlock()
	s := h.State()
	if s.Threshold() == 0 {
		return nil
	}
	for range 2 { // polynomials, then shares
		for _, id := range s.Vote().Scrutineers {
			if !s.Vote().Owes(id) || s.Vote().Own[id] || h.shared && !h.keys.holds(id) {
				continue // with several servers each gives those of the keys that it holds
			}
			if err := h.deal(ctx, id); err != nil {
				return err
			}
		}
		s = h.State()
	}
	return h.join(ctx, s)
}

// deal gives the next record of a scrutineer whose key is in memory.
func (h *Hall) deal(ctx context.Context, id meeting.MemberID) error {
	entropy := h.keys.of(id)
	if entropy == nil {
		return &meeting.Refusal{Code: meeting.KeysLost}
	}
	key := h.shareKey(id, entropy)
	clear(entropy)
	defer key.Wipe()
	ceremony, no := h.State().Ceremony(id)
	if no != nil {
		return no
	}
	record, err := ceremony.Next(key, h.rand)
	if err != nil {
		return fmt.Errorf("hall: join the keys: %w", err)
	}
	return h.act(ctx, id, meeting.Deal{Record: record})
}

// join records the joint key once every share is there.
func (h *Hall) join(ctx context.Context, s *meeting.State) error {
	v := s.Vote()
	certificates, polynomials, shares := v.Records()
	if v.State != meeting.BoxSealing || shares == nil {
		return nil
	}
	trustee, boxes, err := ballot.NewThresholdTrustee(s.Group(), certificates, polynomials, shares)
	if err != nil {
		return fmt.Errorf("hall: join the keys: %w", err)
	}
	join := meeting.JoinKeys{Trustee: trustee, Shares: map[meeting.MemberID]string{}}
	for i, id := range v.Scrutineers {
		join.Shares[id] = boxes[i]
	}
	return h.act(ctx, meeting.Keeper, join)
}

// keySeed derives a seed from a scrutineer's code, the branch and the person.
func (h *Hall) keySeed(who meeting.MemberID, entropy []byte) []byte {
	seed, err := hkdf.Key(sha256.New, entropy, nil, "pingyi scrutineer\x00"+h.State().Branch.ID+"\x00"+string(who), 32)
	if err != nil {
		panic(err) // only for absurd lengths
	}
	return seed
}

// wholeKey is a scrutineer's key where all of them are needed, shareKey where
// some are enough.
func (h *Hall) wholeKey(who meeting.MemberID, entropy []byte) *ballot.SecretKey {
	seed := h.keySeed(who, entropy)
	defer clear(seed)
	return ballot.SecretKeyFromSeed(h.State().Group(), seed)
}

func (h *Hall) shareKey(who meeting.MemberID, entropy []byte) *ballot.ThresholdKey {
	seed := h.keySeed(who, entropy)
	defer clear(seed)
	return ballot.NewThresholdKey(h.State().Group(), seed)
}

// key returns the secret key with which a scrutineer opens the current vote's
// box. A code that is not theirs gives [errCode].
func (h *Hall) key(v *meeting.Vote, who meeting.MemberID, entropy []byte) (*ballot.SecretKey, error) {
	if box, shared := v.Shares.Encrypted[who]; shared {
		key := h.shareKey(who, entropy)
		defer key.Wipe()
		secret, err := key.Open(box)
		if err != nil {
			return nil, errCode // the share is encrypted to another code's key
		}
		return secret, nil
	}
	key := h.wholeKey(who, entropy)
	public, err := key.Public(h.rand)
	if err == nil && !slices.Equal(public.Keys(), v.Keys[who].Keys()) {
		err = errCode
	}
	if err != nil {
		key.Wipe()
		return nil, err
	}
	return key, nil
}

// Holds reports whether a scrutineer's key is in memory. After a restart it is
// not, and unsealing asks for the code.
func (h *Hall) Holds(who meeting.MemberID) bool { return h.keys.holds(who) }
