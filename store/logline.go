package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// LogLine is a record as a line of JSON that a person can read and a program can check: everything but the blob, of which it has hash and
// length.
type LogLine struct {
	Seq     uint64          `json:"seq"`
	Prev    string          `json:"prev"` // hexadecimal
	Hash    string          `json:"hash"` // hexadecimal
	Event   json.RawMessage `json:"event"`
	Payload *Payload        `json:"payload,omitempty"`
}

// Payload is what a line tells about a blob.
type Payload struct {
	Class  string `json:"class"`
	SHA256 string `json:"sha256"` // hexadecimal
	Bytes  uint32 `json:"bytes"`
	Pruned bool   `json:"pruned,omitempty"`
}

// Line returns the record as a line. Body must be JSON as [encoding/json] writes it.
func (r Record) Line() LogLine {
	l := LogLine{Seq: r.Seq, Prev: hex.EncodeToString(r.Prev[:]), Hash: hex.EncodeToString(r.Hash[:]), Event: r.Body}
	if r.BlobLen > 0 {
		l.Payload = &Payload{Class: r.Class, SHA256: hex.EncodeToString(r.BlobSum[:]), Bytes: r.BlobLen, Pruned: r.Pruned}
	}
	return l
}

// Record returns the record of a line, without its blob. It returns ErrRecord if the contents do not give the hash in the line.
func (l LogLine) Record() (Record, error) {
	r := Record{Seq: l.Seq, Body: l.Event, BlobSum: sha256.Sum256(nil)}
	hash := func(into *[32]byte, text string) bool {
		b, err := hex.DecodeString(text)
		return copy(into[:], b) == 32 && len(b) == 32 && err == nil
	}
	if !hash(&r.Prev, l.Prev) {
		return Record{}, ErrRecord.By(badPrev.Of(l.Seq))
	}
	if l.Payload != nil {
		if !hash(&r.BlobSum, l.Payload.SHA256) || l.Payload.Bytes == 0 || !goodClass(l.Payload.Class) {
			return Record{}, ErrRecord.By(badPayload.Of(l.Seq))
		}
		r.Class, r.BlobLen, r.Pruned = l.Payload.Class, l.Payload.Bytes, true
	}
	r.Hash = sha256.Sum256(r.header())
	if hex.EncodeToString(r.Hash[:]) != l.Hash {
		return Record{}, ErrRecord.By(badHash.Of(l.Seq))
	}
	return r, nil
}
