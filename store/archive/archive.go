// Package archive puts a meeting into a folder for the cabinet, and checks such
// a folder without the database: the papers, the log as JSON lines, every
// counted vote as Belenios' UUID.bel, and a list of all of them.
//
// A folder is a function of its log: who has the log can write every other file
// of it again. So a verification writes them again and compares: papers and list
// byte by byte, and of each archive every record with what the log knows.
package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/paper"
	"pingyi/store"
)

// LogName is the file of an exported folder that has the log.
const LogName = "log.jsonl"

const logTitle = "记录链"

// What can be wrong with a folder, and what a verification finds.
const (
	// ErrNothing says that a path is neither a .bel archive nor an exported folder.
	ErrNothing store.Code = "archive.nothing"

	ballotRefused     store.Code = "archive.ballot-refused" // file, why
	boxMissing        store.Code = "archive.box-missing"    // vote, file
	boxUnreadable     store.Code = "archive.box-unreadable" // file
	boxUnwritable     store.Code = "archive.box-unwritable" // vote
	chainBroken       store.Code = "archive.chain-broken"
	countIncomplete   store.Code = "archive.count-incomplete"   // vote
	credentialsDiffer store.Code = "archive.credentials-differ" // vote, number and digest in the log, file, both there
	electionDiffers   store.Code = "archive.election-differs"   // vote, fingerprint in the log, file, fingerprint there
	fileExtra         store.Code = "archive.file-extra"         // file
	fileMissing       store.Code = "archive.file-missing"       // file
	fileUnreadable    store.Code = "archive.file-unreadable"    // file
	folderNotMade     store.Code = "archive.folder-not-made"
	keyDiffers        store.Code = "archive.key-differs"  // vote, number of the key, sealed with, opened with
	keysDiffer        store.Code = "archive.keys-differ"  // vote, keys sealed with, keys opened with
	lineBad           store.Code = "archive.line-bad"     // file, line
	linesDiffer       store.Code = "archive.lines-differ" // file, line
	logContradicts    store.Code = "archive.log-contradicts"
	logEmpty          store.Code = "archive.log-empty" // file
	logUnreadable     store.Code = "archive.log-unreadable"
	noPath            store.Code = "archive.no-path"            // path
	notPlain          store.Code = "archive.not-plain"          // file
	oneOfFolder       store.Code = "archive.one-of-folder"      // file, its folder
	orderDiffers      store.Code = "archive.order-differs"      // vote, file
	ownerDiffers      store.Code = "archive.owner-differs"      // vote, who, number of their key, number in the log
	paperDiffers      store.Code = "archive.paper-differs"      // file, line, as it should be, as it is
	paperLonger       store.Code = "archive.paper-longer"       // file, line, as it is
	packed            store.Code = "archive.packed"             // file
	packedDiffers     store.Code = "archive.packed-differs"     // file
	paperShorter      store.Code = "archive.paper-shorter"      // file, line, as it should be
	partialsDiffer    store.Code = "archive.partials-differ"    // vote, those of the log, file, those there
	prunedBox         store.Code = "archive.pruned-box"         // vote, decision, ballots
	questionsDiffer   store.Code = "archive.questions-differ"   // vote, subjects, questions
	receiptsDiffer    store.Code = "archive.receipts-differ"    // vote, number in the log, file, number there, only in the log, one, only there, one
	recordUnknown     store.Code = "archive.record-unknown"     // number
	styleBad          store.Code = "archive.style-bad"          // file
	subjectDiffers    store.Code = "archive.subject-differs"    // vote, number, subject, question
	sumCountDiffers   store.Code = "archive.sum-count-differs"  // vote, ballots in the log
	sumDiffers        store.Code = "archive.sum-differs"        // vote, question, sums in the log, file, sums there
	sumsDiffer        store.Code = "archive.sums-differ"        // vote, rows in the log, file, rows there
	sumsNotOfPartials store.Code = "archive.sums-not-of-shares" // vote
	talliesDiffer     store.Code = "archive.tallies-differ"     // vote, that of the log, file, that there
	timesDiffer       store.Code = "archive.times-differ"       // vote, Unix time in the log, file, that there
	tooBig            store.Code = "archive.too-big"            // file, bytes, most
	trusteesDiffer    store.Code = "archive.trustees-differ"    // vote, digest in the log, file, digest there
	unwritable        store.Code = "archive.unwritable"         // file
	writtenDiffers    store.Code = "archive.written-differs"    // file
	voterUnknown      store.Code = "archive.voter-unknown"      // vote, who
	votersDiffer      store.Code = "archive.voters-differ"      // vote, voters, credentials
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

// Make returns everything that the meeting's state allows: papers, votes, log,
// the style that the papers have if it is not the house's, and the list of all. A vote whose ciphertexts were removed on a decision has
// no archive. Only the log is read, so that all files show the same moment and
// the same log always gives the same files.
func Make(ctx context.Context, log store.Log, press Press) ([]File, error) {
	told, err := read(ctx, log)
	if err != nil {
		return nil, err
	}
	return told.Files(press)
}

// Story is a log that was folded: what it came to, its chain, the head at which papers
// stand, which does not move when one is written, and its records as lines.
type Story struct {
	State *meeting.State
	chain store.Chain
	filed paper.Facts
	lines []byte
}

// Tell returns the story of a log whose first records somebody has folded: s is what
// they came to. Folding takes most of the time that papers take, so it is not done
// again; records that came later are left out.
func Tell(ctx context.Context, log store.Log, s *meeting.State) (*Story, error) {
	told := &Story{State: s}
	all, filed := uint64(s.Chronicle.Len()), uint64(0) //nolint:gosec // it counts from 0
	if last := s.Filed(); last != nil {
		filed = uint64(last.N) //nolint:gosec // it counts from 1
	}
	for r, err := range told.records(ctx, log) {
		if err != nil {
			return nil, err
		}
		if r.Seq == filed {
			told.filed = paper.Facts{Seq: r.Seq, Head: r.Hash}
		}
		if r.Seq == all {
			break
		}
	}
	if seq, _ := told.chain.Head(); seq != all {
		return nil, logUnreadable
	}
	return told, nil
}

// Files is what [Make] returns of the story's log.
func (t *Story) Files(press Press) ([]File, error) {
	list, err := press.papers(t)
	if err != nil {
		return nil, err
	}
	for _, b := range counted(t.State) {
		if t.State.Pruned[meeting.BallotBlob] != "" || !press.wants(BoxKind) {
			continue
		}
		f, err := b.archived()
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	list = append(list, newFile(LogName, logTitle, t.lines))
	if len(press.Text) > 0 {
		list = append(list, newFile(StyleName, styleTitle, press.Text))
	}
	return append(list, manifest(t, list)), nil
}

// add folds one more record.
func (t *Story) add(r store.Record) error {
	e, err := meeting.Decode(r.Body, r.Blob)
	if err != nil {
		return recordUnknown.Of(r.Seq).By(err)
	}
	t.State = meeting.Apply(t.State, e)
	if !e.Aside() {
		t.filed = paper.Facts{Seq: r.Seq, Head: r.Hash}
	}
	return nil
}

// Write writes what [Make] returns into dir, which is made if it is not there and
// shut to others if it is ([shut]).
// Files of the same name are replaced, each whole; what an earlier list in dir names
// and is the same stays, and what it names and is no more is removed.
func Write(ctx context.Context, dir string, files []File) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return folderNotMade.By(err)
	}
	if err := shut(dir); err != nil {
		return folderNotMade.By(err)
	}
	before := listedIn(dir)
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if sameFile(filepath.Join(dir, f.Name), f) {
			continue
		}
		if err := putFile(dir, f.Name, f.Data); err != nil {
			return err
		}
	}
	if !slices.ContainsFunc(files, func(f File) bool { return f.Name == ManifestName }) {
		return nil // a few of many
	}
	for _, name := range before {
		if !slices.ContainsFunc(files, func(f File) bool { return f.Name == name }) {
			if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
				return unwritable.Of(name).By(err)
			}
		}
	}
	return nil
}

