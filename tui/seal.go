package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
)

// A recovery code is longer than 12 characters when it is typed as Latin words.
const codeText = 200

// sealing is a scrutineer's screen until the box is sealed with their key: the
// code is shown once, written down, and typed again (ballot.md §3).
func sealing() *menu {
	return &menu{
		say: func(a *App, f *flow) {
			f.title("请你封箱")
			f.gap()
			if n := a.s.Threshold(); n > 0 {
				all := len(a.s.Vote().Scrutineers)
				f.say(strong, fmt.Sprintf("你是监票人。票箱要用你们 %d 人的钥匙封上，%d 人中 %d 人到场即可开箱。", all, all, n))
			} else {
				f.say(strong, "你是监票人。票箱要用你的钥匙封上，开箱时也要你在场。")
			}
			f.say(plain, "下一页会显示 12 个字的恢复码，只显示一次。请准备纸笔抄下，不要拍照，不要给别人看。")
		},
		choices: func(*App) []choice { return []choice{{label: "显示恢复码", do: showCode}} },
	}
}

func showCode(a *App) tea.Cmd {
	var code string
	work := func(context.Context) (err error) {
		code, err = a.Room.Code(a.Who)
		return err
	}
	return a.run(work, func(a *App, err error) tea.Cmd {
		if err != nil {
			a.refuse(err)
			return nil
		}
		return a.push(codePage(code))
	})
}

func codePage(code string) *menu {
	return &menu{
		title: "抄下恢复码",
		say: func(_ *App, f *flow) {
			for row := range quads(code) {
				f.row(span{"    " + row, accent})
				f.gap()
			}
			f.say(plain, "这一页关掉就不再显示。服务器如果中途重启，要用它才能开箱。计票以后请把纸条销毁。")
		},
		choices: func(*App) []choice {
			return []choice{{label: "抄好了，现在输入一遍", do: func(a *App) tea.Cmd { a.pop(1); return retype(a) }}}
		},
	}
}

// quads yields a code in rows of four characters, with spaces between.
func quads(code string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		row := ""
		n := 0
		for _, r := range Clean(code) {
			row += string(r) + "  "
			if n++; n%4 == 0 {
				if !yield(row) {
					return
				}
				row = ""
			}
		}
		if row != "" {
			yield(row)
		}
	}
}

func retype(a *App) tea.Cmd {
	return a.prompt("输入恢复码", "照抄下的 12 个字输入，中间可以有空格，再按 Enter。返回后要重新取一个恢复码。", codeText,
		func(a *App, text string) tea.Cmd {
			work := func(ctx context.Context) error { return a.Room.Seal(ctx, a.Who, text) }
			return a.run(work, func(a *App, err error) tea.Cmd {
				if err != nil {
					a.refuse(err)
					return nil
				}
				a.tell(accent, "已经封箱。请收好恢复码。")
				return nil
			})
		})
}

// opening is a scrutineer's screen while the closed box waits for their key.
func opening() *menu {
	return &menu{
		say: func(a *App, f *flow) {
			f.title("请你开箱")
			f.gap()
			f.say(plain, box(a.s))
			if paperOpen(a.s.Vote()) {
				f.gap()
				f.say(warn, "纸质票还没有两位监票人录入一致：请先录入，再开箱。")
				f.gap()
			}
			f.say(plain, "开箱只解开各等次的合计，不会解开任何一张票。开箱后不能收回。")
			if !a.Room.Holds(a.Who) {
				f.gap()
				f.say(warn, "服务器重启过，内存里没有你的钥匙：要输入你抄下的恢复码。")
			}
		},
		choices: func(a *App) []choice {
			unseal := choice{label: "开箱", do: func(a *App) tea.Cmd {
				return a.ask("现在开箱？", "你同意解开这次测评的合计。", "是，开箱", func(a *App) tea.Cmd { return unsealWith(a, "") })
			}}
			if !a.Room.Holds(a.Who) {
				unseal = choice{label: "输入恢复码，开箱", do: func(a *App) tea.Cmd {
					return a.prompt("输入恢复码", "照抄下的 12 个字输入，再按 Enter。", codeText, unsealWith)
				}}
			}
			if no := meeting.May(a.s, a.Who, meeting.ActUnseal); no != nil {
				unseal.why = Say(no)
				return append(slipChoices(a), unseal)
			}
			return append([]choice{unseal}, slipChoices(a)...)
		},
	}
}

func unsealWith(a *App, code string) tea.Cmd {
	work := func(ctx context.Context) error { return a.Room.Unseal(ctx, a.Who, code) }
	return a.run(work, func(a *App, err error) tea.Cmd {
		if err != nil {
			a.refuse(err)
			return nil
		}
		a.tell(accent, "你已开箱。")
		return nil
	})
}
