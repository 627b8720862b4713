package meeting_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// declarations calls f with every node of the package as it is written.
func declarations(t *testing.T, f func(ast.Node)) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	for _, name := range must(t, names, err) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		ast.Inspect(must(t, file, err), func(n ast.Node) bool { f(n); return true })
	}
}

// receivers are the types that have a method, sorted.
func receivers(t *testing.T, method string) []string {
	t.Helper()
	var names []string
	declarations(t, func(n ast.Node) {
		if f, ok := n.(*ast.FuncDecl); ok && f.Recv != nil && f.Name.Name == method {
			names = append(names, f.Recv.List[0].Type.(*ast.Ident).Name)
		}
	})
	slices.Sort(names)
	return names
}

// constants are the names of the package's constants of a type.
func constants(t *testing.T, of string) []string {
	t.Helper()
	var names []string
	declarations(t, func(n ast.Node) {
		if v, ok := n.(*ast.ValueSpec); ok {
			if typ, ok := v.Type.(*ast.Ident); ok && typ.Name == of {
				names = append(names, v.Names[0].Name)
			}
		}
	})
	return names
}

// A fact that is missing here would be lost at the next start.
func TestEveryFactCanBeStored(t *testing.T) {
	var stored []string
	for name, f := range meeting.Kinds {
		stored = append(stored, reflect.TypeOf(f).Name())
		same(t, "its name", meeting.KindOf(f), name)
	}
	slices.Sort(stored)
	same(t, "facts", stored, receivers(t, "apply"))
}

// codes are all codes, as the package is written.
var codes = sync.OnceValues(func() ([]meeting.Code, error) { return meetingtest.Codes(".") })

// A code that is not found would need no sentence on the screen.
func TestEveryCodeIsListedOnce(t *testing.T) {
	all, err := codes()
	same(t, "codes", len(must(t, all, err)), len(constants(t, "Code")))
	seen := map[meeting.Code]bool{}
	for _, c := range all {
		if seen[c] || c == "" || strings.ContainsAny(string(c), " _ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			t.Errorf("%q stands twice or is no word", c)
		}
		seen[c] = true
	}
}

// An action that May does not know would be a key that never works.
func TestMayKnowsEveryAction(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil)
	h.Opened("m05", "m06")
	all := slices.Concat(meeting.Actions(), keepersOwn, superiorsOwn)
	same(t, "actions", len(all), len(constants(t, "Action")))
	for _, act := range all {
		if no := meeting.May(h.State(), "m03", act); no != nil && no.Code == meeting.UnknownAction {
			t.Errorf("nobody may %s", act)
		}
	}
	h.Greyed("m03", "dance", meeting.UnknownAction)
}

// A kind without a row would silently have no checks and no steps of its own.
func TestEveryKindOfItemHasARow(t *testing.T) {
	same(t, "kinds", slices.Sorted(slices.Values(meeting.ItemKinds())), slices.Sorted(slices.Values(preset.Kinds())))
}

// What a whole meeting leaves out would be tested nowhere that holds one.
func TestEverythingHappensInAWholeMeeting(t *testing.T) {
	for _, id := range preset.IDs() {
		for _, mass := range []bool{false, true} {
			rules := meetingtest.Rules(t, id, func(r *preset.Rules) { r.Announce = preset.AnnounceFull })
			if !rules.OnAgenda(preset.Ballot) && mass {
				continue
			}
			rules.Vote.Mass = mass
			h := newTown(t)
			h.Whole(rules, "学习还不够深入")
			same(t, id, h.State().Phase, meeting.After)
			if rules.OnAgenda(preset.Ballot) {
				same(t, id, []any{len(h.State().Votes), h.State().Votes[0].State, h.State().Vote().State, len(h.State().Vote().Boxes) > 1},
					[]any{2, meeting.BoxVoid, meeting.BoxCounted, mass})
			}
			happened := map[string]bool{}
			for c := range h.State().Chronicle.Backward() {
				happened[meeting.KindOf(c.Fact)] = true
			}
			for name := range meeting.Kinds {
				if !rules.Has("opinion") && slices.Contains([]string{"opinion-handed-in", "opinions-merged", "collecting-closed"}, name) {
					continue
				}
				if want := !slices.Contains(inNoWholeMeeting, name) && !slices.ContainsFunc(preset.Kinds(), func(kind string) bool {
					return !rules.OnAgenda(kind) && slices.Contains(onlyIn[kind], name)
				}); happened[name] != want {
					t.Errorf("%s: something is %s: %t", id, name, happened[name])
				}
			}
		}
	}
}

var inNoWholeMeeting = []string{"key-forgotten", "key-remembered", "box-taken", "dealt", "keys-joined", "pruned", "rehearsal-begun", "rehearsal-held", "year-begun", "year-ended", "archive-closed", "coarsened", "codes-revoked"}

// onlyIn are the facts that do not happen where the agenda has no item of a
// kind.
var onlyIn = map[string][]string{
	preset.Criticism:  {"criticised", "limits-set", "reading-asked", "responded", "round-moved", "self-criticised", "speech-mended"},
	preset.SelfRating: {"self-rated"},
	preset.Ballot: {
		"announced", "ballot-cast", "closed", "closing-noted", "comments-opened", "counted", "opened", "paper-entered", "paper-given",
		"receipt-checked", "receipts-confirmed", "scrutineers-named", "sealed", "unsealed", "voided",
	},
	preset.Rating: {"acknowledged", "bundle-decided", "bundle-submitted", "feedback-given", "rated", "rating-submitted"},
}
