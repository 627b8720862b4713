package tui

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// question asks for one field of a record. Its answer is checked when it is
// given; Esc goes back to the question before.
type question struct {
	form  *meeting.Form
	no    int // of the record; 0 is a new one
	field meeting.Field
	value string            // what stands there now
	with  map[string]string // answers that are handed in together with this one
	what  string            // names the draft of a text
	take  func(a *App, value string) tea.Cmd
	check func(a *App, values map[string]string) string // in place of whyNot
}

// whyNot is why a person may not write these values into a record, or into a new
// one, "" if they may. That something is missing still is no reason.
func (a *App) whyNot(f *meeting.Form, no int, values map[string]string) string {
	if no == 0 && values != nil { // what is asked for later is not missing
		values = maps.Clone(values)
		for _, x := range f.Missing(values) {
			if x.Type == meeting.TextField || x.Type == meeting.LineField {
				values = put(values, x.Name, "-")
			}
		}
	}
	_, err := meeting.Decide(a.s, meeting.Request{By: a.Who, At: a.Room.Now(), Do: meeting.WriteRecord{Form: f.Name, No: no, Values: values}})
	if code := codeOf(err); code == meeting.FieldMissing || code == meeting.TextMissing {
		return ""
	}
	return a.words.Say(err)
}

// put sets a value in a map that may be nil; "" takes it out.
func put(values map[string]string, name, value string) map[string]string {
	if values == nil {
		values = map[string]string{}
	}
	values[name] = value
	if value == "" {
		delete(values, name)
	}
	return values
}

// back closes the layers above the first n.
func (a *App) back(n int) { a.pop(max(0, len(a.layers)-n)) }

func (q question) title(w *Words) string {
	label := w.label(q.form, q.field)
	if q.field.Must {
		return w.Record.Required.of(label)
	}
	return label
}

// why is why this answer cannot be given.
func (q question) why(a *App, value string) string {
	values := map[string]string{q.field.Name: value}
	if q.no == 0 {
		values = put(maps.Clone(q.with), q.field.Name, value)
	}
	if q.check != nil {
		return q.check(a, values)
	}
	return a.whyNot(q.form, q.no, values)
}

// answer takes an answer that can be given.
func (q question) answer(a *App, value string) tea.Cmd {
	if why := q.why(a, value); why != "" {
		a.tell(draw.Warn, why)
		return nil
	}
	return q.take(a, value)
}

// ask asks for the field in the way of its type.
func (q question) ask(a *App) tea.Cmd {
	w := a.words.Record
	x := q.field
	switch x.Type {
	case meeting.LineField, meeting.TextField:
	case meeting.WordField:
		return q.pick(a, a.s.WordsOf(x), nil)
	case meeting.YesField:
		return q.pick(a, []string{"true", "false"}, nil)
	case meeting.PersonField:
		return q.pickPerson(a)
	case meeting.PeopleField:
		return q.pickPeople(a)
	case meeting.RowsField:
		return q.fillTable(a)
	case meeting.DayField, meeting.MomentField:
		hint := w.DayHint
		if x.Type == meeting.MomentField {
			hint = w.MomentHint
		}
		if len(x.Words) == 0 {
			return q.write(a, hint, true)
		}
		return q.pick(a, x.Words, func(a *App) tea.Cmd { return q.write(a, hint, true) })
	case meeting.NumberField:
		return q.write(a, w.NumberHint, true)
	case meeting.FilesField:
		return q.pickFiles(a)
	}
	return q.write(a, q.concerned(a.words), x.Type == meeting.LineField)
}

// concerned says of a private field who can see it, of one with figures what
// they are.
func (q question) concerned(w *Words) string {
	switch {
	case q.field.Private:
		return w.Record.Concerned
	case q.field.Facts:
		return w.Record.FactsHint
	}
	return ""
}

