package main

import (
	"fmt"
	"slices"
	"sync"

	"pingyi/store/archive"
)

// cabinet keeps what was rendered last, so that no paper is rendered twice for one
// head of a log: by scp a list and each of its files are asked for one after the
// other. It is safe for concurrent use.
type cabinet struct {
	mu   sync.Mutex
	sets []rendered // the newest last
}

// rendered are papers, and of what.
type rendered struct {
	of    string
	files []archive.File
}

// mostRendered is how many sets of papers are kept: a full one has a few hundred
// kilobytes, one of a member far less.
const mostRendered = 32

// papers returns the papers of what, which render makes if they are not there. It
// makes one set at a time, so that many who ask at once don't take all processors.
func (c *cabinet) papers(of string, render func() ([]archive.File, error)) ([]archive.File, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, r := range c.sets {
		if r.of == of {
			c.sets = append(slices.Delete(c.sets, i, i+1), r)
			return r.files, nil
		}
	}
	files, err := render()
	if err != nil {
		return nil, err
	}
	if len(c.sets) == mostRendered {
		c.sets = slices.Delete(c.sets, 0, 1)
	}
	c.sets = append(c.sets, rendered{of, files})
	return files, nil
}

// setOf names the papers of a branch for a person at a head of its log.
func setOf(branch, who string, head [32]byte) string {
	return fmt.Sprintf("%s %s %x", branch, who, head)
}
