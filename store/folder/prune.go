package folder

import (
	"context"
	"encoding/hex"
	"errors"

	"pingyi/meeting"
)

// Pruned tells what [Folder.Prune] did.
type Pruned struct {
	Ballots int      `json:"ballots"` // whose ciphertexts were removed, replaced ones and those of void votes included
	Records uint64   `json:"records"` // of the branch, all still there
	Head    string   `json:"head"`    // hash of the last of them, hexadecimal
	Copies  []string `json:"copies"`  // files of damage beside the database: they may still hold ciphertexts
}

// Prune records on what decision, and removes the ciphertexts of all votes of a
// branch from the database ([bolt.Shelf.Prune]). The branch's hall is another
// one afterwards: whoever held the old one asks for it again.
//
// The error is a *[meeting.Refusal] if it is not yet time or was done before.
// If a crash or a full disk came between the decision and the removal, the next
// call removes; the decision that was recorded first stands.
func (f *Folder) Prune(ctx context.Context, id, approval string) (Pruned, error) {
	h, err := f.Hall(ctx, id)
	if err != nil {
		return Pruned{}, err
	}
	_, decided := h.Act(ctx, meeting.Keeper, meeting.Prune{Approval: approval, Classes: meeting.Classes()})
	var no *meeting.Refusal
	if decided != nil && (!errors.As(decided, &no) || no.Code != meeting.AlreadyPruned) {
		return Pruned{}, decided
	}
	done := Pruned{Ballots: ballots(h.State()), Copies: []string{}}
	if err := f.leave(id); err != nil {
		return Pruned{}, err
	}
	removed, err := f.shelf.Prune(ctx, id)
	if err == nil && removed == 0 {
		err = decided
	}
	if err != nil {
		return Pruned{}, err
	}
	after, err := f.room(ctx, id) // it reads the whole chain
	if err != nil {
		return Pruned{}, err
	}
	seq, hash := after.Head()
	done.Records, done.Head = seq, hex.EncodeToString(hash[:])
	copies, err := f.shelf.Copies()
	done.Copies = append(done.Copies, copies...)
	return done, err
}

// leave closes the hall of a branch: nothing in memory keeps its ballots.
func (f *Folder) leave(id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	o := f.halls[id]
	delete(f.halls, id)
	if o == nil {
		return nil
	}
	return o.close()
}

// ballots counts all ballots that were ever cast.
func ballots(s *meeting.State) (n int) {
	for _, v := range s.Votes {
		for _, b := range v.Boxes {
			for _, slip := range b.Returned {
				n += slip.Times
			}
		}
	}
	return n
}
