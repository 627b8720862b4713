package robot

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// Server is the server that a robot connects to.
type Server struct {
	Addr    string // HOST:PORT
	HostKey gossh.PublicKey
}

// status is what a robot reads of `status --json` (DOORS.md).
type status struct {
	Phase string `json:"phase"`
	Item  *struct {
		No    int    `json:"no"`
		Kind  string `json:"kind"`
		Title string `json:"title"`
	} `json:"item"`
	Attendance struct {
		Present int `json:"present"`
	} `json:"attendance"`
	Speaker *struct {
		ID    string    `json:"id"`
		For   string    `json:"for"`
		Since time.Time `json:"since"`
	} `json:"speaker"`
	Queue []string `json:"queue"`
	Round *struct {
		Subject string `json:"subject"`
		Stage   string `json:"stage"`
		Apart   bool   `json:"apart"`
	} `json:"round"`
	Vote struct {
		ID    string `json:"id"`
		No    int    `json:"no"`
		State string `json:"state"`
	} `json:"vote"`
	Step *struct {
		Wait []string `json:"wait"`
	} `json:"step"`
	May []string `json:"may"`
}

func (s status) may(word string) bool { return slices.Contains(s.May, word) }

// at reports whether the open item is of a kind.
func (s status) at(kind string) bool { return s.Item != nil && s.Item.Kind == kind }

// Door is one SSH connection of one person.
type Door struct {
	client  *gossh.Client
	reading sync.WaitGroup // what follows the meeting
}

// errShut says that a server does not admit a robot, so trying again is
// useless.
var errShut = errors.New("robot: not let in")

// Enter connects with a join code, as a person does who types it. The caller
// closes the door.
func Enter(ctx context.Context, at Server, code string) (*Door, error) {
	raw, err := (&net.Dialer{}).DialContext(ctx, "tcp", at.Addr)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	defer stop()
	asked := false
	answer := func(_, _ string, questions []string, _ []bool) ([]string, error) {
		if asked { // again, because the code is wrong
			return nil, errShut
		}
		asked = len(questions) > 0
		answers := make([]string, len(questions))
		for i := range answers {
			answers[i] = code
		}
		return answers, nil
	}
	conn, chans, reqs, err := gossh.NewClientConn(raw, at.Addr, &gossh.ClientConfig{
		User:            "robot",
		Auth:            []gossh.AuthMethod{gossh.KeyboardInteractive(answer)},
		HostKeyCallback: gossh.FixedHostKey(at.HostKey),

		HostKeyAlgorithms: []string{at.HostKey.Type()},
	})
	if err == nil {
		return &Door{client: gossh.NewClient(conn, chans, reqs)}, nil
	}
	raw.Close()
	var network net.Error
	if ctx.Err() != nil || errors.As(err, &network) || errors.Is(err, io.EOF) {
		return nil, err // the server went away meanwhile
	}
	return nil, fmt.Errorf("%w: %w", errShut, err)
}

// Refused is the error of a word that was refused or wrong.
type Refused struct {
	words, text string
}

func (r *Refused) Error() string { return "robot: " + r.words + ": " + r.text }

// Say says words with input on standard input and returns what they printed.
// The error is a *Refused, or says that the connection broke.
func (d *Door) Say(ctx context.Context, words, input string) ([]byte, error) {
	sess, err := d.client.NewSession()
	if err != nil {
		return nil, err
	}
	defer sess.Close()
	stop := context.AfterFunc(ctx, func() { sess.Close() })
	defer stop()
	var out, text bytes.Buffer
	sess.Stdin, sess.Stdout, sess.Stderr = strings.NewReader(input), &out, &text
	err = sess.Run(words)
	var exit *gossh.ExitError
	if errors.As(err, &exit) && exit.Signal() == "" {
		word, _, _ := strings.Cut(words, " ")
		return nil, &Refused{word, strings.TrimSpace(text.String())}
	}
	return out.Bytes(), err
}

// Ask says a word with --json and reads the answer into v.
func (d *Door) Ask(ctx context.Context, words string, v any) error {
	out, err := d.Say(ctx, words+" --json", "")
	if err != nil {
		return err
	}
	return json.Unmarshal(out, v)
}

// follow sends the newest status whenever the meeting has moved, until the
// connection ends. Older ones that nobody took are dropped. The channel is
// closed at the end.
func (d *Door) follow() (<-chan status, error) {
	sess, err := d.client.NewSession()
	if err != nil {
		return nil, err
	}
	out, err := sess.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := sess.Start("status --follow --json"); err != nil {
		return nil, err
	}
	news := make(chan status, 1)
	d.reading.Go(func() {
		defer close(news)
		lines := bufio.NewScanner(out)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var s status
			if json.Unmarshal(lines.Bytes(), &s) != nil {
				return
			}
			select {
			case <-news: // an older one
			default:
			}
			news <- s // only this goroutine sends
		}
	})
	return news, nil
}

// Close ends the connection and the goroutine that follows the meeting on it.
func (d *Door) Close() {
	d.client.Close()
	d.reading.Wait()
}

// retry runs visit again and again, each time on a new connection, until it
// returns nil, the server does not admit the robot, or ctx ends. It waits
// longer after each visit that reached nothing.
func retry(ctx context.Context, at Server, code string, visit func(context.Context, *Door) error) error {
	const least, most = 50 * time.Millisecond, 2 * time.Second
	for wait := least; ; wait = min(2*wait, most) {
		d, err := Enter(ctx, at, code)
		if err == nil {
			wait = least
			err = visit(ctx, d)
			d.Close()
		}
		var no *Refused
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil, errors.Is(err, errShut), errors.As(err, &no), errors.Is(err, errLost):
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}
