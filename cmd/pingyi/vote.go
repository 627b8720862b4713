package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/sheet"
	"pingyi/ssh"
	"pingyi/ssh/voter"
	"pingyi/tui"
)

func (d *desk) voteVerb() *cobra.Command {
	var fingerprint string
	var port int
	var asJSON bool
	verb := &cobra.Command{
		Use: "vote HOST", Short: "党员在自己的电脑上投票：选择在这里加密，不经过服务器", Args: exactly("HOST"),
		Long: `党员在自己的电脑上投票：问的与会场屏幕上的一样，但是在这台电脑上加密，交上去的只有密文。
（登录会场的屏幕投票，或用 ssh HOST vote，是服务器替您加密。）

先问入会码，再显示测评票。主机指纹印在入会码条上；known_hosts 里已经有这台服务器的，可以不写。
投票以后打印回执，请记下来，关箱后对照公示。票箱关闭前可以再投，最后一张算数。

脚本从标准输入给：第一行是入会码，后面是选票，与 ssh HOST vote 的写法一样。
第一行就是选票的，入会码由 SSH_ASKPASS 指明的程序给。`,
		Example: "  pingyi vote --fingerprint SHA256:AbCd… -p 2222 192.168.1.5\n" +
			`  printf '%s\n' "$CODE" '{"m01":"优秀","m02":null,"remarks":{"m01":"…"}}' | pingyi vote --fingerprint SHA256:AbCd… 192.168.1.5 --json`,
		RunE: func(c *cobra.Command, args []string) error {
			if port < 1 || port > 65535 {
				return usagef("端口应当是 1 到 65535，不能是 %d", port)
			}
			_, host, named := strings.Cut(args[0], "@") // the user name is free, as in ssh
			if !named {
				host = args[0]
			}
			r, err := d.vote(c.Context(), net.JoinHostPort(strings.Trim(host, "[]"), strconv.Itoa(port)), fingerprint)
			if err != nil {
				return err
			}
			if asJSON {
				return d.json(r)
			}
			_, err = fmt.Fprintf(d.out, "已投第 %d 次，票箱关闭前可以改投。回执：\n%s\n", r.Times, r.Code)
			return err
		},
	}
	verb.Flags().StringVar(&fingerprint, "fingerprint", "", "服务器的主机指纹，印在入会码条上，以 SHA256 开头")
	verb.Flags().IntVarP(&port, "port", "p", 2222, "服务器的端口")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// vote casts a ballot that is encrypted in this process.
func (d *desk) vote(ctx context.Context, addr, fingerprint string) (r meeting.Receipt, err error) {
	hostKey, err := voter.HostKey(fingerprint)
	if err != nil {
		return r, err
	}
	code, slip, err := d.slip(ctx)
	if err != nil {
		return r, err
	}
	defer clear(slip)
	v, err := voter.Enter(ctx, addr, hostKey, code)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, closed(v)) }()
	if d.terminal() {
		return d.fillIn(ctx, v)
	}
	d.progress("票箱指纹 %s：请与会场屏幕上的核对。选择在这台电脑上加密，不经过服务器。", v.Fingerprint())
	c, err := ssh.ReadChoices(slip, v.State())
	if err != nil {
		return r, failure{err}
	}
	return v.Cast(ctx, c)
}

// closed ends a voter's connection; one that is broken already has ended.
func closed(v *voter.Voter) error {
	if err := v.Close(); err != nil && !errors.Is(err, net.ErrClosed) && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// fillIn shows the ballot in this terminal, as the server shows it to others,
// until it is cast or the person leaves.
func (d *desk) fillIn(ctx context.Context, v *voter.Voter) (meeting.Receipt, error) {
	ctx, over := context.WithCancel(ctx)
	defer over()
	room := &voter.Room{Voter: v, Over: over}
	config := tui.Config{Room: room, Who: v.Who, Encrypts: true, Env: os.Environ()}
	var err error
	if os.Getenv("TERM") == "dumb" {
		err = tui.Plain(ctx, config, d.in, d.err, false, &sync.WaitGroup{})
	} else {
		err = d.console(ctx, func(ctx context.Context) tea.Model { config.Ctx = ctx; return tui.New(config) })
	}
	r, failed := room.Outcome()
	switch {
	case failed != nil:
		return r, failed
	case r.Code != "": // the screen was ended
		return r, nil
	case err != nil:
		return r, err
	}
	return r, failf("没有投票。")
}

// maxSlip is the longest input of a script, in bytes.
const maxSlip = 1 << 20

// slip returns the join code and, from a script, the choices: asked for here,
// or both on standard input.
func (d *desk) slip(ctx context.Context) (code string, choices []byte, err error) {
	if d.terminal() {
		code, err = d.askCode(ctx)
		return code, nil, err
	}
	if in, ok := d.in.(*os.File); ok && term.IsTerminal(in.Fd()) {
		return "", nil, usagef("标准输出不是终端，测评票没有地方显示：请不要重定向，或从标准输入给入会码和选票")
	}
	text, err := waited(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(d.in, maxSlip+1)) })
	switch {
	case ctx.Err() != nil:
		return "", nil, failf("没有读完选票，没有投票")
	case err != nil:
		return "", nil, err
	case len(text) > maxSlip:
		return "", nil, failf("内容超过 1 MB，没有投票")
	}
	text, _ = sheet.UTF8(text) // what is in no encoding is no ballot either
	text = bytes.TrimSpace(text)
	if !bytes.HasPrefix(text, []byte("{")) {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		code, choices = strings.TrimSpace(string(line)), rest
	} else if choices = text; os.Getenv("SSH_ASKPASS") != "" {
		out, err := exec.CommandContext(ctx, os.Getenv("SSH_ASKPASS"), ssh.CodePrompt).Output() //nolint:gosec // the person's own program, as for ssh
		if err != nil {
			return "", nil, failf("SSH_ASKPASS 指明的程序没有给入会码：%w", err)
		}
		code = strings.TrimSpace(string(out))
	}
	switch {
	case code == "":
		return "", nil, usagef("标准输入的第一行应当是入会码，后面是选票")
	case len(bytes.TrimSpace(choices)) == 0:
		return "", nil, usagef("入会码后面没有选票：应当是一个 JSON 对象，像 {\"m01\":\"优秀\"}")
	}
	return code, choices, nil
}

// askCode asks for the join code on the terminal, which does not show it.
func (d *desk) askCode(ctx context.Context) (string, error) {
	code, err := d.hidden(ctx, ssh.CodePrompt)
	if err != nil {
		return "", failf("没有输入入会码，没有投票")
	}
	return code, nil
}
