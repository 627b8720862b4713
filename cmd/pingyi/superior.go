package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/org"
	"pingyi/ssh"
	"pingyi/store/folder"
)

func (d *desk) superiorVerb() *cobra.Command {
	verb := &cobra.Command{
		Use: "superior", Short: "上级党组织的人：add 新增，list 列出，remove 移走，codes 发入会码", Args: needsVerb,
		Long: `上级党组织（党总支）的书记、委员、组织员用自己的入会码从 SSH 登录，看得到所有支部走到了哪一步，
在支部的记录里审核方案、审定等次，不在任何支部的名册上，也不计入应到。`,
		Example: "  pingyi superior add s1 --name 王某 --post 党总支书记\n  pingyi superior list",
		RunE:    func(*cobra.Command, []string) error { return usagef("请写明 add、list、remove 或 codes") },
	}
	verb.AddCommand(d.superiorAddVerb(), d.superiorListVerb(), d.superiorRemoveVerb(), d.superiorCodesVerb())
	return verb
}

// withOrganisation makes a verb of work on the superior's log.
func (d *desk) withOrganisation(work func(ctx context.Context, f *folder.Folder, o *folder.Organisation, args []string) error) func(*cobra.Command, []string) error {
	return d.withFolder(func(ctx context.Context, f *folder.Folder, args []string) error {
		o, err := f.Organisation(ctx)
		if err != nil {
			return err
		}
		return work(ctx, f, o, args)
	})
}

func (d *desk) superiorAddVerb() *cobra.Command {
	var name, post string
	var asJSON bool
	verb := &cobra.Command{
		Use: "add 编号", Short: "新增一个人，并发入会码", Args: exactly("编号"),
		Example: "  pingyi superior add s1 --name 王某 --post 党总支书记",
		RunE: d.withOrganisation(func(ctx context.Context, f *folder.Folder, o *folder.Organisation, args []string) error {
			if strings.TrimSpace(name) == "" {
				return usagef("请用 --name 写明姓名")
			}
			p := org.Person{ID: meeting.MemberID(args[0]), Name: name, Post: post}
			if err := o.Act(ctx, org.AddPerson{Person: p}); err != nil {
				return err
			}
			list, err := issueSuperiorCodes(ctx, o, f.Secret, p)
			if err != nil {
				return err
			}
			if asJSON {
				return d.json(struct {
					ID   meeting.MemberID `json:"id"`
					Code string           `json:"code"`
				}{p.ID, list[0].Code})
			}
			fmt.Fprintf(d.out, "已新增 %s（%s），入会码 %s，只在这里显示一次。登录：ssh -p 端口 服务器\n", name, p.ID, list[0].Code)
			return nil
		}),
	}
	verb.Flags().StringVar(&name, "name", "", "姓名")
	verb.Flags().StringVar(&post, "post", "", "职务，例如 党总支书记")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// issueSuperiorCodes gives people of the organisation new join codes.
func issueSuperiorCodes(ctx context.Context, o *folder.Organisation, secret []byte, people ...org.Person) ([]issued, error) {
	list := make([]issued, len(people))
	hashes := map[meeting.MemberID]string{}
	for i, p := range people {
		code, err := ssh.NewCode(rand.Reader)
		if err != nil {
			return nil, err
		}
		hashes[p.ID] = ssh.HashCode(secret, code)
		list[i] = issued{p.ID, p.Name, code}
	}
	return list, o.Act(ctx, org.IssueCodes{Hashes: hashes})
}

func (d *desk) superiorListVerb() *cobra.Command {
	type row struct {
		ID   meeting.MemberID `json:"id"`
		Name string           `json:"name"`
		Post string           `json:"post"`
	}
	var asJSON bool
	verb := &cobra.Command{
		Use: "list", Short: "列出上级党组织的人", Args: exactly(), Example: "  pingyi superior list --json",
		RunE: d.withOrganisation(func(_ context.Context, _ *folder.Folder, o *folder.Organisation, _ []string) error {
			rows := []row{}
			for _, p := range o.State().People {
				rows = append(rows, row(p))
			}
			if asJSON {
				return d.json(rows)
			}
			for _, r := range rows {
				fmt.Fprintf(d.out, "%s\t%s\t%s\n", r.ID, r.Name, r.Post)
			}
			return nil
		}),
	}
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

func (d *desk) superiorRemoveVerb() *cobra.Command {
	var asJSON bool
	verb := &cobra.Command{
		Use: "remove 编号", Short: "移走一个人；入会码随即作废，做过的决定都在", Args: exactly("编号"),
		Example: "  pingyi superior remove s1",
		RunE: d.withOrganisation(func(ctx context.Context, _ *folder.Folder, o *folder.Organisation, args []string) error {
			id := meeting.MemberID(args[0])
			p, _ := o.State().Person(id)
			if err := o.Act(ctx, org.RemovePerson{ID: id}); err != nil {
				return err
			}
			if asJSON {
				return d.json(map[string]string{"id": string(p.ID), "name": p.Name})
			}
			fmt.Fprintf(d.out, "已移走 %s（%s），入会码已经作废。\n", p.Name, p.ID)
			return nil
		}),
	}
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

func (d *desk) superiorCodesVerb() *cobra.Command {
	var out, addr, site string
	var asJSON bool
	verb := &cobra.Command{
		Use: "codes", Short: "给上级党组织的每个人发新的入会码；旧码作废", Args: exactly(),
		Example: "  pingyi superior codes -o 入会码.docx --addr 192.168.1.5:2222",
		RunE: d.withOrganisation(func(ctx context.Context, f *folder.Folder, o *folder.Organisation, _ []string) error {
			people := o.State().People
			if len(people) == 0 {
				return failf("上级党组织还没有人：请先用 pingyi superior add 新增")
			}
			keys, err := f.HostKeys()
			if err != nil {
				return err
			}
			door, err := d.slipDoor(addr, site, keys)
			if err != nil {
				return err
			}
			var file *codeFile
			if out != "" {
				if file, err = newCodeFile(d.path(out), o.State().Name, door); err != nil {
					return err
				}
				defer file.discard()
			}
			list, err := issueSuperiorCodes(ctx, o, f.Secret, people...)
			if err != nil {
				return err
			}
			if file != nil {
				if err := writeCodes(file, list); err != nil {
					return err
				}
			}
			return d.tellCodes(list, file, asJSON)
		}),
	}
	verb.Flags().StringVarP(&out, "output", "o", "", "写入文件：.docx 为可以剪开的纸条，.csv 为表")
	verb.Flags().StringVar(&site, "web", "", "纸条的二维码里网页入口的 主机:端口 或网址；不写就是正在运行的服务的，没有就是 SSH 的地址")
	verb.Flags().StringVar(&addr, "addr", "", "印在纸条上的 主机:端口；不写就是正在运行的服务的，没有服务时是本机的 "+defaultAddr)
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}
