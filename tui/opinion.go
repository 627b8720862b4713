package tui

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// opinionView has rows for handing in an opinion without one's name, and for
// summing up what was collected.
func opinionView() recordView {
	return recordView{first: handInRow, rows: collectingRows, page: func(a *App, r meeting.Record) []choice {
		return takenOver(a, meeting.Origin{From: meeting.FromOpinion, No: r.No}, a.words.TakeOver.IntoList)
	}}
}

// handInRow begins an opinion without a name.
func handInRow(a *App) []choice {
	no := a.s.MayHandIn(a.Who)
	return []choice{{label: a.words.Opinion.HandIn, id: "hand in", why: a.words.Say(no), do: handInOpinion}}
}

// handInOpinion asks for an opinion and shows it, with what handing it in
// without a name does not hide, before it goes.
func handInOpinion(a *App) tea.Cmd {
	e := &entry{form: unsignedForm(), what: "opinion without a name", from: len(a.layers), title: a.words.Opinion.HandIn}
	e.check = func(a *App, values map[string]string) string {
		_, no := a.s.CheckUnsigned(a.Who, values)
		if codeOf(no) == meeting.FieldMissing {
			return ""
		}
		return a.words.Say(no)
	}
	e.remark = func(a *App, f *flow) {
		f.gap()
		f.say(draw.Muted, a.words.Opinion.Hides)
		f.say(draw.Muted, a.words.Opinion.Remains)
	}
	e.submit = func(a *App, values map[string]string) tea.Cmd {
		return a.onceThen("", meeting.HandInOpinion{Values: values}, func(a *App) {
			a.Drafts.keep(a.Who, e.what, "")
			a.back(e.from)
			a.tell(draw.Accent, a.words.Opinion.HandedIn)
		})
	}
	return e.resume(a)
}

// unsignedForm are the fields of an opinion that somebody fills in who hands it
// in without a name. None is for those concerned only: nobody is.
func unsignedForm() *meeting.Form {
	kept := formNamed("opinion")
	f := *kept
	f.Fields = nil
	for _, name := range []string{"about", "text", "source", "category"} {
		x, _ := kept.Field(name)
		x.Private, x.Must = false, name == "about" || name == "text"
		f.Fields = append(f.Fields, x)
	}
	return &f
}

// collectingRows are what the console does with the opinions: sum several up,
// close the collecting; and what was summed up, to read.
func collectingRows(a *App) []choice {
	if !a.s.ReadsOpinions(a.Who) {
		return nil
	}
	w := a.words.Opinion
	list := []choice{{label: w.Summary, id: "summary", note: w.Counts.of(a.s.RawOpinions(), len(a.s.Opinions.Lines)), do: readSummary}}
	if a.s.MayCollect(a.Who) != nil {
		return list
	}
	merge := choice{label: w.Merge, id: "merge", do: mergeOpinions}
	if len(a.s.Records(a.Who, "opinion")) == 0 {
		merge.why = w.NoneYet
	}
	shut := choice{label: w.Close, id: "close", do: closeOpinions}
	if a.s.Opinions.Closed {
		shut.why = a.words.Say(&meeting.Refusal{Code: meeting.OpinionsClosed})
	}
	return append(list, merge, shut)
}

// readSummary shows how many opinions there are, what cannot be read yet, and
// the lines of the summary.
func readSummary(a *App) tea.Cmd {
	return a.read(a.words.Opinion.Summary, func(a *App, f *flow) {
		w, s := a.words.Opinion, a.s
		f.say(draw.Plain, w.Counts.of(s.RawOpinions(), len(s.Opinions.Lines)))
		if n := s.Opinions.Unsigned() - s.OpinionsShown(); n > 0 {
			f.say(draw.Muted, w.Waits.of(n, s.Rules.Vote.MinBallots))
		}
		for _, l := range s.Opinions.Lines {
			f.gap()
			for i, text := range draw.CleanLines(l.Text) {
				if i == 0 {
					text = w.Line.of(l.No, text, len(l.Of))
				}
				f.say(draw.Plain, text)
			}
		}
	})
}

// mergeOpinions chooses opinions, and asks for the one line that says them all.
func mergeOpinions(a *App) tea.Cmd {
	var chosen []int
	return a.push(&menu{title: a.words.Opinion.Merge, opened: true, choices: func(a *App) []choice {
		ready := choice{label: a.words.Opinion.Chosen.of(len(chosen)), id: "chosen", do: func(a *App) tea.Cmd {
			return a.compose(a.words.Opinion.Merge, a.words.Opinion.MergeHint, "opinion merge", func(a *App, text string) tea.Cmd {
				return a.hand(meeting.MergeOpinions{Nos: chosen, Text: text}, "opinion merge", 2, a.words.Opinion.Merged)
			})
		}}
		if len(chosen) == 0 {
			ready.why = a.words.Say(&meeting.Refusal{Code: meeting.NothingCollected})
		}
		list := []choice{ready}
		for _, r := range a.s.Records(a.Who, "opinion") {
			if r.State == meeting.Draft {
				continue
			}
			note := ""
			if r.State == meeting.Merged {
				note = a.words.RecordState(r.State)
			}
			i := slices.Index(chosen, r.No)
			if i >= 0 {
				note = a.words.Console.Chosen
			}
			about := a.words.FieldText(a.s, formNamed("opinion").Fields[0], r.Value("about"))
			list = append(list, choice{label: a.words.Record.Says.of(about, draw.Clean(r.Value("text"))), note: note, id: "opinion " + strconv.Itoa(r.No), do: func(*App) tea.Cmd {
				if i >= 0 {
					chosen = slices.Delete(slices.Clone(chosen), i, i+1)
				} else {
					chosen = append(slices.Clone(chosen), r.No)
				}
				return nil
			}})
		}
		return list
	}})
}

func closeOpinions(a *App) tea.Cmd {
	w := a.words.Opinion
	return a.ask(w.AskClose, w.CloseEffect, w.YesClose, func(a *App) tea.Cmd {
		return a.hand(meeting.CloseOpinions{}, "", 0, w.Closed)
	})
}
