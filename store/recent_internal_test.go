package store

import (
	"fmt"
	"slices"
	"testing"
)

// TestRecentIsBounded remembers the events of the newest requests, and forgets the oldest one by one.
func TestRecentIsBounded(t *testing.T) {
	var m recent[int]
	const extra = maxRecent + 3 // once around the ring, and on
	for i := range maxRecent + extra {
		key := fmt.Sprint(i)
		m.add(key, i)
		m.add("", -1)
		m.add(key, -i)
		if !slices.Equal(m.events[key], []int{i, -i}) || len(m.events) != min(i+1, maxRecent) {
			t.Fatalf("%d: %v, %d are known", i, m.events[key], len(m.events))
		}
	}
	if m.events[fmt.Sprint(extra-1)] != nil || m.events[fmt.Sprint(extra)] == nil {
		t.Error("it is not the oldest that are forgotten")
	}
}
