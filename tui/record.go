package tui

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// FieldText is the value of a field as people read it.
func (w *Words) FieldText(s *meeting.State, x meeting.Field, value string) string {
	return x.Text(value, w.fieldTexts(s))
}

// fieldTexts are how values are written.
func (w *Words) fieldTexts(s *meeting.State) meeting.FieldTexts {
	return meeting.FieldTexts{
		Yes: w.Record.Yes, No: w.Record.Not, Sep: w.Happening.NameSep, CellSep: w.Record.CellSep, Word: w.term, Fill: s.Filled,
		Name: func(id meeting.MemberID) string { return nameOf(s, id) },
		File: func(ref meeting.FileRef) string { return w.fileText(s, ref) },
	}
}

// Records of every kind have the same pages, made from the form: a list
// (recordlist.go), the page of one record, and the questions (recordedit.go).

// recordView is what a kind has of its own on these pages. What is nil has
// nothing of its own.
type recordView struct {
	name  func(a *App, r meeting.Record) string               // what a record is called in the list
	first func(a *App) []choice                               // beside the kind, in the list of all kinds
	page  func(a *App, r meeting.Record) []choice             // before what all records have on their page
	head  func(a *App, f *flow)                               // above the list
	note  func(a *App, r meeting.Record) string               // how far a record has come, for the list
	warn  func(a *App, r meeting.Record) string               // what is amiss with it and not refused, "" for nothing
	late  func(a *App, r meeting.Record) bool                 // it is overdue
	rows  func(a *App) []choice                               // behind the records of the list
	also  func(a *App, r meeting.Record, v map[string]string) // puts in what follows from what was written
	hand  bool                                                // the row of one's own record is placed by hand
}

func viewOfRecords(name meeting.FormName) recordView {
	switch name {
	case "outline":
		return recordView{hand: true}
	case "ledger":
		return ledgerView
	case "study":
		return studyView
	case "publicity":
		return publicityView
	case "talk":
		return recordView{rows: talkRows}
	case "opinion":
		return opinionView()
	case "problem":
		return problemView()
	case "register":
		return registerView
	case "conduct":
		return conductView
	}
	return recordView{}
}

// recordName is what one record is called.
func recordName(a *App, f *meeting.Form, r meeting.Record) string {
	title := a.words.RecordTitle(f)
	switch {
	case f.One == meeting.PerBranch:
		return title
	case f.One == meeting.Numbered:
		return a.words.Record.Numbered.of(title, r.No)
	case r.Owner == a.Who:
		return a.words.mineTitle(f)
	}
	return a.words.Record.Says.of(a.name(r.Owner), title)
}

// openRecord shows one record and what can be done with it.
func openRecord(a *App, f *meeting.Form, no int) tea.Cmd {
	r, _ := a.s.Record(a.Who, f.Name, no)
	private := slices.ContainsFunc(f.Fields, func(x meeting.Field) bool { return x.Private })
	return a.push(&menu{
		title: recordName(a, f, r), opened: true, secret: private, reads: true,
		say: func(a *App, text *flow) {
			r, gone := a.s.Record(a.Who, f.Name, no)
			if gone != nil {
				text.say(draw.Plain, a.words.Say(gone))
				return
			}
			recordSays(a, text, f, r)
		},
		choices: func(a *App) []choice {
			r, gone := a.s.Record(a.Who, f.Name, no)
			if gone != nil {
				return nil
			}
			return changes(a, f, r)
		},
	})
}

// recordSays is a record with its fields, its state and how it came to it.
func recordSays(a *App, text *flow, f *meeting.Form, r meeting.Record) {
	fieldsSay(a, text, f, r.Values)
	if f.ReadPrivate != nil && !f.ReadPrivate(a.s, a.Who, r) {
		text.say(draw.Muted, a.words.Record.Private)
	}
	if warn := viewOfRecords(f.Name).warn; warn != nil && warn(a, r) != "" {
		text.say(draw.Warn, warn(a, r))
	}
	text.gap()
	text.hang(draw.Span{Text: a.words.Record.State, Tone: draw.Muted}, draw.Span{Text: a.words.RecordState(r.State), Tone: draw.Strong})
	if r.Origin.From != "" {
		text.hang(draw.Span{Text: a.words.TakeOver.Origin, Tone: draw.Muted}, draw.Span{Text: a.words.origin(r.Origin), Tone: draw.Plain})
	}
	if len(r.Signed) > 0 {
		var ids []meeting.MemberID
		for _, m := range a.s.Roster {
			if _, signed := r.Signed[m.ID]; signed {
				ids = append(ids, m.ID)
			}
		}
		text.hang(draw.Span{Text: a.words.Record.SignedBy, Tone: draw.Muted}, draw.Span{Text: a.words.names(a.s, ids), Tone: draw.Plain})
	}
	if r.Approval != "" {
		text.say(draw.Muted, a.words.Record.OnPaper.of(draw.Clean(r.Approval)))
	}
	at := a.Room.Now().Location()
	for i, step := range r.History {
		mark := a.words.Record.History
		if i > 0 {
			mark = strings.Repeat(" ", draw.Cells(mark))
		}
		said := fmt.Sprintf("%s  %s  %s  %s", step.At.In(at).Format("2006-01-02 15:04"), a.name(step.By), a.words.RecordState(step.State), draw.Clean(step.Reason))
		text.hang(draw.Span{Text: mark, Tone: draw.Muted}, draw.Span{Text: strings.TrimSpace(said), Tone: draw.Plain})
	}
}

