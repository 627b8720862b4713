package meeting

import (
	"cmp"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// A form is a kind of record (记录) that is kept before, during and after the
// meeting: an outline, a line of the ledger, a talk. What all kinds have in
// common stands here and in record.go; what is a kind's own stands in its file,
// as one literal and a few functions. How a kind is added: README.md.

// FormName is the name of a kind, as its SSH word and in the log: talk.
type FormName string

// Form describes one kind of record.
type Form struct {
	Name   FormName
	Title  string // as papers and screens call it: 谈心谈话记录
	Paper  string // name of its paper, "" for none
	Main   string // the field that a plain text fills
	One    Once
	Fields []Field
	Moves  []Move

	// Each are those of whom there is a record whether or not anybody has written
	// it: whose state and values come from the meeting. nil: there are only those
	// that were written.
	Each func(s *State) []MemberID
	// Fresh is what a new record begins with, beside the preset's template; nil:
	// nothing. It is for who asks for a draft.
	Fresh func(s *State, who MemberID) map[string]string
	// More are the records that are kept elsewhere, behind the others; nil: none.
	More func(s *State) []Record
	// Show puts in what follows from the meeting: values and a state that nobody
	// writes. nil: nothing does. It changes the records that it is given, whose
	// Values are their own.
	Show func(s *State, list []Record)

	// Phase refuses whoever may write none at this time, or none ever; nil
	// allows it.
	Phase func(s *State, m Member) *Refusal
	// Write refuses a record that may not be written like this, beyond what
	// phases and fields say. old has No 0 where the record is new.
	Write func(s *State, who MemberID, old, next Record) *Refusal
	// Strike refuses whoever may not take a record away; nil: who may write it may.
	Strike func(s *State, who MemberID, r Record) *Refusal
	// Read reports whether who may know that a record exists. It is required.
	Read func(s *State, who MemberID, r Record) bool
	// Others reports whether who may read some records that are not their own and do not
	// name them; nil: everybody may. Who may not finds theirs without a walk over all.
	Others func(s *State, who MemberID) bool
	// ReadPrivate reports whether who may read the private fields; nil: whoever
	// may read the record.
	ReadPrivate func(s *State, who MemberID, r Record) bool
	// Fill puts in what follows from what was written; nil: nothing does.
	Fill func(values map[string]string)
	// Status is the state of a record that has been written. was is "" where it
	// is new. nil: written is [Draft].
	Status func(r Record, was RecordState) RecordState
}

// Once says of whom or what there is one record of a kind. Others are numbered.
type Once int

// Where there is one record only.
const (
	Numbered Once = iota
	PerPerson
	PerBranch
)

// Move takes a record from one state to another: a word of its own.
type Move struct {
	Word  string // as submit
	From  []RecordState
	To    RecordState              // "": it stays where it is
	ToBy  func(*State) RecordState // instead of To, where the rules say to which state; nil: it is To
	Fills string                   // the field that the text given with the move fills, "" for none
	Sets  map[string]string        // what it puts into other fields
	Text  bool                     // it needs a text: a reason, or what Fills says
	Whole bool                     // every field that must be filled has to be
	// Decides says that it is the superior's. The console may record what they
	// decided on paper, with the number of the paper.
	Decides bool
	May     func(s *State, who MemberID, r Record) *Refusal

	// Signers are those whose signature the move is: the record comes to To when
	// all of them have signed. nil: it is no signature.
	Signers func(s *State, r Record) []MemberID
	// Signs reports whether somebody is among many signers; nil: they are few.
	Signs func(s *State, who MemberID) bool
}

// signs reports whether a record needs somebody's signature.
func (m Move) signs(s *State, r Record, who MemberID) bool {
	if m.Signs != nil {
		return m.Signs(s, who)
	}
	return slices.Contains(m.Signers(s, r), who)
}

// FieldType says what a field holds, and how it is stored as text.
type FieldType string

// The types of fields. What is not filled in is "".
const (
	LineField   FieldType = "line"   // one line of text
	TextField   FieldType = "text"   // several lines
	DayField    FieldType = "day"    // 2017-06-30
	MomentField FieldType = "moment" // 2017-06-30T14:30, or a day alone
	PersonField FieldType = "person" // an id
	PeopleField FieldType = "people" // a JSON list of ids
	WordField   FieldType = "word"   // one of the field's words
	NumberField FieldType = "number" // not negative, with two decimals at most
	YesField    FieldType = "yes"    // true or false
	RowsField   FieldType = "rows"   // a small table: a JSON list of objects
	FilesField  FieldType = "files"  // a JSON list of [FileRef]
)

// Field is one field of a form.
type Field struct {
	Name    string // JSON name; never renamed
	Label   string // 谈话内容要点
	Type    FieldType
	Words   []string // of a WordField; of others, words that may stand instead of a value
	Columns []Column // of a RowsField
	Key     string   // of a RowsField whose rows are given: the column that names a row. Who writes rows changes the cells that they name
	Must    bool     // has to be filled in before the record is submitted
	Private bool     // in no exported log; see [Form.ReadPrivate]
	Facts   bool     // {…} in the text stand for figures, which its readers see ([State.Filled])
	Follows bool     // nobody writes it: it follows from the meeting ([Form.Show])
	Most    int      // characters; 0: 5000 for a text, 200 for a line

	// WordsOf are the words of a WordField where the rules say them; nil: Words.
	WordsOf func(*State) []string
	// By reports whether who may write the field of a record; nil: whoever may
	// write the record.
	By func(s *State, who MemberID, r Record) bool
	// Read reports whether who may read the field, of those who may read the record;
	// nil: all of them, a private one as [Form.ReadPrivate] says.
	Read func(s *State, who MemberID, r Record) bool
}

// Column is a column of a small table. Type is that of its cells: [TextField] or
// "", [PersonField], [NumberField]; in one of [DayField] what looks like a day
// has to be one, and other words (长期坚持) are taken too.
type Column struct {
	Name, Label string
	Type        FieldType

	// By reports whether who may write its cells, in a table with a Key; nil:
	// whoever may write the field.
	By func(s *State, who MemberID, r Record) bool
}

// Reasons why a record is not written or moved. The first argument of those that
// begin with Field is the field's label.
const (
	AlreadySigned  Code = "already-signed"
	ApprovalNumber Code = "approval-number" // the decision on paper has to be named
	FieldFile      Code = "field-file"      // field, what was given
	FieldFollows   Code = "field-follows"   // field
	FieldDay       Code = "field-day"       // field, value
	FieldForbidden Code = "field-forbidden" // field
	FieldOnMove    Code = "field-on-move"   // field, the word of the move that fills it
	FieldStands    Code = "field-stands"    // field, the state in which its writer does not write it
	FieldKind      Code = "field-kind"      // field, value, type
	FieldMissing   Code = "field-missing"   // field
	FieldMoment    Code = "field-moment"    // field, value
	FieldNumber    Code = "field-number"    // field, value
	FieldPerson    Code = "field-person"    // field, value
	FieldRows      Code = "field-rows"      // field, its columns
	FieldTooMany   Code = "field-too-many"  // field, rows or files given, the most
	FieldText      Code = "field-text"      // field, code of what is wrong with the text, its arguments
	FieldTwice     Code = "field-twice"     // name of a field or an entry
	FieldUnknown   Code = "field-unknown"   // name
	FieldWord      Code = "field-word"      // field, value, the words
	FieldYes       Code = "field-yes"       // field, value
	NoOwnRecord    Code = "no-own-record"
	NoneOfYours    Code = "none-of-yours" // there is one for each Party member
	NoSuchKind     Code = "no-such-kind"  // its title, that of the preset
	NoRecord       Code = "no-record"     // number
	NextDrafted    Code = "next-drafted"  // who asks reads the version before
	NotWritten     Code = "not-written"   // the only one of a branch, or it is a draft of others
	NotYourRecord  Code = "not-your-record"
	ReadAgain      Code = "read-again"     // the fields that differ from what was read
	RecordChanged  Code = "record-changed" // the fields that differ
	RecordStands   Code = "record-stands"  // its state
	HandedIn       Code = "handed-in"      // its state, the word that hands it in
	NotHandedIn    Code = "not-handed-in"  // its state
	Decided        Code = "decided"        // its state
	RecordThere    Code = "record-there"   // it says something else than what is to be its beginning
)

// Forms lists every kind of record, in the order in which people meet them.
// They are made once and not changed.
func Forms() []*Form { return slices.Clone(allForms()) }

// allForms are the kinds, made when they are asked for the first time.
func allForms() []*Form {
	forms.once.Do(func() { forms.all = makeForms() })
	return forms.all
}

var forms struct {
	once sync.Once
	all  []*Form
}

func makeForms() []*Form {
	return []*Form{planForm(), noticeForm(), studyForm(), opinionForm(), selfcheckForm(), outlineForm(), problemForm(), conductForm(), registerForm(), disposalForm(), publicityForm(), ledgerForm(), reportForm(), assessForm(), talkForm()}
}

// Form finds a kind by its name.
func (name FormName) form() (*Form, bool) {
	for _, f := range allForms() {
		if f.Name == name {
			return f, true
		}
	}
	return nil, false
}

// Field finds a field by its name.
func (f *Form) Field(name string) (Field, bool) {
	i := slices.IndexFunc(f.Fields, func(x Field) bool { return x.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return f.Fields[i], true
}

// Move finds a move by its word.
func (f *Form) Move(word string) (Move, bool) {
	i := slices.IndexFunc(f.Moves, func(m Move) bool { return m.Word == word })
	if i < 0 {
		return Move{}, false
	}
	return f.Moves[i], true
}

// Reads reports whether who, who may read a record, may read one of its fields.
func (f *Form) Reads(s *State, who MemberID, r Record, x Field) bool {
	if x.Read != nil {
		return x.Read(s, who, r)
	}
	return !x.Private || f.ReadPrivate == nil || f.ReadPrivate(s, who, r)
}

// Missing are the fields that have to be filled in and are not.
func (f *Form) Missing(values map[string]string) []Field {
	return slices.DeleteFunc(slices.Clone(f.Fields), func(x Field) bool { return !x.Must || values[x.Name] != "" })
}

// most is the longest text that a field takes, in characters.
func (f Field) most() int {
	switch {
	case f.Most > 0:
		return f.Most
	case f.Type == LineField:
		return 200
	}
	return maxSpeech
}

// check refuses a value that a field cannot hold. The refusal names the field
// by its label.
func (s *State) check(f Field, value string) *Refusal {
	if value == "" || f.Type != WordField && slices.Contains(f.Words, value) {
		return nil
	}
	bad := func(code Code, args ...any) *Refusal { return refuse(code, append([]any{f.Label}, args...)...) }
	switch f.Type {
	case WordField:
		words := s.WordsOf(f)
		return need(slices.Contains(words, value), FieldWord, f.Label, value, strings.Join(words, "、"))
	case DayField:
		return need(isDay(value), FieldDay, f.Label, value)
	case MomentField:
		_, err := time.Parse("2006-01-02T15:04", value)
		day, _, _ := strings.Cut(value, "T")
		return need((err == nil || day == value) && isDay(day), FieldMoment, f.Label, value)
	case NumberField:
		return need(numberForm.MatchString(value), FieldNumber, f.Label, value)
	case YesField:
		return need(value == "true" || value == "false", FieldYes, f.Label, value)
	case PersonField:
		_, ok := s.Member(MemberID(value))
		return first(s.unclear(MemberID(value)), need(ok, FieldPerson, f.Label, value))
	case PeopleField:
		for _, id := range People(value) {
			if _, ok := s.Member(id); !ok {
				return first(s.unclear(id), bad(FieldPerson, id))
			}
		}
		return need(len(People(value)) > 0, FieldPerson, f.Label, value)
	case RowsField:
		return s.checkRows(f, value)
	case FilesField:
		return f.checkFiles(value)
	}
	if f.Facts {
		if no := s.checkPlaceholders(f, value); no != nil {
			return no
		}
	}
	return f.checkText(f.Label, value)
}

// WordsOf are the words of a field under the rules.
func (s *State) WordsOf(f Field) []string {
	if f.WordsOf != nil {
		return f.WordsOf(s)
	}
	return f.Words
}

// numberForm is how a number is written.
var numberForm = regexp.MustCompile(`^\d{1,9}(\.\d{1,2})?$`)

// dayForm is what somebody meant as a day.
var dayForm = regexp.MustCompile(`^\d{4}[-./]\d{1,2}[-./]\d{1,2}$`)

// checkText refuses a text that is too long or could act on a terminal.
func (f Field) checkText(label, text string) *Refusal {
	lines := text
	if f.Type != LineField {
		lines = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(text)
	}
	return CheckField(label, lines, f.most())
}

// checkRows refuses a small table with another column, or a bad cell.
func (s *State) checkRows(f Field, value string) *Refusal {
	rows, err := Rows(value)
	switch {
	case err != nil:
		return refuse(FieldRows, f.Label, f.columnNames())
	case len(rows) > maxRows:
		return refuse(FieldTooMany, f.Label, len(rows), maxRows)
	}
	for _, row := range rows {
		for _, name := range slices.Sorted(maps.Keys(row)) {
			i := slices.IndexFunc(f.Columns, func(c Column) bool { return c.Name == name })
			if i < 0 {
				return refuse(FieldRows, f.Label, f.columnNames())
			}
			if no := s.checkCell(f, f.Columns[i], row[name]); row[name] != "" && no != nil {
				return no
			}
		}
	}
	return nil
}

// maxRows is the longest small table.
const maxRows = 200

// checkCell refuses a cell that its column cannot hold.
func (s *State) checkCell(f Field, c Column, cell string) *Refusal {
	label := f.Label + "·" + c.Label
	switch c.Type {
	case PersonField:
		_, ok := s.Member(MemberID(cell))
		return first(s.unclear(MemberID(cell)), need(ok, FieldPerson, label, cell))
	case NumberField:
		return need(numberForm.MatchString(cell), FieldNumber, label, cell)
	case DayField:
		if dayForm.MatchString(cell) && !isDay(cell) {
			return refuse(FieldDay, label, cell)
		}
	}
	return f.checkText(label, cell)
}

func (f Field) columnNames() string {
	var names []string
	for _, c := range f.Columns {
		names = append(names, c.Name)
	}
	return strings.Join(names, "、")
}

// Rows are the rows of a small table as it is stored: each by column name.
func Rows(value string) ([]map[string]string, error) {
	if value == "" {
		return nil, nil
	}
	var rows []map[string]string
	err := json.Unmarshal([]byte(value), &rows)
	return rows, err
}

// FieldTexts are how a language writes values: yes and no, what stands between
// people and between the cells of a row, names, the words of presets, what
// placeholders stand for ([State.Filled]), and files.
type FieldTexts struct {
	Yes, No, Sep, CellSep string

	Name func(MemberID) string
	Word func(string) string
	Fill func(string) string
	File func(FileRef) string
}

// Text is a value of the field as people read it: names for ids, the rows of a
// small table one under the other. "" is what is not filled in.
func (f Field) Text(value string, t FieldTexts) string {
	if value == "" {
		return ""
	}
	if f.Type != WordField && slices.Contains(f.Words, value) {
		return t.Word(value)
	}
	switch f.Type {
	case PersonField:
		return t.Name(MemberID(value))
	case PeopleField:
		var names []string
		for _, id := range People(value) {
			names = append(names, t.Name(id))
		}
		return strings.Join(names, t.Sep)
	case YesField:
		if value == "true" {
			return t.Yes
		}
		return t.No
	case MomentField:
		return strings.Replace(value, "T", " ", 1)
	case RowsField:
		return strings.Join(f.RowTexts(value, t), "\n")
	case FilesField:
		var names []string
		for _, ref := range Files(value) {
			names = append(names, t.File(ref))
		}
		return strings.Join(names, t.Sep)
	case WordField, DayField:
		return t.Word(value)
	case LineField, TextField, NumberField:
	}
	if f.Facts {
		return t.Fill(value)
	}
	return value
}

// RowTexts are the rows of a small table, a line each.
func (f Field) RowTexts(value string, t FieldTexts) []string {
	rows, _ := Rows(value) // what is no table has no rows
	var lines []string
	for _, row := range rows {
		var cells []string
		for _, c := range f.Columns {
			if row[c.Name] != "" {
				cells = append(cells, c.Text(row[c.Name], t))
			}
		}
		lines = append(lines, strings.Join(cells, t.CellSep))
	}
	return lines
}

// Text is a cell as people read it.
func (c Column) Text(cell string, t FieldTexts) string {
	if c.Type == PersonField {
		return t.Name(MemberID(cell))
	}
	return cell
}

// People are those in the value of a PeopleField.
func People(value string) []MemberID {
	var list []MemberID
	if value != "" && json.Unmarshal([]byte(value), &list) != nil {
		return []MemberID{MemberID(value)}
	}
	return list
}

// stored is a value as it is stored: one kind of line break, nothing around it,
// tables and lists in one form, and "" for those that are empty.
func (f Field) stored(value string) string {
	switch f.Type {
	case TextField:
		return tidy(value)
	case RowsField:
		return f.storedRows(value)
	case FilesField:
		return storedFiles(value)
	case PeopleField:
		return PeopleValue(eachOnce(People(value)))
	}
	return strings.TrimSpace(value)
}

// twice is a row of a table with a key that stands in it twice; "" for none.
func (f Field) twice(value string) string {
	written, _ := Rows(value) // what is no table is refused by check
	seen := map[string]bool{}
	for _, row := range written {
		if key := row[f.Key]; seen[key] {
			return cmp.Or(key, f.Label)
		}
		seen[row[f.Key]] = true
	}
	return ""
}

// merged are the rows of a table with a key after some of them were written: a
// cell that is not named stays.
func (f Field) merged(old, value string) string {
	written, err := Rows(value)
	if err != nil {
		return value // refused by check
	}
	rows, _ := Rows(old) // checked when they were written
	for _, row := range written {
		i := slices.IndexFunc(rows, func(o map[string]string) bool { return o[f.Key] == row[f.Key] })
		if i < 0 {
			rows = append(rows, row)
			continue
		}
		maps.Copy(rows[i], row)
	}
	return f.storedRows(RowsValue(rows))
}

// mayWriteCells refuses cells of a table with a key that are not who's to change.
func (s *State) mayWriteCells(f Field, who MemberID, old Record, value string) *Refusal {
	cells := func(value string, c Column) map[string]string {
		rows, _ := Rows(value) // checked before
		column := map[string]string{}
		for _, row := range rows {
			if row[c.Name] != "" {
				column[row[f.Key]] = row[c.Name]
			}
		}
		return column
	}
	for _, c := range f.Columns {
		if c.Name != f.Key && c.By != nil && !c.By(s, who, old) && !maps.Equal(cells(old.Value(f.Name), c), cells(value, c)) {
			return s.forbidden(c.By, who, old, f.Label+"·"+c.Label)
		}
	}
	return nil
}

// filledOnMove refuses a field that a move fills to who writes the record: who may
// make the move is told its word, others why they may not. nil where no move fills it.
func (s *State) filledOnMove(f *Form, x Field, who MemberID, r Record) *Refusal {
	for _, m := range f.Moves {
		switch {
		case m.Fills != x.Name:
		case r.No == 0: // what begins here is moved later
			return refuse(FieldOnMove, x.Label, m.Word)
		default:
			return first(s.MayMove(who, r, m.Word), refuse(FieldOnMove, x.Label, m.Word))
		}
	}
	return nil
}

// forbidden is why who may not write a field now: the record's state, if they may in
// another one, else that it is not theirs.
func (s *State) forbidden(by func(*State, MemberID, Record) bool, who MemberID, r Record, label string) *Refusal {
	f, _ := r.Form.form()
	now := r.State
	for _, m := range f.Moves {
		for _, r.State = range append([]RecordState{m.To, Draft}, m.From...) {
			if by(s, who, r) {
				return refuse(FieldStands, label, now)
			}
		}
	}
	return refuse(FieldForbidden, label)
}

func (f Field) storedRows(value string) string {
	rows, err := Rows(value)
	if err != nil {
		return value // refused by check
	}
	var kept []map[string]string
	for _, row := range rows {
		for name, cell := range row {
			if row[name] = tidy(cell); row[name] == "" {
				delete(row, name)
			}
		}
		if len(row) > 0 {
			kept = append(kept, row)
		}
	}
	return RowsValue(kept)
}

// RowsValue are the rows of a small table as they are stored.
func RowsValue(rows []map[string]string) string {
	if len(rows) == 0 {
		return ""
	}
	text, _ := json.Marshal(rows) // strings can always be written
	return string(text)
}

// eachOnce are people without those who are named again.
func eachOnce(list []MemberID) []MemberID {
	var once []MemberID
	for _, id := range list {
		if !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	return once
}

// PeopleValue are people as they are stored.
func PeopleValue(list []MemberID) string {
	if len(list) == 0 {
		return ""
	}
	text, _ := json.Marshal(list) // strings can always be written
	return string(text)
}

// FromText is what a plain text fills the field with: a text as it is, a moment
// also with a space before the hour, a small table with one row.
func (f Field) FromText(text string) string {
	switch f.Type {
	case MomentField:
		return strings.Replace(text, " ", "T", 1)
	case RowsField:
		return RowsValue([]map[string]string{{f.textColumn(): text}})
	}
	return text
}

// textColumn is the column into which a plain text goes.
func (f Field) textColumn() string {
	for _, c := range f.Columns {
		if c.Name == "problem" || c.Name == "what" {
			return c.Name
		}
	}
	return f.Columns[0].Name
}
