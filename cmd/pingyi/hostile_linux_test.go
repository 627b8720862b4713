package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// Hostile clients, bounded and on loopback only, while a meeting goes on at its
// open box: `make hostile` measures for HOSTILETIME each how members fare and
// prints a table; the tests of every day only see that nobody is refused, nothing
// is lost, and memory and goroutines come back.

// besiegedServer is set in the environment of a test binary that is the server. It
// runs in a process of its own, so that its memory is its own, and tells of it.
const besiegedServer = "PINGYI_BESIEGED"

func init() { instead[besiegedServer], instead[besieger] = serveBesieged, attack }

// serveBesieged is the main function of such a process. For every line on standard
// input it prints its footprint.
func serveBesieged() int {
	runMore()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	go func() {
		asked := bufio.NewScanner(os.Stdin)
		for asked.Scan() {
			worked := processorTime() // freeing memory is no work for anybody
			debug.FreeOSMemory()
			_ = json.NewEncoder(os.Stdout).Encode(footprint{runtime.NumGoroutine(), held(), worked})
		}
		stop()
	}()
	return (&desk{in: os.Stdin, out: os.Stdout, err: os.Stderr, dir: dir}).run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--web", "127.0.0.1:0"})
}

// footprint is what a server takes.
type footprint struct {
	Goroutines int `json:"goroutines"`
	Memory     int `json:"memory"` // kB

	Worked time.Duration `json:"worked"` // processor time until now
}

// held returns how much memory the runtime of this process has from the system, in kB.
// The race detector's own is not counted: it never goes back.
func held() int {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int((m.Sys - m.HeapReleased) >> 10)
}

// besieger is set in the environment of a test binary that makes an attack, so that
// members do not wait for their own side. It reads an attacker from standard input.
const besieger = "PINGYI_BESIEGER"

// attack is the main function of such a process.
func attack() int {
	var a attacker
	if err := json.NewDecoder(os.Stdin).Decode(&a); err != nil {
		panic(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), a.Time)
	defer stop()
	attacks[a.Attack].make(ctx, &a)
	<-ctx.Done()
	fmt.Println(a.did.Load())
	return 0
}

// siege is a server under attack, and people who go on with their meeting.
type siege struct {
	*rig
	ask      io.Writer
	told     *json.Decoder
	measured bool // or only seen that it holds
	noted    int  // acknowledged notes
	honest   sync.WaitGroup

	mu   sync.Mutex
	felt felt
}

// felt is how members fared for a while.
type felt struct {
	words, notes, keys, logins []time.Duration // notes wait for the disk
	refused                    []string
}

// besiege starts the server and brings a meeting of so many to the open box; the last
// is away.
func besiege(t *testing.T, members int) *siege {
	t.Helper()
	s := &siege{rig: newRig(t, sampleRoster(members))}
	cmd := exec.Command(os.Args[0])
	cmd.Dir, cmd.Stderr = s.dir, s.log
	cmd.Env = append(os.Environ(), besiegedServer+"=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		_ = cmd.Wait()
	})
	var line ready
	s.ask, s.told = in, json.NewDecoder(out)
	if err := s.told.Decode(&line); err != nil {
		t.Fatalf("the server did not start: %v\n%s", err, s.log)
	}
	s.addr, s.web = line.Addr, line.Web
	s.comesToVote(members - 1)
	s.opensBox("m04", "m05")
	for _, words := range []string{"papers", "status --json", "agenda", "ready", "audit", "whoami", "help", "board"} { // what is read from disk for the first time
		ctx, leave := context.WithCancel(t.Context())
		_ = s.standing(ctx, "m02").try(words, "")
		leave()
	}
	return s
}

// footprint asks the server.
func (s *siege) footprint() (f footprint) {
	s.t.Helper()
	if _, err := fmt.Fprintln(s.ask); err != nil {
		s.t.Fatal(err)
	}
	if err := s.told.Decode(&f); err != nil {
		s.t.Fatalf("%v\n%s", err, s.log)
	}
	return f
}

// did keeps how long something took, or that it failed.
func (s *siege) did(to *[]time.Duration, began time.Time, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*to = append(*to, time.Since(began))
	if err != nil {
		s.felt.refused = append(s.felt.refused, err.Error())
	}
}

