package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// richText is a text whose parts have fonts of their own, as a workbook has it: in a
// cell, or in the list of texts that cells share.
type richText struct {
	Plain string `xml:"t"`
	Runs  []struct {
		Font struct {
			Strike *struct {
				Val string `xml:"val,attr"`
			} `xml:"strike"`
		} `xml:"rPr"`
		Text string `xml:"t"`
	} `xml:"r"`
}

// strike is how much of a text is struck out in its own font. That of the whole cell is
// [look.struck].
type strike int

const (
	standing strike = iota
	halfStruck
	allStruck
)

func (t richText) strike() strike {
	struck, stands := false, strings.TrimSpace(t.Plain) != ""
	for _, run := range t.Runs {
		if strings.TrimSpace(run.Text) == "" {
			continue
		}
		s := run.Font.Strike
		out := s != nil && s.Val != "0" && s.Val != "false"
		struck, stands = struck || out, stands || !out
	}
	switch {
	case !struck:
		return standing
	case stands:
		return halfStruck
	}
	return allStruck
}

// sharedStrikes are the strikes of the texts that cells share, by their numbers.
func sharedStrikes(f *excelize.File) ([]strike, error) {
	const part = "xl/sharedStrings.xml" // as the library has it, whatever the file calls it
	if _, there := f.Pkg.Load(part); !there {
		return nil, nil
	}
	d, err := decoder(f, part)
	if err != nil {
		return nil, err
	}
	var list []strike
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		if el, begins := token.(xml.StartElement); begins && el.Name.Local == "si" {
			var text richText
			if err := d.DecodeElement(&text, &el); err != nil {
				return nil, err
			}
			list = append(list, text.strike())
		}
	}
}
