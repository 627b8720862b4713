package tui

import (
	"crypto/rand"
	"sync"

	"pingyi/meeting"
)

// Drafts are the texts that members of one branch have begun and not handed in.
// They live in the server's memory and outlast a session, so that a member
// whose line broke finds the text again. They never hold choices in a vote.
// Safe for concurrent use; the zero value is ready.
type Drafts struct {
	mu    sync.Mutex
	texts map[draftKey]string
	ids   map[draftKey]meeting.RequestID // ids of the texts as they are now
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
