package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// binary is the real program, built once.
var binary string

// instead is what a process of this test's binary does in place of the tests, by
// the variable of its environment that asks for it.
var instead = map[string]func() int{}

func TestMain(m *testing.M) {
	for variable, do := range instead {
		if os.Getenv(variable) != "" {
			os.Exit(do())
		}
	}
	dir, err := os.MkdirTemp("", "pingyi-test")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "pingyi")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s\n", out)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// rig is a data folder with one branch, and the server on it.
type rig struct {
	t     *testing.T
	dir   string
	codes map[string]string // join codes by id
	log   *lockedBuffer     // everything that servers wrote to standard error

	server *exec.Cmd
	gone   chan struct{}
	addr   string
	print  string // fingerprint that serve names
	web    string // the link for browsers that serve names
}

type lockedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// newRig makes a folder with branch b1, imports the roster and issues codes.
// more are flags of init.
func newRig(t *testing.T, roster string, more ...string) *rig {
	t.Helper()
	r := &rig{t: t, dir: t.TempDir(), codes: map[string]string{}, log: &lockedBuffer{}}
	r.pingyi(0, append([]string{"init", "--org", "某党总支"}, more...)...)
	r.pingyi(0, "branch", "add", "b1", "--name", "第一党支部")
	file := filepath.Join(r.dir, "roster.csv")
	if err := os.WriteFile(file, []byte(roster), 0o600); err != nil {
		t.Fatal(err)
	}
	r.pingyi(0, "roster", "import", file, "--branch", "b1")
	var list []issued
	r.json(r.pingyi(0, "codes", "--branch", "b1", "--json"), &list)
	for _, c := range list {
		r.codes[string(c.ID)] = c.Code
	}
	return r
}

// sampleRoster is a roster of n as a sheet: the first is 书记, the next two are
// on the committee, the last is a 预备党员.
func sampleRoster(n int) string {
	var b strings.Builder
	b.WriteString("编号,姓名,类别,党内职务\n")
	people := meetingtest.Members(n).Probationary(1).Post(1, "书记").Post(2, "组织委员").Post(3, "宣传委员")
	for _, m := range people {
		fmt.Fprintf(&b, "%s,%s,%s,%s\n", m.ID, m.Name, kinds[m.Kind], m.PartyPost)
	}
	return b.String()
}

var kinds = map[meeting.Kind]string{meeting.Formal: "正式", meeting.Probationary: "预备"}

func member(i int) string { return string(meetingtest.ID(i)) }

// pingyi runs the real program and checks its exit code.
func (r *rig) pingyi(want int, args ...string) string {
	r.t.Helper()
	out, errs, code := r.try(args...)
	if code != want {
		r.t.Fatalf("pingyi %s: exit %d, want %d\n%s%s", strings.Join(args, " "), code, want, out, errs)
	}
	if code != 0 && strings.Count(strings.TrimSpace(errs), "\n") > 0 {
		r.t.Errorf("pingyi %s: more than one line on stderr:\n%s", strings.Join(args, " "), errs)
	}
	return out
}

func (r *rig) try(args ...string) (out, errs string, code int) {
	r.t.Helper()
	return r.tryWith("", args...)
}

// tryWith is try with a standard input.
func (r *rig) tryWith(input string, args ...string) (out, errs string, code int) {
	r.t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Dir, cmd.Stdin = r.dir, strings.NewReader(input)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		r.t.Fatal(err)
	}
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

func (r *rig) json(text string, v any) {
	r.t.Helper()
	if err := json.Unmarshal([]byte(text), v); err != nil {
		r.t.Fatalf("%v: %s", err, text)
	}
}

// serve starts the server and waits until it says that it is ready. more are flags.
func (r *rig) serve(more ...string) {
	r.t.Helper()
	cmd := exec.Command(binary, append([]string{"serve", "--addr", "127.0.0.1:0"}, more...)...)
	cmd.Dir, cmd.Stderr = r.dir, r.log
	out, err := cmd.StdoutPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	var line ready
	if err := json.NewDecoder(out).Decode(&line); err != nil {
		_ = cmd.Wait()
		r.t.Fatalf("the server did not start: %v\n%s", err, r.log)
	}
	r.server, r.addr, r.print, r.web, r.gone = cmd, line.Addr, line.Fingerprint, line.Web, make(chan struct{})
	gone := r.gone
	go func() { _ = cmd.Wait(); close(gone) }()
	r.t.Cleanup(func() { _ = cmd.Process.Kill(); <-gone })
}

// kill is kill -9.
func (r *rig) kill() {
	_ = r.server.Process.Kill()
	<-r.gone
}

// client is one member's connection.
type client struct {
	id   string
	conn *gossh.Client
}

