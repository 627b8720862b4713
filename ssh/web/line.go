package web

import (
	"context"
	"errors"
	"io"

	"github.com/coder/websocket"
)

// line is a websocket as a connection: its binary messages, one after another, are
// the bytes. Deadlines end reads and writes, and with them the connection.
type line struct {
	*visitor
	ws      *websocket.Conn
	message io.Reader // what is left of the last one; nil: nothing
	some    bool      // it was not empty
}

// errMessage says that a message is none of an SSH connection.
var errMessage = errors.New("web: a message with text, or with nothing")

// Read reads of the next messages.
func (l *line) Read(p []byte) (int, error) {
	for {
		if l.message == nil {
			kind, message, err := l.ws.Reader(context.Background())
			if err != nil {
				return 0, ended(err)
			}
			if kind != websocket.MessageBinary {
				return 0, errMessage
			}
			l.message, l.some = message, false
		}
		n, err := l.message.Read(p)
		l.asSSH.Add(int64(n))
		l.some = l.some || n > 0
		switch {
		case errors.Is(err, io.EOF) && !l.some:
			return 0, errMessage
		case errors.Is(err, io.EOF):
			l.message = nil
			if n == 0 {
				continue
			}
			return n, nil
		case err != nil:
			return n, ended(err)
		}
		return n, nil
	}
}

// Write sends p as a message.
func (l *line) Write(p []byte) (int, error) {
	if err := l.ws.Write(context.Background(), websocket.MessageBinary, p); err != nil {
		return 0, ended(err)
	}
	return len(p), nil
}

// ended returns the error of a connection that has ended: a browser's goodbye is
// the end of what it sends.
func ended(err error) error {
	switch websocket.CloseStatus(err) {
	case websocket.StatusNormalClosure, websocket.StatusGoingAway, websocket.StatusNoStatusRcvd:
		return io.EOF
	}
	return err
}

// Close ends the websocket at once: a browser that is frozen holds nobody up.
func (l *line) Close() error {
	err := l.visitor.Close()
	_ = l.ws.CloseNow() // whoever reads or writes has left already
	return err
}
