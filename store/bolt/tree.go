package bolt

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"

	"pingyi/store"
)

// bbolt maps its file into memory and trusts it. One flipped byte in a page can crash the process, a shortened file does, and a damaged
// meta page silently brings back the state of one transaction before. So the file is read here first, page by page and within bounds. bbolt
// opens only a file that this reader has walked through whole.
//
// The format (bbolt 1.x, version 2), integers little-endian: pages 0 and 1 are meta pages, the valid one with the higher transaction
// counts. A page is {id u64, flags u16, count u16, overflow u32}, then count elements, then keys and values; it goes on over the
// overflow pages that follow it. A branch element is {pos u32, ksize u32, page u64}, a leaf element {flags u32, pos u32, ksize u32,
// vsize u32}; pos counts from the element. A bucket is a leaf's value {root u64, sequence u64}; with root 0 its only page follows inline.
const (
	pageHead   = 16
	element    = 16
	bucketHead = 16

	branchPage = 1
	leafPage   = 2
	metaPage   = 4
)

var le = binary.LittleEndian

// tree is what a B+tree says, as far as it could be read.
type tree struct {
	cut    bool              // the file is shorter than the tree says
	alone  bool              // see meta
	most   uint64            // more records than the file ever had room for
	claims map[string]uint64 // branch → number of records that it says to have; nil when even that could not be read
	values map[string][]span // branch → where its records' frames lie, from record 1 on; nil where its pages could not be read
}

// span is a piece of the file.
type span struct {
	at   int64
	size int
}

// readTree walks the whole B+tree of a file. With an error, the tree holds what could be read.
func readTree(r io.ReaderAt, size int64) (tree, error) {
	m, err := newestMeta(r)
	if m.pageSize == 0 {
		return tree{}, err
	}
	t := tree{alone: m.alone, most: m.high * uint64(m.pageSize) / frameFixed}
	w := walker{r: r, pageSize: m.pageSize, high: min(m.high, uint64(size/m.pageSize)), seen: map[uint64]bool{}}
	if t.cut = w.high < m.high; t.cut {
		err = cmp.Or(err, fmt.Errorf("the file should have %d pages and has %d", m.high, w.high))
	}
	buckets, rootErr := w.root(m)
	if rootErr != nil {
		return t, cmp.Or(err, rootErr)
	}
	t.claims, t.values = map[string]uint64{}, map[string][]span{}
	for _, b := range buckets {
		values, bucketErr := w.bucket(b)
		t.claims[string(b.key)], t.values[string(b.key)] = le.Uint64(b.value[8:]), values
		err = cmp.Or(err, bucketErr)
	}
	return t, err
}

// walker reads pages. It accepts each page once, so no circle can hold it.
type walker struct {
	r        io.ReaderAt
	pageSize int64
	high     uint64 // page ids are below it
	seen     map[uint64]bool
}

// entry is a leaf's element.
type entry struct {
	flags      uint32
	key, value []byte
	at         int64 // offset of the value in the file
}

// root returns the buckets of the branches.
func (w *walker) root(m meta) ([]entry, error) {
	var buckets []entry
	_, err := w.page(m.root, nil, nil, func(b entry) error {
		buckets = append(buckets, b)
		return nil
	})
	for _, b := range buckets {
		if b.flags != 1 || len(b.value) < bucketHead || store.CheckBranch(string(b.key)) != nil {
			return nil, fmt.Errorf("%q is no branch", b.key)
		}
		if root := le.Uint64(b.value); root >= m.high || root > 0 && len(b.value) > bucketHead {
			return nil, fmt.Errorf("branch %q: wrong page number", b.key)
		}
	}
	return buckets, err
}

// page gives each the leaf elements below a page in order, and returns how many there are. Keys must lie in [from, to); nil is no bound.
// What each keeps of a value keeps the value's page in memory.
func (w *walker) page(id uint64, from, to []byte, each func(entry) error) (n int, err error) {
	b, err := w.load(id)
	if err != nil {
		return 0, err
	}
	at := int64(id) * w.pageSize
	if le.Uint16(b[8:]) == leafPage {
		entries, err := leaf(b, at)
		if err != nil {
			return 0, fmt.Errorf("page %d: %w", id, err)
		}
		if err := inOrder(id, keys(entries), from, to); err != nil {
			return 0, err
		}
		for _, e := range entries {
			if err := each(e); err != nil {
				return 0, err
			}
		}
		return len(entries), nil
	}
	return w.branch(id, b, from, to, each)
}

// load reads a page with its overflow pages and checks its head.
func (w *walker) load(id uint64) ([]byte, error) {
	head := make([]byte, pageHead)
	if id < 2 || id >= w.high {
		return nil, fmt.Errorf("page %d is outside the file", id)
	}
	if _, err := w.r.ReadAt(head, int64(id)*w.pageSize); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	flags, overflow := le.Uint16(head[8:]), uint64(le.Uint32(head[12:]))
	if le.Uint64(head) != id || flags != leafPage && flags != branchPage || overflow >= w.high-id {
		return nil, fmt.Errorf("page %d: its head is damaged", id)
	}
	for i := id; i <= id+overflow; i++ {
		if w.seen[i] {
			return nil, fmt.Errorf("page %d is used twice", i)
		}
		w.seen[i] = true
	}
	b := make([]byte, int64(overflow+1)*w.pageSize)
	if _, err := w.r.ReadAt(b, int64(id)*w.pageSize); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	return b, nil
}

