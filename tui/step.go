package tui

import (
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// stepWords returns a step in one line and, for a step that is confirmed first,
// the question.
func (w *Words) stepWords(s *meeting.State, step meeting.Step) (label, question string) {
	switch step.Act {
	case "":
		if len(step.Wait) > 0 {
			return w.SayWaiting(s, step), ""
		}
		return w.Common.Ended, ""
	case meeting.ActNext:
		return w.nextWords(s)
	case meeting.ActGoto:
		to, _ := step.Do.(meeting.Goto)
		return w.Step.VoteAgain.of(w.titleOf(s, to.No)), ""
	case meeting.ActCall:
		if at(s, preset.Remark) && slices.Contains(s.Guides(), step.Who[0]) {
			return w.Step.AskRemark.of(w.names(s, step.Who)), ""
		}
		return w.Step.AskSpeech.of(w.names(s, step.Who)), ""
	case meeting.ActResume:
		roll := w.Console.Here.of(s.Roll().Here)
		return w.Recess.Resume.of(w.itemTitle(s)), w.Recess.Count.of(w.SayResting(s), roll)
	case meeting.ActSay:
		return w.Placard.Resume, w.resumeNote(s)
	case meeting.ActTurn:
		return w.turnWords(s, step), ""
	case meeting.ActScrutineers:
		return w.Step.Scrutineers.of(w.names(s, step.Who)), w.scrutineerWords(step)
	case meeting.ActOpen:
		return w.Common.OpenVote, w.openWords(s, step)
	case meeting.ActAnnounce:
		return w.announceName(s), "" // confirmAnnounce asks
	case meeting.ActClose:
		if step.Do == nil {
			return w.SayWaiting(s, step), ""
		}
		return w.endWords(s)
	case meeting.ActConfirmed:
		if step.Do != nil {
			return w.ActionName(step.Act), ""
		}
		question := w.Step.Unconfirmed
		if s.Rehearsal {
			question = w.Rehearsal.Unconfirmed
		}
		return w.ActionName(step.Act), question.of(w.Common.Sentence.of(w.checked(s)), w.names(s, step.Wait))
	case meeting.ActRate:
		return w.Step.OpenTable.of(len(step.Who)), ""
	case meeting.ActSubmit:
		return w.Common.SubmitTable, w.Rating.SubmitNote.of(w.handIn(s), w.capMeter(s))
	}
	return w.ActionName(step.Act), ""
}

// endWords names the end of voting, and says what it means now.
func (w *Words) endWords(s *meeting.State) (label, question string) {
	v := s.Vote()
	text := w.Common.Sentence.of(w.SayIssued(v))
	if n := len(v.Missing()); n > 0 {
		text += w.Step.NotVoted.of(n)
	}
	if n, least := v.Members().Returned.Len(), s.LeastBallots(); n < least {
		text += w.Step.NeverOpened.of(n, least)
	} else if mass, least := v.Box(meeting.MassBox), s.Rules.Vote.MinBallots; mass != nil && mass.Returned.Len() < least {
		text += w.Step.MassNeverOpened.of(mass.Returned.Len(), least)
	}
	return w.Step.EndVoting, w.Step.EndNote.of(text)
}

func (w *Words) openWords(s *meeting.State, step meeting.Step) string {
	text := w.Step.Ballots.of(len(step.Who))
	if n := len(s.Electorate(meeting.MassBox)); n > 0 {
		text += w.Step.MassBallots.of(n)
	}
	if n := len(s.Vote().OnPaper); n > 0 {
		text += w.Step.PaperTaken.of(n)
	}
	if no := s.Unreadable(); no != nil {
		text += w.Say(no)
	}
	return w.Step.StartNote.of(text)
}

func (w *Words) scrutineerWords(step meeting.Step) string {
	named, _ := step.Do.(meeting.NameScrutineers)
	if named.Hands == nil {
		return w.Step.TooFew
	}
	return w.Step.AskHands.of(named.Hands.Yes)
}

// SayWaiting says whom the meeting waits for, and for what.
func (w *Words) SayWaiting(s *meeting.State, step meeting.Step) string {
	what := w.ActionName(meeting.ActVote)
	if v := s.Vote(); v != nil {
		switch v.State {
		case meeting.BoxOpened: // who has not voted is shown only when asked for
			return w.Step.WaitCount.of(len(step.Wait), what)
		case meeting.BoxSealing:
			what = w.ActionName(meeting.ActSeal)
		case meeting.BoxClosed:
			if n := unsealsMissing(s); n < len(step.Wait) {
				return w.Step.WaitSome.of(w.names(s, step.Wait), n, w.ActionName(meeting.ActUnseal))
			}
			what = w.ActionName(meeting.ActUnseal)
		}
	}
	if len(step.Wait) > 4 {
		return w.Step.WaitCount.of(len(step.Wait), what)
	}
	return w.Step.WaitNames.of(w.names(s, step.Wait), what)
}

func (w *Words) nextWords(s *meeting.State) (label, question string) {
	switch {
	case s.Phase == meeting.Before:
		return w.Step.Start.of(w.nextTitle(s)), ""
	case s.Current == len(s.Agenda)-1:
		note := w.Step.AdjournPlain
		if s.Vote() != nil {
			note = w.Step.AdjournNote
		}
		return w.Common.Adjourn, strings.Join(append(w.gaps(s), note), "\n")
	}
	return w.Step.Next.of(w.nextTitle(s)), ""
}

// gaps says what an inspector would find in the papers of the meeting, as far as it
// is not too late.
func (w *Words) gaps(s *meeting.State) []string {
	var list []string
	for _, x := range s.Inspect("") {
		switch x.Paper {
		case "sign-in", "minutes", "criticisms", "tally":
			if x.Code == meeting.LastYearMissing { // it is among the items without a record
				continue
			}
			list = append(list, w.Minutes.Gap.of(w.SayFlawAlone(x)))
		}
	}
	return list
}

func (w *Words) turnWords(s *meeting.State, step meeting.Step) string {
	who := w.names(s, step.Who)
	round, _ := s.Round(s.Subject)
	switch {
	case s.Subject == "" && round.Part == meeting.PartHeard:
		return w.Step.HearCriticism.of(who)
	case s.Subject == "":
		if next, _ := s.Round(s.NextSubject()); next.Part == meeting.PartHeard {
			return w.Step.HearCriticism.of(who)
		}
		return w.Step.AskSelf.of(who)
	case round.Part == meeting.PartSelf && s.Rules.MutualReview == "after_all":
		return w.Step.SelfDone
	case round.Part == meeting.PartSelf:
		return w.Step.SelfDoneHear.of(who)
	case round.Part == meeting.PartCriticism && len(step.Who) == 1 && step.Who[0] != s.Subject:
		return w.Step.AskCriticism.of(who)
	case round.Part == meeting.PartCriticism && s.Attendance.Of(s.Subject).Present:
		return w.Step.AskResponse.of(who)
	}
	return w.Step.PersonDone.of(who)
}