// pick asks for one of some words; write asks for what may stand instead.
func (q question) pick(a *App, words []string, write func(*App) tea.Cmd) tea.Cmd {
	return a.push(&menu{title: q.title(a.words), opened: true, chosen: q.value, choices: func(a *App) []choice {
		var list []choice
		for _, word := range words {
			label := a.words.FieldText(a.s, q.field, word)
			list = append(list, choice{label: label, id: word, why: q.why(a, word), do: func(a *App) tea.Cmd { return q.change(a, word) }})
		}
		if write != nil {
			list = append(list, choice{label: a.words.Record.WriteDay, do: write})
		}
		return append(list, q.later(a))
	}})
}

// change answers with a word, and asks before it changes a record that others
// see; the word that stands there already changes nothing.
func (q question) change(a *App, word string) tea.Cmd {
	switch {
	case q.no == 0:
		return q.answer(a, word)
	case word == q.value:
		return shut(a)
	}
	label := a.words.label(q.form, q.field)
	said := func(value string) string { return a.words.orNone(a.words.FieldText(a.s, q.field, value)) }
	return a.weigh(a.words.Record.AskChange.of(label), a.words.Record.ChangeFrom.of(label, said(q.value), said(word)), a.words.Record.YesChange.of(said(word)),
		func(a *App) tea.Cmd { return q.answer(a, word) })
}

// later leaves the field empty.
func (q question) later(a *App) choice {
	return choice{label: a.words.Record.Later, do: func(a *App) tea.Cmd { return q.change(a, "") }}
}

// pickPerson asks for somebody on the roster.
func (q question) pickPerson(a *App) tea.Cmd {
	return a.push(&menu{title: q.title(a.words), opened: true, people: true, chosen: q.value, choices: func(a *App) []choice {
		list := []choice{q.later(a)}
		for _, word := range q.field.Words { // what may stand in a person's place
			list = append(list, choice{label: a.words.FieldText(a.s, q.field, word), id: word, why: q.why(a, word), do: func(a *App) tea.Cmd { return q.answer(a, word) }})
		}
		for _, m := range a.s.Roster {
			c := a.person(m.ID, "", func(a *App) tea.Cmd { return q.answer(a, string(m.ID)) })
			c.why = q.why(a, string(m.ID))
			list = append(list, c)
		}
		return list
	}})
}

// pickPeople asks for several people: Enter chooses somebody, or no longer.
func (q question) pickPeople(a *App) tea.Cmd {
	chosen := meeting.People(q.value)
	toggle := func(id meeting.MemberID) {
		if i := slices.Index(chosen, id); i >= 0 {
			chosen = slices.Delete(slices.Clone(chosen), i, i+1)
			return
		}
		chosen = append(slices.Clone(chosen), id)
	}
	value := func(ids ...meeting.MemberID) string { return meeting.PeopleValue(ids) }
	return a.push(&menu{title: q.title(a.words), opened: true, people: true, choices: func(a *App) []choice {
		list := []choice{{
			label: a.words.Record.Chosen.of(a.words.orNone(a.words.names(a.s, chosen))), id: "chosen",
			do: func(a *App) tea.Cmd { return q.answer(a, value(chosen...)) },
		}}
		for _, m := range a.s.Roster {
			note := ""
			if slices.Contains(chosen, m.ID) {
				note = a.words.Console.Chosen
			}
			c := a.person(m.ID, note, func(*App) tea.Cmd { toggle(m.ID); return nil })
			c.why = q.why(a, value(m.ID))
			list = append(list, c)
		}
		return list
	}})
}

