package ssh

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pkg/sftp"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper"
	"pingyi/meeting/preset"
	filed "pingyi/store/archive"
)

// withPapers lets a house give its branches' papers.
func withPapers(c *Config) {
	c.Papers = func(_ context.Context, s *meeting.State, who meeting.MemberID) ([]File, error) {
		papers, err := filed.For(s, paper.Facts{}, who)
		return files(papers), err
	}
}

// files are papers as a house gives them.
func files(papers []paper.Edition) (list []File) {
	for _, p := range papers {
		list = append(list, File{Name: p.Name, Title: p.Title, Content: p.Render})
	}
	return list
}

// openSSH runs one of OpenSSH's programs in the name of a member, whose code it is
// asked for, in a folder of its own.
func (h *house) openSSH(dir string, who meeting.MemberID, input, program string, args ...string) (out string, exit int) {
	h.t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		h.t.Fatal("OpenSSH's client is needed: apt-get install openssh-client")
	}
	ask := filepath.Join(h.t.TempDir(), "ask")
	if err := os.WriteFile(ask, []byte("#!/bin/sh\necho '"+h.codes[who]+"'\n"), 0o700); err != nil {
		h.t.Fatal(err)
	}
	_, port, _ := strings.Cut(h.server.Addr().String(), ":")
	cmd := exec.CommandContext(h.t.Context(), path, append([]string{
		"-F", "none", "-P", port, "-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR",
		"-o", "UserKnownHostsFile=" + ask + ".known", "-o", "PubkeyAuthentication=no",
	}, args...)...)
	cmd.Env = append(os.Environ(), "SSH_ASKPASS="+ask, "SSH_ASKPASS_REQUIRE=force", "DISPLAY=none", "HOME="+filepath.Dir(ask))
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(input)
	text, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		h.t.Fatal(err)
	}
	return string(text), cmd.ProcessState.ExitCode()
}

func held(h *house) {
	h.Does("m02", meetingtest.Writes("outline", 0, "causes", "只给自己看的原因"))
	h.Does("m02", meetingtest.Writes("talk", 0, "kind", meeting.TalkMembers, "with", `["m03"]`, "at", "2017-03-16T15:30", "means", "面谈", "content", "两个人的话"))
	h.toItem(preset.Criticism)
}

// A member, the secretary and the file manager of anybody take papers as any other
// files, by both protocols of scp: each what is theirs.
func TestPapersComeByScp(t *testing.T) {
	h := newHouse(t, 5, withPapers)
	held(h)
	for _, protocol := range [][]string{nil, {"-O"}} {
		take := func(who meeting.MemberID) map[string]string {
			dir := t.TempDir()
			out, exit := h.openSSH(dir, who, "", "scp", append(append([]string{}, protocol...), "-r", "127.0.0.1:papers", dir)...)
			if exit != 0 {
				t.Fatalf("scp %v of %s: exit %d %s", protocol, who, exit, out)
			}
			return contents(t, filepath.Join(dir, "papers"))
		}
		chair, own, other := take("m01"), take("m02"), take("m04")
		for name, text := range chair {
			if strings.Contains(text, "只给自己看的原因") || strings.Contains(text, "两个人的话") {
				t.Errorf("%v: the secretary reads in %s what is private", protocol, name)
			}
		}
		if chair["minutes.md"] == "" || chair["minutes.docx"] == "" {
			t.Errorf("%v: the secretary has %d papers without the minutes", protocol, len(chair))
		}
		if !strings.Contains(own["outline-m02.md"], "只给自己看的原因") || !strings.Contains(own["talks.md"], "两个人的话") || own["minutes.md"] != "" {
			t.Errorf("%v: m02 has %q", protocol, own)
		}
		if other["outline-m02.md"] != "" || other["talks.md"] != "" {
			t.Errorf("%v: m04 has what is m02's: %q", protocol, other)
		}
	}
}

