package meeting_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// A recorded meeting (testdata/recorded.jsonl) was held by an older build on a
// real data folder: with a void vote, people who voted twice, paper slips, two
// boxes, comments, an outline and restarts in the middle. A line is a record:
// its body, and its blob with its class. What this build makes of it stands in
// testdata/recorded.dump and never changes: a meeting that was held stays as it
// was held, whatever becomes of the rules.

// rules are the functions that a mended rule would change, beside those of the
// tables of actions, whose names begin with may. No fact asks one of them when it
// is applied.
var rules = []string{
	"Roll", "quorum", "weigh", "Electorate", "votable", "votes", "Graded", "ToGrade", "Questions", "ProposeScrutineers", "Threshold",
	"enough", "LeastBallots", "Unreadable", "RatingHands", "enoughSlips", "genuine", "confirmed", "confirmStep", "Unconfirmed", "admits", "sameVoters", "Stamped", "May", "mayDecrypt", "grades", "live", "During", "boxIsOpen",
	"Participants", "NextSubject", "Following", "Checks", "checks", "untouched", "unexplained", "criticismLeft", "Limits", "ProposeLimits", "Cap", "capBase", "over", "away", "Announcing", "announcement", "Histogram",
	"Seats", "Chair", "runs", "records", "onCommittee", "HasCommittee", "isCommitteePost", "rank", "criticised", "at", "present", "Group",
	"leads", "deputises", "duty", "Gone", "Uncounted", "InParty", "channel", "paperAsked", "equal", "NextStep", "LastStep", "Announced", "Reveals",
}

func TestNoFactAsksARule(t *testing.T) {
	s := readSource(t, "pingyi/meeting", ".")
	var known []string
	for f := range s.functions() {
		known = append(known, f.Name())
	}
	for _, name := range rules {
		if !slices.Contains(known, name) {
			t.Errorf("there is no %s: name the rule as it is called now", name)
		}
	}
	asks := func(begin string) map[string]bool {
		found := map[string]bool{}
		s.reached(begin, func(from *types.Func, object types.Object) {
			switch pkg := object.Pkg(); {
			case pkg == s.pkg && (slices.Contains(rules, object.Name()) || strings.HasPrefix(object.Name(), "may")):
				if _, is := object.(*types.Func); is {
					found[from.Name()+" → "+object.Name()] = true
				}
			case pkg != nil && pkg.Path() == "pingyi/meeting/preset" && !isAgenda(object):
				found[from.Name()+" → preset."+object.Name()] = true
			}
		})
		return found
	}
	for asked := range asks("apply") {
		t.Errorf("a fact asks a rule when it is applied: %s", asked)
	}
	if len(asks("decide")) < len(rules)/2 {
		t.Error("the walk finds no rules at all")
	}
}

// isAgenda reports whether an object is the agenda of the rules, which the first
// fact copies into the state.
func isAgenda(object types.Object) bool {
	switch object.Name() {
	case "Agenda", "Kind", "Title", "Rules":
		return true
	}
	return false
}

// recorded are the events of the recorded meeting.
func recorded(t meetingtest.TB) (bodies [][]byte, events []meeting.Event) {
	t.Helper()
	text, err := os.ReadFile("testdata/recorded.jsonl")
	for line := range bytes.Lines(must(t, text, err)) {
		var r struct {
			Body  json.RawMessage
			Class meeting.Class
			Blob  []byte
		}
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		e, err := meeting.Decode(r.Body, r.Blob)
		bodies, events = append(bodies, r.Body), append(events, must(t, e, err))
	}
	return bodies, events
}

func folded(events []meeting.Event) *meeting.State {
	s := meeting.NewState()
	for _, e := range events {
		s = meeting.Apply(s, e)
	}
	return s
}

// dumped is what the recorded meeting came to.
func dumped(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/recorded.dump")
	return string(must(t, text, err))
}

