package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"pingyi/store/etcd"
	"pingyi/store/folder"
)

// etcdPassword is the variable with the password for the etcd's user. A command
// line stands in the list of processes, where others read it.
const etcdPassword = "PINGYI_ETCD_PASSWORD"

// etcdNamed is an etcd as a command line names it.
type etcdNamed struct {
	folder.Etcd
	urls  []string
	given func() bool // reports whether --etcd was; nil: the addresses come from another flag
}

// flags are the flags that name an etcd. The folder remembers it, so that only
// init, or the first serve or host, needs them.
func (e *etcdNamed) flags(verb *cobra.Command) {
	verb.Flags().StringSliceVar(&e.urls, "etcd", nil, "记录和附件放在几台服务器共用的 etcd 里，各成员的地址 https://主机:2379 用逗号隔开；数据文件夹会记住")
	e.given = func() bool { return verb.Flags().Changed("etcd") }
	e.access(verb)
}

// access are the flags that say how it is reached.
func (e *etcdNamed) access(verb *cobra.Command) {
	flags := verb.Flags()
	flags.StringVar(&e.CA, "etcd-ca", "", "签发 etcd 证书的 CA（PEM 文件）")
	flags.StringVar(&e.Cert, "etcd-cert", "", "我们自己的证书（PEM 文件），etcd 要时才用")
	flags.StringVar(&e.Key, "etcd-key", "", "它的私钥（PEM 文件）")
	flags.StringVar(&e.User, "etcd-user", "", "etcd 的用户；口令在环境变量 "+etcdPassword+" 或数据文件夹的 etcd-password 文件里")
	flags.StringVar(&e.Prefix, "etcd-prefix", "", "它在 etcd 里的键的开头，不写就是 pingyi")
}

// said is what access took, as a command line.
func (e *etcdNamed) said() (text string) {
	for _, f := range []struct{ name, value string }{{"ca", e.CA}, {"cert", e.Cert}, {"key", e.Key}, {"user", e.User}, {"prefix", e.Prefix}} {
		if f.value != "" {
			text += " --etcd-" + f.name + " " + f.value
		}
	}
	return text
}

// takeEtcd takes the etcd that a command line names, if it does.
func (d *desk) takeEtcd(e *etcdNamed) error {
	if len(e.urls) == 0 && e.given != nil && e.given() { // an empty variable of a script, it may be: not a folder without an etcd
		return usagef("--etcd 后面没有地址：写成 https://主机:2379，几个用逗号隔开")
	}
	if len(e.urls) == 0 {
		if e.CA+e.Cert+e.Key+e.User+e.Prefix != "" {
			return usagef("--etcd-ca、--etcd-cert、--etcd-key、--etcd-user、--etcd-prefix 要和 --etcd 一起用")
		}
		return nil
	}
	for _, url := range strings.FieldsFunc(strings.Join(e.urls, ","), func(c rune) bool { return c == ',' || c == '，' }) {
		e.URLs = append(e.URLs, strings.TrimSuffix(strings.TrimSpace(url), "/"))
	}
	for _, file := range []*string{&e.CA, &e.Cert, &e.Key} {
		if *file != "" {
			*file = d.path(*file)
		}
	}
	if err := (etcd.Config{URLs: e.URLs}).Check(); err != nil {
		return err
	}
	d.etcd = &e.Etcd
	return nil
}

// access is what opening the folder needs beside it.
func (d *desk) access() folder.Access {
	return folder.Access{Etcd: d.etcd, Password: os.Getenv(etcdPassword), Logs: d.metrics.logs()}
}

// join makes a folder of what another server shared.
func (d *desk) join(file, superior string, asJSON bool) error {
	if superior != "" {
		return usagef("--join 和 --org 只能用一种：加入的服务器用原来那一个的党组织")
	}
	c, err := folder.Join(d.path(d.data), d.path(file), d.access())
	if err != nil {
		return err
	}
	if asJSON {
		return d.json(map[string]string{"data": d.path(d.data), "preset": c.Preset})
	}
	fmt.Fprintf(d.out, "已加入：数据文件夹 %s 和那台服务器用同一个密钥、同样的主机私钥和同一个 etcd。\n%s 用完请删掉。下一步：pingyi serve\n", d.path(d.data), file)
	return nil
}

// sharedFile is what share tells.
type sharedFile struct {
	File string `json:"file"`
}

func (d *desk) shareVerb() *cobra.Command {
	var asJSON bool
	verb := &cobra.Command{
		Use: "share 文件", Short: "写一个文件，让另一台服务器加入（共用 etcd 时）", Args: exactly("文件"),
		Long: `把另一台服务器加入所需的写成一个文件（0600）：secret、主机私钥、规则、etcd 的地址、证书和口令。
在那一台上用 pingyi init --join 文件。党员看到的是同一台服务器：指纹相同，入会码在哪一台都能用。

拿到这个文件的人能冒充服务器，也能推出每个入会码的校验值和投票的密钥：请用可靠的方式拷过去，用完删掉。`,
		Example: "  pingyi share 另一台.share",
		RunE: func(_ *cobra.Command, args []string) error {
			dir := d.path(d.data)
			if d.running != nil {
				dir = d.running.Dir
			}
			if err := folder.Share(dir, d.path(args[0]), d.access().Password); err != nil {
				return err
			}
			if asJSON {
				return d.json(sharedFile{d.path(args[0])})
			}
			fmt.Fprintf(d.out, "写好了 %s。在另一台上：pingyi init --join 文件。里面有 secret 和主机私钥，请用可靠的方式拷过去，用完两边都删掉\n", d.path(args[0]))
			return nil
		},
	}
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}
