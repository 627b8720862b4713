package meeting

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"strconv"
	"sync"

	"pingyi/meeting/ballot"
)

// BoxAltered refuses to count a box of which stored ballots are not those that
// were cast.
const BoxAltered Code = "box-altered" // ballots altered, ballots in all

// BoxForeign refuses a vote whose box was opened under another secret of the
// server: its ballots cannot be counted here.
const BoxForeign Code = "box-foreign"

// Altered is the refusal of a box in which so many of all ballots are not those
// that were cast.
func Altered(bad, all int) *Refusal { return refuse(BoxAltered, bad, all) }

// StampKey is the key under which ballots are stamped. It is the server's
// secret: whoever can write the log but does not have it cannot make a stamp.
type StampKey []byte

// stamp returns the stamp (票章) of a ballot: a MAC over everything that says
// whose ballot it is, in which box of which election, which of theirs, and what
// is in it. A ballot gets one when it is cast, after its proofs were verified.
func (k StampKey) stamp(branch string, e *ballot.Election, who MemberID, f BallotCast) []byte {
	mac := hmac.New(sha256.New, k)
	content := f.sum()
	for _, part := range []string{
		branch, e.UUID(), e.Fingerprint(), string(f.Channel), string(who), strconv.Itoa(f.Times), f.Receipt, string(content[:]),
	} {
		fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return mac.Sum(nil)
}

// Stamped reports whether a returned ballot has a stamp, and whether it is the
// right one. A ballot from a log of before has none; its proofs say then
// whether it is genuine.
func (s *State) Stamped(k StampKey, b *Box, who MemberID) (has, right bool) {
	r := b.Returned.Of(who)
	if len(r.Stamp) == 0 || r.stored == nil {
		return len(r.Stamp) > 0, false
	}
	cast := BallotCast{Channel: b.Channel, Receipt: r.Receipt, Times: r.Times, Ciphertext: r.stored.blob}
	return true, hmac.Equal(r.Stamp, k.stamp(s.Branch.ID, b.Election, who, cast))
}

// storedBallot is a ballot as it lies in the log, read when it is needed: a
// server with hundreds of ballots starts without reading one of them.
type storedBallot struct {
	e    *ballot.Election
	blob []byte // packBallot
	read struct {
		once     sync.Once
		ballot   *ballot.Ballot
		comments []*ballot.Comment
	}
}

// open returns the ballot and its comments; ballot is nil if the blob holds
// none.
func (b *storedBallot) open() (*ballot.Ballot, []*ballot.Comment) {
	b.read.once.Do(func() { b.read.ballot, b.read.comments = unpackBallot(b.e, b.blob) })
	return b.read.ballot, b.read.comments
}

// signerOf tells what packBallot wrote from what others have signed, without reading
// it; "" if it holds no ballot.
func signerOf(e *ballot.Election, blob []byte) string {
	part, _, ok := cutPart(blob)
	if !ok {
		return ""
	}
	return ballot.SignerOf(e, part)
}

// Ballot returns the ballot, nil after pruning or if what is stored is none.
func (r ReturnedBallot) Ballot() *ballot.Ballot {
	if r.stored == nil {
		return nil
	}
	b, _ := r.stored.open()
	return b
}

// written is [ReturnedBallot.Ballot] for writing it down: whether its points are in
// the group is not asked again.
func (r ReturnedBallot) written() *ballot.Ballot {
	if r.stored == nil {
		return nil
	}
	part, _, ok := cutPart(r.stored.blob)
	if !ok {
		return nil
	}
	b, err := ballot.ReadBallot(r.stored.e, part)
	if err != nil {
		return nil
	}
	return b
}

// Comments returns the anonymous comments that came with the ballot.
func (r ReturnedBallot) Comments() []*ballot.Comment {
	if r.stored == nil {
		return nil
	}
	_, comments := r.stored.open()
	return comments
}

// signer is signerOf the ballot, "" if none is stored.
func (r ReturnedBallot) signer() string {
	if r.stored == nil {
		return ""
	}
	return signerOf(r.stored.e, r.stored.blob)
}

// genuine reports whether every ballot in the box can be read and has the
// receipt that the board shows, one for each credential. Stamps and proofs are
// the hall's to check.
func (b *Box) genuine() *Refusal {
	bad := 0
	credentials := map[string]bool{}
	for _, r := range b.Returned.All() {
		if one := r.Ballot(); one == nil || one.Tracker() != r.Receipt || credentials[one.Credential()] {
			bad++
		} else {
			credentials[one.Credential()] = true
		}
	}
	return need(bad == 0, BoxAltered, bad, b.Returned.Len())
}
