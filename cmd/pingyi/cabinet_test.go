package main

import (
	"fmt"
	"testing"

	"pingyi/store/archive"
)

// Papers are rendered once for one head of the log: by scp a list and each of its
// files are asked for one after the other. An old set makes room for a new one.
func TestTheCabinetRendersOnceForAHead(t *testing.T) {
	var c cabinet
	times := map[string]int{}
	ask := func(who string, head byte) {
		t.Helper()
		of := setOf("b1", who, [32]byte{head})
		files, err := c.papers(of, func() ([]archive.File, error) {
			times[of]++
			return []archive.File{{Name: of}}, nil
		})
		if err != nil || len(files) != 1 || files[0].Name != of {
			t.Fatalf("%s: %v %v", of, files, err)
		}
	}
	for range 3 {
		ask("m01", 1)
		ask("m02", 1)
	}
	ask("m01", 2)
	for of, n := range times {
		if n != 1 {
			t.Errorf("%s was rendered %d times", of, n)
		}
	}
	for i := range mostRendered {
		ask(fmt.Sprintf("x%d", i), 3)
	}
	if ask("m01", 1); times[setOf("b1", "m01", [32]byte{1})] != 2 || len(c.sets) != mostRendered {
		t.Errorf("%d sets are kept, m01's rendered %d times", len(c.sets), times[setOf("b1", "m01", [32]byte{1})])
	}
}