// shut lets nobody but its owner into a folder of papers that was there before. One
// with folders in it, or that everybody may write to (/tmp), holds other things than
// papers and stays as it is: the papers in it are still for their owner alone.
func shut(dir string) error {
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm()&0o077 == 0 || info.Mode()&os.ModeSticky != 0 {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil || slices.ContainsFunc(entries, os.DirEntry.IsDir) {
		return err
	}
	return os.Chmod(dir, 0o700)
}

// listedIn are the files that the list in a folder names; none where there is no list. A name that is a path is no file of the folder.
func listedIn(dir string) []string {
	text, err := os.ReadFile(filepath.Join(dir, ManifestName))
	var list struct{ Files []File }
	if err != nil || json.Unmarshal(text, &list) != nil {
		return nil
	}
	var files []string
	for _, f := range list.Files {
		if filepath.IsLocal(f.Name) && filepath.Base(f.Name) == f.Name {
			files = append(files, f.Name)
		}
	}
	return files
}

// sameFile reports whether a file has the content already.
func sameFile(path string, f File) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Mode().Perm() != fileMode || info.Size() != int64(len(f.Data)) {
		return false
	}
	data, err := os.ReadFile(path)
	return err == nil && bytes.Equal(data, f.Data)
}

// fileMode lets nobody else read a paper.
const fileMode = 0o600

