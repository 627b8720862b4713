package meeting

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Why a file is not kept, or not found.
const (
	FileName    Code = "file-name"    // what was given
	FileTooBig  Code = "file-too-big" // how many megabytes are allowed
	FileEmpty   Code = "file-empty"
	FileKind    Code = "file-kind"    // the name, the kinds that are allowed
	FileContent Code = "file-content" // the name
	FilesUnused Code = "files-unused" // how many
	UnknownFile Code = "unknown-file" // hash
)

// MaxFile is the size of the largest file, in bytes.
const MaxFile = 5 << 20

// maxUnused is how many files a person may have added that stand in no record:
// nobody fills the disk.
const maxUnused = 40

// shortHash is how many characters of a hash name a file at least.
const shortHash = 8

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

// checkFiles refuses what is no list of files. Whose they are: [State.takenFiles].
func (f Field) checkFiles(value string) *Refusal {
	list := Files(value)
	switch {
	case len(list) == 0:
		return refuse(FieldFile, f.Label, value)
	case len(list) > maxRows:
		return refuse(FieldTooMany, f.Label, len(list), maxRows)
	}
	for _, ref := range list {
		if no := CheckFileName(ref.Name); no != nil {
			return no
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
	_, kept := fileKindOf(name)
	return need(kept, FileKind, name, strings.Join(FileKinds(), "、"))
}

// ReadableFile finds a file by its hash, or by the first characters of it, among
// those that who may read: they have added it and put it in no record yet, or may
// read a record that names it. Others do not learn that there is one.
func (s *State) ReadableFile(who MemberID, hash string) (File, *Refusal) {
	var found []string
	take := func(full string) {
		if len(hash) >= shortHash && strings.HasPrefix(full, hash) && !slices.Contains(found, full) {
			found = append(found, full)
		}
	}
	for _, f := range s.unused.Of(who) {
		take(f.Hash)
	}
	for _, f := range Forms() {
		for _, r := range s.Records(who, f.Name) {
			for _, version := range append([]RecordVersion{{Values: r.Values}}, r.Earlier...) {
				for _, ref := range f.files(version.Values) {
					take(ref.Hash)
				}
			}
		}
	}
	if len(found) != 1 {
		return File{}, refuse(UnknownFile, hash)
	}
	return s.files.Of(found[0]), nil
}

// files are the files that the values of a record name.
func (f *Form) files(values map[string]string) []FileRef {
	var list []FileRef
	for _, x := range f.Fields {
		if x.Type == FilesField {
			list = append(list, Files(values[x.Name])...)
		}
	}
	return list
}

// UnusedFiles are those that a person has added and put in no record yet, the
// first one first.
func (s *State) UnusedFiles(who MemberID) []File { return s.unused.Of(who) }

// FileSize is how many bytes a file has that a record names; 0 if it is unknown.
func (s *State) FileSize(ref FileRef) int { return s.files.Of(ref.Hash).Size }

// FileHashes are those of all files that were ever added, sorted.
func (s *State) FileHashes() []string {
	list := make([]string, 0, s.files.Len())
	for hash := range s.files.All() {
		list = append(list, hash)
	}
	slices.Sort(list)
	return list
}

// MayAddFile says whether who may add a file of a name now: who may write any
// kind of record.
func (s *State) MayAddFile(who MemberID, name string) *Refusal {
	if s.Rules == nil {
		return refuse(NotFounded)
	}
	if no := first(s.followed(), s.archived()); no != nil {
		return no
	}
	m, known := s.Member(who)
	if !known {
		return NotListed(who)
	}
	return first(need(m.Kind != Above, OutsideMeeting), need(m.InParty(), PartyOnly), need(!s.Rehearsal, RehearsalIsOn),
		CheckFileName(name), need(len(s.unused.Of(who)) < maxUnused, FilesUnused, maxUnused))
}

// AddFile says that a file lies beside the database. The caller has put it
// there, and made the hash and the size from what it holds.
type AddFile struct{ File }

func (c AddFile) decide(s *State, r Request) ([]Fact, error) {
	if no := s.MayAddFile(r.By, c.Name); no != nil {
		return nil, no
	}
	switch {
	case c.Size < 1:
		return nil, refuse(FileEmpty)
	case c.Size > MaxFile:
		return nil, refuse(FileTooBig, MaxFile>>20)
	case !hashForm.MatchString(c.Hash):
		return nil, refuse(UnknownFile, c.Hash)
	case slices.Contains(s.unused.Of(r.By), c.File):
		return nil, nil
	}
	return []Fact{FileAdded(c)}, nil
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// FileAdded says that a file was added, and by whom: the event says it.
type FileAdded struct{ File }

func (f FileAdded) apply(s *State, e Event) {
	s.files = s.files.with(f.Hash, &f.File, s.alone)
	others := slices.DeleteFunc(slices.Clone(s.unused.Of(e.By)), func(o File) bool { return o.Hash == f.Hash })
	others = append(others, f.File)
	s.unused = s.unused.with(e.By, &others, s.alone)
}

// takenFiles are the files that a record names and did not name before, or why who may
// not put them there: they have to be theirs to read, as what they are.
func (s *State) takenFiles(f *Form, who MemberID, old, next map[string]string) ([]string, *Refusal) {
	var hashes []string
	before := f.files(old)
	for _, ref := range f.files(next) {
		if slices.Contains(before, ref) {
			continue
		}
		file, no := s.ReadableFile(who, ref.Hash)
		if no != nil || file.Hash != ref.Hash {
			return nil, refuse(UnknownFile, ref.Hash)
		}
		is, _ := fileKindOf(file.Name)
		said, _ := fileKindOf(ref.Name)
		if is.name != said.name {
			return nil, refuse(FileContent, ref.Name)
		}
		if slices.ContainsFunc(s.unused.Of(who), func(o File) bool { return o.Hash == ref.Hash }) {
			hashes = append(hashes, ref.Hash)
		}
	}
	return hashes, nil
}

// FilesTaken says that a record names files that its writer has added: they are
// read as the record is from then on.
type FilesTaken struct {
	Hashes []string `json:"sha256"`
}

func (f FilesTaken) apply(s *State, e Event) {
	others := slices.DeleteFunc(slices.Clone(s.unused.Of(e.By)), func(o File) bool { return slices.Contains(f.Hashes, o.Hash) })
	s.unused = s.unused.with(e.By, &others, s.alone)
}
