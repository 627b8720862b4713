package meeting

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// kinds names every fact that can be stored. A name is never changed and never
// used again for something else. In the log a fact has the JSON names of its
// fields, never its Go names.
var kinds = map[string]kind{
	"founded":            {fact: Founded{}},
	"named":              {fact: Named{}},
	"roster-imported":    {fact: RosterImported{}},
	"member-removed":     {fact: MemberRemoved{}},
	"codes-issued":       {fact: CodesIssued{}},
	"codes-revoked":      {fact: CodesRevoked{}},
	"key-remembered":     {fact: KeyRemembered{}},
	"key-forgotten":      {fact: KeyForgotten{}},
	"signed-in":          {fact: SignedIn{}},
	"absence-recorded":   {fact: AbsenceRecorded{}},
	"item-opened":        {fact: ItemOpened{}},
	"item-ended":         {fact: ItemEnded{}},
	"gates-passed":       {fact: GatesPassed{}},
	"item-left":          {fact: ItemLeft{}},
	"adjourned":          {fact: Adjourned{}},
	"recess-begun":       {fact: RecessBegun{}},
	"recess-ended":       {fact: RecessEnded{}},
	"floor-asked":        {fact: FloorAsked{}},
	"floor-given":        {fact: FloorGiven{}},
	"floor-yielded":      {fact: FloorYielded{}},
	"floor-withdrawn":    {fact: FloorWithdrawn{}},
	"clock-paused":       {fact: ClockPaused{}},
	"clock-extended":     {fact: ClockExtended{}},
	"clock-set":          {fact: ClockSet{}},
	"limits-set":         {fact: LimitsSet{}},
	"queue-moved":        {fact: QueueMoved{}},
	"item-worded":        {fact: ItemWorded{}},
	"placard-changed":    {fact: PlacardChanged{}},
	"round-moved":        {fact: RoundMoved{}},
	"step-undone":        {fact: StepUndone{}},
	"self-criticised":    {fact: SelfCriticised{}},
	"criticised":         {fact: Criticised{}},
	"responded":          {fact: Responded{}},
	"speech-mended":      {fact: SpeechMended{}},
	"reading-asked":      {fact: ReadingAsked{}},
	"self-rated":         {fact: SelfRated{}},
	"noted":              {fact: Noted{}},
	"place-noted":        {fact: PlaceNoted{}},
	"resolved":           {fact: Resolved{}},
	"scrutineers-named":  {fact: ScrutineersNamed{}},
	"sealed":             {fact: Sealed{}},
	"dealt":              {fact: Dealt{}},
	"keys-joined":        {fact: KeysJoined{}},
	"paper-given":        {fact: PaperGiven{}},
	"opened":             {fact: Opened{}},
	"ballot-cast":        {fact: BallotCast{}},
	"paper-entered":      {fact: PaperEntered{}},
	"closed":             {fact: Closed{}},
	"closing-noted":      {fact: ClosingNoted{}},
	"receipts-confirmed": {fact: ReceiptsConfirmed{}},
	"receipt-checked":    {fact: ReceiptChecked{}},
	"unsealed":           {fact: Unsealed{}},
	"comments-opened":    {fact: CommentsOpened{}},
	"counted":            {fact: Counted{}},
	"voided":             {fact: Voided{}},
	"coarsened":          {fact: Coarsened{}},
	"announced":          {fact: ResultAnnounced{}},
	"rated":              {fact: Rated{}},
	"rating-submitted":   {fact: RatingSubmitted{}},
	"bundle-submitted":   {fact: BundleSubmitted{}},
	"guide-assigned":     {fact: GuideAssigned{}},
	"directive-given":    {fact: DirectiveGiven{}},
	"bundle-decided":     {fact: BundleDecided{}},
	"pruned":             {fact: BlobsPruned{}},
	"box-taken":          {fact: BoxTaken{}},
	"written-out":        {fact: WrittenOut{}},
	"feedback-given":     {fact: FeedbackGiven{}},
	"acknowledged":       {fact: Acknowledged{}},
	"record-written":     {fact: RecordWritten{}},
	"superior-named":     {fact: SuperiorNamed{}},
	"file-added":         {fact: FileAdded{}},
	"files-taken":        {fact: FilesTaken{}},
	"record-moved":       {fact: RecordMoved{}},
	"record-struck":      {fact: RecordStruck{}},
	"opinion-handed-in":  {fact: OpinionHandedIn{}},
	"opinions-merged":    {fact: OpinionsMerged{}},
	"collecting-closed":  {fact: CollectingClosed{}},
	"rehearsal-begun":    {fact: RehearsalBegun{}},
	"rehearsal-held":     {fact: RehearsalHeld{}},
	"year-begun":         {fact: YearBegun{}},
	"year-ended":         {fact: YearEnded{}},
	"archive-closed":     {fact: ArchiveClosed{}},
}

