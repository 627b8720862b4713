package ssh

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// One who asks a hundred times does not keep others waiting: they are next.
func TestPlacesGoInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		places := newTurns[string](1, 1)
		places.take("a", nil)
		came := make(chan string, 200)
		ask := func(who string) {
			go func() {
				places.take(who, nil)
				came <- who
			}()
			synctest.Wait()
		}
		for range 5 {
			ask("a")
		}
		ask("b")
		ask("c")
		ask("b")
		var order strings.Builder
		for last := "a"; order.Len() < 8; {
			places.give(last, 0)
			last = <-came
			order.WriteString(last)
		}
		if got := order.String(); got != "abcabaaa" {
			t.Errorf("in the order %s", got)
		}
		places.give("a", 0)
		if places.taken != 0 || len(places.holds)+len(places.waits)+len(places.order) != 0 {
			t.Errorf("something is left: %+v", places)
		}
	})
}

// Places that one may not have are left to others, and who goes away loses none.
func TestOneHasOnlySoManyPlaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		places := newTurns[string](3, 2)
		gone := make(chan struct{})
		got := make(chan bool, 3)
		for range 3 {
			go func() { got <- places.take("a", gone) }()
			synctest.Wait()
		}
		if first, second := <-got, <-got; !first || !second || len(got) != 0 {
			t.Fatal("one may have more than two")
		}
		if !places.take("b", nil) {
			t.Fatal("another has no place")
		}
		close(gone)
		if <-got {
			t.Fatal("a place for one who is gone")
		}
		for _, who := range []string{"a", "a", "b"} {
			places.give(who, 0)
		}
		if places.taken != 0 || len(places.holds)+len(places.waits)+len(places.order) != 0 {
			t.Errorf("something is left: %+v", places)
		}
	})
}

// A place that cools stays empty for as long as its work took, and after much work in
// little pieces for as long as all of them.
func TestAPlaceCools(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		places := newTurns[string](1, 1)
		places.cools = 1
		work := shift[string]{of: places, who: "a", gone: make(chan struct{})}
		work.begin()
		time.Sleep(10 * time.Millisecond)
		work.rest()
		began := time.Now()
		places.take("b", nil)
		if waited := time.Since(began); waited != 10*time.Millisecond {
			t.Errorf("the next waited for %v", waited)
		}
		work = shift[string]{of: places, who: "b", gone: work.gone, works: true, since: began.Add(-time.Hour)}
		work.rest()
		began = time.Now()
		places.take("c", nil)
		if waited := time.Since(began); waited != longestCooling {
			t.Errorf("after a long time the next waited for %v", waited)
		}
		places.give("c", 0)
		const piece = 100 * time.Microsecond
		worked := time.Duration(0)
		for began = time.Now(); time.Since(began) < 100*time.Millisecond; worked += piece {
			places.take("d", nil)
			time.Sleep(piece)
			places.give("d", piece)
		}
		if worked < 48*time.Millisecond || worked > 52*time.Millisecond {
			t.Errorf("in 100 ms they worked for %v", worked)
		}
	})
}
