//go:build interop

package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// The page's SSH client is tried here in node (ssh/web/test), against our server,
// the library that it is made with, and OpenSSH's.

const webFolder = "../../ssh/web"

// heavy is how many bytes of output a word brings to see the window at work.
const heavy = 5 << 20

// mostOnTheWire is what the page may be, compressed (issue 11).
const mostOnTheWire = 40 << 10

// dialling is what say.mjs is told.
type dialling struct {
	Host    string         `json:"host"`
	Port    string         `json:"port"`
	Pin     string         `json:"pin"`
	User    string         `json:"user"`
	Code    string         `json:"code,omitempty"`
	Device  string         `json:"device,omitempty"`
	Renewal map[string]int `json:"renewal,omitempty"`
	Ask     bool           `json:"ask"`
	Words   []saying       `json:"words,omitempty"`
}

type saying struct {
	Word   string            `json:"word"`
	Env    map[string]string `json:"env,omitempty"`
	Input  string            `json:"input,omitempty"`
	Output string            `json:"output,omitempty"`
	Until  string            `json:"until,omitempty"`
}

// outcome is what say.mjs tells.
type outcome struct {
	In                 bool
	Kind, Say, Message string
	Why                string // the connection ended
	Sent, Received     int
	Ended              string
	AskedFor           float64
	Dialled            struct{ Ms float64 }
	Words              []wordOutcome
}

type wordOutcome struct {
	Exit  *int
	Why   string
	Bytes int
	Out   string
	Ms    float64
}

func (w wordOutcome) well() bool { return w.Exit != nil && *w.Exit == 0 }

// dials has the client come to a server.
func dials(t *testing.T, addr string, d dialling) outcome {
	t.Helper()
	var err error
	if d.Host, d.Port, err = net.SplitHostPort(addr); err != nil {
		t.Fatal(err)
	}
	if d.User == "" {
		d.User = "anybody"
	}
	arg, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", filepath.Join(webFolder, "test", "say.mjs"), string(arg))
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("say.mjs: %v\n%s", err, &errs)
	}
	var v outcome
	if err := json.Unmarshal(out, &v); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return v
}

// pinOf makes a link's pin of a fingerprint.
func pinOf(fingerprint string) string {
	return strings.NewReplacer("SHA256:", "", "+", "-", "/", "_").Replace(fingerprint)
}

