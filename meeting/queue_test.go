package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestTheQueueIsPutInOrder(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Greyed("m03", meeting.ActQueue, meeting.QueueEmpty)
	for _, id := range ids("m04", "m05", "m06", "m07") {
		h.Does(id, meeting.AskFloor{})
	}
	h.Does("m03", meeting.MoveInQueue{ID: "m07", To: 1})
	same(t, "first", h.State().Floor.Queue, ids("m07", "m04", "m05", "m06"))
	h.Does("m03", meeting.MoveInQueue{ID: "m04", To: 3})
	same(t, "down", h.State().Floor.Queue, ids("m07", "m05", "m04", "m06"))
	h.Does("m03", meeting.MoveInQueue{ID: "m05"})
	same(t, "out", h.State().Floor.Queue, ids("m07", "m04", "m06"))
	h.Refused("m03", meeting.MoveInQueue{ID: "m05", To: 1}, meeting.NotInQueue, "党员05")
	h.Refused("m03", meeting.MoveInQueue{ID: "m04", To: 4}, meeting.BadNumber, "4", "0", "3")
	h.Refused("m04", meeting.MoveInQueue{ID: "m04", To: 1}, meeting.ConsoleOnly)
}
