package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// writes puts a file into the rig's folder.
func (r *rig) writes(name string, data []byte) {
	r.t.Helper()
	if err := os.WriteFile(filepath.Join(r.dir, name), data, 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// ceremonies writes what each of three scrutineers gets of the records so far.
func (r *rig) ceremonies(c meeting.Ceremony, boxes ...string) {
	r.t.Helper()
	for i := range 3 {
		c.Index = i + 1
		if boxes != nil {
			c.Share = boxes[i]
		}
		text, err := json.Marshal(c)
		if err != nil {
			r.t.Fatal(err)
		}
		r.writes(fmt.Sprintf("封箱%d.json", i+1), append(text, '\n'))
	}
}

// Three scrutineers keep their keys at home, and two of them open the box. All
// that the server does is to collect their records and to hand them on.
func TestKeysAtHomeMakeAJointKey(t *testing.T) {
	r := &rig{t: t, dir: t.TempDir()}
	for i := range 3 {
		r.pingyi(0, "trustee", "init", "-o", fmt.Sprintf("%d.key", i+1))
	}
	seal := func() (records []json.RawMessage) {
		for i := range 3 {
			out := r.pingyi(0, "trustee", "seal", "--key", fmt.Sprintf("%d.key", i+1), fmt.Sprintf("封箱%d.json", i+1))
			records = append(records, json.RawMessage(strings.TrimSpace(out)))
		}
		return records
	}
	c := meeting.Ceremony{Group: "Ed25519", Size: 3, Threshold: 2}
	r.ceremonies(c)
	c.Certificates = seal()
	r.ceremonies(c)
	c.Polynomials = seal()
	r.ceremonies(c)
	shares := seal()
	plain := func(list []json.RawMessage) (records [][]byte) {
		for _, one := range list {
			records = append(records, one)
		}
		return records
	}
	set, boxes, err := ballot.NewThresholdTrustee(ballot.Ed25519, plain(c.Certificates), plain(c.Polynomials), plain(shares))
	if err != nil {
		t.Fatal(err)
	}

	e, tally, box := aBox(t, set)
	r.writes("票箱.bel", box)
	r.opensNot("--key", "2.key", "票箱.bel")                       // the whole key opens nothing
	r.opensNot("--key", "2.key", "--seal", "封箱2.json", "票箱.bel") // nor before the keys are joined
	r.ceremonies(c, boxes...)
	r.opensNot("--key", "2.key", "--seal", "封箱3.json", "票箱.bel") // nor with another's share
	r.opensNot("--key", "2.key", "--seal", "2.key", "票箱.bel")
	var partials []*ballot.Partial
	for _, i := range []int{3, 2} {
		out, errs, code := r.tryWith("6\n", "trustee", "open", "--key", fmt.Sprintf("%d.key", i), "--seal", fmt.Sprintf("封箱%d.json", i), "票箱.bel")
		if code != 0 {
			t.Fatal(errs)
		}
		p, err := e.ParsePartial([]byte(out))
		if err != nil {
			t.Fatal(err)
		}
		if err := e.CheckBound(tally, p); err != nil || p.Owner() != i {
			t.Errorf("owner %d: %v", p.Owner(), err)
		}
		partials = append(partials, p)
	}
	if sums, err := e.Result(tally, partials); err != nil || !reflect.DeepEqual(sums, [][]int{{0, 6}}) {
		t.Errorf("%v %v", sums, err)
	}
}

func (r *rig) opensNot(args ...string) {
	r.t.Helper()
	if out, errs, code := r.tryWith("6\n", append([]string{"trustee", "open"}, args...)...); code != 1 || out != "" || errs == "" {
		r.t.Errorf("%v: exit %d\n%s%s", args, code, out, errs)
	}
}

// aBox is a closed box of six ballots for the second answer.
func aBox(t *testing.T, trustees ...ballot.Trustee) (*ballot.Election, *ballot.Tally, []byte) {
	t.Helper()
	uuid, err := ballot.NewUUID(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s := ballot.Setup{
		UUID: uuid, Name: "测评", Group: ballot.Ed25519, Trustees: trustees,
		Questions: []ballot.Question{{Question: "党员01", Answers: []string{"优秀", "合格"}, Max: 1}},
	}
	return filledBox(t, s)
}

// filledBox makes the credentials of a setup, and a closed box of six ballots
// for the second answer.
func filledBox(t *testing.T, s ballot.Setup) (*ballot.Election, *ballot.Tally, []byte) {
	t.Helper()
	var private []string
	for range 6 {
		c, err := ballot.NewCredential(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		public, err := ballot.PublicCredential(s.Group, s.UUID, c)
		if err != nil {
			t.Fatal(err)
		}
		private, s.Credentials = append(private, c), append(s.Credentials, public)
	}
	e, err := ballot.NewElection(s)
	if err != nil {
		t.Fatal(err)
	}
	var ballots []*ballot.Ballot
	for _, c := range private {
		sheet, err := ballot.NewSheet(e, c)
		if err != nil {
			t.Fatal(err)
		}
		if err := sheet.Choose(0, 1, rand.Reader); err != nil {
			t.Fatal(err)
		}
		b, err := sheet.Seal(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		ballots = append(ballots, b)
	}
	tally, err := e.Sum(ballots)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := e.WriteArchive(&out, time.Unix(1795425164, 0), slices.Values(ballots), tally, nil); err != nil {
		t.Fatal(err)
	}
	return e, tally, out.Bytes()
}
