package meetingtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"

	"pingyi/meeting"
)

// Codes lists every code of package meeting as it is written in the folder dir:
// the values of all constants of the type.
func Codes(dir string) ([]meeting.Code, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var codes []meeting.Code
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && isCode(v) {
				word, _ := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				codes = append(codes, meeting.Code(word))
			}
			return true
		})
	}
	return codes, nil
}

// isCode reports whether a constant is a code with its word.
func isCode(v *ast.ValueSpec) bool {
	of, _ := v.Type.(*ast.Ident)
	if of == nil || of.Name != "Code" || len(v.Values) != 1 {
		return false
	}
	_, ok := v.Values[0].(*ast.BasicLit)
	return ok
}
