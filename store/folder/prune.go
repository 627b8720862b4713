package folder

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"pingyi/meeting"
)

// Pruned tells what [Folder.Prune] did.
type Pruned struct {
	Classes []meeting.Class `json:"classes"`
	Removed int             `json:"removed"` // number of blobs, replaced ballots and void votes included
	Records uint64          `json:"records"` // of the branch, all still there
	Head    string          `json:"head"`    // hash of the last of them, hexadecimal
	Copies  []string        `json:"copies"`  // copies of damaged files beside the database, which may still hold what was removed
	Taken   []Taken         `json:"taken"`   // who has a copy of the ballots that were removed
}

// Taken is a ballot box that somebody took while there was one.
type Taken struct {
	ID   meeting.MemberID `json:"id"`
	Name string           `json:"name"`
	At   time.Time        `json:"at"`
	Vote int              `json:"vote"`
	Mass bool             `json:"mass"`
}

// taken are the takings of a branch, in its zone.
func taken(s *meeting.State) []Taken {
	list := []Taken{}
	for _, t := range s.Takings {
		list = append(list, Taken{t.By, s.Called(t.By), t.At.In(s.Branch.Location()), t.Vote, t.Mass})
	}
	return list
}

// Prune records a decision and removes the blobs of some classes from a
// branch's log, from memory and with the automatic copies, in whose place comes a
// new one. People in the branch's meeting stay there.
//
// The error is a *[meeting.Refusal] if it is not yet time, or was done before.
// If a crash or a full disk came between the decision and the removal, the next
// call removes, on the decision that was recorded first.
func (f *Folder) Prune(ctx context.Context, id, approval string, classes ...meeting.Class) (Pruned, error) {
	o, err := f.branch(ctx, id)
	if err != nil {
		return Pruned{}, err
	}
	_, decided := o.Act(ctx, meeting.Keeper, meeting.Prune{Approval: approval, Classes: classes})
	var no *meeting.Refusal
	if decided != nil && (!errors.As(decided, &no) || no.Code != meeting.AlreadyPruned) {
		return Pruned{}, decided
	}
	done := Pruned{Classes: classes, Copies: []string{}, Taken: []Taken{}}
	if slices.Contains(classes, meeting.BallotBlob) {
		done.Taken = taken(o.State())
	}
	names := make([]string, len(classes))
	for i, class := range classes {
		names[i] = string(class)
	}
	forgotten := false
	if decided == nil { // before the log: what a crash leaves of them goes with the next call
		if forgotten, err = f.forgetCopies(); err != nil {
			return Pruned{}, err
		}
	}
	if done.Removed, err = f.shelf.Prune(ctx, o.name, names...); err != nil {
		return Pruned{}, err
	}
	switch {
	case done.Removed == 0 && decided != nil && f.Config.Etcd == nil:
		return Pruned{}, decided
	case decided != nil: // with an etcd also what another server has removed: this one has copies and memory of its own
		if forgotten, err = f.forgetCopies(); err != nil {
			return Pruned{}, err
		}
	}
	if err := o.room.Refresh(context.WithoutCancel(ctx)); err != nil { // it reads the whole chain
		return Pruned{}, err
	}
	seq, hash := o.Head()
	done.Records, done.Head = seq, hex.EncodeToString(hash[:])
	copies, err := f.shelf.Copies()
	done.Copies = append(done.Copies, copies...)
	if forgotten {
		_, uncopied := f.Copy(ctx)
		err = errors.Join(err, uncopied)
	}
	return done, err
}
