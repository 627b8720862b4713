package ballot

import (
	"bytes"
	"crypto/rand"
	"testing"
)

func scalarOf(t testing.TB, g Group) scalar {
	t.Helper()
	k, err := randomScalar(g, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// edEighth is a point of order 8 (RFC 7748's list of low-order encodings): its multiples are all that a point can have
// outside the prime-order subgroup.
func edEighth(t testing.TB) point {
	t.Helper()
	p, err := Ed25519.decode(unhex(t, "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// edWith is p and n times the point of order 8.
func edWith(t testing.TB, p point, n int) point {
	t.Helper()
	for range n {
		p = Ed25519.product(p, edEighth(t))
	}
	return p
}

// edEdges are the scalars at which digits carry, and some at random.
func edEdges(t testing.TB) []scalar {
	t.Helper()
	g := Ed25519
	var edge []scalar
	for n := range 260 {
		edge = append(edge, smallScalar(n), g.sub(scalar{}, smallScalar(n)))
	}
	power := smallScalar(1)
	for range 252 {
		power = g.add(power, power)
		edge = append(edge, power, g.sub(power, smallScalar(1)))
	}
	for range 50 {
		edge = append(edge, scalarOf(t, g))
	}
	return edge
}

func TestEdwardsPowersAgreeWithTheLibrary(t *testing.T) {
	g := Ed25519
	edge := edEdges(t)
	all := []point{g.identity(), g.basePower(smallScalar(1)), g.basePower(scalarOf(t, g))}
	for i := range 8 {
		all = append(all, edWith(t, g.identity(), i), edWith(t, all[2], i))
	}
	for _, p := range all {
		edAgree(t, p, edge[:60]...)
	}
	edAgree(t, all[2], edge...)
}

// edAgree compares every quick way to powers of p with the library's, and their encodings.
func edAgree(t *testing.T, p point, ks ...scalar) {
	t.Helper()
	g := Ed25519
	tab := g.table(p)
	powers := g.powersVarTime([]point{g.basePower(smallScalar(2)), p}, ks...)[1]
	for i, k := range ks {
		want := new(edPoint)
		want.p.ScalarMult(g.little(k), &p.(*edPoint).p)
		for name, got := range map[string]point{
			"powersVarTime": powers[i],
			"powerVarTime":  powerVarTime(g, p, k),
			"table":         tab.power(k),
			"commit":        g.commitVarTime(g.identity(), term{tab, k}),
		} {
			if !g.equal(got, want) {
				t.Fatalf("%s of scalar %x is wrong", name, k)
			}
		}
		if !g.equal(g.commitVarTime(p, term{g.base(), k}), g.product(p, g.basePower(k))) {
			t.Fatalf("commit with the base of scalar %x is wrong", k)
		}
	}
	settled := g.powersVarTime([]point{p}, ks...)[0]
	g.settle(settled)
	for i := range settled {
		if got, want := settled[i].(*edPoint).enc, [32]byte(powers[i].(*edPoint).p.Bytes()); got != want {
			t.Fatalf("settle of %d: %x, want %x", i, got, want)
		}
	}
}

// The library multiplies by a scalar below q only: it finds p^q as p^(q-1) · p.
func FuzzEdwardsAgreeWithTheLibrary(f *testing.F) {
	f.Add([]byte{}, []byte{}, []byte{}, uint8(0))
	f.Add([]byte{1}, []byte{31}, []byte{0xff, 0xff}, uint8(1))
	f.Add([]byte("p"), bytes.Repeat([]byte{0x84}, 32), bytes.Repeat([]byte{0x10}, 32), uint8(4))
	f.Fuzz(func(t *testing.T, seed, a, b []byte, small uint8) {
		g := Ed25519
		number := func(b []byte) scalar { return g.reduce(b[:min(len(b), 64)]) }
		p := edWith(t, g.basePower(number(seed)), int(small%8))
		edAgree(t, p, number(a), number(b))
		largest := g.sub(scalar{}, smallScalar(1))
		want := g.product(g.power(p, largest), p)
		if got := powerVarTime(g, p, orderScalar(g)); !g.equal(got, want) {
			t.Error("the power of the order is wrong")
		}
		if member(g, p) != (small%8 == 0) {
			t.Errorf("member(%d) is %v", small%8, member(g, p))
		}
	})
}

func TestEdwardsMembership(t *testing.T) {
	g := Ed25519
	p := g.basePower(scalarOf(t, g))
	if !member(g, p) || !member(g, g.identity()) {
		t.Error("a point of the group is refused")
	}
	for i := 1; i < 8; i++ {
		if member(g, edWith(t, g.identity(), i)) {
			t.Errorf("the small-order point %d is accepted", i)
		}
		if member(g, edWith(t, p, i)) {
			t.Errorf("a point with the small-order part %d is accepted", i)
		}
	}
	if !g.equal(edWith(t, g.identity(), 8), g.identity()) || g.equal(edWith(t, g.identity(), 4), g.identity()) {
		t.Fatal("the test's point does not have order 8")
	}
}
