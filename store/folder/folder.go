// Package folder is the data folder on the server's machine:
//
//	pingyi.json   the rules of new branches
//	pingyi.db     every branch's logs, one a year, and the superior's (bbolt), unless
//	              pingyi.json names an etcd that several servers share ([Etcd])
//	secret        32 random bytes, from which join codes' hashes, voting credentials
//	              and the server's ballot key are derived; 0600, never in a backup
//	              that leaves the house together with the database
//	host_key      the SSH host key (ed25519), 0600
//	host_key_ecdsa, host_key_rsa
//	              host keys for clients that do not know ed25519, 0600
//	head-ID.json  the head of branch ID's log when its last vote was closed: who can
//	              change the database only does not change this
//	control.sock  while a server runs: the door for the command line, 0600
//	files/HASH    the files that records name; see [Files]. With an etcd they are in it,
//	              and here are those that automatic copies name
//	pingyi.lock   with an etcd: one process at a time has the folder open
//	etcd-password the password for the etcd's user, 0600, where it is not in the
//	              environment
//	backup.json   when the folder was backed up last: [LastBackupOf]
//	backups/      copies that a server makes at the end of each item; see [Copies]
//	papers/ID     branch ID's papers, which a server writes when the meeting ends
package folder

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/org"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/hall"
)

// Failures that a person can mend.
const (
	// ErrExists says that a folder is already initialised.
	ErrExists store.Code = "folder.exists"
	// ErrNone says that a folder is not initialised.
	ErrNone store.Code = "folder.none"
	// ErrOtherSecret says that the secret is whole and that of another folder: no join code would be known, and no ballot box opened.
	ErrOtherSecret store.Code = "folder.other-secret"
	// ErrDatabaseThere says that a folder has a database with records and no
	// pingyi.json, which [Open] misses and Init would make with another secret.
	ErrDatabaseThere store.Code = "folder.database-there"
	// ErrToRead says that a folder can only be read.
	ErrToRead store.Code = "folder.to-read"
	// ErrNoBranch says that there is no branch of that id; its cause names those
	// that there are.
	ErrNoBranch store.Code = "folder.no-branch" // id

	branchReserved   store.Code = "folder.branch-reserved"   // id
	branchesAre      store.Code = "folder.branches-are"      // ids
	branchUnreadable store.Code = "folder.branch-unreadable" // id
	configBroken     store.Code = "folder.config-broken"
	groupUnknown     store.Code = "folder.group-unknown"  // name
	keyBroken        store.Code = "folder.key-broken"     // file
	keyLost          store.Code = "folder.key-lost"       // file, its path
	keyUnreadable    store.Code = "folder.key-unreadable" // file
	noBranches       store.Code = "folder.no-branches"
	notMade          store.Code = "folder.not-made"
	noYear           store.Code = "folder.no-year" // id, year, those that there are
	orgMissing       store.Code = "folder.org-missing"
	orgUnreadable    store.Code = "folder.org-unreadable"
	presetUnknown    store.Code = "folder.preset-unknown" // id, those that there are
	secretMissing    store.Code = "folder.secret-missing"
	unreadable       store.Code = "folder.unreadable"
	unwritable       store.Code = "folder.unwritable" // file
)

// Folder is an open data folder. Only one process has it open at a time.
type Folder struct {
	Dir    string
	Config Config
	Secret []byte

	files   Files
	shelf   engine
	mu      sync.Mutex
	halls   map[string]*open
	org     *Organisation // nil: not opened yet
	copying sync.Mutex    // held while the folder is copied
	trouble store.Trouble // that every room was told

	requests requests
}

// engine is where the records are: the folder's own database, or an etcd.
type engine interface {
	store.Shelf
	store.Upkeep
	// Copy writes a database with the records that there are at one moment.
	Copy(ctx context.Context, path string) error
	// Trouble, Moved and Look tell what keeps it from recording.
	Trouble() store.Trouble
	Moved() <-chan struct{}
	Look() store.Trouble
}

type open struct {
	*hall.Hall
	venue *hall.Venue
	room  *hall.Live
	log   store.Log
	name  string // of the log
	rest  func() // ends what goes on beside, and waits for it; nil: nothing does
}

// close ends the hall and wipes its keys.
func (o *open) close() error {
	if o.rest != nil {
		o.rest()
	}
	o.venue.Close()
	o.Wipe()
	o.room.Close()
	return o.log.Close()
}

