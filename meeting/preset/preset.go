// Package preset holds the rules that a year's notice sets, as data.
//
// One TOML file is one notice. What a notice can change is a field here, never
// an `if` on a year in the code (DOMAIN.md §2.3, §3). The files are embedded;
// [Load] reads one by its id and refuses a file that contradicts itself.
package preset

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed *.toml
var files embed.FS

// Default is the preset of a new data folder.
const Default = "seed-2017"

// ErrUnknown is returned by [Load] for an id that no embedded file has.
var ErrUnknown = errors.New("preset: unknown id")

// Item kinds of the live meeting, in the words of DOMAIN.md §1.2. Their order in
// a meeting is the preset's.
const (
	SignIn        = "sign-in"
	Opening       = "opening"
	Study         = "study"
	LastYear      = "last-year"
	Briefing      = "report"
	SelfCheck     = "self-check"
	Criticism     = "criticism"
	Rectification = "rectification"
	SelfRating    = "self-rating"
	Ballot        = "ballot"
	Tally         = "tally"
	Rating        = "rating"
	Remark        = "remark"
	Closing       = "closing"
)

// Kinds lists every item kind once, in the order of the seed's meeting.
func Kinds() []string {
	return []string{
		SignIn, Opening, Study, LastYear, Briefing, SelfCheck, Criticism,
		Rectification, SelfRating, Ballot, Tally, Rating, Remark, Closing,
	}
}

// Rules are the rules of one notice.
type Rules struct {
	ID     string `toml:"id" json:"id"`
	Year   int    `toml:"year" json:"year"`     // the year that is evaluated
	Title  string `toml:"title" json:"title"`   // of the meeting, as it stands on papers
	Source string `toml:"source" json:"source"` // the notice or regulation that the rules come from

	Agenda       []Item   `toml:"agenda" json:"agenda"`
	MutualReview string   `toml:"mutual_review" json:"mutual_review"` // AfterEach or AfterAll
	Grades       []string `toml:"grades" json:"grades"`               // best first; 4 of them
	Ungraded     string   `toml:"ungraded" json:"ungraded"`           // the word for a member without a grade

	Cap          Cap          `toml:"excellent_cap" json:"excellent_cap"`
	Probationary Probationary `toml:"probationary" json:"probationary"`
	Vote         Vote         `toml:"ballot" json:"ballot"`
	Quorum       Quorum       `toml:"quorum" json:"quorum"`
	Decision     Decision     `toml:"decision" json:"decision"`
	Limits       Limits       `toml:"limits" json:"limits"`
	Announce     string       `toml:"announce" json:"announce"`                   // AnnounceNone, …
	Approval     string       `toml:"superior_approval" json:"superior_approval"` // ApprovalFirst, …

	// The work before and after the meeting.
	Kinds             []string                     `toml:"kinds" json:"kinds,omitempty"`   // of [RecordKinds]; none: all
	Stages            []Stage                      `toml:"stages" json:"stages,omitempty"` // in the order of time
	Gates             map[string]string            `toml:"gates" json:"gates,omitempty"`   // a level by the gate's name ([Rules.Gate])
	Talks             Talks                        `toml:"talks" json:"talks,omitzero"`
	Templates         map[string]map[string]string `toml:"templates" json:"templates,omitempty"`                                       // text by kind and field
	Aspects           []string                     `toml:"aspects" json:"aspects,omitempty"`                                           // that problems are looked for in
	SelfCheckApproval bool                         `toml:"selfcheck_approval" json:"selfcheck_approval,omitempty"`                     // the superior approves the 班子对照检查
	GroupsOver        int                          `toml:"group_mode_when_members_over" json:"group_mode_when_members_over,omitempty"` // with more members 批评 and 自评 are held by 党小组; 0: never
	Assess            Assess                       `toml:"assess" json:"assess,omitzero"`
	Indicators        []Indicator                  `toml:"indicators" json:"indicators,omitempty"`
}

// OnAgenda reports whether the meeting has an item of a kind.
func (r *Rules) OnAgenda(kind string) bool {
	return slices.ContainsFunc(r.Agenda, func(it Item) bool { return it.Kind == kind })
}

// Item is one line of the agenda.
type Item struct {
	Kind    string `toml:"kind" json:"kind"`
	Title   string `toml:"title" json:"title"`
	Minutes int    `toml:"minutes" json:"minutes"` // how long it is planned to last; 0: nothing is planned
}

// Mutual review follows each self-criticism or all of them (DOMAIN.md §2.2, 11).
const (
	AfterEach = "after_each"
	AfterAll  = "after_all"
)

// Announce says how much of the result the meeting hears (DOMAIN.md §0, 8).
const (
	AnnounceNone      = "none"            // counts of ballots only
	AnnounceCounts    = "counts"          // how many members have which leading grade; no names
	AnnounceExcellent = "excellent_names" // names of the leading excellent members within the cap
	AnnounceFull      = "full"            // every subject's counts
)

// What can be posted (公示).
const (
	PostExcellent = "优秀名单"
	PostCounts    = "各等次人数"
	PostMeeting   = "会议情况通报"
)

// Postings lists what can be posted where so much is announced.
func Postings(announce string) []string {
	switch announce {
	case AnnounceExcellent, AnnounceFull:
		return []string{PostExcellent, PostCounts, PostMeeting}
	case AnnounceNone:
		return []string{PostMeeting}
	}
	return []string{PostCounts, PostMeeting}
}

