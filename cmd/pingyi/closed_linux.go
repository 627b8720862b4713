package main

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// closeMemory keeps the memory of this process from being written to a file
// when it dies, and from other processes of the same user: it may hold choices
// and keys. What it starts is not affected.
func closeMemory() error {
	if err := errors.Join(unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}), unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)); err != nil {
		return fmt.Errorf("pingyi: close the memory: %w", err)
	}
	return nil
}
