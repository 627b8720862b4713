// Package paper writes a meeting's papers: the minutes (会议记录) and the tally
// sheet (测评汇总表、计票结果报告单).
//
// A paper is built once, by a pure function from the meeting's state to a
// [Document]; the formats render the same document, so that they always show
// the same facts (HOUSE.md §6, 5). Every ratio stands with its base. A number
// about a vote comes from [meeting.State.Histogram] only: below the rules' least
// number of ballots no paper has one, and the minutes have no more than the
// rules announce (HOUSE.md §6, 3; §6, 4).
//
// minutes.go and tally.go say what is on the two papers; attendance.go,
// agenda.go, criticism.go, vote.go and rating.go write the parts, each about
// its noun; history.go plays the chronicle again, so that a part can say what
// the state was when something happened.
package paper

import (
	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// Facts are what a paper says beside the state. Nothing of them comes from a
// clock: whoever has the log writes the same papers, byte for byte.
type Facts struct {
	Head [32]byte // hash of the log's last record
	Seq  uint64   // number of records in the log
}

// Paper is a document with the stable name of its kind, which is also the name
// of its file: minutes, tally.
type Paper struct {
	Name string
	doc.Document
}

// All returns the papers that the meeting's state allows: the minutes from the
// first item on (a draft until the meeting is adjourned), the tally sheet once
// the ballots are counted, the records of kinds of which the console reads
// the whole, once there is one, without what is private. Whom it may be shown to is [meeting.May] with
// ActPapers; the tally sheet has every count, whatever the rules announce.
func All(s *meeting.State, f Facts) []Paper {
	var list []Paper
	if !s.Began().IsZero() {
		list = append(list, Paper{Name: "minutes", Document: minutes(s, f)})
	}
	if v := s.Vote(); v != nil && v.State == meeting.BoxCounted {
		list = append(list, Paper{Name: "tally", Document: tally(s, f)})
	}
	return append(list, forms(s)...)
}

// File is a rendered paper.
type File struct {
	Name  string // minutes.md: ASCII, without a path
	Title string
	Bytes []byte
}

// Files renders papers as a style has it, in those of the given formats in which
// each is written, in all of them if none is given: paper by paper, in the order of
// the formats. The error is that of [doc.Style.Render].
func Files(papers []Paper, style *doc.Style, formats ...doc.Format) ([]File, error) {
	if len(formats) == 0 {
		formats = doc.Formats()
	}
	var files []File
	for _, p := range papers {
		for _, f := range formats {
			if !p.In(f) {
				continue
			}
			b, err := style.Render(p.Document, f)
			if err != nil {
				return nil, err
			}
			files = append(files, File{Name: p.Name + "." + string(f), Title: p.Title, Bytes: b})
		}
	}
	return files, nil
}
