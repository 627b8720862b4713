package meeting

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"pingyi/meeting/ballot"
)

// What may be done with ballots, and their receipts.
const (
	ActVote    Action = "vote"
	ActReceipt Action = "receipt"
	ActBoard   Action = "board"
)

var castActions = []action{
	{ActVote, forMembers, ofVote((*State).mayCast)},
	{ActReceipt, forMembers, ofVote((*State).mayCheckReceipt)},
	{ActBoard, forMembers, ofVote((*State).maySeeBoard)},
}

// Why something about ballots is refused.
const (
	CameAfterOpening Code = "came-after-opening" // a paper slip can be given
	CameTooLate      Code = "came-too-late"      // no paper slip either
	NotAmongFirst    Code = "not-among-first"
	NoMassBallots    Code = "no-mass-ballots"
	BadBallot        Code = "bad-ballot"
	BoardLater       Code = "board-later"
	VoteVoided       Code = "vote-voided"    // its number
	CastTooOften     Code = "cast-too-often" // with the seconds to wait
)

func (s *State) mayCast(m Member, v *Vote) *Refusal {
	return first(s.live(), need(m.Kind != Mass || s.Rules.Vote.Mass, NoMassBallots), need(s.votes(m), NoVotingRight, s.Called(m.ID)), s.here(m.ID),
		need(v.State == BoxOpened, BoxNotOpen), need(!slices.Contains(v.OnPaper, m.ID), VotesOnPaper), v.holds(m))
}

// holds refuses a ballot to somebody who had none when the box was opened.
func (v *Vote) holds(m Member) *Refusal {
	box := v.Box(m.channel())
	switch {
	case box != nil && box.holds(m.ID):
		return nil
	case !v.admits(m):
		return refuse(NotAmongFirst)
	case !m.InParty() || len(v.Scrutineers) < 2:
		return refuse(CameTooLate)
	}
	return refuse(CameAfterOpening)
}

func (s *State) mayCheckReceipt(_ Member, v *Vote) *Refusal {
	return first(v.standing(), need(v.State == BoxOpened || v.State == BoxClosed || v.State == BoxCounted, BoxNotOpen))
}

func (s *State) maySeeBoard(_ Member, v *Vote) *Refusal {
	return first(v.standing(), need(v.State == BoxClosed || v.State == BoxCounted, BoardLater))
}

// standing refuses to look into a vote that is void.
func (v *Vote) standing() *Refusal { return need(v.State != BoxVoid, VoteVoided, v.No) }

// Cast puts a sealed ballot into the box and replaces an earlier one of the
// same member. The caller has made the ballot, or has checked it with all its
// proofs ([ballot.Election.Check]). Comments are [MaxComments] where the rules
// have comments, else none. Under Key the ballot is stamped.
type Cast struct {
	Ballot   *ballot.Ballot
	Comments []*ballot.Comment
	Key      StampKey // nil: no stamp, so that its proofs are verified again before the count

	packed *packedBallot // nil: not made yet
}

// packedBallot is a ballot with its comments as it is stored, and what else of it
// depends on no state.
type packedBallot struct {
	blob                []byte   // packBallot
	sum                 [32]byte // SHA-256 of blob
	credential, receipt string
}

// prepared returns the command with its ballot packed.
func (c Cast) prepared() Cast {
	if c.Ballot == nil || c.packed != nil {
		return c
	}
	p := &packedBallot{blob: packBallot(c.Ballot, c.Comments), credential: c.Ballot.Credential(), receipt: c.Ballot.Tracker()}
	p.sum = sha256.Sum256(p.blob)
	c.packed = p
	return c
}

func (c Cast) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActVote); no != nil {
		return nil, no
	}
	box, _ := s.Vote().BoxOf(r.By)
	if c.Ballot == nil || len(c.Comments) > MaxComments {
		return nil, refuse(BadBallot)
	}
	p := c.prepared().packed
	own, again := box.Returned.Get(r.By)
	if own.was(p.receipt) {
		return nil, refuse(BallotAgain)
	}
	signer := signerOf(box.Election, p.blob)
	if by, signed := box.signed.Get(signer); signed && by != r.By || again && own.signer() != signer {
		return nil, refuse(BadBallot)
	}
	if !box.Election.Knows(p.credential) {
		return nil, refuse(BadBallot)
	}
	f := BallotCast{Channel: box.Channel, Receipt: p.receipt, Times: own.Times + 1, Ciphertext: p.blob, packed: p}
	if c.Key != nil {
		f.Stamp = c.Key.stamp(s.Branch.ID, box.Election, r.By, f)
	}
	return []Fact{f}, nil
}

// was reports whether a voter has cast the ballot with a receipt before, also if it
// was replaced: an old ballot that somebody kept does not come back.
func (r ReturnedBallot) was(receipt string) bool {
	if r.Receipt == receipt {
		return true
	}
	for old := r.before; old != nil; old = old.before {
		if old.receipt == receipt {
			return true
		}
	}
	return false
}