// pickFiles asks for some of the files that the person has added and put in no
// record yet, and of those that the record names.
func (q question) pickFiles(a *App) tea.Cmd {
	named := meeting.Files(q.value)
	chosen := slices.Clone(named)
	hint := func(a *App) string { return a.words.Record.FilesHint.of(a.serverLine()) }
	return a.push(&menu{title: q.title(a.words), opened: true, say: func(a *App, f *flow) { f.say(draw.Muted, hint(a)) }, choices: func(a *App) []choice {
		value := meeting.FilesValue(chosen)
		list := []choice{{
			label: a.words.Record.Chosen.of(a.words.orNone(a.words.FieldText(a.s, q.field, value))), id: "chosen", why: q.why(a, value),
			do: func(a *App) tea.Cmd { return q.answer(a, value) },
		}}
		offered := slices.Clone(named)
		for _, file := range a.s.UnusedFiles(a.Who) {
			offered = append(offered, meeting.FileRef{Name: file.Name, Hash: file.Hash})
		}
		for _, ref := range offered {
			i, note := slices.Index(chosen, ref), ""
			if i >= 0 {
				note = a.words.Console.Chosen
			}
			list = append(list, choice{label: a.words.fileText(a.s, ref), note: note, id: "file " + ref.Hash, do: func(*App) tea.Cmd {
				if i >= 0 {
					chosen = slices.Delete(slices.Clone(chosen), i, i+1)
				} else {
					chosen = append(slices.Clone(chosen), ref)
				}
				return nil
			}})
		}
		if len(offered) == 0 {
			list = append(list, choice{label: a.words.Record.NoFiles, why: hint(a)})
		}
		return list
	}})
}

// write asks for a text, with its draft, or what stands there now.
func (q question) write(a *App, hint string, single bool) tea.Cmd {
	w := &write{title: q.title(a.words), hint: hint, what: q.what, next: a.words.Record.Take, Editor: draw.Editor{Most: longest(q.field), Single: single}}
	w.submit = func(a *App, text string) tea.Cmd {
		if q.field.Type == meeting.MomentField {
			text = q.field.FromText(text)
		}
		return q.answer(a, text)
	}
	q.begin(a, w, q.value)
	return a.push(w)
}

// longest is how much a field takes, in characters.
func longest(x meeting.Field) int {
	switch {
	case x.Most > 0:
		return x.Most
	case x.Type == meeting.LineField:
		return shortText
	case x.Type == meeting.TextField, x.Type == meeting.RowsField:
		return longText
	}
	return momentText
}

// begin puts the draft into an editor, or what stands there now.
func (q question) begin(a *App, w *write, value string) {
	if draft := a.Drafts.text(a.Who, w.what); draft != "" && draft != value {
		a.tell(draw.Muted, a.words.Page.Draft)
		value = draft
	}
	if q.field.Type == meeting.MomentField {
		value = strings.Replace(value, "T", " ", 1)
	}
	w.Set(value)
}

// fillTable asks for the rows of a small table, one after the other. Where the
// rows are given nobody adds one.
func (q question) fillTable(a *App) tea.Cmd {
	value := q.value
	if draft := a.Drafts.text(a.Who, q.what); draft != "" {
		value = draft
	}
	rows, _ := meeting.Rows(value) // what is no table has no rows
	m := &menu{title: q.title(a.words), opened: true}
	m.say = func(a *App, f *flow) {
		if text := q.concerned(a.words); text != "" {
			f.say(draw.Plain, text)
		}
	}
	m.choices = func(a *App) []choice {
		var list []choice
		for i, text := range q.field.RowTexts(meeting.RowsValue(rows), a.words.fieldTexts(a.s)) {
			list = append(list, choice{label: draw.Clean(text), id: fmt.Sprint("row ", i), do: func(a *App) tea.Cmd { return q.fillRow(a, m, &rows, i) }})
		}
		if q.field.Key == "" {
			list = append(list, choice{label: a.words.Record.AddRow, do: func(a *App) tea.Cmd { return q.fillRow(a, m, &rows, len(rows)) }})
		}
		return append(list, choice{label: a.words.Record.RowsDone, id: "done", do: func(a *App) tea.Cmd { return q.answer(a, meeting.RowsValue(rows)) }})
	}
	cmd := a.push(m)
	switch {
	case q.field.Key != "":
		return cmd
	case len(rows) > 0:
		m.chosen = "done"
		return cmd
	}
	return q.fillRow(a, m, &rows, 0)
}

