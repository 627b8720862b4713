package ssh

import (
	"context"
	"encoding/binary"
	"io"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	charm "charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// FuzzSessionRequests sends whatever a client may as the requests of one session,
// in any order and as often as it likes: the session ends with the client, and
// what a screen or a word would be given is bounded.
func FuzzSessionRequests(f *testing.F) {
	str := func(texts ...string) (p []byte) {
		for _, s := range texts {
			p = append(binary.BigEndian.AppendUint32(p, uint32(len(s))), s...)
		}
		return p
	}
	size := func(width, height uint32) []byte {
		return gossh.Marshal(struct{ W, H, PW, PH uint32 }{width, height, 0, 0})
	}
	pty := func(term string, width, height uint32, modes string) []byte {
		return append(append(str(term), size(width, height)...), str(modes)...)
	}
	for _, seed := range [][]byte{
		asked("pty-req", pty("xterm-256color", 80, 24, "\x35\x00\x00\x00\x01\x00"), "env", str("LANG", "zh_CN.UTF-8"), "shell", nil, "window-change", size(40, 8)),
		asked("pty-req", pty("dumb", 0, 1<<32-1, "\xff"), "pty-req", pty("", 1, 1, ""), "exec", str("plain")),
		asked("env", str("LC_ALL", ""), "exec", str("status --json"), "signal", str("INT"), "signal", str("KILL"), "exec", str("whoami")),
		asked("exec", str("scp -f papers/*"), "subsystem", str("sftp"), "break", nil, "auth-agent-req@openssh.com", nil),
		asked("subsystem", str("sftp"), "window-change", size(4000, 4000), "signal", []byte{0, 0}),
		asked("pty-req", nil, "env", nil, "exec", nil, "subsystem", nil, "window-change", nil, "signal", nil),
		asked("exec", []byte("\xff\xff\xff\xffx")),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		ctx, hangUp := context.WithCancel(t.Context())
		defer hangUp()
		one := newSession(&values{life: ctx}, person{above: struct{ Organisation }{}, id: "s1"}, nil, newPaces())
		in := make(chan *gossh.Request)
		wire := &deafChannel{requests: in}
		var client, served sync.WaitGroup
		client.Go(func() {
			defer close(in)
			for _, req := range requestsIn(data) {
				in <- req
			}
		})
		server := &charm.Server{
			Handler: func(sess charm.Session) {
				defer one.running.Done()
				bounded(t, one, sess)
			},
			SessionRequestCallback: begins,
			SubsystemHandlers:      map[string]charm.SubsystemHandler{"sftp": func(charm.Session) { one.running.Done() }},
		}
		served.Go(func() {
			charm.DefaultSessionHandler(server, nil, &channel{NewChannel: wire, session: one}, one)
			one.follow()
		})
		client.Wait()
		served.Wait()
		one.finish()
		if one.Err() == nil {
			t.Error("the session has not ended with its client")
		}
	})
}

// bounded checks what a screen or a word would be given.
func bounded(t *testing.T, one *session, sess charm.Session) {
	list := sess.Environ()
	if len(list) > environment {
		t.Errorf("%d variables", len(list))
	}
	for _, v := range list {
		if len(v) > variable {
			t.Errorf("a variable of %d bytes", len(v))
		}
	}
	pty, _, terminal := sess.Pty()
	if len(pty.Term) > terminalMost {
		t.Errorf("a terminal's name of %d bytes", len(pty.Term))
	}
	width, height := clamp(pty.Window)
	windows := []tea.WindowSizeMsg{{Width: width, Height: height}}
	select {
	case w := <-one.sizes:
		windows = append(windows, w)
	default:
	}
	for _, w := range windows {
		if w.Width < 1 || w.Height < 1 || w.Width > maxWidth || w.Height > maxHeight {
			t.Errorf("%d×%d is drawn", w.Width, w.Height)
		}
	}
	if !terminal && pty.Term != "" {
		t.Errorf("%q without a terminal", pty.Term)
	}
	if plainly(sess) || copies(sess) {
		return
	}
	if _, _, err := parse(sess.RawCommand(), vocabulary()); err != nil && !oneLine(err.Error()+"\n") {
		t.Errorf("%q: %q", sess.RawCommand(), err)
	}
}

// kinds are the requests that a client may send in a session.
var kinds = []string{"pty-req", "env", "window-change", "signal", "shell", "exec", "subsystem", "break", "auth-agent-req@openssh.com"}

// asked writes requests, each a kind and its payload, for [requestsIn].
func asked(pairs ...any) (data []byte) {
	for i := 0; i < len(pairs); i += 2 {
		payload, _ := pairs[i+1].([]byte)
		for k, kind := range kinds {
			if kind == pairs[i] {
				data = append(data, byte(k))
			}
		}
		data = append(binary.BigEndian.AppendUint16(data, uint16(len(payload))), payload...)
	}
	return data
}

// requestsIn reads requests from data: of each its kind, the length of its
// payload, and its payload.
func requestsIn(data []byte) (list []*gossh.Request) {
	for len(data) >= 3 {
		kind, n := kinds[int(data[0])%len(kinds)], int(binary.BigEndian.Uint16(data[1:]))
		data = data[3:]
		n = min(n, len(data))
		list = append(list, &gossh.Request{Type: kind, Payload: data[:n]})
		data = data[n:]
	}
	return list
}

// deafChannel is the channel of a client that sends requests and nothing else.
type deafChannel struct {
	gossh.NewChannel
	requests <-chan *gossh.Request
}

func (d *deafChannel) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	return d, d.requests, nil
}

func (d *deafChannel) Read([]byte) (int, error)                       { return 0, io.EOF }
func (d *deafChannel) Write(p []byte) (int, error)                    { return len(p), nil }
func (d *deafChannel) Close() error                                   { return nil }
func (d *deafChannel) CloseWrite() error                              { return nil }
func (d *deafChannel) Stderr() io.ReadWriter                          { return d }
func (d *deafChannel) SendRequest(string, bool, []byte) (bool, error) { return true, nil }

// values is the context of a connection that there is not.
type values struct {
	charm.Context // nil: nothing asks who is connected
	life          context.Context
	kept          sync.Map
}

func (v *values) Done() <-chan struct{}   { return v.life.Done() }
func (v *values) Err() error              { return v.life.Err() }
func (v *values) SetValue(key, value any) { v.kept.Store(key, value) }
func (v *values) Value(key any) any {
	value, _ := v.kept.Load(key)
	return value
}
