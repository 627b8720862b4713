package folder

import (
	"context"
	"errors"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/org"
	"pingyi/store"
)

// organisation is the superior's log, beside those of the branches.
type organisation struct {
	*store.Room[*org.State, org.Request, org.Event]
	log store.Log
}

func openOrganisation(ctx context.Context, shelf store.Shelf) (*organisation, error) {
	log, err := shelf.Log(ctx, org.ID)
	if err != nil {
		return nil, err
	}
	room, err := store.OpenRoom(ctx, log, org.Machine{})
	if err != nil {
		return nil, orgUnreadable.By(errors.Join(err, log.Close()))
	}
	return &organisation{room, log}, nil
}

func (o *organisation) close() error {
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
	_, err = o.Do(ctx, org.Request{By: meeting.Keeper, At: time.Now(), Do: org.Found{Name: name}})
	return err
}

// organisation returns the superior's log, opened once.
func (f *Folder) organisation(ctx context.Context) (*organisation, error) {
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
