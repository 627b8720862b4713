package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store/bolt"
	"pingyi/store/etcd"
	"pingyi/store/folder"
	"pingyi/tui"
)

// finding is what a check found. Level is green, amber or red.
type finding struct {
	Check string `json:"check"`
	Level string `json:"level"`
	Text  string `json:"text"`
}

func green(format string, args ...any) finding {
	return finding{Level: meeting.Green, Text: fmt.Sprintf(format, args...)}
}

func amber(format string, args ...any) finding {
	return finding{Level: preset.Amber, Text: fmt.Sprintf(format, args...)}
}

func red(format string, args ...any) finding {
	return finding{Level: preset.Red, Text: fmt.Sprintf(format, args...)}
}

// patient is what the checks look at: a data folder and the machine around it.
type patient struct {
	dir       string
	now       time.Time
	env       func(string) string
	find      func(program string) (string, error)
	fonts     func() (string, error) // the Chinese fonts that papers become PDF with
	free      func(dir string) (uint64, bool)
	disk      func(dir string) string // kind of a disk that is on another machine or in a program, "" for none
	addresses []string
	build     []debug.BuildSetting
	windows   bool

	served map[string]finding // what the server on the folder says, by check; nil: none answers

	checkup folder.Checkup // filled by the check of the database
}

// check is one thing that is looked at.
type check struct {
	name string
	look func(*patient) finding
}

// checks are all of them, in their order. Those of the folder come first: where
// there is none the others are left out.
func checks() (ofFolder, ofMachine []check) {
	ofFolder = []check{
		{"secret", (*patient).secret},
		{"host-key", (*patient).hostKeys},
		{"permissions", (*patient).permissions},
		{"database", (*patient).database},
		{"backup", (*patient).backup},
		{"sync", (*patient).sync},
		{"network", (*patient).network},
		{"space", (*patient).space},
	}
	ofMachine = []check{
		{"clock", (*patient).clock},
		{"address", (*patient).address},
		{"terminal", (*patient).terminal},
		{"ssh", (*patient).sshClient},
		{"libreoffice", (*patient).office},
		{"fonts", (*patient).chineseFonts},
		{"build", (*patient).built},
	}
	return ofFolder, ofMachine
}

// examine makes all checks.
func (p *patient) examine() []finding {
	list := []finding{p.isFolder()}
	list[0].Check = "folder"
	ofFolder, ofMachine := checks()
	if list[0].Level == preset.Red {
		ofFolder = nil
	}
	for _, c := range append(ofFolder, ofMachine...) {
		f := c.look(p)
		f.Check = c.name
		list = append(list, f)
	}
	return list
}

