package tui

import (
	"testing"

	"pingyi/meeting"
)

func TestAMemberIsFoundByNumberNameAndPinyin(t *testing.T) {
	for _, c := range []struct {
		name  string
		finds []string
		not   []string
	}{
		{"张伟", []string{"", "m07", "07", "M07", "ｍ０７", "张", "伟", "张 伟", "zw", "ZW", "ｚｗ", "z", "w", "zhangwei", "zhang wei", "zhangw", "zhw", "wei"}, []string{"wz", "zwx", "李", "m08", "hang", "ei", "zw1"}},
		{"欧阳修明", []string{"oyxm", "ouyang", "yangxiu", "xm", "阳修"}, []string{"oxm", "oym"}},
		{"党员01", []string{"dy01", "dangyuan01", "员01", "dy０１"}, []string{"dy02"}},
		{"买买提·艾力", []string{"mmtal", "买买提艾力", "买买提・艾力", "提艾"}, []string{"mmm", "tl"}},
		{"John Li", []string{"john", "johnli", "JOHN LI", "li"}, []string{"jl0"}},
	} {
		m := meeting.Member{ID: "m07", Name: c.name}
		for _, q := range c.finds {
			if !finds(q, m) {
				t.Errorf("%q does not find %s", q, c.name)
			}
		}
		for _, q := range c.not {
			if finds(q, m) {
				t.Errorf("%q finds %s", q, c.name)
			}
		}
	}
}

// Surnames are read in their own way, and rare characters have readings too.
func TestEveryReadingCounts(t *testing.T) {
	for name, queries := range map[string][]string{
		"单田芳": {"stf", "shan", "dtf", "shantianfang"},
		"仇英":  {"qy", "qiuying", "cy"},
		"解缙":  {"xj", "xiejin", "jj"},
		"曾巩":  {"zg", "zenggong", "cg"},
		"查良镛": {"zly", "zhaliang"},
		"万俟卨": {"mq", "moqi", "wanqi"},
		"乐毅":  {"yy", "yueyi", "le"},
		"吕布":  {"lb", "lvbu", "lubu", "lübu"},
		"王㛃":  {"wj", "wangjie"},
		"李𬭎":  {"lh", "lihong", "𬭎"},
		"赟燊":  {"ys", "yunshen"},
		"𠮷田":  {"𠮷", "𠮷t", "tian"}, // a character without a reading stands for itself
	} {
		for _, q := range queries {
			if !finds(q, meeting.Member{ID: "m07", Name: name}) {
				t.Errorf("%q does not find %s", q, name)
			}
		}
	}
}

func FuzzFinds(f *testing.F) {
	f.Add("zw", "张伟")
	f.Add("\xff\x00", "\xff党员")
	f.Add("aaaaaaaaaaaaaaaaaaaaaaaa", "阿阿阿阿阿阿阿阿阿阿阿阿")
	f.Fuzz(func(t *testing.T, query, name string) {
		finds(query, meeting.Member{ID: "m07", Name: name})
		if !finds(name, meeting.Member{ID: "m07", Name: name}) {
			t.Errorf("%q does not find itself", name)
		}
	})
}

func BenchmarkFinds(b *testing.B) {
	m := meeting.Member{ID: "m07", Name: "欧阳修明"}
	for b.Loop() {
		finds("xiumingx", m)
	}
}
