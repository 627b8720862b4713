package meeting_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// Whatever people try, in whatever order: the rules of HOUSE.md §6 hold after
// every command, states that were published stay as they were, and the log
// leads to the same state (the hall's own check).
func TestAnybodyMayTryAnything(t *testing.T) {
	reached := map[meeting.BoxState]int{}
	phases := map[meeting.Phase]int{}
	rapid.Check(t, func(rt *rapid.T) {
		d := rapidDice{rt}
		p := newPlay(rt, d)
		for range 20 + d.pick(100) {
			p.turn(d)
		}
		p.publishedStays()
		p.tellsNoChoice()
		p.mayAgrees()
		phases[p.State().Phase]++
		for _, v := range p.State().Votes {
			reached[v.State]++
		}
	})
	t.Log("votes", reached, "meetings", phases)
}

// byAction are commands for an action that May decides about. What is wrong
// with a command beside that (its text, its number) comes after.
func (p *play) byAction(act meeting.Action, by meeting.MemberID) []meeting.Command {
	other := meeting.MemberID("m04")
	if by == other {
		other = "m05"
	}
	switch act {
	case meeting.ActSignIn:
		return []meeting.Command{meeting.SignIn{}}
	case meeting.ActAbsent:
		return []meeting.Command{meeting.RecordAbsence{ID: other, Reason: "病假"}, meeting.SignInFor{ID: other}}
	case meeting.ActName:
		return []meeting.Command{meeting.Name{ID: other, Seat: meeting.SeatRecorder}}
	case meeting.ActNext:
		return []meeting.Command{meeting.Next{}, meeting.Next{Reason: "x"}}
	case meeting.ActBack:
		return []meeting.Command{meeting.Back{}}
	case meeting.ActGoto:
		return []meeting.Command{meeting.Goto{No: 1}, meeting.Goto{No: 99}}
	case meeting.ActAdjourn:
		return []meeting.Command{meeting.BeginRecess{Until: "2099-01-01"}, meeting.BeginRecess{}}
	case meeting.ActResume:
		return []meeting.Command{meeting.EndRecess{}}
	case meeting.ActFloor:
		return []meeting.Command{meeting.AskFloor{}}
	case meeting.ActCall:
		return []meeting.Command{meeting.GiveFloor{ID: other}}
	case meeting.ActYield:
		return []meeting.Command{meeting.YieldFloor{}}
	case meeting.ActPause:
		return []meeting.Command{meeting.PauseClock{}}
	case meeting.ActSay:
		return []meeting.Command{meeting.Say{}, meeting.Say{Text: "x"}, meeting.Say{Break: true}}
	case meeting.ActExtend:
		return []meeting.Command{meeting.ExtendClock{Seconds: 60}}
	case meeting.ActCountdown:
		return []meeting.Command{meeting.Countdown{Seconds: 60}, meeting.Countdown{}}
	case meeting.ActQueue:
		return []meeting.Command{meeting.MoveInQueue{ID: other, To: 1}, meeting.MoveInQueue{ID: other}}
	case meeting.ActLimits:
		return []meeting.Command{meeting.SetLimits{Limits: preset.Limits{Speech: 61}}, meeting.SetLimits{Limits: preset.Limits{Speech: -1}}}
	case meeting.ActWording:
		return []meeting.Command{meeting.WordItem{No: 1, Text: "x"}, meeting.WordItem{}}
	case meeting.ActTurn:
		return []meeting.Command{meeting.Turn{}, meeting.Turn{ID: other}, meeting.Advance{}}
	case meeting.ActSelfCriticise:
		return []meeting.Command{meeting.CriticiseSelf{Text: "x"}, meeting.CriticiseSelf{From: by, Text: ""}}
	case meeting.ActCriticise:
		return []meeting.Command{meeting.Criticise{Of: other, Text: "x"}}
	case meeting.ActRespond:
		return []meeting.Command{meeting.Respond{Text: "x"}}
	case meeting.ActMend:
		own := meeting.SpeechID{Kind: meeting.CriticismSpeech, Of: other, Nth: 1}
		return []meeting.Command{meeting.MendSpeech{ID: own, Text: "y"}, meeting.WithdrawSpeech{ID: own}}
	case meeting.ActReadOut:
		return []meeting.Command{meeting.AskReading{}, meeting.AskReading{Off: true}}
	case meeting.ActRecord:
		return []meeting.Command{meeting.Criticise{From: other, Of: "m03", Text: "x"}, meeting.Respond{From: other, Text: "x"}, meeting.RateSelf{ID: other, Grade: "合格"}}
	case meeting.ActSelfRate:
		return []meeting.Command{meeting.RateSelf{Grade: "合格"}}
	case meeting.ActOutline:
		return []meeting.Command{meetingtest.Writes("outline", 0, "causes", "x"), meetingtest.Writes("outline", 0)}
	case meeting.ActNote:
		return []meeting.Command{meeting.TakeNote{Text: "x"}, meeting.TakeNote{Text: "x", Item: 99}}
	case meeting.ActPlace:
		return []meeting.Command{meeting.NotePlace{Place: "205 室"}, meeting.NotePlace{}}
	case meeting.ActResolve:
		return []meeting.Command{meeting.Resolve{Text: "x", Hands: meeting.Hands{Yes: 1}}}
	case meeting.ActScrutineers:
		return []meeting.Command{meeting.NameScrutineers{IDs: ids("m04", "m05")}}
	case meeting.ActSeal:
		return []meeting.Command{meeting.Seal{Trustee: p.urn.Trustee(by)}, meeting.Seal{Certificate: []byte("{}")}}
	case meeting.ActOpen:
		return []meeting.Command{meeting.OpenBoxes{}}
	case meeting.ActVote:
		return []meeting.Command{meeting.Cast{}}
	case meeting.ActClose:
		return []meeting.Command{meeting.CloseBox{}, meeting.CloseBox{Reason: "x"}}
	case meeting.ActUnseal:
		if by == meeting.Keeper {
			return nil // the server's own key, without a seat
		}
		return []meeting.Command{meeting.Unseal{}}
	case meeting.ActConfirmed:
		return []meeting.Command{meeting.Confirm{Reason: "x"}}
	case meeting.ActVoid:
		return []meeting.Command{meeting.Void{Reason: "x"}}
	case meeting.ActReceipt:
		return []meeting.Command{meeting.CheckReceipt{Receipt: "x"}}
	case meeting.ActRate:
		return []meeting.Command{meeting.Rate{ID: "m04", Grade: "合格", Reason: "x"}}
	case meeting.ActFeedback:
		return []meeting.Command{meeting.GiveFeedback{ID: other, Approval: "x"}, meeting.GiveFeedback{}}
	case meeting.ActAck:
		return []meeting.Command{meeting.Acknowledge{}, meeting.Acknowledge{Text: "x"}}
	case meeting.ActLedger:
		return []meeting.Command{meetingtest.Writes("ledger", 0, "problem", "x"), meetingtest.Writes("ledger", 0)}
	case meeting.ActOpinion:
		return []meeting.Command{meeting.HandInOpinion{}}
	case meeting.ActProblem:
		return []meeting.Command{meetingtest.Writes("problem", 0, "text", "x"), meeting.TakeOver{Origin: meeting.Origin{From: meeting.FromCriticism, No: 1}}}
	case meeting.ActPlan:
		return []meeting.Command{meetingtest.Writes("plan", 0, "title", "a")}
	case meeting.ActNotice:
		return []meeting.Command{meetingtest.Writes("notice", 0, "place", "a")}
	case meeting.ActPublicity:
		return []meeting.Command{meetingtest.Writes("publicity", 0, "where", "a")}
	case meeting.ActConduct:
		return []meeting.Command{meetingtest.Writes("conduct", 0, "note", "a")}
	case meeting.ActRegister:
		return []meeting.Command{meetingtest.Writes("register", 0, "post", "a")}
	case meeting.ActDisposal:
		return []meeting.Command{meetingtest.Writes("disposal", 0, "basis", "a")}
	case meeting.ActReport:
		return []meeting.Command{meetingtest.Writes("report", 0, "held", "a")}
	case meeting.ActAssess:
		return []meeting.Command{meetingtest.Writes("assess", 0, "indicators", `[{"id":"discussion","self":"1"}]`)}
	case meeting.ActStudy:
		return []meeting.Command{meetingtest.Writes("study", 0, "topic", "a")}
	case meeting.ActSelfcheck:
		return []meeting.Command{meetingtest.Writes("selfcheck", 0, "causes", "a")}
	case meeting.ActTalk:
		return []meeting.Command{meetingtest.Writes("talk", 0, "place", "x"), meetingtest.Writes("talk", 0)}
	case meeting.ActApprove:
		return []meeting.Command{meeting.DecideBundle{Decision: meeting.LineApproved}, meeting.DecideBundle{}}
	case meeting.ActReturn:
		return []meeting.Command{meeting.DecideBundle{Decision: meeting.LineSentBack, Reason: "x"}}
	case meeting.ActAmend:
		return []meeting.Command{meeting.DecideBundle{Decision: meeting.LineAmended, Grade: "合格", Reason: "x"}}
	case meeting.ActGuide:
		return []meeting.Command{meeting.AssignGuide{}}
	case meeting.ActSubmit:
		return []meeting.Command{meeting.Submit{}, meeting.Submit{Hands: &meeting.Hands{Yes: 1}}}
	case meeting.ActRoster:
		return []meeting.Command{meeting.ImportRoster{People: []meeting.Member{{ID: "m04", Name: "x", Kind: meeting.Formal}}}}
	case meeting.ActCodes:
		return []meeting.Command{meeting.IssueCodes{}} // codes are also ended when none is issued any more
	case meeting.ActKey:
		return []meeting.Command{meeting.RememberKey{}}
	case meeting.ActPrune:
		return []meeting.Command{meeting.Prune{Approval: "x", Classes: meeting.Classes()}, meeting.Prune{}}
	case meeting.ActWriteOut:
		return []meeting.Command{meeting.WriteOut{Reason: "x", Papers: oneWritten}, meeting.WriteOut{}}
	case meeting.ActBox:
		return []meeting.Command{meeting.TakeBox{}}
	case meeting.ActArchive:
		return []meeting.Command{meeting.CloseArchive{Reason: "x"}, meeting.CloseArchive{}}
	case meeting.ActPaper:
		return []meeting.Command{meeting.GivePaper{ID: other}, meeting.GivePaper{}}
	case meeting.ActSlips:
		return []meeting.Command{meeting.EnterPaper{}}
	case meeting.ActCoarsen:
		return []meeting.Command{meeting.Coarsen{Level: preset.AnnounceNone}, meeting.Coarsen{}}
	case meeting.ActAnnounce:
		return []meeting.Command{meeting.Announce{}}
	case meeting.ActRehearse:
		return []meeting.Command{meeting.Rehearse{Of: p.State()}, meeting.EndRehearsal{}}
	case meeting.ActStep, meeting.ActUndo, meeting.ActBoard, meeting.ActResult, meeting.ActComments, meeting.ActPapers, meeting.ActPeek:
		return nil // no command: the next step and the way back are among the others, these are read
	}
	p.T.Fatalf("no command for %s", act)
	return nil
}

