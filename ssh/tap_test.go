package ssh

import (
	"context"
	"fmt"
	"math"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
)

// tap notes what a neighbour on the network sees of one end of a connection:
// how long each packet is that it sends.
type tap struct {
	mu   sync.Mutex
	sent []int // in bytes
}

// take returns the packets since the last take.
func (t *tap) take() []int {
	t.mu.Lock()
	defer t.mu.Unlock()
	sent := t.sent
	t.sent = nil
	return sent
}

// tapped is a listener whose connections are tapped.
type tapped struct {
	net.Listener
	tap *tap
}

func (l tapped) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &tappedConn{c, l.tap}, nil
}

type tappedConn struct {
	net.Conn
	tap *tap
}

func (c *tappedConn) Write(p []byte) (int, error) {
	c.tap.mu.Lock()
	c.tap.sent = append(c.tap.sent, len(p))
	c.tap.mu.Unlock()
	return c.Conn.Write(p)
}

// telltale is a room that leaks: once somebody has chosen 优秀 it says that its
// screens are behind, and counts that ballot very often.
type telltale struct {
	Room
	leaks bool
	ahead chan struct{} // a choice has been prepared

	mu   *sync.Mutex
	told *bool
}

func (r telltale) Prepare(who meeting.MemberID, c meeting.Choices, whole bool) {
	r.Room.Prepare(who, c, whole)
	r.hears(c)
	r.ahead <- struct{}{}
}

func (r telltale) hears(c meeting.Choices) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, g := range c.Grades {
		*r.told = *r.told || r.leaks && g == "优秀"
	}
}

func (r telltale) CastOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	receipt, err := r.Room.CastOnce(ctx, id, who, c)
	r.hears(c)
	r.mu.Lock()
	defer r.mu.Unlock()
	if *r.told {
		receipt.Times += math.MaxInt / 2 // more than one block of the cipher
	}
	return receipt, err
}

func (r telltale) Stale() (time.Time, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if *r.told {
		return r.Now(), fmt.Errorf("优秀")
	}
	return r.Room.Stale()
}

// watched is a house with an open box, a stopped clock and a tap, whose room
// may leak.
func watched(t *testing.T, leaks bool) (*house, telltale) {
	t.Helper()
	room := telltale{leaks: leaks, ahead: make(chan struct{}, 1), mu: &sync.Mutex{}, told: new(bool)}
	h := newHouse(t, 6, stopTheClock, func(c *Config) {
		halls := c.Halls
		c.Halls = func(ctx context.Context) ([]Room, error) {
			rooms, err := halls(ctx)
			if err == nil {
				one := room
				one.Room = rooms[0]
				rooms = []Room{one}
			}
			return rooms, err
		}
	})
	h.toOpenBox()
	return h, room
}

// A door is a way to fill in a ballot. enter brings m04 to the first page.
// key types one key, waits for all that is sent for it, and returns that.
type door struct {
	enter func(h *house) *hearing
	key   func(s *hearing, key string) string
	back  string // leads to the page before
}

// screenDoor is a terminal of a size.
func screenDoor(width, height int, first string) door {
	return door{
		enter: func(h *house) *hearing {
			s := h.terminal(h.dial("m04"), width, height)
			s.sees("开始填测评票")
			s.sends("\r").sees(first)
			s.frame()
			return &hearing{screen: s}
		},
		key:  func(s *hearing, key string) string { return s.sends(key).frame() },
		back: "b",
	}
}

// plainDoor is the screen line by line, on a kind of terminal.
func plainDoor(term, end string) door {
	return door{
		enter: func(h *house) *hearing {
			return h.plainly(h.dial("m04"), term, "").hears("请输入：空行 开始").types(end).hears("第 1 / 6 页", "请输入：")
		},
		key: func(s *hearing, key string) string {
			before := len(s.text())
			s.types(key + end).hears("请输入：")
			return s.text()[before:]
		},
		back: "b",
	}
}

// pageDoor is the screen as data, so many cells wide.
func pageDoor(columns int) door {
	return door{
		enter: func(h *house) *hearing {
			m := h.plainly(h.dial("m04"), "", "page").hears("开始填测评票", "\n").types(fmt.Sprintf("{\"columns\":%d}\n", columns)).hears("\n")
			return m.taps(`"pick":0`).hears(`"chosen":0`, "\n")
		},
		key: func(s *hearing, key string) string {
			before := len(s.text())
			digit, is := strconv.Atoi(key)
			switch {
			case is != nil || columns >= 100:
				s.taps(`"key":"` + key + `"`)
			default:
				s.taps(fmt.Sprintf(`"pick":%d`, (digit+4)%5))
			}
			s.hears("\n")
			return s.text()[before:]
		},
		back: "b",
	}
}

// boothDoor is a shared terminal.
func boothDoor() door {
	d := screenDoor(80, 24, "第 1 / 6 页")
	d.enter = func(h *house) *hearing {
		h.t.Helper()
		c, err := h.try(&login{user: "booth"})
		if err != nil {
			h.t.Fatal(err)
		}
		h.t.Cleanup(func() { c.Close() })
		s := h.terminal(c, 80, 24)
		s.sees("入会码")
		s.sends(h.codes["m04"] + "\r").sees("开始填测评票")
		h.later(time.Second) // keys count again
		catchBreath()
		s.sends("\r").sees("第 1 / 6 页")
		s.frame()
		return &hearing{screen: s}
	}
	return d
}

var doors = map[string]door{
	"page":            screenDoor(80, 24, "第 1 / 6 页"),
	"phone":           screenDoor(40, 20, "第 1 / 6 页"),
	"table":           screenDoor(120, 40, "已填 0 / 6"),
	"booth":           boothDoor(),
	"data":            pageDoor(56),
	"data of a table": pageDoor(120),
	"plain":           plainDoor("", "\n"),
	"dumb":            plainDoor("dumb", "\r"),
}

