package meeting

import (
	"fmt"
	"strings"
)

// Head is the head of the log's chain just after a vote was closed (链头). The
// chain has no key: whoever can write the log can write another one. So the head
// is shown to everybody, kept outside the log, and compared before the box is
// opened.
type Head struct {
	Vote int    `json:"vote"` // number of the vote
	Seq  int    `json:"seq"`  // number of the record
	Hash string `json:"hash"` // of the record, hexadecimal
}

// Why a box is not opened.
const (
	HeadDiffers Code = "head-differs" // the head noted at closing, what is there now
	HeadMissing Code = "head-missing" // the head noted at closing
	HeadNoted   Code = "head-noted"   // it was noted before
)

// Short returns the head as people compare it by eye: the number of the record
// and the first 80 bits of its hash, as #57 1a2b 3c4d 5e6f 7081 92a3; "" if
// none was noted.
func (h Head) Short() string {
	if h.Hash == "" {
		return ""
	}
	list := []string{fmt.Sprintf("#%d", h.Seq)}
	for rest := h.Hash[:min(20, len(h.Hash))]; rest != ""; rest = rest[min(4, len(rest)):] {
		list = append(list, rest[:min(4, len(rest))])
	}
	return strings.Join(list, " ")
}

// Differs is the refusal of a box whose log has another head than the one that
// was noted at closing.
func (h Head) Differs(now Head) *Refusal { return refuse(HeadDiffers, h.Short(), now.Short()) }

// Missing is the refusal of a box whose head is kept nowhere outside the log.
func (h Head) Missing() *Refusal { return refuse(HeadMissing, h.Short()) }

// NoteHead notes the chain's head just after a vote was closed. The server gives
// it.
type NoteHead struct{ Head }

func (c NoteHead) decide(s *State, r Request) ([]Fact, error) {
	v := s.Vote()
	if r.By != Keeper {
		return nil, refuse(KeeperOnly)
	}
	if v == nil || v.State != BoxClosed || v.No != c.Vote {
		return nil, refuse(BoxNotOpen)
	}
	if v.Head != (Head{}) {
		return nil, refuse(HeadNoted)
	}
	return []Fact{ClosingNoted(c)}, nil
}

// ClosingNoted carries the chain's head just after the closing.
type ClosingNoted struct{ Head }

func (f ClosingNoted) apply(s *State, _ Event) {
	s.changeVote(func(v *Vote) { v.Head = f.Head })
}
