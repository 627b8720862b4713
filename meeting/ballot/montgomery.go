package ballot

import (
	"math/big"
	"math/bits"
)

// ffWords is the length of a number modulo the 2048-bit prime.
const ffWords = 32

// An ffNumber is a number modulo p in Montgomery form: n·2^2048 mod p, little-endian, possibly plus p.
// math/big has this multiplication, but only inside Exp, where powers of one base cannot share it. Not constant-time.
type ffNumber [ffWords]uint64

var (
	ffModulus  = ffFromBig(ffP)
	ffNegInv   = ffNegativeInverse(ffModulus[0])
	ffOne      = ffFromBig(new(big.Int).Mod(new(big.Int).Lsh(big.NewInt(1), 2048), ffP))
	ffRSquared = ffFromBig(new(big.Int).Mod(new(big.Int).Lsh(big.NewInt(1), 4096), ffP))
)

func ffFromBig(n *big.Int) (z ffNumber) {
	var b [8 * ffWords]byte
	n.FillBytes(b[:])
	for i := range z {
		for j := range 8 {
			z[i] |= uint64(b[len(b)-1-8*i-j]) << (8 * j)
		}
	}
	return z
}

func (z *ffNumber) big() *big.Int {
	var b [8 * ffWords]byte
	for i, w := range z {
		for j := range 8 {
			b[len(b)-1-8*i-j] = byte(w >> (8 * j))
		}
	}
	return new(big.Int).SetBytes(b[:])
}

// ffNegativeInverse is -1/w modulo 2^64 (Newton).
func ffNegativeInverse(w uint64) uint64 {
	inverse := uint64(1)
	for range 6 {
		inverse *= 2 - w*inverse
	}
	return -inverse
}

func (z *ffNumber) set(p point) {
	n := ffFromBig(p.(*ffPoint).n)
	z.multiply(&n, &ffRSquared)
}

func (z *ffNumber) point() *ffPoint {
	var one, plain ffNumber
	one[0] = 1
	plain.multiply(z, &one)
	n := plain.big()
	if n.Cmp(ffP) >= 0 {
		n.Sub(n, ffP)
	}
	return &ffPoint{n}
}

// addProduct adds x·y to z and returns the carry.
func addProduct(z, x *[ffWords]uint64, y uint64) (carry uint64) {
	for i := 0; i < ffWords; i += 2 { // two steps a turn: a fifth faster
		var c uint64
		hi, lo := bits.Mul64(x[i], y)
		lo, c = bits.Add64(lo, z[i], 0)
		hi += c
		z[i], c = bits.Add64(lo, carry, 0)
		carry = hi + c
		hi, lo = bits.Mul64(x[i+1], y)
		lo, c = bits.Add64(lo, z[i+1], 0)
		hi += c
		z[i+1], c = bits.Add64(lo, carry, 0)
		carry = hi + c
	}
	return carry
}

// multiply sets z = x·y/2^2048 mod p.
func (z *ffNumber) multiply(x, y *ffNumber) {
	var t [2 * ffWords]uint64
	var carry uint64
	for i := range ffWords {
		row := (*[ffWords]uint64)(t[i:])
		a := addProduct(row, (*[ffWords]uint64)(x), y[i])
		b := addProduct(row, (*[ffWords]uint64)(&ffModulus), row[0]*ffNegInv)
		sum, c1 := bits.Add64(a, b, 0)
		sum, c2 := bits.Add64(sum, carry, 0)
		t[ffWords+i], carry = sum, c1+c2
	}
	z.reduce((*[ffWords]uint64)(t[ffWords:]), carry)
}

// square sets z = x²/2^2048 mod p.
func (z *ffNumber) square(x *ffNumber) {
	var t [2 * ffWords]uint64
	for i := range ffWords - 1 { // each product of different words once
		var carry uint64
		row := t[2*i+1:]
		rest := x[i+1:]
		row = row[:len(rest)+1]
		for j, w := range rest {
			var c uint64
			hi, lo := bits.Mul64(w, x[i])
			lo, c = bits.Add64(lo, row[j], 0)
			hi += c
			row[j], c = bits.Add64(lo, carry, 0)
			carry = hi + c
		}
		row[len(rest)] = carry
	}
	var carry, top uint64
	for i := range ffWords { // double them and add the squares
		hi, lo := bits.Mul64(x[i], x[i])
		a, b := t[2*i], t[2*i+1]
		var c uint64
		t[2*i], c = bits.Add64(a<<1|top, lo, carry)
		t[2*i+1], carry = bits.Add64(b<<1|a>>63, hi, c)
		top = b >> 63
	}
	carry = 0
	for i := range ffWords {
		row := (*[ffWords]uint64)(t[i:])
		c := addProduct(row, (*[ffWords]uint64)(&ffModulus), row[0]*ffNegInv)
		t[ffWords+i], carry = bits.Add64(t[ffWords+i], c, carry)
	}
	z.reduce((*[ffWords]uint64)(t[ffWords:]), carry)
}

// reduce subtracts p once when the number does not fit.
func (z *ffNumber) reduce(t *[ffWords]uint64, carry uint64) {
	*z = *t
	if carry == 0 {
		return
	}
	var borrow uint64
	for i := range z {
		z[i], borrow = bits.Sub64(z[i], ffModulus[i], borrow)
	}
}

const ffDigits = 64 // of an exponent, in radix 16

// ffLadder is p^(16^i) for all digits of an exponent: what all powers of p have in common.
type ffLadder [ffDigits]ffNumber

func (l *ffLadder) set(p *ffNumber) {
	l[0] = *p
	for i := 1; i < len(l); i++ {
		l[i].square(&l[i-1])
		for range 3 {
			l[i].square(&l[i])
		}
	}
}

// power multiplies the rungs of equal digits together, and then raises these fifteen products to their digits at once
// (Yao's method).
func (l *ffLadder) power(z *ffNumber, k scalar) {
	var (
		bucket [16]ffNumber
		used   [16]bool
	)
	for i := range l {
		d := k[31-i/2] >> (i % 2 * 4) & 15
		switch {
		case d == 0:
		case used[d]:
			bucket[d].multiply(&bucket[d], &l[i])
		default:
			bucket[d], used[d] = l[i], true
		}
	}
	run := ffOne
	*z = ffOne
	for d := 15; d > 0; d-- {
		if used[d] {
			run.multiply(&run, &bucket[d])
		}
		z.multiply(z, &run)
	}
}
