package hall

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// Code makes a key for a scrutineer and returns its recovery code, which is
// shown once. The box is sealed when the code comes back with [Hall.Seal].
// A second call before that makes a new one.
func (h *Hall) Code(who meeting.MemberID) (string, error) {
	if no := meeting.May(h.State(), who, meeting.ActSeal); no != nil {
		return "", no
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

// Seal seals the box with the key whose code [Hall.Code] has shown to who and
// who typed again.
func (h *Hall) Seal(ctx context.Context, who meeting.MemberID, code string) error {
	s := h.State()
	if no := meeting.May(s, who, meeting.ActSeal); no != nil {
		return no
	}
	shown := h.keys.shown(who)
	if shown == nil {
		return &meeting.Refusal{Code: meeting.CodeNotShown}
	}
	typed, err := readCode(code)
	if err != nil || !hmac.Equal(typed, shown) {
		return &meeting.Refusal{Code: meeting.CodeWrong}
	}
	seal, err := h.sealWith(s, who, typed)
	if err != nil {
		return fmt.Errorf("hall: seal: %w", err)
	}
	if err := h.act(ctx, who, seal); err != nil {
		return err
	}
	h.keys.hold(who, typed)
	return h.joinKeys(ctx)
}

// sealWith is the public part of who's key.
func (h *Hall) sealWith(s *meeting.State, who meeting.MemberID, entropy []byte) (seal meeting.Seal, err error) {
	if needed := s.Threshold(); needed > 0 {
		v := s.Vote()
		key := h.shareKey(who, entropy)
		defer key.Wipe()
		place := ballot.Position{Index: slices.Index(v.Scrutineers, who) + 1, Size: len(v.Scrutineers), Threshold: needed}
		seal.Certificate, err = key.Certificate(place, h.rand)
		return seal, err
	}
	key := ballot.SecretKeyFromSeed(h.State().Group(), h.keySeed(who, entropy))
	defer key.Wipe()
	seal.Trustee, err = key.Public(h.rand)
	return seal, err
}

// SealOwn seals the box with a key that a scrutineer made on their own machine:
// record is its public part, Belenios' trustee_kind. The server never has the
// key itself.
func (h *Hall) SealOwn(ctx context.Context, who meeting.MemberID, record []byte) error {
	trustee, err := ballot.ParseTrustee(h.State().Group(), record)
	if err != nil || h.State().Threshold() > 0 {
		return &meeting.Refusal{Code: meeting.BadTrustee}
	}
	return h.act(ctx, who, meeting.Seal{Trustee: trustee})
}

// joinKeys makes the joint key once the last scrutineer has sealed, where some
// are enough. All their keys are in memory then; if the server was restarted
// meanwhile they are not, and the scrutineers are named again.
func (h *Hall) joinKeys(ctx context.Context) error {
	s := h.State()
	v := s.Vote()
	if s.Threshold() == 0 || v.State != meeting.BoxSealing || len(s.Sealers()) > 0 {
		return nil
	}
	var keys []*ballot.ThresholdKey
	var certificates, polynomials, shares [][]byte
	for _, id := range v.Scrutineers {
		entropy := h.keys.of(id)
		if entropy == nil {
			return &meeting.Refusal{Code: meeting.KeysLost}
		}
		key := h.shareKey(id, entropy)
		defer key.Wipe()
		keys = append(keys, key)
		certificates = append(certificates, v.Shares.Certificates[id])
	}
	for _, key := range keys {
		p, err := key.Polynomial(certificates, h.rand)
		if err != nil {
			return fmt.Errorf("hall: join the keys: %w", err)
		}
		polynomials = append(polynomials, p)
	}
	for _, key := range keys {
		share, err := key.Share(certificates, polynomials, h.rand)
		if err != nil {
			return fmt.Errorf("hall: join the keys: %w", err)
		}
		shares = append(shares, share)
	}
	trustee, boxes, err := ballot.NewThresholdTrustee(h.State().Group(), certificates, polynomials, shares)
	if err != nil {
		return fmt.Errorf("hall: join the keys: %w", err)
	}
	join := meeting.JoinKeys{Trustee: trustee, Shares: map[meeting.MemberID]string{}}
	for i, id := range v.Scrutineers {
		join.Shares[id] = boxes[i]
	}
	return h.act(ctx, meeting.Keeper, join)
}

// keySeed binds a scrutineer's code to the branch and the person.
func (h *Hall) keySeed(who meeting.MemberID, entropy []byte) []byte {
	seed, err := hkdf.Key(sha256.New, entropy, nil, "pingyi scrutineer\x00"+h.State().Branch.ID+"\x00"+string(who), 32)
	if err != nil {
		panic(err) // only for absurd lengths
	}
	return seed
}

func (h *Hall) shareKey(who meeting.MemberID, entropy []byte) *ballot.ThresholdKey {
	return ballot.NewThresholdKey(h.State().Group(), h.keySeed(who, entropy))
}

// key is the secret key with which a scrutineer opens the current vote's box.
func (h *Hall) key(v *meeting.Vote, who meeting.MemberID, entropy []byte) (*ballot.SecretKey, error) {
	if box, shared := v.Shares.Encrypted[who]; shared {
		key := h.shareKey(who, entropy)
		defer key.Wipe()
		return key.Open(box)
	}
	key := ballot.SecretKeyFromSeed(h.State().Group(), h.keySeed(who, entropy))
	public, err := key.Public(h.rand)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(public.Keys(), v.Keys[who].Keys()) {
		return nil, errCode
	}
	return key, nil
}

// Holds reports whether a scrutineer's key is in memory; after a restart it is
// not, and unsealing asks for the code.
func (h *Hall) Holds(who meeting.MemberID) bool { return h.keys.of(who) != nil }

// Open opens the box: the questions, the voters, the scrutineers and the rules
// of this moment are frozen. 群众代表 who vote get a box of their own.
func (h *Hall) Open(ctx context.Context, who meeting.MemberID) error {
	s := h.State()
	if no := meeting.May(s, who, meeting.ActOpen); no != nil {
		return no
	}
	open := meeting.OpenBoxes{Elections: map[meeting.Channel]*ballot.Election{}}
	for _, channel := range meeting.Channels() {
		voters := s.Electorate(channel)
		if len(voters) == 0 {
			continue
		}
		election, err := h.election(s, voters, channelTitles[channel])
		if err != nil {
			return fmt.Errorf("hall: open the box: %w", err)
		}
		open.Elections[channel] = election
	}
	if err := h.act(ctx, who, open); err != nil {
		return err
	}
	h.begin(h.prepareAll)
	return nil
}

// channelTitles are what an election's description says of a box beside the
// members'.
var channelTitles = map[meeting.Channel]string{meeting.MassBox: "群众代表"}

func (h *Hall) election(s *meeting.State, voters []meeting.MemberID, channel string) (*ballot.Election, error) {
	uuid, err := ballot.NewUUID(h.rand)
	if err != nil {
		return nil, err
	}
	var credentials []string
	for _, id := range voters {
		private, err := h.credential(uuid, id)
		if err != nil {
			return nil, err
		}
		public, err := ballot.PublicCredential(h.State().Group(), uuid, private)
		if err != nil {
			return nil, err
		}
		credentials = append(credentials, public)
	}
	own := h.serverKey(uuid)
	defer own.Wipe()
	public, err := own.Public(h.rand)
	if err != nil {
		return nil, err
	}
	v := s.Vote()
	return ballot.NewElection(ballot.Setup{
		UUID:        uuid,
		Name:        s.Branch.Name + " " + s.Rules.Title,
		Description: s.Branch.Org + " " + v.Title() + channel,
		Group:       s.Group(),
		Questions:   s.Questions(),
		Trustees:    append(v.Trustees(), public),
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
		panic(err) // the stream is longer than this
	}
	return ballot.SecretKeyFromSeed(h.State().Group(), seed)
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
	return h.CastOnce(ctx, "", who, c)
}

// CastOnce is Cast for a ballot that may be handed in again ([Hall.ActOnce]): it
// is cast once, and its receipt is that of the first time.
func (h *Hall) CastOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	s := h.State()
	rows, no := s.Rows(who, c)
	if no != nil {
		return meeting.Receipt{}, no
	}
	box, _ := s.Vote().BoxOf(who)
	b, err := h.ballot(box.Election, who, rows)
	if err != nil {
		return meeting.Receipt{}, fmt.Errorf("hall: cast: %w", err)
	}
	cast := meeting.Cast{Ballot: b}
	if s.Rules.Vote.Comments {
		if cast.Comments, err = h.comments(s.Vote(), box.Election, c.Written()); err != nil {
			return meeting.Receipt{}, fmt.Errorf("hall: cast: %w", err)
		}
	}
	events, err := h.ActOnce(ctx, id, who, cast)
	if err != nil {
		return meeting.Receipt{}, err
	}
	f, ok := events[0].Fact.(meeting.BallotCast)
	if !ok {
		return meeting.Receipt{}, ErrIDUsed
	}
	return meeting.Receipt{Code: f.Receipt, Times: f.Times}, nil
}

// comments encrypts what a voter wrote and fills up with empty comments on random
// subjects, in a random order: always as many.
func (h *Hall) comments(v *meeting.Vote, e *ballot.Election, texts map[meeting.MemberID]string) ([]*ballot.Comment, error) {
	var list []*ballot.Comment
	seal := func(question int, text string) error {
		r, err := e.SealComment(question, text, h.rand)
		list = append(list, r)
		return err
	}
	for id, text := range texts {
		if err := seal(slices.Index(v.Subjects, id), text); err != nil {
			return nil, err
		}
	}
	for len(list) < meeting.MaxComments {
		i, err := h.dice(len(v.Subjects))
		if err == nil {
			err = seal(i, "")
		}
		if err != nil {
			return nil, err
		}
	}
	for i := len(list) - 1; i > 0; i-- {
		j, err := h.dice(i + 1)
		if err != nil {
			return nil, err
		}
		list[i], list[j] = list[j], list[i]
	}
	return list, nil
}

// dice is a number from 0 to n-1; n is small.
func (h *Hall) dice(n int) (int, error) {
	var b [8]byte
	if _, err := io.ReadFull(h.rand, b[:]); err != nil {
		return 0, err
	}
	return int(binary.BigEndian.Uint64(b[:]) % uint64(n)), nil //nolint:gosec // below n
}

// Unseal gives a scrutineer's partial decryption of the sums. code is their
// recovery code, needed when the key is no longer in memory. With the last
// scrutineer who is needed the sums are known and every key is wiped.
func (h *Hall) Unseal(ctx context.Context, who meeting.MemberID, code string) error {
	s := h.State()
	if no := meeting.May(s, who, meeting.ActUnseal); no != nil {
		return no
	}
	v := s.Vote()
	entropy := h.keys.of(who)
	if code != "" || entropy == nil {
		var err error
		if entropy, err = readCode(code); err != nil {
			return &meeting.Refusal{Code: meeting.CodeWrong}
		}
	}
	key, err := h.key(v, who, entropy)
	if err != nil {
		return &meeting.Refusal{Code: meeting.CodeWrong}
	}
	defer key.Wipe()
	h.keys.hold(who, entropy)
	unseal, err := h.unseal(v, func(*meeting.Box) (*ballot.SecretKey, func()) { return key, func() {} })
	if err != nil {
		return err
	}
	return h.open(ctx, who, unseal)
}

// UnsealOwn gives the partial decryptions that a scrutineer made on their own
// machine: of the members' sums, and of 群众's where there are any.
func (h *Hall) UnsealOwn(ctx context.Context, who meeting.MemberID, records ...[]byte) error {
	s := h.State()
	if no := meeting.May(s, who, meeting.ActUnseal); no != nil {
		return no
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

// open gives who's partial decryption, after the server's own; the comments are
// opened just before the sums are.
func (h *Hall) open(ctx context.Context, who meeting.MemberID, unseal meeting.Unseal) error {
	h.count.Lock()
	defer h.count.Unlock()
	if err := h.unsealOwn(ctx); err != nil {
		return err
	}
	if err := h.openComments(ctx, who); err != nil {
		return err
	}
	events, err := h.Act(ctx, who, unseal)
	if err != nil {
		return err
	}
	for _, e := range events {
		if _, counted := e.Fact.(meeting.Counted); counted {
			h.keys.wipe()
		}
	}
	return nil
}

// unsealOwn gives the server's own partial decryption, if it is not there yet.
func (h *Hall) unsealOwn(ctx context.Context) error {
	v := h.State().Vote()
	if v.Members().Partials[meeting.Keeper] != nil {
		return nil
	}
	unseal, err := h.unseal(v, func(b *meeting.Box) (*ballot.SecretKey, func()) {
		key := h.serverKey(b.Election.UUID())
		return key, key.Wipe
	})
	if err != nil {
		return err
	}
	return h.act(ctx, meeting.Keeper, unseal)
}

// unseal decrypts the sums of every box with the key that keyFor gives for it,
// and calls done when the key is no longer needed.
func (h *Hall) unseal(v *meeting.Vote, keyFor func(*meeting.Box) (key *ballot.SecretKey, done func())) (meeting.Unseal, error) {
	partials := map[meeting.Channel]*ballot.Partial{}
	for _, b := range v.OpenedBoxes() {
		key, done := keyFor(b)
		p, err := b.Election.Decrypt(b.Tally, key, h.rand)
		done()
		if err != nil {
			return meeting.Unseal{}, fmt.Errorf("hall: unseal: %w", err)
		}
		partials[b.Channel] = p
	}
	return meeting.Unseal{Partials: partials}, nil
}

// openComments opens the anonymous comments if who is the last whose key is
// needed and all the keys needed are in memory. Nothing of it is stored but the
// texts, sorted by subject: not which ballot one came with. A key that never
// was on the server leaves the comments sealed.
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

// last reports whether the sums are known once who has unsealed.
func (h *Hall) last(v *meeting.Vote, who meeting.MemberID) bool {
	owners := []int{slices.Index(v.Scrutineers, who) + 1}
	box := v.Members()
	for _, p := range box.PartialList() {
		owners = append(owners, p.Owner())
	}
	return box.Election.Ready(owners)
}

// commentsOf opens the comments in one box; ok is false if a key is missing.
func (h *Hall) commentsOf(v *meeting.Vote, b *meeting.Box) (opened []ballot.OpenComment, ok bool, err error) {
	var comments []*ballot.Comment
	for _, slip := range b.Returned {
		comments = append(comments, slip.Comments...)
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
		if entropy := h.keys.of(id); entropy != nil {
			key, err := h.key(v, id, entropy)
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
