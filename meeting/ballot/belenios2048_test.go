package ballot

import (
	"math/big"
	"testing"
)

func TestBelenios2048PowersAgreeWithMathBig(t *testing.T) {
	g := ffGroup{}
	edge := []scalar{{}, smallScalar(1), smallScalar(15), smallScalar(16), smallScalar(255), g.sub(scalar{}, smallScalar(1)), orderScalar(g)}
	for range 5 {
		edge = append(edge, scalarOf(t, g))
	}
	p := g.basePower(scalarOf(t, g))
	tab := g.table(p)
	powers := g.powersVarTime(p, edge...)
	for i, k := range edge {
		want := &ffPoint{new(big.Int).Exp(p.(*ffPoint).n, k.big(), ffP)}
		for name, got := range map[string]point{
			"powersVarTime": powers[i],
			"table":         tab.power(k),
			"commit":        g.commitVarTime(g.identity(), term{tab, k}),
		} {
			if !g.equal(got, want) {
				t.Errorf("%s of scalar %d is wrong", name, i)
			}
		}
		if !g.equal(g.commitVarTime(p, term{g.base(), k}), g.product(p, &ffPoint{new(big.Int).Exp(ffG, k.big(), ffP)})) {
			t.Errorf("commit with the base of scalar %d is wrong", i)
		}
	}
	if !g.member(p) || g.member(&ffPoint{big.NewInt(2)}) {
		t.Error("membership is wrong")
	}
}
