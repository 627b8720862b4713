// Package voter casts a member's ballot from their own machine. It is an SSH
// client that says the words of DOORS.md: it fetches the setup of the open vote
// and the member's credential, encrypts the choices here, and hands in the
// ballot. No choice is sent in the clear, so that the server never has one.
package voter

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net"
	"strings"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/store"
)

// Why a ballot could not be cast.
const (
	ErrNoServer store.Code = "voter.no-server" // address
	ErrShut     store.Code = "voter.shut"      // what the server says
	ErrRefused  store.Code = "voter.refused"   // what the server says
	ErrBroken   store.Code = "voter.broken"    // the line; whether a ballot arrived is not known
	ErrStrange  store.Code = "voter.strange"   // an answer that does not fit the vote
)

// patience is how long a server may take to let somebody in.
const patience = 20 * time.Second

// maxAnswer is the longest answer that is read, in bytes. The setup of 1,000
// voters and 100 subjects has some 100 KB.
const maxAnswer = 8 << 20

// Voter is a member at their own machine, connected to the server of an open
// vote.
type Voter struct {
	Who        meeting.MemberID
	client     *gossh.Client
	state      *meeting.State // what a voter knows of the vote
	credential string
}

// Enter connects to the server at addr (HOST:PORT) with a join code and fetches
// what a ballot needs. hostKey is of [HostKey].
func Enter(ctx context.Context, addr string, hostKey gossh.HostKeyCallback, code string) (*Voter, error) {
	client, err := dial(ctx, addr, hostKey, code)
	if err != nil {
		return nil, err
	}
	v := &Voter{client: client}
	if err := v.fetch(ctx); err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

// dial asks for one kind of host key after another, until the server shows the
// known one: the code is sent to no other. The error is that of the first kind.
func dial(ctx context.Context, addr string, hostKey gossh.HostKeyCallback, code string) (*gossh.Client, error) {
	var first error
	for _, kind := range algorithms {
		client, err := dialFor(ctx, addr, kind, hostKey, code)
		if !errors.Is(err, ErrChangedKey) && !errors.Is(err, ErrUnknownHost) && !errors.Is(err, errNoSuchKey) {
			return client, err
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// errNoSuchKey says that a server has no host key of a kind.
var errNoSuchKey = errors.New("voter: no such host key")

// dialFor is dial with host keys of some algorithms.
func dialFor(ctx context.Context, addr string, kind []string, hostKey gossh.HostKeyCallback, code string) (*gossh.Client, error) {
	raw, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, ErrNoServer.Of(addr)
	}
	defer context.AfterFunc(ctx, func() { raw.Close() })()
	_ = raw.SetDeadline(time.Now().Add(patience)) // a closed connection says so below
	var heard strings.Builder
	conn, channels, requests, err := gossh.NewClientConn(raw, addr, &gossh.ClientConfig{
		User: "vote", Auth: []gossh.AuthMethod{gossh.Password(code)}, HostKeyCallback: hostKey, HostKeyAlgorithms: kind,
		BannerCallback: func(message string) error { heard.WriteString(message); return nil },
	})
	if err != nil {
		raw.Close()
		var fault *store.Fault
		var none *gossh.AlgorithmNegotiationError
		switch said := strings.TrimSpace(heard.String()); {
		case errors.As(err, &fault): // of the host key
			return nil, fault
		case errors.As(err, &none):
			return nil, ErrNoServer.Of(addr).By(errNoSuchKey)
		case said != "":
			return nil, ErrShut.Of(said)
		}
		return nil, ErrNoServer.Of(addr)
	}
	_ = raw.SetDeadline(time.Time{})
	return gossh.NewClient(conn, channels, requests), nil
}

// Close ends the connection and forgets the credential.
func (v *Voter) Close() error {
	v.credential = ""
	return v.client.Close()
}

// State returns what a voter knows of the vote: enough to choose, and to check
// choices by the rules. It is never changed.
func (v *Voter) State() *meeting.State { return v.state }

// Fingerprint is the box's, to be compared with the one on the wall.
func (v *Voter) Fingerprint() string { return v.state.Vote().Members().Fingerprint() }

// Cast encrypts choices on this machine and hands in the ballot. The error is a
// *[meeting.Refusal] if the choices break a rule, [ErrRefused] if the server
// does not take the ballot, or [ErrBroken].
func (v *Voter) Cast(ctx context.Context, c meeting.Choices) (meeting.Receipt, error) {
	var r meeting.Receipt
	ready, err := v.state.MakeReady(v.Who, v.credential, c, rand.Reader)
	if err != nil {
		return r, err
	}
	text, err := json.Marshal(ready)
	if err != nil {
		return r, err
	}
	return r, v.ask(ctx, "cast", text, &r)
}

// ask says a word with --json and reads the answer.
func (v *Voter) ask(ctx context.Context, word string, input []byte, answer any) error {
	out, err := v.say(ctx, word+" --json", input)
	if err != nil {
		return err
	}
	if json.Unmarshal(out, answer) != nil {
		return ErrStrange
	}
	return nil
}

// say says a word and returns what it printed.
func (v *Voter) say(ctx context.Context, word string, input []byte) ([]byte, error) {
	sess, err := v.client.NewSession()
	if err != nil {
		return nil, ErrBroken
	}
	defer sess.Close()
	defer context.AfterFunc(ctx, func() { sess.Close() })()
	var out, said answerText
	sess.Stdin, sess.Stdout, sess.Stderr = bytes.NewReader(input), &out, &said
	err = sess.Run(word)
	var exit *gossh.ExitError
	switch {
	case err == nil:
		return out.Bytes(), nil
	case errors.As(err, &exit):
		return nil, ErrRefused.Of(strings.TrimSpace(said.String()))
	}
	return nil, ErrBroken
}

// answerText keeps an answer of at most maxAnswer bytes.
type answerText struct{ bytes.Buffer }

func (a *answerText) Write(p []byte) (int, error) {
	if a.Len()+len(p) > maxAnswer {
		return 0, ErrStrange
	}
	return a.Buffer.Write(p)
}
