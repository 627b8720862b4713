package ballot

import (
	"bytes"
	"io"
	"iter"
	"time"
)

// A voter who makes the ballot on their own machine needs the setup of the open vote. What is here gives it to them
// as Belenios' tools have it, and reads it.

// JSON returns the election record as it is in the archive. Its hash is Fingerprint.
func (e *Election) JSON() []byte { return bytes.Clone(e.records.election) }

// WriteSetup writes an archive that ends after the setup: what belenios-tool election generate-ballot reads.
func (e *Election) WriteSetup(w io.Writer, at time.Time) error {
	var none iter.Seq[*Ballot] = func(func(*Ballot) bool) {}
	return e.WriteArchive(w, at, none, nil, nil)
}

// ReadSetup reads what WriteSetup wrote and verifies it: the form of the archive, and the trustees' proofs for their
// parts of the election's key.
func ReadSetup(r io.Reader) (*Election, error) {
	v := newVerifier()
	if err := v.verify(r); err != nil {
		return nil, err
	}
	for _, f := range v.report.Failures {
		if f.Kind != "result" || f.Code != Missing {
			return nil, refuse(f.Code, "%s", f.Kind)
		}
	}
	if v.e == nil {
		return nil, refuse(Missing, "setup")
	}
	return v.e, nil
}
