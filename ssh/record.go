package ssh

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/sheet"
	"pingyi/tui"
	"pingyi/tui/draw"
)

// Every kind of record is a word: KIND add|list|show|update|remove, and the
// moves of the kind (DOORS.md). What is a kind's own beside that stands
// in recordExtras.

// recordWords are the words of all kinds.
func recordWords() []word {
	var list []word
	for _, f := range meeting.Forms() {
		list = append(list, recordWord(f))
	}
	return list
}

// extra is what a kind's word does beside what all do: its arguments, and how
// many they are at least and at most.
type extra struct {
	params      string
	least, most int
	do          func(*call) (answer, error)
}

// recordExtras are those of every kind, by their names.
func recordExtras() map[meeting.FormName]map[string]extra {
	return map[meeting.FormName]map[string]extra{
		"talk":    {"pairs": {do: talkPairs}},
		"conduct": {"add": {do: writeConduct}, "update": {most: 1, do: writeConduct}},
		"problem": {"from": {"criticism|opinion|selfcheck|remark NO", 2, 2, takeOver}},
		"ledger":  {"from": {"problem NO", 2, 2, takeOver}},
		"opinion": {"add": {do: addOpinion}, "list": {do: listOpinions}, "merge": {"NO…", 1, 100, mergeOpinions}, "close": {do: closeOpinions}},
	}
}

func recordWord(f *meeting.Form) word {
	no := "NO"
	if f.One != meeting.Numbered {
		no = "[NO]"
	}
	params := []string{"add", "list", "show " + no + " [--version N]", "update " + no, "remove " + no + " [--reason TEXT]"}
	for _, m := range f.Moves {
		param := m.Word + " " + no
		if m.Text && m.Fills == "" {
			param += " --reason TEXT"
		}
		if m.Decides {
			param += " [--version N] [--approval 文号]"
		}
		params = append(params, param)
	}
	most := 2
	extras := recordExtras()[f.Name]
	for _, name := range slices.Sorted(maps.Keys(extras)) {
		if name == "add" || name == "list" || name == "update" {
			continue
		}
		params = append(params, strings.TrimSpace(name+" "+extras[name].params))
		most = max(most, 1+extras[name].most)
	}
	var fields []string
	for _, x := range f.Fields {
		if !x.Follows {
			fields = append(fields, x.Name)
		}
	}
	about := fmt.Sprintf("%s：add 和 update 从标准输入给一个 JSON 对象（%s）", f.Title, strings.Join(fields, "、"))
	if f.Main != "" {
		about += "，或一段文字"
	}
	for _, m := range f.Moves {
		if x, fills := f.Field(m.Fills); fills && m.Text {
			about += fmt.Sprintf("；%s 从标准输入给%s", m.Word, x.Label)
		}
	}
	return word{
		name: string(f.Name), params: strings.Join(params, "|"), about: about, least: 1, most: most,
		flags: []string{"version", "reason", "to", "approval"}, do: func(c *call) (answer, error) { return c.record(f) },
	}
}

// record says what a kind's word asks for.
func (c *call) record(f *meeting.Form) (answer, error) {
	if rules := c.state().Rules; rules != nil && !rules.Has(string(f.Name)) {
		return answer{}, &meeting.Refusal{Code: meeting.NoSuchKind, Args: []string{f.Title, rules.Title}}
	}
	what := c.args[0]
	move, moves := f.Move(what)
	if err := c.fits(what, move); err != nil {
		return answer{}, err
	}
	if x, own := recordExtras()[f.Name][what]; own {
		if n := len(c.args) - 1; n < x.least || n > x.most {
			return answer{}, c.misused()
		}
		return x.do(c)
	}
	no, err := c.recordNo(f, what)
	if err != nil {
		return answer{}, err
	}
	switch {
	case what == "add":
		return c.writeRecord(f, 0)
	case what == "update":
		return c.writeRecord(f, no)
	case what == "list":
		return c.listRecords(f)
	case what == "show" && c.set("to"):
		return c.shareRecord(f, no)
	case what == "show":
		return c.showRecord(f, no)
	case what == "remove":
		return c.removeRecord(f, no)
	case moves:
		return c.moveRecord(f, no, what)
	}
	return answer{}, c.misused()
}

// fits refuses the options that are of other words of the kind: who gave one would
// think that it was heeded.
func (c *call) fits(what string, move meeting.Move) error {
	takes := map[string]bool{
		"version":  what == "show" || move.Decides,
		"reason":   what == "remove" || move.Word != "",
		"to":       what == "show",
		"approval": move.Decides,
	}
	for _, flag := range slices.Sorted(maps.Keys(takes)) {
		if c.set(flag) && !takes[flag] {
			return c.misused()
		}
	}
	return nil
}

