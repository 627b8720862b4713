package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

const second = time.Second

// nameOf is a person's name as it may be drawn, never parted.
func nameOf(s *meeting.State, id meeting.MemberID) string { return whole(Clean(s.NameOf(id))) }

// names lists people as a sentence does.
func names(s *meeting.State, ids []meeting.MemberID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = nameOf(s, id)
	}
	return strings.Join(list, "、")
}

// codeOf is the code of a refusal, "" for other errors.
func codeOf(err error) meeting.Code {
	var no *meeting.Refusal
	if errors.As(err, &no) && no != nil {
		return no.Code
	}
	return ""
}

// why says why somebody may not do something, "" if they may.
func why(s *meeting.State, who meeting.MemberID, act meeting.Action) string {
	return Say(meeting.May(s, who, act))
}

// clock is a time span as 02:05, or 1:02:05 from an hour on.
func clock(d time.Duration) string {
	n := int(d.Seconds())
	if n >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", n/3600, n/60%60, n%60)
	}
	return fmt.Sprintf("%02d:%02d", n/60, n%60)
}

// roll is the attendance as somebody reads it aloud: 应到 16，实到 14，缺席 2
// （病假 1，公出 1） (domain.md §3.1).
func roll(s *meeting.State) string {
	r := s.Roll()
	text := fmt.Sprintf("应到 %d，实到 %d，缺席 %d", r.Expected, r.Present, len(r.Absent))
	var reasons []string
	count := map[string]int{}
	for _, id := range r.Absent {
		reason := Clean(s.Attendance[id].Reason)
		if reason == "" {
			reason = "原因未记"
		}
		if count[reason]++; count[reason] == 1 {
			reasons = append(reasons, reason)
		}
	}
	for i, reason := range reasons {
		reasons[i] = whole(fmt.Sprintf("%s %d", reason, count[reason]))
	}
	if len(reasons) > 0 {
		text += "（" + strings.Join(reasons, "，") + "）"
	}
	if n := len(r.Left); n > 0 {
		text += fmt.Sprintf("，提前离开 %d", n)
	}
	if n := len(r.Guests); n > 0 {
		text += fmt.Sprintf("，列席 %d", n)
	}
	return text + "。"
}

// quorum says whether enough are there.
func quorum(s *meeting.State) string {
	r := s.Roll()
	text := fmt.Sprintf("其中正式党员应到 %d，实到 %d，", r.ExpectedFormal, r.PresentFormal)
	if r.Quorum {
		return text + "符合规定人数。"
	}
	return text + "还不到规定人数。"
}

// present is the attendance in a corner.
func present(s *meeting.State) string {
	r := s.Roll()
	return fmt.Sprintf("实到 %d/%d", r.Present, r.Expected)
}

// itemNo is 第 7/14 项, or the phase outside the meeting.
func itemNo(s *meeting.State) string {
	if it, ok := s.Item(); ok {
		return fmt.Sprintf("第 %d/%d 项", it.No, len(s.Agenda))
	}
	return PhaseName(s.Phase)
}

// itemTitle is the open item's title, or what stands in its place.
func itemTitle(s *meeting.State) string {
	if it, ok := s.Item(); ok {
		return Clean(it.Title)
	}
	if s.Phase == meeting.Before {
		return "等待开会"
	}
	return "会议已经结束"
}

// nextTitle is the title of the item after the open one.
func nextTitle(s *meeting.State) string {
	if n := s.Current + 1; n < len(s.Agenda) {
		return Clean(s.Agenda[n].Title)
	}
	return "散会"
}

// meetingTitle is the branch and what it meets for.
func meetingTitle(s *meeting.State) string {
	if s.Rules == nil {
		return "评议"
	}
	return Clean(s.Branch.Name) + "  " + Clean(s.Rules.Title)
}

// page is a page with the head that every screen has.
func (a *App) page(f flow) page {
	p := page{flow: f, head: meetingTitle(a.s), side: itemNo(a.s)}
	if a.Width < normalWidth {
		p.head = Clean(a.s.Branch.Name)
	}
	return p
}

// speaking says who has the floor, how long, and who waits.
func speaking(f *flow, s *meeting.State, now time.Time) {
	fl := s.Floor
	if fl.Speaker != "" {
		spans := []span{{"发言：" + nameOf(s, fl.Speaker), strong}}
		if fl.For != meeting.ForSpeech {
			spans = append(spans, span{"（" + PurposeName(fl.For) + "）", plain})
		}
		f.put(append(spans, span{"  ", plain}, span{whole(timing(fl, now)), strong})...)
	}
	if len(fl.Queue) > 0 {
		f.say(plain, "候言："+names(s, fl.Queue))
	}
}

