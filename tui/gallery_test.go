package tui

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// In a gallery every screen is what it is without one, in both languages and at
// every moment of the meeting, whoever saw it first.
func TestAScreenFromTheGalleryIsTheSame(t *testing.T) {
	gallery := &Gallery{}
	for _, tongue := range tongues {
		for _, m := range story() {
			alone, shared := m.play(t), m.play(t)
			alone.env, shared.env, shared.gallery = tongue.env, tongue.env, gallery
			for _, who := range []meeting.MemberID{"m05", "m07", "m02", "m01", "g1", "q1", meeting.Screen, "m05"} {
				want, got := alone.as(who).app, shared.as(who).app
				if got.View().Content != want.View().Content || got.beat != want.beat {
					t.Errorf("%s at %s sees\n%s\nand not\n%s", who, m.name, shared.as(who).screen(), alone.as(who).screen())
				}
			}
		}
	}
}

func TestWhoSeesTheSameHasItDrawnOnce(t *testing.T) {
	p := newPlay(t, "seed-2017", 30)
	p.gallery = &Gallery{}
	p.SignsIn()
	for _, m := range p.State().Roster {
		if m.ID != "m03" {
			p.as(m.ID)
		}
	}
	if n := len(p.gallery.views); n > 3 { // members, a guest, 群众
		t.Errorf("%d screens were drawn for 31 people who see the same", n)
	}
}

// Nothing of a ballot or of a text may be kept where others' screens are.
func TestNothingOfOnePersonHangsInTheGallery(t *testing.T) {
	p := momentOf(t, "ballot-open")
	p.gallery = &Gallery{}
	p.as("m05").press("enter", "1", "enter", "2")
	q := momentOf(t, "criticism-critic")
	q.gallery = p.gallery
	q.as("m02").press("1", "enter").types("到基层少")
	r, u := momentOf(t, "ballot-open"), momentOf(t, "criticism-critic")
	r.gallery, u.gallery = p.gallery, p.gallery
	r.tapsAs("m05").pick(0).pick(1)
	u.tapsAs("m02").pick(0).draft("到基层少")
	var hung []string
	for _, one := range p.gallery.pages {
		hung = append(hung, string(one.rest), fmt.Sprintf("%+v", one.m))
	}
	for _, pic := range p.gallery.views {
		hung = append(hung, pic.texts()...)
	}
	for key, part := range p.gallery.lines {
		hung = append(hung, key, fmt.Sprint(part))
	}
	for key, row := range p.gallery.rows {
		hung = append(hung, key, row.String())
	}
	for key, part := range p.gallery.parts {
		hung = append(hung, fmt.Sprintf("%+v %+v", key, part))
	}
	for _, text := range hung {
		if strings.Contains(text, "> 2 合格") || strings.Contains(text, "到基层少") {
			t.Errorf("it hangs there:\n%s", text)
		}
	}
}

// deeds are what people do in a random meeting; most of it is refused at most times.
func deeds(who meeting.MemberID) []meeting.Command {
	return []meeting.Command{
		meeting.SignIn{},
		meeting.SignIn{},
		meeting.AskFloor{},
		meeting.YieldFloor{},
		meeting.GiveFloor{ID: who},
		meeting.GiveFloor{ID: who},
		meeting.PauseClock{},
		meeting.ExtendClock{Seconds: 60},
		meeting.Next{Reason: "到了"},
		meeting.Next{Reason: "到了"},
		meeting.Back{},
		meeting.RecordAbsence{ID: who, Reason: "病假"},
		meeting.CriticiseSelf{Text: "我"},
		meeting.Criticise{Of: who, Text: "你"},
		meeting.Respond{Text: "改"},
		meeting.RateSelf{Grade: "合格"},
		meeting.AskReading{},
		meeting.Name{ID: who, Seat: meeting.SeatRecorder},
		meetingtest.Writes("outline", 0),
		meetingtest.Writes("notice", 0, "time", "2017-03-20 14:00"),
	}
}

