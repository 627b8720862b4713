package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
)

// Words are all phrases of the screens in one language: chinese.go
// first, english.go second; those of records, which the forms share, stand in
// recordwords.go. A phrase is written nowhere else.
type Words struct {
	Lang string // as in LANG: zh, en

	Actions   map[meeting.Action]string
	Items     map[string]string
	Seats     map[meeting.Seat]string
	Purposes  map[meeting.Purpose]string
	Parts     map[meeting.RoundPart]string
	Boxes     map[meeting.BoxState]string
	Phases    map[meeting.Phase]string
	Kinds     map[meeting.Kind]string
	Statuses  map[meeting.ItemStatus]string
	Sentences map[meeting.Code]string // why something is refused and what to do
	Terms     map[string]string       // words of presets and rosters; a word without a translation stays as it is

	Common     commonWords
	Page       pageWords
	Happening  happeningWords
	Follow     followWords
	Console    consoleWords
	Step       stepWords
	Attendance attendanceWords
	Criticism  criticismWords
	SelfRating selfRatingWords
	Minutes    minutesWords
	Hands      handsWords
	Ballot     ballotWords
	Seal       sealWords
	Slips      slipsWords
	Comment    commentWords
	Result     resultWords
	Announce   announceWords
	Rating     ratingWords
	Projector  projectorWords
	Chronicle  chronicleWords
	Sheet      sheetWords
	Record     recordWords
	Feedback   feedbackWords
	Booth      boothWords
	Rehearsal  rehearsalWords
	Wall       wallWords
	Find       findWords
	Matrix     matrixWords
	Late       lateWords
	Table      tableWords
	Undo       undoWords
	Plain      plainWords
	Keys       keyWords
}

// Chinese returns the Chinese phrases. People without a screen are answered in
// them too.
func Chinese() *Words { return chinese }

// English returns the English phrases.
func English() *Words { return english }

// wordsFor returns the phrases for an environment, by LANG and its like.
func wordsFor(env []string) *Words {
	for _, name := range []string{"LC_ALL=", "LC_MESSAGES=", "LANG="} {
		for _, v := range env {
			if lang, ok := strings.CutPrefix(v, name); ok && lang != "" {
				if strings.HasPrefix(lang, english.Lang) {
					return english
				}
				return chinese
			}
		}
	}
	return chinese
}

// changeLanguage switches to the other language.
func changeLanguage(a *App) tea.Cmd {
	if a.words == english {
		a.words = chinese
	} else {
		a.words = english
	}
	if _, ok := a.layers[0].(*menu); ok {
		a.layers[0] = a.base() // it may hold phrases of the other language
	}
	return nil
}

// boothWords are for the terminal that members without a device share.
type boothWords struct{ Title, Hint, Expired, Voted, NoteReceipt, Leave string }

// rehearsalWords are for a rehearsal before the meeting.
type rehearsalWords struct {
	Begin, AskBegin, Begun, Close, AskClose, End, AskEnd, Ended, WaitBallots, TooFew, Peek, PeekTitle, InFile, InBackup, OnConsole, Nothing, Banner, Same string
	FileSize, Returned                                                                                                                                    phrase
}

// phrase is a text in which {1}, {2} … stand for what is put into it.
type phrase string

// of fills a phrase with args.
func (p phrase) of(args ...any) string { return fill(string(p), args) }

