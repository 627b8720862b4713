package main_test

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// Chinese that a person reads has the full-width marks ，。：；！？（）: in every
// string of the code, in the README, the presets and the help of the Makefile.
func TestChineseHasFullWidthMarks(t *testing.T) {
	check := func(where, text string) {
		for _, phrase := range halfWidth(text) {
			t.Errorf("%s: %q has a half-width mark beside Chinese", where, phrase)
		}
	}
	for folder, parsed := range files(t) {
		for _, file := range parsed {
			for _, s := range stringsOf(file) {
				check(folder+" "+file.Name.Name, s)
			}
			for _, group := range file.Comments {
				for _, c := range quotedMark.FindAllString(group.Text(), -1) {
					t.Errorf("%s: a comment quotes %q with a half-width mark", folder, c)
				}
			}
		}
	}
	for _, name := range append(glob(t, "../../meeting/preset/*.toml"), "../../Makefile", "../../README.md") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			check(filepath.Base(name), notText.ReplaceAllString(line, "x"))
		}
	}
}

// The rules find what they are for, and leave alone what is no Chinese sentence.
func TestHalfWidthMarksAreTold(t *testing.T) {
	for text, marks := range map[string]int{
		"打不开数据文件 %s:%w": 1, "表是空的:第一行是表头,有姓名": 2, "可读 csv(UTF-8 或 GBK)和 xlsx 的名册": 1, "已建支部 %s(%s)": 2, "完成!": 1, " 列:请加上": 1,
		"应到 16, 实到 14": 1, "支部 {1}:{2}": 1, "第 %d 条 : %v": 0, // a mark between spaces is a sign by itself, like a key
		"打不开 %s：%w": 0, "入会码.docx": 0, "（.xls）": 0, "%5.1f 秒": 0, "到 14:00 开会": 0, "%02d:%02d 开会": 0, "读 ./data": 0,
		`像 {"m01":"优秀","m02":null}。`: 0, "只有一个点「.」的一行": 0, "按 Enter；? 看说明": 0, "A deadline may also be 立行立改 or 长期坚持, as in a notice.": 0, "1. 先签到\n2. 再开会": 0,
		"  pingyi demo -o 材料.": 0,
	} {
		if got := halfWidth(text); len(got) != marks {
			t.Errorf("%q: %q, want %d", text, got, marks)
		}
	}
}

// stringsOf returns the values of the string literals of a file that are text:
// not import paths, not regular expressions.
func stringsOf(file *ast.File) []string {
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.CallExpr:
			f, ok := n.Fun.(*ast.SelectorExpr)
			return !ok || f.Sel.Name != "MustCompile"
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				s, _ := strconv.Unquote(n.Value)
				found = append(found, s)
			}
		}
		return true
	})
	return found
}

var (
	// What stands for a text in a pattern, and what stands for a number.
	textVerb   = regexp.MustCompile(`%[-+# ]*[0-9.]*[svwqT]|\{\d\}`)
	numberVerb = regexp.MustCompile(`%[-+# ]*[0-9.]*[a-z]`)
	listNumber = regexp.MustCompile(`(?m)^\d+\. `)
	// A command line, which has its own marks up to the two spaces before its
	// explanation.
	commandLine  = regexp.MustCompile(`(?m)^ *(pingyi|ssh) .*?(  |$)`)
	hanCharacter = regexp.MustCompile(`\p{Han}`)
	latinWord    = regexp.MustCompile(`[A-Za-z][\w'-]*`)
	// Inline code and the address of a link; a call in a drawing; a placeholder.
	notText = regexp.MustCompile("^#[^#].*|`[^`]*`" + `|\]\([^)]*\)|\w+\.\w+\(\w*\)|\{stage:[^}]*\}`)
	// English puts a space after a mark; a quotation of Chinese does not.
	quotedMark = regexp.MustCompile(`[\p{Han}\d][,.:;!?]\p{Han}`)
)

// halfWidthAllowed are written so on purpose: what is typed after --addr, --etcd,
// --from and --to, and the prompt of a terminal.
var halfWidthAllowed = []string{"主机:端口", "主机名:端口", "主机:2379", "bolt:文件夹", "bolt:数据文件夹", "etcd:地址,…", "etcd:地址", "）: "}

// halfWidth returns the half-width marks of a Chinese text that stand beside
// Chinese, each with its neighbours. A text with more Latin words than Chinese
// characters is English.
func halfWidth(text string) []string {
	text = listNumber.ReplaceAllString(commandLine.ReplaceAllString(text, "\n"), "")
	for _, allowed := range halfWidthAllowed {
		text = strings.ReplaceAll(text, allowed, "")
	}
	han := len(hanCharacter.FindAllString(text, -1))
	if words := len(latinWord.FindAllString(numberVerb.ReplaceAllString(textVerb.ReplaceAllString(text, ""), ""), -1)); han <= words {
		return nil
	}
	runes := []rune(numberVerb.ReplaceAllString(textVerb.ReplaceAllString(text, "某"), "0"))
	var found []string
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return ' '
		}
		return runes[i]
	}
	for i, r := range runes {
		if !slices.Contains([]rune(",.:;!?()"), r) {
			continue
		}
		before, after := at(i-1), at(i+1)
		switch {
		case (unicode.IsSpace(before) || strings.ContainsRune("，；：。", before)) && unicode.IsSpace(after): // a key
		case strings.ContainsRune("「.", before) && strings.ContainsRune("」.", after): // a quoted sign
		case r == '.' && (after == '/' || after == '.' || after < unicode.MaxASCII && (unicode.IsLetter(after) || unicode.IsDigit(after))): // a path, an ending, a decimal
		case chinese(before) || chinese(after) || !unicode.IsSpace(before) && unicode.IsSpace(after) && chinese(at(i+2)):
			found = append(found, string([]rune{before, r, after}))
		}
	}
	return found
}

// chinese reports a character of Chinese text, with its full-width marks.
func chinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("，。：；！？（）「」、“”《》…", r)
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: no files, %v", pattern, err)
	}
	return names
}
