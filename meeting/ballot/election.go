package ballot

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Setup is everything that NewElection freezes.
type Setup struct {
	UUID                string // of NewUUID
	Name, Description   string
	Administrator       string // may be empty
	CredentialAuthority string // may be empty
	Group               Group
	Questions           []Question
	Trustees            []Trustee
	Credentials         []string // public credentials in any order: the election sorts them, so that no order tells a name

	language []string // a code and a direction, in elections of belenios-tool since 3.3
}

// An Election is the frozen public data of one vote (spec §4.10): its questions, trustees, public credentials and key.
// It is never changed and safe for concurrent use.
type Election struct {
	setup       Setup
	group       Group
	key         point
	table       table
	keys        []publicKey // of all trustees: owner n has keys[n-1]
	known       map[string]bool
	fingerprint string
	records     setupRecords
}

// setupRecords are the three texts over which an election's hashes go.
type setupRecords struct{ election, trustees, credentials []byte }

// NewElection verifies the trustees' proofs, combines their keys to the public key and freezes the setup.
func NewElection(s Setup) (*Election, error) {
	if s.Group == nil {
		return nil, refuse(BadSetup, "group")
	}
	for i, t := range s.Trustees {
		if t.g != s.Group {
			return nil, refuse(BadSetup, "trustees[%d]", i)
		}
	}
	keys, err := parseCredentials(s.Group, s.Credentials)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(keys, s.Group.compareText)
	s.Credentials = nil
	for _, k := range keys {
		s.Credentials = append(s.Credentials, string(k.appendText(nil)))
	}
	e, err := freeze(s)
	if err != nil {
		return nil, err
	}
	e.records = setupRecords{
		election:    e.appendElection(nil),
		trustees:    appendList(nil, e.setup.Trustees, appendTrustee),
		credentials: appendList(nil, e.setup.Credentials, appendString),
	}
	e.fingerprint = hashBase64(e.records.election)
	return e, nil
}

// freeze verifies a setup whose credentials are parsed and in their final order.
func freeze(s Setup) (*Election, error) {
	e := &Election{setup: s, group: s.Group, known: make(map[string]bool)}
	if err := validateSetup(&s); err != nil {
		return nil, err
	}
	e.setup.Questions = nil
	for _, q := range s.Questions {
		e.setup.Questions = append(e.setup.Questions, q.clone())
	}
	e.key = e.group.identity()
	if err := countKeys(s.Trustees); err != nil {
		return nil, err
	}
	for i, t := range s.Trustees {
		if err := t.check(); err != nil {
			return nil, within(err, "trustees[%d]", i)
		}
		e.key = e.group.product(e.key, t.subkey())
		e.keys = append(e.keys, t.publicKeys()...)
	}
	e.group.settle([]point{e.key})
	if e.key.isIdentity() {
		return nil, refuse(Identity, "public_key")
	}
	e.table = e.group.table(e.key)
	for _, c := range s.Credentials {
		e.known[c] = true
	}
	return e, nil
}

// countKeys refuses too many keys, and a key that stands for two trustees: one person would be both. Only the keys of a
// set of which one suffices are all the same.
func countKeys(trustees []Trustee) error {
	owner := make(map[string]int) // of each key, the trustee
	n := 0
	for i, t := range trustees {
		keys := t.Keys()
		if n += len(keys); n > maxKeys {
			return refuse(OutOfRange, "trustees[%d]", i)
		}
		for _, key := range keys {
			if first, doubled := owner[key]; doubled && (first != i || t.Needed() > 1) {
				return refuse(Doubled, "trustees[%d]", i)
			}
			owner[key] = i
		}
	}
	return nil
}