func (d *desk) doctorVerb() *cobra.Command {
	var asJSON bool
	verb := &cobra.Command{
		Use: "doctor", Short: "检查数据文件夹和这台机器：哪里不对，怎么办", Args: exactly(),
		Long: `检查数据文件夹和这台机器，逐项说哪里不对、怎么办，什么也不改。服务正在运行时，数据库由服务检查。
有红的（会开不了会、会丢记录、会泄密）退出码是 1；黄的最好处理。`,
		Example: "  pingyi doctor\n  pingyi doctor --data 评议数据 --json",
		RunE: func(c *cobra.Command, _ []string) error {
			list := d.servedFindings(c.Context())
			if d.running == nil {
				list = d.patient(c.Context()).examine()
			}
			if asJSON {
				if err := d.json(list); err != nil {
					return err
				}
			} else {
				for _, f := range list {
					fmt.Fprintf(d.out, "%s　%s：%s\n", lights[f.Level], titles[f.Check], f.Text)
				}
			}
			if slices.ContainsFunc(list, func(f finding) bool { return f.Level == preset.Red }) {
				return exitError{exitFailed}
			}
			return nil
		},
	}
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// lights are the levels as people read them.
var lights = map[string]string{meeting.Green: "绿", preset.Amber: "黄", preset.Red: "红"}

// titles are the checks as people read them.
var titles = map[string]string{
	"folder": "数据文件夹", "secret": "secret 文件", "host-key": "主机私钥", "permissions": "权限", "database": "数据库", "backup": "备份",
	"sync": "同步软件", "network": "网络磁盘", "space": "磁盘空间", "clock": "时间", "address": "地址", "terminal": "终端",
	"ssh": "SSH", "libreoffice": "PDF", "fonts": "字体", "build": "程序",
}

// patient is the data folder of the command line and this machine.
func (d *desk) patient(ctx context.Context) *patient {
	p := &patient{
		dir: d.path(d.data), now: time.Now(), env: os.Getenv, find: exec.LookPath, free: folder.FreeSpace, disk: diskKind,
		addresses: ownAddresses(), windows: runtime.GOOS == "windows",
		fonts: func() (string, error) {
			out, err := exec.CommandContext(ctx, "fc-list", ":lang=zh", "family").Output()
			return strings.TrimSpace(string(out)), err
		},
		served: d.askServer(ctx),
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		p.build = info.Settings
	}
	return p
}

// askServer asks the server that has the folder open, if one answers, what it finds.
func (d *desk) askServer(ctx context.Context) map[string]finding {
	var out bytes.Buffer
	inner := *d
	inner.out, inner.err = &out, &bytes.Buffer{}
	err := inner.forwardWords(ctx, []string{"doctor", "--json"}, bolt.ErrInUse)
	var list []finding
	if errors.Is(err, bolt.ErrInUse) || json.Unmarshal(out.Bytes(), &list) != nil {
		return nil
	}
	said := map[string]finding{}
	for _, f := range list {
		said[f.Check] = f
	}
	return said
}

// servedFindings is what a server says of its own open folder.
func (d *desk) servedFindings(ctx context.Context) []finding {
	if d.running == nil {
		return nil
	}
	c, err := d.running.Check(ctx)
	f := databaseFound(c, err)
	f.Check = "database"
	list := []finding{f}
	if d.filing != nil && d.filing.copying.failure() != "" {
		list = append(list, finding{"backup", preset.Red, "自动备份没有写成：" + d.filing.copying.failure()})
	}
	return list
}

// isFolder looks whether there is a data folder at all.
func (p *patient) isFolder() finding {
	switch _, err := folder.ReadConfig(p.dir); {
	case errors.Is(err, folder.ErrNone), errors.Is(err, folder.ErrDatabaseThere):
		return red("%s 不是数据文件夹：没有 pingyi.json。请用 --data 写明它在哪里，或先 pingyi init；丢失了就用 pingyi restore 从备份恢复", p.dir)
	case err != nil:
		return red("%s", sentence(err))
	}
	return green("在 %s", p.dir)
}

func (p *patient) secret() finding {
	path := filepath.Join(p.dir, "secret")
	info, err := os.Stat(path)
	if err == nil && info.Mode().IsRegular() { // a pipe is not waited for
		_, err = os.ReadFile(path)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return red("没有 secret 文件：入会码和票箱都打不开。请把另外保管的那一份放回来；没有就用 pingyi restore 从备份恢复，它会说明失去什么")
	case err != nil:
		return red("读不了 secret 文件：%s", tui.Chinese().Cause(err))
	case !info.Mode().IsRegular() || info.Size() != 32:
		return red("secret 文件损坏，它有 %d 个字节，应当正好是 32 个字节：请把另外保管的那一份放回来", info.Size())
	case errors.Is(folder.CheckSecret(p.dir), folder.ErrOtherSecret):
		return red("%s", sentence(folder.ErrOtherSecret))
	}
	return green("在；请另外保管一份，和备份分开放")
}

func (p *patient) hostKeys() finding {
	names, err := filepath.Glob(filepath.Join(p.dir, "host_key*"))
	if err != nil || !slices.Contains(names, filepath.Join(p.dir, "host_key")) {
		return red("没有 host_key（主机私钥）：党员的电脑会说主机变了。请从备份恢复（pingyi restore）")
	}
	keys := 0
	for _, name := range names {
		if strings.Contains(filepath.Base(name), ".") {
			continue // what ssh-keygen wrote beside it
		}
		keys++
		info, err := os.Stat(name)
		var text []byte
		if err == nil && info.Mode().IsRegular() { // a pipe is not waited for
			text, err = os.ReadFile(name)
		}
		if err == nil {
			_, err = gossh.ParsePrivateKey(text)
		}
		if err != nil {
			return red("%s 读不了或损坏：请从备份恢复", filepath.Base(name))
		}
	}
	return green("%d 把", keys)
}

// permissions looks for what other accounts of the machine may read.
func (p *patient) permissions() finding {
	if p.windows {
		return green("由系统的账号管理：请不要共享这个文件夹")
	}
	var open []string
	grave := false
	err := filepath.WalkDir(p.dir, func(at string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil || info.Mode().Perm()&0o077 == 0 || info.Mode().Type() == fs.ModeSymlink {
			return nil //nolint:nilerr // removed meanwhile
		}
		rel, err := filepath.Rel(p.dir, at)
		open = append(open, rel)
		grave = grave || !e.IsDir()
		return err
	})
	if err != nil {
		return red("数据文件夹里有读不了的：%s", tui.Chinese().Cause(err))
	}
	if len(open) == 0 {
		return green("别的账号读不到数据文件夹")
	}
	// Behind a folder that is shut nobody reads a file.
	shut := !slices.Contains(open, ".")
	text := fmt.Sprintf("别的账号读得到 %s 等 %d 处：请运行 chmod -R go= %s", open[0], len(open), p.dir)
	if grave && !shut {
		return red("%s", text)
	}
	return amber("%s", text)
}

// database examines it, or has the server do that.
func (p *patient) database() finding {
	if f, ok := p.served["database"]; ok {
		return f
	}
	c, err := folder.CheckWith(p.dir, folder.Access{Password: p.env(etcdPassword)})
	p.checkup = c
	if errors.Is(err, bolt.ErrInUse) {
		return red("数据文件正被另一个程序占用，而那里没有服务应答：找到那个程序，关掉它；服务卡住了就结束那个 pingyi 进程再启动")
	}
	return databaseFound(c, err)
}

// databaseFound says how a database is.
func databaseFound(c folder.Checkup, err error) finding {
	switch {
	case err == nil:
		return green("记录 %d 条，每一条和记录链都完好", c.Records)
	case errors.Is(err, bolt.ErrMends):
		return red("%s先备份整个文件夹；下次启动时会修好能修的，并说明失去什么", sentence(err))
	case errors.Is(err, bolt.ErrEmpty), errors.Is(err, bolt.ErrMissing), etcd.Away(err), // they say what to do
		errors.Is(err, folder.ErrEtcdEmpty), errors.Is(err, folder.ErrEtcdOther), errors.Is(err, folder.ErrEtcdHalf),
		errors.Is(err, folder.ErrHeadDiffers), errors.Is(err, folder.ErrHeadMissed), errors.Is(err, folder.ErrHeadUnreadable):
		return red("%s", sentence(err))
	}
	return red("%s请从最近的备份恢复（pingyi restore）", sentence(err))
}

// backup looks how old the newest copies are.
func (p *patient) backup() finding {
	if f, ok := p.served["backup"]; ok {
		return f
	}
	last := folder.LastBackupOf(p.dir)
	copies, err := folder.Copies(p.dir)
	text := "会议每过一个议项会自动留一份"
	if err == nil && len(copies) > 0 {
		text = fmt.Sprintf("自动留的最近一份是 %s", copies[len(copies)-1].At.Format("2006-01-02 15:04"))
	}
	const advice = "请往别的磁盘备份一次：pingyi backup 文件；secret 文件另外保管"
	days := int(p.now.Sub(last.At).Hours() / 24)
	switch {
	case last.At.IsZero():
		return amber("还没有用 pingyi backup 备份过；%s。%s", text, advice)
	case p.checkup.Newest.After(last.At) && days >= 30:
		return amber("上次备份是 %d 天以前，后来又有了记录；%s。%s", days, text, advice)
	}
	return green("上次备份是 %s；%s", last.At.Local().Format("2006-01-02 15:04"), text)
}

// syncFolders are the words in the names of folders that another program copies to
// other machines.
var syncFolders = []string{
	"onedrive", "dropbox", "坚果云", "nutstore", "我的坚果云", "icloud", "clouddocs", "google drive", "googledrive", "googledrivefsroot", "nextcloud",
	"owncloud", "seafile", "syncthing", "baidusyncdisk", "百度网盘", "百度云同步盘", "wps云盘", "wpsdrive", "腾讯微云", "weiyun", "阿里云盘", "resilio sync",
}

// sync looks whether another program keeps the folder the same on other machines.
func (p *patient) sync() finding {
	dir := p.dir
	if resolved, err := filepath.EvalSymlinks(dir); err == nil {
		dir = resolved
	}
	for _, part := range strings.FieldsFunc(filepath.ToSlash(dir), func(r rune) bool { return r == '/' }) {
		for _, word := range syncFolders {
			if strings.Contains(strings.ToLower(part), word) {
				return amber("数据文件夹在同步文件夹「%s」里：同步软件会在开会时换掉数据文件，也会把它传到别处。请停下服务，把它移到同步文件夹外面", part)
			}
		}
	}
	return green("不在同步文件夹里")
}

// network looks whether the disk is in this machine.
func (p *patient) network() finding {
	if kind := p.disk(p.dir); kind != "" {
		return amber("数据文件夹在 %s 上：断线时写不进记录，锁也不可靠。请移到本机的磁盘上", kind)
	}
	return green("在本机的磁盘上")
}

// How many bytes should be free.
const (
	leastSpace = 50 << 20
	someSpace  = 500 << 20
)

func (p *patient) space() finding {
	free, known := p.free(p.dir)
	switch {
	case !known:
		return amber("不知道磁盘还有多少空间：请自己看一看，至少要 %d MB", someSpace>>20)
	case free < leastSpace:
		return red("磁盘只剩 %d MB：随时可能记不下来。请腾出空间", free>>20)
	case free < someSpace:
		return amber("磁盘只剩 %d MB：请腾出空间，至少要 %d MB", free>>20, someSpace>>20)
	}
	return green("磁盘还有 %d MB", free>>20)
}

// clock looks whether the machine's time can be right.
func (p *patient) clock() finding {
	switch at := p.now.Format("2006-01-02 15:04"); {
	case p.now.Year() < 2024:
		return red("这台机器的时间是 %s：不对。请校准，会议记录上的日期由它来", at)
	case p.checkup.Newest.Sub(p.now) > time.Minute:
		return red("这台机器的时间是 %s，比最后一条记录（%s）还早：请校准", at, p.checkup.Newest.Local().Format("2006-01-02 15:04"))
	default:
		return green("这台机器的时间是 %s：请和手表对一对", at)
	}
}

func (p *patient) address() finding {
	switch len(p.addresses) {
	case 0:
		return amber("这台机器没有局域网地址，别人连不进来：请接上网络或打开热点")
	case 1:
		return green("别人用 %s 连进来", p.addresses[0])
	}
	return green("别人用 %s 连进来；这台机器还有 %s，不对就用 --public 写明", p.addresses[0], strings.Join(p.addresses[1:], "、"))
}

// terminal looks whether Chinese can be shown here.
func (p *patient) terminal() finding {
	locale := ""
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale = p.env(name); locale != "" {
			break
		}
	}
	flat := strings.ReplaceAll(strings.ToLower(locale), "-", "")
	switch {
	case p.windows:
		return green("请用 Windows Terminal；显示乱码就先运行 chcp 65001")
	case p.env("TERM") == "" || p.env("TERM") == "dumb":
		return amber("这里不是能画屏幕的终端（TERM=%q）：主持台请在别的终端里开，或者用逐行的界面", p.env("TERM"))
	case !strings.Contains(flat, "utf8"):
		return amber("这个终端的字符集不是 UTF-8（%q）：中文会显示不出来。请先运行 export LC_ALL=C.UTF-8", locale)
	}
	return green("终端是 UTF-8")
}

