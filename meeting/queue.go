package meeting

import "slices"

// ActQueue changes the order of those who wait for the floor.
const ActQueue Action = "queue"

var queueActions = []action{{ActQueue, forConsole, (*State).mayQueue}}

// Why the queue is not changed.
const (
	QueueEmpty Code = "queue-empty"
	NotInQueue Code = "not-in-queue" // name
)

func (s *State) mayQueue(Member) *Refusal {
	return first(s.live(), need(len(s.Floor.Queue) > 0, QueueEmpty))
}

// MoveInQueue puts somebody who waits for the floor at a place in the queue,
// from 1; at place 0 they wait no longer.
type MoveInQueue struct {
	ID MemberID
	To int
}

func (c MoveInQueue) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActQueue); no != nil {
		return nil, no
	}
	n := len(s.Floor.Queue)
	at := slices.Index(s.Floor.Queue, c.ID) + 1
	switch {
	case at == 0:
		return nil, first(s.known(c.ID), refuse(NotInQueue, s.Called(c.ID)))
	case c.To < 0 || c.To > n:
		return nil, refuse(BadNumber, c.To, 0, n)
	case c.To == 0:
		return []Fact{FloorWithdrawn{ID: c.ID}}, nil
	case c.To == at:
		return nil, nil
	}
	return []Fact{QueueMoved(c)}, nil
}

// QueueMoved says that a person who waits for the floor has another place in the
// queue.
type QueueMoved struct {
	ID MemberID `json:"id"`
	To int      `json:"to"` // from 1
}

func (f QueueMoved) apply(s *State, _ Event) {
	queue := slices.DeleteFunc(slices.Clone(s.Floor.Queue), func(id MemberID) bool { return id == f.ID })
	s.Floor.Queue = slices.Insert(queue, max(0, min(f.To-1, len(queue))), f.ID)
}
