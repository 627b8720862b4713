package erase_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"pingyi/meeting/erase"
)

// leftover is what a process leaves in its memory. It stands in the program too,
// where nothing is written: only memory that can be written is looked at.
const leftover = "what was left here"

func TestMain(m *testing.M) {
	if how := os.Getenv("LEAVES"); how != "" {
		leaves(how)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// kept is what a leaking process keeps.
var kept []byte

// pool is what libraries keep their buffers in: the collector takes what is not
// used at its second pass.
var pool sync.Pool

// leaves fills memory with objects of many sizes, forgets most of them, does what
// was asked, and waits to be looked at.
func leaves(how string) {
	some := litter()
	switch how {
	case "overwritten":
		erase.Freed()
	case "pooled":
		for i := range 1000 { // what lies beside it stays in use
			b := make([]byte, 100)
			if i == 500 {
				copy(b, leftover)
				pool.Put(&b)
			} else {
				some = append(some, b)
			}
		}
		erase.Freed()
	case "kept":
		kept = make([]byte, 100)
		copy(kept, leftover)
		erase.Freed()
	}
	fmt.Println("ready")
	_, _ = io.ReadAll(os.Stdin)
	runtime.KeepAlive(some)
	runtime.KeepAlive(kept)
}

// litter leaves texts in what is free beside the objects it returns, which are in
// use.
//
//go:noinline
func litter() [][]byte {
	var all [][]byte
	for size := len(leftover); size < 100<<10; size += size/4 + 3 {
		for range 1 + 100_000/size {
			b := make([]byte, size)
			copy(b[size-len(leftover):], leftover)
			all = append(all, b)
		}
	}
	for i := range all {
		if i%3 != 0 {
			all[i] = make([]byte, 8)
		} else {
			clear(all[i])
		}
	}
	return all
}

// found counts a text in the memory of a process that can be written.
func found(t *testing.T, pid int, text string) (n int) {
	t.Helper()
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		t.Fatal(err)
	}
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		t.Fatal(err)
	}
	defer mem.Close()
	for line := range strings.Lines(string(maps)) {
		var from, to int64
		var may string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &may); err != nil || !strings.HasPrefix(may, "rw") {
			continue
		}
		piece := make([]byte, to-from)
		got, _ := mem.ReadAt(piece, from) // what cannot be read is not there
		n += bytes.Count(piece[:got], []byte(text))
	}
	return n
}

func TestWhatWasFreedIsOverwritten(t *testing.T) {
	for how, want := range map[string]string{"left": "many", "overwritten": "0", "pooled": "0", "kept": "1"} {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), "LEAVES="+how)
		in, err := child.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
			t.Fatalf("%q, %v", line, err)
		}
		n := found(t, child.Process.Pid, leftover)
		t.Log(how, n, time.Since(began))
		if got := fmt.Sprint(n); want != got && (want != "many" || n < 100) {
			t.Errorf("%s: found %d times, want %s", how, n, want)
		}
		in.Close()
		if err := child.Wait(); err != nil {
			t.Error(err)
		}
	}
}