// kind is one kind of fact as it is stored.
type kind struct {
	fact Fact // the zero value of its Go type

	// upcasts turn the JSON of an old version into that of the next one;
	// the first turns version 1 into version 2. The newest version, 1 +
	// len(upcasts), is what is written.
	upcasts []func(json.RawMessage) (json.RawMessage, error)
}

func (k kind) version() int { return 1 + len(k.upcasts) }

// newest turns the JSON of version v of a fact into the newest version.
func (k kind) newest(v int, fact json.RawMessage) (json.RawMessage, error) {
	if v < 1 || v > k.version() {
		return nil, fmt.Errorf("version %d, of which this program knows nothing", v)
	}
	for _, up := range k.upcasts[v-1:] {
		var err error
		if fact, err = up(fact); err != nil {
			return nil, err
		}
	}
	return fact, nil
}

var names = func() map[reflect.Type]string {
	m := make(map[reflect.Type]string, len(kinds))
	for name, k := range kinds {
		m[reflect.TypeOf(k.fact)] = name
	}
	return m
}()

// KindOf returns the stable name of a fact, such as ballot-cast.
func KindOf(f Fact) string { return names[reflect.TypeOf(f)] }

// ErrRecord is returned by [Decode] for bytes that are no event.
var ErrRecord = errors.New("meeting: not an event")

// Class says what a blob holds, and so when it may be pruned. Classes stand in
// the records and are never renamed.
type Class string

// The classes.
const (
	NoBlob      Class = ""
	BallotBlob  Class = "ballots" // ciphertexts of ballots and of the comments in them, sums of paper slips as they were entered
	CommentBlob Class = "remarks" // the comments that were opened
	PrivateBlob Class = "private" // what somebody wrote for a few readers, such as an outline
)

// Classes lists the classes of blobs that can be pruned.
func Classes() []Class { return []Class{BallotBlob, CommentBlob, PrivateBlob} }

// splitter is a fact with a part that is stored apart as a blob. The fact's
// JSON leaves that part out, no exported log holds it, and it can be pruned
// later.
type splitter interface {
	Fact
	split() (Class, []byte)
	// joined adds what the blob holds; an empty blob was pruned.
	joined(blob []byte) (Fact, error)
}

type stored struct {
	ID      RequestID       `json:"id,omitempty"`
	Kind    string          `json:"kind"`
	Version int             `json:"v"`
	By      MemberID        `json:"by"`
	At      time.Time       `json:"at"`
	Fact    json.RawMessage `json:"fact"`
}

// Encode returns an event as it is stored: a JSON body and, if the fact has
// one, a blob with its class.
func Encode(e Event) (body []byte, class Class, blob []byte, err error) {
	name := KindOf(e.Fact)
	fact, err := json.Marshal(e.Fact)
	if err != nil {
		return nil, NoBlob, nil, fmt.Errorf("meeting: encode %s: %w", name, err)
	}
	if f, ok := e.Fact.(splitter); ok {
		class, blob = f.split()
	}
	body, err = stored{ID: e.ID, Kind: name, Version: kinds[name].version(), By: e.By, At: e.At.UTC(), Fact: fact}.marshal()
	return body, class, blob, err
}

// marshal is [json.Marshal], which would read the fact again, where nothing beside the
// fact is escaped.
func (raw stored) marshal() ([]byte, error) {
	at, err := raw.At.MarshalText()
	if err != nil || !plain(string(raw.ID)) || !plain(string(raw.By)) {
		return json.Marshal(raw)
	}
	b := make([]byte, 0, len(`{"id":"","kind":"","v":0,"by":"","at":"","fact":}`)+len(raw.ID)+len(raw.Kind)+len(raw.By)+len(at)+len(raw.Fact))
	b = append(b, '{')
	if raw.ID != "" {
		b = append(append(append(b, `"id":"`...), raw.ID...), `",`...)
	}
	b = append(append(b, `"kind":"`...), raw.Kind...)
	b = strconv.AppendInt(append(b, `","v":`...), int64(raw.Version), 10)
	b = append(append(b, `,"by":"`...), raw.By...)
	b = append(append(b, `","at":"`...), at...)
	b = append(append(b, `","fact":`...), raw.Fact...)
	return append(b, '}'), nil
}

