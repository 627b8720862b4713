package ballot

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"
)

// MaxRemark is the longest remark in characters.
const MaxRemark = 200

const (
	remarkVersion = 1
	remarkText    = 2 + utf8.UTFMax*MaxRemark // its length, and the text padded with zeros
	remarkBox     = remarkText + 16
)

// A Remark is an anonymous text on one question, encrypted to the election's key: (g^r, AES-GCM under HKDF(y^r)). All
// remarks have one length. This is not a part of Belenios. A remark proves that its author knows r: otherwise somebody
// could hand in a voter's ciphertext as a "remark" and have the trustees decrypt that voter's choice.
type Remark struct {
	e        *Election
	question int
	alpha    point
	box      []byte
	pok      proof
}

// SealRemark encrypts a text of at most MaxRemark characters on a question, counted from 0. An empty text is allowed:
// it hides who had nothing to say.
func (e *Election) SealRemark(question int, text string, rand io.Reader) (*Remark, error) {
	if question < 0 || question >= len(e.setup.Questions) || !utf8.ValidString(text) || utf8.RuneCountInString(text) > MaxRemark {
		return nil, refuse(OutOfRange, "remark")
	}
	p, err := e.newPair(rand)
	if err != nil {
		return nil, err
	}
	e.group.settle([]point{p.gk, p.yk})
	r := &Remark{e: e, question: question, alpha: p.gk}
	plain := make([]byte, remarkText)
	binary.BigEndian.PutUint16(plain, uint16(len(text))) // at most 800
	copy(plain[2:], text)
	aead, err := r.aead(p.yk)
	if err != nil {
		return nil, err
	}
	r.box = aead.Seal(nil, make([]byte, aead.NonceSize()), plain, nil) // each key seals one text
	clear(plain)
	if r.pok, err = proveKnowledge(e.group, r.prefix(), p.k, rand); err != nil {
		return nil, err
	}
	return r, nil
}

// Question is the question that the remark is about, from 0.
func (r *Remark) Question() int { return r.question }

// aead has the key that follows from the shared point y^r.
func (r *Remark) aead(shared point) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, shared.appendBytes(nil), nil, string(r.context("pingyi remark|")), 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// context binds a remark to its election, question and randomness.
func (r *Remark) context(purpose string) []byte {
	b := append([]byte(purpose), r.e.fingerprint...)
	b = strconv.AppendInt(append(b, '|'), int64(r.question), 10)
	return r.alpha.appendText(append(b, '|'))
}

func (r *Remark) prefix() []byte {
	b := append(r.context("remark|"), '|')
	return append(append(b, hashHex(r.box)...), '|')
}

// Marshal returns the binary form; its length is the same for all remarks of an election.
func (r *Remark) Marshal() []byte {
	b := binary.BigEndian.AppendUint16([]byte{remarkVersion}, uint16(r.question)) // below maxQuestions
	b = r.alpha.appendBytes(b)
	return append(appendCompact(b, r.pok), r.box...)
}

// DecodeRemark reads what Marshal wrote and verifies its proof.
func DecodeRemark(e *Election, compact []byte) (*Remark, error) {
	d := decoder{g: e.group, rest: compact}
	head := d.take(3)
	r := &Remark{e: e, alpha: d.point(), pok: d.proof()}
	r.box = slices.Clone(d.take(remarkBox))
	if d.err != nil {
		return nil, within(d.err, "remark")
	}
	r.question = int(binary.BigEndian.Uint16(head[1:]))
	if head[0] != remarkVersion || len(d.rest) != 0 || r.question >= len(e.setup.Questions) {
		return nil, refuse(Malformed, "remark")
	}
	if err := elements(e.group, r.alpha); err != nil {
		return nil, within(err, "remark")
	}
	if !checkKnowledge(e.group, r.prefix(), r.alpha, r.pok) {
		return nil, refuse(BadProof, "remark")
	}
	return r, nil
}

// A RemarkShare is one trustee's part of opening remarks.
type RemarkShare struct {
	owner   int
	factors []point
	proofs  []proof
}

// Owner is the number of the key that made it, from 1.
func (s *RemarkShare) Owner() int { return s.owner }

// Marshal returns a JSON record of one line.
func (s *RemarkShare) Marshal() []byte {
	dst := strconv.AppendInt([]byte(`{"owner":`), int64(s.owner), 10)
	dst = appendList(append(dst, `,"factors":`...), s.factors, appendPoint)
	dst = appendProofs(append(dst, `,"proofs":`...), s.proofs)
	return append(dst, '}')
}

