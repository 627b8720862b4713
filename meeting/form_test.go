package meeting_test

import (
	"go/ast"
	"go/types"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// A form that leaves something out would fail in front of people.
func TestFormsAreWhole(t *testing.T) {
	names := map[meeting.FormName]bool{}
	for _, f := range meeting.Forms() {
		if names[f.Name] || f.Name == "" || f.Title == "" || f.Read == nil || len(f.Fields) == 0 {
			t.Errorf("%q stands twice or lacks its title, its fields or who may read it", f.Name)
		}
		names[f.Name] = true
		if f.Main != "" {
			if _, ok := f.Field(f.Main); !ok {
				t.Errorf("%s has no field %s for a plain text", f.Name, f.Main)
			}
		}
		seen := map[string]bool{}
		for _, x := range f.Fields {
			if seen[x.Name] || x.Name == "" || x.Label == "" || (x.Type == meeting.RowsField) != (len(x.Columns) > 0) || x.Type == meeting.WordField && len(x.Words) == 0 && x.WordsOf == nil {
				t.Errorf("%s.%s stands twice or lacks its label, words or columns", f.Name, x.Name)
			}
			seen[x.Name] = true
		}
		for _, m := range f.Moves {
			if _, ok := f.Field(m.Fills); m.Fills != "" && !ok || m.Word == "" || len(m.From) == 0 {
				t.Errorf("%s: the move %q fills no field or begins nowhere", f.Name, m.Word)
			}
			for name := range m.Sets {
				if _, ok := f.Field(name); !ok {
					t.Errorf("%s: the move %s sets no field %s", f.Name, m.Word, name)
				}
			}
		}
	}
}

// A typed view that reads a field which no form has would always find it empty.
func TestEveryFieldThatIsReadIsDeclared(t *testing.T) {
	declared := map[string]bool{}
	for _, f := range meeting.Forms() {
		for _, x := range f.Fields {
			declared[x.Name] = true
		}
	}
	s := readSource(t, "pingyi/meeting", ".")
	read := 0
	for _, file := range s.files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			method, ok := s.info.Uses[sel.Sel].(*types.Func)
			if !ok || !slices.Contains([]string{"Value", "People"}, method.Name()) || method.Pkg() != s.pkg {
				return true
			}
			if lit, ok := call.Args[0].(*ast.BasicLit); ok {
				name, _ := strconv.Unquote(lit.Value)
				read++
				if !declared[name] {
					t.Errorf("no form has a field %q", name)
				}
			}
			return true
		})
	}
	if read < 10 {
		t.Error("the walk finds no reads")
	}
}

// Two who edit one revision: the second is told what the first has changed, and
// nothing of either is lost.
func TestTheSecondOfTwoWritersIsToldWhatChanged(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m04", outlined("causes", "一", "study", "甲"))
	first, second := outlined("causes", "二"), outlined("causes", "三", "study", "甲")
	first.Rev, second.Rev = 1, 1
	h.Does("m04", first)
	h.Refused("m04", second, meeting.RecordChanged, "原因")
	o, _ := h.State().OutlineOf("m04")
	same(t, "the first stays", []any{o.Value("causes"), o.Rev}, []any{"二", 2})
	second.Rev = 2
	h.Does("m04", second)
	o, _ = h.State().OutlineOf("m04")
	same(t, "once it has been seen", o.Value("causes"), "三")
}

// A numbered record in which nothing stands is none, whatever blank it was written with.
func TestARecordWithNothingInItIsNotBegun(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	for _, blank := range []string{"", "  ", "\n\t\r\n", "\u3000"} {
		h.Refused("m03", meetingtest.Writes("study", 0, "topic", blank), meeting.TextMissing)
		h.Refused("m05", meetingtest.Writes("talk", 0, "content", blank), meeting.TextMissing)
		h.Refused("m03", meetingtest.Writes("publicity", 0, "where", blank, "from", ""), meeting.TextMissing)
	}
}

