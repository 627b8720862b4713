package bolt

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"

	"pingyi/store"
)

// A record is stored inside a frame. So a scan over the bytes of a damaged file finds it without the B+tree, and can tell which branch it
// belongs to, whether it is whole, what comes before it, and which records were appended with it. Integers big-endian:
//
//	0    7  magic
//	7    1  version: 2
//	8   32  sum: SHA-256 of the rest of the head, the branch's id and the record's CRC-32C
//	40  32  prev: sum of the frame before, zero for the first of a branch
//	72   8  seq
//	80   8  last: seq of the last record of the same Append
//	88   1  length of the branch's id
//	89   4  length of the record
//	93      the branch's id, the record
//
// The magic holds a byte that UTF-8 never has: no text that a person types can look like a frame. The sum is about damage alone: whether
// somebody has changed a record is told by the chain of the records (store/chain.go). A frame of version 1, which is read as well, has the
// SHA-256 of all that follows as its sum.
const (
	frameMagic   = "\xffpingyi"
	frameVersion = 2
	frameFixed   = 93
)

// frame is the head of a stored record and the place of the whole of it.
type frame struct {
	branch    string
	seq, last uint64
	sum, prev [32]byte
	at        int64 // offset in the file; encodeFrame needs only branch, seq, last and prev
	size      int   // bytes, magic to end of the record
}

// encodeFrame frames a record and returns the bytes to store and the frame's sum.
func encodeFrame(f frame, rec []byte) (b []byte, sum [32]byte) {
	return appendFrame(make([]byte, 0, frameFixed+len(f.branch)+len(rec)), f, rec)
}

// appendFrame is encodeFrame into a buffer, behind what is there.
func appendFrame(buf []byte, f frame, rec []byte) (all []byte, sum [32]byte) {
	start := len(buf)
	buf = append(append(buf, frameMagic...), frameVersion)
	buf = append(buf, sum[:]...)
	buf = append(buf, f.prev[:]...)
	buf = binary.BigEndian.AppendUint64(buf, f.seq)
	buf = binary.BigEndian.AppendUint64(buf, f.last)
	buf = append(buf, byte(len(f.branch)))
	buf = binary.BigEndian.AppendUint32(buf, uint32(len(rec)))
	buf = append(buf, f.branch...)
	buf = append(buf, rec...)
	sum = frameSum(buf[start:])
	copy(buf[start+8:], sum[:])
	return buf, sum
}

// decodeFrame reads a stored value whole and returns its frame and record; the record shares memory with b.
func decodeFrame(b []byte) (frame, []byte, error) {
	f, ok := frameHead(b)
	if !ok || f.size != len(b) || !f.fill(b) {
		return frame{}, nil, store.ErrRecord.By(checksum)
	}
	return f, b[frameFixed+len(f.branch):], nil
}

// frameHead reads the fixed part of a frame, which says its size, and reports whether it can be one.
func frameHead(b []byte) (f frame, ok bool) {
	if len(b) < frameFixed || string(b[:7]) != frameMagic || b[7] < 1 || b[7] > frameVersion {
		return frame{}, false
	}
	recLen := binary.BigEndian.Uint32(b[89:])
	f = frame{
		sum: [32]byte(b[8:40]), prev: [32]byte(b[40:72]),
		seq: binary.BigEndian.Uint64(b[72:]), last: binary.BigEndian.Uint64(b[80:]),
		size: frameFixed + int(b[88]) + int(recLen),
	}
	return f, f.seq > 0 && f.last >= f.seq && recLen <= store.MaxAppend
}

// fill reads the rest of a frame out of all its bytes and reports whether it is whole: the right sum, and a branch that can be.
func (f *frame) fill(b []byte) bool {
	f.branch = string(b[frameFixed : frameFixed+int(b[88])])
	return frameSum(b) == f.sum && store.CheckBranch(f.branch) == nil
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// frameSum is the sum of a frame by its version.
func frameSum(b []byte) [32]byte {
	if b[7] == 1 {
		return sha256.Sum256(b[40:])
	}
	head, rec := b[40:frameFixed+int(b[88])], b[frameFixed+int(b[88]):]
	return sha256.Sum256(binary.BigEndian.AppendUint32(append(make([]byte, 0, 512), head...), crc32.Checksum(rec, castagnoli)))
}
