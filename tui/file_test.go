package tui

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// A file can't be typed: the page says how one is handed in, offers what the
// person has handed in, and says how it is fetched.
func TestFilesArePutIntoARecord(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.Does("m03", meetingtest.Writes("study", 0, "day", "2017-03-14", "form", "集中", "topic", "《准则》", "hours", "2"))
	three := p.as("m03").opens("m @records @kind:study").takes("record 1").takes("写：照片和签名").sees("你还没有交来文件", "file add 文件名 < 文件")
	photo := meeting.File{Hash: "1e2f3a4b" + strings.Repeat("0", 56), Name: "签到.jpg", Size: 300_000}
	p.Does("m05", meeting.AddFile{File: meeting.File{Hash: strings.Repeat("2", 64), Name: "别人的.jpg", Size: 3}})
	p.Does("m03", meeting.AddFile{File: photo}, meeting.AddFile{File: meeting.File{Hash: strings.Repeat("3", 64), Name: "扫描.pdf", Size: 2 << 20}})
	three.sees("签到.jpg（293 KB，编号 1e2f3a4b）", "扫描.pdf（2.0 MB，编号 33333333）").seesNo("别人的", "还没有交来")
	three.takes("file "+photo.Hash).sees("选好了：签到.jpg").takes("chosen").sees("照片和签名：签到.jpg（293 KB，编号 1e2f3a4b）", "file get 1e2f3a4b", "已更新")
	p.as("m05").opens("m @records @kind:study").takes("record 1").sees("签到.jpg（293 KB，编号 1e2f3a4b）")
	three.takes("写：照片和签名").sees("签到.jpg", "扫描.pdf").takes("file "+photo.Hash).takes("chosen").seesNo("照片和签名：", "file get")
}
