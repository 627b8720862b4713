package store

// maxRecent is the number of requests that a room remembers.
const maxRecent = 4096

// recent remembers the newest requests of a log by their keys, with the events that they led to, so that a request that is sent again is
// not done twice. It is filled from the log alone, so it also knows requests from before a restart and from other servers.
type recent[E any] struct {
	events map[string][]E
	keys   []string // a ring: the oldest is overwritten
	oldest int
}

// add remembers an event under the key of its request. An event without a key is not remembered.
func (m *recent[E]) add(key string, e E) {
	if key == "" {
		return
	}
	if m.events == nil {
		m.events = map[string][]E{}
	}
	if _, known := m.events[key]; !known {
		if len(m.keys) < maxRecent {
			m.keys = append(m.keys, key)
		} else {
			delete(m.events, m.keys[m.oldest])
			m.keys[m.oldest] = key
			m.oldest = (m.oldest + 1) % maxRecent
		}
	}
	m.events[key] = append(m.events[key], e)
}
