package ssh

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"pingyi/meeting"
)

// papers lists what the caller may have; get writes one to standard output. A
// name is compared with the list and never becomes a path.
func papers(c *call) (answer, error) {
	if len(c.args) > 0 && (c.args[0] != "get" || len(c.args) != 2) {
		return answer{}, c.misused()
	}
	files, err := c.papers()
	if err != nil {
		return answer{}, err
	}
	if len(c.args) == 2 {
		return c.fetch(files, c.args[1])
	}
	if c.json {
		list, err := sums(files)
		return answer{value: list}, err
	}
	var text strings.Builder
	for _, f := range files {
		text.WriteString(f.Name + "　" + f.Title + "\n")
	}
	if len(files) == 0 {
		text.WriteString("现在还没有材料。\n")
	}
	return answer{text: text.String()}, nil
}

// summed is a paper of a list for a program.
type summed struct {
	File   string `json:"file"`
	Title  string `json:"title"`
	SHA256 string `json:"sha256"`
}

// sums lists papers with their SHA-256.
func sums(files []File) ([]summed, error) {
	list := make([]summed, len(files))
	for i, f := range files {
		data, err := f.Content()
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(data)
		list[i] = summed{f.Name, f.Title, hex.EncodeToString(sum[:])}
	}
	return list, nil
}

// papers are those of the branch, or of the organisation for who is in none.
func (c *call) papers() ([]File, error) {
	c.work.heavy = true
	if c.room == nil {
		return c.server.organisationPapers(c.ctx)
	}
	if no := meeting.May(c.state(), c.who, meeting.ActPapers); no != nil {
		return nil, no
	}
	return c.server.papersOf(c.ctx, c.state(), c.who)
}

func (c *call) fetch(files []File, name string) (answer, error) {
	for _, f := range files {
		if f.Name == name {
			data, err := f.Content()
			if err == nil {
				_, err = c.out.Write(data)
			}
			return answer{}, err
		}
	}
	return answer{}, sentence("没有这份材料：用 papers 看有哪些。")
}