// Whatever happens in a meeting, in whatever order, and while its clocks run: who
// shares what they see with others, on a screen or as data, sees what they would see
// alone, and no page is left over from another moment.
func TestWhoSharesSeesWhatTheyWouldSeeAlone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := newPlay(t, "seed-2017", 6)
		people := []meeting.MemberID{"m01", "m02", "m03", "m04", "m05", "m06", "g1", "q1"}
		gallery := &Gallery{}
		type looker struct {
			shares, alone *App
			told, asks    *streamer // as data: one that is told what is new, and one for whom every page is made anew
			heard, made   *bytes.Buffer
		}
		var lookers []looker
		for _, who := range people {
			c := Config{Room: p.room, Who: who, Ctx: t.Context(), Drafts: p.drafts, Width: 80, Height: 24, Awoken: true}
			with := c
			with.Gallery = gallery
			l := looker{shares: New(with), alone: New(c), heard: &bytes.Buffer{}, made: &bytes.Buffer{}}
			l.told, l.asks = newStreamer(t.Context(), &with, l.heard), newStreamer(t.Context(), &c, l.made)
			l.told.begin()
			l.asks.begin()
			lookers = append(lookers, l)
		}
		look := func(when string) {
			for i, l := range lookers {
				l.alone.render()
				if got, want := l.shares.View(), l.alone.View(); got.Content != want.Content || l.shares.beat != l.alone.beat {
					rt.Fatalf("%s, %s sees\n%s\nand not\n%s", when, people[i], got.Content, want.Content)
				}
				shares, alone := l.shares.seen(), l.alone.seen()
				got, want := encoded(l.shares.messageOf(&shares)), encoded(l.alone.messageOf(&alone))
				if string(got) != string(want) {
					rt.Fatalf("%s, %s is sent\n%s\nand not\n%s", when, people[i], got, want)
				}
				l.asks.again()
				if got, want := standing(l.heard), standing(l.made); got != want {
					rt.Fatalf("%s, %s was sent\n%s\nand not\n%s", when, people[i], got, want)
				}
			}
		}
		for range rapid.IntRange(5, 40).Draw(rt, "steps") {
			who := rapid.SampledFrom(people).Draw(rt, "who")
			does := rapid.SampledFrom(deeds(rapid.SampledFrom(people).Draw(rt, "whom"))).Draw(rt, "does")
			p.room.Later(time.Duration(rapid.IntRange(0, 90_000).Draw(rt, "ms")) * time.Millisecond)
			if _, err := p.room.Act(t.Context(), who, does); err != nil {
				continue
			}
			for _, l := range lookers {
				l.shares.Update(movedMsg{})
				l.alone.Update(movedMsg{})
				l.told.update(movedMsg{})
				l.asks.update(movedMsg{})
			}
			p.room.Later(lull)
			for _, l := range lookers {
				l.shares.Update(tickMsg{})
				if l.told.waits {
					l.told.due()
				}
				l.told.update(tickMsg{})
			}
			look(fmt.Sprintf("after %s has done %#v", who, does))
			p.room.Later(time.Second)
			for _, l := range lookers {
				l.shares.Update(tickMsg{})
				l.told.update(tickMsg{})
			}
			look(fmt.Sprintf("a second after %s has done %#v", who, does))
		}
	})
}

// standing is the line that was sent last, without its session and without the times
// that run at the reader.
func standing(sent *bytes.Buffer) string {
	lines := strings.Split(strings.TrimSpace(sent.String()), "\n")
	return timesThatRun.ReplaceAllString(lines[len(lines)-1], "")
}

var timesThatRun = regexp.MustCompile(`"at":"........|⟦[+-]\d+⟧|"since":\d+`)

// Many sessions on one gallery, at once.
func TestManyShareAtOnce(t *testing.T) {
	p := newPlay(t, "seed-2017", 12)
	p.SignsIn()
	p.Does("m03", meeting.Next{}, meeting.GiveFloor{ID: "m05"})
	gallery := &Gallery{}
	var sessions sync.WaitGroup
	for i := range 12 {
		sessions.Go(func() {
			c := Config{Room: p.room, Who: meeting.MemberID(fmt.Sprintf("m%02d", 1+i)), Ctx: t.Context(), Width: 80, Height: 24, Gallery: gallery, Awoken: true}
			a, told := New(c), newStreamer(t.Context(), &c, &bytes.Buffer{})
			told.begin()
			for j := range 50 {
				a.Update([]tea.Msg{movedMsg{}, tickMsg{}, tea.WindowSizeMsg{Width: 60 + j%3*10, Height: 24}}[j%3])
				for _, r := range a.rows {
					_ = r.String()
				}
				told.update([]tea.Msg{movedMsg{}, tickMsg{}}[j%2])
				told.again()
			}
		})
	}
	sessions.Wait()
}

// texts are the rows of a picture.
func (p *picture) texts() []string {
	var list []string
	for _, r := range p.rows {
		list = append(list, r.String())
	}
	return list
}

// While somebody speaks, a second makes nobody's page anew: only its clock.
func TestASecondOfASpeechMakesNoPage(t *testing.T) {
	p := newPlay(t, "seed-2017", 6)
	p.SignsIn()
	p.Does("m03", meeting.Next{}, meeting.GiveFloor{ID: "m05"})
	p.gallery = &Gallery{}
	s := p.as("m01").sees("00:0")
	m, _ := s.app.top().(*menu)
	says, made := m.say, 0
	m.say = func(a *App, f *flow) { made++; says(a, f) }
	for range 60 {
		p.room.Later(time.Second)
		s.app.Update(tickMsg{})
	}
	if s.sees("01:0"); made > 0 {
		t.Errorf("in a minute the page was made %d times", made)
	}
	p.Does("m03", meeting.YieldFloor{})
	if made == 0 {
		t.Error("what happens is not seen")
	}
}

// A change costs each session as much in a branch of many as in one of few, once the
// first has seen it.
func TestAChangeCostsASessionTheSameInALargeBranch(t *testing.T) {
	cost := func(n int, begun bool) float64 {
		p := newPlay(t, "seed-2017", n)
		p.gallery = &Gallery{}
		if begun {
			p.SignsIn()
			p.Does("m03", meeting.Next{}, meeting.GiveFloor{ID: "m05"})
		}
		first, second := p.as("m07").app, p.as("m08").app
		i := 0
		return testing.AllocsPerRun(20, func() {
			if i++; begun {
				p.room.Happens("m03", meeting.FloorGiven{ID: meeting.MemberID(fmt.Sprintf("m%02d", 1+i%6)), For: meeting.ForSpeech})
			} else {
				p.room.Happens("m01", meeting.SignedIn{ID: meeting.MemberID(fmt.Sprintf("m%02d", 9+i))})
			}
			first.Update(movedMsg{})
			for range 50 {
				second.Update(movedMsg{})
			}
		})
	}
	for _, begun := range []bool{false, true} {
		if few, many := cost(40, begun), cost(400, begun); many > 1.5*few {
			t.Errorf("begun %v: %v allocations in a branch of 40, %v in one of 400", begun, few, many)
		}
	}
}
