package meeting_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// hashOf is a hash that begins with two digits.
func hashOf(digits string) string { return digits + strings.Repeat("0", 62) }

// adds is a file that lies beside the database.
func adds(hash, name string) meeting.AddFile {
	return meeting.AddFile{File: meeting.File{Hash: hash, Name: name, Size: 3}}
}

// names is a list of files as a record holds it.
func names(name string, hashes ...string) string {
	var list []meeting.FileRef
	for _, hash := range hashes {
		list = append(list, meeting.FileRef{Name: name, Hash: hash})
	}
	return meeting.FilesValue(list)
}

// Who added a file reads it until they put it into a record; then whoever reads
// the record does. Others are told the same as of a file that there is not.
func TestAFileIsReadAsTheRecordThatHoldsIt(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	hash := hashOf("1e")
	reads := func(who ...meeting.MemberID) {
		t.Helper()
		for _, m := range append(h.State().Roster, meeting.Member{ID: "m99"}) {
			_, no := h.State().ReadableFile(m.ID, hash)
			may := false
			for _, id := range who {
				may = may || id == m.ID
			}
			if may != (no == nil) || no != nil && (no.Code != meeting.UnknownFile || no.Args[0] != hash) {
				t.Errorf("%s: %v, may: %v", m.ID, no, may)
			}
		}
	}
	reads()
	h.Does("m03", adds(hash, "照片.jpg"))
	reads("m03")
	h.Refused("m02", studied("files", names("照片.jpg", hash)), meeting.UnknownFile, hash) // knowing a hash is not having the file
	h.Refused("m03", studied("files", names("照片.pdf", hash)), meeting.FileContent, "照片.pdf")
	h.Refused("m03", studied("files", names("../照片.jpg", hash)), meeting.FileName, "../照片.jpg")
	h.Refused("m03", studied("files", `["x"]`), meeting.FieldFile, "照片和签名", `["x"]`)
	h.Refused("m03", studied("files", "["+strings.Repeat(`{"name":"a.jpg"},`, 200)+`{"name":"a.jpg"}]`), meeting.FieldTooMany, "照片和签名", "201", "200")
	h.Does("m03", studied("files", names("签到.jpg", hash)))
	party := []meeting.MemberID{}
	for _, m := range h.State().Roster {
		if m.InParty() {
			party = append(party, m.ID)
		}
	}
	reads(party...)
	if got, no := h.State().ReadableFile("m05", hash[:8]); no != nil || got.Hash != hash {
		t.Errorf("by its first characters: %+v %v", got, no)
	}
	if _, no := h.State().ReadableFile("m05", hash[:7]); no == nil {
		t.Error("seven characters are enough")
	}
	same(t, "unused", len(h.State().UnusedFiles("m03")), 0)
	h.Does("m02", meetingtest.Writes("study", 1, "content", "一样的照片", "files", names("签到.jpg", hash)))
	h.Does("m03", meeting.StrikeRecord{Form: "study", No: 1, Reason: "记错了"})
	reads() // nothing holds it any more
}

// Two who add the same file know nothing of each other.
func TestTheSameFileOfTwoPeople(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03", adds(hashOf("1e"), "甲.jpg"))
	h.Does("m05", adds(hashOf("1e"), "乙.jpg"))
	h.Does("m05", adds(hashOf("1e"), "乙.jpg"))
	h.Does("m03", meetingtest.Writes("talk", 0, "place", "办公室"), studied("files", names("甲.jpg", hashOf("1e"))))
	same(t, "of the one", h.State().UnusedFiles("m03"), []meeting.File{})
	same(t, "of the other", h.State().UnusedFiles("m05"), []meeting.File{{Hash: hashOf("1e"), Name: "乙.jpg", Size: 3}})
}

func TestWhoAddsFilesAndWhichNames(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("q1", adds(hashOf("1e"), "照片.jpg"), meeting.PartyOnly)
	h.Refused(meeting.Keeper, adds(hashOf("1e"), "照片.jpg"), meeting.NotOnRoster)
	for name, code := range map[string]meeting.Code{
		"../照片.jpg": meeting.FileName, "/etc/照片.jpg": meeting.FileName, `C:\照片.jpg`: meeting.FileName, ".照片.jpg": meeting.FileName, "": meeting.FileName,
		"照\x1b[2J片.jpg": meeting.FileName, "照\u202e片.jpg": meeting.FileName, strings.Repeat("长", 97) + ".jpg": meeting.FileName, "a\n.jpg": meeting.FileName,
		"程序.exe": meeting.FileKind, "照片": meeting.FileKind, "页.html": meeting.FileKind, "jpg": meeting.FileKind,
	} {
		if no := h.State().MayAddFile("m05", name); no == nil || no.Code != code {
			t.Errorf("%q: %v", name, no)
		}
	}
	for size, code := range map[int]meeting.Code{0: meeting.FileEmpty, -1: meeting.FileEmpty, meeting.MaxFile + 1: meeting.FileTooBig} {
		h.Refused("m05", meeting.AddFile{File: meeting.File{Hash: hashOf("1e"), Name: "a.jpg", Size: size}}, code)
	}
	for i := range 40 {
		h.Does("m05", adds(hashOf(fmt.Sprintf("%02x", i)), "a.jpg"))
	}
	h.Refused("m05", adds(hashOf("ff"), "a.jpg"), meeting.FilesUnused, "40")
	h.Does("m03", adds(hashOf("ff"), "a.jpg"))
}

// What a file is, its content says.
func TestAFileIsWhatItsNameSays(t *testing.T) {
	zipped := func(names ...string) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, name := range names {
			_, err := z.Create(name)
			must(t, 0, err)
		}
		must(t, 0, z.Close())
		return b.String()
	}
	docx, xlsx := zipped("[Content_Types].xml", "word/document.xml"), zipped("xl/workbook.xml")
	for _, c := range []struct {
		name, content string
		code          meeting.Code
	}{
		{"a.jpg", "\xff\xd8\xff\xe0....", ""},
		{"A.JPEG", "\xff\xd8\xff\xe1....", ""},
		{"a.png", "\x89PNG\r\n\x1a\n....", ""},
		{"a.pdf", "%PDF-1.7\n", ""},
		{"a.docx", docx, ""},
		{"a.xlsx", xlsx, ""},
		{"a.jpg", "", meeting.FileEmpty},
		{"a.jpg", "\xff\xd8", meeting.FileContent},
		{"a.jpg", "MZ\x90\x00", meeting.FileContent},
		{"a.jpg", "%PDF-1.7\n", meeting.FileContent},
		{"a.pdf", "<html>%PDF-</html>", meeting.FileContent},
		{"a.docx", xlsx, meeting.FileContent},
		{"a.docx", "PK\x03\x04 and no archive", meeting.FileContent},
		{"a.docx", zipped("evil.exe"), meeting.FileContent},
		{"a.exe", "MZ\x90\x00", meeting.FileKind},
	} {
		no := meeting.CheckFile(c.name, strings.NewReader(c.content), int64(len(c.content)))
		if (no == nil) != (c.code == "") || no != nil && no.Code != c.code {
			t.Errorf("%s %.12q: %v", c.name, c.content, no)
		}
	}
}
