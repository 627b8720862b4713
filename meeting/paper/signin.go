package paper

import (
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// signIn is the 签到表, from the first who signed in on. The place of who has not
// come is blank: it may be printed and signed by hand. It is a draft until the
// meeting is over.
func signIn(p *pen) (doc.Document, bool) {
	roll := p.s.Roll()
	if p.s.Began().IsZero() && p.s.Attendance.Len() == 0 {
		return doc.Document{}, false
	}
	p.write(doc.Boxes{
		{{Name: "会议名称", Value: doc.Text(p.s.Rules.Title)}},
		{{Name: "时间", Value: doc.Text(p.when.full(p.s.Began()))}, {Name: "地点", Value: doc.Text(p.s.Where())}},
		{{Name: "应到", Value: doc.Text(withFormal(roll.Expected, roll.ExpectedFormal))}, {Name: "实到", Value: doc.Text(withFormal(roll.Present, roll.PresentFormal))}},
		{{Name: "缺席", Value: doc.Text(fmt.Sprintf("%d 名", len(roll.Absent)))}, {Name: "列席", Value: doc.Text(fmt.Sprintf("%d 名", len(roll.Guests)))}},
	})
	p.write(p.signInTable(), append(p.signs("主持人", someone(p.s.Host())...), p.signs("记录人", someone(p.s.Recorder)...)...))
	return doc.Document{Title: p.s.Branch.Name + "签到表", Draft: p.s.Ended().IsZero(), Blocks: p.blocks}, true
}

// someone is a person, or nobody.
func someone(id meeting.MemberID) []meeting.MemberID {
	if id == "" {
		return nil
	}
	return []meeting.MemberID{id}
}

// withFormal is a number of party members with that of the 正式党员 among them.
func withFormal(all, formal int) string {
	return fmt.Sprintf("%d 名，其中正式党员 %d 名", all, formal)
}
