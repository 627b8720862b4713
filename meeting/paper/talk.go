package paper

import (
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// talks are the 谈心谈话记录 (DOMAIN.md §4.5) that its reader held; without a reader
// all of them.
func talks(p *pen) (doc.Document, bool) {
	list := slices.DeleteFunc(p.s.Records(p.reader, "talk"), func(r meeting.Record) bool { return r.Rev == 0 })
	if len(list) == 0 {
		return doc.Document{}, false
	}
	return records(p.s, p.reader, formNamed("talk")), true
}
