//go:build hostile && linux

package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"pingyi/store"
)

// asked is an Append and what was told of it.
type asked struct {
	recs  []string
	err   error // nil: acknowledged; ErrNotRecorded; ErrDisk: nobody knows
	calls int   // of the disk when it was told
}

// chronicle is a log on a faulty disk, and all that was asked of it.
type chronicle struct {
	t     *testing.T
	what  string // is said with what is wrong
	disk  *mounted
	shelf *Shelf
	log   store.Log
	all   []asked
}

// begins makes a shelf on a wiped disk with two records.
func begins(t *testing.T, m *mounted, what string) *chronicle {
	t.Helper()
	c := &chronicle{t: t, what: what, disk: m}
	var err error
	if c.shelf, err = Create(m.wiped()); err != nil {
		t.Fatal(what, err)
	}
	if c.log, err = c.shelf.Log(t.Context(), "b1"); err != nil {
		t.Fatal(what, err)
	}
	c.asks(2)
	return c
}

// asks has n Appends of two records, some of which fill pages, and notes what is told. After each that fails the disk is well again, and the
// shelf goes on by itself.
func (c *chronicle) asks(n int) {
	c.t.Helper()
	for range n {
		i := len(c.all)
		a := asked{recs: []string{fmt.Sprint("first of ", i), fmt.Sprint("second of ", i, strings.Repeat("票", []int{9, 1200, 3000, 13000}[i%4]))}}
		_, a.err = c.log.Append(c.t.Context(), uint64(len(c.holds())), []byte(a.recs[0]), []byte(a.recs[1]))
		a.calls = c.disk.tell(order{Do: "calls"}).Calls
		c.all = append(c.all, a)
		if a.err == nil {
			continue
		}
		if !errors.Is(a.err, ErrNotRecorded) && !errors.Is(a.err, ErrDisk) {
			c.t.Errorf("%s: Append %d: %v", c.what, i, a.err)
		}
		if why := c.shelf.Trouble().Why; why == nil {
			c.t.Errorf("%s: after a failed Append nothing is said", c.what)
		}
		c.judge("while the disk fails", c.holds(), 1<<30)
		c.shelf.Look()
		c.disk.tell(order{Do: "heal"})
		for range 3 {
			c.shelf.Look()
		}
		if why := c.shelf.Trouble().Why; why != nil {
			c.t.Fatalf("%s: it does not go on: %v", c.what, why)
		}
		c.judge("when the disk is well again", c.holds(), 1<<30)
	}
}

// holds reads the log.
func (c *chronicle) holds() (recs []string) {
	c.t.Helper()
	for rec, err := range c.log.Read(c.t.Context(), 0) {
		if err != nil {
			c.t.Errorf("%s: reading must go on: %v", c.what, err)
			return nil
		}
		recs = append(recs, string(rec))
	}
	return recs
}

// judge checks that a log holds in order what was acknowledged within so many calls, nothing that was refused, and nothing that was not
// asked for, and of each Append all or nothing.
func (c *chronicle) judge(when string, holds []string, calls int) {
	c.t.Helper()
	for i, a := range c.all {
		there := len(holds) >= 2 && slices.Equal(holds[:2], a.recs)
		switch {
		case there && errors.Is(a.err, ErrNotRecorded) && a.calls <= calls:
			c.t.Errorf("%s, %s: Append %d was answered with %v and is there", c.what, when, i, a.err)
		case !there && a.err == nil && a.calls <= calls:
			c.t.Errorf("%s, %s: Append %d was acknowledged and is lost", c.what, when, i)
		}
		if there {
			holds = holds[2:]
		}
	}
	if len(holds) > 0 {
		c.t.Errorf("%s, %s: %d records are there that nobody asked for, or torn ones: %.40q", c.what, when, len(holds), holds)
	}
}

// survives opens what is left when the process is killed or the power is cut after so many calls.
func (c *chronicle) survives(how string, calls int, seed uint64) {
	c.t.Helper()
	dir, err := os.MkdirTemp("", "survivor")
	if err != nil {
		c.t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	c.disk.tell(order{Do: how, At: calls, Seed: seed, To: dir})
	when := fmt.Sprintf("%s after %d calls, seed %d", how, calls, seed)
	s, err := Open(filepath.Join(dir, "db"))
	if err != nil {
		c.t.Errorf("%s, %s: %v", c.what, when, err)
		return
	}
	defer s.Close()
	if s.Repaired() != nil {
		c.t.Errorf("%s, %s: it was damaged: %v", c.what, when, s.Repaired().Report())
	}
	c.judge(when, contents(c.t, s)["b1"], calls)
}

// ends closes the shelf and checks what survives at the end.
func (c *chronicle) ends() {
	c.t.Helper()
	calls := c.disk.tell(order{Do: "calls"}).Calls
	c.survives("killed", calls, 0)
	c.survives("cut", calls, 1)
	if err := c.shelf.Close(); err != nil {
		c.t.Errorf("%s: %v", c.what, err)
	}
}

// TestEveryCallOfTheDiskMayFail fails the k-th call of every kind for every k, once or until the disk is mended: what was acknowledged is
// there, what was refused is not, the log can be read all the while and goes on by itself.
func TestEveryCallOfTheDiskMayFail(t *testing.T) {
	m := mountDisk(t)
	errnos := []syscall.Errno{syscall.ENOSPC, syscall.EIO, syscall.EROFS}
	for _, kind := range []string{"write", "sync", "truncate", "open"} {
		for _, lasting := range []bool{false, true} {
			n := 0
			for fired := true; fired && !t.Failed(); {
				n++
				fail := []failure{{Kind: kind, Nth: n, Lasting: lasting, Errno: errnos[n%3]}}
				if kind == "open" { // a shelf opens only after something else has failed
					fail = append(fail, failure{Kind: "sync", Nth: 2, Errno: syscall.EIO})
				}
				c := begins(t, m, fmt.Sprintf("%v at %s %d, lasting %v", errnos[n%3], kind, n, lasting))
				m.tell(order{Do: "fail", Fail: fail})
				c.asks(6)
				fired = m.tell(order{Do: "heal"}).Fired && n < 200
				if kind == "open" {
					fired = n < 8
				}
				c.ends()
			}
			t.Logf("%s, lasting %v: %d", kind, lasting, n)
		}
	}
}

// TestPowerCutOnADisk cuts the power, or kills the process, after every call of a story with failures in it.
func TestPowerCutOnADisk(t *testing.T) {
	m := mountDisk(t)
	c := begins(t, m, "a story")
	from := c.all[0].calls
	for _, f := range []failure{{Kind: "sync", Nth: 2, Errno: syscall.EIO}, {Kind: "write", Nth: 3, Errno: syscall.ENOSPC}, {Kind: "sync", Nth: 1, Errno: syscall.EIO}} {
		c.asks(2)
		m.tell(order{Do: "fail", Fail: []failure{f}})
		c.asks(2)
	}
	c.asks(2)
	last := m.tell(order{Do: "calls"}).Calls
	for at := from; at <= last && !t.Failed(); at++ {
		c.survives("killed", at, 0)
		for seed := range uint64(3) {
			c.survives("cut", at, seed)
		}
	}
	t.Logf("%d calls", last-from)
	c.ends()
}
