package bolt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A test that needs another process starts its own binary again with a variable, which names the file to work on.
const workOn = "PINGYI_TEST_BOLT_FILE"

// otherProcesses are what the binary does instead of tests, by variable.
var otherProcesses = map[string]func(path string) error{workOn: appendForEver}

func TestMain(m *testing.M) {
	for name, work := range otherProcesses {
		if path := os.Getenv(name); path != "" {
			if err := work(path); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			os.Exit(0)
		}
	}
	os.Exit(m.Run())
}

// appendForEver appends pairs of records and prints the head after each Append, when it is acknowledged.
func appendForEver(path string) error {
	s, err := Create(path)
	if errors.Is(err, os.ErrExist) {
		s, err = Open(path)
	}
	if err != nil {
		return err
	}
	l, err := s.Log(context.Background(), "b1")
	if err != nil {
		return err
	}
	head := uint64(0)
	for _, err := range l.Read(context.Background(), 0) {
		if err != nil {
			return err
		}
		head++
	}
	for fmt.Println(head); ; fmt.Println(head) {
		pad := strings.Repeat("票", int(head%7)*700)
		head, err = l.Append(context.Background(), head, fmt.Append(nil, head+1, pad), fmt.Append(nil, head+2, pad))
		if err != nil {
			return err
		}
	}
}

// start runs the other process and returns its lines.
func start(t *testing.T, path string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), workOn+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewReader(out)
}

// TestKilled kills a writing process with SIGKILL, again and again: everything that it acknowledged is there, no half of an Append is.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	for round := range 12 {
		cmd, out := start(t, path)
		acknowledged := uint64(0)
		for line := 0; ; line++ {
			text, err := out.ReadString('\n')
			if errors.Is(err, io.EOF) {
				break
			}
			if _, err := fmt.Sscan(text, &acknowledged); err != nil {
				t.Fatal(err)
			}
			if line == 3+round*2 {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("the process was not killed")
		}
		n := countAfterKill(t, path)
		if n < acknowledged || n%2 != 0 {
			t.Fatalf("round %d: %d acknowledged, %d there", round, acknowledged, n)
		}
	}
}

// countAfterKill opens the file, checks every record and returns their number.
func countAfterKill(t *testing.T, path string) (n uint64) {
	t.Helper()
	s, err := Open(path)
	if err != nil || s.Repaired() != nil {
		t.Fatal(err, s.Repaired())
	}
	for _, rec := range contents(t, s)["b1"] {
		if n++; strings.TrimRight(rec, "票") != fmt.Sprint(n) {
			t.Fatalf("record %d is %.20q", n, rec)
		}
	}
	sound(t, s.db)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestInUse has another process, then this one, hold the file.
func TestInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	cmd, out := start(t, path)
	if _, err := out.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	refused(t, path)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, out)
	_ = cmd.Wait() // the error says that it was killed
	s, err := Open(path)
	if err != nil {
		t.Fatalf("after the holder died: %v", err)
	}
	refused(t, path)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(path); err != nil {
		t.Fatalf("after the holder closed: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, path string) {
	t.Helper()
	began := time.Now()
	_, err := Open(path)
	if took := time.Since(began); !errors.Is(err, ErrInUse) || took > time.Second {
		t.Errorf("%v after %v, want ErrInUse within a second", err, took)
	}
}

// TestMode keeps other users of the machine out, also after a repair.
func TestMode(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "db")
	damaged := meetings().bytes
	damaged = append([]byte(nil), damaged...)
	damaged[8] ^= 1
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	for p, open := range map[string]func(string) (*Shelf, error){path: Open, filepath.Join(dir, "new"): Create} {
		s, err := open(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 3 {
		t.Errorf("%v, want the two files and the damaged one put aside", files)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", f.Name(), info.Mode(), err)
		}
	}
}