// timing is 00:48 / 02:00 and what is special about it.
func timing(fl meeting.Floor, now time.Time) string {
	spent := fl.Elapsed(now)
	text := clock(spent)
	limit := time.Duration(fl.Limit) * second
	if limit > 0 {
		text += " / " + clock(limit)
	}
	switch {
	case fl.Paused:
		text += " 已暂停"
	case limit > 0 && spent > limit:
		text += " 已超时"
	}
	return text
}

// running reports whether a speaker's clock runs.
func running(s *meeting.State) bool { return s.Floor.Speaker != "" && !s.Floor.Paused }

// happening says what the meeting does now, for everybody.
func happening(f *flow, s *meeting.State, now time.Time) {
	if s.Phase == meeting.Before {
		f.say(plain, "会议还没有开始。"+roll(s))
		return
	}
	switch it, _ := s.Item(); it.Kind {
	case preset.SignIn:
		f.say(plain, roll(s))
		f.say(plain, quorum(s))
	case preset.Criticism:
		f.say(plain, turn(s))
	case preset.SelfRating:
		n := len(s.Unrated())
		f.say(plain, fmt.Sprintf("参加评定的党员给自己评一个等次，还有 %d 位没有填。", n))
	case preset.Ballot:
		f.say(plain, box(s))
	case preset.Tally:
		f.say(plain, box(s))
		announced(f, s)
	case preset.Rating:
		f.say(plain, fmt.Sprintf("正在评定等次，已评 %d / %d 名。", len(s.ToGrade())-len(s.Ungraded()), len(s.ToGrade())))
	}
	speaking(f, s, now)
}

// turn says whose round it is in 批评与自我批评, and how far it has come.
func turn(s *meeting.State) string {
	name := nameOf(s, s.Subject)
	round, _ := s.Round(s.Subject)
	absent := ""
	if s.Subject != "" && !s.Attendance[s.Subject].Present {
		absent = "（本人缺席，宣读书面材料）"
	}
	switch {
	case s.Subject == "" && s.NextSubject() == "":
		return "每个人都已经评议过了。"
	case s.Subject == "":
		return "下一位：" + nameOf(s, s.NextSubject()) + "。"
	case round.Stage == meeting.StageSelf:
		return name + " 作自我批评" + absent + "。"
	case round.Stage == meeting.StageCriticism:
		return fmt.Sprintf("正在听取对 %s 的批评意见%s，已有 %d 条。", name, absent, len(round.Criticisms))
	case round.Stage == meeting.StageResponse:
		return name + " 表态。"
	}
	return name + " 评议完毕。"
}

// box says how far the vote has come, with numbers but no content.
func box(s *meeting.State) string {
	v := s.Vote()
	if v == nil {
		return "还没有开始测评：先推选监票人。"
	}
	text := "监票人：" + names(s, v.Scrutineers) + "。"
	switch v.State {
	case meeting.BoxSealing:
		if len(s.Sealers()) == 0 {
			return text + Say(&meeting.Refusal{Code: meeting.KeysLost})
		}
		return text + "等待 " + names(s, s.Sealers()) + " 封箱。"
	case meeting.BoxSealed:
		return text + "票箱已经封好，等主持人开始投票。"
	case meeting.BoxOpened:
		return text + "正在投票：" + issued(v) + "。"
	case meeting.BoxClosed:
		return text + "投票结束：" + issued(v) + "。" + unsealing(s)
	case meeting.BoxCounted:
		if !v.Announced {
			return text + "已经计票：" + issued(v) + "。等主持人公布结果。"
		}
		return text + "已经计票：" + issued(v) + "。"
	}
	return "这次测评已经作废：" + Clean(v.Reason) + "。要重新推选监票人。"
}

// issued says how many ballots went out and came back, each channel apart.
func issued(v *meeting.Vote) string {
	text := fmt.Sprintf("发出 %d 张，收回 %d 张", len(v.Voters), len(v.Slips))
	for _, more := range []string{massIssued(v, false), paperIssued(v)} {
		if more != "" {
			text += "；" + more
		}
	}
	return text
}

// massIssued is how many ballots went to 群众 and came back, "" if none did; for
// the wall it goes in [steps].
func massIssued(v *meeting.Vote, wall bool) string {
	if v.Mass == nil {
		return ""
	}
	n, of := len(v.Mass.Slips), len(v.Mass.Voters)
	if wall && v.State == meeting.BoxOpened {
		n = steps(n, of)
	}
	return fmt.Sprintf("群众票发出 %d 张，收回 %d 张", of, n)
}

