package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pingyi/store/bolt"
	"pingyi/store/folder"
)

// copied is what copy tells.
type copied struct {
	backedUp
	Files int `json:"files"`
}

func (d *desk) copyVerb() *cobra.Command {
	var from, to string
	var cluster etcdNamed
	var asJSON bool
	verb := &cobra.Command{
		Use: "copy", Short: "把记录和附件搬进 etcd，或从 etcd 搬回一个数据文件夹", Args: exactly(),
		Long: `把一个数据文件夹的全部记录和附件搬进 etcd，或从 etcd 搬回一个新的数据文件夹。搬的时候服务要停下。
每条记录都比较，最后逐个核对各支部的链头和附件。目标要是空的；搬到一半停了，再运行一次就接着搬，搬完以前谁也用不了它。
原来的不动。从 etcd 搬回时，secret、主机私钥由 --data 那个数据文件夹（它用这个 etcd）一起拷过去。`,
		Example: "  pingyi copy --from bolt:data --to etcd:https://e1:2379,https://e2:2379,https://e3:2379 --etcd-ca ca.pem\n  pingyi copy --from etcd:https://e1:2379 --to bolt:data2 --data data",
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if d.running != nil {
				return failf("copy 不能由正在运行的服务来做")
			}
			source, in, ok := strings.Cut(from, ":")
			target, out, ok2 := strings.Cut(to, ":")
			if !ok || !ok2 || in == "" || out == "" || source == target || source+target != "boltetcd" && source+target != "etcdbolt" {
				return usagef("请写 --from bolt:文件夹 --to etcd:地址,… 或 --from etcd:地址,… --to bolt:文件夹")
			}
			urls := in
			if target == "etcd" {
				urls = out
			}
			cluster.urls = strings.Split(urls, ",")
			if err := d.takeEtcd(&cluster); err != nil {
				return err
			}
			var done folder.Copied
			defer broken(c.Context(), &err, "没有搬完：再运行一次就接着搬，搬完以前谁也用不了它；原来的没有动")
			defer time.AfterFunc(time.Second, func() { d.progress("正在搬，请等一等") }).Stop()
			if target == "etcd" {
				done, err = folder.CopyToEtcd(c.Context(), d.path(in), *d.etcd, d.access().Password)
			} else {
				done, err = folder.CopyFromEtcd(c.Context(), d.path(d.data), d.etcd, d.path(out), d.access().Password)
			}
			if errors.Is(err, bolt.ErrInUse) {
				return failf("这个数据文件夹的服务正在运行：请先停下它，再搬")
			}
			if err != nil {
				return err
			}
			if asJSON {
				return d.json(copied{backedUp{done.Records, done.Head, done.Logs}, done.Kept})
			}
			next := "pingyi serve --data " + out
			if target == "etcd" {
				next = "pingyi serve --data " + in + " --etcd " + out + cluster.said()
			}
			fmt.Fprintf(d.out, "搬好了，链头和附件都核对过：记录 %d 条，附件 %d 个\n校验值 %s\n接下来：%s\n", done.Records, done.Kept, done.Head, next)
			return nil
		},
	}
	verb.Flags().StringVar(&from, "from", "", "从哪里：bolt:数据文件夹，或 etcd:地址,…")
	verb.Flags().StringVar(&to, "to", "", "到哪里")
	cluster.access(verb)
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}
