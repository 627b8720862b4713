package ballot

import "io"

// ReadClosed verifies the archive of a closed vote whose result is not known yet, everything that is in it, and
// returns what a trustee needs to decrypt the sums on their own machine. Since the sums are those of the ballots,
// nothing else can be handed in for decryption. The report has what was wrong; it is OK where only the result is
// missing.
func ReadClosed(r io.Reader) (*Election, *Tally, *Verification, error) {
	v := newVerifier()
	if err := v.verify(r); err != nil {
		return nil, nil, nil, err
	}
	kept := v.report.Failures[:0]
	for _, f := range v.report.Failures {
		if f.Kind != "result" || f.Code != Missing {
			kept = append(kept, f)
		}
	}
	v.report.Failures = kept
	if v.tally == nil && v.report.OK() {
		return nil, nil, nil, refuse(Missing, "encrypted_tally")
	}
	return v.e, v.tally, v.report, nil
}
