package store_test

import (
	"errors"
	"path/filepath"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/org"
	"pingyi/store"
	"pingyi/store/bolt"
)

// TestTwoMachinesOnOneShelf keeps a branch's meeting and its organisation in one file: each room knows its own, also after a restart.
func TestTwoMachinesOnOneShelf(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	shelf, err := bolt.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	above := func() *store.Room[*org.State, org.Request, org.Event] {
		l, err := shelf.Log(t.Context(), org.ID)
		if err != nil {
			t.Fatal(err)
		}
		r, err := store.OpenRoom(t.Context(), l, org.Machine{})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	branch, over := founded(t, openLog(t, shelf), people(3, 3)), above()
	tell := func(c org.Command) error {
		_, err := over.Do(t.Context(), org.Request{ID: "once", At: afternoon, Do: c})
		return err
	}
	if err := tell(org.Found{Name: "某党总支"}); err != nil {
		t.Fatal(err)
	}
	if err := tell(org.Found{Name: "某党总支"}); err != nil {
		t.Errorf("sent again: %v", err)
	}
	var no *org.Fault
	if _, err := over.Do(t.Context(), org.Request{At: afternoon, Do: org.RemovePerson{ID: "s1"}}); !errors.As(err, &no) {
		t.Errorf("%v", err)
	}
	mustDo(t, branch, as("m01", meeting.SignIn{}))
	branch.Close()
	over.Close()
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
	if shelf, err = bolt.Open(path); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = shelf.Close() }()
	branch, over = openRoom(t, openLog(t, shelf)), above()
	defer over.Close()
	defer branch.Close()
	if over.State().Name != "某党总支" || !present(branch.State(), "m01") {
		t.Errorf("%+v, %v", over.State(), branch.State().Attendance)
	}
}
