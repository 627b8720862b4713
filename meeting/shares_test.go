package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// twoOfThree is a branch in which two of three scrutineers open the box.
func twoOfThree(t *testing.T) *hall {
	t.Helper()
	return five(t, func(r *preset.Rules) { r.Vote.Scrutineers, r.Vote.Threshold = 3, 2 })
}

var everybodyQualified = map[meeting.MemberID][]int{"m03": {1}, "m04": {1}, "m05": {1}, "m14": {1}, "m15": {1}}

func TestThresholdIsThatOfTheVote(t *testing.T) {
	for threshold, want := range []int{0, 1, 2, 0, 0} { // all three of three are all
		h := five(t, func(r *preset.Rules) { r.Vote.Scrutineers, r.Vote.Threshold = 3, threshold })
		same(t, "without a vote", h.State().Threshold(), 0)
		h.Does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04", "m05")})
		same(t, "threshold", h.State().Threshold(), want)
	}
}

// Whichever two scrutineers come open the box with the server; one does not,
// and the server is needed too.
func TestAnyTwoOfThreeScrutineersAreEnough(t *testing.T) {
	for _, pair := range [][]meeting.MemberID{ids("m03", "m04"), ids("m05", "m03"), ids("m04", "m05")} {
		h := twoOfThree(t)
		h.Closed(everybodyQualified)
		v := h.State().Vote()
		h.Does(meeting.Keeper, h.urn.Unseal(v, meeting.Keeper))
		h.Does(pair[0], h.urn.Unseal(v, pair[0]))
		same(t, "one of three", []any{h.State().Vote().State, h.State().Vote().Members().Sums}, []any{meeting.BoxClosed, [][]int(nil)})
		h.Does(pair[1], h.urn.Unseal(v, pair[1]))
		got, no := h.State().Histogram("m04")
		same(t, "two of three", []any{got, no == nil}, []any{meeting.Histogram{Counts: []int{0, 5, 0, 0}, Ballots: 5}, true})
		h.Refused(h.State().Vote().Unsealers()[0], meeting.Unseal{}, meeting.AlreadyCounted)
	}
}

func TestAllScrutineersWithoutTheServerWaitForIt(t *testing.T) {
	h := twoOfThree(t)
	h.Closed(everybodyQualified)
	v := h.State().Vote()
	for _, id := range v.Scrutineers {
		h.Does(id, h.urn.Unseal(v, id))
	}
	same(t, "without the server", h.State().Vote().State, meeting.BoxClosed)
	h.Does(meeting.Keeper, h.urn.Unseal(v, meeting.Keeper))
	same(t, "with it", h.State().Vote().State, meeting.BoxCounted)
}

func TestAShareIsGivenAsACertificate(t *testing.T) {
	h := twoOfThree(t)
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04", "m05")})
	h.Refused("m03", meeting.Seal{}, meeting.BadTrustee)
	h.Refused("m03", meeting.Seal{Certificate: []byte("no JSON")}, meeting.BadTrustee)
	h.Refused("m03", meeting.Seal{Trustee: h.urn.Trustee("m03")}, meeting.BadTrustee)
	both := h.urn.Seal(h.State(), "m03")
	both.Trustee = h.urn.Trustee("m03")
	h.Refused("m03", both, meeting.BadTrustee)
	h.Does("m03", h.urn.Seal(h.State(), "m03"))
	h.Refused("m03", h.urn.Seal(h.State(), "m03"), meeting.AlreadySealed)
	all := five(t, nil) // where all are needed a certificate is nothing
	all.Does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04")})
	all.Refused("m03", meeting.Seal{Certificate: []byte("{}")}, meeting.BadTrustee)
}

