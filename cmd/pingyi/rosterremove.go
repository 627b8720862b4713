package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/store/folder"
	"pingyi/tui/draw"
)

func (d *desk) rosterRemoveVerb() *cobra.Command {
	var branch, reason string
	var asJSON bool
	verb := &cobra.Command{
		Use: "remove 编号", Short: "从名册上移走一个人，只在会议开始以前", Args: exactly("编号"),
		Long: `从名册上移走一个不该在册的人，例如重复的或导错的；入会码随即作废，原因记进记录链。
会议开始以后，或者已经有这个人的签到、职责和材料时，不能移走：请导入名册，把状态改为 已转出 等。`,
		Example: "  pingyi roster remove m98 --branch b1 --reason 导错了",
		RunE: d.withFolder(func(ctx context.Context, f *folder.Folder, args []string) error {
			if strings.TrimSpace(reason) == "" {
				return usagef("请用 --reason 写明原因")
			}
			if branch == "" {
				return branchMissing()
			}
			h, err := f.Hall(ctx, branch)
			if err != nil {
				return err
			}
			id := meeting.MemberID(args[0])
			name := h.State().NameOf(id)
			if _, err := h.Act(ctx, meeting.Keeper, meeting.RemoveMember{ID: id, Reason: reason}); err != nil {
				return err
			}
			if asJSON {
				return d.json(map[string]string{"id": string(id), "name": name})
			}
			fmt.Fprintf(d.out, "已从名册上移走 %s（%s），入会码作废\n", draw.Drawable(name), id)
			return nil
		}),
	}
	verb.Flags().StringVar(&branch, "branch", "", "支部编号")
	verb.Flags().StringVar(&reason, "reason", "", "原因")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}