// plain reports whether JSON has a text as it is.
func plain(text string) bool {
	for _, c := range []byte(text) {
		if c < ' ' || c > '~' || strings.IndexByte(`"\<>&`, c) >= 0 {
			return false
		}
	}
	return true
}

// Decode reads what [Encode] wrote in any version. A fact whose blob was pruned
// comes back without that part. Anything else gives [ErrRecord].
func Decode(body, blob []byte) (Event, error) {
	if raw, ok := readStored(body); ok {
		if e, err := raw.event(blob); err == nil {
			return e, nil
		}
	}
	var raw stored
	if err := json.Unmarshal(body, &raw); err != nil {
		return Event{}, fmt.Errorf("%w: %w", ErrRecord, err)
	}
	return raw.event(blob)
}

// event reads the fact.
func (raw stored) event(blob []byte) (Event, error) {
	k, ok := kinds[raw.Kind]
	if !ok {
		return Event{}, fmt.Errorf("%w: unknown kind %q", ErrRecord, raw.Kind)
	}
	fact, err := k.decode(raw.Version, raw.Fact, blob)
	if err != nil {
		return Event{}, fmt.Errorf("%w: %s: %w", ErrRecord, raw.Kind, err)
	}
	return Event{ID: raw.ID, By: raw.By, At: raw.At.UTC(), Fact: fact}, nil
}

// readStored reads a body as [Encode] writes it, in one pass; ok is false where it
// looks otherwise, and [encoding/json] has to read it. The fact is not looked at.
func readStored(body []byte) (raw stored, ok bool) {
	r := storedReader{rest: body}
	r.expect("{")
	if r.accept(`"id":`) {
		raw.ID = RequestID(r.text())
		r.expect(",")
	}
	r.expect(`"kind":`)
	raw.Kind = r.text()
	r.expect(`,"v":`)
	raw.Version = r.digit()
	r.expect(`,"by":`)
	raw.By = MemberID(r.text())
	r.expect(`,"at":`)
	if at := r.text(); !r.odd && raw.At.UnmarshalText([]byte(at)) != nil {
		r.odd = true
	}
	r.expect(`,"fact":`)
	if r.odd || !bytes.HasSuffix(r.rest, []byte("}")) {
		return stored{}, false
	}
	raw.Fact = r.rest[:len(r.rest)-1]
	return raw, true
}

// storedReader reads from the front of a body. After something that Encode does not
// write it is odd and reads nothing more.
type storedReader struct {
	rest []byte
	odd  bool
}

func (r *storedReader) accept(what string) bool {
	if r.odd || !bytes.HasPrefix(r.rest, []byte(what)) {
		return false
	}
	r.rest = r.rest[len(what):]
	return true
}

func (r *storedReader) expect(what string) { r.odd = !r.accept(what) || r.odd }

// text reads a string in which nothing is escaped.
func (r *storedReader) text() string {
	r.expect(`"`)
	end := bytes.IndexByte(r.rest, '"')
	if r.odd || end < 0 {
		r.odd = true
		return ""
	}
	text := r.rest[:end]
	r.rest = r.rest[end+1:]
	escaped := func(c rune) bool { return c < ' ' || c == '\\' }
	r.odd = bytes.ContainsFunc(text, escaped) || !utf8.Valid(text)
	return string(text)
}

// digit reads a number of one digit.
func (r *storedReader) digit() int {
	if r.odd || len(r.rest) == 0 || r.rest[0] < '0' || r.rest[0] > '9' {
		r.odd = true
		return 0
	}
	n := int(r.rest[0] - '0')
	r.rest = r.rest[1:]
	return n
}

// decode reads a fact of version v.
func (k kind) decode(v int, raw json.RawMessage, blob []byte) (Fact, error) {
	raw, err := k.newest(v, raw)
	if err != nil {
		return nil, err
	}
	p := reflect.New(reflect.TypeOf(k.fact))
	if err := json.Unmarshal(raw, p.Interface()); err != nil {
		return nil, err
	}
	switch f := p.Elem().Interface().(type) {
	case splitter:
		return f.joined(blob)
	case Fact:
		return f, nil
	}
	return nil, ErrRecord // kinds has facts only
}
