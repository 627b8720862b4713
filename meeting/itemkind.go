package meeting

import (
	"time"

	"pingyi/meeting/preset"
)

// itemKind is the work of an item of a kind. What is nil is as with any other.
type itemKind struct {
	check     func(*State, warning)          // what is amiss; nil: nothing
	untouched func(*State) bool              // nothing of the work was done; nil: nobody spoke, and nothing was written down
	step      func(s *State, next Step) Step // what to do next; nil: to go on to the next item
	left      remaining                      // how long it still lasts; nil: as long as planned
}

// remaining is how long an item still lasts that has lasted so long at a moment.
type remaining func(s *State, spent time.Duration, now time.Time) time.Duration

// warning puts a check on the list if it is one, a red one or another.
type warning func(yes, red bool, code Code, args ...any)

// itemKinds are the kinds of items, each with its work in the file of its noun.
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
	preset.Remark:        {},
	preset.Closing:       closingItem,
}
