package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/paper"
	"pingyi/meeting/preset"
	"pingyi/ssh"
	"pingyi/store"
	"pingyi/store/folder"
	"pingyi/store/hall"
	"pingyi/tui"
)

// groupHelp is the help for the group of the ballots.
const groupHelp = "选票加密用的群：Ed25519（快），或 BELENIOS-2048（Debian 的 belenios-tool 2.0 能核验）"

func (d *desk) initVerb() *cobra.Command {
	var superior, rules, group, zone, join string
	var cluster etcdNamed
	var asJSON bool
	verb := &cobra.Command{
		Use: "init", Short: "建一个数据文件夹", Args: exactly(),
		Example: "  pingyi init --org 某党总支\n  pingyi init --org 某党总支 --preset regulation-2018 --data ./2018\n  pingyi init --org 某党总支 --preset 规则.toml\n  pingyi init --org 某党总支 --etcd https://e1:2379,https://e2:2379,https://e3:2379 --etcd-ca ca.pem\n  pingyi init --join 另一台.share",
		RunE: func(*cobra.Command, []string) error {
			if d.running != nil {
				return folder.ErrExists
			}
			if err := d.takeEtcd(&cluster); err != nil {
				return err
			}
			if join != "" {
				return d.join(join, superior, asJSON)
			}
			if strings.TrimSpace(superior) == "" {
				return usagef("请用 --org 写明上级党组织（党总支）的名称")
			}
			c, err := d.config(rules, group)
			if err != nil {
				return err
			}
			c.Zone, c.Etcd = zone, d.etcd
			if err := folder.InitWith(d.path(d.data), superior, c, d.access().Password); err != nil {
				return err
			}
			if asJSON {
				return d.json(map[string]string{"data": d.path(d.data), "preset": c.Preset})
			}
			fmt.Fprintf(d.out, "已建好数据文件夹 %s，规则预设 %s。\n下一步：pingyi branch add b1 --name 第一党支部\n", d.path(d.data), c.Preset)
			return nil
		},
	}
	cluster.flags(verb)
	verb.Flags().StringVar(&superior, "org", "", "上级党组织（党总支）的名称")
	verb.Flags().StringVar(&join, "join", "", "加入别的服务器：它的 pingyi share 写的文件。密钥、主机私钥、规则和 etcd 都由它来，数据文件夹要是新的")
	verb.Flags().StringVar(&group, "group", "", groupHelp)
	verb.Flags().StringVar(&rules, "preset", preset.Default, presetHelp())
	verb.Flags().StringVar(&zone, "zone", "", "各支部的时区，写成 +08:00；不写就是北京时间。材料和屏幕都用它，不看机器的时区")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// branchRow is a branch in the answers of branch add and branch list.
type branchRow struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Members int    `json:"members"`
}

func (d *desk) branchVerb() *cobra.Command {
	verb := &cobra.Command{
		Use: "branch", Short: "支部：add 新建，list 列出，next 开始下一年度", Args: needsVerb,
		Example: "  pingyi branch add b1 --name 第一党支部\n  pingyi branch list",
		RunE:    func(c *cobra.Command, _ []string) error { return usagef("请写明 add、list 或 next") },
	}
	var name string
	var asJSON bool
	add := &cobra.Command{
		Use: "add 编号", Short: "新建一个支部", Args: exactly("编号"),
		Example: "  pingyi branch add b1 --name 第一党支部",
		RunE: d.withFolder(func(ctx context.Context, f *folder.Folder, args []string) error {
			if strings.TrimSpace(name) == "" {
				return usagef("请用 --name 写明支部名称")
			}
			if err := f.Found(ctx, args[0], strings.TrimSpace(name)); err != nil {
				return err
			}
			if err := d.follows(ctx, f, args[0]); err != nil {
				return err
			}
			if err := d.tellSameName(ctx, f, args[0], strings.TrimSpace(name)); err != nil {
				return err
			}
			if asJSON {
				return d.json([]branchRow{{ID: args[0], Name: strings.TrimSpace(name)}})
			}
			fmt.Fprintf(d.out, "已建支部 %s（%s）。下一步：pingyi roster import 名册.xlsx --branch %s\n", name, args[0], args[0])
			return nil
		}),
	}
	add.Flags().StringVar(&name, "name", "", "支部名称")
	add.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	list := &cobra.Command{
		Use: "list", Short: "列出所有支部", Args: exactly(), Example: "  pingyi branch list --json",
		RunE: d.withFolder(func(ctx context.Context, f *folder.Folder, _ []string) error {
			halls, err := f.Halls(ctx)
			if err != nil {
				return err
			}
			rows := []branchRow{}
			for _, h := range halls {
				s := h.State()
				rows = append(rows, branchRow{s.Branch.ID, s.Branch.Name, s.Count(meeting.Formal, meeting.Probationary)})
			}
			if asJSON {
				return d.json(rows)
			}
			for _, r := range rows {
				fmt.Fprintf(d.out, "%s\t%s\t党员 %d 名\n", r.ID, r.Name, r.Members)
			}
			return nil
		}),
	}
	list.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	verb.AddCommand(add, list, d.branchNextVerb())
	return verb
}

