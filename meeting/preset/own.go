package preset

import (
	"bytes"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// MaxBytes is how big a file of rules may be.
const MaxBytes = 64 << 10

// LeastBallots is the smallest min_ballots of a user's own rules: sums of fewer
// ballots would tell too much about each (BALLOT.md §4).
const LeastBallots = 5

// Read returns the rules of a user's own file, or an [*Error] with everything
// that is wrong with it. The file may begin with a byte order mark.
func Read(data []byte) (*Rules, error) {
	var r Rules
	if err := ReadInto(data, &r, func() []Fault { return append(r.faults(), r.ownFaults()...) }); err != nil {
		return nil, err
	}
	return &r, nil
}

// ReadInto reads a user's TOML file into a struct, all of whose fields have toml
// tags, and asks check what is wrong with what was read. The error is an [*Error]
// with everything that is wrong, by its line. The file may begin with a byte
// order mark.
func ReadInto(data []byte, into any, check func() []Fault) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	switch bad := bytes.IndexByte(data, 0); {
	case len(data) > MaxBytes:
		return refusal([]Fault{faulty("", FileTooBig, MaxBytes>>10)})
	case bad >= 0:
		return refusal([]Fault{{Line: lineAt(data, bad), Code: NotText}})
	case !utf8.Valid(data):
		return refusal([]Fault{{Line: lineAt(data, firstInvalid(data)), Code: NotUTF8}})
	case len(bytes.TrimSpace(data)) == 0:
		return refusal([]Fault{{Code: Empty}})
	}
	return parse(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), into, check)
}

// firstInvalid returns the offset of the first byte that is not UTF-8.
func firstInvalid(data []byte) int {
	at := 0
	for at < len(data) {
		r, n := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	return at
}

// parse is [ReadInto] for a text that can be read.
func parse(data []byte, into any, check func() []Fault) error {
	where, faults := places(data)
	var table map[string]any
	if len(faults) == 0 {
		if err := toml.Unmarshal(data, &table); err != nil {
			faults = []Fault{misspelt(data, err)}
		}
	}
	if len(faults) > 0 {
		return refusal(faults)
	}
	var form former
	form.fill(reflect.ValueOf(into).Elem(), table, "")
	faults = form.faults
	for _, f := range check() {
		if !form.concerns(f.Key) {
			faults = append(faults, f)
		}
	}
	for i, f := range faults {
		if f.Code == NumberBad && !where.has(f.Key) { // what is not written is 0
			faults[i].Code, faults[i].Args = Missing, nil
		}
		faults[i].Line = where.line(faults[i].Key)
		faults[i].Key = shown(faults[i].Key)
	}
	slices.SortStableFunc(faults, func(a, b Fault) int { return a.Line - b.Line })
	return refusal(faults)
}

// ownFaults reports what only rules of our own or of a test may have.
func (r *Rules) ownFaults() []Fault {
	var c checks
	if slices.Contains(IDs(), r.ID) {
		c.add("id", IDTaken)
	}
	if v := r.Vote; v.MinBallots > 0 && v.MinBallots < LeastBallots {
		c.add("ballot.min_ballots", BallotsFew, LeastBallots)
	}
	if v := r.Vote; v.Scrutineers > 0 && v.Threshold > v.Scrutineers {
		c.add("ballot.threshold", ThresholdOver, v.Scrutineers)
	}
	return c
}

// former fills a struct from a table as far as keys and types are right, and notes
// where they are not.
type former struct {
	faults []Fault
	bad    []string // keys whose values have a wrong type
}

// concerns reports whether a key's value is missing in the rules because it, its
// table or a part of it has a wrong type.
func (f *former) concerns(key string) bool {
	return slices.ContainsFunc(f.bad, func(bad string) bool { return within(key, bad) || within(bad, key) })
}

// within reports whether a key is another or lies in its table or list.
func within(key, outer string) bool {
	rest, ok := strings.CutPrefix(key, outer)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

func (f *former) wrong(key string, code Code) {
	f.faults = append(f.faults, faulty(key, code))
	f.bad = append(f.bad, key)
}

func (f *former) fill(v reflect.Value, value any, key string) {
	switch v.Kind() {
	case reflect.Struct:
		if table, ok := value.(map[string]any); ok {
			f.fillTable(v, table, key)
		} else {
			f.wrong(key, WantTable)
		}
	case reflect.Slice:
		list, ok := value.([]any)
		if !ok {
			f.wrong(key, WantList)
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
		for i, one := range list {
			f.fill(v.Index(i), one, element(key, i))
		}
	case reflect.Map:
		table, ok := value.(map[string]any)
		if !ok {
			f.wrong(key, WantTable)
			return
		}
		v.Set(reflect.MakeMap(v.Type()))
		for _, name := range slices.Sorted(maps.Keys(table)) {
			one := reflect.New(v.Type().Elem()).Elem()
			f.fill(one, table[name], joined(key, name))
			v.SetMapIndex(reflect.ValueOf(name), one)
		}
	case reflect.String:
		switch one := value.(type) {
		case string:
			v.SetString(one)
		case toml.LocalDate:
			v.SetString(one.String())
		default:
			f.wrong(key, WantText)
		}
	case reflect.Int:
		if n, ok := value.(int64); ok {
			v.SetInt(n)
		} else {
			f.wrong(key, WantNumber)
		}
	case reflect.Bool:
		if on, ok := value.(bool); ok {
			v.SetBool(on)
		} else {
			f.wrong(key, WantSwitch)
		}
	}
}

func (f *former) fillTable(v reflect.Value, table map[string]any, key string) {
	fields := map[string]int{}
	var names []string // in the order of the type
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("toml")
		fields[name] = i
		names = append(names, name)
	}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		at := joined(key, name)
		if i, ok := fields[name]; ok {
			f.fill(v.Field(i), table[name], at)
		} else {
			f.faults = append(f.faults, faulty(at, KeyUnknown, strings.Join(names, "、")))
		}
	}
}
