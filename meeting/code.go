package meeting

// Code names a reason for a refusal or a check. Every code has a sentence
// where a person reads it; [Codes] lists them all, so that none is forgotten.
type Code string

// The codes. What their arguments are stands behind each.
const (
	AbsentWithoutReason Code = "absent-without-reason" // how many
	AllHeard            Code = "all-heard"
	AlreadyAcknowledged Code = "already-acknowledged"
	AlreadyAnnounced    Code = "already-announced"
	AlreadyCounted      Code = "already-counted"
	AlreadyPruned       Code = "already-pruned"
	AlreadySealed       Code = "already-sealed"
	AlreadySeated       Code = "already-seated" // name
	AlreadySignedIn     Code = "already-signed-in"
	AlreadySubmitted    Code = "already-submitted"
	AlreadyTold         Code = "already-told" // name
	AlreadyUnsealed     Code = "already-unsealed"
	ApprovalMissing     Code = "approval-missing"
	AwayFromVotes       Code = "away-from-votes" // name
	BadBallot           Code = "bad-ballot"
	BadDate             Code = "bad-date" // text
	BadElection         Code = "bad-election"
	BadID               Code = "bad-id"     // id
	BadNumber           Code = "bad-number" // number, least, most
	BadPartial          Code = "bad-partial"
	BadRoster           Code = "bad-roster" // row, column, code of the fault, its arguments
	BadTrustee          Code = "bad-trustee"
	BoardLater          Code = "board-later"
	BoxIsOpen           Code = "box-is-open"
	BoxNotOpen          Code = "box-not-open"
	BranchExists        Code = "branch-exists" // id
	CameAfterOpening    Code = "came-after-opening"
	ChoiceUnknown       Code = "choice-unknown" // subject, the grades
	CodeNotShown        Code = "code-not-shown"
	CodeWrong           Code = "code-wrong"
	CommitteeLine       Code = "committee-line"
	CommitteeOnly       Code = "committee-only"
	CommitteeShort      Code = "committee-short" // committee members in the room, all of them
	ConsoleOnly         Code = "console-only"
	ControlCharacters   Code = "control-characters"
	CriticisesSelf      Code = "criticises-self"
	FeedbackOnly        Code = "feedback-only"
	FirstItem           Code = "first-item"
	HasFloor            Code = "has-floor"    // name
	HoldsBallot         Code = "holds-ballot" // name
	HoldsFloor          Code = "holds-floor"  // name
	InQueue             Code = "in-queue"
	ItemIsOpen          Code = "item-is-open" // title
	ItemsUndone         Code = "items-undone" // how many
	KeeperOnly          Code = "keeper-only"
	KeysLost            Code = "keys-lost"
	LedgerOnly          Code = "ledger-only"
	LineClosed          Code = "line-closed" // number
	MeetingOver         Code = "meeting-over"
	NamedTwice          Code = "named-twice"  // name
	NeedsReason         Code = "needs-reason" // code of the check, its arguments
	NoBallots           Code = "no-ballots"
	NoChair             Code = "no-chair"
	NoFeedback          Code = "no-feedback"
	NoPaper             Code = "no-paper"
	NoQuorum            Code = "no-quorum" // 正式党员 present, expected
	NoRehearsal         Code = "no-rehearsal"
	NoComments          Code = "no-remarks"
	NoScrutineers       Code = "no-scrutineers"
	NoSelfVote          Code = "no-self-vote"
	NoVote              Code = "no-vote"
	NoVoters            Code = "no-voters"
	NoVotingRight       Code = "no-voting-right" // name
	NobodySpeaks        Code = "nobody-speaks"
	NotBegun            Code = "not-begun"
	NotCoarser          Code = "not-coarser"
	NotCountedYet       Code = "not-counted-yet"
	NotFounded          Code = "not-founded"
	NotGraded           Code = "not-graded"    // name
	NotInParty          Code = "not-in-party"  // name
	NotOnBallot         Code = "not-on-ballot" // id
	NotOnRoster         Code = "not-on-roster"
	NotOver             Code = "not-over"
	NotPassed           Code = "not-passed"  // hands for it, 正式党员 expected
	NotPresent          Code = "not-present" // name
	NotSealed           Code = "not-sealed"  // how many are missing
	NotSubmitted        Code = "not-submitted"
	NotVoted            Code = "not-voted"
	NotYourFloor        Code = "not-your-floor"
	NothingToPeek       Code = "nothing-to-peek"
	OnPaperAlready      Code = "on-paper-already" // name
	OverCap             Code = "over-cap"         // cap, base
	PaperDiffers        Code = "paper-differs"
	PaperSums           Code = "paper-sums" // subject, slips
	PapersOnly          Code = "papers-only"
	PartyOnly           Code = "party-only"
	RecorderOnly        Code = "recorder-only"
	RehearsalIsOn       Code = "rehearsal-is-on"
	CommentTooLong      Code = "remark-too-long" // characters, most
	ResultHeld          Code = "result-held"
	ResultLater         Code = "result-later"
	Revealing           Code = "revealing" // subjects unanimous, subjects with a lone grade
	ScrutineerOnly      Code = "scrutineer-only"
	SignInFirst         Code = "sign-in-first"
	SlipsMissing        Code = "slips-missing"
	SomeSilent          Code = "some-silent"     // how many
	SomeUngraded        Code = "some-ungraded"   // how many
	SomeUnheard         Code = "some-unheard"    // how many
	SomeUnrated         Code = "some-unrated"    // how many
	SomeUnreviewed      Code = "some-unreviewed" // how many
	TakesNoPart         Code = "takes-no-part"   // name
	TextMissing         Code = "text-missing"
	TextTooLong         Code = "text-too-long" // characters, most
	TooFewBallots       Code = "too-few"       // ballots returned, least
	TooLateToRehearse   Code = "too-late-to-rehearse"
	TooManyHands        Code = "too-many-hands"   // hands, 正式党员 present
	TooManyComments     Code = "too-many-remarks" // comments, most
	TwoScrutineers      Code = "two-scrutineers"
	UndoBegan           Code = "undo-began"
	UndoByAbsence       Code = "undo-by-absence" // these name what to do instead
	UndoByCall          Code = "undo-by-call"
	UndoByCoarsen       Code = "undo-by-coarsen"
	UndoByElection      Code = "undo-by-election"
	UndoByName          Code = "undo-by-name"
	UndoByNote          Code = "undo-by-note"
	UndoByRating        Code = "undo-by-rating"
	UndoByTurn          Code = "undo-by-turn"
	UndoByYield         Code = "undo-by-yield"
	UndoLater           Code = "undo-later"
	UndoNever           Code = "undo-never"
	UndoNothing         Code = "undo-nothing"
	UnknownAction       Code = "unknown-action"
	UnknownGrade        Code = "unknown-grade"  // word, the grades
	UnknownMember       Code = "unknown-member" // id
	UnknownSeat         Code = "unknown-seat"   // word
	UnknownWord         Code = "unknown-word"   // word, the words
	VoteGoesOn          Code = "vote-goes-on"
	VotesOnPaper        Code = "votes-on-paper"
	WrongItem           Code = "wrong-item" // title of the item in which it can be done
)

