package meeting_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// source is a package of this module as it is written, with its types.
type source struct {
	dir   string
	fset  *token.FileSet
	files []*ast.File
	pkg   *types.Package
	info  types.Info
}

// exported are the compiled packages on which meeting rests, by import path.
var exported = sync.OnceValues(func() (map[string]string, error) {
	out, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}", "pingyi/meeting").Output()
	found := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if path, file, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			found[path] = file
		}
	}
	return found, err
})

// readSource parses and checks the package in a folder beside or above this
// one; its tests are left out.
func readSource(t *testing.T, path, dir string) *source {
	t.Helper()
	compiled, err := exported()
	if err != nil {
		t.Fatal(err)
	}
	abs, err := filepath.Abs(dir)
	s := &source{dir: must(t, abs, err), fset: token.NewFileSet()}
	s.info = types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, name := range must(t, names, err) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(s.fset, name, nil, parser.SkipObjectResolution|parser.ParseComments)
		s.files = append(s.files, must(t, file, err))
	}
	config := types.Config{Importer: importer.ForCompiler(s.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(compiled[path]) })}
	s.pkg, err = config.Check(path, s.fset, s.files, &s.info)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// functions are the package's functions and methods, with their declarations.
func (s *source) functions() map[*types.Func]*ast.FuncDecl {
	all := map[*types.Func]*ast.FuncDecl{}
	for _, file := range s.files {
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				all[s.info.Defs[f.Name].(*types.Func)] = f
			}
		}
	}
	return all
}

// reached calls seen with every object that the functions named begin use, or
// that is used by a function of the package that they reach.
func (s *source) reached(begin string, seen func(from *types.Func, object types.Object)) {
	all := s.functions()
	var todo []*types.Func
	for f := range all {
		if f.Name() == begin {
			todo = append(todo, f)
		}
	}
	known := map[*types.Func]bool{}
	for len(todo) > 0 {
		f := todo[0]
		if todo = todo[1:]; known[f] || all[f] == nil {
			continue
		}
		known[f] = true
		ast.Inspect(all[f], func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && s.info.Uses[id] != nil {
				object := s.info.Uses[id]
				seen(f, object)
				if called, ok := object.(*types.Func); ok {
					todo = append(todo, called)
				}
			}
			return true
		})
	}
}

// edit replaces the bytes of a file from one place on.
type edit struct {
	at, length int
	text       string
}

// rewritten returns a copy of the package's files with changes, by absolute
// name.
func (s *source) rewritten(t *testing.T, change func(*ast.File, func(at token.Pos, length int, text string))) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, file := range s.files {
		name := s.fset.Position(file.Pos()).Filename
		text, err := os.ReadFile(name)
		must(t, text, err)
		var edits []edit
		change(file, func(at token.Pos, length int, by string) {
			edits = append(edits, edit{s.fset.Position(at).Offset, length, by})
		})
		slices.SortFunc(edits, func(a, b edit) int { return b.at - a.at }) // the last one first
		for _, e := range edits {
			text = slices.Concat(text[:e.at], []byte(e.text), text[e.at+e.length:])
		}
		files[filepath.Join(s.dir, filepath.Base(name))] = text
	}
	return files
}

// runCopy runs a main program over a copy of the module in which some files are
// others, with the recorded meeting on its standard input.
func runCopy(t *testing.T, program string, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	var overlay struct{ Replace map[string]string }
	overlay.Replace = map[string]string{}
	put := func(target string, text []byte) {
		name := filepath.Join(dir, fmt.Sprintf("%d.go", len(overlay.Replace)))
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[target] = name
	}
	for target, text := range files {
		put(target, text)
	}
	here, err := filepath.Abs(".")
	put(filepath.Join(must(t, here, err), "testdata", "copy", "main.go"), []byte(program))
	text, err := json.Marshal(overlay)
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, must(t, text, err), 0o600); err != nil {
		t.Fatal(err)
	}
	recorded, err := os.ReadFile("testdata/recorded.jsonl")
	run := exec.Command("go", "run", "-overlay", list, "./testdata/copy")
	run.Stdin = bytes.NewReader(must(t, recorded, err))
	var complaints bytes.Buffer
	run.Stderr = &complaints
	out, err := run.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, complaints.String())
	}
	return string(out)
}
