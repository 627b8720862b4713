package hall

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// Code makes a key pair for a scrutineer and returns its recovery code, which
// is shown once. The box is sealed when the code comes back with [Hall.Seal].
// A second call before that makes a new one.
func (h *Hall) Code(who meeting.MemberID) (string, error) {
	if no := meeting.May(h.State(), who, meeting.ActSeal); no != nil {
		return "", no
	}
	entropy := make([]byte, codeEntropy)
	if _, err := io.ReadFull(h.rand, entropy); err != nil {
		return "", fmt.Errorf("hall: %w", err)
	}
	code, err := newCode(entropy)
	if err != nil {
		return "", err
	}
	h.keys.mu.Lock()
	defer h.keys.mu.Unlock()
	h.keys.pending[who] = code
	return code, nil
}

// Seal seals the box with the key whose code [Hall.Code] has shown to who and
// who typed again.
func (h *Hall) Seal(ctx context.Context, who meeting.MemberID, code string) error {
	if no := meeting.May(h.State(), who, meeting.ActSeal); no != nil {
		return no
	}
	h.keys.mu.Lock()
	shown, ok := h.keys.pending[who]
	h.keys.mu.Unlock()
	if !ok {
		return &meeting.Refusal{Code: meeting.CodeNotShown}
	}
	typed, err := readCode(code)
	if err != nil {
		return &meeting.Refusal{Code: meeting.CodeWrong}
	}
	entropy, err := readCode(shown)
	if err != nil || !hmac.Equal(typed, entropy) {
		return &meeting.Refusal{Code: meeting.CodeWrong}
	}
	key := ballot.SecretKeyFromSeed(meeting.Group, h.keySeed(who, entropy))
	trustee, err := key.Public(h.rand)
	if err != nil {
		return fmt.Errorf("hall: %w", err)
	}
	h.keys.hold(who, key)
	if err := h.Act(ctx, who, meeting.Seal{Trustee: trustee}); err != nil {
		h.keys.forget(who)
		return err
	}
	return nil
}

// keySeed binds a scrutineer's code to the branch and the person.
func (h *Hall) keySeed(who meeting.MemberID, entropy []byte) []byte {
	seed, err := hkdf.Key(sha256.New, entropy, nil, "pingyi scrutineer\x00"+h.State().Branch.ID+"\x00"+string(who), 32)
	if err != nil {
		panic(err) // only for absurd lengths
	}
	return seed
}

// Holds reports whether a scrutineer's key is in memory; after a restart it is
// not, and unsealing asks for the code.
func (h *Hall) Holds(who meeting.MemberID) bool { return h.keys.of(who) != nil }

// Open opens the box: the questions, the voters, the scrutineers and the rules
// of this moment are frozen.
func (h *Hall) Open(ctx context.Context, who meeting.MemberID) error {
	s := h.State()
	if no := meeting.May(s, who, meeting.ActOpen); no != nil {
		return no
	}
	election, err := h.election(s)
	if err != nil {
		return fmt.Errorf("hall: open the box: %w", err)
	}
	return h.Act(ctx, who, meeting.OpenBox{Election: election})
}

func (h *Hall) election(s *meeting.State) (*ballot.Election, error) {
	uuid, err := ballot.NewUUID(h.rand)
	if err != nil {
		return nil, err
	}
	var credentials []string
	for _, id := range s.Electorate() {
		public, err := h.credential(uuid, id)
		if err != nil {
			return nil, err
		}
		if public, err = ballot.PublicCredential(meeting.Group, uuid, public); err != nil {
			return nil, err
		}
		credentials = append(credentials, public)
	}
	slices.Sort(credentials)
	var trustees []ballot.Trustee
	v := s.Vote()
	for _, id := range v.Scrutineers {
		trustees = append(trustees, v.Keys[id])
	}
	own := h.serverKey(uuid)
	defer own.Wipe()
	public, err := own.Public(h.rand)
	if err != nil {
		return nil, err
	}
	return ballot.NewElection(ballot.Setup{
		UUID:        uuid,
		Name:        s.Branch.Name + " " + s.Rules.Title,
		Description: fmt.Sprintf("%s %s", s.Branch.Org, v.Title()),
		Group:       meeting.Group,
		Questions:   s.Questions(),
		Trustees:    append(trustees, public),
		Credentials: credentials,
	})
}

// credential is a member's private credential in one vote: derived from the
// secret file, never stored.
func (h *Hall) credential(uuid string, who meeting.MemberID) (string, error) {
	return ballot.NewCredential(h.stream("credential", uuid, string(who)))
}

