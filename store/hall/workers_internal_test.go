package hall

import (
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
)

// Who hands a ballot in first has it finished first, and as many are worked on as
// there are processors. What is made ahead waits until nobody does.
func TestBallotsAreFinishedInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorkers()
		for range runtime.NumCPU() {
			w.take()
		}
		var mu sync.Mutex
		var order []int
		var all sync.WaitGroup
		for i := range 5 {
			all.Go(func() {
				w.take()
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
			})
			synctest.Wait()
		}
		ahead := false
		all.Go(func() {
			w.yield()
			ahead = true
		})
		for i := range 5 {
			synctest.Wait()
			if len(order) != i || ahead {
				t.Fatalf("after %d places: %v, %v", i, order, ahead)
			}
			w.give()
		}
		all.Wait()
		if !slices.Equal(order, []int{0, 1, 2, 3, 4}) || !ahead {
			t.Errorf("%v, %v", order, ahead)
		}
		for range runtime.NumCPU() {
			w.give()
		}
		if w.free != runtime.NumCPU() {
			t.Errorf("%d places", w.free)
		}
	})
}
