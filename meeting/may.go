package meeting

import (
	"slices"

	"pingyi/meeting/preset"
)

// Action is something that a person may want to do; the names are the words of
// the SSH commands (doors.md).
type Action string

// The actions.
const (
	ActSignIn        Action = "signin"
	ActAbsent        Action = "absent"
	ActName          Action = "name"
	ActNext          Action = "next"
	ActBack          Action = "back"
	ActGoto          Action = "goto"
	ActUndo          Action = "undo" // take back one's own last step
	ActStep          Action = "step"
	ActFloor         Action = "floor" // ask for it
	ActCall          Action = "call"  // give it
	ActYield         Action = "yield"
	ActPause         Action = "pause"
	ActExtend        Action = "extend"
	ActTurn          Action = "turn"
	ActSelfCriticise Action = "self-criticise"
	ActCriticise     Action = "criticise"
	ActRespond       Action = "respond"
	ActRecord        Action = "record" // write for somebody else
	ActSelfRate      Action = "self-rate"
	ActOutline       Action = "outline"
	ActNote          Action = "note"
	ActResolve       Action = "resolve"
	ActScrutineers   Action = "scrutineers"
	ActSeal          Action = "seal"
	ActOpen          Action = "open"
	ActVote          Action = "vote"
	ActClose         Action = "close"
	ActUnseal        Action = "unseal"
	ActVoid          Action = "void"
	ActReceipt       Action = "receipt"
	ActBoard         Action = "board"
	ActResult        Action = "result"
	ActComments      Action = "remarks" // read them
	ActPaper         Action = "paper"   // give somebody a paper slip
	ActSlips         Action = "slips"   // enter the sums of the paper slips
	ActCoarsen       Action = "coarsen" // announce less of the result
	ActAnnounce      Action = "announce"
	ActRate          Action = "rate"
	ActSubmit        Action = "submit"
	ActFeedback      Action = "feedback" // give it; read one's own
	ActAck           Action = "ack"
	ActLedger        Action = "ledger" // write it; report on one's own lines
	ActTalk          Action = "talk"
	ActPapers        Action = "papers"
	ActRoster        Action = "roster"
	ActCodes         Action = "codes"
	ActPrune         Action = "prune"
	ActRehearse      Action = "rehearse" // begin a rehearsal, end it
	ActPeek          Action = "peek"     // look at what is kept of one's own trial ballot
)

// Actions lists what somebody in the meeting can do, in the order in which a
// help page names it.
func Actions() []Action {
	return []Action{
		ActSignIn, ActFloor, ActYield, ActSelfCriticise, ActCriticise, ActRespond, ActSelfRate, ActOutline,
		ActVote, ActReceipt, ActBoard, ActResult, ActComments, ActSeal, ActUnseal, ActSlips, ActRate, ActSubmit, ActPeek,
		ActFeedback, ActAck, ActLedger, ActTalk,
		ActRehearse, ActAbsent, ActName, ActStep, ActNext, ActBack, ActGoto, ActUndo, ActCall, ActPause, ActExtend, ActTurn,
		ActRecord, ActNote, ActResolve, ActScrutineers, ActPaper, ActOpen, ActClose, ActVoid, ActCoarsen, ActAnnounce, ActPapers,
	}
}

