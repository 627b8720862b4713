package org_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/org"
)

// asks has somebody of the organisation ask for something, and keeps the records.
func (p *play) asks(r org.Request) error {
	p.t.Helper()
	r.At = spring.Add(time.Hour)
	events, err := org.Decide(p.s, r)
	if err != nil {
		return err
	}
	for _, e := range events {
		body, _, _, err := org.Machine{}.Encode(e)
		if err != nil {
			p.t.Fatal(err)
		}
		again, err := org.Machine{}.Decode(body, nil)
		if err != nil {
			p.t.Fatal(err)
		}
		p.log, p.s = append(p.log, string(body)), org.Apply(p.s, again)
	}
	return nil
}

func refusedWith(err error, want meeting.Code) bool {
	var no *meeting.Refusal
	return errors.As(err, &no) && no.Code == want
}

func TestTheDevicesOfThoseAbove(t *testing.T) {
	p := year(t)
	p.does(org.AddPerson{Person: person("s3", "委员丙", "")})
	p.does(org.IssueCodes{Hashes: map[meeting.MemberID]string{"s3": "cc"}})
	remember := func(n int) org.Request {
		return org.Request{By: "s1", Code: "aa", Do: org.RememberKey{Key: meetingtest.PublicKey(n)}}
	}
	if err := p.asks(remember(1)); err != nil {
		t.Fatal(err)
	}
	if d := p.s.DevicesOf("s1"); len(d) != 1 || d[0] != (meeting.Device{No: 1, Who: "s1", Key: meetingtest.PublicKey(1), At: spring.Add(time.Hour)}) {
		t.Errorf("%+v", d)
	}
	if last := p.log[len(p.log)-1]; !strings.Contains(last, `"kind":"key-remembered","v":1,"by":"s1"`) || !strings.Contains(last, `"fact":{"no":1,"who":"s1","key":"ssh-ed25519 `) {
		t.Error(last)
	}
	was := p.s
	byDevice := org.Request{By: "s1", Device: meetingtest.PublicKey(1), Do: org.RememberKey{Key: meetingtest.PublicKey(2)}}
	if err := p.asks(byDevice); err != nil || len(was.Devices) != 1 {
		t.Errorf("%v %+v", err, was.Devices)
	}
	for what, c := range map[string]struct {
		r    org.Request
		want meeting.Code
	}{
		"the same device again":       {remember(1), meeting.KeyKnown},
		"another's device":            {org.Request{By: "s3", Code: "cc", Do: org.RememberKey{Key: meetingtest.PublicKey(1)}}, meeting.KeyTaken},
		"no key":                      {org.Request{By: "s1", Code: "aa", Do: org.RememberKey{Key: "ssh-ed25519 x"}}, meeting.BadKey},
		"an old code":                 {org.Request{By: "s1", Code: "00", Do: org.RememberKey{Key: meetingtest.PublicKey(3)}}, meeting.CodeReplaced},
		"no code":                     {org.Request{By: "s1", Do: org.RememberKey{Key: meetingtest.PublicKey(3)}}, meeting.CodeReplaced},
		"a device of nobody":          {org.Request{By: "s1", Device: meetingtest.PublicKey(9), Do: org.RememberKey{Key: meetingtest.PublicKey(3)}}, meeting.DeviceForgotten},
		"another's device behind one": {org.Request{By: "s3", Device: meetingtest.PublicKey(1), Do: org.ForgetKey{No: 1}}, meeting.DeviceForgotten},
		"who has left":                {org.Request{By: "s2", Code: "bb", Do: org.RememberKey{Key: meetingtest.PublicKey(3)}}, meeting.NotOnRoster},
		"the keeper":                  {org.Request{Do: org.ForgetKey{No: 1}}, meeting.NotOnRoster},
		"forgetting another's":        {org.Request{By: "s3", Code: "cc", Do: org.ForgetKey{No: 1}}, meeting.NoSuchDevice},
		"adding a person":             {org.Request{By: "s1", Code: "aa", Do: org.AddPerson{Person: person("s4", "委员丁", "")}}, meeting.KeeperOnly},
	} {
		if err := p.asks(c.r); !refusedWith(err, c.want) {
			t.Errorf("%s: %v, want %s", what, err, c.want)
		}
	}
	if err := p.asks(org.Request{By: "s1", Code: "aa", Do: org.ForgetKey{No: 1}}); err != nil || p.s.DeviceEnded("s1", meetingtest.PublicKey(1)) == nil {
		t.Errorf("forgotten: %v", err)
	}
	if err := p.asks(byDevice); !refusedWith(err, meeting.KeyKnown) && !refusedWith(err, meeting.DeviceForgotten) {
		t.Errorf("a forgotten device: %v", err)
	}
	p.does(org.IssueCodes{Hashes: map[meeting.MemberID]string{"s1": "dd"}})
	if d := p.s.Devices; len(d) != 0 {
		t.Errorf("after a new code: %+v", d)
	}
	if err := p.asks(remember(4)); !refusedWith(err, meeting.CodeReplaced) {
		t.Errorf("with the old code: %v", err)
	}
	for n := 1; n <= meeting.MostDevices+1; n++ {
		r := remember(n)
		r.Code = "dd"
		if err := p.asks(r); (err == nil) != (n <= meeting.MostDevices) || n > meeting.MostDevices && !refusedWith(err, meeting.TooManyKeys) {
			t.Errorf("device %d: %v", n, err)
		}
	}
	if d := p.s.DevicesOf("s1"); d[0].No != 3 {
		t.Errorf("a number was given again: %+v", d[0])
	}
	p.does(org.RemovePerson{ID: "s1"})
	if d := p.s.Devices; len(d) != 0 {
		t.Errorf("after leaving: %+v", d)
	}
}
