package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	charm "charm.land/ssh"
	"charm.land/wish/v2"
	show "charm.land/wish/v2/bubbletea"
	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"
)

// What our screens are measured beside (bench_screens.go): the floor, a bare SSH
// server that writes as many bytes and knows nothing of what they say, and the
// libraries as they come.

// floorServer is the floor in a process of its own: in ours it would share our garbage
// collector.
type floorServer struct {
	*beside[floorPlan, floorTold]
	addr string
	key  []byte // of the host
}

// floorPlan is what the floor is asked to do.
type floorPlan struct {
	Begins  int64 // who comes from now on gets so many bytes; 0: nothing changes
	Writes  int   // everybody gets so many bytes; 0: nobody gets any
	Settled bool  // collect the garbage, and tell the memory
}

// floorTold is where the floor is, and what it has paid.
type floorTold struct {
	Addr string
	Key  []byte
	Paid paid
}

func newFloor(ctx context.Context) (*floorServer, error) {
	b, err := startBeside[floorPlan, floorTold](ctx, "floor")
	if err != nil {
		return nil, err
	}
	told, err := b.ask(floorPlan{})
	if err != nil {
		return nil, errors.Join(err, b.leave())
	}
	return &floorServer{b, told.Addr, told.Key}, nil
}

func (f *floorServer) begins(bytes int64) error {
	_, err := f.ask(floorPlan{Begins: bytes})
	return err
}

// writes is that everybody gets so many bytes.
func (f *floorServer) writes(bytes int) func() error {
	return func() error {
		_, err := f.ask(floorPlan{Writes: bytes})
		return err
	}
}

func (f *floorServer) paid(settled bool) (paid, error) {
	told, err := f.ask(floorPlan{Settled: settled})
	return told.Paid, err
}

// floorVerb is that process.
func (d *desk) floorVerb() *cobra.Command {
	return &cobra.Command{Use: "floor", Hidden: true, Args: exactly(), RunE: func(*cobra.Command, []string) error {
		_, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return err
		}
		key, err := gossh.NewSignerFromKey(private)
		if err != nil {
			return err
		}
		bare, err := serveBare(key)
		if err != nil {
			return err
		}
		err = answers(d, func(p floorPlan) (told floorTold, err error) {
			if p.Begins > 0 {
				bare.begins(p.Begins)
			}
			if p.Writes > 0 {
				err = bare.writes(p.Writes)
			}
			told = floorTold{Addr: bare.Addr().String(), Key: key.PublicKey().Marshal()}
			told.Paid, _ = here(p.Settled) // it can't fail
			return told, err
		})
		return errors.Join(err, bare.end())
	}}
}

// bareServer is the floor itself.
type bareServer struct {
	net.Listener
	config  *gossh.ServerConfig
	serving sync.WaitGroup

	mu       sync.Mutex
	first    int // bytes of a first screen
	channels []gossh.Channel
	conns    []gossh.Conn
}

func serveBare(key gossh.Signer) (*bareServer, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &bareServer{Listener: l, config: &gossh.ServerConfig{
		PasswordCallback: func(gossh.ConnMetadata, []byte) (*gossh.Permissions, error) { return nil, nil },
	}}
	s.config.AddHostKey(key)
	s.serving.Go(s.accept)
	return s, nil
}

func (s *bareServer) accept() {
	for {
		c, err := s.Accept()
		if err != nil {
			return
		}
		s.serving.Go(func() { s.serve(c) })
	}
}

// serve serves a connection until its client hangs up.
func (s *bareServer) serve(c net.Conn) {
	defer c.Close()
	conn, channels, requests, err := gossh.NewServerConn(c, s.config)
	if err != nil {
		return
	}
	s.serving.Go(func() { gossh.DiscardRequests(requests) })
	for one := range channels {
		ch, asks, err := one.Accept()
		if err != nil {
			return
		}
		s.serving.Go(func() {
			for ask := range asks {
				_ = ask.Reply(true, nil) // a client that is gone needs none
				if ask.Type != "shell" {
					continue
				}
				s.mu.Lock()
				first := make([]byte, s.first)
				s.channels, s.conns = append(s.channels, ch), append(s.conns, conn)
				s.mu.Unlock()
				_, _ = ch.Write(first)
			}
		})
	}
}

// begins with so many bytes for who comes from now on.
func (s *bareServer) begins(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.first = int(n)
}

// writes gives everybody so many bytes.
func (s *bareServer) writes(n int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	news := make([]byte, n)
	for _, ch := range s.channels {
		if _, err := ch.Write(news); err != nil {
			return err
		}
	}
	return nil
}

func (s *bareServer) end() error {
	err := s.Close()
	s.mu.Lock()
	for _, conn := range s.conns {
		_ = conn.Close() // it may be closed already
	}
	s.mu.Unlock()
	s.serving.Wait()
	return err
}

// wishServer is a page on wish with Bubble Tea, and a loop that sends to every
// program.
type wishServer struct {
	net.Listener
	server  *charm.Server
	serving sync.WaitGroup
	page    string // as our screen shows it
	changes int

	mu       sync.Mutex
	programs []*tea.Program
}

func serveWish(key gossh.Signer, page string) (*wishServer, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &wishServer{Listener: l, page: page}
	s.server, err = wish.NewServer(
		wish.WithPasswordAuth(func(charm.Context, string) bool { return true }),
		wish.WithMiddleware(show.MiddlewareWithProgramHandler(s.program)),
		func(srv *charm.Server) error { srv.AddHostKey(key); return nil },
	)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	s.serving.Go(func() { _ = s.server.Serve(l) }) // until it is closed
	return s, nil
}

func (s *wishServer) program(sess charm.Session) *tea.Program {
	p := tea.NewProgram(&wishPage{text: s.page}, show.MakeOptions(sess)...)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.programs = append(s.programs, p)
	return p
}

// change shows everybody another number.
func (s *wishServer) change() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changes++
	for _, p := range s.programs {
		p.Send(wishNews(s.changes))
	}
	return nil
}

func (s *wishServer) end() error {
	s.mu.Lock()
	for _, p := range s.programs {
		p.Quit()
		p.Wait()
	}
	s.mu.Unlock()
	err := s.server.Close()
	s.serving.Wait()
	return err
}

// wishNews is a number that a page shows.
type wishNews int

// wishPage is a page with a number in it.
type wishPage struct {
	text string
	n    wishNews
}

// Init does nothing.
func (p *wishPage) Init() tea.Cmd { return nil }

// Update takes the number.
func (p *wishPage) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if n, is := msg.(wishNews); is {
		p.n = n
	}
	return p, nil
}

// View shows it in a line of Chinese.
func (p *wishPage) View() tea.View {
	lines := strings.Split(p.text, "\n")
	lines[min(3, len(lines)-1)] = fmt.Sprintf("  还没有开始。应到 1000，实到 %d，缺席 %d。", p.n, 1000-p.n)
	v := tea.NewView(strings.Join(lines, "\n"))
	v.AltScreen = true
	return v
}
