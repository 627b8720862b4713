package ballot

import (
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The credentials of the tool's voters are those under which the ballots were cast, and each ballot says what its voter
// chose: the sum of one ballot is decrypted here, which no meeting ever does.
func TestVotersOfTheToolAreTheirs(t *testing.T) {
	folder := filepath.Join("testdata", "ed25519-single")
	e, err := parseSetup(setupOf(t, folder))
	if err != nil {
		t.Fatal(err)
	}
	v := &vote{e: e, rand: repeatable(1)}
	for _, name := range []string{"16F7B21D.privkey", "4CA62107.privkey"} {
		k, err := ParseSecretKey(Ed25519, read(t, filepath.Join(folder, name)))
		if err != nil {
			t.Fatal(err)
		}
		v.keys = append(v.keys, k)
	}
	creds := strings.Fields(string(read(t, filepath.Join(folder, "creds.txt"))))
	votes := strings.Fields(string(read(t, filepath.Join(folder, "votes.txt"))))
	for i, b := range ballotsOf(t, e, folder) {
		public, err := PublicCredential(Ed25519, e.UUID(), creds[i])
		if err != nil || public != b.Credential() {
			t.Errorf("credential %d gives %s (%v), the ballot has %s", i, public, err, b.Credential())
		}
		if err := e.Check(b); err != nil {
			t.Errorf("ballot %d: %v", i, err)
		}
		_, _, counts := v.count(t, []*Ballot{b})
		if got := strings.TrimSuffix(strings.TrimPrefix(string(resultRecord(counts)), `{"result":`), "}"); got != votes[i] {
			t.Errorf("ballot %d says %s, its voter %s", i, got, votes[i])
		}
	}
}

// A member who mistypes a character of the credential is told so, and does not vote under nobody's name.
func TestCredentialsShowTypingErrors(t *testing.T) {
	c, err := NewCredential(repeatable(1))
	if err != nil {
		t.Fatal(err)
	}
	if len(c) != 19 || credentialForm(c) != shortCredential {
		t.Fatalf("%q is no credential", c)
	}
	for i := range c {
		if c[i] == '-' {
			continue
		}
		wrong := c[:i] + string(base58[(strings.IndexByte(base58, c[i])+1)%58]) + c[i+1:]
		if _, err := PublicCredential(Ed25519, "5DNMhoDScxKNs1", wrong); !errors.Is(err, BadCredential) {
			t.Errorf("%q is taken for a credential", wrong)
		}
	}
	for _, wrong := range []string{"", "-", c + "1", c[:18], strings.ReplaceAll(c, "-", " "), "0" + c[1:], c[:3] + "--" + c[4:]} {
		if _, err := PublicCredential(Ed25519, "5DNMhoDScxKNs1", wrong); !errors.Is(err, BadCredential) {
			t.Errorf("%q is taken for a credential", wrong)
		}
	}
	again, err := NewCredential(repeatable(1))
	if err != nil || again != c {
		t.Errorf("the same stream gives %q and %q", c, again)
	}
}

// Every credential passes its own checksum.
func TestCredentialsAreWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := NewCredential(repeatable(rapid.Byte().Draw(t, "seed")))
		if err != nil || credentialForm(c) != shortCredential || credentialForm(strings.ReplaceAll(c, "-", "")) != shortCredential {
			t.Fatalf("%q: %v", c, err)
		}
	})
}

func TestSeedsGiveTheSameKeys(t *testing.T) {
	for _, g := range []Group{Ed25519, Belenios2048} {
		a, b, other := SecretKeyFromSeed(g, []byte("一")), SecretKeyFromSeed(g, []byte("一")), SecretKeyFromSeed(g, []byte("二"))
		if !reflect.DeepEqual(a, b) || reflect.DeepEqual(a, other) {
			t.Errorf("%s: keys do not follow their seeds", g.Name())
		}
		again, err := ParseSecretKey(g, append(a.JSON(), '\n'))
		if err != nil || !reflect.DeepEqual(a, again) {
			t.Errorf("%s: the key does not come back from its file: %v", g.Name(), err)
		}
	}
}
