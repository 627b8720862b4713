package tui

import (
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// itemView is what is drawn of the work of a kind of item. A nil field means
// nothing special.
type itemView struct {
	goesOn   func(*flow, *meeting.State)                           // for everybody
	details  func(*App, *flow)                                     // numbers that only the facilitator needs
	longings func(*App) []longing                                  // whom it waits for, for the facilitator; nil: nobody
	onWall   func(*scenery, *Words, *meeting.State, time.Time)     // while nobody speaks
	wanted   func(*Words, *meeting.State, meeting.MemberID) string // what is wanted of a person; "" for nothing
	next     func(*Words, *meeting.State) string                   // what comes next within the item; "" for the next item
	spared   func(*Words, *meeting.State, meeting.MemberID) string // why nothing is wanted of a person of whom others think so; "" for no reason
}

// itemViews has a row for every kind of item; its view stands in the file of
// its noun.
var itemViews = map[string]itemView{
	preset.SignIn:        signInView,
	preset.Opening:       {},
	preset.Study:         {longings: unheard},
	preset.LastYear:      {},
	preset.Briefing:      {},
	preset.SelfCheck:     {longings: unheard},
	preset.Criticism:     criticismView,
	preset.Rectification: rectificationView,
	preset.SelfRating:    selfRatingView,
	preset.Ballot:        ballotView,
	preset.Tally:         tallyView,
	preset.Rating:        ratingView,
	preset.Remark:        remarkView,
	preset.Closing:       {},
}

// viewOf returns the view of the open item.
func viewOf(s *meeting.State) itemView {
	it, _ := s.Item()
	return itemViews[it.Kind]
}
