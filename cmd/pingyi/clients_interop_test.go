//go:build interop

package main

import (
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// stranger is an SSH client that is not ours. say returns the command that comes
// in to the server with the code of r's member m02 and says a word.
type stranger struct {
	name   string
	screen bool // it shows a screen without a terminal of its own
	say    func(r *rig, terminal bool, word string) *exec.Cmd
}

// strangers are those that people have: PuTTY's, dropbear's on small devices,
// Python's and Node's in scripts and apps. They answer the question for the code,
// or send it as a password.
func strangers(t *testing.T) []stranger {
	return []stranger{
		{"plink", true, func(r *rig, terminal bool, word string) *exec.Cmd {
			host, port, _ := net.SplitHostPort(r.addr)
			file := filepath.Join(r.dir, "plink.code")
			writes(t, file, r.codes["m02"]+"\n", 0o600)
			args := []string{"-ssh", "-batch", "-hostkey", r.print, "-pwfile", file, "-P", port, "anybody@" + host}
			return exec.Command("plink", with(terminal, "-t", args, word)...)
		}},
		{"dbclient", false, func(r *rig, terminal bool, word string) *exec.Cmd {
			host, port, _ := net.SplitHostPort(r.addr)
			cmd := exec.Command("dbclient", with(terminal, "-t", []string{"-y", "-y", "-p", port, "anybody@" + host}, word)...)
			cmd.Env = append(os.Environ(), "DROPBEAR_PASSWORD="+r.codes["m02"])
			return cmd
		}},
		{"paramiko", true, func(r *rig, terminal bool, word string) *exec.Cmd {
			host, port, _ := net.SplitHostPort(r.addr)
			return exec.Command("/usr/bin/python3", with(terminal, "-t", []string{"testdata/client.py", host, port, r.codes["m02"]}, word)...)
		}},
		{"ssh2", true, func(r *rig, terminal bool, word string) *exec.Cmd {
			host, port, _ := net.SplitHostPort(r.addr)
			return exec.Command("node", with(terminal, "-t", []string{"testdata/npm/client.mjs", host, port, r.codes["m02"]}, word)...)
		}},
	}
}

// with adds the flag for a terminal before the other arguments, and the word
// behind them; a screen has no word.
func with(terminal bool, flag string, args []string, word string) []string {
	if terminal {
		args = append([]string{args[0], flag}, args[1:]...)
	}
	if word != "" {
		args = append(args, word)
	}
	return args
}

func writes(t *testing.T, file, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// Other clients come in with a code, say words and see the screen
// (apt-get install putty-tools dropbear-bin python3-paramiko; make interop).
func TestOtherClientsComeIn(t *testing.T) {
	for _, c := range strangers(t) {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, sampleRoster(5))
			r.serve()
			say := func(word string) string {
				t.Helper()
				cmd := c.say(r, false, word)
				var errs strings.Builder
				cmd.Stderr = &errs
				out, err := cmd.Output()
				if err != nil {
					t.Fatalf("%s: %v\n%s%s", word, err, out, errs.String())
				}
				return string(out)
			}
			var who struct{ ID, Branch string }
			if err := json.Unmarshal([]byte(say("whoami --json")), &who); err != nil || who.ID != "m02" || who.Branch != "b1" {
				t.Errorf("whoami: %+v %v", who, err)
			}
			say("signin")
			if here := r.status("m02").Attendance.Present; here != 1 {
				t.Errorf("%d signed in", here)
			}
			if c.screen {
				r.looks(c)
			}
		})
	}
}

// looks waits until a client shows a screen with the branch's name, and leaves.
func (r *rig) looks(c stranger) {
	r.t.Helper()
	cmd := c.say(r, true, "")
	keys, err := cmd.StdinPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		r.t.Fatal(err)
	}
	var seen strings.Builder
	for piece := make([]byte, 4096); !strings.Contains(seen.String(), "第一党支部"); {
		n, err := out.Read(piece)
		seen.Write(piece[:n])
		if err != nil {
			r.t.Errorf("%s: no screen: %v\n%q", c.name, err, seen.String())
			break
		}
	}
	keys.Close()
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}
