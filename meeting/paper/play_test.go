package paper_test

import (
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// play is a meeting in memory, and its papers.
type play struct {
	*meetingtest.Meeting
	room *meetingtest.Room
}

// founded begins a branch with a preset, whose rules may be changed before.
func founded(t meetingtest.TB, id string, people []meeting.Member, change func(*preset.Rules)) *play {
	t.Helper()
	room := meetingtest.NewRoom()
	room.Later(-8 * time.Hour) // two in the afternoon in China
	room.Tick = 20 * time.Second
	h := &play{meetingtest.New(t, room), room}
	h.Founds(meetingtest.Rules(t, id, change), people...)
	return h
}

// copy is the same meeting, which goes on by itself.
func (h *play) copy() *play {
	room := h.room.Copy()
	return &play{meetingtest.New(h.T, room), room}
}

const chair meeting.MemberID = "m01"

var id = meetingtest.ID

// members are n party members, the last two of them 预备, with a committee of
// three.
func members(n int) meetingtest.People {
	return meetingtest.Members(n).Post(1, "书记").Post(2, "组织委员").Post(3, "纪检委员").Probationary(2)
}

// branch is those members, a guide and a 群众代表.
func branch(n int) meetingtest.People { return members(n).Guide().Mass(1) }

// facts are those of a printing of the moment.
func (h *play) facts() paper.Facts {
	var head [32]byte
	for i := range head {
		head[i] = byte(i)
	}
	return paper.Facts{Head: head, Seq: 321}
}

// papers are all papers of the moment, by name.
func (h *play) papers() map[string]doc.Document {
	list := map[string]doc.Document{}
	for _, p := range paper.All(h.State(), h.facts()) {
		list[p.Name] = p.Document
	}
	return list
}

// file is a rendered paper.
type file struct {
	Name, Title string
	Bytes       []byte
}

// filesOf are papers in the house's style, in every format or in some.
func filesOf(papers []paper.Paper, formats ...doc.Format) (list []file, err error) {
	for _, e := range paper.Editions(papers, doc.HouseStyle(), formats...) {
		b, err := e.Render()
		if err != nil {
			return nil, err
		}
		list = append(list, file{e.Name, e.Title, b})
	}
	return list, nil
}
