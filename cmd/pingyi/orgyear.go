package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pingyi/meeting/org"
	"pingyi/meeting/preset"
	"pingyi/store/folder"
)

// yearTemplate is a file of the organisation's year, with the seed's dates.
//
//go:embed orgyear.toml
var yearTemplate []byte

func (d *desk) orgVerb() *cobra.Command {
	verb := &cobra.Command{
		Use: "org", Short: "上级党组织的一年：template 印出样子，import 导入通知的日期、学习计划和考核指标", Args: needsVerb,
		Example: "  pingyi org template > 通知.toml\n  pingyi org import 通知.toml",
		RunE:    func(*cobra.Command, []string) error { return usagef("请写明 template 或 import") },
	}
	template := &cobra.Command{
		Use: "template", Short: "印出一份可以改的文件", Args: exactly(), Example: "  pingyi org template > 通知.toml",
		RunE: func(*cobra.Command, []string) error {
			_, err := d.out.Write(yearTemplate)
			return err
		},
	}
	verb.AddCommand(template, d.orgImportVerb())
	return verb
}

// importedYear is the answer of org import: how much of each there is.
type importedYear struct {
	Dates      int `json:"dates"`
	Months     int `json:"months"`
	Indicators int `json:"indicators"`
}

func (d *desk) orgImportVerb() *cobra.Command {
	var asJSON bool
	verb := &cobra.Command{
		Use: "import 文件", Short: "导入一年的通知，代替原来的；有一处不对就什么也不改", Args: exactly("文件"),
		Long: `导入上级党组织一年的通知（TOML）：每一步的截止日期、逐月的学习计划、支部书记考核的指标。
有不对的地方就一次全部列出，写明第几行，什么也不改。样子见 pingyi org template。`,
		Example: "  pingyi org import 通知.toml",
		RunE: d.withOrganisation(func(ctx context.Context, f *folder.Folder, o *folder.Organisation, args []string) error {
			data, err := readAtMost(d.path(args[0]), preset.MaxBytes)
			if err != nil {
				return err
			}
			year, err := org.ReadYear(data)
			var wrong *preset.Error
			if errors.As(err, &wrong) {
				return d.tellFaults(wrong, asJSON)
			}
			if err != nil {
				return err
			}
			if err := o.Act(ctx, org.SetYear{Year: *year}); err != nil {
				return err
			}
			given, err := f.Direct(ctx)
			if err != nil {
				return err
			}
			r := importedYear{len(year.Dates), len(year.Months), len(year.Indicators)}
			if asJSON {
				return d.json(r)
			}
			fmt.Fprintf(d.out, "已导入「%s」：日期 %d 个，学习计划 %d 个月，考核指标 %d 条。\n", year.Title, r.Dates, r.Months, r.Indicators)
			if len(given) > 0 {
				fmt.Fprintf(d.out, "学习计划和考核指标已交给 %d 年度的支部：%s。已经开始自查的支部仍用原来的指标。\n", year.Year, strings.Join(given, "、"))
			} else {
				fmt.Fprintf(d.out, "现在没有 %d 年度的支部：建支部或开始下一年度时，学习计划和考核指标会交给它。\n", year.Year)
			}
			return nil
		}),
	}
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// tellFaults lists what is wrong with a file, in the form of preset check.
func (d *desk) tellFaults(wrong *preset.Error, asJSON bool) error {
	r := checkedRules{Errors: badRules(wrong)}
	if asJSON {
		if err := d.json(r); err != nil {
			return err
		}
	} else {
		d.listFaults(r)
	}
	return failf("文件有 %d 处不对，什么也没有改；请改好后再导入", len(r.Errors))
}
