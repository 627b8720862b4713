package folder

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/org"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/hall"
)

// yearMark stands between a branch's id and the year in the name of the log of a
// year that followed another. No id has it: they are letters of ASCII. The log of
// a branch's first year has the id for its name.
const yearMark = "年"

// Next is what [Folder.Next] did.
type Next struct {
	ID      string  `json:"id"`
	Year    int     `json:"year"`
	Carried Carried `json:"carried"`
}

// Carried counts what goes over into the next year.
type Carried struct {
	Members int `json:"members"` // 党员
	Lines   int `json:"lines"`   // of the ledger, that are open
}

// Next ends a branch's year and begins the next under these rules. The roster, the
// open lines of the ledger and the grades go over; codes do not. If a crash came
// between the two, the next call begins the year that was missing.
//
// The error is a *[meeting.Refusal] while the meeting is held or its vote waits to
// be counted, and where the rules' year is not a later one.
func (f *Folder) Next(ctx context.Context, id string, rules *preset.Rules) (Next, error) {
	old, err := f.followed(ctx, id, rules)
	if err != nil {
		return Next{}, err
	}
	if old.State().Next == 0 {
		if _, err := old.Act(ctx, meeting.Keeper, meeting.EndYear{Next: rules.Year}); err != nil {
			return Next{}, err
		}
	}
	seq, hash := old.Head()
	begin := meeting.BeginYear{Of: old.State(), Seq: int(seq), Hash: hex.EncodeToString(hash[:]), Rules: rules} //nolint:gosec // no log has that many records
	next, err := f.room(ctx, id+yearMark+strconv.Itoa(rules.Year))
	if err != nil {
		return Next{}, err
	}
	if _, err := next.Act(ctx, meeting.Keeper, begin); err != nil {
		return Next{}, err
	}
	if _, err := f.Direct(ctx); err != nil {
		return Next{}, err
	}
	s := next.State()
	return Next{id, s.Rules.Year, Carried{s.Count(meeting.Formal, meeting.Probationary), len(s.Ledger())}}, nil
}

// Foresee is what Next would do, or why it would not. Nothing is changed.
func (f *Folder) Foresee(ctx context.Context, id string, rules *preset.Rules) (Next, error) {
	old, err := f.followed(ctx, id, rules)
	if err != nil {
		return Next{}, err
	}
	s := old.State()
	if s.Next == 0 {
		if _, err := meeting.Decide(s, meeting.Request{By: meeting.Keeper, At: old.Now(), Do: meeting.EndYear{Next: rules.Year}}); err != nil {
			return Next{}, err
		}
	}
	return Next{id, rules.Year, Carried{s.Count(meeting.Formal, meeting.Probationary), s.OpenLines()}}, nil
}

// followed opens the year of a branch that one under these rules is to follow.
func (f *Folder) followed(ctx context.Context, id string, rules *preset.Rules) (*open, error) {
	if strings.Contains(id, "@") {
		return nil, f.noBranch(ctx, id)
	}
	old, err := f.branch(ctx, id)
	if err != nil {
		return nil, err
	}
	if f.Config.Group != "" {
		rules.Vote.Group = f.Config.Group
	}
	return old, rules.Check()
}

// Branches returns the ids of all branches, sorted.
func (f *Folder) Branches(ctx context.Context) ([]string, error) {
	names, err := f.shelf.Branches(ctx)
	return slices.DeleteFunc(names, func(name string) bool { return name == org.ID || strings.Contains(name, yearMark) }), err
}

// logs returns the names of a branch's logs, the newest last; none for a branch
// that there is not.
func (f *Folder) logs(ctx context.Context, id string) ([]string, error) {
	names, err := f.shelf.Branches(ctx)
	if err != nil || id == org.ID || strings.Contains(id, yearMark) {
		return nil, err
	}
	return slices.DeleteFunc(names, func(name string) bool { return name != id && !strings.HasPrefix(name, id+yearMark) }), nil // years have four digits: they are sorted
}

// HallsOf returns the halls of the branches that have a year, by id.
func (f *Folder) HallsOf(ctx context.Context, year int) ([]*hall.Hall, error) {
	ids, err := f.Branches(ctx)
	if err != nil {
		return nil, err
	}
	var list []*hall.Hall
	for _, id := range ids {
		h, err := f.Hall(ctx, id+"@"+strconv.Itoa(year))
		switch {
		case errors.Is(err, noYear):
			continue
		case err != nil:
			return nil, err
		}
		list = append(list, h)
	}
	return list, nil
}

// branch opens a branch: its newest year, or with ID@YEAR the one of that year.
func (f *Folder) branch(ctx context.Context, id string) (*open, error) {
	name, err := f.named(ctx, id)
	if err != nil {
		return nil, err
	}
	return f.room(ctx, name)
}

// named returns the name of a branch's log: that of its newest year, or with ID@YEAR
// the one of that year. Nothing is folded.
func (f *Folder) named(ctx context.Context, id string) (string, error) {
	id, year, earlier := strings.Cut(id, "@")
	names, err := f.logs(ctx, id)
	switch {
	case err != nil:
		return "", err
	case len(names) == 0:
		return "", f.noBranch(ctx, id)
	case !earlier:
		return names[len(names)-1], nil
	}
	var years []string
	for _, name := range names {
		one, err := f.yearOf(ctx, name)
		if err != nil {
			return "", err
		}
		if one == year {
			return name, nil
		}
		years = append(years, one)
	}
	return "", noYear.Of(id, year, strings.Join(years, "、"))
}

// yearOf returns the year of a log: it stands in the name, or for a branch's first
// year in the first record, which has the rules.
func (f *Folder) yearOf(ctx context.Context, name string) (string, error) {
	if _, year, later := strings.Cut(name, yearMark); later {
		return year, nil
	}
	log, err := f.shelf.Log(ctx, name)
	if err != nil {
		return "", err
	}
	defer log.Close()
	for data, err := range log.Read(ctx, 0) {
		var e meeting.Event
		if err == nil {
			e, err = firstEvent(data)
		}
		if err != nil {
			return "", branchUnreadable.Of(name).By(err)
		}
		if s := meeting.Apply(meeting.NewState(), e); s.Rules != nil {
			return strconv.Itoa(s.Rules.Year), nil
		}
		break
	}
	return "", branchUnreadable.Of(name)
}

// firstEvent reads the first record of a log.
func firstEvent(data []byte) (meeting.Event, error) {
	r, err := new(store.Chain).AddBytes(data)
	if err != nil {
		return meeting.Event{}, err
	}
	return meeting.Decode(r.Body, r.Blob)
}

func (f *Folder) noBranch(ctx context.Context, id string) error {
	ids, err := f.Branches(ctx)
	switch {
	case err != nil:
		return err
	case len(ids) == 0:
		return ErrNoBranch.Of(id).By(noBranches)
	}
	return ErrNoBranch.Of(id).By(branchesAre.Of(strings.Join(ids, "、")))
}
