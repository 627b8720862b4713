package archive

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/store"
)

// Findings is what a verification checked and what it found wrong. Name,
// fingerprint, head and numbers are for a person to compare with what they wrote
// down: a log and an archive that somebody made anew from the first record on
// fit each other.
type Findings struct {
	OK          bool
	Name        string // of the branch, or of the archive's election
	Fingerprint string // of the newest counted vote, as on the wall; "" for none
	Checked     Checked
	Head        string  // of the log, hexadecimal; "" for a single vote
	Boxes       []Box   // every counted box
	Notes       []error // what could not be checked, and why that is in order
	Failures    []error
}

// Box is what a person compares of one counted box.
type Box struct {
	Title, Fingerprint string
	Ballots            int
}

// Checked counts what was looked at.
type Checked struct {
	Ballots  int `json:"ballots"`
	Slips    int `json:"slips"`
	Trustees int `json:"trustees"`
	Records  int `json:"records"`
	Papers   int `json:"papers"`
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
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, noPath.Of(path)
	case err != nil:
		return nil, err
	case info.Mode().IsRegular():
		return verifyVote(path)
	case !info.IsDir():
		return nil, ErrNothing
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	var r Findings
	err = r.folder(source{root})
	return r.done(), err
}

// An archive of a vote, under whatever name: its first record and the end of its own name.
const (
	voteBegins = "BELENIOS"
	voteEnds   = ".bel"
)

func verifyVote(path string) (*Findings, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	begins := make([]byte, len(voteBegins))
	if _, err := f.ReadAt(begins, 0); filepath.Ext(path) != voteEnds && (err != nil || string(begins) != voteBegins) {
		return nil, whyNothing(path, begins) // all of it would be told as altered
	}
	var r Findings
	got, err := r.vote(filepath.Base(path), f)
	r.alone(filepath.Base(path))
	if err == nil && got.Election != nil {
		r.Name, r.Fingerprint = got.Name, got.Election.Short()
	}
	return r.done(), err
}

// whyNothing says what a file is that is no archive of a vote: one of an exported
// folder, a packed folder, or something else, a backup, say.
func whyNothing(path string, begins []byte) error {
	dir := filepath.Dir(path)
	if info, err := os.Stat(filepath.Join(dir, LogName)); err == nil && info.Mode().IsRegular() {
		return oneOfFolder.Of(filepath.Base(path), dir)
	}
	for _, magic := range []string{"PK\x03\x04", "\x1f\x8b", "7z\xbc\xaf\x27\x1c", "Rar!"} {
		if bytes.HasPrefix(begins, []byte(magic)) {
			return packed.Of(filepath.Base(path))
		}
	}
	return ErrNothing
}

// folder checks an exported folder.
func (r *Findings) folder(in source) (err error) {
	text, err := in.read(LogName, mostLog)
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNothing
	} else if err != nil {
		return err
	}
	defer func() {
		// No log that was written by this program gets here: it holds facts that contradict each other.
		if p := recover(); p != nil {
			r.fail(logContradicts.By(fmt.Errorf("%v", p)))
			err = nil
		}
	}()
	told, err := readLines(text)
	r.log(told)
	if err != nil {
		r.fail(chainBroken.Of(LogName).By(err))
		return nil
	}
	if r.Checked.Records == 0 { // all of the folder would be told as too much
		r.fail(logEmpty.Of(LogName))
		return nil
	}
	boxes, complete := r.archives(told.State, in)
	style, missing := in.read(StyleName, MaxStyle)
	if missing != nil && !errors.Is(missing, fs.ErrNotExist) {
		return missing
	}
	files, err := Press{Text: style}.papers(told)
	if err != nil {
		r.fail(styleBad.Of(StyleName).By(err))
		return nil
	}
	for _, f := range files {
		if r.file(in, f) {
			r.Checked.Papers++
		}
	}
	files = append(append(files, boxes...), newFile(LogName, logTitle, text))
	if len(style) > 0 {
		files = append(files, newFile(StyleName, styleTitle, style))
	}
	list := manifest(told, files)
	if complete {
		r.file(in, list)
	}
	return r.extra(in, append(append(files, list), r.written(in, told.State)...))
}

