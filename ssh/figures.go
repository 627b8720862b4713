package ssh

import "maps"

// Figures are numbers of a running server, for whoever watches machines. They tell
// how many come, and nothing of who they are or what they do.
type Figures struct {
	Connections int               // that are open
	Strangers   int               // those of them that have not shown a code
	Sessions    int               // screens, words and transfers at work
	Logins      uint64            // since the start
	Failed      map[string]uint64 // connections that did not become a login since the start, by reason
}

// Figures returns the numbers of this moment.
func (s *Server) Figures() Figures {
	f := Figures{Failed: s.failures.counted()}
	s.hallway.mu.Lock()
	f.Connections, f.Strangers = len(s.hallway.links), s.hallway.waiting
	s.hallway.mu.Unlock()
	s.seats.mu.Lock()
	defer s.seats.mu.Unlock()
	f.Sessions, f.Logins = len(s.seats.all), s.seats.logins
	return f
}

// counted returns how often each reason came.
func (f *failures) counted() map[string]uint64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(f.counts)
}