// Config is what init was told.
type Config struct {
	Preset string `json:"preset"`          // rules of new branches, by their id
	Group  string `json:"group,omitempty"` // Belenios' group of new branches' ballots; "": what the rules say
	Zone   string `json:"zone,omitempty"`  // time zone of new branches, as +08:00; "": China's

	// Rules are the user's own, kept here because their file may go; nil: those of
	// the embedded preset.
	Rules *preset.Rules `json:"rules,omitempty"`

	Etcd *Etcd `json:"etcd,omitempty"` // where the records are; nil: in the folder's own database

	// Label is derived from the secret, so that another one in its place is noticed; ""
	// in a folder of an older build.
	Label string `json:"label,omitempty"`
}

// Load returns a copy of the rules of new branches.
func (c Config) Load() (*preset.Rules, error) {
	if c.Rules == nil {
		return preset.Load(c.Preset)
	}
	own := *c.Rules
	return &own, nil
}

// secretLen is the length of the secret file, in bytes.
const secretLen = 32

// Init makes a new data folder for a superior (党总支) of that name. It refuses one that exists with [ErrExists],
// and what is left of one with [ErrDatabaseThere]; a failed Init leaves nothing that a second one would stumble over.
func Init(dir, superior string, c Config) error { return InitWith(dir, superior, c, "") }

// InitWith is [Init] with the password for the etcd that the configuration names.
func InitWith(dir, superior string, c Config, password string) error {
	superior = strings.TrimSpace(superior)
	if superior == "" {
		return orgMissing
	}
	rules, err := c.Load()
	if err != nil {
		return presetUnknown.Of(c.Preset, strings.Join(preset.IDs(), "、"))
	}
	if err := rules.Check(); err != nil {
		return err
	}
	if c.Group != "" {
		if _, err := ballot.GroupByName(c.Group); err != nil {
			return groupUnknown.Of(c.Group)
		}
	}
	if no := meeting.CheckZone(c.Zone); no != nil {
		return no
	}
	if _, err := os.Stat(filepath.Join(dir, "pingyi.json")); err == nil {
		return ErrExists
	}
	if err := leads(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return notMade.By(err)
	}
	if err := unrecorded(filepath.Join(dir, "pingyi.db")); err != nil {
		return err
	}
	secret := make([]byte, secretLen)
	if _, err := rand.Read(secret); err != nil {
		return err
	}
	if c.Etcd != nil {
		if err := c.Etcd.found(dir, superior, secret, password); err != nil {
			return err
		}
	} else if err := found(dir, superior, secret); err != nil {
		return err
	}
	c.Label = labelOf(secret)
	return writeConfig(dir, c) // last: it makes the folder one
}

// found makes secret, host keys and database of a folder.
func found(dir, superior string, secret []byte) error {
	if err := writeKeys(dir, secret); err != nil {
		return err
	}
	path := filepath.Join(dir, "pingyi.db")
	shelf, err := bolt.Create(path)
	if errors.Is(err, fs.ErrExist) { // of an Init that failed later
		shelf, err = bolt.Open(path)
	}
	if err != nil {
		return err
	}
	return errors.Join(foundOrganisation(context.Background(), shelf, superior), shelf.Close())
}

// writeKeys writes the secret and new host keys.
func writeKeys(dir string, secret []byte) error {
	if err := write(dir, "secret", secret); err != nil {
		return err
	}
	for _, k := range append([]keyFile{mainKey}, otherKeys...) {
		if err := k.write(dir); err != nil {
			return err
		}
	}
	return nil
}

func writeConfig(dir string, c Config) error {
	text, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	return write(dir, "pingyi.json", append(text, '\n'))
}

// unrecorded refuses a database that holds more than an Init that failed leaves,
// which is the beginning of the organisation's log at most.
func unrecorded(path string) error {
	shelf, err := bolt.Open(path)
	if errors.Is(err, bolt.ErrMissing) {
		return nil
	} else if err != nil {
		return err
	}
	logs, err := logHeads(context.Background(), shelf)
	if err = errors.Join(err, shelf.Close()); err != nil {
		return err
	}
	for _, l := range logs {
		if l.Name != org.ID || l.Records > 1 {
			return ErrDatabaseThere
		}
	}
	return nil
}

