package ballot

import (
	"runtime"
	"sync"
	"sync/atomic"

	"pingyi/meeting/erase"
)

// eachOf runs do for 0…n-1 on all processors and returns the error of the lowest number that failed.
// After a failure no higher number is begun.
func eachOf(n int, do func(i int) error) error {
	var (
		next   atomic.Int64
		wait   sync.WaitGroup
		mu     sync.Mutex
		failed = n
		first  error
	)
	stop := func(i int) bool {
		mu.Lock()
		defer mu.Unlock()
		return i > failed
	}
	for range min(n, runtime.NumCPU()) {
		wait.Go(erase.Carry(func() {
			for {
				i := int(next.Add(1) - 1)
				if i >= n || stop(i) {
					return
				}
				if err := do(i); err != nil {
					mu.Lock()
					if i < failed {
						failed, first = i, err
					}
					mu.Unlock()
				}
			}
		}))
	}
	wait.Wait()
	return first
}
