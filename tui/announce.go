package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// level is a way to announce a result: what it is called and what the meeting
// then hears.
type level struct{ level, name, heard string }

// levels are the ways to announce a result, the fullest first.
func levels() []level {
	return []level{
		{preset.AnnounceFull, "公布每个人的票数", "每位同志各等次的票数"},
		{preset.AnnounceExcellent, "只公布优秀名单", "多数票评为优秀的同志的姓名，不超过优秀名额"},
		{preset.AnnounceCounts, "只公布各等次人数", "多数票给出的各等次有几名，没有姓名"},
		{preset.AnnounceNone, "不公布结果", "发出和收回的张数，没有任何结果"},
	}
}

// heard is what the meeting hears at a level.
func heard(of string) string {
	for _, l := range levels() {
		if l.level == of {
			return l.heard
		}
	}
	return Clean(of)
}

// unannounced reports whether a result waits to be announced.
func unannounced(s *meeting.State) bool {
	v := s.Vote()
	return v != nil && v.State == meeting.BoxCounted && !v.Announced
}

// confirmAnnounce says what everybody is about to see and what it would give
// away (ballot.md §4). Where it would give somebody away, the coarser ways come
// first, so that Enter alone reveals nobody.
func confirmAnnounce(a *App) tea.Cmd {
	a.calm = a.Room.Now().Add(grace)
	return a.push(&menu{
		title: "公布测评结果？", scene: a.scene, opened: true,
		say: func(a *App, f *flow) {
			f.say(plain, "大家会听到和看到："+heard(a.s.Announcing())+"。公布以后不能收回。")
			if unanimous, lone := revealing(a.s); unanimous+lone > 0 {
				f.gap()
				f.say(warn, fmt.Sprintf("会看出个人的选择：%d 项全票一致，%d 项只有一张不同。建议少公布一些。", unanimous, lone))
			}
		},
		choices: announceChoices,
	})
}

// revealing counts the subjects, the committee among them, about whom the
// announcement would give voters away.
func revealing(s *meeting.State) (unanimous, lone int) {
	if s.Announcing() != preset.AnnounceFull {
		return 0, 0
	}
	return s.Reveals()
}

func announceChoices(a *App) []choice {
	yes := choice{label: "是，公布", do: func(a *App) tea.Cmd {
		a.pop(1)
		return a.act(meeting.Announce{}, "结果已公布。")
	}}
	no := choice{label: "不，回去", do: shut}
	unanimous, lone := revealing(a.s)
	switch {
	case unanimous+lone > 0:
		yes.label = "照样" + levels()[0].name
		return append(otherLevels(a.s), yes, no)
	case a.s.Announcing() != a.s.Rules.Announce: // made coarser: it can be undone
		return append(append([]choice{yes}, otherLevels(a.s)...), no)
	}
	return []choice{yes, no}
}

// otherLevels are the ways to announce that the rules leave beside the present one.
func otherLevels(s *meeting.State) []choice {
	var list []choice
	within := false // the rules' own level, and all coarser ones
	for _, l := range levels() {
		within = within || l.level == s.Rules.Announce
		if !within || l.level == s.Announcing() {
			continue
		}
		list = append(list, choice{label: "改为：" + l.name, do: func(a *App) tea.Cmd {
			a.pop(1)
			return a.actThen(meeting.Coarsen{Level: l.level}, func(a *App) {
				confirmAnnounce(a)
				a.tell(accent, "已改为："+l.name+"。还没有公布。")
			})
		}})
	}
	return list
}
