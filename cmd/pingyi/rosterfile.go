package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/sheet"
	"pingyi/store/folder"
)

// rosterFile is the answer of roster template and roster export.
type rosterFile struct {
	File   string `json:"file"`
	People int    `json:"people"`
}

// rosterGuide says how the empty sheet is filled in.
var rosterGuide = []string{
	"填表说明",
	"1. 每人一行，姓名和类别一定要填，其他的可以空着；不用的列可以删去，加别的列也行（不会读）。",
	"2. 类别：正式、预备、群众（群众代表）、列席。",
	"3. 编号可以不填，导入时会编上；填了就不要改，同名的人一定要填。只用字母、数字、- 和 _。",
	"4. 日期写成 2017-03-16、2017.03 或 2017。",
	"5. 党内职务：书记 只有一位；兼几个职务就用顿号隔开，例如 副书记、组织委员。",
	"6. 不计入应到原因：计入的人空着；要多说明就写在括号里，例如 长期患病（2025 年起）。",
	"7. 导入：pingyi roster import 名册.xlsx --branch b1 --dry-run 先看看，再去掉 --dry-run。",
}

func (d *desk) rosterTemplateVerb() *cobra.Command {
	var out string
	var asJSON bool
	verb := &cobra.Command{
		Use: "template", Short: "生成一张空的名册表，填好再导入", Args: exactly(),
		Example: "  pingyi roster template -o 名册.xlsx",
		RunE: func(*cobra.Command, []string) error {
			return d.writeRoster(out, nil, rosterGuide, asJSON, "已生成 %s：填好以后用 pingyi roster import 导入\n")
		},
	}
	verb.Flags().StringVarP(&out, "output", "o", "", "写入文件，以 .xlsx 或 .csv 结尾")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

func (d *desk) rosterExportVerb() *cobra.Command {
	var branch, out string
	var asJSON bool
	verb := &cobra.Command{
		Use: "export", Short: "把名册写成表；改好可以再导入", Args: exactly(),
		Example: "  pingyi roster export --branch b1 -o 名册.xlsx",
		RunE: d.withFolder(func(ctx context.Context, f *folder.Folder, _ []string) error {
			if branch == "" {
				return branchMissing()
			}
			h, err := f.Hall(ctx, branch)
			if err != nil {
				return err
			}
			return d.writeRoster(out, h.State().RosterRows(), nil, asJSON, "已写入 %s，共 %d 人\n")
		}),
	}
	verb.Flags().StringVar(&branch, "branch", "", "支部编号")
	verb.Flags().StringVarP(&out, "output", "o", "", "写入文件，以 .xlsx 或 .csv 结尾")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// writeRoster writes a roster to a file that is not there yet: a roster that
// somebody filled in is never lost to an empty one.
func (d *desk) writeRoster(out string, rows [][]string, guide []string, asJSON bool, say string) error {
	form := sheet.Form{Name: "名册", Rows: rows, Guide: guide, GuideAs: "填表说明"}
	for _, c := range meeting.RosterColumns() {
		form.Columns = append(form.Columns, sheet.FormColumn{Header: c.Name, Choices: c.Choices, Open: c.Open})
	}
	write := form.Workbook
	switch ext := strings.ToLower(filepath.Ext(out)); ext {
	case ".xlsx":
	case ".csv":
		write = form.CSV
	default:
		return usagef("请用 -o 写明文件名，以 .xlsx 或 .csv 结尾")
	}
	data, err := write()
	if err == nil {
		err = writeNew(d.path(out), data)
	}
	switch {
	case errors.Is(err, os.ErrExist):
		return failf("已经有 %s：请换一个文件名，或者先把它移走", out)
	case err != nil:
		return failf("写不了 %s：请换一个能写的文件夹（%w）", out, err)
	case asJSON:
		return d.json(rosterFile{d.path(out), len(rows)})
	}
	text := []any{out, len(rows)}
	fmt.Fprintf(d.out, say, text[:strings.Count(say, "%")]...)
	return nil
}

// writeNew writes a file that only its owner may read. It leaves an old one as it
// is.
func writeNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(path)
	}
	return err
}
