//go:build !linux && !windows

package main

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// closeMemory keeps the memory of this process from being written to a file
// when it dies: it may hold choices and keys.
func closeMemory() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("pingyi: close the memory: %w", err)
	}
	return nil
}
