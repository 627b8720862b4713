package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/ssh"
	"pingyi/store/folder"
	"pingyi/tui/terminal"
)

// The projector and a shared terminal on the server's own machine need no join
// code: they come in through the control socket, which only who runs the server
// can open. On the socket they speak SSH as from everywhere else.

func (d *desk) wallVerb() *cobra.Command {
	return d.fixtureVerb(meeting.Screen, &cobra.Command{
		Use: "wall", Short: "在这个终端里放投影：服务器本机，不用入会码",
		Long: `在这个终端里放投影。只在服务器本机，经数据文件夹里的控制口，不用入会码；服务要正在运行。
别的电脑用 ssh -p 端口 screen@地址，输入 pingyi codes 发给 screen 的入会码，或主持人的。
几个支部在同一个数据文件夹时用 --branch 写明哪一个。按两次 Ctrl+C 退出。
退出码：自己退出是 0，服务关闭或断开是 1。`,
		Example: "  pingyi wall\n  pingyi wall --branch b1",
	})
}

func (d *desk) boothVerb() *cobra.Command {
	return d.fixtureVerb(meeting.Booth, &cobra.Command{
		Use: "booth", Short: "在这个终端里开公用终端：服务器本机，没有设备的党员轮流用",
		Long: `把这个终端当公用终端：没有设备的党员轮流用，各人输入自己的入会码，投完自动退出。
只在服务器本机，经数据文件夹里的控制口，打开它不用入会码；服务要正在运行。
别的电脑用 ssh -p 端口 booth@地址，输入 pingyi codes 发给 booth 的入会码，或主持人的。
几个支部在同一个数据文件夹时用 --branch 写明哪一个。按两次 Ctrl+C 退出。
退出码：自己退出是 0，服务关闭或断开是 1。`,
		Example: "  pingyi booth\n  pingyi booth --branch b1",
	})
}

// wallHint returns the command that shows a branch's wall in another terminal of
// this machine.
func (d *desk) wallHint(branch string) string {
	hint := quoted(cmp.Or(d.program, "pingyi")) + " wall --branch " + branch
	if filepath.Clean(d.data) != defaultData {
		hint += " --data " + quoted(d.data)
	}
	return hint
}

// quoted is a path as a shell takes it.
func quoted(path string) string {
	if strings.ContainsFunc(path, func(r rune) bool { return strings.ContainsRune(" '\"\\$&|;<>()*?[]#~`!\t", r) }) {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return path
}

// fixtureVerb completes the verb that opens the projector or a booth.
func (d *desk) fixtureVerb(id meeting.MemberID, verb *cobra.Command) *cobra.Command {
	var branch string
	verb.Args = exactly()
	verb.RunE = func(c *cobra.Command, _ []string) error {
		user := string(id)
		if branch != "" {
			user += "+" + branch
		}
		return d.fixture(c.Context(), user)
	}
	verb.Flags().StringVar(&branch, "branch", "", "支部编号")
	return verb
}

// fixture shows the screen of a user screen[+BRANCH] or booth[+BRANCH] in this
// terminal.
func (d *desk) fixture(ctx context.Context, user string) error {
	line, err := d.dialFixture(ctx, user)
	if err != nil {
		return err
	}
	defer line.Close()
	defer context.AfterFunc(ctx, func() { line.Close() })()
	if !d.terminal() {
		return failf("这里要一个终端：请在终端里运行，不要接管道")
	}
	sess, err := line.NewSession()
	if err != nil {
		return failf("正在运行的服务没有应答：%w", err)
	}
	err = d.attach(sess)
	var status *gossh.ExitError
	switch {
	case ctx.Err() != nil: // a signal: a way to leave like any other
		return nil
	case errors.As(err, &status):
		return exitError{status.ExitStatus()} // the screen has said why
	case err != nil:
		return failf("正在运行的服务中断了：会议记录都已保存；服务起来以后请再开一次（%w）", err)
	}
	return nil
}

// dialFixture reaches the running server through its control socket, as the
// projector or a booth.
func (d *desk) dialFixture(ctx context.Context, user string) (*gossh.Client, error) {
	if _, err := os.Stat(filepath.Join(d.path(d.data), "pingyi.json")); errors.Is(err, os.ErrNotExist) {
		return nil, folder.ErrNone
	}
	conn, err := d.reach(ctx, asked{Fixture: user})
	switch {
	case errors.Is(err, os.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED): // no socket, or one that was left over
		return nil, failf("没有正在运行的服务：请先在另一个终端 pingyi host 或 pingyi serve，再开这里")
	case err != nil:
		return nil, failf("没有正在运行的服务：请先在另一个终端 pingyi host 或 pingyi serve，再开这里（%w）", err)
	}
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	heard := ""
	line, news, requests, err := gossh.NewClientConn(conn, "control", &gossh.ClientConfig{
		User:            user,
		HostKeyCallback: gossh.InsecureIgnoreHostKey(), //nolint:gosec // the socket itself says whose it is
		BannerCallback:  func(message string) error { heard += message; return nil },
	})
	if err != nil {
		_ = conn.Close()
		if _, chinese, said := strings.Cut(heard, " / "); said {
			return nil, failf("%s", strings.TrimSpace(chinese))
		}
		return nil, failf("正在运行的服务没有应答：%w", err)
	}
	return gossh.NewClient(line, news, requests), conn.SetDeadline(time.Time{})
}

// attach runs a session's screen in this terminal until it ends, and gives the
// terminal back as it was.
func (d *desk) attach(sess *gossh.Session) error {
	in, _ := d.in.(*os.File)
	out := d.outFile()
	keys, err := sess.StdinPipe()
	if err != nil {
		return err
	}
	sess.Stdout, sess.Stderr = out, d.err
	for _, name := range ssh.Heeded() {
		if value, set := os.LookupEnv(name); set {
			_ = sess.Setenv(name, value) // without it the screen has fewer colours
		}
	}
	width, height, err := term.GetSize(out.Fd())
	if err != nil {
		return err
	}
	if err := sess.RequestPty(os.Getenv("TERM"), height, width, gossh.TerminalModes{}); err != nil {
		return err
	}
	before, err := term.MakeRaw(in.Fd())
	if err != nil {
		return err
	}
	if err := sess.Shell(); err != nil {
		return errors.Join(err, term.Restore(in.Fd(), before))
	}
	over := make(chan struct{})
	var typing, sizing sync.WaitGroup
	typing.Go(func() { // nobody waits: a read from the terminal ends with the process
		_, _ = io.Copy(keys, in)
		_ = keys.Close()
	})
	sizing.Go(func() { followSize(sess, out, width, height, over) })
	err = sess.Wait()
	close(over)
	sizing.Wait()
	var status *gossh.ExitError
	if err != nil && !errors.As(err, &status) {
		_, _ = io.WriteString(out, terminal.Leave) // the server could not
	}
	return errors.Join(err, term.Restore(in.Fd(), before))
}

// sizeEvery is how often the size of the window is looked at, which needs no
// signal that only some systems have.
const sizeEvery = 200 * time.Millisecond

// followSize tells a session when the window has another size.
func followSize(sess *gossh.Session, out *os.File, width, height int, over <-chan struct{}) {
	tick := time.NewTicker(sizeEvery)
	defer tick.Stop()
	for {
		select {
		case <-over:
			return
		case <-tick.C:
		}
		w, h, err := term.GetSize(out.Fd())
		if err != nil || w == width && h == height {
			continue
		}
		if width, height = w, h; sess.WindowChange(height, width) != nil {
			return
		}
	}
}
