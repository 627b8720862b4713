package tui

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pingyi/meeting"
)

// tapping is a person to whom pages are sent as data.
type tapper struct{ *seat }

// tapsAs is the browser of a person.
func (p *play) tapsAs(who meeting.MemberID) tapper {
	p.t.Helper()
	if p.seats[who] != nil {
		return tapper{p.seats[who]}
	}
	over, cancel := context.WithCancel(context.Background())
	cancel()
	if p.gallery == nil { // as on a server
		p.gallery = &Gallery{}
	}
	s := &seat{play: p, who: who}
	s.streamer = newStreamer(over, &Config{Room: p.room, Who: who, Drafts: p.drafts, Gallery: p.gallery, Env: p.env, JoinHint: "ssh -p 2222 192.168.1.5", Fingerprints: prints}, &s.out)
	s.app = s.streamer.a
	p.seats[who] = s
	s.run(s.streamer.begin())
	return tapper{s}
}

// lines are the lines that were sent.
func (p tapper) lines() []string {
	return strings.Split(strings.TrimSuffix(p.out.String(), "\n"), "\n")
}

// newest is the page that was sent last.
func (p tapper) newest() (m message) {
	p.t.Helper()
	list := p.lines()
	if err := json.Unmarshal([]byte(list[len(list)-1]), &m); err != nil {
		p.t.Fatalf("%v: %s", err, list[len(list)-1])
	}
	return m
}

// sends sends a line as it is.
func (p tapper) sends(line string) tapper {
	p.t.Helper()
	answers := make(chan *arrival, 10)
	hear(p.t.Context(), strings.NewReader(line+"\n"), answers)
	for h := range answers {
		p.run(p.streamer.take(h))
	}
	p.settle()
	return p
}

// answers gives an answer to the newest page, a second later.
func (p tapper) answers(field string, value any) tapper {
	p.t.Helper()
	p.calm()
	return p.sends(string(encoded(map[string]any{"at": p.newest().At, field: value})))
}

// calm lets a second pass.
func (p tapper) calm() {
	p.room.Later(time.Second)
	p.streamer.again()
}

func (p tapper) pick(n int) tapper        { p.t.Helper(); return p.answers("pick", n) }
func (p tapper) key(name string) tapper   { p.t.Helper(); return p.answers("key", name) }
func (p tapper) text(text string) tapper  { p.t.Helper(); return p.answers("text", text) }
func (p tapper) draft(text string) tapper { p.t.Helper(); return p.answers("draft", text) }

// takes picks the choice whose label holds a text.
func (p tapper) picks(label string) tapper {
	p.t.Helper()
	i := slices.IndexFunc(p.newest().Choices, func(c sentChoice) bool { return strings.Contains(c.Label, label) })
	if i < 0 {
		p.t.Fatalf("%s sees no choice %q but\n%s", p.who, label, p.last())
	}
	return p.pick(i)
}

func (p tapper) last() string {
	list := p.lines()
	return list[len(list)-1]
}

// reads expects texts in the newest page.
func (p tapper) reads(texts ...string) tapper {
	p.t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.last(), text) {
			p.t.Fatalf("%s does not read %q but\n%s", p.who, text, p.last())
		}
	}
	return p
}

func (p tapper) readsNo(texts ...string) tapper {
	p.t.Helper()
	for _, text := range texts {
		if strings.Contains(p.last(), text) {
			p.t.Fatalf("%s reads %q:\n%s", p.who, text, p.last())
		}
	}
	return p
}

// keyNamed finds what would tell somebody to press a key or to type a line.
var keyNamed = regexp.MustCompile(`Enter|\bEsc\b|\bTab\b|PgDn|PgUp|Ctrl|Backspace|空格键|上下键|空行|Up/Down|(按|输入)(下|住)? ?[a-zA-Z0-9]\b|[Pp]ress [a-zA-Z0-9]\b|选 ?[0-9]|选第 ?[0-9] ?行|line [0-9]|\p{Han} ?[a-z]( ?\p{Han}|[，。])|(then|closed,|,) [a-z] (to|and)|⟦[^+-]|⟧[^⟦]*⟧|「。」`)

// sentTexts are all texts of a page.
func sentTexts(t *testing.T, line string) []string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(line), &v); err != nil {
		t.Fatal(err)
	}
	var all []string
	var walk func(name string, v any)
	walk = func(name string, v any) {
		switch v := v.(type) {
		case string:
			if name != "key" && name != "at" && name != "code" {
				all = append(all, v)
			}
		case []any:
			for _, x := range v {
				walk(name, x)
			}
		case map[string]any:
			for k, x := range v {
				walk(k, x)
			}
		}
	}
	walk("", v)
	return all
}

// namesNoKey checks every text of the newest page.
func (p tapper) namesNoKey(what string) {
	p.t.Helper()
	for _, line := range p.lines() {
		for _, text := range sentTexts(p.t.(*testing.T), line) {
			if hit := keyNamed.FindString(text); hit != "" {
				p.t.Errorf("%s: %q in %q", what, hit, text)
			}
		}
	}
}

