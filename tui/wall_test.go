package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// walls are the sizes of a projector's window.
var walls = []struct{ w, h int }{{80, 24}, {120, 40}, {200, 60}}

// heard is the story's counted vote with other ballots in the box, announced as
// a level says: subjects come out as sums say, by grade, best first.
func heard(t testing.TB, level string, sums [][]int) *play {
	t.Helper()
	p := momentOf(t, "tally")
	s := *p.State()
	rules := *s.Rules
	rules.Announce = level
	v, box := *s.Vote(), *s.Vote().Members()
	box.Sums = sums
	v.Boxes = []*meeting.Box{&box}
	s.Rules, s.Votes = &rules, []*meeting.Vote{&v}
	p.room.Becomes(&s)
	p.Does("m03", meeting.Announce{})
	return p
}

// sums are what six ballots say about eight.
var sums = [][]int{{4, 2, 0, 0}, {1, 4, 1, 0}, {5, 1, 0, 0}, {0, 6, 0, 0}, {2, 3, 1, 0}, {0, 3, 2, 1}, {4, 2, 0, 0}, {0, 4, 0, 0}}

// sixty is the announced vote of a branch of sixty. Sixty real ballots about
// sixty would take a minute to seal: their sums are put in by hand.
func sixty(t testing.TB, level string) *play {
	t.Helper()
	p := momentOf(t, "tally")
	s := *p.State()
	rules := *s.Rules
	rules.Announce = level
	v, box := *s.Vote(), *s.Vote().Members()
	s.Roster, s.Attendance = nil, meeting.Map[meeting.MemberID, meeting.Attendance]{}
	s = *meeting.Apply(&s, meeting.Event{At: p.room.Now(), Fact: meeting.RosterImported{People: branchOf(60)}})
	v.Subjects, box.Voters, box.Returned, box.Sums = nil, nil, meeting.Map[meeting.MemberID, meeting.ReturnedBallot]{}, nil
	for i, m := range s.Roster[:60] {
		s.Attendance = s.Attendance.With(m.ID, meeting.Attendance{Present: true, At: p.room.Now()})
		v.Subjects, box.Voters = append(v.Subjects, m.ID), append(box.Voters, m.ID)
		box.Returned = box.Returned.With(m.ID, meeting.ReturnedBallot{})
		box.Sums = append(box.Sums, []int{(i*17 + 5) % 41, 12 + i%5, i % 3, i % 2})
	}
	v.Boxes = []*meeting.Box{&box}
	s.Rules, s.Votes = &rules, []*meeting.Vote{&v}
	p.room.Becomes(&s)
	p.Does("m03", meeting.Announce{})
	return p
}

// scenes are the moments of the story and the announcements, as plays.
func scenes(t testing.TB) map[string]*play {
	t.Helper()
	all := map[string]*play{}
	for _, m := range story() {
		all[m.name] = m.play(t)
	}
	for _, level := range []string{preset.AnnounceNone, preset.AnnounceCounts, preset.AnnounceExcellent, preset.AnnounceFull} {
		all["heard-"+level] = heard(t, level, sums)
		all["sixty-"+level] = sixty(t, level)
	}
	return all
}

func TestTheWallOfAWholeMeeting(t *testing.T) {
	for name, p := range scenes(t) {
		for _, size := range walls {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size.w, size.h), func(t *testing.T) {
				p := &play{t: t, room: p.room, seats: map[meeting.MemberID]*seat{}, drafts: &Drafts{}, width: size.w, height: size.h}
				s := p.as(meeting.Screen)
				golden.RequireEqual(t, s.screen()+"\n")
			})
		}
	}
}

// called is the story's moment at which m05 criticises, under another name.
func called(t testing.TB, name string) *play {
	t.Helper()
	p := momentOf(t, "criticism-critic")
	p.Does("m01", meeting.AskFloor{})
	m, _ := p.State().Member("m05")
	m.Name = name
	p.room.Becomes(meeting.Apply(p.State(), meeting.Event{At: p.room.Now(), Fact: meeting.RosterImported{People: []meeting.Member{m}}}))
	return p
}

