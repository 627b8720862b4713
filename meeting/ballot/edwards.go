package ballot

import (
	"encoding/binary"

	"filippo.io/edwards25519"
	"filippo.io/edwards25519/field"
)

// This file is the curve arithmetic that verification needs and the library does not export: several powers of one
// point that share their doublings, tables of a fixed point, and encodings that share one inversion.
// Formulas: Hisil–Wong–Carter–Dawson for a = -1, as in RFC 8032 §5.1.4. Everything here that is named VarTime, and
// everything on digits and buckets, is for public numbers only.

// edExtended is a point (X:Y:Z:T) with x = X/Z, y = Y/Z, xy = T/Z.
type edExtended struct{ x, y, z, t field.Element }

// edCompleted is the result of one addition or doubling before its last multiplications: x = X/Z, y = Y/T.
type edCompleted struct{ x, y, z, t field.Element }

// edCached is a point prepared for being added many times: Y+X, Y-X, Z and 2dT.
type edCached struct{ sum, diff, z, t2d field.Element }

// edAffine is edCached with Z = 1.
type edAffine struct{ sum, diff, t2d field.Element }

var edTwoD = func() *field.Element {
	// d = -121665/121666
	n := new(field.Element).Mult32(new(field.Element).One(), 121665)
	d := new(field.Element).Mult32(new(field.Element).One(), 121666)
	d.Invert(d).Multiply(d, n).Negate(d)
	return d.Add(d, d)
}()

func (v *edExtended) set(p *edwards25519.Point) *edExtended {
	x, y, z, t := p.ExtendedCoordinates()
	v.x, v.y, v.z, v.t = *x, *y, *z, *t
	return v
}

func (v *edExtended) setIdentity() {
	v.x.Zero()
	v.y.One()
	v.z.One()
	v.t.Zero()
}

func (v *edExtended) point() *edPoint {
	p := new(edPoint)
	if _, err := p.p.SetExtendedCoordinates(&v.x, &v.y, &v.z, &v.t); err != nil {
		panic("ballot: point off the curve") // the formulas are complete
	}
	return p
}

// setProjective leaves T unset, which a doubling does not need.
func (v *edExtended) setProjective(c *edCompleted) {
	v.x.Multiply(&c.x, &c.t)
	v.y.Multiply(&c.y, &c.z)
	v.z.Multiply(&c.z, &c.t)
}

func (v *edExtended) setCompleted(c *edCompleted) {
	v.setProjective(c)
	v.t.Multiply(&c.x, &c.y)
}

func (c *edCompleted) double(p *edExtended) {
	var xx, yy, zz2, xy2 field.Element
	xx.Square(&p.x)
	yy.Square(&p.y)
	zz2.Square(&p.z)
	zz2.Add(&zz2, &zz2)
	xy2.Add(&p.x, &p.y)
	xy2.Square(&xy2)
	c.y.Add(&yy, &xx)
	c.z.Subtract(&yy, &xx)
	c.x.Subtract(&xy2, &c.y)
	c.t.Subtract(&zz2, &c.z)
}

// combine finishes an addition whose second point was given by its sum, difference, 2dT and doubled product of Zs.
func (c *edCompleted) combine(p *edExtended, sum, diff, t2d, zz2 *field.Element, negate bool) {
	var a, b, t field.Element
	a.Add(&p.y, &p.x)
	b.Subtract(&p.y, &p.x)
	if negate {
		sum, diff = diff, sum
	}
	a.Multiply(&a, sum)
	b.Multiply(&b, diff)
	t.Multiply(&p.t, t2d)
	c.x.Subtract(&a, &b)
	c.y.Add(&a, &b)
	if negate {
		c.z.Subtract(zz2, &t)
		c.t.Add(zz2, &t)
	} else {
		c.z.Add(zz2, &t)
		c.t.Subtract(zz2, &t)
	}
}

func (c *edCompleted) addCached(p *edExtended, q *edCached, negate bool) {
	var zz2 field.Element
	zz2.Multiply(&p.z, &q.z)
	zz2.Add(&zz2, &zz2)
	c.combine(p, &q.sum, &q.diff, &q.t2d, &zz2, negate)
}

func (c *edCompleted) addAffine(p *edExtended, q *edAffine, negate bool) {
	var zz2 field.Element
	zz2.Add(&p.z, &p.z)
	c.combine(p, &q.sum, &q.diff, &q.t2d, &zz2, negate)
}

func (q *edCached) set(p *edExtended) {
	q.sum.Add(&p.y, &p.x)
	q.diff.Subtract(&p.y, &p.x)
	q.z = p.z
	q.t2d.Multiply(&p.t, edTwoD)
}

// edNAF is the signed binary form of width 5: odd digits -15…15, at most one in five non-zero, number k at 2^k.
type edNAF [256]int8

