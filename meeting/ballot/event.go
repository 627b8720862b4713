package ballot

import "strconv"

// An event is a link of the archive's hash chain (spec §4.4).
type event struct {
	parent  string // hash of the event before; empty in the first
	height  int
	kind    string
	payload string // hash of a data record; may be empty
}

// The kinds of events.
const (
	eventSetup      = "Setup"
	eventBallot     = "Ballot"
	eventEndBallots = "EndBallots"
	eventTally      = "EncryptedTally"
	eventShuffle    = "Shuffle"
	eventEndShuffle = "EndShuffles"
	eventPartial    = "PartialDecryption"
	eventResult     = "Result"
)

func appendEvent(dst []byte, e event) []byte {
	dst = append(dst, '{')
	if e.parent != "" {
		dst = append(dst, `"parent":`...)
		dst = appendString(dst, e.parent)
		dst = append(dst, ',')
	}
	dst = append(dst, `"height":`...)
	dst = strconv.AppendInt(dst, int64(e.height), 10)
	dst = append(dst, `,"type":`...)
	dst = appendString(dst, e.kind)
	if e.payload != "" {
		dst = append(dst, `,"payload":`...)
		dst = appendString(dst, e.payload)
	}
	return append(dst, '}')
}

func parseEvent(record []byte) (e event, err error) {
	s := scanner{data: record}
	s.expect("{")
	if s.accept(`"parent":`) {
		e.parent = string(s.plain())
		s.expect(",")
	}
	s.expect(`"height":`)
	e.height = s.integer()
	s.expect(`,"type":`)
	e.kind = string(s.plain())
	if s.accept(`,"payload":`) {
		e.payload = string(s.plain())
	}
	s.expect("}")
	return e, s.end()
}

// setupData is the payload of the Setup event: the hashes of the three records (spec §4.10).
func (r *setupRecords) setupData() []byte {
	dst := appendString([]byte(`{"election":`), hashHex(r.election))
	dst = appendString(append(dst, `,"trustees":`...), hashHex(r.trustees))
	dst = appendString(append(dst, `,"credentials":`...), hashHex(r.credentials))
	return append(dst, '}')
}

// archiveHeader is the first record, BELENIOS.
func archiveHeader(at int64) []byte {
	return append(strconv.AppendQuote([]byte(`{"version":1,"timestamp":`), strconv.FormatInt(at, 10)), '}')
}

// parseArchiveHeader returns the archive's time in Unix seconds. The tool writes it as a string and reads numbers too.
func parseArchiveHeader(record []byte) (at int64, err error) {
	s := scanner{data: record}
	s.expect(`{"version":1,"timestamp":`)
	quoted := s.accept(`"`)
	digits := s.pos
	for s.pos < len(record) && record[s.pos] >= '0' && record[s.pos] <= '9' {
		s.pos++
	}
	at, err = strconv.ParseInt(string(record[digits:s.pos]), 10, 64)
	if err != nil || at < 0 || at >= 1<<33 || record[digits] == '0' && s.pos > digits+1 {
		s.fail(Malformed)
	}
	if quoted {
		s.expect(`"`)
	}
	s.expect("}")
	return at, s.end()
}
