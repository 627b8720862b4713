package ssh

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/text/width"

	"pingyi/meeting"
	"pingyi/meeting/org"
)

// person is a member of one branch, or its projector or booth, which are
// nobody; or somebody of the organisation above. It is taken from an
// authenticated connection only.
type person struct {
	room  Room         // nil for somebody of the organisation
	above Organisation // nil for somebody of a branch
	id    meeting.MemberID
	owner meeting.MemberID // whose join code or device was used: a projector or booth may have the code of a console
	hash  string           // of that code; "" where none was used

	device   string // the public key that the client proved in this connection, as it is kept; "": none
	byDevice bool   // it let them in, no code
}

// branch is the branch to which a person belongs; for the organisation its own
// place among them.
func (p person) branch() string {
	if p.above != nil {
		return org.ID
	}
	return p.room.State().Branch.ID
}

// holder returns whose join code has a keyed hash in a person's branch or in the
// organisation, or had it there: ended says why it does not count.
func (p person) holder(hash string) (meeting.MemberID, bool) {
	if p.above == nil {
		codes := p.room.Own().Codes
		if id, has := codes.Holder(hash); has {
			return id, true
		}
		return codes.Former(hash)
	}
	s := p.above.State()
	for id, h := range s.Codes {
		if h == hash {
			return id, true
		}
	}
	id, had := s.Former[hash]
	return id, had
}

// personKey is the key of a person in an authenticated connection's
// permissions.
type personKey struct{}

func grant(p person) *gossh.Permissions {
	return &gossh.Permissions{ExtraData: map[any]any{personKey{}: p}}
}

// personOf returns who has authenticated a connection.
func personOf(conn *gossh.ServerConn) (person, bool) {
	if conn.Permissions == nil {
		return person{}, false
	}
	p, ok := conn.Permissions.ExtraData[personKey{}].(person)
	return p, ok
}

var errRefused = errors.New("ssh: not admitted")

// refusal ends an attempt to authenticate and shows the person a sentence.
// English stands first: where a client's locale is not UTF-8, OpenSSH shows the
// rest as escape codes.
func refusal(english, chinese string) error {
	return &gossh.BannerError{Err: errRefused, Message: english + " / " + chinese + "\r\n"}
}

// What one connection may try.
const (
	wrongCodes = 3 // wrong codes that end it
	questions  = 9 // questions for the code that end it, whatever was answered
)

// doorman authenticates one connection by a device that is remembered (device.go),
// or by a join code, asked for with keyboard-interactive or sent as a password. The user name is free, except for
// the projector's and the booths'.
type doorman struct {
	*Server
	ctx   context.Context // of the connection
	link  *link
	wrong int    // wrong codes so far
	guess string // the last of them: said again, as by a client that tries two methods, it costs nothing

	device string // the unknown public key that the client has proved; "": none
}

// byName lets projectors and booths in without a code over the control socket
// ([Server.ServeHere]). Everybody else is asked for a code, on this machine too:
// what a relay or another account of it sends looks the same.
func (d *doorman) byName(conn gossh.ConnMetadata) (*gossh.Permissions, error) {
	id, branch, ok := fixture(conn.User())
	if _, here := conn.RemoteAddr().(*net.UnixAddr); !ok || !here {
		return nil, errRefused
	}
	room, err := d.stage(branch)
	if err != nil {
		return nil, err
	}
	return d.admit(person{room: room, id: id})
}

// byQuestion asks for the join code until it is right or nothing more may be
// tried; the next question says why the last answer was not good, since some
// clients show nothing else. It ends the connection itself, because a client that
// may go on asks in English for a password.
func (d *doorman) byQuestion(conn gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
	why := ""
	for range questions {
		answers, err := ask("", "", []string{why + CodePrompt}, []bool{false})
		if err != nil {
			return nil, err
		}
		if len(answers) != 1 {
			return nil, errRefused
		}
		p, err := d.tried(conn, []byte(answers[0]))
		var over last
		if errors.As(err, &over) {
			return nil, d.leave(conn, ask, over.error)
		}
		var again *gossh.BannerError
		if !errors.As(err, &again) {
			return p, err
		}
		why = strings.TrimSpace(again.Message) + "\n"
	}
	d.failures.note(tooManyTries, conn.RemoteAddr())
	if why != "" { // a client that answers by itself has shown no question
		say(conn, &gossh.BannerError{Err: errRefused, Message: strings.TrimSpace(why) + "\r\n"})
	}
	return nil, d.hangUp(conn, refusal("Too many attempts", "问了太多次：请找到纸条再连接一次。"))
}

// last is a refusal after which no other code may be tried.
type last struct{ error }

// leave says in a last question why the connection ends, since some clients show
// nothing else (OpenSSH with LogLevel=ERROR is one), and ends it.
func (d *doorman) leave(conn gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge, why error) error {
	var no *gossh.BannerError
	if errors.As(why, &no) {
		answers, err := ask("", "", []string{strings.TrimSpace(no.Message) + "\n" + LeavePrompt}, []bool{false})
		if err == nil && slices.Equal(answers, []string{""}) { // a person has read it
			return errors.Join(errRefused, d.link.Close())
		}
	}
	return d.hangUp(conn, why)
}