func (p *patient) sshClient() finding {
	if _, err := p.find("ssh"); err != nil {
		return amber("这台机器上没有 ssh：开不了投影和别的窗口。请安装 OpenSSH 客户端")
	}
	return green("有 ssh")
}

func (p *patient) office() finding {
	if _, err := p.find("soffice"); err != nil {
		return amber("没有 LibreOffice：材料写不成 PDF，Word、Excel 照常。要 PDF 就装上它，或在 Word、WPS 里另存")
	}
	return green("有 LibreOffice，材料可以写成 PDF")
}

// chineseFonts looks for what a PDF is set in.
func (p *patient) chineseFonts() finding {
	if _, err := p.find("soffice"); err != nil || p.windows {
		return green("这里用不到")
	}
	if _, err := p.find("fc-list"); err != nil {
		return green("由系统管理")
	}
	if list, err := p.fonts(); err != nil || list == "" {
		return amber("没有中文字体：PDF 里的汉字会是方块。请安装（Debian：apt-get install fonts-noto-cjk）")
	}
	return green("有中文字体")
}

// built says how the program was built. What clears secrets out of memory is an
// experiment of Go that has to be asked for (make release).
func (p *patient) built() finding {
	experiment := ""
	for _, s := range p.build {
		if s.Key == "GOEXPERIMENT" {
			experiment = s.Value
		}
	}
	if !strings.Contains(experiment, "runtimesecret") {
		return amber("这个程序是 %s 编译的，没有带 runtimesecret：计票以后，恢复码和选择可能在内存里多留一会儿。发行的程序（make release）带着它", runtime.Version())
	}
	return green("%s，带 runtimesecret", runtime.Version())
}
