package tui

import (
	"crypto/rand"
	"maps"
	"slices"
	"strings"
	"sync"

	"pingyi/meeting"
)

// Drafts are the texts and the ballots that members of one branch have begun and
// not handed in. They live in the server's memory and outlast a session, so that
// a member whose line broke finds them again: a text as it was, of a ballot only
// what is filled in, and never again how. Safe for concurrent use; the zero value
// is ready.
type Drafts struct {
	mu      sync.Mutex
	texts   map[draftKey]string
	ids     map[draftKey]meeting.RequestID // ids of the texts as they are now
	ballots map[meeting.MemberID]begun
}

// begun is a ballot that is being filled in.
type begun struct {
	vote     int  // the vote's number
	trial    bool // a rehearsal's
	picks    []int
	comments map[meeting.MemberID]remark
	halves   map[meeting.MemberID]remark
}

// wipe forgets what was chosen and written.
func (b begun) wipe() {
	clear(b.picks)
	clear(b.comments)
	clear(b.halves)
}

// draftKey identifies a text: whose it is, and what it is for.
type draftKey struct {
	who  meeting.MemberID
	what string
}

func (d *Drafts) text(who meeting.MemberID, what string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.texts[draftKey{who, what}]
}

// begun lists what a member's drafts are for whose names begin with a word, in
// order: the rest of the names.
func (d *Drafts) begun(who meeting.MemberID, word string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var list []string
	for key := range d.texts {
		if rest, is := strings.CutPrefix(key.what, word); is && key.who == who {
			list = append(list, rest)
		}
	}
	slices.Sort(list)
	return list
}

// keep remembers a text; "" forgets it.
func (d *Drafts) keep(who meeting.MemberID, what, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if text != d.texts[draftKey{who, what}] {
		delete(d.ids, draftKey{who, what})
	}
	if text == "" {
		delete(d.texts, draftKey{who, what})
		return
	}
	if d.texts == nil {
		d.texts = map[draftKey]string{}
	}
	d.texts[draftKey{who, what}] = text
}

// id returns the id of the request that hands a draft in. It stays the same
// until the text changes, so that somebody who does not know whether it was
// recorded can hand it in again. Without a draft there is no id.
func (d *Drafts) id(who meeting.MemberID, what string) meeting.RequestID {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := draftKey{who, what}
	if d.texts[key] == "" {
		return ""
	}
	if d.ids == nil {
		d.ids = map[draftKey]meeting.RequestID{}
	}
	if d.ids[key] == "" {
		d.ids[key] = meeting.RequestID(rand.Text())
	}
	return d.ids[key]
}

// keepBallot remembers what a member has chosen and written so far.
func (d *Drafts) keepBallot(who meeting.MemberID, sh *sheet) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ballots == nil {
		d.ballots = map[meeting.MemberID]begun{}
	}
	d.ballots[who].wipe()
	d.ballots[who] = begun{sh.vote, sh.trial, slices.Clone(sh.picks), maps.Clone(sh.comments), maps.Clone(sh.halves)}
}

// takeUp fills a new sheet in with what its member chose and wrote before, so
// that nobody sees it again.
func (d *Drafts) takeUp(who meeting.MemberID, sh *sheet) {
	d.mu.Lock()
	defer d.mu.Unlock()
	b := d.ballots[who]
	if b.vote != sh.vote || b.trial != sh.trial || len(b.picks) != len(sh.picks) {
		return
	}
	copy(sh.picks, b.picks)
	for i, p := range sh.picks {
		sh.kept[i] = p != unset
	}
	for id, r := range b.comments {
		sh.comments[id] = remark{r.text, true}
	}
	for id, r := range b.halves {
		sh.halves[id] = remark{r.text, true}
	}
}

// dropBallot wipes what a member has chosen and written.
func (d *Drafts) dropBallot(who meeting.MemberID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ballots[who].wipe()
	delete(d.ballots, who)
}

// dropBallots wipes what everybody has begun, but in the vote that is open; nil:
// none is.
func (d *Drafts) dropBallots(v *meeting.Vote, trial bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for who, b := range d.ballots {
		if v == nil || v.State != meeting.BoxOpened || v.No != b.vote || trial != b.trial {
			b.wipe()
			delete(d.ballots, who)
		}
	}
}
