package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"pingyi/store/folder"
)

// backedUp is what backup and restore tell.
type backedUp struct {
	Records uint64           `json:"records"`
	Head    string           `json:"head"`
	Logs    []folder.LogHead `json:"logs"`
}

func (d *desk) backupVerb() *cobra.Command {
	var secret, passphrase, replace, asJSON bool
	var to []string
	verb := &cobra.Command{
		Use: "backup 文件", Short: "把数据文件夹备份成一个文件；服务不用停", Args: exactly("文件"),
		Long: `把数据文件夹备份成一个文件：数据库、附件、材料、规则、主机私钥、关箱时记下的链头。
服务正在运行也可以，会议照常进行；写完读回来核对过才算。
备份里有主机私钥和全部记录（包括只给少数人看的），要像数据文件夹一样保管。

secret 文件（入会码和票箱的密钥）平常不在备份里：它和数据库放在一起，拿到的人就拿到了一切。
--with-secret 带上它，这时必须加密：--to 用收件人的 age 公钥（可以写几次），--passphrase 用口令
（在终端上问两遍；脚本里是标准输入的第一行）。没有 secret 的备份恢复以后，入会码要重发，还没有计票的测评要重投。`,
		Example: "  pingyi backup /media/u盘/评议-0318.backup\n  pingyi backup 评议.age --with-secret --passphrase\n  pingyi backup 评议.age --with-secret --to age1…",
		RunE: func(c *cobra.Command, args []string) error {
			if secret && !passphrase && len(to) == 0 {
				return usagef("--with-secret 要和 --to 或 --passphrase 一起用：带 secret 的备份必须加密")
			}
			b := folder.Backup{Secret: secret, Replace: replace}
			var err error
			if b.Seal, err = d.sealing(c.Context(), to, passphrase); err != nil {
				return err
			}
			return d.withFolder(func(ctx context.Context, f *folder.Folder, args []string) (err error) {
				defer broken(ctx, &err, "没有备份：没有写完的已经删掉，原来有的备份没有动")
				b.Meter = &meter{desk: d, what: "已经写了"}
				missing, err := f.MissingFiles(ctx)
				if err != nil {
					return err
				}
				made, err := f.Backup(ctx, d.path(args[0]), b)
				if err != nil {
					return err
				}
				if n := len(missing); n > 0 {
					d.progress("提醒：记录里的 %d 个附件不在数据文件夹的 files 里，这份备份里也没有：请把更早的备份恢复到别的文件夹，从它的 files 里拷来", n)
				}
				return d.tellBackup(made, args[0], b, asJSON)
			})(c, args)
		},
	}
	verb.Flags().BoolVar(&secret, "with-secret", false, "带上 secret 文件，要加密")
	verb.Flags().StringArrayVar(&to, "to", nil, "收件人的 age 公钥（age1…），可以写几次")
	verb.Flags().BoolVar(&passphrase, "passphrase", false, "用口令加密")
	verb.Flags().BoolVar(&replace, "force", false, "文件已经有了就换掉它")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// tellBackup says what is in a backup, and how it is to be kept.
func (d *desk) tellBackup(made folder.Inventory, name string, b folder.Backup, asJSON bool) error {
	if b.Seal == nil {
		d.progress("提醒：备份没有加密，里面有主机私钥和全部记录：拿到它的人能冒充这台服务器。请像数据文件夹一样保管，或加 --passphrase 加密")
	}
	if asJSON {
		return d.json(backedUp{made.Records, made.Head, made.Logs})
	}
	fmt.Fprintf(d.out, "备份在 %s：记录 %d 条，文件 %d 个\n校验值 %s\n", d.path(name), made.Records, len(made.Files), made.Head)
	if !b.Secret {
		fmt.Fprintln(d.out, "里面没有 secret 文件：恢复时有它才不用重发入会码，请另外保管它，或用 --with-secret")
	}
	return nil
}

// sealing returns how a backup is encrypted; nil: not at all.
func (d *desk) sealing(ctx context.Context, to []string, passphrase bool) (func(io.Writer) (io.WriteCloser, error), error) {
	switch {
	case passphrase && len(to) > 0:
		return nil, usagef("--to 和 --passphrase 只能用一种")
	case passphrase:
		phrase, err := d.newPassphrase(ctx)
		if err != nil {
			return nil, err
		}
		r, err := age.NewScryptRecipient(phrase)
		if err != nil {
			return nil, err
		}
		return func(w io.Writer) (io.WriteCloser, error) { return age.Encrypt(w, r) }, nil
	case len(to) == 0:
		return nil, nil
	}
	for _, one := range to {
		if _, err := age.ParseRecipients(strings.NewReader(one)); err != nil {
			return nil, usagef("--to 不是 age 公钥：%q；公钥像 age1…，用 age-keygen 生成", one)
		}
	}
	list, err := age.ParseRecipients(strings.NewReader(strings.Join(to, "\n")))
	if err != nil {
		return nil, err
	}
	return func(w io.Writer) (io.WriteCloser, error) { return age.Encrypt(w, list...) }, nil
}

// newPassphrase asks for a passphrase twice, or takes the first line of a script.
// A server that does the verb gets it too.
func (d *desk) newPassphrase(ctx context.Context) (string, error) {
	phrase, err := d.passphrase(ctx, "备份的口令（输入时不显示）：")
	if err != nil {
		return "", err
	}
	if d.typing() {
		again, err := d.passphrase(ctx, "再输入一次：")
		if err != nil {
			return "", err
		}
		if again != phrase {
			return "", failf("两次输入的口令不一样，没有备份")
		}
	}
	if d.running == nil && len([]rune(phrase)) < goodPassphrase {
		d.progress("提醒：口令不到 %d 个字，拿到备份的人可能猜得出来", goodPassphrase)
	}
	d.typed = []byte(phrase + "\n")
	return phrase, nil
}

// goodPassphrase is a length in characters below which a passphrase is called short.
const goodPassphrase = 12

// passphrase asks on the terminal, which does not show it, or reads the first line.
func (d *desk) passphrase(ctx context.Context, prompt string) (string, error) {
	var phrase string
	if d.typing() {
		var err error
		if phrase, err = d.hidden(ctx, prompt); err != nil {
			return "", failf("没有输入口令")
		}
	} else {
		line, err := waited(ctx, func() (string, error) { return bufio.NewReader(io.LimitReader(d.in, 4096)).ReadString('\n') })
		if err != nil && !errors.Is(err, io.EOF) {
			return "", failf("读不了标准输入：%w", err)
		}
		phrase = strings.TrimRight(line, "\r\n")
	}
	if phrase == "" {
		return "", usagef("没有口令：在终端上输入，或放在标准输入的第一行")
	}
	return phrase, nil
}

// typing reports whether standard input is a terminal.
func (d *desk) typing() bool {
	in, ok := d.in.(*os.File)
	return ok && term.IsTerminal(in.Fd())
}

// meter says how far a copy of some megabytes is, once a second from the first
// second on.
type meter struct {
	desk *desk
	what string
	done int64
	next time.Time
}

func (m *meter) Write(p []byte) (int, error) {
	m.done += int64(len(p))
	now := time.Now()
	if m.done>>20 == 0 || m.next.IsZero() {
		m.next = now.Add(time.Second)
	}
	if now.After(m.next) {
		m.next = now.Add(time.Second)
		m.desk.progress("%s %d MB", m.what, m.done>>20)
	}
	return len(p), nil
}

func (d *desk) restoreVerb() *cobra.Command {
	var secret, identity string
	var asJSON bool
	verb := &cobra.Command{
		Use: "restore 文件", Short: "从备份恢复成一个新的数据文件夹", Args: exactly("文件"),
		Long: `从 backup 写的文件，或数据文件夹 backups/ 里自动留的一份，恢复成 --data 写明的数据文件夹。
它要是新的或空的：正在用的文件夹不会被动。备份不完整、被改动过、不是备份，都不恢复；恢复的记录逐条核对过才算。
加密的备份：用口令的会问口令（脚本里是标准输入的第一行），用公钥的要 --identity 写明私钥文件。
备份里没有 secret 文件时，用 --secret 写明另外保管的那一份；没有就新建一个，并说明失去什么：
入会码要重发，还没有计票的测评要作废重投，没有合并的不署名意见读不出来。
自动留的一份没有附件和材料：它还在原来的数据文件夹里时，附件从旁边的 files/ 取，材料重新写。`,
		Example: "  pingyi restore /media/u盘/评议-0318.backup --data 评议数据\n  pingyi restore 评议.age --data 评议数据 --identity 钥匙.txt\n  pingyi restore data/backups/000012-20170318-093000.backup --data data2 --secret data/secret",
		RunE: func(c *cobra.Command, args []string) (err error) {
			if d.running != nil {
				return failf("restore 不能由正在运行的服务来做")
			}
			r := folder.Restore{Beside: homeOf(d.path(args[0]))}
			if secret != "" {
				if r.Secret, err = waited(c.Context(), func() ([]byte, error) { return beginning(d.path(secret), 2*secretSize) }); err != nil {
					return failf("读不了 secret 文件：%w", err)
				}
			}
			defer broken(c.Context(), &err, "没有恢复")
			file, err := waited(c.Context(), func() (*os.File, error) { return os.Open(d.path(args[0])) })
			if err != nil {
				return failf("打不开备份：%w", err)
			}
			defer file.Close()
			defer context.AfterFunc(c.Context(), func() { _ = file.SetReadDeadline(time.Now()) })() // of a pipe; a file does not wait
			plain, err := d.unsealed(c.Context(), file, identity)
			if err != nil {
				return err
			}
			done, err := folder.RestoreTo(c.Context(), plain, d.path(d.data), r)
			if err != nil {
				return err
			}
			return d.tellRestored(done, r, asJSON)
		},
	}
	verb.Flags().StringVar(&secret, "secret", "", "另外保管的 secret 文件")
	verb.Flags().StringVar(&identity, "identity", "", "age 私钥文件，备份用公钥加密时要")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// homeOf returns the data folder in which an automatic copy lies, "" for a file
// that lies elsewhere.
func homeOf(file string) string {
	if dir := filepath.Dir(file); filepath.Base(dir) == folder.CopiesName {
		return filepath.Dir(dir)
	}
	return ""
}

// restored is what restore tells beside the backup.
type restored struct {
	backedUp
	Secret  string   `json:"secret"` // kept, given or new
	Votes   []string `json:"votes"`  // names of the branches whose vote has to be held again
	Missing []string `json:"missing"`
}

// tellRestored says what was restored and what is lost.
func (d *desk) tellRestored(done folder.Restored, r folder.Restore, asJSON bool) error {
	answer := restored{
		backedUp: backedUp{done.Records, done.Head, done.Logs}, Secret: "kept",
		Votes: append([]string{}, done.Votes...), Missing: append([]string{}, done.Missing...),
	}
	switch {
	case done.NewSecret:
		answer.Secret = "new"
		d.progress("备份里没有 secret 文件，已经新建一个。失去的：旧的入会码都不能用了，请用 pingyi codes、pingyi superior codes 重发；没有合并的不署名意见读不出来了")
	case r.Secret != nil:
		answer.Secret = "given"
		if done.OtherSecret {
			d.progress("提醒：给的 secret 文件和最近一次测评用的不是同一个，旧的入会码多半不能用")
		}
	}
	if at := d.path(d.data); filepath.Clean(d.dir) == filepath.Clean(at) {
		d.progress("当前文件夹已经换成恢复的这一份，这个终端还在换下来的空文件夹里：请先运行 cd %q", at)
	}
	for _, name := range done.Votes {
		d.progress("%s 有一次测评还没有计票，它的票箱在这里打不开：请作废，重新投票", name)
	}
	if n := len(done.Missing); n > 0 && done.InEtcd {
		d.progress("%d 个附件不在备份里，旁边的 files 文件夹里也没有，都在那几台服务器共用的 etcd 里：请在其中一台上运行 pingyi backup，从写出的那份恢复", n)
	} else if n > 0 {
		d.progress("%d 个附件不在备份里，旁边的 files 文件夹里也没有：请从原来的数据文件夹拷来", n)
	}
	if asJSON {
		return d.json(answer)
	}
	fmt.Fprintf(d.out, "已经恢复到 %s：%s 的备份，记录 %d 条\n校验值 %s\n", d.path(d.data), done.At.Local().Format("2006-01-02 15:04"), done.Records, done.Head)
	return nil
}

const (
	ageHeader    = "age-encryption.org/v1\n"
	scryptHeader = ageHeader + "-> scrypt "

	// hardest bounds the work that an encrypted file may ask for: 1 GB of memory.
	hardest = 20
)

// unsealed returns what a backup holds, decrypted where it is encrypted.
func (d *desk) unsealed(ctx context.Context, file io.Reader, identity string) (io.Reader, error) {
	in := bufio.NewReader(io.TeeReader(file, &meter{desk: d, what: "已经读了"}))
	head, err := in.Peek(len(scryptHeader))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, failf("读不了备份：%w", err)
	}
	if !bytes.HasPrefix(head, []byte(ageHeader)) {
		return in, nil
	}
	var keys []age.Identity
	switch {
	case identity != "":
		if keys, err = waited(ctx, func() ([]age.Identity, error) { return readIdentities(d.path(identity)) }); err != nil {
			return nil, err
		}
	case string(head) == scryptHeader:
		phrase, err := d.passphrase(ctx, "备份的口令（输入时不显示）：")
		if err != nil {
			return nil, err
		}
		key, err := age.NewScryptIdentity(phrase)
		if err != nil {
			return nil, err
		}
		key.SetMaxWorkFactor(hardest)
		keys = []age.Identity{key}
	default:
		return nil, usagef("备份用公钥加密：请用 --identity 写明私钥文件")
	}
	plain, err := age.Decrypt(in, keys...)
	var other *age.NoIdentityMatchError
	switch {
	case errors.As(err, &other):
		return nil, failf("解不开备份：口令或私钥不对")
	case err != nil:
		return nil, failf("解不开备份：文件的开头损坏了")
	}
	return unsealedReader{plain}, nil
}

func readIdentities(path string) ([]age.Identity, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, failf("打不开私钥文件：%w", err)
	}
	defer f.Close()
	keys, err := age.ParseIdentities(f)
	if err != nil {
		return nil, failf("%s 不是 age 私钥文件", path)
	}
	return keys, nil
}

// unsealedReader says in a sentence why a decrypted backup cannot be read on.
type unsealedReader struct{ io.Reader }

func (r unsealedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = failf("加密的备份不完整，或被改动过：没有恢复；请换一份备份")
	}
	return n, err
}

// secretSize is the length of a secret file. More is read of one that is named, so
// that another file is known from it, and of no file all.
const secretSize = 32

// beginning is at most so much of a file. It may be a pipe, of a program that decrypts.
func beginning(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most))
}
