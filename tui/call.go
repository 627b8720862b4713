package tui

import (
	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// A call is what the meeting begins to want of a member in person: that they
// speak, or rate themself. Whoever is on a page of their own then, such as a
// text that they write, would not see it: a line there says so.

// call returns what a person is called to do, "" for nothing.
func call(s *meeting.State, who meeting.MemberID) string {
	_, rests := s.Resting()
	switch {
	case s.Phase != meeting.Live, rests:
		return ""
	case s.Floor.Speaker == who:
		return string(s.Floor.For)
	case at(s, preset.SelfRating) && selfRatingView.wanted(chinese, s, who) != "":
		return preset.SelfRating
	}
	return ""
}

// heed notes which call a person has seen, on the page to which the meeting led
// them.
func (a *App) heed() {
	if now := call(a.s, a.Who); len(a.layers) == 1 || now == "" {
		a.heeded = now
	}
}

// called returns the call that a person may not have seen, "" if there is none.
func (a *App) called() string {
	if now := call(a.s, a.Who); a.place == placeFollow && now != a.heeded {
		return now
	}
	return ""
}

// sayCalled says that somebody is called while they are on a page of their own.
func (a *App) sayCalled(speak, rate phrase) string {
	switch a.called() {
	case "":
		return ""
	case preset.SelfRating:
		return rate.of()
	}
	return speak.of(a.words.timing(a.s.Floor, a.Room.Now()))
}

// calling is the line that says it, at the foot of the page. Tab puts down a text
// that is being written.
func (a *App) calling() []block {
	speak, rate := a.words.Call.Speak, a.words.Call.Rate
	if w, is := a.top().(*write); is && w.putsDown(a) {
		speak, rate = a.words.Call.SpeakDown, a.words.Call.RateDown
	}
	text := a.sayCalled(speak, rate)
	if text == "" {
		return nil
	}
	return []block{paragraph{spans: []draw.Span{{Text: text, Tone: draw.Warn}}}}
}