// tellSameName says which other branches have the name of a branch.
func (d *desk) tellSameName(ctx context.Context, f *folder.Folder, id, name string) error {
	halls, err := f.Halls(ctx)
	if err != nil {
		return err
	}
	var same []string
	for _, h := range halls {
		if b := h.State().Branch; b.Name == name && b.ID != id {
			same = append(same, b.ID)
		}
	}
	if len(same) > 0 {
		d.progress("提醒：支部 %s 也叫%s；上级的表和汇总在名称后写编号来分，材料里只有名称，请核对是否写错", strings.Join(same, "、"), name)
	}
	return nil
}

func (d *desk) rosterVerb() *cobra.Command {
	verb := &cobra.Command{
		Use: "roster", Short: "名册：template 空表，import 导入，export 写成表，remove 移走一个人", Args: needsVerb,
		Example: "  pingyi roster template -o 名册.xlsx\n  pingyi roster import 名册.xlsx --branch b1 --dry-run",
		RunE: func(c *cobra.Command, _ []string) error {
			return usagef("请写明 template、import、export 或 remove")
		},
	}
	verb.AddCommand(d.rosterTemplateVerb(), d.rosterImportVerb(), d.rosterExportVerb(), d.rosterRemoveVerb())
	return verb
}

func readAtMost(name string, most int64) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, failf("没有这个文件：%s", name)
	case err != nil:
		return nil, failf("读不了 %s：%w", name, err)
	case !info.Mode().IsRegular():
		return nil, failf("%s 不是文件：请写明一个文件", name)
	case info.Size() > most:
		return nil, failf("%s 有 %d 字节，超过 %d：太大了，请检查是不是选错了文件", name, info.Size(), most)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, failf("读不了 %s：%w", name, err)
	}
	return data, nil
}

// issued is a person's new join code.
type issued struct {
	ID   meeting.MemberID `json:"id"`
	Name string           `json:"name"`
	Code string           `json:"code,omitempty"` // not of one that was ended
}

// branchMissing asks for the option of a verb that is about one branch.
func branchMissing() error {
	return usagef("请用 --branch 写明支部编号；有哪些用 pingyi branch list 看")
}

