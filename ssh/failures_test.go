package ssh

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// One line a minute says what went wrong, however often, and from where.
func TestFailuresAreSummedUpByTheMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log lockedLog
		f := newFailures(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}})))
		says := func(what string, lines ...string) {
			t.Helper()
			synctest.Wait()
			want := ""
			for _, l := range lines {
				want += "level=WARN msg=\"no login\" " + l + "\n"
			}
			if got := log.String(); got != want {
				t.Errorf("%s:\n%swant\n%s", what, got, want)
			}
			log.Reset()
		}
		f.note(hungUp, stranger("192.0.2.7"))
		says("the first", `reason="hung up" count=1 from.192.0.2.7/32=1`)
		for range 500 {
			f.note(hungUp, stranger("192.0.2.7"))
		}
		f.note(hungUp, stranger("192.0.2.8"))
		f.note(wrongCode, stranger("192.0.2.7"))
		says("another reason", `reason="wrong code" count=1 from.192.0.2.7/32=1`)
		time.Sleep(summedUp)
		says("after a minute", `reason="hung up" count=501 from.192.0.2.7/32=500 from.192.0.2.8/32=1`)
		time.Sleep(5 * summedUp)
		says("when all is quiet")
		for i := range 200 {
			f.note(hungUp, stranger(fmt.Sprintf("192.0.2.%d", i)))
		}
		says("the first again", `reason="hung up" count=1 from.192.0.2.0/32=1`)
		f.close()
		synctest.Wait()
		if line := log.String(); strings.Count(line, "\n") != 1 || !strings.Contains(line, "count=199") || strings.Count(line, "/32=") != mostOrigins || !strings.Contains(line, "from.elsewhere=191") {
			t.Errorf("at the end: %s", line)
		}
		log.Reset()
		f.note(timedOut, stranger("192.0.2.7"))
		time.Sleep(5 * summedUp)
		says("closed")
	})
}

// A client that can't come in leaves its reason in the log, and nothing that it
// sent; one that hangs up is no error of the server's.
func TestAFailedHandshakeIsLoggedWithItsReason(t *testing.T) {
	const canary = "金丝雀canary"
	h := newHouse(t, 2)
	addr := h.server.Addr().String()
	dial := func(c gossh.ClientConfig) {
		t.Helper()
		c.HostKeyCallback, c.User, c.ClientVersion = gossh.InsecureIgnoreHostKey(), canary, "SSH-2.0-"+canary //nolint:gosec // nothing is sent that is secret
		if client, err := gossh.Dial("tcp", addr, &c); err == nil {
			client.Close()
			t.Error("it came in")
		}
	}
	raw := func(text string, waits bool) {
		t.Helper()
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := io.WriteString(c, text); err != nil {
			t.Fatal(err)
		}
		if waits {
			_, _ = io.Copy(io.Discard, c) // until the server hangs up
		}
	}
	dial(gossh.ClientConfig{HostKeyAlgorithms: []string{gossh.KeyAlgoECDSA384}})
	h.log.waits(t, `reason="no common host key"`)
	dial(gossh.ClientConfig{Config: gossh.Config{KeyExchanges: []string{gossh.InsecureKeyExchangeDHGEXSHA1}}})
	h.log.waits(t, `reason="no common key exchange"`)
	raw("GET /"+canary+" HTTP/1.1\r\n\r\n", true)
	h.log.waits(t, `reason="not an SSH client"`)
	raw("SSH-2.0-"+canary+"\r\n", false)
	h.log.waits(t, `reason="hung up"`)
	wrong := []string{"AAAAA-AAAAA", "AAAAA-AAAAB", "AAAAA-AAAAC"}
	dial(gossh.ClientConfig{Auth: []gossh.AuthMethod{gossh.Password(canary), gossh.KeyboardInteractive(func(string, string, []string, []bool) ([]string, error) {
		code := wrong[:1]
		wrong = wrong[1:]
		return code, nil
	})}})
	h.log.waits(t, `reason="wrong code"`)
	for range 30 { // no line of their own
		raw("SSH-2.0-"+canary+"\r\n", false)
	}
	h.stop()
	log := h.log.String()
	for _, secret := range []string{"canary", "金丝雀", "AAAAA", "level=ERROR"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log has %s:\n%s", secret, log)
		}
	}
	if n := strings.Count(log, `reason="hung up"`); n > 2 {
		t.Errorf("%d lines about those who hung up", n)
	}
	if strings.Count(log, `reason="wrong code" count=2 from.127.0.0.1/32=2`) != 1 { // the second and third wrong code
		t.Errorf("the wrong codes are not summed up:\n%s", log)
	}
}

// What a key was, its owner and what it was used for stand in no log but by id.
func TestKeysAreNotLogged(t *testing.T) {
	h := newHouse(t, 2)
	key := aKey(t)
	h.remembers("m02", key)
	if _, _, err := h.with("anybody", "", key); err != nil {
		t.Fatal(err)
	}
	h.stop()
	public := stored(key.PublicKey())
	for _, text := range []string{public[len(public)-20:], gossh.FingerprintSHA256(key.PublicKey()), "党员02"} {
		if strings.Contains(h.log.String(), text) {
			t.Errorf("the log has %s", text)
		}
	}
}

// That somebody hangs up while their code is looked up is no trouble of the
// server's.
func TestWhoHangsUpIsNoErrorOfTheServers(t *testing.T) {
	h := newHouse(t, 2, func(c *Config) {
		c.Halls = func(ctx context.Context) ([]Room, error) { return nil, context.Cause(ctx) }
	})
	gone, hangUp := context.WithCancel(t.Context())
	hangUp()
	d := &doorman{Server: h.server, ctx: gone}
	if _, err := d.homes(); err == nil {
		t.Error("there are branches")
	}
	if log := h.log.String(); strings.Contains(log, "ERROR") {
		t.Error(log)
	}
}

// lockedLog is what is written to a log, also by timers.
type lockedLog struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *lockedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

func (l *lockedLog) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all.Reset()
}
