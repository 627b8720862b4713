package ballot

import (
	"bytes"
	"encoding/hex"
	"math/big"
	"slices"

	"filippo.io/edwards25519"
	"filippo.io/edwards25519/field"
)

// Ed25519 is the prime-order subgroup of edwards25519, the default.
// A point is written as the 64 hexadecimal digits of its RFC 8032 encoding read as a little-endian number,
// most significant digit first. Operations on secrets are constant-time.
const Ed25519 edGroup = "Ed25519"

type edGroup string

// edPoint keeps the encoding once it is known: most points are hashed or written several times.
type edPoint struct {
	p       edwards25519.Point
	enc     [32]byte // RFC 8032
	settled bool
}

var edOrder, _ = new(big.Int).SetString("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed", 16)

func (g edGroup) Name() string  { return string(g) }
func (edGroup) order() *big.Int { return edOrder }
func (edGroup) pointSize() int  { return 32 }

// little turns a canonical scalar into the library's form.
func (edGroup) little(s scalar) *edwards25519.Scalar {
	slices.Reverse(s[:])
	k, err := new(edwards25519.Scalar).SetCanonicalBytes(s[:])
	if err != nil {
		panic("ballot: scalar out of range") // a scalar is always below q
	}
	return k
}

func (edGroup) scalar(k *edwards25519.Scalar) scalar {
	s := scalar(k.Bytes())
	slices.Reverse(s[:])
	return s
}

func (g edGroup) add(a, b scalar) scalar {
	k := g.little(a)
	return g.scalar(k.Add(k, g.little(b)))
}

func (g edGroup) sub(a, b scalar) scalar {
	k := g.little(a)
	return g.scalar(k.Subtract(k, g.little(b)))
}

func (g edGroup) mul(a, b scalar) scalar {
	k := g.little(a)
	return g.scalar(k.Multiply(k, g.little(b)))
}

func (g edGroup) invert(a scalar) scalar {
	k := g.little(a)
	return g.scalar(k.Invert(k))
}

func (g edGroup) reduce(number []byte) scalar {
	var wide [64]byte
	for i, b := range number {
		wide[len(number)-1-i] = b
	}
	k, err := new(edwards25519.Scalar).SetUniformBytes(wide[:])
	if err != nil {
		panic("ballot: number too long") // callers pass at most 64 bytes
	}
	return g.scalar(k)
}

func (edGroup) identity() point {
	p := &edPoint{settled: true}
	p.p.Set(edwards25519.NewIdentityPoint())
	p.enc[0] = 1
	return p
}

func (edGroup) product(a, b point) point {
	p := new(edPoint)
	p.p.Add(&a.(*edPoint).p, &b.(*edPoint).p)
	return p
}

func (edGroup) inverse(a point) point {
	p := new(edPoint)
	p.p.Negate(&a.(*edPoint).p)
	return p
}

func (edGroup) equal(a, b point) bool {
	return a.(*edPoint).p.Equal(&b.(*edPoint).p) == 1
}

func (g edGroup) basePower(k scalar) point {
	p := new(edPoint)
	p.p.ScalarBaseMult(g.little(k))
	return p
}

func (g edGroup) power(p point, k scalar) point {
	r := new(edPoint)
	r.p.ScalarMult(g.little(k), &p.(*edPoint).p)
	return r
}

func (edGroup) decode(b []byte) (point, error) {
	if len(b) != 32 {
		return nil, refuse(Malformed, "")
	}
	p := &edPoint{enc: [32]byte(b), settled: true}
	if _, err := p.p.SetBytes(b); err != nil || !edCanonical(&p.enc, &p.p) {
		return nil, refuse(NotInGroup, "")
	}
	return p, nil
}

// edCanonical reports whether the encoding, which the library has decoded to p, is the one right one: the library also
// takes y ≥ 2^255-19 and a sign bit on x = 0.
func edCanonical(enc *[32]byte, p *edwards25519.Point) bool {
	if enc[31]>>7 == 1 {
		x, _, _, _ := p.ExtendedCoordinates()
		if x.Equal(new(field.Element)) == 1 {
			return false
		}
	}
	if enc[0] < 0xed || enc[31]&0x7f != 0x7f {
		return true
	}
	for _, b := range enc[1:31] {
		if b != 0xff {
			return true
		}
	}
	return false
}

func (g edGroup) parsePoint(text []byte) (point, error) {
	var b [32]byte
	if len(text) != 64 {
		return nil, refuse(Malformed, "")
	}
	if _, err := hex.Decode(b[:], text); err != nil || bytes.ContainsAny(text, "ABCDEF") {
		return nil, refuse(Malformed, "")
	}
	slices.Reverse(b[:])
	return g.decode(b[:])
}

// compareText orders by the RFC 8032 encoding, as belenios-tool 2.5 does with libsodium.
func (edGroup) compareText(a, b point) int {
	x, y := a.(*edPoint).encoding(), b.(*edPoint).encoding()
	return bytes.Compare(x[:], y[:])
}

func (p *edPoint) encoding() [32]byte {
	if p.settled {
		return p.enc
	}
	return [32]byte(p.p.Bytes())
}

func (p *edPoint) appendText(dst []byte) []byte {
	b := p.encoding()
	slices.Reverse(b[:])
	return hex.AppendEncode(dst, b[:])
}

func (p *edPoint) appendBytes(dst []byte) []byte {
	b := p.encoding()
	return append(dst, b[:]...)
}

func (p *edPoint) isIdentity() bool {
	return p.p.Equal(edwards25519.NewIdentityPoint()) == 1
}
