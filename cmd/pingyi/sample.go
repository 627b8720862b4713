package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store/folder"
	"pingyi/store/hall"
)

// samplePeople returns n party members (党员01 …, a committee of three, the
// last two 预备党员) and a guide from the superior.
func samplePeople(n int) []meeting.Member {
	posts := map[int]string{1: "书记", 2: "组织委员", 3: "宣传委员"}
	var people []meeting.Member
	for i := 1; i <= n; i++ {
		m := meeting.Member{
			ID: meeting.MemberID(fmt.Sprintf("m%02d", i)), Name: fmt.Sprintf("党员%02d", i), Kind: meeting.Formal,
			PartyPost: posts[i], Group: fmt.Sprintf("第%d党小组", i%3+1), Joined: fmt.Sprintf("%d-07", 1990+i%25),
		}
		if i > n-2 {
			m.Kind, m.Joined = meeting.Probationary, "2016-06"
		}
		people = append(people, m)
	}
	return append(people, meeting.Member{ID: "g01", Name: "列席01", Kind: meeting.Guest, Post: "党总支委员", PartyPost: "指导领导"})
}

// sampleAbsent returns the member of a sample branch of n who is away and has
// handed in written material.
func sampleAbsent(n int) meeting.MemberID { return meeting.MemberID(fmt.Sprintf("m%02d", n-2)) }

const sampleReason = "公出"

// foundSample adds a sample branch of n members to a folder and returns its hall.
func foundSample(ctx context.Context, f *folder.Folder, id string, n int) (*hall.Hall, error) {
	if err := f.Found(ctx, id, "示范党支部"); err != nil {
		return nil, err
	}
	h, err := f.Hall(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := h.Act(ctx, meeting.Keeper, meeting.ImportRoster{People: samplePeople(n)}); err != nil {
		return nil, err
	}
	if _, err := h.Act(ctx, meeting.Keeper, meeting.Name{ID: "m03", Seat: meeting.SeatRecorder}); err != nil {
		return nil, err
	}
	absent := meeting.RecordAbsence{ID: sampleAbsent(n), Reason: sampleReason, Written: true}
	if _, err := h.Act(ctx, h.State().Chair(), absent); err != nil {
		return nil, err
	}
	return h, prepareSample(ctx, h, h.Now())
}

// sampleMembers is the number of members in the sample branch of `host
// --sample`.
const sampleMembers = 15

// samplePace is how long the sample meeting takes who facilitates it, as it was
// measured with sampleMembers and [humanPace].
const samplePace = "一百四五十次按键，不停地按四分多钟，边看边按十来分钟"

// sample opens the folder of `host --sample`. It makes the folder if there is
// none, and adds a new sample branch when the last one's meeting is over.
func (d *desk) sample(ctx context.Context) (*folder.Folder, *hall.Hall, error) {
	dir := d.path(d.data)
	err := folder.Init(dir, "示范党总支", folder.Config{Preset: preset.Default})
	if err != nil && !errors.Is(err, folder.ErrExists) {
		return nil, nil, err
	}
	f, err := d.open(ctx, folder.Access{Logs: d.metrics.logs()})
	if err != nil {
		return nil, nil, err
	}
	h, err := openSample(ctx, f)
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return f, h, nil
}

func openSample(ctx context.Context, f *folder.Folder) (*hall.Hall, error) {
	ids, err := f.Branches(ctx)
	if err != nil {
		return nil, err
	}
	for no := 1; ; no++ {
		id := fmt.Sprintf("sample%d", no)
		if !slices.Contains(ids, id) {
			return foundSample(ctx, f, id, sampleMembers)
		}
		h, err := f.Hall(ctx, id)
		if err != nil {
			return nil, err
		}
		if h.State().Phase == meeting.Before || h.State().Phase == meeting.Live {
			return h, nil
		}
	}
}

// defaultPapers returns the folder of a demo's papers if none is named.
func defaultPapers(data, stamp string) string { return filepath.Join(data, "papers", stamp) }