// recordNo is the number that a word names, 0 for one's own where a kind has one
// per person.
func (c *call) recordNo(f *meeting.Form, what string) (int, error) {
	alone := what == "add" || what == "list"
	switch {
	case len(c.args) > 2:
		return 0, c.misused()
	case alone == (len(c.args) == 2) && (alone || f.One == meeting.Numbered):
		return 0, c.misused()
	case len(c.args) < 2:
		return 0, nil
	}
	no, err := number(c.args[1], "序号")
	switch {
	case err != nil: // whose record it is, perhaps
		err = usagef("序号应当是数字，不是编号或姓名：用 %s list 看每一份的序号。", f.Name)
	case no < 1:
		err = usagef("序号从 1 开始。")
	}
	return no, err
}

// writeRecord adds a record, or changes the fields that the input names. What a
// template drafts is not written over what is there.
func (c *call) writeRecord(f *meeting.Form, no int) (answer, error) {
	values, drafted, err := c.recordValues(f)
	if err != nil {
		return answer{}, err
	}
	if no == 0 && c.args[0] == "update" {
		own, none := c.state().Record(c.who, f.Name, 0)
		if none != nil {
			return answer{}, none
		}
		no = own.No
	}
	events, err := c.events(meeting.WriteRecord{Form: f.Name, No: no, New: drafted && f.One != meeting.Numbered, Values: values})
	if err != nil {
		return answer{}, err
	}
	for _, e := range slices.Backward(events) { // others may have come before: records that were begun, who a superior is
		if written, ok := e.Fact.(meeting.RecordWritten); ok && written.Form == f.Name {
			return c.showRecord(f, written.No)
		}
	}
	if len(events) > 0 {
		return answer{}, errElsewhere
	}
	return c.showRecord(f, no)
}

// recordValues reads the fields that standard input gives: a JSON object, or a
// plain text for the kind's main field; drafted: there was no input, and a template
// says them.
func (c *call) recordValues(f *meeting.Form) (values map[string]string, drafted bool, err error) {
	data, err := c.input()
	if err != nil {
		return nil, false, err
	}
	data = bytes.TrimSpace(data)
	if !bytes.HasPrefix(data, []byte("{")) {
		main, ok := f.Field(f.Main)
		switch {
		case len(data) == 0 && c.args[0] == "add":
			values, err = c.drafted(f)
			return values, true, err
		case len(data) == 0:
			return nil, false, &meeting.Refusal{Code: meeting.TextMissing}
		case !ok:
			return nil, false, sentence(f.Title + "没有收下：应当是一个 JSON 对象，像 " + example(f) + "。")
		}
		text, err := sheet.ReadText(data)
		if err != nil {
			return nil, false, err
		}
		if text = strings.TrimSpace(text); text == "" {
			return nil, false, &meeting.Refusal{Code: meeting.TextMissing}
		}
		return map[string]string{f.Main: main.FromText(text)}, false, nil
	}
	var typed map[string]json.RawMessage
	var no *meeting.Refusal
	switch err := readJSON(data, &typed); {
	case errors.As(err, &no):
		return nil, false, no
	case err != nil:
		return nil, false, sentence(f.Title + "没有收下：JSON 写错了，应当像 " + example(f) + "。")
	}
	if len(typed) == 0 && c.args[0] == "add" && f.One == meeting.Numbered {
		return nil, false, &meeting.Refusal{Code: meeting.TextMissing}
	}
	values = map[string]string{}
	for name, raw := range typed {
		field, ok := f.Field(name)
		if !ok {
			return nil, false, &meeting.Refusal{Code: meeting.FieldUnknown, Args: []string{name}}
		}
		value, no := field.FromJSON(raw)
		if no != nil {
			return nil, false, no
		}
		values[name] = c.byID(field, value)
	}
	return values, false, nil
}

// byID is a value in which people whom the input calls by their names stand with
// their ids.
func (c *call) byID(field meeting.Field, value string) string {
	switch {
	case value == "":
	case field.Type == meeting.PersonField:
		return string(c.person(value))
	case field.Type == meeting.PeopleField:
		list := meeting.People(value)
		for i, id := range list {
			list[i] = c.person(string(id))
		}
		return meeting.PeopleValue(list)
	case field.Type == meeting.RowsField:
		rows, _ := meeting.Rows(value) // what is no table is refused later
		for _, row := range rows {
			for _, column := range field.Columns {
				if column.Type == meeting.PersonField && row[column.Name] != "" {
					row[column.Name] = string(c.person(row[column.Name]))
				}
			}
		}
		return meeting.RowsValue(rows)
	}
	return value
}

