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
	begun     chan bool              // whether what the client wants to begin begins; capacity 1
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
		begun: make(chan bool, 1), sizes: make(chan tea.WindowSizeMsg, 1), breaks: make(chan struct{}, 1),
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

// begins lets the library start a shell or a word, and counts it until
// [Server.handle] or [Server.sftp] is done. There is no other subsystem.
func begins(sess charm.Session, kind string) bool {
	one, ok := sess.Context().(*session)
	if !ok {
		return false
	}
	begun := kind != "subsystem" || sess.Subsystem() == "sftp" && one.who.id != meeting.Booth && one.who.id != meeting.Screen
	if begun {
		one.running.Add(1)
	}
	one.begun <- begun
	return begun
}

// open serves one channel of type session. It returns when the channel is
// closed and nothing works for it any more. The library reads its requests until
// something has begun.
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

// channel is a session's channel before it is accepted. It passes on only
// requests that the library can answer without waiting: while a window-change
// waits for a program the library would stop reading the whole connection.
type channel struct {
	gossh.NewChannel
	session *session
}

// Accept opens the channel.
func (c *channel) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, in, err := c.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	c.session.channel, c.session.requests = ch, in
	out := make(chan *gossh.Request)
	c.session.running.Go(func() { c.session.sift(out) })
	return ch, out, nil
}

// sift passes requests on until a shell or a word begins, or the channel closes.
func (s *session) sift(out chan<- *gossh.Request) {
	defer close(out)
	variables := 0
	for req := range s.requests {
		pass, begins := false, false
		switch req.Type {
		case "shell", "exec", "subsystem":
			pass, begins = true, true
		case "pty-req":
			pass = len(req.Payload) <= terminalMost
		case "env":
			variables++
			pass = variables <= environment && len(req.Payload) <= variable
		}
		if !pass {
			s.answer(req)
			continue
		}
		select {
		case out <- req:
			if begins && <-s.begun {
				return
			}
		case <-s.Done(): // nobody takes the request any more
			_ = req.Reply(false, nil)
		}
	}
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