// paperIssued is how many paper slips went out, and came back where two
// scrutineers agree on it; "" if none did.
func paperIssued(v *meeting.Vote) string {
	if len(v.OnPaper) == 0 {
		return ""
	}
	text := fmt.Sprintf("纸质票发出 %d 张", len(v.OnPaper))
	if sums, agreed := v.PaperSums(); agreed {
		text += fmt.Sprintf("，收回 %d 张", sums.Returned)
	}
	return text
}

// unsealsMissing is how many scrutineers must still open the closed box.
func unsealsMissing(s *meeting.State) int {
	v := s.Vote()
	left := len(v.Unsealers())
	if enough := s.Threshold(); enough > 0 {
		return max(0, left-len(v.Scrutineers)+enough)
	}
	return left
}

// unsealing says whose key the closed box waits for.
func unsealing(s *meeting.State) string {
	v := s.Vote()
	left := v.Unsealers()
	n := unsealsMissing(s)
	first := ""
	if paperOpen(v) {
		first = "先由两位监票人录入纸质票。"
	}
	switch least := s.Rules.Vote.MinBallots; {
	case len(v.Slips) < least:
		return Say(&meeting.Refusal{Code: meeting.TooFewBallots, Args: []string{fmt.Sprint(len(v.Slips)), fmt.Sprint(least)}})
	case n < len(left):
		return first + fmt.Sprintf("%s 中再有 %d 人开箱即可。", names(s, left), n)
	}
	return first + "等待 " + names(s, left) + " 开箱。"
}

// checked says how many voters have found their receipt, "" before the board
// is shown.
func checked(s *meeting.State) string {
	v := s.Vote()
	if v == nil || v.State != meeting.BoxClosed && v.State != meeting.BoxCounted {
		return ""
	}
	return fmt.Sprintf("已核对回执 %d / %d 人", len(v.Checked), len(v.Board()))
}

// announced is what the meeting hears of the result, and no more.
func announced(f *flow, s *meeting.State) {
	an, ok := s.Announced()
	switch {
	case !ok:
		return
	case an.Full:
		f.gap()
		for _, id := range s.ByVotes() {
			if h, no := s.Histogram(id); no == nil {
				f.hang(span{pad(nameOf(s, id), 12), plain}, span{histogram(s.Rules.Grades, h), plain})
			}
		}
		committee(f, s)
	case an.Leading != nil:
		f.gap()
		f.say(plain, "多数票给出的等次："+leading(s, an.Leading))
		committee(f, s)
	case an.Excellent != nil || an.Tied != nil:
		f.gap()
		f.say(plain, "多数票评为优秀的："+names(s, an.Excellent))
		if len(an.Tied) > 0 {
			f.say(plain, "票数相同、由支委会研究的："+names(s, an.Tied))
		}
	default:
		f.say(muted, "测评结果由党组织掌握，会后反馈给本人。")
	}
}

// committee is the announced result of the committee's own ballot, if there is one.
func committee(f *flow, s *meeting.State) {
	if h, no := s.BranchHistogram(); no == nil {
		f.say(plain, Clean(s.Rules.Vote.BranchTitle)+"："+histogram(s.Rules.Vote.BranchScale, h)+"。")
	}
}

func leading(s *meeting.State, n map[meeting.Grade]int) string {
	var parts []string
	for _, g := range s.Rules.Grades {
		parts = append(parts, whole(fmt.Sprintf("%s %d 名", Clean(g), n[meeting.Grade(g)])))
	}
	return strings.Join(parts, "，") + "。"
}

// histogram is how somebody was graded on a scale, with its base.
func histogram(scale []string, h meeting.Histogram) string {
	var parts []string
	for i, g := range scale {
		parts = append(parts, whole(fmt.Sprintf("%s %d", Clean(g), h.Counts[i])))
	}
	return fmt.Sprintf("%s，弃权 %d（收回 %d）", strings.Join(parts, "，"), h.Abstain, h.Ballots)
}

// before are how many wait for the floor before who; -1 if who does not wait.
func before(s *meeting.State, who meeting.MemberID) int { return slices.Index(s.Floor.Queue, who) }

// slipOf is a person's ballot in the current vote; ok is false without one.
func slipOf(s *meeting.State, who meeting.MemberID) (slip meeting.Slip, ok bool) {
	v := s.Vote()
	if v == nil {
		return slip, false
	}
	own, issued := v.BoxOf(who)
	if !issued {
		return slip, false
	}
	slip, ok = own.Slips[who]
	return slip, ok
}

// lasted says from when to when the meeting was held.
func lasted(s *meeting.State, zone *time.Location) string {
	return "会议从 " + s.Began().In(zone).Format("15:04") + " 开到 " + s.Ended().In(zone).Format("15:04") + "。"
}
