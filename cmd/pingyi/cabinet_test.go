package main

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"pingyi/meeting/paper"
)

// Papers are written once for one head of the log, and each is rendered once, when
// it is wanted: by scp a list and each of its files are asked for one after the other.
// An old set makes room for a new one.
func TestTheCabinetRendersOnceForAHead(t *testing.T) {
	var c cabinet
	times, rendered := map[string]int{}, 0
	ask := func(whose, head string) paper.Edition {
		t.Helper()
		papers, err := c.papers(whose, head, func() ([]paper.Edition, error) {
			times[whose+head]++
			return []paper.Edition{{Name: whose + head, Render: func() ([]byte, error) {
				rendered++
				return []byte(whose), nil
			}}}, nil
		})
		if err != nil || len(papers) != 1 || papers[0].Name != whose+head {
			t.Fatalf("%s at %s: %v %v", whose, head, papers, err)
		}
		return papers[0]
	}
	for range 3 {
		ask("m01", "1")
		ask("m02", "1")
	}
	ask("m01", "2")
	if rendered != 0 {
		t.Errorf("%d papers were rendered that nobody has read", rendered)
	}
	for range 3 {
		if data, err := ask("m02", "1").Render(); err != nil || string(data) != "m02" || rendered != 1 {
			t.Errorf("%q, %v after %d renderings", data, err, rendered)
		}
	}
	if len(c.sets) != 2 {
		t.Errorf("%d sets of two readers are kept", len(c.sets))
	}
	for of, n := range times {
		if n != 1 {
			t.Errorf("%s was written %d times", of, n)
		}
	}
	for i := range mostSets {
		ask(fmt.Sprintf("x%d", i), "3")
	}
	if ask("m01", "2"); times["m012"] != 2 || len(c.sets) != mostSets {
		t.Errorf("%d sets are kept, m01's written %d times", len(c.sets), times["m012"])
	}
}

// Many ask at once: it is written and rendered once, one piece of work at a time, and
// who asks for what is there does not wait. A failure is not kept.
func TestTheCabinetRendersOnceForManyAtOnce(t *testing.T) {
	var c cabinet
	var times, working atomic.Int32
	begun, goOn := make(chan struct{}, 54), make(chan struct{})
	work := func() {
		if working.Add(1) > 1 {
			t.Error("two pieces of work are done at once")
		}
		begun <- struct{}{}
		<-goOn
		working.Add(-1)
		times.Add(1)
	}
	slow := func() ([]paper.Edition, error) {
		work()
		return []paper.Edition{{Name: "a", Render: func() ([]byte, error) {
			work()
			return nil, nil
		}}}, nil
	}
	quick := func() ([]paper.Edition, error) {
		return []paper.Edition{{Name: "b", Render: func() ([]byte, error) { return nil, nil }}}, nil
	}
	if _, err := c.papers("m03", "1", quick); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 54 {
		all.Go(func() {
			papers, err := c.papers(fmt.Sprintf("m0%d", 1+i%2), "1", slow)
			if err == nil {
				_, err = papers[0].Render()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	<-begun
	if _, err := c.papers("m03", "1", quick); err != nil { // does not wait for the others
		t.Error(err)
	}
	close(goOn)
	if all.Wait(); times.Load() != 4 {
		t.Errorf("two sets of one paper were %d pieces of work", times.Load())
	}
	broken := errors.New("broken")
	if _, err := c.papers("m01", "2", func() ([]paper.Edition, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, err := c.papers("m01", "2", quick); err != nil {
		t.Errorf("a failure is kept: %v", err)
	}
}
