package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pingyi/store/bolt"
	"pingyi/store/folder"
)

// errServing says why a verb that needs the data to itself is not forwarded.
var errServing = failf("服务正在运行，不能清除密文；请先停止服务，再运行这个命令")

func (d *desk) pruneVerb() *cobra.Command {
	var branch, approval string
	var asJSON bool
	verb := &cobra.Command{
		Use: "prune", Short: "上级审定后，清除一个支部全部测评票的密文", Args: exactly(),
		Long: `上级审定后，清除一个支部全部测评票和匿名意见的密文，不能恢复。票数、计票结果、
回执和记录链都留着，核验仍然通过。要在服务停止时运行，会议要已经结束，评定表要已经提交。
此前导出的 .bel 档案和备份不归它管：里面仍有密文，请按保管规定另行处理。`,
		Example: `  pingyi prune --branch b1 --approval "某党总支批复〔2026〕3号"`,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			switch {
			case branch == "":
				return usagef("请用 --branch 写明支部编号")
			case strings.TrimSpace(approval) == "":
				return usagef("请用 --approval 写明批复文号或说明")
			case d.running != nil:
				return errServing
			}
			f, err := folder.Open(d.path(d.data))
			if errors.Is(err, bolt.ErrInUse) {
				return errServing
			} else if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, f.Close()) }()
			if lost := f.Repaired(); lost != "" {
				d.progress("%s", lost)
			}
			done, err := f.Prune(c.Context(), branch, approval)
			if err != nil {
				return err
			}
			return d.tellPruned(done, asJSON)
		},
	}
	verb.Flags().StringVar(&branch, "branch", "", "支部编号")
	verb.Flags().StringVar(&approval, "approval", "", "批复文号或说明，记入记录")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

func (d *desk) tellPruned(p folder.Pruned, asJSON bool) error {
	if asJSON {
		return d.json(p)
	}
	fmt.Fprintf(d.out, "清除了 %d 张测评票的密文；记录 %d 条都在\n记录链校验值 %s\n", p.Ballots, p.Records, p.Head)
	for _, name := range p.Copies {
		fmt.Fprintf(d.out, "数据文件损坏时留下的副本里可能仍有密文，确认不再需要后请删除：%s\n", name)
	}
	fmt.Fprintln(d.out, "此前导出的 .bel 档案和备份里仍有密文，请按保管规定另行处理")
	return nil
}