// comesTapping is a stop as data.
func (s stop) comesTapping(t *testing.T, env []string) tapper {
	p := momentOf(t, s.moment)
	p.env = env
	seat := p.tapsAs(s.who)
	seat.opens(s.keys)
	p.room.Later(time.Minute)
	return seat
}

// No text that is sent names a key, at any moment and on any page that people open,
// in both languages. What a page offers can be tapped, and the times in it run.
func TestNothingThatIsSentNamesAKey(t *testing.T) {
	for _, tongue := range tongues {
		for _, s := range stops() {
			if s.keys == "ctrl+c" {
				continue // which nobody taps
			}
			t.Run(s.name+tongue.suffix, func(t *testing.T) {
				p := s.comesTapping(t, tongue.env)
				p.namesNoKey(s.name)
				seen := p.app.seen()
				if got, want := len(p.newest().Choices), len(rowsOf(&seen)); got != want {
					t.Errorf("%d choices of %d are sent", got, want)
				}
				p.sends(`{"columns":120}`).namesNoKey(s.name)
				placed := 0
				for _, l := range slices.Concat(p.newest().Lines, p.newest().Foot) {
					if l.Choices != nil && l.Choices[0] == placed {
						placed = l.Choices[1]
					}
				}
				if want := len(p.newest().Choices); placed != want {
					t.Errorf("%d choices of %d have a place", placed, want)
				}
			})
		}
	}
}

// chosenIn is the row that is selected on a page.
func chosenIn(p page) int {
	for _, b := range p.body {
		if o, is := b.(options); is {
			return o.at
		}
	}
	return 0
}

// What is tapped leads where the number or the key leads on a screen.
func TestTapsReachWhatKeysReach(t *testing.T) {
	walked := map[string]bool{} // many moments have the same pages
	for _, s := range stops() {
		if s.who == meeting.Booth || s.who == meeting.Screen || strings.Contains(s.keys, "~") || s.keys == "ctrl+c" {
			continue // what is typed is not tapped
		}
		t.Run(s.name, func(t *testing.T) {
			drawn := func() *seat {
				x := tall(momentOf(t, s.moment)).as(s.who).opens(s.keys)
				x.room.Later(time.Minute)
				return x
			}
			m := s.comesTapping(t, nil).newest()
			here := drawn()
			where, of := here.app.seen(), fmt.Sprint(s.who, here.arrives(), m.Keys)
			if walked[of] {
				return
			}
			walked[of] = true
			for i := range m.Choices {
				x, y := drawn(), s.comesTapping(t, nil).pick(i)
				switch kind := where.input.kind; {
				case kind == gradeInput:
					x.press(fmt.Sprint((i + 1) % len(m.Choices)))
				case kind == noInput && strings.Contains(s.name, "query"):
					x.press(append(slices.Repeat([]string{"down"}, i), "enter")...)
				case kind == noInput && where.direct:
					x.press(fmt.Sprint(i + 1))
				case kind == noInput:
					x.press(append(strings.Split(fmt.Sprint(i+1), ""), "enter")...)
				default:
					x.press(append(slices.Repeat([]string{"up"}, chosenIn(where)), slices.Repeat([]string{"down"}, i)...)...)
					if i == len(m.Choices)-1 {
						x.press("enter")
					}
				}
				if x.arrives() != y.arrives() {
					t.Errorf("the choice %q leads to\n%s\nby keys and to\n%s\nby taps", m.Choices[i].Label, x.arrives(), y.arrives())
				}
				y.namesNoKey(m.Choices[i].Label)
			}
			for _, k := range m.Keys {
				if barred := "barred " + k.Key; k.Why != "" {
					if walked[barred] {
						continue
					}
					walked[barred] = true
				}
				x, y := drawn().press(k.Key), s.comesTapping(t, nil).key(k.Key)
				if x.arrives() != y.arrives() {
					t.Errorf("the key %s %q leads to\n%s\npressed and to\n%s\ntapped", k.Key, k.Label, x.arrives(), y.arrives())
				}
				y.namesNoKey(k.Label)
			}
			for _, b := range where.keys { // a key that is not sent is one that chooses, scrolls, writes, or what is asked for help
				if name := b.key(); !slices.ContainsFunc(m.Keys, func(k sentKey) bool { return k.Key == name }) &&
					!slices.ContainsFunc(rowsOf(&where), func(c choice) bool { return c.label == b.label() }) &&
					!slices.Contains(strings.Fields("up 0 1 enter pgdown pgup ? T tab a backspace L"), name) {
					t.Errorf("the key %s %q can't be tapped", name, b.label())
				}
			}
		})
	}
}

