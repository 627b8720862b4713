package tui

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// play is a meeting with several seats: each is a whole App, all on one room.
// What its people do as [meetingtest.Meeting] has it, they do elsewhere.
type play struct {
	*meetingtest.Meeting
	t       testing.TB
	room    *meetingtest.Room
	seats   map[meeting.MemberID]*seat
	drafts  *Drafts
	width   int
	height  int
	env     []string // of the terminals
	link    string   // for browsers; "": none come in
	gallery *Gallery
}

func newPlay(t testing.TB, id string, members int) *play {
	t.Helper()
	return playIn(t, newRoom(t, id, branchOf(members)), 80, 24)
}

// playIn is a play in a room, at terminals of a size.
func playIn(t testing.TB, room *meetingtest.Room, width, height int) *play {
	p := &play{t: t, room: room, seats: map[meeting.MemberID]*seat{}, drafts: &Drafts{}, width: width, height: height}
	p.Meeting = meetingtest.New(t, elsewhere{room, p})
	return p
}

// newRoom is a room in memory, whose randomness repeats itself, with a branch
// under the rules of a preset.
func newRoom(t testing.TB, id string, people []meeting.Member) *meetingtest.Room {
	t.Helper()
	return newRoomWith(t, meetingtest.Rules(t, id), people)
}

func newRoomWith(t testing.TB, rules *preset.Rules, people []meeting.Member) *meetingtest.Room {
	t.Helper()
	room := meetingtest.NewRoom()
	room.Urn.Dice = rand.NewChaCha8([32]byte{7})
	meetingtest.New(t, room).Founds(rules, people...)
	return room
}

// copyOf is a room that goes on by itself from here.
func copyOf(room *meetingtest.Room) *meetingtest.Room {
	c := room.Copy()
	c.Urn.Dice = rand.NewChaCha8([32]byte{byte(room.State().Chronicle.Len())})
	return c
}

// branchOf is the usual branch, the last of its n members 预备.
func branchOf(n int) []meeting.Member {
	people := meetingtest.Branch(n, 1)
	people[n].PartyPost = "指导"
	return people
}

// elsewhere is the room for who does something by other means than the terminals
// of a play: these are told.
type elsewhere struct {
	*meetingtest.Room
	play *play
}

// Act lets a second pass before.
func (e elsewhere) Act(ctx context.Context, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	e.Later(time.Second)
	events, err := e.Room.Act(ctx, who, c)
	return events, e.tells(err)
}

func (e elsewhere) Seal(ctx context.Context, who meeting.MemberID, code string) error {
	return e.tells(e.Room.Seal(ctx, who, code))
}

func (e elsewhere) Open(ctx context.Context, who meeting.MemberID, reason string) error {
	return e.tells(e.Room.Open(ctx, who, reason))
}

func (e elsewhere) Cast(ctx context.Context, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	r, err := e.Room.Cast(ctx, who, c)
	return r, e.tells(err)
}

func (e elsewhere) Unseal(ctx context.Context, who meeting.MemberID, code string) error {
	return e.tells(e.Room.Unseal(ctx, who, code))
}

func (e elsewhere) tells(err error) error {
	e.play.settle()
	return err
}

// seat is one person at a terminal.
type seat struct {
	*play
	who  meeting.MemberID
	app  *App
	left bool // the program has quit

	teller   *teller   // told in lines; nil on a screen
	streamer *streamer // sent as data; nil on a screen
	out      bytes.Buffer
}

// prints are the fingerprints of the server's host keys.
var prints = []string{
	"SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
	"ECDSA SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM",
	"RSA SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDnIqkMSRJqbWPLeAU",
}

// as is the terminal of a person; it is opened when it is first named.
func (p *play) as(who meeting.MemberID) *seat {
	p.t.Helper()
	if p.seats[who] == nil {
		over, cancel := context.WithCancel(context.Background())
		cancel() // what waits gives up at once: the play brings the news itself
		s := &seat{play: p, who: who, app: New(Config{
			Room: p.room, Who: who, Ctx: over, Drafts: p.drafts, Width: p.width, Height: p.height, Env: p.env, Gallery: p.gallery,
			JoinHint: "ssh -p 2222 192.168.1.5", WebLink: p.link, WallHint: "pingyi wall --branch b1", Fingerprints: prints,
		})}
		p.seats[who] = s
		s.run(s.app.Init())
	}
	return p.seats[who]
}

