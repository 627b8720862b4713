package tui

import (
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// told returns one event as the console's log tells it; "" for events that
// nobody needs to hear of. It never holds a text that somebody wrote, or
// anything about a choice.
func (w *Words) told(s *meeting.State, c *meeting.Chronicle) string {
	by := nameOf(s, c.By)
	name := func(id meeting.MemberID) string { return nameOf(s, id) }
	switch f := c.Fact.(type) {
	case meeting.SignedIn:
		return w.Chronicle.SignedIn.of(name(f.ID))
	case meeting.AbsenceRecorded:
		if f.Left {
			return w.Chronicle.LeftEarly.of(name(f.ID), w.term(f.Reason))
		}
		return w.Chronicle.Absent.of(name(f.ID), w.term(f.Reason))
	case meeting.Named:
		return w.Chronicle.Named.of(name(f.ID), w.SeatName(f.Seat))
	case meeting.ItemOpened:
		return w.Chronicle.Entered.of(w.titleOf(s, f.No))
	case meeting.ItemEnded:
		if f.Skipped {
			return w.Chronicle.Skipped.of(w.titleOf(s, f.No), w.term(f.Reason))
		}
		return w.Chronicle.Finished.of(w.titleOf(s, f.No))
	case meeting.GatesPassed:
		return w.Readiness.Passed.of(w.term(f.Reason))
	case meeting.Adjourned:
		return w.Chronicle.Adjourned
	case meeting.PlacardChanged:
		switch {
		case f.Break:
			return w.Placard.ToldOfBreak
		case f.Text != "":
			return w.Placard.ToldOfText
		}
		return w.Placard.ToldOfDown
	case meeting.RecessBegun:
		return w.Recess.ToldOfIt.of(f.Until)
	case meeting.RecessEnded:
		return w.ActionName(meeting.ActResume)
	case meeting.FloorAsked:
		return w.Chronicle.AskedFloor.of(name(f.ID))
	case meeting.FloorWithdrawn:
		return w.Chronicle.LeftQueue.of(name(f.ID))
	case meeting.FloorGiven:
		return w.Chronicle.GaveFloor.of(name(f.ID), w.PurposeName(f.For))
	case meeting.FloorYielded:
		return w.Chronicle.Yielded.of(name(f.ID), f.Seconds)
	case meeting.StepUndone:
		return w.Undo.Told.of(by)
	case meeting.SelfCriticised:
		return w.Chronicle.SelfCriticism.of(name(f.ID))
	case meeting.Criticised:
		return w.Chronicle.Criticism.of(name(f.From), name(f.Of))
	case meeting.Responded:
		return w.Chronicle.Response.of(name(f.ID))
	case meeting.SpeechMended:
		if f.Text == "" {
			return w.Chronicle.Withdrew.of(name(f.From))
		}
		return w.Chronicle.Mended.of(name(f.From))
	case meeting.ReadingAsked:
		if f.Off {
			return w.Chronicle.OwnVoice.of(name(f.ID))
		}
		return w.Chronicle.ReadOut.of(name(f.ID))
	case meeting.SelfRated:
		return w.Chronicle.SelfRated.of(name(f.ID))
	case meeting.PlaceNoted:
		return w.Minutes.PlaceDone
	case meeting.Noted:
		return w.Chronicle.Noted.of(by)
	}
	return w.toldOfVotes(s, c)
}

func (w *Words) toldOfVotes(s *meeting.State, c *meeting.Chronicle) string {
	by := nameOf(s, c.By)
	switch f := c.Fact.(type) {
	case meeting.Resolved:
		return w.Chronicle.Hands.of(f.Yes, f.No, f.Abstain)
	case meeting.ScrutineersNamed:
		watch := w.Common.Scrutineers.of(w.names(s, f.IDs))
		if f.Again != nil {
			return w.Chronicle.HeldAgain.of(w.term(f.Again.Reason), watch)
		}
		return watch
	case meeting.Sealed:
		return w.Chronicle.Sealed.of(by)
	case meeting.Opened:
		return w.Chronicle.VotingBegan
	case meeting.PaperGiven:
		if f.Back {
			return w.Chronicle.GaveBackPaper.of(nameOf(s, f.ID))
		}
		return w.Chronicle.TookPaper.of(nameOf(s, f.ID))
	case meeting.BoxTaken:
		return w.Chronicle.TookBox.of(by)
	case meeting.PaperEntered:
		return w.Chronicle.EnteredSlips.of(by)
	case meeting.Closed:
		return w.Chronicle.VotingEnded
	case meeting.ReceiptsConfirmed:
		return w.ActionName(meeting.ActConfirmed)
	case meeting.Unsealed:
		if c.By == meeting.Keeper {
			return ""
		}
		return w.Chronicle.Unsealed.of(by)
	case meeting.Counted:
		return w.Chronicle.Counted
	case meeting.ResultAnnounced:
		if f.Level == preset.AnnounceNone {
			return w.Chronicle.AnnouncedCount
		}
		return w.Chronicle.Announced
	case meeting.KeysJoined:
		return w.Chronicle.BoxSealed
	case meeting.Coarsened:
		return w.Chronicle.AnnounceLess
	case meeting.Voided:
		return w.Chronicle.Voided.of(w.term(f.Reason))
	case meeting.Rated:
		return w.Chronicle.Rated.of(nameOf(s, f.ID))
	case meeting.RatingSubmitted:
		return w.Chronicle.TableSubmitted
	}
	return w.toldAfterwards(s, c)
}

func (w *Words) toldAfterwards(s *meeting.State, c *meeting.Chronicle) string {
	switch f := c.Fact.(type) {
	case meeting.FeedbackGiven:
		return w.Feedback.Given.of(nameOf(s, f.ID))
	case meeting.Acknowledged:
		return w.Feedback.HasAnswered.of(nameOf(s, c.By))
	case meeting.ArchiveClosed:
		return w.Archive.HasShut.of(nameOf(s, c.By))
	case meeting.RecordWritten:
		if form, ok := openForm(f.Form); ok {
			return w.Record.HasWritten.of(nameOf(s, c.By), w.RecordTitle(form))
		}
	case meeting.RecordMoved:
		form, ok := openForm(f.Form)
		switch {
		case ok && f.Signed:
			return w.Record.HasSigned.of(nameOf(s, c.By), w.move(f.Form, f.Word).Name, w.RecordTitle(form))
		case ok:
			return w.Record.HasMoved.of(w.RecordTitle(form), f.No, w.RecordState(f.State))
		}
	case meeting.RecordStruck:
		if form, ok := openForm(f.Form); ok {
			return w.Record.HasRemoved.of(w.RecordTitle(form), f.No)
		}
	}
	return w.toldOfBundle(s, c)
}

// openForm is a kind that holds nothing private: of the others not even the
// console may learn from the log that there is a record.
func openForm(name meeting.FormName) (*meeting.Form, bool) {
	f := formNamed(name)
	private := slices.ContainsFunc(f.Fields, func(x meeting.Field) bool { return x.Private })
	return f, !private && f.Name != ""
}

// titleOf is the title of the item with a number.
func (w *Words) titleOf(s *meeting.State, no int) string {
	if no < 1 || no > len(s.Agenda) {
		return ""
	}
	return w.term(s.Agenda[no-1].Title)
}
