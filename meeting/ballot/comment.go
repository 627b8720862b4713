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

// MaxComment is the longest comment in characters.
const MaxComment = 200

const (
	commentVersion = 1
	commentText    = 2 + utf8.UTFMax*MaxComment // its length, and the text padded with zeros
	commentBox     = commentText + 16
)

// A Comment is an anonymous text on one question, encrypted to the election's key: (g^r, AES-GCM under HKDF(y^r)). All
// comments have one length. This is not a part of Belenios. A comment proves that its author knows r: otherwise somebody
// could hand in a voter's ciphertext as a "remark" and have the trustees decrypt that voter's choice.
type Comment struct {
	e        *Election
	question int
	alpha    point
	box      []byte
	pok      proof
}

// SealComment encrypts a text of at most MaxComment characters on a question, counted from 0. An empty text is allowed:
// it hides who had nothing to say.
func (e *Election) SealComment(question int, text string, rand io.Reader) (*Comment, error) {
	if question < 0 || question >= len(e.setup.Questions) || !utf8.ValidString(text) || utf8.RuneCountInString(text) > MaxComment {
		return nil, refuse(OutOfRange, "remark")
	}
	p, err := e.newPair(rand)
	if err != nil {
		return nil, err
	}
	e.group.settle([]point{p.gk, p.yk})
	r := &Comment{e: e, question: question, alpha: p.gk}
	plain := make([]byte, commentText)
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

// Question is the question that the comment is about, from 0.
func (r *Comment) Question() int { return r.question }

// aead has the key that follows from the shared point y^r.
func (r *Comment) aead(shared point) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, shared.appendBytes(nil), nil, string(r.context("pingyi remark|")), 32)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// context binds a comment to its election, question and randomness.
func (r *Comment) context(purpose string) []byte {
	b := append([]byte(purpose), r.e.fingerprint...)
	b = strconv.AppendInt(append(b, '|'), int64(r.question), 10)
	return r.alpha.appendText(append(b, '|'))
}

func (r *Comment) prefix() []byte {
	b := append(r.context("remark|"), '|')
	return append(append(b, hashHex(r.box)...), '|')
}

// Marshal returns the binary form; its length is the same for all comments of an election.
func (r *Comment) Marshal() []byte {
	b := binary.BigEndian.AppendUint16([]byte{commentVersion}, uint16(r.question)) // below maxQuestions
	b = r.alpha.appendBytes(b)
	return append(appendCompact(b, r.pok), r.box...)
}

// DecodeComment reads what Marshal wrote and verifies its proof.
func DecodeComment(e *Election, compact []byte) (*Comment, error) {
	d := decoder{g: e.group, rest: compact}
	head := d.take(3)
	r := &Comment{e: e, alpha: d.point(), pok: d.proof()}
	r.box = slices.Clone(d.take(commentBox))
	if d.err != nil {
		return nil, within(d.err, "remark")
	}
	r.question = int(binary.BigEndian.Uint16(head[1:]))
	if head[0] != commentVersion || len(d.rest) != 0 || r.question >= len(e.setup.Questions) {
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

// A CommentShare is one trustee's part of opening comments.
type CommentShare struct {
	owner   int
	factors []point
	proofs  []proof
}

// Owner is the number of the key that made it, from 1.
func (s *CommentShare) Owner() int { return s.owner }

// Marshal returns a JSON record of one line.
func (s *CommentShare) Marshal() []byte {
	dst := strconv.AppendInt([]byte(`{"owner":`), int64(s.owner), 10)
	dst = appendList(append(dst, `,"factors":`...), s.factors, appendPoint)
	dst = appendProofs(append(dst, `,"proofs":`...), s.proofs)
	return append(dst, '}')
}

// ParseCommentShare reads what Marshal wrote. Its proofs are OpenComments'.
func ParseCommentShare(e *Election, record []byte) (*CommentShare, error) {
	s := scanner{g: e.group, data: record}
	share := new(CommentShare)
	s.expect(`{"owner":`)
	share.owner = s.integer()
	s.expect(`,"factors":`)
	s.list(maxComments, func() { share.factors = append(share.factors, s.point()) })
	s.expect(`,"proofs":`)
	s.list(maxComments, func() { share.proofs = append(share.proofs, s.proof()) })
	s.expect(`}`)
	if err := s.end(); err != nil {
		return nil, err
	}
	if share.owner < 1 || share.owner > len(e.keys) {
		return nil, refuse(WrongKey, "owner")
	}
	return share, nil
}

func (e *Election) commentStatement(key point) statement {
	return e.keyStatement("remark-decrypt|", key)
}

// ShareComments makes a trustee's part of opening comments. They were sealed or decoded here, so that their proofs hold.
func (e *Election) ShareComments(comments []*Comment, k *SecretKey, rand io.Reader) (*CommentShare, error) {
	if err := e.own(comments); err != nil {
		return nil, err
	}
	owner, err := e.ownerOf(k)
	if err != nil {
		return nil, err
	}
	s := &CommentShare{owner: owner}
	s.factors, s.proofs, err = e.decryptAll(commentAlphas(comments), k.x, e.commentStatement(e.keys[owner-1].key), rand)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// own refuses comments that belong to another election.
func (e *Election) own(comments []*Comment) error {
	for i, r := range comments {
		if r.e.fingerprint != e.fingerprint {
			return refuse(WrongElection, "remarks[%d]", i)
		}
	}
	return nil
}

func commentAlphas(comments []*Comment) []point {
	points := make([]point, len(comments))
	for i, r := range comments {
		points[i] = r.alpha
	}
	return points
}

// An OpenComment is a comment in the clear.
type OpenComment struct {
	Question int
	Text     string
}

// OpenComments combines the shares of enough trustees, each of which it checks. The comments come ordered by question and
// text, so that their order tells nothing of when they were written; empty ones are left out.
func (e *Election) OpenComments(comments []*Comment, shares []*CommentShare) ([]OpenComment, error) {
	if err := e.own(comments); err != nil {
		return nil, err
	}
	owners := make([]int, len(shares))
	for i, s := range shares {
		owners[i] = s.owner
		if err := e.checkCommentShare(comments, s); err != nil {
			return nil, within(err, "shares[%d]", i)
		}
	}
	weights, err := e.weights(owners)
	if err != nil {
		return nil, err
	}
	var open []OpenComment
	for i, r := range comments {
		text, err := r.open(e.joint(weights, func(k int) point { return shares[k].factors[i] }))
		if err != nil {
			return nil, within(err, "remarks[%d]", i)
		}
		if text != "" {
			open = append(open, OpenComment{r.question, text})
		}
	}
	slices.SortFunc(open, func(a, b OpenComment) int {
		return cmp.Or(cmp.Compare(a.Question, b.Question), cmp.Compare(a.Text, b.Text))
	})
	return open, nil
}

func (e *Election) checkCommentShare(comments []*Comment, s *CommentShare) error {
	if len(s.factors) != len(comments) || len(s.proofs) != len(comments) {
		return refuse(WrongShape, "")
	}
	key := e.keys[s.owner-1].key
	return e.checkAll(key, e.commentStatement(key), commentAlphas(comments), s.factors, s.proofs)
}

func (r *Comment) open(shared point) (string, error) {
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
