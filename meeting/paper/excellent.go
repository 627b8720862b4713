package paper

import "pingyi/meeting/paper/doc"

// excellent is the list of the members whose grade is 优秀, for those who grade and
// the superior. It is a draft until the grades are final.
func excellent(p *pen) (doc.Document, bool) {
	if !p.s.Submitted {
		return doc.Document{}, false
	}
	t := doc.Table{Columns: doc.Columns("序号", "姓名", "类别", "职务", "评定理由", "审定", "备注")}
	for _, m := range p.party() {
		r, _ := p.s.GradeOf(m.ID)
		if r.Grade != p.s.Excellent() {
			continue
		}
		state := ""
		if p.s.ApprovedLine(m.ID) {
			state = "已审定"
		}
		t.Rows = append(t.Rows, []doc.Cell{doc.Number(len(t.Rows) + 1), doc.Text(p.s.Called(m.ID)), doc.Text(kindName(m.Kind)), doc.Text(postOf(m)), doc.Text(r.Reason), doc.Text(state), doc.Text(ratingRemark(r))})
	}
	p.table(t, "没有评定为"+string(p.s.Excellent())+"的党员。")
	meter := p.s.Cap()
	meter.Used = len(t.Rows)
	p.say("%s", p.capWords(meter))
	p.write(p.signs("支部书记", p.s.Chair()))
	p.seal(p.s.Branch.Name)
	return doc.Document{Title: "民主评议" + string(p.s.Excellent()) + "党员名单", Layout: doc.Ledger, Day: p.today(), Draft: !p.settled(), Blocks: p.blocks}, true
}
