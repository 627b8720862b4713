package ballot

import (
	"crypto/subtle"
	"io"
)

// Abstain is the answer of a row without a choice: all zeros, or a blank vote where the question allows one.
const Abstain = -1

// A Sheet is a voter's ballot in the making: each row is encrypted as it is chosen, so that only the signature is left
// to do at the end. Choices are not kept in the clear. One goroutine at a time.
type Sheet struct {
	e      *Election
	secret scalar // zero when wiped
	public point
	s0     []byte
	rows   []*answer
	pool   []pair // prepared randomness, each used once
}

// NewSheet begins a ballot for the owner of the private credential, which must be in the election.
func NewSheet(e *Election, privateCredential string) (*Sheet, error) {
	secret, err := credentialSecret(e.group, e.setup.UUID, privateCredential)
	if err != nil {
		return nil, err
	}
	public := e.group.basePower(secret)
	e.group.settle([]point{public})
	if !e.known[string(public.appendText(nil))] {
		return nil, refuse(UnknownCredential, "")
	}
	return &Sheet{
		e:      e,
		secret: secret,
		public: public,
		s0:     e.signedPrefix(public),
		rows:   make([]*answer, len(e.setup.Questions)),
	}, nil
}

// signedPrefix is S0: the election's fingerprint and the public credential (spec §4.11).
func (e *Election) signedPrefix(credential point) []byte {
	return credential.appendText(append([]byte(e.fingerprint), '|'))
}

// pairs is the number of pairs that a row takes: one for each ciphertext and one for each branch of each proof.
func (q *Question) pairs() int {
	n := 3*q.choices() + q.overall()
	if q.blank() {
		n += 2
	}
	return n
}

// Prepare computes the randomness of one more row ahead, while the voter reads. It reports whether there is still more
// to prepare.
func (s *Sheet) Prepare(rand io.Reader) (more bool, err error) {
	missing, row := -len(s.pool), 0
	for i := range s.rows {
		if s.rows[i] == nil {
			row = s.e.setup.Questions[i].pairs()
			missing += row
		}
	}
	for range min(missing, row) {
		p, err := s.e.newPair(rand)
		if err != nil {
			return false, err
		}
		s.pool = append(s.pool, p)
	}
	return missing > row, nil
}

func (e *Election) newPair(rand io.Reader) (pair, error) {
	k, err := randomScalar(e.group, rand)
	if err != nil {
		return pair{}, err
	}
	return pair{k, e.group.basePower(k), e.table.power(k)}, nil
}

// nextPair takes a prepared pair or makes one.
func (s *Sheet) nextPair(rand io.Reader) (pair, error) {
	if n := len(s.pool); n > 0 {
		p := s.pool[n-1]
		s.pool[n-1] = pair{}
		s.pool = s.pool[:n-1]
		return p, nil
	}
	return s.e.newPair(rand)
}

// Choose encrypts the choice of one row with its proofs. row and answer count from 0; answer may be Abstain where the
// question allows it. A row may be chosen again until the sheet is sealed.
func (s *Sheet) Choose(row, answer int, rand io.Reader) error {
	if row < 0 || row >= len(s.rows) {
		return refuse(OutOfRange, "row")
	}
	q := &s.e.setup.Questions[row]
	if answer < Abstain || answer >= len(q.Answers) {
		return refuse(OutOfRange, "answers[%d]", row)
	}
	m := make([]int, q.choices())
	defer clear(m)
	first := len(m) - len(q.Answers) // 1 where the first choice is the blank one, which Abstain then falls on
	for i := range m {
		m[i] = same(i, first+answer)
	}
	return s.fill(row, m, rand)
}

// fill encrypts any choices that obey the question's rules.
func (s *Sheet) fill(row int, m []int, rand io.Reader) error {
	if s.secret.isZero() {
		return refuse(Wiped, "sheet")
	}
	q := &s.e.setup.Questions[row]
	if !q.obeyed(m) {
		return refuse(OutOfRange, "answers[%d]", row)
	}
	p := prover{e: s.e, s0: s.s0, rand: rand, next: func() (pair, error) { return s.nextPair(rand) }}
	a, err := p.answer(q, m)
	if err != nil {
		return err
	}
	s.rows[row] = a
	return nil
}

// obeyed reports whether the choices obey the question's rules. Among choices that do, it takes the same time.
func (q *Question) obeyed(m []int) bool {
	if len(m) != q.choices() {
		return false
	}
	sum, others := 0, 0
	for _, v := range m {
		sum += v
		others |= v &^ 1
	}
	if others != 0 {
		return false // neither 0 nor 1
	}
	right := subtle.ConstantTimeLessOrEq(q.Min, sum) & subtle.ConstantTimeLessOrEq(sum, q.Max)
	if q.blank() {
		right = subtle.ConstantTimeSelect(m[0], same(sum, 1), right)
	}
	return right == 1
}

// Seal signs the ballot once every row is chosen, and wipes the sheet.
func (s *Sheet) Seal(rand io.Reader) (*Ballot, error) {
	if s.secret.isZero() {
		return nil, refuse(Wiped, "sheet")
	}
	for i, row := range s.rows {
		if row == nil {
			return nil, refuse(NotChosen, "answers[%d]", i)
		}
	}
	b := &Ballot{e: s.e, credential: s.public, answers: s.rows}
	if err := b.sign(s.secret, rand); err != nil {
		return nil, err
	}
	s.rows = make([]*answer, len(s.rows))
	s.Wipe()
	return b, nil
}

// Wipe forgets the credential and the prepared randomness.
func (s *Sheet) Wipe() {
	clear(s.secret[:])
	clear(s.pool)
	s.pool = nil
	clear(s.rows)
}
