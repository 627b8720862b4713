package tui

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// arguments are samples of what package meeting names behind each code.
var arguments = map[meeting.Code][]string{
	meeting.FieldFollows: {"等次"}, meeting.AbsentWithoutReason: {"2"}, meeting.AlreadyGuides: {"上级01"}, meeting.GuideAbsent: {"上级01"}, meeting.BundleChanged: {"2", "党员03（优秀、合格）"}, meeting.BundleBehind: {"2", "党员03（登记表）"}, meeting.BundleDone: {"2"}, meeting.BundleUnchanged: {"2"},
	meeting.ApprovedSince: {"党员01", "上级s2"}, meeting.ReturnedSince: {"党员01", "上级s2", "走访少"}, meeting.AmendedSince: {"党员01", "上级s2", "合格", "走访少"},
	meeting.AmendedAlready: {"党员01", "合格"}, meeting.DecidedHere: {"党员01"}, meeting.GradeUnchanged: {"党员01", "合格"}, meeting.ToldStands: {"党员01"},
	meeting.BundleWaits: {"2"}, meeting.LineReturned: {"党员01"}, meeting.LineWaits: {"党员01"}, meeting.NotReturned: {"党员01"}, meeting.AlreadySeated: {"党员01"}, meeting.AwayFromVotes: {"党员01"},
	meeting.BadID: {"x y"}, meeting.BadZone: {"CST"}, meeting.BadNumber: {"9", "1", "4"}, meeting.BadRoster: {"3", "姓名", "roster.name-missing"}, meeting.RemovedTooLate: {"党员01"}, meeting.RemovedAfter: {"党员01"}, meeting.HasTakenPart: {"党员01"}, meeting.HasLeft: {"党员01", "已转出"}, meeting.StandsChange: {"2", "党员01", "类别", "正式", "预备"},
	meeting.BoxAltered: {"6", "7"}, meeting.BranchExists: {"b1"}, meeting.ChoiceUnknown: {"m01", "优秀、合格"}, meeting.HasFloor: {"党员01"}, meeting.NotInQueue: {"党员01"},
	meeting.NotOnPaper: {"党员01"}, meeting.TooFewSlips: {"1", "5"}, meeting.FewSlipsOut: {"1", "5"}, meeting.FewSlipsBack: {"1", "5"}, meeting.NotConfirmed: {"3", "7"}, meeting.SomeUnconfirmed: {"3", "7"}, meeting.VotersMissing: {"4", "3", "5"},
	meeting.KeyKnown: {"3"}, meeting.DeviceYearOver: {"2018"}, meeting.CastTooOften: {"7"}, meeting.TooManyKeys: {"8"},
	meeting.HeadDiffers: {"#57 1a2b", "#57 3c4d"}, meeting.HeadMissing: {"#57 1a2b"},
	meeting.HoldsBallot: {"党员01"}, meeting.HoldsFloor: {"党员01"}, meeting.ItemIsOpen: {"签到"},
	meeting.ItemsUndone: {"2"}, meeting.NamedTwice: {"党员01"}, meeting.GradedAnyway: {"党员14"}, meeting.GateRehearsed: {"2017-03-18", "9"}, meeting.OtherGroup: {"党员04", "第二党小组"}, meeting.GroupsUnrecorded: {"1", "第二党小组"}, meeting.NeedsReason: {string(meeting.NoQuorum), "4", "13"},
	meeting.NoQuorum: {"4", "13"}, meeting.NoVotingRight: {"党员01"}, meeting.NotGraded: {"党员14"},
	meeting.NotInParty: {"群众01"}, meeting.NotOnBallot: {"m99"}, meeting.NotPassed: {"3", "13", "1", "2"}, meeting.HandsNoQuorum: {"5", "8"}, meeting.VoteVoided: {"1"},
	meeting.NotPresent: {"党员01"}, meeting.CodeWordWrong: {"12"}, meeting.CodeLength: {"11"}, meeting.RoundIsOver: {"党员03"}, meeting.NotSealed: {"1"}, meeting.OverCap: {"5", "15"},
	meeting.SomeSilent: {"3"}, meeting.SomeUngraded: {"3"}, meeting.SomeUnheard: {"3"}, meeting.SomeUnrated: {"3"},
	meeting.OnPaperAlready: {"党员01"}, meeting.HasVoted: {"党员01"}, meeting.PaperSums: {"党员01", "3"}, meeting.CommentTooLong: {"300", "200"},
	meeting.Revealing: {"2", "1"}, meeting.TooManyComments: {"6", "5"}, meeting.CommitteeShort: {"1", "3"}, meeting.SomeUnreviewed: {"2"},
	meeting.TakesNoPart: {"党员01"}, meeting.TextTooLong: {"301", "200"}, meeting.TooFewBallots: {"3", "5"}, meeting.TooFewVoters: {"3", "5"},
	meeting.TooManyHands: {"20", "13"}, meeting.UnknownGrade: {"良好", "优秀、合格"}, meeting.UnknownMember: {"m99"},
	meeting.BallotUnproven: {"answers[2].overall_proof"}, meeting.CommentsUnfit: {"5"},
	meeting.AgainWithoutSome: {"党员01、党员02"}, meeting.AlreadyTold: {"党员01"}, meeting.FeedbackOfYearOver: {"2017", "2016"}, meeting.LineClosed: {"3"},
	meeting.CountsDisagree: {"党员03"}, meeting.UnheardPeople: {"2", "党员03、党员04"}, meeting.Uncriticised: {"2", "党员03、党员04"}, meeting.OutsideThePlan: {"2017-03-24", "2017-03-18", "2017-03-23"},
	meeting.DayTooLate: {"2017-03-24", "frob", "2017-03-20"}, meeting.DayTooEarly: {"2017-03-14", "frob", "2017-03-20"}, meeting.ArchiveLineShort: {"0", "1"},
	meeting.SeveralMeant: {"7"}, meeting.NoSuchNote: {"7"}, meeting.ItemsUnrecorded: {"2", "学习、开场"}, meeting.WordsMissing: {"3", "4"},
	meeting.FileName: {"../a.jpg"}, meeting.FileTooBig: {"5"}, meeting.FileKind: {"a.exe", ".jpg、.png"}, meeting.UnknownFile: {"0f0f"},
	meeting.UnknownIndicator: {"7"}, meeting.PointsOver: {"讲党课", "5"}, meeting.SelfMissing: {"讲党课", "3"}, meeting.ScoreMissing: {"讲党课", "3"}, meeting.WhyMissing: {"讲党课", "3"},
	meeting.FileContent: {"a.jpg"}, meeting.FilesUnused: {"40"},
	meeting.FieldFile: {"栏", "a.jpg"}, meeting.FieldTooMany: {"栏", "201", "200"}, meeting.NoSuchKind: {"方案", "专题组织生活会"}, meeting.DaysReversed: {"栏", "那一栏"},
	meeting.YearOver: {"2018"}, meeting.CodeYearOver: {"2018"}, meeting.NoCode: {"m05"}, meeting.YearArchived: {"2017-12-31"}, meeting.ArchiveMisses: {"3"}, meeting.YearGoesOn: {"2016"}, meeting.YearNotLater: {"2016", "2018"},
	meeting.OpinionsFull: {"3000"}, meeting.NotRemark: {"2"}, meeting.AlreadyTaken: {"问题清单", "3"},
	meeting.NotToDispose: {"党员01"}, meeting.MeansUnqualified: {"党员01", "基本合格"}, meeting.NotToAnnounce: {"优秀名单"},
	meeting.FieldPlaceholder: {"栏", "presents", "present、expected"},
	meeting.InRecess:         {"2017-03-27"}, meeting.RecessDay: {"明天"},
	meeting.FieldDay: {"栏", "明天"}, meeting.FieldForbidden: {"栏"}, meeting.FieldStands: {"栏", "frozen"}, meeting.FieldOnMove: {"栏", "close"}, meeting.FieldKind: {"栏", "12", "types"}, meeting.FieldMissing: {"栏"},
	meeting.FieldTwice: {"栏"}, meeting.FieldMoment: {"栏", "明天"}, meeting.FieldNumber: {"栏", "many"}, meeting.FieldPerson: {"栏", "m99"}, meeting.FieldRows: {"栏", "what、until"},
	meeting.FieldText: {"栏", string(meeting.TextTooLong), "301", "200"}, meeting.FieldUnknown: {"fields"}, meeting.FieldWord: {"栏", "书信", "面谈、电话"},
	meeting.FieldYes: {"栏", "maybe"}, meeting.NoRecord: {"9"}, meeting.ReadAgain: {"栏"}, meeting.RecordChanged: {"栏"}, meeting.RecordStands: {"frozen"},
	meeting.HandedIn: {"frozen", "submit"}, meeting.NotHandedIn: {"frozen"}, meeting.Decided: {"frozen"},
	meeting.GateMissing: {"frob"}, meeting.GateUnsent: {"frob"}, meeting.GateAwaits: {"frob"}, meeting.GateSentBack: {"frob"}, meeting.GateAhead: {"frob", "2099-01-01"}, meeting.GateLongAgo: {"frob", "1917-03-14", "2016-01-01"}, meeting.GateDayPast: {"frob", "2017-03-18"}, meeting.GateOffPlan: {"frob", "2017-03-24", "2017-03-18", "2017-03-23"},
	meeting.NoticeUnconfirmed: {"3", "党员01"}, meeting.StudyLacking: {"3", "党员01"}, meeting.OpinionsUnmerged: {"3", "5"}, meeting.TalksLacking: {"3", "9", "党员01"}, meeting.TalksShort: {"3", "党员01"},
	meeting.OutlinesLacking: {"3", "党员01"}, meeting.WrittenLacking: {"3", "党员01"}, meeting.ProblemsUnsorted: {"7"}, meeting.LastYearOpen: {"7"},
	meeting.ScrutineersLacking: {"1", "2"},
	meeting.UnknownWord:        {"集体", "班子、个人"}, meeting.UnknownSeat: {"king"}, meeting.WrongItem: {"民主测评"}, meeting.ItemPast: {"民主测评"}, meeting.PrivateUse: {"U+E000"},
}

