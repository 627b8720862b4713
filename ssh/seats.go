package ssh

import (
	"sync"

	"pingyi/meeting"
)

// place identifies a person in a branch.
type place struct {
	branch string
	id     meeting.MemberID
}

// seats knows which sessions are open. It is safe for concurrent use.
type seats struct {
	mu      sync.Mutex
	all     map[*session]bool
	screens map[place]*session // the screen of each member
	closing string             // why nobody is let in any more; "": the server is open
	gone    chan struct{}      // closed when everybody has left a closing server
}

func newSeats() *seats {
	return &seats{all: map[*session]bool{}, screens: map[place]*session{}, gone: make(chan struct{})}
}

// enter lets a session in, or returns why not. leave is called once.
func (s *seats) enter(one *session) (leave func(), no string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing != "" {
		return nil, "The server is closing / " + s.closing
	}
	person, here := 0, 0
	for other := range s.all {
		if other.at == one.at {
			person++
		}
		if other.link == one.link {
			here++
		}
	}
	if here >= sessionsPerLink || person >= sessionsPerPerson {
		return nil, "Too many sessions / 同时打开的会话太多：请先关掉几个。"
	}
	s.all[one] = true
	return func() { s.left(one) }, ""
}

func (s *seats) left(one *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, one)
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
	if one.at.id == meeting.Screen || one.at.id == meeting.Booth {
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
	for one := range s.all {
		if one.at == at {
			return true
		}
	}
	return false
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
