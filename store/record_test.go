package store

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// records makes a chain of n records; every third has a blob.
func records(n int) []Record {
	var c Chain
	var all []Record
	for i := range n {
		var blob []byte
		if i%3 == 2 {
			blob = bytes.Repeat([]byte{byte(i), 0xff}, 50)
		}
		r := c.Next([]byte(`{"kind":"signed-in","n":`+strings.Repeat("1", i%4+1)+`}`), "ballots", blob)
		if err := c.Add(r); err != nil {
			panic(err)
		}
		all = append(all, r)
	}
	return all
}

func TestRecordComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Chain{seq: rapid.Uint64Range(0, 1<<62).Draw(t, "seq")}
		copy(c.hash[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "prev"))
		r := c.Next(rapid.SliceOf(rapid.Byte()).Draw(t, "body"), rapid.StringMatching(`[a-z-]{1,32}`).Draw(t, "class"), rapid.SliceOf(rapid.Byte()).Draw(t, "blob"))
		if rapid.Bool().Draw(t, "pruned") {
			r = r.Prune()
		}
		back, err := Decode(r.Encode())
		if err != nil {
			t.Fatal(err)
		}
		if back.Seq != r.Seq || back.Prev != r.Prev || back.Hash != r.Hash || back.Pruned != r.Pruned || back.Class != r.Class || back.BlobSum != r.BlobSum ||
			back.BlobLen != r.BlobLen || !bytes.Equal(back.Body, r.Body) || !bytes.Equal(back.Blob, r.Blob) {
			t.Fatalf("%+v came back as %+v", r, back)
		}
	})
}

// TestEveryByteCounts changes each bit of records with and without a blob, pruned and not. Only the pruning mark may change without
// being noticed by Decode, where length and hash still fit; nothing changes the content behind the same hash.
func TestEveryByteCounts(t *testing.T) {
	all := records(3)
	for _, r := range append(slices.Clone(all), all[2].Prune()) {
		whole := r.Encode()
		for bit := range len(whole) * 8 {
			b := bytes.Clone(whole)
			b[bit/8] ^= 1 << (bit % 8)
			got, err := Decode(b)
			if err == nil && got.Hash == r.Hash {
				t.Errorf("bit %d of record %d does not matter", bit, r.Seq)
			}
			if err != nil && !errors.Is(err, ErrRecord) {
				t.Errorf("bit %d: %v is no ErrRecord", bit, err)
			}
		}
		for n := range whole {
			if _, err := Decode(whole[:n]); !errors.Is(err, ErrRecord) {
				t.Errorf("cut to %d bytes: %v", n, err)
			}
		}
		if _, err := Decode(append(whole, 0)); !errors.Is(err, ErrRecord) {
			t.Errorf("one byte more: %v", err)
		}
	}
}

// TestNoOtherClass claims another class for a blob, pruned or not: the hash is another, so that the chain breaks.
func TestNoOtherClass(t *testing.T) {
	all := records(3)
	for _, r := range []Record{all[2], all[2].Prune()} {
		whole := r.Encode()
		other := bytes.Replace(whole, []byte("ballots"), []byte("private"), 1)
		got, err := Decode(other)
		if err != nil || got.Class != "private" || got.Hash == r.Hash {
			t.Errorf("%+v, %v", got, err)
		}
		for _, class := range []string{"", "Ballots", "ballot\x00", strings.Repeat("x", 33)} {
			r.Class = class
			if _, err := Decode(r.Encode()); !errors.Is(err, ErrRecord) {
				t.Errorf("class %q: %v", class, err)
			}
		}
	}
	none := all[0]
	none.Class = "ballots"
	if _, err := Decode(none.Encode()); !errors.Is(err, ErrRecord) {
		t.Errorf("a class of no blob: %v", err)
	}
}

// TestPrunedChainVerifies removes all blobs: the hashes stay, the last one is still the head that the minutes print.
func TestPrunedChainVerifies(t *testing.T) {
	all := records(10)
	var c Chain
	for _, r := range all {
		got, err := c.AddBytes(r.Prune().Encode())
		if err != nil {
			t.Fatal(err)
		}
		if got.Pruned != (len(r.Blob) > 0) || got.Blob != nil || got.BlobSum != r.BlobSum {
			t.Errorf("record %d pruned is %+v", r.Seq, got)
		}
	}
	if seq, hash := c.Head(); seq != 10 || hash != all[9].Hash {
		t.Errorf("head %d %x", seq, hash)
	}
}

// TestChainSaysWhereItBreaks forges logs in which each record is whole in itself.
func TestChainSaysWhereItBreaks(t *testing.T) {
	all := records(6)
	other := records(6)
	other[3].Body = []byte("forged")
	forged := newRecord(4, all[2].Prev, []byte("forged"), "", nil)   // linked to a wrong record
	rewritten := newRecord(4, all[3].Prev, []byte("other"), "", nil) // fits, but what follows does not
	for _, tt := range []struct {
		what string
		log  []Record
		at   uint64
	}{
		{"one is missing", slices.Concat(all[:2], all[3:]), 3},
		{"the first is missing", all[1:], 1},
		{"twice the same", slices.Concat(all[:3], all[2:]), 4},
		{"two changed places", []Record{all[0], all[2], all[1]}, 2},
		{"wrong link", slices.Concat(all[:3], []Record{forged}), 4},
		{"a record rewritten", slices.Concat(all[:3], []Record{rewritten}, all[4:]), 5},
		{"a body changed and its hash with it", slices.Concat(all[:3], other[3:]), 5},
	} {
		var c Chain
		var broke *ChainError
		for _, r := range tt.log {
			before := c
			if _, err := c.AddBytes(r.Encode()); err != nil {
				if !errors.As(err, &broke) || c != before {
					t.Errorf("%s: %v, chain moved: %v", tt.what, err, c != before)
				}
				break
			}
		}
		if broke == nil || broke.Seq != tt.at {
			t.Errorf("%s: %v, want a break at %d", tt.what, broke, tt.at)
		}
	}
}

// FuzzDecode: whatever the bytes, Decode does not crash, and what it accepts has no second encoding.
func FuzzDecode(f *testing.F) {
	for _, r := range records(3) {
		f.Add(r.Encode())
		f.Add(r.Prune().Encode())
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Decode(b)
		if err != nil {
			return
		}
		if !bytes.Equal(r.Encode(), b) {
			t.Errorf("%x is encoded again as %x", b, r.Encode())
		}
		if r.Pruned && r.Blob != nil || r.Seq == 0 {
			t.Errorf("accepted %+v", r)
		}
	})
}