func TestARecordedMeetingStaysAsItWasHeld(t *testing.T) {
	bodies, events := recorded(t)
	if got := meetingtest.Dump(folded(events)); got != dumped(t) {
		t.Errorf("the recorded meeting has become another one: compare testdata/recorded.dump with\n%s", got)
	}
	for i, e := range events {
		body, _, _, err := meeting.Encode(e)
		if again := must(t, body, err); !bytes.Equal(again, bodies[i]) {
			t.Errorf("record %d is stored as %s, now\n%s", i+1, bodies[i], again)
		}
	}
}

// unrecorded are the facts that came after the recording was made, or that its
// meeting had no need of.
var unrecorded = []string{
	"written-out",
	"box-taken",
	"clock-set",
	"codes-revoked",
	"item-worded",
	"limits-set",
	"queue-moved",
	"bundle-decided",
	"bundle-submitted",
	"gates-passed",
	"guide-assigned",
	"directive-given",
	"coarsened",
	"collecting-closed",
	"opinion-handed-in",
	"opinions-merged",
	"dealt",
	"file-added",
	"files-taken",
	"keys-joined",
	"key-forgotten",
	"key-remembered",
	"member-removed",
	"place-noted",
	"placard-changed",
	"pruned",
	"reading-asked",
	"recess-begun",
	"recess-ended",
	"rehearsal-begun",
	"rehearsal-held",
	"speech-mended",
	"step-undone",
	"superior-named",
	"year-begun",
	"year-ended",
	"archive-closed",
}

// What stands in the recording: else it would prove little.
func TestTheRecordedMeetingHasEverything(t *testing.T) {
	_, events := recorded(t)
	kinds, again := map[string]int{}, 0
	for _, e := range events {
		kinds[meeting.KindOf(e.Fact)]++
		if cast, ok := e.Fact.(meeting.BallotCast); ok && cast.Times > 1 {
			again++
		}
	}
	for name := range meeting.Kinds {
		if kinds[name] == 0 && !slices.Contains(unrecorded, name) {
			t.Errorf("no %s is in it", name)
		}
	}
	s := folded(events)
	same(t, "votes", []any{len(s.Votes), s.Votes[0].State, s.Vote().State, len(s.Vote().Boxes), s.Vote().Agreed != nil, len(s.Vote().Comments)},
		[]any{2, meeting.BoxVoid, meeting.BoxCounted, 2, true, 1})
	if again < 2 {
		t.Error("nobody has voted twice")
	}
}

// The rules that a preset sets are turned round after the first record: nothing
// of what happened changes by it.
func TestRulesTurnedRoundChangeNoHistory(t *testing.T) {
	_, events := recorded(t)
	want := folded(events)
	s := meeting.Apply(meeting.NewState(), events[0])
	turned := *s.Rules
	turn(reflect.ValueOf(&turned).Elem())
	s.Rules = &turned
	for _, e := range events[1:] {
		s = meeting.Apply(s, e)
	}
	same(t, "rules", s.Rules == &turned && s.Rules.Vote.MinBallots != want.Rules.Vote.MinBallots, true)
	copied := *s
	copied.Rules = want.Rules
	same(t, "state", meetingtest.Dump(&copied), meetingtest.Dump(want))
}

// turn gives every rule another value.
func turn(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int:
		v.SetInt(v.Int()*7 + 13)
	case reflect.String:
		v.SetString("turned " + v.String())
	case reflect.Slice:
		list := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(list, v)
		v.Set(list)
		for i := range v.Len() {
			turn(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			turn(v.Field(i))
		}
	case reflect.Map:
		table := reflect.MakeMap(v.Type())
		for it := v.MapRange(); it.Next(); {
			one := reflect.New(v.Type().Elem()).Elem()
			one.Set(it.Value())
			turn(one)
			table.SetMapIndex(it.Key(), one)
		}
		v.Set(table)
	default:
		panic("a rule is a " + v.Kind().String())
	}
}