func (n *edNAF) set(s scalar) {
	var word [5]uint64 // little-endian
	for i := range 4 {
		word[i] = binary.BigEndian.Uint64(s[24-8*i:])
	}
	*n = edNAF{}
	carry := uint64(0)
	for pos := 0; pos < 256; {
		w := word[pos/64] >> (pos % 64)
		if pos%64 > 59 {
			w |= word[pos/64+1] << (64 - pos%64)
		}
		window := carry + w&31
		if window&1 == 0 {
			pos++
			continue
		}
		if window < 16 {
			carry = 0
			n[pos] = int8(window)
		} else {
			carry = 1
			n[pos] = int8(window) - 32
		}
		pos += 5
	}
}

// An edStep adds digit·2^bit·P to one of several powers of P.
type edStep struct {
	power int32
	bit   uint8
	digit int8
}

// appendEdSteps appends the steps of all powers, those of the low bits first.
func appendEdSteps(steps []edStep, ks []scalar) []edStep {
	var few [edFew]edNAF
	nafs := append(few[:0], make([]edNAF, len(ks))...)
	for i, k := range ks {
		nafs[i].set(k)
	}
	for bit := range len(edNAF{}) {
		for i := range nafs {
			if d := nafs[i][bit]; d != 0 {
				steps = append(steps, edStep{int32(i), uint8(bit), d})
			}
		}
	}
	return steps
}

// edBuckets gather a power: bucket i is the sum of the 2^bit·P of the digits ±(2i+1), and counts that often in the end
// (Yao's method). So the powers of one point share all doublings, and no table is made of it.
type edBuckets [8]edSum

// An edSum is empty at first.
type edSum struct {
	p    edExtended
	full bool
}

// add adds a point, given in both its forms, or subtracts it.
func (s *edSum) add(p *edExtended, q *edCached, negate bool) {
	if s.full {
		var c edCompleted
		c.addCached(&s.p, q, negate)
		s.p.setCompleted(&c)
		return
	}
	s.full = true
	s.p = *p
	if negate {
		s.p.x.Negate(&p.x)
		s.p.t.Negate(&p.t)
	}
}

// merge adds another sum.
func (s *edSum) merge(o *edSum) {
	switch {
	case !o.full:
	case !s.full:
		*s = *o
	default:
		s.p.add(&o.p)
	}
}

// total sets v to B0 + 3·B1 + 5·B2 + …: twice the running sums from the last bucket down to the second, and once the
// sum of all buckets.
func (b *edBuckets) total(v *edExtended) {
	var all, twice edSum
	for i := len(b) - 1; i > 0; i-- {
		all.merge(&b[i])
		twice.merge(&all)
	}
	all.merge(&b[0])
	v.setIdentity()
	if twice.full {
		var c edCompleted
		c.double(&twice.p)
		v.setCompleted(&c)
	}
	if all.full {
		v.add(&all.p)
	}
}

// add sets v to v+p.
func (v *edExtended) add(p *edExtended) {
	var (
		q edCached
		c edCompleted
	)
	q.set(p)
	c.addCached(v, &q, false)
	v.setCompleted(&c)
}

// edGather takes p through its doublings and fills the buckets of each power as the steps say.
func edGather(buckets []edBuckets, p *edwards25519.Point, steps []edStep) {
	var (
		cur edExtended
		c   edCompleted
		q   edCached
	)
	clear(buckets)
	cur.set(p)
	bit := uint8(0)
	for i, s := range steps {
		for ; bit < s.bit; bit++ {
			c.double(&cur)
			if bit+1 < s.bit {
				cur.setProjective(&c)
			} else {
				cur.setCompleted(&c)
			}
		}
		if i == 0 || s.bit != steps[i-1].bit {
			q.set(&cur)
		}
		buckets[s.power][max(s.digit, -s.digit)/2].add(&cur, &q, s.digit < 0)
	}
}

// edFew is the usual number of powers of one point, for which no memory should be allocated: those of a choice's two
// proofs, and the one that shows the subgroup.
const edFew = 3

func (edGroup) powersVarTime(ps []point, ks ...scalar) [][]point {
	var (
		v          edExtended
		fewSteps   [edFew * 52]edStep
		fewBuckets [edFew]edBuckets
	)
	steps := appendEdSteps(fewSteps[:0], ks)
	buckets := append(fewBuckets[:0], make([]edBuckets, len(ks))...)
	powers := make([][]point, len(ps))
	for i, p := range ps {
		edGather(buckets, &p.(*edPoint).p, steps)
		powers[i] = make([]point, len(ks))
		for j := range buckets {
			buckets[j].total(&v)
			powers[i][j] = v.point()
		}
	}
	return powers
}
