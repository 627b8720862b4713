package ssh

import (
	"context"
	"crypto/subtle"
	"errors"
	"slices"
	"strings"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
)

// person is who somebody is: a member of one branch, or its projector. It is
// taken from an authenticated connection only.
type person struct {
	room Room
	id   meeting.MemberID
	hash string // of the join code that was used; "" for a projector at the server itself
}

func (p person) branch() string { return p.room.State().Branch.ID }

// admitted reports whether the code that let p in is still valid: new codes
// end what an old one may do. A projector stands on the console's code.
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

// personKey finds a person among what an authenticated connection carries.
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

// refusal ends an attempt to authenticate with a sentence for the person.
func refusal(sentence string) error {
	return &gossh.BannerError{Err: errRefused, Message: sentence + "\r\n"}
}

// doorman authenticates one connection: by join code, asked for with
// keyboard-interactive or sent as a password. The user name is free, except
// for the projector's.
type doorman struct {
	*Server
	ctx  context.Context // of the connection
	link *link
}

// byName lets the projector in without a code where it can do no harm: at the
// server itself. Everybody else is asked for a code.
func (d doorman) byName(conn gossh.ConnMetadata) (*gossh.Permissions, error) {
	branch, ok := projector(conn.User())
	if !ok || !loopback(conn.RemoteAddr()) {
		return nil, errRefused
	}
	room, err := d.stage(branch)
	if err != nil {
		return nil, err
	}
	d.link.admitted()
	return grant(person{room: room, id: meeting.Screen}), nil
}

// byQuestion asks for the join code. Everything stands in the question: OpenSSH
// shows the instruction before it as escape codes if it is not ASCII.
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

// byCode looks a join code up. Every stored hash is compared, in constant time.
func (d doorman) byCode(conn gossh.ConnMetadata, typed []byte) (*gossh.Permissions, error) {
	rooms, err := d.config.Halls(d.ctx)
	if err != nil {
		d.log.Error("branches can't be read", "err", err)
		return nil, refusal("服务器现在打不开支部的记录：请告诉主持人。")
	}
	hash := HashCode(d.config.Secret, string(typed))
	var found person
	check := func() bool {
		for _, room := range rooms {
			for id, h := range room.State().Codes {
				if subtle.ConstantTimeCompare([]byte(h), []byte(hash)) == 1 {
					found = person{room: room, id: id, hash: h}
				}
			}
		}
		return found.room != nil && CleanCode(string(typed)) != ""
	}
	switch d.guard.try(conn.RemoteAddr(), check) {
	case locked:
		return nil, d.lockedOut(conn)
	case wrong:
		d.log.Warn("wrong join code", "addr", conn.RemoteAddr())
		return nil, refusal("入会码不对：请对照纸条再输一次。")
	}
	if branch, ok := projector(conn.User()); ok {
		if found, err = d.asProjector(found, branch); err != nil {
			return nil, err
		}
	}
	d.link.admitted()
	return grant(found), nil
}

// lockedOut says so and hangs up: a client that asks again and again for what
// is not looked at would only confuse.
func (d doorman) lockedOut(conn gossh.ConnMetadata) error {
	if pre, ok := conn.(gossh.ServerPreAuthConn); ok {
		// Who does not hear it notices that the line is dead.
		_ = pre.SendAuthBanner("入会码输错太多次：请等一分钟再试。\r\n")
	}
	return errors.Join(errRefused, d.link.Close())
}

// asProjector turns the holder of a console into their branch's projector.
func (d doorman) asProjector(p person, branch string) (person, error) {
	s := p.room.State()
	if !slices.Contains(s.Seats(p.id), meeting.SeatConsole) {
		return person{}, refusal("投影要用主持人的入会码：请让主持人输入。")
	}
	if branch != "" && branch != s.Branch.ID {
		return person{}, refusal("这个入会码不是那个支部的：请检查 screen+ 后面的支部编号。")
	}
	return person{room: p.room, id: meeting.Screen, hash: p.hash}, nil
}

// projector reports whether a user name asks for the projector: screen, or
// screen+BRANCH.
func projector(user string) (branch string, ok bool) {
	name, branch, _ := strings.Cut(user, "+")
	return branch, name == string(meeting.Screen)
}

// stage is the room that a projector shows: that of the branch named; else the
// one whose meeting is on, the latest if there are several; else the only one,
// or the one that met last. A rehearsal gives way to a meeting.
func (d doorman) stage(branch string) (Room, error) {
	rooms, err := d.config.Halls(d.ctx)
	if err != nil {
		d.log.Error("branches can't be read", "err", err)
		return nil, refusal("服务器现在打不开支部的记录：请告诉主持人。")
	}
	var best Room
	for _, room := range rooms {
		switch {
		case branch != "" && room.State().Branch.ID != branch:
		case best == nil || moreRecent(room.State(), best.State()):
			best = room
		}
	}
	if best == nil {
		return nil, refusal("没有这个支部：请检查 screen+ 后面的支部编号。")
	}
	return best, nil
}

func moreRecent(a, b *meeting.State) bool {
	goesOn := func(s *meeting.State) int {
		switch {
		case s.Rehearsal:
			return 1
		case s.Phase == meeting.Live:
			return 2
		}
		return 0
	}
	if x, y := goesOn(a), goesOn(b); x != y {
		return x > y
	}
	return a.Began().After(b.Began())
}

// serverConfig is how one connection is authenticated. The algorithms are the
// library's: aes128-gcm before the dearer ones (terminal.md §1), and ML-KEM.
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