// Codes lists every code.
func Codes() []Code {
	return append(formCodes(),
		AbsentWithoutReason, AllHeard, AlreadyAcknowledged, AlreadyAnnounced, AlreadyCounted, AlreadyPruned, AlreadySealed, AlreadySeated, AlreadySignedIn,
		AlreadySubmitted, AlreadyTold, AlreadyUnsealed, ApprovalMissing, AwayFromVotes, BadBallot, BadDate, BadElection, BadID, BadNumber, BadPartial,
		BadRoster, BadTrustee, BoardLater, BoxIsOpen, BoxNotOpen, BranchExists, CameAfterOpening, ChoiceUnknown, CodeNotShown, CodeWrong, CommitteeLine,
		CommitteeOnly, CommitteeShort, ConsoleOnly, ControlCharacters, CriticisesSelf, FeedbackOnly, FirstItem, HasFloor, HoldsBallot, HoldsFloor, InQueue,
		ItemIsOpen, ItemsUndone, KeeperOnly, KeysLost, LedgerOnly, LineClosed, MeetingOver, NamedTwice, NeedsReason, NoBallots, NoChair, NoFeedback,
		NoPaper, NoQuorum, NoRehearsal, NoComments, NoScrutineers, NoSelfVote, NoVote, NoVoters, NoVotingRight, NobodySpeaks, NotBegun, NotCoarser,
		NotCountedYet, NotFounded, NotGraded, NotInParty, NotOnBallot, NotOnRoster, NotOver, NotPassed, NotPresent, NotSealed, NotSubmitted, NotVoted,
		NotYourFloor, NothingToPeek, OnPaperAlready, OverCap, PaperDiffers, PaperSums, PapersOnly, PartyOnly, RecorderOnly, RehearsalIsOn, CommentTooLong,
		ResultHeld, ResultLater, Revealing, ScrutineerOnly, SignInFirst, SlipsMissing, SomeSilent, SomeUngraded, SomeUnheard, SomeUnrated, SomeUnreviewed,
		TakesNoPart, TextMissing, TextTooLong, TooFewBallots, TooLateToRehearse, TooManyHands, TooManyComments, TwoScrutineers, UndoBegan, UndoByAbsence, UndoByCall,
		UndoByCoarsen, UndoByElection, UndoByName, UndoByNote, UndoByRating, UndoByTurn, UndoByYield, UndoLater, UndoNever, UndoNothing, UnknownAction, UnknownGrade,
		UnknownMember, UnknownSeat, UnknownWord, VoteGoesOn, VotesOnPaper, WrongItem,
	)
}
