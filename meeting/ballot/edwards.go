package ballot

import (
	"filippo.io/edwards25519"
	"filippo.io/edwards25519/field"
)

// This file is the curve arithmetic that verification needs and the library does not export: several powers of one
// point that share their doublings, tables of a fixed point, and encodings that share one inversion.
// Formulas: Hisil–Wong–Carter–Dawson for a = -1, as in RFC 8032 §5.1.4. Everything here that is named VarTime, and
// everything on nafs, is for public numbers only.

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

// edNAF is the signed binary form of width 4: odd digits -7…7, at most one in four non-zero, number k at 2^k.
type edNAF [256]int8

func (n *edNAF) set(s scalar) {
	var word [5]uint64 // little-endian
	for i := range 4 {
		for j := range 8 {
			word[i] |= uint64(s[31-8*i-j]) << (8 * j)
		}
	}
	carry := uint64(0)
	for pos := 0; pos < 256; {
		w := word[pos/64] >> (pos % 64)
		if pos%64 > 60 {
			w |= word[pos/64+1] << (64 - pos%64)
		}
		window := carry + w&15
		if window&1 == 0 {
			pos++
			continue
		}
		if window < 8 {
			carry = 0
			n[pos] = int8(window)
		} else {
			carry = 1
			n[pos] = int8(window) - 16
		}
		pos += 4
	}
}

const (
	edPieces = 8              // a power is cut into this many pieces
	edPiece  = 256 / edPieces // of this many bits
)

// edOdd holds P, 3P, 5P, 7P for P = 2^(32i)·point, so that a power costs 32 doublings and not 253.
type edOdd [edPieces][4]edCached

func (o *edOdd) set(p *edExtended) {
	var c edCompleted
	cur := *p
	for i := range o {
		if i > 0 {
			for k := range edPiece {
				c.double(&cur)
				if k == edPiece-1 {
					cur.setCompleted(&c)
				} else {
					cur.setProjective(&c)
				}
			}
		}
		var odd, two edExtended
		o[i][0].set(&cur)
		c.double(&cur)
		two.setCompleted(&c)
		for k := 1; k < 4; k++ {
			c.addCached(&two, &o[i][k-1], false)
			odd.setCompleted(&c)
			o[i][k].set(&odd)
		}
	}
}

// powerVarTime sets v to k·P.
func (o *edOdd) powerVarTime(v *edExtended, n *edNAF) {
	var c edCompleted
	v.setIdentity()
	for bit := edPiece - 1; bit >= 0; bit-- {
		c.double(v)
		v.setProjective(&c)
		full := false
		for i := range o {
			d := n[i*edPiece+bit]
			if d == 0 {
				continue
			}
			if !full {
				v.t.Multiply(&c.x, &c.y)
			}
			if d > 0 {
				c.addCached(v, &o[i][d/2], false)
			} else {
				c.addCached(v, &o[i][-d/2], true)
			}
			v.setCompleted(&c)
			full = true
		}
	}
	v.t.Multiply(&c.x, &c.y)
}

func (g edGroup) powersVarTime(p point, ks ...scalar) []point {
	var (
		odd edOdd
		e   edExtended
		n   edNAF
	)
	odd.set(e.set(&p.(*edPoint).p))
	powers := make([]point, len(ks))
	for i, k := range ks {
		n = edNAF{}
		n.set(k)
		odd.powerVarTime(&e, &n)
		powers[i] = e.point()
	}
	return powers
}

var edOrderNAF = func() (n edNAF) {
	n.set(scalar(edOrder.FillBytes(make([]byte, 32))))
	return n
}()

// member multiplies by the group's order, which only the points of the prime-order subgroup survive as the identity.
func (g edGroup) member(p point) bool {
	var (
		e    edExtended
		c    edCompleted
		odds [4]edCached
		two  edExtended
	)
	e.set(&p.(*edPoint).p)
	odds[0].set(&e)
	c.double(&e)
	two.setCompleted(&c)
	for k := 1; k < 4; k++ {
		c.addCached(&two, &odds[k-1], false)
		e.setCompleted(&c)
		odds[k].set(&e)
	}
	e.setIdentity()
	for bit := 255; bit >= 0; bit-- {
		c.double(&e)
		d := edOrderNAF[bit]
		if d == 0 {
			e.setProjective(&c)
			continue
		}
		e.setCompleted(&c)
		if d > 0 {
			c.addCached(&e, &odds[d/2], false)
		} else {
			c.addCached(&e, &odds[-d/2], true)
		}
		e.setProjective(&c)
	}
	var zero field.Element
	return e.x.Equal(zero.Zero()) == 1 && e.y.Equal(&e.z) == 1
}