// write puts a file of mode 0600 into place, whole or not at all.
func write(dir, name string, data []byte) error {
	f, err := os.CreateTemp(dir, name+".*")
	if err != nil {
		return unwritable.Of(name).By(store.Asked(err, "", dir))
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o600), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		return unwritable.Of(name).By(errors.Join(store.Asked(err, f.Name(), filepath.Join(dir, name)), os.Remove(f.Name())))
	}
	return nil
}

// Open opens a data folder; [bolt.ErrInUse] within a second if a server runs on
// it, [ErrNone] if there is none. One that cannot be written is opened to be read
// ([Folder.Writable]).
func Open(dir string) (*Folder, error) { return OpenWith(dir, Access{}) }

// OpenWith is [Open] where the records may be in an etcd.
func OpenWith(dir string, a Access) (*Folder, error) {
	f := &Folder{Dir: dir, halls: map[string]*open{}}
	var err error
	if f.Config, err = ReadConfig(dir); err != nil {
		return nil, err
	}
	if f.Secret, err = f.Config.secret(dir); err != nil {
		return nil, err
	}
	if a.Etcd != nil || f.Config.Etcd != nil {
		err = f.openEtcd(a)
	} else {
		err = f.openDatabase()
	}
	if err != nil {
		return nil, err
	}
	if a.Logs != nil {
		f.shelf = through{f.shelf, a.Logs}
	}
	return f, nil
}

// openDatabase opens the folder's own database.
func (f *Folder) openDatabase() (err error) {
	path := filepath.Join(f.Dir, "pingyi.db")
	f.shelf, err = bolt.Open(path)
	if errors.Is(err, bolt.ErrReadOnly) {
		f.files = Files{plainFiles{filepath.Join(f.Dir, "files")}}
		f.shelf, err = bolt.OpenToRead(path, err)
	} else {
		f.files = FilesIn(filepath.Join(f.Dir, "files")) // nobody else has the folder open
	}
	return err
}

// through is an engine whose logs go through something that measures them.
type through struct {
	engine
	each func(store.Log) store.Log
}

// Log is that of a shelf.
func (t through) Log(ctx context.Context, branch string) (store.Log, error) {
	log, err := t.engine.Log(ctx, branch)
	if err != nil {
		return nil, err
	}
	return t.each(log), nil
}

// ReadConfig reads pingyi.json; [ErrNone] if there is none, and [ErrDatabaseThere]
// if only it is lost.
func ReadConfig(dir string) (c Config, err error) {
	text, err := readFile(filepath.Join(dir, "pingyi.json"))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Join(dir, "pingyi.db")); err == nil {
			return c, ErrDatabaseThere
		}
		return c, ErrNone
	} else if err != nil {
		return c, unreadable.By(err)
	}
	if json.Unmarshal(text, &c) != nil || c.Preset == "" && c.Rules == nil {
		return c, configBroken
	}
	return c, nil
}

// readFile reads a small file. A pipe or a device in its place is refused and not
// opened: who opens a pipe may wait for ever.
func readFile(path string) ([]byte, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: fs.ErrInvalid}
	}
	return os.ReadFile(path)
}

// secret returns the folder's secret, [ErrOtherSecret] if another one is there.
func (c Config) secret(dir string) ([]byte, error) {
	secret, err := readSecret(dir)
	if err == nil && c.Label != "" && c.Label != labelOf(secret) {
		return nil, ErrOtherSecret
	}
	return secret, err
}

// CheckSecret returns what is wrong with the secret of a folder that has a configuration.
func CheckSecret(dir string) error {
	c, err := ReadConfig(dir)
	if err == nil {
		_, err = c.secret(dir)
	}
	return err
}

// readSecret returns the secret. One that is longer is damaged too, as an editor
// does that ends a file with a new line: with it every join code would be wrong.
func readSecret(dir string) ([]byte, error) {
	secret, err := readFile(filepath.Join(dir, "secret"))
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && len(secret) != secretLen:
		return nil, secretMissing
	case err != nil:
		return nil, keyUnreadable.Of("secret").By(err)
	}
	return secret, nil
}

// Writable returns [ErrToRead] with the cause where the folder can only be read:
// nothing is recorded then.
func (f *Folder) Writable() error {
	if why := f.shelf.Trouble().Why; errors.Is(why, bolt.ErrReadOnly) {
		return ErrToRead.By(why)
	}
	return nil
}

// Repaired says, one sentence each, what was mended of a damaged database;
// nothing if it was whole.
func (f *Folder) Repaired() []error {
	if r := f.shelf.Repaired(); r != nil {
		return r.Report()
	}
	return nil
}

