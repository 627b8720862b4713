package ssh

import (
	"context"
	"strings"

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
	why, exit := s.untilLeft(one, "page", func(ctx context.Context) error {
		return tui.Stream(ctx, s.screens(one, sess.Environ()), one.typedLines(sess), sess, &one.running)
	})
	_ = tui.Bye(sess, why, s.seats.closes(why)) // the client may be gone already
	return exit
}
