package ballot

import (
	"sync"

	"filippo.io/edwards25519"
	"filippo.io/edwards25519/field"
)

// edTable has powers of one point P in two layouts: small rows that are read whole, so that a secret exponent leaves
// no trace in the cache, and large rows that are indexed, for verification. Each is built at first use.
type edTable struct {
	p      edExtended
	secret func() *edSecretRows
	public func() *edPublicRows
}

// edSecretRows[i][j] is (j+1)·16^(2i)·P: one row serves the digits 2i and 2i+1 of a scalar in radix 16.
type edSecretRows [32][8]edAffine

// edPublicRows[i][j] is (j+1)·256^i·P.
type edPublicRows [32][128]edAffine

func newEdTable(p *edwards25519.Point) *edTable {
	t := new(edTable)
	t.p.set(p)
	t.secret = sync.OnceValue(func() *edSecretRows {
		rows := new(edSecretRows)
		flat := make([]edAffine, 0, 32*8)
		flat = edMultiples(flat, t.p, 8)
		for i := range rows {
			copy(rows[i][:], flat[i*8:])
		}
		return rows
	})
	t.public = sync.OnceValue(func() *edPublicRows {
		rows := new(edPublicRows)
		flat := make([]edAffine, 0, 32*128)
		flat = edMultiples(flat, t.p, 128)
		for i := range rows {
			copy(rows[i][:], flat[i*128:])
		}
		return rows
	})
	return t
}

var edBaseTable = sync.OnceValue(func() *edTable { return newEdTable(edwards25519.NewGeneratorPoint()) })

// edMultiples appends, for 32 rows, the first n multiples of 256^row·P.
func edMultiples(dst []edAffine, p edExtended, n int) []edAffine {
	var c edCompleted
	points := make([]edExtended, 0, 32*n)
	for range 32 {
		var q edCached
		q.set(&p)
		cur := p
		for range n {
			points = append(points, cur)
			c.addCached(&cur, &q, false)
			cur.setCompleted(&c)
		}
		for range 8 {
			c.double(&p)
			p.setCompleted(&c)
		}
	}
	for i, zinv := range edInvertZ(points) {
		var x, y field.Element
		var a edAffine
		x.Multiply(&points[i].x, &zinv)
		y.Multiply(&points[i].y, &zinv)
		a.sum.Add(&y, &x)
		a.diff.Subtract(&y, &x)
		a.t2d.Multiply(&x, &y)
		a.t2d.Multiply(&a.t2d, edTwoD)
		dst = append(dst, a)
	}
	return dst
}

// edInvertZ returns 1/Z of every point for the price of one inversion (Montgomery's trick).
func edInvertZ(points []edExtended) []field.Element {
	inverses := make([]field.Element, len(points))
	var acc field.Element
	acc.One()
	for i := range points {
		inverses[i] = acc
		acc.Multiply(&acc, &points[i].z)
	}
	acc.Invert(&acc)
	for i := len(points) - 1; i >= 0; i-- {
		inverses[i].Multiply(&inverses[i], &acc)
		acc.Multiply(&acc, &points[i].z)
	}
	return inverses
}

// radix16 gives 64 signed digits -8…7 of a scalar below 2^253; the last may be 8.
func radix16(s scalar) (digits [64]int8) {
	for i := range 32 {
		digits[2*i] = int8(s[31-i] & 15)
		digits[2*i+1] = int8(s[31-i] >> 4)
	}
	for i := range 63 {
		carry := (digits[i] + 8) >> 4
		digits[i] -= carry << 4
		digits[i+1] += carry
	}
	return digits
}

// power adds 64 table entries, each read by passing over its whole row.
func (t *edTable) power(k scalar) point {
	rows := t.secret()
	digits := radix16(k)
	var (
		v edExtended
		c edCompleted
		a edAffine
	)
	v.setIdentity()
	for i := 1; i < 64; i += 2 {
		a.pick(&rows[i/2], digits[i])
		c.addAffine(&v, &a, false)
		v.setCompleted(&c)
	}
	for range 4 {
		c.double(&v)
		v.setCompleted(&c)
	}
	for i := 0; i < 64; i += 2 {
		a.pick(&rows[i/2], digits[i])
		c.addAffine(&v, &a, false)
		v.setCompleted(&c)
	}
	return v.point()
}

// pick sets a to digit·row in constant time.
func (a *edAffine) pick(row *[8]edAffine, digit int8) {
	sign := digit >> 7 // 0 or -1
	size := (digit ^ sign) - sign
	a.sum.One()
	a.diff.One()
	a.t2d.Zero()
	for j := range row {
		hit := int(uint32(uint8(size)^uint8(j+1))-1) >> 31 & 1 // 1 where size = j+1
		a.sum.Select(&row[j].sum, &a.sum, hit)
		a.diff.Select(&row[j].diff, &a.diff, hit)
		a.t2d.Select(&row[j].t2d, &a.t2d, hit)
	}
	negative := int(sign & 1)
	var minus field.Element
	minus.Negate(&a.t2d)
	a.sum.Swap(&a.diff, negative)
	a.t2d.Select(&minus, &a.t2d, negative)
}

// addPowerVarTime adds k·P to v.
func (t *edTable) addPowerVarTime(v *edExtended, k scalar) {
	rows := t.public()
	var c edCompleted
	carry := 0
	for i := range 32 {
		d := int(k[31-i]) + carry
		carry = 0
		if d > 128 {
			d -= 256
			carry = 1
		}
		if d == 0 {
			continue
		}
		if d > 0 {
			c.addAffine(v, &rows[i][d-1], false)
		} else {
			c.addAffine(v, &rows[i][-d-1], true)
		}
		v.setCompleted(&c)
	}
}

// edTableOfBase has the library's own constant-time table for secrets.
type edTableOfBase struct{}

func (edTableOfBase) power(k scalar) point { return Ed25519.basePower(k) }

func (edGroup) base() table { return edTableOfBase{} }

func (edGroup) table(p point) table { return newEdTable(&p.(*edPoint).p) }

func (g edGroup) commitVarTime(p point, terms ...term) point {
	var v edExtended
	v.set(&p.(*edPoint).p)
	for _, t := range terms {
		switch table := t.table.(type) {
		case edTableOfBase:
			edBaseTable().addPowerVarTime(&v, t.k)
		case *edTable:
			table.addPowerVarTime(&v, t.k)
		}
	}
	return v.point()
}

// settle shares one inversion among all points that have no encoding yet.
func (edGroup) settle(ps []point) {
	var (
		open   []*edPoint
		coords []edExtended
	)
	for _, p := range ps {
		if p := p.(*edPoint); !p.settled {
			open = append(open, p)
			coords = append(coords, *new(edExtended).set(&p.p))
		}
	}
	if open == nil {
		return
	}
	for i, zinv := range edInvertZ(coords) {
		var x, y field.Element
		x.Multiply(&coords[i].x, &zinv)
		y.Multiply(&coords[i].y, &zinv)
		open[i].enc = [32]byte(y.Bytes())
		open[i].enc[31] |= byte(x.IsNegative() << 7)
		open[i].settled = true
	}
}
