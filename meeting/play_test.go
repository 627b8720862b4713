package meeting_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// dice choose one of n, from 0.
type dice interface{ pick(n int) int }

func oneOf[T any](d dice, list ...T) T { return list[d.pick(len(list))] }

// rapidDice are those of a property test.
type rapidDice struct{ *rapid.T }

func (d rapidDice) pick(n int) int { return rapid.SampledFrom(numbers[:n]).Draw(d.T, "pick") }

var numbers = slices.Collect(func(yield func(int) bool) {
	for i := 0; i < 100 && yield(i); i++ {
	}
})

// play is a meeting of a small branch in which anybody tries anything.
type play struct {
	*hall
	boxes []meeting.Vote // the votes as they were
	phase int
	seen  []seen
}

// seen is a published state, and what it held then.
type seen struct {
	s    *meeting.State
	dump string
}

// players are whoever might send a command: the branch of five, with a guide
// and a 群众代表, the keeper, the superior, the screen and a stranger.
var players = append(ids("m03", "m04", "m05", "m14", "m15", "g1", "q1", "screen", "m99", "org/s1"), meeting.Keeper)

func newPlay(t meetingtest.TB, d dice) *play {
	t.Helper()
	people := slices.Concat(fifteen()[2:5], fifteen()[13:])
	people[0].Group, people[1].Group, people[3].Group = "第一党小组", "第一党小组", "第二党小组"
	h := newHall(t, oneOf(d, preset.IDs()...), func(r *preset.Rules) {
		r.GroupsOver = oneOf(d, 0, 0, 3)
		r.MutualReview = oneOf(d, preset.AfterEach, preset.AfterAll)
		r.Vote.SelfVote = oneOf(d, true, false)
		r.Vote.MinBallots = oneOf(d, 1, 3, 5)
		r.Announce = oneOf(d, preset.AnnounceNone, preset.AnnounceCounts, preset.AnnounceExcellent, preset.AnnounceFull)
		r.Decision.CommitteeFrom = oneOf(d, 3, 7)
		r.Cap.Base = oneOf(d, preset.BaseFormal, preset.BaseFormalAttending, preset.BaseParticipating, preset.BaseBranchTotal)
		r.Probationary.Votes = oneOf(d, true, true, false)
		r.Vote.Mass = oneOf(d, false, true) && r.OnAgenda(preset.Ballot)
		r.Vote.Threshold = oneOf(d, 0, 0, 1)
	}, people...)
	if kind := oneOf(d, append(preset.Kinds(), "", "", preset.Ballot, preset.Ballot, preset.Tally)...); h.State().Rules.OnAgenda(kind) {
		h.Sits(kind, anybody(d))
	}
	return &play{hall: h}
}

var (
	someText   = []string{"会后补", "停电", canary, "病假", "x", "调研不够\n深入", "", " ", "\x1b[2J", "\xff", strings.Repeat("长", 6000)}
	someGrades = []meeting.Grade{"优秀", "合格", "基本合格", "不合格", "不评定等次", "良好", ""}
	someRows   = [][]int{{qualified}, {excellent}, {abstain}, {excellent, basic, unqualified}}
)

