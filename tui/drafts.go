package tui

import (
	"sync"

	"pingyi/meeting"
)

// Drafts are the texts that members of one branch have begun and not handed
// in. They live in the server's memory and outlast a session, so that a member
// whose line broke finds the text again. Choices in a vote are never here. It is
// safe for concurrent use; the zero value is ready.
type Drafts struct {
	mu    sync.Mutex
	texts map[draftKey]string
}

// draftKey names one text: whose, and what it is for.
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
	if text == "" {
		delete(d.texts, draftKey{who, what})
		return
	}
	if d.texts == nil {
		d.texts = map[draftKey]string{}
	}
	d.texts[draftKey{who, what}] = text
}
