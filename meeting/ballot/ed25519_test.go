package ballot

import (
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

func TestEdwardsPowersAgreeWithTheLibrary(t *testing.T) {
	g := edGroup{}
	edge := []scalar{{}, smallScalar(1), smallScalar(7), smallScalar(8), smallScalar(255), g.sub(scalar{}, smallScalar(1)), g.sub(scalar{}, smallScalar(2))}
	for range 20 {
		edge = append(edge, scalarOf(t, g))
	}
	p := g.basePower(scalarOf(t, g))
	tab := g.table(p)
	powers := g.powersVarTime(p, edge...)
	for i, k := range edge {
		want := new(edPoint)
		want.p.ScalarMult(g.little(k), &p.(*edPoint).p)
		for name, got := range map[string]point{
			"powersVarTime": powers[i],
			"table":         tab.power(k),
			"commit":        g.commitVarTime(g.identity(), term{tab, k}),
		} {
			if !g.equal(got, want) {
				t.Errorf("%s of scalar %d is wrong", name, i)
			}
		}
		if !g.equal(g.commitVarTime(p, term{g.base(), k}), g.product(p, g.basePower(k))) {
			t.Errorf("commit with the base of scalar %d is wrong", i)
		}
	}
	settled := g.powersVarTime(p, edge...)
	g.settle(settled)
	for i := range settled {
		if got, want := settled[i].(*edPoint).enc, [32]byte(powers[i].(*edPoint).p.Bytes()); got != want {
			t.Errorf("settle of %d: %x, want %x", i, got, want)
		}
	}
}

func TestEdwardsMembership(t *testing.T) {
	g := edGroup{}
	p := g.basePower(scalarOf(t, g))
	if !g.member(p) || !g.member(g.identity()) {
		t.Error("a point of the group is refused")
	}
	// The eight points of small order, from a point of order 8 (RFC 7748's list of low-order encodings).
	eight, err := g.decode(unhex(t, "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"))
	if err != nil {
		t.Fatal(err)
	}
	torsion := g.identity()
	for i := 1; i < 8; i++ {
		torsion = g.product(torsion, eight)
		if g.member(torsion) {
			t.Errorf("the small-order point %d is accepted", i)
		}
		if g.member(g.product(p, torsion)) {
			t.Errorf("a point with the small-order part %d is accepted", i)
		}
	}
	if !g.equal(g.product(torsion, eight), g.identity()) {
		t.Fatal("the test's point does not have order 8")
	}
}