// goesOn has members act until ctx ends: three ask for the status, one takes notes,
// four type on their screens, one logs in anew, and another with a browser.
func (s *siege) goesOn(ctx context.Context) {
	s.t.Helper()
	for _, id := range []string{"m06", "m07", "m08", "m01"} {
		c := s.standing(ctx, id)
		s.honest.Go(func() {
			for pause(ctx, 50*time.Millisecond) {
				words, text, to := "status --json", "", &s.felt.words
				if id == "m01" {
					words, text, to = "note", fmt.Sprintf("第%06d条。", s.noted+1), &s.felt.notes
				}
				began := time.Now()
				err := c.try(words, text)
				if err == nil && id == "m01" {
					s.noted++
				}
				s.did(to, began, err)
			}
		})
	}
	for _, id := range []string{"m10", "m11", "m13", "m14"} {
		c := s.standing(ctx, id)
		s.honest.Go(func() { s.did(&s.felt.keys, time.Now(), s.types(ctx, c)) })
	}
	s.honest.Go(func() {
		for pause(ctx, 150*time.Millisecond) {
			began := time.Now()
			c, err := s.joins("m09")
			if err == nil {
				err = c.try("status --json", "")
				c.conn.Close()
			}
			s.did(&s.felt.logins, began, err)
		}
	})
	s.honest.Go(func() { s.browsesOn(ctx) })
}

// browsesOn has a member open the page and log in with it, until ctx ends.
func (s *siege) browsesOn(ctx context.Context) {
	site, _, _ := strings.Cut(s.web, "#")
	for pause(ctx, 150*time.Millisecond) {
		began := time.Now()
		page, err := http.Get(site)
		if err == nil {
			_, err = io.Copy(io.Discard, page.Body)
			page.Body.Close()
		}
		var c *client
		if err == nil {
			c, err = s.browses("m12", nil)
		}
		if err == nil {
			err = c.try("status --json", "")
			c.conn.Close()
		}
		s.did(&s.felt.logins, began, err)
	}
}

// pause waits, a little longer or shorter; it returns false when ctx has ended.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d/2 + rand.N(d)):
		return true
	}
}

// standing is a connection of a member that stays until ctx ends.
func (s *siege) standing(ctx context.Context, id string) *client {
	s.t.Helper()
	c, err := s.joins(id)
	if err != nil {
		s.t.Fatalf("%s can't join: %v", id, err)
	}
	context.AfterFunc(ctx, func() { c.conn.Close() })
	return c
}

// try says a word that has to be done.
func (c *client) try(words, input string) error {
	_, said, code, err := c.says(input, words)
	if err == nil && code != 0 {
		err = fmt.Errorf("exit %d: %s", code, said)
	}
	if err != nil {
		err = fmt.Errorf("%s says %s: %w", c.id, words, err)
	}
	return err
}

// types opens a screen and asks for help and leaves it again, until ctx ends. It
// measures the time from each key to the screen's answer.
func (s *siege) types(ctx context.Context, c *client) error {
	sess, err := c.conn.NewSession()
	if err != nil {
		return err
	}
	keys, _ := sess.StdinPipe()
	out, _ := sess.StdoutPipe()
	if err := sess.RequestPty("xterm-256color", 24, 80, gossh.TerminalModes{}); err != nil {
		return err
	}
	if err := sess.Shell(); err != nil {
		return err
	}
	drawn := make(chan struct{}, 1)
	go func() {
		defer close(drawn)
		for some := make([]byte, 1<<16); ; {
			if _, err := out.Read(some); err != nil {
				return
			}
			select {
			case drawn <- struct{}{}:
			default:
			}
		}
	}()
	for <-drawn; pause(ctx, 100*time.Millisecond); {
		select {
		case <-drawn: // of something else
		default:
		}
		began := time.Now()
		if _, err := io.WriteString(keys, "?"); err != nil {
			return fmt.Errorf("a screen broke: %w", err)
		}
		select {
		case _, ok := <-drawn:
			if !ok && ctx.Err() == nil {
				return fmt.Errorf("a screen ended")
			}
		case <-ctx.Done():
		}
		s.did(&s.felt.keys, began, nil)
	}
	return nil
}

