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

// Organisation returns the superior's log, opened once.
func (f *Folder) Organisation(ctx context.Context) (*Organisation, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.org != nil {
		return f.org, nil
	}
	o, err := openOrganisation(ctx, f.shelf)
	if err == nil {
		f.org = o
	}
	return o, err
}
