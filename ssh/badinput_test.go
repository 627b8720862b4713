package ssh

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// What nobody can mean is refused with one sentence that names it, and nothing
// has changed.
func TestBadInputIsRefusedWithASentence(t *testing.T) {
	h := newHouseUnder(t, 5, func(r *preset.Rules) { *r = *meetingtest.Rules(t, "university-2019", nil) }, keepsFiles(t.TempDir())) // which has no assessment
	c := h.dial("m01")
	add := func(words, input string) {
		t.Helper()
		if a := h.saysOn(c, words, input); a.exit != exitOK {
			t.Fatalf("%s: %+v", words, a)
		}
	}
	add("plan add", aPlan)
	add("plan update", `{"to":"2017-03-23","deadline":"2017-03-24"}`)
	add("talk add", `{"kind":"党员互谈","with":["m02"],"at":"2017-03-15T16:00","means":"面谈","content":"谈学习"}`)
	add("problem add", `{"level":"班子","text":"走访少","source":"自查"}`) // so that there is something for the ledger
	add("publicity add", `{"what":"会议情况通报","from":"2017-03-21","to":"2017-03-27"}`)
	huge := strings.Repeat("长", 5<<20/3)
	long := strings.Repeat("长", 300_000)
	for _, try := range []struct{ words, input, why string }{
		{"plan update", `{"before":"` + huge + `"}`, "超过 1 MB"},
		{"plan update", huge, "超过 1 MB"},
		{"talk add", `{"content":"` + huge + `"}`, "超过 1 MB"},
		{"opinion add", `{"anonymous":true,"about":"班子","text":"` + huge + `"}`, "超过 1 MB"},
		{"plan update", `{"before":"` + long + `"}`, "会前"},
		{"plan update", `{"title":"` + strings.Repeat("长", 1000) + `"}`, "标题"},
		{"outline add", long, "问题"},
		{"register update", long, "个人小结"},
		{"conduct update 2", `{"note":"` + long + `"}`, "备注"},
		{"plan update", `{"from":"2017-02-29"}`, "2017-02-29"},
		{"plan update", `{"from":"2017-13-01"}`, "2017-13-01"},
		{"plan update", `{"from":"明天"}`, "明天"},
		{"plan update", `{"from":20170318}`, "日期"},
		{"plan update", `{"from":"2017-03-24"}`, "最早日期"},
		{"plan update", `{"to":"2017-03-17"}`, "最早日期"},
		{"plan update", `{"deadline":"2017-03-01"}`, "日期"},
		{"notice add", `{"time":"2017-03-20T25:00","place":"205","theme":"会"}`, "2017-03-20T25:00"},
		{"study add", `{"day":"0000-00-00","form":"集中","topic":"x","hours":2}`, "0000-00-00"},
		{"study add", `{"day":"2017-03-13","form":"集中","topic":"x","hours":-2}`, "学时"},
		{"study add", `{"day":"2017-03-13","form":"集中","topic":"x","hours":"许多"}`, "学时"},
		{"study add", `{"day":"2017-03-13","form":"集中","topic":"x","hours":1e99}`, "学时"},
		{"study add", `{"attended":["m99"]}`, "m99"},
		{"talk update 1", `{"with":["m01"]}`, "自己"},
		{"talk update 1", `{"with":["党员01"]}`, "自己"},
		{"talk update 1", `{"kind":"闲聊"}`, "闲聊"},
		{"talk update 1", `{"with":{"id":"m02"}}`, "谈话对象"},
		{"publicity update 1", `{"to":"2017-03-20"}`, "日期"},
		{"ledger add", `{"level":"班子","problem":"x","source":"自查","due":"2017-06-31"}`, "2017-06-31"},
		{"ledger add", `{"level":"个人","member":"m77","problem":"x","source":"自查"}`, "m77"},
		{"disposal add", `{"member":"m02"}`, "等次"},
		{"register update", `{"year":"2099"}`, "年度"},
		{"conduct update 2", `{"hours":99}`, "学时"},
		{"plan update", `{"title":"a","title ":"b"}`, "title "},
		{"plan update", `{"title":{"a":1}}`, "标题"},
		{"plan update", `{"title":"a","to":"2017-03-23","title":"b"}`, "「title」写了两次"},
		{"study add", `{"made_up":[{"who":"m02"},{"who":"m03","day":"2017-03-15","day":"2017-03-16"}]}`, "「day」写了两次"},
		{"opinion add", `{"anonymous":true,"about":"班子","text":"走访少","anonymous":false}`, "「anonymous」写了两次"},
		{"plan update", `{"title":"a"} {"title":"b"}`, "JSON"},
		{"plan update", `{"title":"\u001b[31m"}`, "标题"},
		{"plan update", "", "没有写内容"},
		{"plan add", "\xff\xfa\x00\x01bad", "UTF-8"},
		{"opinion add", "PK\x03\x04notreallydocx", "docx"},
		{"plan update", scanned(t), "没有文字"},
		{"plan update", "\ufeff\ufeff", "没有写内容"},
		{"talk add", "{}", "没有写内容"},
		{"opinion add", "{}", "没有写内容"},
		{"study add", "{}", "没有写内容"},
		{"disposal add", "{}", "没有写内容"},
		{"notice add", `{"time":`, `{"place":"文字"}`},
		{"conduct add", "<html>", "网页"},
		{"register update", `{"summary":`, `{"former_name":"文字"}`},
		{"assess add", "", "没有书记考核"},
		{"assess list", "", "没有书记考核"},
		{"assess show", "", "没有书记考核"},
		{"file add ../../x.jpg", "\xff\xd8\xff", "文件名"},
		{"file add /etc/passwd", "\xff\xd8\xff", "文件名"},
		{`file add "a\\b.jpg"`, "\xff\xd8\xff", "文件名"},
		{"file add x.exe", "MZ", "x.exe"},
		{"file add x.pdf", "\xff\xd8\xff", "x.pdf"},
		{"file add x.jpg", "\xff\xd8\xff" + strings.Repeat("x", 6<<20), "5 MB"},
		{"file add x.jpg", "", "空的"},
		{"study add", `{"day":"2017-03-13","form":"集中","topic":"x","hours":2,"files":[{"name":"../x.jpg","sha256":"00"}]}`, "文件名"},
		{"plan return --reason 再改", "", "草稿"},
		{"problem from remark 99", "", "没有第 99 条，"},
	} {
		before, _ := h.hall.Head()
		a := h.saysOn(c, try.words, try.input)
		after, _ := h.hall.Head()
		input := try.input
		if len(input) > 60 {
			input = input[:60]
		}
		if a.exit != exitFailed || !oneLine(a.err) || !strings.Contains(a.err, try.why) || a.out != "" || after != before {
			t.Errorf("%s %q: %d %s%s", try.words, input, a.exit, a.err, a.out)
		}
	}
	if log := h.log.String(); strings.Contains(log, "level=ERROR") {
		t.Errorf("the server takes it for its own fault: %s", log)
	}
}

// scanned is a docx with a picture and no text.
func scanned(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err == nil {
		_, err = w.Write([]byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:drawing/></w:r></w:p></w:body></w:document>`))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
