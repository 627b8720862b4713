package preset

import (
	"fmt"
	"strings"
	"unicode"
)

// MaxFaults is how many faults an [Error] lists at most: enough for a person to
// mend, and a file of garbage does not fill a screen.
const MaxFaults = 100

// Fault is one thing that is wrong with rules, and where.
type Fault struct {
	Line int    // of the file, from 1; 0 when it is about the whole file
	Key  string // as in ballot.threshold or agenda[3].kind, counted from 1; "" when it is about no key
	Code Code
	Args []string
}

// Code names what is wrong. Its sentence is made where a person reads it.
type Code string

// The codes. What their arguments are stands behind each.
const (
	BallotsFew         Code = "preset.ballots-few" // the least number
	BoxMissing         Code = "preset.box-missing"
	BraceAlone         Code = "preset.brace-alone"
	ClosingLast        Code = "preset.closing-last"
	Empty              Code = "preset.empty"
	FileTooBig         Code = "preset.file-too-big" // most KB
	FullWidth          Code = "preset.full-width"
	IDBad              Code = "preset.id-bad" // most characters
	IDTaken            Code = "preset.id-taken"
	KeyTwice           Code = "preset.key-twice"    // the line of the first
	KeyUnknown         Code = "preset.key-unknown"  // the keys that there are
	KindMissing        Code = "preset.kind-missing" // the kind
	KindTwice          Code = "preset.kind-twice"   // the kind
	Missing            Code = "preset.missing"
	NotDay             Code = "preset.not-day"  // what was written
	NotFour            Code = "preset.not-four" // how many there are
	NotText            Code = "preset.not-text"
	NotUTF8            Code = "preset.not-utf8"
	NumberBad          Code = "preset.number-bad"          // the number, least, most
	PlaceholderUnknown Code = "preset.placeholder-unknown" // the word, those that there are
	PointsSum          Code = "preset.points-sum"          // what they should be, what they are
	RatioOver          Code = "preset.ratio-over"          // most
	SignInFirst        Code = "preset.sign-in-first"
	StageBackwards     Code = "preset.stage-backwards" // the day that it begins
	Syntax             Code = "preset.syntax"
	TallyAlone         Code = "preset.tally-alone"
	TemplateBad        Code = "preset.template-bad"   // most characters
	TemplateLine       Code = "preset.template-line"  // most characters
	TextBad            Code = "preset.text-bad"       // most characters
	ThresholdOver      Code = "preset.threshold-over" // the number of scrutineers
	WantList           Code = "preset.want-list"
	WantNumber         Code = "preset.want-number"
	WantSwitch         Code = "preset.want-switch"
	WantTable          Code = "preset.want-table"
	WantText           Code = "preset.want-text"
	WordTwice          Code = "preset.word-twice"   // the word
	WordUnknown        Code = "preset.word-unknown" // the word, those that there are
)

// Error gives the place and the code, for logs.
func (f Fault) Error() string {
	text := strings.Join(append([]string{string(f.Code)}, f.Args...), " ")
	if f.Key != "" {
		text = f.Key + ": " + text
	}
	if f.Line > 0 {
		text = fmt.Sprintf("line %d: %s", f.Line, text)
	}
	return text
}

// Reason gives the code and its arguments.
func (f Fault) Reason() (code string, args []string) { return string(f.Code), f.Args }

// Error says why rules were refused.
type Error struct {
	Faults []Fault // at least one, at most MaxFaults, in the order of the file
}

// Error returns the first fault and how many there are more, as one line for logs.
func (e *Error) Error() string {
	line := e.Faults[0].Error()
	if more := len(e.Faults) - 1; more > 0 {
		line += fmt.Sprintf(" (and %d more)", more)
	}
	return line
}

// Unwrap gives the first fault.
func (e *Error) Unwrap() error { return e.Faults[0] }

// refusal returns the first MaxFaults faults as an error, nil for none.
func refusal(faults []Fault) error {
	if len(faults) == 0 {
		return nil
	}
	return &Error{faults[:min(len(faults), MaxFaults)]}
}

// faulty returns a fault without its line.
func faulty(key string, code Code, args ...any) Fault {
	f := Fault{Key: key, Code: code}
	for _, a := range args {
		f.Args = append(f.Args, shown(fmt.Sprint(a)))
	}
	return f
}

// shown returns the beginning of a text without what a terminal would obey.
func shown(text string) string {
	const most = 200
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n++; n > most {
			return b.String() + "…"
		}
		if !unicode.IsGraphic(r) {
			r = unicode.ReplacementChar
		}
		b.WriteRune(r)
	}
	return b.String()
}