// The rules that stand in the code are turned round, in two copies of it: in one
// everything is allowed, passed and enough, in the other nothing is, and what a
// rule counts or lists is nobody. Both fold the recorded meeting to the same
// state.
func TestCodeTurnedRoundChangesNoHistory(t *testing.T) {
	for _, yes := range []string{"true", "false"} {
		turned := 0
		files := map[string][]byte{}
		for path, dir := range map[string]string{"pingyi/meeting": ".", "pingyi/meeting/preset": "preset"} {
			s := readSource(t, path, dir)
			for name, text := range s.rewritten(t, func(file *ast.File, change func(token.Pos, int, string)) {
				for _, d := range file.Decls {
					f, ok := d.(*ast.FuncDecl)
					if !ok || !slices.Contains(append([]string{"Met", "Passed", "Of", "Has", "OnAgenda"}, rules...), f.Name.Name) || f.Type.Results == nil {
						continue
					}
					if answer, ok := always(f, yes); ok {
						change(f.Body.Lbrace+1, 0, " return "+answer+";")
						turned++
					}
				}
			}) {
				files[name] = text
			}
		}
		if turned < 25 {
			t.Errorf("only %d rules were turned round", turned)
		}
		if got := runCopy(t, foldProgram, files); got != dumped(t) {
			t.Errorf("with rules that always say %s the recorded meeting is another one: compare testdata/recorded.dump with\n%s", yes, got)
		}
	}
}

// always is what a function returns that always says yes, or no; ok is false
// where that can't be written.
func always(f *ast.FuncDecl, yes string) (answer string, ok bool) {
	var values []string
	for _, field := range f.Type.Results.List {
		value := map[string]string{"bool": yes, "int": "-1", "string": `"turned"`}[types.ExprString(field.Type)]
		switch field.Type.(type) {
		case *ast.StarExpr, *ast.ArrayType, *ast.MapType:
			value = "nil"
		}
		if value == "" || len(field.Names) > 0 {
			return "", false
		}
		values = append(values, value)
	}
	return strings.Join(values, ", "), true
}

// foldProgram prints the dump of the meeting on its standard input.
const foldProgram = `package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	s := meeting.NewState()
	for in.Scan() {
		var r struct {
			Body json.RawMessage
			Blob []byte
		}
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			panic(err)
		}
		e, err := meeting.Decode(r.Body, r.Blob)
		if err != nil {
			panic(err)
		}
		s = meeting.Apply(s, e)
	}
	fmt.Print(meetingtest.Dump(s))
}
`

// Every field of every struct gets another Go name, in a copy of the code: what
// is stored stays the same, byte for byte.
func TestRenamedFieldsChangeNothingThatIsStored(t *testing.T) {
	renamed := 0
	files := map[string][]byte{}
	ours := map[string]string{"pingyi/meeting": ".", "pingyi/meeting/preset": "preset"}
	for path, dir := range ours {
		s := readSource(t, path, dir)
		for name, text := range s.rewritten(t, func(file *ast.File, change func(token.Pos, int, string)) {
			ast.Inspect(file, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				if !ok {
					return true
				}
				object := s.info.Uses[id]
				if object == nil {
					object = s.info.Defs[id]
				}
				field, ok := object.(*types.Var)
				if ok && field.IsField() && !field.Embedded() && field.Pkg() != nil && ours[field.Pkg().Path()] != "" {
					by := "renamed" + id.Name
					if id.IsExported() {
						by = "Renamed" + id.Name
					}
					change(id.Pos(), len(id.Name), by)
					renamed++
				}
				return true
			})
		}) {
			files[name] = text
		}
	}
	if renamed < 1000 {
		t.Errorf("only %d places were renamed", renamed)
	}
	bodies, _ := recorded(t)
	want := string(bytes.Join(bodies, []byte("\n"))) + "\n"
	if got := runCopy(t, encodeProgram, files); got != want {
		t.Error("a meeting is stored in another form")
	}
}

// encodeProgram stores the meeting on its standard input again and prints the
// bodies.
const encodeProgram = `package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"pingyi/meeting"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var r struct {
			Body json.RawMessage
			Blob []byte
		}
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			panic(err)
		}
		e, err := meeting.Decode(r.Body, r.Blob)
		if err != nil {
			panic(err)
		}
		body, _, _, err := meeting.Encode(e)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s\n", body)
	}
}
`