func putFile(dir, name string, data []byte) error {
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return unwritable.Of(name).By(store.Asked(err, "", dir))
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(fileMode), f.Close()); err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		return unwritable.Of(name).By(errors.Join(store.Asked(err, f.Name(), filepath.Join(dir, name)), os.Remove(f.Name())))
	}
	return nil
}

// records yields the records of a log, each when it is in the chain and the lines.
func (t *Story) records(ctx context.Context, log store.Log) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		for data, err := range log.Read(ctx, 0) {
			var r store.Record
			if err != nil {
				err = logUnreadable.By(err)
			} else if r, err = t.chain.AddBytes(data); err == nil {
				err = t.line(r)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// line adds a record to the lines.
func (t *Story) line(r store.Record) error {
	text, err := json.Marshal(r.Line())
	t.lines = append(append(t.lines, text...), '\n')
	return err
}

// read folds a log.
func read(ctx context.Context, log store.Log) (*Story, error) {
	told := &Story{State: meeting.Machine{}.Alone()}
	defer func() { told.State = meeting.Machine{}.Shared(told.State) }()
	for r, err := range told.records(ctx, log) {
		if err == nil {
			err = told.add(r)
		}
		if err != nil {
			return told, err
		}
	}
	return told, nil
}

// readLines folds an exported log. Its ballots are in the votes' archives.
func readLines(text []byte) (*Story, error) {
	told := &Story{State: meeting.Machine{}.Alone(), lines: text}
	defer func() { told.State = meeting.Machine{}.Shared(told.State) }()
	for line := range bytes.Lines(text) {
		seq, _ := told.chain.Head()
		var l store.LogLine
		if err := json.Unmarshal(line, &l); err != nil {
			return told, lineBad.Of(LogName, seq+1)
		}
		r, err := l.Record()
		if err != nil {
			return told, err
		}
		if again, err := json.Marshal(l); err != nil || !bytes.Equal(append(again, '\n'), line) {
			return told, linesDiffer.Of(LogName, seq+1)
		}
		if err := told.chain.Add(r); err != nil {
			return told, err
		}
		if err := told.add(r); err != nil {
			return told, err
		}
	}
	return told, nil
}

// Lines returns a log as JSON lines, its chain checked. Nothing is folded.
func Lines(ctx context.Context, log store.Log) ([]byte, error) {
	var told Story
	for _, err := range told.records(ctx, log) {
		if err != nil {
			return nil, err
		}
	}
	return told.lines, nil
}
