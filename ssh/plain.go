package ssh

import (
	"context"
	"fmt"
	"strings"

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
	_, _, terminal := sess.Pty()
	why, exit := s.untilLeft(one, "plain screen", func(ctx context.Context) error {
		return tui.Plain(ctx, *s.screens(one, sess.Environ()), one.typedLines(sess), sess, terminal, &one.running)
	})
	_, _ = fmt.Fprintln(sess, why) // the client may be gone already
	return exit
}
