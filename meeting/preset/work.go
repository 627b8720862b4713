package preset

import (
	"cmp"
	"maps"
	"slices"
)

// RecordKinds lists every kind of record of the work before and after the
// meeting, in the order in which it is done.
func RecordKinds() []string {
	return []string{
		"plan", "notice", "study", "opinion", "talk", "selfcheck", "outline", "problem",
		"register", "disposal", "conduct", "publicity", "ledger", "report", "assess",
	}
}

// Has reports whether there are records of a kind under these rules.
func (r *Rules) Has(kind string) bool { return len(r.Kinds) == 0 || slices.Contains(r.Kinds, kind) }

// Stage is a part of the work, between two days that count from the meeting's:
// -5 is five days before it, 0 the day itself.
type Stage struct {
	Name  string   `toml:"name" json:"name"`
	From  int      `toml:"from" json:"from"`
	To    int      `toml:"to" json:"to"`
	Kinds []string `toml:"kinds" json:"kinds,omitempty"` // whose records are due at its end
}

// Talks says what talks are owed beyond those that everywhere are.
type Talks struct {
	Each int `toml:"each" json:"each"` // with how many others each member talks; 0: with all of the 党小组
}

// Levels of a gate: what it means when something is not ready.
const (
	Red   = "red"   // the meeting goes on only with a written reason
	Amber = "amber" // is said
	Off   = "off"   // is not asked for
)

// gate is a check before the meeting. One of a kind is off where the rules have
// no such records.
type gate struct{ name, kind string }

var gates = []gate{
	{"plan", "plan"},
	{"notice", "notice"},
	{"study", "study"},
	{"hours", "study"},
	{"opinions", "opinion"},
	{"talks", "talk"},
	{"selfcheck", "selfcheck"},
	{"outlines", "outline"},
	{"written", "outline"}, // the material of those who are absent
	{"problems", "problem"},
	{"ledger", "ledger"}, // last year's
	{"guide", ""},
	{"quorum", ""},
	{"scrutineers", ""},
	{"rehearsal", ""},
}

// GateNames lists the names of all gates.
func GateNames() []string {
	names := make([]string, len(gates))
	for i, g := range gates {
		names[i] = g.name
	}
	return names
}

// Gate returns the level of a gate: Red, Amber or Off. Where the rules say
// nothing it is Amber.
func (r *Rules) Gate(name string) string {
	i := slices.IndexFunc(gates, func(g gate) bool { return g.name == name })
	if i >= 0 && gates[i].kind != "" && !r.Has(gates[i].kind) {
		return Off
	}
	return cmp.Or(r.Gates[name], Amber)
}

func (c *checks) work(r *Rules) {
	c.kinds("kinds", r.Kinds, RecordKinds())
	for i, s := range r.Stages {
		at := element("stages", i)
		c.text(at+".name", s.Name, 20)
		if slices.ContainsFunc(r.Stages[:i], func(o Stage) bool { return o.Name == s.Name && s.Name != "" }) {
			c.add(at+".name", WordTwice, s.Name)
		}
		c.number(at+".from", s.From, -mostDays, mostDays)
		c.number(at+".to", s.To, -mostDays, mostDays)
		if s.To < s.From {
			c.add(at+".to", StageBackwards, s.From)
		}
		c.kinds(at+".kinds", s.Kinds, slices.DeleteFunc(RecordKinds(), func(k string) bool { return !r.Has(k) }))
	}
	for _, name := range slices.Sorted(maps.Keys(r.Gates)) {
		c.key("gates", name, GateNames())
		c.word(joined("gates", name), r.Gates[name], Red, Amber, Off)
	}
	c.number("talks.each", r.Talks.Each, 0, mostNumber)
	c.number("group_mode_when_members_over", r.GroupsOver, 0, mostNumber)
	c.words("aspects", r.Aspects)
}

// mostDays is how far a stage may be from the meeting.
const mostDays = 366

// kinds checks a list of kinds, each once.
func (c *checks) kinds(key string, list, known []string) {
	for i, k := range list {
		c.word(element(key, i), k, known...)
		if k != "" && slices.Contains(list[:i], k) {
			c.add(element(key, i), WordTwice, k)
		}
	}
}

// words checks a list of different short words.
func (c *checks) words(key string, list []string) {
	for i, word := range list {
		c.text(element(key, i), word, 20)
		if word != "" && slices.Contains(list[:i], word) {
			c.add(element(key, i), WordTwice, word)
		}
	}
}
