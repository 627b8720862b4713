package main

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"pingyi/store/archive"
)

// Papers are rendered once for one head of the log: by scp a list and each of its
// files are asked for one after the other. An old set makes room for a new one.
func TestTheCabinetRendersOnceForAHead(t *testing.T) {
	var c cabinet
	times := map[string]int{}
	ask := func(whose, head string) {
		t.Helper()
		files, err := c.papers(whose, head, func() ([]archive.File, error) {
			times[whose+head]++
			return []archive.File{{Name: whose + head}}, nil
		})
		if err != nil || len(files) != 1 || files[0].Name != whose+head {
			t.Fatalf("%s at %s: %v %v", whose, head, files, err)
		}
	}
	for range 3 {
		ask("m01", "1")
		ask("m02", "1")
	}
	ask("m01", "2")
	if len(c.sets) != 2 {
		t.Errorf("%d sets of two readers are kept", len(c.sets))
	}
	for of, n := range times {
		if n != 1 {
			t.Errorf("%s was rendered %d times", of, n)
		}
	}
	for i := range mostRendered {
		ask(fmt.Sprintf("x%d", i), "3")
	}
	if ask("m01", "2"); times["m012"] != 2 || len(c.sets) != mostRendered {
		t.Errorf("%d sets are kept, m01's rendered %d times", len(c.sets), times["m012"])
	}
}

// Many ask at once: it is rendered once, one set at a time, and who asks for what is
// there does not wait. A failure is not kept.
func TestTheCabinetRendersOnceForManyAtOnce(t *testing.T) {
	var c cabinet
	var times, working atomic.Int32
	begun, goOn := make(chan struct{}, 54), make(chan struct{})
	slow := func() ([]archive.File, error) {
		if working.Add(1) > 1 {
			t.Error("two sets are rendered at once")
		}
		begun <- struct{}{}
		<-goOn
		working.Add(-1)
		times.Add(1)
		return []archive.File{{Name: "a"}}, nil
	}
	quick := func() ([]archive.File, error) { return []archive.File{{Name: "b"}}, nil }
	if _, err := c.papers("m03", "1", quick); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 54 {
		all.Go(func() {
			if files, err := c.papers(fmt.Sprintf("m0%d", 1+i%2), "1", slow); err != nil || len(files) != 1 {
				t.Error(files, err)
			}
		})
	}
	<-begun
	if _, err := c.papers("m03", "1", quick); err != nil { // does not wait for the others
		t.Error(err)
	}
	close(goOn)
	if all.Wait(); times.Load() != 2 {
		t.Errorf("rendered %d times", times.Load())
	}
	broken := errors.New("broken")
	if _, err := c.papers("m01", "2", func() ([]archive.File, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, err := c.papers("m01", "2", quick); err != nil {
		t.Errorf("a failure is kept: %v", err)
	}
}
