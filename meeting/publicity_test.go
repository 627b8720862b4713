package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// posted is a publicity with everything that must be there.
func posted(what string, fields ...string) meeting.WriteRecord {
	return meetingtest.Writes("publicity", 0, append([]string{"what", what, "from", "2017-03-24", "to", "2017-03-28"}, fields...)...)
}

// rated is a branch after its meeting, m01 优秀 and the others 合格, whose grades
// wait for the superior.
func rated(t *testing.T, announce string) *hall {
	t.Helper()
	h := seated(t, "seed-2017", preset.Rating, func(r *preset.Rules) { r.Announce = announce })
	h.Does("m03", meeting.Rate{ID: "m01", Grade: "优秀", Reason: "综合平时表现"}, meeting.Rate{ID: "m07", Grade: "不合格", Reason: "综合平时表现"},
		meeting.Rate{ID: "m06", Grade: "基本合格", Reason: "综合平时表现"})
	h.Rates("合格")
	h.Does("m03", meeting.Submit{})
	h.GoTo(preset.Closing)
	h.Does("m03", meeting.Next{Reason: "停电"})
	return h
}

func TestOnlyWhatTheRulesAnnounceIsPosted(t *testing.T) {
	for announce, may := range map[string][]string{
		preset.AnnounceNone:      {preset.PostMeeting},
		preset.AnnounceCounts:    {preset.PostMeeting, preset.PostCounts},
		preset.AnnounceExcellent: {preset.PostMeeting, preset.PostCounts, preset.PostExcellent},
		preset.AnnounceFull:      {preset.PostMeeting, preset.PostCounts, preset.PostExcellent},
	} {
		h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Announce = announce }, fifteen()...)
		for i, what := range []string{preset.PostMeeting, preset.PostCounts, preset.PostExcellent} {
			if i < len(may) {
				h.Does("m03", posted(what))
			} else {
				h.Refused("m03", posted(what), meeting.NotToAnnounce, what)
			}
		}
	}
}

func TestAPostingHasItsPeriodAndItsObjections(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m05", posted(preset.PostMeeting), meeting.KeepersOnly)
	h.Refused("m03", posted(preset.PostMeeting, "to", "2017-03-23"), meeting.DaysReversed, "公示开始日期", "公示结束日期")
	h.Refused("m03", posted(preset.PostMeeting, "names", `["m05"]`), meeting.FieldFollows, "名单")
	h.Does("m03", posted(preset.PostMeeting))
	same(t, "a draft is for who writes it", len(h.State().Records("m05", "publicity")), 0)
	h.Does("m03", moved("publicity", 1, "post", ""))
	same(t, "posted, everybody of the branch reads it", len(h.State().Records("q1", "publicity")), 1)
	h.Refused("m03", meetingtest.Writes("publicity", 1, "to", "2017-04-28"), meeting.RecordStands, "posted")
	h.Does("m03", meetingtest.Writes("publicity", 1, "objections", `[{"day":"2017-03-25","matter":"时间太短"}]`))
	h.Refused("m03", moved("publicity", 1, "end", ""), meeting.ObjectionOpen)
	h.Does("m03", meetingtest.Writes("publicity", 1, "objections", `[{"day":"2017-03-25","matter":"时间太短","handled":"已说明"}]`), moved("publicity", 1, "end", ""))
	h.Refused("m03", meetingtest.Writes("publicity", 1, "objections", ""), meeting.RecordStands, "ended")
	r := must(t, h.State().Records("m05", "publicity"), nil)[0]
	same(t, "ended", []any{r.State, r.Version}, []any{meeting.Ended, 1})
}

// Names of 优秀 come from the grades, and only once the superior has decided.
func TestTheListOfExcellentIsPostedOnceItIsDecided(t *testing.T) {
	h := rated(t, preset.AnnounceExcellent)
	h.Does("m03", posted(preset.PostExcellent))
	h.Refused("m03", moved("publicity", 1, "post", ""), meeting.NothingToPost)
	h.Does("m02", meeting.Submit{})
	h.Does(above, approve())
	h.Does("m03", moved("publicity", 1, "post", ""))
	r := must(t, h.State().Records("m05", "publicity"), nil)[0]
	same(t, "the list", r.People("names"), ids("m01"))
}
