// Package web is the door for browsers: the page, and a websocket that carries the
// same SSH connection as any client's TCP connection does.
//
// It knows nothing of the meeting and imports nothing of ours. [Door] is a
// [net.Listener]: what it accepts are connections whose address is the browser's,
// for the SSH server, which asks them for a code and limits them as all others.
// The page's link has the host key's pin, and a slip's the code, behind the # sign,
// which browsers do not send: neither comes here, and nothing is logged.
package web

import (
	"bufio"
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
	"golang.org/x/time/rate"
)

// Limits of what is not a websocket yet. A websocket has those of the SSH server.
const (
	headerTime    = 5 * time.Second  // for a request's header, from the connection or its first byte
	requestTime   = 10 * time.Second // for all of a request
	responseTime  = 30 * time.Second // for a page to be taken
	idleTime      = 30 * time.Second // between two requests
	longestHeader = 8 << 10          // bytes
)

// longestMessage is how many bytes one message of a websocket may have. An SSH
// packet has at most 35,000.
const longestMessage = 256 << 10

// Config is what a door needs.
type Config struct {
	Addr string // HOST:PORT; port 0 picks one
	Name string // a name by which browsers may call it beside its addresses: HOST or HOST:PORT; "": none
	Pin  string // base64url of the SHA-256 of the host key, for a page whose link has none

	Certificate *tls.Certificate // nil: plain http
}

// Door is an HTTP server whose websockets are accepted as connections. It is safe
// for concurrent use.
type Door struct {
	config   Config
	files    files
	listener net.Listener
	server   *http.Server
	came     chan net.Conn // websockets that nobody has accepted yet

	serving sync.WaitGroup
	closing sync.Once
	closed  chan struct{}
}

// Listen opens the address and serves the page from then on, until [Door.Close].
func Listen(c Config) (*Door, error) {
	pages, err := newFiles(dist)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return nil, err
	}
	return open(c, l, pages), nil
}

// open serves at a listener.
func open(c Config, l net.Listener, pages files) *Door {
	d := &Door{config: c, files: pages, listener: l, came: make(chan net.Conn), closed: make(chan struct{})}
	d.server = &http.Server{
		Handler:           d,
		ReadHeaderTimeout: headerTime, ReadTimeout: requestTime, WriteTimeout: responseTime, IdleTimeout: idleTime,
		MaxHeaderBytes:               longestHeader,
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     log.New(io.Discard, "", 0), // what strangers send must not fill a log
		Protocols:                    new(http.Protocols),
	}
	d.server.Protocols.SetHTTP1(true) // a websocket needs a connection of its own
	people := newVisitors(l, c.Certificate)
	d.server.ConnState, d.server.ConnContext = people.is, withVisitor
	d.serving.Go(func() { _ = d.server.Serve(people) })
	return d
}

// Addr returns where the door listens.
func (d *Door) Addr() net.Addr { return d.listener.Addr() }

// Accept returns the next websocket as a connection. After [Door.Close] it fails
// with [net.ErrClosed].
func (d *Door) Accept() (net.Conn, error) {
	select {
	case c := <-d.came:
		return c, nil
	case <-d.closed:
		return nil, &net.OpError{Op: "accept", Net: "tcp", Addr: d.Addr(), Err: net.ErrClosed}
	}
}

// Close ends the listening and every connection that is no websocket. Those belong
// to who accepted them.
func (d *Door) Close() error {
	err := net.ErrClosed
	d.closing.Do(func() {
		close(d.closed)
		err = d.server.Close()
		d.serving.Wait()
	})
	return err
}

// upgrade makes a websocket of a request and hands it on.
func (d *Door) upgrade(w http.ResponseWriter, r *http.Request) {
	v, ok := r.Context().Value(visitorKey{}).(*visitor)
	if !ok {
		refuse(w, http.StatusInternalServerError, "这条连接开不了 websocket。")
		return
	}
	if !sameOrigin(r) {
		refuse(w, http.StatusForbidden, "只有这台服务器自己的网页可以从这里进来。")
		return
	}
	if r.Header.Get("Upgrade") == "" {
		refuse(w, http.StatusUpgradeRequired, "这个地址是给网页用的：请打开 / 。")
		return
	}
	pings := rate.NewLimiter(1, 8) // browsers send none; each is answered
	ws, err := websocket.Accept(upgrading{w}, r, &websocket.AcceptOptions{
		InsecureSkipVerify: true, // it is verified above, and more strictly
		CompressionMode:    websocket.CompressionDisabled,
		OnPingReceived: func(context.Context, []byte) bool {
			if !pings.Allow() {
				_ = v.Close()
			}
			return true // the answer fails then, and with it the reading of those that have come already
		},
	})
	if err != nil {
		return // it has been answered
	}
	ws.SetReadLimit(longestMessage)
	l := &line{ws: ws, visitor: v}
	v.carriesSSH()
	select {
	case d.came <- l:
	case <-d.closed:
		_ = l.Close()
	}
}

// usualMessage is how many bytes of a websocket are read at once: each keeps as many,
// and a browser says little.
const usualMessage = 512

// upgrading is the answer that makes a websocket of a request.
type upgrading struct{ http.ResponseWriter }

// Hijack takes the connection from the HTTP server, without the buffer of what is read,
// unless something is in it.
func (u upgrading) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	c, b, err := http.NewResponseController(u.ResponseWriter).Hijack()
	if err == nil && b.Reader.Buffered() == 0 {
		b.Reader = bufio.NewReaderSize(c, usualMessage)
	}
	return c, b, err
}

// visitorKey is the key of a request's visitor in its context.
type visitorKey struct{}

// withVisitor is the context of a connection's requests.
func withVisitor(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, visitorKey{}, c)
}