// What the superior does with the grades (DOMAIN.md §0, 5).
const (
	ApprovalFirst  = "before_feedback" // decides on them before members are told
	ApprovalFiling = "filing_only"     // is told
	ApprovalNone   = "none"
)

// Bases of the cap (DOMAIN.md §3.2).
const (
	BaseFormal          = "formal"           // 正式党员 of the branch
	BaseFormalAttending = "formal_attending" // 正式党员 who are present
	BaseParticipating   = "participating"    // members who take part: present, or absent with written material
	BaseBranchTotal     = "branch_total"     // all members, 预备党员 included
)

// Cap limits the number of 优秀: Num/Den of the base (DOMAIN.md §3.2).
type Cap struct {
	Num   int    `toml:"num" json:"num"`
	Den   int    `toml:"den" json:"den"`
	Base  string `toml:"base" json:"base"`
	Round string `toml:"round" json:"round"` // floor, ceil or nearest; "不超过" is floor
	Min   int    `toml:"min" json:"min"`     // the cap is at least this, whatever the ratio gives
}

// Of returns the cap for a base of n members, in whole members. It computes
// with integers only (DOMAIN.md §3.2).
func (c Cap) Of(n int) int {
	k := n * c.Num / c.Den
	switch c.Round {
	case "ceil":
		k = (n*c.Num + c.Den - 1) / c.Den
	case "nearest":
		k = (2*n*c.Num + c.Den) / (2 * c.Den)
	}
	return min(max(k, c.Min), max(n, 0))
}

// Probationary says what 预备党员 do (DOMAIN.md §3.3).
type Probationary struct {
	Votes  bool `toml:"votes" json:"votes"`
	Graded bool `toml:"graded" json:"graded"`
}

// Vote is the anonymous evaluation (DOMAIN.md §3.6, BALLOT.md).
type Vote struct {
	SelfVote    bool   `toml:"self_vote" json:"self_vote"`     // may a member grade themself?
	MinBallots  int    `toml:"min_ballots" json:"min_ballots"` // below it no histogram is shown to anybody
	Scrutineers int    `toml:"scrutineers" json:"scrutineers"` // how many at least
	Threshold   int    `toml:"threshold" json:"threshold"`     // of the scrutineers needed to open the box; 0: all
	Comments    bool   `toml:"remarks" json:"remarks"`         // anonymous comments on a subject
	Group       string `toml:"group" json:"group"`             // Belenios' name of the group; "": Ed25519
	Mass        bool   `toml:"mass" json:"mass"`               // 群众 vote too, counted apart (DOMAIN.md §3.7)
	Branch      bool   `toml:"branch" json:"branch"`           // the committee's own ballot
	BranchTitle string `toml:"branch_title" json:"branch_title"`
	// BranchScale is the committee's scale, best first: 好, 较好, 一般, 差 (DOMAIN.md §4.4).
	BranchScale []string `toml:"branch_scale" json:"branch_scale"`
}

// Quorum is Num/Den of the members expected, "以上" included (DOMAIN.md §3.1).
type Quorum struct {
	Num  int    `toml:"num" json:"num"`
	Den  int    `toml:"den" json:"den"`
	Base string `toml:"base" json:"base"` // who counts: BaseFormal or BaseBranchTotal
}

// Met reports whether present of expected reach the quorum.
func (q Quorum) Met(present, expected int) bool {
	return expected > 0 && present*q.Den >= expected*q.Num
}

// Decision says who decides on grades, and how an open vote passes.
type Decision struct {
	// CommitteeFrom is the number of 正式党员 from which a branch has a
	// committee; below it the members' assembly decides (DOMAIN.md §1.1).
	CommitteeFrom int `toml:"committee_from" json:"committee_from"`
	// An open vote passes with more than PassNum/PassDen of the entitled
	// members expected, not of those present (DOMAIN.md §3.1).
	PassNum int `toml:"pass_num" json:"pass_num"`
	PassDen int `toml:"pass_den" json:"pass_den"`
}

// Passed reports whether yes votes of entitled members carry an open vote.
func (d Decision) Passed(yes, entitled int) bool { return yes*d.PassDen > entitled*d.PassNum }

// Limits are the clocks, in seconds; 0 means no limit.
type Limits struct {
	SelfCriticism int `toml:"self_criticism" json:"self_criticism"`
	Criticism     int `toml:"criticism" json:"criticism"`
	Response      int `toml:"response" json:"response"`
	Speech        int `toml:"speech" json:"speech"`
}

// IDs returns the ids of all embedded presets, sorted.
func IDs() []string {
	names, err := fs.Glob(files, "*.toml")
	if err != nil {
		return nil
	}
	for i, n := range names {
		names[i] = strings.TrimSuffix(n, ".toml")
	}
	slices.Sort(names)
	return names
}

// Load returns the rules with the given id, or [ErrUnknown].
func Load(id string) (*Rules, error) {
	data, err := Text(id)
	if err != nil {
		return nil, err
	}
	var r Rules
	if err := parse(data, &r, r.faults); err != nil {
		return nil, fmt.Errorf("preset %s: %w", id, err)
	}
	return &r, nil
}

// Text returns the file of an embedded preset as it is, with its comments, or
// [ErrUnknown].
func Text(id string) ([]byte, error) {
	data, err := files.ReadFile(id + ".toml")
	if err != nil {
		return nil, fmt.Errorf("%w: %q", ErrUnknown, id)
	}
	return data, nil
}