// A list is said as each language joins one, titles by their names.
func TestListsAreJoinedAsTheLanguageDoes(t *testing.T) {
	for _, c := range []struct {
		w    *Words
		says string
		no   meeting.Refusal
	}{
		{Chinese(), "有 6 人没有作自我批评（党员01、党员02等）", meeting.Refusal{Code: meeting.UnheardPeople, Args: []string{"6", "党员01、党员02等"}}},
		{English(), "Without self-criticism: 6 (党员01, 党员02 and others)", meeting.Refusal{Code: meeting.UnheardPeople, Args: []string{"6", "党员01、党员02等"}}},
		{English(), "Items without a note: 2 (Study, Opening)", meeting.Refusal{Code: meeting.ItemsUnrecorded, Args: []string{"2", "学习、开场"}}},
		{English(), "choose one of 班子、个人", meeting.Refusal{Code: meeting.UnknownWord, Args: []string{"集体", "班子、个人"}}}, // as they are typed
	} {
		if text := c.w.Say(&c.no); !strings.Contains(text, c.says) {
			t.Errorf("%q does not say %q", text, c.says)
		}
	}
}

func TestEveryRefusalIsSaidWithEverythingInIt(t *testing.T) {
	codes, err := meetingtest.Codes("../meeting")
	if err != nil {
		t.Fatal(err)
	}
	hole := regexp.MustCompile(`\{\d\}`)
	for _, w := range languages {
		for _, code := range codes {
			text := w.Say(&meeting.Refusal{Code: code, Args: arguments[code]})
			if w.Sentences[code] == "" || !strings.HasSuffix(text, w.Common.Stop) {
				t.Errorf("%s: %q is no sentence", code, text)
			}
			if hole.MatchString(text) {
				t.Errorf("%s: %q has a hole", code, text)
			}
			for i, a := range arguments[code] {
				if i == listedAt(code) {
					a = w.list(a)
				}
				if code != meeting.NeedsReason && code != meeting.BadRoster && code != meeting.FieldText && !strings.Contains(text, a) {
					t.Errorf("%s: %q does not say %q", code, text, a)
				}
			}
		}
		if len(w.Sentences) != len(codes) {
			t.Errorf("%d sentences for %d codes", len(w.Sentences), len(codes))
		}
	}
}