func node(t *testing.T, args ...string) {
	t.Helper()
	out, err := exec.Command("node", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("node %v: %v\n%s", args, err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	t.Log(lines[len(lines)-1])
}

func TestThePageIsWhatItsSourcesGive(t *testing.T) {
	made := t.TempDir()
	node(t, filepath.Join(webFolder, "build.mjs"), made)
	for _, name := range []string{"dist", "THIRD-PARTY.txt"} {
		compares(t, filepath.Join(made, name), filepath.Join(webFolder, name))
		compares(t, filepath.Join(webFolder, name), filepath.Join(made, name))
	}
	size := 0
	for _, name := range []string{"index.html", "page.css", "page.js"} {
		data, err := os.ReadFile(filepath.Join(made, "dist", name))
		if err != nil {
			t.Fatal(err)
		}
		var small bytes.Buffer
		w, _ := gzip.NewWriterLevel(&small, gzip.BestCompression)
		_, _ = w.Write(data)
		_ = w.Close()
		size += small.Len()
	}
	t.Logf("%d bytes on the wire", size)
	if size > mostOnTheWire {
		t.Errorf("the page is %d bytes, at most %d", size, mostOnTheWire)
	}
}

// compares sees that everything in one folder is in the other.
func compares(t *testing.T, one, other string) {
	t.Helper()
	err := filepath.WalkDir(one, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		part, err := filepath.Rel(one, name)
		if err != nil {
			return err
		}
		a, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(filepath.Join(other, part))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s is not what make web gives: %v", name, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestThePagesClientByItself(t *testing.T) {
	node(t, "--test", filepath.Join(webFolder, "test", "client.test.mjs"), filepath.Join(webFolder, "test", "curve.test.mjs"))
	node(t, filepath.Join(webFolder, "test", "fuzz.mjs"), "300", "1")
}

// A member comes in with the page's client.
func TestThePagesClientComesIn(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.serve()
	pin := pinOf(r.print)
	picture := filepath.Join(t.TempDir(), "picture.png")
	writes(t, picture, "\x89PNG\r\n\x1a\n"+strings.Repeat("0123456789abcdef", heavy/16-1), 0o600)
	got := dials(t, r.addr, dialling{Pin: pin, Code: r.codes["m01"], Ask: true, Words: []saying{
		{Word: "whoami --json"},
		{Word: "status --json --follow", Until: "\n"},
		{Word: "signin", Env: map[string]string{"LANG": "zh_CN.UTF-8"}},
		{Word: "nonsense"},
		{Word: "file add picture.png --json", Input: picture},
	}})
	if !got.In || len(got.Words) != 5 || got.Ended != "closed" {
		t.Fatalf("%+v", got)
	}
	var who struct{ ID, Branch string }
	r.json(got.Words[0].Out, &who)
	if who.ID != "m01" || who.Branch != "b1" || !got.Words[0].well() {
		t.Errorf("whoami: %+v", got.Words[0])
	}
	if w := got.Words[1]; !strings.Contains(w.Out, `"phase":"before"`) {
		t.Errorf("status: %+v", w)
	}
	if r.status("m02").Attendance.Present != 1 || !got.Words[2].well() {
		t.Errorf("signin: %+v", got.Words[2])
	}
	if w := got.Words[3]; w.well() || !strings.Contains(w.Why, "没有这个命令") {
		t.Errorf("nonsense: %+v", w)
	}
	var kept struct{ SHA256 string }
	r.json(got.Words[4].Out, &kept)
	t.Logf("in after %v ms, an answer after %v ms, whoami %v ms, %d bytes in %v ms; sent %d, received %d", got.Dialled.Ms, got.AskedFor, got.Words[0].Ms, heavy, got.Words[4].Ms, got.Sent, got.Received)

	back := filepath.Join(t.TempDir(), "back.png")
	got = dials(t, r.addr, dialling{Pin: pin[:22], Code: r.codes["m01"], Words: []saying{{Word: "file get " + kept.SHA256, Output: back}}, Renewal: map[string]int{"packets": 50, "bytes": 1 << 28}})
	a, _ := os.ReadFile(picture)
	b, _ := os.ReadFile(back)
	if !got.In || !got.Words[0].well() || !bytes.Equal(a, b) {
		t.Errorf("file get: %+v", got)
	}

	wrong := dials(t, r.addr, dialling{Pin: pin, Code: "ABCDE-FGHJK"})
	if wrong.Kind != "code" || !strings.Contains(wrong.Say, "入会码不对") {
		t.Errorf("a wrong code: %+v", wrong)
	}
	if none := dials(t, r.addr, dialling{Pin: pin, Code: "12"}); none.Kind != "code" || !strings.Contains(none.Say, "10 个字母和数字") {
		t.Errorf("no code: %+v", none)
	}
	if wall := dials(t, r.addr, dialling{Pin: pin, User: "screen", Code: r.codes["screen"], Words: []saying{{Word: "whoami --json"}}}); !wall.In {
		t.Errorf("the wall: %+v", wall)
	}
}

// A word that runs ends with the server, and everything that waits.
func TestThePagesClientEndsWithTheServer(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.serve()
	ended := make(chan outcome, 1)
	var waiting sync.WaitGroup
	waiting.Go(func() {
		ended <- dials(t, r.addr, dialling{Pin: pinOf(r.print), Code: r.codes["m02"], Words: []saying{{Word: "signin"}, {Word: "status --json --follow", Until: "never"}}})
	})
	r.awaits("m01", func(s statusLine) bool { return s.Attendance.Present == 1 })
	if err := r.server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	waiting.Wait()
	got := <-ended
	if w := got.Words[len(got.Words)-1]; w.well() || got.Ended != "closed" {
		t.Errorf("%+v", got)
	}
}

// A device that is remembered comes in without a code.
func TestThePagesDeviceIsRemembered(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.serve()
	seed := make([]byte, ed25519.SeedSize)
	_, _ = rand.Read(seed)
	device, pin := hex.EncodeToString(seed), pinOf(r.print)
	if got := dials(t, r.addr, dialling{Pin: pin, Device: device}); got.Kind != "code" {
		t.Errorf("an unknown device alone: %+v", got)
	}
	if got := dials(t, r.addr, dialling{Pin: pin, Device: device, Code: r.codes["m02"], Words: []saying{{Word: "key add"}}}); !got.In || !got.Words[0].well() {
		t.Fatalf("key add: %+v", got)
	}
	if got := dials(t, r.addr, dialling{Pin: pin, Device: device, Words: []saying{{Word: "whoami --json"}}}); !got.In || !strings.Contains(got.Words[0].Out, `"m02"`) {
		t.Errorf("the device: %+v", got)
	}
}

// goServer is a server made with the library that ours is made with. It takes every
// code, keeps it, and changes its keys often.
type goServer struct {
	addr      string
	print     string
	codes     atomic.Int32
	keepalive atomic.Int32 // answers to its questions
}

func serveGo(t *testing.T) *goServer {
	t.Helper()
	_, secret, _ := ed25519.GenerateKey(rand.Reader)
	key, err := gossh.NewSignerFromKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	s := &goServer{print: gossh.FingerprintSHA256(key.PublicKey())}
	config := &gossh.ServerConfig{PasswordCallback: func(gossh.ConnMetadata, []byte) (*gossh.Permissions, error) {
		s.codes.Add(1)
		return nil, nil //nolint:nilnil // everybody may come in
	}}
	config.RekeyThreshold = 200_000
	config.AddHostKey(key)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = l.Addr().String()
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { s.serves(c, config) })
		}
	})
	t.Cleanup(func() { l.Close(); serving.Wait() })
	return s
}