// overheard is what a neighbour sees after each key of somebody who fills in a
// ballot through a door: every choice, every second one changed at once, then
// the overview, the choices looked at, and all pages again.
func overheard(t *testing.T, d door, row [6]int, leaks bool) (packets []string) {
	t.Helper()
	h, room := watched(t, leaks)
	s := d.enter(h)
	press := func(key string) {
		h.later(time.Second) // the same key again is another
		h.tap.take()
		said := d.key(s, key)
		packets = append(packets, fmt.Sprintf("%d bytes in packets of %d", len(said), h.tap.take()))
	}
	for i, g := range row {
		if i%2 == 1 {
			press(fmt.Sprint((g + 1) % 5))
			<-room.ahead
			press(d.back)
		}
		press(fmt.Sprint(g))
		<-room.ahead
	}
	press("v")
	for range row {
		press(d.back)
	}
	return packets
}

// Through every door, after every key, the server sends as many packets of the
// same lengths whatever is chosen.
func TestPacketsDoNotTellTheChoice(t *testing.T) {
	for name, d := range doors {
		t.Run(name, func(t *testing.T) {
			want := overheard(t, d, grades(0), false)
			for turn := 1; turn < 5; turn++ {
				got := overheard(t, d, grades(turn), false)
				for i := range want {
					if got[i] != want[i] {
						t.Errorf("after key %d %s are sent, and %s after other choices", i+1, got[i], want[i])
					}
				}
			}
			all := [6]int{1, 1, 1, 1, 1, 1} // the control
			none := [6]int{2, 2, 2, 2, 2, 2}
			if strings.Join(overheard(t, d, all, true), "") == strings.Join(overheard(t, d, none, true), "") {
				t.Error("the test would not see a leak")
			}
		})
	}
}

// asDigits is a slip as the help of vote wants it: every subject, in digits.
func asDigits(row [6]int) string {
	var cells []string
	for i, g := range row {
		cells = append(cells, fmt.Sprintf("%q:%d", id(i+1), g))
	}
	return "{" + strings.Join(cells, ",") + "}"
}

// withComments adds comments to a slip.
func withComments(slip string, texts ...string) string {
	var cells []string
	for i, text := range texts {
		cells = append(cells, fmt.Sprintf("%q:%q", id(i+1), text))
	}
	return strings.TrimSuffix(slip, "}") + `,"remarks":{` + strings.Join(cells, ",") + "}}"
}

// padded is a slip as the help of vote pads one with comments.
func padded(slip string) string {
	return fmt.Sprintf("%-*s", 8192-len(slip)+utf8.RuneCountInString(slip), slip)
}

// voting is what a neighbour sees of the word vote: the packets of the client
// and of the server, each direction sorted, because the two overtake each other.
func (h *house) voting(who meeting.MemberID, slip string) (client, server string) {
	h.t.Helper()
	raw, err := net.Dial("tcp", h.server.Addr().String())
	if err != nil {
		h.t.Fatal(err)
	}
	var own tap
	conn, chans, reqs, err := gossh.NewClientConn(&tappedConn{raw, &own}, "", &gossh.ClientConfig{
		User: "x", Auth: []gossh.AuthMethod{gossh.Password(h.codes[who])},
		HostKeyCallback: gossh.FixedHostKey(h.server.config.HostKey.PublicKey()),
	})
	if err != nil {
		h.t.Fatal(err)
	}
	c := gossh.NewClient(conn, chans, reqs)
	defer c.Close()
	h.saysOn(c, "whoami", "") // what belongs to logging in is over
	own.take()
	h.tap.take()
	if a := h.saysOn(c, "vote", slip); a.exit != exitOK {
		h.t.Fatal(a)
	}
	return fmt.Sprint(slices.Sorted(slices.Values(own.take()))), fmt.Sprint(slices.Sorted(slices.Values(h.tap.take())))
}

// A ballot in digits, and one that is padded, is sent and answered in packets of
// the same lengths whatever it says.
func TestTheWordVoteDoesNotTellTheChoice(t *testing.T) {
	h, _ := watched(t, false)
	same := func(slips ...string) (client, server bool) {
		t.Helper()
		wantClient, wantServer := h.voting(id(1), slips[0])
		client, server = true, true
		for i, slip := range slips[1:] {
			c, s := h.voting(id(i+2), slip)
			client, server = client && c == wantClient, server && s == wantServer
		}
		return client, server
	}
	var digits, names []string
	for turn := range 5 {
		digits, names = append(digits, asDigits(grades(turn))), append(names, asText(grades(turn)))
	}
	digits = append(digits, asDigits([6]int{})) // nothing but 弃权
	if client, server := same(digits...); !client || !server {
		t.Error("digits tell the choice")
	}
	long, short := withComments(digits[0], strings.Repeat("学", 200), "多联系群众"), withComments(digits[1], "好")
	if client, server := same(padded(long), padded(short), padded(digits[2])); !client || !server {
		t.Error("padded ballots tell whether there are comments")
	}
	// The controls: grades by name, comments that are not padded, and a room that leaks.
	if client, server := same(names...); client || !server {
		t.Error("the test would not see what the client tells by names of grades")
	}
	if client, _ := same(long, short); client {
		t.Error("the test would not see what the client tells by comments")
	}
	h, _ = watched(t, true)
	if _, server := same(asDigits([6]int{2, 2, 2, 2, 2, 2}), asDigits([6]int{1, 1, 1, 1, 1, 1})); server {
		t.Error("the test would not see what the server tells")
	}
}
