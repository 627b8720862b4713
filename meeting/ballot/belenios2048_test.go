package ballot

import (
	"bytes"
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestBelenios2048PowersAgreeWithMathBig(t *testing.T) {
	g := Belenios2048
	edge := []scalar{{}, smallScalar(1), smallScalar(15), smallScalar(16), smallScalar(255), g.sub(scalar{}, smallScalar(1)), orderScalar(g)}
	for range 5 {
		edge = append(edge, scalarOf(t, g))
	}
	p := g.basePower(scalarOf(t, g))
	tab := g.table(p)
	powers := g.powersVarTime([]point{p}, edge...)[0]
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
	if !member(g, p) || member(g, &ffPoint{big.NewInt(2)}) {
		t.Error("membership is wrong")
	}
}

func TestBelenios2048RefusesWhatIsNoElement(t *testing.T) {
	g := Belenios2048
	good := g.basePower(scalarOf(t, g)).(*ffPoint).n
	for name, c := range map[string]struct {
		text string
		code Code
	}{
		"zero":                {"0", NotInGroup},
		"the modulus":         {ffP.String(), OutOfRange},
		"above the modulus":   {new(big.Int).Add(good, ffP).String(), OutOfRange},
		"a leading zero":      {"0" + good.String(), Malformed},
		"a sign":              {"-" + good.String(), Malformed},
		"hexadecimal":         {"0x10", Malformed},
		"nothing":             {"", Malformed},
		"an endless number":   {string(bytes.Repeat([]byte("9"), 1<<20)), Malformed},
		"a digit of a script": {"１", Malformed},
	} {
		if _, err := g.parsePoint([]byte(c.text)); !errors.Is(err, c.code) {
			t.Errorf("%s: %v, want %v", name, err, c.code)
		}
	}
	for name, n := range map[string]*big.Int{
		"-1, of order 2":       new(big.Int).Sub(ffP, big.NewInt(1)),
		"an element times -1":  new(big.Int).Sub(ffP, good),
		"a number without use": big.NewInt(3),
	} {
		p, err := g.parsePoint([]byte(n.String()))
		if err != nil || member(g, p) {
			t.Errorf("%s is a member (%v)", name, err)
		}
	}
}

// Montgomery's multiplication agrees with math/big on numbers that make it carry.
func TestMontgomeryAgreesWithMathBig(t *testing.T) {
	r := new(big.Int).Lsh(big.NewInt(1), 2048)
	inverse := new(big.Int).ModInverse(r, ffP)
	last := new(big.Int).Sub(r, big.NewInt(1))
	rapid.Check(t, func(t *rapid.T) {
		number := func(name string) *big.Int {
			n := new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 256, 256).Draw(t, name))
			return rapid.SampledFrom([]*big.Int{n, n, last, ffP, new(big.Int), new(big.Int).Sub(ffP, big.NewInt(1))}).Draw(t, name+" or an edge")
		}
		a, b := number("a"), number("b")
		x, y := ffFromBig(a), ffFromBig(b)
		var z, s ffNumber
		z.multiply(&x, &y)
		s.square(&x)
		for name, c := range map[string][2]*big.Int{"multiply": {z.big(), b}, "square": {s.big(), a}} {
			want := new(big.Int).Mul(a, c[1])
			want.Mul(want, inverse).Mod(want, ffP)
			if new(big.Int).Mod(c[0], ffP).Cmp(want) != 0 {
				t.Errorf("%s is wrong", name)
			}
		}
	})
}
