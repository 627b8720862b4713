package erase_test

import (
	"testing"

	"pingyi/meeting/erase"
)

func BenchmarkFreed(b *testing.B) {
	var some [][]byte
	for i := range 200_000 {
		some = append(some, make([]byte, 16+i%500))
		if i%2 == 0 {
			some[i/2] = nil
		}
	}
	for b.Loop() {
		erase.Freed()
	}
	_ = some[0]
}
