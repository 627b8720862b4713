package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// takesRemark reports whether page i of a ballot takes an anonymous remark.
func (sh *sheet) takesRemark(s *meeting.State, i int) bool {
	return s.Rules.Vote.Remarks && i >= 0 && i < len(sh.subjects)
}

// remarkCell is what the overview says about the remark of page i.
func (sh *sheet) remarkCell(s *meeting.State, i int) string {
	switch {
	case !sh.takesRemark(s, i):
		return ""
	case sh.remarks[sh.subjects[i]] != "":
		return "有意见"
	}
	return pad("无", 6)
}

// remark opens the remark of this page. It stays in the session, as the choices do.
func (v *voting) remark(a *App) tea.Cmd {
	sh := a.sheetOf()
	id := sh.subjects[v.leaf]
	if n := len(sh.remarks); sh.remarks[id] == "" && n >= meeting.MaxRemarks {
		a.refuse(&meeting.Refusal{Code: meeting.TooManyRemarks, Args: []string{fmt.Sprint(n + 1), fmt.Sprint(meeting.MaxRemarks)}})
		return nil
	}
	hint := fmt.Sprintf("可写可不写，最多 %d 个字，一张票最多写 %d 位。不署名，计票后支委和本人看得到，请不要写出你是谁。", ballot.MaxRemark, meeting.MaxRemarks)
	w := &write{title: "对 " + a.name(id) + " 的匿名意见", hint: hint, editor: editor{most: ballot.MaxRemark, single: true}}
	w.set(sh.remarks[id])
	w.submit = func(a *App, text string) tea.Cmd {
		a.pop(1)
		if text == "" {
			delete(sh.remarks, id)
			a.tell(muted, "这一页没有匿名意见。")
			return nil
		}
		sh.remarks[id] = text
		a.tell(accent, "匿名意见写好了，和票一起提交。")
		return nil
	}
	return a.push(w)
}

// whyNoRemarks says why there are no remarks to be read now.
func whyNoRemarks(a *App) string {
	if !a.s.Rules.Vote.Remarks {
		return Say(&meeting.Refusal{Code: meeting.NoRemarks})
	}
	return why(a.s, a.Who, meeting.ActRemarks)
}

// remarkChoices lead to the anonymous remarks once the vote is counted.
func remarkChoices(a *App) []choice {
	v := a.s.Vote()
	if v == nil || v.State != meeting.BoxCounted || !a.s.Rules.Vote.Remarks {
		return nil
	}
	return []choice{{label: "看匿名意见", key: "z", why: whyNoRemarks(a), do: readRemarks}}
}

// readRemarks shows the anonymous remarks: the committee and the console
// everybody's, a member their own.
func readRemarks(a *App) tea.Cmd {
	return a.read("匿名意见", func(a *App, f *flow) {
		f.say(muted, "只给支委和本人看：请不要投影，不要追问是谁写的。")
		f.gap()
		v := a.s.Vote()
		if v.Remarks == nil {
			f.say(plain, "匿名意见没有解开：有监票人的钥匙不在服务器上。")
			return
		}
		none := true
		for _, id := range v.Subjects {
			list, no := a.s.RemarksOn(a.Who, id)
			if no != nil || len(list) == 0 {
				continue
			}
			none = false
			f.say(strong, a.name(id))
			for i, text := range list {
				f.hang(span{fmt.Sprintf("  %d  ", i+1), plain}, span{Clean(text), plain})
			}
			f.gap()
		}
		if none {
			f.say(plain, "没有匿名意见。")
		}
	})
}
