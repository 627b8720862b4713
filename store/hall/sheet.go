package hall

import (
	"maps"
	"slices"
	"sync"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// Most of the work of a ballot is done before its voter confirms: randomness is
// prepared while the voter reads, and a row is encrypted as it is chosen
// (BALLOT.md §3). What is made ahead lives here, in memory, until the ballot is
// cast or the box is no longer open.

// sheets are the ballots in the making, by voter.
type sheets struct {
	mu  sync.Mutex
	all map[meeting.MemberID]*openSheet
}

// openSheet is one voter's ballot in the making, in one vote.
type openSheet struct {
	mu    sync.Mutex
	uuid  string
	sheet *ballot.Sheet // nil when it was cast or wiped
	rows  []int         // what is encrypted already; unset where nothing is
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

// wipe forgets all ballots in the making. It waits for the piece of work that
// one of them is at.
func (s *sheets) wipe() {
	s.mu.Lock()
	all := slices.Collect(maps.Values(s.all))
	clear(s.all)
	s.mu.Unlock()
	for _, d := range all {
		d.wipe()
	}
}

// sheet returns who's ballot in the making for an election, beginning it if
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

// takeSheet returns who's ballot in the making for who finishes it. Nobody else
// gets the same one: another vote of the same person begins anew.
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

// Prepare works ahead on who's ballot: what was chosen so far is encrypted, and
// randomness is prepared for the rest. It changes nothing that anybody sees,
// and may be left out; it returns when there is nothing left to do.
func (h *Hall) Prepare(who meeting.MemberID, c meeting.Choices) {
	s := h.State()
	rows, no := s.Rows(who, c)
	if no != nil {
		return
	}
	box, _ := s.Vote().BoxOf(who)
	d, err := h.sheet(box.Election, who)
	if err != nil {
		return // Cast will say so
	}
	for step := 0; !h.over.Load(); step++ {
		if more := h.ahead(d, rows, step); !more {
			return
		}
	}
}

// ahead does one piece of work, so that Cast never waits long.
func (h *Hall) ahead(d *openSheet, rows []int, step int) (more bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sheet == nil {
		return false
	}
	if step < len(rows) {
		if rows[step] == ballot.Abstain || rows[step] == d.rows[step] {
			return true
		}
		d.rows[step] = rows[step]
		return d.sheet.Choose(step, rows[step], h.rand) == nil
	}
	more, err := d.sheet.Prepare(h.rand)
	return more && err == nil
}

// prepareAll prepares the randomness of everybody's ballot while they read,
// one after another, until the box is closed.
func (h *Hall) prepareAll() {
	v := h.State().Vote()
	for _, b := range v.Boxes {
		for _, id := range b.Voters {
			if now := h.State().Vote(); now.State != meeting.BoxOpened || now.Members().Election.UUID() != v.Members().Election.UUID() || h.over.Load() {
				return
			}
			h.Prepare(id, meeting.Choices{})
		}
	}
}

// ballot finishes who's ballot with the answers in rows.
func (h *Hall) ballot(e *ballot.Election, who meeting.MemberID, rows []int) (*ballot.Ballot, error) {
	d, err := h.takeSheet(e, who)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sheet == nil { // wiped meanwhile: the box is no longer open, which Cast will say
		return nil, &meeting.Refusal{Code: meeting.BoxNotOpen}
	}
	defer func() {
		d.sheet.Wipe()
		d.sheet = nil
		clear(d.rows)
	}()
	for i, answer := range rows {
		if answer == d.rows[i] {
			continue
		}
		if err := d.sheet.Choose(i, answer, h.rand); err != nil {
			return nil, err
		}
	}
	return d.sheet.Seal(h.rand)
}
