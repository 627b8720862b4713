// Package ssh lets strangers in as members: the server that a branch's people
// reach with any SSH client.
//
// Who somebody is follows from their join code (identity.go, code.go, guard.go)
// and holds for the whole connection. With a terminal they get their screen
// (screen.go, drawn by [pingyi/tui]); without one the same screen line by line
// (plain.go), or as data (page.go). The words of DOORS.md (words.go) do the same through the same
// rules. Two user names stand for no person: screen@ is the projector, booth@ a
// terminal that members without a device share (booth.go). A session may stop,
// stall or break off at any moment: it costs nobody else anything (link.go,
// session.go, seats.go).
//
// Nothing that a person chose, wrote or typed as a code is ever logged.
package ssh

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	charm "charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/tui"
)

// Config is what a server needs.
type Config struct {
	Addr    string       // HOST:PORT; port 0 picks one
	HostKey gossh.Signer // ed25519
	Secret  []byte       // of the data folder, for [HashCode]

	OtherHostKeys []gossh.Signer // for clients that do not know ed25519

	// Hosted is the branch that screen@ and booth@ mean; "": the one whose meeting
	// is on.
	Hosted string
	// Halls returns the rooms of all branches.
	Halls func(context.Context) ([]Room, error)
	// Year returns the room of a branch in one of its years, ID@YEAR; nil: of no
	// other year than the newest.
	Year func(ctx context.Context, branch string) (Room, error)
	// Organisation is the one above the branches; nil: nobody of it signs on.
	Organisation Organisation
	// Papers returns the papers of a branch that a person may have now.
	Papers func(ctx context.Context, s *meeting.State, who meeting.MemberID) ([]File, error)
	// OrganisationPapers returns the papers of the organisation above the branches.
	OrganisationPapers func(context.Context) ([]File, error)
	// Files keeps the files that records name; nil: none are taken.
	Files Files
	// JoinHint is how people reach the server, such as "ssh -p 2222
	// 192.168.1.5", for the wall. addr is where the server listens.
	JoinHint func(addr net.Addr) string
	// OtherAddresses lists where else this machine is found, for consoles; nil: nowhere.
	OtherAddresses func(addr net.Addr) []string
	// NoVerbs reports whether the command line cannot reach the server, which
	// consoles say; nil: it can.
	NoVerbs func() bool
	// Uncopied says to consoles why the newest automatic copy of the data was not
	// made, "" while all were; nil: nobody makes them.
	Uncopied func() string

	Logger *slog.Logger
	Now    func() time.Time // the clock of the guard against guessed codes; nil: time.Now
}

// File is one paper.
type File struct {
	Name    string // such as minutes.md; no path
	Title   string
	Content func() ([]byte, error) // asked for when it is sent: a list needs none
}

// Server is a running door. Make it with [New], then [Server.Listen] and
// [Server.Serve].
type Server struct {
	config   Config
	log      *slog.Logger
	guard    *guard
	failures *failures
	hallway  *hallway
	seats    *seats
	warden   warden
	paces    *paces
	words    *turns[place] // words at work
	redraws  chan struct{} // has a place for each screen that is at work on what has moved; see atWork
	server   *charm.Server
	listener net.Listener
	browsers net.Listener // through which browsers come in ([Server.Also]); nil: none do
	webLink  string       // where they find it

	fingerprints []string // of the host keys, as every screen may show them

	mu      sync.Mutex
	drafts  map[string]*tui.Drafts // by a branch and its year, as [person.stands] says it
	address found
	gallery tui.Gallery
}

// atWork is how many screens are at work at once on what has moved: half of what the
// process runs at once. Were it all of it, whoever comes back from the disk would wait
// behind a thousand screens, twice for each record.
func atWork() int { return (runtime.GOMAXPROCS(0) + 1) / 2 }

