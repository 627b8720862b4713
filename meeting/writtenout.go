package meeting

import (
	"encoding/hex"
	"path"
	"slices"
	"strings"
	"time"
)

// ActWriteOut writes the papers with private text into a folder.
const ActWriteOut Action = "write-out"

var writtenOutActions = []action{{ActWriteOut, forKeeper, (*State).mayWriteOut}}

// NothingWritten refuses to record that no paper was written.
const NothingWritten Code = "nothing-written"

// mayWriteOut allows it at any time.
func (s *State) mayWriteOut(Member) *Refusal { return need(s.Rules != nil, NotFounded) }

// mostWritten is the most papers that are written out at once: a few of each
// person, in every format.
const mostWritten = 10000

// WriteOut records that papers with private text were written into a folder, with
// the reason. Those whose text it is see it. What is not in the exported log is
// compared with these hashes.
type WriteOut struct {
	Reason string
	Papers []WrittenPaper
}

// WrittenPaper is a file that was written.
type WrittenPaper struct {
	Name   string `json:"name"`   // outline-m03.docx
	SHA256 string `json:"sha256"` // hexadecimal
}

func (c WriteOut) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActWriteOut); no != nil {
		return nil, no
	}
	if bad := badReason(c.Reason, 200); bad != nil {
		return nil, bad
	}
	if len(c.Papers) == 0 || len(c.Papers) > mostWritten || slices.ContainsFunc(c.Papers, WrittenPaper.wrong) {
		return nil, refuse(NothingWritten)
	}
	return []Fact{WrittenOut(c)}, nil
}

// wrong reports whether it names no file.
func (p WrittenPaper) wrong() bool {
	sum, err := hex.DecodeString(p.SHA256)
	return err != nil || len(sum) != 32 || p.Name == "" || path.Base(p.Name) != p.Name || badText(p.Name, 200) != nil
}

// WrittenOut says that papers with private text were written into a folder.
type WrittenOut struct {
	Reason string         `json:"reason"`
	Papers []WrittenPaper `json:"papers"`
}

func (f WrittenOut) apply(s *State, e Event) {
	s.WrittenOut = append(slices.Clip(s.WrittenOut), WritingOut{At: e.At, Reason: f.Reason, Papers: f.Papers})
}

// WritingOut is one writing.
type WritingOut struct {
	At     time.Time
	Reason string
	Papers []WrittenPaper
}

// concerns reports whether it has private text of who: a paper about them, or the
// talks, if they were in one.
func (w WritingOut) concerns(who MemberID, talked bool) bool {
	return slices.ContainsFunc(w.Papers, func(p WrittenPaper) bool {
		name := strings.TrimSuffix(p.Name, path.Ext(p.Name))
		return strings.HasSuffix(name, "-"+string(who)) || talked && name == "talks"
	})
}

// WrittenOutOf are the writings that have private text of who.
func (s *State) WrittenOutOf(who MemberID) []WritingOut {
	talked := false
	for r := range s.kept["talk"].naming(who) {
		talked = talked || r.Rev > 0 && r.sides(who)
	}
	var list []WritingOut
	for _, w := range s.WrittenOut {
		if w.concerns(who, talked) {
			list = append(list, w)
		}
	}
	return list
}

// Aside reports whether an event only records that something was written or taken:
// papers don't know it, so that a paper is the same before and after.
func (e Event) Aside() bool {
	switch e.Fact.(type) {
	case WrittenOut, BoxTaken:
		return true
	}
	return false
}

// Filed is the last event that papers know: not that they were written, or a box
// taken. nil before the first.
func (s *State) Filed() *Chronicle {
	for c := range s.Chronicle.Backward() {
		if !c.Aside() {
			return c
		}
	}
	return nil
}
