package ballot

import (
	"cmp"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"
)

// A Verification is what VerifyArchive found.
type Verification struct {
	UUID     string // of the election; empty when the setup cannot be read
	Name     string
	Group    string
	Records  int     // files in the archive
	Ballots  int     // ballots in the archive, re-votes included
	Counted  int     // valid ballots after re-votes: what the sums are about
	Slips    int     // rows of ballots that were checked
	Trustees int     // partial decryptions that were checked
	Head     string  // hash of the last event, hexadecimal: it stands for the whole archive
	Result   [][]int // [question][answer]; nil when it could not be confirmed
	Failures []Failure

	At       time.Time  // of every record
	Election *Election  // nil when the setup cannot be read
	Trackers []string   // of the ballots, in their order
	Tally    *Tally     // nil when there is none
	Partials []*Partial // those that hold, in their order
}

// OK reports whether the archive is complete and nothing in it was refused.
func (r *Verification) OK() bool { return len(r.Failures) == 0 }

// A Failure is one record that is refused.
type Failure struct {
	Record int    // its number in the archive, from 1
	Kind   string // "header", "election", "trustees", "credentials", "setup", "ballot", "event", "tally", "partial" or "result"
	Name   string // the record's file name
	Code   Code
	Why    string // one Chinese sentence that names the record
}

// VerifyArchive verifies a whole archive as a stream: names, hashes, chain and order of its records, the trustees'
// proofs, every ballot, the sums, the partial decryptions and the result. It needs nothing but the archive. An archive
// that ends before the result is reported with a failure of kind "result" and code Missing. It goes on after a failure
// as long as there is something to read. The error is r's own; what is wrong with the archive is in Report.Failures.
func VerifyArchive(r io.Reader) (*Verification, error) {
	v := newVerifier()
	err := v.verify(r)
	return v.report, err
}

func newVerifier() *verifier {
	return &verifier{report: new(Verification), last: make(map[string]*Ballot), seen: make(map[string]bool)}
}

func (v *verifier) verify(r io.Reader) error {
	err := v.read(r)
	v.flush()
	if errors.Is(err, BrokenArchive) {
		v.number++
		v.fail(&pending{number: v.number, rec: &tarRecord{}}, "header", BrokenArchive)
		err = nil
	}
	v.conclude()
	v.report.At, v.report.Election, v.report.Tally, v.report.Partials = time.Unix(v.at, 0).UTC(), v.e, v.tally, v.shares
	return err
}

// A verifier is in the middle of an archive.
type verifier struct {
	report *Verification
	at     int64
	number int        // of the record that was read last
	data   []*pending // data records since the last event
	prior  *pending   // the last event
	height int
	kind   string // of the last event in its place
	e      *Election
	queue  []*pending // ballots that wait for being checked together
	last   map[string]*Ballot
	seen   map[string]bool // hashes of ballots
	tally  *Tally
	shares []*Partial
}

// A pending record has been read and not yet been judged.
type pending struct {
	number int
	rec    *tarRecord
	hash   string
}

func (v *verifier) fail(p *pending, kind string, err error) {
	var code Code
	if !errors.As(err, &code) {
		code = Malformed
	}
	part := ""
	if e := (*Error)(nil); errors.As(err, &e) {
		part = e.Part
	}
	v.report.Failures = append(v.report.Failures, Failure{
		Record: p.number, Kind: kind, Name: p.rec.name, Code: code, Why: sentence(p.number, kind, p.rec.name, part, code),
	})
}

