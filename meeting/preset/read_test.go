package preset_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"pingyi/meeting/preset"
)

// own is an embedded file as a user copies and edits it.
func own(t testing.TB, changes ...string) string {
	t.Helper()
	data, err := preset.Text("seed-2017")
	if err != nil {
		t.Fatal(err)
	}
	return edited(t, string(data), changes...)
}

// edited is a text after changes: what was there, and what is.
func edited(t testing.TB, text string, changes ...string) string {
	t.Helper()
	for i := 0; i < len(changes); i += 2 {
		changed := strings.Replace(text, changes[i], changes[i+1], 1)
		if changed == text {
			t.Fatalf("%q: nothing changed", changes[i])
		}
		text = changed
	}
	return text
}

const renamed, mine = `id = "seed-2017"`, `id = "mine-2026"`

// faults are one line each: the line of the file, the key and the code.
func faults(err error) (list []string) {
	var e *preset.Error
	if errors.As(err, &e) {
		for _, f := range e.Faults {
			list = append(list, fmt.Sprintf("%d %s %s", f.Line, f.Key, strings.TrimPrefix(string(f.Code), "preset.")))
		}
	}
	return list
}

func TestAnEditedCopyIsRead(t *testing.T) {
	text := own(t, renamed, mine, "mass = false", "mass = true", "threshold = 0", "threshold = 2",
		"scrutineers = 2", "scrutineers = 3", "branch = false", "branch = true\nbranch_title = \"班子\"\nbranch_scale = [\"甲\", \"乙\", \"丙\", \"丁\"]")
	for name, data := range map[string]string{"plain": text, "BOM": "\ufeff" + text, "CRLF": strings.ReplaceAll(text, "\n", "\r\n")} {
		r, err := preset.Read([]byte(data))
		if err != nil {
			t.Errorf("%s: %v", name, faults(err))
			continue
		}
		if v := r.Vote; r.ID != "mine-2026" || !v.Mass || v.Threshold != 2 || v.Scrutineers != 3 || v.BranchScale[3] != "丁" || r.Agenda[13].Minutes != 3 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// A list of tables may be written as [[agenda]] too.
func TestTheAgendaMayBeTables(t *testing.T) {
	text := own(t, renamed, mine)
	from, to := strings.Index(text, "agenda = ["), strings.Index(text, "]\n\n# \"一般")
	items := text[from+len("agenda = [") : to]
	text = text[:from] + text[to+2:]
	for line := range strings.Lines(items) {
		if line = strings.Trim(line, " \n{},"); line != "" {
			text += "\n[[agenda]]\n" + strings.ReplaceAll(line, ", ", "\n")
		}
	}
	r, err := preset.Read([]byte(text))
	if err != nil || len(r.Agenda) != 14 {
		t.Fatal(faults(err), r)
	}
	at := strings.Index(text, `kind = "study"`)
	want := fmt.Sprintf("%d agenda[3].kind word-unknown", 1+strings.Count(text[:at], "\n"))
	_, err = preset.Read([]byte(strings.Replace(text, `kind = "study"`, `kind = "party"`, 1)))
	if got := strings.Join(faults(err), "; "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMistypedFiles(t *testing.T) {
	for name, c := range map[string]struct {
		changes []string
		want    []string
	}{
		"unknown key":         {[]string{"self_vote", "selfvote"}, []string{"48 ballot.selfvote key-unknown"}},
		"unknown table":       {[]string{"[limits]", "[limit]"}, []string{"66 limit key-unknown"}},
		"unknown at top":      {[]string{"year", "years"}, []string{"0 year missing", "4 years key-unknown"}},
		"number in quotes":    {[]string{"min_ballots = 5", `min_ballots = "5"`}, []string{"49 ballot.min_ballots want-number"}},
		"broken number":       {[]string{"min_ballots = 5", `min_ballots = 5.5`}, []string{"49 ballot.min_ballots want-number"}},
		"switch in quotes":    {[]string{"mass = false", `mass = "true"`}, []string{"53 ballot.mass want-switch"}},
		"text without":        {[]string{`announce = "none"`, `announce = 0`}, []string{"10 announce want-text"}},
		"no list":             {[]string{`grades = ["优秀", "合格", "基本合格", "不合格"]`, `grades = "优秀"`}, []string{"8 grades want-list"}},
		"number in list":      {[]string{`"合格", "基本`, `7, "基本`}, []string{"8 grades[2] want-text"}},
		"no table":            {[]string{"[quorum]\nnum = 1\nden = 2\nbase = \"formal\"", "", renamed, mine + "\nquorum = 2"}, []string{"4 quorum want-table"}},
		"base":                {[]string{`base = "branch_total"`, `base = "everybody"`}, []string{"39 excellent_cap.base word-unknown"}},
		"item kind":           {[]string{`kind = "study"`, `kind = "party"`}, []string{"21 agenda[3].kind word-unknown"}},
		"item key":            {[]string{`title = "学习"`, `titel = "学习"`}, []string{"21 agenda[3].titel key-unknown", "21 agenda[3].title missing"}},
		"item twice":          {[]string{`kind = "study"`, `kind = "opening"`}, []string{"21 agenda[3].kind kind-twice"}},
		"no sign-in":          {[]string{`  { kind = "sign-in", title = "签到", minutes = 5 },` + "\n", ""}, []string{"18 agenda sign-in-first"}},
		"no closing":          {[]string{`  { kind = "closing", title = "表态、散会", minutes = 3 },` + "\n", ""}, []string{"18 agenda closing-last"}},
		"no tally":            {[]string{`  { kind = "tally", title = "计票", minutes = 3 },` + "\n", ""}, []string{"18 agenda tally-alone"}},
		"long item":           {[]string{`minutes = 60`, `minutes = 6000`}, []string{"25 agenda[7].minutes number-bad"}},
		"divisor":             {[]string{"den = 3", "den = 0"}, []string{"38 excellent_cap.den number-bad"}},
		"three grades":        {[]string{`, "不合格"]`, "]"}, []string{"8 grades not-four"}},
		"two alike":           {[]string{`"基本合格", "不合格"]`, `"合格", "不合格"]`}, []string{"8 grades[3] word-twice"}},
		"escape":              {[]string{`"优秀", `, `"\u001b[2J", `}, []string{"8 grades[1] text-bad"}},
		"announce":            {[]string{`announce = "none"`, `announce = "some"`}, []string{"10 announce word-unknown"}},
		"not announced":       {[]string{`announce = "none"` + "\n", ""}, []string{"0 announce missing"}},
		"approval":            {[]string{`superior_approval = "before_feedback"`, `superior_approval = "later"`}, []string{"11 superior_approval word-unknown"}},
		"too few ballots":     {[]string{"min_ballots = 5", "min_ballots = 4"}, []string{"49 ballot.min_ballots ballots-few"}},
		"no ballots":          {[]string{"min_ballots = 5", "min_ballots = 0"}, []string{"49 ballot.min_ballots number-bad"}},
		"no minimum":          {[]string{"min_ballots = 5\n", ""}, []string{"47 ballot.min_ballots missing"}},
		"threshold":           {[]string{"threshold = 0", "threshold = 3"}, []string{"51 ballot.threshold threshold-over"}},
		"no threshold":        {[]string{"threshold = 0", "threshold = -1"}, []string{"51 ballot.threshold number-bad"}},
		"no scale":            {[]string{"branch = false", "branch = true"}, []string{"47 ballot.branch_title missing", "47 ballot.branch_scale not-four"}},
		"everybody and one":   {[]string{"num = 1\nden = 2\nbase", "num = 3\nden = 2\nbase"}, []string{"57 quorum.num ratio-over"}},
		"all must agree":      {[]string{"pass_num = 1", "pass_num = 2"}, []string{"63 decision.pass_num ratio-over"}},
		"clock":               {[]string{"speech = 600", "speech = 6000000"}, []string{"70 limits.speech number-bad"}},
		"key twice":           {[]string{"threshold = 0", "threshold = 0\nmass = true"}, []string{"54 ballot.mass key-twice"}},
		"table twice":         {[]string{"[limits]", "[ballot]"}, []string{"66 ballot key-twice"}},
		"full-width quotes":   {[]string{`announce = "none"`, `announce = “none”`}, []string{"10  full-width"}},
		"no quotes":           {[]string{`announce = "none"`, `announce = none`}, []string{"10  syntax"}},
		"colon":               {[]string{"mass = false", "mass: false"}, []string{"53  syntax"}},
		"open bracket":        {[]string{"[limits]", "[limits"}, []string{"66  syntax"}},
		"group":               {[]string{"mass = false", "mass = false\ngroup = \"RSA\""}, []string{"54 ballot.group word-unknown"}},
		"an id with a path":   {[]string{mine, `id = "../mine"`}, []string{"3 id id-bad"}},
		"an id that is taken": {[]string{mine, `id = "regulation-2018"`}, []string{"3 id id-taken"}},
		"many at once": {
			[]string{mine, renamed, "self_vote = true", "self_vote = 1", "threshold = 0", "threshold = 3", "remarks", "comments", `round = "floor"`, `round = "down"`},
			[]string{"3 id id-taken", "40 excellent_cap.round word-unknown", "48 ballot.self_vote want-switch", "51 ballot.threshold threshold-over", "52 ballot.comments key-unknown"},
		},
	} {
		changes := c.changes
		if name != "no table" {
			changes = append([]string{renamed, mine}, changes...)
		}
		_, err := preset.Read([]byte(own(t, changes...)))
		if got := faults(err); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestABoxNeedsItsItem(t *testing.T) {
	text := own(t, renamed, mine, `  { kind = "ballot", title = "民主测评", minutes = 8 },`+"\n", "",
		`  { kind = "tally", title = "计票", minutes = 3 },`+"\n", "")
	if _, err := preset.Read([]byte(text)); err != nil {
		t.Errorf("a meeting without a vote: %v", faults(err))
	}
	_, err := preset.Read([]byte(strings.Replace(text, "mass = false", "mass = true", 1)))
	if got := strings.Join(faults(err), "; "); got != "51 ballot.mass box-missing" {
		t.Error(got)
	}
}

func TestWhatIsNoFileOfRules(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"empty":       {"", "0  empty"},
		"spaces":      {"\ufeff \r\n\n", "0  empty"},
		"binary":      {"id = 1\n\x7fELF\x00\x01", "2  not-text"},
		"UTF-16":      {"\xff\xfei\x00d\x00", "1  not-text"},
		"GBK":         {"id = \"a\"\ntitle = \"\xb5\xb3\xd6\xa7\xb2\xbf\"\n", "2  not-utf8"},
		"5 MB":        {strings.Repeat("a = 1\n", 5<<20/6), "0  file-too-big"},
		"a web page":  {"<!DOCTYPE html>\n<html>", "1  syntax"},
		"not ended":   {"id = \"a\"\nagenda = [\n", "2  syntax"},
		"deep":        {"a = " + strings.Repeat("[", 60000), "1  syntax"},
		"only spaces": {"\t", "0  empty"},
	} {
		_, err := preset.Read([]byte(c.data))
		if got := strings.Join(faults(err), "; "); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
	_, err := preset.Read([]byte(strings.Repeat("\"\\u001b[2Jx\".b = 1\n", 2000)))
	if n := len(faults(err)); n == 0 || n > preset.MaxFaults {
		t.Errorf("%d faults", n)
	}
}

// Whatever a file holds, it gives rules that hold or faults that can be shown.
func FuzzRead(f *testing.F) {
	f.Add([]byte(own(f)))
	f.Add([]byte(own(f, renamed, mine)))
	f.Add([]byte(withWork(f)))
	f.Add([]byte("[[agenda]]\nkind = 1\n[agenda.x]\na.b = {c = [1, {d = 2}]}\n\"\" = 1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := preset.Read(data)
		if err == nil {
			if err := r.Check(); err != nil {
				t.Fatalf("rules that were read contradict themselves: %v", err)
			}
			return
		}
		var e *preset.Error
		if !errors.As(err, &e) || len(e.Faults) == 0 || len(e.Faults) > preset.MaxFaults {
			t.Fatalf("no list of faults: %v", err)
		}
		last := 1 + strings.Count(string(data), "\n")
		for _, one := range e.Faults {
			if one.Line < 0 || one.Line > last || strings.ContainsFunc(one.Error(), unicode.IsControl) {
				t.Fatalf("%q of %d lines", one.Error(), last)
			}
		}
	})
}

// Every field of Rules can be set by a file, so a new one that Read does not
// fill is found here.
func TestEveryFieldIsFilled(t *testing.T) {
	var check func(v reflect.Value, at string)
	check = func(v reflect.Value, at string) {
		switch {
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				check(v.Field(i), at+"."+v.Type().Field(i).Name)
			}
		case v.Kind() == reflect.Slice && v.Len() > 0:
			check(v.Index(0), at+"[]")
		case v.IsZero():
			t.Errorf("%s is empty", at)
		}
	}
	r, err := preset.Read([]byte(own(t, renamed, mine, "mass = false", "mass = true\ngroup = \"Ed25519\"", "threshold = 0", "threshold = 1",
		"min = 0", "min = 1", "graded = false", "graded = true",
		aspects, aspects+"\nkinds = [\""+strings.Join(preset.RecordKinds(), `", "`)+"\"]\nselfcheck_approval = true",
		"branch = false", "branch = true\nbranch_title = \"班子\"\nbranch_scale = [\"甲\", \"乙\", \"丙\", \"丁\"]")))
	if err != nil {
		t.Fatal(faults(err))
	}
	check(reflect.ValueOf(*r), "Rules")
}
