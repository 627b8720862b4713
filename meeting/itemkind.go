package meeting

import (
	"time"

	"pingyi/meeting/preset"
)

// itemKind is what is special about a kind of item. A nil field means the usual
// behaviour.
type itemKind struct {
	check     func(*State, warning)          // what is amiss; nil: nothing
	untouched func(*State) bool              // nothing of the work was done; nil: nobody spoke, and nothing was written down
	step      func(s *State, next Step) Step // what to do next; nil: to go on to the next item
	left      remaining                      // how long it still lasts; nil: as long as planned
}

// remaining estimates how much longer an item lasts that has been open for
// spent.
type remaining func(s *State, spent time.Duration, now time.Time) time.Duration

// warning adds a check to the list if yes is true.
type warning func(yes, red bool, code Code, args ...any)

// itemKinds has a row for every kind of item; its work stands in the file of
// its noun.
var itemKinds = map[string]itemKind{
	preset.SignIn:        signInItem,
	preset.Opening:       {},
	preset.Study:         {},
	preset.LastYear:      {},
	preset.Briefing:      {},
	preset.SelfCheck:     {},
	preset.Criticism:     criticismItem,
	preset.Rectification: {},
	preset.SelfRating:    selfRatingItem,
	preset.Ballot:        ballotItem,
	preset.Tally:         tallyItem,
	preset.Rating:        ratingItem,
	preset.Remark:        remarkItem,
	preset.Closing:       closingItem,
}
