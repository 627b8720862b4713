package paper

import (
	"cmp"
	"encoding/hex"
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// minutes are the 会议记录, with every field of DOMAIN.md §4.12.
func minutes(s *meeting.State, f Facts) Document {
	p := minuted(s)
	p.signInSheet()
	p.receipts()
	p.proof(f)
	title := s.Branch.Name + s.Rules.Title + "会议记录"
	if s.Ended().IsZero() {
		title += "（草稿）"
	}
	return Document{Title: title, Blocks: p.blocks}
}

// Draft returns the minutes as far as the recorder has to read them through,
// without the sheets and the proof that are printed with them. s has begun.
func Draft(s *meeting.State) Document { return Document{Blocks: minuted(s).blocks} }

// minuted writes what was said and done.
func minuted(s *meeting.State) *pen {
	p := newPen(s)
	p.head()
	p.attendance()
	p.agenda()
	p.begin("会议经过")
	for _, it := range p.inOrder() {
		p.item(it)
	}
	p.ending()
	return p
}

// head writes the facts at the top of the minutes.
func (p *pen) head() {
	s, roll := p.s, p.s.Roll()
	if s.Ended().IsZero() {
		p.say("会议尚未散会，本记录为草稿。")
	}
	p.begin("会议概况")
	p.write(Fields{
		{"会议名称", Text(s.Rules.Title)},
		{"党支部", Text(s.Branch.Name)},
		{"上级党组织", Text(s.Branch.Org)},
		{"时间", Text(p.sittings())},
		{"地点", Text(p.place())},
		{"主持人", Text(p.office(p.s.Host()))},
		{"记录人", Text(p.office(s.Recorder))},
		{"党员总数", Text(fmt.Sprintf("%d 名，其中正式党员 %d 名、预备党员 %d 名", s.Count(meeting.Formal, meeting.Probationary),
			s.Count(meeting.Formal), s.Count(meeting.Probationary)))},
		{"应到", Text(fmt.Sprintf("%d 名，其中正式党员 %d 名", roll.Expected, roll.ExpectedFormal))},
		{"实到", Text(fmt.Sprintf("%d 名，其中正式党员 %d 名", roll.Present, roll.PresentFormal))},
		{"缺席", Text(fmt.Sprintf("%d 名", len(roll.Absent)))},
		{"不计入应到", Text(fmt.Sprintf("%d 名", len(roll.NotCounted)))},
		{"列席", Text(p.guests(roll.Guests))},
		{"依据", Text(s.Rules.Source)},
	})
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
	p.write(Signatures{{"主持人", p.s.Called(p.s.Host())}, {"记录人", p.s.Called(p.s.Recorder)}})
}

// proof writes the head of the log from which the paper was made.
func (p *pen) proof(f Facts) {
	fields := Fields{
		{"日志记录数", Number(int(f.Seq))},
		{"日志末条校验值", Text(hex.EncodeToString(f.Head[:]))},
		{"日志末条时间", Text(p.when.full(p.s.Chronicle.At))},
	}
	if p.s.Pruned[meeting.BallotBlob] != "" {
		fields = append(fields, Field{"测评票密文", Text("审定后已清除，依据：" + p.s.Pruned[meeting.BallotBlob] + "；各条记录的校验值仍在，仍可核对")})
	}
	p.write(Heading{Level: 1, Text: "记录校验"}, fields)
}