// CastEarlier reports whether a receipt is that of a ballot that somebody cast in a vote
// before the current one.
func (s *State) CastEarlier(who MemberID, receipt string) bool {
	now := s.Vote()
	return slices.ContainsFunc(s.Votes, func(v *Vote) bool {
		box, had := v.BoxOf(who)
		return v != now && had && box.Returned.Of(who).was(receipt)
	})
}

// BallotCast says that a member has returned a ballot. Ciphertext is stored
// apart from the fact, and is empty after pruning.
type BallotCast struct {
	Channel    Channel `json:"channel"`
	Receipt    string  `json:"receipt"`
	Times      int     `json:"times"`         // how often this person has voted, this ballot included
	Stamp      []byte  `json:"mac,omitempty"` // [StampKey]; empty in a log of before
	Ciphertext []byte  `json:"-"`             // packBallot

	packed *packedBallot // nil where it was read back
}

// Unread is the fact without its ballot, as after pruning. A chronicle that
// needs no ballots is folded faster with it.
func (f BallotCast) Unread() BallotCast {
	f.Ciphertext, f.packed = nil, nil
	return f
}

func (f BallotCast) split() (Class, []byte) { return BallotBlob, f.Ciphertext }

func (f BallotCast) joined(blob []byte) (Fact, error) { //nolint:unparam // others may fail
	f.Ciphertext = blob
	return f, nil
}

func (f BallotCast) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) {
		box := v.Box(f.Channel)
		if box == nil {
			return
		}
		returned := ReturnedBallot{Receipt: f.Receipt, Times: f.Times, Stamp: f.Stamp}
		if replaced, again := box.Returned.Get(e.By); again {
			returned.before = &receipts{replaced.Receipt, replaced.before}
		}
		if len(f.Ciphertext) > 0 {
			returned.stored = &storedBallot{e: box.Election, blob: f.Ciphertext}
			box.signed = box.signed.with(signerOf(box.Election, f.Ciphertext), new(e.By), s.alone)
		}
		box.Returned = box.Returned.with(e.By, &returned, s.alone)
	})
}

// packBallot joins a ballot and its comments, each after its length in 4 bytes.
func packBallot(b *ballot.Ballot, comments []*ballot.Comment) []byte {
	var rest []byte
	for _, r := range comments {
		part := r.Marshal()
		rest = append(binary.BigEndian.AppendUint32(rest, uint32(len(part))), part...) //nolint:gosec // some 100 bytes
	}
	blob := make([]byte, 0, 4+b.Size()+len(rest))                // a copy less: a thousand are cast at once
	blob = binary.BigEndian.AppendUint32(blob, uint32(b.Size())) //nolint:gosec // some 100 KB
	return append(b.AppendTo(blob), rest...)
}

// sum returns the SHA-256 of the ciphertext.
func (f BallotCast) sum() [32]byte {
	if f.packed != nil {
		return f.packed.sum
	}
	return sha256.Sum256(f.Ciphertext)
}

// unpackBallot reads what packBallot wrote and leaves out what is not whole.
func unpackBallot(e *ballot.Election, blob []byte) (b *ballot.Ballot, comments []*ballot.Comment) {
	part, blob, ok := cutPart(blob)
	if !ok {
		return nil, nil
	}
	b, _ = ballot.DecodeBallot(e, part)
	for part, blob, ok = cutPart(blob); ok; part, blob, ok = cutPart(blob) {
		if c, err := ballot.DecodeComment(e, part); err == nil {
			comments = append(comments, c)
		}
	}
	return b, comments
}

// cutPart returns the first part of what packBallot wrote, and the rest; ok is
// false if there is no whole part.
func cutPart(blob []byte) (part, rest []byte, ok bool) {
	if len(blob) < 4 {
		return nil, nil, false
	}
	n := binary.BigEndian.Uint32(blob)
	if blob = blob[4:]; uint64(n) > uint64(len(blob)) {
		return nil, nil, false
	}
	return blob[:n], blob[n:], true
}

// Receipt is what a voter gets back: the tracker of their ballot, and how many
// times they have voted.
type Receipt struct {
	Code  string `json:"receipt"`
	Times int    `json:"times"`
}

// CheckReceipt records that a member has found their receipt on the board.
type CheckReceipt struct{ Receipt string }

func (c CheckReceipt) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActReceipt); no != nil {
		return nil, no
	}
	v := s.Vote()
	box, ok := v.BoxOf(r.By)
	if !ok || box.Returned.Of(r.By).Receipt != c.Receipt || c.Receipt == "" || v.Checked.Of(r.By) {
		return nil, nil
	}
	return []Fact{ReceiptChecked{}}, nil
}

// ReceiptChecked says that a member has found their own receipt.
type ReceiptChecked struct{}

func (ReceiptChecked) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) { v.Checked = v.Checked.with(e.By, new(true), s.alone) })
}
