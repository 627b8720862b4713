package ssh

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	charm "charm.land/ssh"

	"pingyi/tui"
)

// plainly reports whether a person gets the screen line by line: without a
// terminal, on one that can draw nothing, or because they said the word plain.
func plainly(sess charm.Session) bool {
	pty, _, terminal := sess.Pty()
	switch strings.TrimSpace(sess.RawCommand()) {
	case "plain":
		return true
	case "":
		return !terminal || pty.Term == "dumb"
	}
	return false
}

// plain shows a person their screen line by line until they leave, their
// connection breaks, or the session is asked to end. It returns the exit code.
func (s *Server) plain(sess charm.Session, one *session) (exit int) {
	s.seats.takeScreen(one)
	began := time.Now()
	_, _, terminal := sess.Pty()
	why, err := one.whileWanted(func(ctx context.Context) error {
		return tui.Plain(ctx, s.screens(one, sess.Environ()), one.typedLines(sess), sess, terminal, &one.running)
	})
	switch {
	case errors.Is(err, tui.ErrBroken):
		s.log.Error("a plain screen broke", "branch", one.at.branch, "who", one.at.id)
		why, exit = "程序出错了：请重新登录。", exitFailed
	case why == "":
		why = "已退出。再次登录会回到会议现在的地方。"
	default:
		exit = exitFailed
	}
	s.log.Info("plain screen closed", "branch", one.at.branch, "who", one.at.id, "after", time.Since(began).Round(time.Second))
	// The client may be gone already.
	_, _ = fmt.Fprintln(sess, why)
	return exit
}