// The box is sealed when the keys are joined, and only the server joins them.
func TestKeysAreJoinedOnceAllHaveSealed(t *testing.T) {
	h := twoOfThree(t)
	h.Refused(meeting.Keeper, meeting.JoinKeys{}, meeting.VoteGoesOn)
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04", "m05")})
	h.Does("m03", h.urn.Seal(h.State(), "m03"))
	join := h.urn.Join(h.State())
	h.Refused(meeting.Keeper, join, meeting.NotSealed, "2")
	h.Does("m04", h.urn.Seal(h.State(), "m04"))
	h.Does("m05", h.urn.Seal(h.State(), "m05"))
	same(t, "not joined yet", []any{h.State().Vote().State, len(h.State().Sealers())}, []any{meeting.BoxSealing, 0})
	h.Refused("m03", join, meeting.KeeperOnly)
	h.Refused(meeting.Keeper, meeting.JoinKeys{Shares: join.Shares}, meeting.BadTrustee)
	h.Refused(meeting.Keeper, meeting.JoinKeys{Trustee: join.Trustee}, meeting.BadTrustee)
	h.Refused(meeting.Keeper, meeting.JoinKeys{Trustee: h.urn.Trustee("m03"), Shares: join.Shares}, meeting.BadTrustee)
	strange := map[meeting.MemberID]string{"m03": "", "m04": "", "m14": ""}
	h.Refused(meeting.Keeper, meeting.JoinKeys{Trustee: join.Trustee, Shares: strange}, meeting.BadTrustee)
	h.Does(meeting.Keeper, join)
	same(t, "state", h.State().Vote().State, meeting.BoxSealed)
	h.Refused(meeting.Keeper, join, meeting.VoteGoesOn)
	setup := h.urn.Setup(h.State(), h.State().Electorate(meeting.MemberBox))
	same(t, "trustees of the election: the set and the server", []int{len(setup.Trustees), setup.Trustees[0].Needed(), len(setup.Trustees[0].Keys())}, []int{2, 2, 3})
	setup.Trustees = []ballot.Trustee{h.urn.Trustee("m03"), setup.Trustees[1]}
	e, err := ballot.NewElection(setup)
	h.Refused("m03", meetingtest.Boxes(must(t, e, err), nil), meeting.BadElection)
}

// Nobody can be the joint key of a set that the scrutineers did not certify.
func TestTheJointKeyIsOfTheCertificates(t *testing.T) {
	other := twoOfThree(t)
	other.Does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04", "m14")})
	foreign := other.urn.Join(other.State())
	h := twoOfThree(t)
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04", "m05")})
	for _, id := range h.State().Vote().Scrutineers {
		h.Does(id, h.urn.Seal(h.State(), id))
	}
	foreign.Shares = h.urn.Join(h.State()).Shares
	h.Refused(meeting.Keeper, foreign, meeting.BadTrustee)
}

// Who keeps the key at home gives one record after another, and is waited for.
func TestTheJointKeyIsMadeOfOneRecordAfterAnother(t *testing.T) {
	h := twoOfThree(t)
	h.Refused("m03", meeting.Deal{}, meeting.ScrutineerOnly)
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04", "m05")})
	h.Refused("m03", meeting.Deal{}, meeting.NotSealed, "3")
	seal := func(id meeting.MemberID, own bool) {
		c := h.urn.Seal(h.State(), id)
		c.Own = own
		h.Does(id, c)
	}
	h.Refused("m03", h.urn.Seal(h.State(), "m04"), meeting.BadTrustee) // the certificate of another place
	seal("m03", true)
	seal("m04", false)
	h.Refused("m03", meeting.Deal{}, meeting.NotSealed, "1")
	seal("m05", true)
	same(t, "who is waited for", h.State().Sealers(), ids("m03", "m05")) // the server gives m04's
	other := h.urn.Deal(h.State(), "m04")
	h.Refused("m03", other, meeting.BadTrustee)
	h.Refused("m03", meeting.Deal{Record: []byte("{}")}, meeting.BadTrustee)
	h.Refused("m14", other, meeting.ScrutineerOnly)
	for _, id := range ids("m03", "m04", "m05") {
		h.Does(id, h.urn.Deal(h.State(), id))
	}
	same(t, "who is waited for with all polynomials", h.State().Sealers(), ids("m03", "m05"))
	h.Refused("m03", h.urn.Deal(h.State(), "m04"), meeting.BadTrustee)
	for _, id := range ids("m03", "m04", "m05") {
		h.Does(id, h.urn.Deal(h.State(), id))
		h.Refused(id, h.urn.Deal(h.State(), id), meeting.AlreadySealed)
	}
	v := h.State().Vote()
	certificates, polynomials, shares := v.Records()
	trustee, boxes, err := ballot.NewThresholdTrustee(h.State().Group(), certificates, polynomials, shares)
	if err != nil {
		t.Fatal(err)
	}
	join := meeting.JoinKeys{Trustee: trustee, Shares: map[meeting.MemberID]string{}}
	for i, id := range v.Scrutineers {
		join.Shares[id] = boxes[i]
	}
	h.Does(meeting.Keeper, join)
	same(t, "state", h.State().Vote().State, meeting.BoxSealed)

	all := five(t, nil)
	all.Does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04")})
	all.Refused("m03", meeting.Deal{}, meeting.AllNeeded)
	if _, no := all.State().Ceremony("m03"); no == nil || no.Code != meeting.AllNeeded {
		t.Errorf("a joint key where all are needed: %v", no)
	}
}
