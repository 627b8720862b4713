package bolt

import (
	"fmt"

	"pingyi/store"
)

const (
	// ErrMissing says that there is no file. Only Create makes one.
	ErrMissing store.Code = "bolt.missing"
	// ErrEmpty says that a file has no bytes, which none ever has that Create made.
	ErrEmpty store.Code = "bolt.empty"
	// ErrInUse says that another process holds the file or works in its folder.
	ErrInUse store.Code = "bolt.in-use"
	// ErrDisk says that a commit failed and nobody knows whether its records are in the file. The log shows them later, or never does.
	ErrDisk store.Code = "bolt.disk"
	// ErrNotRecorded says that records are not in the file and will not be; its cause is the shelf's trouble.
	ErrNotRecorded store.Code = "bolt.not-recorded"
	// ErrToMend says that a file must be mended before it can be read, which cannot be done where it is.
	ErrToMend store.Code = "bolt.to-mend"
	// ErrUnreadable says that a file is not ours, or that not one record in it is whole. The file is left as it is.
	ErrUnreadable store.Code = "bolt.unreadable"

	// ErrFull is the trouble of a disk without space.
	ErrFull store.Code = "bolt.full"
	// ErrReadOnly is that of one on which nothing may be written.
	ErrReadOnly store.Code = "bolt.read-only"
	// ErrFailing is that of one which fails in any other way.
	ErrFailing store.Code = "bolt.failing"
	// ErrGone is the trouble of an open file that was taken away.
	ErrGone store.Code = "bolt.gone"
	// ErrReplaced says that another file is in its place, or that it lacks what was acknowledged.
	ErrReplaced store.Code = "bolt.replaced"
	// ErrCut says that it was cut short or overwritten under bbolt.
	ErrCut store.Code = "bolt.cut" // what bbolt says
	// ErrSpoilt says that it is no longer whole.
	ErrSpoilt store.Code = "bolt.spoilt"

	checksum  store.Code = "bolt.checksum"
	badIndex  store.Code = "bolt.bad-index" // where
	oldIndex  store.Code = "bolt.old-index"
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
