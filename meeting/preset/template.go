package preset

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// templated are the fields of each kind that a template can fill.
var templated = map[string][]string{
	"plan":      {"title", "guidance", "attendees", "before", "during", "after", "assessment", "demands"},
	"notice":    {"place", "theme", "items", "bring"},
	"study":     {"topic", "content", "points"},
	"talk":      {"content"},
	"outline":   {"study", "causes"},
	"selfcheck": {"basics", "last_year", "causes", "direction"},
	"register":  {"summary"},
	"disposal":  {"basis"},
	"publicity": {"what", "where"},
	"report":    {"prepared", "held", "results", "problems", "next"},
}

// oneLine are those of them that hold one line.
var oneLine = map[string][]string{"plan": {"title"}, "notice": {"place", "theme"}, "study": {"topic"}, "publicity": {"where"}}

// Placeholders lists what {…} in a template may be, besides {stage:NAME}.
func Placeholders() []string {
	return []string{
		"branch", "org", "year", "title", "secretary", "formal", "probationary", "members",
		"meeting_day", "from", "to", "deadline",
		"host", "expected", "present", "absent", "self_criticisms", "criticisms", "red_checks",
		"ballots_issued", "ballots_returned", "ballots_valid", "excellent", "qualified", "basic", "unqualified",
		"study_sessions", "study_hours", "talks_owed", "talks_held", "opinions_raw", "opinions_merged",
		"ledger_lines", "ledger_closed", "committee_problems",
	}
}

// stagePrefix begins the placeholder of a stage's dates.
const stagePrefix = "stage:"

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// Fill returns a template's text with the values of its placeholders, which are
// named as in [Placeholders]; a stage's dates are those of "stage:NAME".
func Fill(text string, value func(placeholder string) string) string {
	return placeholder.ReplaceAllStringFunc(text, func(p string) string { return value(p[1 : len(p)-1]) })
}

// The longest template of a text and of one line, in characters: what it drafts is
// refused by its field above that.
const (
	mostTemplate     = 5000
	mostLineTemplate = 200
)

func (c *checks) templates(r *Rules) {
	known := Placeholders()
	for _, s := range r.Stages {
		known = append(known, stagePrefix+s.Name)
	}
	kinds := slices.Sorted(maps.Keys(templated))
	for _, kind := range slices.Sorted(maps.Keys(r.Templates)) {
		at := "templates." + kind
		switch {
		case !slices.Contains(kinds, kind):
			c.key("templates", kind, kinds)
			continue
		case !r.Has(kind):
			c.add(at, KindMissing, kind)
		}
		for _, field := range slices.Sorted(maps.Keys(r.Templates[kind])) {
			c.key(at, field, templated[kind])
			text := r.Templates[kind][field]
			if line := strings.TrimSpace(text); slices.Contains(oneLine[kind], field) && (strings.Contains(line, "\n") || utf8.RuneCountInString(line) > mostLineTemplate) {
				c.add(joined(at, field), TemplateLine, mostLineTemplate)
			}
			if kind == "publicity" && field == "what" { // it is chosen, and no text
				c.word(joined(at, field), strings.TrimSpace(text), Postings(r.Announce)...)
				continue
			}
			c.template(joined(at, field), text, known)
		}
	}
}

func (c *checks) template(key, text string, known []string) {
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > mostTemplate ||
		strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) && r != '\n' }) {
		c.add(key, TemplateBad, mostTemplate)
	}
	for _, p := range placeholder.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(known, p[1]) {
			c.add(key, PlaceholderUnknown, p[1], strings.Join(known, "、"))
		}
	}
	if strings.ContainsAny(placeholder.ReplaceAllString(text, ""), "{}") {
		c.add(key, BraceAlone)
	}
}

// key checks the name of a key in a table whose keys are data.
func (c *checks) key(table, name string, known []string) {
	if !slices.Contains(known, name) {
		c.add(joined(table, name), KeyUnknown, strings.Join(known, "、"))
	}
}
