package ssh

import (
	"context"
	"errors"
	"strings"
	"time"

	charm "charm.land/ssh"

	"pingyi/tui"
)

// streams reports whether a person gets their screen as data: they said the word
// page, and have no terminal, which would write it onto a screen.
func streams(sess charm.Session) bool {
	_, _, terminal := sess.Pty()
	return !terminal && strings.TrimSpace(sess.RawCommand()) == "page"
}

// page sends a person their screen as data until they leave, their connection
// breaks, or the session is asked to end. It returns the exit code.
func (s *Server) page(sess charm.Session, one *session) (exit int) {
	s.seats.takeScreen(one)
	began := time.Now()
	why, err := one.whileWanted(func(ctx context.Context) error {
		return tui.Stream(ctx, s.screens(one, sess.Environ()), one.typedLines(sess), sess, &one.running)
	})
	switch {
	case errors.Is(err, tui.ErrBroken):
		s.log.Error("a page broke", "branch", one.at.branch, "who", one.at.id)
		why, exit = "程序出错了：请重新登录。", exitFailed
	case why == "":
		why = "已退出。再次登录会回到会议现在的地方。"
	default:
		exit = exitFailed
	}
	s.log.Info("page closed", "branch", one.at.branch, "who", one.at.id, "after", time.Since(began).Round(time.Second))
	_ = tui.Bye(sess, why, s.seats.closes(why)) // the client may be gone already
	return exit
}
