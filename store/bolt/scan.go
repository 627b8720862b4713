package bolt

import (
	"bytes"
	"cmp"
	"io"
	"slices"
)

// scanStep is how much of a file is searched at a time.
const scanStep = 1 << 20

// scan finds every whole frame in the bytes of a file, in the order of offsets, whatever the state of the B+tree. A record is found as
// often as stale pages still hold it. The inside of a whole frame is not searched.
func scan(r io.ReaderAt, size int64) (found []*frame, err error) {
	buf := make([]byte, min(scanStep, size))
	for base := int64(0); size-base >= int64(len(frameMagic)); {
		n, err := r.ReadAt(buf[:min(int64(len(buf)), size-base)], base)
		if n < len(frameMagic) {
			return nil, err
		}
		at := base // the search has come as far as this
		for at < base+int64(n) {
			i := bytes.Index(buf[at-base:n], []byte(frameMagic))
			if i < 0 {
				break
			}
			at += int64(i)
			if f := (piece{r, buf[:n], base}).frame(at); f != nil {
				found = append(found, f)
				at += int64(f.size)
			} else {
				at += int64(len(frameMagic))
			}
		}
		// A magic may lie across the end of the piece.
		base = max(at, base+int64(n-len(frameMagic)+1))
	}
	return found, nil
}

// piece is a file of which a part, from an offset on, is in memory.
type piece struct {
	io.ReaderAt
	held []byte
	base int64
}

// frame returns the whole frame at an offset, nil where there is none.
func (p piece) frame(at int64) *frame {
	f, ok := frameHead(p.bytes(at, frameFixed))
	if !ok {
		return nil
	}
	f.at = at
	if b := p.bytes(at, f.size); b == nil || !f.fill(b) {
		return nil
	}
	return &f
}

// bytes returns so many bytes at an offset, from memory where it can; nil where the file has fewer.
func (p piece) bytes(at int64, n int) []byte {
	if from := at - p.base; from >= 0 && from+int64(n) <= int64(len(p.held)) {
		return p.held[from : from+int64(n)]
	}
	b := make([]byte, n)
	if got, _ := p.ReadAt(b, at); got < n {
		return nil
	}
	return b
}

// extend returns base and the longest run of complete appends that continues it, out of frames of the same branch. reached is the highest
// number found on the way; it exceeds the last of the run if an append is there only in part.
func extend(base, found []*frame) (run []*frame, reached uint64) {
	var head [32]byte // of base; zero before the first record
	if len(base) > 0 {
		reached, head = base[len(base)-1].seq, base[len(base)-1].sum
	}
	start := reached
	found = slices.DeleteFunc(slices.Clone(found), func(f *frame) bool { return f.seq <= start })
	slices.SortStableFunc(found, func(a, b *frame) int { return cmp.Compare(a.seq, b.seq) })
	by := map[[32]byte]*frame{} // frames that continue base, by their sum
	best := head
	for _, f := range found {
		before, follows := by[f.prev]
		if begins := f.prev == head && f.seq == start+1; !begins && (!follows || before.seq+1 != f.seq) {
			continue
		}
		by[f.sum] = f
		reached = max(reached, f.seq)
		if f.seq == f.last {
			best = f.sum
		}
	}
	for sum := best; sum != head; sum = by[sum].prev {
		run = append(run, by[sum])
	}
	slices.Reverse(run)
	return append(slices.Clip(base), run...), reached
}
