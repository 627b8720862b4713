package ssh

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	charm "charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
)

// What one session may bring.
const (
	environment  = 32   // most variables
	variable     = 1024 // most bytes of a variable
	terminalMost = 4096 // most bytes that describe a terminal
)

// session is one session of a person: a screen or a word. It is the context
// that the library passes on, so that work ends with the session and not only
// with its connection, which may carry other sessions.
type session struct {
	charm.Context                 // of the connection
	life          context.Context // of the session
	end           context.CancelFunc
	stay          context.Context         // until the session is asked to leave; the cause is the sentence that asks
	ask           context.CancelCauseFunc // asks it to leave
	running       sync.WaitGroup          // everything that works for the session

	who       person
	visitor   atomic.Pointer[person] // whom a booth has admitted last; nil: nobody
	at        place
	account   account
	pace      *pace
	link      *link
	channel   gossh.Channel          // as it was accepted: no line's end is changed on its way
	requests  <-chan *gossh.Request  // as they come from the client
	sizes     chan tea.WindowSizeMsg // newest size of the window, as it can be drawn; capacity 1
	dismissed sync.Once              // its code no longer counts
	breaks    chan struct{}          // the client wants the word that runs to end; capacity 1
}

func newSession(ctx charm.Context, who person, l *link, of *paces) *session {
	life, end := context.WithCancel(ctx)
	stay, ask := context.WithCancelCause(life)
	at := place{who.branch(), who.id}
	return &session{
		Context: ctx, life: life, end: end, stay: stay, ask: ask, who: who, link: l,
		at: at, account: who.account(), pace: of.of(at),
		sizes: make(chan tea.WindowSizeMsg, 1), breaks: make(chan struct{}, 1),
	}
}

// Done is closed when the session's channel is.
func (s *session) Done() <-chan struct{} { return s.life.Done() }

// Err is not nil once the session is over.
func (s *session) Err() error { return s.life.Err() }

// Value is that of the context which ends with the session: what is derived from the session ends with it and needs no goroutine to wait for
// that.
func (s *session) Value(key any) any { return s.life.Value(key) }

// finish ends the session and waits for everything that works for it. It is
// called when the channel is closed, so reading from the client and writing to
// it have ended.
func (s *session) finish() {
	s.end()
	s.running.Wait()
}

// swept has what the session left in memory overwritten, if it was a screen: a
// page may have shown a secret, and a ballot that was not handed in is one.
func (s *session) swept(word string) {
	if s.who.room != nil && slices.Contains([]string{"", "plain", "page"}, strings.TrimSpace(word)) {
		s.who.room.Sweep()
	}
}

// begins lets the library start a shell, a word or a subsystem, and counts it until
// [Server.handle] or [Server.sftp] is done.
func begins(sess charm.Session, _ string) bool {
	one, ok := sess.Context().(*session)
	if ok {
		one.running.Add(1)
	}
	return ok
}

// open serves one channel of type session. It returns when the channel is
// closed and nothing works for it any more.
func (s *Server) open(srv *charm.Server, conn *gossh.ServerConn, ch gossh.NewChannel, ctx charm.Context) {
	who, known := personOf(conn)
	l, ok := ctx.Value(linkKey{}).(*link)
	if !known || !ok {
		_ = ch.Reject(gossh.Prohibited, "Not admitted") // it fails only on a closed connection
		return
	}
	l.opens()
	if no := who.ended(); no != nil {
		english, chinese := bilingual(no)
		_ = ch.Reject(gossh.Prohibited, english+" / "+chinese)
		return
	}
	one := newSession(ctx, who, l, s.paces)
	leave, no := s.seats.enter(one)
	if no != "" {
		one.end()
		_ = ch.Reject(gossh.ResourceShortage, no)
		return
	}
	defer leave()
	defer one.finish()
	l.keepsTo(one.pace.bytes)
	l.used(conn)
	defer s.warden.guards(one)()
	charm.DefaultSessionHandler(srv, conn, &channel{NewChannel: ch, session: one}, one)
	one.follow()
}