// fieldsSay are the fields that are filled in: a label each, and the text; of a
// small table its rows.
func fieldsSay(a *App, text *flow, f *meeting.Form, values map[string]string) {
	for _, x := range f.Fields {
		value := values[x.Name]
		mark := draw.Span{Text: a.words.Record.Says.of(a.words.label(f, x), ""), Tone: draw.Muted}
		switch {
		case value == "":
		case x.Type == meeting.RowsField:
			text.put(mark)
			tableSays(a, text, f, x, value)
		case x.Type == meeting.FilesField:
			filesSay(a, text, mark, meeting.Files(value))
		default:
			for i, l := range draw.CleanLines(a.words.FieldText(a.s, x, value)) {
				if i > 0 {
					mark.Text = strings.Repeat(" ", draw.Cells(mark.Text))
				}
				text.hang(mark, draw.Span{Text: l, Tone: draw.Plain})
			}
		}
	}
}

// tableSays are the rows of a small table, numbered, each cell with its column.
func tableSays(a *App, text *flow, f *meeting.Form, x meeting.Field, value string) {
	rows, _ := meeting.Rows(value) // what is no table has no rows
	for i, row := range rows {
		var spans []draw.Span
		for _, c := range x.Columns {
			cell := draw.Clean(c.Text(row[c.Name], a.words.fieldTexts(a.s)))
			switch {
			case cell == "", c.Name == x.Key: // which is a program's
			case len(row) == 1:
				spans = append(spans, draw.Span{Text: cell, Tone: draw.Plain})
			default:
				if len(spans) > 0 {
					spans = append(spans, draw.Span{Text: a.words.Record.CellSep, Tone: draw.Muted})
				}
				spans = append(spans, draw.Span{Text: a.words.Record.Says.of(a.words.columnLabel(f, x, c), ""), Tone: draw.Muted}, draw.Span{Text: cell, Tone: draw.Plain})
			}
		}
		text.hang(draw.Span{Text: fmt.Sprintf("  %d  ", i+1), Tone: draw.Muted}, spans...)
	}
}

// changes are what can be done with a record: write the fields that are who's to
// write, move it, take it away.
func changes(a *App, f *meeting.Form, r meeting.Record) []choice {
	var list []choice
	if page := viewOfRecords(f.Name).page; page != nil {
		list = page(a, r)
	}
	why := a.whyNot(f, r.No, nil)
	if why != "" { // a reader is told once why they write nothing
		able := slices.DeleteFunc(moves(a, f, r), func(c choice) bool { return c.why != "" })
		if me, _ := a.s.Member(a.Who); me.Kind == meeting.Above {
			return append(list, able...)
		}
		return append(append(list, able...), choice{label: a.words.Record.Edit, why: why})
	}
	draft := func(x meeting.Field) string { return fieldDraft(f, r.No, x) }
	list = append(list, fieldChoices(a, f, r, draft, func(a *App, x meeting.Field) tea.Cmd { return writeField(a, f, r.No, x) })...)
	list = append(list, moves(a, f, r)...)
	if takesAway(a, f, r) {
		list = append(list, choice{label: a.words.Record.Remove, do: func(a *App) tea.Cmd { return removeRecord(a, f, r) }})
	}
	return list
}

// fieldChoices write fields, each with a draft of the name that draft gives it; those
// that are not who's to write are one row that says so.
func fieldChoices(a *App, f *meeting.Form, r meeting.Record, draft func(meeting.Field) string, do func(*App, meeting.Field) tea.Cmd) []choice {
	var list []choice
	var others []string
	for _, x := range f.Fields {
		if x.Follows {
			continue
		}
		if !a.writes(r, x) {
			others = append(others, x.Label)
			continue
		}
		list = append(list, choice{label: a.words.Record.Write.of(a.words.label(f, x)), draft: draft(x), do: func(a *App) tea.Cmd { return do(a, x) }})
	}
	if len(others) > 0 {
		no := &meeting.Refusal{Code: meeting.FieldForbidden, Args: []string{strings.Join(others, "、")}}
		list = append(list, choice{label: a.words.Record.Others, why: a.words.Say(no)})
	}
	return list
}