// May says whether who may do act now: nil, or the reason why not. Screens, SSH
// words and [Decide] all ask here, so that a key that does not work always says
// why.
func May(s *State, who MemberID, act Action) *Refusal {
	if s.Rules == nil {
		return refuse(NotFounded)
	}
	switch {
	case act == ActRoster || act == ActCodes:
		return need(who == Keeper, KeeperOnly)
	case act == ActPrune:
		return s.mayPrune(who)
	case act == ActName && who == Keeper:
		return s.mayRun(act)
	}
	m, known := s.Member(who)
	if !known {
		return refuse(NotOnRoster)
	}
	if s.Rehearsal && !rehearses(act) {
		return refuse(RehearsalIsOn)
	}
	if _, form := FormName(act).form(); form {
		return s.MayWrite(who, Record{Form: FormName(act), Owner: who})
	}
	switch act {
	case ActRehearse:
		return s.mayRehearse(who)
	case ActPeek:
		return s.mayPeek(who)
	case ActAbsent, ActName, ActNext, ActBack, ActGoto, ActStep, ActCall, ActPause, ActExtend, ActTurn,
		ActScrutineers, ActPaper, ActOpen, ActClose, ActVoid, ActCoarsen, ActAnnounce:
		return first(need(s.runs(who), ConsoleOnly), s.mayRun(act))
	case ActUndo:
		return first(need(s.runs(who), ConsoleOnly), LastStep(s, who).Why)
	case ActRecord, ActNote, ActResolve:
		return first(need(s.records(who), RecorderOnly), s.live())
	case ActSignIn:
		return first(
			need(s.Phase == Before || s.Phase == Live, MeetingOver),
			need(!s.present(who), AlreadySignedIn))
	case ActFloor:
		return first(s.live(), s.here(who),
			need(s.Floor.Speaker != who, HasFloor, m.Name),
			need(!slices.Contains(s.Floor.Queue, who), InQueue))
	case ActYield:
		if s.Floor.Speaker == "" && !slices.Contains(s.Floor.Queue, who) {
			return first(s.live(), refuse(NobodySpeaks))
		}
		return need(s.Floor.Speaker == who || slices.Contains(s.Floor.Queue, who) || s.runs(who), NotYourFloor)
	case ActSelfCriticise, ActCriticise, ActRespond:
		return first(s.live(), need(m.InParty(), PartyOnly), s.here(who), s.during(preset.Criticism))
	case ActSelfRate:
		return first(s.live(), need(s.Graded(who), NotGraded, m.Name), s.here(who), s.during(preset.SelfRating))
	case ActSeal, ActUnseal, ActVote, ActReceipt, ActBoard, ActResult, ActComments, ActSlips:
		return s.mayBallot(m, act)
	case ActRate, ActSubmit:
		return first(s.live(), s.mayRate(who), s.during(preset.Rating),
			need(act == ActRate || !s.Submitted, AlreadySubmitted))
	case ActFeedback:
		return s.mayFeedback(who)
	case ActAck:
		return s.mayAcknowledge(who)
	case ActPapers:
		return need(s.records(who) || s.onCommittee(who), PapersOnly)
	}
	return refuse(UnknownAction, act)
}

// mayRun are the conditions beside the seat for what the console does.
func (s *State) mayRun(act Action) *Refusal {
	v := s.Vote()
	boxIsOpen := v != nil && v.State == BoxOpened
	switch act {
	case ActName, ActAbsent:
		return need(s.Phase == Before || s.Phase == Live, MeetingOver)
	case ActNext, ActStep: // out of a rehearsal the meeting begins at any time
		return first(need(s.Phase == Before || s.Phase == Live, MeetingOver),
			need(!boxIsOpen || act == ActStep || s.Rehearsal, BoxIsOpen))
	case ActBack:
		return first(s.live(), need(!boxIsOpen, BoxIsOpen), need(s.Current > 0, FirstItem))
	case ActGoto:
		return first(s.live(), need(!boxIsOpen, BoxIsOpen))
	case ActPause, ActExtend:
		return first(s.live(), need(s.Floor.Speaker != "", NobodySpeaks))
	case ActTurn:
		return first(s.live(), s.during(preset.Criticism))
	case ActScrutineers:
		return first(s.live(), s.during(preset.Ballot),
			need(v == nil || v.State == BoxSealing || v.State == BoxSealed || v.State == BoxVoid, VoteGoesOn))
	case ActPaper:
		return first(s.live(), need(v == nil || v.State == BoxSealing || v.State == BoxSealed || v.State == BoxVoid, VoteGoesOn))
	case ActOpen:
		return first(s.live(), s.during(preset.Ballot), need(v != nil && v.State != BoxVoid, NoScrutineers),
			need(v == nil || v.State != BoxSealing, NotSealed, len(s.Sealers())),
			need(v == nil || v.State == BoxSealed, VoteGoesOn), s.votable())
	case ActClose:
		return first(s.live(), need(boxIsOpen, BoxNotOpen),
			need(v == nil || len(v.Members().Returned) > 0, NoBallots))
	case ActCoarsen, ActAnnounce:
		return first(s.live(), need(v != nil && v.State == BoxCounted, ResultLater), need(v == nil || v.Heard == nil, AlreadyAnnounced))
	case ActVoid:
		return first(s.live(), need(v != nil && v.State != BoxVoid, NoVote),
			need(v == nil || !s.Submitted, AlreadySubmitted))
	}
	return s.live()
}

