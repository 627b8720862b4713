package ssh

import (
	"slices"
	"sync"

	"pingyi/meeting"
)

// What one join code may have open at once.
const (
	sessionsPerLink = 10
	sessionsPerCode = 32
	linksPerCode    = 32
)

// place identifies a person in a branch.
type place struct {
	branch string
	id     meeting.MemberID
}

// account is what limits are counted by: a join code or a device, so that whoever holds an
// old one keeps nobody with the new one out. A projector or booth that was opened
// with a console's code is counted beside that console, and one without a code
// by itself.
type account struct {
	place
	hash string // of the code, or the device's key
}

func (p person) account() account {
	of := account{place{p.branch(), p.id}, p.hash}
	if p.byDevice {
		of.hash = p.device
	}
	return of
}

// seats knows which connections have been admitted, and which sessions are open.
// It is safe for concurrent use.
type seats struct {
	mu       sync.Mutex
	all      map[*session]bool
	here     map[place]int       // sessions of each person
	sessions map[account]int     //
	links    map[account][]*link // that were admitted, the oldest first
	used     map[*link]int       // sessions of each connection
	screens  map[place]*session  // the screen of each member
	logins   uint64              // connections that were admitted
	closing  string              // why nobody is let in any more; "": the server is open
	gone     chan struct{}       // closed when everybody has left a closing server
}

func newSeats() *seats {
	return &seats{
		all: map[*session]bool{}, here: map[place]int{}, sessions: map[account]int{}, links: map[account][]*link{},
		used: map[*link]int{}, screens: map[place]*session{}, gone: make(chan struct{}),
	}
}

// admit gives an authenticated connection a place among those of its code. Where
// there is none, the oldest of them without a session loses its place; it returns
// false if all have one. forget gives the place back, and may be called twice.
func (s *seats) admit(l *link, of account) (forget func(), ok bool) {
	s.mu.Lock()
	idle := (*link)(nil)
	if here := s.links[of]; len(here) >= linksPerCode {
		i := slices.IndexFunc(here, func(l *link) bool { return s.used[l] == 0 })
		if i < 0 {
			s.mu.Unlock()
			return nil, false
		}
		idle = here[i]
		s.links[of] = slices.Delete(here, i, i+1)
	}
	s.links[of] = append(s.links[of], l)
	s.logins++
	s.mu.Unlock()
	if idle != nil {
		_ = idle.Close() // it may be closed already
	}
	return func() { s.forget(l, of) }, true
}

func (s *seats) forget(l *link, of account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.links[of] = slices.DeleteFunc(s.links[of], func(o *link) bool { return o == l }); len(s.links[of]) == 0 {
		delete(s.links, of)
	}
}

// enter lets a session in, or returns why not. leave is called once.
func (s *seats) enter(one *session) (leave func(), no string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing != "" {
		return nil, "The server is closing / " + s.closing
	}
	if s.used[one.link] >= sessionsPerLink || s.sessions[one.account] >= sessionsPerCode {
		return nil, "Too many sessions / 同时打开的会话太多：请先关掉几个。"
	}
	s.count(one, 1)
	s.all[one] = true
	return func() { s.left(one) }, ""
}

// count adds n to what a session is counted among.
func (s *seats) count(one *session, n int) {
	add(s.here, one.at, n)
	add(s.sessions, one.account, n)
	add(s.used, one.link, n)
}

// add adds n to a count, and drops a count of 0.
func add[K comparable](counts map[K]int, of K, n int) {
	if counts[of] += n; counts[of] == 0 {
		delete(counts, of)
	}
}

func (s *seats) left(one *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, one)
	s.count(one, -1)
	if s.screens[one.at] == one {
		delete(s.screens, one.at)
	}
	if s.closing != "" && len(s.all) == 0 {
		close(s.gone)
	}
}

// takeScreen makes one the screen of its member. A phone that lost its line
// must be able to come back, so an older screen gives way and is told; the
// member's other sessions go on. There may be several projectors, and several
// booths of a branch.
func (s *seats) takeScreen(one *session) {
	if meeting.Fixture(one.at.id) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if older := s.screens[one.at]; older != nil {
		older.leave("你已在另一个终端登录，这里退出了。")
	}
	s.screens[one.at] = one
}

// has reports whether somebody has a session open.
func (s *seats) has(at place) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.here[at] > 0
}

// closes reports whether a sentence says that the server closes.
func (s *seats) closes(why string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return why != "" && why == s.closing
}

// close asks everybody to leave and lets nobody in. It is called once.
func (s *seats) close(why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = why
	if len(s.all) == 0 {
		close(s.gone)
	}
	for one := range s.all {
		one.leave(why)
	}
}
