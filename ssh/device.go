package ssh

import (
	"context"
	"crypto/rsa"
	"fmt"
	"slices"
	"strings"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/org"
	"pingyi/tui/draw"
)

// A person's device proves to have the private part of a public key. An unknown
// key that was proved leads on to the question for the code in the same
// connection; whoever answers it may have that device remembered (key add), which
// then lets them in without a code. A key that is only offered says nothing: who
// offers it may not have it.

// hardwareUser is the user name with which an unknown hardware key is asked for a
// proof too, for which somebody has to touch it.
const hardwareUser = "key"

// Sizes of RSA keys that are taken, in bits.
const leastRSA, mostRSA = 2048, 8192

// stored is a public key as it is kept.
func stored(key gossh.PublicKey) string {
	return strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key)))
}

// offered says whether a key that a client offers should be proved: one that is
// remembered, and the first unknown one that may be.
func (d *doorman) offered(conn gossh.ConnMetadata, key gossh.PublicKey) (*gossh.Permissions, error) {
	if _, _, reserved := fixture(conn.User()); reserved {
		return nil, errRefused
	}
	if _, known := d.ownerOf(stored(key)); known || d.device == "" && rememberable(key, conn.User()) {
		return nil, nil //nolint:nilnil // the proof decides, not the permissions
	}
	return nil, errRefused
}

// rememberable reports whether an unknown key may be remembered: of a hardware key
// only where the user name asks for it, because its owner has to touch it.
func rememberable(key gossh.PublicKey, user string) bool {
	if _, certified := key.(*gossh.Certificate); certified || !meeting.CheckKey(stored(key)) {
		return false
	}
	if plain, ok := key.(gossh.CryptoPublicKey); ok {
		if of, ok := plain.CryptoPublicKey().(*rsa.PublicKey); ok && (of.N.BitLen() < leastRSA || of.N.BitLen() > mostRSA) {
			return false
		}
	}
	return user == hardwareUser || !strings.HasPrefix(key.Type(), "sk-")
}

// signatures are the algorithms with which a key may be proved, none of them with
// SHA-1. The library checks such a list for each connection, which takes longer than to
// find the person.
var signatures = gossh.SupportedAlgorithms().PublicKeyAuths

// proved is called when a client has proved a key. A remembered one lets its owner
// in; another leads on to the question for the code.
func (d *doorman) proved(_ gossh.ConnMetadata, key gossh.PublicKey, _ *gossh.Permissions, algorithm string) (*gossh.Permissions, error) {
	if !slices.Contains(signatures, algorithm) {
		return nil, errRefused
	}
	kept := stored(key)
	if p, known := d.ownerOf(kept); known {
		return d.admit(p)
	}
	if d.device != "" {
		return nil, errRefused // it was forgotten meanwhile
	}
	d.device = kept
	return nil, &gossh.PartialSuccessError{Next: gossh.ServerAuthCallbacks{
		PublicKeyCallback: d.offered, KeyboardInteractiveCallback: d.byQuestion, PasswordCallback: d.byCode,
	}}
}

// ownerOf returns who has a device with a key. One that is remembered in several
// places lets in nowhere, since it would not be clear where: the code says it.
func (d *doorman) ownerOf(kept string) (person, bool) {
	var owners []person
	homes, err := d.homes()
	if err != nil {
		return person{}, false
	}
	for _, home := range homes {
		if id, known := home.deviceOwner(kept); known {
			home.id, home.owner, home.device, home.byDevice = id, id, kept, true
			if home.ended() == nil {
				owners = append(owners, home)
			}
		}
	}
	if len(owners) != 1 {
		return person{}, false
	}
	return owners[0], true
}

// deviceOwner returns whose device has a key in a branch or in the organisation.
func (p person) deviceOwner(kept string) (meeting.MemberID, bool) {
	d, known := p.deviceOf(kept)
	return d.Who, known
}

// deviceOf returns the device that has a key in p's branch or in the organisation.
func (p person) deviceOf(kept string) (meeting.Device, bool) {
	if p.above != nil {
		return p.above.State().DeviceOf(kept)
	}
	return p.room.Own().DeviceOf(kept)
}

