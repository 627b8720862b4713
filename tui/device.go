package tui

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// deviceChoices lead to the devices that are remembered.
func deviceChoices(a *App) []choice {
	if m, known := a.s.Member(a.Who); !known || m.Kind == meeting.Above {
		return nil
	}
	return []choice{deviceChoice(a)}
}

func deviceChoice(a *App) choice {
	return choice{label: a.words.Device.Open, id: "devices", do: openDevices}
}

// openDevices shows one's devices, and to who runs the meeting everybody's. It has
// the one of this login remembered, and others forgotten.
func openDevices(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Device.Open, opened: true, say: devicesSay, choices: func(a *App) []choice {
		var list []choice
		if _, known := a.s.DeviceOf(a.Device); a.Device != "" && !known {
			list = append(list, choice{label: a.words.Device.Remember, id: "remember", why: mayRemember(a), do: rememberDevice})
		}
		for _, d := range a.s.DevicesOf(a.Who) {
			list = append(list, a.device(d))
		}
		return list
	}})
}

// mayRemember says why a device can't be remembered now, "" if it can. Those of the
// organisation always may.
func mayRemember(a *App) string {
	if a.Above != nil {
		return ""
	}
	return a.words.why(a.s, a.Who, meeting.ActKey)
}

func devicesSay(a *App, f *flow) {
	switch _, known := a.s.DeviceOf(a.Device); {
	case a.Device == "":
		f.say(draw.Plain, a.words.Device.NoKey)
	case !known:
		f.say(draw.Plain, a.words.Device.About)
	}
	if len(a.s.DevicesOf(a.Who)) == 0 {
		f.say(draw.Plain, a.words.Device.None)
	} else {
		f.say(draw.Plain, a.words.Device.MayForget)
	}
}

func rememberDevice(a *App) tea.Cmd {
	return a.weigh(a.words.Device.Remember, a.words.Device.Ask, a.words.Device.Yes, func(a *App) tea.Cmd {
		return a.hand(meeting.RememberKey{Key: a.Device}, "", 0, a.words.Device.Remembered)
	})
}

// device is the row of a remembered device.
func (a *App) device(d meeting.Device) choice {
	label := a.words.Device.Row.of(a.name(d.Who), d.At.In(a.s.Branch.Location()).Format(time.DateOnly))
	if d.Key == a.Device {
		label += a.words.Device.Here
	}
	note := a.words.Device.Note.of(d.No, d.Fingerprint())
	return choice{label: label, id: "device:" + strconv.Itoa(d.No), note: note, do: func(a *App) tea.Cmd {
		return a.weigh(a.words.Device.AskForget.of(label), note, a.words.Device.YesForget, func(a *App) tea.Cmd {
			return a.hand(meeting.ForgetKey{No: d.No}, "", 0, a.words.Device.Forgotten)
		})
	}}
}