// columns are those that the person writes.
func (q question) columns(a *App) []meeting.Column {
	if q.field.Key == "" {
		return q.field.Columns
	}
	r, _ := a.s.Record(a.Who, q.form.Name, q.no) // one that is not begun has nothing to go by
	return slices.DeleteFunc(slices.Clone(q.field.Columns), func(c meeting.Column) bool { return c.By != nil && !c.By(a.s, a.Who, r) })
}

// cellHint says which cell is asked for, and in a table whose rows are given what
// stands in the others.
func (q question) cellHint(a *App, i int, c meeting.Column, row map[string]string) string {
	hint := a.words.Record.Cell.of(i+1, a.words.columnLabel(q.form, q.field, c))
	if q.field.Key == "" {
		return hint
	}
	for _, o := range q.field.Columns {
		if text := o.Text(row[o.Name], a.words.fieldTexts(a.s)); text != "" && o.Name != c.Name && o.Name != q.field.Key {
			hint += "\n" + a.words.Record.Says.of(a.words.columnLabel(q.form, q.field, o), draw.Clean(text))
		}
	}
	return hint
}

// fillRow asks for the cells of row i, one after the other; a row that has none
// is taken out. In a table whose rows are given the next row comes then.
func (q question) fillRow(a *App, m *menu, rows *[]map[string]string, i int) tea.Cmd {
	row := map[string]string{}
	if i < len(*rows) {
		row = maps.Clone((*rows)[i])
	}
	set := func(name, value string) map[string]string {
		next := put(maps.Clone(row), name, value)
		if q.field.Key != "" {
			next[name] = value // an empty one empties what stands there
		}
		return next
	}
	table, columns := len(a.layers), q.columns(a)
	var cell func(a *App, at int) tea.Cmd
	cell = func(a *App, at int) tea.Cmd {
		if at == len(columns) {
			list := append(slices.Clone((*rows)[:min(i, len(*rows))]), row)
			if i < len(*rows) {
				list = append(list, (*rows)[i+1:]...)
			}
			*rows = slices.DeleteFunc(list, func(r map[string]string) bool { return len(r) == 0 })
			a.Drafts.keep(a.Who, q.what, meeting.RowsValue(*rows))
			m.chosen = "done"
			if q.field.Key != "" && i+1 < len(*rows) {
				m.chosen = fmt.Sprint("row ", i+1)
			}
			a.back(table)
			return nil
		}
		c := columns[at]
		if c.Type == meeting.PersonField {
			return q.pickCell(a, c, row[c.Name], func(a *App, value string) tea.Cmd {
				row = set(c.Name, value)
				return cell(a, at+1)
			})
		}
		w := &write{title: q.title(a.words), hint: q.cellHint(a, i, c, row), Editor: draw.Editor{Most: longest(q.field)}}
		w.Single, w.next = !strings.Contains(row[c.Name], "\n"), a.words.Record.Take
		w.submit = func(a *App, text string) tea.Cmd {
			next := set(c.Name, text)
			if why := q.why(a, meeting.RowsValue([]map[string]string{next})); text != "" && why != "" {
				a.tell(draw.Warn, why)
				return nil
			}
			row = next
			return cell(a, at+1)
		}
		w.Set(row[c.Name])
		return a.push(w)
	}
	return cell(a, 0)
}

// pickCell asks for the person in a cell.
func (q question) pickCell(a *App, c meeting.Column, chosen string, take func(a *App, value string) tea.Cmd) tea.Cmd {
	return a.push(&menu{title: a.words.columnLabel(q.form, q.field, c), opened: true, people: true, chosen: chosen, choices: func(a *App) []choice {
		list := []choice{{label: a.words.Record.Later, do: func(a *App) tea.Cmd { return take(a, "") }}}
		for _, m := range a.s.Roster {
			list = append(list, a.person(m.ID, "", func(a *App) tea.Cmd { return take(a, string(m.ID)) }))
		}
		return list
	}})
}