// attacked has one attack made for a while. It returns how often, and how much
// processor time that took the attacker.
func (s *siege) attacked(no int, long time.Duration) (made int, worked time.Duration) {
	s.t.Helper()
	order, err := json.Marshal(&attacker{Attack: no, Time: long, Addr: s.addr, Site: s.site(), Codes: s.codes})
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	if s.measured { // an attacker has a machine of its own: here it works with what the server and the members leave of this one
		cmd = exec.Command("chrt", "--idle", "0", os.Args[0])
	}
	cmd.Env = append(os.Environ(), besieger+"=1")
	cmd.Stdin, cmd.Stderr = bytes.NewReader(order), s.log
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("%s: %v\n%s", attacks[no].name, err, s.log)
	}
	if _, err := fmt.Sscan(string(out), &made); err != nil || made == 0 && long >= time.Second { // a busy machine makes little of a short one
		s.t.Errorf("%s was not made: %q", attacks[no].name, out)
	}
	return made, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// takes returns what members have felt since the last time.
func (s *siege) takes() felt {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.felt
	s.felt = felt{}
	return f
}

// How soon the server takes no more than before, and what of its memory, in kB,
// comes and goes by itself where it holds little.
const (
	soon  = 5 * time.Second
	noise = 8 << 10
)

// settles waits until the server takes what it took before, or soon is over. Where
// it then takes more than comes and goes by itself, it waits on: a wrong code
// may be answered late. It returns what it takes and after how long.
func (s *siege) settles(before footprint, patience time.Duration) (f footprint, took time.Duration) {
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		f, took = s.footprint(), time.Since(began)
		more := f.Memory - before.Memory*11/10
		if calm := f.Goroutines <= before.Goroutines+10; calm && more <= 0 || calm && more <= noise && took > soon || took > patience {
			return f, took
		}
	}
}

func percentile(times []time.Duration, p int) time.Duration {
	if len(times) == 0 {
		return 0
	}
	slices.Sort(times)
	return times[len(times)*p/100]
}

// moment is how members fared for a while, and what each side had of the processors
// then: the attacker's own work, on the same machine, slows members too.
type moment struct {
	felt
	lasted, server, members, attacker time.Duration
}

// moment lets something go on, which returns an attacker's processor time.
func (s *siege) moment(during func() (attacker time.Duration)) (m moment) {
	s.t.Helper()
	server, own, began := s.footprint().Worked, processorTime(), time.Now()
	s.takes()
	m.attacker = during()
	m.felt, m.lasted, m.members = s.takes(), time.Since(began), processorTime()-own
	m.server = s.footprint().Worked - server
	return m
}

// row is a line of the table, whose ratios are to how members fared without an attack.
func (m moment) row(name string, quiet moment) string {
	figure := func(times, before []time.Duration, p int) string {
		d := percentile(times, p)
		return fmt.Sprintf("p%d %6.1f ms (×%4.1f)", p, d.Seconds()*1000, float64(d)/float64(max(percentile(before, p), 1)))
	}
	share := func(d time.Duration) float64 { return 100 * d.Seconds() / m.lasted.Seconds() }
	return fmt.Sprintf("%-36s words %4d %s %s  notes %3d %s  login %3d %s  keys %4d %s  refused %d  processors: server %.0f %%, members %.0f %%, attacker %.0f %%",
		name, len(m.words), figure(m.words, quiet.words, 50), figure(m.words, quiet.words, 99), len(m.notes), figure(m.notes, quiet.notes, 99),
		len(m.logins), figure(m.logins, quiet.logins, 50), len(m.keys), figure(m.keys, quiet.keys, 99), len(m.refused), share(m.server), share(m.members), share(m.attacker))
}