func (v *verifier) read(r io.Reader) error {
	for {
		if len(v.report.Failures) >= maxFailures {
			v.fail(&pending{number: v.number, rec: &tarRecord{}}, "header", OutOfRange)
			return nil
		}
		rec, err := readTar(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		v.number++
		v.report.Records++
		p := &pending{v.number, rec, hashHex(rec.body)}
		if v.number == 1 {
			v.header(p)
			continue
		}
		if !rec.exact(v.at) {
			v.fail(p, "header", BrokenArchive)
		}
		v.record(p)
	}
}

func (v *verifier) header(p *pending) {
	var err error
	if v.at, err = parseArchiveHeader(p.rec.body); err != nil || p.rec.name != "BELENIOS" || !p.rec.exact(v.at) {
		v.fail(p, "header", BrokenArchive)
	}
}

func (v *verifier) record(p *pending) {
	hash, isEvent := strings.CutSuffix(p.rec.name, ".event.json")
	kind := "event"
	if !isEvent {
		kind = "data"
		var ok bool
		if hash, ok = strings.CutSuffix(p.rec.name, ".data.json"); !ok {
			v.fail(p, "header", WrongOrder)
		}
	}
	if hash != p.hash {
		v.fail(p, kind, WrongHash)
	}
	if !isEvent {
		if len(v.data) == maxData {
			v.fail(v.data[0], "data", WrongOrder) // belongs to no event
			v.data = slices.Delete(v.data, 0, 1)
		}
		v.data = append(v.data, p)
		return
	}
	v.event(p)
	v.data = nil
}

// dataRecords is the number of data records before each kind of event; the last of them is the event's payload.
var dataRecords = map[string]int{
	eventSetup: 4, eventBallot: 1, eventEndBallots: 0, eventTally: 2, eventPartial: 2, eventResult: 1,
}

// followers lists the events that may come after an event.
var followers = map[string][]string{
	"":              {eventSetup},
	eventSetup:      {eventBallot, eventEndBallots},
	eventBallot:     {eventBallot, eventEndBallots},
	eventEndBallots: {eventTally},
	eventTally:      {eventPartial},
	eventPartial:    {eventPartial, eventResult},
}

func (v *verifier) event(p *pending) {
	ev, err := parseEvent(p.rec.body)
	if err != nil {
		v.fail(p, "event", err)
		return
	}
	parent := ""
	if v.prior != nil {
		parent = v.prior.hash
	}
	if ev.parent != parent || ev.height != v.height {
		v.fail(p, "event", WrongOrder)
	}
	v.prior, v.height = p, v.height+1
	v.report.Head = p.hash
	n, known := dataRecords[ev.kind]
	switch {
	case ev.kind == eventShuffle || ev.kind == eventEndShuffle:
		v.fail(p, "event", Unsupported)
	case !known:
		v.fail(p, "event", Malformed)
	case !slices.Contains(followers[v.kind], ev.kind):
		v.fail(p, "event", WrongOrder)
	case len(v.data) != n:
		v.kind = ev.kind
		v.fail(p, "event", WrongShape)
	default:
		v.kind = ev.kind
		if payload := v.payload(); ev.payload != payload {
			v.fail(p, "event", WrongHash)
		}
		v.judge(ev.kind)
	}
}

func (v *verifier) payload() string {
	if len(v.data) == 0 {
		return ""
	}
	return v.data[len(v.data)-1].hash
}

// judge verifies the data records of an event.
func (v *verifier) judge(kind string) {
	switch kind {
	case eventSetup:
		v.setup(v.data)
	case eventBallot:
		v.report.Ballots++
		v.report.Trackers = append(v.report.Trackers, hashBase64(v.data[0].rec.body))
		v.queue = append(v.queue, v.data[0])
		if len(v.queue) >= 4*runtime.NumCPU() {
			v.flush()
		}
	case eventTally:
		v.sum(v.data[0], v.data[1])
	case eventPartial:
		v.partial(v.data[0], v.data[1])
	case eventResult:
		v.result(v.data[0])
	}
}

func (v *verifier) setup(d []*pending) {
	r := setupRecords{d[0].rec.body, d[1].rec.body, d[2].rec.body}
	if string(d[3].rec.body) != string(r.setupData()) {
		v.fail(d[3], "setup", WrongHash)
	}
	s, _, err := parseElectionRecord(r.election)
	if err != nil {
		v.fail(d[0], "election", err)
		return
	}
	v.report.UUID, v.report.Name, v.report.Group = s.UUID, s.Name, s.Group.Name()
	if v.e, err = parseSetup(r); err == nil {
		return
	}
	at, kind := d[0], "election"
	if e := (*Error)(nil); errors.As(err, &e) {
		if strings.HasPrefix(e.Part, "trustees") {
			at, kind = d[1], "trustees"
		} else if strings.HasPrefix(e.Part, "credentials") {
			at, kind = d[2], "credentials"
		}
	}
	v.fail(at, kind, err)
}

// flush checks the waiting ballots on all processors and then takes them in their order.
func (v *verifier) flush() {
	queue := v.queue
	v.queue = nil
	if v.e == nil {
		return
	}
	ballots, errs := v.e.checkTexts(queue)
	for i, p := range queue {
		switch {
		case v.seen[p.hash]:
			v.fail(p, "ballot", Doubled)
		case errs[i] != nil:
			v.fail(p, "ballot", errs[i])
		default:
			v.report.Slips += len(ballots[i].answers)
			v.last[ballots[i].Credential()] = ballots[i].withoutProofs()
		}
		v.seen[p.hash] = true
	}
	v.report.Counted = len(v.last)
}

// checkTexts parses and checks ballots. It hands out rows, not ballots, so that no processor waits long for another.
func (e *Election) checkTexts(texts []*pending) ([]*Ballot, []error) {
	ballots := make([]*Ballot, len(texts))
	errs := make([]error, len(texts))
	_ = eachOf(len(texts), func(i int) error {
		if ballots[i], errs[i] = e.parseBallot(texts[i].rec.body); errs[i] == nil {
			errs[i] = e.checkFrame(ballots[i])
		}
		return nil
	})
	type place struct{ ballot, row int }
	var rows []place
	for i := range ballots {
		for row := 0; errs[i] == nil && row < len(ballots[i].answers); row++ {
			rows = append(rows, place{i, row})
		}
	}
	faults := make([]error, len(rows))
	_ = eachOf(len(rows), func(i int) error {
		b := ballots[rows[i].ballot]
		faults[i] = e.checkRow(b, e.signedPrefix(b.credential), rows[i].row)
		return nil
	})
	for i, at := range rows {
		if errs[at.ballot] == nil {
			errs[at.ballot] = faults[i]
		}
	}
	return ballots, errs
}

// withoutProofs is the ballot without its proofs: all that a sum needs.
func (b *Ballot) withoutProofs() *Ballot {
	slim := &Ballot{e: b.e, credential: b.credential}
	for _, a := range b.answers {
		slim.answers = append(slim.answers, &answer{choices: a.choices})
	}
	return slim
}

// sum compares the recorded tally with the sum of the valid ballots.
func (v *verifier) sum(sums, sized *pending) {
	v.flush()
	if v.e == nil {
		return
	}
	counted := make([]*Ballot, 0, len(v.last))
	for _, b := range v.last {
		counted = append(counted, b)
	}
	right, err := v.e.sum(counted)
	if err != nil {
		v.fail(sums, "tally", err)
		return
	}
	v.tally = right
	rightSums, rightSized := right.records()
	if string(rightSums) == string(sums.rec.body) {
		if string(rightSized) != string(sized.rec.body) {
			v.fail(sized, "tally", WrongSum)
		}
		return
	}
	recorded, err := v.e.parseTally(sums.rec.body, sized.rec.body)
	if err == nil && recorded.counted > v.report.Ballots {
		err = OutOfRange
	}
	if err != nil {
		v.fail(sums, "tally", err)
		return
	}
	// What follows was made for the recorded tally: judge it by that, so that each record is blamed for its own faults.
	v.tally = recorded
	v.fail(sums, "tally", WrongSum)
}

func (v *verifier) partial(factors, owned *pending) {
	owner, hash, err := parseOwned(owned.rec.body)
	if err == nil && hash != factors.hash {
		err = WrongHash
	}
	if err != nil {
		v.fail(owned, "partial", err)
		return
	}
	if v.e == nil {
		return
	}
	p, err := v.e.parsePartial(factors.rec.body, owner)
	if err == nil && slices.ContainsFunc(v.shares, func(s *Partial) bool { return s.owner == owner }) {
		err = Doubled
	}
	if err == nil && v.tally != nil {
		err = v.e.CheckPartial(v.tally, p)
	}
	if err != nil {
		v.fail(factors, "partial", err)
		return
	}
	v.report.Trustees++
	v.shares = append(v.shares, p)
}

func (v *verifier) result(p *pending) {
	recorded, err := parseResult(p.rec.body)
	if err != nil {
		v.fail(p, "result", err)
		return
	}
	if v.e == nil || v.tally == nil {
		return
	}
	counts, err := v.e.combine(v.tally, v.shares)
	if err == nil && !sameCounts(counts, recorded) {
		err = WrongResult
	}
	if err != nil {
		v.fail(p, "result", err)
		return
	}
	v.report.Result = counts
}

// conclude reports what is missing at the end, and orders the failures by record.
func (v *verifier) conclude() {
	end := &pending{number: v.number, rec: &tarRecord{}}
	for _, p := range v.data {
		v.fail(p, "data", WrongOrder) // belongs to no event
	}
	if v.kind != eventResult {
		v.fail(end, "result", Missing)
	}
	if !v.report.OK() {
		v.report.Result = nil
	}
	slices.SortStableFunc(v.report.Failures, func(a, b Failure) int { return cmp.Compare(a.Record, b.Record) })
}
