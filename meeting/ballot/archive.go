package ballot

import (
	"io"
	"iter"
	"time"
)

// WriteArchive streams the whole vote as Belenios' UUID.bel, which belenios-tool election verify and VerifyArchive
// accept (spec §4.4). The ballots come in the order cast, re-votes included. Without a tally the archive ends after the
// ballots, without partial decryptions after the tally, and otherwise with the result, for which they must suffice.
func (e *Election) WriteArchive(w io.Writer, at time.Time, ballots iter.Seq[*Ballot], t *Tally, partials []*Partial) error {
	a := archiveWriter{tar: tarWriter{w, at.Unix()}}
	a.record("BELENIOS", archiveHeader(at.Unix()))
	r := &e.records
	a.event(eventSetup, r.election, r.trustees, r.credentials, r.setupData())
	for b := range ballots {
		if b.e.fingerprint != e.fingerprint {
			return refuse(WrongElection, "ballot")
		}
		if a.event(eventBallot, b.JSON()); a.err != nil {
			return a.err
		}
	}
	if t == nil {
		return a.err
	}
	a.event(eventEndBallots)
	sums, sized := t.records()
	a.event(eventTally, sums, sized)
	if len(partials) == 0 {
		return a.err
	}
	result, err := e.Result(t, partials)
	if err != nil {
		return err
	}
	for _, p := range partials {
		factors, owned := p.records()
		a.event(eventPartial, factors, owned)
	}
	a.event(eventResult, resultRecord(result))
	return a.err
}

// An archiveWriter chains events. After the first error it writes nothing more.
type archiveWriter struct {
	tar    tarWriter
	height int
	parent string
	err    error
}

func (a *archiveWriter) record(name string, body []byte) {
	if a.err == nil {
		a.err = a.tar.write(name, body)
	}
}

// event writes data records and then the event whose payload is the last of them.
func (a *archiveWriter) event(kind string, data ...[]byte) {
	ev := event{parent: a.parent, height: a.height, kind: kind}
	for _, body := range data {
		ev.payload = hashHex(body)
		a.record(ev.payload+".data.json", body)
	}
	body := appendEvent(nil, ev)
	a.parent = hashHex(body)
	a.height++
	a.record(a.parent+".event.json", body)
}
