package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows says which packages of ours a package of ours may import (HOUSE.md
// §1). A package without a row of its own has the row of the folder above it;
// "x/..." is x and everything below.
var arrows = map[string]string{
	"cmd":                 "cmd/... ssh/... tui/... meeting/... store/...",
	"ssh":                 "ssh/... tui/... meeting/... store store/hall store/archive",
	"ssh/web":             "",
	"tui":                 "tui/... meeting meeting/ballot meeting/preset meeting/paper meeting/paper/doc",
	"tui/draw":            "tui/draw/face",
	"tui/draw/face":       "",
	"tui/terminal":        "",
	"meeting":             "meeting/ballot meeting/preset",
	"meeting/ballot":      "meeting/erase",
	"meeting/erase":       "",
	"meeting/preset":      "",
	"meeting/sheet":       "",
	"meeting/org":         "meeting meeting/preset",
	"meeting/paper":       "meeting meeting/ballot meeting/preset meeting/paper/doc",
	"meeting/paper/doc":   "",
	"store":               "",
	"store/bolt":          "store",
	"store/etcd":          "store",
	"store/etcd/etcdtest": "",
	"store/storetest":     "store",
	"store/hall":          "store meeting meeting/ballot meeting/preset meeting/erase",
	"store/archive":       "store meeting meeting/ballot meeting/preset meeting/paper meeting/paper/doc",
	"store/folder":        "store store/bolt store/etcd store/hall meeting meeting/ballot meeting/preset meeting/org",

	"meeting/meetingtest": "meeting meeting/ballot meeting/preset",
}

// files returns what the compiler may see of the house, without its tests: the
// parsed files of each package, by the package's folder.
func files(t *testing.T) map[string][]*ast.File {
	t.Helper()
	house := os.DirFS("../..")
	ignored := ignoredNames(t, house)
	set := token.NewFileSet()
	packages := map[string][]*ast.File{}
	err := fs.WalkDir(house, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if d.IsDir() {
			if name != "." && (base[0] == '.' || base == "testdata" || ignored(name)) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(base, ".go") || strings.HasSuffix(base, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(set, filepath.Join("../..", name), nil, parser.SkipObjectResolution|parser.ParseComments)
		packages[path.Dir(name)] = append(packages[path.Dir(name)], file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, known := range []string{"meeting", "meeting/ballot", "store", "ssh", "tui", "cmd/pingyi"} {
		if len(packages[known]) == 0 {
			t.Fatalf("the house has no %s: the walk goes wrong, or HOUSE.md §1 does", known)
		}
	}
	return packages
}

// imports returns the import paths of a file.
func imports(file *ast.File) []string {
	var paths []string
	for _, spec := range file.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, p)
	}
	return paths
}

// mayImport reports whether an arrow goes from one package of ours to another.
func mayImport(from, to string) bool {
	row := from
	for _, known := arrows[row]; !known && row != "."; _, known = arrows[row] {
		row = path.Dir(row)
	}
	return slices.ContainsFunc(strings.Fields(arrows[row]), func(pattern string) bool {
		tree, whole := strings.CutSuffix(pattern, "/...")
		return to == tree || whole && strings.HasPrefix(to, tree+"/")
	})
}

func TestArrowsOfTheHouse(t *testing.T) {
	for folder, parsed := range files(t) {
		for _, file := range parsed {
			for _, p := range imports(file) {
				if ours, ok := strings.CutPrefix(p, "pingyi/"); ok && !mayImport(folder, ours) {
					t.Errorf("%s imports %s: no such arrow in HOUSE.md §1; mend the import, or the design and this table together", folder, ours)
				}
			}
		}
	}
}

func TestTheArrowsThatMatter(t *testing.T) {
	for _, c := range []struct {
		from, to string
		may      bool
	}{
		{"cmd/pingyi", "store/bolt", true},
		{"ssh", "tui", true},
		{"ssh/robot", "ssh", true},
		{"tui", "meeting", true},
		{"store", "meeting", false},
		{"store/hall", "meeting", true},
		{"store/bolt", "store", true},
		{"meeting", "meeting/ballot", true},
		{"meeting", "meeting/sheet", false},
		{"meeting", "meeting/paper", false},
		{"meeting", "store", false},
		{"meeting", "meeting/org", false},
		{"meeting/org", "store", false},
		{"meeting/ballot", "meeting", false},
		{"meeting/ballot", "meeting/preset", false},
		{"meeting", "meeting/erase", false},
		{"meeting/erase", "meeting", false},
		{"tui", "store", false},
		{"tui", "ssh", false},
		{"tui", "tui/terminal", true},
		{"tui/terminal", "meeting", false},
		{"tui/draw", "meeting", false},
		{"tui/draw", "tui", false},
		{"tui/screen", "store/hall", false},
		{"store", "tui", false},
		{"store", "ssh", false},
		{"store/hall", "cmd/pingyi", false},
		{"store/bolt", "meeting", false},
		{"meeting/meetingtest", "meeting/preset", true},
		{"meeting/meetingtest", "store/hall", false},
		{"store/etcd", "meeting", false},
		{"ssh", "store/bolt", false},
		{"somewhere", "meeting", false},
		{"storeroom", "meeting", false},
	} {
		if mayImport(c.from, c.to) != c.may {
			t.Errorf("%s to %s: want %v", c.from, c.to, c.may)
		}
	}
}

// What would make the same log give another meeting on another day or machine.
var (
	impureImports = []string{"os", "net", "syscall", "unsafe", "math/rand", "crypto/rand", "log"}
	clockCalls    = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}
)

func TestTheMeetingHasNoClockNoChanceAndNoWorld(t *testing.T) {
	for folder, parsed := range files(t) {
		if folder != "meeting" && !strings.HasPrefix(folder, "meeting/") {
			continue
		}
		for _, file := range parsed {
			for _, p := range imports(file) {
				if slices.ContainsFunc(impureImports, func(bad string) bool { return p == bad || strings.HasPrefix(p, bad+"/") }) {
					t.Errorf("%s imports %s: let the caller bring it", folder, p)
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.SelectorExpr:
					if of, ok := n.X.(*ast.Ident); ok && of.Name == "time" && slices.Contains(clockCalls, n.Sel.Name) {
						t.Errorf("%s calls time.%s: the time comes in the request", folder, n.Sel.Name)
					}
				case *ast.GoStmt:
					if folder == "meeting" {
						t.Errorf("%s starts a goroutine: what happens is one sequence", folder)
					}
				}
				return true
			})
		}
	}
}

// exportedVars returns the names of a file's package-level variables that another
// package could assign, without the error values that errors.Is compares with.
func exportedVars(file *ast.File) []string {
	var names []string
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.VAR {
			continue
		}
		for _, spec := range group.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				if name.IsExported() && !strings.HasPrefix(name.Name, "Err") {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

func TestNoPackageHasAnExportedVariable(t *testing.T) {
	for folder, parsed := range files(t) {
		for _, file := range parsed {
			for _, name := range exportedVars(file) {
				t.Errorf("%s.%s can be assigned by everybody: make it a constant or a function", folder, name)
			}
		}
	}
}

func TestAnExportedVariableIsFound(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", `package x
		const Named = 1
		var ErrGone, hidden = errors.New("gone"), 2
		var (
			Alone int
			a, Beside = 1, 2
		)
		func F() { var Local int; _ = Local }`, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if got := exportedVars(file); !slices.Equal(got, []string{"Alone", "Beside"}) {
		t.Errorf("found %q", got)
	}
}

// A goroutine that nobody waits for works on with what was closed. It is begun by
// the sync.WaitGroup of its owner.
func TestEveryGoroutineHasAnOwner(t *testing.T) {
	for folder, parsed := range files(t) {
		if folder == "store/storetest" { // tests
			continue
		}
		for _, file := range parsed {
			ast.Inspect(file, func(n ast.Node) bool {
				if _, bare := n.(*ast.GoStmt); bare {
					t.Errorf("%s has a go statement: use the WaitGroup of who waits for it", folder)
				}
				return true
			})
		}
	}
}

func TestNoPackageIsNamedAfterNothing(t *testing.T) {
	for folder := range files(t) {
		if slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "manager", "service"}, path.Base(folder)) {
			t.Errorf("%s: a package is named after the noun that it holds", folder)
		}
	}
}

func TestTopLevelHoldsOnlyTheHouse(t *testing.T) {
	house := os.DirFS("../..")
	ignored := ignoredNames(t, house)
	allowed := strings.Fields(`cmd meeting ssh store tui go.mod go.sum Makefile README.md README.en.md LICENSE
		.ci .git .gitignore .golangci.yml`)
	entries, err := fs.ReadDir(house, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(allowed, e.Name()) && !ignored(e.Name()) {
			t.Errorf("%s stands at the top of the house: HOUSE.md §1 has no such thing", e.Name())
		}
	}
}

// ignoredNames reads which names at the top .gitignore keeps out of the house.
func ignoredNames(t *testing.T, house fs.FS) func(name string) bool {
	t.Helper()
	text, err := fs.ReadFile(house, ".gitignore")
	if err != nil {
		t.Fatal(err)
	}
	return func(name string) bool {
		for line := range strings.Lines(string(text)) {
			if ok, _ := path.Match(strings.Trim(strings.TrimSpace(line), "/"), name); ok {
				return true
			}
		}
		return false
	}
}