func TestAReasonIsAskedForWithTheCheckThatNeedsIt(t *testing.T) {
	got := chinese.Say(&meeting.Refusal{Code: meeting.NeedsReason, Args: []string{string(meeting.NoQuorum), "4", "13"}})
	if want := "到会正式党员 4 名，应到 13 名，不到规定人数：请等人到齐。若要继续，请写明理由。"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for code, text := range chinese.Sentences { // what NeedsReason takes off and asks for itself
		if strings.HasSuffix(text, chinese.Common.OrReason) != strings.HasSuffix(english.Sentences[code], english.Common.OrReason) {
			t.Errorf("%s: %q and %q do not both end in asking for a reason", code, text, english.Sentences[code])
		}
	}
}

func TestNoErrorIsSilentAndForeignErrorsHideTheirInside(t *testing.T) {
	if got := chinese.Say(nil) + chinese.Say((*meeting.Refusal)(nil)); got != "" {
		t.Errorf("no error says %q", got)
	}
	for _, err := range []error{errors.New("bolt: 优秀 secret"), context.Canceled, fmt.Errorf("x: %w", context.DeadlineExceeded)} {
		if got := chinese.Say(err); got == "" || strings.Contains(got, "优秀") || strings.Contains(got, "bolt") {
			t.Errorf("%v is said as %q", err, got)
		}
	}
	wrapped := fmt.Errorf("act: %w", &meeting.Refusal{Code: meeting.NotBegun})
	if !strings.Contains(chinese.Say(wrapped), "还没有开始") {
		t.Errorf("a wrapped refusal is said as %q", chinese.Say(wrapped))
	}
}

