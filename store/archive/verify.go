package archive

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
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
	OK       bool     `json:"ok"`
	Checked  Checked  `json:"checked"`
	Head     string   `json:"head"`            // of the log, hexadecimal; "" for a single vote
	Notes    []string `json:"notes,omitempty"` // what could not be looked at, and why that is right
	Failures []string `json:"failures"`
}

// Checked counts what was looked at.
type Checked struct {
	Ballots  int `json:"ballots"`
	Slips    int `json:"slips"`
	Trustees int `json:"trustees"`
	Records  int `json:"records"`
	Pruned   int `json:"pruned"` // counted ballots whose ciphertexts were removed on a decision
}

func (r *Findings) fail(format string, args ...any) {
	r.Failures = append(r.Failures, fmt.Sprintf(format, args...))
}

func (r *Findings) done() *Findings {
	if r.Failures == nil {
		r.Failures = []string{}
	}
	r.OK = len(r.Failures) == 0
	return r
}

// ErrNothing says that a path is neither a .bel archive nor an exported folder.
var ErrNothing = errors.New("这里既没有 .bel 档案，也没有导出的材料（log.jsonl）")

// Verify checks a .bel archive or an exported folder. The error is for the path
// itself; what is wrong with its content is in the report, all of it.
func Verify(path string) (*Findings, error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("没有这个文件或文件夹：%s", path)
	} else if err != nil {
		return nil, err
	}
	var r Findings
	if !info.IsDir() {
		_, err := r.voteFile(path)
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
		r.fail("记录链：%v", err)
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
		r.fail("%v", err)
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
		got, err := check(b)
		decision := s.Pruned[meeting.BallotBlob]
		if missing := errors.Is(err, os.ErrNotExist); missing && decision != "" {
			r.pruned(b, decision)
			continue
		} else if missing {
			r.fail("%s的票箱档案 %s 缺失", b.title, b.name())
			continue
		} else if err != nil {
			return err
		}
		if got.UUID != b.Election.UUID() || got.Counted != len(b.Returned) {
			r.fail("%s：档案里有 %d 张有效票，记录里有 %d 张", b.title, got.Counted, len(b.Returned))
		}
		if !slices.EqualFunc(got.Result, b.Sums, slices.Equal[[]int]) {
			r.fail("%s：密文之和与记录的计票结果不一致", b.title)
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
		return nil, fmt.Errorf("%s 读不出：%w", name, err)
	}
	r.Checked.Ballots += got.Ballots
	r.Checked.Slips += got.Slips
	r.Checked.Trustees += got.Trustees
	for _, f := range got.Failures {
		r.fail("%s:%s", name, f.Why)
	}
	return got, nil
}

// minutes checks that the minutes were printed from this log: they name its
// head. A folder without minutes is a folder of the log alone.
func (r *Findings) minutes(dir string) {
	text, err := os.ReadFile(filepath.Join(dir, "minutes.md"))
	if err == nil && !bytes.Contains(text, []byte(r.Head)) {
		r.fail("会议记录 minutes.md 里的记录链校验值与 %s 不符：不是同一次导出", LogName)
	}
}
