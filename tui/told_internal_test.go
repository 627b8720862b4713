package tui

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// What a meeting does is written once for all browsers that show it alike, while who
// speaks changes and the clock runs: not for another language or width.
func TestWhatIsMovingIsWrittenOnceForAll(t *testing.T) {
	p := newPlay(t, "seed-2017", 6)
	p.SignsIn()
	p.Does("m03", meeting.Next{}, meeting.GiveFloor{ID: "m05"})
	one, two, phone := p.tapsAs("m01").streamer, p.tapsAs("m02").streamer, p.tapsAs("m06").sends(`{"columns":38}`).streamer
	p.env = []string{"LANG=en_US.UTF-8"}
	english := p.tapsAs("m04").streamer
	page := one.steady.m.shared
	for _, c := range []struct {
		what string
		does meeting.Command
	}{
		{"the clock stops", meeting.PauseClock{}},
		{"it goes on", meeting.PauseClock{}},
		{"another speaks", meeting.GiveFloor{ID: "m03"}},
		{"one more speaks", meeting.GiveFloor{ID: "m05"}},
	} {
		was := one.is
		p.Does("m03", c.does)
		p.room.Later(lull)
		for _, s := range []*streamer{one, two, phone, english} {
			if s.waits {
				s.due()
			}
		}
		if one.is == was || one.is != two.is || one.is == phone.is || one.is == english.is {
			t.Errorf("%s: the lines are %p and %p, on a phone %p, in English %p, before %p", c.what, one.is, two.is, phone.is, english.is, was)
		}
		if one.steady.m.shared != page {
			t.Errorf("%s: the page is made anew", c.what)
		}
	}
}

// Two pages of which something else would be sent have two labels, so that nobody is
// sent another's: every part of a page that is sent is named.
func TestALabelNamesAllThatIsSentOfAPage(t *testing.T) {
	p := newPlay(t, "seed-2017", 6)
	p.SignsIn()
	p.Does("m03", meeting.Next{}, meeting.GiveFloor{ID: "m05"})
	p.gallery = &Gallery{}
	a := p.as("m01").app
	rows := func(c choice) []block { return []block{options{rows: []choice{c}, at: -1}} }
	keys := func(b bind) []bind { return []bind{b} }
	base := func() *page {
		one := a.seen()
		one.top, one.body, one.keys = []block{row{{text: "请按⟦z⟧。"}}}, rows(choice{label: "甲"}), keys(on("x", "某事", nil))
		return &one
	}
	said := func(pg *page) (label, string) {
		sees := &tapping{a: a, page: pg, m: &message{addressed: addressed{Lang: a.words.Lang, Who: "党员01"}}, rows: rowsOf(pg)}
		l, ok := sees.label(nil)
		if !ok {
			t.Fatal("the page of a member who listens is nobody else's")
		}
		sees.fill()
		return l, string(encoded(sees.m)) + sees.m.means
	}
	same, sent := said(base())
	if again, _ := said(base()); string(again) != string(same) {
		t.Error("one page has two labels")
	}
	a.missed = p.room.Now().Add(blink)
	if l, other := said(base()); string(l) == string(same) || other == sent {
		t.Error("who has tapped too soon shares the page of who has not")
	}
	a.missed = time.Time{}
	for name, change := range map[string]func(*page){
		"the head":               func(p *page) { p.head = "另一个" },
		"its side":               func(p *page) { p.side = "另一个" },
		"the answer":             func(p *page) { p.said = draw.Span{Text: "好"} },
		"a text":                 func(p *page) { p.body = append(p.body, paragraph{spans: []draw.Span{{Text: "一"}}}) },
		"a tone":                 func(p *page) { p.body = append(p.body, row{{text: "一", tone: draw.Warn}}) },
		"what is above":          func(p *page) { p.top = append(p.top, title{text: "上"}) },
		"what is below":          func(p *page) { p.foot = []block{title{text: "下"}} },
		"what is wrong":          func(p *page) { p.alarm = []block{row{{text: "坏"}}} },
		"a choice's letter":      func(p *page) { p.body = rows(choice{label: "甲", key: "z"}) },
		"whom a choice is about": func(p *page) { p.body = rows(choice{label: "甲", id: "m09"}) },
		"why it is barred":       func(p *page) { p.body = rows(choice{label: "甲", why: "还不行"}) },
		"a key":                  func(p *page) { p.keys = keys(on("y", "某事", nil)) },
		"a key's second name":    func(p *page) { p.keys = keys(on("x z", "某事", nil)) },
		"what a key does":        func(p *page) { p.keys = keys(on("x", "别的", nil)) },
		"what a button is":       func(p *page) { p.keys[0].touch = "别的" },
		"a quiet key":            func(p *page) { p.keys[0].quiet = true },
		"why a key is barred":    func(p *page) { p.keys[0].why = "还不行" },
	} {
		pg := base()
		change(pg)
		l, other := said(pg)
		if string(l) == string(same) || other == sent {
			t.Errorf("%s: the label is the same: %v, what is sent is the same: %v", name, string(l) == string(same), other == sent)
		}
	}
}