func (d *desk) codesVerb() *cobra.Command {
	var branch, only, revoke, out, addr, site string
	var asJSON bool
	var verb *cobra.Command
	verb = &cobra.Command{
		Use: "codes", Short: "发入会码；重发后旧码作废；--revoke 停用", Args: exactly(),
		Long: `给名册上的每个人（或 --only 指定的人）发一个新的入会码，旧码随即作废，用旧码登录着的马上退出。
screen（投影）和 booth（公用终端）也各有一个：别的电脑上 screen@、booth@ 用它。
--revoke 停用指定的人的码，不发新的。
系统里只存入会码的带密钥摘要，所以码只在这里显示一次。
会后看反馈、确认和整改台账也用它：请大家保留到反馈以后。
-o 入会码.docx 是 A4 的纸条，打印后沿虚线剪开发给每个人，上面有 --addr 的地址和二维码。
从前的入会码文件会被新的换掉，别的文件不会。`,
		Example: "  pingyi codes --branch b1 -o 入会码.docx --addr 192.168.1.5:2222\n  pingyi codes --branch b1 --only m03,m09\n  pingyi codes --branch b1 --only screen,booth\n  pingyi codes --branch b1 --revoke m03",
		RunE: d.withFolder(func(ctx context.Context, f *folder.Folder, _ []string) error {
			if err := namesNobody(verb.Flags(), "only", "revoke"); err != nil {
				return err
			}
			if revoke != "" && (only != "" || out != "") {
				return usagef("--revoke 只停用，不发新码：不和 --only、-o 一起写")
			}
			if branch == "" {
				return branchMissing()
			}
			h, err := f.Hall(ctx, branch)
			if err != nil {
				return err
			}
			if revoke != "" {
				return d.revokeCodes(ctx, h, revoke, asJSON)
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
				if file, err = newCodeFile(d.path(out), h.State().Branch.Name, door); err != nil {
					return err
				}
				defer file.discard()
			}
			before := h.State()
			list, err := issueCodes(ctx, h, f.Secret, only)
			if err != nil {
				return err
			}
			if n := replaced(before, list); n > 0 {
				d.progress("以前发过的 %d 个入会码作废了：旧的纸条和表请收回，用新的。", n)
			}
			if gone := len(before.Devices) - len(h.State().Devices); gone > 0 {
				d.progress("旧码登录过的设备可能不是本人的：记住的 %d 台设备一并忘记了。", gone)
			}
			if file != nil {
				if err := writeCodes(file, list); err != nil {
					return err
				}
			}
			return d.tellCodes(list, file, asJSON)
		}),
	}
	verb.Flags().StringVar(&branch, "branch", "", "支部编号")
	verb.Flags().StringVar(&only, "only", "", "只给这些编号，用逗号隔开")
	verb.Flags().StringVar(&revoke, "revoke", "", "停用这些编号的码，用逗号隔开；不发新的")
	verb.Flags().StringVarP(&out, "output", "o", "", "写入文件：.docx 为可以剪开的纸条，.csv 为表")
	verb.Flags().StringVar(&site, "web", "", "纸条的二维码里网页入口的 主机:端口 或网址；不写就是正在运行的服务的，没有就是 SSH 的地址")
	verb.Flags().StringVar(&addr, "addr", "", "印在纸条上的 主机:端口；不写就是正在运行的服务的，没有服务时是本机的 "+defaultAddr)
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// namesNobody refuses a flag that was given without an id, as a script's empty
// variable gives it: to leave the flag out means everybody.
func namesNobody(flags *pflag.FlagSet, names ...string) error {
	for _, name := range names {
		if ids := flags.Lookup(name).Value.String(); flags.Changed(name) && len(typed(ids)) == 0 {
			return usagef("--%s 请写明编号，用逗号隔开，不能是 %q", name, ids)
		}
	}
	return nil
}

// slipDoor returns where the holders of slips come in: at the addresses that flags
// name, else at those of the running server.
func (d *desk) slipDoor(addr, site string, keys []gossh.Signer) (paper.Door, error) {
	link := d.site
	if site != "" {
		var err error
		if link, err = siteAt("--web", site, keys[0].PublicKey()); err != nil {
			return paper.Door{}, err
		}
	}
	return doorAt(cmp.Or(addr, d.at, defaultAddr), link, ssh.Fingerprints(keys)...)
}

// tellCodes says where the codes were written, or prints them.
func (d *desk) tellCodes(list []issued, file *codeFile, asJSON bool) error {
	if asJSON {
		return d.json(list)
	}
	if file == nil {
		for _, c := range list {
			fmt.Fprintf(d.out, "%s\t%s\t%s\n", c.ID, c.Name, c.Code)
		}
		return nil
	}
	fmt.Fprintf(d.out, "已发 %d 个入会码，写入 %s（只有这一份，请妥善分发）\n", len(list), file.path)
	if codeExt(file.path) == ".docx" {
		more := ""
		if own := ownAddresses(); len(own) > 1 {
			more = "（这台机器的地址有 " + strings.Join(own, "、") + "）"
		}
		fmt.Fprintf(d.out, "纸条上的地址是 %s；不对就用 --addr 主机:端口 再发一次%s\n", file.door.Command, more)
		if page, _, web := strings.Cut(file.door.Web, "#"); web {
			fmt.Fprintf(d.out, "纸条的二维码是网页 %s，带着入会码，扫码就进会；不对就用 --web 主机:端口 再发一次\n", page)
		}
	}
	return nil
}

// issueCodes gives everybody, the projector and the booths, or those named in
// only, a new join code.
func issueCodes(ctx context.Context, h *hall.Hall, secret []byte, only string) ([]issued, error) {
	list, err := holders(h.State(), only)
	if err != nil {
		return nil, err
	}
	hashes := map[meeting.MemberID]string{}
	for i := range list {
		if list[i].Code, err = ssh.NewCode(rand.Reader); err != nil {
			return nil, err
		}
		hashes[list[i].ID] = ssh.HashCode(secret, list[i].Code)
	}
	_, err = h.Act(ctx, meeting.Keeper, meeting.IssueCodes{Hashes: hashes})
	return list, err
}

// replaced is how many of those who got a code had one before.
func replaced(before *meeting.State, list []issued) int {
	n := 0
	for _, one := range list {
		if before.Codes.Has(one.ID) {
			n++
		}
	}
	return n
}

// issueMemberCodes is issueCodes for the people only: what simulates or measures
// sits in no projector's place.
func issueMemberCodes(ctx context.Context, h *hall.Hall, secret []byte) ([]issued, error) {
	list, err := issueCodes(ctx, h, secret, "")
	return slices.DeleteFunc(list, func(one issued) bool { return meeting.Fixture(one.ID) }), err
}

// holders lists who can have a join code: the people of the branch in roster
// order, the projector, the booths; or those of them whom a list of ids names.
func holders(s *meeting.State, named string) ([]issued, error) {
	if len(s.Roster) == 0 {
		return nil, failf("名册是空的：请先导入名册")
	}
	wanted := typed(named)
	for i, id := range wanted {
		if alike, ok := s.Alike(id); ok {
			wanted[i] = string(alike)
		}
	}
	list, known := []issued{}, map[string]bool{}
	add := func(id meeting.MemberID, name string, always bool) {
		known[string(id)] = true
		if slices.Contains(wanted, string(id)) || len(wanted) == 0 && always {
			list = append(list, issued{ID: id, Name: name})
		}
	}
	for _, m := range s.Roster {
		add(m.ID, m.Name, !m.Gone())
	}
	add(meeting.Screen, tui.Chinese().SeatName(meeting.SeatProjector), true)
	add(meeting.Booth, tui.Chinese().SeatName(meeting.SeatBooth), true)
	for _, id := range wanted {
		if !known[id] {
			return nil, &meeting.Refusal{Code: meeting.UnknownMember, Args: []string{id}}
		}
	}
	return list, nil
}

// revokeCodes ends the join codes of those whom a list of ids names.
func (d *desk) revokeCodes(ctx context.Context, h *hall.Hall, named string, asJSON bool) error {
	list, err := holders(h.State(), named)
	if err != nil {
		return err
	}
	var end meeting.RevokeCodes
	for _, one := range list {
		end.IDs = append(end.IDs, one.ID)
	}
	if _, err := h.Act(ctx, meeting.Keeper, end); err != nil {
		return err
	}
	if asJSON {
		return d.json(list)
	}
	for _, one := range list {
		fmt.Fprintf(d.out, "%s\t%s\t已停用\n", one.ID, one.Name)
	}
	return nil
}

// codeFile is the file for new join codes. Codes can be shown only once, so
// problems with the file are found before any code is issued: a mistake must
// not end the old codes.
type codeFile struct {
	path   string
	branch string
	door   paper.Door
	temp   *os.File // beside path, until the file is complete
}

// codeRoom is the room in bytes that a file takes on the disk before codes are
// issued: more than the slips of some hundred people need.
const codeRoom = 64 << 10

func newCodeFile(path, branch string, door paper.Door) (*codeFile, error) {
	if ext := codeExt(path); ext != ".docx" && ext != ".csv" {
		return nil, usagef("-o 的文件名要以 .docx 或 .csv 结尾")
	}
	switch info, err := os.Stat(path); {
	case err != nil: // there is none, or it will not be written
	case !info.Mode().IsRegular():
		return nil, failf("%s 不是文件：请换一个文件名", path)
	case info.Size() > 0 && !holdsCodes(path):
		return nil, failf("已经有 %s，里面不是入会码：请换一个文件名，或者先把它移走；没有发码，旧码仍然有效", path)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".codes.*") // mode 0600
	if err != nil {
		return nil, failf("写不了 %s：请换一个能写的文件夹；没有发码，旧码仍然有效（%w）", path, store.Asked(err, "", filepath.Dir(path)))
	}
	c := &codeFile{path, branch, door, temp}
	_, err = temp.Write(make([]byte, codeRoom))
	if err == nil {
		_, err = temp.Seek(0, io.SeekStart)
	}
	if err != nil {
		c.discard()
		return nil, failf("写不了 %s：没有发码，旧码仍然有效（%w）", path, store.Asked(err, temp.Name(), path))
	}
	return c, nil
}

// mostCodes is more than any file with join codes has, in bytes.
const mostCodes = 16 << 20

// holdsCodes reports whether a file has join codes, which new ones may replace.
func holdsCodes(path string) bool {
	data, err := readAtMost(path, mostCodes)
	return err == nil && paper.WroteJoinSlips(data)
}

func codeExt(path string) string { return strings.ToLower(filepath.Ext(path)) }

// discard removes what is left of a file that was not written.
func (c *codeFile) discard() {
	c.temp.Close()
	os.Remove(c.temp.Name())
}

// writeCodes puts the whole file into place, or leaves the old one.
func writeCodes(c *codeFile, list []issued) error {
	slips := make([]paper.JoinSlip, len(list))
	for i, x := range list {
		slips[i] = paper.JoinSlip(x)
	}
	data, err := paper.JoinSlipTable(slips), error(nil)
	if codeExt(c.path) == ".docx" {
		data, err = paper.JoinSlips(c.branch, c.door, slips)
	}
	if err == nil {
		_, err = c.temp.Write(data)
	}
	if err == nil {
		err = c.temp.Truncate(int64(len(data)))
	}
	if err = errors.Join(err, c.temp.Close()); err == nil {
		err = os.Rename(c.temp.Name(), c.path)
	}
	if err != nil {
		return failf("新码没能写入 %s：旧码已经作废，请腾出空间或换一个文件名再发一次（%w）", c.path, err)
	}
	return nil
}
