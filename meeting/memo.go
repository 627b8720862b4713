package meeting

import (
	"sync"
	"sync/atomic"
)

// What is asked of a state is worked out when it is asked for the first time, and
// once: what costs a walk over the roster, the rounds or the records is a walk for
// each state, and not for each person who looks at it.

// memo keeps the answers of one state. A copy of the state carries the memo of the
// state that it was copied from, which does not count for it: somebody may be
// changing the copy, and what it is asked is worked out each time. [Apply] gives
// every state a memo of its own.
type memo struct {
	of       *State
	answers  atomic.Pointer[answers] // nil: nothing was asked yet
	followed atomic.Bool             // a state has followed: [State.follows]
}

// remembering returns s with an empty memo. Nothing changes s any more.
func remembering(s *State) *State {
	s.memo = &memo{of: s}
	return s
}

// answers are all that a state may be asked, each worked out once. Who asks gets
// what everybody gets, and changes none of it.
type answers struct {
	wall answer[*State]

	// who is there
	roll         answer[Roll]
	unexplained  answer[[]MemberID]
	participants answer[[]MemberID]
	invited      answer[[]MemberID]
	groups       answer[[]PartyGroup]
	voters       [2]answer[[]MemberID] // in the order of [Channels]

	// who has done what
	rounds     answer[map[MemberID]int]
	unheard    answer[[]MemberID]
	unreviewed answer[[]MemberID]
	silent     answer[[]MemberID]
	toCome     answer[[]MemberID]
	next       answer[MemberID]
	openings   answer[[]opening]
	speeches   answer[[]NumberedSpeech]
	authors    answer[map[MemberID][]NumberedSpeech]
	spoken     answer[map[MemberID]SpeakingTime]
	unrated    answer[[]MemberID]
	toGrade    answer[[]MemberID]
	ungraded   answer[[]MemberID]
	untold     answer[[]MemberID]

	alike     answer[map[string][]MemberID] // subjects by the name that the ballots have
	questions answer[map[MemberID]int]
	byVotes   answer[[]MemberID]
	excellent answer[[]MemberID]

	rated    answer[Map[MemberID, Rating]]
	approval answer[string]
	days     answer[map[StepName]stepDay]

	studies answer[[]Study]
	studied answer[map[MemberID]StudyTime]

	tasks answer[[]taskRow]
	talks answer[map[pair][]hadTalk]
	pairs answer[[]TalkPair]
	sides answer[map[MemberID][]TalkPair]
	lines answer[map[MemberID][]LedgerLine]
	forms sync.Map // of FormName: *answer[[]Record]
	steps sync.Map // of MemberID: *answer[Undoing]
}

// voteMemo keeps the answers of one vote, as memo does those of a state.
type voteMemo struct {
	of          *Vote
	missing     answer[[]MemberID]
	unconfirmed answer[[]MemberID]
	board       answer[[]string]
}

// remembering returns v with an empty memo. Nothing changes v any more.
func (v *Vote) remembering() *Vote {
	v.memo = &voteMemo{of: v}
	return v
}

// onceOf returns an answer of a vote: the one that is kept, or what work makes of
// the vote.
func onceOf[T any](v *Vote, which func(*voteMemo) *answer[T], work func() T) T {
	if v.memo != nil && v.memo.of == v {
		return which(v.memo).get(work)
	}
	return work()
}

// answer is one answer.
type answer[T any] struct {
	once sync.Once
	is   T
}

func (a *answer[T]) get(work func() T) T {
	a.once.Do(func() { a.is = work() })
	return a.is
}

// asked returns where the answers of a state are kept; nil for a copy, which keeps
// none.
func (s *State) asked() *answers {
	m := s.memo
	if m == nil || m.of != s {
		return nil
	}
	if a := m.answers.Load(); a != nil {
		return a
	}
	m.answers.CompareAndSwap(nil, new(answers))
	return m.answers.Load()
}

// once returns an answer of a state: the one that is kept, or what work makes of
// the state.
func once[T any](s *State, which func(*answers) *answer[T], work func(*State) T) T {
	if a := s.asked(); a != nil {
		return which(a).get(func() T { return work(s) })
	}
	return work(s)
}
