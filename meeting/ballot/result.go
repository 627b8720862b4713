package ballot

import (
	"slices"
	"strconv"
)

// Result combines the partial decryptions of enough trustees into the counts, [question][answer]. It checks each of
// them first. One that is wrong, doubled or missing is refused; of a set of k of n, more than k may be given.
func (e *Election) Result(t *Tally, partials []*Partial) ([][]int, error) {
	for i, p := range partials {
		if err := e.CheckPartial(t, p); err != nil {
			return nil, within(err, "partials[%d]", i)
		}
	}
	return e.combine(t, partials)
}

// combine is Result for partial decryptions that were checked.
func (e *Election) combine(t *Tally, partials []*Partial) ([][]int, error) {
	owners := make([]int, len(partials))
	for i, p := range partials {
		owners[i] = p.owner
	}
	weights, err := e.weights(owners)
	if err != nil {
		return nil, err
	}
	logs := e.logarithms(t.counted)
	counts := make([][]int, len(t.sums))
	err = eachOf(len(t.sums), func(i int) error {
		counts[i] = make([]int, len(t.sums[i]))
		for j, c := range t.sums[i] {
			shared := e.joint(weights, func(k int) point { return partials[k].factors[i][j] })
			n, ok := logs[string(e.group.product(c.beta, e.group.inverse(shared)).appendBytes(nil))]
			if !ok {
				return refuse(WrongResult, "result[%d][%d]", i, j)
			}
			counts[i][j] = n
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return counts, nil
}

// joint is the product of the partial decryptions to their weights: what all trustees together would have computed.
func (e *Election) joint(weights []*scalar, factor func(k int) point) point {
	joint := e.group.identity()
	for k, w := range weights {
		switch {
		case w == nil:
		case *w == smallScalar(1):
			joint = e.group.product(joint, factor(k))
		default:
			joint = e.group.product(joint, powerVarTime(e.group, factor(k), *w))
		}
	}
	return joint
}

// weights gives each partial decryption its exponent (spec §4.19): 1 for a single trustee, Lagrange's coefficient for
// the first k of a set, nil for those that are not needed.
func (e *Election) weights(owners []int) ([]*scalar, error) {
	byOwner := make(map[int]int, len(owners))
	for i, o := range owners {
		if _, doubled := byOwner[o]; doubled {
			return nil, refuse(Doubled, "partials[%d]", i)
		}
		byOwner[o] = i
	}
	weights := make([]*scalar, len(owners))
	first := 1
	for i, t := range e.setup.Trustees {
		n := len(t.publicKeys())
		var present []int
		for o := first; o < first+n && len(present) < t.Needed(); o++ {
			if _, ok := byOwner[o]; ok {
				present = append(present, o-first+1)
			}
		}
		if len(present) < t.Needed() {
			return nil, refuse(Missing, "trustees[%d]", i)
		}
		for _, o := range present {
			w := smallScalar(1)
			if t.set != nil {
				w = lagrange(e.group, present, o)
			}
			weights[byOwner[first+o-1]] = &w
		}
		first += n
	}
	return weights, nil
}

// lagrange is the coefficient of j for interpolating at 0 from the indexes.
func lagrange(g Group, indexes []int, j int) scalar {
	w := smallScalar(1)
	for _, k := range indexes {
		if k != j {
			w = g.mul(w, g.mul(smallScalar(k), g.invert(signedScalar(g, k-j))))
		}
	}
	return w
}

// logarithms maps g^n to n for every count that is possible.
func (e *Election) logarithms(limit int) map[string]int {
	g := e.group
	points := make([]point, limit+1)
	points[0] = g.identity()
	for i := 1; i <= limit; i++ {
		points[i] = g.product(points[i-1], g.basePower(smallScalar(1)))
	}
	g.settle(points)
	logs := make(map[string]int, len(points))
	for i, p := range points {
		logs[string(p.appendBytes(nil))] = i
	}
	return logs
}

// resultRecord is the record of the Result event.
func resultRecord(counts [][]int) []byte {
	dst := appendList([]byte(`{"result":`), counts, func(dst []byte, row []int) []byte {
		return appendList(dst, row, func(dst []byte, n int) []byte { return strconv.AppendInt(dst, int64(n), 10) })
	})
	return append(dst, '}')
}

func parseResult(record []byte) (counts [][]int, err error) {
	s := scanner{data: record}
	s.expect(`{"result":`)
	s.list(maxQuestions, func() {
		var row []int
		s.list(maxChoices, func() { row = append(row, s.integer()) })
		counts = append(counts, row)
	})
	s.expect(`}`)
	return counts, s.end()
}

func sameCounts(a, b [][]int) bool {
	return slices.EqualFunc(a, b, func(x, y []int) bool { return slices.Equal(x, y) })
}