// New prepares a server.
func New(c Config) (*Server, error) {
	if c.HostKey == nil || len(c.Secret) < 32 || c.Halls == nil {
		return nil, errors.New("ssh: a host key, a secret of 32 bytes and the halls are needed")
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	keys := append([]gossh.Signer{c.HostKey}, c.OtherHostKeys...)
	s := &Server{fingerprints: Fingerprints(keys), config: c, log: c.Logger, guard: newGuard(c.Now), failures: newFailures(c.Logger), hallway: newHallway(), seats: newSeats(), warden: warden{posts: map[string]*post{}}, paces: newPaces(), words: newTurns[place](wordsAtOnce, 1), redraws: make(chan struct{}, atWork()), drafts: map[string]*tui.Drafts{}}
	var err error
	s.server, err = wish.NewServer(func(srv *charm.Server) error {
		for _, key := range keys {
			srv.AddHostKey(key)
		}
		srv.ConnCallback = s.connect
		srv.ServerConfigCallback = s.authenticate
		srv.ConnectionFailedCallback = func(c net.Conn, err error) { s.fails(reasonOf(err), c.RemoteAddr()) }
		srv.ChannelHandlers = map[string]charm.ChannelHandler{"session": s.open}
		srv.SessionRequestCallback = begins
		srv.Handler = s.handle
		srv.SubsystemHandlers = map[string]charm.SubsystemHandler{"sftp": s.sftp}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("ssh: %w", err)
	}
	return s, nil
}

// Fingerprints returns the host keys' fingerprints ([Fingerprints]). Nobody changes them.
func (s *Server) Fingerprints() []string { return s.fingerprints }

// Fingerprints returns host keys' fingerprints, SHA256:…, as a client shows one at
// the first connection. All but the first begin with the name of their kind, as
// ECDSA SHA256:….
func Fingerprints(keys []gossh.Signer) []string {
	var list []string
	for i, key := range keys {
		finger := gossh.FingerprintSHA256(key.PublicKey())
		if i > 0 {
			finger = meeting.Device{Key: stored(key.PublicKey())}.Fingerprint()
		}
		list = append(list, finger)
	}
	return list
}

// Pin returns the base64url of the SHA-256 of a host key, by which a browser's link
// names it.
func Pin(key gossh.PublicKey) string {
	sum := sha256.Sum256(key.Marshal())
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Listen opens the address. From then on connections wait for [Server.Serve].
func (s *Server) Listen() error {
	l, err := net.Listen("tcp", s.config.Addr)
	if err != nil {
		return fmt.Errorf("ssh: listen: %w", err)
	}
	s.listener = l
	return nil
}

// Addr returns where the server listens, after [Server.Listen].
func (s *Server) Addr() net.Addr { return s.listener.Addr() }

// Also lets browsers in, through a listener of connections that carry SSH: with their
// code, through the hallway and at the pace of all others. link, such as
// http://192.168.1.5:8080/#PIN, is for the wall. It is called before [Server.Serve],
// which closes the listener.
func (s *Server) Also(l net.Listener, link string) { s.browsers, s.webLink = l, link }

// closingTime is how long people get to see that the server closes.
const closingTime = 3 * time.Second

// Serve lets people in until ctx ends. Then it tells everybody, ends their
// programs, and returns nil when nothing works for anybody any more. A server
// serves once.
func (s *Server) Serve(ctx context.Context) error {
	var accepting sync.WaitGroup
	listeners := s.listeners()
	ended := make(chan error, len(listeners))
	for _, l := range listeners {
		accepting.Go(func() { ended <- s.server.Serve(l) })
	}
	var err error
	select {
	case failed := <-ended:
		err = fmt.Errorf("ssh: serve: %w", failed)
	case <-ctx.Done():
	}
	err = errors.Join(err, s.close())
	accepting.Wait()
	s.log.Debug("no longer listening", "err", err)
	return err
}

func (s *Server) listeners() []net.Listener {
	if s.browsers == nil {
		return []net.Listener{s.listener}
	}
	return []net.Listener{s.listener, s.browsers}
}

// close lets nobody in, tells everybody, ends all connections and waits for all
// work for them. Writing to a client that does not read ends with its
// connection.
func (s *Server) close() error {
	s.seats.close("服务器关闭了：会议记录已经保存，请稍后再登录。")
	select {
	case <-s.seats.gone:
	case <-time.After(closingTime): // some client does not read
	}
	err := s.server.Close()
	for _, l := range s.listeners() {
		if late := l.Close(); err == nil && !errors.Is(late, net.ErrClosed) {
			err = late // the library did not have the listener yet
		}
	}
	s.hallway.close()
	<-s.seats.gone
	s.warden.waiting.Wait() // nobody is left to look after
	s.failures.close()
	return err
}

// connect takes a new connection.
func (s *Server) connect(ctx charm.Context, c net.Conn) net.Conn {
	roomForLogin()
	l := s.hallway.enter(c)
	if l == nil {
		return nil // the server is closing
	}
	l.failed = func(err error) { s.fails(silenced(err), c.RemoteAddr()) }
	ctx.SetValue(linkKey{}, l)
	return l
}

// fails notes why a connection did not become a login, if that is not known yet.
func (s *Server) fails(why reason, addr net.Addr) {
	if why != "" {
		s.failures.note(why, addr)
	}
}

func (s *Server) authenticate(ctx charm.Context) *gossh.ServerConfig {
	l, _ := ctx.Value(linkKey{}).(*link)
	return (&doorman{Server: s, ctx: ctx, link: l}).serverConfig()
}

// ServeHere serves a projector or booth of a person on the server's own machine,
// over the control socket that only they can open: it needs no code. It returns
// when the connection has ended.
func (s *Server) ServeHere(conn net.Conn) { s.server.HandleConn(conn) }

// handle serves a session: a word if there is one, a screen if there is a
// terminal, otherwise the screen line by line. It says how it ended.
func (s *Server) handle(sess charm.Session) {
	one, ok := sess.Context().(*session)
	if !ok {
		return
	}
	defer one.running.Done() // counted by begins
	defer func() {
		if r := recover(); r != nil {
			// Not the panic's value: it could hold what somebody wrote.
			s.log.Error("a session broke", "branch", one.at.branch, "who", one.at.id, "stack", string(debug.Stack()))
			fmt.Fprintln(sess.Stderr(), "程序出错了：请重新登录。")
			_ = sess.Exit(exitFailed)
		}
	}()
	// The client may be gone already.
	_ = sess.Exit(s.serveSession(sess, one))
}

// serveSession serves a session and returns the exit code: that of its word; of a
// screen 0 if the person left it, 1 if the server ended it.
func (s *Server) serveSession(sess charm.Session, one *session) (exit int) {
	_, _, terminal := sess.Pty()
	defer one.swept(sess.RawCommand())
	var show func(charm.Session, *session) int
	switch booth := one.who.id == meeting.Booth; {
	case copies(sess) && !booth:
		return s.scp(sess, one)
	case plainly(sess) && !booth:
		show = s.plain
	case streams(sess):
		show = s.page
	case sess.RawCommand() == "" && terminal:
		show = s.show
	default:
		return s.word(sess, one)
	}
	if one.pace.shows.Wait(one.life) != nil {
		return exitFailed // the session is over
	}
	return show(sess, one)
}

// addressTime is how long it is known where the server is found: asking the system
// costs as much as a key exchange.
const addressTime = time.Second

// found is where the server is found.
type found struct {
	hint   string   // how to join
	others []string // the machine's other addresses
	until  time.Time
}

// found returns where the server is found now.
func (s *Server) found() found {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if s.address.hint != "" && now.Before(s.address.until) {
		return s.address
	}
	s.address = found{until: now.Add(addressTime)}
	if s.config.JoinHint != nil {
		s.address.hint = s.config.JoinHint(s.Addr())
	}
	if s.config.OtherAddresses != nil {
		s.address.others = s.config.OtherAddresses(s.Addr())
	}
	return s.address
}

func (s *Server) joinHint() string { return s.found().hint }

// wallHint returns the command that shows a branch's wall; "" where nobody
// knows how the server is reached.
func (s *Server) wallHint(branch string) string {
	hint := s.joinHint()
	at := strings.LastIndexByte(hint, ' ') + 1
	if at == 0 {
		return ""
	}
	return hint[:at] + string(meeting.Screen) + "+" + branch + "@" + hint[at:]
}

// Online returns a function that reports whether somebody of a branch is
// connected.
func (s *Server) Online(branch string) func(meeting.MemberID) bool {
	return func(who meeting.MemberID) bool { return s.seats.has(place{branch, who}) }
}

// draftsOf returns the texts that people have begun in a year of a branch, or in the
// organisation, so that they find them again after their line broke.
func (s *Server) draftsOf(year string) *tui.Drafts {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drafts[year] == nil {
		s.drafts[year] = &tui.Drafts{}
	}
	return s.drafts[year]
}
