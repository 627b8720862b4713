package tui

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

func TestADeviceIsRememberedAndForgottenOnAPage(t *testing.T) {
	p := momentOf(t, "study")
	member := p.as("m05")
	member.app.Device = meetingtest.PublicKey(5)
	member.picks("记住的设备").sees("没有记住的设备").takes("记住这台设备").sees("是，记住它")
	p.room.Later(grace)
	member.press("1").sees("已记住这台设备", "（这台）").seesNo("没有记住的设备")
	if d := p.State().DevicesOf("m05"); len(d) != 1 || d[0].Key != meetingtest.PublicKey(5) {
		t.Fatalf("remembered: %+v", d)
	}
	p.as("m06").picks("记住的设备").sees("没有证明任何密钥", "没有记住的设备")
	chair := p.as("m03").picks("记住的设备").sees("党员05", "第 1 号", "SHA256:")
	chair.takes("device:1").sees("是，忘记它")
	p.room.Later(grace)
	chair.press("1").sees("已忘记")
	if d := p.State().Devices; len(d) != 0 {
		t.Errorf("still there: %+v", d)
	}
}

func TestThePageOfDevices(t *testing.T) {
	for _, tongue := range tongues {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%dx%d%s", size.w, size.h, tongue.suffix), func(t *testing.T) {
				p := momentOf(t, "study")
				p.Does("m05", meeting.RememberKey{Key: meetingtest.PublicKey(5)})
				p.Does("m06", meeting.RememberKey{Key: meetingtest.PublicKey(6)})
				p.width, p.height, p.env = size.w, size.h, tongue.env
				text := ""
				for _, who := range []meeting.MemberID{"m03", "m05", "m07"} {
					s := p.as(who)
					s.app.Device = meetingtest.PublicKey(5)
					text += "==== " + string(who) + "\n" + s.opens("m @devices").screen() + "\n"
				}
				golden.RequireEqual(t, text)
			})
		}
	}
}

// Somebody of the organisation finds their devices below the branches.
func TestASuperiorFindsTheirDevices(t *testing.T) {
	for _, size := range sizes {
		p := planned(t, size.w, size.h)
		s := p.superior(1)
		s.app.Device = meetingtest.PublicKey(5)
		s.takes("devices").sees("记住这台设备").takes("remember").sees("是，记住它")
	}
}
