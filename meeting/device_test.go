package meeting_test

import (
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// deviceHall is a branch of eight before its meeting; m03 runs it.
func deviceHall(t *testing.T) *hall {
	t.Helper()
	return newHall(t, "seed-2017", nil, meetingtest.Members(8).Post(3, "书记")...)
}

func TestADeviceIsRememberedAndForgotten(t *testing.T) {
	h := deviceHall(t)
	one, two := meetingtest.PublicKey(1), meetingtest.PublicKey(2)
	h.Does("m05", meeting.RememberKey{Key: one})
	at := h.State().Devices[0].At
	same(t, "remembered", h.State().Devices, []meeting.Device{{No: 1, Who: "m05", Key: one, At: at}})
	if at.IsZero() {
		t.Error("nobody knows when")
	}
	h.Refused("m05", meeting.RememberKey{Key: one}, meeting.KeyKnown, "1")
	h.Refused("m06", meeting.RememberKey{Key: one}, meeting.KeyTaken)
	h.Refused("m99", meeting.RememberKey{Key: two}, meeting.NotOnRoster)
	h.Does("m06", meeting.RememberKey{Key: two})
	same(t, "one's own", h.State().DevicesOf("m06"), h.State().Devices[1:])
	same(t, "the console's", len(h.State().DevicesOf("m03")), 2)
	h.Refused("m06", meeting.ForgetKey{No: 1}, meeting.NoSuchDevice) // as if there were none
	h.Refused("m06", meeting.ForgetKey{No: 7}, meeting.NoSuchDevice)
	h.Does("m05", meeting.ForgetKey{No: 1})
	h.Does("m03", meeting.ForgetKey{No: 2})
	same(t, "left", len(h.State().Devices), 0)
	h.Does("m06", meeting.RememberKey{Key: one})
	same(t, "a number is given once", h.State().Devices[0].No, 3)
}

func TestAPersonHasFewDevices(t *testing.T) {
	h := deviceHall(t)
	for n := range 8 {
		h.Does("m05", meeting.RememberKey{Key: meetingtest.PublicKey(n)})
	}
	h.Refused("m05", meeting.RememberKey{Key: meetingtest.PublicKey(8)}, meeting.TooManyKeys, "8")
	h.Does("m06", meeting.RememberKey{Key: meetingtest.PublicKey(8)})
}

func TestWhatIsNoKeyIsNotRemembered(t *testing.T) {
	h := deviceHall(t)
	good := meetingtest.PublicKey(1)
	kind, data, _ := strings.Cut(good, " ")
	for _, bad := range []string{
		"", kind, data, good + " comment", "ssh-rsa " + data, kind + "  " + data, kind + " " + data[:8], kind + " " + data + "\n",
		`command="x" ` + good, kind + " AAAA" + data, kind + " " + strings.Repeat("A", 5000), "\x1b[2J " + data,
	} {
		h.Refused("m05", meeting.RememberKey{Key: bad}, meeting.BadKey)
	}
}

// Who had a code before it was replaced may have had a device of theirs
// remembered: it goes with the code. The first code of a year ends nothing.
func TestADeviceGoesWithTheCodeThatLetItIn(t *testing.T) {
	h := deviceHall(t)
	codes := func(ids ...meeting.MemberID) meeting.IssueCodes {
		c := meeting.IssueCodes{Hashes: map[meeting.MemberID]string{}}
		for _, id := range ids {
			c.Hashes[id] = "0" + string(id)
		}
		return c
	}
	h.Does("m05", meeting.RememberKey{Key: meetingtest.PublicKey(1)})
	h.Does("m06", meeting.RememberKey{Key: meetingtest.PublicKey(2)})
	h.Does(meeting.Keeper, codes("m05", "m06"))
	same(t, "after the first codes", len(h.State().Devices), 2)
	h.Does(meeting.Keeper, codes("m05"))
	same(t, "after a new one", h.State().Devices[0].Who, meeting.MemberID("m06"))
	same(t, "left", len(h.State().Devices), 1)
	h.Does(meeting.Keeper, meeting.RemoveMember{ID: "m06", Reason: "导错了"})
	same(t, "after the roster", len(h.State().Devices), 0)
}

func TestDevicesGoOverToTheNextYear(t *testing.T) {
	h := deviceHall(t)
	h.Does("m05", meeting.RememberKey{Key: meetingtest.PublicKey(1)}, meeting.RememberKey{Key: meetingtest.PublicKey(2)}, meeting.ForgetKey{No: 2})
	h.Does(meeting.Keeper, meeting.EndYear{Next: h.State().Rules.Year + 1})
	h.Refused("m05", meeting.RememberKey{Key: meetingtest.PublicKey(3)}, meeting.YearOver)
	h.Refused("m05", meeting.ForgetKey{No: 1}, meeting.YearOver)
	rules := *h.State().Rules
	rules.Year++
	events, err := meeting.Decide(meeting.NewState(), meeting.Request{By: meeting.Keeper, At: time.Unix(1, 0), Do: meeting.BeginYear{Of: h.State(), Seq: 1, Hash: "00", Rules: &rules}})
	if err != nil {
		t.Fatal(err)
	}
	next := meeting.Apply(meeting.NewState(), events[0])
	same(t, "devices", next.Devices, h.State().Devices)
	same(t, "the last number", next.LastDevice, 2)
}
