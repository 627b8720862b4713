package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"pingyi/ssh"
	"pingyi/store/bolt"
	"pingyi/store/folder"
)

// desk is the surroundings of a verb: its streams, the folder to which relative
// paths belong, and the data.
type desk struct {
	in       io.Reader
	out, err io.Writer
	program  string         // what they typed to call it, "" for pingyi
	dir      string         // working folder of the person who typed the command
	data     string         // --data
	etcd     *folder.Etcd   // --etcd and the flags beside it; nil: not named
	typed    []byte         // what the verb has read of standard input, for a server that does it
	metrics  metrics        // --metrics of a server
	running  *folder.Folder // inside a server: the server's open folder
	filing   *filing        // there as well: follows a branch that is added
	at       string         // there as well: HOST:PORT that people are told
	site     string         // there as well: the link for browsers; "": there is none

	life context.Context // there as well: of the server, longer than that of a verb
}

// path returns the path of a file named on the command line.
func (d *desk) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(d.dir, name)
}

// json prints one JSON value.
func (d *desk) json(v any) error {
	enc := json.NewEncoder(d.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// withFolder makes a verb of work on an open data folder. If a running server
// holds the folder, the server does the verb, through its control socket.
func (d *desk) withFolder(work func(ctx context.Context, f *folder.Folder, args []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) (err error) {
		if d.running != nil {
			return work(c.Context(), d.running, args)
		}
		f, err := folder.OpenWith(d.path(d.data), d.access())
		if err == nil {
			defer func() { err = errors.Join(err, f.Close()) }()
		}
		switch {
		case c.Context().Err() != nil:
			return failf("已经中断，什么都没有做")
		case errors.Is(err, bolt.ErrInUse):
			return d.forward(c.Context(), err)
		case err != nil:
			return err
		}
		if mended := f.Repaired(); len(mended) > 0 {
			d.progress("%s", strings.Join(sentences(mended), ""))
		}
		return work(c.Context(), f, args)
	}
}

// asked is what is sent to a running server: a command line, or the user
// screen[+BRANCH] or booth[+BRANCH] who comes in on this connection, by SSH from
// here on.
type asked struct {
	Args    []string `json:"args,omitempty"`
	Dir     string   `json:"dir,omitempty"`
	In      []byte   `json:"in,omitempty"` // what the verb has read of standard input
	Fixture string   `json:"fixture,omitempty"`
}

// frame is a piece of the server's answer.
type frame struct {
	Out  []byte `json:"out,omitempty"`
	Err  []byte `json:"err,omitempty"`
	Exit *int   `json:"exit,omitempty"`
}

// forward lets a running server execute this command line. It returns inUse if
// no server answers.
func (d *desk) forward(ctx context.Context, inUse error) error {
	return d.forwardWords(ctx, d.words(), inUse)
}

// forwardWords is forward of another command line.
func (d *desk) forwardWords(ctx context.Context, words []string, inUse error) error {
	conn, err := d.reach(ctx, asked{Args: words, Dir: d.dir, In: d.typed})
	if err != nil {
		return inUse
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { // the server breaks the verb off, and says what has become of it
		if half, ok := conn.(*net.UnixConn); ok {
			_ = half.CloseWrite()
		}
		_ = conn.SetReadDeadline(time.Now().Add(lastScreen))
	})()
	dec := json.NewDecoder(conn)
	for {
		var f frame
		if err := dec.Decode(&f); err != nil && ctx.Err() != nil {
			return failf("已经中断，正在运行的服务没有回答做到了哪里：请看看现在的状态，需要时再做一次")
		} else if err != nil {
			return failf("正在运行的服务中断了应答：%w", err)
		}
		_, _ = d.out.Write(f.Out)
		_, _ = d.err.Write(f.Err)
		if f.Exit != nil {
			if *f.Exit != exitOK {
				return exitError{*f.Exit}
			}
			return nil
		}
	}
}

// reach asks the running server for something on a connection of its own.
func (d *desk) reach(ctx context.Context, q asked) (net.Conn, error) {
	name, away, err := socketName(d.path(d.data))
	if err != nil {
		return nil, err
	}
	defer away()
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "unix", name)
	if err != nil {
		return nil, err
	}
	line, err := json.Marshal(q) // without a newline: SSH may begin right behind it
	if err == nil {
		_, err = conn.Write(line)
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// words returns the command line as it was typed.
func (d *desk) words() []string { return os.Args[1:] }

// socketName returns the path of a data folder's control socket. A socket's
// path may have only about 100 bytes: a longer one is reached through a short
// link, which away removes.
func socketName(data string) (name string, away func(), err error) {
	name = filepath.Join(data, "control.sock")
	if len(name) < 100 {
		return name, func() {}, nil
	}
	tmp, err := os.MkdirTemp("", "pingyi")
	if err != nil {
		return "", nil, err
	}
	link := filepath.Join(tmp, "d")
	if err := os.Symlink(data, link); err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(tmp))
	}
	return filepath.Join(link, "control.sock"), func() { os.RemoveAll(tmp) }, nil
}

// answer lets the command line on this machine work with a folder that this
// process holds, until ctx ends or stop is called. stop waits for every answer
// under way. Branches that are added on the command line are followed by w;
// projectors and booths come in by server.
func (d *desk) answer(ctx context.Context, f *folder.Folder, w *filing, server *ssh.Server) (stop func(), err error) {
	name, away, err := socketName(f.Dir)
	if err != nil {
		return nil, err
	}
	defer away()
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, failf("开不了控制口：%w", err)
	}
	l, err := net.Listen("unix", name) // the folder is 0700, so that nobody comes in between
	if err != nil {
		return nil, failf("开不了控制口：%w", err)
	}
	if err := os.Chmod(name, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	ctx, end := context.WithCancel(ctx)
	context.AfterFunc(ctx, func() { l.Close() })
	var answering sync.WaitGroup
	answering.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			answering.Go(func() { d.answerOne(ctx, f, w, server, conn) })
		}
	})
	return func() { end(); answering.Wait() }, nil
}

