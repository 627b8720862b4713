package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

func TestABranchIsFoundedOnceByTheKeeper(t *testing.T) {
	rules, good := meetingtest.Rules(t, "seed-2017"), meetingtest.SampleBranch()
	h := newTown(t)
	h.Refused("m03", meeting.SignIn{}, meeting.NotFounded)
	h.Refused("m03", meeting.Found{Branch: good, Rules: rules}, meeting.KeeperOnly)
	h.Refused(meeting.Keeper, meeting.Found{Branch: good}, meeting.NotFounded)
	h.Refused(meeting.Keeper, meeting.Found{Branch: good, Rules: &preset.Rules{ID: "x"}}, meeting.NotFounded)
	for _, id := range []string{"", "a b", "../b1", "支部", "abcdefghijklmnopqrstu"} {
		h.Refused(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: id, Name: "第一党支部", Org: "某党总支"}, Rules: rules}, meeting.BadID, id)
	}
	h.Refused(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: "b1", Org: "某党总支"}, Rules: rules}, meeting.FieldText, "支部名称", "text-missing")
	h.Refused(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: "b1", Name: "一\n二", Org: "某党总支"}, Rules: rules}, meeting.FieldText, "支部名称", "control-characters")
	h.Refused(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: "b1", Name: "第一党支部"}, Rules: rules}, meeting.FieldText, "上级党组织名称", "text-missing")
	for _, zone := range []string{"CST", "8", "+24:00", "-13:00", "Asia/Shanghai"} {
		away := good
		away.Zone = zone
		h.Refused(meeting.Keeper, meeting.Found{Branch: away, Rules: rules}, meeting.BadZone, zone)
	}
	h.Does(meeting.Keeper, meeting.Found{Branch: good, Rules: rules})
	h.Refused(meeting.Keeper, meeting.Found{Branch: good, Rules: rules}, meeting.BranchExists, "b1")
	same(t, "agenda", len(h.State().Agenda), 14)
	same(t, "phase", h.State().Phase, meeting.Before)
}

func TestSeatsFollowFromTheRosterAndWhoIsNamed(t *testing.T) {
	people := fifteen()
	people[7].Post, people[16].Post = "指导教师", "" // no guide
	people = append(people, meeting.Member{ID: "g2", Name: "列席02", Kind: meeting.Guest})
	h := newHall(t, "seed-2017", nil, people...)
	h.Refused("m05", meeting.Name{ID: "m05", Seat: meeting.SeatConsole}, meeting.ConsoleOnly)
	h.Refused("m03", meeting.Name{ID: "m99", Seat: meeting.SeatRecorder}, meeting.UnknownMember, "m99")
	h.Refused("m03", meeting.Name{ID: "g1", Seat: meeting.SeatRecorder}, meeting.NotInParty, "列席01")
	h.Refused("m03", meeting.Name{ID: "m05", Seat: meeting.SeatScrutineer}, meeting.UnknownSeat, "scrutineer")
	h.Refused("m03", meeting.Name{ID: "m03", Seat: meeting.SeatConsole}, meeting.AlreadySeated, "党员03")
	h.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatRecorder}, meeting.Name{ID: "m06", Seat: meeting.SeatConsole})
	h.Refused("m03", meeting.Name{ID: "m05", Seat: meeting.SeatRecorder}, meeting.AlreadySeated, "党员05")
	h.Does("m06", meeting.Name{ID: "m07", Seat: meeting.SeatRecorder})
	for id, want := range map[meeting.MemberID][]meeting.Seat{
		"m03": {meeting.SeatConsole, meeting.SeatMember, meeting.SeatCommittee},
		"m05": {meeting.SeatMember}, // no longer the recorder
		"m06": {meeting.SeatConsole, meeting.SeatMember},
		"m07": {meeting.SeatRecorder, meeting.SeatMember},
		"m02": {meeting.SeatMember, meeting.SeatCommittee},
		"m14": {meeting.SeatMember},
		"m08": {meeting.SeatMember},
		"g1":  {meeting.SeatGuide},
		"g2":  {meeting.SeatGuest},
		"q1":  {meeting.SeatMass},
		"m99": nil, "screen": {meeting.SeatProjector},
	} {
		same(t, string(id), h.State().Seats(id), want)
	}
}

func TestAScrutineerHasASeatUntilTheVoteIsVoid(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil)
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m05", "m06")})
	same(t, "m05", h.State().Seats("m05"), []meeting.Seat{meeting.SeatMember, meeting.SeatScrutineer})
	h.Does("m03", meeting.Void{Reason: "换人"})
	same(t, "m05", h.State().Seats("m05"), []meeting.Seat{meeting.SeatMember})
}

func TestTheDeputyHasTheChairWhereThereIsNoSecretary(t *testing.T) {
	people := fifteen()
	people[2].PartyPost, people[6].PartyPost = "", "副书记"
	h := newHall(t, "seed-2017", nil, people...)
	same(t, "chair", h.State().Chair(), "m07")
	h.Refused("m03", meeting.Next{}, meeting.ConsoleOnly)
	h.Does("m07", meeting.Next{})
}

// Without this a branch whose secretary is ill on the day could not meet.
func TestTheKeeperNamesAFacilitatorWhereNobodyElseCan(t *testing.T) {
	people := fifteen()
	people[2].PartyPost = ""
	h := newHall(t, "seed-2017", nil, people...)
	same(t, "chair", h.State().Chair(), "")
	h.Refused("m02", meeting.Name{ID: "m02", Seat: meeting.SeatConsole}, meeting.ConsoleOnly)
	h.Does(meeting.Keeper, meeting.Name{ID: "m02", Seat: meeting.SeatConsole})
	h.Does("m02", meeting.Next{})
}
