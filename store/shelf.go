package store

import (
	"context"
	"unicode"
	"unicode/utf8"
)

// ErrBranch says that a branch's id cannot be used.
const ErrBranch Code = "store.branch"

// Shelf holds one Log per branch. All methods may be called from many goroutines at once.
type Shelf interface {
	// Branches returns the ids of the branches that have at least one record, sorted by their bytes.
	Branches(ctx context.Context) ([]string, error)

	// Log opens a handle on the log of a branch. A branch needs no preparation: it exists from its first record on.
	// ErrBranch where CheckBranch refuses the id; ErrClosed.
	Log(ctx context.Context, branch string) (Log, error)

	// Close closes the shelf with all its logs. What was appended stays. Closing twice is allowed.
	Close() error
}

// CheckBranch returns ErrBranch unless id is 1 to 64 bytes of letters and digits (of any script), '-' and '_', so that it can be a key,
// a file's name and a word of a command line anywhere.
func CheckBranch(id string) error {
	if id == "" || len(id) > 64 || !utf8.ValidString(id) {
		return ErrBranch
	}
	for _, r := range id {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_' {
			return ErrBranch
		}
	}
	return nil
}
