package preset

import (
	"cmp"
	"slices"
)

// Indicator is one line of the secretary's assessment (DOMAIN.md §4.15).
type Indicator struct {
	ID     string `toml:"id" json:"id"`
	Group  string `toml:"group" json:"group"`
	Text   string `toml:"text" json:"text"`
	Points int    `toml:"points" json:"points"`           // the most that it can give
	Months []int  `toml:"months" json:"months,omitempty"` // 1 to 12: whose study plan it is about; none: the whole year
}

// Assess says how the secretary's assessment ends.
type Assess struct {
	Total    int      `toml:"total" json:"total,omitempty"`       // what the points of all indicators add up to; 0: 100
	Outcomes []string `toml:"outcomes" json:"outcomes,omitempty"` // of which the superior chooses one
}

// Points returns what the points of all indicators add up to.
func (a Assess) Points() int { return cmp.Or(a.Total, 100) }

// CheckAssess reports what is wrong with an assessment and its indicators, as an
// [*Error] without lines; nil is nothing.
func CheckAssess(a Assess, list []Indicator) error {
	var c checks
	c.assess(a, list)
	return refusal(c)
}

func (c *checks) assess(a Assess, list []Indicator) {
	c.number("assess.total", a.Total, 0, mostNumber)
	c.words("assess.outcomes", a.Outcomes)
	c.indicators("indicators", list, a.Points())
}

func (c *checks) indicators(key string, list []Indicator, total int) {
	sum := 0
	for i, one := range list {
		at := element(key, i)
		c.id(at+".id", one.ID)
		if slices.ContainsFunc(list[:i], func(o Indicator) bool { return o.ID == one.ID && one.ID != "" }) {
			c.add(at+".id", WordTwice, one.ID)
		}
		c.text(at+".group", one.Group, 30)
		c.text(at+".text", one.Text, 200)
		c.number(at+".points", one.Points, 1, mostNumber)
		for k, m := range one.Months {
			c.number(element(at+".months", k), m, 1, 12)
		}
		sum += one.Points
	}
	if len(list) > 0 && sum != total {
		c.add(key, PointsSum, total, sum)
	}
}