// serves answers the words send (so much of nothing) and take (the number of bytes
// that came).
func (s *goServer) serves(c net.Conn, config *gossh.ServerConfig) {
	defer c.Close()
	conn, channels, requests, err := gossh.NewServerConn(c, config)
	if err != nil {
		return
	}
	var asking sync.WaitGroup
	defer asking.Wait()
	asking.Go(func() { gossh.DiscardRequests(requests) })
	for ch := range channels {
		sess, reqs, err := ch.Accept()
		if err != nil {
			return
		}
		asking.Go(func() {
			for range 20 {
				if _, _, err := conn.SendRequest("keepalive@openssh.com", true, nil); err != nil {
					return
				}
				s.keepalive.Add(1)
			}
		})
		for req := range reqs {
			if req.Type != "exec" {
				_ = req.Reply(false, nil)
				continue
			}
			_ = req.Reply(true, nil)
			var word struct{ Word string }
			_ = gossh.Unmarshal(req.Payload, &word)
			if word.Word == "send" {
				_, _ = sess.Write(bytes.Repeat([]byte("0123456789abcdef"), heavy/16))
			} else {
				n, _ := io.Copy(io.Discard, sess)
				fmt.Fprint(sess, n)
			}
			_, _ = sess.SendRequest("exit-status", false, gossh.Marshal(struct{ Status uint32 }{0}))
			_ = sess.Close()
		}
	}
}

// Both sides change keys again and again while much goes back and forth.
func TestThePagesClientAndTheLibraryChangeKeys(t *testing.T) {
	s := serveGo(t)
	input := filepath.Join(t.TempDir(), "input")
	writes(t, input, strings.Repeat("x", 1<<20), 0o600)
	for _, renewal := range []map[string]int{nil, {"packets": 7, "bytes": 1 << 28}, {"packets": 1 << 20, "bytes": 50_000}} {
		got := dials(t, s.addr, dialling{Pin: pinOf(s.print), Code: "x", Renewal: renewal, Ask: true, Words: []saying{{Word: "send", Output: os.DevNull}, {Word: "take", Input: input}}})
		if !got.In || len(got.Words) != 2 || got.Ended != "closed" {
			t.Fatalf("%v: %+v", renewal, got)
		}
		if w := got.Words[0]; !w.well() || w.Bytes != heavy {
			t.Errorf("%v: output: %+v", renewal, w)
		}
		if w := got.Words[1]; !w.well() || w.Out != fmt.Sprint(1<<20) {
			t.Errorf("%v: input: %+v", renewal, w)
		}
		t.Logf("%v: %d bytes in %v ms, %d bytes out in %v ms", renewal, heavy, got.Words[0].Ms, 1<<20, got.Words[1].Ms)
	}
	if s.keepalive.Load() == 0 {
		t.Error("the client answers no keepalive")
	}
}

