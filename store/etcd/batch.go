package etcd

import (
	"crypto/rand"
	"encoding/binary"

	"pingyi/store"
)

// A batch is the records of one Append, as a value:
//
//	0   4  "py1\n"
//	4  16  random name of the Append
//	20     each record: its length as a uvarint, its bytes
const (
	batchMagic = "py1\n"
	batchFixed = len(batchMagic) + 16
)

// name is the random name of an Append, by which it is recognised.
type name [16]byte

func newName() (n name) {
	_, _ = rand.Read(n[:]) // never fails
	return n
}

func encodeBatch(n name, rec [][]byte) []byte {
	size := batchFixed
	for _, r := range rec {
		size += binary.MaxVarintLen32 + len(r)
	}
	b := append(make([]byte, 0, size), batchMagic...)
	b = append(b, n[:]...)
	for _, r := range rec {
		b = binary.AppendUvarint(b, uint64(len(r)))
		b = append(b, r...)
	}
	return b
}

// decodeBatch reads what encodeBatch wrote. The records share memory with b.
func decodeBatch(b []byte) (n name, rec [][]byte, err error) {
	if len(b) < batchFixed || string(b[:len(batchMagic)]) != batchMagic {
		return n, nil, store.ErrRecord
	}
	copy(n[:], b[len(batchMagic):])
	for b = b[batchFixed:]; len(b) > 0; {
		size, width := binary.Uvarint(b)
		if width <= 0 || size > uint64(len(b)-width) {
			return n, nil, store.ErrRecord
		}
		b = b[width:]
		rec = append(rec, b[:size:size])
		b = b[size:]
	}
	if len(rec) == 0 {
		return n, nil, store.ErrRecord
	}
	return n, rec, nil
}