func validateSetup(s *Setup) error {
	if len(s.UUID) < 14 || len(s.UUID) > 64 || !isBase58(s.UUID) {
		return refuse(BadSetup, "uuid")
	}
	for _, text := range []string{s.Name, s.Description, s.Administrator, s.CredentialAuthority} {
		if !utf8.ValidString(text) {
			return refuse(BadSetup, "name")
		}
	}
	if len(s.Questions) == 0 || len(s.Questions) > maxQuestions {
		return refuse(BadSetup, "questions")
	}
	for i := range s.Questions {
		if err := s.Questions[i].validate(); err != nil {
			return within(err, "questions[%d]", i)
		}
	}
	if len(s.Trustees) == 0 {
		return refuse(BadSetup, "trustees")
	}
	return nil
}

// parseCredentials reads public credentials: elements of the group other than the identity, each once.
func parseCredentials(g Group, texts []string) ([]point, error) {
	seen := make(map[string]bool, len(texts))
	points := make([]point, len(texts))
	for i, text := range texts {
		if strings.Contains(text, ",") {
			return nil, refuse(Unsupported, "credentials[%d]", i) // weights
		}
		p, err := g.parsePoint([]byte(text))
		switch {
		case err != nil:
			return nil, within(err, "credentials[%d]", i)
		case seen[text]:
			return nil, refuse(Doubled, "credentials[%d]", i)
		case p.isIdentity():
			return nil, refuse(Identity, "credentials[%d]", i)
		case !member(g, p):
			return nil, refuse(NotInGroup, "credentials[%d]", i)
		}
		seen[text] = true
		points[i] = p
	}
	return points, nil
}

// Marshal returns the three canonical records (election, trustees, credentials), a line each. It is what a log keeps.
func (e *Election) Marshal() []byte {
	r := &e.records
	return slices.Concat(r.election, []byte("\n"), r.trustees, []byte("\n"), r.credentials, []byte("\n"))
}

// ParseElection reads what Marshal wrote and verifies it as NewElection does.
func ParseElection(records []byte) (*Election, error) {
	lines := bytes.SplitN(records, []byte("\n"), 4)
	if len(lines) != 4 || len(lines[3]) != 0 {
		return nil, refuse(Malformed, "election")
	}
	return parseSetup(setupRecords{lines[0], lines[1], lines[2]})
}

// parseSetup reads the three records of an election.
func parseSetup(r setupRecords) (*Election, error) {
	s, key, err := parseElectionRecord(r.election)
	if err != nil {
		return nil, within(err, "election")
	}
	if s.Trustees, err = parseTrustees(s.Group, r.trustees); err != nil {
		return nil, within(err, "trustees")
	}
	if s.Credentials, err = parseCredentialsRecord(s.Group, r.credentials); err != nil {
		return nil, within(err, "credentials")
	}
	e, err := freeze(s)
	if err != nil {
		return nil, err
	}
	if !e.group.equal(e.key, key) {
		return nil, refuse(WrongKey, "election.public_key")
	}
	e.records = setupRecords{bytes.Clone(r.election), bytes.Clone(r.trustees), bytes.Clone(r.credentials)}
	e.fingerprint = hashBase64(r.election)
	return e, nil
}

func (e *Election) appendElection(dst []byte) []byte {
	s := &e.setup
	dst = append(dst, `{"version":1,"description":`...)
	dst = appendString(dst, s.Description)
	dst = append(dst, `,"name":`...)
	dst = appendString(dst, s.Name)
	dst = append(dst, `,"group":`...)
	dst = appendString(dst, e.group.Name())
	dst = append(dst, `,"public_key":`...)
	dst = appendPoint(dst, e.key)
	dst = append(dst, `,"questions":`...)
	dst = appendList(dst, s.Questions, appendQuestion)
	dst = append(dst, `,"uuid":`...)
	dst = appendString(dst, s.UUID)
	if s.Administrator != "" {
		dst = append(dst, `,"administrator":`...)
		dst = appendString(dst, s.Administrator)
	}
	if s.CredentialAuthority != "" {
		dst = append(dst, `,"credential_authority":`...)
		dst = appendString(dst, s.CredentialAuthority)
	}
	if s.language != nil {
		dst = append(dst, `,"language":`...)
		dst = appendList(dst, s.language, appendString)
	}
	return append(dst, '}')
}