// Somebody who sits at the address of the server, but is not it, gets no code.
func TestThePagesClientGivesNoCodeToOthers(t *testing.T) {
	other, right := serveGo(t), serveGo(t)
	if got := dials(t, other.addr, dialling{Pin: pinOf(right.print), Code: "K7QF2-M9DWA"}); got.Kind != "pin" || got.In {
		t.Errorf("%+v", got)
	}
	if n := other.codes.Load(); n != 0 {
		t.Errorf("it got the code %d times", n)
	}
	// The control: with its own pin it gets it.
	if got := dials(t, other.addr, dialling{Pin: pinOf(other.print), Code: "K7QF2-M9DWA"}); !got.In || other.codes.Load() != 1 {
		t.Errorf("%+v, %d codes", got, other.codes.Load())
	}
}

// opensshd is OpenSSH's server on loopback, a process a connection. It needs neither
// root nor an account: the client comes in as who runs the test, by a key. As root
// it takes a password too, of an account that only it sees: its own mounts put
// another passwd and shadow in place of the machine's.
type opensshd struct {
	t     *testing.T
	dir   string
	addr  string
	print string
	log   lockedBuffer
}

const sshdPath = "/usr/sbin/sshd"

func serveOpenSSH(t *testing.T, device []byte, password string) *opensshd {
	t.Helper()
	o := &opensshd{t: t, dir: t.TempDir()}
	_, secret, _ := ed25519.GenerateKey(rand.Reader)
	block, err := gossh.MarshalPrivateKey(secret, "")
	if err != nil {
		t.Fatal(err)
	}
	writes(t, o.file("hostkey"), string(pem.EncodeToMemory(block)), 0o600)
	host, _ := gossh.NewSignerFromKey(secret)
	o.print = gossh.FingerprintSHA256(host.PublicKey())
	known, _ := gossh.NewSignerFromKey(ed25519.NewKeyFromSeed(device))
	writes(t, o.file("keys"), string(gossh.MarshalAuthorizedKey(known.PublicKey())), 0o600)
	writes(t, o.file("config"), fmt.Sprintf(`HostKey %s
AuthorizedKeysFile %s
StrictModes no
UsePAM no
PasswordAuthentication yes
PermitRootLogin yes
KbdInteractiveAuthentication no
RekeyLimit 1M
ClientAliveInterval 1
Banner %s
`, o.file("hostkey"), o.file("keys"), o.file("banner")), 0o600)
	writes(t, o.file("banner"), "欢迎 / Welcome\n", 0o644)
	command := func() *exec.Cmd { return exec.Command(sshdPath, "-i", "-e", "-f", o.file("config")) }
	if password != "" {
		o.account(password)
		command = func() *exec.Cmd {
			return exec.Command("unshare", "--mount", "sh", "-c", `set -e
mount --bind "$1/passwd" /etc/passwd
mount --bind "$1/shadow" /etc/shadow
mount -t tmpfs tmpfs /run
mkdir -m 755 /run/sshd
exec `+sshdPath+` -i -e -f "$1/config"`, "sh", o.dir)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.addr = l.Addr().String()
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { o.serves(c, command()) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		serving.Wait()
		if t.Failed() {
			t.Log(o.log.String())
		}
	})
	return o
}

func (o *opensshd) file(name string) string { return filepath.Join(o.dir, name) }

func (o *opensshd) serves(c net.Conn, sshd *exec.Cmd) {
	defer c.Close()
	f, err := c.(*net.TCPConn).File()
	if err != nil {
		return
	}
	c.Close() // sshd has it
	sshd.Stdin, sshd.Stdout, sshd.Stderr = f, f, &o.log
	err = sshd.Start()
	f.Close()
	if err == nil {
		_ = sshd.Wait() // it may end as it likes
	}
}

// account writes a passwd and a shadow with one account more.
func (o *opensshd) account(password string) {
	o.t.Helper()
	hash, err := exec.Command("openssl", "passwd", "-6", password).Output()
	if err != nil {
		o.t.Fatal(err)
	}
	for name, line := range map[string]string{
		"passwd": "party:x:64999:64999::/:/bin/sh\n",
		"shadow": fmt.Sprintf("party:%s:19000:0:99999:7:::\n", strings.TrimSpace(string(hash))),
	} {
		old, err := os.ReadFile("/etc/" + name)
		if err != nil {
			o.t.Fatal(err)
		}
		writes(o.t, o.file(name), string(old)+line, 0o644)
	}
}

// mayMount reports whether this process may make mounts of its own.
func mayMount() bool {
	return exec.Command("unshare", "--mount", "true").Run() == nil && os.Getuid() == 0
}

func TestThePagesClientAndOpenSSH(t *testing.T) {
	if _, err := os.Stat(sshdPath); errors.Is(err, fs.ErrNotExist) {
		t.Fatal("no sshd: apt-get install openssh-server")
	}
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	device := make([]byte, ed25519.SeedSize)
	_, _ = rand.Read(device)
	password := ""
	if mayMount() {
		password = "K7QF2-M9DWA"
	}
	o := serveOpenSSH(t, device, password)
	input := o.file("input")
	writes(t, input, strings.Repeat("x", 1<<20), 0o600)
	words := []saying{
		{Word: "echo $LANG; id -un; echo 错了 >&2; exit 3", Env: map[string]string{"LANG": "zh_CN.UTF-8"}},
		{Word: fmt.Sprintf("head -c %d /dev/zero", heavy), Output: os.DevNull},
		{Word: "wc -c", Input: input},
		{Word: "sleep 3; echo awake"}, // it asks meanwhile whether we are there
		{Word: "kill -9 $$"},
	}
	comes := func(d dialling, user string) {
		t.Helper()
		d.Pin, d.User, d.Words, d.Ask = pinOf(o.print), user, words, true
		got := dials(t, o.addr, d)
		if !got.In || len(got.Words) != len(words) || got.Ended != "closed" {
			t.Fatalf("%+v", got)
		}
		if w := got.Words[0]; w.Exit == nil || *w.Exit != 3 || !strings.Contains(w.Out, user) || w.Why != "错了" {
			t.Errorf("exit: %+v", w)
		}
		if w := got.Words[1]; !w.well() || w.Bytes != heavy {
			t.Errorf("output: %+v", w)
		}
		if w := got.Words[2]; !w.well() || strings.TrimSpace(w.Out) != fmt.Sprint(1<<20) {
			t.Errorf("input: %+v", w)
		}
		if w := got.Words[3]; !w.well() || w.Out != "awake\n" {
			t.Errorf("keepalive: %+v", w)
		}
		if w := got.Words[4]; w.Exit != nil || w.Why == "" {
			t.Errorf("a signal: %+v", w)
		}
		t.Logf("in after %v ms, %d bytes in %v ms, %d bytes out in %v ms", got.Dialled.Ms, heavy, got.Words[1].Ms, 1<<20, got.Words[2].Ms)
	}
	comes(dialling{Device: hex.EncodeToString(device)}, me.Username)
	comes(dialling{Device: hex.EncodeToString(device), Renewal: map[string]int{"packets": 20, "bytes": 1 << 28}}, me.Username)
	if password == "" {
		t.Log("not root, or no mounts: passwords are not tried")
		return
	}
	comes(dialling{Code: password}, "party")
	if got := dials(t, o.addr, dialling{Pin: pinOf(o.print), User: "party", Code: "ABCDE-FGHJK"}); got.Kind != "code" || got.Say != "欢迎 / Welcome" {
		t.Errorf("a wrong password: %+v", got)
	}
	if got := dials(t, o.addr, dialling{Pin: "A" + pinOf(o.print)[1:], User: "party", Code: password}); got.Kind != "pin" {
		t.Errorf("a wrong pin: %+v", got)
	}
}