// fill replaces {1}, {2} … in a text by args, each once and unchanged.
func fill(text string, args []any) string {
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		pairs = append(pairs, fmt.Sprintf("{%d}", i+1), fmt.Sprint(a))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// commonWords stand on many pages.
type commonWords struct {
	NoBack, Abstain, OrNumber, OK, NextPage, Comment, YesSubmit, Adjourn, OpenVote, Announce, EndSpeech,
	ChooseScrutineers, SeeResult, ReadComments, Back, Ended, SubmitTable, Comma, Stop, OrReason,
	NoAnswer, NotRecorded, CantNow string
	BoxFingerprint, SelfRating, Scrutineers, Join, HostFingerprint, Sentence, CriticismOf, Bracketed,
	Issued, Because, Failed phrase
}

// pageWords are what every page has: keys, questions, help, writing.
type pageWords struct {
	ChangeColours string
	Colours       map[scheme]string
	StopsServer   string
	Language      string // the other one, in its own words
	VoteOver, DraftKept, Stale, Busy, NoSuchKey, ScrollDown, ScrollUp, ToConsole, Help, Leaving,
	NoPaste, NextRow, ChangeRow, Digits, PickRow, HelpIntro, HelpSelf, HelpQuit, UpDown, Draft,
	Submit, KeepWriting, KeepDraft, Finish, GiveReason, NewLine string
	Behind, QuitAgain, NotNow, Above, Below, TooSmall, TooLong, Written, ReasonMinuted phrase
}

// happeningWords say what the meeting does now.
type happeningWords struct {
	NameSep, NoReason, NotStarted, Review, Paused, Overtime, InWriting, AllHeard, NoVote, PaperFirst,
	Withheld string
	Roll, LeftEarly, Guests, FullMembers, Quorum, NoQuorum, Present, ItemNo, Speaking, Waiting,
	BeforeStart, SelfRating, Rating, NextPerson, SelfCriticism, Criticism, Response, PersonDone,
	Scrutineers, Sealing, Sealed, Voting, VotingEnded, CountedWaiting, Counted, Voided, More,
	MassIssued, PaperIssued, PaperReturned, UnsealAny, UnsealAll, Checked, Leading, Excellent,
	Tied, Renamed, Committee, GradeCount, Histogram, Lasted phrase
}

// followWords say what is wanted of somebody now.
type followWords struct {
	ForYou, Wait, Listen, Start, SignInNow, FillSlip, Hear, RateSelf, Comment, SpeakNext, SignIn,
	SignedIn, Thanks, Withdraw, Withdrawn, AskFloor, FloorAsked, NotAdmitted, Closing string
	Nothing, Speak, WaitWhy, Criticize, SpeakLater phrase
}

// consoleWords are the facilitator's.
type consoleWords struct {
	Pause, Paused, Resume, Resumed, Call, SpeechEnded, Extend, Extended, Turn, WhoSpoke, Attendance,
	GivePaper, WhoMissing, OpenTable, Void, SkipOn, Back, Jump, NameSeat, Own, AskCall, Waiting,
	AskTurn, Missing, AllVoted, Private, VoidNote, AskVoid, YesVoid, Voided, YesSkip, AskBack,
	YesBack, WentBack, AskJump, AskSeat, PickNote, Chosen, ScrutineersChosen, RecordsReady, SignInFirst,
	SignedIn, NextStep, Menu, MenuTitle string
	Called, TurnSet, GaveGot, Critics, VoidReason, SkipNote, AskSkip, BackNote, Jumped, AskHolder,
	HolderNamed, Picked, Notes, OwnTask, NotHere, NotCounted, CriticsSoFar, StillToCome, NotFilled,
	VotesMissing, MustExplain, Reminder, DoOwn, AskStep, YesStep phrase
}

// stepWords say the next step.
type stepWords struct {
	EndVoting, TooFew, AdjournNote, SelfDone string
	Scrutineers, NotVoted, EndNote, OpenTable, Ballots, MassBallots, PaperTaken, StartNote, AskHands,
	WaitSome, WaitCount, WaitNames, Start, Next, HearCriticism, AskSelf, SelfDoneHear, AskCriticism,
	AskResponse, PersonDone phrase
}

// attendanceWords record who is there.
type attendanceWords struct {
	Ask, Present, Missing, SignInFor, OtherReason, OneSentence, AskWritten,
	NothingWritten, HandedIn string
	Left, Written, NotCounted, SignedIn, Absent, WhyAbsent, Recorded phrase
}

// criticismWords are for 批评与自我批评.
type criticismWords struct {
	WriteSelf, WriteResponse, ReadOwn, NoneYet, WriteOther, RespondLater, Hint, SelfTitle, Minuted,
	ResponseTitle, ResponseHint, AskWhom, Given, OwnTitle, Spoken string
	Count, Write, Submitted phrase
}

// selfRatingWords are for 个人自评.
type selfRatingWords struct {
	Change string
	Saved  phrase
}

// minutesWords are for who keeps the minutes.
type minutesWords struct {
	WriteMinutes, ForOthers, ShowOfHands, MinutesHint, MinutesDone, WhatTitle, Criticism, SelfCriticism,
	Response, SelfRating, InWriting, CriticismOfWhom, SelfRatingWho, ResolutionTitle, ResolutionHint,
	ResolutionDone string
	MinutesTitle, SpeechWho, SpeechTitle, SpeechDone, CriticismByWhom, CriticismTitle, CriticismDone,
	SelfRatingTitle, SelfRatingDone phrase
}

// handsWords are for a show of hands.
type handsWords struct {
	Title, For, Against, Record string
	Rule                        phrase
}

// ballotWords are for voters.
type ballotWords struct {
	Title, Secrecy, Projecting, Begin, Chosen, FilledBefore, HowTo, HasComment, Check, AllFilled,
	Submit, Filled, Empty, InBox, Receipt, KeepReceipt, Again, AgainNote, Start, Show, Previous,
	Digits, Final, AskSubmit, Cast string
	Invite, Page, Committee, Member, Unfilled, Times, UnfilledFinal phrase
}

// sealWords are for scrutineers.
type sealWords struct {
	Title, Alone, CodeAhead, ShowCode, CopyTitle, CopyNote, Copied, TypeTitle, RetypeHint, Done,
	OpenTitle, SlipsFirst, OpenNote, KeyGone, Open, ConfirmTitle, ConfirmNote, ConfirmYes, OpenWithCode,
	CodeHint, OpenDone string
	WithOthers phrase
}

// slipsWords are for paper slips.
type slipsWords struct {
	PickTitle, PickNote, PickOpen, GiveNote, GiveYes, Agreed, AwaitOther, Title, Returned, Done, Submit,
	ConfirmTitle, ConfirmYes, SavedAgreed, SavedAwait string
	Given, GiveTitle, GiveDone, CountNote, Page, AbstainNote, Review, RowAbstain, ConfirmNote phrase
}

// commentWords are for anonymous comments.
type commentWords struct {
	Some, None, Cleared, Written, ReadNote, Locked, NoneAtAll string
	Hint, WriteTitle                                          phrase
}

// resultWords are for receipts and results.
type resultWords struct {
	ReceiptFound, SeeBoard, CheckMine, ReceiptMissing, ReceiptThere, BoardTitle, Title, Held,
	Masses, Paper string
	Receipt, BoardNote, Yours, MassesTooFew, PaperTooFew phrase
}

// announceWords are for announcing a result.
type announceWords struct {
	Full, FullHeard, Excellent, ExcellentHeard, Counts, CountsHeard, None, NoneHeard, Ask, Yes,
	Done string
	Effect, Reveals, Anyway, Change, Changed phrase
}

// ratingWords are for 组织评定.
type ratingWords struct {
	Title, BaseFormal, BaseFormalAttending, BaseParticipating, BaseBranchTotal, NotGiven, HasReason,
	SubmittedAlready, KeyPerson, KeyGrade, KeyRecord, KeysHelp, PickFirst, SubmitTitle, SubmitDone string
	Cap, CapOver, CapLeft, Totals, Ballots, PickedNote, RatedReason, Rated, PressNumber, PickedCell,
	SelfCell, Recorded, SubmitNote phrase
}

// projectorWords are on the wall.
type projectorWords struct {
	SignIn, RateYourself, Paused, Sealing, Sealed, Closed, AwaitResult string
	Next, Speaker, Limit, Voting, Elapsed                              phrase
}

// chronicleWords tell what has happened.
type chronicleWords struct {
	Adjourned, VotingBegan, Announced                             string
	VotingEnded, Counted, BoxSealed, AnnounceLess, TableSubmitted string
	SignedIn, Absent, Named, Entered, Skipped, Finished, AskedFloor, LeftQueue, GaveFloor, Yielded,
	SelfCriticism, Criticism, Response, SelfRated, Noted, Hands, Sealed, TookPaper, EnteredSlips,
	Unsealed, Voided, Rated phrase
}

// wallWords are on the wall beside stageWords: joining, quiet pages, results.
type wallWords struct {
	Calm                                                                  map[string]string // what happens in an item, by its kind
	Scan, Excellent, Leading                                              string
	NextItem, Then, Over, Every, Recoded, Share, CapLine, CapTied, PageNo phrase
}

// findWords are for finding somebody, and what is known of them.
type findWords struct {
	Find, Ask, Letters, TakeBack, Nobody              string
	Query, Attendance, Rounds, Spoken, May, TheirTurn phrase
}

// matrixWords are for who spoke and who criticised whom.
type matrixWords struct {
	Legend, Gave, Got, Spoke, Unheard, Longest, Silent string
	SpokeFor, Note                                     phrase
}

// lateWords are for a meeting that lasts longer than planned.
type lateWords struct{ Item, Meeting, Both phrase }

// tableWords are the columns and marks of the rating table.
type tableWords struct {
	Name, Self, Grade, Over, Tied, KeyReason string
	TiedNote, ReasonHint                     phrase
}

// undoWords are for taking the last step back.
type undoWords struct {
	Ask, Yes, Done, Pause, Resume, Console      string
	Last, Item, Round, Criticism, Speak, SignIn phrase

	Keys map[meeting.Code]string // the screen's sentences, which name the key to press instead
}

// sheetWords are on the ballot where it is one table.
type sheetWords struct {
	Name, Post, SelfRating, Choice, HowTo, Rows, Next, Previous string
	Invite, Filled                                              phrase
}

// feedbackWords are for telling members their results, and for what they say to it.
type feedbackWords struct {
	Told, Grade, Answer, NoOpinionGiven, OpinionGiven, WriteOpinion, NoOpinion, OpinionHint, None,
	AskAnswer, Answered, Give, AskWhom, GiveNote, ToldOnly, ToldAnswered, ToldOpinion, Approval,
	ApprovalHint, GiveEffect, YesGive string
	OnApproval, Reason, Received, AnswerNote, Untold, AskGive, Given, HasAnswered phrase
}

// ActionName is what a person calls an action: on keys, in menus and help.
func (w *Words) ActionName(a meeting.Action) string { return word(w.Actions, a) }

// ItemKindTitle returns the usual title of a kind of item. A meeting's own
// titles stand in its agenda.
func (w *Words) ItemKindTitle(kind string) string { return word(w.Items, kind) }

// SeatName returns what a seat is called.
func (w *Words) SeatName(s meeting.Seat) string { return word(w.Seats, s) }

// PurposeName says what a speaker has the floor for.
func (w *Words) PurposeName(p meeting.Purpose) string { return word(w.Purposes, p) }

// PartName says how far a round of 批评与自我批评 has come.
func (w *Words) PartName(s meeting.RoundPart) string { return word(w.Parts, s) }

// BoxStateName says how far a vote has come.
func (w *Words) BoxStateName(b meeting.BoxState) string { return word(w.Boxes, b) }

// PhaseName says where the branch's work stands.
func (w *Words) PhaseName(p meeting.Phase) string { return word(w.Phases, p) }

// KindName returns the 类别 of a person.
func (w *Words) KindName(k meeting.Kind) string { return word(w.Kinds, k) }

// ItemStatusName says how far an item has come, "" for one that is still to
// come.
func (w *Words) ItemStatusName(s meeting.ItemStatus) string { return w.Statuses[s] }

// term returns a word of a preset or a roster as it may be drawn: a grade, a
// post, a reason, the usual title of an item. A word without a translation
// stays as it is.
func (w *Words) term(text string) string {
	if t, ok := w.Terms[text]; ok {
		return t
	}
	return Clean(text)
}

// word looks a name up; an unknown one stays as it is.
func word[K ~string](names map[K]string, k K) string {
	if n, ok := names[k]; ok {
		return n
	}
	return Clean(string(k))
}

// plainWords are for people who read and type line by line.
type plainWords struct {
	Intro, Wall, Late, LateKept, Hidden, Visible, Remains, Replace, OneLine, ManyLines, NotUnderstood,
	Show, Person, Leave string
	Ask, Rows, Numbers, Empty, Dropped, NoNumber, NoGrade, NoPerson phrase
}