// Found adds a branch.
func (f *Folder) Found(ctx context.Context, id, name string) error {
	if err := store.CheckBranch(id); err != nil {
		return err
	}
	if id == org.ID {
		return branchReserved.Of(id)
	}
	superior, err := f.Organisation(ctx)
	if err != nil {
		return err
	}
	rules, err := f.Config.Load()
	if err != nil {
		return err
	}
	if f.Config.Group != "" {
		rules.Vote.Group = f.Config.Group
	}
	o, err := f.room(ctx, id)
	if err != nil {
		return err
	}
	branch := meeting.Branch{ID: id, Name: name, Org: superior.State().Name, Zone: f.Config.Zone}
	if _, err = o.Act(ctx, meeting.Keeper, meeting.Found{Branch: branch, Rules: rules}); err != nil {
		return err
	}
	_, err = f.Direct(ctx)
	return err
}

// Hall returns the hall of a branch, [ErrNoBranch] if there is none. ID@YEAR is the
// one of an earlier year, which is only read.
func (f *Folder) Hall(ctx context.Context, id string) (*hall.Hall, error) {
	o, err := f.branch(ctx, id)
	if err != nil {
		return nil, err
	}
	return o.Hall, nil
}

// Venue returns what people see of a branch, [ErrNoBranch] if there is none.
func (f *Folder) Venue(ctx context.Context, id string) (*hall.Venue, error) {
	o, err := f.branch(ctx, id)
	if err != nil {
		return nil, err
	}
	return o.venue, nil
}

// Halls returns the halls of all branches, by id.
func (f *Folder) Halls(ctx context.Context) ([]*hall.Hall, error) {
	return all(ctx, f, func(o *open) *hall.Hall { return o.Hall })
}

// Venues returns what people see of all branches, by id.
func (f *Folder) Venues(ctx context.Context) ([]*hall.Venue, error) {
	return all(ctx, f, func(o *open) *hall.Venue { return o.venue })
}

// all calls of for every branch and returns the results, ordered by id.
func all[T any](ctx context.Context, f *Folder, of func(*open) T) ([]T, error) {
	ids, err := f.Branches(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]T, 0, len(ids))
	for _, id := range ids {
		o, err := f.branch(ctx, id)
		if err != nil {
			return nil, err
		}
		list = append(list, of(o))
	}
	return list, nil
}

// room opens a log, by its name.
func (f *Folder) room(ctx context.Context, id string) (*open, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if o := f.halls[id]; o != nil {
		return o, nil
	}
	log, err := f.shelf.Log(ctx, id)
	if err != nil {
		return nil, err
	}
	branch, _, _ := strings.Cut(id, yearMark) // opinions are sealed for the branch, whatever its year
	room, err := store.OpenRoom(ctx, log, meeting.Machine{Open: hall.OpinionOpener(f.Secret, branch)})
	if err != nil {
		return nil, branchUnreadable.Of(id).By(errors.Join(err, log.Close()))
	}
	room.Ails(f.trouble)
	h := hall.New(counted{room, &f.requests}, f.Secret, time.Now)
	o := &open{Hall: h, venue: hall.NewVenue(h), room: room, log: log, name: id}
	if f.Config.Etcd == nil {
		h.AnchorAt(anchor{f.Dir, id})
	} else {
		h.AnchorShared(anchor{f.Dir, id})
		o.rest = follow(h)
	}
	f.halls[id] = o
	return o, nil
}

// Log returns the records of a branch as they are stored, [ErrNoBranch] if there
// is none. Nothing is folded.
func (f *Folder) Log(ctx context.Context, id string) (store.Log, error) {
	name, err := f.named(ctx, id)
	if err != nil {
		return nil, err
	}
	return f.shelf.Log(ctx, name)
}

// Held returns the hall of a branch, and the log that its state is the fold of.
func (f *Folder) Held(ctx context.Context, id string) (*hall.Hall, store.Log, error) {
	o, err := f.branch(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	log, err := f.shelf.Log(ctx, o.name)
	return o.Hall, log, err
}

// Close closes every hall, wiping its keys, and the database.
func (f *Folder) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var errs []error
	for _, o := range f.halls {
		errs = append(errs, o.close())
	}
	clear(f.halls)
	if f.org != nil {
		errs = append(errs, f.org.close())
		f.org = nil
	}
	return errors.Join(append(errs, f.shelf.Close())...)
}
