package ballot

import (
	"crypto/rand"
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// ceremony makes a k-of-n set; it returns the trustee and its members' opened keys.
func ceremony(t testing.TB, g Group, k, n int) (Trustee, []*SecretKey) {
	t.Helper()
	var members []*ThresholdKey
	var certs, polynomials, shares [][]byte
	collect := func(to *[][]byte, record []byte, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		*to = append(*to, record)
	}
	for i := range n {
		m := NewThresholdKey(g, []byte{byte(i), 1, 2, 3})
		members = append(members, m)
		cert, err := m.Certificate(Place{i + 1, n, k}, rand.Reader)
		collect(&certs, cert, err)
	}
	for _, m := range members {
		p, err := m.Polynomial(certs, rand.Reader)
		collect(&polynomials, p, err)
	}
	for _, m := range members {
		s, err := m.Share(certs, polynomials, rand.Reader)
		collect(&shares, s, err)
	}
	trustee, boxes, err := NewThresholdTrustee(g, certs, polynomials, shares)
	if err != nil {
		t.Fatal(err)
	}
	var keys []*SecretKey
	for i, m := range members {
		key, err := m.Open(boxes[i])
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
		if _, err := m.Open(boxes[(i+1)%n]); n > 1 && err == nil {
			t.Error("a member opens another member's box")
		}
	}
	return trustee, keys
}

func TestTwoOfThreeSuffice(t *testing.T) {
	set, keys := ceremony(t, Ed25519, 2, 3)
	v := newVoteWith(t, Ed25519, 3, subjects(2), set)
	ballots := []*Ballot{v.cast(t, 0, 0, 3), v.cast(t, 1, 1, Abstain), v.cast(t, 2, 0, 0)}
	want := [][]int{{2, 1, 0, 0}, {1, 0, 0, 1}}
	for _, present := range [][]int{{0, 1}, {0, 2}, {2, 1}, {2, 0, 1}} {
		v.keys = nil
		for _, i := range present {
			v.keys = append(v.keys, keys[i])
		}
		if _, _, result := v.count(t, ballots); !reflect.DeepEqual(result, want) {
			t.Errorf("members %v: %v, want %v", present, result, want)
		}
		if r := verify(t, v.archive(t, ballots)); !r.OK() || !reflect.DeepEqual(r.Result, want) {
			t.Errorf("members %v: the archive does not verify: %+v", present, r)
		}
	}
	again, err := ParseTrustee(Ed25519, set.JSON())
	if err != nil || string(again.JSON()) != string(set.JSON()) {
		t.Errorf("the set does not come back: %v", err)
	}
}

// The members' keys of the tool decrypt the tool's own tally to the expected sums.
func TestKeysOfTheToolOpen(t *testing.T) {
	folder := filepath.Join("testdata", "ed25519-threshold")
	setup := setupOf(t, folder)
	e, err := parseSetup(setup)
	if err != nil {
		t.Fatal(err)
	}
	var keys []*SecretKey
	for _, n := range []string{"1", "2", "3"} {
		id := strings.TrimSpace(string(read(t, filepath.Join(folder, n+".trustee"))))
		k, err := ParseThresholdKey(Ed25519, string(read(t, filepath.Join(folder, id+".key"))))
		if err != nil {
			t.Fatal(err)
		}
		secret, err := k.Open(string(read(t, filepath.Join(folder, id+".dkey"))))
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, secret)
	}
	server, err := ParseSecretKey(Ed25519, read(t, filepath.Join(folder, "034E5B85.privkey")))
	if err != nil {
		t.Fatal(err)
	}
	ballots := ballotsOf(t, e, folder)
	var want [][]int
	if err := json.Unmarshal(read(t, filepath.Join(folder, "expected.json")), &want); err != nil {
		t.Fatal(err)
	}
	v := &vote{e: e, keys: []*SecretKey{keys[1], server, keys[2]}}
	if _, _, result := v.count(t, ballots); !reflect.DeepEqual(result, want) {
		t.Errorf("%v, want %v", result, want)
	}
}