func TestARefusalCannotCarryEscapesToATerminal(t *testing.T) {
	got := chinese.Say(&meeting.Refusal{Code: meeting.NotPresent, Args: []string{"\x1b[2J党员\u202e01\n"}})
	if strings.ContainsAny(got, "\x1b\n\u202e") {
		t.Errorf("%q", got)
	}
}

func TestEveryWordOfTheMeetingHasAName(t *testing.T) {
	for _, w := range languages {
		for _, a := range meeting.Actions() {
			if w.Actions[a] == "" {
				t.Errorf("action %s has no name in %s", a, w.Lang)
			}
		}
	}
	for _, it := range []string{chinese.SeatName("x\x1b"), chinese.ItemKindTitle("unknown")} {
		if it == "" || strings.Contains(it, "\x1b") {
			t.Errorf("unknown words are drawn as %q", it)
		}
	}
}

func TestATitleWithQuotationMarksIsQuotedOnce(t *testing.T) {
	no := &meeting.Refusal{Code: meeting.NoSuchKind, Args: []string{"发展党员公示", "“两学一做”专题组织生活会"}}
	if got, want := chinese.Say(no), "「『两学一做』专题组织生活会」没有发展党员公示这一项：不用写。"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAPhraseIsFilledOnce(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"{2}、{1}", "乙、{2}甲"},
		{"{{2}}", "{乙}"},
		{"{3} {0} {x} {", "{3} {0} {x} {"},
		{"", ""},
	} {
		if got := fill(c.text, []any{"{2}甲", "乙"}); got != c.want {
			t.Errorf("%q became %q, want %q", c.text, got, c.want)
		}
	}
}
