package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pingyi/tui"
)

// spoken are the packages whose errors are codes until a person reads them.
// meeting's refusals have their own words and test (tui/say_test.go).
var spoken = []string{"meeting/preset", "meeting/sheet", "store", "store/bolt", "store/etcd", "store/folder", "store/archive"}

// domainWords may stand in those packages: headers, words and posts of a roster,
// the titles of the papers in an exported folder, what stands before a year in the
// name of a log, and what can be posted.
var domainWords = strings.Fields(`
	姓名 编号 类别 性别 民族 出生年月 籍贯 学历 职务 党内职务 党小组 入党时间 转正时间 状态 不计入应到原因 序号
	正式 正式党员 预备 预备党员 群众 群众代表 列席 列席人员 书记 副书记 党支部 支部
	支书 副支书 支部书记 支部副书记 指导 总支 党委 纪委 工会 团支部 团委 委员 支委
	年 票箱档案 记录链 材料清单 版式 （群众代表） 优秀名单 各等次人数 会议情况通报`)

// faultCode is the form of a code.
var faultCode = regexp.MustCompile(`^(roster|preset|sheet|folder|archive|store|bolt|etcd|hall)\.[a-z0-9-]+$`)

// coded is an error with a code only.
type coded string

func (c coded) Error() string              { return "?" }
func (c coded) Reason() (string, []string) { return string(c), nil }

// Every code of these packages has a sentence in both languages, and no sentence
// is left over.
func TestEveryCodeHasItsSentence(t *testing.T) {
	house := files(t)
	codes := map[string]bool{}
	for _, folder := range append([]string{"meeting", "store/hall"}, spoken...) {
		for _, file := range house[folder] {
			for _, code := range constants(file) {
				codes[code] = true
			}
		}
	}
	if len(codes) < 100 {
		t.Fatalf("%d codes: the walk goes wrong", len(codes))
	}
	for code := range codes {
		zh, en := tui.Chinese().Explain(coded(code)), tui.English().Explain(coded(code))
		if strings.Contains(zh, "?") || strings.Contains(en, "?") || zh == en {
			t.Errorf("%s: no sentence in one of the languages: %q, %q", code, zh, en)
		}
	}
	for _, file := range house["tui"] {
		for _, code := range keys(file) {
			if !codes[code] {
				t.Errorf("%s: a sentence that no error needs", code)
			}
		}
	}
}

// In these packages nothing is said in Chinese but the domain's own words.
func TestErrorsAreNotSaidWhereTheyArise(t *testing.T) {
	house := files(t)
	var roster []string
	for _, noun := range []string{"", "change", "date", "fault", "form", "head", "post", "read", "remove"} {
		name := "meeting/roster" + noun + ".go" // rosterwords.go is what they know
		file, err := parser.ParseFile(token.NewFileSet(), "../../"+name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		house[name] = []*ast.File{file}
		roster = append(roster, name)
	}
	for _, folder := range append(roster, spoken...) {
		if len(house[folder]) == 0 {
			t.Errorf("no package %s", folder)
		}
		for _, file := range house[folder] {
			for _, s := range stringsOf(file) {
				if hanCharacter.MatchString(s) && !slices.Contains(domainWords, s) {
					t.Errorf("%s says %q: give it a code, and the sentence to tui", folder, s)
				}
			}
		}
	}
}

// constants returns the codes of faults among the constants of a file.
func constants(file *ast.File) []string {
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.CONST {
			found = append(found, literals(d)...)
		}
		return true
	})
	return found
}

// keys returns the codes of faults among the keys of a file's tables.
func keys(file *ast.File) []string {
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		if kv, ok := n.(*ast.KeyValueExpr); ok {
			if _, ok := kv.Key.(*ast.BasicLit); ok {
				found = append(found, literals(kv.Key)...)
			}
		}
		return true
	})
	return found
}

func literals(in ast.Node) []string {
	var found []string
	ast.Inspect(in, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if s, _ := strconv.Unquote(l.Value); faultCode.MatchString(s) {
				found = append(found, s)
			}
		}
		return true
	})
	return found
}