// TestHostileClients has every attack made that HOSTILE matches. Each is compared with
// the moment before it: what an earlier one has left in the log, and what else the
// machine does, is in both.
func TestHostileClients(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("HOSTILETIME"))
	measured := err == nil
	if !measured {
		long = 500 * time.Millisecond
	}
	only := regexp.MustCompile(os.Getenv("HOSTILE"))
	s := besiege(t, 16)
	s.measured = measured
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	s.goesOn(ctx)
	pause(ctx, 2*long)
	calm := func() time.Duration {
		pause(ctx, long)
		return 0
	}
	floor := s.moment(calm)
	t.Log(floor.row("floor", floor))
	quiet := floor
	for i, a := range attacks {
		if !only.MatchString(a.name) {
			continue
		}
		if s.measured {
			quiet = s.moment(calm)
		}
		before, made := s.footprint(), 0
		m := s.moment(func() (attacker time.Duration) {
			made, attacker = s.attacked(i, long)
			return attacker
		})
		after, took := s.settles(before, 30*time.Second)
		t.Logf("%s; made %d, %d goroutines (+%d), %.1f MB (×%.2f) after %.1f s", m.row(a.name, quiet),
			made, after.Goroutines, after.Goroutines-before.Goroutines, float64(after.Memory)/1e3, float64(after.Memory)/float64(before.Memory), took.Seconds())
		if len(m.refused) > 0 {
			t.Errorf("%s: members were refused: %q", a.name, m.refused[:min(3, len(m.refused))])
		}
		if took > 30*time.Second {
			t.Errorf("%s: %+v is left of %+v", a.name, after, before)
		}
	}
	t.Log(s.moment(calm).row("floor, after all of them", floor))
	stop()
	s.honest.Wait()
	minutes := s.say("m01", 0, "", "papers get minutes.md")
	for n := range s.noted {
		if !strings.Contains(minutes, fmt.Sprintf("第%06d条。", n+1)) {
			t.Fatalf("note %d of %d was acknowledged and is lost", n+1, s.noted)
		}
	}
	t.Logf("%d notes were acknowledged, and are there", s.noted)
}

// attacker makes one attack.
type attacker struct {
	Attack int // of attacks
	Time   time.Duration
	Addr   string
	Site   string // HOST:PORT of the door for browsers
	Codes  map[string]string

	did atomic.Int64
}

// browsing is the attacker at the door for browsers: every connection is there.
func (a *attacker) browsing() *attacker {
	a.Addr = a.Site
	return a
}

// toNobody is the attacker at a door where there is no server, in the attacker's own
// process: how members fare then is what its work costs this machine. Who comes is
// read for as long as a version line may be, and hung up on.
func (a *attacker) toNobody(ctx context.Context) *attacker {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	context.AfterFunc(ctx, func() { l.Close() })
	go func() {
		for c, err := l.Accept(); err == nil; c, err = l.Accept() {
			go func() {
				_, _ = c.Read(make([]byte, 510))
				c.Close()
			}()
		}
	}()
	a.Addr = l.Addr().String()
	return a
}

// asks is a request of the page, or of its websocket; without its end.
func (a *attacker) asks(path string) string {
	return "GET " + path + " HTTP/1.1\r\nHost: " + a.Site + "\r\nOrigin: http://" + a.Site + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
}

// one is an address other than the members'; many are n of them.
func one(int) string { return "127.0.1.1" }

func many(n int) func(int) string {
	return func(i int) string { return fmt.Sprintf("127.0.%d.%d", 1+(i%n)/250, 1+(i%n)%250) }
}

// same is the members' address.
func same(int) string { return "127.0.0.1" }

// conn is a connection from an address, until ctx ends.
func (a *attacker) conn(ctx context.Context, from string) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	c, err := d.DialContext(ctx, "tcp", a.Addr)
	if err == nil {
		a.did.Add(1)
		context.AfterFunc(ctx, func() { c.Close() })
	}
	return c, err
}

// holds keeps n connections open until ctx ends, each begun by begin and made again
// when it is closed.
func (a *attacker) holds(ctx context.Context, n int, from func(int) string, begin func(net.Conn)) {
	for i := range n {
		go func() {
			for ctx.Err() == nil {
				if c, err := a.conn(ctx, from(i)); err == nil {
					begin(c)
					_, _ = io.Copy(io.Discard, c)
					c.Close()
				}
				pause(ctx, 100*time.Millisecond)
			}
		}()
	}
}

