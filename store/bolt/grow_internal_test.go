package bolt

import (
	"os"
	"path/filepath"
	"testing"
)

// Nobody who votes waits until the file is mapped anew, which copies what the transaction has read. The file
// grows in few steps, and is small while there is little in it.
func TestAFileGrowsWithoutBeingMappedAnew(t *testing.T) {
	if mapBytes == 0 {
		t.Skip("the map is as long as the file here")
	}
	path := filepath.Join(t.TempDir(), "db")
	s, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.Log(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	lies, grown := s.db.Info().Data, []int64{0}
	for after, n := uint64(0), 0; n < 24<<10; n += 256 {
		if after, err = l.Append(t.Context(), after, make([]byte, 256<<10)); err != nil {
			t.Fatal(err)
		}
		if s.db.Info().Data != lies {
			t.Fatalf("after %d KB the file is mapped anew", n)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if size := info.Size(); size > grown[len(grown)-1] {
			grown = append(grown, size)
		}
	}
	if len(grown) > 10 || grown[1] > 1<<20 {
		t.Errorf("24 MB, 256 KB at a time, had the file grow to %v", grown[1:])
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
