package tui

import (
	"regexp"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pingyi/meeting"
)

// runningText is a time span as texts have it.
var runningText = regexp.MustCompile(`\d+:\d\d(:\d\d)?`)

func TestTimeSpansAreFoundInAnyText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune(`0059::"，x`))).Draw(rt, "text")
		want := runningText.FindAllStringIndex(text, -1)
		got := spansIn([]byte(text))
		if len(got) != len(want) {
			rt.Fatalf("%v and not %v", got, want)
		}
		for i := range want {
			if got[i] != [2]int(want[i]) {
				rt.Fatalf("%v and not %v", got, want)
			}
		}
	})
}

// Two who listen are sent the same page, which was made once: each with the clock as it
// is when they are sent it, and each their own name.
func TestASharedPageHasTheClockOfItsMoment(t *testing.T) {
	p := newPlay(t, "seed-2017", 6)
	p.SignsIn()
	p.Does("m03", meeting.Next{}, meeting.GiveFloor{ID: "m05"})
	p.room.Later(65 * time.Second)
	one := p.tapsAs("m01").newest()
	p.room.Later(400 * time.Millisecond)
	two := p.tapsAs("m02")
	other := two.newest()
	if one.Clock == nil || one.Clock.Since != 65 || other.Clock == nil || other.Clock.Since != 65 || one.Who != "党员01" || other.Who != "党员02" {
		t.Errorf("%+v and %+v, %q and %q", one.Clock, other.Clock, one.Who, other.Who)
	}
	p.Does("m03", meeting.PauseClock{})
	two.app.Update(movedMsg{})
	two.streamer.send()
	p.room.Later(lull)
	two.streamer.due()
	if c := two.newest().Clock; c == nil || !c.Paused || c.Since != 66 { // whatever happens takes a second
		t.Errorf("the clock that was paused is %+v", c)
	}
	if n := len(p.gallery.pages); n == 0 {
		t.Error("nothing was shared")
	}
}
