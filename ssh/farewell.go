package ssh

import (
	"context"
	"errors"
	"time"

	"pingyi/tui"
)

// farewell is what a person is told when their screen ends, and the exit code. why is
// the sentence of what has ended it, "" if they left; broke says that it broke.
func farewell(why string, broke bool) (told string, exit int) {
	switch {
	case broke:
		return "程序出错了：请重新登录。", exitFailed
	case why != "":
		return why, exitFailed
	}
	return "已退出。再次登录会回到会议现在的地方。", 0
}

// untilLeft shows a person a screen that is drawn for no terminal until they leave,
// their connection breaks, or the session is asked to end. It returns the farewell.
// what names the screen in the log.
func (s *Server) untilLeft(one *session, what string, show func(context.Context) error) (told string, exit int) {
	s.seats.takeScreen(one)
	began := time.Now()
	broke := errors.Is(show(one.stay), tui.ErrBroken)
	if broke {
		s.log.Error("a "+what+" broke", "branch", one.at.branch, "who", one.at.id)
	}
	s.log.Info(what+" closed", "branch", one.at.branch, "who", one.at.id, "after", time.Since(began).Round(time.Second))
	return farewell(one.asked(), broke)
}
