package folder

import (
	"context"
	"errors"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/org"
	"pingyi/store"
)

// Organisation is the superior's log, beside those of the branches.
type Organisation struct {
	*store.Room[*org.State, org.Request, org.Event]
	log store.Log
}

// Act submits c for who works on the server's own machine.
func (o *Organisation) Act(ctx context.Context, c org.Command) error {
	_, err := o.Do(ctx, org.Request{By: meeting.Keeper, At: time.Now(), Do: c})
	return err
}

func openOrganisation(ctx context.Context, shelf store.Shelf) (*Organisation, error) {
	log, err := shelf.Log(ctx, org.ID)
	if err != nil {
		return nil, err
	}
	room, err := store.OpenRoom(ctx, log, org.Machine{})
	if err != nil {
		return nil, orgUnreadable.By(errors.Join(err, log.Close()))
	}
	return &Organisation{room, log}, nil
}

func (o *Organisation) close() error {
	o.Room.Close()
	return o.log.Close()
}

// foundOrganisation begins the superior's log under a name, unless an Init that
// failed later has begun it already.
func foundOrganisation(ctx context.Context, shelf store.Shelf, name string) (err error) {
	o, err := openOrganisation(ctx, shelf)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	switch o.State().Name {
	case name:
		return nil
	case "":
	default:
		return ErrExists
	}
	return o.Act(ctx, org.Found{Name: name})
}

// Direct gives every branch that is in the organisation's year still what the
// year's notice says ([meeting.Directive]), and returns their ids.
func (f *Folder) Direct(ctx context.Context) ([]string, error) {
	o, err := f.Organisation(ctx)
	if err != nil {
		return nil, err
	}
	year := o.State().Year
	ids, err := f.Branches(ctx)
	if err != nil || year == nil {
		return nil, err
	}
	var given []string
	for _, id := range ids {
		b, err := f.branch(ctx, id)
		if err != nil {
			return given, err
		}
		if s := b.State(); s.Rules == nil || s.Rules.Year != year.Year || s.Next != 0 || s.Stands() == meeting.Archived {
			continue
		}
		if _, err := b.Act(ctx, meeting.Keeper, meeting.GiveDirective{Directive: year.Directive()}); err != nil {
			return given, err
		}
		given = append(given, id)
	}
	return given, nil
}

// Organisation returns the superior's log, opened once.
func (f *Folder) Organisation(ctx context.Context) (*Organisation, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.org != nil {
		return f.org, nil
	}
	o, err := openOrganisation(ctx, f.shelf)
	if err == nil {
		o.Ails(f.trouble)
		f.org = o
	}
	return o, err
}
