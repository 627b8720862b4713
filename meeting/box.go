package meeting

import (
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"pingyi/meeting/ballot"
)

// Channel names a ballot box: whose ballots it holds. Two channels are two
// counts, never one sum (DOMAIN.md §3.7).
type Channel string

// The channels, in the order in which people name them.
const (
	MemberBox Channel = "members" // 党员
	MassBox   Channel = "mass"    // 群众代表
)

// Channels lists all channels.
func Channels() []Channel { return []Channel{MemberBox, MassBox} }

// Box is one ballot box of a vote: an election of its own.
type Box struct {
	Channel  Channel
	Election *ballot.Election // frozen when the box opens
	Voters   []MemberID       // who got a ballot, in roster order
	Returned Map[MemberID, ReturnedBallot]
	Tally    *ballot.Tally                // nil where the box was closed with too few ballots
	Partials map[MemberID]*ballot.Partial // by scrutineer; the server's under Keeper
	Sums     [][]int                      // [question][grade], after counting

	fingerprint string                // on the wall, in place of the election
	voters      map[MemberID]bool     // Voters as a set; nil: it was not opened by a fact
	signed      Map[string, MemberID] // who has returned a ballot, by its signerOf
}

// holds reports whether a person got a ballot of the box.
func (b *Box) holds(id MemberID) bool {
	if b.voters == nil {
		return slices.Contains(b.Voters, id)
	}
	return b.voters[id]
}

// ReturnedBallot is a voter's ballot in the box.
type ReturnedBallot struct {
	Receipt string
	Times   int           // how often this person has voted; the last ballot counts
	Stamp   []byte        // [StampKey]; empty: none
	stored  *storedBallot // nil after pruning
	before  *receipts     // of the ballots that this one has replaced
}

// receipts are those of the ballots that one voter has replaced, the newest first.
type receipts struct {
	receipt string
	before  *receipts
}

// Fingerprint is the short fingerprint of the box's election, which people
// compare by eye; "" before the box opens.
func (b *Box) Fingerprint() string {
	if b.Election == nil {
		return b.fingerprint
	}
	return b.Election.Short()
}

// Box returns the box of a channel, nil if there is none.
func (v *Vote) Box(c Channel) *Box {
	if i := slices.IndexFunc(v.Boxes, func(b *Box) bool { return b.Channel == c }); i >= 0 {
		return v.Boxes[i]
	}
	return nil
}

// Members returns the members' box, before the opening an empty one.
func (v *Vote) Members() *Box {
	if b := v.Box(MemberBox); b != nil {
		return b
	}
	return &Box{Channel: MemberBox}
}

// BoxOf returns the box in which a person has a ballot.
func (v *Vote) BoxOf(id MemberID) (*Box, bool) {
	i := slices.IndexFunc(v.Boxes, func(b *Box) bool { return b.holds(id) })
	if i < 0 {
		return nil, false
	}
	return v.Boxes[i], true
}

// OpenedBoxes lists the boxes whose sums may be decrypted: those that were
// closed with enough ballots.
func (v *Vote) OpenedBoxes() []*Box {
	return slices.DeleteFunc(slices.Clone(v.Boxes), func(b *Box) bool { return b.Tally == nil })
}

// Missing lists the voters who have not returned their ballot and do not vote
// on paper, in roster order.
func (v *Vote) Missing() []MemberID {
	return onceOf(v, func(m *voteMemo) *answer[[]MemberID] { return &m.missing }, func() []MemberID {
		var ids []MemberID
		paper := setOf(v.OnPaper)
		for _, b := range v.Boxes {
			for _, id := range b.Voters {
				if !b.Returned.Has(id) && !paper[id] {
					ids = append(ids, id)
				}
			}
		}
		return slices.Clip(ids)
	})
}

// Board is the list of all counted receipts, sorted (BALLOT.md §2).
func (v *Vote) Board() []string {
	return onceOf(v, func(m *voteMemo) *answer[[]string] { return &m.board }, func() []string {
		var list []string
		for _, b := range v.Boxes {
			for _, returned := range b.Returned.All() {
				list = append(list, returned.Receipt)
			}
		}
		slices.Sort(list)
		return slices.Clip(list)
	})
}

// Ballots lists the ballots that count, ordered by receipt.
func (b *Box) Ballots() []*ballot.Ballot { return b.ballots(ReturnedBallot.Ballot) }

// ballots lists the ballots as read reads them, without those that it cannot.
func (b *Box) ballots(read func(ReturnedBallot) *ballot.Ballot) []*ballot.Ballot {
	list := make([]*ballot.Ballot, 0, b.Returned.Len())
	for _, returned := range b.Returned.All() {
		if one := read(returned); one != nil {
			list = append(list, one)
		}
	}
	slices.SortFunc(list, func(a, b *ballot.Ballot) int { return strings.Compare(a.Tracker(), b.Tracker()) })
	return list
}

// PartialList lists the partial decryptions in the order of the trustees: the
// scrutineers, then the server.
func (b *Box) PartialList() []*ballot.Partial {
	list := slices.Collect(maps.Values(b.Partials))
	slices.SortFunc(list, func(a, b *ballot.Partial) int { return a.Owner() - b.Owner() })
	return list
}

// Archive writes the box as Belenios' UUID.bel, as far as the vote has come:
// the ballots ordered by receipt, so that their order tells nothing; the
// encrypted sums once it is closed; the result once it is counted. Every time
// in the archive is at. What was counted was examined before; a verification does
// it again.
func (b *Box) Archive(w io.Writer, at time.Time) error {
	if b.Sums == nil {
		return b.Election.WriteArchive(w, at, slices.Values(b.Ballots()), b.Tally, nil)
	}
	return b.Election.WriteArchive(w, at, slices.Values(b.ballots(ReturnedBallot.written)), b.Tally, b.PartialList())
}
