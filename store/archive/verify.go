package archive

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/store"
)

// Findings is what a verification checked and what it found wrong.
type Findings struct {
	OK       bool
	Checked  Checked
	Head     string  // of the log, hexadecimal; "" for a single vote
	Notes    []error // what could not be checked, and why that is in order
	Failures []error
}

// Checked counts what was looked at.
type Checked struct {
	Ballots  int `json:"ballots"`
	Slips    int `json:"slips"`
	Trustees int `json:"trustees"`
	Records  int `json:"records"`
	Pruned   int `json:"pruned"` // counted ballots whose ciphertexts were removed on a decision
}

func (r *Findings) fail(err error) { r.Failures = append(r.Failures, err) }

func (r *Findings) done() *Findings {
	r.OK = len(r.Failures) == 0
	return r
}

// Verify checks a .bel archive or an exported folder. The error is about the
// path itself; everything that is wrong with the contents is in the findings.
func Verify(path string) (*Findings, error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, noPath.Of(path)
	} else if err != nil {
		return nil, err
	}
	var r Findings
	if !info.IsDir() {
		_, err := r.voteFile(path)
		r.alone(filepath.Base(path))
		return r.done(), err
	}
	text, err := os.ReadFile(filepath.Join(path, LogName))
	if errors.Is(err, os.ErrNotExist) {
		return nil, ErrNothing
	} else if err != nil {
		return nil, err
	}
	state, chain, err := readLines(text)
	r.log(chain)
	if err != nil {
		r.fail(chainBroken.By(err))
		return r.done(), nil
	}
	err = r.boxes(state, func(b box) (*ballot.Verification, error) { return r.voteFile(filepath.Join(path, b.name())) })
	r.minutes(path)
	return r.done(), err
}

// VerifyLog checks a live log: the chain, and every counted vote as it would be
// exported.
func VerifyLog(ctx context.Context, log store.Log) (*Findings, error) {
	var r Findings
	state, chain, _, err := read(ctx, log)
	r.log(chain)
	var broken *store.ChainError
	if errors.As(err, &broken) {
		r.fail(err)
		return r.done(), nil
	} else if err != nil {
		return nil, err
	}
	err = r.boxes(state, func(b box) (*ballot.Verification, error) {
		if len(b.Ballots()) < len(b.Returned) {
			return nil, os.ErrNotExist
		}
		var data bytes.Buffer
		if err := b.Archive(&data, b.at); err != nil {
			return nil, err
		}
		return r.vote(b.title, &data)
	})
	return r.done(), err
}

func (r *Findings) log(chain store.Chain) {
	seq, hash := chain.Head()
	r.Checked.Records, r.Head = int(seq), hex.EncodeToString(hash[:])
}

// boxes checks every counted box of a log against its archive.
func (r *Findings) boxes(s *meeting.State, check func(box) (*ballot.Verification, error)) error {
	for _, b := range counted(s) {
		r.decryption(b)
		got, err := check(b)
		decision := s.Pruned[meeting.BallotBlob]
		if missing := errors.Is(err, os.ErrNotExist); missing && decision != "" {
			r.pruned(b, decision)
			continue
		} else if missing {
			r.fail(boxMissing.Of(b.title, b.name()))
			continue
		} else if err != nil {
			return err
		}
		if got.UUID != b.Election.UUID() || got.Counted != len(b.Returned) {
			r.fail(ballotsDiffer.Of(b.title, got.Counted, len(b.Returned)))
		}
		if !slices.EqualFunc(got.Result, b.Sums, slices.Equal[[]int]) {
			r.fail(sumsDiffer.Of(b.title))
		}
	}
	return nil
}

func (r *Findings) voteFile(name string) (*ballot.Verification, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return r.vote(filepath.Base(name), f)
}

func (r *Findings) vote(name string, in io.Reader) (*ballot.Verification, error) {
	got, err := ballot.VerifyArchive(in)
	if err != nil {
		return nil, boxUnreadable.Of(name).By(err)
	}
	r.Checked.Ballots += got.Ballots
	r.Checked.Slips += got.Slips
	r.Checked.Trustees += got.Trustees
	for _, f := range got.Failures {
		r.fail(ballotRefused.Of(name, f.Why))
	}
	return got, nil
}

// minutes checks that the minutes were printed from this log: they name its
// head. A folder without minutes is a folder of the log alone.
func (r *Findings) minutes(dir string) {
	text, err := os.ReadFile(filepath.Join(dir, "minutes.md"))
	if err == nil && !bytes.Contains(text, []byte(r.Head)) {
		r.fail(minutesDiffer.Of(LogName))
	}
}
