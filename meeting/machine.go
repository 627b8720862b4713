package meeting

// Machine is the meeting as its log's keeper sees it: [Decide], [Apply],
// [Encode] and [Decode] with the classes as plain names.
type Machine struct{}

// New is [NewState].
func (Machine) New() *State { return NewState() }

// Decide is [Decide].
func (Machine) Decide(s *State, r Request) ([]Event, error) { return Decide(s, r) }

// Apply is [Apply].
func (Machine) Apply(s *State, e Event) *State { return Apply(s, e) }

// Encode is [Encode].
func (Machine) Encode(e Event) (body []byte, class string, blob []byte, err error) {
	body, named, blob, err := Encode(e)
	return body, string(named), blob, err
}

// RequestKey is the id of a request with who asks: an id is good for one person.
func (Machine) RequestKey(r Request) string { return requestKey(r.By, r.ID) }

// EventKey is [Machine.RequestKey] of the request behind an event.
func (Machine) EventKey(e Event) string { return requestKey(e.By, e.ID) }

func requestKey(by MemberID, id RequestID) string {
	if id == "" {
		return ""
	}
	return string(by) + " " + string(id)
}

// Decode is [Decode].
func (Machine) Decode(body, blob []byte) (Event, error) { return Decode(body, blob) }