// names are of two to eight characters, with a rare one, one that no face has,
// an interpunct, and letters.
var names = map[string]string{
	"two": "王芳", "three": "王小明", "four": "欧阳娜娜", "six": "古丽米热·艾力", "eight": "阿卜杜拉·买买提江",
	"rare": "王赟", "rare-six": "赟·古丽米热", "unknown": "王𠮷", "letters": "John Smith",
}

func TestTheWallOfASpeaker(t *testing.T) {
	for id, name := range names {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s-%dx%d", id, size.w, size.h), func(t *testing.T) {
				p := called(t, name)
				p.width, p.height = size.w, size.h
				golden.RequireEqual(t, p.as(meeting.Screen).screen()+"\n")
			})
		}
	}
}

// A name that can be set fills the wall; below it is the clock.
func TestTheNameOfASpeakerIsHigherThanTheClock(t *testing.T) {
	for _, who := range []string{"王芳", "王小明", "欧阳娜娜", "古丽米热", "王赟"} {
		for _, size := range walls {
			p := called(t, who)
			p.width, p.height = size.w, size.h
			lines := p.as(meeting.Screen).app.drawn.lines
			name, clock := painted(lines, draw.Filled), painted(lines, draw.Late) // they are over time
			if 5*name < 2*size.h || clock < 5 || clock > name/2+2 {
				t.Errorf("%s at %dx%d: %d rows, the clock %d", who, size.w, size.h, name, clock)
			}
		}
	}
}

// painted returns over how many rows cells of a tone stretch.
func painted(lines []draw.Line, tone draw.Tone) int {
	first, last := -1, -2
	for y, l := range lines {
		if slices.ContainsFunc(l, func(s draw.Span) bool { return s.Tone == tone && strings.TrimSpace(s.Text) == "" }) {
			if last = y; first < 0 {
				first = y
			}
		}
	}
	return last - first + 1
}

// Only the clock's rows are sent again while somebody speaks.
func TestASecondOnTheWallRepaintsTheClockAlone(t *testing.T) {
	for _, size := range walls {
		p := called(t, "王小明")
		p.width, p.height, p.env = size.w, size.h, []string{"TERM=xterm-256color"}
		wall := p.as(meeting.Screen)
		for range 70 {
			before := strings.Split(wall.app.View().Content, "\n")
			p.room.Later(time.Second)
			wall.update(tickMsg{})
			rows, sent := 0, 0
			for y, row := range strings.Split(wall.app.View().Content, "\n") {
				if row != before[y] {
					rows, sent = rows+1, sent+len(row)
				}
			}
			if rows == 0 || rows > 16 || sent > 3000 {
				t.Fatalf("at %dx%d a second repaints %d rows, %d bytes", size.w, size.h, rows, sent)
			}
		}
	}
}

func TestTheWallFitsEveryWindow(t *testing.T) {
	for name, p := range scenes(t) {
		s := p.as(meeting.Screen)
		for w := 40; w <= 200; w++ {
			h := 12 + w*7%50 // 12 to 61 rows, in no order
			s.app.words = languages[w%2]
			s.app.Update(tea.WindowSizeMsg{Width: w, Height: h})
			fits(t, s, name, w, h)
		}
	}
}

func TestKeysOnTheWallSayNothing(t *testing.T) {
	wall := momentOf(t, "closing").as(meeting.Screen)
	before := wall.screen()
	for _, key := range []string{"T", "?", "L", "x", "1", "enter", "tab", "esc", "space", "pgdown"} {
		if wall.press(key); wall.screen() != before || wall.app.said.Text != "" {
			t.Errorf("%s on the wall says %q:\n%s", key, wall.app.said.Text, wall.screen())
		}
	}
}

// canary is a word that people write wherever they can write, and that no wall
// may show.
const canary = "金丝雀"

