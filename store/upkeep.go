package store

import "context"

// Upkeep is what every engine's shelf offers beside its logs.
type Upkeep interface {
	// Prune removes the blobs of some classes from all records of a branch and returns how many it removed. The records stay with their
	// hashes: the chain verifies and has the same head, and other branches and classes stay as they were. Nothing that was removed is
	// left in the shelf's own files; the files that Copies names are not touched.
	//
	// Handles stay valid; readers and appenders may wait meanwhile. With ErrBranch, ErrClosed, the error of ctx, or ErrRecord (the
	// branch holds a record that is not ours) nothing was changed. After any other error the log shows the outcome.
	Prune(ctx context.Context, branch string, classes ...string) (removed int, err error)

	// Repaired returns what had to be mended when the shelf was opened, or nil.
	Repaired() *Repair

	// Copies names the files that were put aside when something was mended. They may still hold what Prune has removed since.
	Copies() ([]string, error)
}

// Loss is what a branch lost at the damaged end of a file.
type Loss struct {
	Branch string
	Kept   uint64 // records 1 … Kept are there
	Had    uint64 // number of records before the damage, as far as the file tells
}

// Repair tells what was done to a file that was damaged at its end or in its index.
type Repair struct {
	Why    error  // what was found damaged first
	Kept   string // where the damaged file was put aside
	Lost   []Loss // sorted by branch; empty when no record was lost
	Unsure bool   // the file no longer tells how many records there were: more than Lost may be missing
}

// What a repair did, in the order in which a person reads it.
const (
	repaired    Code = "store.repaired"
	recordsLost Code = "store.records-lost" // branch, newest that is left, how many
	lossUnsure  Code = "store.loss-unsure"
	nothingLost Code = "store.nothing-lost"
	copyKept    Code = "store.copy-kept" // file
)

// Report says what was done, sentence by sentence.
func (r *Repair) Report() []error {
	report := []error{repaired.By(r.Why)}
	for _, l := range r.Lost {
		report = append(report, recordsLost.Of(l.Branch, l.Kept, l.Had-l.Kept))
	}
	switch {
	case r.Unsure:
		report = append(report, lossUnsure)
	case len(r.Lost) == 0:
		report = append(report, nothingLost)
	}
	return append(report, copyKept.Of(r.Kept))
}
