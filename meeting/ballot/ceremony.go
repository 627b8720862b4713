package ballot

// Whoever collects the records of a k-of-n set (see ThresholdKey) checks each as it comes, so that a bad one is refused
// to who gave it and does not spoil the set in the end.

// CheckCertificate verifies the record of step 1 for a place in the set.
func CheckCertificate(g Group, p Position, record []byte) error {
	s := scanner{g: g, data: record}
	signed := s.signed()
	if err := s.end(); err != nil {
		return within(err, "cert")
	}
	c, err := parseCertificate(g, signed.message)
	switch {
	case err != nil:
		return within(err, "cert")
	case !signed.check(g, c.verification):
		return refuse(BadSignature, "cert")
	case c.place == nil || *c.place != p:
		return refuse(WrongOrder, "cert")
	}
	return nil
}

// CheckPolynomial verifies the record of step 2 of the member at a place, counted from 1. Whether what it encrypts to the
// others is right only they can tell, in step 3.
func CheckPolynomial(g Group, certificates [][]byte, place int, record []byte) error {
	m, err := parseMembers(g, certificates)
	if err != nil {
		return err
	}
	if place < 1 || place > len(m.keys) {
		return refuse(OutOfRange, "place")
	}
	_, _, err = m.polynomial(place-1, record)
	return within(err, "polynomial")
}

// CheckShare verifies the record of step 3 of the member at a place: that the key in it follows from the polynomials.
func CheckShare(g Group, certificates, polynomials [][]byte, place int, record []byte) error {
	m, err := parseMembers(g, certificates)
	if err != nil {
		return err
	}
	_, commitments, err := m.polynomials(polynomials)
	if err != nil {
		return err
	}
	if place < 1 || place > len(m.keys) {
		return refuse(OutOfRange, "place")
	}
	_, key, err := parseShare(g, record)
	if err == nil {
		err = key.check(g)
	}
	if err != nil {
		return within(err, "share")
	}
	sums := make([]point, m.place.Threshold)
	for _, points := range commitments {
		addPoints(g, sums, points)
	}
	if !g.equal(key.key, evaluate(g, sums, place)) {
		return refuse(WrongKey, "share")
	}
	return nil
}
