package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"pingyi/meeting/paper"
	"pingyi/store/archive"
	"pingyi/store/folder"
)

// cabinet keeps the newest papers of each reader, so that none is written or
// rendered twice for one head of a log, however many ask at once: by scp a list and
// each of its files are asked for one after the other. It is safe for concurrent use.
type cabinet struct {
	press sync.Mutex // held to write and to render: many who ask at once don't take all processors

	mu   sync.Mutex
	sets []*set // the newest last, one of each reader
}

// set are the papers of a reader, at a head.
type set struct {
	whose, head string
	done        chan struct{} // closed when they are there
	papers      []paper.Edition
	err         error
}

// mostSets is how many sets of papers are kept: a full one has a few hundred
// kilobytes, one of a member far less.
const mostSets = 32

// papers returns the papers of a reader at a head, which write writes if they are not
// there. It writes one set, or renders one paper, at a time.
func (c *cabinet) papers(whose, head string, write func() ([]paper.Edition, error)) ([]paper.Edition, error) {
	s, fresh := c.set(whose, head)
	if !fresh {
		<-s.done
		return s.papers, s.err
	}
	defer close(s.done)
	c.press.Lock()
	defer c.press.Unlock()
	if s.papers, s.err = write(); s.err != nil {
		c.forget(s)
	}
	for i := range s.papers {
		s.papers[i].Render = sync.OnceValues(c.pressed(s.papers[i].Render))
	}
	return s.papers, s.err
}

// pressed renders a paper when no other is rendered.
func (c *cabinet) pressed(render func() ([]byte, error)) func() ([]byte, error) {
	return func() ([]byte, error) {
		c.press.Lock()
		defer c.press.Unlock()
		return render()
	}
}

// set finds a set, or makes a place for a fresh one.
func (c *cabinet) set(whose, head string) (found *set, fresh bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := slices.IndexFunc(c.sets, func(s *set) bool { return s.whose == whose }); i >= 0 {
		found = c.sets[i]
		c.sets = slices.Delete(c.sets, i, i+1)
	}
	if found == nil || found.head != head {
		found, fresh = &set{whose: whose, head: head, done: make(chan struct{})}, true
	}
	if len(c.sets) == mostSets {
		c.sets = slices.Delete(c.sets, 0, 1)
	}
	c.sets = append(c.sets, found)
	return found, fresh
}

// forget lets the next who asks for a set write it again.
func (c *cabinet) forget(failed *set) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sets = slices.DeleteFunc(c.sets, func(s *set) bool { return s == failed })
}

// organisation returns the papers of the organisation above the branches.
func (c *cabinet) organisation(ctx context.Context, f *folder.Folder) ([]paper.Edition, error) {
	halls, err := f.Halls(ctx)
	if err != nil {
		return nil, err
	}
	var heads strings.Builder
	for _, h := range halls {
		_, head := h.Head()
		fmt.Fprintf(&heads, "%x ", head)
	}
	return c.papers("the organisation", heads.String(), func() ([]paper.Edition, error) { return organisationPapers(ctx, f, archive.Press{}, 0) })
}