// writeField changes one field of a record. Of two who change the same field at
// once the second is told: their text stays as a draft.
func writeField(a *App, f *meeting.Form, no int, x meeting.Field) tea.Cmd {
	seen, gone := a.s.Record(a.Who, f.Name, no)
	if gone != nil {
		a.refuse(gone)
		return nil
	}
	page := len(a.layers)
	q := question{form: f, no: no, field: x, value: seen.Value(x.Name), what: fieldDraft(f, no, x)}
	q.take = func(a *App, value string) tea.Cmd {
		c := meeting.WriteRecord{Form: f.Name, No: no, Rev: seen.Rev, Values: map[string]string{x.Name: value}}
		now, _ := a.s.Record(a.Who, f.Name, no)
		if now.Value(x.Name) == seen.Value(x.Name) {
			c.Rev = now.Rev // what others changed meanwhile are other fields
		}
		follow(a, f, now, c.Values)
		return a.run(a.doing(a.Drafts.id(a.Who, q.what), c), func(a *App, err error) tea.Cmd {
			switch {
			case codeOf(err) == meeting.RecordChanged:
				a.Drafts.keep(a.Who, q.what, value)
				a.back(page)
				a.refuse(err)
			case err != nil:
				a.refuse(err)
			default:
				a.Drafts.keep(a.Who, q.what, "")
				a.back(page)
				a.tell(draw.Accent, a.words.Record.Updated)
			}
			return nil
		})
	}
	return q.ask(a)
}

// follow puts in what follows from what is written, where the kind has such a
// rule.
func follow(a *App, f *meeting.Form, r meeting.Record, values map[string]string) {
	if also := viewOfRecords(f.Name).also; also != nil {
		also(a, r, values)
	}
}

// entry is a new record that is asked for field by field and handed in once. Its
// answers are kept as a draft.
type entry struct {
	form   *meeting.Form
	what   string // names the draft
	from   int    // how many layers there were
	values map[string]string

	// Of what is no record of its writer's: its title, what it says before it is
	// handed in, why an answer can't be given, and how it is handed in.
	title  string
	remark func(a *App, f *flow)
	check  func(a *App, values map[string]string) string
	submit func(a *App, values map[string]string) tea.Cmd
}

// writeNew begins a new record with what is known of it, or goes on where its
// writer has stopped.
func writeNew(a *App, f *meeting.Form, given map[string]string) tea.Cmd {
	e := &entry{form: f, what: newDraft(f, given), from: len(a.layers)}
	e.values = a.s.Draft(a.Who, f.Name)
	maps.Copy(e.values, given)
	return e.resume(a)
}

// newDraft names the draft of a new record of which something is given.
func newDraft(f *meeting.Form, given map[string]string) string {
	return strings.TrimSpace(fmt.Sprintf("record %s new %s", f.Name, strings.Join(slices.Sorted(maps.Values(given)), " ")))
}

// resume asks what is not answered yet, going on where the writer has stopped.
func (e *entry) resume(a *App) tea.Cmd {
	if draft := a.Drafts.text(a.Who, e.what); draft != "" && json.Unmarshal([]byte(draft), &e.values) == nil {
		a.tell(draw.Muted, a.words.Record.Resumed)
	}
	return e.next(a, 0)
}

// blank is the record before it is handed in.
func (e *entry) blank(a *App) meeting.Record {
	return meeting.Record{Form: e.form.Name, Owner: a.Who, Values: e.values}
}

// next asks for the first field from i on that has no answer, as far as the last
// one that has to be filled in; then the whole can be looked at.
func (e *entry) next(a *App, i int) tea.Cmd {
	last := 0
	for j, x := range e.form.Fields {
		if x.Must {
			last = j
		}
	}
	for ; i <= last; i++ {
		x := e.form.Fields[i]
		if e.values[x.Name] == "" && a.writes(e.blank(a), x) {
			return e.question(x, func(a *App) tea.Cmd { return e.next(a, i+1) }).ask(a)
		}
	}
	return e.review(a)
}

