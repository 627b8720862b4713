package paper

import (
	"cmp"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// notice is the 会议通知, a letter to the members. It is a draft until it is sent.
// Who has confirmed it is seen on the screen: a letter says nothing of it.
func notice(p *pen) (doc.Document, bool) {
	r, some := p.only("notice")
	if !some {
		return doc.Document{}, false
	}
	p.write(doc.Addressee("各位党员"))
	p.part("会议时间", p.value(r, "time"))
	p.part("会议地点", p.value(r, "place"))
	p.part("主题", p.value(r, "theme"))
	p.part("议程", numbered(p.value(r, "items")))
	p.part("请准备和带来", p.value(r, "bring"))
	p.write(doc.Closing{Unit: p.s.Branch.Name, Day: cmp.Or(p.longDay(p.stepDay(r, meeting.Sent)), handDay)})
	return doc.Document{
		Title: "关于召开" + p.s.Rules.Title + "会议的通知", Layout: doc.Letter, Draft: r.State != meeting.Sent, Blocks: p.blocks,
	}, true
}