// superiorsOwn are the actions of the organisation above.
var superiorsOwn = []meeting.Action{meeting.ActApprove, meeting.ActReturn, meeting.ActAmend, meeting.ActGuide}

// keepersOwn are the actions of the server's own machine.
var keepersOwn = []meeting.Action{meeting.ActRoster, meeting.ActCodes, meeting.ActPrune, meeting.ActWriteOut}

// oneWritten is a paper that was written out.
var oneWritten = []meeting.WrittenPaper{{Name: "outline-m02.md", SHA256: strings.Repeat("0f", 32)}}

// mayAgrees: a key that is greyed out says why the command would be refused.
func (p *play) mayAgrees() {
	p.T.Helper()
	for _, by := range players {
		if last := meeting.LastStep(p.State(), by); last.Why == nil {
			if _, err := meeting.Decide(p.State(), meeting.Request{By: by, At: p.room.Now(), Do: last.Back}); err != nil {
				p.T.Fatalf("%q can't take back %T: %v", by, last.Step.Fact, err)
			}
		}
		for _, act := range slices.Concat(meeting.Actions(), keepersOwn, superiorsOwn) {
			no := meeting.May(p.State(), by, act)
			for _, c := range p.byAction(act, by) {
				if _, record := c.(meeting.WriteRecord); record && by == above {
					continue // what a superior may write, the kind says
				}
				_, err := meeting.Decide(p.State(), meeting.Request{By: by, At: p.room.Now(), Do: c})
				var refused *meeting.Refusal
				errors.As(err, &refused)
				if no != nil && (refused == nil || refused.Code != no.Code || !slices.Equal(refused.Args, no.Args)) {
					p.T.Fatalf("%q %T: greyed out for %v, refused for %v", by, c, no, err)
				}
			}
		}
	}
}
