package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"pingyi/store"
	"pingyi/store/archive"
	"pingyi/store/folder"
	"pingyi/tui/draw"
)

func (d *desk) logVerb() *cobra.Command {
	var branch string
	verb := &cobra.Command{
		Use: "log", Short: "列出一个支部的全部记录（JSON 行；选票只有摘要）", Args: exactly(),
		Example: "  pingyi log --branch b1",
		RunE: d.withFolder(func(ctx context.Context, f *folder.Folder, _ []string) error {
			if branch == "" {
				return branchMissing()
			}
			return withLog(ctx, f, branch, func(log store.Log) error {
				lines, err := archive.Lines(ctx, log)
				if err != nil {
					return err
				}
				_, err = d.out.Write(lines)
				return err
			})
		}),
	}
	verb.Flags().StringVar(&branch, "branch", "", "支部编号")
	verb.Flags().Bool("json", true, "输出就是 JSON 行")
	return verb
}

func (d *desk) verifyVerb() *cobra.Command {
	var branch string
	var asJSON, strict bool
	verb := &cobra.Command{
		Use: "verify [文件或文件夹]", Short: "核验票箱档案、导出的材料或正在用的记录",
		Args: cobra.ArbitraryArgs,
		Long: `核验，不需要网络和密钥：
  pingyi verify 材料/          记录链、每张票的签名和证明、计票；票箱档案的每一部分与记录对照；
                               按记录重新排出每份材料，逐字节对照；缺少和多出的文件
  pingyi verify 某次.bel        一次测评的票箱档案
  pingyi verify --branch b1     数据文件夹里的记录
印出的名称、指纹和校验值，请与会上抄下的对照。`,
		Example: "  pingyi verify 材料/\n  pingyi verify --branch b1 --json",
		RunE: func(c *cobra.Command, args []string) (err error) {
			if (branch == "") == (len(args) == 0) || len(args) > 1 {
				return usagef("请写明一个文件或文件夹，或用 --branch 写明支部编号")
			}
			if branch != "" {
				return d.withFolder(func(ctx context.Context, f *folder.Folder, _ []string) (err error) {
					defer broken(ctx, &err, unverified)
					return withLog(ctx, f, branch, func(log store.Log) error {
						report, err := waited(ctx, func() (*archive.Findings, error) { return archive.VerifyLog(ctx, log) })
						if err != nil {
							return err
						}
						return d.tellReport(report, asJSON, strict)
					})
				})(c, nil)
			}
			defer broken(c.Context(), &err, unverified)
			report, err := waited(c.Context(), func() (*archive.Findings, error) { return archive.Verify(d.path(args[0])) })
			if err != nil {
				return err
			}
			return d.tellReport(report, asJSON, strict)
		},
	}
	verb.Flags().StringVar(&branch, "branch", "", "支部编号")
	verb.Flags().BoolVar(&strict, "strict", false, "旧格式（部分解密没有第二份证明）也算不符")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// unverified is what is said of a verification that was broken off.
const unverified = "没有核验完：不能算通过，请再运行一次"

// verified is the answer of verify.
type verified struct {
	OK          bool            `json:"ok"`
	Name        string          `json:"name"`
	Fingerprint string          `json:"fingerprint"`
	Checked     archive.Checked `json:"checked"`
	Head        string          `json:"head"`
	Notes       []string        `json:"notes,omitempty"`
	Failures    []string        `json:"failures"`
}

func (d *desk) tellReport(found *archive.Findings, asJSON, strict bool) error {
	if strict {
		found.Strict()
	}
	r := verified{
		found.OK, draw.Clean(found.Name), found.Fingerprint, found.Checked, found.Head, sentences(found.Notes), sentences(found.Failures),
	}
	if asJSON {
		if err := json.NewEncoder(d.out).Encode(r); err != nil {
			return err
		}
	} else {
		d.tellFound(r, found.Boxes)
	}
	if !r.OK {
		return failf("核验不通过：有 %d 处不符", len(r.Failures))
	}
	if !asJSON {
		fmt.Fprintln(d.out, "核验通过。请与会上抄下的名称、指纹和校验值对照：整套材料可以一起重做，只有对照看得出。")
	}
	return nil
}

// tellFound prints what a person compares with what they wrote down, and what
// is wrong.
func (d *desk) tellFound(r verified, boxes []archive.Box) {
	fmt.Fprintf(d.out, "名称 %s\n", r.Name)
	for _, b := range boxes {
		fmt.Fprintf(d.out, "%s：票箱指纹 %s，选票 %d 张\n", b.Title, b.Fingerprint, b.Ballots)
	}
	if len(boxes) == 0 && r.Fingerprint != "" {
		fmt.Fprintf(d.out, "票箱指纹 %s\n", r.Fingerprint)
	}
	if r.Head != "" {
		fmt.Fprintf(d.out, "记录链校验值 %s\n", r.Head)
	}
	c := r.Checked
	fmt.Fprintf(d.out, "核验了记录 %d 条，选票 %d 张（%d 行），监票公钥 %d 把，材料 %d 份\n", c.Records, c.Ballots, c.Slips, c.Trustees, c.Papers)
	for _, n := range r.Notes {
		fmt.Fprintln(d.out, n)
	}
	for _, f := range r.Failures {
		fmt.Fprintln(d.out, "不符："+f)
	}
}