// A wall's App cannot reach more than the wall: neither in the state that it
// holds nor in its room.
func TestTheWallsScreenHoldsNoWholeState(t *testing.T) {
	for name, p := range scenes(t) {
		app := p.as(meeting.Screen).app
		app.Update(movedMsg{})
		for what, s := range map[string]*meeting.State{"state": app.s, "room": app.Room.State()} {
			if s.Wall() != s {
				t.Errorf("%s: the wall's %s knows everything", name, what)
			}
		}
	}
	if s := momentOf(t, "study").as("m05").app.s; s.Wall() == s {
		t.Error("a member has a wall for a state")
	}
}

// singing is a moment at which everybody has written the canary everywhere.
func singing(t testing.TB, m moment) (p *play, secrets []string) {
	p = m.play(t)
	s := *p.State()
	s.Notes = append([]meeting.Note{{Text: canary}}, s.Notes...)
	s.Roster = append([]meeting.Member{}, s.Roster...)
	for i := range s.Roster {
		s.Roster[i].Post, s.Roster[i].Native = canary, canary
	}
	s.Agenda = append([]meeting.Item{}, s.Agenda...)
	for i := range s.Agenda {
		s.Agenda[i].Reason = canary
	}
	for r := range s.Rounds.All() {
		for _, list := range [][]meeting.Speech{r.Own, r.Criticisms, r.Responses} {
			for _, speech := range list {
				secrets = append(secrets, speech.Text)
			}
		}
	}
	for id, r := range s.Ratings.All() {
		r.Reason = canary
		s.Ratings = s.Ratings.With(id, r)
	}
	if v := s.Vote(); v != nil {
		vote := *v
		vote.Reason, vote.Comments = canary, map[meeting.MemberID][]string{"m01": {canary}}
		s.Votes = []*meeting.Vote{&vote}
		secrets = append(secrets, vote.Board()...)
	}
	p.room.Becomes(&s)
	return p, append(secrets, canary)
}

func TestNoWallShowsWhatSomebodyWroteOrAReceipt(t *testing.T) {
	shown := 0
	for _, m := range story() {
		p, secrets := singing(t, m)
		shown += len(secrets)
		for _, size := range walls {
			p.width, p.height = size.w, size.h
			p.seats = map[meeting.MemberID]*seat{}
			wall := p.as(meeting.Screen)
			for _, text := range secrets {
				if text != "" && (strings.Contains(wall.reads(), text) || strings.Contains(wall.reads(), grouped(text))) {
					t.Errorf("the wall shows %q at %s:\n%s", text, m.name, wall.screen())
				}
			}
		}
	}
	if shown < 40 {
		t.Errorf("only %d secrets were looked for", shown)
	}
}

func TestTheCodeOnTheWallLeadsToTheDoor(t *testing.T) {
	for command, want := range map[string]string{
		"ssh -p 2222 192.168.1.5": "SSH://192.168.1.5:2222", "ssh hall": "SSH://HALL:22", "ssh -p 22 a@10.0.0.7": "SSH://10.0.0.7:22",
		"ssh -p 2222 fe80::1": "SSH://[FE80::1]:2222", "ssh -p 2222 localhost": "", "": "", "ssh": "", "telnet host": "",
	} {
		if got := codeOfDoor(command); got != want {
			t.Errorf("%q leads to %q, want %q", command, got, want)
		}
	}
	wide, high := 0, 0
	for _, l := range draw.QrLines("SSH://192.168.1.5:2222", 100, 40) {
		wide, high = l.Width(), high+1
	}
	if wide != 58 || high != 29 { // version 1 with a border of four
		t.Errorf("the code takes %dx%d cells", wide, high)
	}
	if lines := draw.QrLines("SSH://192.168.1.5:2222", 50, 25); len(lines) != 25 {
		t.Errorf("with a narrow border it has %d lines", len(lines))
	}
	if draw.QrLines("SSH://192.168.1.5:2222", 49, 40) != nil {
		t.Error("a code is cut")
	}
}

