package meeting_test

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// late is by how many minutes the open item and the meeting will be late.
func (h *hall) late() []int {
	f := h.State().Forecast(h.room.Now())
	return []int{int(f.Item.Minutes()), int(f.Meeting.Minutes())}
}

// plans gives every item ten minutes, but 批评与自我批评 so many.
func plans(criticism int) func(*preset.Rules) {
	return func(r *preset.Rules) {
		r.Limits = preset.Limits{SelfCriticism: 300, Criticism: 120, Response: 60, Speech: 600}
		for i := range r.Agenda {
			r.Agenda[i].Minutes = 10
			if r.Agenda[i].Kind == preset.Criticism {
				r.Agenda[i].Minutes = criticism
			}
		}
	}
}

// lasts lets time go by.
func (h *hall) lasts(d time.Duration) { h.room.Later(d) }

func TestAnItemThatLastsLongerThanPlannedIsLate(t *testing.T) {
	h := seated(t, "seed-2017", preset.SignIn, plans(200))
	same(t, "at the beginning", h.late(), []int{0, 0})
	h.lasts(9 * time.Minute)
	same(t, "in time", h.late(), []int{0, 0})
	h.lasts(6 * time.Minute)
	same(t, "five minutes over", h.late(), []int{5, 5})
	h.Does("m03", meeting.Next{})
	same(t, "at the next item", h.late(), []int{0, 5})
	h.lasts(time.Minute)
	h.Does("m03", meeting.Next{})
	same(t, "what was left early is won back", h.late(), []int{0, 0})
}

func TestCriticismIsForecastByItsShareThenByThePace(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, plans(60))
	// 15 people by the limits: eight minutes each, two hours. Nobody has shown
	// yet that they need them.
	same(t, "before anybody spoke", h.late()[0], 0)
	h.Does("m03", meeting.Advance{})
	h.lasts(100 * time.Second)
	same(t, "who speaks within their share costs nothing more", h.late()[0], 0)
	h.Does("m03", meeting.Advance{})
	h.lasts(50 * time.Second)
	h.Does("m03", meeting.Advance{})
	h.lasts(20 * time.Second)
	h.Does("m03", meeting.Advance{})
	// the first took about three minutes and a half: fifteen of them are within the hour
	same(t, "at the pace of the first", h.late()[0], 0)
	h.Does("m03", meeting.Advance{})
	h.lasts(time.Hour)
	if late := h.late()[0]; late < 45 || late > 60 {
		t.Errorf("one who spoke for an hour makes the item %d minutes late", late)
	}
}

// One self-criticism is no pace: who speaks for eight minutes, when four are there
// for each, is a few minutes late, and not all fifteen of them.
func TestOneSpeechIsNoPaceForTheForecast(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, plans(60))
	h.Does("m03", meeting.Advance{})
	h.lasts(8 * time.Minute)
	h.Does("m03", meeting.Advance{})
	if late := h.late()[0]; late < 4 || late > 7 {
		t.Errorf("%d minutes late", late)
	}
	h.lasts(2 * time.Minute)
	h.Does("m03", meeting.Advance{}, meeting.Advance{})
	if late := h.late()[0]; late < 80 || late > 110 {
		t.Errorf("at ten minutes a round: %d minutes late", late)
	}
}

func TestWithoutAPlanNothingIsLate(t *testing.T) {
	h := seated(t, "seed-2017", preset.SignIn, func(r *preset.Rules) {
		for i := range r.Agenda {
			r.Agenda[i].Minutes = 0
		}
	})
	h.lasts(10 * time.Hour)
	same(t, "late", h.late(), []int{0, 0})
	same(t, "before the branch is founded", meeting.NewState().Forecast(h.room.Now()), meeting.Forecast{})
}

func TestAnItemThatIsOpenedAgainCountsAllItsTimes(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, plans(60))
	h.lasts(8 * time.Minute)
	h.Does("m03", meeting.Next{})
	h.lasts(time.Hour)
	h.Does("m03", meeting.Back{})
	h.lasts(5 * time.Minute)
	same(t, "late", h.late()[0], 3)
}

func TestSpeakingTimesAreAddedUp(t *testing.T) {
	h := seated(t, "seed-2017", preset.Briefing, nil)
	h.Does("m03", meeting.GiveFloor{ID: "m07"})
	h.lasts(20 * time.Second)
	h.Does("m03", meeting.GiveFloor{ID: "m08"}, meeting.YieldFloor{}, meeting.GiveFloor{ID: "m07"})
	talks := h.State().SpeakingTimes(h.room.Now().Add(5 * time.Second))
	if m07 := talks["m07"]; m07.Times != 2 || m07.Time < 30*time.Second || m07.Time > time.Minute {
		t.Errorf("m07 spoke %d times, %v", m07.Times, m07.Time)
	}
	same(t, "m08", talks["m08"].Times, 1)
	same(t, "m09", talks["m09"], meeting.SpeakingTime{})
}

// What is left is said to everybody, not only what is late.
func TestHowLongTheMeetingStillLasts(t *testing.T) {
	h := seated(t, "seed-2017", preset.SignIn, plans(200))
	left := func() []int {
		item, all := h.State().Left(h.room.Now())
		return []int{int(item.Minutes()), int(all.Minutes())}
	}
	same(t, "at the beginning", left(), []int{10, 330})
	h.lasts(4 * time.Minute)
	same(t, "later", left(), []int{6, 326})
	h.lasts(20 * time.Minute)
	same(t, "over", left(), []int{0, 320})
}
