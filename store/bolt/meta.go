package bolt

import (
	"fmt"
	"hash/fnv"
	"io"
)

const (
	metaSize    = 80 // with the page's head
	boltMagic   = 0xED0CDAED
	boltVersion = 2
	noFreelist  = ^uint64(0)
)

// meta is a meta page:
//
//	magic u32, version u32, pageSize u32, flags u32, root u64, sequence u64, freelist u64, high u64, txid u64, FNV-1a of all before
type meta struct {
	id, pageSize               int64 // the id is that of the page's head
	flags                      uint16
	root, freelist, high, txid uint64
	alone                      bool // the other meta page, which may have been the newer one, is damaged
}

// newestMeta chooses the meta page as bbolt does: of the valid ones the one with the higher transaction. If the first is damaged, the
// second is looked for at every page size. The heads of both must be right, as bbolt's own check asks for them, also that of a page whose
// rest is damaged. With an error, a meta page that is not zero can still be used to read.
func newestMeta(r io.ReaderAt) (m meta, err error) {
	m, ok := readMeta(r, 0)
	damaged := !m.headed(0)
	for step := int64(1 << 10); step <= 1<<24; step <<= 1 {
		if ok && m.pageSize != step {
			continue
		}
		second, found := readMeta(r, step)
		if found = found && second.pageSize == step; !found && !ok {
			continue
		}
		damaged = damaged || !second.headed(1)
		alone := !found || !ok
		if found && (!ok || second.txid > m.txid) {
			m, ok = second, true
		}
		m.alone = alone
		break
	}
	switch {
	case !ok:
		return meta{}, fmt.Errorf("both meta pages are damaged")
	case m.freelist != noFreelist:
		return meta{}, fmt.Errorf("a file that another program wrote")
	case damaged:
		err = fmt.Errorf("the head of a meta page is damaged")
	}
	return m, err
}

// headed reports whether the head is that of a meta page with a number.
func (m meta) headed(id int64) bool { return m.id == id && m.flags == metaPage }

// readMeta reads the meta page at an offset and reports whether it is valid behind its head.
func readMeta(r io.ReaderAt, at int64) (meta, bool) {
	b := make([]byte, metaSize)
	if n, _ := r.ReadAt(b, at); n < metaSize {
		return meta{}, false
	}
	id, flags, b := int64(le.Uint64(b)), le.Uint16(b[8:]), b[pageHead:]
	h := fnv.New64a()
	h.Write(b[:56])
	m := meta{
		id: id, flags: flags, pageSize: int64(le.Uint32(b[8:])),
		root: le.Uint64(b[16:]), freelist: le.Uint64(b[32:]), high: le.Uint64(b[40:]), txid: le.Uint64(b[48:]),
	}
	return m, le.Uint32(b) == boltMagic && le.Uint32(b[4:]) == boltVersion && le.Uint64(b[56:]) == h.Sum64() &&
		m.pageSize >= 1<<10 && m.pageSize <= 1<<24 && m.pageSize&(m.pageSize-1) == 0
}