// Who takes one paper, by either protocol of scp or by sftp, waits for that one only.
func TestOnePaperIsRenderedAlone(t *testing.T) {
	var mu sync.Mutex
	var rendered []string
	h := newHouse(t, 5, func(c *Config) {
		withPapers(c)
		all := c.Papers
		c.Papers = func(ctx context.Context, s *meeting.State, who meeting.MemberID) ([]File, error) {
			list, err := all(ctx, s, who)
			for i, f := range list {
				list[i].Content = func() ([]byte, error) {
					mu.Lock()
					defer mu.Unlock()
					rendered = append(rendered, f.Name)
					return f.Content()
				}
			}
			return list, err
		}
	})
	held(h)
	for _, args := range [][]string{{"scp", "127.0.0.1:papers/minutes.docx", "."}, {"scp", "-O", "127.0.0.1:papers/minutes.docx", "."}, {"sftp", "127.0.0.1:papers/minutes.docx"}} {
		rendered = nil
		dir := t.TempDir()
		if out, exit := h.openSSH(dir, "m01", "", args[0], args[1:]...); exit != 0 || contents(t, dir)["minutes.docx"] == "" {
			t.Errorf("%v: exit %d %s", args, exit, out)
		}
		if !slices.Equal(rendered, []string{"minutes.docx"}) {
			t.Errorf("%v renders %v", args, rendered)
		}
	}
}

// contents are the files of a folder by name.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	list := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil && !e.IsDir() {
			t.Fatal(err)
		}
		list[e.Name()] = string(b)
	}
	return list
}

// Nothing is written, and no path leads out of the papers.
func TestPapersAreOnlyRead(t *testing.T) {
	h := newHouse(t, 5, withPapers)
	held(h)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "minutes.md"), []byte("假的"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, protocol := range [][]string{nil, {"-O"}} {
		for _, args := range [][]string{
			{"minutes.md", "127.0.0.1:papers/minutes.md"},
			{"minutes.md", "127.0.0.1:x"},
			{"127.0.0.1:../../etc/passwd", "."},
			{"127.0.0.1:/etc/passwd", "."},
			{"127.0.0.1:papers/../../etc/passwd", "."},
			{"127.0.0.1:papers/outline-m02.md", "."},
			{"127.0.0.1:papers", "."},
		} {
			if out, exit := h.openSSH(dir, "m01", "", "scp", append(append([]string{}, protocol...), args...)...); exit == 0 {
				t.Errorf("scp %v %v went through: %s", protocol, args, out)
			}
		}
	}
	if len(contents(t, dir)) != 1 {
		t.Errorf("something came: %q", contents(t, dir))
	}
	c, err := sftp.NewClient(h.dial("m01"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for what, err := range map[string]error{
		"remove": c.Remove("papers/minutes.md"), "mkdir": c.Mkdir("papers/x"), "rename": c.Rename("papers/minutes.md", "papers/x"),
		"link": c.Symlink("/etc/passwd", "papers/x"), "chmod": c.Chmod("papers/minutes.md", 0o777),
	} {
		if err == nil {
			t.Errorf("%s went through", what)
		}
	}
	for _, name := range []string{"/", "papers", "/papers/minutes.md", "papers/./minutes.md"} {
		if _, err := c.Stat(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The superior finds a folder for each branch, with what it has handed in, and
// their own papers beside; nothing private.
func TestTheSuperiorTakesPapersOfAllBranches(t *testing.T) {
	h, _ := newOrgHouse(t)
	withPapers(&h.server.config)
	h.server.config.OrganisationPapers = func(context.Context) ([]File, error) {
		papers, err := filed.Press{}.Organisation("某党总支", []*meeting.State{h.hall.State()})
		return files(papers), err
	}
	h.Does("m01", meetingtest.Writes("plan", 0, "title", "报上级的方案", "from", "2017-03-18", "to", "2017-03-23", "before", "学习", "during", "评议", "after", "整改"),
		meeting.MoveRecord{Form: "plan", Word: "submit"})
	h.Does("m02", meetingtest.Writes("outline", 0, "causes", "只给自己看的原因"))
	dir := t.TempDir()
	if out, exit := h.openSSH(dir, "s1", "", "scp", "-r", "127.0.0.1:papers", "."); exit != 0 {
		t.Fatalf("exit %d %s", exit, out)
	}
	own, branch := contents(t, filepath.Join(dir, "papers")), contents(t, filepath.Join(dir, "papers", "b1"))
	if own["rollup.md"] == "" || !strings.Contains(branch["plan.md"], "报上级的方案") || branch["outline-m02.md"] != "" || branch["minutes.md"] != "" {
		t.Errorf("own %q, b1 %q", own, branch)
	}
}

func TestTheBoothAndTheWallTakeNoFiles(t *testing.T) {
	h := newHouse(t, 3, withPapers)
	for _, user := range []string{"screen", "booth"} {
		c, err := h.try(&login{user: user})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sftp.NewClient(c); err == nil {
			t.Errorf("%s has files", user)
		}
		c.Close()
	}
}
