package ballot

import (
	"crypto/rand"
	"regexp"
	"slices"
	"testing"
)

// Whatever is changed of the setup changes what people compare.
func TestTheShortFingerprintIsOverAllOfTheSetup(t *testing.T) {
	v := newVote(t, Ed25519, 3, 2, subjects(2))
	form := regexp.MustCompile(`^([2-9A-HJ-NP-Z]{5}-){3}[2-9A-HJ-NP-Z]{5}$`)
	if !form.MatchString(v.e.Short()) {
		t.Fatalf("%q is not four groups of five letters", v.e.Short())
	}
	seen := map[string]string{v.e.Short(): "as it was"}
	again := func(name string, change func(*Setup)) {
		s := v.e.setup
		s.Credentials = slices.Clone(s.Credentials)
		s.Questions = slices.Clone(s.Questions)
		s.Trustees = slices.Clone(s.Trustees)
		change(&s)
		e, err := NewElection(s)
		if err != nil {
			t.Fatal(name, err)
		}
		if old, ok := seen[e.Short()]; ok {
			t.Errorf("%s has the fingerprint of %s", name, old)
		}
		seen[e.Short()] = name
	}
	again("another voter", func(s *Setup) {
		s.Credentials[0] = string(Ed25519.basePower(scalarOf(t, Ed25519)).appendText(nil))
	})
	again("a voter less", func(s *Setup) { s.Credentials = s.Credentials[1:] })
	again("another subject", func(s *Setup) { s.Questions[1].Question = "党员09" })
	again("another trustee", func(s *Setup) { s.Trustees[0] = aTrustee(t) })
	again("the trustees exchanged, whose key is the same", func(s *Setup) { slices.Reverse(s.Trustees) })
	again("another proof of a trustee's key", func(s *Setup) {
		var err error
		if s.Trustees[1], err = v.keys[1].Public(rand.Reader); err != nil {
			t.Fatal(err)
		}
	})
	again("another name", func(s *Setup) { s.Name = "别的名称" })
	same, err := ParseElection(v.e.Marshal())
	if err != nil || same.Short() != v.e.Short() {
		t.Errorf("the same election read again has %s, %v", same.Short(), err)
	}
}
