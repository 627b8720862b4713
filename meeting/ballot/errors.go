package ballot

import "fmt"

// A Code says why something is refused; the screen turns it into words.
// Codes are errors, so errors.Is(err, ballot.BadProof) works on everything that this package returns.
type Code string

// The reasons for a refusal.
const (
	Malformed         Code = "malformed"          // not the canonical form of its record
	NotInGroup        Code = "not-in-group"       // no element of the prime-order group, or not its canonical encoding
	Identity          Code = "identity"           // the neutral element where a key or a ciphertext must be
	OutOfRange        Code = "out-of-range"       // a number outside its range
	UnknownGroup      Code = "unknown-group"      // neither Ed25519 nor BELENIOS-2048
	Unsupported       Code = "unsupported"        // a part of Belenios that is not implemented: weights, non-homomorphic questions
	BadSetup          Code = "bad-setup"          // questions, names or numbers that no election can have
	BadCredential     Code = "bad-credential"     // a private credential with a typing error
	UnknownCredential Code = "unknown-credential" // a public credential that is not in the election
	WrongElection     Code = "wrong-election"     // made for another election
	BadSignature      Code = "bad-signature"
	BadProof          Code = "bad-proof"
	WrongKey          Code = "wrong-key"      // a key that is not among the election's trustees
	WrongSum          Code = "wrong-sum"      // an encrypted tally that is not the sum of the ballots
	WrongResult       Code = "wrong-result"   // a result that the partial decryptions do not give
	Missing           Code = "missing"        // something needed is not there
	Doubled           Code = "doubled"        // something is there twice
	WrongShape        Code = "wrong-shape"    // another number of questions, answers or proofs than the election has
	WrongHash         Code = "wrong-hash"     // a record whose hash is not the one it is called by
	WrongOrder        Code = "wrong-order"    // an event or record in the wrong place of the archive
	NotChosen         Code = "not-chosen"     // a sheet with a row that was not chosen yet
	Wiped             Code = "wiped"          // a key or sheet that was wiped
	BrokenArchive     Code = "broken-archive" // the tar itself
)

// Error is the code itself.
func (c Code) Error() string { return "ballot: " + string(c) }

// An Error is a refusal with the part that is refused. It never carries a choice, a secret key or a private credential.
type Error struct {
	Code Code
	Part string // path inside the record, such as "answers[2].overall_proof"; may be empty
}

// Error is the part and the code.
func (e *Error) Error() string {
	if e.Part == "" {
		return e.Code.Error()
	}
	return "ballot: " + e.Part + ": " + string(e.Code)
}

// Unwrap returns the code.
func (e *Error) Unwrap() error { return e.Code }

// refuse makes an Error; the part is formatted only here, where something is wrong anyway.
func refuse(c Code, part string, args ...any) error {
	return &Error{Code: c, Part: fmt.Sprintf(part, args...)}
}

// within puts an outer path before the part of an inner refusal.
func within(err error, outer string, args ...any) error {
	inner, ok := err.(*Error) //nolint:errorlint // made by refuse, never wrapped
	if !ok {
		return err
	}
	part := fmt.Sprintf(outer, args...)
	if inner.Part != "" && inner.Part[0] != '[' {
		part += "."
	}
	return &Error{Code: inner.Code, Part: part + inner.Part}
}
