package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// levels are those of the archive's list by name.
func levels(s *meeting.State) map[string]meeting.ArchiveLevel {
	all := map[string]meeting.ArchiveLevel{}
	for _, line := range s.ArchiveList() {
		all[line.Name] = line.Level
	}
	return all
}

func TestTheArchiveListSaysWhatIsMissing(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	l := levels(h.State())
	for _, name := range []string{"plan", "study", "opinions", "selfcheck", "outline", "minutes", "tally", "ratings", "report", "sign-in"} {
		same(t, name, l[name], meeting.ArchiveMissing)
	}
	same(t, "notice", l["notice"], meeting.ArchiveSpare)
	same(t, "photographs", l["photographs"], meeting.ArchiveSpare)
	h.Does("m03", meetingtest.Writes("notice", 0, "time", "2017-03-20T14:30", "place", "会议室", "theme", "评议"), moved("notice", 0, "send", ""),
		meetingtest.Writes("study", 0, "day", "2017-03-10", "form", "集中", "topic", "《准则》", "hours", "2.5"),
		meetingtest.Writes("opinion", 0, "about", "班子", "means", "座谈", "source", "群众", "text", "原话"))
	outlines(h, "m14", "提纲")
	l = levels(h.State())
	same(t, "begun", []meeting.ArchiveLevel{l["notice"], l["study"], l["opinions"], l["outline"]},
		[]meeting.ArchiveLevel{meeting.ArchiveWhole, meeting.ArchiveWhole, meeting.ArchivePart, meeting.ArchivePart})
	h.Does("m03", meeting.MergeOpinions{Nos: []int{1}, Text: "调查研究不够"})
	same(t, "summed up", levels(h.State())["opinions"], meeting.ArchiveWhole)
}

// Once the archive is closed the year is only read: every command is refused but
// those that remain.
func TestAClosedArchiveIsOnlyRead(t *testing.T) {
	h := meetingtest.New(t, meetingtest.NewRoom())
	h.Whole(meetingtest.Rules(t, "seed-2017"), "学习还不够深入")
	const told = "m02"
	h.Does("m04", meeting.GiveFeedback{ID: told, Approval: "批复"})
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{told: "01", "m03": "02", "g1": "03"}})
	h.Refused("m01", meeting.CloseArchive{Reason: "材料在纸上"}, meeting.ConsoleOnly)
	h.Refused("m03", meeting.CloseArchive{}, meeting.ArchiveMisses)
	h.Refused("m03", meeting.CloseArchive{Reason: "\x1b"}, meeting.ControlCharacters)
	for n, id := range []meeting.MemberID{told, "m05"} {
		h.Does(id, meeting.RememberKey{Key: meetingtest.PublicKey(n)})
	}
	h.Does("m03", meeting.CloseArchive{Reason: "材料在纸上"})
	s := h.State()
	same(t, "stands", []any{s.Stands(), s.Phase, s.Archive.By, s.Archive.Reason, len(s.Archive.Misses) > 0}, []any{meeting.Archived, meeting.After, meeting.MemberID("m03"), "材料在纸上", true})
	day := s.Archive.At.In(s.Branch.Location()).Format("2006-01-02")
	for _, c := range []meeting.Command{
		meeting.CloseArchive{Reason: "再来"},
		meeting.TakeNote{Text: "x"},
		meetingtest.Writes("ledger", 1, "goal", "x"), moved("ledger", 1, "close", "同意"),
		meetingtest.Writes("talk", 0, "content", "x"),
		meeting.GiveFeedback{ID: "m02"},
		meeting.HandInOpinion{},
		meeting.Submit{},
		meeting.CloseOpinions{},
	} {
		h.Refused("m03", c, meeting.YearArchived, day)
	}
	h.Refused(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m01": "00"}}, meeting.YearArchived)
	h.Refused(party, meeting.AssignGuide{}, meeting.YearArchived)
	for _, form := range meeting.Forms() {
		for _, r := range s.Records("m03", form.Name) {
			same(t, string(form.Name)+" moves", s.Moves("m03", r), []string{})
		}
	}
	if no := meeting.May(s, "m03", meeting.ActPapers); no != nil {
		t.Error(no)
	}
	same(t, "codes", endings(s), map[meeting.MemberID]meeting.Code{"m01": meeting.CodeArchived, "m03": meeting.CodeArchived, "g1": meeting.CodeArchived, told: ""})
	devices := s.Devices
	ends := func(d meeting.Device) meeting.Code {
		if no := h.State().DeviceEnded(d.Who, d.Key); no != nil {
			return no.Code
		}
		return ""
	}
	h.Refused("m05", meeting.RememberKey{Key: meetingtest.PublicKey(7)}, meeting.YearArchived, day)
	same(t, "devices", []meeting.Code{ends(devices[0]), ends(devices[1])}, []meeting.Code{"", meeting.CodeArchived})
	h.Does("m05", meeting.ForgetKey{No: devices[1].No})
	same(t, "a forgotten one", ends(devices[1]), meeting.DeviceForgotten)
	h.Does(told, meeting.Acknowledge{Text: "同意"})
	same(t, "a device after the answer", ends(devices[0]), meeting.CodeArchived)
	same(t, "after the answer", endings(h.State())[told], meeting.CodeArchived)
	h.Does(meeting.Keeper, meeting.RevokeCodes{IDs: []meeting.MemberID{told}})
	same(t, "devices of a revoked code", len(h.State().Devices), 0)
	h.Does(meeting.Keeper, meeting.Prune{Approval: "批复", Classes: []meeting.Class{meeting.PrivateBlob}}, meeting.EndYear{Next: 2018})
}
