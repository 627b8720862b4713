package ballot

import (
	"bytes"
	"crypto/rand"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// comments seals a text on each question given and reads it back from its stored form.
func (v *vote) comment(t testing.TB, question int, text string) *Comment {
	t.Helper()
	r, err := v.e.SealComment(question, text, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	again, err := DecodeComment(v.e, r.Marshal())
	if err != nil || !bytes.Equal(again.Marshal(), r.Marshal()) {
		t.Fatalf("the remark does not come back: %v", err)
	}
	return again
}

func TestCommentsAreOpenedByTheTrusteesOnly(t *testing.T) {
	set, keys := ceremony(t, Ed25519, 2, 3)
	v := newVoteWith(t, rand.Reader, Ed25519, 1, subjects(3), set)
	long := strings.Repeat("好", MaxComment)
	comments := []*Comment{v.comment(t, 2, "多联系群众"), v.comment(t, 0, long), v.comment(t, 1, ""), v.comment(t, 0, "按时交党费")}
	for _, r := range comments {
		if len(r.Marshal()) != len(comments[0].Marshal()) {
			t.Error("a remark's length tells something")
		}
	}
	var shares []*CommentShare
	for _, k := range keys[1:] {
		s, err := v.e.ShareComments(comments, k, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseCommentShare(v.e, s.Marshal())
		if err != nil {
			t.Fatal(err)
		}
		shares = append(shares, again)
	}
	open, err := v.e.OpenComments(comments, shares)
	want := []OpenComment{{0, long}, {0, "按时交党费"}, {2, "多联系群众"}}
	if err != nil || !reflect.DeepEqual(open, want) {
		t.Errorf("%v, %v", open, err)
	}
	if _, err := v.e.OpenComments(comments, shares[:1]); !errors.Is(err, Missing) {
		t.Errorf("one trustee opens what needs two: %v", err)
	}
	shares[0].factors[1], shares[0].factors[2] = shares[0].factors[2], shares[0].factors[1]
	if _, err := v.e.OpenComments(comments, shares); !errors.Is(err, BadProof) {
		t.Errorf("a false share: %v", err)
	}
}

// The trustees cannot be made to decrypt a voter's choice by handing it in as a comment.
func TestAChoiceIsNoComment(t *testing.T) {
	v := newVote(t, Ed25519, 1, 1, subjects(1))
	choice := v.cast(t, 0, 1).answers[0].choices[1]
	r := v.comment(t, 0, "按时交党费")
	r.alpha = choice.alpha
	if _, err := DecodeComment(v.e, r.Marshal()); !errors.Is(err, BadProof) {
		t.Errorf("%v, want %v", err, BadProof)
	}
}

func TestCommentRefuses(t *testing.T) {
	v := newVote(t, Ed25519, 1, 1, subjects(1))
	for name, text := range map[string]string{"too long": strings.Repeat("好", MaxComment+1), "not UTF-8": "\xff"} {
		if _, err := v.e.SealComment(0, text, rand.Reader); !errors.Is(err, OutOfRange) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := v.e.SealComment(1, "好", rand.Reader); !errors.Is(err, OutOfRange) {
		t.Errorf("a remark on no question: %v", err)
	}
	good := v.comment(t, 0, "好").Marshal()
	other := newVote(t, Ed25519, 1, 1, subjects(1))
	if _, err := DecodeComment(other.e, good); !errors.Is(err, BadProof) {
		t.Errorf("a remark of another election: %v", err)
	}
	for _, bad := range [][]byte{nil, good[:len(good)-1], append(slices.Clone(good), 0), append([]byte{2}, good[1:]...)} {
		if _, err := DecodeComment(v.e, bad); !errors.Is(err, Malformed) {
			t.Errorf("%d bytes: %v", len(bad), err)
		}
	}
	for at := range good {
		bad := slices.Clone(good)
		bad[at] ^= 1
		if _, err := DecodeComment(v.e, bad); err == nil {
			t.Errorf("byte %d may be changed", at)
		}
	}
}
