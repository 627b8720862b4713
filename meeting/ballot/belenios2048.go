package ballot

import (
	"math/big"
	"sync"
)

// Belenios2048 is a subgroup of 256-bit order of the integers modulo a 2048-bit prime (spec §5.1): what Debian 12's
// belenios-tool knows. A point is written in base 10. Its arithmetic is not constant-time: good for verifying others'
// elections and for tests, not for secret ballots.
const Belenios2048 ffGroup = "BELENIOS-2048"

type ffGroup string

// ffPoint is an integer from 1 to p-1.
type ffPoint struct{ n *big.Int }

var (
	ffP = decimal("20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684338129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049081167099310535867780980030790491654063777173764198678527273474476341835600035698305193144284561701911000786737307333564123971732897913240474578834468260652327974647951137672658693582180046317922073668860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201320481118852408731077014151666200162313177169372189248078507711827842317498073276598828825169183103125680162072880719")
	ffG = decimal("2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678799694668298749389095083896573425601900601068477164491735474137283104610458681314511781646755400527402889846139864532661215055797097162016168270312886432456663834863635782106154918419982534315189740658186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982665103606822406635076697764025346253773085133173495194248967754052573659049492477631475991575198775177711481490920456600205478127054728238140972518639858334115700568353695553423781475582491896050296680037745308460627")
	ffQ = decimal("78571733251071885079927659812671450121821421258408794611510081919805623223441")
)

func decimal(digits string) *big.Int {
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		panic("ballot: bad constant")
	}
	return n
}

func (g ffGroup) Name() string  { return string(g) }
func (ffGroup) order() *big.Int { return ffQ }
func (ffGroup) pointSize() int  { return 256 }

func (s scalar) big() *big.Int { return new(big.Int).SetBytes(s[:]) }

func (ffGroup) scalar(n *big.Int) (s scalar) {
	n.Mod(n, ffQ).FillBytes(s[:])
	return s
}

func (g ffGroup) add(a, b scalar) scalar      { return g.scalar(a.big().Add(a.big(), b.big())) }
func (g ffGroup) sub(a, b scalar) scalar      { return g.scalar(a.big().Sub(a.big(), b.big())) }
func (g ffGroup) mul(a, b scalar) scalar      { return g.scalar(a.big().Mul(a.big(), b.big())) }
func (g ffGroup) invert(a scalar) scalar      { return g.scalar(new(big.Int).ModInverse(a.big(), ffQ)) }
func (g ffGroup) reduce(number []byte) scalar { return g.scalar(new(big.Int).SetBytes(number)) }

func (ffGroup) identity() point { return &ffPoint{big.NewInt(1)} }

func (ffGroup) product(a, b point) point {
	n := new(big.Int).Mul(a.(*ffPoint).n, b.(*ffPoint).n)
	return &ffPoint{n.Mod(n, ffP)}
}

func (ffGroup) inverse(a point) point {
	return &ffPoint{new(big.Int).ModInverse(a.(*ffPoint).n, ffP)}
}

func (ffGroup) equal(a, b point) bool { return a.(*ffPoint).n.Cmp(b.(*ffPoint).n) == 0 }

func (ffGroup) basePower(k scalar) point { return ffBaseTable().power(k) }

func (ffGroup) power(p point, k scalar) point {
	return &ffPoint{new(big.Int).Exp(p.(*ffPoint).n, k.big(), ffP)}
}

// ffTable[i][j] is p^((j+1)·256^i).
type ffTable struct {
	rows func() *[32][255]ffNumber
}

func newFFTable(p point) *ffTable {
	return &ffTable{sync.OnceValue(func() *[32][255]ffNumber {
		rows := new([32][255]ffNumber)
		rows[0][0].set(p)
		for i := range rows {
			if i > 0 {
				rows[i][0].multiply(&rows[i-1][254], &rows[i-1][0])
			}
			for j := 1; j < 255; j++ {
				rows[i][j].multiply(&rows[i][j-1], &rows[i][0])
			}
		}
		return rows
	})}
}

var ffBaseTable = sync.OnceValue(func() *ffTable { return newFFTable(&ffPoint{ffG}) })

func (t *ffTable) multiply(z *ffNumber, k scalar) {
	rows := t.rows()
	for i := range rows {
		if d := k[31-i]; d != 0 {
			z.multiply(z, &rows[i][d-1])
		}
	}
}

func (t *ffTable) power(k scalar) point {
	z := ffOne
	t.multiply(&z, k)
	return z.point()
}

func (ffGroup) table(p point) table { return newFFTable(p) }
func (ffGroup) base() table         { return ffBaseTable() }

func (ffGroup) powersVarTime(ps []point, ks ...scalar) [][]point {
	var (
		ladder ffLadder
		z      ffNumber
	)
	powers := make([][]point, len(ps))
	for i, p := range ps {
		z.set(p)
		ladder.set(&z)
		for _, k := range ks {
			ladder.power(&z, k)
			powers[i] = append(powers[i], z.point())
		}
	}
	return powers
}

func (ffGroup) commitVarTime(p point, terms ...term) point {
	var z ffNumber
	z.set(p)
	for _, t := range terms {
		t.table.(*ffTable).multiply(&z, t.k)
	}
	return z.point()
}

func (ffGroup) settle([]point) {}

func (ffGroup) decode(b []byte) (point, error) {
	if len(b) != 256 {
		return nil, refuse(Malformed, "")
	}
	return ffInteger(new(big.Int).SetBytes(b))
}

func (ffGroup) parsePoint(text []byte) (point, error) {
	n, err := parseDecimal(text, ffP)
	if err != nil {
		return nil, err
	}
	return ffInteger(n)
}

func ffInteger(n *big.Int) (point, error) {
	if n.Sign() <= 0 || n.Cmp(ffP) >= 0 {
		return nil, refuse(NotInGroup, "")
	}
	return &ffPoint{n}, nil
}

func (ffGroup) compareText(a, b point) int { return a.(*ffPoint).n.Cmp(b.(*ffPoint).n) }

func (p *ffPoint) appendText(dst []byte) []byte { return p.n.Append(dst, 10) }

func (p *ffPoint) appendBytes(dst []byte) []byte {
	return append(dst, p.n.FillBytes(make([]byte, 256))...)
}

func (p *ffPoint) isIdentity() bool { return p.n.Cmp(big.NewInt(1)) == 0 }
