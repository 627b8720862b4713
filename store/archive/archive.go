// Package archive puts a meeting into a folder for the cabinet, and checks such
// a folder without the database: the papers, the log as JSON lines, and every
// counted vote as Belenios' UUID.bel.
//
// The log of an exported folder and its votes are checked against each other:
// the chain of the records, every ballot's signature and proofs, the sums, and
// that the sums in the log are those of the vote.
package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/paper"
	"pingyi/store"
)

// LogName is the file of an exported folder that has the log.
const LogName = "log.jsonl"

// What can be wrong with a folder, and what a verification finds.
const (
	// ErrNothing says that a path is neither a .bel archive nor an exported folder.
	ErrNothing store.Code = "archive.nothing"

	ballotRefused   store.Code = "archive.ballot-refused" // file, why
	ballotsDiffer   store.Code = "archive.ballots-differ" // vote, in the archive, in the log
	boxMissing      store.Code = "archive.box-missing"    // vote, file
	boxUnreadable   store.Code = "archive.box-unreadable" // file
	boxUnwritable   store.Code = "archive.box-unwritable" // vote
	chainBroken     store.Code = "archive.chain-broken"
	folderNotMade   store.Code = "archive.folder-not-made"
	lineBad         store.Code = "archive.line-bad" // file, line
	logUnreadable   store.Code = "archive.log-unreadable"
	minutesDiffer   store.Code = "archive.minutes-differ"    // file of the log
	noPath          store.Code = "archive.no-path"           // path
	prunedBox       store.Code = "archive.pruned-box"        // vote, decision, ballots
	recordUnknown   store.Code = "archive.record-unknown"    // number
	sumCountDiffers store.Code = "archive.sum-count-differs" // vote, ballots in the log
	sumsDiffer      store.Code = "archive.sums-differ"       // vote
	unwritable      store.Code = "archive.unwritable"        // file
)

// File is one file of an exported folder.
type File struct {
	Name   string `json:"file"`
	Title  string `json:"title"`
	SHA256 string `json:"sha256"` // hexadecimal
	Data   []byte `json:"-"`
}

func newFile(name, title string, data []byte) File {
	sum := sha256.Sum256(data)
	return File{name, title, hex.EncodeToString(sum[:]), data}
}

// Make returns everything that the meeting's state allows: papers, votes, log.
// A vote whose ciphertexts were removed has no archive. Only the log is read,
// so that all files show the same moment. printed is the time on the papers;
// all their times are in its zone.
func Make(ctx context.Context, log store.Log, printed time.Time) ([]File, error) {
	state, chain, lines, err := read(ctx, log)
	if err != nil {
		return nil, err
	}
	seq, hash := chain.Head()
	var list []File
	papers, err := paper.Files(paper.All(state, paper.Facts{Seq: seq, Head: hash, PrintedAt: printed, Location: printed.Location()}))
	if err != nil {
		return nil, err
	}
	for _, f := range papers {
		list = append(list, newFile(f.Name, f.Title, f.Bytes))
	}
	for _, b := range counted(state) {
		if len(b.Ballots()) < len(b.Returned) {
			continue // pruned: there are no ballots left
		}
		var data bytes.Buffer
		if err := b.Archive(&data, b.at); err != nil {
			return nil, boxUnwritable.Of(b.title).By(err)
		}
		list = append(list, newFile(b.name(), b.title+"票箱档案", data.Bytes()))
	}
	return append(list, newFile(LogName, "记录链", lines)), nil
}

// Write writes what [Make] returns into dir, which is made if it is not there.
// Files of the same name are replaced, each whole.
func Write(dir string, files []File) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return folderNotMade.By(err)
	}
	for _, f := range files {
		if err := putFile(dir, f.Name, f.Data); err != nil {
			return err
		}
	}
	return nil
}

func putFile(dir, name string, data []byte) error {
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return unwritable.Of(name).By(err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		return unwritable.Of(name).By(errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

// box is a counted box of a meeting.
type box struct {
	*meeting.Box
	title string
	at    time.Time
}

// name is the file of a box in an exported folder.
func (b box) name() string { return b.Election.UUID() + ".bel" }

// counted lists the boxes whose sums are known. Void votes are not decrypted.
func counted(s *meeting.State) []box {
	var list []box
	for _, v := range s.Votes {
		for _, b := range v.Boxes {
			title := v.Title()
			if b.Channel == meeting.MassBox {
				title += "（群众代表）"
			}
			if v.State == meeting.BoxCounted && b.Sums != nil {
				list = append(list, box{b, title, v.Counted})
			}
		}
	}
	return list
}

// read folds a log and returns it as JSON lines.
func read(ctx context.Context, log store.Log) (state *meeting.State, chain store.Chain, lines []byte, err error) {
	state = meeting.NewState()
	for data, err := range log.Read(ctx, 0) {
		if err != nil {
			return state, chain, nil, logUnreadable.By(err)
		}
		r, err := chain.AddBytes(data)
		if err != nil {
			return state, chain, nil, err
		}
		if state, err = fold(state, r); err != nil {
			return state, chain, nil, err
		}
		text, err := json.Marshal(r.Line())
		if err != nil {
			return state, chain, nil, err
		}
		lines = append(append(lines, text...), '\n')
	}
	return state, chain, lines, nil
}

// readLines folds an exported log. Its ballots are in the votes' archives.
func readLines(text []byte) (state *meeting.State, chain store.Chain, err error) {
	state = meeting.NewState()
	for line := range bytes.Lines(text) {
		var l store.LogLine
		if err := json.Unmarshal(line, &l); err != nil {
			seq, _ := chain.Head()
			return state, chain, lineBad.Of(LogName, seq+1)
		}
		r, err := l.Record()
		if err != nil {
			return state, chain, err
		}
		if err := chain.Add(r); err != nil {
			return state, chain, err
		}
		if state, err = fold(state, r); err != nil {
			return state, chain, err
		}
	}
	return state, chain, nil
}

func fold(s *meeting.State, r store.Record) (*meeting.State, error) {
	e, err := meeting.Decode(r.Body, r.Blob)
	if err != nil {
		return s, recordUnknown.Of(r.Seq).By(err)
	}
	return meeting.Apply(s, e), nil
}

// Lines returns a log as JSON lines, checked.
func Lines(ctx context.Context, log store.Log) ([]byte, error) {
	_, _, lines, err := read(ctx, log)
	return lines, err
}
