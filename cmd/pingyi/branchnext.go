package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store/folder"
	"pingyi/tui"
)

func (d *desk) branchNextVerb() *cobra.Command {
	var rules string
	var year int
	var asJSON, dry bool
	var verb *cobra.Command
	verb = &cobra.Command{
		Use: "next 编号", Short: "开始一个支部的下一年度", Args: exactly("编号"),
		Long: `开始一个支部的下一年度：名册、没有销号的整改台账、以前的等次都带过去，新的记录接在旧记录之后。
旧的年度从此只能看：材料、核验、记录用「编号@年度」，例如 --branch b1@2016。
只给本人看的材料（谈话记录、发言提纲、反馈）以后不能再写出：要归档的先用 papers --private 写。
入会码不带过去：用 pingyi codes 重新发。上一年度还有什么没有做，先用 --dry-run 看。会议正在进行，或投票结束还没有计票时不能开始。`,
		Example: "  pingyi branch next b1 --preset annual-2024 --dry-run\n  pingyi branch next b1 --preset annual-2024\n  pingyi branch next b1 --preset annual-2024 --year 2025\n  pingyi papers --branch b1@2024 -o 2024年材料",
		RunE: d.withFolder(func(ctx context.Context, f *folder.Folder, args []string) error {
			if rules == "" {
				return usagef("请用 --preset 写明下一年度的规则")
			}
			next, err := d.rulesOf(rules)
			if err != nil {
				return err
			}
			if verb.Flags().Changed("year") {
				next.Title = strings.ReplaceAll(next.Title, fmt.Sprintf("%d年度", next.Year), fmt.Sprintf("%d年度", year))
				next.Year = year
			}
			before, err := f.Hall(ctx, args[0])
			if err != nil {
				return err
			}
			begun, err := f.Foresee(ctx, args[0], next)
			if err != nil {
				return err
			}
			d.remindsOf(before.State())
			if dry {
				return d.tellNext(begun, "还没有开始，会", "开始时去掉 --dry-run。", asJSON)
			}
			if begun, err = f.Next(ctx, args[0], next); err != nil {
				return err
			}
			if err := d.follows(ctx, f, args[0]); err != nil {
				return err
			}
			return d.tellNext(begun, "已经开始：", "下一步：pingyi codes --branch "+begun.ID+" -o 入会码条.docx", asJSON)
		}),
	}
	verb.Flags().StringVar(&rules, "preset", "", presetHelp())
	verb.Flags().IntVar(&year, "year", 0, "评议的年度；不写就是规则里的，规则的标题里写着年度的跟着改")
	verb.Flags().BoolVar(&dry, "dry-run", false, "只看会怎样、上一年度还有什么没有做，什么也不改")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// tellNext tells what goes over into the next year.
func (d *desk) tellNext(n folder.Next, how, then string, asJSON bool) error {
	if asJSON {
		return d.json(n)
	}
	fmt.Fprintf(d.out, "支部 %s 的 %d 年度%s带来党员 %d 名，没有销号的台账 %d 条。\n%s\n", n.ID, n.Year, how, n.Carried.Members, n.Carried.Lines, then)
	return nil
}

// remindsOf tells what of a year was not done, and can't be done once the next has
// begun.
// Who has closed its archive knows the rest of it.
func (d *desk) remindsOf(s *meeting.State) {
	if left := unfinished(s); len(left) > 0 {
		d.progress("提醒：%d 年度%s；下一年度一开始它就只能看，这些不能再补", s.Rules.Year, strings.Join(left, "，"))
	}
	var lines []string
	for _, l := range s.ArchiveList() {
		if l.Name != "ledger" && (l.Level == meeting.ArchivePart || l.Level == meeting.ArchiveMissing) { // what is open in it goes over
			lines = append(lines, tui.Chinese().SayArchiveLine(l))
		}
	}
	if s.Phase == meeting.After && s.Archive == nil && len(lines) > 0 {
		d.progress("提醒：%d 年度没有归档，归档清单里不全的有 %s", s.Rules.Year, strings.Join(lines, "；"))
	}
}

// unfinished says what of the results of a year was not done.
func unfinished(s *meeting.State) []string {
	if s.Phase == meeting.Before {
		return []string{"没有开会"}
	}
	var list []string
	approval := s.Steps("", func(meeting.StepName) string { return "" })[meeting.StepApproval].State
	switch open := approval != meeting.StepDone && approval != meeting.StepNone; {
	case !s.Rules.OnAgenda(preset.Rating):
	case !s.Submitted:
		list = append(list, "没有提交评定表")
	case open && s.Rules.Approval == preset.ApprovalFiling:
		list = append(list, "的评定结果没有送上级")
	case open:
		list = append(list, "的评定结果上级没有审定")
	}
	if n := len(s.Untold()); n > 0 {
		list = append(list, fmt.Sprintf("还有 %d 人没有反馈", n))
	}
	if n := len(s.Unanswered()); n > 0 {
		list = append(list, fmt.Sprintf("还有 %d 人没有写本人意见", n))
	}
	return list
}

// rulesOf returns the rules that are named by the id of an embedded preset or by
// a file.
func (d *desk) rulesOf(name string) (*preset.Rules, error) {
	c, err := d.config(name, "")
	if err != nil {
		return nil, err
	}
	r, err := c.Load()
	if errors.Is(err, preset.ErrUnknown) {
		return nil, failf("没有规则预设「%s」，可用的有：%s", name, strings.Join(preset.IDs(), "、"))
	}
	return r, err
}
