package org

import (
	"slices"
	"strconv"

	"pingyi/meeting"
)

// DevicesOf are the devices of somebody of the organisation, of which each lets its
// owner in without a join code.
func (s *State) DevicesOf(who meeting.MemberID) []meeting.Device {
	return slices.DeleteFunc(slices.Clone(s.Devices), func(d meeting.Device) bool { return d.Who != who })
}

// DeviceOf returns the device that has a public key.
func (s *State) DeviceOf(key string) (meeting.Device, bool) {
	i := slices.IndexFunc(s.Devices, func(d meeting.Device) bool { return d.Key == key })
	if i < 0 {
		return meeting.Device{}, false
	}
	return s.Devices[i], true
}

// DeviceEnded says why the device of id that has a public key lets nobody in; nil
// while it does.
func (s *State) DeviceEnded(id meeting.MemberID, key string) *meeting.Refusal {
	if d, known := s.DeviceOf(key); !known || d.Who != id {
		return &meeting.Refusal{Code: meeting.DeviceForgotten}
	}
	return nil
}

// RememberKey has the caller's device remembered. Who submits it vouches that the
// caller has proved to have the private part of the key.
type RememberKey struct{ Key string }

func (c RememberKey) decide(s *State, r Request) ([]Fact, error) {
	if !meeting.CheckKey(c.Key) {
		return nil, &meeting.Refusal{Code: meeting.BadKey}
	}
	if d, known := s.DeviceOf(c.Key); known && d.Who == r.By {
		return nil, &meeting.Refusal{Code: meeting.KeyKnown, Args: []string{strconv.Itoa(d.No)}}
	} else if known {
		return nil, &meeting.Refusal{Code: meeting.KeyTaken}
	}
	if len(s.DevicesOf(r.By)) >= meeting.MostDevices {
		return nil, &meeting.Refusal{Code: meeting.TooManyKeys, Args: []string{strconv.Itoa(meeting.MostDevices)}}
	}
	return []Fact{KeyRemembered{No: s.LastDevice + 1, Who: r.By, Key: c.Key}}, nil
}

// KeyRemembered says whose device is remembered under which number.
type KeyRemembered struct {
	No  int              `json:"no"`
	Who meeting.MemberID `json:"who"`
	Key string           `json:"key"`
}

func (f KeyRemembered) apply(s *State) {
	s.Devices = append(slices.Clip(s.Devices), meeting.Device{No: f.No, Who: f.Who, Key: f.Key, At: s.At})
	s.LastDevice = f.No
}

// ForgetKey ends what a device of the caller may do.
type ForgetKey struct{ No int }

func (c ForgetKey) decide(s *State, r Request) ([]Fact, error) {
	for _, d := range s.DevicesOf(r.By) {
		if d.No == c.No {
			return []Fact{KeyForgotten{No: d.No, Who: d.Who}}, nil
		}
	}
	return nil, &meeting.Refusal{Code: meeting.NoSuchDevice}
}

// KeyForgotten says which device lets nobody in any more.
type KeyForgotten struct {
	No  int              `json:"no"`
	Who meeting.MemberID `json:"who"`
}

func (f KeyForgotten) apply(s *State) {
	s.Devices = slices.DeleteFunc(slices.Clone(s.Devices), func(d meeting.Device) bool { return d.No == f.No })
}

// forgetDevices forgets all devices of somebody.
func (s *State) forgetDevices(who meeting.MemberID) {
	s.Devices = slices.DeleteFunc(slices.Clone(s.Devices), func(d meeting.Device) bool { return d.Who == who })
}
