package meeting

import (
	"slices"
	"sync"
)

// Action is something that a person may want to do. Its name is the word of the
// SSH commands (DOORS.md); it is declared in the file of its noun.
type Action string

// action says who may do something at all, and the rule that may refuse it to
// one of them, or at this moment.
type action struct {
	name Action
	by   audience
	may  func(*State, Member) *Refusal
}

// audience says for whom an action is.
type audience int

const (
	forMembers audience = iota // members and guests; the rule decides further
	forConsole
	forConsoleAndKeeper
	forRecorder  // and the console
	forRecorders // and those of the 党小组
	forKeeper
	forSuperior // people of the organisation above
	forAnybody  // members, guests and those above
)

// actions lists the actions of all nouns, in the order of the help page.
var actions = slices.Concat(
	attendanceActions,
	stepActions,
	agendaActions,
	recessActions,
	undoActions,
	floorActions,
	queueActions,
	limitsActions,
	wordingActions,
	placardActions,
	criticismActions,
	speechActions,
	readOutActions,
	selfRatingActions,
	planActions,
	noticeActions,
	studyActions,
	opinionActions,
	selfcheckActions,
	outlineActions,
	noteActions,
	scrutineersActions,
	sealActions,
	paperActions,
	openActions,
	castActions,
	confirmActions,
	countActions,
	voteActions,
	resultActions,
	boxTakenActions,
	commentActions,
	ratingActions,
	approvalActions,
	guideActions,
	feedbackActions,
	problemActions,
	conductActions,
	registerActions,
	disposalActions,
	publicityActions,
	ledgerActions,
	reportActions,
	assessActions,
	talkActions,
	rehearsalActions,
	branchActions,
	rosterActions,
	deviceActions,
	codeActions,
	archiveActions,
	pruneActions,
	writtenOutActions,
)

// Actions lists what somebody in the meeting can do, in the order of the help
// page: first what members do, then what the recorder and the console do.
func Actions() []Action {
	var members, others []Action
	for _, a := range actions {
		switch a.by {
		case forMembers:
			members = append(members, a.name)
		case forKeeper, forSuperior: // they are not in the meeting
		default:
			others = append(others, a.name)
		}
	}
	return append(members, others...)
}

// Why an action is refused whatever the moment.
const (
	UnknownAction Code = "unknown-action"
	KeeperOnly    Code = "keeper-only"
	ConsoleOnly   Code = "console-only"
	RecorderOnly  Code = "recorder-only"
)

// May returns nil if who may do act now, or the reason why not. Screens, SSH
// words and [Decide] all ask here, so that a key that does not work always says
// why.
func May(s *State, who MemberID, act Action) *Refusal {
	if s.Rules == nil {
		return refuse(NotFounded)
	}
	if no := s.onlyRead(who, act); no != nil {
		return no
	}
	a := actionNamed(act)
	m, known := s.Member(who)
	switch {
	case a.by == forKeeper, a.by == forConsoleAndKeeper && who == Keeper: // from outside the meeting
	case !known:
		return NotListed(who)
	case m.Kind == Above && a.by != forSuperior && a.by != forAnybody && !(s.assigned(who) && slices.Contains(guidesMay, act)):
		return refuse(OutsideMeeting)
	case s.Rehearsal && !rehearses(act):
		return refuse(RehearsalIsOn)
	case a.may == nil:
		return refuse(UnknownAction, act)
	}
	if a.form != nil {
		if no := s.keeps(a.form); no != nil {
			return no
		}
	}
	if no := s.mayAsOne(a.by, who); no != nil {
		return no
	}
	return first(a.may(s, m), s.whileResting(act))
}

// namedAction is an action that was found by its name.
type namedAction struct {
	action
	form *Form // whose records it writes; nil: none
}

// actionsNamed are the actions by name.
var actionsNamed = sync.OnceValue(func() map[Action]namedAction {
	named := make(map[Action]namedAction, len(actions))
	for _, a := range slices.Backward(actions) {
		f, _ := FormName(a.name).form()
		named[a.name] = namedAction{a, f}
	}
	return named
})

// actionNamed returns the action with a name; an unknown one has no rule.
func actionNamed(act Action) namedAction { return actionsNamed()[act] }

// mayAsOne refuses an action to somebody outside its audience.
func (s *State) mayAsOne(of audience, who MemberID) *Refusal {
	switch of {
	case forConsole:
		return need(s.runs(who), ConsoleOnly)
	case forConsoleAndKeeper:
		return need(s.runs(who) || who == Keeper, ConsoleOnly)
	case forRecorder:
		return need(s.records(who), RecorderOnly)
	case forRecorders:
		return need(s.records(who) || s.recordsGroup(who), RecorderOnly)
	case forKeeper:
		return need(who == Keeper, KeeperOnly)
	case forSuperior:
		return need(s.above(who), SuperiorOnly)
	}
	return nil
}

// always is the rule of an action that is allowed at any time.
func (s *State) always(Member) *Refusal { return nil }

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