// byCode takes a join code that was sent as a password.
func (d *doorman) byCode(conn gossh.ConnMetadata, typed []byte) (*gossh.Permissions, error) {
	p, err := d.tried(conn, typed)
	var over last
	if errors.As(err, &over) {
		return nil, d.hangUp(conn, over.error)
	}
	return p, err
}

// tried looks a join code up among those of all branches. Its error is a
// refusal where another code may be tried, and a [last] one where none may.
func (d *doorman) tried(conn gossh.ConnMetadata, typed []byte) (*gossh.Permissions, error) {
	homes, err := d.homes()
	if err != nil {
		return nil, err
	}
	if again := CleanCode(string(typed)); again != "" && again == d.guess {
		return nil, d.triesLeft(conn)
	}
	found, v := d.holder(conn.RemoteAddr(), string(typed), d.link.hold, homes...)
	switch v {
	case malformed:
		return nil, refusal(notACode(string(typed)))
	case wrong:
		d.guess = CleanCode(string(typed))
		return nil, d.tellWrong(conn)
	}
	if no := found.ended(); no != nil {
		why := hasEnded
		switch no.Code {
		case meeting.LeftBranch:
			why = hasLeft
		case meeting.CodeReplaced, meeting.CodeRevoked, meeting.SuperiorRevoked:
			why = oldCode
		}
		d.failures.note(why, conn.RemoteAddr())
		return nil, last{refusal(bilingual(no))}
	}
	if id, branch, ok := fixture(conn.User()); ok {
		if found, err = asFixture(found, id, branch); err != nil {
			return nil, err
		}
	}
	found.device = d.device
	return d.admit(found)
}

// admit lets in who is known, unless their code has too many connections that
// work already.
func (d *doorman) admit(p person) (*gossh.Permissions, error) {
	forget, ok := d.seats.admit(d.link, p.account())
	if !ok {
		return nil, refusal("Too many connections with this code", "这个入会码同时打开的连接太多：请先关掉几个。")
	}
	context.AfterFunc(d.ctx, forget)
	d.link.admitted()
	return grant(p), nil
}

// rooms returns the rooms of all branches, or a refusal.
func (d *doorman) rooms() ([]Room, error) {
	rooms, err := d.config.Halls(d.ctx)
	if err != nil {
		if d.ctx.Err() == nil { // the client is still there
			d.log.Error("branches can't be read", "err", err)
		}
		return nil, refusal("Server trouble", "服务器现在打不开支部的记录：请告诉主持人。")
	}
	return rooms, nil
}

// homes are nobody yet, in each branch and in the organisation.
func (d *doorman) homes() ([]person, error) {
	rooms, err := d.rooms()
	if err != nil {
		return nil, err
	}
	homes := homesOf(rooms)
	if d.config.Organisation != nil {
		homes = append(homes, person{above: d.config.Organisation})
	}
	return homes, nil
}

// tellWrong says that a code is wrong and how many may still be tried, and hangs
// up after the last.
func (d *doorman) tellWrong(conn gossh.ConnMetadata) error {
	if d.wrong++; d.wrong < wrongCodes {
		return d.triesLeft(conn)
	}
	return d.hangUp(conn, refusal("Wrong code", "入会码不对，这次连接结束：请对照纸条再连接一次；纸条丢了请告诉主持人。"))
}

// pageHello is the version line of the page's client (web/src/ssh.js), which connects
// anew for each code, so that a connection's tries mean nothing to its person.
const pageHello = "SSH-2.0-pingyi_page"

func (d *doorman) triesLeft(conn gossh.ConnMetadata) error {
	if string(conn.ClientVersion()) == pageHello {
		return refusal("Wrong code", "入会码不对：请对照纸条再输；纸条丢了请告诉主持人。")
	}
	left := wrongCodes - d.wrong
	return refusal(fmt.Sprintf("Wrong code, tries left: %d", left), fmt.Sprintf("入会码不对，还有 %d 次：请对照纸条再输。", left))
}

// verdict is the outcome of trying one code.
type verdict int

const (
	right     verdict = iota
	malformed         // it cannot be a code, so nothing was guessed
	wrong
)

// homesOf are nobody yet, in each of some branches.
func homesOf(rooms []Room) []person {
	homes := make([]person, len(rooms))
	for i, r := range rooms {
		homes[i].room = r
	}
	return homes
}

// holder looks up who has a join code in some branches, or in the organisation.
// A right code is answered at once; a wrong one counts against addr ([guard]) and is
// held until its answer may come.
func (s *Server) holder(addr net.Addr, typed string, hold func(time.Duration), homes ...person) (found person, v verdict) {
	if CleanCode(typed) == "" {
		return found, malformed
	}
	hash := HashCode(s.config.Secret, typed)
	for _, home := range homes {
		if id, has := home.holder(hash); has {
			found = home
			found.id, found.owner, found.hash = id, id, hash
		}
	}
	if found.id != "" {
		return found, right
	}
	s.failures.note(wrongCode, addr)
	hold(s.guard.wrong(addr))
	return found, wrong
}