// question asks for a field of the new record and then goes on.
func (e *entry) question(x meeting.Field, then func(*App) tea.Cmd) question {
	q := question{form: e.form, field: x, value: e.values[x.Name], with: e.values, what: e.fieldDraft(x), check: e.check}
	q.take = func(a *App, value string) tea.Cmd {
		e.values = put(e.values, x.Name, value)
		a.Drafts.keep(a.Who, q.what, "")
		e.keep(a)
		return then(a)
	}
	return q
}

// fieldDraft names the draft of one answer.
func (e *entry) fieldDraft(x meeting.Field) string { return e.what + " " + x.Name }

func (e *entry) keep(a *App) {
	text, _ := json.Marshal(e.values) // strings can always be written
	a.Drafts.keep(a.Who, e.what, string(text))
}

// review shows the answers before they are handed in; each can be changed, and
// the fields that were not asked for can be filled in.
func (e *entry) review(a *App) tea.Cmd {
	m := &menu{title: a.words.RecordTitle(e.form), opened: true, reads: true}
	if e.title != "" {
		m.title = e.title
	}
	m.say = func(a *App, f *flow) {
		fieldsSay(a, f, e.form, e.values)
		var missing []string
		for _, x := range e.form.Missing(e.values) {
			missing = append(missing, a.words.label(e.form, x))
		}
		if len(missing) > 0 {
			f.gap()
			f.say(draw.Warn, a.words.Record.Missing.of(strings.Join(missing, a.words.Happening.NameSep)))
		}
		if e.remark != nil {
			e.remark(a, f)
		}
	}
	page := len(a.layers) + 1
	m.choices = func(a *App) []choice {
		list := []choice{{label: a.words.Record.Record, id: "record", states: true, do: e.hand}}
		list = append(list, fieldChoices(a, e.form, e.blank(a), e.fieldDraft, func(a *App, x meeting.Field) tea.Cmd {
			return e.question(x, func(a *App) tea.Cmd { m.chosen, m.List = "", draw.List{}; a.back(page); return nil }).ask(a)
		})...)
		return append(list, choice{label: a.words.Record.Drop, do: func(a *App) tea.Cmd {
			a.Drafts.keep(a.Who, e.what, "")
			a.back(e.from)
			a.tell(draw.Accent, a.words.Record.Dropped)
			return nil
		}})
	}
	return a.push(m)
}

// hand hands the record in.
func (e *entry) hand(a *App) tea.Cmd {
	values := maps.Clone(e.values)
	if e.submit != nil {
		return e.submit(a, values)
	}
	follow(a, e.form, e.blank(a), values)
	e.keep(a)
	c := meeting.WriteRecord{Form: e.form.Name, New: e.form.One != meeting.Numbered, Values: values}
	return a.run(a.doing(a.Drafts.id(a.Who, e.what), c), func(a *App, err error) tea.Cmd {
		own, gone := a.s.Record(a.Who, e.form.Name, 0)
		there := gone == nil && e.form.One != meeting.Numbered
		switch {
		case codeOf(err) == meeting.RecordThere && there:
			e.left(a, own, values)
		case err != nil:
			a.refuse(err)
			return nil
		}
		a.Drafts.keep(a.Who, e.what, "")
		a.back(e.from)
		if err != nil {
			a.refuse(err)
		} else {
			a.tell(draw.Accent, a.words.Record.Recorded)
		}
		if there {
			_ = openRecord(a, e.form, own.No) // from where it is handed in
		}
		return nil
	})
}

// left keeps what was written of a record that others have begun meanwhile: its
// writer finds it as drafts in the fields of theirs.
func (e *entry) left(a *App, there meeting.Record, values map[string]string) {
	drafted := a.s.Draft(a.Who, e.form.Name)
	for _, x := range e.form.Fields {
		if text := values[x.Name]; text != drafted[x.Name] && text != there.Value(x.Name) {
			a.Drafts.keep(a.Who, fieldDraft(e.form, there.No, x), text)
		}
	}
}

// fieldDraft names the draft of a field of a record.
func fieldDraft(f *meeting.Form, no int, x meeting.Field) string {
	return fmt.Sprintf("record %s %d %s", f.Name, no, x.Name)
}
