package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

func (d *desk) trusteeVerb() *cobra.Command {
	verb := &cobra.Command{
		Use: "trustee", Short: "监票人在自己的电脑上保管钥匙：init 做钥匙，seal 合成密钥，open 开箱", Args: needsVerb,
		Long: `监票人可以不把钥匙放在服务器上：在自己的电脑上做一把，只把公开的部分交上去。
  pingyi trustee init -o 监票.key > 监票.pub            做一把钥匙
  ssh -p 2222 HOST seal --own < 监票.pub                封箱
  ssh -p 2222 HOST box > 票箱.bel                       关箱后取票箱（只有密文）
  pingyi trustee open --key 监票.key 票箱.bel > 部分.json   输入大屏幕上收回的张数；核验，只解密总和
  ssh -p 2222 HOST unseal --own < 部分.json             开箱
几位监票人中到几位就能开箱的，封箱换成下面三步，每步等别的监票人也做完，共三遍：
  ssh -p 2222 HOST seal --own < /dev/null > 封箱.json   取大家公开的部分
  pingyi trustee seal --key 监票.key 封箱.json > 我的.json
  ssh -p 2222 HOST seal --own < 我的.json
封好以后再取一次封箱.json，开箱时写 trustee open --key 监票.key --seal 封箱.json 票箱.bel。`,
		Example: "  pingyi trustee init -o 监票.key > 监票.pub",
		RunE:    func(*cobra.Command, []string) error { return usagef("请写明 init、seal 或 open") },
	}
	var out, keyFile, sealFile, group string
	var least int
	init := &cobra.Command{
		Use: "init", Short: "做一把钥匙：私密的写入文件，公开的写到标准输出", Args: exactly(),
		Example: "  pingyi trustee init -o 监票.key > 监票.pub",
		RunE: func(*cobra.Command, []string) error {
			if out == "" {
				return usagef("请用 -o 写明钥匙文件")
			}
			g, err := ballot.GroupByName(group)
			if err != nil {
				return usagef("没有群 %q：Ed25519 或 BELENIOS-2048", group)
			}
			return d.makeKey(g, d.path(out))
		},
	}
	init.Flags().StringVar(&group, "group", meeting.Group.Name(), groupHelp)
	init.Flags().StringVarP(&out, "output", "o", "", "钥匙文件（只有监票人自己保管）")
	open := &cobra.Command{
		Use: "open 票箱.bel", Short: "核验已关的票箱，解密总和中自己的那一份", Args: exactly("票箱.bel"),
		Long: `先核验票箱里的每张票，再从标准输入读一行：大屏幕上收回的张数（群众票箱写群众票收回的张数）。
数目对得上，不少于最少张数，这把钥匙也没有为同一次测评解密过别的总和，才解密。
钥匙旁边会留下一个记号文件：同一个总和可以再要一次，答案一样。`,
		Example: "  echo 28 | pingyi trustee open --key 监票.key 票箱.bel > 部分.json",
		RunE: func(c *cobra.Command, args []string) error {
			if keyFile == "" {
				return usagef("请用 --key 写明钥匙文件")
			}
			return d.openBox(c.Context(), d.path(keyFile), sealFile, d.path(args[0]), least)
		},
	}
	open.Flags().StringVar(&keyFile, "key", "", "init 写的钥匙文件")
	open.Flags().StringVar(&sealFile, "seal", "", "封箱.json：几位监票人中到几位就能开箱的才要")
	open.Flags().IntVar(&least, "min-ballots", leastBallots, "少于这么多张票就不解密：规则里的 min_ballots")
	verb.AddCommand(init, d.trusteeSealVerb(), open)
	return verb
}

func (d *desk) makeKey(g ballot.Group, name string) error {
	key, err := ballot.NewSecretKey(g, rand.Reader)
	if err != nil {
		return err
	}
	defer key.Wipe()
	public, err := key.Public(rand.Reader)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return failf("%s 已经有了：不覆盖旧钥匙，请换一个文件名", name)
	} else if err != nil {
		return failf("写不了 %s：%w", name, err)
	}
	_, err = f.Write(append(key.JSON(), '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return failf("写不了 %s：%w", name, errors.Join(err, os.Remove(name)))
	}
	fmt.Fprintf(d.out, "%s\n", public.JSON())
	d.progress("钥匙在 %s：计票前不要丢，计票后请删除", name)
	return nil
}

// leastBallots is min_ballots of the presets: a sum of fewer ballots would tell
// too much of each.
const leastBallots = 5

// maxBox is the largest archive that is read, in bytes. An archive of 100
// voters and 100 subjects has about 30 MB.
const maxBox = 256 << 20

// openBox decrypts the own part of the sums of a box: one that was verified
// here, has at least so many ballots, as many as a person read from the wall,
// and is the only one of its election that this key has opened.
func (d *desk) openBox(ctx context.Context, keyName, sealName, boxName string, least int) error {
	data, err := readAtMost(boxName, maxBox)
	if err != nil {
		return err
	}
	d.progress("正在核验票箱 …")
	election, tally, report, err := ballot.ReadClosed(bytes.NewReader(data))
	if err != nil {
		return failf("票箱还没有关，或档案不完整：关箱后再取一次")
	}
	for _, f := range report.Failures {
		d.progress("不符：%s", f.Why)
	}
	if !report.OK() {
		return failf("票箱核验不通过，有 %d 处不符：不解密", len(report.Failures))
	}
	if report.Counted < least {
		return failf("票箱里只有 %d 张有效票，不到 %d 张：不解密，免得看出是谁选的", report.Counted, least)
	}
	key, err := readKey(election.Group(), keyName)
	if err != nil {
		return err
	}
	defer key.Wipe()
	d.progress("%s\n票箱指纹 %s，有效票 %d 张，每张票的证明都对，密文之和也对。\n只解密这个总和。请与会场屏幕上的票箱指纹核对。", election.Name(), election.Short(), report.Counted)
	if err := d.agrees(ctx, report.Counted); err != nil {
		return err
	}
	m := mark{file: keyName + ".opened-" + election.UUID()}
	part, err := m.answer(election, tally, func() ([]byte, error) {
		partial, err := d.decrypt(election, tally, key, sealName)
		if err != nil {
			return nil, err
		}
		return partial.Marshal(), nil
	})
	if err != nil {
		return err
	}
	_, err = d.out.Write(part)
	return err
}

// agrees asks how many ballots came back by the wall, and refuses a box with
// another number.
func (d *desk) agrees(ctx context.Context, counted int) error {
	d.progress("大屏幕上显示收回多少张？请输入数字：")
	line, err := waited(ctx, func() (string, error) { return bufio.NewReader(io.LimitReader(d.in, 100)).ReadString('\n') })
	if ctx.Err() != nil {
		return failf("已经中断：不解密")
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	line = strings.TrimSpace(line)
	switch n, err := strconv.Atoi(line); {
	case line == "":
		return failf("没有输入大屏幕上收回的张数：不解密")
	case err != nil:
		return failf("收回的张数应当是数字：不解密")
	case n != counted:
		return failf("大屏幕上收回 %d 张，票箱里有效 %d 张，数目不一致：不解密。请换一个票箱文件，或当场问清楚", n, counted)
	}
	return nil
}
