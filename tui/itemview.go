package tui

import (
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// itemView is what is drawn of the work of an item of a kind. What is nil has
// nothing of its own.
type itemView struct {
	goesOn  func(*flow, *meeting.State)                           // for everybody
	details func(*App, *flow)                                     // the numbers that only the facilitator needs
	onWall  func(*scenery, *Words, *meeting.State, time.Time)     // while nobody speaks
	wanted  func(*Words, *meeting.State, meeting.MemberID) string // of a person; "" is nothing
}

// itemViews are the kinds of items, each with its view in the file of its noun.
var itemViews = map[string]itemView{
	preset.SignIn:        signInView,
	preset.Opening:       {},
	preset.Study:         {},
	preset.LastYear:      {},
	preset.Briefing:      {},
	preset.SelfCheck:     {},
	preset.Criticism:     criticismView,
	preset.Rectification: {},
	preset.SelfRating:    selfRatingView,
	preset.Ballot:        ballotView,
	preset.Tally:         tallyView,
	preset.Rating:        ratingView,
	preset.Remark:        {wanted: guideWanted},
	preset.Closing:       {},
}

// viewOf is the view of the open item.
func viewOf(s *meeting.State) itemView {
	it, _ := s.Item()
	return itemViews[it.Kind]
}
