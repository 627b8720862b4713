package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"pingyi/meeting/preset"
	"pingyi/store/folder"
)

// opened is a new data folder that this process holds.
func opened(t *testing.T) (dir string, f *folder.Folder) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	if err := folder.Init(dir, "某党总支", folder.Config{Preset: preset.Default}); err != nil {
		t.Fatal(err)
	}
	f, err := folder.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return dir, f
}

// TestTheControlSocketIsShutWithAllItsAnswers although somebody asks nothing.
func TestTheControlSocketIsShutWithAllItsAnswers(t *testing.T) {
	dir, f := opened(t)
	before := runtime.NumGoroutine()
	stop, err := (&desk{err: io.Discard}).answer(t.Context(), f, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	name, away, err := socketName(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer away()
	dial := func() net.Conn {
		conn, err := (&net.Dialer{}).DialContext(context.Background(), "unix", name)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		return conn
	}
	dial()
	asks := dial() // accepted after the silent one
	if err := json.NewEncoder(asks).Encode(asked{Args: []string{"branch", "list", "--data", dir}, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	if answer, err := io.ReadAll(asks); err != nil || len(answer) == 0 {
		t.Errorf("answered %q, %v", answer, err)
	}
	stop()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); { // one that is just returning gets its turn on a busy machine
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("somebody is still answered:\n%s", stacks[:runtime.Stack(stacks, true)])
}