func TestAMeetingByTaps(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	wall := p.tapsAs(meeting.Screen).reads(`"kind":"entrance"`, `"text":"0/8"`, "ssh -p 2222 192.168.1.5")
	for _, id := range []meeting.MemberID{"m01", "m02", "m04", "m05", "m06", "m07", "m08", "g1"} {
		p.tapsAs(id).reads("签到").picks("签到").reads("已签到")
	}
	chair := p.tapsAs("m03").reads("先给自己签到").key("enter").reads("下一步")
	wall.calm()
	wall.reads(`"text":"8/8"`)
	chair.key("enter").reads("进入下一项「开场」")

	p = momentOf(t, "criticism-self")
	p.tapsAs("m03").key("v").picks("写自我批评").reads(`"kind":"text"`, `"most":5000`).draft("学习不够").text("学习不够深入。\n联系群众少。").
		reads("你写了 14 个字", "联系群众少。").picks("提交").reads("已提交")
	p = momentOf(t, "criticism-critic")
	p.tapsAs("m02").picks("批评意见").reads(`"kind":"text"`).draft("下基层").draft("下基层少").text("下基层少。").reads("提交").picks("提交").reads("已提交")

	p = momentOf(t, "ballot-open")
	m := p.tapsAs("m05").reads("民主测评", "开始").pick(0).reads(`"radio":true`, "第 1 / 7 页")
	for range 7 {
		m.pick(1)
	}
	m.reads("都填好了", "提交测评票").key("v").reads("合格").picks("提交测评票").reads("提交测评票？").pick(0).reads("测评票已经投进票箱", "回执")
	m.key("c").reads("改投").pick(0).reads(`"radio":true`).key("b").reads("回执")
	p.Does("m03", meeting.CloseBox{Reason: "按预定安排"})
	m.reads("核对")
}

// A page that is sent waits for its turn when something moves for all; what somebody
// answers meanwhile does not.
func TestAPageWaitsForATurnAndAnAnswerDoesNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, "seed-2017", 6)
		p.SignsIn()
		room := &liveRoom{Room: p.room, moved: make(chan struct{}, 1), stopped: make(chan struct{})}
		in, answers := io.Pipe()
		var sent strings.Builder
		turns := make(chan struct{}, 1)
		var reading sync.WaitGroup
		ended := make(chan error, 1)
		go func() {
			ended <- Stream(t.Context(), &Config{Room: room, Who: "m05", Drafts: p.drafts, Turns: turns}, in, &sent, &reading)
		}()
		seen := func() string {
			synctest.Wait()
			text := sent.String()
			sent.Reset()
			return text
		}
		seen()
		turns <- struct{}{} // another session is at work
		p.room.Later(time.Minute)
		if _, err := room.Act(t.Context(), "m03", meeting.Next{}); err != nil {
			t.Fatal(err)
		}
		if text := seen(); text != "" {
			t.Errorf("before its turn it was sent %s", text)
		}
		if _, err := io.WriteString(answers, "?\n"); err != nil {
			t.Fatal(err)
		}
		if text := seen(); text == "" {
			t.Error("an answer waits for the turn")
		}
		<-turns
		if text := seen(); !strings.Contains(text, `"at"`) {
			t.Errorf("in its turn it was sent %q", text)
		}
		if len(turns) > 0 {
			t.Error("it keeps its turn")
		}
		if err := answers.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
		reading.Wait()
	})
}

// Who does not read keeps nobody else waiting.
func TestAPageThatIsNotReadKeepsNoTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlay(t, "seed-2017", 6)
		p.SignsIn()
		room := &liveRoom{Room: p.room, moved: make(chan struct{}, 1), stopped: make(chan struct{})}
		in, answers := io.Pipe()
		pages, sent := io.Pipe()
		turns := make(chan struct{}, 1)
		var reading sync.WaitGroup
		ended := make(chan error, 1)
		go func() {
			ended <- Stream(t.Context(), &Config{Room: room, Who: "m05", Drafts: p.drafts, Turns: turns}, in, sent, &reading)
		}()
		if _, err := bufio.NewReaderSize(pages, 1<<16).ReadString('\n'); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		p.room.Later(time.Minute)
		if _, err := room.Act(t.Context(), "m03", meeting.Next{}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if len(room.moved) > 0 || len(turns) > 0 {
			t.Error("a page that is not read keeps a turn")
		}
		if err := errors.Join(pages.Close(), answers.Close()); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("it ends with %v", err)
		}
		reading.Wait()
	})
}

// A recovery code that is typed is told apart from texts that a browser may keep.
func TestARecoveryCodeThatIsTypedIsSecret(t *testing.T) {
	p := momentOf(t, "ballot-sealing")
	p.tapsAs("m05").picks("显示恢复码").reads(`"secret":true`).picks("抄好了").reads(`"kind":"line"`, `"secret":true`)
	momentOf(t, "criticism-critic").tapsAs("m02").picks("批评意见").reads(`"kind":"text"`).readsNo(`"secret":true`)
}

// Who asks to leave reads what is not handed in, as at a terminal.
func TestAPageSaysWhatIsNotHandedIn(t *testing.T) {
	m := momentOf(t, "ballot-open").tapsAs("m05").readsNo(`"unsent"`).pick(0).readsNo(`"unsent"`).pick(1).reads(`"unsent":"已填 1 项还没有提交`)
	m.key("b").pick(4).reads(`"unsent":"已填 1 项还没有提交`)
}
