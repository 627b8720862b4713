package meeting_test

import (
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestTheFacilitatorPutsASentenceOnTheWallAndTakesItDown(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m05", meeting.Say{Text: "x"}, meeting.ConsoleOnly)
	h.Refused("m03", meeting.Say{Text: strings.Repeat("长", 61)}, meeting.TextTooLong, "61", "60")
	h.Refused("m03", meeting.Say{Text: "两行\n"}, meeting.ControlCharacters)
	h.Does("m03", meeting.Say{Text: "请把手机静音"})
	same(t, "placard", h.State().Wall().Placard.Text, "请把手机静音")
	n := h.State().Chronicle.Len()
	h.Does("m03", meeting.Say{Text: "请把手机静音"})
	same(t, "facts for the same sentence", h.State().Chronicle.Len(), n)
	h.Does("m03", meeting.Say{})
	same(t, "placard", h.State().Placard, meeting.Placard{})
	h.Does("m03", meeting.Say{Text: "请签到"}, meeting.Next{})
	same(t, "placard at the next item", h.State().Placard.Hangs(), false)
}

func TestTheClockStandsStillInABreak(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Does("m03", meeting.GiveFloor{ID: "m05"})
	h.room.Later(time.Minute)
	h.Does("m03", meeting.Say{Text: "十点继续", Break: true})
	spent := h.State().Floor.Elapsed(h.room.Now())
	h.room.Later(10 * time.Minute)
	same(t, "spent after the break", h.State().Floor.Elapsed(h.room.Now()), spent)
	same(t, "next step", meeting.NextStep(h.State()), meeting.Step{Act: meeting.ActSay, Do: meeting.Say{}, Confirm: true})
	h.Does("m03", meeting.NextStep(h.State()).Do)
	same(t, "break, paused", []bool{h.State().Placard.Break, h.State().Floor.Paused}, []bool{false, false})
	h.Does("m03", meeting.PauseClock{}, meeting.Say{Break: true}, meeting.Say{})
	same(t, "a clock that stood still before", h.State().Floor.Paused, true)
}
