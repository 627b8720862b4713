package meetingtest

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// Dump writes everything that a state holds, in a form in which equal states
// are equal. Ballots and keys are written as hashes. Of the chronicle only the
// length is there: [Chronicle] has the rest.
func Dump(s *meeting.State) string {
	type vote struct {
		meeting.Vote
		Keys  map[meeting.MemberID]string
		Joint string
		Boxes []string
		// written above in another form, or without a form of its own
		Shares *struct{}
		// left out where there is nothing, as in dumps of before
		Recoded []meeting.MemberID        `json:",omitempty"`
		Own     map[meeting.MemberID]bool `json:",omitempty"`
	}
	flat := struct {
		meeting.State
		Votes     []vote
		Records   []string
		Chronicle int
		// left out where there is nothing, as in dumps of before
		Recesses    []meeting.Recess     `json:",omitempty"`
		ReadFor     []meeting.MemberID   `json:",omitempty"`
		Place       string               `json:",omitempty"`
		Placard     *meeting.Placard     `json:",omitempty"`
		Corrections []meeting.Correction `json:",omitempty"`
		Superiors   []meeting.Superior   `json:",omitempty"`

		Regraded meeting.Map[meeting.MemberID, meeting.Rating] `json:",omitzero"`
		Bundles  []meeting.Bundle                              `json:",omitempty"`
		Guide    *meeting.Superior                             `json:",omitempty"`

		Directive *meeting.Directive `json:",omitempty"`
		Opinions  *meeting.Opinions  `json:",omitempty"`
		Unsigned  int                `json:",omitempty"`
	}{
		State: *s, Chronicle: s.Chronicle.Len(), Records: records(s), Recesses: s.Recesses, ReadFor: s.ReadFor,
		Place: s.Place, Corrections: s.Corrections, Superiors: s.Superiors,
		Regraded: s.Regraded, Bundles: s.Bundles, Guide: s.Guide, Directive: s.Directive, Unsigned: s.Opinions.Unsigned(),
	}
	if s.Opinions.Closed || len(s.Opinions.Lines) > 0 {
		flat.Opinions = &s.Opinions
	}
	if s.Placard.Hangs() {
		flat.Placard = &s.Placard
	}
	for _, v := range s.Votes {
		f := vote{Vote: *v, Keys: map[meeting.MemberID]string{}, Joint: fmt.Sprint(v.Shares.Certificates, v.Shares.Encrypted), Recoded: v.Recoded, Own: v.Own}
		for id, k := range v.Keys {
			f.Keys[id] = hashOf(k.JSON())
		}
		if shares := v.Shares; len(v.Own)+len(shares.Polynomials) > 0 {
			f.Joint += fmt.Sprint(v.Own, shares.Polynomials, shares.Records)
		}
		if (v.Shares.Trustee != ballot.Trustee{}) {
			f.Joint += hashOf(v.Shares.Trustee.JSON())
		}
		for _, b := range v.Boxes {
			f.Boxes = append(f.Boxes, dumpBox(b))
		}
		flat.Votes = append(flat.Votes, f)
	}
	text := must(json.MarshalIndent(flat, "", " "))
	return string(text) + "\n"
}

func dumpBox(b *meeting.Box) string {
	slips, partials := map[meeting.MemberID]string{}, map[meeting.MemberID]string{}
	for id, slip := range b.Returned.All() {
		slips[id] = fmt.Sprint(slip.Receipt, slip.Times, slip.Ballot() != nil)
		if one := slip.Ballot(); one != nil {
			slips[id] += hashOf(one.Marshal())
		}
		for _, r := range slip.Comments() {
			slips[id] += hashOf(r.Marshal())
		}
	}
	for id, p := range b.Partials {
		partials[id] = hashOf(p.Marshal())
	}
	text := fmt.Sprint(b.Channel, b.Voters, slips, b.Sums, partials)
	if b.Election != nil {
		text += hashOf(b.Election.Marshal())
	}
	if b.Tally != nil {
		text += hashOf(b.Tally.Marshal())
	}
	return text
}

// records are all that were kept, whoever may read them: they are printed, since
// no code may read past who may.
func records(s *meeting.State) []string {
	var all []string
	kept := reflect.ValueOf(*s).FieldByName("kept")
	for _, f := range meeting.Forms() {
		list := kept.MapIndex(reflect.ValueOf(f.Name))
		if !list.IsValid() {
			continue
		}
		for _, c := range list.FieldByName("chunks").Seq2() {
			for _, r := range c.Seq2() {
				// left out where there is nothing, as in dumps of before
				all = append(all, strings.Replace(fmt.Sprintf("%+v", r.Elem()), " Approval: Origin:{From: No:0}", "", 1))
			}
		}
	}
	return all
}

// hashOf replaces bytes in a dump.
func hashOf(b []byte) string { return fmt.Sprintf(" %x", sha256.Sum256(b)) }

// Chronicle writes everything that happened, as it is stored.
func Chronicle(s *meeting.State) []string {
	var lines []string
	for _, c := range s.Chronicle.Forward() {
		body, _, blob, err := meeting.Encode(c.Event)
		lines = append(lines, fmt.Sprintf("%d %d %s %x", c.N, c.Item, must(body, err), blob))
	}
	return lines
}
