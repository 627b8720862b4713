package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"pingyi/store/archive"
	"pingyi/store/folder"
)

// cabinet keeps what was rendered last for each reader, so that no paper is rendered
// twice for one head of a log, however many ask at once: by scp a list and each of
// its files are asked for one after the other. It is safe for concurrent use.
type cabinet struct {
	press sync.Mutex // held to render: many who ask at once don't take all processors

	mu   sync.Mutex
	sets []*rendered // the newest last, one of each reader
}

// rendered are the papers of a reader, at a head.
type rendered struct {
	whose, head string
	done        chan struct{} // closed when they are there
	files       []archive.File
	err         error
}

// mostRendered is how many sets of papers are kept: a full one has a few hundred
// kilobytes, one of a member far less.
const mostRendered = 32

// papers returns the papers of a reader at a head, which render makes if they are
// not there. It makes one set at a time.
func (c *cabinet) papers(whose, head string, render func() ([]archive.File, error)) ([]archive.File, error) {
	set, fresh := c.set(whose, head)
	if !fresh {
		<-set.done
		return set.files, set.err
	}
	defer close(set.done)
	c.press.Lock()
	defer c.press.Unlock()
	if set.files, set.err = render(); set.err != nil {
		c.forget(set)
	}
	return set.files, set.err
}

// set finds a set, or makes a place for a fresh one.
func (c *cabinet) set(whose, head string) (set *rendered, fresh bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := slices.IndexFunc(c.sets, func(r *rendered) bool { return r.whose == whose }); i >= 0 {
		set = c.sets[i]
		c.sets = slices.Delete(c.sets, i, i+1)
	}
	if set == nil || set.head != head {
		set, fresh = &rendered{whose: whose, head: head, done: make(chan struct{})}, true
	}
	if len(c.sets) == mostRendered {
		c.sets = slices.Delete(c.sets, 0, 1)
	}
	c.sets = append(c.sets, set)
	return set, fresh
}

// forget lets the next who asks for a set render it again.
func (c *cabinet) forget(set *rendered) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sets = slices.DeleteFunc(c.sets, func(r *rendered) bool { return r == set })
}

// organisation returns the papers of the organisation above the branches.
func (c *cabinet) organisation(ctx context.Context, f *folder.Folder) ([]archive.File, error) {
	halls, err := f.Halls(ctx)
	if err != nil {
		return nil, err
	}
	var heads strings.Builder
	for _, h := range halls {
		_, head := h.Head()
		fmt.Fprintf(&heads, "%x ", head)
	}
	return c.papers("the organisation", heads.String(), func() ([]archive.File, error) { return organisationPapers(ctx, f, archive.Press{}, 0) })
}
