package store

import (
	"bytes"
	"runtime"
	"sync"
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
	fill := func(see func(i int, b []byte)) {
		var g group[int, int, int]
		for _, r := range records {
			g.encode([]Record{r}, r.size())
		}
		for i, b := range g.records {
			see(i, b)
		}
		if cap(g.memory) > 2*size {
			t.Errorf("%d bytes of records lie in %d", size, cap(g.memory))
		}
		var appended sync.WaitGroup // the memory comes back from another goroutine
		appended.Go(g.forget)
		appended.Wait()
	}
	for _, what := range []string{"grows", "is there"} {
		fill(func(i int, b []byte) {
			if !bytes.Equal(b, records[i].Encode()) || len(b) != records[i].size() {
				t.Errorf("the memory %s: record %d is another", what, i)
			}
		})
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range cap(encodings) {
		fill(func(int, []byte) {})
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > uint64(size)/10*uint64(cap(encodings)) {
		t.Errorf("%d times %d bytes of records take %d bytes of memory anew", cap(encodings), size, got)
	}
}
