package meeting

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"
	"time"
)

// ActKey has a device remembered, so that it lets its owner in without a join
// code, and forgotten.
const ActKey Action = "key"

var deviceActions = []action{{ActKey, forMembers, (*State).always}}

// Why a device lets nobody in any more.
const (
	DeviceForgotten Code = "device-forgotten"
	DeviceYearOver  Code = "device-year-over" // the year that came after
)

// Why a device is not remembered or forgotten.
const (
	BadKey       Code = "bad-key"
	KeyKnown     Code = "key-known" // its number
	KeyTaken     Code = "key-taken"
	TooManyKeys  Code = "too-many-keys" // how many there may be
	NoSuchDevice Code = "no-such-device"
)

// MostDevices is how many devices of one person are remembered.
const MostDevices = 8

// longestKey bounds a public key as it is stored, in bytes.
const longestKey = 4096

// Device is a device that is remembered: whoever proves to have the private part
// of its key is its owner.
type Device struct {
	No  int       `json:"no"`
	Who MemberID  `json:"who"`
	Key string    `json:"key"` // its public key, as authorized_keys has it, without a comment
	At  time.Time `json:"at"`
}

// Fingerprint is that of its key as OpenSSH shows it: ED25519 SHA256:….
func (d Device) Fingerprint() string {
	kind, encoded, _ := strings.Cut(d.Key, " ")
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return ""
	}
	kind = strings.TrimPrefix(strings.TrimPrefix(kind, "sk-"), "ssh-")
	if end := strings.IndexAny(kind, "-@"); end >= 0 {
		kind = kind[:end]
	}
	sum := sha256.Sum256(data)
	return strings.ToUpper(kind) + " SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:])
}

// DevicesOf are the devices of somebody; for who runs the meeting, everybody's.
func (s *State) DevicesOf(who MemberID) []Device {
	return slices.DeleteFunc(slices.Clone(s.Devices), func(d Device) bool { return d.Who != who && !s.runs(who) })
}

// DeviceOf returns the device that has a public key.
func (s *State) DeviceOf(key string) (Device, bool) {
	i := slices.IndexFunc(s.Devices, func(d Device) bool { return d.Key == key })
	if i < 0 {
		return Device{}, false
	}
	return s.Devices[i], true
}

// DeviceEnded says why the device of id that has a public key lets nobody in; nil
// while it does. It ends when it is forgotten, and with the archive as the code of
// its owner would ([State.CodeEnded]); the branch's next year remembers it anew.
func (s *State) DeviceEnded(id MemberID, key string) *Refusal {
	m, _ := s.Member(id)
	d, known := s.DeviceOf(key)
	switch {
	case m.Gone():
		return refuse(LeftBranch)
	case !known || d.Who != id:
		return refuse(DeviceForgotten)
	case s.Next != 0:
		return refuse(DeviceYearOver, s.Next)
	case s.Archive != nil && !s.answerOwed(id):
		return refuse(CodeArchived)
	}
	return nil
}

// RememberKey has the caller's device remembered. Who submits it vouches that the
// caller has proved to have the private part of the key.
type RememberKey struct{ Key string }

func (c RememberKey) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActKey); no != nil {
		return nil, no
	}
	if !CheckKey(c.Key) {
		return nil, refuse(BadKey)
	}
	if d, known := s.DeviceOf(c.Key); known {
		return nil, first(need(d.Who == r.By, KeyTaken), refuse(KeyKnown, d.No))
	}
	own := slices.DeleteFunc(slices.Clone(s.Devices), func(d Device) bool { return d.Who != r.By })
	if len(own) >= MostDevices {
		return nil, refuse(TooManyKeys, MostDevices)
	}
	return []Fact{KeyRemembered{No: s.LastDevice + 1, Who: r.By, Key: c.Key}}, nil
}

// CheckKey reports whether a text is a public key as it is stored: its kind and the
// key itself in base64, which names the same kind.
func CheckKey(text string) bool {
	kind, encoded, two := strings.Cut(text, " ")
	data, err := base64.StdEncoding.DecodeString(encoded)
	if !two || err != nil || len(text) > longestKey || len(data) < 4 {
		return false
	}
	n := binary.BigEndian.Uint32(data)
	return base64.StdEncoding.EncodeToString(data) == encoded && n > 0 && uint64(n) < uint64(len(data)-4) && string(data[4:4+n]) == kind
}

// KeyRemembered says whose device is remembered under which number.
type KeyRemembered struct {
	No  int      `json:"no"`
	Who MemberID `json:"who"`
	Key string   `json:"key"`
}

func (f KeyRemembered) apply(s *State, e Event) {
	s.Devices = append(s.Devices, Device{No: f.No, Who: f.Who, Key: f.Key, At: e.At})
	s.LastDevice = f.No
}

// ForgetKey ends what a device may do. Its owner may forget it, and who runs the
// meeting; nobody else learns that there is one.
type ForgetKey struct{ No int }

func (c ForgetKey) decide(s *State, r Request) ([]Fact, error) {
	if s.Rules == nil {
		return nil, refuse(NotFounded)
	}
	if _, known := s.Member(r.By); !known {
		return nil, NotListed(r.By)
	}
	for _, d := range s.DevicesOf(r.By) {
		if d.No == c.No {
			return []Fact{KeyForgotten{No: d.No, Who: d.Who}}, nil
		}
	}
	return nil, refuse(NoSuchDevice)
}

// KeyForgotten says which device lets nobody in any more.
type KeyForgotten struct {
	No  int      `json:"no"`
	Who MemberID `json:"who"`
}

func (f KeyForgotten) apply(s *State, _ Event) {
	s.Devices = slices.DeleteFunc(slices.Clone(s.Devices), func(d Device) bool { return d.No == f.No })
}

// forgetDevices forgets all devices of these people.
func (s *State) forgetDevices(of map[MemberID]bool) {
	if slices.ContainsFunc(s.Devices, func(d Device) bool { return of[d.Who] }) {
		s.Devices = having(s.Devices, func(d Device) bool { return !of[d.Who] })
	}
}
