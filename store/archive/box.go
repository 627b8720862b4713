package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// box is a counted box of a meeting.
type box struct {
	*meeting.Box
	vote  *meeting.Vote
	title string
}

// name is the file of a box in an exported folder.
func (b box) name() string { return b.Election.UUID() + ".bel" }

// archived returns the box as the file of an exported folder.
func (b box) archived() (File, error) {
	var data bytes.Buffer
	if err := b.Archive(&data, b.vote.Counted); err != nil {
		return File{}, boxUnwritable.Of(b.title).By(err)
	}
	return newFile(b.name(), b.fileTitle(), data.Bytes()), nil
}

func (b box) fileTitle() string { return b.title + "票箱档案" }

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
				list = append(list, box{b, v, title})
			}
		}
	}
	return list
}

// whole checks that the log's own records about its counts fit together: a
// count is of boxes that were opened, to voters who each have a credential,
// under the keys that the scrutineers sealed with.
func (r *Findings) whole(s *meeting.State) {
	for _, v := range s.Votes {
		if v.State != meeting.BoxCounted {
			continue
		}
		if v.Members().Sums == nil || slices.ContainsFunc(v.OpenedBoxes(), func(b *meeting.Box) bool { return b.Sums == nil }) {
			r.fail(countIncomplete.Of(v.Title()))
		}
	}
	for _, b := range counted(s) {
		r.opened(b)
	}
}

func (r *Findings) opened(b box) {
	if keys := len(b.Election.Credentials()); len(b.Voters) != keys {
		r.fail(votersDiffer.Of(b.title, len(b.Voters), keys))
	}
	for id := range b.Returned.All() {
		if !slices.Contains(b.Voters, id) {
			r.fail(voterUnknown.Of(b.title, id))
		}
	}
	asked := len(b.vote.Subjects)
	if b.vote.Branch {
		asked++
	}
	questions := b.Election.Questions()
	if len(questions) != asked {
		r.fail(questionsDiffer.Of(b.title, asked, len(questions)))
		return
	}
	for i, id := range b.vote.Subjects {
		if !strings.HasPrefix(questions[i].Question, string(id)+" ") {
			r.fail(subjectDiffers.Of(b.title, i+1, id, questions[i].Question))
		}
	}
	r.sealed(b)
}

// sealed checks that the election has the keys that the scrutineers sealed
// with, and that each opened the box with their own.
func (r *Findings) sealed(b box) {
	sealed, keys := b.vote.Trustees(), b.Election.Trustees()
	if len(keys) != len(sealed)+1 {
		r.fail(keysDiffer.Of(b.title, len(sealed)+1, len(keys)))
		return
	}
	for i, t := range sealed {
		if !slices.Equal(t.Keys(), keys[i].Keys()) {
			r.fail(keyDiffers.Of(b.title, i+1, digest(t.JSON()), digest(keys[i].JSON())))
		}
	}
	for who, p := range b.Partials {
		if owner := b.vote.Owner(who); p.Owner() != owner {
			r.fail(ownerDiffers.Of(b.title, who, owner, p.Owner()))
		}
	}
}

// compare checks that an archive is the box of the log: the same setup,
// ballots, encrypted sums, partial decryptions and result, written at the same
// time. Nothing else is in an archive.
func (r *Findings) compare(b box, file string, got *ballot.Verification) {
	if got.Election == nil {
		return // its failures say why
	}
	r.setup(b, file, got.Election)
	r.receipts(b, file, got.Trackers)
	switch {
	case b.Tally == nil:
		r.fail(countIncomplete.Of(b.title))
	case got.Tally == nil || !bytes.Equal(b.Tally.Marshal(), got.Tally.Marshal()):
		theirs := "0"
		if got.Tally != nil {
			theirs = tallied(got.Tally)
		}
		r.fail(talliesDiffer.Of(b.title, tallied(b.Tally), file, theirs))
	}
	r.partials(b, file, got.Partials)
	r.sums(b, file, got)
	if got.At.Unix() != b.vote.Counted.Unix() {
		r.fail(timesDiffer.Of(b.title, b.vote.Counted.Unix(), file, got.At.Unix()))
	}
}