// ParseRemarkShare reads what Marshal wrote. Its proofs are OpenRemarks'.
func ParseRemarkShare(e *Election, record []byte) (*RemarkShare, error) {
	s := scanner{g: e.group, data: record}
	share := new(RemarkShare)
	s.expect(`{"owner":`)
	share.owner = s.integer()
	s.expect(`,"factors":`)
	s.list(func() { share.factors = append(share.factors, s.point()) })
	s.expect(`,"proofs":`)
	share.proofs = s.proofs()
	s.expect(`}`)
	if err := s.end(); err != nil {
		return nil, err
	}
	if share.owner < 1 || share.owner > len(e.keys) {
		return nil, refuse(WrongKey, "owner")
	}
	return share, nil
}

func (e *Election) remarkPrefix(key point) []byte {
	b := append([]byte("remark-decrypt|"), e.fingerprint...)
	return append(key.appendText(append(b, '|')), '|')
}

// ShareRemarks makes a trustee's part of opening remarks. They were sealed or decoded here, so that their proofs hold.
func (e *Election) ShareRemarks(remarks []*Remark, k *SecretKey, rand io.Reader) (*RemarkShare, error) {
	if err := e.own(remarks); err != nil {
		return nil, err
	}
	owner, err := e.ownerOf(k)
	if err != nil {
		return nil, err
	}
	s := &RemarkShare{owner: owner}
	s.factors, s.proofs, err = e.decryptAll(remarkAlphas(remarks), k.x, e.remarkPrefix(e.keys[owner-1].key), rand)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// own refuses remarks of another election.
func (e *Election) own(remarks []*Remark) error {
	for i, r := range remarks {
		if r.e.fingerprint != e.fingerprint {
			return refuse(WrongElection, "remarks[%d]", i)
		}
	}
	return nil
}

func remarkAlphas(remarks []*Remark) []point {
	points := make([]point, len(remarks))
	for i, r := range remarks {
		points[i] = r.alpha
	}
	return points
}

// An OpenRemark is a remark in the clear.
type OpenRemark struct {
	Question int
	Text     string
}

// OpenRemarks combines the shares of enough trustees, each of which it checks. The remarks come ordered by question and
// text, so that their order tells nothing of when they were written; empty ones are left out.
func (e *Election) OpenRemarks(remarks []*Remark, shares []*RemarkShare) ([]OpenRemark, error) {
	if err := e.own(remarks); err != nil {
		return nil, err
	}
	owners := make([]int, len(shares))
	for i, s := range shares {
		owners[i] = s.owner
		if err := e.checkRemarkShare(remarks, s); err != nil {
			return nil, within(err, "shares[%d]", i)
		}
	}
	weights, err := e.weights(owners)
	if err != nil {
		return nil, err
	}
	var open []OpenRemark
	for i, r := range remarks {
		text, err := r.open(e.joint(weights, func(k int) point { return shares[k].factors[i] }))
		if err != nil {
			return nil, within(err, "remarks[%d]", i)
		}
		if text != "" {
			open = append(open, OpenRemark{r.question, text})
		}
	}
	slices.SortFunc(open, func(a, b OpenRemark) int {
		return cmp.Or(cmp.Compare(a.Question, b.Question), cmp.Compare(a.Text, b.Text))
	})
	return open, nil
}

func (e *Election) checkRemarkShare(remarks []*Remark, s *RemarkShare) error {
	if len(s.factors) != len(remarks) || len(s.proofs) != len(remarks) {
		return refuse(WrongShape, "")
	}
	return e.checkAll(e.keys[s.owner-1].key, e.remarkPrefix, remarkAlphas(remarks), s.factors, s.proofs)
}

func (r *Remark) open(shared point) (string, error) {
	aead, err := r.aead(shared)
	if err != nil {
		return "", err
	}
	plain, err := aead.Open(nil, make([]byte, aead.NonceSize()), r.box, nil)
	if err != nil {
		return "", refuse(WrongKey, "")
	}
	n := int(binary.BigEndian.Uint16(plain))
	if n > len(plain)-2 || !utf8.Valid(plain[2:2+n]) {
		return "", refuse(Malformed, "")
	}
	return string(plain[2 : 2+n]), nil
}
