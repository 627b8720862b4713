package tui

import (
	"fmt"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// place is the screen to which the meeting leads somebody.
type place string

const (
	placeStranger  place = "stranger" // nobody of this branch
	placeBooth     place = "booth"    // a shared terminal that nobody uses now
	placeProjector place = "stage"    // the projector
	placeConsole   place = "console"
	placeFollow    place = "follow" // what happens, and what is wanted of me
	placeSeal      place = "seal"
	placeBallot    place = "ballot"
	placeUnseal    place = "unseal"
	placeRating    place = "rating"
	placeClosing   place = "closing"
	placeBranches  place = "branches" // the superior's table of all branches
	placeBranch    place = "branch"   // a branch that the superior has opened
)

// placeFor returns the screen that a person sees. With own a console sees the
// screen of the member who sits at it. It is pure.
func placeFor(s *meeting.State, who meeting.MemberID, own bool) place {
	seats := s.Seats(who)
	may := func(act meeting.Action) bool { return meeting.May(s, who, act) == nil }
	opens := func() bool {
		no := meeting.May(s, who, meeting.ActUnseal)
		return no == nil || codeOf(no) == meeting.SlipsMissing
	}
	switch {
	case slices.Contains(seats, meeting.SeatProjector):
		return placeProjector
	case len(seats) == 0:
		return placeStranger
	case slices.Contains(seats, meeting.SeatSuperior) && s.Rules == nil:
		return placeBranches
	case slices.Contains(seats, meeting.SeatSuperior):
		return placeBranch
	case slices.Contains(seats, meeting.SeatBooth):
		return placeBooth
	case slices.Contains(seats, meeting.SeatConsole) && !own:
		return placeConsole
	case opens():
		return placeUnseal
	case s.Phase == meeting.After:
		return placeClosing
	case may(meeting.ActSeal):
		return placeSeal
	case may(meeting.ActVote):
		return placeBallot
	case may(meeting.ActRate):
		return placeRating
	}
	return placeFollow
}

// scene identifies what a key would mean on a screen now. When it changes by itself,
// a key that is on its way was meant for something else. The zero value is no scene.
type scene struct {
	at      place
	rests   bool
	unread  bool
	notice  int // the version of the notice that was sent
	phase   meeting.Phase
	item    int
	subject meeting.MemberID
	part    meeting.RoundPart
	vote    int
	box     meeting.BoxState
	speaks  bool
	present bool
	told    bool
	step    meeting.Action // on the console, like what follows
	of      string
	speaker meeting.MemberID
	coarser string
}

// sceneOf returns the scene of somebody on a screen. It is pure.
func sceneOf(s *meeting.State, who meeting.MemberID, at place) scene {
	round, _ := s.Round(s.Subject)
	told := s.Hearings.Has(who)
	_, rests := s.Resting()
	notice, unread := newNotice(s, who)
	now := scene{
		at: at, rests: rests, unread: unread, notice: notice.Rev, phase: s.Phase, item: s.Current, subject: s.Subject, part: round.Part,
		speaks: s.Floor.Speaker == who, present: s.Attendance.Of(who).Present, told: told, box: meeting.BoxNone,
	}
	if v := s.Vote(); v != nil {
		now.box, now.vote = v.State, v.No
	}
	if at == placeConsole {
		step := meeting.NextStep(s)
		now.step, now.of, now.speaker, now.coarser = step.Act, fmt.Sprint(step.Who), s.Floor.Speaker, s.Coarser
	}
	return now
}

// base returns the bottom layer of the screen to which the meeting has led this
// person.
func (a *App) base() layer {
	switch a.place {
	case placeProjector:
		return &projector{}
	case placeConsole:
		return &console{}
	case placeSeal:
		return a.words.sealing()
	case placeUnseal:
		return opening()
	case placeBallot:
		return &voting{}
	case placeRating:
		return &ratingTable{}
	case placeClosing:
		return closing()
	case placeBranches:
		return newBranchTable(a)
	case placeBranch:
		return newBranchPage()
	case placeBooth:
		return a.door()
	case placeStranger:
		return stranger()
	}
	_, unread := newNotice(a.s, a.Who)
	return following(unread || speaksFrom(a.s, a.Who))
}

// at reports whether the open item is of a kind.
func at(s *meeting.State, kind string) bool {
	it, ok := s.Item()
	return ok && it.Kind == kind
}

// mine reports whether the person at a console has something to do that the
// meeting waits for.
func mine(s *meeting.State, who meeting.MemberID) bool {
	switch placeFor(s, who, true) {
	case placeSeal, placeUnseal:
		return true
	case placeBallot:
		_, voted := ballotOf(s, who)
		return !voted
	}
	return at(s, preset.SelfRating) && slices.Contains(s.Unrated(), who)
}
