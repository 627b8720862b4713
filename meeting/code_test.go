package meeting_test

import (
	"maps"
	"testing"

	"pingyi/meeting"
)

// endings say of every code why it no longer counts, "" while it does.
func endings(s *meeting.State) map[meeting.MemberID]meeting.Code {
	all := map[meeting.MemberID]meeting.Code{}
	for id, hash := range s.Codes.All() {
		all[id] = ""
		if no := s.CodeEnded(id, hash); no != nil {
			all[id] = no.Code
		}
	}
	return all
}

// sameEnd expects why a code no longer counts; "" for one that does.
func sameEnd(t *testing.T, s *meeting.State, id meeting.MemberID, hash string, want meeting.Code) {
	t.Helper()
	var got meeting.Code
	if no := s.CodeEnded(id, hash); no != nil {
		got = no.Code
	}
	same(t, string(id)+" "+hash, got, want)
}

func TestACodeEndsWhenItIsReplacedRevokedOrItsOwnerLeaves(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m03": "03", "m04": "04", "m05": "05"}})
	sameEnd(t, h.State(), "m03", "03", "")
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m03": "new"}})
	sameEnd(t, h.State(), "m03", "03", meeting.CodeReplaced)
	sameEnd(t, h.State(), "m03", "new", "")
	sameEnd(t, h.State(), "m04", "04", "")
	h.Does(meeting.Keeper, meeting.RevokeCodes{IDs: ids("m04")})
	sameEnd(t, h.State(), "m04", "04", meeting.CodeRevoked)
	holders := map[string]meeting.MemberID{}
	for _, hash := range []string{"03", "new", "04", "05"} {
		if id, has := h.State().Codes.Holder(hash); has {
			holders[hash] = id
		}
	}
	same(t, "who has which", holders, map[string]meeting.MemberID{"new": "m03", "05": "m05"})
	h.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{{ID: "m05", Name: "党员05", Kind: meeting.Formal, Standing: "已转出"}}, Yes: true})
	sameEnd(t, h.State(), "m05", "05", meeting.LeftBranch)
	sameEnd(t, h.State(), "m09", "", meeting.CodeRevoked) // who has none
	h.Does(meeting.Keeper, meeting.EndYear{Next: 2018})
	sameEnd(t, h.State(), "m03", "new", meeting.CodeYearOver)
}

func TestCodesAreRevokedAllOrNone(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m03": "03", "m04": "04", meeting.Screen: "s"}})
	h.Refused("m03", meeting.RevokeCodes{IDs: ids("m04")}, meeting.KeeperOnly)
	h.Refused(meeting.Keeper, meeting.RevokeCodes{IDs: ids("m03", "m99")}, meeting.UnknownMember, "m99")
	h.Refused(meeting.Keeper, meeting.RevokeCodes{IDs: ids("m03", "m05")}, meeting.NoCode, "m05")
	h.Refused(meeting.Keeper, meeting.RevokeCodes{IDs: ids("m03", "booth")}, meeting.NoCode, "booth")
	same(t, "codes", h.State().Codes.Len(), 3)
	h.Does(meeting.Keeper, meeting.RevokeCodes{IDs: ids("screen", "m03", "m03")}, meeting.RevokeCodes{})
	same(t, "codes", maps.Collect(h.State().Codes.All()), map[meeting.MemberID]string{"m04": "04"})
}

// Nothing is recorded for a session whose code has ended, whatever else would
// allow it: the log decides, not the clock of who asks.
func TestNoActFollowsTheEndOfItsCode(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m03": "03", "m04": "04"}})
	decide := func(by meeting.MemberID, code string) error {
		_, err := meeting.Decide(h.State(), meeting.Request{By: by, At: h.room.Now(), Code: code, Do: meeting.SignIn{}})
		return err
	}
	for by, code := range map[meeting.MemberID]string{"m03": "03", "m04": "04", "m05": ""} {
		if err := decide(by, code); err != nil {
			t.Errorf("%s: %v", by, err)
		}
	}
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m03": "new"}}, meeting.RevokeCodes{IDs: ids("m04")})
	refusedFor(t, decide("m03", "03"), meeting.CodeReplaced)
	refusedFor(t, decide("m04", "04"), meeting.CodeRevoked)
	refusedFor(t, decide("m04", "new"), meeting.CodeRevoked) // somebody else's
	if err := decide("m03", "new"); err != nil {
		t.Errorf("the new code: %v", err)
	}
}

// refusedFor expects a refusal.
func refusedFor(t *testing.T, err error, want meeting.Code) {
	t.Helper()
	no, ok := err.(*meeting.Refusal) //nolint:errorlint // Decide returns it as it is
	if !ok || no.Code != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// Codes of the projector and the booths are nobody's: nobody can vote with one.
func TestTheScreenAndTheBoothsHaveCodes(t *testing.T) {
	h := seated(t, "seed-2017", "ballot", nil)
	h.Opened("m05", "m06")
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{meeting.Screen: "s", meeting.Booth: "b", "m04": "04"}})
	same(t, "told on the wall", h.State().Vote().Recoded, ids("m04"))
	h.Refused(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"org": "o"}}, meeting.UnknownMember, "org")
	for _, id := range ids("screen", "Booth", "org", "ORG") {
		h.Refused(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{{ID: id, Name: "党员16", Kind: meeting.Formal}}}, meeting.BadRoster)
	}
}