// setup compares the records of an election one by one.
func (r *Findings) setup(b box, file string, got *ballot.Election) {
	ours, theirs := bytes.Split(b.Election.Marshal(), []byte("\n")), bytes.Split(got.Marshal(), []byte("\n"))
	if !bytes.Equal(ours[0], theirs[0]) {
		r.fail(electionDiffers.Of(b.title, b.Election.Short(), file, got.Short()))
	}
	if !bytes.Equal(ours[1], theirs[1]) {
		r.fail(trusteesDiffer.Of(b.title, digest(ours[1]), file, digest(theirs[1])))
	}
	if !bytes.Equal(ours[2], theirs[2]) {
		r.fail(credentialsDiffer.Of(b.title, len(b.Election.Credentials()), digest(ours[2]), file, len(got.Credentials()), digest(theirs[2])))
	}
}

// receipts compares the last receipt of each voter with the ballots of an
// archive, which stand there in the order of their receipts.
func (r *Findings) receipts(b box, file string, got []string) {
	var ours []string
	for _, returned := range b.Returned.All() {
		ours = append(ours, returned.Receipt)
	}
	slices.Sort(ours)
	if slices.Equal(ours, got) {
		return
	}
	lost, added := without(ours, got), without(got, ours)
	if len(lost)+len(added) == 0 {
		r.fail(orderDiffers.Of(b.title, file))
		return
	}
	first := func(list []string) string { return strings.Join(list[:min(len(list), 1)], "") }
	r.fail(receiptsDiffer.Of(b.title, len(ours), file, len(got), len(lost), first(lost), len(added), first(added)))
}

// without returns what of a list is not in another one.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(other, s) })
}

func (r *Findings) partials(b box, file string, got []*ballot.Partial) {
	ours := b.PartialList()
	if slices.EqualFunc(ours, got, func(x, y *ballot.Partial) bool { return bytes.Equal(x.Plain().Marshal(), y.Marshal()) }) {
		return
	}
	words := func(list []*ballot.Partial) string {
		var all []string
		for _, p := range list {
			all = append(all, fmt.Sprint(p.Owner(), ":", digest(p.Plain().Marshal())))
		}
		return strings.Join(all, " ")
	}
	r.fail(partialsDiffer.Of(b.title, words(ours), file, words(got)))
}

// sums compares the results, and names the first question that differs.
func (r *Findings) sums(b box, file string, got *ballot.Verification) {
	if slices.EqualFunc(got.Result, b.Sums, slices.Equal[[]int]) {
		return
	}
	questions := b.Election.Questions()
	for i, row := range b.Sums {
		if i < len(questions) && i < len(got.Result) && !slices.Equal(row, got.Result[i]) {
			r.fail(sumDiffers.Of(b.title, questions[i].Question, fmt.Sprint(row), file, fmt.Sprint(got.Result[i])))
			return
		}
	}
	r.fail(sumsDiffer.Of(b.title, len(b.Sums), file, len(got.Result)))
}

// voteFile verifies an archive and returns it as a file of the folder, without
// its bytes.
func (r *Findings) voteFile(name, title string, in io.Reader) (*ballot.Verification, File, error) {
	hash := sha256.New()
	in = io.TeeReader(in, hash)
	got, err := r.vote(name, in)
	if err == nil {
		_, err = io.Copy(io.Discard, in) // what a broken archive left unread
	}
	return got, File{Name: name, Title: title, SHA256: hex.EncodeToString(hash.Sum(nil))}, err
}

func tallied(t *ballot.Tally) string { return fmt.Sprint(t.Counted(), ":", digest(t.Marshal())) }

// digest is a hash short enough for a sentence. It tells two texts apart that
// nobody made alike on purpose: what is compared is the texts themselves.
func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:4])
}