// say shows the sentence of a refusal before authentication has ended.
func say(conn gossh.ConnMetadata, why error) {
	var no *gossh.BannerError
	if pre, ok := conn.(gossh.ServerPreAuthConn); ok && errors.As(why, &no) {
		// If it does not arrive, the person notices that the line is dead.
		_ = pre.SendAuthBanner(no.Message)
	}
}

// hangUp says why and ends the connection.
func (d *doorman) hangUp(conn gossh.ConnMetadata, why error) error {
	say(conn, why)
	return errors.Join(errRefused, d.link.Close())
}

// asFixture turns the holder of the code of a projector or booth, or of a
// console's, into their branch's projector or booth.
func asFixture(p person, id meeting.MemberID, branch string) (person, error) {
	if p.above != nil || p.id != id && !slices.Contains(p.room.State().Seats(p.id), meeting.SeatConsole) {
		return person{}, refusal("Not with this code: "+string(id)+" has one of its own", "这里要用 "+string(id)+" 的入会码，或主持人的：请让主持人输入。")
	}
	if branch != "" && branch != p.branch() {
		return person{}, refusal("Another branch's code", "这个入会码不是那个支部的：请检查 "+string(id)+"+ 后面的支部编号。")
	}
	return person{room: p.room, id: id, owner: p.owner, hash: p.hash}, nil
}

// fixture parses the reserved users screen[+BRANCH] and booth[+BRANCH]; ok is
// false for any other user. Screen, as a phone's keyboard begins a name, and
// full-width letters are these too: a console's code must not open the console on
// the wall.
func fixture(user string) (id meeting.MemberID, branch string, ok bool) {
	name, branch, _ := strings.Cut(strings.TrimSpace(width.Narrow.String(user)), "+")
	id = meeting.MemberID(strings.ToLower(strings.TrimSpace(name)))
	branch = strings.TrimSpace(branch)
	return id, branch, id == meeting.Screen || id == meeting.Booth
}

// stage returns the room that a projector or booth shows: that of the named
// branch; else the one that this server hosts; else the only one whose meeting
// is on, or the only one that rehearses; else the only one. It never guesses
// among several.
func (d *doorman) stage(branch string) (Room, error) {
	rooms, err := d.rooms()
	if err != nil {
		return nil, err
	}
	if branch == "" {
		branch = d.config.Hosted
	}
	if branch != "" {
		i := slices.IndexFunc(rooms, func(r Room) bool { return r.State().Branch.ID == branch })
		if i < 0 {
			return nil, refusal("No such branch", "没有这个支部：请检查 --branch 的支部编号。")
		}
		return rooms[i], nil
	}
	best := liveliest(rooms)
	if len(best) != 1 {
		return nil, refusal("Several branches", "有几个支部，不知道放哪一个的会：请用 --branch 写明支部编号（"+branchIDs(best)+"）。")
	}
	return best[0], nil
}

// liveliest returns the rooms whose meeting is on; if there are none, those that
// rehearse; if there are none either, all.
func liveliest(rooms []Room) []Room {
	live := func(s *meeting.State) bool { return s.Phase == meeting.Live && !s.Rehearsal }
	rehearses := func(s *meeting.State) bool { return s.Rehearsal }
	for _, on := range []func(*meeting.State) bool{live, rehearses} {
		best := slices.DeleteFunc(slices.Clone(rooms), func(r Room) bool { return !on(r.State()) })
		if len(best) > 0 {
			return best
		}
	}
	return rooms
}

func branchIDs(rooms []Room) string {
	list := make([]string, len(rooms))
	for i, r := range rooms {
		list[i] = r.State().Branch.ID
	}
	return strings.Join(list, "、")
}

// keyExchanges are the library's, in its order but for the page's, which is first: a
// page sends its part of the key before it has heard anything, and it counts only if
// the server likes that exchange best. What other clients get is what they like best.
var keyExchanges = func() []string {
	var c gossh.Config
	c.SetDefaults()
	others := slices.DeleteFunc(slices.Clone(c.KeyExchanges), func(name string) bool { return name == gossh.KeyExchangeCurve25519 })
	return slices.Insert(others, 0, gossh.KeyExchangeCurve25519)
}()

// serverConfig says how one connection is authenticated. The algorithms are the
// library's: aes128-gcm before the more expensive ones (SCREENS.md §4.1), and
// ML-KEM; what of the clients' own keys is taken, [doorman.proved] says. How much one connection may try
// is counted here: the library would count the keys that an agent offers.
func (d *doorman) serverConfig() *gossh.ServerConfig {
	return &gossh.ServerConfig{
		Config:                      gossh.Config{KeyExchanges: keyExchanges},
		ServerVersion:               "SSH-2.0-pingyi",
		NoClientAuth:                true,
		NoClientAuthCallback:        d.byName,
		KeyboardInteractiveCallback: d.byQuestion,
		PasswordCallback:            d.byCode,
		PublicKeyCallback:           d.offered,
		VerifiedPublicKeyCallback:   d.proved,
		MaxAuthTries:                -1,
		PreAuthConnCallback:         d.link.asked,
	}
}