// drafted is what the template of a kind says; there has to be something.
func (c *call) drafted(f *meeting.Form) (map[string]string, error) {
	values := c.state().Draft(c.who, f.Name)
	if len(values) == 0 && f.One == meeting.Numbered {
		return nil, &meeting.Refusal{Code: meeting.TextMissing}
	}
	return values, nil
}

// example is an object with the first field of a kind into which people write
// words.
func example(f *meeting.Form) string {
	i := slices.IndexFunc(f.Fields, func(x meeting.Field) bool {
		return !x.Follows && (x.Type == meeting.LineField || x.Type == meeting.TextField)
	})
	return fmt.Sprintf(`{"%s":"文字"}`, f.Fields[max(0, i)].Name)
}

func (c *call) listRecords(f *meeting.Form) (answer, error) {
	s := c.state()
	list := []recordAnswer{}
	var text []string
	for _, r := range s.Records(c.who, f.Name) {
		list = append(list, c.recordAnswer(s, f, r))
		text = append(text, sayRecord(s, f, r))
	}
	if len(list) == 0 {
		text = []string{f.Title + "里没有可以看的条目。"}
	}
	return answer{value: list, text: strings.Join(text, "\n")}, nil
}

func (c *call) showRecord(f *meeting.Form, no int) (answer, error) {
	s := c.state()
	r, none := s.Record(c.who, f.Name, no)
	if none != nil {
		return answer{}, none
	}
	if v, set := c.flags["version"]; set {
		n, err := number(v, "版本")
		if err != nil {
			return answer{}, err
		}
		switch {
		case n == r.Version:
		case n >= 1 && n <= len(r.Earlier):
			old := r.Was(n)
			return answer{value: c.recordAnswer(s, f, old), text: sayRecord(s, f, old)}, nil
		default:
			return answer{}, noVersion(v, r)
		}
	}
	return c.recordShown(f, r), nil
}

func (c *call) recordShown(f *meeting.Form, r meeting.Record) answer {
	s := c.state()
	return answer{value: c.recordAnswer(s, f, r), text: sayRecord(s, f, r)}
}

// formNamed is the kind with a name.
func formNamed(name meeting.FormName) *meeting.Form {
	forms := meeting.Forms()
	return forms[slices.IndexFunc(forms, func(f *meeting.Form) bool { return f.Name == name })]
}

// shareRecord lets the console read what is one's own.
func (c *call) shareRecord(f *meeting.Form, no int) (answer, error) {
	if _, ok := f.Move("share"); !ok || c.flags["to"] != "console" {
		return answer{}, c.misused()
	}
	if err := c.act(meeting.MoveRecord{Form: f.Name, No: no, Word: "share"}); err != nil {
		return answer{}, err
	}
	return c.showRecord(f, no)
}

func (c *call) removeRecord(f *meeting.Form, no int) (answer, error) {
	r, none := c.state().Record(c.who, f.Name, no)
	if none != nil {
		return answer{}, none
	}
	if err := c.act(meeting.StrikeRecord{Form: f.Name, No: r.No, Reason: c.flags["reason"]}); err != nil {
		return answer{}, err
	}
	return done("已撤去。")
}

// moveRecord moves a record with one of its kind's words. The text that it needs
// comes as --reason or on standard input, as text or as the field that it fills. With
// --version it is moved only if that is its version still.
func (c *call) moveRecord(f *meeting.Form, no int, what string) (answer, error) {
	move, _ := f.Move(what)
	text := c.flags["reason"]
	if text == "" && move.Text {
		data, err := c.input()
		if err != nil {
			return answer{}, err
		}
		if text, err = moveText(move, data); err != nil {
			return answer{}, err
		}
	}
	r, none := c.state().Record(c.who, f.Name, no)
	if none != nil {
		return answer{}, none
	}
	read, err := c.version(r)
	if err != nil {
		return answer{}, err
	}
	if err := c.act(meeting.MoveRecord{Form: f.Name, No: r.No, Rev: read, Word: what, Text: text, Approval: c.flags["approval"]}); err != nil {
		return answer{}, err
	}
	r, none = c.state().Record(c.who, f.Name, r.No)
	if none != nil {
		return answer{}, none
	}
	return c.recordShown(f, r), nil
}

// version is the revision of the version that --version names, which has to be the one
// that there is; 0 without it.
func (c *call) version(r meeting.Record) (rev int, err error) {
	v, set := c.flags["version"]
	if !set {
		return 0, nil
	}
	n, err := number(v, "版本")
	switch {
	case err != nil:
		return 0, err
	case n < 1 || n > r.Version:
		return 0, noVersion(v, r)
	case n < r.Version:
		return 0, sentence(fmt.Sprintf("第 %d 稿已经不是现在的：现在是第 %d 稿，请先看它写了什么，再决定。", n, r.Version))
	}
	return r.Rev, nil
}

