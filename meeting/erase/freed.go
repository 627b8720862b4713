package erase

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// freeing is held while the heap is written over.
var freeing sync.Mutex

// Freed writes over the heap that is free: it collects what nobody needs,
// gives whole pages back to the system, which clears them, and allocates and so
// clears every place that is free beside objects in use. For about a tenth of a
// second it takes one processor and some tens of megabytes.
func Freed() {
	freeing.Lock()
	defer freeing.Unlock()
	processors := runtime.GOMAXPROCS(1) // the others would keep some free places to themselves
	runtime.GC()                        // what lies unused in a pool goes at the second collection
	debug.FreeOSMemory()                // it collects, and knows every free place at its end
	percent := debug.SetGCPercent(-1)   // what is allocated here stays, so that each place is taken once
	for _, size := range sizes() {
		fill(size)
	}
	debug.SetGCPercent(percent)
	runtime.GOMAXPROCS(processors)
	debug.FreeOSMemory()
}

// sizes are those, in bytes, of the places for small objects. Larger objects have
// pages of their own.
func sizes() (all []int) {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs-by-size:bytes"}}
	metrics.Read(sample)
	for _, over := range sample[0].Value.Float64Histogram().Buckets {
		if over > 1 && !math.IsInf(over, 0) {
			all = append(all, int(over)-1)
		}
	}
	return all
}

// fill takes every free place for objects of a size. Objects with pointers lie
// apart from those without.
func fill(size int) {
	pointers := size / 8
	if size > 512 {
		pointers-- // such an object has a header
	}
	var bytes []byte
	grow(size, func() { bytes = make([]byte, size) })
	var words []*byte
	grow(size, func() { words = make([]*byte, pointers) })
	runtime.KeepAlive(bytes)
	runtime.KeepAlive(words)
}

const (
	growth = 256 << 10 // a heap that is larger by this has no free place of that size: more than others take meanwhile
	step   = 64 << 10
)

// grow allocates objects of a size until the heap has grown.
func grow(size int, allocate func()) {
	for most := held() + growth; held() < most; {
		for range max(1, step/size) {
			allocate()
		}
	}
}

// held is how many bytes the heap's spans hold, in use or free.
func held() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64() + sample[1].Value.Uint64()
}