// While people arrive the wall leads a phone to the page, and says the address for
// whoever types it. The console says it too.
func TestTheWallWhereBrowsersComeIn(t *testing.T) {
	const pin = "nThbg6kXUpJWGl7E1IGOCs"
	for name, link := range map[string]string{
		"address": "http://192.168.1.5:8080/#" + pin, "name": "https://pingyi.chem.example.edu.cn/#" + pin, "here": "http://localhost:8080/#" + pin,
	} {
		for _, size := range walls {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size.w, size.h), func(t *testing.T) {
				p := momentOf(t, "sign-in")
				p.link, p.width, p.height = link, size.w, size.h
				wall := p.as(meeting.Screen)
				if !strings.Contains(wall.screen(), siteOf(link)) || !strings.Contains(wall.screen(), "ssh -p 2222 192.168.1.5") {
					t.Error("nobody can type the address")
				}
				if told := strings.Join(wall.app.seen().wall.plain(chinese), "\n"); !strings.Contains(told, siteOf(link)) {
					t.Errorf("line by line nobody is told the address: %s", told)
				}
				golden.RequireEqual(t, wall.screen()+"\n")
			})
		}
	}
	p := momentOf(t, "before")
	p.link, p.width, p.height = "http://192.168.1.5:8080/#"+pin, 120, 40
	p.as("m03").sees("http://192.168.1.5:8080")
	for link, want := range map[string]string{
		p.link: "HTTP://192.168.1.5:8080/#" + pin, "https://hall.example/#" + pin: "HTTPS://HALL.EXAMPLE/#" + pin, "http://localhost.example/#" + pin: "HTTP://LOCALHOST.EXAMPLE/#" + pin,
		"http://localhost:8080/#" + pin: "", "https://localhost/#" + pin: "",
	} {
		if got := codeOfSite(link); got != want {
			t.Errorf("the code of %s leads to %q", link, got)
		}
	}
	for w := 40; w <= 200; w++ {
		p := momentOf(t, "sign-in")
		p.link = "https://pingyi.chem.example.edu.cn:8443/#" + pin
		p.width, p.height = w, 12+w*7%50
		wall := p.as(meeting.Screen)
		fits(t, wall, "a site", p.width, p.height)
		if !strings.Contains(wall.screen(), wall.app.words.Wall.ScanSite) {
			continue // there is no room for a code
		}
		for _, l := range draw.QrLines(codeOfSite(p.link), 1000, 1000) {
			row := ""
			for _, part := range l {
				mark := " "
				if part.Tone == draw.Ink {
					mark = "#"
				}
				row += strings.Repeat(mark, draw.Cells(part.Text))
			}
			if !strings.Contains(wall.screen(), strings.TrimSpace(row)) {
				t.Fatalf("at %dx%d the code is cut:\n%s", p.width, p.height, wall.screen())
			}
		}
	}
}

func TestALongResultTurnsItsPages(t *testing.T) {
	p := sixty(t, preset.AnnounceFull)
	wall := p.as(meeting.Screen)
	seen := map[string]bool{}
	for range 6 {
		text := wall.sees("/6 页").screen()
		for i := 1; i <= 60; i++ {
			if name := fmt.Sprintf("党员%02d", i); strings.Contains(text, name) {
				seen[name] = true
			}
		}
		if strings.Contains(text, "优秀名额 20 名") {
			seen["the line"] = true
		}
		p.room.Later(wall.app.beat)
		wall.update(tickMsg{})
	}
	if len(seen) != 61 {
		t.Errorf("the pages show %d of 60 people and the line", len(seen))
	}
	if wall.app.beat <= 0 || wall.app.beat > turnEvery {
		t.Errorf("the next page comes after %s", wall.app.beat)
	}
}

