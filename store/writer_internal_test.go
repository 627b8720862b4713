package store

import (
	"bytes"
	"runtime"
	"testing"
)

// A ballot is written into the memory that those of the Append before lay in: a
// thousand that are cast at once leave no thousand copies behind. Records that came
// before the memory grew stay as they are.
func TestRecordsOfAGroupLieInOneMemory(t *testing.T) {
	var chain Chain
	var records []Record
	size := 0
	for i := range 37 {
		rec := chain.Next([]byte(`{"n":1}`), "ballots", bytes.Repeat([]byte{byte(i)}, 27<<10))
		if err := chain.Add(rec); err != nil {
			t.Fatal(err)
		}
		records, size = append(records, rec), size+rec.size()
	}
	memory := new([]byte)
	fill := func() group[int, int, int] {
		g := group[int, int, int]{memory: memory}
		*memory = (*memory)[:0]
		for _, r := range records {
			g.encode([]Record{r}, r.size())
		}
		return g
	}
	for _, what := range []string{"grows", "is there"} {
		for i, b := range fill().records {
			if !bytes.Equal(b, records[i].Encode()) || len(b) != records[i].size() {
				t.Errorf("the memory %s: record %d is another", what, i)
			}
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	fill()
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > uint64(size)/10 {
		t.Errorf("%d bytes of records take %d bytes of memory anew", size, got)
	}
	if cap(*memory) > 2*size {
		t.Errorf("%d bytes of records lie in %d", size, cap(*memory))
	}
}
