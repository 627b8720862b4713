package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
)

// A record's encoding, integers big-endian:
//
//	0    1  1 when the blob was removed, else 0          ── not hashed: pruning changes only this and cuts the blob off
//	1    1  version of the format, 2                     ┐
//	2    8  seq                                          │
//	10  32  prev: Hash of the record before              │
//	42  32  SHA-256 of the body                          │ the header; its SHA-256 is the record's Hash
//	74  32  SHA-256 of the blob                          │
//	106  4  length of the body                           │
//	110  4  length of the blob                           │
//	114  1  length of the class                          │
//	115     class                                        ┘
//	        body, blob
const (
	recordVersion = 2
	recordFixed   = 115
)

// ErrRecord says that bytes are not a whole record. Its cause says why.
const ErrRecord Code = "store.record"

// Why bytes or a line are not a whole record. Each code's arguments stand behind it.
const (
	badBlob    Code = "store.bad-blob"    // number
	badBody    Code = "store.bad-body"    // number
	badClass   Code = "store.bad-class"   // number
	badFormat  Code = "store.bad-format"  // version and mark
	badHash    Code = "store.bad-hash"    // number
	badLength  Code = "store.bad-length"  // number
	badPayload Code = "store.bad-payload" // number
	badPrev    Code = "store.bad-prev"    // number
	noBlob     Code = "store.no-blob"     // number
	noNumber   Code = "store.no-number"
	tooShort   Code = "store.too-short" // bytes
)

// Record is one entry of a branch's log. Its Hash covers the header only, and the header holds the hashes of body and blob: so the chain
// of headers still verifies after a blob was pruned.
type Record struct {
	Seq     uint64   // 1, 2, 3 …
	Prev    [32]byte // Hash of the record before; zero for the first
	Hash    [32]byte // SHA-256 of the header
	Body    []byte   // the event as JSON, small, kept for ever
	Class   string   // what kind of blob it is, and so when it may be pruned; "" where there is none
	Blob    []byte   // what may be pruned later, as ciphertexts; nil when there is none
	BlobSum [32]byte // SHA-256 of the blob, known also after it was pruned
	BlobLen uint32   // length of the blob in bytes, known also after it was pruned
	Pruned  bool     // the blob was removed
}

// goodClass reports whether a class can name blobs: a short word of a to z, so that every command line can say it.
func goodClass(class string) bool {
	return class != "" && len(class) <= 32 && strings.Trim(class, "abcdefghijklmnopqrstuvwxyz-") == ""
}

// newRecord makes the record that follows the one with hash prev. Without a blob it has no class.
func newRecord(seq uint64, prev [32]byte, body []byte, class string, blob []byte) Record {
	return hashedRecord(seq, prev, body, class, blob, sha256.Sum256(blob))
}

// hashedRecord is newRecord of a blob whose SHA-256 is known.
func hashedRecord(seq uint64, prev [32]byte, body []byte, class string, blob []byte, sum [32]byte) Record {
	if len(blob) == 0 {
		class, blob = "", nil
	}
	r := Record{Seq: seq, Prev: prev, Body: body, Class: class, Blob: blob, BlobSum: sum, BlobLen: uint32(len(blob))}
	r.Hash = sha256.Sum256(r.header())
	return r
}

// Prune returns the record without its blob and with the same Hash. A record without a blob is returned unchanged.
func (r Record) Prune() Record {
	if r.BlobLen > 0 {
		r.Blob, r.Pruned = nil, true
	}
	return r
}

// Encode returns the bytes of a record that Decode or Chain.Next made.
func (r Record) Encode() []byte { return r.appendTo(make([]byte, 0, r.size())) }

// size is the length of what Encode returns.
func (r Record) size() int { return recordFixed + len(r.Class) + len(r.Body) + len(r.Blob) }

// appendTo appends what Encode returns.
func (r Record) appendTo(b []byte) []byte {
	var pruned byte
	if r.Pruned {
		pruned = 1
	}
	b = append(append(b, pruned), r.header()...)
	b = append(b, r.Body...)
	return append(b, r.Blob...)
}

// header returns the hashed part of the encoding.
func (r Record) header() []byte {
	sum := sha256.Sum256(r.Body)
	b := make([]byte, 0, recordFixed-1+len(r.Class))
	b = append(b, recordVersion)
	b = binary.BigEndian.AppendUint64(b, r.Seq)
	b = slices.Concat(b, r.Prev[:], sum[:], r.BlobSum[:])
	b = binary.BigEndian.AppendUint32(b, uint32(len(r.Body)))
	b = binary.BigEndian.AppendUint32(b, r.BlobLen)
	return append(append(b, byte(len(r.Class))), r.Class...)
}

// Decode reads one record and checks all that can be checked in it alone: format, lengths, and the hashes of body and blob. There is
// exactly one encoding of a record. Body and Blob of the result share memory with b. Errors wrap ErrRecord.
func Decode(b []byte) (Record, error) {
	if len(b) < recordFixed || len(b) < recordFixed+int(b[recordFixed-1]) {
		return Record{}, ErrRecord.By(tooShort.Of(len(b)))
	}
	if b[0] > 1 || b[1] != recordVersion {
		return Record{}, ErrRecord.By(badFormat.Of(b[1], b[0]))
	}
	r := Record{Seq: binary.BigEndian.Uint64(b[2:]), Pruned: b[0] == 1, BlobLen: binary.BigEndian.Uint32(b[110:])}
	copy(r.Prev[:], b[10:])
	copy(r.BlobSum[:], b[74:])
	head := recordFixed + int(b[recordFixed-1])
	r.Class, r.Hash = string(b[recordFixed:head]), sha256.Sum256(b[1:head])
	if err := r.fill(b[head:], binary.BigEndian.Uint32(b[106:])); err != nil {
		return Record{}, err
	}
	if sum := sha256.Sum256(r.Body); !bytes.Equal(sum[:], b[42:74]) {
		return Record{}, ErrRecord.By(badBody.Of(r.Seq))
	}
	return r, nil
}

// fill cuts the payload into body and blob and checks the blob.
func (r *Record) fill(payload []byte, bodyLen uint32) error {
	blobLen := r.BlobLen
	switch {
	case r.Seq == 0:
		return ErrRecord.By(noNumber)
	case r.BlobLen == 0 && r.Class != "", r.BlobLen > 0 && !goodClass(r.Class):
		return ErrRecord.By(badClass.Of(r.Seq))
	case r.Pruned && blobLen == 0:
		return ErrRecord.By(noBlob.Of(r.Seq))
	case r.Pruned:
		blobLen = 0
	}
	if uint64(len(payload)) != uint64(bodyLen)+uint64(blobLen) {
		return ErrRecord.By(badLength.Of(r.Seq))
	}
	r.Body = payload[:bodyLen:bodyLen]
	if r.Pruned {
		return nil
	}
	if blobLen > 0 {
		r.Blob = payload[bodyLen:]
	}
	if sha256.Sum256(r.Blob) != r.BlobSum {
		return ErrRecord.By(badBlob.Of(r.Seq))
	}
	return nil
}
