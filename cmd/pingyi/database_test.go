package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Where the database is missing or empty, no verb makes one or acts as if nothing
// had been recorded: it says how to get it back (door.md #6, #21).
func TestWithoutItsDatabaseAFolderIsRefused(t *testing.T) {
	r := newRig(t, sampleRoster(3))
	file := filepath.Join(r.dir, "data", "pingyi.db")
	kept := file + ".kept"
	if err := os.Rename(file, kept); err != nil {
		t.Fatal(err)
	}
	verbs := []string{
		"branch list", "verify --branch b1", "log --branch b1", "papers --branch b1 -o out", "codes --branch b1",
		"branch add b2 --name 第二党支部", "serve --addr 127.0.0.1:0",
	}
	refused := func(what string) {
		for _, verb := range verbs {
			out, errs, code := r.try(strings.Fields(verb)...)
			if code != 1 || out != "" || !strings.Contains(errs, "备份") || !strings.Contains(errs, "pingyi restore") || strings.Count(errs, "\n") != 1 {
				t.Errorf("%s, %s: exit %d\n%s%s", what, verb, code, out, errs)
			}
		}
	}
	refused("missing")
	if _, err := os.Stat(file); err == nil {
		t.Error("a database was made")
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused("empty")
	if info, err := os.Stat(file); err != nil || info.Size() > 0 {
		t.Errorf("the empty file was changed: %v", err)
	}
	if err := os.Rename(kept, file); err != nil {
		t.Fatal(err)
	}
	r.pingyi(0, "verify", "--branch", "b1")
}

// The database is taken away in the middle of a vote, and another one laid there,
// as a sync folder or a hasty restore does. Nobody gets a receipt for what would
// be lost, no second server starts, everybody is told, and when the file is back
// the vote goes on with the keys of its scrutineers (door.md #6).
func TestADatabaseTakenAwayStopsRecording(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	file := filepath.Join(r.dir, "data", "pingyi.db")
	older, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r.serve()
	r.toOpenBox()
	r.say("m02", 0, `{"m01":"优秀"}`, "vote")
	stopped := func(why string) {
		t.Helper()
		for range 2 {
			if told := r.say("m03", 1, `{"m01":"优秀"}`, "vote"); !strings.Contains(told, "没有记下：数据文件") {
				t.Errorf("%s: who votes is told %q", why, told)
			}
		}
		r.awaits("m03", func(s statusLine) bool { return strings.Contains(s.Trouble, why) })
		if _, errs, code := r.try("serve", "--addr", "127.0.0.1:0"); code != 1 || !strings.Contains(errs, "已经在运行") {
			t.Errorf("%s: a second server: exit %d %s", why, code, errs)
		}
		r.pingyi(0, "branch", "list") // what is known can be read
	}
	if err := os.Rename(file, file+".away"); err != nil {
		t.Fatal(err)
	}
	stopped("数据文件被移走或删除了")
	if err := os.WriteFile(file, older, 0o600); err != nil {
		t.Fatal(err)
	}
	stopped("数据文件被换成了别的")
	if err := os.Rename(file+".away", file); err != nil {
		t.Fatal(err)
	}
	r.awaits("m03", func(s statusLine) bool { return s.Trouble == "" })
	for i := 3; i <= 6; i++ {
		r.say(member(i), 0, `{"m01":"优秀"}`, "vote")
	}
	for _, word := range []string{"close --reason 其余的人先走了", "confirmed --reason 无人提出异议"} {
		r.say("m01", 0, "", word)
	}
	for _, who := range []string{"m04", "m05"} {
		r.say(who, 0, "", "unseal") // no code is asked for: the key is there
	}
	if s := r.status("m01"); s.Vote.State != "counted" || s.Vote.Returned != 5 {
		t.Errorf("%+v", s.Vote)
	}
	r.kill() // its log has come whole
	for _, why := range []string{"数据文件被移走或删除了", "数据文件被换成了别的"} {
		if text := r.log.String(); !strings.Contains(text, why) {
			t.Errorf("the log does not say %s:\n%s", why, text)
		}
	}
}

// Where no control socket can be made the server goes on and says so; verbs are
// refused until it is stopped (door.md #34).
func TestWithoutAControlSocketTheServerGoesOn(t *testing.T) {
	r := newRig(t, sampleRoster(3))
	if err := os.MkdirAll(filepath.Join(r.dir, "data", "control.sock", "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	r.serve()
	r.say("m01", 0, "", "signin")
	if _, errs, code := r.try("branch", "list"); code != 1 || !strings.Contains(errs, "正被另一个程序使用") {
		t.Errorf("exit %d %s", code, errs)
	}
	r.kill() // its log has come whole
	if !strings.Contains(r.log.String(), "开不了控制口") {
		t.Errorf("nothing is said:\n%s", r.log)
	}
	r.pingyi(0, "branch", "list")
}

// What was mended of a database is told in words that people know.
func TestAMendedDatabaseIsToldInChinese(t *testing.T) {
	r := newRig(t, sampleRoster(3))
	file := filepath.Join(r.dir, "data", "pingyi.db")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func([]byte) []byte{
		"a damaged head":   func(b []byte) []byte { b[8] ^= 1; return b },
		"both pages":       func(b []byte) []byte { clear(b[:8192]); return b },
		"cut at a quarter": func(b []byte) []byte { return b[:len(b)/4] },
	} {
		if err := os.WriteFile(file, spoil([]byte(string(whole))), 0o600); err != nil {
			t.Fatal(err)
		}
		_, errs, _ := r.try("branch", "list")
		if !strings.Contains(errs, "数据文件") || strings.Contains(errs, "page") || strings.Contains(errs, "should") {
			t.Errorf("%s: %s", what, errs)
		}
	}
}
