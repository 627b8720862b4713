package ballot

import (
	"bytes"
	"crypto/rand"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"
)

func TestASetupIsReadFromItsArchive(t *testing.T) {
	v := newVote(t, Ed25519, 2, 2, subjects(2))
	var out bytes.Buffer
	if err := v.e.WriteSetup(&out, time.Unix(1795425164, 0)); err != nil {
		t.Fatal(err)
	}
	e, err := ReadSetup(bytes.NewReader(out.Bytes()))
	if err != nil || !bytes.Equal(e.Marshal(), v.e.Marshal()) || hashBase64(e.JSON()) != v.e.Fingerprint() {
		t.Fatalf("another setup came back: %v", err)
	}
	for what, bad := range map[string][]byte{
		"nothing": nil,
		"half":    out.Bytes()[:out.Len()/2],
		"a byte":  bytes.Replace(out.Bytes(), []byte("党员01"), []byte("党员09"), 1),
	} {
		if _, err := ReadSetup(bytes.NewReader(bad)); err == nil {
			t.Errorf("%s: read", what)
		}
	}
}

// Who can read the log could hand in a voter's sealed comment as their own, and find out by the text that is there
// twice who wrote it. Only its author can hand it in, and only with their own credential.
func TestAStrangersCommentIsNotHandedIn(t *testing.T) {
	v := newVote(t, Ed25519, 2, 1, subjects(2))
	mine, yours := v.cast(t, 0, 1, 1).Credential(), v.cast(t, 1, 1, 1).Credential()
	handed, err := v.e.HandComment(mine, 1, "按时交党费", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	r, err := TakeComment(v.e, mine, handed)
	if err != nil || r.Question() != 1 {
		t.Fatalf("an honest comment: %v", err)
	}
	if _, err := DecodeComment(v.e, r.Marshal()); err != nil {
		t.Errorf("the stored form: %v", err) // what stands in the log
	}
	if _, err := TakeComment(v.e, yours, handed); !errors.Is(err, BadProof) {
		t.Errorf("handed in by somebody else: %v", err)
	}
	if _, err := TakeComment(v.e, yours, r.Marshal()); err == nil {
		t.Error("taken from the log and handed in")
	}
	own, err := v.e.HandComment(yours, 1, "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	mixed := append(r.Marshal(), own[len(r.Marshal()):]...)
	if _, err := TakeComment(v.e, yours, mixed); !errors.Is(err, BadProof) {
		t.Errorf("with the proof of another comment: %v", err)
	}
	for at := range handed {
		bad := slices.Clone(handed)
		bad[at] ^= 1
		if _, err := TakeComment(v.e, mine, bad); err == nil {
			t.Errorf("byte %d may be changed", at)
		}
	}
}

// A comment that its author has spoiled keeps no other from being opened.
func TestASpoiledCommentIsLeftOut(t *testing.T) {
	v := newVote(t, Ed25519, 1, 1, subjects(1))
	good := v.comment(t, 0, "多联系群众")
	spoiled, k, err := v.e.sealComment(0, "读不出来", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	spoiled.box[0] ^= 1
	if spoiled.pok, err = proveKnowledge(v.e.group, spoiled.prefix(), k, rand.Reader); err != nil {
		t.Fatal(err)
	}
	comments := []*Comment{spoiled, good}
	share, err := v.e.ShareComments(comments, v.keys[0], rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	open, err := v.e.OpenComments(comments, []*CommentShare{share})
	if want := []OpenComment{{0, "多联系群众"}}; err != nil || !reflect.DeepEqual(open, want) {
		t.Errorf("%v, %v", open, err)
	}
}

func TestABlankRowIsShownToBeBlank(t *testing.T) {
	for _, g := range []Group{Ed25519, Belenios2048} {
		v := newVote(t, g, 1, 1, subjects(2))
		cast := func(choose func(*Sheet) []byte) (*Ballot, []byte) {
			t.Helper()
			s, err := NewSheet(v.e, v.creds[0])
			if err != nil {
				t.Fatal(err)
			}
			shown := choose(s)
			if err := s.Choose(1, 2, rand.Reader); err != nil {
				t.Fatal(err)
			}
			b, err := s.Seal(rand.Reader)
			if err == nil {
				err = v.e.Check(b)
			}
			if err != nil {
				t.Fatal(err)
			}
			return b, shown
		}
		honest, shown := cast(func(s *Sheet) []byte {
			shown, err := s.ChooseBlank(0, rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			return shown
		})
		graded, _ := cast(func(s *Sheet) []byte {
			if err := s.Choose(0, 0, rand.Reader); err != nil {
				t.Fatal(err)
			}
			return nil
		})
		if err := honest.CheckBlank(0, shown); err != nil {
			t.Errorf("%s: %v", g.Name(), err)
		}
		for what, err := range map[string]error{
			"a grade": graded.CheckBlank(0, shown), "another row": honest.CheckBlank(1, shown),
			"nothing": honest.CheckBlank(0, nil), "no row": honest.CheckBlank(2, shown),
		} {
			if err == nil {
				t.Errorf("%s: %s passes for blank", g.Name(), what)
			}
		}
	}
}
