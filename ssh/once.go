package ssh

import (
	"slices"
	"strings"

	"pingyi/meeting"
)

// once reports whether a word takes --id ID. Said again with the same id after
// a line broke, such a word is done once. The other words record nothing, or
// are refused the second time.
func (w word) once() bool {
	switch w.name {
	case "signin", "absent", "name", "step", "undo", "next", "back", "goto", "adjourn", "resume", "say", "floor", "call", "yield", "pause", "extend", "countdown", "queue", "limits", "wording", "turn",
		"self-criticise", "criticise", "criticisms", "respond", "read-out", "self-rate", "record", "note", "place", "resolve", "scrutineers",
		"paper", "vote", "cast", "close", "confirmed", "slips", "void", "announce", "coarsen", "rate", "submit", "approve", "return", "amend", "guide", "feedback", "ack":
		return true
	}
	return slices.ContainsFunc(meeting.Forms(), func(f *meeting.Form) bool { return string(f.Name) == w.name })
}

// id returns the id of the request that a word makes, "" if none was given.
func (c *call) id() meeting.RequestID { return meeting.RequestID(c.flags["id"]) }

// said reports whether the caller has already said this word under the same
// --id and it was done. A word that depends on the newest state must not be
// done again then.
func (c *call) said() bool {
	const most = 4096 // events that are looked at: a line does not stay broken for longer
	seen := 0
	for e := range c.state().Chronicle.Backward() {
		if seen++; seen > most || c.id() == "" {
			return false
		}
		if e.ID == c.id() && e.By == c.who {
			return true
		}
	}
	return false
}

// goodID reports whether a text can be the id of a request.
func goodID(id string) bool {
	const allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return id != "" && len(id) <= 64 && strings.Trim(id, allowed) == ""
}

// errElsewhere says that an --id was used for something else before.
const errElsewhere = sentence("这个 --id 已经用过，记的是别的事：请换一个。")

// errEarlierVote says that an --id was used for a ballot of an earlier vote.
const errEarlierVote = sentence("这个 --id 是以前那次测评投票用过的，这次的票没有投进去：请换一个 --id 再投。")