// says has each connection begin with a text.
func says(text string) func(net.Conn) {
	return func(c net.Conn) { go func() { _, _ = io.WriteString(c, text) }() }
}

// signsOn does a handshake on a connection and answers the question for the code.
func signsOn(c net.Conn, answer func() string) (*gossh.Client, error) {
	conn, chans, reqs, err := gossh.NewClientConn(c, "", &gossh.ClientConfig{
		User: "x", HostKeyCallback: gossh.InsecureIgnoreHostKey(),
		Auth: []gossh.AuthMethod{gossh.KeyboardInteractive(func(_, _ string, asked []string, _ []bool) ([]string, error) {
			answers := make([]string, len(asked))
			for i := range answers {
				answers[i] = answer()
			}
			return answers, nil
		})},
	})
	if err != nil {
		return nil, err
	}
	return gossh.NewClient(conn, chans, reqs), nil
}

// guesses has n workers answer with codes of their own, all the time.
func (a *attacker) guesses(ctx context.Context, n int, from func(int) string, code func() string) {
	a.holds(ctx, n, from, func(c net.Conn) { _, _ = signsOn(c, code) })
}

func wrongCode() string {
	const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	code := make([]byte, 10)
	for i := range code {
		code[i] = letters[rand.N(len(letters))]
	}
	return string(code)
}

// member connects so many times with a member's code and has so many work on each
// connection, over and over; a connection that is ended is made again.
func (a *attacker) member(ctx context.Context, id string, conns, workers int, do func(c *gossh.Client) error) {
	a.holds(ctx, conns, same, func(c net.Conn) {
		client, err := signsOn(c, func() string { return a.Codes[id] })
		if err != nil {
			return // a code has only so many connections
		}
		ended, end := context.WithCancel(ctx)
		for range workers {
			go func() {
				for ended.Err() == nil {
					if do(client) != nil {
						pause(ended, 20*time.Millisecond)
					}
					a.did.Add(1)
				}
			}()
		}
		_ = client.Wait()
		end()
	})
}

// word says a word with an input.
func word(words, input string) func(*gossh.Client) error {
	return func(c *gossh.Client) error {
		_, _, _, err := (&client{"attacker", c}).says(input, words)
		return err
	}
}

// onScreen opens a screen of a size, and has act work on it.
func onScreen(width, height int, act func(*gossh.Session, io.Writer) error) func(*gossh.Client) error {
	return func(c *gossh.Client) error {
		sess, err := c.NewSession()
		if err != nil {
			return err
		}
		defer sess.Close()
		keys, err := sess.StdinPipe()
		if err != nil {
			return err
		}
		sess.Stdout = io.Discard
		if err := sess.RequestPty("xterm-256color", height, width, gossh.TerminalModes{}); err != nil {
			return err
		}
		if err := sess.Shell(); err != nil {
			return err
		}
		return act(sess, keys)
	}
}

const half = "SSH-2.0-half\r\n\x00\x00\x04\x00\x08"

