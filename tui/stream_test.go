package tui

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
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
	s := &seat{play: p, who: who}
	s.streamer = newStreamer(Config{Room: p.room, Who: who, Ctx: over, Drafts: p.drafts, Env: p.env, JoinHint: "ssh -p 2222 192.168.1.5", Fingerprints: prints}, &s.out)
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
	answers := make(chan arrival, 10)
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
	p.streamer.send()
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

// smoke
func TestAMeetingByTaps(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	m := p.tapsAs("m05").reads("签到").picks("签到").reads("已签到")
	_ = bytes.MinRead
	_ = fmt.Sprint
	_ = regexp.MustCompile
	_ = preset.Ballot
	fmt.Println(m.out.String())
}
