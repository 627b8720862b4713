package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/store"
	"pingyi/store/archive"
	"pingyi/store/folder"
	"pingyi/tui/draw"
)

func (d *desk) papersVerb() *cobra.Command {
	var branch, out, only string
	var asJSON, above bool
	verb := &cobra.Command{
		Use: "papers", Short: "把会议材料写到一个文件夹", Args: exactly(),
		Long: `把到目前为止能写的材料都写到一个文件夹：会议记录、测评汇总表（md、csv、json）、
每次测评的票箱档案（.bel）、记录链（log.jsonl）和材料清单（manifest.json）。会议没开完时会议记录是草稿。
同一条记录链写出的材料总是一样的。用 --only 挑出的几种没有清单，不能用 verify 整个核验。
--org 写上级党组织的：汇总表、统计、优秀名单、书记考核，都是各支部现在的情况。`,
		Example: "  pingyi papers --branch b1 -o 材料\n  pingyi papers --org -o 上级材料",
		RunE: d.withFolder(func(ctx context.Context, f *folder.Folder, _ []string) error {
			if out == "" {
				return usagef("请用 -o 写明材料写到哪个文件夹")
			}
			if above && (branch != "" || only != "") {
				return usagef("--org 写的是上级党组织的材料，不和 --branch、--only 一起用")
			}
			if above {
				files, err := organisationPapers(ctx, f)
				if err != nil {
					return err
				}
				return d.writeFiles(out, files, asJSON)
			}
			files, err := makePapers(ctx, f, branch)
			if err != nil {
				return err
			}
			if files, err = chosen(files, only); err != nil {
				return err
			}
			if err := d.warnOfCounts(ctx, f, branch, files); err != nil {
				return err
			}
			return d.writeFiles(out, files, asJSON)
		}),
	}
	verb.Flags().StringVar(&branch, "branch", "", "支部编号")
	verb.Flags().StringVarP(&out, "output", "o", "", "文件夹")
	verb.Flags().StringVar(&only, "only", "", "只写这几种，用逗号隔开：minutes、tally、bel、log")
	verb.Flags().BoolVar(&above, "org", false, "上级党组织的材料")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// writeFiles writes papers into a folder and says which.
func (d *desk) writeFiles(out string, files []archive.File, asJSON bool) error {
	if err := archive.Write(d.path(out), files); err != nil {
		return err
	}
	if asJSON {
		return d.json(files)
	}
	for _, p := range files {
		fmt.Fprintf(d.out, "%s\t%s\n", p.Name, p.Title)
	}
	fmt.Fprintf(d.out, "材料在 %s\n", d.path(out))
	return nil
}

// organisationPapers are the papers of the organisation at this moment.
func organisationPapers(ctx context.Context, f *folder.Folder) ([]archive.File, error) {
	o, err := f.Organisation(ctx)
	if err != nil {
		return nil, err
	}
	halls, err := f.Halls(ctx)
	if err != nil {
		return nil, err
	}
	states := make([]*meeting.State, len(halls))
	for i, h := range halls {
		states[i] = h.State()
	}
	return archive.Organisation(o.State().Name, states)
}

// chosen returns the papers of the named kinds, all if none is named.
func chosen(files []archive.File, only string) ([]archive.File, error) {
	if only == "" {
		return files, nil
	}
	kinds := strings.FieldsFunc(only, func(r rune) bool { return r == ',' || r == '\uff0c' || r == ' ' })
	for _, k := range kinds {
		if !slices.Contains([]string{"minutes", "tally", "bel", "log"}, k) {
			return nil, usagef("没有 %q 这种材料：minutes、tally、bel、log", k)
		}
	}
	return slices.DeleteFunc(files, func(p archive.File) bool { return !slices.Contains(kinds, kindOf(p)) }), nil
}

// kindOf returns the kind of a paper: its file's name without the ending, or
// bel for a ballot box.
func kindOf(p archive.File) string {
	name, kind, _ := strings.Cut(p.Name, ".")
	if kind == "bel" {
		return kind
	}
	return name
}

// warnOfCounts warns, before papers with every count are written, if they would
// show what single members chose (BALLOT.md §4).
func (d *desk) warnOfCounts(ctx context.Context, f *folder.Folder, branch string, files []archive.File) error {
	h, err := f.Hall(ctx, branch)
	if err != nil {
		return err
	}
	counts := slices.ContainsFunc(files, func(p archive.File) bool { return kindOf(p) != "minutes" })
	if unanimous, lone := h.State().Reveals(); counts && unanimous+lone > 0 {
		d.progress("提醒：这些材料里有全部票数，%d 项全票一致、%d 项只有一张不同，看得出个人的选择，只交给支委和上级；要给别人，请用 --only minutes", unanimous, lone)
	}
	return nil
}

// makePapers returns all papers of a branch at this moment.
func makePapers(ctx context.Context, f *folder.Folder, branch string) (files []archive.File, err error) {
	err = withLog(ctx, f, branch, func(log store.Log) error {
		files, err = archive.Make(ctx, log)
		return err
	})
	return files, err
}

// withLog opens the log of an existing branch for work.
func withLog(ctx context.Context, f *folder.Folder, branch string, work func(store.Log) error) error {
	if _, err := f.Hall(ctx, branch); err != nil {
		return err
	}
	log, err := f.Log(ctx, branch)
	if err != nil {
		return err
	}
	defer log.Close()
	return work(log)
}

func (d *desk) logVerb() *cobra.Command {
	var branch string
	verb := &cobra.Command{
		Use: "log", Short: "列出一个支部的全部记录（JSON 行；选票只有摘要）", Args: exactly(),
		Example: "  pingyi log --branch b1",
		RunE: d.withFolder(func(ctx context.Context, f *folder.Folder, _ []string) error {
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
		RunE: func(c *cobra.Command, args []string) error {
			if (branch == "") == (len(args) == 0) || len(args) > 1 {
				return usagef("请写明一个文件或文件夹，或用 --branch 写明支部编号")
			}
			if branch != "" {
				return d.withFolder(func(ctx context.Context, f *folder.Folder, _ []string) error {
					return withLog(ctx, f, branch, func(log store.Log) error {
						report, err := archive.VerifyLog(ctx, log)
						if err != nil {
							return err
						}
						return d.tellReport(report, asJSON, strict)
					})
				})(c, nil)
			}
			report, err := archive.Verify(d.path(args[0]))
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