// branch is page for one that is no leaf.
func (w *walker) branch(id uint64, b []byte, from, to []byte, each func(entry) error) (n int, err error) {
	count := int(le.Uint16(b[10:]))
	if count == 0 || pageHead+count*element > len(b) {
		return 0, fmt.Errorf("page %d: wrong number of elements", id)
	}
	var names [][]byte
	var children []uint64
	rest := b[pageHead+count*element:]
	for i := range count {
		e := b[pageHead+i*element:]
		k, ok := cut(&rest, e, le.Uint32(e), le.Uint32(e[4:]))
		if !ok {
			return 0, fmt.Errorf("page %d: element %d is out of bounds", id, i)
		}
		names = append(names, k)
		children = append(children, le.Uint64(e[8:]))
	}
	if err := inOrder(id, names, from, to); err != nil {
		return 0, err
	}
	for i, child := range children {
		end := to
		if i+1 < count {
			end = names[i+1]
		}
		below, err := w.page(child, names[i], end, each)
		if err != nil {
			return 0, err
		}
		if below == 0 {
			return 0, fmt.Errorf("page %d is empty", child)
		}
		n += below
	}
	return n, nil
}

// bucket returns where a branch's records lie and checks that they are numbered 1, 2, 3 … up to the bucket's sequence. Where only
// the sequence says otherwise, it returns both the places and an error.
func (w *walker) bucket(b entry) (values []span, err error) {
	record := func(e entry) error {
		if n := len(values) + 1; e.flags != 0 || !bytes.Equal(e.key, key(uint64(n))) {
			return fmt.Errorf("wrong key of record %d", n)
		}
		values = append(values, span{e.at, len(e.value)})
		return nil
	}
	if root := le.Uint64(b.value); root != 0 {
		_, err = w.page(root, nil, nil, record)
	} else {
		err = inline(b.value[bucketHead:], b.at+bucketHead, record)
	}
	if err != nil {
		return nil, fmt.Errorf("branch %q: %w", b.key, err)
	}
	if claim := le.Uint64(b.value[8:]); uint64(len(values)) != claim {
		return values, fmt.Errorf("branch %q should have %d records and has %d", b.key, claim, len(values))
	}
	return values, nil
}

// inline gives each the elements of the page inside a small bucket's value, which lies at an offset of the file and ends with the page.
func inline(b []byte, at int64, each func(entry) error) error {
	if len(b) < pageHead || le.Uint64(b) != 0 || le.Uint16(b[8:]) != leafPage || le.Uint32(b[12:]) != 0 {
		return fmt.Errorf("the head is damaged")
	}
	entries, err := leaf(b, at)
	if n := len(entries); err == nil && (n == 0 || entries[n-1].at+int64(len(entries[n-1].value)) != at+int64(len(b))) {
		err = fmt.Errorf("wrong length")
	}
	for i := 0; err == nil && i < len(entries); i++ {
		err = each(entries[i])
	}
	return err
}

// leaf returns the elements of a leaf page that lies at an offset of the file.
func leaf(b []byte, at int64) ([]entry, error) {
	count := int(le.Uint16(b[10:]))
	if pageHead+count*element > len(b) {
		return nil, fmt.Errorf("wrong number of elements")
	}
	entries := make([]entry, 0, count)
	rest := b[pageHead+count*element:]
	for i := range count {
		e := b[pageHead+i*element:]
		ksize, vsize := le.Uint32(e[8:]), le.Uint32(e[12:])
		k, ok := cut(&rest, e, le.Uint32(e[4:]), ksize)
		if !ok || int(vsize) > len(rest) {
			return nil, fmt.Errorf("element %d is out of bounds", i)
		}
		entries = append(entries, entry{le.Uint32(e), k, rest[:vsize], at + int64(len(b)-len(rest))})
		rest = rest[vsize:]
	}
	return entries, nil
}

// cut takes a key of size bytes from the front of rest, where bbolt writes it: after the elements, without gaps. pos must say the same,
// counted from the element e.
func cut(rest *[]byte, e []byte, pos, size uint32) (key []byte, ok bool) {
	if size == 0 || int(size) > len(*rest) || int(pos) != len(e)-len(*rest) {
		return nil, false
	}
	key, *rest = (*rest)[:size], (*rest)[size:]
	return key, true
}

func keys(entries []entry) [][]byte {
	var ks [][]byte
	for _, e := range entries {
		ks = append(ks, e.key)
	}
	return ks
}

// inOrder checks that keys rise and lie in [from, to).
func inOrder(id uint64, ks [][]byte, from, to []byte) error {
	for i, k := range ks {
		rises := i == 0 || bytes.Compare(ks[i-1], k) < 0
		if !rises || bytes.Compare(k, from) < 0 || to != nil && bytes.Compare(k, to) >= 0 {
			return fmt.Errorf("page %d: keys out of order", id)
		}
	}
	return nil
}
