package ssh

import (
	"pingyi/meeting"
	"pingyi/tui"
)

// A booth is a terminal that members without a device share, one after another:
// booth@, or booth+BRANCH@ where there are several branches. It is opened as a
// projector is: with the code that was issued for it or that of somebody who runs
// the console, or without a code through the control socket. It may do nothing. Its screen asks for the join
// code of whoever sits down, and then acts in that person's name.

// errBooth answers a booth without a terminal, or with a word.
const errBooth = usageError("公用终端只能在终端里用：请加 -t 登录，后面不写命令。")

// stays returns the [tui.Config.Stays] of a session, nil unless it is a booth.
func (s *Server) stays(one *session) func() error {
	if one.who.id != meeting.Booth {
		return nil
	}
	return func() error {
		if visitor := one.visitor.Load(); visitor != nil {
			return one.stays(visitor.id)
		}
		return nil
	}
}

// admits returns the [tui.Config.Admit] of a session, nil unless it is a booth.
// Only valid codes of the booth's own branch count. A wrong code costs the
// booth's address what it costs at the door.
func (s *Server) admits(one *session) func(code string) (meeting.MemberID, error) {
	if one.who.id != meeting.Booth {
		return nil
	}
	return func(code string) (meeting.MemberID, error) {
		p, v := s.holder(one.RemoteAddr(), code, one.link.hold, person{room: one.who.room})
		if v == right && meeting.Fixture(p.id) {
			v = wrong
		}
		switch v {
		case malformed:
			_, why := notACode(code)
			return "", sentence(why)
		case wrong:
			return "", sentence("入会码不对，或者不是本支部的：请对照纸条再输一次。")
		}
		if no := p.ended(); no != nil {
			return "", sentence(tui.Chinese().Say(no))
		}
		one.visitor.Store(&p)
		s.log.Info("admitted at a booth", "branch", one.at.branch, "who", p.id)
		return p.id, nil
	}
}
