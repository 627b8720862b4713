package ballot

import (
	"bytes"
	"strconv"
)

// A Tally is the encrypted sum of the counted ballots (spec §4.16): for every question and choice one ciphertext.
type Tally struct {
	e       *Election
	counted int
	sums    [][]ciphertext
}

// Counted is the number of ballots in the sum.
func (t *Tally) Counted() int { return t.counted }

// Sum adds ballots, given in the order cast; of several with one credential the last counts (spec §4.15). They must have
// passed Check; that their sum is in the group is checked again.
func (e *Election) Sum(ballots []*Ballot) (*Tally, error) {
	for _, b := range ballots {
		if b.e.fingerprint != e.fingerprint {
			return nil, refuse(WrongElection, "")
		}
	}
	return e.sum(lastOf(ballots))
}

// lastOf keeps the last ballot of each credential.
func lastOf(ballots []*Ballot) []*Ballot {
	last := make(map[string]int, len(ballots))
	for i, b := range ballots {
		last[b.Credential()] = i
	}
	var kept []*Ballot
	for i, b := range ballots {
		if last[b.Credential()] == i {
			kept = append(kept, b)
		}
	}
	return kept
}

func (e *Election) sum(counted []*Ballot) (*Tally, error) {
	t := &Tally{e: e, counted: len(counted), sums: make([][]ciphertext, len(e.setup.Questions))}
	err := eachOf(len(t.sums), func(i int) error {
		q := &e.setup.Questions[i]
		t.sums[i] = make([]ciphertext, q.choices())
		for j := range t.sums[i] {
			column := make([]ciphertext, len(counted))
			for k, b := range counted {
				column[k] = b.answers[i].choices[j]
			}
			t.sums[i][j] = sumCiphertexts(e.group, column)
			if !member(e.group, t.sums[i][j].alpha) || !member(e.group, t.sums[i][j].beta) {
				return refuse(NotInGroup, "encrypted_tally[%d][%d]", i, j)
			}
		}
		settleCiphertexts(e.group, t.sums[i])
		return nil
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// Marshal returns the canonical records (encrypted_tally, sized_encrypted_tally), a line each, as belenios-tool
// election compute-encrypted-tally prints them.
func (t *Tally) Marshal() []byte {
	sums, sized := t.records()
	return append(append(append(sums, '\n'), sized...), '\n')
}

func (t *Tally) records() (sums, sized []byte) {
	sums = appendList(nil, t.sums, appendCiphertexts)
	return sums, sizedRecord(t.counted, hashHex(sums))
}

// sizedRecord is the payload of the EncryptedTally event; every weight is one.
func sizedRecord(counted int, hash string) []byte {
	dst := strconv.AppendInt([]byte(`{"num_tallied":`), int64(counted), 10)
	dst = append(dst, `,"total_weight":`...)
	dst = strconv.AppendInt(dst, int64(counted), 10)
	dst = append(dst, `,"encrypted_tally":`...)
	dst = appendString(dst, hash)
	return append(dst, '}')
}

// ParseTally reads what Marshal wrote. That it is the sum of the ballots only Sum can tell.
func (e *Election) ParseTally(records []byte) (*Tally, error) {
	lines := bytes.SplitN(records, []byte("\n"), 3)
	if len(lines) != 3 || len(lines[2]) != 0 {
		return nil, refuse(Malformed, "tally")
	}
	t, err := e.parseTally(lines[0], lines[1])
	if err != nil {
		return nil, within(err, "tally")
	}
	return t, nil
}

func (e *Election) parseTally(sums, sized []byte) (*Tally, error) {
	counted, hash, err := parseSized(sized)
	if err != nil {
		return nil, err
	}
	if hash != hashHex(sums) {
		return nil, refuse(WrongHash, "encrypted_tally")
	}
	if counted > len(e.setup.Credentials) {
		return nil, refuse(OutOfRange, "num_tallied")
	}
	t := &Tally{e: e, counted: counted}
	s := scanner{g: e.group, data: sums}
	s.list(len(e.setup.Questions), func() { t.sums = append(t.sums, s.ciphertexts()) })
	if err := s.end(); err != nil {
		return nil, err
	}
	if len(t.sums) != len(e.setup.Questions) {
		return nil, refuse(WrongShape, "encrypted_tally")
	}
	err = eachOf(len(t.sums), func(i int) error {
		if len(t.sums[i]) != e.setup.Questions[i].choices() {
			return refuse(WrongShape, "encrypted_tally[%d]", i)
		}
		for j, c := range t.sums[i] {
			if !member(e.group, c.alpha) || !member(e.group, c.beta) {
				return refuse(NotInGroup, "encrypted_tally[%d][%d]", i, j)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

func parseSized(record []byte) (counted int, hash string, err error) {
	s := scanner{data: record}
	s.expect(`{"num_tallied":`)
	counted = s.integer()
	s.expect(`,"total_weight":`)
	weight := s.integer()
	s.expect(`,"encrypted_tally":`)
	hash = string(s.plain())
	s.expect(`}`)
	if err := s.end(); err != nil {
		return 0, "", err
	}
	if weight != counted {
		return 0, "", refuse(Unsupported, "total_weight")
	}
	return counted, hash, nil
}