// draws makes every command there is.
var draws = []func(p *play, d dice, by meeting.MemberID) meeting.Command{
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Found{Branch: meeting.Branch{ID: "b2", Name: "x", Org: "y"}, Rules: p.State().Rules}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Name{ID: anybody(d), Seat: oneOf(d, meeting.SeatConsole, meeting.SeatRecorder, meeting.SeatGroupNotes, "king")}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		id := anybody(d)
		kind := oneOf(d, meeting.Formal, meeting.Formal, meeting.Probationary, meeting.Guest)
		return meeting.ImportRoster{People: []meeting.Member{{ID: id, Name: "党员" + string(id), Kind: kind, PartyPost: oneOf(d, "", "", "书记"), NotCounted: oneOf(d, "", "长期患病")}}, Yes: oneOf(d, false, true)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.RemoveMember{ID: anybody(d), Reason: oneOf(d, "", "导错了")}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.IssueCodes{Hashes: map[meeting.MemberID]string{anybody(d): oneOf(d, "00", "01"), oneOf(d, meeting.Screen, meeting.Booth): "02"}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.RevokeCodes{IDs: []meeting.MemberID{oneOf(d, anybody(d), meeting.Screen)}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.RememberKey{Key: oneOf(d, meetingtest.PublicKey(1), meetingtest.PublicKey(2), "")}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.ForgetKey{No: d.pick(4)} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.SignIn{} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.SignInFor{ID: anybody(d)} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.RecordAbsence{ID: anybody(d), Reason: oneOf(d, someText...), Written: oneOf(d, true, false)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.SignInMany{IDs: []meeting.MemberID{anybody(d), anybody(d)}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.RecordAbsences{IDs: []meeting.MemberID{anybody(d), anybody(d)}, Reason: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Next{Reason: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.Back{} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.Goto{No: d.pick(17) - 1} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.BeginRecess{Until: oneOf(d, "2099-01-01", "2001-01-01", "x")}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.EndRecess{} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.AskFloor{} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.GiveFloor{ID: anybody(d)} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.YieldFloor{} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.PauseClock{} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Say{Text: oneOf(d, someText...), Break: oneOf(d, true, false), Seconds: oneOf(d, 0, 300, -1)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Countdown{Seconds: oneOf(d, 60, 0, 4000)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.SetLimits{Limits: preset.Limits{SelfCriticism: oneOf(d, 60, 0, -1, 4000), Criticism: 30, Response: 30, Speech: oneOf(d, 0, 120)}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.MoveInQueue{ID: anybody(d), To: d.pick(4) - 1}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.WordItem{No: d.pick(17) - 1, Text: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.ExtendClock{Seconds: oneOf(d, 60, 0, -1, 4000)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Turn{ID: oneOf(d, "", anybody(d))}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.Advance{} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.TakeBack{Event: p.State().Chronicle.Len() - d.pick(4)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.CriticiseSelf{From: oneOf(d, "", anybody(d)), Text: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Criticise{From: oneOf(d, "", anybody(d)), Of: anybody(d), Text: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Respond{From: oneOf(d, "", anybody(d)), Text: oneOf(d, someText...)}
	},
	func(_ *play, d dice, _ meeting.MemberID) meeting.Command {
		return meeting.MendSpeech{ID: someSpeech(d), Text: oneOf(d, someText...)}
	},
	func(_ *play, d dice, _ meeting.MemberID) meeting.Command {
		return meeting.WithdrawSpeech{ID: someSpeech(d)}
	},
	func(_ *play, d dice, _ meeting.MemberID) meeting.Command {
		return meeting.AskReading{Off: oneOf(d, false, true)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.RateSelf{ID: oneOf(d, "", anybody(d)), Grade: oneOf(d, someGrades...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.TakeNote{Text: oneOf(d, someText...), Item: oneOf(d, 0, 0, d.pick(17)-1), Corrects: oneOf(d, 0, 0, d.pick(4)-1)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.NotePlace{Place: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Resolve{Text: oneOf(d, someText...), Hands: meeting.Hands{Yes: d.pick(5), No: d.pick(3) - 1, Abstain: d.pick(2)}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.NameScrutineers{IDs: oneOf(d, ids("m03", "m04"), ids("m04", "m05"), ids("m04"), ids("m04", "g1"), ids("m04", "m04")), Hands: oneOf(d, nil, &meeting.Hands{Yes: 3}), Reason: oneOf(d, "", "x")}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		if d.pick(4) == 0 {
			return meeting.Seal{}
		}
		if v := p.State().Vote(); v == nil {
			return meeting.Seal{Trustee: p.urn.Trustee(by)}
		}
		return p.urn.Seal(p.State(), by)
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		if v := p.State().Vote(); v == nil || p.State().Threshold() == 0 {
			return meeting.JoinKeys{}
		}
		return p.urn.Join(p.State())
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return p.urn.Deal(p.State(), by) },
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		if v := p.State().Vote(); v == nil || v.State != meeting.BoxSealed || len(p.State().Electorate(meeting.MemberBox)) == 0 || len(p.State().Questions()) == 0 {
			return meeting.OpenBoxes{}
		}
		return p.urn.Open(p.State())
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		who := oneOf(d, by, by, by, anybody(d))
		if p.hasBallot(who) {
			return meeting.Cast{Ballot: p.urn.BallotOf(p.State(), who, oneOf(d, someRows...)...)}
		}
		return meeting.Cast{}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.CloseBox{Reason: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		v := p.State().Vote()
		if who := oneOf(d, by, by, anybody(d)); v != nil && v.Members().Tally != nil && (who == meeting.Keeper || slices.Contains(v.Scrutineers, who)) {
			return p.urn.Unseal(v, who)
		}
		return meeting.Unseal{}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.OpenComments{Texts: map[meeting.MemberID][]string{anybody(d): {oneOf(d, someText...), oneOf(d, someText...)}}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.GivePaper{ID: anybody(d)} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.EnterPaper{PaperCount: meeting.PaperCount{Returned: d.pick(4) - 1, Grades: map[meeting.MemberID][]int{oneOf(d, ids("m03", "m04")...): {d.pick(2), 1, 0, 0}}}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Coarsen{Level: oneOf(d, preset.AnnounceNone, preset.AnnounceCounts, preset.AnnounceExcellent, preset.AnnounceFull, "")}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.Announce{} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.EndYear{Next: oneOf(d, 0, 2030)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.CloseArchive{Reason: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.BeginYear{Of: p.State(), Rules: p.State().Rules}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Prune{Approval: oneOf(d, someText...), Classes: oneOf(d, meeting.Classes(), []meeting.Class{meeting.BallotBlob}, nil)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.WriteOut{Reason: oneOf(d, someText...), Papers: oneOf(d, oneWritten, nil)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.TakeBox{Mass: d.pick(4) == 0}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Void{Reason: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		if v := p.State().Vote(); v != nil && v.Members().Returned.Len() > 0 {
			return meeting.CheckReceipt{Receipt: oneOf(d, v.Board()...)}
		}
		return meeting.CheckReceipt{Receipt: "x"}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Confirm{Reason: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.NoteHead{Head: meeting.Head{Vote: d.pick(3), Seq: 9, Hash: "abcd"}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Rate{ID: anybody(d), Grade: oneOf(d, someGrades...), Reason: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Submit{Hands: oneOf(d, nil, p.State().RatingHands(), &meeting.Hands{Yes: d.pick(9), No: d.pick(3)})}
	},
	func(_ *play, d dice, _ meeting.MemberID) meeting.Command {
		return meeting.AssignGuide{Guide: meeting.Superior{ID: anybody(d), Name: oneOf(d, someText...)}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		read := oneOf(d, nil, &meeting.Bundle{Version: d.pick(3)})
		if b, sent := p.State().Bundle(); sent && d.pick(2) == 0 {
			read = &b
		}
		return meeting.DecideBundle{
			Read: read, IDs: oneOf(d, nil, ids("m03"), ids("m04", "m14")), Decision: oneOf(d, append(meeting.Decisions(), "x")...),
			Grade: oneOf(d, someGrades...), Reason: oneOf(d, someText...), Approval: oneOf(d, "", "", "批复 3 号"),
		}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.GiveFeedback{ID: anybody(d), Approval: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Acknowledge{Text: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		form := oneOf(d, meeting.Forms()...)
		c := meeting.WriteRecord{Form: form.Name, No: d.pick(4), Rev: oneOf(d, 0, 0, 1, 2), Values: map[string]string{}}
		for range 1 + d.pick(len(form.Fields)) {
			f := oneOf(d, form.Fields...)
			c.Values[f.Name] = someValue(d, f)
		}
		return c
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		form := oneOf(d, meeting.Forms()...)
		return meeting.MoveRecord{Form: form.Name, No: d.pick(4), Word: oneOf(d, append([]meeting.Move{{Word: "confirm"}}, form.Moves...)...).Word, Text: oneOf(d, someText...), Approval: oneOf(d, "", "总支3号")}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.ImportConduct{Rows: []meeting.ConductRow{{ID: anybody(d), Facts: []meeting.ConductFact{{Item: oneOf(d, someText...), Value: oneOf(d, someText...)}}}}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		c := meeting.HandInOpinion{Values: map[string]string{"about": oneOf(d, "班子", "书记", "m04", "x"), "text": oneOf(d, someText...)}}
		c.Box, _ = meeting.UnsignedOpinion{No: meeting.FirstUnsigned + d.pick(9), Values: c.Values}.Padded(0)
		return c
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.MergeOpinions{Nos: []int{d.pick(4), meeting.FirstUnsigned + d.pick(9)}[d.pick(2):], Text: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.CloseOpinions{} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		from := oneOf(d, meeting.FromProblem, meeting.FromCriticism, meeting.FromOpinion, meeting.FromSelfCheck, meeting.FromRemark, "x")
		return meeting.TakeOver{Origin: meeting.Origin{From: from, No: d.pick(4)}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.GiveDirective{Directive: meeting.Directive{Title: oneOf(d, "某通知", ""), Indicators: []preset.Indicator{{ID: oneOf(d, "a", "discussion"), Text: "x", Points: 100}}[:d.pick(2)]}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.AddFile{File: meeting.File{Hash: strings.Repeat(oneOf(d, "0f", "1e", "x"), 32), Name: oneOf(d, "照片.jpg", "../照片.jpg", "a.exe"), Size: oneOf(d, 3, 0, meeting.MaxFile+1)}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.StrikeRecord{Form: oneOf(d, meeting.Forms()...).Name, No: d.pick(4), Reason: oneOf(d, someText...)}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.Rehearse{Of: p.State(), Subjects: []string{"食堂"}}
	},
	func(p *play, d dice, by meeting.MemberID) meeting.Command { return meeting.EndRehearsal{} },
	func(p *play, d dice, by meeting.MemberID) meeting.Command {
		return meeting.KeepRehearsal{Ballots: d.pick(4)}
	},
}

// someValue is what somebody might type into a field.
func someValue(d dice, f meeting.Field) string {
	list := append([]string{"", "2017-06-30", "m04", `["m04"]`, `[{"problem":"x"}]`, `[{"what":"x"}]`, "7", "true", "{"}, someText...)
	return oneOf(d, append(list, f.Words...)...)
}

// recordsHold: every record stands under its number, its lines have what they
// need, and nobody reads what is another's own.
func (p *play) recordsHold() {
	p.T.Helper()
	for _, l := range p.State().Ledger() {
		if l.Problem == "" || l.Closed != (l.Acceptance != "") || l.Of != "" && l.Level == meeting.LevelCommittee {
			p.T.Fatalf("a line is %+v", l)
		}
	}
	if lost := p.State().Unnamed(); lost != "" {
		p.T.Fatal(lost)
	}
	for _, who := range players {
		p.onesHold(who)
		for _, r := range p.State().Records(who, "outline") {
			if r.Owner != who && r.Value("causes") != "" && r.Signed[r.Owner].IsZero() {
				p.T.Fatalf("%q reads the outline of %s", who, r.Owner)
			}
		}
		for _, r := range p.State().Records(who, "opinion") {
			if r.Owner != who && !p.State().ReadsOpinions(who) || r.No >= meeting.FirstUnsigned && p.State().OpinionsShown() == 0 {
				p.T.Fatalf("%q reads the opinion %d", who, r.No)
			}
		}
		for _, r := range p.State().Records(who, "talk") {
			if r.Owner != who && r.Value("content") != "" && !slices.Contains(r.People("with"), who) {
				p.T.Fatalf("%q reads what %s and %v said", who, r.Owner, r.People("with"))
			}
		}
	}
}

// onesHold: a record that is asked for is the one that stands in the list.
func (p *play) onesHold(who meeting.MemberID) {
	p.T.Helper()
	for _, f := range meeting.Forms() {
		list := p.State().Records(who, f.Name)
		if all := p.State().RecordsOfAll(who, f.Name); !reflect.DeepEqual(append([]meeting.Record{}, list...), append([]meeting.Record{}, all...)) {
			p.T.Fatalf("%q reads of %s %+v, of all it is %+v", who, f.Name, list, all)
		}
		for _, r := range list {
			if one, gone := p.State().Record(who, f.Name, r.No); gone != nil || !reflect.DeepEqual(one, r) {
				p.T.Fatalf("%q asks for %s %d and gets %+v, %v, in the list is %+v", who, f.Name, r.No, one, gone, r)
			}
		}
		mine := slices.IndexFunc(list, func(r meeting.Record) bool { return f.One == meeting.PerBranch || r.Owner == who })
		one, none := p.State().Record(who, f.Name, 0)
		if f.One == meeting.Numbered {
			mine = -1
		}
		if (mine < 0) != (none != nil) || mine >= 0 && !reflect.DeepEqual(one, list[mine]) {
			p.T.Fatalf("%q asks for their %s and gets %+v, %v, in the list is %d of %+v", who, f.Name, one, none, mine, list)
		}
	}
}

func (p *play) hasBallot(who meeting.MemberID) bool {
	v := p.State().Vote()
	if v == nil {
		return false
	}
	_, ok := v.BoxOf(who)
	return ok
}

func anybody(d dice) meeting.MemberID { return oneOf(d, players...) }

// turn is one thing that happens: the sensible one, or somebody tries something.
func (p *play) turn(d dice) {
	p.T.Helper()
	switch d.pick(5) {
	case 0, 1:
		if p.State().Phase == meeting.Before || p.State().Phase == meeting.Live {
			p.move()
		}
	case 2: // people come in and vote, so that meetings get somewhere
		by := anybody(d)
		if v := p.State().Vote(); v != nil && v.State == meeting.BoxOpened && p.hasBallot(by) {
			p.try(by, meeting.Cast{Ballot: p.urn.BallotOf(p.State(), by, oneOf(d, someRows...)...)})
		} else {
			p.try(by, meeting.SignIn{})
		}
	default:
		by := oneOf(d, append(players, "m03", "m03", "m03", "m03", "m03", party)...)
		p.try(by, oneOf(d, draws...)(p, d, by))
	}
	p.holds()
	p.wallHolds()
	if n := len(p.seen); n == 0 || p.seen[n-1].s != p.State() {
		p.seen = append(p.seen, seen{p.State(), meetingtest.Dump(p.State())})
	}
}

// try sends a command, which may be refused, and nothing else.
func (p *play) try(by meeting.MemberID, c meeting.Command) {
	p.T.Helper()
	var no *meeting.Refusal
	err := p.Tries(by, c)
	known, unread := codes()
	p.T.Logf("%q %T %+v: %v", by, c, c, err)
	switch {
	case err == nil:
	case !errors.As(err, &no):
		p.T.Fatalf("%s %T: %v is no refusal", by, c, err)
	case !slices.Contains(must(p.T, known, unread), no.Code):
		p.T.Fatalf("%s %T: unknown code %s", by, c, no.Code)
	}
}

// holds are the rules that hold everywhere (HOUSE.md §6).
func (p *play) holds() {
	p.T.Helper()
	s := p.State()
	phase := slices.Index([]meeting.Phase{meeting.Before, meeting.Live, meeting.After}, s.Phase)
	if phase < p.phase {
		p.T.Fatalf("the meeting went back to %s", s.Phase)
	}
	p.phase = phase
	open := 0
	for i, it := range s.Agenda {
		if it.Status == meeting.Open {
			open++
			if i != s.Current || s.Phase != meeting.Live {
				p.T.Fatalf("item %d is open", it.No)
			}
		}
	}
	if (s.Phase == meeting.Live) != (open == 1) {
		p.T.Fatalf("%d items are open in phase %s", open, s.Phase)
	}
	roll := s.Roll()
	if roll.Present+len(roll.Absent) != roll.Expected || roll.Here+len(roll.Left) != roll.Present || roll.HereFormal > roll.PresentFormal {
		p.T.Fatalf("the roll does not add up: %+v", roll)
	}
	for i, id := range s.Floor.Queue {
		if !s.Attendance.Of(id).Present || id == s.Floor.Speaker || slices.Contains(s.Floor.Queue[:i], id) {
			p.T.Fatalf("%s waits for the floor: %+v", id, s.Floor)
		}
	}
	if id := s.Floor.Speaker; id != "" && !s.Attendance.Of(id).Present {
		p.T.Fatalf("%s speaks and is not there", id)
	}
	for i, v := range s.Votes {
		p.boxHolds(i, v)
	}
	p.afterwardsHolds()
	if n := len(s.Votes); n > 0 && s.Votes[n-1].State != meeting.BoxVoid {
		for _, v := range s.Votes[:n-1] {
			if v.State != meeting.BoxVoid {
				p.T.Fatal("two votes go on")
			}
		}
	}
}

// afterwardsHolds: nobody is told anything while the meeting goes on, and a line
// is struck off with a word about it.
func (p *play) afterwardsHolds() {
	p.T.Helper()
	for id, h := range p.State().Hearings.All() {
		m, _ := p.State().Member(id)
		if p.State().Phase == meeting.Live || !m.InParty() || p.State().Rules.Approval == preset.ApprovalFirst && h.Approval == "" {
			p.T.Fatalf("%s was told: %+v", id, h)
		}
	}
	p.recordsHold()
}

// boxHolds: one counted ballot a member, none after closing, and sums that are
// what was chosen.
func (p *play) boxHolds(i int, v *meeting.Vote) {
	p.T.Helper()
	for _, b := range v.Boxes {
		p.votersHold(v, b)
	}
	if i == len(p.boxes) {
		p.boxes = append(p.boxes, *v)
	}
	order := []meeting.BoxState{meeting.BoxSealing, meeting.BoxSealed, meeting.BoxOpened, meeting.BoxClosed, meeting.BoxCounted, meeting.BoxVoid}
	was, is := slices.Index(order, p.boxes[i].State), slices.Index(order, v.State)
	if is < was && !(was == 1 && is == 0) { // other scrutineers were named
		p.T.Fatalf("the box was %s and is %s", order[was], order[is])
	}
	for j, b := range v.Boxes {
		if was >= 3 && (b.Tally != p.boxes[i].Boxes[j].Tally || !reflect.DeepEqual(b.Returned, p.boxes[i].Boxes[j].Returned)) {
			p.T.Fatal("a closed box changed")
		}
	}
	p.boxes[i] = *v
	for _, b := range v.Boxes {
		p.keysHold(v, b)
		for q := range b.Sums {
			same(p.T, fmt.Sprintf("sums of question %d", q+1), b.Sums[q], p.chosenIn(v, b, q))
		}
	}
	if v.State == meeting.BoxCounted {
		p.histogramsHold(v)
	}
}

// votersHold: who has a ballot came, has no other one, and has not voted twice.
func (p *play) votersHold(v *meeting.Vote, b *meeting.Box) {
	p.T.Helper()
	if b.Returned.Len() > len(b.Voters) {
		p.T.Fatalf("收回 %d > 发出 %d", b.Returned.Len(), len(b.Voters))
	}
	for id := range b.Returned.All() {
		if !slices.Contains(b.Voters, id) {
			p.T.Fatalf("%s voted without a ballot", id)
		}
	}
	for _, id := range b.Voters {
		m, _ := p.State().Member(id)
		if !p.State().Attendance.Of(id).Came() && p.State().Attendance.Of(id).Reason == "" || m.InParty() == (b == v.Box(meeting.MassBox)) {
			p.T.Fatalf("%s has a ballot and never came, or not theirs", id)
		}
		if b.Returned.Has(id) && slices.Contains(v.OnPaper, id) {
			p.T.Fatalf("%s has voted and has a paper slip", id)
		}
	}
}

// keysHold: the sums are known when enough keys have opened a box in which
// there are enough ballots, and not before.
func (p *play) keysHold(v *meeting.Vote, b *meeting.Box) {
	p.T.Helper()
	needed := len(v.Scrutineers)
	if k := p.State().Rules.Vote.Threshold; k > 0 && k < needed {
		needed = k
	}
	server, keys := b.Partials[meeting.Keeper] != nil, len(b.Partials)
	if server {
		keys--
	}
	if (b.Sums != nil) != (server && keys >= needed) {
		p.T.Fatalf("sums %v after %d of %d keys, the server's %v", b.Sums, keys, needed, server)
	}
	if len(b.Partials) > 0 && b.Returned.Len() < p.State().Rules.Vote.MinBallots {
		p.T.Fatalf("a box with %d ballots was opened", b.Returned.Len())
	}
}

// chosenIn is what the voters of a box chose in a question.
func (p *play) chosenIn(v *meeting.Vote, b *meeting.Box, q int) []int {
	want := make([]int, len(b.Sums[q]))
	for id := range b.Returned.All() {
		if rows := p.urn.Chosen(p.log.cast[fmt.Sprint(v.No, id)].Ballot.Tracker()); rows[q] != abstain {
			want[rows[q]]++
		}
	}
	return want
}

// histogramsHold: they add up to the ballots that asked about a subject, and
// too few of these show nothing.
func (p *play) histogramsHold(v *meeting.Vote) {
	p.T.Helper()
	least, self := p.State().Rules.Vote.MinBallots, p.State().Rules.Vote.SelfVote
	for i, id := range v.Subjects {
		asked := v.Members().Returned.Len()
		if v.Members().Returned.Has(id) && !self {
			asked--
		}
		slips, _ := v.AgreedPaper()
		onPaper := slips.Returned
		if slices.Contains(v.OnPaper, id) && len(v.OnPaper) == slips.Returned && !self {
			onPaper--
		}
		h, no := p.State().Histogram(id)
		p.addsUp(h, no, asked, least, onPaper)
		if v.Box(meeting.MassBox) == nil {
			continue
		}
		h, no = p.State().HistogramApart(meeting.MassBox, id)
		p.addsUp(h, no, v.Box(meeting.MassBox).Returned.Len(), least, 0)
		if no == nil {
			same(p.T, "群众", h.Counts, v.Box(meeting.MassBox).Sums[i])
		}
	}
}

func (p *play) addsUp(h meeting.Histogram, no *meeting.Refusal, asked, least, onPaper int) {
	p.T.Helper()
	if asked < least {
		if no == nil || no.Code != meeting.TooFewBallots || h.Ballots > 0 {
			p.T.Fatalf("%d ballots show %+v %v", asked, h, no)
		}
		return
	}
	total := h.Abstain
	for _, n := range h.Counts {
		total += n
	}
	if no != nil || h.Abstain < 0 || total != h.Ballots || h.Ballots != asked+onPaper {
		p.T.Fatalf("%+v %v", h, no)
	}
}

func someSpeech(d dice) meeting.SpeechID {
	return meeting.SpeechID{Kind: oneOf(d, meeting.CriticismSpeech, meeting.SelfSpeech, meeting.ResponseSpeech, "gossip"), Of: anybody(d), Nth: d.pick(4)}
}

// publishedStays: nobody who reads a state sees it change.
func (p *play) publishedStays() {
	p.T.Helper()
	for _, old := range p.seen {
		if meetingtest.Dump(old.s) != old.dump {
			p.T.Fatal("a published state was changed")
		}
	}
}

// tellsNoChoice: what is stored of a ballot beside its ciphertexts is its box,
// its receipt and how often its voter has voted (HOUSE.md §6, 3).
func (p *play) tellsNoChoice() {
	p.T.Helper()
	for c := range p.State().Chronicle.Backward() {
		if cast, ok := c.Fact.(meeting.BallotCast); ok {
			text, err := json.Marshal(cast)
			want := fmt.Sprintf(`{"channel":%q,"receipt":%q,"times":%d}`, cast.Channel, cast.Receipt, cast.Times)
			if err != nil || string(text) != want {
				p.T.Fatalf("a ballot is stored as %s", text)
			}
		}
	}
}

func TestEveryCommandIsDrawn(t *testing.T) {
	p := &play{hall: seated(t, "seed-2017", preset.Ballot, nil)}
	var drawn []string
	for _, draw := range draws {
		drawn = append(drawn, reflect.TypeOf(draw(p, zeros{}, "m03")).Name())
	}
	slices.Sort(drawn)
	same(t, "commands", drawn, receivers(t, "decide"))
}

type zeros struct{}

func (zeros) pick(int) int { return 0 }