// joins connects a member with their code.
func (r *rig) joins(id string) (*client, error) {
	conn, err := gossh.Dial("tcp", r.addr, &gossh.ClientConfig{
		User: "anybody", Timeout: 10 * time.Second,
		Auth:            []gossh.AuthMethod{gossh.Password(r.codes[id])},
		HostKeyCallback: func(string, net.Addr, gossh.PublicKey) error { return nil },
	})
	if err != nil {
		return nil, err
	}
	return &client{id, conn}, nil
}

// errGone says that the connection broke before an answer came: whether the
// word was done is not known.
var errGone = errors.New("the connection broke")

// says runs a word and returns its output and exit code.
func (c *client) says(stdin, word string) (out, errs string, code int, err error) {
	sess, err := c.conn.NewSession()
	if err != nil {
		return "", "", 0, errGone
	}
	defer sess.Close()
	var o, e bytes.Buffer
	sess.Stdin, sess.Stdout, sess.Stderr = strings.NewReader(stdin), &o, &e
	err = sess.Run(word)
	var exit *gossh.ExitError
	switch {
	case err == nil:
		return o.String(), e.String(), 0, nil
	case errors.As(err, &exit):
		return o.String(), e.String(), exit.ExitStatus(), nil
	}
	return "", "", 0, errGone
}

// say is a word by a member on a connection of its own; it must end with the
// exit code want.
func (r *rig) say(id string, want int, stdin, word string) string {
	r.t.Helper()
	c, err := r.joins(id)
	if err != nil {
		r.t.Fatalf("%s cannot join: %v", id, err)
	}
	defer c.conn.Close()
	out, errs, code, err := c.says(stdin, word)
	if err != nil || code != want {
		r.t.Fatalf("%s says %s: exit %d, want %d, %v\n%s%s", id, word, code, want, err, out, errs)
	}
	if code != 0 {
		if errs = strings.TrimSpace(errs); errs == "" || strings.Contains(errs, "\n") || !isChinese(errs) {
			r.t.Errorf("%s says %s: not one Chinese line: %q", id, word, errs)
		}
		return errs
	}
	return out
}

func isChinese(text string) bool {
	return strings.ContainsFunc(text, func(c rune) bool { return c >= 0x4e00 && c <= 0x9fff })
}

// statusLine is what `status --json` tells.
type statusLine struct {
	Phase string
	Item  *struct {
		No          int
		Kind, Title string
	}
	Attendance struct{ Expected, Present int }
	Vote       struct {
		State            string
		Issued, Returned int
		Fingerprint      string
	}
	Trouble string
	May     []string
	WhyNot  map[string]string `json:"why_not"`
}

func (r *rig) status(id string) statusLine {
	r.t.Helper()
	var s statusLine
	r.json(r.say(id, 0, "", "status --json"), &s)
	return s
}

// awaits follows what status tells somebody until it is as it should be.
func (r *rig) awaits(id string, well func(statusLine) bool) {
	r.t.Helper()
	c, err := r.joins(id)
	if err != nil {
		r.t.Fatal(err)
	}
	defer c.conn.Close()
	giveUp := time.AfterFunc(time.Minute, func() { c.conn.Close() })
	defer giveUp.Stop()
	sess, err := c.conn.NewSession()
	if err != nil {
		r.t.Fatal(err)
	}
	out, err := sess.StdoutPipe()
	if err == nil {
		err = sess.Start("status --json --follow")
	}
	if err != nil {
		r.t.Fatal(err)
	}
	for told := json.NewDecoder(out); ; {
		var s statusLine
		if err := told.Decode(&s); err != nil {
			r.t.Fatalf("it never came: %v", err)
		}
		if well(s) {
			return
		}
	}
}

// toItem leads the meeting to an item; the way there is passed with a reason.
func (r *rig) toItem(chair, kind string) {
	r.t.Helper()
	for range 20 {
		if s := r.status(chair); s.Item != nil && s.Item.Kind == kind {
			return
		}
		r.say(chair, 0, "", "next --reason 测试")
	}
	r.t.Fatalf("never came to %s", kind)
}

// comesToVote has the first n members sign in and leads the meeting to the vote,
// watched by m04 and m05.
func (r *rig) comesToVote(n int) {
	r.t.Helper()
	for i := 1; i <= n; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.names(min(n, len(r.codes)-3)) // the last has no hand, the projector and the booths have none
}

// names names the scrutineers with so many hands.
func (r *rig) names(yes int) {
	r.t.Helper()
	r.toItem("m01", "ballot")
	r.say("m01", 0, "", fmt.Sprintf("scrutineers m04 m05 --yes %d", yes))
}

// opensBox has scrutineers seal the box and the chair open it, and returns the
// codes that they wrote down.
func (r *rig) opensBox(scrutineers ...string) (codes map[string]string) {
	r.t.Helper()
	codes = map[string]string{}
	for _, id := range scrutineers {
		var sealed struct{ Code string }
		r.json(r.say(id, 0, "", "seal --json"), &sealed)
		codes[id] = sealed.Code
	}
	r.say("m01", 0, "", "open")
	return codes
}