var attacks = []struct {
	name string
	make func(context.Context, *attacker)
}{
	{"500 silent, one address", func(ctx context.Context, a *attacker) { a.holds(ctx, 500, one, func(net.Conn) {}) }},
	{"1200 silent, 250 addresses", func(ctx context.Context, a *attacker) { a.holds(ctx, 1200, many(250), func(net.Conn) {}) }},
	{"700 silent, the members' address", func(ctx context.Context, a *attacker) { a.holds(ctx, 700, same, func(net.Conn) {}) }},
	{"a byte of the version now and then", func(ctx context.Context, a *attacker) {
		a.holds(ctx, 200, one, func(c net.Conn) {
			go func() {
				for i := 0; pause(ctx, 200*time.Millisecond); i++ {
					if _, err := c.Write([]byte{"SSH-2.0-slow"[i%12]}); err != nil {
						return
					}
				}
			}()
		})
	}},
	{"half a packet", func(ctx context.Context, a *attacker) { a.holds(ctx, 300, one, says(half)) }},
	{"1 MB of version", func(ctx context.Context, a *attacker) {
		a.holds(ctx, 100, one, says("SSH-2.0-"+strings.Repeat("A", 1<<20)))
	}},
	{"the same to nobody", func(ctx context.Context, a *attacker) {
		a.toNobody(ctx).holds(ctx, 100, one, says("SSH-2.0-"+strings.Repeat("A", 1<<20)))
	}},
	{"1 MB of lines before it", func(ctx context.Context, a *attacker) {
		a.holds(ctx, 100, one, says(strings.Repeat(strings.Repeat("A", 62)+"\r\n", 1<<14)))
	}},
	{"600 at the question, one address", func(ctx context.Context, a *attacker) {
		a.guesses(ctx, 600, one, func() string { <-ctx.Done(); return "" })
	}},
	{"600 at the question, members' address", func(ctx context.Context, a *attacker) {
		a.guesses(ctx, 600, same, func() string { <-ctx.Done(); return "" })
	}},
	{"wrong codes", func(ctx context.Context, a *attacker) { a.guesses(ctx, 40, many(40), wrongCode) }},
	{"malformed codes", func(ctx context.Context, a *attacker) { a.guesses(ctx, 20, one, func() string { return "zz" }) }},
	{"connections without a session", func(ctx context.Context, a *attacker) {
		a.guesses(ctx, 30, one, func() string { return a.Codes["m02"] })
	}},
	{"words: status", func(ctx context.Context, a *attacker) { a.member(ctx, "m02", 3, 9, word("status --json", "")) }},
	{"words: papers", func(ctx context.Context, a *attacker) { a.member(ctx, "m02", 3, 9, word("papers", "")) }},
	{"words: texts", func(ctx context.Context, a *attacker) { a.member(ctx, "m02", 3, 9, word("opinion add", "意见。")) }},
	{"words: files", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 3, 9, word("file add x.pdf", "%PDF-1.4 "+strings.Repeat("x", 1<<16)))
	}},
	{"votes", func(ctx context.Context, a *attacker) { a.member(ctx, "m02", 3, 9, word("vote", `{"m01":1,"m03":2}`)) }},
	{"made-up ballots", func(ctx context.Context, a *attacker) { a.member(ctx, "m02", 3, 9, word("cast", `{"ballot":{}}`)) }},
	{"sessions opened and closed", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 3, 3, func(c *gossh.Client) error {
			ch, reqs, err := c.OpenChannel("session", nil)
			if err != nil {
				return err
			}
			go gossh.DiscardRequests(reqs)
			return ch.Close()
		})
	}},
	{"other channels", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 3, 3, func(c *gossh.Client) error {
			_, _, _ = c.OpenChannel("direct-tcpip", make([]byte, 100))
			return nil
		})
	}},
	{"a hundred sessions", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 3, 30, func(c *gossh.Client) error {
			sess, err := c.NewSession()
			if err == nil {
				<-ctx.Done()
				sess.Close()
			}
			return err
		})
	}},
	{"a storm of window sizes", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 1, 1, onScreen(200, 60, func(sess *gossh.Session, _ io.Writer) error {
			for ctx.Err() == nil {
				if err := sess.WindowChange(10+rand.N(50), 40+rand.N(160)); err != nil {
					return err
				}
				a.did.Add(1)
			}
			return nil
		}))
	}},
	{"keys without end", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 3, 1, onScreen(200, 60, func(_ *gossh.Session, keys io.Writer) error {
			for ctx.Err() == nil {
				if _, err := io.WriteString(keys, strings.Repeat("?LT?LT\x1b[B\x1b[A", 50)); err != nil {
					return err
				}
				a.did.Add(600)
			}
			return nil
		}))
	}},
	{"browsers: 400 silent, one address", func(ctx context.Context, a *attacker) { a.browsing().holds(ctx, 400, one, func(net.Conn) {}) }},
	{"browsers: 400 silent, members' address", func(ctx context.Context, a *attacker) {
		a.browsing().holds(ctx, 400, same, func(net.Conn) {})
	}},
	{"browsers: half a request", func(ctx context.Context, a *attacker) { a.browsing().holds(ctx, 400, one, says(a.asks("/ssh"))) }},
	{"browsers: silent websockets", func(ctx context.Context, a *attacker) {
		a.browsing().holds(ctx, 600, one, says(a.asks("/ssh")+"\r\n"))
	}},
	{"browsers: pages without end", func(ctx context.Context, a *attacker) {
		page := "GET / HTTP/1.1\r\nHost: " + a.Site + "\r\n\r\n"
		a.browsing().holds(ctx, 40, one, says(strings.Repeat(page, 10_000)))
	}},
	{"browsers: pings without end", func(ctx context.Context, a *attacker) {
		ping := "\x89\x80\x00\x00\x00\x00"
		a.browsing().holds(ctx, 40, one, says(a.asks("/ssh")+"\r\n"+strings.Repeat(ping, 100_000)))
	}},
	{"lines without end", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 3, 1, func(c *gossh.Client) error {
			sess, err := c.NewSession()
			if err != nil {
				return err
			}
			defer sess.Close()
			sess.Stdin, sess.Stdout = &endless{ctx, "?\n"}, io.Discard
			return sess.Run("plain")
		})
	}},
	{"who never reads", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 3, 9, func(c *gossh.Client) error {
			ch, reqs, err := c.OpenChannel("session", nil)
			if err != nil {
				return err
			}
			go gossh.DiscardRequests(reqs)
			_, err = ch.SendRequest("exec", false, gossh.Marshal(struct{ C string }{"status --follow --json"}))
			<-ctx.Done()
			return err
		})
	}},
	{"huge windows", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 1, 1, onScreen(4000, 4000, func(sess *gossh.Session, _ io.Writer) error {
			_ = sess.WindowChange(1<<31, 1<<31)
			pause(ctx, 200*time.Millisecond)
			return nil
		}))
	}},
	{"commands of 200 KB", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 3, 3, word("resolve "+strings.Repeat("a", 200<<10), ""))
	}},
	{"commands of 1 MB", func(ctx context.Context, a *attacker) { // longer than a packet: the connection ends
		a.guesses(ctx, 5, one, func() string { return a.Codes["m02"] })
		a.holds(ctx, 5, one, func(c net.Conn) {
			if client, err := signsOn(c, func() string { return a.Codes["m03"] }); err == nil {
				_ = word("resolve "+strings.Repeat("a", 1<<20), "")(client)
			}
		})
	}},
	{"global requests", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 3, 1, func(c *gossh.Client) error {
			_, _, err := c.SendRequest("flood@x", false, make([]byte, 100))
			return err
		})
	}},
	{"global requests, answered", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 3, 20, func(c *gossh.Client) error {
			_, _, err := c.SendRequest("flood@x", true, nil)
			return err
		})
	}},
	{"variables", func(ctx context.Context, a *attacker) {
		a.member(ctx, "m02", 3, 1, func(c *gossh.Client) error {
			sess, err := c.NewSession()
			if err != nil {
				return err
			}
			defer sess.Close()
			for ctx.Err() == nil {
				_ = sess.Setenv("LANG", strings.Repeat("x", 900))
				a.did.Add(1)
			}
			return nil
		})
	}},
	{"new keys all the time", func(ctx context.Context, a *attacker) {
		for range 4 {
			c, err := a.conn(ctx, same(0))
			if err != nil {
				return // the time is over
			}
			config := &gossh.ClientConfig{User: "x", HostKeyCallback: gossh.InsecureIgnoreHostKey(), Auth: []gossh.AuthMethod{gossh.Password(a.Codes["m02"])}}
			config.RekeyThreshold = 256
			conn, chans, reqs, err := gossh.NewClientConn(c, "", config)
			if err != nil {
				continue
			}
			client := gossh.NewClient(conn, chans, reqs)
			go func() {
				_ = word("whoami", "")(client)
				for ctx.Err() == nil {
					if _, _, err := client.SendRequest("flood@x", true, make([]byte, 300)); err != nil {
						return
					}
					a.did.Add(1)
				}
			}()
		}
	}},
}

// endless is a text over and over, until ctx ends.
type endless struct {
	ctx  context.Context
	text string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.ctx.Err() != nil {
		return 0, io.EOF
	}
	return copy(p, bytes.Repeat([]byte(e.text), len(p)/len(e.text)+1)), nil
}