// drops ends a person's session without a word; the next as begins a new one.
func (s *seat) drops() { delete(s.seats, s.who) }

func (s *seat) update(msg tea.Msg) {
	if s.teller != nil {
		s.run(s.teller.update(msg))
		return
	}
	if s.streamer != nil {
		s.run(s.streamer.update(msg))
		return
	}
	_, cmd := s.app.Update(msg)
	s.run(cmd)
}

func (s *seat) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			s.run(c)
		}
	case tea.QuitMsg:
		s.left = true
	default:
		s.update(msg)
	}
}

// settle tells every seat that the meeting has moved.
func (p *play) settle() {
	for _, s := range p.seats {
		s.update(movedMsg{})
	}
}

// press presses keys, a second apart; the others see what came of it.
func (s *seat) press(keys ...string) *seat {
	s.t.Helper()
	for _, k := range keys {
		s.room.Later(time.Second)
		s.strike(k)
	}
	return s
}

// strike presses a key at once, before the clock moves.
func (s *seat) strike(k string) *seat {
	s.update(keyPress(k))
	s.settle()
	return s
}

var namedKeys = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "tab": {Code: tea.KeyTab}, "esc": {Code: tea.KeyEscape},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
	"pgdown": {Code: tea.KeyPgDown}, "pgup": {Code: tea.KeyPgUp}, "backspace": {Code: tea.KeyBackspace},
	"home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "delete": {Code: tea.KeyDelete},
	"ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+h": {Code: 'h', Mod: tea.ModCtrl}, "ctrl+j": {Code: 'j', Mod: tea.ModCtrl},
	"keypad 1": {Code: tea.KeyKp1}, "keypad enter": {Code: tea.KeyKpEnter}, "keypad delete": {Code: tea.KeyKpDelete},
}

func keyPress(k string) tea.KeyPressMsg {
	if m, ok := namedKeys[k]; ok {
		return m
	}
	return tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
}

// types writes a text as an input method sends it: all at once.
func (s *seat) types(text string) *seat {
	s.t.Helper()
	s.room.Later(time.Second)
	s.update(tea.KeyPressMsg{Code: tea.KeyExtended, Text: text})
	s.settle()
	return s
}

// screen is what the person sees; filled cells are drawn as #.
func (s *seat) screen() string {
	var rows []string
	if s.app.drawn.lines == nil { // they hang in a gallery
		for _, r := range s.app.rows {
			rows = append(rows, strings.TrimRight(ansi.Strip(r.String()), " "))
		}
	}
	for _, l := range s.app.drawn.lines {
		row := ""
		for _, sp := range l {
			if (sp.Tone == draw.Filled || sp.Tone == draw.Late || sp.Tone == draw.Ink) && strings.TrimSpace(sp.Text) == "" {
				row += strings.Repeat("#", draw.Cells(sp.Text))
			} else {
				row += sp.Text
			}
		}
		rows = append(rows, strings.TrimRight(row, " "))
	}
	return strings.Join(rows, "\n")
}

// reads is the screen without line breaks and the spaces around them.
func (s *seat) reads() string {
	text := ""
	for row := range strings.SplitSeq(s.screen(), "\n") {
		text += strings.TrimSpace(row)
	}
	return text
}

func (s *seat) sees(texts ...string) *seat {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.reads(), strings.ReplaceAll(text, "\n", "")) && !strings.Contains(s.screen(), text) {
			s.t.Fatalf("%s does not see %q but\n%s", s.who, text, s.screen())
		}
	}
	return s
}

func (s *seat) seesNo(texts ...string) *seat {
	s.t.Helper()
	for _, text := range texts {
		if strings.Contains(s.reads(), text) {
			s.t.Fatalf("%s sees %q:\n%s", s.who, text, s.screen())
		}
	}
	return s
}
