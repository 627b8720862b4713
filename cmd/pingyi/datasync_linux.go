package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// dataSync makes what was written to a file durable, without its times.
func dataSync(f *os.File) error { return unix.Fdatasync(int(f.Fd())) }
