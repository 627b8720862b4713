package store

import "fmt"

// Chain follows the records of one log from the first on, and says where they stop fitting together. The zero Chain stands before record 1.
// It is a value: a copy is a Chain of its own.
type Chain struct {
	seq  uint64
	hash [32]byte
}

// ChainError says at which record a chain breaks.
type ChainError struct {
	Seq uint64 // the number that the record should have
	Why error
}

// Error names the record.
func (e *ChainError) Error() string {
	return fmt.Sprintf("the chain breaks at record %d: %v", e.Seq, e.Why)
}

// Reason gives the code, and the number of the record.
func (e *ChainError) Reason() (code string, args []string) {
	return string(chainBreaks), []string{fmt.Sprint(e.Seq)}
}

// Unwrap gives what is wrong with the record.
func (e *ChainError) Unwrap() error { return e.Why }

// Why a record does not follow the one before.
const (
	chainBreaks Code = "store.chain-breaks" // number
	otherHash   Code = "store.other-hash"
	otherNumber Code = "store.other-number" // number
)

// Head returns number and hash of the newest record; zero before the first.
func (c Chain) Head() (seq uint64, hash [32]byte) { return c.seq, c.hash }

// Next makes the record that may be added next. The chain does not move.
func (c Chain) Next(body []byte, class string, blob []byte) Record {
	return newRecord(c.seq+1, c.hash, body, class, blob)
}

// next is Next of a blob whose SHA-256 is known.
func (c Chain) next(body []byte, class string, blob []byte, sum [32]byte) Record {
	return hashedRecord(c.seq+1, c.hash, body, class, blob, sum)
}

// Add moves the chain over the next record, which must come from Decode or Next. A record that does not fit gives a *ChainError, and the
// chain stays where it is.
func (c *Chain) Add(r Record) error {
	switch {
	case r.Seq != c.seq+1:
		return &ChainError{c.seq + 1, otherNumber.Of(r.Seq)}
	case r.Prev != c.hash:
		return &ChainError{r.Seq, otherHash}
	}
	c.seq, c.hash = r.Seq, r.Hash
	return nil
}

// AddBytes decodes a record, adds it and returns it. A fault of the bytes is the cause of the *ChainError.
func (c *Chain) AddBytes(b []byte) (Record, error) {
	r, err := Decode(b)
	if err != nil {
		return Record{}, &ChainError{c.seq + 1, err}
	}
	return r, c.Add(r)
}