// mayBallot are the conditions for what scrutineers and voters do.
func (s *State) mayBallot(m Member, act Action) *Refusal {
	v := s.Vote()
	if v == nil {
		return first(s.live(), refuse(NoVote))
	}
	switch act {
	case ActSeal:
		return first(s.live(), need(v.State != BoxVoid, NoVote), need(slices.Contains(v.Scrutineers, m.ID), ScrutineerOnly),
			need(v.State == BoxSealing || v.State == BoxSealed, VoteGoesOn),
			need(!v.sealed(m.ID), AlreadySealed))
	case ActUnseal:
		return first(need(v.State != BoxVoid, NoVote), need(slices.Contains(v.Scrutineers, m.ID), ScrutineerOnly),
			need(v.State != BoxOpened, BoxIsOpen), need(v.State != BoxCounted, AlreadyCounted),
			need(v.State == BoxClosed, BoxNotOpen), need(!v.unsealed(m.ID), AlreadyUnsealed),
			need(s.enough(v), TooFewBallots, len(v.Members().Returned), s.Rules.Vote.MinBallots), need(v.paperEntered(), SlipsMissing))
	case ActVote:
		box := v.Box(m.channel())
		return first(s.live(), need(s.votes(m), NoVotingRight, m.Name), s.here(m.ID),
			need(v.State == BoxOpened, BoxNotOpen), need(!slices.Contains(v.OnPaper, m.ID), VotesOnPaper),
			need(box != nil && slices.Contains(box.Voters, m.ID), CameAfterOpening))
	case ActSlips:
		return first(s.live(), need(slices.Contains(v.Scrutineers, m.ID), ScrutineerOnly),
			need(len(v.OnPaper) > 0, NoPaper), need(v.State == BoxOpened || v.State == BoxClosed, BoxNotOpen))
	case ActComments:
		return first(need(v.State == BoxCounted, ResultLater),
			need(s.onCommittee(m.ID) || s.runs(m.ID) || slices.Contains(v.Subjects, m.ID), ResultHeld))
	case ActReceipt:
		return need(v.State == BoxOpened || v.State == BoxClosed || v.State == BoxCounted, BoxNotOpen)
	case ActBoard:
		return need(v.State == BoxClosed || v.State == BoxCounted, BoardLater)
	default: // ActResult
		return s.mayKnow(m.ID, v)
	}
}

// mayRate: the committee grades, those of it who are there; where there is none
// the members' assembly does, and the console records it (domain.md §2.2, 15).
func (s *State) mayRate(who MemberID) *Refusal {
	switch {
	case s.runs(who):
		return nil
	case !s.HasCommittee():
		return refuse(ConsoleOnly)
	}
	return first(need(s.onCommittee(who), CommitteeOnly), s.here(who))
}

func (s *State) live() *Refusal {
	switch s.Phase {
	case Live:
		return nil
	case Before:
		return refuse(NotBegun)
	}
	return refuse(MeetingOver)
}

func (s *State) here(who MemberID) *Refusal { return need(s.present(who), SignInFirst) }

func (s *State) during(kind string) *Refusal { return need(s.at(kind), WrongItem, s.titleOf(kind)) }

func need(ok bool, code Code, args ...any) *Refusal {
	if ok {
		return nil
	}
	return refuse(code, args...)
}

func first(list ...*Refusal) *Refusal {
	for _, r := range list {
		if r != nil {
			return r
		}
	}
	return nil
}