// noVersion says which versions a record has.
func noVersion(said string, r meeting.Record) error {
	if r.Version == 0 {
		return sentence("还没有写过，没有版本：不写 --version 就看现在的。")
	}
	return &meeting.Refusal{Code: meeting.BadNumber, Args: []string{said, "1", fmt.Sprint(r.Version)}}
}

// moveText is the text on standard input, or the one field of an object.
func moveText(m meeting.Move, data []byte) (string, error) {
	data = bytes.TrimSpace(data)
	if !bytes.HasPrefix(data, []byte("{")) {
		return string(data), nil
	}
	name := m.Fills
	if name == "" {
		name = "reason"
	}
	var typed map[string]string
	var no *meeting.Refusal
	switch err := readJSON(data, &typed); {
	case errors.As(err, &no):
		return "", no
	case err != nil:
		return "", sentence(fmt.Sprintf(`没有收下：应当是文字，或像 {"%s":"文字"}。`, name))
	}
	for other := range typed {
		if other != name {
			return "", &meeting.Refusal{Code: meeting.FieldUnknown, Args: []string{other}}
		}
	}
	return typed[name], nil
}

// recordAnswer is a record as every KIND word answers it.
type recordAnswer struct {
	No      int                 `json:"no"`
	Kind    meeting.FormName    `json:"kind"`
	State   meeting.RecordState `json:"state"`
	Version int                 `json:"version"`
	By      meeting.MemberID    `json:"by"`
	At      time.Time           `json:"at"`
	Fields  map[string]any      `json:"fields"`
	May     []string            `json:"may"`
	History []recordStep        `json:"history"`
	Origin  *meeting.Origin     `json:"origin,omitempty"` // from what it was taken over
}

type recordStep struct {
	State  meeting.RecordState `json:"state"`
	By     meeting.MemberID    `json:"by"`
	At     time.Time           `json:"at"`
	Reason string              `json:"reason"`
}

func (c *call) recordAnswer(s *meeting.State, f *meeting.Form, r meeting.Record) recordAnswer {
	a := recordAnswer{
		No: r.No, Kind: r.Form, State: r.State, Version: r.Version, By: r.By, At: r.At,
		Fields: map[string]any{}, May: s.Moves(c.who, r), History: []recordStep{},
	}
	for _, x := range f.Fields {
		if !f.Reads(s, c.who, r, x) {
			continue
		}
		value := r.Value(x.Name)
		if x.Facts {
			value = s.Filled(value)
		}
		a.Fields[x.Name] = x.JSON(value)
	}
	if r.Origin.From != "" {
		a.Origin = &r.Origin
	}
	for _, step := range r.History {
		a.History = append(a.History, recordStep(step))
	}
	return a
}

// sayRecord is a record for people, one line: what is not filled in is not said.
func sayRecord(s *meeting.State, f *meeting.Form, r meeting.Record) string {
	parts := []string{fmt.Sprint(r.No), tui.Chinese().RecordState(r.State)}
	for _, x := range f.Fields {
		if text := tui.Chinese().FieldText(s, x, r.Value(x.Name)); text != "" {
			parts = append(parts, x.Label+"："+text)
		}
	}
	return draw.Clean(strings.ReplaceAll(strings.Join(parts, "　"), "\n", " "))
}

// talkPairs are the talks that are owed: all of them for the console, others
// their own.
func talkPairs(c *call) (answer, error) {
	type pair struct {
		By    meeting.MemberID `json:"by"`
		With  meeting.MemberID `json:"with"`
		Owed  bool             `json:"owed"`
		Why   string           `json:"why"`
		Done  int              `json:"done"`
		Means []string         `json:"means"`
	}
	s := c.state()
	if no := meeting.May(s, c.who, meeting.ActTalk); no != nil {
		return answer{}, no
	}
	console := slices.Contains(s.Seats(c.who), meeting.SeatConsole)
	list := []pair{}
	var text strings.Builder
	pairs := s.TalkPairsOf(c.who)
	if console {
		pairs = s.TalkPairs()
	}
	for _, p := range pairs {
		list = append(list, pair{p.By, p.With, p.Owed, p.Why, p.Done, append([]string{}, p.Means...)})
		state := fmt.Sprintf("已谈 %d 次", p.Done)
		if p.Done == 0 {
			state = "未谈"
		}
		fmt.Fprintf(&text, "%s 和 %s　%s　%s\n", draw.Clean(s.Called(p.By)), draw.Clean(s.Called(p.With)), p.Why, state)
	}
	if len(list) == 0 {
		text.WriteString("没有应谈的对象。\n")
	}
	return answer{value: list, text: text.String()}, nil
}
