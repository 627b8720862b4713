package ssh

import (
	"fmt"
	"io"
	"strings"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// Files keeps what records name by hash. Its refusals are those of [meeting].
type Files interface {
	// Keep reads a file of a name to its end and keeps it, whole or not at all.
	Keep(name string, from io.Reader) (meeting.File, error)
	// Read returns what a file holds that was kept.
	Read(file meeting.File) ([]byte, error)
}

// file adds a file for a record, or gets one.
func file(c *call) (answer, error) {
	switch {
	case c.server.config.Files == nil:
		return answer{}, sentence("这个服务器不收文件。")
	case c.args[0] == "add":
		return c.addFile(strings.Join(c.args[1:], " "))
	case c.args[0] == "get" && len(c.args) == 2:
		return c.getFile(c.args[1])
	}
	return answer{}, c.misused()
}

// addFile keeps standard input. Who may add none, or under another name, sends
// nothing.
func (c *call) addFile(name string) (answer, error) {
	if no := c.state().MayAddFile(c.who, name); no != nil {
		return answer{}, no
	}
	kept, err := c.server.config.Files.Keep(name, c.in)
	if err != nil {
		return answer{}, err
	}
	if err := c.act(meeting.AddFile{File: kept}); err != nil {
		return answer{}, err
	}
	v := struct {
		SHA256 string `json:"sha256"`
	}{kept.Hash}
	return answer{value: v, text: fmt.Sprintf("已收下 %s，编号 %s：请写进记录的 files。", draw.Clean(name), kept.Hash)}, nil
}

func (c *call) getFile(hash string) (answer, error) {
	found, no := c.state().ReadableFile(c.who, strings.ToLower(hash))
	if no != nil {
		return answer{}, no
	}
	data, err := c.server.config.Files.Read(found)
	if err != nil {
		return answer{}, err
	}
	_, err = c.out.Write(data)
	return answer{}, err
}