// parseElectionRecord reads the election record. The key is the one that the record claims: nothing is verified here.
func parseElectionRecord(record []byte) (s Setup, key point, err error) {
	r := scanner{data: record}
	r.expect(`{"version":1,"description":`)
	s.Description = r.text()
	r.expect(`,"name":`)
	s.Name = r.text()
	r.expect(`,"group":`)
	name := r.plain()
	if r.err != nil {
		return s, nil, r.err
	}
	if s.Group, err = GroupByName(string(name)); err != nil {
		return s, nil, err
	}
	r.g = s.Group
	r.expect(`,"public_key":`)
	key = r.point()
	r.expect(`,"questions":`)
	r.list(maxQuestions, func() { s.Questions = append(s.Questions, r.question()) })
	r.expect(`,"uuid":`)
	s.UUID = string(r.plain())
	if r.accept(`,"administrator":`) {
		s.Administrator = r.text()
	}
	if r.accept(`,"credential_authority":`) {
		s.CredentialAuthority = r.text()
	}
	if r.accept(`,"language":`) {
		s.language = r.language()
	}
	r.expect("}")
	return s, key, r.end()
}

// language reads a language's code and the direction of its writing.
func (s *scanner) language() []string {
	s.expect("[")
	code := s.text()
	s.expect(",")
	direction := "ltr"
	if !s.accept(`"ltr"`) {
		direction = "rtl"
		s.expect(`"rtl"`)
	}
	s.expect("]")
	return []string{code, direction}
}

func parseTrustees(g Group, record []byte) (ts []Trustee, err error) {
	s := scanner{g: g, data: record}
	s.list(maxKeys, func() { ts = append(ts, s.trustee()) })
	return ts, s.end()
}

func parseCredentialsRecord(g Group, record []byte) (texts []string, err error) {
	s := scanner{g: g, data: record}
	s.list(maxCredentials, func() { texts = append(texts, string(s.plain())) })
	if err := s.end(); err != nil {
		return nil, err
	}
	_, err = parseCredentials(g, texts)
	return texts, err
}

// UUID is the election's identifier.
func (e *Election) UUID() string { return e.setup.UUID }

// Name is the election's name.
func (e *Election) Name() string { return e.setup.Name }

// Group is the election's group.
func (e *Election) Group() Group { return e.group }

// Fingerprint is Belenios' election hash: the SHA-256 of the election record in Base64 without padding (spec §4.15).
func (e *Election) Fingerprint() string { return e.fingerprint }

// Questions are the questions in order.
func (e *Election) Questions() []Question {
	qs := make([]Question, len(e.setup.Questions))
	for i, q := range e.setup.Questions {
		qs[i] = q.clone()
	}
	return qs
}

// Credentials are the public credentials, sorted when the election is ours.
func (e *Election) Credentials() []string { return slices.Clone(e.setup.Credentials) }

// Knows reports whether a public credential is one of them.
func (e *Election) Knows(credential string) bool { return e.known[credential] }

// Trustees are the trustees in order.
func (e *Election) Trustees() []Trustee { return slices.Clone(e.setup.Trustees) }

// Owners is the number of trustees' keys. Owners of partial decryptions are numbered from 1, sets counting each key.
func (e *Election) Owners() int { return len(e.keys) }

// Ready reports whether partial decryptions of these owners suffice for the result: of every single trustee, and of
// as many of each set as it needs.
func (e *Election) Ready(owners []int) bool {
	first := 1
	for _, t := range e.setup.Trustees {
		n := len(t.publicKeys())
		here := make(map[int]bool)
		for _, o := range owners {
			if o >= first && o < first+n {
				here[o] = true
			}
		}
		if len(here) < t.Needed() {
			return false
		}
		first += n
	}
	return true
}

func hashBase64(record []byte) string {
	sum := sha256.Sum256(record)
	return encodeHash(sum[:])
}

func encodeHash(sum []byte) string { return base64.RawStdEncoding.EncodeToString(sum) }

func hashHex(record []byte) string {
	sum := sha256.Sum256(record)
	return hex.EncodeToString(sum[:])
}
