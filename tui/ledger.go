package tui

import (
	"time"

	"pingyi/meeting"
)

// ledgerView is what lines of the 整改台账 have of their own: a deadline, and the
// day on which they were done.
var ledgerView = recordView{note: ledgerNote, late: overdue, also: doneToday}

// ledgerNote is how far a line has come, and until when it is due.
func ledgerNote(a *App, r meeting.Record) string {
	progress := a.words.term(r.Value("progress"))
	switch {
	case r.State == meeting.ShutState:
		return a.words.RecordState(r.State)
	case r.Value("due") == "":
		return progress
	}
	return a.words.Record.Until.of(progress, a.words.term(r.Value("due")))
}

// overdue reports whether a line is open after its day.
func overdue(a *App, r meeting.Record) bool {
	due, err := time.Parse(time.DateOnly, r.Value("due"))
	open := r.State == meeting.OpenState && meeting.Progress(r.Value("progress")) != meeting.ProgressDone
	return err == nil && open && due.Format(time.DateOnly) < a.Room.Now().Format(time.DateOnly)
}

// doneToday puts in the day on which a line was done: today, unless another day
// is known.
func doneToday(a *App, r meeting.Record, values map[string]string) {
	if meeting.Progress(values["progress"]) == meeting.ProgressDone && r.Value("done") == "" && values["done"] == "" {
		values["done"] = a.Room.Now().Format(time.DateOnly)
	}
}
