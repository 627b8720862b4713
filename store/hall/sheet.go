package hall

import (
	"maps"
	"slices"
	"sync"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/erase"
)

// Most of the work on a ballot is done before its voter confirms: randomness is
// prepared while the voter reads, a row is encrypted as it is chosen, and what
// was left open when the voter sees all choices together (BALLOT.md §3). So the
// work that is left at the end does not tell what was chosen. What is made ahead
// stays in memory until the ballot is cast or the box closes.

// sheets are the ballots in the making, by voter.
type sheets struct {
	mu  sync.Mutex
	all map[meeting.MemberID]*openSheet
}

// openSheet is one voter's ballot in the making for one vote.
type openSheet struct {
	mu    sync.Mutex
	uuid  string
	sheet *ballot.Sheet // nil when it was cast or wiped
	rows  []int         // the answers that are encrypted already; unset: none
	turn  int           // counts the calls of Prepare: a newer one ends the work of an older
}

const unset = -2

func (d *openSheet) wipe() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sheet != nil {
		d.sheet.Wipe()
		d.sheet = nil
	}
	clear(d.rows)
}

// wipe forgets all ballots in the making. It waits for a piece of work that one
// of them is doing.
func (s *sheets) wipe() {
	s.mu.Lock()
	all := slices.Collect(maps.Values(s.all))
	clear(s.all)
	s.mu.Unlock()
	for _, d := range all {
		d.wipe()
	}
}

// sheet returns a voter's ballot in the making for an election, begun if
// needed.
func (h *Hall) sheet(e *ballot.Election, who meeting.MemberID) (*openSheet, error) {
	h.sheets.mu.Lock()
	defer h.sheets.mu.Unlock()
	if d := h.sheets.all[who]; d != nil && d.uuid == e.UUID() {
		return d, nil
	}
	d, err := h.newSheet(e, who)
	if err == nil {
		h.sheets.all[who] = d
	}
	return d, err
}

// takeSheet removes a voter's ballot in the making and returns it for
// finishing. Nobody else gets the same one: a second vote of this person begins
// anew.
func (h *Hall) takeSheet(e *ballot.Election, who meeting.MemberID) (*openSheet, error) {
	h.sheets.mu.Lock()
	defer h.sheets.mu.Unlock()
	d := h.sheets.all[who]
	delete(h.sheets.all, who)
	if d != nil && d.uuid == e.UUID() {
		return d, nil
	}
	return h.newSheet(e, who)
}

func (h *Hall) newSheet(e *ballot.Election, who meeting.MemberID) (*openSheet, error) {
	credential, err := h.credential(e.UUID(), who)
	if err != nil {
		return nil, err
	}
	sheet, err := ballot.NewSheet(e, credential)
	if err != nil {
		return nil, err
	}
	d := &openSheet{uuid: e.UUID(), sheet: sheet, rows: make([]int, len(e.Questions()))}
	for i := range d.rows {
		d.rows[i] = unset
	}
	return d, nil
}

// Prepare works ahead on a voter's ballot: it encrypts the rows of the subjects
// that c names, also of those with an empty grade, which is 弃权, and prepares
// randomness for the rest. With whole nothing is left to choose: every row is
// encrypted, and [Hall.Cast] of the same choices only signs. Nobody sees
// anything of it, and it may be left out. It returns when nothing is left to do,
// or when a newer call goes on with other choices.
func (h *Hall) Prepare(who meeting.MemberID, c meeting.Choices, whole bool) {
	h.Sweep()
	erase.After(func() { h.prepare(who, c, whole) })
}

func (h *Hall) prepare(who meeting.MemberID, c meeting.Choices, whole bool) {
	s := h.State()
	rows, no := s.Rows(who, c)
	if no != nil {
		return
	}
	if !whole {
		leaveOpen(rows, s.Vote(), c)
	}
	box, _ := s.Vote().BoxOf(who)
	d, err := h.sheet(box.Election, who)
	if err != nil {
		return // Cast reports it
	}
	d.mu.Lock()
	d.turn++
	turn := d.turn
	d.mu.Unlock()
	h.workAhead(d, rows, turn)
}

// leaveOpen marks the rows that c has no choice for as unset.
func leaveOpen(rows []int, v *meeting.Vote, c meeting.Choices) {
	for i, answer := range rows {
		if answer != ballot.Abstain {
			continue
		}
		named := false
		if i < len(v.Subjects) {
			_, named = c.Grades[v.Subjects[i]]
		}
		if !named {
			rows[i] = unset
		}
	}
}

// workAhead encrypts the rows that are not unset, and prepares randomness for
// those that are not encrypted, as long as nobody else does so in a newer turn.
func (h *Hall) workAhead(d *openSheet, rows []int, turn int) {
	for step := 0; !h.over.Load(); step++ {
		h.workers.yield()
		if more := h.ahead(d, rows, turn, step); !more {
			return
		}
	}
}

// ahead does one small piece of work, so that Cast never waits long.
func (h *Hall) ahead(d *openSheet, rows []int, turn, step int) (more bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sheet == nil || d.turn != turn {
		return false
	}
	if step < len(rows) {
		if rows[step] == unset || rows[step] == d.rows[step] {
			return true
		}
		d.rows[step] = rows[step]
		return d.sheet.Choose(step, rows[step], h.rand) == nil
	}
	more, err := d.sheet.Prepare(h.rand)
	return more && err == nil
}

// prepareAll prepares the randomness of all voters' ballots while they read,
// one voter after another, until the box is closed.
func (h *Hall) prepareAll() { erase.After(h.prepareEach) }

func (h *Hall) prepareEach() {
	v := h.State().Vote()
	for _, b := range v.Boxes {
		for _, id := range b.Voters {
			if now := h.State().Vote(); now.State != meeting.BoxOpened || now.Members().Election.UUID() != v.Members().Election.UUID() || h.over.Load() {
				return
			}
			d, err := h.sheet(b.Election, id)
			if err != nil {
				return // Cast reports it
			}
			d.mu.Lock()
			turn := d.turn
			d.mu.Unlock()
			h.workAhead(d, nil, turn)
		}
	}
}

// ballot finishes a voter's ballot with the answers in rows. If every row was
// encrypted ahead as it is now only the signature is left; otherwise all rows are
// encrypted anew, so that the time it takes does not tell how many differ.
func (h *Hall) ballot(e *ballot.Election, who meeting.MemberID, rows []int) (*ballot.Ballot, error) {
	d, err := h.takeSheet(e, who)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sheet == nil { // wiped meanwhile: the box is no longer open, which Cast reports
		return nil, &meeting.Refusal{Code: meeting.BoxNotOpen}
	}
	defer func() {
		d.sheet.Wipe()
		d.sheet = nil
		clear(d.rows)
	}()
	if !slices.Equal(rows, d.rows) {
		for i, answer := range rows {
			if err := d.sheet.Choose(i, answer, h.rand); err != nil {
				return nil, err
			}
		}
	}
	return d.sheet.Seal(h.rand)
}
