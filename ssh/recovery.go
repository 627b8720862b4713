package ssh

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/sheet"
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
	return readCode(c.in)
}

// readCode reads the code from the first line of what comes, in any encoding of
// [sheet.UTF8].
func readCode(from io.Reader) (string, error) {
	text, err := readLine(from)
	defer clear(text)
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return "", sentence("恢复码太长：它是 12 个字，或 12 个英文单词，写在第一行。什么也没有做，请检查后再试。")
	case err != nil:
		return "", err
	}
	code, ok := sheet.UTF8(text)
	defer clear(code)
	if !ok {
		return "", sentence("This is neither UTF-8 nor GBK / 恢复码既不是 UTF-8 也不是 GBK，什么也没有做：请改用 UTF-8 再试，或写 12 个英文单词。")
	}
	first, _, _ := strings.Cut(string(code), "\n")
	return strings.TrimSpace(strings.TrimPrefix(first, "\ufeff")), nil
}

// readLine reads a line in the encodings of [sheet.UTF8]. UTF-16, in which a
// character may have the byte of a line's end, is read to the end of the input. The
// error is [bufio.ErrBufferFull] where it is longer than a code.
func readLine(from io.Reader) ([]byte, error) {
	in := bufio.NewReaderSize(from, longestCode)
	bom, _ := in.Peek(2)
	if s := string(bom); s == "\xff\xfe" || s == "\xfe\xff" {
		text, err := io.ReadAll(io.LimitReader(in, longestCode))
		if err == nil && len(text) == longestCode {
			err = bufio.ErrBufferFull
		}
		return text, err
	}
	text, err := in.ReadSlice('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return text, err
}
