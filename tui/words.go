package tui

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// Words are all phrases of the screens in one language. Those of a noun stand in
// one file, both languages: its struct, its actions and its refusals
// (ballotwords.go, sealwords.go, …). A phrase is written nowhere else.
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
	Steps     map[meeting.StepName]string // as the heads of columns
	StepTitle map[meeting.StepName]string
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
	Mine       mineWords
	Hands      handsWords
	Ballot     ballotWords
	Seal       sealWords
	Slips      slipsWords
	Code       codeWords
	Device     deviceWords
	Comment    commentWords
	Result     resultWords
	Announce   announceWords
	Rating     ratingWords
	Projector  projectorWords
	Chronicle  chronicleWords
	Sheet      sheetWords
	Record     recordWords
	TakeOver   takeOverWords
	Opinion    opinionWords
	Feedback   feedbackWords
	Booth      boothWords
	Rehearsal  rehearsalWords
	Wall       wallWords
	Find       findWords
	Matrix     matrixWords
	Readiness  readinessWords
	Inspection inspectionWords
	Tasks      taskWords
	Late       lateWords
	Jump       jumpWords
	System     systemWords
	Deeds      auditWords
	Table      tableWords
	Placard    placardWords
	Recess     recessWords
	PartyGroup partyGroupWords
	Call       callWords
	Undo       undoWords
	Script     scriptWords
	Archive    archiveWords
	Bundle     bundleWords
	Branches   branchesWords
	Limits     limitsWords
	Measure    measureWords
	Floor      floorWords
	Wording    wordingWords
	Plain      plainWords
	Stream     streamWords
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

// phrase is a text in which {1}, {2} … stand for what is put into it.
type phrase string

// of fills a phrase with args.
func (p phrase) of(args ...any) string { return fill(string(p), args) }

// fill replaces {1}, {2} … in a text by args, each once. Within 「」 quotation marks
// become the inner ones, 『』.
func fill(text string, args []any) string {
	if len(args) == 0 && !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 16*len(args))
	for {
		before, after, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		mark, rest, _ := strings.Cut(after, "}")
		if n, err := strconv.Atoi(mark); err == nil && n >= 1 && n <= len(args) {
			arg, is := args[n-1].(string)
			if !is {
				arg = fmt.Sprint(args[n-1])
			}
			if strings.HasSuffix(before, "「") {
				arg = inner.Replace(arg)
			}
			b.WriteString(arg)
			text = rest
			continue
		}
		b.WriteString("{")
		text = after
	}
}

// inner makes quotation marks those within others.
var inner = strings.NewReplacer("「", "『", "」", "』")

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
	return draw.Clean(text)
}

// word looks a name up; an unknown one stays as it is.
func word[K ~string](names map[K]string, k K) string {
	if n, ok := names[k]; ok {
		return n
	}
	return draw.Clean(string(k))
}

// gather takes one language out of tables that have both.
func gather[K comparable](lang func(twin) string, tables ...map[K]twin) map[K]string {
	all := map[K]string{}
	for _, table := range tables {
		for k, t := range table {
			all[k] = lang(t)
		}
	}
	return all
}

func inChinese(t twin) string { return t.chinese }

func inEnglish(t twin) string { return t.english }

// chinese are the phrases in Chinese, in which everything is written first.
var chinese = &Words{
	Lang:      "zh",
	Actions:   gather(inChinese, commentActions, sealActions, recordActions, selfratingActions, stepActions, undoActions, agendaActions, approvalActions, attendanceActions, ballotActions, criticismActions, feedbackActions, floorActions, minutesActions, placardActions, ratingActions, recessActions, rehearsalActions, resultActions, rosterActions, limitsActions, wordingActions, takeOverActions, opinionActions, archiveActions, slipsActions, deviceActions, codeActions),
	Sentences: gather(inChinese, minutesSentences, againSentences, agendaSentences, approvalSentences, attendanceSentences, ballotSentences, commentSentences, commonSentences, criticismSentences, feedbackSentences, floorSentences, headSentences, ratingSentences, readinessSentences, readySentences, recordSentences, recessSentences, rehearsalSentences, resultSentences, rosterSentences, sealSentences, selfratingSentences, slipsSentences, undoSentences, takeOverSentences, opinionSentences, archiveSentences, deviceSentences, inspectionSentences, partyGroupSentences, yearSentences, codeSentences),
	Items:     gather(inChinese, itemTitles),
	Statuses:  gather(inChinese, itemStatuses),
	Steps:     gather(inChinese, stepNames),
	StepTitle: gather(inChinese, stepTitles),
	Phases:    gather(inChinese, phases),
	Seats:     gather(inChinese, seats),
	Kinds:     gather(inChinese, memberKinds),
	Purposes:  gather(inChinese, purposes),
	Parts:     gather(inChinese, roundParts),
	Boxes:     gather(inChinese, boxStates),

	Common:     commonChinese,
	Page:       pageChinese,
	Happening:  happeningChinese,
	Follow:     followChinese,
	Console:    consoleChinese,
	Step:       stepChinese,
	Attendance: attendanceChinese,
	Criticism:  criticismChinese,
	SelfRating: selfRatingChinese,
	Minutes:    minutesChinese,
	Mine:       mineChinese,
	Hands:      handsChinese,
	Ballot:     ballotChinese,
	Seal:       sealChinese,
	Slips:      slipsChinese,
	Code:       codeChinese,
	Device:     deviceChinese,
	Comment:    commentChinese,
	Result:     resultChinese,
	Announce:   announceChinese,
	Rating:     ratingChinese,
	Projector:  projectorChinese,
	Chronicle:  chronicleChinese,
	Sheet:      sheetChinese,
	Feedback:   feedbackChinese,
	Booth:      boothChinese,
	Rehearsal:  rehearsalChinese,
	Wall:       wallChinese,
	Find:       findChinese,
	Matrix:     matrixChinese,
	Readiness:  readinessChinese,
	Inspection: inspectionChinese,
	Tasks:      tasksChinese,
	Late:       lateChinese,
	Jump:       jumpChinese,
	System:     systemChinese,
	Deeds:      auditChinese,
	Table:      tableChinese,
	Placard:    placardChinese,
	Recess:     recessChinese,
	PartyGroup: partyGroupChinese,
	Call:       callChinese,
	Undo:       undoChinese,
	Script:     scriptChinese,
	Archive:    archiveChinese,
	Bundle:     bundleChinese,
	Branches:   branchesChinese,
	Limits:     limitsChinese,
	Measure:    measureChinese,
	Floor:      floorChinese,
	Wording:    wordingChinese,
	Plain:      plainChinese,
	Stream:     streamChinese,
	Record:     chineseRecords,
	TakeOver:   chineseTakeOver,
	Opinion:    chineseOpinion,
	Keys:       chineseKeys,
}

