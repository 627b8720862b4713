package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestMembersRateThemselvesAndTheRecorderThoseWhoCannot(t *testing.T) {
	h := seated(t, "seed-2017", preset.Rectification, nil, "m12", "m13")
	h.Does("m03", meeting.RecordAbsence{ID: "m12", Reason: "病假", Written: true}, meeting.Name{ID: "m05", Seat: meeting.SeatRecorder})
	h.Refused("m07", meeting.RateSelf{Grade: "合格"}, meeting.WrongItem, "个人自评")
	h.Refused("m05", meeting.RateSelf{ID: "m12", Grade: "合格"}, meeting.WrongItem, "个人自评")
	h.GoTo(preset.SelfRating)
	h.Refused("m13", meeting.RateSelf{Grade: "合格"}, meeting.SignInFirst)
	h.Refused("m14", meeting.RateSelf{Grade: "合格"}, meeting.NotGraded, "党员14")
	h.Refused("g1", meeting.RateSelf{Grade: "合格"}, meeting.NotGraded, "列席01")
	h.Refused("m07", meeting.RateSelf{Grade: "良好"}, meeting.UnknownGrade, "良好", "优秀、合格、基本合格、不合格")
	h.Refused("m07", meeting.RateSelf{ID: "m12", Grade: "合格"}, meeting.RecorderOnly)
	h.Refused("m05", meeting.RateSelf{ID: "m13", Grade: "合格"}, meeting.TakesNoPart, "党员13")
	h.Refused("m05", meeting.RateSelf{ID: "m14", Grade: "合格"}, meeting.NotGraded, "党员14")
	h.Does("m07", meeting.RateSelf{Grade: "优秀"}, meeting.RateSelf{Grade: "合格"})
	h.Does("m05", meeting.RateSelf{ID: "m12", Grade: "合格"})
	same(t, "m07 changed their mind", h.State().SelfRatings.Of("m07"), meeting.SelfRating{Grade: "合格", By: "m07"})
	same(t, "m12 by the recorder", h.State().SelfRatings.Of("m12"), meeting.SelfRating{Grade: "合格", By: "m05"})
	h.GoTo(preset.Ballot)
	h.Refused("m08", meeting.RateSelf{Grade: "合格"}, meeting.ItemPast, "个人自评")
	h.Refused("m05", meeting.RateSelf{ID: "m12", Grade: "优秀"}, meeting.ItemPast, "个人自评")
	same(t, "who has not yet", h.State().Unrated(), ids("m03", "m02", "m04", "m01", "m05", "m06", "m08", "m09", "m10", "m11"))
}

func TestProbationaryMembersRateThemselvesWhereTheyAreGraded(t *testing.T) {
	h := seated(t, "seed-2017", preset.SelfRating, func(r *preset.Rules) { r.Probationary.Graded = true })
	h.Does("m14", meeting.RateSelf{Grade: "合格"})
	same(t, "graded", len(h.State().ToGrade()), 15)
}
