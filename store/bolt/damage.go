package bolt

import (
	"fmt"

	"pingyi/store"
)

const (
	// ErrMissing says that there is no file, ErrEmpty that it has no bytes. Only Create makes one.
	ErrMissing store.Code = "bolt.missing"
	ErrEmpty   store.Code = "bolt.empty"
	// ErrInUse says that another process holds the file or works in its folder.
	ErrInUse store.Code = "bolt.in-use"
	// ErrDisk says that a write failed and may or may not be in the file. Every later Append of the shelf returns it too, until the
	// file is opened again.
	ErrDisk store.Code = "bolt.disk"
	// ErrUnreadable says that a file is not ours, or that not one record in it is whole. The file is left as it is.
	ErrUnreadable store.Code = "bolt.unreadable"

	checksum  store.Code = "bolt.checksum"
	damaged   store.Code = "bolt.damaged"   // branch, number
	inBranch  store.Code = "bolt.in-branch" // branch
	inRecord  store.Code = "bolt.in-record" // branch, number
	notMade   store.Code = "bolt.not-made"
	notOpened store.Code = "bolt.not-opened" // path
	notWhole  store.Code = "bolt.not-whole"  // branch, number
)

// DamageError says that a file is damaged in the middle: a record is missing although later ones are there. The file is left as it is.
type DamageError struct {
	Branch string
	Seq    uint64 // the first record that is not whole
}

// Error names the place, for logs.
func (e *DamageError) Error() string {
	return fmt.Sprintf("the file is damaged at record %d of branch %s", e.Seq, e.Branch)
}

// Reason gives the code and the place.
func (e *DamageError) Reason() (code string, args []string) {
	return string(damaged), []string{e.Branch, fmt.Sprint(e.Seq)}
}
