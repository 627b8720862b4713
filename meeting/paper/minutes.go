package paper

import (
	"cmp"
	"encoding/hex"
	"fmt"

	"rsc.io/qr"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// minutes are the 会议记录, with every field of DOMAIN.md §4.12.
// It is there from the first item on, a draft until the meeting is adjourned.
func minutes(p *pen) (doc.Document, bool) {
	if p.s.Began().IsZero() {
		return doc.Document{}, false
	}
	p.minuted()
	p.signInSheet()
	p.receipts()
	p.proof()
	return doc.Document{Title: p.s.Branch.Name + p.s.Rules.Title + "会议记录", Draft: p.s.Ended().IsZero(), Blocks: p.blocks}, true
}

// Draft returns the minutes as far as the recorder has to read them through,
// without the sheets and the proof that are printed with them. s has begun.
func Draft(s *meeting.State) doc.Document {
	p := newPen(s, Facts{})
	p.minuted()
	return doc.Document{Blocks: p.blocks}
}

// minuted writes what was said and done.
func (p *pen) minuted() {
	p.head()
	p.attendance()
	p.agenda()
	p.begin("会议经过")
	for _, it := range p.inOrder() {
		p.item(it)
	}
	p.ending()
}

// head writes the facts at the top of the minutes.
func (p *pen) head() {
	s, roll := p.s, p.s.Roll()
	if s.Ended().IsZero() {
		p.say("会议尚未散会，本记录为草稿。")
	}
	p.begin("会议概况")
	p.write(doc.Fields{
		{Name: "会议名称", Value: doc.Text(s.Rules.Title)},
		{Name: "党支部", Value: doc.Text(s.Branch.Name)},
		{Name: "上级党组织", Value: doc.Text(s.Branch.Org)},
		{Name: "时间", Value: doc.Text(p.sittings())},
		{Name: "地点", Value: doc.Text(p.place())},
		{Name: "主持人", Value: doc.Text(p.office(p.s.Host()))},
		{Name: "记录人", Value: doc.Text(p.office(s.Recorder))},
		{Name: "党员总数", Value: doc.Text(fmt.Sprintf("%d 名，其中正式党员 %d 名、预备党员 %d 名", s.Count(meeting.Formal, meeting.Probationary),
			s.Count(meeting.Formal), s.Count(meeting.Probationary)))},
		{Name: "应到", Value: doc.Text(withFormal(roll.Expected, roll.ExpectedFormal))},
		{Name: "实到", Value: doc.Text(withFormal(roll.Present, roll.PresentFormal))},
		{Name: "缺席", Value: doc.Text(fmt.Sprintf("%d 名", len(roll.Absent)))},
		{Name: "不计入应到", Value: doc.Text(p.notCounted(roll.NotCounted))},
		{Name: "列席", Value: doc.Text(p.guests(roll.Guests))},
		{Name: "依据", Value: doc.Text(s.Rules.Source)},
	})
}

// notCounted says how many 应到 leaves out, and how many of them are not among the
// members of the branch, whom the lines above count.
func (p *pen) notCounted(ids []meeting.MemberID) string {
	gone := 0
	for _, id := range ids {
		if m, _ := p.s.Member(id); m.Gone() {
			gone++
		}
	}
	text := fmt.Sprintf("%d 名", len(ids))
	if gone > 0 {
		text += fmt.Sprintf("，其中 %d 名已不在本支部，不在党员总数之内", gone)
	}
	return text
}

// sittings says from when to when the meeting sat: a recess parts two sittings.
func (p *pen) sittings() string {
	text := p.when.full(p.s.Began())
	for _, r := range p.s.Recesses {
		text += " 至 " + p.when.clock(r.From)
		if r.To.IsZero() {
			return text + fmt.Sprintf("（休会，定于 %s 续会）", r.Until)
		}
		text += "；" + p.when.full(r.To)
	}
	if p.s.Ended().IsZero() {
		return text + " 至 （尚未散会）"
	}
	return text + " 至 " + p.when.clock(p.s.Ended())
}

// place is where the meeting was held, or left to be filled in by hand.
func (p *pen) place() string {
	return cmp.Or(p.s.Where(), handwritten)
}

// office names who held an office, or leaves it to be filled in by hand.
func (p *pen) office(id meeting.MemberID) string {
	if id == "" {
		return handwritten
	}
	return p.titled(id)
}

// handwritten stands where the state does not know something.
const handwritten = "（请手填）"

// itemSections write what is special about an item, by its kind. A kind with
// nil has nothing special.
var itemSections = map[string]func(*pen, meeting.Item){
	preset.SignIn:        (*pen).quorum,
	preset.Opening:       nil,
	preset.Study:         nil,
	preset.LastYear:      nil,
	preset.Briefing:      nil,
	preset.SelfCheck:     nil,
	preset.Criticism:     (*pen).criticism,
	preset.Rectification: nil,
	preset.SelfRating:    func(p *pen, _ meeting.Item) { p.selfRatings() },
	preset.Ballot:        func(p *pen, _ meeting.Item) { p.votes() },
	preset.Tally:         func(p *pen, _ meeting.Item) { p.result() },
	preset.Rating:        func(p *pen, _ meeting.Item) { p.ratings() },
	preset.Remark:        nil,
	preset.Closing:       nil,
}

// item writes what happened during one item: what is special about its kind,
// then the other events in order.
func (p *pen) item(it meeting.Item) {
	p.beginSection(fmt.Sprintf("%s（%s）", it.Title, p.when.span(it.Began, it.Ended)))
	written := len(p.blocks)
	if section := itemSections[it.Kind]; section != nil {
		section(p, it)
	}
	p.during(it.No, func(m moment) {
		if !ofRound(m) {
			p.happened(m)
		}
	})
	if len(p.blocks) == written {
		p.say("（无记录。）")
	}
}

// ending writes the end of the meeting and the place to sign.
func (p *pen) ending() {
	p.begin("散会")
	if ended := p.s.Ended(); ended.IsZero() {
		p.say("会议尚未散会。")
	} else {
		p.say("会议于 %s 散会。", p.when.full(ended))
	}
	p.write(doc.Signatures{{Role: "主持人", Name: p.s.Called(p.s.Host())}, {Role: "记录人", Name: p.s.Called(p.s.Recorder)}})
}

// proof writes the head of the log from which the paper was made.
func (p *pen) proof() {
	f := p.facts
	fields := doc.Fields{
		{Name: "日志记录数", Value: doc.Number(int(f.Seq))},
		{Name: "日志末条校验值", Value: doc.Text(hex.EncodeToString(f.Head[:]))},
		{Name: "日志末条时间", Value: doc.Text(p.when.full(p.made))},
	}
	if p.s.Pruned[meeting.BallotBlob] != "" {
		fields = append(fields, doc.Field{Name: "测评票密文", Value: doc.Text("审定后已清除，依据：" + p.s.Pruned[meeting.BallotBlob] + "；各条记录的校验值仍在，仍可核对")})
	}
	p.write(doc.Heading{Level: 1, Text: "记录校验"}, fields, p.headAsPicture())
}

// headAsPicture is the hash of the log's last record to be scanned and compared with
// what `pingyi verify` prints.
func (p *pen) headAsPicture() doc.Block {
	text := hex.EncodeToString(p.facts.Head[:])
	code, err := qr.Encode(text, qr.M)
	if err != nil { // 64 letters always fit
		return doc.Paragraph{Text: text}
	}
	return doc.Picture{PNG: code.PNG(), Width: 25, Text: "日志末条校验值的二维码，扫出来与 pingyi verify 印的对照"}
}