// At 20 cells a column a digit is 5 cells wide, a cell from the next.
func TestNumbersSideBySideDoNotRunTogether(t *testing.T) {
	lines := tallies{[]string{"优秀", "合格", "基本合格", "不合格"}, []int{2, 26, 0, 0}}.set(80, 12)
	row := ""
	for _, s := range lines[2] { // the top of the digits, below their names and a gap
		mark := " "
		if s.Tone == draw.Filled {
			mark = "#"
		}
		row += strings.Repeat(mark, draw.Cells(s.Text))
	}
	const want = "" +
		"           ###      " +
		"     ###   ###      " +
		"           ###      " +
		"           ###"
	if strings.TrimRight(row, " ") != want {
		t.Errorf("the numbers stand at\n%q, want\n%q", row, want)
	}
}

// 30 s before the end the wall and the pages warn, and the console's bell rings.
func TestTheLastSecondsOfASpeakerAreSaid(t *testing.T) {
	p := momentOf(t, "criticism-begin")
	p.Does("m03", meeting.GiveFloor{ID: "m05"})
	limit := time.Duration(p.State().Floor.Limit) * time.Second
	wall, chair, member := p.as(meeting.Screen), p.as("m03"), p.as("m02")
	at := func(spent time.Duration) {
		p.room.Later(spent - p.State().Floor.Elapsed(p.room.Now()))
		for _, s := range p.seats {
			s.update(tickMsg{})
		}
	}
	at(limit - 31*time.Second)
	wall.sees("限时").seesNo("还剩")
	chair.seesNo("剩不到 30 秒")
	if chair.app.Rings() != 0 || painted(wall.app.drawn.lines, draw.Late) > 0 {
		t.Error("the warning comes too early")
	}
	at(limit - 30*time.Second)
	wall.sees("还剩 00:30，限时")
	chair.sees("剩不到 30 秒")
	member.sees("剩不到 30 秒")
	at(limit + time.Second)
	wall.sees("已超时 00:01")
	if chair.app.Rings() != 1 || member.app.Rings() != 0 || painted(wall.app.drawn.lines, draw.Late) < 5 {
		t.Errorf("the console's bell rang %d times, a member's %d", chair.app.Rings(), member.app.Rings())
	}
	p.Does("m03", meeting.GiveFloor{ID: "m02"})
	at(limit - 10*time.Second)
	if chair.app.Rings() != 2 {
		t.Errorf("for the next speaker it rings %d times", chair.app.Rings())
	}
}

func TestThePageOfASpeakerSaysWhoIsNextAndHowLateItIs(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	p.Does("m01", meeting.AskFloor{})
	p.Does("m02", meeting.AskFloor{})
	p.Does("m04", meeting.AskFloor{})
	p.as(meeting.Screen).sees("已超时 00:", "限时 02:00", "下一位：党员07", "随后：党员01、党员02").seesNo("党员04")
}

func TestBetweenItemsTheWallSaysWhatComesNext(t *testing.T) {
	p := momentOf(t, "closing")
	p.as(meeting.Screen).sees("表态，小结，散会", "第 14/14 项", "下一项：散会")
	momentOf(t, "ballot-scrutineers").as(meeting.Screen).sees("推选监票人", "下一项：计票")
}

// Codes that are issued while the box is open are told to everybody in the room.
func TestTheWallTellsOfCodesThatWereIssuedDuringTheVote(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.ComesTo(preset.SignIn)
	p.SignsIn()
	p.ComesTo(preset.Ballot)
	codes := func(id meeting.MemberID) {
		p.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{id: "8f14e45f"}})
	}
	p.Sealed(p.State().ProposeScrutineers()...)
	codes("m02")
	p.Opens()
	p.as(meeting.Screen).sees("票箱指纹").seesNo("入会码")
	codes("m06")
	p.as(meeting.Screen).sees("测评期间重发了入会码：党员06").seesNo("党员02")
	p.Casts("m06", 0)
	p.Closes()
	p.as(meeting.Screen).sees("测评期间重发了入会码：党员06")
}
