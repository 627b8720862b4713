package ballot

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"io"
	"math/big"
	"math/bits"
)

// A Group is a cyclic group of prime order in which discrete logarithms are hard (spec §1, §5).
// There are two, Ed25519 and Belenios2048; both are stateless and safe for concurrent use.
//
// Methods named power work on secrets; those of Ed25519 take the same time for every scalar, those of Belenios2048 do not.
// Methods named …VarTime are for public numbers only.
type Group interface {
	// Name is the group's name in Belenios records: "Ed25519" or "BELENIOS-2048".
	Name() string

	order() *big.Int // q; not to be changed
	add(a, b scalar) scalar
	sub(a, b scalar) scalar
	mul(a, b scalar) scalar
	invert(a scalar) scalar      // a ≠ 0
	reduce(number []byte) scalar // a big-endian number of at most 64 bytes, modulo q

	identity() point
	product(a, b point) point
	inverse(a point) point
	equal(a, b point) bool
	basePower(k scalar) point      // g^k
	power(p point, k scalar) point // p^k
	table(p point) table           // for many powers of one point
	base() table                   // the table of g

	// powersVarTime returns p^k for each p and each k, sharing what the powers of one point have in common.
	powersVarTime(ps []point, ks ...scalar) [][]point
	// commitVarTime returns p · Π term.table^term.k.
	commitVarTime(p point, terms ...term) point
	// settle computes the encodings of points together, which is cheaper than one by one.
	settle(ps []point)

	pointSize() int                        // bytes of decode
	decode(b []byte) (point, error)        // canonical encodings only; the subgroup is member's question
	parsePoint(text []byte) (point, error) // decode for the text in Belenios' records
	compareText(a, b point) int            // the order of credentials in the record
}

// A point is an element of a group. It is never changed once it is shared.
type point interface {
	appendText(dst []byte) []byte  // as in Belenios' records and hashes
	appendBytes(dst []byte) []byte // pointSize bytes, canonical
	isIdentity() bool
}

// A table has powers of one point precomputed.
type table interface {
	power(k scalar) point // constant time where the group's power is
}

// A term is a factor of commitVarTime.
type term struct {
	table table
	k     scalar
}

// powerVarTime returns p^k; like all VarTime methods it is for public numbers only.
func powerVarTime(g Group, p point, k scalar) point { return g.powersVarTime([]point{p}, k)[0][0] }

// orderScalar is q itself: not a scalar, but powersVarTime takes it.
func orderScalar(g Group) (q scalar) {
	g.order().FillBytes(q[:])
	return q
}

// member reports whether p, which was decoded, is in the prime-order subgroup: only then is p^q the identity.
func member(g Group, p point) bool { return powerVarTime(g, p, orderScalar(g)).isIdentity() }

// GroupByName returns the group with that Belenios name, or UnknownGroup.
func GroupByName(name string) (Group, error) {
	switch name {
	case Ed25519.Name():
		return Ed25519, nil
	case Belenios2048.Name():
		return Belenios2048, nil
	}
	return nil, refuse(UnknownGroup, "group")
}

// A scalar is an exponent: a number below the group's order, big-endian. Both orders fit into 32 bytes.
type scalar [32]byte

func (s scalar) isZero() bool { return s == scalar{} }

// smallScalar is n as a scalar; n is not negative. It may be secret.
func smallScalar(n int) scalar {
	var s scalar
	binary.BigEndian.PutUint64(s[len(s)-8:], uint64(n)) //nolint:gosec // not negative
	return s
}

// choose is a if it is 1 and b if it is 0, in constant time.
func choose(which int, a, b scalar) scalar {
	subtle.ConstantTimeCopy(which, b[:], a[:])
	return b
}

// randomScalar reads 64 bytes and reduces them, so that the bias is below 2^-250.
func randomScalar(g Group, rand io.Reader) (scalar, error) {
	var wide [64]byte
	if _, err := io.ReadFull(rand, wide[:]); err != nil {
		return scalar{}, err
	}
	k := g.reduce(wide[:])
	clear(wide[:])
	return k, nil
}

// challengeHash is Fiat–Shamir's hash: SHA-256 of prefix and the comma-separated points, modulo q.
func challengeHash(g Group, prefix []byte, points ...point) scalar {
	g.settle(points)
	text := make([]byte, 0, len(prefix)+len(points)*(2*g.pointSize()+g.pointSize()/2))
	text = append(text, prefix...)
	for i, p := range points {
		if i > 0 {
			text = append(text, ',')
		}
		text = p.appendText(text)
	}
	sum := sha256.Sum256(text)
	return g.reduce(sum[:])
}

// decodeScalar accepts 32 big-endian bytes of a number below q.
func decodeScalar(g Group, b []byte) (scalar, error) {
	var s scalar
	if len(b) != len(s) {
		return s, refuse(Malformed, "")
	}
	copy(s[:], b)
	if new(big.Int).SetBytes(b).Cmp(g.order()) >= 0 {
		return s, refuse(OutOfRange, "")
	}
	return s, nil
}

// parseScalar accepts the decimal digits of a number below q without leading zeros.
func parseScalar(g Group, text []byte) (scalar, error) {
	n, err := parseDecimal(text, g.order())
	if err != nil {
		return scalar{}, err
	}
	var s scalar
	n.FillBytes(s[:])
	return s, nil
}

// appendDecimal appends s in base 10. A ballot has hundreds of them: it takes no memory beside dst.
func (s scalar) appendDecimal(dst []byte) []byte {
	const digits, base = 18, 1e18 // as many as one word holds
	var words [len(s) / 8]uint64
	for i := range words {
		words[i] = binary.BigEndian.Uint64(s[8*i:])
	}
	var text [5 * digits]byte // 256 bits have 78
	at := len(text)
	for at > 0 && words != [len(s) / 8]uint64{} {
		var rest uint64
		for i := range words {
			words[i], rest = bits.Div64(rest, words[i], base)
		}
		for range digits {
			at--
			text[at] = byte('0' + rest%10)
			rest /= 10
		}
	}
	number := bytes.TrimLeft(text[at:], "0")
	if len(number) == 0 {
		return append(dst, '0')
	}
	return append(dst, number...)
}

// parseDecimal accepts the canonical decimal digits of a number below the limit.
func parseDecimal(text []byte, limit *big.Int) (*big.Int, error) {
	if len(text) == 0 || len(text) > limit.BitLen()/3+1 || len(text) > 1 && text[0] == '0' {
		return nil, refuse(Malformed, "")
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return nil, refuse(Malformed, "")
		}
	}
	n, ok := new(big.Int).SetString(string(text), 10)
	if !ok {
		return nil, refuse(Malformed, "")
	}
	if n.Cmp(limit) >= 0 {
		return nil, refuse(OutOfRange, "")
	}
	return n, nil
}
