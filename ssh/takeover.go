package ssh

import (
	"pingyi/meeting"
)

// takeOver writes a problem of what was found elsewhere, or a line of the ledger
// of a problem: KIND from ORIGIN NO.
func takeOver(c *call) (answer, error) {
	no, err := number(c.args[2], "序号")
	if err != nil {
		return answer{}, err
	}
	from := meeting.Origin{From: c.args[1], No: no}
	if into, known := from.Into(); !known || string(into) != c.word {
		return answer{}, c.misused()
	}
	events, err := c.events(meeting.TakeOver{Origin: from})
	if err != nil {
		return answer{}, err
	}
	f, ok := events[0].Fact.(meeting.RecordWritten)
	if !ok {
		return answer{}, errElsewhere
	}
	return c.showRecord(formNamed(f.Form), f.No)
}