// serverKey is the server's own mandatory key in one vote.
func (h *Hall) serverKey(uuid string) *ballot.SecretKey {
	seed := make([]byte, 32)
	if _, err := io.ReadFull(h.stream("server key", uuid, ""), seed); err != nil {
		panic(err) // an HKDF stream is longer than this
	}
	return ballot.SecretKeyFromSeed(meeting.Group, seed)
}

// stream is a pseudo-random stream that only the secret file gives.
func (h *Hall) stream(use, uuid, who string) io.Reader {
	return &hmacStream{key: h.secret, info: use + "\x00" + uuid + "\x00" + who}
}

// hmacStream yields HMAC-SHA256(key, info || counter) block after block.
type hmacStream struct {
	key     []byte
	info    string
	counter byte
	rest    []byte
}

func (s *hmacStream) Read(p []byte) (int, error) {
	if len(s.rest) == 0 {
		if s.counter == 255 {
			return 0, io.ErrUnexpectedEOF
		}
		s.counter++
		mac := hmac.New(sha256.New, s.key)
		mac.Write([]byte(s.info))
		mac.Write([]byte{s.counter})
		s.rest = mac.Sum(nil)
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// Cast encrypts a member's choices and puts them into the box. No choice is
// kept, logged or part of an error.
func (h *Hall) Cast(ctx context.Context, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	s := h.State()
	rows, no := s.Rows(who, c)
	if no != nil {
		return meeting.Receipt{}, no
	}
	election := s.Vote().Election
	credential, err := h.credential(election.UUID(), who)
	if err != nil {
		return meeting.Receipt{}, fmt.Errorf("hall: cast: %w", err)
	}
	sheet, err := ballot.NewSheet(election, credential)
	if err != nil {
		return meeting.Receipt{}, fmt.Errorf("hall: cast: %w", err)
	}
	defer sheet.Wipe()
	for i, answer := range rows {
		if err := sheet.Choose(i, answer, h.rand); err != nil {
			return meeting.Receipt{}, fmt.Errorf("hall: cast: %w", err)
		}
	}
	b, err := sheet.Seal(h.rand)
	if err != nil {
		return meeting.Receipt{}, fmt.Errorf("hall: cast: %w", err)
	}
	if err := h.Act(ctx, who, meeting.Cast{Ballot: b}); err != nil {
		return meeting.Receipt{}, err
	}
	return meeting.Receipt{Code: b.Tracker(), Times: h.State().Vote().Slips[who].Times}, nil
}

// Unseal gives a scrutineer's partial decryption of the sums. code is their
// recovery code, needed when the key is no longer in memory. With the last
// scrutineer the sums are known and every key is wiped.
func (h *Hall) Unseal(ctx context.Context, who meeting.MemberID, code string) error {
	s := h.State()
	if no := meeting.May(s, who, meeting.ActUnseal); no != nil {
		return no
	}
	v := s.Vote()
	key := h.keys.of(who)
	if code != "" || key == nil {
		entropy, err := readCode(code)
		if err != nil {
			return &meeting.Refusal{Code: meeting.CodeWrong}
		}
		key = ballot.SecretKeyFromSeed(meeting.Group, h.keySeed(who, entropy))
		defer key.Wipe()
		public, err := key.Public(h.rand)
		if err != nil {
			return fmt.Errorf("hall: unseal: %w", err)
		}
		if !slices.Equal(public.Keys(), v.Keys[who].Keys()) {
			return &meeting.Refusal{Code: meeting.CodeWrong}
		}
	}
	if err := h.unsealOwn(ctx, v); err != nil {
		return err
	}
	if err := h.decrypt(ctx, who, v, key); err != nil {
		return err
	}
	if h.State().Vote().State == meeting.BoxCounted {
		h.keys.wipe()
	}
	return nil
}

// unsealOwn gives the server's own partial decryption, if it is not there yet.
func (h *Hall) unsealOwn(ctx context.Context, v *meeting.Vote) error {
	if v.Partials[meeting.Keeper] != nil {
		return nil
	}
	own := h.serverKey(v.Election.UUID())
	defer own.Wipe()
	err := h.decrypt(ctx, meeting.Keeper, v, own)
	var no *meeting.Refusal
	if errors.As(err, &no) && no.Code == meeting.AlreadyUnsealed {
		return nil // another scrutineer was quicker
	}
	return err
}

func (h *Hall) decrypt(ctx context.Context, who meeting.MemberID, v *meeting.Vote, key *ballot.SecretKey) error {
	partial, err := v.Election.Decrypt(v.Tally, key, h.rand)
	if err != nil {
		return fmt.Errorf("hall: unseal: %w", err)
	}
	return h.Act(ctx, who, meeting.Unseal{Partial: partial})
}
