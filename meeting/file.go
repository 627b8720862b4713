package meeting

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Why a file is not kept.
const (
	FileName    Code = "file-name"    // what was given
	FileTooBig  Code = "file-too-big" // how many megabytes are allowed
	FileKind    Code = "file-kind"    // the name, the kinds that are allowed
	UnknownFile Code = "unknown-file" // hash
)

// MaxFile is the size of the largest file, in bytes.
const MaxFile = 5 << 20

// FileKinds are the endings of the names of files that are kept.
func FileKinds() []string { return []string{".jpg", ".jpeg", ".png", ".pdf", ".docx", ".xlsx"} }

// File is a file that is kept beside the database by its hash.
type File struct {
	Hash string `json:"sha256"` // hexadecimal
	Name string `json:"name"`   // as it was given; no path
	Size int    `json:"size"`   // bytes
}

// FileRef is a file as a record names it.
type FileRef struct {
	Name string `json:"name"`
	Hash string `json:"sha256"`
}

// Files are those in the value of a FilesField.
func Files(value string) []FileRef {
	var list []FileRef
	if value == "" || json.Unmarshal([]byte(value), &list) != nil {
		return nil
	}
	return list
}

// FilesValue are files as they are stored.
func FilesValue(list []FileRef) string {
	if len(list) == 0 {
		return ""
	}
	text, _ := json.Marshal(list) // strings can always be written
	return string(text)
}

// storedFiles is a list of files as it is stored.
func storedFiles(value string) string {
	list := Files(value)
	if len(list) == 0 {
		return strings.TrimSpace(value) // what is no list is refused by check
	}
	return FilesValue(list)
}

// checkFiles refuses files that were not kept first.
func (s *State) checkFiles(f Field, value string) *Refusal {
	list := Files(value)
	if len(list) == 0 || len(list) > maxRows {
		return refuse(FieldFile, f.Label, value)
	}
	for _, ref := range list {
		if no := CheckFileName(ref.Name); no != nil {
			return no
		}
		if _, ok := s.File(ref.Hash); !ok {
			return refuse(UnknownFile, ref.Hash)
		}
	}
	return nil
}

// fileName is what a file may be called: no path, nothing hidden.
var fileName = regexp.MustCompile(`^[^/\\:*?"<>|.][^/\\:*?"<>|]*$`)

// CheckFileName refuses a name that is a path, cannot be kept as one on every
// system, or is none of a kind that is kept.
func CheckFileName(name string) *Refusal {
	if badText(name, 100) != nil || !fileName.MatchString(name) {
		return refuse(FileName, name)
	}
	lower := strings.ToLower(name)
	ends := slices.ContainsFunc(FileKinds(), func(end string) bool { return strings.HasSuffix(lower, end) })
	return need(ends, FileKind, name, strings.Join(FileKinds(), "、"))
}

// File finds a file by its hash.
func (s *State) File(hash string) (File, bool) {
	f, ok := s.files[hash]
	return f, ok
}

// FilesOf are the files that a person has added, by their names.
func (s *State) FilesOf(who MemberID) []File {
	var list []File
	for hash, by := range s.filedBy {
		if slices.Contains(by, who) {
			list = append(list, s.files[hash])
		}
	}
	slices.SortFunc(list, func(a, b File) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Hash, b.Hash)) })
	return list
}

// ReadsFile reports whether who may read a file: they added it, or may read a
// record that names it.
func (s *State) ReadsFile(who MemberID, hash string) bool {
	if slices.Contains(s.filedBy[hash], who) {
		return true
	}
	for _, f := range Forms() {
		for _, r := range s.Records(who, f.Name) {
			for _, x := range f.Fields {
				if x.Type == FilesField && slices.ContainsFunc(Files(r.Value(x.Name)), func(ref FileRef) bool { return ref.Hash == hash }) {
					return true
				}
			}
		}
	}
	return false
}

// mayFile: who may write any kind of record.
func (s *State) mayFile(m Member) *Refusal { return need(m.InParty(), PartyOnly) }

// AddFile says that a file lies beside the database. The caller has put it
// there, and made the hash and the size from what it holds.
type AddFile struct{ File }

func (c AddFile) decide(s *State, r Request) ([]Fact, error) {
	m, known := s.Member(r.By)
	if no := first(need(known, NotOnRoster), s.mayFile(m)); no != nil {
		return nil, no
	}
	if no := CheckFileName(c.Name); no != nil {
		return nil, no
	}
	if c.Size < 1 || c.Size > MaxFile {
		return nil, refuse(FileTooBig, MaxFile>>20)
	}
	if !hashForm.MatchString(c.Hash) {
		return nil, refuse(UnknownFile, c.Hash)
	}
	if slices.Contains(s.filedBy[c.Hash], r.By) {
		return nil, nil
	}
	return []Fact{FileAdded(c)}, nil
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// FileAdded says that a file was added, and by whom: the event says it.
type FileAdded struct{ File }

func (f FileAdded) apply(s *State, e Event) {
	s.files = with(s.files, f.Hash, f.File)
	s.filedBy = with(s.filedBy, f.Hash, added(s.filedBy[f.Hash], e.By))
}