// deviceRow is a device as it is listed.
type deviceRow struct {
	No   int              `json:"no"`
	ID   meeting.MemberID `json:"id"`
	Name string           `json:"name"`
	Key  string           `json:"fingerprint"`
	At   time.Time        `json:"at"`
	Here bool             `json:"here"` // this connection's
}

// keyWord has devices remembered, listed and forgotten: of a branch, or of the
// organisation.
func keyWord(c *call) (answer, error) {
	switch {
	case c.args[0] == "add" && len(c.args) == 1:
		return c.rememberDevice()
	case c.args[0] == "list" && len(c.args) == 1:
		return c.listDevices()
	case c.args[0] == "forget" && len(c.args) == 2:
		no, err := number(c.args[1], "NO ")
		if err != nil {
			return answer{}, err
		}
		if err := c.onDevices(meeting.ForgetKey{No: no}, org.ForgetKey{No: no}); err != nil {
			return answer{}, err
		}
		return done("已忘记这台设备：它不能再不输入会码就登录。")
	}
	return answer{}, c.misused()
}

// onDevices submits what is asked about devices to the caller's branch, or for
// somebody of the organisation to it.
func (c *call) onDevices(ofBranch meeting.Command, ofOrganisation org.Command) error {
	if c.session.who.above == nil {
		return c.act(ofBranch)
	}
	return c.session.asksAbove(c.ctx, ofOrganisation)
}

// asksAbove submits do to the organisation, on the code or device of the session.
func (s *session) asksAbove(ctx context.Context, do org.Command) error {
	r := org.Request{By: s.who.id, At: time.Now(), Do: do, Code: s.who.hash}
	if s.who.byDevice {
		r.Device = s.who.device
	}
	_, err := s.who.above.Do(ctx, r)
	return err
}

// errNoDevice says that nothing can be remembered of this connection.
const errNoDevice = sentence("这次登录没有证明任何密钥，没有可记的设备：先在自己的设备上运行 ssh-keygen -t ed25519，再登录一次；硬件密钥登录时用户名写 " + hardwareUser + "。")

func (c *call) rememberDevice() (answer, error) {
	kept := c.session.who.device
	if kept == "" {
		return answer{}, errNoDevice
	}
	if err := c.onDevices(meeting.RememberKey{Key: kept}, org.RememberKey{Key: kept}); err != nil {
		return answer{}, err
	}
	d, _ := c.session.who.deviceOf(kept)
	return answer{value: map[string]any{"no": d.No, "fingerprint": d.Fingerprint()}, text: fmt.Sprintf("记住了这台设备（第 %d 号）：下次从它登录不用输入会码。丢了它，请用 key forget %d 忘记它。", d.No, d.No)}, nil
}

// listDevices lists the caller's devices; to a console everybody's of the branch.
func (c *call) listDevices() (answer, error) {
	if who := c.session.who; who.above != nil {
		p, _ := who.above.State().Person(who.id)
		called := func(meeting.MemberID) (name, called string) { return p.Name, p.Name }
		return sayDevices(who.above.State().DevicesOf(who.id), who.device, time.Local, called), nil
	}
	s := c.state()
	if _, known := s.Member(c.who); !known {
		return answer{}, meeting.NotListed(c.who)
	}
	called := func(id meeting.MemberID) (name, called string) { return s.NameOf(id), s.Called(id) }
	return sayDevices(s.DevicesOf(c.who), c.session.who.device, s.Branch.Location(), called), nil
}

// sayDevices answers with devices; here is the key of this connection's. called
// returns the name of an owner, and what people call them by.
func sayDevices(devices []meeting.Device, here string, zone *time.Location, called func(meeting.MemberID) (string, string)) answer {
	list := []deviceRow{}
	var text strings.Builder
	for _, d := range devices {
		name, called := called(d.Who)
		row := deviceRow{d.No, d.Who, name, d.Fingerprint(), d.At, d.Key == here}
		list = append(list, row)
		mark := ""
		if row.Here {
			mark = "　这台"
		}
		fmt.Fprintf(&text, "%d　%s　%s　%s%s\n", d.No, draw.Clean(called), d.At.In(zone).Format(time.DateOnly), row.Key, mark)
	}
	if len(list) == 0 {
		text.WriteString("没有记住的设备。\n")
	}
	return answer{value: list, text: text.String()}
}
