package ssh

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"pingyi/meeting"
)

// errCodeShown refuses a recovery code in a command: whoever is on that machine
// reads it in the list of processes and in the shell's history.
const errCodeShown usageError = "恢复码不写在命令里（进程列表和命令历史里看得到）：写 unseal，按回车后再从标准输入给一行恢复码。"

// askAfter is how long nothing comes on standard input until a person is asked.
const askAfter = time.Second

// longestCode bounds the line with a recovery code, in bytes.
const longestCode = 1 << 10

// recoveryCode reads the recovery code from the first line of standard input if
// the server has lost the caller's key; "" if it has not.
func (c *call) recoveryCode() (string, error) {
	if c.set("code") {
		return "", errCodeShown
	}
	if meeting.May(c.state(), c.who, meeting.ActUnseal) != nil || c.room.Holds(c.who) {
		return "", nil // a refusal is told before anything is asked
	}
	ask := time.AfterFunc(askAfter, func() {
		fmt.Fprintln(c.notes, "服务器内存里没有你的钥匙（重启过，或已经散会）：请输入恢复码（12 个字，或 12 个英文单词），按回车。")
	})
	defer ask.Stop()
	text, err := bufio.NewReaderSize(io.LimitReader(c.in, longestCode), longestCode).ReadSlice('\n')
	defer clear(text)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return "", err
	}
	return strings.TrimSpace(strings.TrimPrefix(string(text), "\ufeff")), nil
}