// archives checks every counted box against its archive in the folder, and
// returns the archives as files. complete is false if one can't be read.
func (r *Findings) archives(s *meeting.State, in source) (files []File, complete bool) {
	complete = true
	r.boxes(s, func(b box) (*ballot.Verification, error) {
		if s.Pruned[meeting.BallotBlob] != "" {
			return nil, fs.ErrNotExist // an archive from before the decision belongs to another folder
		}
		f, err := in.open(b.name(), mostBox)
		if err != nil {
			complete = false
			return nil, err
		}
		defer f.Close()
		got, file, err := r.voteFile(b.name(), b.fileTitle(), f)
		files = append(files, file)
		return got, err
	})
	return files, complete
}

// written compares the papers with private text that are in the folder with the
// hashes that the log recorded when they were written: the exported log does not
// have what they were made of.
func (r *Findings) written(in source, s *meeting.State) []File {
	sums := map[string][]string{} // by name
	for _, w := range s.WrittenOut {
		for _, p := range w.Papers {
			sums[p.Name] = append(sums[p.Name], p.SHA256)
		}
	}
	var files []File
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		data, err := in.read(name, mostWritten)
		switch f := newFile(name, "", data); {
		case errors.Is(err, fs.ErrNotExist):
			continue // it is elsewhere
		case err != nil:
			r.fail(faultOf(name, err))
		case slices.Contains(sums[name], f.SHA256):
			r.Checked.Papers++
		default:
			r.fail(writtenDiffers.Of(name))
		}
		files = append(files, File{Name: name})
	}
	return files
}

// extra names what else is in the folder.
func (r *Findings) extra(in source, files []File) error {
	names, err := in.names()
	for _, name := range names {
		if !slices.ContainsFunc(files, func(f File) bool { return f.Name == name }) {
			r.fail(fileExtra.Of(name))
		}
	}
	return err
}

// VerifyLog checks a live log: the chain, and every counted vote as it would be
// exported.
func VerifyLog(ctx context.Context, log store.Log) (*Findings, error) {
	var r Findings
	told, err := read(ctx, log)
	r.log(told)
	var broken *store.ChainError
	if errors.As(err, &broken) {
		r.fail(err)
		return r.done(), nil
	} else if err != nil {
		return nil, err
	}
	r.boxes(told.State, func(b box) (*ballot.Verification, error) {
		if len(b.Ballots()) < b.Returned.Len() {
			return nil, fs.ErrNotExist
		}
		f, err := b.archived()
		if err != nil {
			return nil, err
		}
		return r.vote(b.title, bytes.NewReader(f.Data))
	})
	return r.done(), nil
}

func (r *Findings) log(told *Story) {
	s := told.State
	seq, hash := told.chain.Head()
	r.Checked.Records, r.Head, r.Name = int(seq), hex.EncodeToString(hash[:]), s.Branch.Name
	for _, b := range counted(s) {
		r.Boxes = append(r.Boxes, Box{b.title, b.Fingerprint(), b.Returned.Len()})
	}
	if v := s.Vote(); v != nil && v.State == meeting.BoxCounted {
		r.Fingerprint = v.Members().Fingerprint()
	}
}

// boxes checks every counted box of a log against its archive.
func (r *Findings) boxes(s *meeting.State, check func(box) (*ballot.Verification, error)) {
	r.whole(s)
	decision := s.Pruned[meeting.BallotBlob]
	for _, b := range counted(s) {
		if b.Tally != nil {
			r.decryption(b)
		}
		got, err := check(b)
		missing := errors.Is(err, fs.ErrNotExist)
		switch {
		case missing && decision != "":
			r.pruned(b, decision)
		case missing:
			r.fail(boxMissing.Of(b.title, b.name()))
		case err != nil:
			r.fail(faultOf(b.name(), err))
		default:
			r.compare(b, b.name(), got)
		}
	}
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