// How long may still be taken after ctx has ended, so that somebody who does not
// read holds nobody up.
const (
	lastAnswer = time.Second     // by an answer
	lastScreen = 5 * time.Second // by a projector or booth, which the server tells goodbye
)

func (d *desk) answerOne(ctx context.Context, f *folder.Folder, w *filing, server *ssh.Server, conn net.Conn) {
	var listening sync.WaitGroup
	defer listening.Wait()
	defer conn.Close()
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	within := func(last time.Duration) (stop func() bool) {
		return context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Now().Add(last)) })
	}
	stop := within(lastAnswer)
	defer func() { stop() }()
	var q asked
	dec := json.NewDecoder(io.LimitReader(conn, 1<<20))
	if err := dec.Decode(&q); err != nil {
		return
	}
	if q.Fixture != "" {
		stop()
		stop = within(lastScreen)
		_ = conn.SetReadDeadline(time.Time{})
		server.ServeHere(buffered{conn, io.MultiReader(dec.Buffered(), conn)})
		return
	}
	_ = conn.SetReadDeadline(time.Time{})
	verb, leave := context.WithCancel(ctx)
	defer leave()
	listening.Go(func() {
		_, _ = io.Copy(io.Discard, conn) // it ends when whoever asked has left
		leave()
	})
	enc := json.NewEncoder(conn)
	inner := &desk{
		in: bytes.NewReader(q.In), dir: q.Dir, running: f, filing: w, life: ctx, at: d.at, site: d.site,
		out: &frameWriter{enc: enc}, err: &frameWriter{enc: enc, toErr: true},
	}
	code := inner.run(verb, q.Args)
	_ = enc.Encode(frame{Exit: &code})
}

// buffered is a connection of which something was read already.
type buffered struct {
	net.Conn
	all io.Reader
}

func (b buffered) Read(p []byte) (int, error) { return b.all.Read(p) }

// frameWriter sends what is written to it as frames.
type frameWriter struct {
	enc   *json.Encoder
	toErr bool
}

func (w *frameWriter) Write(p []byte) (int, error) {
	f := frame{Out: p}
	if w.toErr {
		f = frame{Err: p}
	}
	if err := w.enc.Encode(f); err != nil {
		return 0, err
	}
	return len(p), nil
}