// linkKey is the key of the link among a connection's values.
type linkKey struct{}

// channel is a session's channel before it is accepted. The library gets to know only
// what comes before a shell or a word begins: while a window-change waits for a program
// it would stop reading the whole connection.
type channel struct {
	gossh.NewChannel
	session *session
}

// Accept opens the channel, and returns when something begins or the channel is closed.
func (c *channel) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, in, err := c.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	c.session.channel, c.session.requests = ch, in
	first := c.session.first()
	out := make(chan *gossh.Request, len(first))
	for _, req := range first {
		out <- req
	}
	close(out)
	return ch, out, nil
}

// first reads requests until a shell, a word or a subsystem begins, and returns that
// one after what the library has to know of it. All others are answered. There are none
// if the channel closes before.
func (s *session) first() []*gossh.Request {
	var list []*gossh.Request
	variables, terminal := 0, false
	for req := range s.requests {
		known := false
		switch req.Type {
		case "shell", "exec":
			return append(list, req)
		case "subsystem":
			if s.copies(req.Payload) {
				return append(list, req)
			}
		case "pty-req":
			known = !terminal && describesTerminal(req.Payload)
			terminal = terminal || known
		case "env":
			variables++
			known = variables <= environment && len(req.Payload) <= variable
		}
		if !known {
			s.answer(req)
			continue
		}
		_ = req.Reply(true, nil)
		req.WantReply = false // it has been answered
		list = append(list, req)
	}
	return nil
}

// copies reports whether a subsystem is the one that there is, for who may have files.
func (s *session) copies(payload []byte) bool {
	var is struct{ Name string }
	return gossh.Unmarshal(payload, &is) == nil && is.Name == "sftp" && s.who.id != meeting.Booth && s.who.id != meeting.Screen
}

// describesTerminal reports whether the library takes a request for a terminal.
func describesTerminal(payload []byte) bool {
	var is struct {
		Term                                   string
		Width, Height, PixelWidth, PixelHeight uint32
		Modes                                  []byte `ssh:"rest"`
	}
	return len(payload) <= terminalMost && gossh.Unmarshal(payload, &is) == nil
}

// follow answers requests until the channel closes, and ends the session then.
func (s *session) follow() {
	defer s.end()
	if s.requests == nil {
		return // the client was gone before its channel was opened
	}
	for req := range s.requests {
		s.answer(req)
	}
}

// answer answers a request that begins nothing.
func (s *session) answer(req *gossh.Request) {
	switch req.Type {
	case "window-change":
		_ = req.Reply(s.resize(req.Payload), nil)
	case "signal":
		s.signal(req.Payload) // it has no reply
	default:
		_ = req.Reply(false, nil)
	}
}

// signal ends the word that runs, if the client sends one of the signals that
// end a program.
func (s *session) signal(payload []byte) {
	var is struct{ Name string }
	if gossh.Unmarshal(payload, &is) == nil && slices.Contains([]string{"INT", "TERM", "HUP", "QUIT", "KILL"}, is.Name) {
		s.interrupt()
	}
}

// interrupt ends the word that runs, as Ctrl+C does. A screen has Ctrl+C as a
// key.
func (s *session) interrupt() {
	select {
	case s.breaks <- struct{}{}:
	default: // it is ending already
	}
}

// resize keeps the newest size of the window for the session's screen.
func (s *session) resize(payload []byte) bool {
	var to struct{ Width, Height, PixelWidth, PixelHeight uint32 }
	if gossh.Unmarshal(payload, &to) != nil {
		return false
	}
	select {
	case <-s.sizes: // an older one that nobody has taken
	default:
	}
	width, height := clamp(charm.Window{Width: int(to.Width), Height: int(to.Height)})
	s.sizes <- tea.WindowSizeMsg{Width: width, Height: height} // nobody else sends at the same time
	return true
}
