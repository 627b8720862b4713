package main

import (
	"os"
	"runtime"
)

// leastRunning is how many goroutines of a server run at once, on a machine of fewer
// processors too. One that works for long, as one that makes papers, keeps its place
// for 10 ms at a time, and with two places a member's key or vote would wait for
// that; between four the kernel divides the processors, and whoever was idle comes
// first. What is bounded by the processors there are asks [runtime.NumCPU].
const leastRunning = 4

// runMore lets that many run, if nobody has said otherwise in the environment.
func runMore() {
	if os.Getenv("GOMAXPROCS") == "" && runtime.GOMAXPROCS(0) < leastRunning {
		runtime.GOMAXPROCS(leastRunning)
	}
}
