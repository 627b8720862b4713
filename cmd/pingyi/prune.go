package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/store/folder"
)

func (d *desk) pruneVerb() *cobra.Command {
	var branch, approval string
	var classes []string
	var asJSON bool
	verb := &cobra.Command{
		Use: "prune", Short: "上级审定后，清除一个支部全部测评票的密文", Args: exactly(),
		Long: `上级审定后，清除一个支部全部测评票的密文和匿名意见，不能恢复。票数、计票结果、
回执和记录链都留着，核验仍然通过。会议要已经结束，评定表要已经提交；正在用的人不受影响。
--class 可以写几次：ballots 测评票的密文，remarks 开箱时读出的匿名意见，private 只给少数人看的内容
（发言提纲等）；不写就是前两类，每一类只清除一次。
数据文件夹里自动留的备份换成一份清除以后的；此前导出的 .bel 档案和用 pingyi backup 做的备份不归它管：
里面仍有密文，请按保管规定另行处理。`,
		Example: `  pingyi prune --branch b1 --approval "某党总支批复〔2026〕3号"
  pingyi prune --branch b1 --approval "某党总支批复〔2026〕3号" --class private`,
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case branch == "":
				return branchMissing()
			case strings.TrimSpace(approval) == "":
				return usagef("请用 --approval 写明批复文号或说明")
			}
			chosen, err := classesOf(classes)
			if err != nil {
				return err
			}
			return d.withFolder(func(ctx context.Context, f *folder.Folder, _ []string) error {
				done, err := f.Prune(ctx, branch, approval, chosen...)
				if err != nil {
					return err
				}
				return d.tellPruned(done, asJSON)
			})(c, args)
		},
	}
	verb.Flags().StringVar(&branch, "branch", "", "支部编号")
	verb.Flags().StringVar(&approval, "approval", "", "批复文号或说明，记入记录")
	verb.Flags().StringArrayVar(&classes, "class", []string{string(meeting.BallotBlob), string(meeting.CommentBlob)}, "清除哪一类，可以写几次")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// classesOf reads the classes that were typed.
func classesOf(typed []string) (list []meeting.Class, err error) {
	for _, name := range typed {
		class := meeting.Class(name)
		if !slices.Contains(meeting.Classes(), class) {
			return nil, usagef("--class 应当是 ballots、remarks 或 private")
		}
		list = append(list, class)
	}
	return list, nil
}

// className returns what a class of blobs is called.
func className(class meeting.Class) string {
	switch class {
	case meeting.BallotBlob:
		return "测评票的密文"
	case meeting.CommentBlob:
		return "匿名意见"
	}
	return "只给少数人看的内容"
}

// copiesOf says where copies of a class of blobs are that the program has made and does
// not know of.
func copiesOf(class meeting.Class) string {
	switch class {
	case meeting.BallotBlob:
		return "导出的 .bel 档案和用 pingyi backup 做的备份里仍有密文"
	case meeting.PrivateBlob:
		return "用 --private 写的材料和用 pingyi backup 做的备份里仍有这些内容"
	}
	return "用 pingyi backup 做的备份里仍有这些内容"
}

func (d *desk) tellPruned(p folder.Pruned, asJSON bool) error {
	if asJSON {
		return d.json(p)
	}
	var names []string
	for _, class := range p.Classes {
		names = append(names, className(class))
	}
	fmt.Fprintf(d.out, "清除了%s，共 %d 份；记录 %d 条都在\n记录链校验值 %s\n", strings.Join(names, "、"), p.Removed, p.Records, p.Head)
	for _, name := range p.Copies {
		fmt.Fprintf(d.out, "数据文件损坏时留下的副本里可能仍有这些内容，确认不再需要后请删除：%s\n", name)
	}
	for _, t := range p.Taken {
		fmt.Fprintf(d.out, "%s（%s）%s取过第 %d 次测评的票箱，手里的副本里有这些密文，请收回或删除\n", t.Name, t.ID, t.At.Format("2006-01-02 15:04 "), t.Vote)
	}
	for _, class := range p.Classes {
		fmt.Fprintf(d.out, "此前%s，请按保管规定另行处理\n", copiesOf(class))
	}
	return nil
}
