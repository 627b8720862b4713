// Package store keeps what is remembered: for every branch a Log of records that are only ever added. A Shelf holds the logs of all
// branches. A Room is the one live copy of a state, such as that of a branch's meeting, folded from its log by a Machine.
//
// Three layers, each ignorant of the one above. An engine (Memory here, package bolt beside) keeps bytes. A Record puts a hash chain into
// the bytes. A Room has a Machine that knows what the bytes mean. Every engine passes the suite in package storetest.
package store

import (
	"context"
	"iter"
)

// The most that one Append takes. It is below what every engine can write in one piece: etcd refuses requests over 1.5 MB, and
// transactions of more than 128 operations, some of which it needs beside the records.
const (
	MaxAppend  = 1 << 20 // bytes over all its records: about 25 ballots of 30 subjects
	MaxRecords = 100     // records
)

// Errors of a Log. Engines return them wrapped or bare: test with errors.Is.
const (
	// ErrConflict says that somebody else appended first: nothing was written; read what is new and decide again.
	ErrConflict Code = "store.conflict"
	// ErrClosed says that the log, its shelf or the room was closed.
	ErrClosed Code = "store.closed"
	// ErrSize says that an Append had no record, more than MaxRecords, or more than MaxAppend bytes: nothing was written.
	ErrSize Code = "store.size"
)

// Log is the sequence of records of one branch, numbered 1, 2, 3 … without gaps. A record is never changed and never removed.
// All methods may be called from many goroutines at once.
type Log interface {
	// Append adds the records after the one numbered after (0: the log is empty) and returns the number of the last of them.
	// All of them are added or none, and on return they are durable. The memory of rec stays the caller's, who uses it again.
	//
	// ErrConflict: the head is not after, nothing was written. ErrSize, ErrClosed, or a ctx that is done before writing begins: nothing
	// was written. Any other error: the outcome is unknown; it shows in the head, so that trying again with the same after is safe.
	Append(ctx context.Context, after uint64, rec ...[]byte) (last uint64, err error)

	// Read yields the records after+1, after+2 … up to the head, which is no older than the start of the iteration. A yielded slice
	// belongs to the caller. An error is yielded once, last. The iteration holds no lock: its body may take its time and may append.
	Read(ctx context.Context, after uint64) iter.Seq2[[]byte, error]

	// Wait returns nil as soon as the head is greater than after, the error of ctx, or ErrClosed; nothing else ends it.
	Wait(ctx context.Context, after uint64) error

	// Close ends this handle and its waits; the records and other handles of the same branch stay. Closing twice is allowed.
	Close() error
}

// CheckSize returns ErrSize where records do not fit one Append. Every engine asks it first.
func CheckSize(rec [][]byte) error {
	total := 0
	for _, r := range rec {
		total += len(r)
	}
	if len(rec) == 0 || len(rec) > MaxRecords || total > MaxAppend {
		return ErrSize
	}
	return nil
}

// Alive returns ErrClosed when life, that of an engine's shelf or handle, is over, else the error of ctx.
func Alive(ctx, life context.Context) error {
	if life.Err() != nil {
		return ErrClosed
	}
	return ctx.Err()
}
