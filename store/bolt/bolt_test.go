package bolt_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/storetest"
)

// shelfFile is a shelf that knows its file.
type shelfFile struct {
	*bolt.Shelf
	path string
}

func newFile(t testing.TB) shelfFile {
	t.Helper()
	path := filepath.Join(t.TempDir(), "db")
	s, err := bolt.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	return shelfFile{s, path}
}

func TestBolt(t *testing.T) {
	storetest.Run(t, storetest.Engine{
		Open: func(t *testing.T) store.Shelf { return newFile(t) },
		Crash: func(t *testing.T, of store.Shelf) store.Shelf { // the kernel keeps what a killed process wrote
			b, err := os.ReadFile(of.(shelfFile).path)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "db")
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := bolt.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			return shelfFile{s, path}
		},
	})
}

// BenchmarkAppend appends batches of ballot-sized records, each batch durably.
func BenchmarkAppend(b *testing.B) {
	for _, batch := range []int{1, 16, store.MaxRecords} {
		b.Run(fmt.Sprint(batch), func(b *testing.B) {
			s := newFile(b)
			l, err := s.Log(b.Context(), "b1")
			if err != nil {
				b.Fatal(err)
			}
			recs := make([][]byte, batch)
			for i := range recs {
				recs[i] = make([]byte, 512)
			}
			var head uint64
			for b.Loop() {
				if head, err = l.Append(b.Context(), head, recs...); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(head)/b.Elapsed().Seconds(), "records/s")
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}
