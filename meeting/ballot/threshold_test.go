package ballot

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// ceremony makes a k-of-n set; it returns the trustee and its members' opened keys.
func ceremony(t testing.TB, g Group, k, n int) (Trustee, []*SecretKey) {
	t.Helper()
	var members []*ThresholdKey
	for i := range n {
		members = append(members, NewThresholdKey(g, []byte{byte(i), 1, 2, 3}))
	}
	trustee, _, keys := runCeremony(t, g, k, members)
	return trustee, keys
}

func runCeremony(t testing.TB, g Group, k int, members []*ThresholdKey) (Trustee, []string, []*SecretKey) {
	t.Helper()
	n := len(members)
	var certs, polynomials, shares [][]byte
	collect := func(to *[][]byte, record []byte, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		*to = append(*to, record)
	}
	for i, m := range members {
		cert, err := m.Certificate(Position{i + 1, n, k}, rand.Reader)
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
	return trustee, boxes, keys
}

func TestTwoOfThreeSuffice(t *testing.T) {
	set, keys := ceremony(t, Ed25519, 2, 3)
	v := newVoteWith(t, rand.Reader, Ed25519, 3, subjects(2), set)
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
	v := &vote{e: e, rand: rand.Reader, keys: []*SecretKey{keys[1], server, keys[2]}}
	if _, _, result := v.count(t, ballots); !reflect.DeepEqual(result, want) {
		t.Errorf("%v, want %v", result, want)
	}
}

// Since 3.0 the keys of a set are signed, and since 3.1 boxes are sealed with AES-GCM. The keys of 3.3 open theirs, and
// two of them with the server's decryption from the archive give the result.
func TestKeysOfTheNewerToolOpen(t *testing.T) {
	folder := filepath.Join("testdata", "ed25519-threshold-3.3")
	archive, want := vector(t, "ed25519-threshold-3.3")
	e, err := parseSetup(setupOf(t, folder))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range strings.Fields(string(read(t, filepath.Join(folder, "creds.txt")))) {
		if public, err := PublicCredential(Ed25519, e.UUID(), c); err != nil || !e.known[public] {
			t.Errorf("a credential of the tool is not in its election: %v", err)
		}
	}
	tally, err := e.Sum(ballotsOf(t, e, folder))
	if err != nil {
		t.Fatal(err)
	}
	f := takeApart(t, archive)
	decrypted := make(map[int]*Partial)
	for i := range 3 {
		s := f.find(eventPartial, i)
		if decrypted[s.owner], err = e.parsePartial(s.data[0], s.owner); err != nil {
			t.Fatal(err)
		}
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.key"))
	if err != nil {
		t.Fatal(err)
	}
	var owners []int
	for _, name := range names {
		k, err := ParseThresholdKey(Ed25519, string(read(t, name)))
		if err != nil {
			t.Fatal(err)
		}
		box := string(read(t, strings.TrimSuffix(name, ".key")+".dkey"))
		secret, err := k.Open(box)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Open(strings.Replace(box, `"algorithm":"AES-GCM",`, "", 1)); !errors.Is(err, WrongKey) {
			t.Errorf("a box that hides its algorithm: %v", err)
		}
		at := strings.Index(box, `"data":"`) + 20
		flipped := box[:at] + string(box[at]^1) + box[at+1:]
		if _, err := k.Open(flipped); err == nil {
			t.Error("a box that was changed opens")
		}
		p, err := e.Decrypt(tally, secret, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		owners = append(owners, p.owner)
		partials := []*Partial{decrypted[1], p, decrypted[2]}
		if p.owner == 2 {
			partials[2] = decrypted[4]
		}
		if result, err := e.Result(tally, partials); err != nil || !reflect.DeepEqual(result, want) {
			t.Errorf("key %d: %v, want %v: %v", p.owner, result, want, err)
		}
	}
	if slices.Sort(owners); !slices.Equal(owners, []int{2, 3, 4}) {
		t.Errorf("the keys belong to %v", owners)
	}
}

// The signatures of the keys are verified, where there are any.
func TestForgedSignaturesOfKeysAreRefused(t *testing.T) {
	record := setupOf(t, filepath.Join("testdata", "ed25519-threshold-3.3")).trustees
	trustees, err := parseTrustees(Ed25519, record)
	if err != nil {
		t.Fatal(err)
	}
	single, set := trustees[0], trustees[1]
	for name, edit := range map[string]func(keys []publicKey) Code{
		"exchanged": func(keys []publicKey) Code {
			keys[0].signature, keys[1].signature = keys[1].signature, keys[0].signature
			return BadSignature
		},
		"the proof of the key": func(keys []publicKey) Code {
			keys[2].signature = &keys[2].pok
			return BadSignature
		},
		"one missing": func(keys []publicKey) Code {
			keys[1].signature = nil
			return WrongShape
		},
		"the first missing": func(keys []publicKey) Code {
			keys[0].signature = nil
			return WrongShape
		},
	} {
		s := *set.set
		s.keys = slices.Clone(s.keys)
		want := edit(s.keys)
		forged := Trustee{g: Ed25519, set: &s}
		if _, err := ParseTrustee(Ed25519, forged.JSON()); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	signed := *single.single
	signed.signature = set.set.keys[0].signature
	if _, err := ParseTrustee(Ed25519, Trustee{g: Ed25519, single: &signed}.JSON()); !errors.Is(err, Unsupported) {
		t.Errorf("a single key with a signature: %v", err)
	}
	if again := appendList(nil, trustees, appendTrustee); string(again) != string(record) {
		t.Error("the trustees of 3.3 are not written as they were read")
	}
}

// belenios-tool 3.3 can name an election's language.
func TestAnElectionsLanguageIsRead(t *testing.T) {
	v := newVote(t, Ed25519, 1, 1, subjects(1))
	lines := strings.SplitN(string(v.e.Marshal()), "\n", 2)
	with := strings.TrimSuffix(lines[0], "}") + `,"language":["zh_Hans","ltr"]}`
	e, err := ParseElection([]byte(with + "\n" + lines[1]))
	if err != nil {
		t.Fatal(err)
	}
	again, err := NewElection(Setup{
		UUID: e.UUID(), Name: e.Name(), Description: e.setup.Description, Administrator: e.setup.Administrator,
		CredentialAuthority: e.setup.CredentialAuthority, Group: e.Group(), Questions: e.Questions(), Trustees: e.Trustees(),
		Credentials: e.Credentials(), language: e.setup.language,
	})
	if err != nil || string(again.Marshal()) != string(e.Marshal()) {
		t.Errorf("the language is lost: %v", err)
	}
	for _, bad := range []string{`["zh","up"]`, `"zh"`, `["zh"]`, `["zh","ltr","rtl"]`} {
		if _, err := ParseElection([]byte(strings.Replace(with, `["zh_Hans","ltr"]`, bad, 1) + "\n" + lines[1])); !errors.Is(err, Malformed) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// A set is refused when any of its parts was changed, though it is signed by everybody.
func TestForgedSetsAreRefused(t *testing.T) {
	set, _ := ceremony(t, Ed25519, 2, 3)
	other, _ := ceremony(t, Ed25519, 2, 3)
	good := string(set.JSON())
	swap := func(old, with string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("not in the record: %s", old)
		}
		return strings.Replace(good, old, with, 1)
	}
	change := func(edit func(*thresholdSet)) string {
		s := *set.set
		s.certs, s.coefexps = slices.Clone(s.certs), slices.Clone(s.coefexps)
		s.signatures, s.keys = slices.Clone(s.signatures), slices.Clone(s.keys)
		edit(&s)
		return string(Trustee{g: Ed25519, set: &s}.JSON())
	}
	for name, c := range map[string]struct {
		record string
		code   Code
	}{
		"a lower threshold":           {swap(`"threshold":2`, `"threshold":1`), WrongOrder},
		"no threshold":                {swap(`"threshold":2`, `"threshold":0`), BadSetup},
		"a threshold of more":         {swap(`"threshold":2`, `"threshold":4`), BadSetup},
		"a certificate's place":       {swap(`\"index\":1`, `\"index\":2`), BadSignature},
		"a certificate's signature":   {change(func(s *thresholdSet) { s.certs[0].signature = s.certs[1].signature }), BadSignature},
		"certificates exchanged":      {change(func(s *thresholdSet) { s.certs[0], s.certs[1] = s.certs[1], s.certs[0] }), WrongOrder},
		"another's certificate":       {change(func(s *thresholdSet) { s.certs[0] = other.set.certs[0] }), BadSignature},
		"commitments exchanged":       {change(func(s *thresholdSet) { s.coefexps[0], s.coefexps[1] = s.coefexps[1], s.coefexps[0] }), BadSignature},
		"older commitments":           {change(func(s *thresholdSet) { s.coefexps[0] = other.set.coefexps[0] }), BadSignature},
		"a commitment of small order": {swap(between(set.JSON(), `coefexps\":[\"`, `\"`), "7"+strings.Repeat("f", 61)+"ec"), BadSignature},
		"a binding signature":         {change(func(s *thresholdSet) { s.signatures[0] = s.signatures[1] }), BadSignature},
		"no binding signatures":       {change(func(s *thresholdSet) { s.signatures = nil }), WrongShape},
		"a key exchanged":             {change(func(s *thresholdSet) { s.keys[0], s.keys[1] = s.keys[1], s.keys[0] }), WrongKey},
		"another's key":               {change(func(s *thresholdSet) { s.keys[0] = *aTrustee(t).single }), WrongKey},
		"a key's proof":               {change(func(s *thresholdSet) { s.keys[0].pok = s.keys[1].pok }), BadProof},
		"a key less":                  {change(func(s *thresholdSet) { s.keys = s.keys[:2] }), WrongShape},
		"a member less":               {change(func(s *thresholdSet) { s.certs = s.certs[:2] }), WrongOrder},
		"no members": {change(func(s *thresholdSet) {
			s.certs, s.coefexps, s.signatures, s.keys = nil, nil, nil, nil
		}), BadSetup},
	} {
		if _, err := ParseTrustee(Ed25519, []byte(c.record)); !errors.Is(err, c.code) {
			t.Errorf("%s: %v, want %v", name, err, c.code)
		}
	}
}

// A member who sends wrong values is found out by the one who receives them.
func TestCeremonyFindsTheLiar(t *testing.T) {
	g := Ed25519
	var members []*ThresholdKey
	var certs, polynomials [][]byte
	for i := range 3 {
		m := NewThresholdKey(g, []byte{9, byte(i)})
		cert, err := m.Certificate(Position{i + 1, 3, 2}, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		members, certs = append(members, m), append(certs, cert)
	}
	for _, m := range members {
		p, err := m.Polynomial(certs, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		polynomials = append(polynomials, p)
	}
	liar := mustPolynomial(t, g, polynomials[1])
	all, err := members[1].members(certs)
	if err != nil {
		t.Fatal(err)
	}
	wrong := append(appendScalar([]byte(`{"secret":`), scalarOf(t, g)), '}')
	if liar.secrets[0], err = send(g, members[1].signing(), all.keys[0].encryption, wrong, rand.Reader); err != nil {
		t.Fatal(err)
	}
	lied := slices.Clone(polynomials)
	lied[1] = liar.record()
	if _, err := members[0].Share(certs, lied, rand.Reader); !errors.Is(err, BadProof) {
		t.Errorf("a wrong value: %v", err)
	}
	liar.secrets[0], liar.secrets[1] = liar.secrets[1], liar.secrets[0]
	lied[1] = liar.record()
	if _, err := members[0].Share(certs, lied, rand.Reader); !errors.Is(err, WrongKey) {
		t.Errorf("a value for somebody else: %v", err)
	}
	liar = mustPolynomial(t, g, polynomials[1])
	honest := mustPolynomial(t, g, polynomials[2])
	liar.binding = honest.binding // signed, but for something else
	lied[1] = liar.record()
	if _, err := members[0].Share(certs, lied, rand.Reader); !errors.Is(err, BadSignature) {
		t.Errorf("commitments that are not bound to the certificates: %v", err)
	}
	liar = mustPolynomial(t, g, polynomials[1])
	liar.secrets[0] = honest.secrets[0] // for the right member, but from another
	lied[1] = liar.record()
	if _, err := members[0].Share(certs, lied, rand.Reader); !errors.Is(err, BadSignature) {
		t.Errorf("a value from somebody else: %v", err)
	}
	liar.secrets[0] = forwarded(t, g, members[1].signing(), all.keys[0].encryption, all.keys[2].encryption)
	lied[1] = liar.record()
	if _, err := members[0].Share(certs, lied, rand.Reader); !errors.Is(err, WrongKey) {
		t.Errorf("a value that was signed for somebody else: %v", err)
	}
	stranger := NewThresholdKey(g, []byte("党员99"))
	if _, err := stranger.Share(certs, polynomials, rand.Reader); !errors.Is(err, WrongKey) {
		t.Errorf("a stranger takes part: %v", err)
	}
	if _, err := members[0].Share(certs, polynomials[:2], rand.Reader); !errors.Is(err, Missing) {
		t.Errorf("a polynomial is missing: %v", err)
	}
	if _, _, err := NewThresholdTrustee(g, certs, polynomials, nil); !errors.Is(err, Missing) {
		t.Errorf("shares are missing: %v", err)
	}
}

func mustPolynomial(t testing.TB, g Group, record []byte) polynomial {
	t.Helper()
	p, err := parsePolynomial(g, record)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// forwarded encrypts to one member a message that its author signed for another.
func forwarded(t testing.TB, g Group, sk scalar, to, signedFor point) string {
	t.Helper()
	inner := appendPoint([]byte(`{"recipient":`), signedFor)
	inner = append(inner, `,"message":"{}"}`...)
	signed, err := signMessage(g, sk, string(inner), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	text, err := encryptText(g, to, appendSigned(nil, signed), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