// Two begin the branch's plan at once: the second does not write over the first.
func TestWhatOthersHaveBegunIsNotWrittenOver(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	first, second := meetingtest.Writes("plan", 0, "title", "甲的方案", "demands", "甲"), meetingtest.Writes("plan", 0, "title", "乙的方案")
	first.New, second.New = true, true
	h.Does("m03", first)
	h.Refused("m02", second, meeting.RecordThere)
	h.Does("m03", first) // again: nothing is different
	plan, _ := h.State().Record("m02", "plan", 0)
	same(t, "the first stays", []any{plan.Value("title"), plan.Rev}, []any{"甲的方案", 1})
}

func TestAStruckRecordIsGoneAndItsNumberStaysFree(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m05", talked("m06"), talked("m07"))
	h.Refused("m06", meeting.StrikeRecord{Form: "talk", No: 1, Reason: "没有谈"}, meeting.NotYourRecord)
	h.Refused("m08", meeting.StrikeRecord{Form: "talk", No: 1, Reason: "没有谈"}, meeting.NoRecord, "1")
	h.Does("m05", meeting.StrikeRecord{Form: "talk", No: 1, Reason: "记错了"})
	h.Refused("m05", meeting.StrikeRecord{Form: "talk", No: 1, Reason: "记错了"}, meeting.NoRecord, "1")
	h.Does("m05", talked("m08"))
	var numbers []int
	for _, r := range h.State().Records("m05", "talk") {
		numbers = append(numbers, r.No)
	}
	same(t, "numbers", numbers, []int{2, 3})
}

// Whatever is typed into a form is kept as it is meant or refused with the
// field's name; what is kept can be stored and read back.
func FuzzForm(f *testing.F) {
	f.Add("ledger", "due", "2017-06-31")
	f.Add("talk", "with", `["m04","m99"]`)
	f.Add("outline", "problems", `[{"problem":"a","example":"\u0000"}]`)
	f.Add("outline", "measures", `[{},{"what":""}]`)
	h := newHall(f, "seed-2017", nil, fifteen()...)
	f.Fuzz(func(t *testing.T, form, field, value string) {
		c := meetingtest.Writes(meeting.FormName(form), 0, field, value)
		events, err := meeting.Decide(h.State(), meeting.Request{By: "m03", At: h.room.Now(), Do: c})
		if err != nil || len(events) == 0 {
			return
		}
		body, _, blob, err := meeting.Encode(events[0])
		back, err2 := meeting.Decode(must(t, body, err), blob)
		live, read := meeting.Apply(h.State(), events[0]), meeting.Apply(h.State(), must(t, back, err2))
		a, b := live.Records("m03", c.Form), read.Records("m03", c.Form)
		if len(a) != 1 || len(b) != 1 || a[0].Value(field) != b[0].Value(field) || strings.ContainsRune(a[0].Value(field), 0) {
			t.Errorf("%q is kept as %+v and read back as %+v", value, a, b)
		}
	})
}

// A template that the rules let pass is one that its field takes: what is too long for
// the field, or has lines where it has one, is found when the rules are checked.
func TestATemplateIsRefusedWhereItsFieldWouldBe(t *testing.T) {
	rules := meetingtest.Rules(t, "seed-2017", func(r *preset.Rules) { r.Templates = nil })
	for _, f := range meeting.Forms() {
		for _, x := range f.Fields {
			for text, taken := range map[string]bool{
				strings.Repeat("字", 200): true, strings.Repeat("字", 201): x.Type != meeting.LineField, "一\n二": x.Type != meeting.LineField, strings.Repeat("字", 5001): false,
			} {
				if x.Type != meeting.LineField && x.Type != meeting.TextField {
					continue
				}
				rules.Templates = map[string]map[string]string{string(f.Name): {x.Name: text}}
				switch err := rules.Check(); {
				case err == nil && !taken:
					t.Errorf("%s.%s: %d characters pass", f.Name, x.Name, len([]rune(text)))
				case taken && err != nil && !strings.Contains(err.Error(), "unknown") && !strings.Contains(err.Error(), "missing"):
					t.Errorf("%s.%s: %d characters: %v", f.Name, x.Name, len([]rune(text)), err)
				}
			}
		}
	}
}
