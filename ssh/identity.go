package ssh

import (
	"context"
	"crypto/subtle"
	"errors"
	"net"
	"slices"
	"strings"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
)

// person is a member of one branch, or its projector or booth, which are
// nobody. It is taken from an authenticated connection only.
type person struct {
	room Room
	id   meeting.MemberID
	hash string // of the join code that was used; "" for a projector or booth at the server itself
}

func (p person) branch() string { return p.room.State().Branch.ID }

// admitted reports whether the code that let p in is still valid. New codes end
// what an old one may do. A projector or booth depends on the console's code.
func (p person) admitted() bool {
	if p.hash == "" {
		return true
	}
	for _, h := range p.room.State().Codes {
		if subtle.ConstantTimeCompare([]byte(h), []byte(p.hash)) == 1 {
			return true
		}
	}
	return false
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
func refusal(sentence string) error {
	return &gossh.BannerError{Err: errRefused, Message: sentence + "\r\n"}
}

// doorman authenticates one connection by a join code, asked for with
// keyboard-interactive or sent as a password. The user name is free, except for
// the projector's and the booths'.
type doorman struct {
	*Server
	ctx  context.Context // of the connection
	link *link
}

// byName lets projectors and booths in without a code on the server's own
// machine, where they can do no harm. Everybody else is asked for a code.
func (d doorman) byName(conn gossh.ConnMetadata) (*gossh.Permissions, error) {
	id, branch, ok := fixture(conn.User())
	if !ok || !loopback(conn.RemoteAddr()) {
		return nil, errRefused
	}
	room, err := d.stage(branch)
	if err != nil {
		return nil, err
	}
	d.link.admitted()
	return grant(person{room: room, id: id}), nil
}

// byQuestion asks for the join code. Everything is in the question, because
// OpenSSH shows a non-ASCII instruction before it as escape codes.
func (d doorman) byQuestion(conn gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
	if d.guard.isLocked(conn.RemoteAddr()) {
		return nil, d.lockedOut(conn)
	}
	answers, err := ask("", "", []string{"入会码（纸条上的 10 个字母和数字）: "}, []bool{false})
	if err != nil {
		return nil, err
	}
	if len(answers) != 1 {
		return nil, errRefused
	}
	return d.byCode(conn, []byte(answers[0]))
}

// byCode looks a join code up among those of all branches.
func (d doorman) byCode(conn gossh.ConnMetadata, typed []byte) (*gossh.Permissions, error) {
	rooms, err := d.config.Halls(d.ctx)
	if err != nil {
		d.log.Error("branches can't be read", "err", err)
		return nil, refusal("服务器现在打不开支部的记录：请告诉主持人。")
	}
	found, v := d.holder(conn.RemoteAddr(), string(typed), rooms...)
	switch v {
	case locked:
		return nil, d.lockedOut(conn)
	case wrong:
		return nil, refusal("入会码不对：请对照纸条再输一次。")
	}
	if id, branch, ok := fixture(conn.User()); ok {
		if found, err = asFixture(found, id, branch); err != nil {
			return nil, err
		}
	}
	d.link.admitted()
	return grant(found), nil
}

// holder looks up who has a join code in some branches. Every stored hash is
// compared, in constant time. A wrong code counts against addr ([guard]).
func (s *Server) holder(addr net.Addr, typed string, rooms ...Room) (found person, v verdict) {
	hash := HashCode(s.config.Secret, typed)
	v = s.guard.try(addr, func() bool {
		for _, room := range rooms {
			for id, h := range room.State().Codes {
				if subtle.ConstantTimeCompare([]byte(h), []byte(hash)) == 1 {
					found = person{room: room, id: id, hash: h}
				}
			}
		}
		return found.room != nil && CleanCode(typed) != ""
	})
	if v == wrong {
		s.log.Warn("wrong join code", "addr", addr)
	}
	return found, v
}

// lockedOut says that the address is locked out and hangs up. Letting the
// client ask again for codes that nobody looks at would only confuse.
func (d doorman) lockedOut(conn gossh.ConnMetadata) error {
	if pre, ok := conn.(gossh.ServerPreAuthConn); ok {
		// If it does not arrive, the person notices that the line is dead.
		_ = pre.SendAuthBanner("入会码输错太多次：请等一分钟再试。\r\n")
	}
	return errors.Join(errRefused, d.link.Close())
}

// asFixture turns the holder of a console into their branch's projector or
// booth.
func asFixture(p person, id meeting.MemberID, branch string) (person, error) {
	s := p.room.State()
	if !slices.Contains(s.Seats(p.id), meeting.SeatConsole) {
		return person{}, refusal("投影和公用终端要用主持人的入会码：请让主持人输入。")
	}
	if branch != "" && branch != s.Branch.ID {
		return person{}, refusal("这个入会码不是那个支部的：请检查 " + string(id) + "+ 后面的支部编号。")
	}
	return person{room: p.room, id: id, hash: p.hash}, nil
}

// fixture parses the reserved users screen[+BRANCH] and booth[+BRANCH]; ok is
// false for any other user.
func fixture(user string) (id meeting.MemberID, branch string, ok bool) {
	name, branch, _ := strings.Cut(user, "+")
	id = meeting.MemberID(name)
	return id, branch, id == meeting.Screen || id == meeting.Booth
}

// stage returns the room that a projector or booth shows: that of the named
// branch; else the one that this server hosts; else the only one whose meeting
// is on, or the only one that rehearses; else the only one. It never guesses
// among several.
func (d doorman) stage(branch string) (Room, error) {
	rooms, err := d.config.Halls(d.ctx)
	if err != nil {
		d.log.Error("branches can't be read", "err", err)
		return nil, refusal("服务器现在打不开支部的记录：请告诉主持人。")
	}
	if branch == "" {
		branch = d.config.Hosted
	}
	if branch != "" {
		i := slices.IndexFunc(rooms, func(r Room) bool { return r.State().Branch.ID == branch })
		if i < 0 {
			return nil, refusal("没有这个支部：请检查 + 后面的支部编号。")
		}
		return rooms[i], nil
	}
	best := liveliest(rooms)
	if len(best) != 1 {
		return nil, refusal("有几个支部，不知道放哪一个的会：请在 @ 前面写上 + 和支部编号（" + branchIDs(best) + "）。")
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

// serverConfig says how one connection is authenticated. The algorithms are the
// library's: aes128-gcm before the more expensive ones (SCREENS.md §4.1), and
// ML-KEM.
func (d doorman) serverConfig() *gossh.ServerConfig {
	return &gossh.ServerConfig{
		ServerVersion:               "SSH-2.0-pingyi",
		NoClientAuth:                true,
		NoClientAuthCallback:        d.byName,
		KeyboardInteractiveCallback: d.byQuestion,
		PasswordCallback:            d.byCode,
		PreAuthConnCallback:         func(gossh.ServerPreAuthConn) { d.link.asked() },
	}
}
