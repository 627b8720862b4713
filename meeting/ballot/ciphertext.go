package ballot

// A ciphertext is an exponential ElGamal encryption of a small number m: (g^r, y^r·g^m) (spec §4.11.1).
type ciphertext struct{ alpha, beta point }

func appendCiphertext(dst []byte, c ciphertext) []byte {
	dst = append(dst, `{"alpha":`...)
	dst = appendPoint(dst, c.alpha)
	dst = append(dst, `,"beta":`...)
	dst = appendPoint(dst, c.beta)
	return append(dst, '}')
}

func appendCiphertexts(dst []byte, cs []ciphertext) []byte {
	return appendList(dst, cs, appendCiphertext)
}

func (s *scanner) ciphertext() (c ciphertext) {
	s.expect(`{"alpha":`)
	c.alpha = s.point()
	s.expect(`,"beta":`)
	c.beta = s.point()
	s.expect(`}`)
	return c
}

func (s *scanner) ciphertexts() (cs []ciphertext) {
	s.list(maxChoices, func() { cs = append(cs, s.ciphertext()) })
	return cs
}

// sumCiphertexts adds the plaintexts by multiplying the ciphertexts.
func sumCiphertexts(g Group, cs []ciphertext) ciphertext {
	sum := ciphertext{g.identity(), g.identity()}
	for _, c := range cs {
		sum = ciphertext{g.product(sum.alpha, c.alpha), g.product(sum.beta, c.beta)}
	}
	return sum
}

func settleCiphertexts(g Group, cs []ciphertext) {
	points := make([]point, 0, 2*len(cs))
	for _, c := range cs {
		points = append(points, c.alpha, c.beta)
	}
	g.settle(points)
}
