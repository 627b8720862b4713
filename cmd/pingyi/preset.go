package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pingyi/meeting/preset"
	"pingyi/store/folder"
)

// presetHelp is the help for the rules of new branches.
func presetHelp() string {
	return "规则：自己的 .toml 文件，或预设 " + strings.Join(preset.IDs(), "、")
}

// config returns the configuration of a data folder under rules, which are named
// by the id of an embedded preset or by a file.
func (d *desk) config(rules, group string) (folder.Config, error) {
	c := folder.Config{Preset: rules, Group: group}
	if slices.Contains(preset.IDs(), rules) || filepath.Base(rules) == rules && filepath.Ext(rules) != ".toml" {
		return c, nil // an id; an unknown one is told by the folder
	}
	data, err := readAtMost(d.path(rules), preset.MaxBytes)
	if err != nil {
		return c, err
	}
	c.Rules, err = preset.Read(data)
	var wrong *preset.Error
	if errors.As(err, &wrong) {
		return c, failf("%s 有 %d 处不对，什么也没有建；请用 pingyi preset check %s 看是哪几处", rules, len(wrong.Faults), rules)
	}
	if err == nil {
		c.Preset = c.Rules.ID
	}
	return c, err
}

func (d *desk) presetVerb() *cobra.Command {
	verb := &cobra.Command{
		Use: "preset", Short: "规则：list 列出预设，show 印出一份，check 检查自己的文件", Args: needsVerb,
		Long: `会议的规则（议程、等次、优秀比例、票箱、监票人、时限）是一个 TOML 文件。
要用自己的规则：印出最接近的预设，改好并另起一个 id，检查，再用它建数据文件夹。
建好以后规则在数据文件夹里，这个文件不再需要。`,
		Example: "  pingyi preset list\n  pingyi preset show seed-2017 > 规则.toml\n  pingyi preset check 规则.toml\n  pingyi init --org 某党总支 --preset 规则.toml",
		RunE:    func(*cobra.Command, []string) error { return usagef("请写明 list、show 或 check") },
	}
	verb.AddCommand(d.presetListVerb(), d.presetShowVerb(), d.presetCheckVerb())
	return verb
}

func (d *desk) presetListVerb() *cobra.Command {
	type row struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	var asJSON bool
	verb := &cobra.Command{
		Use: "list", Short: "列出自带的预设", Args: exactly(), Example: "  pingyi preset list --json",
		RunE: func(*cobra.Command, []string) error {
			var rows []row
			for _, id := range preset.IDs() {
				r, err := preset.Load(id)
				if err != nil {
					return err
				}
				rows = append(rows, row{id, r.Title})
			}
			if asJSON {
				return d.json(rows)
			}
			for _, r := range rows {
				fmt.Fprintf(d.out, "%s\t%s\n", r.ID, r.Title)
			}
			return nil
		},
	}
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

func (d *desk) presetShowVerb() *cobra.Command {
	return &cobra.Command{
		Use: "show 编号", Short: "印出一份预设的文件，可以存下来改", Args: exactly("编号"),
		Example: "  pingyi preset show seed-2017 > 规则.toml",
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := preset.Text(args[0])
			if err != nil {
				return failf("没有规则预设「%s」，可用的有：%s", args[0], strings.Join(preset.IDs(), "、"))
			}
			_, err = d.out.Write(text)
			return err
		},
	}
}

// checkedRules is the answer of preset check.
type checkedRules struct {
	OK     bool      `json:"ok"`
	Errors []badRule `json:"errors"`
}

// badRule is what is wrong with a key of rules, in words.
type badRule struct {
	Line int    `json:"line"`
	Key  string `json:"key"`
	Why  string `json:"why"`
}

func (d *desk) presetCheckVerb() *cobra.Command {
	var asJSON bool
	verb := &cobra.Command{
		Use: "check 文件", Short: "检查自己的规则文件，一次列出所有不对的地方", Args: exactly("文件"),
		Example: "  pingyi preset check 规则.toml",
		RunE: func(_ *cobra.Command, args []string) error {
			data, err := readAtMost(d.path(args[0]), preset.MaxBytes)
			if err != nil {
				return err
			}
			result := checkedRules{Errors: []badRule{}}
			rules, err := preset.Read(data)
			var wrong *preset.Error
			if errors.As(err, &wrong) {
				result.Errors = badRules(wrong)
			} else if err != nil {
				return err
			}
			result.OK = err == nil
			return d.tellCheck(args[0], rules, result, asJSON)
		},
	}
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

func (d *desk) tellCheck(name string, rules *preset.Rules, r checkedRules, asJSON bool) error {
	switch {
	case asJSON:
		if err := d.json(r); err != nil {
			return err
		}
	case r.OK:
		fmt.Fprintf(d.out, "规则 %s（%s）没有问题。下一步：pingyi init --org 名称 --preset %s\n", rules.ID, rules.Title, name)
	default:
		d.listFaults(r)
	}
	if !r.OK {
		return failf("规则有 %d 处不对；请改好后再检查", len(r.Errors))
	}
	return nil
}

// badRules are the faults of a file in words.
func badRules(wrong *preset.Error) []badRule {
	list := make([]badRule, len(wrong.Faults))
	for i, f := range wrong.Faults {
		list[i] = badRule{f.Line, f.Key, sentence(f)}
	}
	return list
}

// listFaults prints what is wrong with a file, a line each.
func (d *desk) listFaults(r checkedRules) {
	for _, e := range r.Errors {
		place := "整个文件"
		if e.Line > 0 {
			place = fmt.Sprintf("第 %d 行", e.Line)
		}
		if e.Key != "" {
			place += " " + e.Key
		}
		fmt.Fprintf(d.out, "%s：%s\n", place, e.Why)
	}
}