// writes reports whether a field of a record is a person's to write.
func (a *App) writes(r meeting.Record, x meeting.Field) bool {
	return !x.Follows && (x.By == nil || x.By(a.s, a.Who, r))
}

// takesAway reports whether a person may take a record away: it is written, they
// write what it has to say, and it has not been handed in, confirmed or closed.
func takesAway(a *App, f *meeting.Form, r meeting.Record) bool {
	if f.Each != nil && r.Rev == 0 {
		return false
	}
	if r.State != meeting.Draft && r.State != meeting.Kept && r.State != meeting.OpenState {
		return false
	}
	return !slices.ContainsFunc(f.Fields, func(x meeting.Field) bool { return x.Must && !a.writes(r, x) })
}

// moves are the words with which a record can be moved on. One that is somebody
// else's to say, or does not fit the record's state, is no choice.
func moves(a *App, f *meeting.Form, r meeting.Record) []choice {
	var list []choice
	for _, m := range f.Moves {
		no := a.s.MayMove(a.Who, r, m.Word)
		switch codeOf(no) {
		case meeting.NotYourRecord, meeting.AlreadySigned, meeting.RecordStands, meeting.HandedIn, meeting.NotHandedIn, meeting.NextDrafted, meeting.Decided, meeting.LineClosed, meeting.SuperiorOnly:
			continue
		}
		list = append(list, choice{label: a.words.move(f.Name, m.Word).Name, why: a.words.Say(no), do: func(a *App) tea.Cmd { return moveRecord(a, f, r, m) }})
	}
	return list
}

// moveRecord moves a record, once that is confirmed; what needs a text asks for
// it first.
func moveRecord(a *App, f *meeting.Form, r meeting.Record, m meeting.Move) tea.Cmd {
	w := a.words.move(f.Name, m.Word)
	name := w.Name
	approval := "" // the number of the superior's paper
	confirm := func(a *App, text string, depth int) tea.Cmd {
		said := w.Effect
		if x, fills := f.Field(m.Fills); fills && text != "" {
			said += "\n" + a.words.Record.Says.of(a.words.label(f, x), draw.Clean(text))
		}
		if approval != "" {
			said += "\n" + a.words.Record.OnPaper.of(draw.Clean(approval))
		}
		cmd := meeting.MoveRecord{Form: f.Name, No: r.No, Rev: r.Rev, Word: m.Word, Text: text, Approval: approval}
		return a.weighDoing(cmd, a.words.Record.AskMove.of(recordName(a, f, r), name), said, a.words.Record.YesMove.of(name), func(a *App) tea.Cmd {
			return a.hand(cmd, "", depth, w.Done)
		})
	}
	asks := func(a *App, depth int) tea.Cmd {
		if !m.Text && m.Fills == "" {
			return confirm(a, "", depth)
		}
		return a.prompt(name, w.Hint, shortText, func(a *App, text string) tea.Cmd {
			if text == "" && m.Text {
				a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
				return nil
			}
			return confirm(a, text, depth+1)
		})
	}
	if me, _ := a.s.Member(a.Who); !m.Decides || me.Kind == meeting.Above {
		return asks(a, 0)
	}
	return a.prompt(a.words.Record.Paper, a.words.Record.PaperHint, shortText, func(a *App, text string) tea.Cmd {
		if text == "" {
			a.refuse(&meeting.Refusal{Code: meeting.ApprovalNumber})
			return nil
		}
		approval = text
		return asks(a, 1)
	})
}

// removeRecord takes a record away, with a reason.
func removeRecord(a *App, f *meeting.Form, r meeting.Record) tea.Cmd {
	return a.prompt(a.words.Record.Remove, a.words.Record.RemoveHint, shortText, func(a *App, text string) tea.Cmd {
		if text == "" && r.Owner != a.Who {
			a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
			return nil
		}
		cmd := meeting.StrikeRecord{Form: f.Name, No: r.No, Reason: text}
		return a.weighDoing(cmd, a.words.Record.AskRemove.of(recordName(a, f, r)), a.words.Record.RemoveNote, a.words.Record.YesRemove, func(a *App) tea.Cmd {
			return a.hand(cmd, "", 2, a.words.Record.Removed)
		})
	})
}

// forms are all kinds of records.
var forms = sync.OnceValue(meeting.Forms)

// formNamed is the kind with a name; an unknown one has no name.
func formNamed(name meeting.FormName) *meeting.Form {
	for _, f := range forms() {
		if f.Name == name {
			return f
		}
	}
	return &meeting.Form{}
}