// english are the phrases in English.
var english = &Words{
	Lang:      "en",
	Actions:   gather(inEnglish, commentActions, sealActions, recordActions, selfratingActions, stepActions, undoActions, agendaActions, approvalActions, attendanceActions, ballotActions, criticismActions, feedbackActions, floorActions, minutesActions, placardActions, ratingActions, recessActions, rehearsalActions, resultActions, rosterActions, limitsActions, wordingActions, takeOverActions, opinionActions, archiveActions, slipsActions, deviceActions, codeActions),
	Sentences: gather(inEnglish, minutesSentences, againSentences, agendaSentences, approvalSentences, attendanceSentences, ballotSentences, commentSentences, commonSentences, criticismSentences, feedbackSentences, floorSentences, headSentences, ratingSentences, readinessSentences, readySentences, recordSentences, recessSentences, rehearsalSentences, resultSentences, rosterSentences, sealSentences, selfratingSentences, slipsSentences, undoSentences, takeOverSentences, opinionSentences, archiveSentences, deviceSentences, inspectionSentences, partyGroupSentences, yearSentences, codeSentences),
	Items:     gather(inEnglish, itemTitles),
	Statuses:  gather(inEnglish, itemStatuses),
	Steps:     gather(inEnglish, stepNames),
	StepTitle: gather(inEnglish, stepTitles),
	Phases:    gather(inEnglish, phases),
	Seats:     gather(inEnglish, seats),
	Kinds:     gather(inEnglish, memberKinds),
	Purposes:  gather(inEnglish, purposes),
	Parts:     gather(inEnglish, roundParts),
	Boxes:     gather(inEnglish, boxStates),
	Terms:     englishTerms,

	Common:     commonEnglish,
	Page:       pageEnglish,
	Happening:  happeningEnglish,
	Follow:     followEnglish,
	Console:    consoleEnglish,
	Step:       stepEnglish,
	Attendance: attendanceEnglish,
	Criticism:  criticismEnglish,
	SelfRating: selfRatingEnglish,
	Minutes:    minutesEnglish,
	Mine:       mineEnglish,
	Hands:      handsEnglish,
	Ballot:     ballotEnglish,
	Seal:       sealEnglish,
	Slips:      slipsEnglish,
	Code:       codeEnglish,
	Device:     deviceEnglish,
	Comment:    commentEnglish,
	Result:     resultEnglish,
	Announce:   announceEnglish,
	Rating:     ratingEnglish,
	Projector:  projectorEnglish,
	Chronicle:  chronicleEnglish,
	Sheet:      sheetEnglish,
	Feedback:   feedbackEnglish,
	Booth:      boothEnglish,
	Rehearsal:  rehearsalEnglish,
	Wall:       wallEnglish,
	Find:       findEnglish,
	Matrix:     matrixEnglish,
	Readiness:  readinessEnglish,
	Inspection: inspectionEnglish,
	Tasks:      tasksEnglish,
	Late:       lateEnglish,
	Jump:       jumpEnglish,
	System:     systemEnglish,
	Deeds:      auditEnglish,
	Table:      tableEnglish,
	Placard:    placardEnglish,
	Recess:     recessEnglish,
	PartyGroup: partyGroupEnglish,
	Call:       callEnglish,
	Undo:       undoEnglish,
	Script:     scriptEnglish,
	Archive:    archiveEnglish,
	Bundle:     bundleEnglish,
	Branches:   branchesEnglish,
	Limits:     limitsEnglish,
	Measure:    measureEnglish,
	Floor:      floorEnglish,
	Wording:    wordingEnglish,
	Plain:      plainEnglish,
	Stream:     streamEnglish,
	Record:     englishRecords,
	TakeOver:   englishTakeOver,
	Opinion:    englishOpinion,
	Keys:       englishKeys,
}
